"""`memoryos bench locomo`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from memoryos.cli.bench.data import read_conversations
from memoryos.cli.bench.kept import answers_kept
from memoryos.cli.bench.options import Data, Embedder
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.cli.options import BaseUrl, Model, Options
from memoryos.config import DEFAULT_EMBEDDING_MODEL, ModelSettings, Policy
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.transfer.pages import BadRecord


def locomo(
    context: typer.Context,
    data: Data,
    out: Annotated[
        Path,
        typer.Option(
            metavar="DIR",
            file_okay=False,
            help="The folder for the report and for each answer; a run that stopped goes on there.",
        ),
    ],
    answerer: Annotated[
        Literal["extractive", "model"],
        typer.Option(help="What answers: memory's own words, or the language model."),
    ] = "extractive",
    policy: Annotated[Policy, typer.Option(help="How recall ranks.")] = "default",
    baseline: Annotated[
        Literal["full-context", "dense", "bm25", "hybrid", "none"] | None,
        typer.Option(help="Choose pages so instead of by memory; none: give the answerer nothing."),
    ] = None,
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
    judge_model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A model at the same URL that says what is right."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Ask the first N questions alone.")
    ] = None,
    model: Model = None,
    base_url: BaseUrl = None,
) -> None:
    """Answer LoCoMo's questions out of memory, and score the answers. Where the answers are to come
    from a model and none is configured, the stub server stands in for one."""
    from memoryos.bench import locomo as bench
    from memoryos.bench.locomo import tables
    from memoryos.bench.report import report

    options = (context.obj or Options()).overridden(model=model, base_url=base_url)
    language_model = options.settings().language_model
    setup = bench.Setup(
        answerer, policy, embedder, baseline, language_model, _judge(judge_model, language_model)
    )
    setup.check()
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = read_conversations(data, passed_over)
    questions = bench.questions_of(conversations, passed_over, limit=limit)
    check_destinations("locomo", out)
    with answers_kept(out):
        with progress_bar() as progress:
            figures = bench.measure(
                questions,
                setup,
                data_sha256=hashlib.sha256(data.read_bytes()).hexdigest(),
                out=out,
                progress=progress,
            )
        content = report(
            "locomo",
            figures,
            settings={**bench.settings(setup), "limit": limit},
            started_at=started_at,
            data=data,
            prompts=bench.prompts(setup),
        )
        deliver(content, tables.tables(content), tables.charts(content), folder=out)


def _judge(name: str | None, configured: ModelSettings | None) -> ModelSettings | None:
    if name is None:
        return None
    if configured is None:
        raise InvalidArgumentError(
            "--judge-model needs a model to ask: set OPENAI_API_KEY, or give --base-url"
        )
    return replace(configured, model=name)

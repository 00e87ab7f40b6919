"""`memoryos bench gvd`."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from memoryos.cli.bench.data import read_json
from memoryos.cli.bench.kept import answers_kept
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.cli.options import BaseUrl, Model, Options
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from memoryos.cli.settings import Settings
    from memoryos.llms.base import ChatModel
    from memoryos.transfer.gvd import User
    from memoryos.transfer.pages import BadRecord


def gvd(
    context: typer.Context,
    data: Annotated[
        Path,
        typer.Option(exists=True, dir_okay=False, help="GVD's days, such as memory_bank_en.json."),
    ],
    questions: Annotated[
        Path,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="GVD's questions, such as probing_questions_en.jsonl.",
        ),
    ],
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
        typer.Option(help="Who answers: memory's own sentences, or the language model."),
    ] = "extractive",
    judge_model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="A model of the same server, to score the answers with."),
    ] = None,
    model: Model = None,
    base_url: BaseUrl = None,
) -> None:
    """Whether recall finds the day that GVD's questions are about; with a judge, how good the
    answers are. Without a model that is configured, the stub server stands in for one."""
    from memoryos.bench import gvd as bench
    from memoryos.bench import gvd_tables
    from memoryos.bench.report import report
    from memoryos.text.surrogates import without_surrogates

    options = (context.obj or Options()).overridden(model=model, base_url=base_url)
    settings = options.settings()
    judge = _judge(judge_model, settings)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    held = _read(data, questions, passed_over)
    data_sha256 = {
        "data_sha256": hashlib.sha256(data.read_bytes()).hexdigest(),
        "questions_sha256": hashlib.sha256(questions.read_bytes()).hexdigest(),
    }
    check_destinations("gvd", out)
    with answers_kept(out):
        with progress_bar() as progress:
            figures = bench.measure(
                held,
                answerer=answerer,
                settings=settings.language_model,
                judge=judge,
                data_sha256=data_sha256,
                out=out,
                progress=progress,
            )
        figures["records_passed_over"] = [without_surrogates(str(bad)) for bad in passed_over]
        content = report(
            "gvd",
            figures,
            settings={
                "questions": questions.name,
                "questions_sha256": data_sha256["questions_sha256"],
                "answerer": answerer,
                "model": figures["model"],
                "judge": figures["judge"],
            },
            started_at=started_at,
            data=data,
            prompts=bench.prompts(answerer, judge),
        )
        deliver(content, gvd_tables.tables(content), gvd_tables.charts(content), folder=out)


def _judge(name: str | None, settings: Settings) -> ChatModel | None:
    """Raises InvalidArgumentError where there is no server to ask."""
    from memoryos.llms import open_chat_model
    from memoryos.llms.retrying import RetryingModel

    if name is None:
        return None
    if settings.language_model is None:
        raise InvalidArgumentError(f"--judge-model has no server to ask: {settings.why_no_model}")
    return RetryingModel(open_chat_model(replace(settings.language_model, model=name)))


def _read(
    data: Path, questions: Path, passed_over: list[BadRecord]
) -> list[tuple[User, Sequence[str]]]:
    from memoryos.bench.gvd import with_questions
    from memoryos.transfer.gvd import read_questions, read_users
    from memoryos.transfer.lines import read_lines

    with questions.open("rb") as file:
        asked = read_questions(read_lines(file), on_bad=passed_over.append)
    users = read_users(read_json(data), on_bad=passed_over.append)
    return with_questions(users, asked, passed_over)

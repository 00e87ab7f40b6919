"""`memoryos bench calls`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

import typer

from memoryos.cli.bench.data import read_questions
from memoryos.cli.bench.options import Data, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.cli.options import BaseUrl, Model, Options


def calls(
    context: typer.Context,
    data: Data,
    out: Out = None,
    json_out: Report = None,
    pages: Annotated[
        int, typer.Option(min=1, help="Size of the memory that latencies are measured on.")
    ] = 10_000,
    model: Model = None,
    base_url: BaseUrl = None,
) -> None:
    """What a language model costs while pages come one at a time, and whether anything waits for
    it. Without a model that is configured, the stub server stands in for one."""
    from memoryos.bench import calls as bench
    from memoryos.bench import calls_tables
    from memoryos.bench.evidence import named
    from memoryos.bench.report import report

    options = (context.obj or Options()).overridden(model=model, base_url=base_url)
    language_model = options.settings().language_model
    questions = read_questions(data)
    check_destinations("calls", out, json_out)
    started_at = datetime.now(timezone.utc)
    with progress_bar() as progress:
        figures = bench.measure(questions, settings=language_model, pages=pages, progress=progress)
    figures["left_out"] = named(questions.left_out)
    content = report(
        "calls",
        figures,
        settings={"model": figures["model"], "pages": pages},
        started_at=started_at,
        data=data,
    )
    tables, charts = calls_tables.tables(content), calls_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

"""`memoryos bench calls`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli.bench.data import read_conversations
from memoryos.cli.bench.options import Data, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.cli.options import BaseUrl, Model, Options

if TYPE_CHECKING:
    from memoryos.transfer.pages import BadRecord


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
    from memoryos.bench.report import report

    options = (context.obj or Options()).overridden(model=model, base_url=base_url)
    language_model = options.settings().language_model
    check_destinations(out, json_out)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = read_conversations(data, passed_over)
    with progress_bar() as progress:
        figures = bench.measure(
            conversations, settings=language_model, pages=pages, progress=progress
        )
    figures["records_passed_over"] = [str(bad) for bad in passed_over]
    content = report(
        "calls",
        figures,
        settings={"model": figures["model"], "pages": pages},
        started_at=started_at,
        data=data,
    )
    tables, charts = calls_tables.tables(content), calls_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

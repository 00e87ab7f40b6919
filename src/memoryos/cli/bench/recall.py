"""`memoryos bench recall`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli.bench.data import read_conversations
from memoryos.cli.bench.options import Data, Embedder, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.config import DEFAULT_EMBEDDING_MODEL, Policy

if TYPE_CHECKING:
    from memoryos.transfer.pages import BadRecord


def recall(
    data: Data,
    out: Out = None,
    json_out: Report = None,
    policy: Annotated[Policy, typer.Option(help="How recall ranks.")] = "default",
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
) -> None:
    """How much of the evidence for LoCoMo's questions recall finds, and how fast."""
    from memoryos.bench import recall as bench
    from memoryos.bench import recall_tables
    from memoryos.bench.report import report

    check_destinations(out, json_out)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = read_conversations(data, passed_over)
    with progress_bar() as progress:
        figures = bench.measure(conversations, policy=policy, embedder=embedder, progress=progress)
    figures["records_passed_over"] = [str(bad) for bad in passed_over]
    content = report(
        "recall",
        figures,
        settings={"policy": policy, "embedder": embedder},
        started_at=started_at,
        data=data,
    )
    tables, charts = recall_tables.tables(content), recall_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

"""`memoryos bench recall`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

import typer

from memoryos.cli.bench.data import read_questions
from memoryos.cli.bench.options import Data, Embedder, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.config import DEFAULT_EMBEDDING_MODEL, Policy


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
    from memoryos.bench.evidence import named
    from memoryos.bench.report import report

    questions = read_questions(data)
    check_destinations("recall", out, json_out)
    started_at = datetime.now(timezone.utc)
    with progress_bar() as progress:
        figures = bench.measure(questions, policy=policy, embedder=embedder, progress=progress)
    figures["left_out"] = named(questions.left_out)
    content = report(
        "recall",
        figures,
        settings={"policy": policy, "embedder": embedder},
        started_at=started_at,
        data=data,
    )
    tables, charts = recall_tables.tables(content), recall_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

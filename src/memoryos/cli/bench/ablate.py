"""`memoryos bench ablate`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from memoryos.cli.bench.data import read_conversations
from memoryos.cli.bench.options import Data, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar

if TYPE_CHECKING:
    from memoryos.transfer.pages import BadRecord


def ablate(data: Data, out: Out = None, json_out: Report = None) -> None:
    """What each part of recall carries, and what else was tried: one change at a time."""
    from memoryos.bench import ablate as bench
    from memoryos.bench import ablate_tables
    from memoryos.bench.report import report

    check_destinations(out, json_out)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = read_conversations(data, passed_over)
    with progress_bar() as progress:
        figures = bench.measure(conversations, progress=progress)
    figures["records_passed_over"] = [str(bad) for bad in passed_over]
    content = report(
        "ablate", figures, settings={}, started_at=started_at, data=data, seed=bench.SEED
    )
    tables, charts = ablate_tables.tables(content), ablate_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

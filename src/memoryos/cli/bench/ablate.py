"""`memoryos bench ablate`."""

from __future__ import annotations

from datetime import datetime, timezone

from memoryos.cli.bench.data import read_questions
from memoryos.cli.bench.options import Data, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar


def ablate(data: Data, out: Out = None, json_out: Report = None) -> None:
    """What each part of recall carries, and what else was tried: one change at a time."""
    from memoryos.bench import ablate as bench
    from memoryos.bench import ablate_tables
    from memoryos.bench.evidence import named
    from memoryos.bench.report import report

    questions = read_questions(data)
    check_destinations("ablate", out, json_out)
    started_at = datetime.now(timezone.utc)
    with progress_bar() as progress:
        figures = bench.measure(questions, progress=progress)
    figures["left_out"] = named(questions.left_out)
    content = report(
        "ablate", figures, settings={}, started_at=started_at, data=data, seed=bench.SEED
    )
    tables, charts = ablate_tables.tables(content), ablate_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)

"""`memoryos bench report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from memoryos.cli.bench.options import Out
from memoryos.cli.bench.output import note_missing, show_tables
from memoryos.cli.output import show, show_note


def report(
    runs: Annotated[
        list[Path],
        typer.Argument(metavar="DIR...", help="Folders of --out, or files of --json."),
    ],
    out: Out = None,
) -> None:
    """Lay runs of any benchmarks side by side."""
    from memoryos.bench import comparison
    from memoryos.bench.report import COMPARISON, check_folder

    read, left_out = comparison.read_runs(runs)
    if out is not None:
        check_folder(out, COMPARISON)
    for reason in left_out:
        show_note(f"left out: {reason}")
    tables = comparison.tables(read)
    if out is not None:
        note_missing(comparison.write(out, read, left_out))
    show_tables(tables)
    if out is not None:
        show(f"Report written to {out}")

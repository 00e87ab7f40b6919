"""What every benchmark says while it runs, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memoryos.cli.output import console, one_line, show, show_note
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.bench.charts import Chart
    from memoryos.bench.report import Progress
    from memoryos.bench.tables import Table


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar with the time left, on stderr, moved by what it gives."""
    from rich import progress as bars

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield tell


def check_destinations(benchmark: str, folder: Path | None, file: Path | None = None) -> None:
    """Say before the run if its report has nowhere to go, or would go over another benchmark's;
    raises InvalidArgumentError."""
    from memoryos.bench import report

    if folder is None and file is None:
        raise InvalidArgumentError("say where the report goes: --out DIR, --json OUT, or both")
    if folder is not None:
        report.check_folder(folder, benchmark)
    if file is not None:
        report.check_writable(file)


def deliver(
    content: Mapping[str, Any],
    tables: Sequence[Table],
    charts: Sequence[Chart],
    *,
    folder: Path | None,
    file: Path | None = None,
) -> None:
    """Write the report of a run where it was asked for, and show its tables."""
    from memoryos.bench import report

    if folder is not None:
        note_missing(report.write_folder(folder, content, tables=tables, charts=charts))
    if file is not None:
        report.write(file, content)
    show_tables(tables)
    for written in (folder, file):
        if written is not None:
            show(f"Report written to {written}")


def note_missing(charts: str | None) -> None:
    """Say why a report has no charts, if it has none."""
    if charts is not None:
        show_note(charts)


def show_tables(tables: Sequence[Table]) -> None:
    """Print tables laid out on a terminal, and elsewhere as Markdown, however wide."""
    from memoryos.bench.tables import markdown

    out = console()
    for table in tables:
        if out.is_terminal:
            _lay_out(table)
        else:
            show(markdown(table))


def _lay_out(table: Table) -> None:
    from rich.table import Table as Grid

    grid = Grid(title=table.title, caption=table.caption or None)
    for place, column in enumerate(table.columns):
        grid.add_column(one_line(column), justify="right" if place else "left")
    for row in table.rows:
        grid.add_row(*map(one_line, row))
    console().print(grid)

"""Tables of figures, written for people: the same ones on a terminal and in a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Table:
    """What stands in each cell, word for word."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """Each with as many cells as there are columns; the first one names the row."""
    caption: str = ""


def cell(value: float | None) -> str:
    """A figure as a person reads it: counts whole, shares to three digits, the rest to what
    matters; "-" for None."""
    if value is None:
        return "-"
    if isinstance(value, int) or abs(value) >= 1000:
        return f"{value:,.0f}"
    digits = 3 if abs(value) <= 1 else 2 if abs(value) < 10 else 1
    return f"{value:.{digits}f}"


def spread(figures: Mapping[str, Any], name: str) -> str:
    """ "p50 / p95" of the durations that `name` stands for, in milliseconds."""
    return f"{cell(figures[f'{name}_p50_ms'])} / {cell(figures[f'{name}_p95_ms'])}"


def markdown(table: Table) -> str:
    """The table under its title, in the Markdown of GitHub; ends with a line's end."""
    rules = ["---", *["---:"] * (len(table.columns) - 1)]
    lines = [f"## {table.title}", "", *map(_line, (table.columns, rules, *table.rows))]
    if table.caption:
        lines += ["", table.caption]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    written = [" ".join(text.split()).replace("|", "\\|") for text in cells]
    return f"| {' | '.join(written)} |"

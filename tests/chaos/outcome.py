"""What a scenario did and found, and the table of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario did, in figures. It has passed if `findings` is empty."""

    acknowledged: int = 0
    """Pages."""
    faults: int = 0
    """Kills, cuts, and whatever else was done to it."""
    inside: int | None = None
    """How many of these fell inside a transaction that writes; None where that is not counted."""
    errors: Mapping[str, int] = field(default_factory=Counter)
    """Calls that failed, by the name of the error."""
    slowest_seconds: float | None = None
    """The call that took longest."""
    notes: Sequence[str] = ()
    findings: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NotRun:
    """A scenario that cannot be had here, and why."""

    reason: str


HEADINGS = ("scenario", "database", "s", "pages", "faults", "inside", "slowest", "errors", "found")


def row(name: str, database: str, seconds: float, outcome: Outcome | NotRun) -> Sequence[str]:
    """A line of the table."""
    if isinstance(outcome, NotRun):
        return (name, database, f"{seconds:.0f}", *["-"] * 5, "not run")
    return (
        name,
        database,
        f"{seconds:.0f}",
        f"{outcome.acknowledged:,}",
        f"{outcome.faults:,}",
        "-" if outcome.inside is None else f"{outcome.inside:,}",
        "-" if outcome.slowest_seconds is None else f"{outcome.slowest_seconds:.2f} s",
        ", ".join(f"{count} {error}" for error, count in sorted(outcome.errors.items())) or "none",
        str(len(outcome.findings)) if outcome.findings else "nothing",
    )


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows under their headings, in columns."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )

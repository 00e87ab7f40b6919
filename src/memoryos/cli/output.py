"""What the command line prints: laid out on a terminal, plain lines elsewhere, JSON on demand.

Text from memory is other people's, and must not be able to steer the terminal: what is printed as
a `str` is made harmless here; what goes into a Rich `Text` goes through `visible` or `one_line`.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from memoryos.errors import MemoryOSError, ModelError, StorageError
from memoryos.text.visible import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text


class ExitCode(IntEnum):
    """How a command leaves, where it did not do what was asked."""

    NO = 1
    """Nothing in memory about it, or a check failed."""
    USAGE = 2
    STORAGE = 3
    MODEL = 4


def one_line(text: str) -> str:
    """`text` on one line, its control characters shown as escapes."""
    return visible(" ".join(text.split()))


def moment(at: datetime) -> str:
    """To the minute, in UTC: "2026-03-02 17:14"."""
    return f"{at:%Y-%m-%d %H:%M}"


def counted(number: int, thing: str) -> str:
    """ "1 page", "2 pages"."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def console(*, stderr: bool = False) -> Console:
    """A console that takes text as it is: no markup, no emoji codes, no guessed colours."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def show(*lines: str | Text) -> None:
    """Print lines; they wrap on a terminal and stay whole elsewhere."""
    out = console()
    for line in lines:
        shown = visible(line) if isinstance(line, str) else line
        out.print(shown, soft_wrap=not out.is_terminal)


def show_piece(text: str) -> None:
    """Print a piece of a text that is still coming, at once and without a line's end.

    Signs are made harmless one by one, so that it does not matter where a sequence was cut.
    """
    typer.echo(visible(text), nl=False)


def show_note(text: str) -> None:
    """Say on stderr, in one line, how things stand."""
    console(stderr=True).print(one_line(text), soft_wrap=True)


def show_table(rows: Iterable[Sequence[str]], *, head: Sequence[str] = ()) -> None:
    """Print rows in columns that fit a terminal; elsewhere one a line, tabs between the columns."""
    from rich.table import Table

    out = console()
    lines = [[one_line(cell) for cell in row] for row in ([head, *rows] if head else rows)]
    if not out.is_terminal:
        for line in lines:
            typer.echo("\t".join(line))
        return
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for place, line in enumerate(lines):
        table.add_row(*line, style="bold" if head and place == 0 else "")
    out.print(table)


def show_json(document: object) -> None:
    """Print one JSON document; ASCII alone, so that it is safe in any terminal and encoding."""
    typer.echo(json.dumps(document, default=_plain, indent=2))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    return str(value)


def exit_code(error: MemoryOSError) -> ExitCode:
    """By who must act: the caller, whoever keeps the storage, or the model's provider."""
    if isinstance(error, StorageError):
        return ExitCode.STORAGE
    return ExitCode.MODEL if isinstance(error, ModelError) else ExitCode.USAGE


def abandon() -> None:
    """Send what is still to be written to nowhere, for stdout takes no more."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def show_error(message: str, *, kind: str, code: int, as_json: bool) -> None:
    """Say on stderr what went wrong."""
    if as_json:
        error = {"type": kind, "message": message, "exit_code": code}
        typer.echo(json.dumps({"error": error}), err=True)
        return
    console(stderr=True).print(f"memoryos: {visible(message)}", style="red", soft_wrap=True)

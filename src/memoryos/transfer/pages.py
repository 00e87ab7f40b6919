"""Pages from a JSONL file: one page a line, as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from memoryos.errors import UnreadableInputError
from memoryos.transfer.lines import read_object

REQUIRED = ("user_input", "agent_response")
OPTIONAL = ("timestamp", "meta_data", "conversation_id")


@dataclass(frozen=True, slots=True)
class PageRecord:
    """A page as a file tells it. Its values are what `Memoryos.draft` checks."""

    where: str
    """Its place in the file, for messages: "line 12"."""
    user_input: str
    agent_response: str
    timestamp: str | datetime | None = None
    meta_data: Mapping[str, Any] | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True)
class BadRecord:
    """Something in a file that is no page, and why."""

    where: str
    problem: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}"


OnBad = Callable[[BadRecord], object]
"""What a reader does with a bad record; after it returns, the record is passed over."""


def stop(bad: BadRecord) -> NoReturn:
    """Refuse the whole file at its first bad record."""
    raise UnreadableInputError(str(bad))


def read_pages(lines: Iterable[bytes | None], *, on_bad: OnBad = stop) -> Iterator[PageRecord]:
    """The pages of a JSONL file, in its order; blank lines are passed over.

    A line holds `user_input` and `agent_response`, and may hold `timestamp`, `meta_data` and
    `conversation_id`. Each line that does not, or is None for being too long, is given to `on_bad`;
    the default raises UnreadableInputError. The values are checked where they enter memory.
    """
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip():
            continue
        where = f"line {number}"
        try:
            yield PageRecord(where, **_fields(line))
        except UnreadableInputError as error:
            on_bad(BadRecord(where, str(error)))


def _fields(line: bytes | None) -> dict[str, Any]:
    value = read_object(line)
    if missing := [name for name in REQUIRED if name not in value]:
        raise UnreadableInputError(f"has no {' and no '.join(missing)}")
    if unknown := sorted(set(value) - {*REQUIRED, *OPTIONAL}):
        # Passing over a misspelt field would lose what it says.
        raise UnreadableInputError(
            f"has the unknown field {unknown[0][:40]!r}: a page has {', '.join(REQUIRED)} and may "
            f"have {', '.join(OPTIONAL)}; anything else belongs in meta_data"
        )
    return value

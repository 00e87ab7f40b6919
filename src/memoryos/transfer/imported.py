"""What the readers of other systems' memory have in common: what they give, and their checks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

from memoryos.config import MAX_HALF_BYTES
from memoryos.errors import UnreadableInputError
from memoryos.model import Origin
from memoryos.transfer.pages import PageRecord

PIECE_CHARACTERS = MAX_HALF_BYTES // 4
"""No character has more than four bytes."""
MAX_BAD = 100_000
"""Bad records that a file of our own formats may have, whatever is done with them."""


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page as another system kept it. Its values are checked where they enter memory."""

    page: PageRecord
    source: str
    """The same whenever the same thing is read again: what has it already is not written twice."""
    origin: Origin = Origin.USER
    """IMPORT for what the other system wrote itself: nobody's own words."""
    user_id: str | None = None
    """Whose it is in the other system; None where it does not tell."""
    assistant_id: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that is not imported, its place, and why. The same cause has the same words."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


Record = ImportedPage | Skipped


def prepared(records: Iterable[Record]) -> Iterator[Record]:
    """`records` with what is over the limit in pieces, and each source once for an owner."""
    seen = set()
    for record in records:
        if isinstance(record, Skipped):
            yield record
            continue
        key = digest(record.user_id, record.assistant_id, record.source)
        if key in seen:
            yield Skipped(record.page.where, "repeats what was read before")
            continue
        seen.add(key)
        yield from _pieces(record)


def _pieces(record: ImportedPage) -> Iterator[ImportedPage]:
    page = record.page
    halves = zip_longest(_cut(page.user_input), _cut(page.agent_response), fillvalue="")
    for number, (user_input, agent_response) in enumerate(halves, start=1):
        piece = replace(page, user_input=user_input, agent_response=agent_response)
        source = record.source if number == 1 else f"{record.source}:part {number}"
        yield replace(record, page=piece, source=source)


def _cut(text: str) -> Iterator[str]:
    """`text`, cut at lines or spaces into pieces that a page can hold; whole where it fits."""
    if len(text.encode(errors="replace")) <= MAX_HALF_BYTES:
        yield text
        return
    start = 0
    while len(text) - start > PIECE_CHARACTERS:
        end = start + PIECE_CHARACTERS
        breaks = (text.rfind(mark, start, end) + 1 for mark in "\n ")
        end = next((place for place in breaks if place > start), end)
        yield text[start:end]
        start = end
    yield text[start:]


def field(record: object, name: str, kind: type) -> Any:
    """`record[name]`; raises UnreadableInputError unless it is there and of its kind."""
    if not isinstance(record, dict):
        raise UnreadableInputError(f"is a {type(record).__name__}, not a JSON object")
    if name not in record:
        raise UnreadableInputError(f"has no {name}")
    value = record[name]
    if not isinstance(value, kind):
        raise UnreadableInputError(
            f"has a {name} of type {type(value).__name__}, not {kind.__name__}"
        )
    return value


def digest(*parts: str | None) -> str:
    """32 hexadecimal digits that stand for these texts, the same everywhere."""
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


def check_bad_count(count: int) -> None:
    """Raises UnreadableInputError where a file has so many bad records that it must be something
    else, and noting each of them would fill the memory."""
    if count > MAX_BAD:
        raise UnreadableInputError(
            f"the file has more than {MAX_BAD:,} bad records: it is not in this format"
        )


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file, to read; raises UnreadableInputError if it cannot be."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableInputError(f"cannot read {path}: {error.strerror}") from None

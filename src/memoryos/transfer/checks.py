"""Checks of single values of a memory file.

Each gives the value as memory holds it, and raises UsageError with what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar

from memoryos.config import MAX_HALF_BYTES
from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.intake import check_meta_data, check_text
from memoryos.model import Evidence
from memoryos.timestamps import parse_timestamp

Check = Callable[[Any], Any]
E = TypeVar("E", bound=Enum)

LARGEST = 2**62
"""Databases hold 63 bits; numbers go on from what a file says."""


def whole(least: int) -> Check:
    """A whole number of at least `least`."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value < LARGEST:
            raise UnreadableInputError(f"must be a whole number of at least {least}")
        return value

    return check


def optional(inner: Check) -> Check:
    """What `inner` checks, or null."""
    return lambda value: None if value is None else inner(value)


def one_of(words: type[E]) -> Callable[[Any], E]:
    """A value of an enumeration."""

    def check(value: Any) -> E:
        try:
            return words(value)
        except ValueError:
            names = ", ".join(str(word.value) for word in words)
            raise UnreadableInputError(f"must be one of {names}") from None

    return check


def text(value: Any) -> str:
    """Text that every store can keep, no longer than half a page."""
    return check_text(value, "text", max_bytes=MAX_HALF_BYTES)


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise UnreadableInputError("must be true or false")
    return value


def share(value: Any) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise UnreadableInputError("must be a number from 0 to 1")
    return float(value)


def moment(value: Any) -> datetime:
    return parse_timestamp(_told(value))


def day(value: Any) -> date:
    try:
        return date.fromisoformat(_told(value))
    except ValueError:
        raise UnreadableInputError("must be a day such as 2026-03-02") from None


def digest(value: Any) -> str:
    """32 hexadecimal digits."""
    if not isinstance(value, str) or len(value) != 32 or set(value) - set("0123456789abcdef"):
        raise UnreadableInputError("must be 32 hexadecimal digits")
    return value


def texts(value: Any) -> tuple[str, ...]:
    return tuple(map(text, _listed(value)))


def evidence(value: Any) -> tuple[Evidence, ...]:
    """Pages with the words on them, at least one."""
    pieces = []
    for piece in _listed(value):
        if not isinstance(piece, dict) or set(piece) != {"page", "quote"}:
            raise UnreadableInputError("must be a list of objects with page and quote")
        pieces.append(Evidence(whole(1)(piece["page"]), text(piece["quote"])))
    if not pieces:
        raise UnreadableInputError("is empty: what nothing bears out is not believed")
    return tuple(pieces)


def meta_data(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidArgumentError("must be a JSON object")
    return check_meta_data(value)


def _told(value: Any) -> str:
    if not isinstance(value, str):
        raise UnreadableInputError("must be text")
    return value


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise UnreadableInputError("must be a list")
    return value

"""Reading the timestamps that callers hand in."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

from memoryos.errors import UnreadableTimestampError

_ACCEPTED = (
    "give a datetime, ISO 8601 ('2023-05-08', '2023-05-08 13:56:00', '2023-05-08T13:56:00+02:00', "
    "'2023-05-08T11:56:00Z') or '1:56 pm on 8 May, 2023'; without an offset UTC is meant"
)
_LONGEST = 64

_ISO = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r" ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"([0-9]{1,2}):([0-9]{2}) ?([ap])m on ([0-9]{1,2}) ([a-z]{3,9}),? ([0-9]{4})", re.IGNORECASE
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


def parse_timestamp(value: str | datetime) -> datetime:
    """The moment `value` names, aware, in UTC; without an offset it is taken as UTC.

    Reads datetimes, ISO 8601 (a date alone is its midnight) and so the original MemoryOS's
    `YYYY-MM-DD HH:MM:SS`, and LoCoMo's `1:56 pm on 8 May, 2023`. Raises UnreadableTimestampError
    for anything else.
    """
    if not isinstance(value, (str, datetime)):
        raise UnreadableTimestampError(
            f"a timestamp cannot be of type {type(value).__name__}; {_ACCEPTED}"
        )
    try:
        moment = value if isinstance(value, datetime) else _read(value.strip())
        if moment.tzinfo is None:
            return moment.replace(tzinfo=timezone.utc)
        return moment.astimezone(timezone.utc)
    except (ValueError, OverflowError) as exc:
        raise UnreadableTimestampError(
            f"{str(value)[:_LONGEST]!r} is no readable timestamp; {_ACCEPTED}"
        ) from exc


def _read(text: str) -> datetime:
    """Raises ValueError for text in no accepted form, or out of range."""
    if len(text) <= _LONGEST:
        if iso := _ISO.fullmatch(text):
            return _read_iso(iso)
        if spoken := _SPOKEN.fullmatch(text):
            return _read_spoken(spoken)
    raise ValueError("in none of the accepted forms")


def _read_iso(match: re.Match[str]) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    microsecond = int((match[7] or "").ljust(6, "0")[:6])
    return datetime(
        year, month, day, hour, minute, second, microsecond, tzinfo=_offset(match[8] or "Z")
    )


def _offset(text: str) -> timezone:
    if text in "zZ":
        return timezone.utc
    digits = text[1:].replace(":", "").ljust(4, "0")
    if int(digits[2:]) > 59:
        raise ValueError("an offset has at most 59 minutes")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if text[0] == "-" else offset)


def _read_spoken(match: re.Match[str]) -> datetime:
    hour, minute, half, day, name, year = match.groups()
    if not 1 <= int(hour) <= 12:
        raise ValueError("a clock of twelve hours runs from 1 to 12")
    matching = [name.lower() in (month, month[:3]) for month in _MONTHS]
    return datetime(
        int(year),
        matching.index(True) + 1,
        int(day),
        int(hour) % 12 + (12 if half.lower() == "p" else 0),
        int(minute),
        tzinfo=timezone.utc,
    )

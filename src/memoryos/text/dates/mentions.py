"""Finding expressions of time in a text and resolving them against the day they were said on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone

from memoryos.text.dates.grammar import Granularity, Rule
from memoryos.text.dates.periods import Period, around, chosen, month, season, shifted, whole_year
from memoryos.text.dates.reading import Reading, reading_of

_RECURS_WITHIN_YEARS = 8
"""29 February can be eight years away."""
_UNITS_AWAY = {Rule.LAST: -1, Rule.THIS: 0, Rule.NEXT: 1, Rule.BEFORE_LAST: -2}


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression of time at `[start:end]` of a text, resolved: days `first` to `last`."""

    text: str
    start: int
    end: int
    first: date
    last: date
    day: date
    """The likeliest single day: "last week" is the same weekday a week earlier."""
    granularity: Granularity
    rule: Rule
    number: int = 1
    """How many units away, where the rule counts."""
    counted: str = ""
    """The number with its unit, as said: "two weeks"."""
    vague: bool = False
    """Whether the number only stands for some number: "a few"."""


def find_dates(text: str, *, said_at: datetime, language: str) -> tuple[Mention, ...]:
    """The expressions of time in `text`, in order, resolved against the UTC day of `said_at`.

    Where they overlap the longest counts. What names no day of the calendar is passed over.
    Languages without a grammar are read as English.
    """
    reading = reading_of(language[:2])
    return _resolved_all(reading.phrases(text.replace("’", "'")), text, reading, said_at)


def find_starts(text: str, *, said_at: datetime, language: str) -> tuple[Mention, ...]:
    """When that began which, as `text` says, has gone on until the UTC day of `said_at`: "I've had
    it for three years". In order; `find_dates` does not count these."""
    reading = reading_of(language[:2])
    return _resolved_all(reading.lasting(text.replace("’", "'")), text, reading, said_at)


def _resolved_all(
    found: Iterable[tuple[re.Match[str], Rule]], text: str, reading: Reading, said_at: datetime
) -> tuple[Mention, ...]:
    said_on = said_at.astimezone(timezone.utc).date()
    taken = bytearray(len(text))
    mentions = []
    for match, rule in found:
        start, end = match.span()
        # The longest come first: what overlaps one of them has an end inside it.
        if taken[start] or taken[end - 1]:
            continue
        taken[start:end] = b"\1" * (end - start)
        try:
            mention = _resolved(match, rule, reading, said_on)
        except (ValueError, OverflowError):
            continue
        if mention is not None:
            mentions.append(mention)
    return tuple(sorted(mentions, key=lambda mention: mention.start))


def _resolved(match: re.Match[str], rule: Rule, reading: Reading, said_on: date) -> Mention | None:
    """Raises ValueError or OverflowError where the words name no day of the calendar."""
    part = {name: words for name, words in match.groupdict().items() if words}
    number = reading.number(part["number"]) if "number" in part else 1
    period = _placed(match, part, rule, reading, said_on)
    if period is None:
        return None
    if "from_day" in part:
        first = period.first.replace(day=int(part["from_day"]))
        if first >= period.last:
            return None
        period = replace(period, first=first, day=first)
    apart = " " if reading.grammar.spaced else ""
    return Mention(
        text=match.group(),
        start=match.start(),
        end=match.end(),
        first=period.first,
        last=period.last,
        day=period.day,
        granularity=period.granularity,
        rule=rule,
        number=number,
        counted=f"{part['number']}{apart}{part['unit']}".lower() if "number" in part else "",
        vague=reading.is_vague(part.get("number", "")),
    )


def _placed(
    match: re.Match[str], part: Mapping[str, str], rule: Rule, reading: Reading, said_on: date
) -> Period | None:
    """When the words of a phrase, by the names of their slots, are; None if they are no date."""
    if rule is Rule.NONE:
        return None
    if "days" in part:
        day = shifted(said_on, Granularity.DAY, reading.days(part["days"]))
        return around(day, Granularity.DAY)
    if "unit" in part:
        number = reading.number(part["number"]) if "number" in part else 1
        return _counted(reading.unit(part["unit"]), rule, number, said_on)
    if "month_digits" in part:
        return _numeric(int(part["year"]), int(part["month_digits"]), int(part["day_digits"]))
    if "last_year" in part:
        return _named(part, said_on.year - 1, reading)
    if "year" in part:
        return _named(part, int(part["year"]), reading)
    future = reading.speaks_of_future(match)
    if rule is Rule.WEEKDAY:
        # Who means the day of speaking says "today".
        rule = Rule.NEXT if future else Rule.LAST
    return chosen(_recurring(part, said_on, reading), rule, said_on=said_on, future=future)


def _counted(unit: Granularity, rule: Rule, number: int, said_on: date) -> Period | None:
    """ "Two weeks ago", "last month"; None for "the last day", which counts from elsewhere."""
    if rule in (Rule.AGO, Rule.AHEAD):
        away = -number if rule is Rule.AGO else number
    elif unit is Granularity.DAY:
        return None
    else:
        away = _UNITS_AWAY[rule]
    return around(shifted(said_on, unit, away), unit)


def _numeric(year: int, month_digits: int, day_digits: int) -> Period:
    if month_digits > 12:
        month_digits, day_digits = day_digits, month_digits
    return around(date(year, month_digits, day_digits), Granularity.DAY)


def _named(part: Mapping[str, str], year: int, reading: Reading) -> Period:
    """The day, month, season or whole of `year` that the words name."""
    if "holiday" in part:
        return around(date(year, *reading.holiday(part["holiday"])), Granularity.DAY)
    if "season" in part:
        return season(year, reading.season(part["season"]))
    if "month" not in part:
        return whole_year(year)
    number = reading.month(part["month"])
    if "day" not in part:
        return month(year, number)
    return around(date(year, number, reading.day(part["day"])), Granularity.DAY)


def _recurring(part: Mapping[str, str], said_on: date, reading: Reading) -> Iterator[Period]:
    """What is named without its year, in order of time, some of it before and after `said_on`."""
    if "weekday" in part:
        monday = said_on - timedelta(days=said_on.weekday())
        for weeks in (-1, 0, 1):
            days = 7 * weeks + reading.weekday(part["weekday"])
            yield around(monday + timedelta(days=days), Granularity.DAY)
    elif part.keys() & {"month", "season", "holiday"}:
        for years in range(-_RECURS_WITHIN_YEARS, _RECURS_WITHIN_YEARS + 1):
            try:
                yield _named(part, said_on.year + years, reading)
            except ValueError:  # 29 February
                continue
    else:
        for months in range(-2, 3):
            first = shifted(said_on.replace(day=1), Granularity.MONTH, months)
            if int(part["day"]) <= around(first, Granularity.MONTH).last.day:
                yield around(first.replace(day=int(part["day"])), Granularity.DAY)

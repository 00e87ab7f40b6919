"""Calendar arithmetic: stretches of days, and which of them is meant."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from memoryos.text.dates.grammar import Granularity, Rule


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; `day` is the likeliest single one."""

    first: date
    last: date
    day: date
    granularity: Granularity


def shifted(day: date, granularity: Granularity, count: int) -> date:
    """`day` moved by `count` units; the 31st becomes the last day of a shorter month.

    Raises ValueError or OverflowError outside the calendar.
    """
    if granularity is Granularity.DAY:
        return day + timedelta(days=count)
    if granularity in (Granularity.WEEK, Granularity.WEEKEND):
        return day + timedelta(weeks=count)
    months = (
        count * {Granularity.MONTH: 1, Granularity.SEASON: 3, Granularity.YEAR: 12}[granularity]
    )
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(f"no year {year}")
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def around(day: date, granularity: Granularity) -> Period:
    """The day, ISO week, month or year that `day` lies in; the weekend that ends its week."""
    monday = day - timedelta(days=day.weekday())
    if granularity is Granularity.WEEK:
        return Period(monday, monday + timedelta(days=6), day, granularity)
    if granularity is Granularity.WEEKEND:
        saturday = monday + timedelta(days=5)
        return Period(saturday, saturday + timedelta(days=1), saturday, granularity)
    if granularity is Granularity.MONTH:
        return Period(*_months(day.year, day.month, 1), day, granularity)
    if granularity is Granularity.YEAR:
        return Period(date(day.year, 1, 1), date(day.year, 12, 31), day, granularity)
    return Period(day, day, day, granularity)


def month(year: int, number: int) -> Period:
    first, last = _months(year, number, 1)
    return Period(first, last, first, Granularity.MONTH)


def season(year: int, index: int) -> Period:
    """Spring (0) to winter (3) that begins in `year`: the northern hemisphere's whole months."""
    first, last = _months(year, 3 * index + 3, 3)
    return Period(first, last, first, Granularity.SEASON)


def whole_year(year: int) -> Period:
    first = date(year, 1, 1)
    return Period(first, date(year, 12, 31), first, Granularity.YEAR)


def chosen(
    candidates: Iterable[Period], rule: Rule, *, said_on: date, future: bool
) -> Period | None:
    """Which of recurring periods, in order of time, a phrase means on the day `said_on`."""
    periods = list(candidates)
    if rule is Rule.LAST:
        return next((p for p in reversed(periods) if p.last < said_on), None)
    if rule is Rule.NEXT:
        return next((p for p in periods if p.first > said_on), None)
    if rule is Rule.THIS:
        present = (p for p in periods if p.first <= said_on <= p.last)
        same_week = (p for p in periods if p.first.isocalendar()[:2] == said_on.isocalendar()[:2])
        same_year = (p for p in periods if p.first.year == said_on.year)
        return next(chain(present, same_week, same_year), None)
    if future:
        return next((p for p in periods if p.last >= said_on), None)
    return next((p for p in reversed(periods) if p.first <= said_on), None)


def _months(year: int, number: int, count: int) -> tuple[date, date]:
    """First and last day of `count` whole months."""
    first = date(year, number, 1)
    return first, shifted(first, Granularity.MONTH, count) - timedelta(days=1)

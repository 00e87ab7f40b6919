"""What a language's grammar of dates consists of; the grammars are one module a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Granularity(str, Enum):
    """How much time an expression covers."""

    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Rule(Enum):
    """How a phrase is placed in time, seen from the day it was said on."""

    DAY = "so many days away, by the table `days`"
    AGO = "a number of units earlier"
    AHEAD = "a number of units later"
    BEFORE_LAST = "the last but one"
    LAST = "the last one before"
    THIS = "the present one"
    NEXT = "the first one after"
    NEAREST = "named: the latest so far, or the coming one if the sentence speaks of the future"
    WEEKDAY = "a weekday alone: the one before, or the coming one if the sentence looks ahead"
    NONE = "no date, though its words look like one"


@dataclass(frozen=True)
class Wording:
    """How a language writes resolved dates, as format strings over day, month, month_number,
    season, year, weekday, date and words (a number with its unit, as said). Names are spelt as the
    tables of the grammar spell them first."""

    day: str
    month: str
    season: str
    week: str
    """The week that begins on `date`."""
    weekend: str
    week_before: str
    weekend_before: str
    counted_before: str
    weekday_before: str


@dataclass(frozen=True)
class Grammar:
    """The words for dates of one language.

    A name may have several spellings, parted by "|". A phrase is a regular expression in which
    `{number}`, `{unit}`, `{weekday}`, `{month}`, `{season}`, `{holiday}` and `{days}` stand for the
    words of the tables, `{day}` for a day of the month in digits, `{nth}` for one in digits or
    words, `{from_day}` for an earlier one of the same month, `{year}` for four digits, and a space
    for any white space. The group `last_year` puts what is named into the year before. The longest
    match wins; of equal ones, the phrase listed first.
    """

    months: tuple[str, ...]
    """January first."""
    weekdays: tuple[str, ...]
    """Monday first."""
    seasons: tuple[str, ...]
    """Spring, summer, autumn, winter."""
    units: Mapping[Granularity, str]
    numbers: Mapping[str, int]
    """Number words; digits are understood everywhere."""
    days: Mapping[int, str]
    """How many days away -> the words for it."""
    phrases: tuple[tuple[str, Rule], ...]
    lasting: tuple[str, ...]
    """Phrases for what has gone on for a number of units until the day of speaking."""
    vague: str
    """A regular expression: those of `numbers` that only stand for some number."""
    future: str
    """A regular expression: words that put a sentence in the future."""
    wording: Wording
    holidays: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Month and day -> the names of a day that has the same date every year."""
    ordinal: str = ""
    """A regular expression: what may follow the digits of a day."""
    ordinals: Mapping[str, int] = field(default_factory=dict)
    """Words for days of the month."""
    spaced: bool = True
    """Whether words stand apart, as they do not in Chinese and Japanese."""
    month_first: bool = False
    """Whether 7/5/2023 is the fifth of July."""

"""Writing resolved dates for people, in their language."""

from __future__ import annotations

from datetime import date

from memoryos.text.dates.grammar import Granularity, Rule
from memoryos.text.dates.mentions import Mention
from memoryos.text.dates.reading import grammar_of


def write_day(day: date, *, language: str) -> str:
    """ "7 May 2023", "7 maggio 2023"."""
    grammar = grammar_of(language)
    return grammar.wording.day.format(**_parts(day, language))


def write_mention(mention: Mention, *, said_on: date, language: str, weekdays: bool = False) -> str:
    """When it was, as precisely as the words told: "7 May 2023", "May 2023", "summer 2022", "2022".

    A week or weekend is told from the day the words were said on: "the week before 9 June 2023";
    so is what was only told roughly: "a few years before 9 June 2023"; with `weekdays` so is "last
    Friday": "the Friday before 9 June 2023".
    """
    wording = grammar_of(language).wording
    parts = _parts(mention.first, language)
    here = write_day(said_on, language=language)
    if mention.rule is Rule.AGO and mention.vague:
        return wording.counted_before.format(words=mention.counted, date=here)
    if mention.granularity is Granularity.DAY:
        if weekdays and mention.rule is Rule.LAST:
            return wording.weekday_before.format(**parts, date=here)
        return wording.day.format(**parts)
    if mention.granularity is Granularity.MONTH:
        return wording.month.format(**parts)
    if mention.granularity is Granularity.SEASON:
        return wording.season.format(**parts)
    if mention.granularity is Granularity.YEAR:
        return str(mention.first.year)
    weekend = mention.granularity is Granularity.WEEKEND
    if mention.rule is Rule.LAST or (mention.rule is Rule.AGO and mention.number == 1):
        return (wording.weekend_before if weekend else wording.week_before).format(date=here)
    if mention.rule is Rule.AGO:
        return wording.counted_before.format(words=mention.counted, date=here)
    there = write_day(mention.first, language=language)
    return (wording.weekend if weekend else wording.week).format(date=there)


def _parts(day: date, language: str) -> dict[str, object]:
    grammar = grammar_of(language)
    return {
        "day": day.day,
        "month": _first_spelling(grammar.months[day.month - 1]),
        "month_number": day.month,
        "season": _first_spelling(grammar.seasons[(day.month - 3) // 3 % 4]),
        "weekday": _first_spelling(grammar.weekdays[day.weekday()]),
        "year": day.year,
    }


def _first_spelling(names: str) -> str:
    return names.partition("|")[0]

"""A grammar compiled: where its phrases stand in a text, and what their words mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from memoryos.text.dates import de, en, es, fr, it, ja, ko, zh
from memoryos.text.dates.grammar import Grammar, Granularity, Rule

GRAMMARS: Mapping[str, Grammar] = {
    "en": en.GRAMMAR,
    "it": it.GRAMMAR,
    "es": es.GRAMMAR,
    "de": de.GRAMMAR,
    "fr": fr.GRAMMAR,
    "zh": zh.GRAMMAR,
    "ja": ja.GRAMMAR,
    "ko": ko.GRAMMAR,
}
"""By language code."""

_YEAR = "(?P<year>(?:1[89]|20)[0-9]{2})"
_DAY_NUMBER = "3[01]|[12][0-9]|0?[1-9]"
_DAY = f"(?P<day>{_DAY_NUMBER})"
_FROM_DAY = _DAY.replace("day", "from_day")
_MARK, _SAME_MARK = "(?P<mark>[-/.])", "(?P=mark)"
_MONTH_DIGITS, _DAY_DIGITS = "(?P<month_digits>[0-9]{1,2})", "(?P<day_digits>[0-9]{1,2})"
_YEAR_FIRST = _YEAR + _MARK + _MONTH_DIGITS + _SAME_MARK + _DAY_DIGITS
_MONTH_FIRST = _MONTH_DIGITS + _MARK + _DAY_DIGITS + _SAME_MARK + _YEAR
_DAY_FIRST = _DAY_DIGITS + _MARK + _MONTH_DIGITS + _SAME_MARK + _YEAR
_DIGITS = "{digits}"
_OPTIONAL = re.compile(r"\((?:[^()]|\([^()]*\))*\)\?")
_CLAUSE_ENDS = ".!?\n。！？"
_CLAUSE_REACH = 200
"""Characters before and after a phrase in which words of its clause are looked for."""

_Phrase = tuple[re.Pattern[str], Rule, frozenset[str]]
"""Compiled; how it is placed in time; the slots without which it cannot stand."""


def grammar_of(language: str) -> Grammar:
    """The grammar for a language code; English where there is none."""
    return GRAMMARS.get(language[:2], en.GRAMMAR)


@cache
def reading_of(language: str) -> Reading:
    """The compiled grammar for a language code. Immutable, so one serves all."""
    return Reading(grammar_of(language))


class Reading:
    """The patterns of one grammar."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        slots = {
            "{number}": _either("number", ("[0-9]{1,3}", *grammar.numbers)),
            "{unit}": _either("unit", grammar.units.values()),
            "{weekday}": _either("weekday", grammar.weekdays),
            "{month}": _either("month", grammar.months),
            "{season}": _either("season", grammar.seasons),
            "{days}": _either("days", grammar.days.values()),
            # A grammar without holidays has no phrase with this slot.
            "{holiday}": _either("holiday", grammar.holidays.values()),
            "{day}": _DAY + grammar.ordinal,
            "{from_day}": _FROM_DAY + grammar.ordinal,
            "{nth}": _either("day", (_DAY_NUMBER, *grammar.ordinals)) + grammar.ordinal,
            "{year}": _YEAR,
        }
        # What a phrase cannot do without is looked for first: most texts hold little of it.
        cues = {
            "{unit}": grammar.units.values(),
            "{weekday}": grammar.weekdays,
            "{month}": grammar.months,
            "{season}": grammar.seasons,
            "{holiday}": grammar.holidays.values(),
            "{days}": grammar.days.values(),
        }
        self._cues = {
            slot: self._compile(_spaced("|".join(words))) for slot, words in cues.items() if words
        }
        self._cues[_DIGITS] = re.compile("[0-9]")
        self._cues["{nth}"] = re.compile("|".join(("[0-9]", *grammar.ordinals)), re.IGNORECASE)
        self._phrases = [
            (self._compile(_filled(phrase, slots)), rule, _needs(phrase, self._cues))
            for phrase, rule in grammar.phrases
        ]
        for form in (_YEAR_FIRST, _MONTH_FIRST if grammar.month_first else _DAY_FIRST):
            self._phrases.append((_compile_digits(form), Rule.NEAREST, frozenset({_DIGITS})))
        self._lasting = [
            (self._compile(_filled(phrase, slots)), Rule.AGO, frozenset({"{unit}"}))
            for phrase in grammar.lasting
        ]
        self._vague = self._compile(_spaced(grammar.vague))
        self._future = self._compile(_spaced(grammar.future))

    def phrases(self, text: str) -> Iterator[tuple[re.Match[str], Rule]]:
        """Every phrase in `text`, the longest first; they may overlap."""
        return self._found(text, self._phrases)

    def lasting(self, text: str) -> Iterator[tuple[re.Match[str], Rule]]:
        """Likewise the phrases for what has gone on for so long."""
        return self._found(text, self._lasting)

    def is_vague(self, words: str) -> bool:
        return self._vague.fullmatch(words) is not None

    def _found(self, text: str, phrases: list[_Phrase]) -> Iterator[tuple[re.Match[str], Rule]]:
        held = {slot for slot, cue in self._cues.items() if cue.search(text)}
        found = (
            (match, rule)
            for form, rule, needs in phrases
            if needs <= held
            for match in form.finditer(text)
        )
        return iter(sorted(found, key=lambda pair: pair[0].start() - pair[0].end()))

    def speaks_of_future(self, match: re.Match[str]) -> bool:
        """Whether the clause around a phrase looks ahead."""
        text = match.string
        first, last = max(0, match.start() - _CLAUSE_REACH), match.end() + _CLAUSE_REACH
        starts = (text.rfind(mark, first, match.start()) + 1 for mark in _CLAUSE_ENDS)
        start = max(first, *starts)
        ends = (text.find(mark, match.end(), last) for mark in _CLAUSE_ENDS)
        end = min((at for at in ends if at >= 0), default=last)
        return self._future.search(text, start, end) is not None

    def number(self, words: str) -> int:
        if words.isdecimal():
            return int(words)
        names = tuple(self.grammar.numbers)
        return self.grammar.numbers[names[_place(names, words)]]

    def unit(self, words: str) -> Granularity:
        return tuple(self.grammar.units)[_place(self.grammar.units.values(), words)]

    def days(self, words: str) -> int:
        return tuple(self.grammar.days)[_place(self.grammar.days.values(), words)]

    def day(self, words: str) -> int:
        """Of the month."""
        return int(words) if words.isdecimal() else self.grammar.ordinals[words.lower()]

    def weekday(self, words: str) -> int:
        """Monday is 0."""
        return _place(self.grammar.weekdays, words)

    def month(self, words: str) -> int:
        """January is 1."""
        return _place(self.grammar.months, words) + 1

    def season(self, words: str) -> int:
        """Spring is 0."""
        return _place(self.grammar.seasons, words)

    def holiday(self, words: str) -> tuple[int, int]:
        """Month and day."""
        return tuple(self.grammar.holidays)[_place(self.grammar.holidays.values(), words)]

    def _compile(self, pattern: str) -> re.Pattern[str]:
        if self.grammar.spaced:
            pattern = rf"(?<!\w)(?:{pattern})(?!\w)"
        return re.compile(pattern, re.IGNORECASE)


def _needs(phrase: str, slots: Iterable[str]) -> frozenset[str]:
    """Which of `slots` a phrase must have filled; what is optional is not needed."""
    # An optional part is told by the mark after its bracket, and none holds another with a slot.
    needed = _OPTIONAL.sub("", phrase)
    found = {slot for slot in slots if slot in needed}
    return frozenset(found | ({_DIGITS} if "{day}" in needed or "{year}" in needed else set()))


def _compile_digits(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-]){form}(?![\w/-]|\.[0-9])")


def _either(name: str, words: Iterable[str]) -> str:
    return f"(?P<{name}>{'|'.join(words)})"


def _filled(phrase: str, slots: Mapping[str, str]) -> str:
    for slot, words in slots.items():
        phrase = phrase.replace(slot, words)
    return _spaced(phrase)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def _place(names: Iterable[str], words: str) -> int:
    """Which of `names` these words are."""
    words = " ".join(words.split())
    return next(
        place for place, name in enumerate(names) if re.fullmatch(name, words, re.IGNORECASE)
    )

"""Short answers that have a form of their own: how long, how often, how much, how many, which
colour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from memoryos.answerer.candidates import Candidate
from memoryos.answerer.quantity_words import (
    AGES,
    CLOCKS,
    COLOURS,
    DURATION_UNITS,
    FREQUENCIES,
    MEASURES,
)
from memoryos.answerer.question_words import Asks
from memoryos.answerer.questions import Question
from memoryos.text.dates.reading import grammar_of
from memoryos.text.number_words import number_words
from memoryos.text.tokens import stem, words

SEARCHED_SENTENCES = 8

_DIGITS = "[0-9]{1,12}(?:[.,][0-9]{1,12}){0,4}"
"""Of a bounded length: a text of "1,1,1,…" would cost its square."""

_FORMS: Mapping[Asks, tuple[str, Mapping[str, str]]] = {
    Asks.HOW_LONG: (r"{number}[\s-]*(?:{words})", DURATION_UNITS),
    Asks.HOW_OFTEN: ("{words}", FREQUENCIES),
    Asks.HOW_OLD: ("{words}", AGES),
    Asks.HOW_MUCH: (
        r"[$€£¥]\s?{digits}k?|{digits}\s?[$€£¥%]|{number}[\s-]*(?:{words})",
        MEASURES,
    ),
    Asks.CLOCK: ("{words}", CLOCKS),
    Asks.COLOUR: ("(?:{words})(?:[ ,-]+(?:and |e |y |und |et )?(?:{words}))*", COLOURS),
}
"""What is asked for -> a regular expression for it, over `{words}` from a table by language."""


def find_quantity(question: Question, scored: Sequence[Candidate]) -> str | None:
    """What the best sentence that has what `question` asks for says: "three years", "twice a
    week", "forty pounds", "4", "dark green". None if none has, or if something else is asked."""
    searched = scored[:SEARCHED_SENTENCES]
    if question.asks is Asks.HOW_MANY:
        return next(filter(None, (_count(question, candidate) for candidate in searched)), None)
    if question.asks not in _FORMS:
        return None
    matches = (
        _form(question.asks, candidate.language).search(candidate.text) for candidate in searched
    )
    return next((match[0] for match in matches if match), None)


def _count(question: Question, candidate: Candidate) -> str | None:
    """A number that stands just before what is counted."""
    language = candidate.language
    numbers = grammar_of(language).numbers
    asked = set().union(*question.terms(language))
    said = words(candidate.text)
    for place, word in enumerate(said):
        counted = {stem(other, language) for other in said[place + 1 : place + 4]}
        number = number_words(language).get(word) or numbers.get(word, 1)
        if (word.isdecimal() or number > 1) and counted & asked:
            return word
    return None


@cache
def _form(asks: Asks, language: str) -> re.Pattern[str]:
    form, table = _FORMS[asks]
    form = form.replace("{words}", table.get(language, "(?!)"))
    form = form.replace("{number}", f"(?:{_numbers(language)})").replace("{digits}", _DIGITS)
    if grammar_of(language).spaced:
        form = rf"(?<!\w)(?:{form})(?!\w)"
    return re.compile(form, re.IGNORECASE)


def _numbers(language: str) -> str:
    """A regular expression for a number, in digits or words, the longest words first."""
    written = sorted({*number_words(language), *grammar_of(language).numbers}, key=len)
    return "|".join((f"{_DIGITS}(?:-{_DIGITS})?", *reversed(written)))

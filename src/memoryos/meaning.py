"""What a fact means, beneath its words: which matter it speaks of, and which value it gives it.

Two facts of one meaning are one fact said twice. Two values of one matter cannot both hold. Job and
employer are two matters: who changes one may keep the other.
Words are compared by their stems, without articles and light verbs; names, addresses and numbers to
the letter. What is not known to mean the same is taken to differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from memoryos.analysts.base import LearntFact
from memoryos.model import Fact, Speaker
from memoryos.text.dates.reading import grammar_of
from memoryos.text.number_words import number_words
from memoryos.text.tokens import fold_accents, stem, words
from memoryos.text.wordings import (
    ALLERGY,
    COMPLETED_STUDIES,
    FILLERS,
    LIGHT_VERBS,
    NAMING,
    PERSON_ENDINGS,
    REACHING,
    REGIMES,
    SAME,
    STATES,
    STUDENTS,
)

Words = tuple[str, ...]

_PLACE_OF_STUDY = re.compile(r" (?:at|an|in|a|al|alla|en|à|aux?) (?:der Uni |the )?(?=[A-ZÀ-Ü])")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A matter that has one value at a time, and the value; None for whatever value it has."""

    matter: tuple[Hashable, ...]
    value: Hashable


def meaning(fact: Fact | LearntFact) -> Meaning:
    """What `fact` means. One that gives no value speaks of its whole attribute."""
    return _meaning(fact.subject, fact.attribute, fact.value, fact.language)


@lru_cache(maxsize=1 << 16)
def _meaning(subject: Speaker, attribute: str, value: str, language: str) -> Meaning:
    if not value:
        return Meaning((subject, attribute), None)
    matter, said = _READERS.get(attribute, _many)(attribute, value, language)
    return Meaning((subject, *matter), said)


Reading = tuple[tuple[Hashable, ...], Hashable]
"""A matter, and its value."""


def _many(attribute: str, value: str, language: str) -> Reading:
    """Many may hold at once: each is a matter of its own."""
    return (attribute, stems(value, language)), True


def _name(attribute: str, value: str, language: str) -> Reading:
    """One at a time, compared to the letter but for case and accents."""
    return (attribute,), _letters(value)


def _place(attribute: str, value: str, language: str) -> Reading:
    """One at a time, compared to the letter but for articles: "the BBC"."""
    return (attribute,), _without(_letters(value), FILLERS.get(language, frozenset()))


def _origin(attribute: str, value: str, language: str) -> Reading:
    # One may come from Lombardy, be born in Milan and have grown up in Rome: all of it stays true.
    return (attribute, _without(_letters(value), FILLERS.get(language, frozenset()))), True


def _number(attribute: str, value: str, language: str) -> Reading:
    found = re.search(r"\d+", value)
    written = number_words(language).get(value.lower().strip())
    return (attribute,), int(found.group()) if found else written or _letters(value)


def _phone(attribute: str, value: str, language: str) -> Reading:
    # Nine digits tell a number from another, with or without its country's prefix.
    return (attribute,), re.sub(r"\D", "", value)[-9:]


def _email(attribute: str, value: str, language: str) -> Reading:
    return (attribute,), value.casefold()


def _birthday(attribute: str, value: str, language: str) -> Reading:
    """A day of the year is one matter, a year of birth another."""
    lowered = value.lower()
    names = grammar_of(language).months
    month = next(
        (at for at, name in enumerate(names, 1) if re.search(rf"\b(?:{name.lower()})\b", lowered)),
        None,
    )
    numbers = [int(number) for number in re.findall(r"\d+", lowered)]
    days = [number for number in numbers if number <= 31]
    if month:
        return (attribute,), (month, days[0] if days else 1)
    return ((attribute,) if days else (attribute, "year")), tuple(numbers)


def _favourite(attribute: str, value: str, language: str) -> Reading:
    """One at a time of each kind: a colour, a band."""
    kind, _, named = value.rpartition(": ")
    return (attribute, stems(kind, language)), stems(named, language, named=True)


def _taste(attribute: str, value: str, language: str) -> Reading:
    """What is liked is not disliked at the same time: the thing is the matter."""
    return ("taste", stems(value, language, without=LIGHT_VERBS)), attribute


def _hobby(attribute: str, value: str, language: str) -> Reading:
    return (attribute, stems(value, language, without=LIGHT_VERBS)), True


def _kept(attribute: str, value: str, language: str) -> Reading:
    """Those one lives with and what one owns, by kind and name."""
    return (attribute, stems(value, language, without=NAMING, named=True)), True


def _goal(attribute: str, value: str, language: str) -> Reading:
    return (attribute, stems(value, language, without=REACHING)), True


def _allergy(attribute: str, value: str, language: str) -> Reading:
    """By what it is an allergy to: "Haselnussallergie", "Haselnüsse"."""
    return (attribute, stems(ALLERGY.sub(" ", value).strip() or value, language)), True


def _job(attribute: str, value: str, language: str) -> Reading:
    """Whatever the gender, and whether named by who does it or by what is done."""
    said = stems(value, language)
    ending = PERSON_ENDINGS.get(language)
    if ending is None:
        return (attribute,), said
    return (attribute,), tuple(sorted(ending.sub("", word) for word in said))


def _state(attribute: str, value: str, language: str) -> Reading:
    """Whether one is married, by whichever word; to whom is a matter of the family."""
    lowered = value.lower()
    states = (state for state, pattern in STATES.items() if pattern.search(lowered))
    return (attribute,), next(states, None) or stems(value, language)


def _diet(attribute: str, value: str, language: str) -> Reading:
    """One way of eating at a time; what one leaves out besides (alcohol, gluten) may be much."""
    lowered = fold_accents(value.lower())
    regimes = (regime for regime, pattern in REGIMES.items() if pattern.search(lowered))
    regime = next(regimes, None)
    if regime:
        return (attribute,), regime
    return (attribute, stems(value, language, without=LIGHT_VERBS)), True


def _study(attribute: str, value: str, language: str) -> Reading:
    """One course at a time, wherever it is taken; degrees stay."""
    if COMPLETED_STUDIES.search(value):
        return (attribute, stems(value, language)), True
    subject = STUDENTS.sub(" ", value).strip()
    return (attribute,), stems(_PLACE_OF_STUDY.split(subject)[0] or value, language)


_READERS: Mapping[str, Callable[[str, str, str], Reading]] = {
    "name": _name,
    "age": _number,
    "birthday": _birthday,
    "home": _place,
    "origin": _origin,
    "job": _job,
    "employer": _place,
    "study": _study,
    "relationship": _state,
    "diet": _diet,
    "phone": _phone,
    "email": _email,
    "favorite": _favourite,
    "likes": _taste,
    "dislikes": _taste,
    "hobby": _hobby,
    "pet": _kept,
    "family": _kept,
    "possession": _kept,
    "goal": _goal,
    "allergy": _allergy,
}
"""Attribute -> how it is read; the others may hold many values.

One may have two passports: nationality is among the others.
"""


def stems(
    value: str,
    language: str,
    *,
    without: Mapping[str, frozenset[str]] | None = None,
    named: bool = False,
) -> Words:
    """The words that carry `value`, stemmed and without accents, in alphabetical order.

    In a value that is `named`, a capital marks a name, and names are not stemmed: "Alien" is not
    "Aliens". Of a value without letters, the value.
    """
    every = list(_stems(value, language, named))
    dropped = without.get(language, frozenset()) if without else frozenset()
    kept = [word for word in every if word not in dropped]
    return tuple(sorted(set(kept or every))) or (value,)


def _stems(value: str, language: str, named: bool) -> Iterator[str]:
    capitals = (word for word in re.findall(r"\w+", value) if named and word[0].isupper())
    names = frozenset(word.lower() for word in capitals)
    fillers, numbers = FILLERS.get(language, frozenset()), number_words(language)
    same = SAME.get(language, {})
    every = words(value)
    for word in every:
        if word in fillers and len(every) > 1:
            continue
        if word in numbers:
            yield str(numbers[word])
        elif word in names:
            yield fold_accents(same.get(word, word))
        else:
            yield fold_accents(stem(same.get(word, word), language))


def _letters(value: str) -> Words:
    return tuple(re.findall(r"\w+", fold_accents(value.casefold()))) or (value,)


def _without(named: Words, fillers: frozenset[str]) -> Words:
    return tuple(word for word in named if word not in fillers) or named

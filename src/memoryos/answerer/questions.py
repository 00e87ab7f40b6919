"""Reading a question: what it wants to be told, of whom, and in which words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from memoryos.answerer.question_words import (
    ABOUT_MEMORY,
    ADVISED,
    ASKING,
    ASKING_AGAIN,
    ASKING_ANYWHERE,
    CJK_ASIDE,
    CONCEPTS,
    HYPOTHETICAL,
    SEVERAL,
    TITLED,
    Asks,
)
from memoryos.model import Speaker
from memoryos.recall import Names
from memoryos.speakers import PRONOUNS, find_speaker
from memoryos.text.dates import Window, find_dates, time_window
from memoryos.text.language import guess_language
from memoryos.text.past import asks_of_past
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import is_cjk, stem, words

_QUOTED = re.compile(r"\w ?[\"“„«]\w")

Term = frozenset[str]
"""The stems, in one language, that stand for a word of the question."""


@dataclass(frozen=True)
class Question:
    """A query, read."""

    text: str
    bare: str
    """Without the names of the speakers and without dates: pages say neither of themselves."""
    language: str
    asks: Asks
    wants_several: bool
    speaker: Speaker | None
    """Whose words answer it, as far as it tells."""
    says_name: bool
    """Whether it calls that speaker by name."""
    window: Window | None
    """The time it names."""
    asks_of_past: bool
    is_hypothetical: bool
    asks_advised: bool
    """Whether it asks what the agent recommended."""
    asks_title: bool
    """Whether it speaks of what has a title."""
    asks_again: bool
    """Whether it goes on to ask something else: "Did I go to Rome, and when?"."""

    def terms(self, language: str) -> tuple[Term, ...]:
        """What to look for in a text of `language`, each with the words that mean the same."""
        return _terms(self.bare, self.language, language)


def read_question(
    query: str, names: Names, *, now: datetime, newest_at: datetime | None, default_language: str
) -> Question:
    """Read `query`. A month it names is seen from `newest_at`, the time of the newest page."""
    language = guess_language(query, default_language)
    spoken_of = find_speaker(query, names, language)
    bare = spoken_of.bare
    for mention in reversed(find_dates(bare, said_at=now, language=language)):
        bare = f"{bare[: mention.start]} {bare[mention.end :]}"
    asks_title = _has(TITLED, query, language)
    # Before it may stand when it was: "On 3 May, which songs …?"
    start = "(?:^|[.,:!?])" if asks_title else "^"
    several = rf"{start}(?:{SEVERAL.get(language, '(?!)')})"
    hypothetical = HYPOTHETICAL.get(language, "(?!)")
    # Who quotes a title knows what was recommended.
    asks_advised = _has(ADVISED, query, language) and not _QUOTED.search(query)
    speaker = Speaker.AGENT if asks_advised else spoken_of.speaker
    window = time_window(query, now=now, language=language, reference=newest_at)
    return Question(
        text=query,
        bare=bare,
        language=language,
        asks=_asks(query, language),
        wants_several=re.search(several, query.replace("’", "'"), re.IGNORECASE) is not None,
        speaker=speaker or _first_named(query, language),
        says_name=spoken_of.says_name,
        window=window,
        is_hypothetical=re.match(hypothetical, query, re.IGNORECASE) is not None,
        asks_advised=asks_advised,
        asks_title=asks_title,
        asks_again=_has(ASKING_AGAIN, query, language),
        asks_of_past=asks_of_past(query, language) is not None
        or (window is not None and window.end <= now),
    )


def _asks(query: str, language: str) -> Asks:
    query = query.replace("’", "'")
    for asks, pattern in ASKING.get(language, ()):
        if re.match(pattern, query, re.IGNORECASE):
            return asks
    for asks, pattern in ASKING_ANYWHERE.get(language, ()):
        if re.search(pattern, query):
            return asks
    return Asks.WHAT


def _has(patterns: Mapping[str, str], query: str, language: str) -> bool:
    query = query.replace("’", "'")
    pattern = rf"(?<!\w)(?:{patterns.get(language, '(?!)')})(?!\w)"
    return re.search(pattern, query, re.IGNORECASE) is not None


def _first_named(query: str, language: str) -> Speaker | None:
    """Of "you" and "I" in one question the first is its subject: "What did you tell me?"."""
    spoken = words(query)
    found = [
        (spoken.index(word), speaker)
        for speaker, table in PRONOUNS.items()
        for word in table.get(language, frozenset())
        if word in spoken
    ]
    return min(found, key=lambda pair: pair[0])[1] if found else None


@lru_cache(maxsize=256)
def _terms(bare: str, asked_in: str, language: str) -> tuple[Term, ...]:
    ignored = STOP_WORDS.get(asked_in, frozenset()) | set(ABOUT_MEMORY.get(asked_in, "").split())
    found: dict[Term, None] = {}
    for word in words(bare):
        if is_cjk(word):
            for run in filter(None, re.split(CJK_ASIDE, word)):
                pairs = list(map(str.__add__, run, run[1:])) or [run]
                found.update((_concept(pair, language) | {pair}, None) for pair in pairs)
        elif word not in ignored or _concept(word, asked_in):
            found[_concept(word, language) | {stem(word, language)}] = None
    return tuple(found)


def _concept(word: str, language: str) -> frozenset[str]:
    return _concepts(language).get(stem(word, language), frozenset())


@cache
def _concepts(language: str) -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for concept in CONCEPTS:
        stems = frozenset(stem(word, language) for word in concept.get(language, "").split())
        for each in stems:
            table[each] = table.get(each, frozenset()) | stems
    return table

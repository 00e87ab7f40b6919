"""The words that say what a text is about."""

from __future__ import annotations

import re
from collections import Counter

from memoryos.text.language import guess_language
from memoryos.text.tokens import CJK, content_words, stem

PAGE_KEYWORDS = 8
"""Enough to tell topics apart, few enough for the Jaccard index of Eq. 3 to mean something."""

_CJK = re.compile(f"[{CJK}]")
_PAIRS_WITHOUT_CONTENT = re.compile(
    "[的了是我你他她它们們在有和也都就不吗嗎呢吧啊很这這那个個一のはがをにでとものですま]"
)
_CAPITALISED = re.compile(r"(?<=[^\W_] )[^\W\d_][\w'’-]+")
_MAX_CHARACTERS = 6000


def keywords(text: str, *, limit: int = PAGE_KEYWORDS) -> tuple[str, ...]:
    """The most telling content words of `text`, lower-cased, best first; at most `limit`.

    A word counts by how often its stem comes, a little more if it is long, written with a capital
    inside a sentence (a name), or early. Of one stem the first form stands. Chinese and Japanese,
    which put no spaces, give pairs of characters. Pure.
    """
    text = text[:_MAX_CHARACTERS]
    language = guess_language(text)
    named = {word.lower() for word in _CAPITALISED.findall(text) if word[0].isupper()}
    counts: Counter[str] = Counter()
    first: dict[str, tuple[int, str]] = {}
    for place, word in enumerate(_units(text, language)):
        key = stem(word, language)
        counts[key] += 1
        first.setdefault(key, (place, word))

    def weight(key: str) -> float:
        place, word = first[key]
        name = 0.6 if word in named and language != "de" else 0.0  # German nouns have capitals
        return counts[key] + name + 0.08 * min(len(word), 10) - 0.2 * place / len(first)

    ranked = sorted(first, key=lambda key: (-weight(key), first[key][0]))
    return tuple(first[key][1] for key in ranked[:limit])


def _units(text: str, language: str) -> list[str]:
    units = []
    for word in content_words(text, language):
        if _CJK.match(word):
            pairs = map(str.__add__, word, word[1:])
            units += [pair for pair in pairs if not _PAIRS_WITHOUT_CONTENT.search(pair)]
        elif len(word) > 2 and not word.isdigit():
            units.append(word)
    return units

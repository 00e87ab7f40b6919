"""Words, stems and tokens of a text, in the language it is written in."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from memoryos.text.irregular_forms import IRREGULAR_FORMS
from memoryos.text.stop_words import STOP_WORDS

CJK = (
    "\u1100-\u11ff\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words, or glue particles to them, as a character class."""

MAX_WORD_CHARACTERS = 64
"""Longer words (base64, hashes) are told apart by their beginning; it bounds what is cached."""

# Marks that the scripts of India and South-East Asia, Hebrew and Arabic write inside words; `\w`
# leaves them out.
_MARKS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u1780-\u17ff"
)
_WORD = re.compile(rf"[\w{_MARKS}]+(?:'[\w{_MARKS}]+)*")
_HAS_CJK = re.compile(rf"[{CJK}]")
_RUNS = re.compile(rf"[{CJK}]+|[^{CJK}]+")
_APOSTROPHES = str.maketrans("’‘ʼ＇`", "'''''")

_SNOWBALL = {
    "en": "english",
    "it": "italian",
    "es": "spanish",
    "de": "german",
    "fr": "french",
    "ar": "arabic",
}

_OPENED = {"can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not")}
_CLITICS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": None}


def words(text: str) -> list[str]:
    """The words in order: NFKC, lower-cased, contractions opened; a run of CJK is one item."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES)
    found = _WORD.findall(text.lower())
    if "'" in text:
        found = [part for word in found for part in (_open(word) if "'" in word else (word,))]
    if _HAS_CJK.search(text):
        found = [run for word in found for run in _RUNS.findall(word)]
    return found


def content_words(text: str, language: str) -> list[str]:
    """The words that are not in the stop list of `language`; all words where none are left."""
    every = words(text)
    stop = STOP_WORDS.get(language, frozenset())
    return [word for word in every if word not in stop] or every


def terms(text: str, language: str) -> list[str]:
    """What a text is indexed by: the stems of its content words; of CJK, characters and pairs."""
    found: list[str] = []
    for word in content_words(text, language):
        found += _cjk_terms(word) if is_cjk(word) else (stem(word, language),)
    return found


def query_terms(text: str, language: str, stemmers: Sequence[str]) -> list[tuple[str, ...]]:
    """The distinct terms of a query in `language`, each as its stems in the languages `stemmers`.

    So a word is found in pages of any of these languages, whatever the query was taken for.
    """
    found: list[tuple[str, ...]] = []
    for word in content_words(text, language):
        if is_cjk(word):
            found += ((term,) for term in _cjk_terms(word))
        else:
            found.append(tuple(dict.fromkeys(stem(word, stemmer) for stemmer in stemmers)))
    return list(dict.fromkeys(found))


def is_cjk(word: str) -> bool:
    """Whether one of `words` is a run of CJK."""
    return not word.isascii() and _HAS_CJK.match(word) is not None


def stem(word: str, language: str) -> str:
    """The stem of a lower-cased word: irregular forms by table, the rest by Snowball.

    A language without a stemmer leaves the word as it is.
    """
    return _stem(word[:MAX_WORD_CHARACTERS], language)


def fold_accents(text: str) -> str:
    """`text` without its accents: "perché" -> "perche"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def count_tokens(text: str) -> int:
    """About how many tokens a language model reads in `text`, rather too many than too few.

    ceil((2 * UTF-8 bytes - characters) / 4): a quarter of a token for each ASCII letter, 3/4 for
    an accented, Greek, Cyrillic or Arabic one, 5/4 for a CJK one, 7/4 for an emoji. A joined text
    never counts more than its parts.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    return -((len(text) - 2 * size) // 4)


def _open(word: str) -> tuple[str, ...]:
    """Open a contraction: "didn't" -> did, not; "tom's" -> tom; "l'acqua" -> l, acqua."""
    if word in _OPENED:
        return _OPENED[word]
    if word.endswith("n't"):
        return word[:-3], "not"
    head, _, tail = word.rpartition("'")
    if tail in _CLITICS:
        clitic = _CLITICS[tail]
        parts = (*head.split("'"), clitic) if clitic else tuple(head.split("'"))
    else:
        parts = tuple(word.split("'"))
    return tuple(part for part in parts if part)


def _cjk_terms(run: str) -> list[str]:
    return [*run, *map(str.__add__, run, run[1:])]


@lru_cache(maxsize=1 << 16)
def _stem(word: str, language: str) -> str:
    base = IRREGULAR_FORMS.get(language, {}).get(word, word)
    if language not in _SNOWBALL:
        return base
    with _stemming:
        return str(_stemmer(language).stemWord(base))


# PyStemmer's objects are not to be used by two threads at once.
_stemming = threading.Lock()


@cache
def _stemmer(language: str) -> Any:
    import Stemmer

    return Stemmer.Stemmer(_SNOWBALL[language])

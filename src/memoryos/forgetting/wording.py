"""How words are compared when it is asked whether they tell of what is gone."""

from __future__ import annotations

import unicodedata

from memoryos.text.tokens import terms


def fold(text: str) -> str:
    """`text` without regard to case, width and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def says_value(text: str, value: str) -> bool:
    """Whether the words of `value` stand in `text` one after the other; False where it has none.

    Chinese, Japanese and Thai put no spaces: there it is enough that the characters do.
    """
    words = _words(value)
    if words.isascii():
        return bool(words) and f" {words} " in f" {_words(text)} "
    return bool(words) and words in _words(text)


def telling_words(text: str, language: str) -> set[str]:
    """The stems of its content words; of CJK, pairs: single letters and characters tell nothing."""
    return {term for term in terms(text, language) if len(term) > 1}


def _words(text: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(text)).split())

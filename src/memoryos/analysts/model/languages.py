"""Whether a model answered in the language of the pages (what is stored keeps to it)."""

from __future__ import annotations

import re

from memoryos.text.language import guess_language
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import CJK, stem, words

_TOKEN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W\d_])+")
_BEGINNING = 4
"""Letters that "wohnt" and "wohne" share, whatever their stems."""


def speaks_otherwise(text: str, *originals: str) -> bool:
    """Whether `text` is in a language that none of `originals` is in, where these tell theirs.

    Names that it takes over from them say nothing of its own: "lives in Köln" is no German. What is
    too short to tell is taken for English, as models fall back to that, if it is of several words
    and has none in common with `originals`.
    """
    theirs = {guess_language(original, default="") for original in originals} - {""}
    if not theirs:
        return False
    said = "\n".join(originals)
    rest = _TOKEN.sub(lambda found: "" if _is_name_in(said, found[0]) else found[0], text)
    own = guess_language(rest, default="")
    if own:
        return own not in theirs
    told = words(rest)
    return "en" not in theirs and len(told) > 1 and not _have_in_common(told, words(said), theirs)


def _is_name_in(said: str, token: str) -> bool:
    return token in said and (token != token.lower() or token.lower() == token.upper())


def _have_in_common(told: list[str], said: list[str], languages: set[str]) -> bool:
    """Whether a word of `told` that is no English function word is a form of one of `said`."""
    known = {word[:_BEGINNING] for word in said}
    known |= {stem(word, language) for word in said for language in languages}
    content = [word for word in told if word not in STOP_WORDS["en"]]
    return any(
        word[:_BEGINNING] in known or any(stem(word, language) in known for language in languages)
        for word in content
    )

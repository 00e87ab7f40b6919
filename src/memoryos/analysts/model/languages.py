"""Whether a model answered in the language of the pages (what is stored keeps to it)."""

from __future__ import annotations

from memoryos.text.language import guess_language


def speaks_otherwise(text: str, *originals: str) -> bool:
    """Whether `text` is in a language that none of `originals` is in; only where both are sure."""
    own = guess_language(text, default="")
    theirs = {guess_language(original, default="") for original in originals} - {""}
    return bool(own and theirs) and own not in theirs

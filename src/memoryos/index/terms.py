"""Terms as numbers: words hashed one by one, character grams all at once."""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from memoryos.text.tokens import CJK, content_words, fold_accents

Hashes = npt.NDArray[np.uint32]

_CJK_RUN = re.compile(rf"[{CJK}]+")
_SPACE = np.uint32(ord(" "))
_FNV_PRIME = np.uint32(16777619)


@lru_cache(maxsize=1 << 16)
def hash_term(term: str) -> int:
    """32 bits of a term, the same in every process."""
    return zlib.crc32(term.encode("utf-8", "surrogatepass"))


def hash_grams(text: str, language: str) -> Hashes:
    """Hashes of the character 3-grams and 4-grams of the content words of `text`, with repeats.

    Accents are folded; a gram may take in the space before or after its word, never two words. CJK
    is left out: its characters and pairs are terms already.
    """
    content = " ".join(content_words(text, language))
    padded = f" {fold_accents(_CJK_RUN.sub(' ', content))} "
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    if len(codes) < 4:
        return np.empty(0, dtype=np.uint32)
    blank = codes == _SPACE
    # FNV-1a over code points: two letters to start with, then one more for each length.
    pairs = ((codes[:-1] * _FNV_PRIME) ^ codes[1:]) * _FNV_PRIME
    threes = (pairs[:-1] ^ codes[2:]) * _FNV_PRIME
    fours = (threes[:-1] ^ codes[3:]) * _FNV_PRIME
    return np.concatenate((threes[~blank[1:-1]], fours[~(blank[1:-2] | blank[2:-1])]))

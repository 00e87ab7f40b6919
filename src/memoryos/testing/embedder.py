"""An embedder for tests: small, deterministic, and honest about likeness."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

import numpy as np

from memoryos.embedders.base import Embeddings, rows_for


class LetterEmbedder:
    """A vector counts the letters a to z, and in its last place all else but white space.

    Texts of the same letters are alike, texts without a common letter are orthogonal.
    """

    model = "letters/27"
    dim = len(ascii_lowercase) + 1
    local = True

    def embed(self, texts: Sequence[str]) -> Embeddings:
        return rows_for(texts, _letter_counts, lambda: self.dim)


def _letter_counts(texts: list[str]) -> Embeddings:
    rows = np.zeros((len(texts), LetterEmbedder.dim), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        letters = "".join(text.lower().split())
        for place, letter in enumerate(ascii_lowercase):
            row[place] = letters.count(letter)
        row[-1] = len(letters) - row.sum()
    return rows

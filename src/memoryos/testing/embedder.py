"""An embedder for tests: small, deterministic, and honest about likeness."""

from __future__ import annotations

from string import ascii_lowercase

import numpy as np

from memoryos.embedders.base import Embeddings, ModelEmbedder


class LetterEmbedder(ModelEmbedder):
    """A vector counts the letters a to z, and in its last place all else but white space.

    Texts of the same letters are alike, texts without a common letter are orthogonal.
    """

    model = "letters/27"
    _dim = len(ascii_lowercase) + 1

    def _encode(self, texts: list[str]) -> Embeddings:
        return np.array([_letter_counts(text) for text in texts], dtype=np.float32)


def _letter_counts(text: str) -> list[int]:
    signs = "".join(text.lower().split())
    counts = [signs.count(letter) for letter in ascii_lowercase]
    return [*counts, len(signs) - sum(counts)]

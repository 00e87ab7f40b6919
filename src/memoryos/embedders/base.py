"""The embedder seam: text in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Embeddings = npt.NDArray[np.float32]
"""float32, (n, dim), rows L2-normalised, or all zeros for text without content."""


class Embedder(Protocol):
    """What turns text into vectors. Thread-safe."""

    @property
    def model(self) -> str:
        """The name of the vector space; vectors of different names are never compared.

        Its first part, before "/", is the library: "wordllama/l2_supercat_256".
        """
        ...

    @property
    def dim(self) -> int:
        """How long a vector is. May load the model, or ask it, the first time."""
        ...

    @property
    def local(self) -> bool:
        """True if it answers from this machine, so that the write path may call it."""
        ...

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """One row per text, in order: float32 (len(texts), dim), L2-normalised.

        A text without content ("" or white space) gives a row of zeros. Never gives NaN.
        """
        ...


def rows_for(
    texts: Sequence[str],
    encode: Callable[[list[str]], npt.ArrayLike],
    dim: Callable[[], int],
) -> Embeddings:
    """The rows of `Embedder.embed`, by an `encode` that needs to know none of its special cases.

    `encode` gets only texts with content, all of them encodable as UTF-8, and gives one vector of
    any length each. `dim` is asked afterwards, so that it may be learnt from what `encode` gave.
    """
    filled = [number for number, text in enumerate(texts) if text.strip()]
    encoded = None
    if filled:
        encoded = np.asarray(encode([_encodable(texts[number]) for number in filled]), np.float32)
    rows = np.zeros((len(texts), dim()), dtype=np.float32)
    if encoded is not None:
        encoded[~np.isfinite(encoded).all(axis=1)] = 0.0
        norms = np.linalg.norm(encoded, axis=1, keepdims=True)
        rows[filled] = encoded / np.where(norms > 0.0, norms, 1.0)
    return rows


def _encodable(text: str) -> str:
    """`text` with pairs of surrogates joined and lone ones replaced; tokenizers refuse them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text

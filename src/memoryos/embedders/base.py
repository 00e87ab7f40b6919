"""The embedder seam: text in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Embeddings = npt.NDArray[np.float32]
"""float32, (n, dim), rows L2-normalised, or all zeros for text without content."""


class Embedder(Protocol):
    """What turns text into vectors. Thread-safe."""

    @property
    def model(self) -> str:
        """The name of the vector space; vectors of different names are never compared."""
        ...

    @property
    def dim(self) -> int:
        """How long a vector is."""
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

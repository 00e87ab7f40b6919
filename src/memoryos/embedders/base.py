"""The embedder seam: text in, unit vectors out."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from memoryos.errors import InvalidArgumentError
from memoryos.text.surrogates import without_surrogates

Embeddings = npt.NDArray[np.float32]
"""float32, (n, dim), rows L2-normalised, or all zeros for text without content."""

Weights = TypeVar("Weights")


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


class ModelEmbedder(ABC):
    """An `Embedder` around a model that knows none of the special cases of `embed`."""

    local: bool = True
    _dim: int | None = None

    @property
    @abstractmethod
    def model(self) -> str:
        """See `Embedder.model`."""

    @abstractmethod
    def _encode(self, texts: list[str]) -> npt.ArrayLike:
        """One vector of any length per text, in order.

        There is at least one text; each has content and can be encoded as UTF-8.
        """

    @property
    def dim(self) -> int:
        """See `Embedder.dim`; learnt from the first vector where the model does not declare it."""
        if self._dim is None:
            self.embed(["dimension"])
        assert self._dim is not None
        return self._dim

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """See `Embedder.embed`."""
        filled = [number for number, text in enumerate(texts) if text.strip()]
        if not filled:
            return np.zeros((len(texts), self.dim), dtype=np.float32)
        encoded = self._encode([without_surrogates(texts[number]) for number in filled])
        vectors = _normalised(np.asarray(encoded, dtype=np.float32))
        self._dim = vectors.shape[1]
        if len(filled) == len(texts):
            return vectors
        rows = np.zeros((len(texts), self._dim), dtype=np.float32)
        rows[filled] = vectors
        return rows


def embed_groups(embedder: Embedder, groups: Sequence[Sequence[str]]) -> list[bytes]:
    """The vectors of each group's texts, float32 (texts, dim) in C order, from a single call."""
    rows = embedder.embed([text for group in groups for text in group])
    ends = list(accumulate(map(len, groups)))
    return [rows[end - len(group) : end].tobytes() for group, end in zip(groups, ends, strict=True)]


def space_name(library: str, name: str, choices: Mapping[str, Any]) -> str:
    """The name of a vector space: "library/name", with the choices that make it another one."""
    chosen = ",".join(f"{choice}={value}" for choice, value in sorted(choices.items()))
    return f"{library}/{name}[{chosen}]" if chosen else f"{library}/{name}"


def share_out(arguments: Mapping[str, Any], *accepted: frozenset[str]) -> list[dict[str, Any]]:
    """`arguments` split among calls by the names that each accepts.

    Raises InvalidArgumentError for a name that none does.
    """
    names = frozenset[str]().union(*accepted)
    if unknown := sorted(set(arguments) - names):
        takes = ", ".join(sorted(names)) or "none"
        raise InvalidArgumentError(
            f"embedding_model_kwargs: {', '.join(unknown)} not understood; this model takes {takes}"
        )
    return [{name: arguments[name] for name in arguments if name in taken} for taken in accepted]


_loaded: dict[str, Any] = {}
_loading = threading.Lock()


def shared_weights(key: str, load: Callable[[], Weights]) -> Weights:
    """What `load` gives, once per process: weights do not change, so that all embedders share them.

    A `load` that raises is called again by the next one who asks.
    """
    if key not in _loaded:
        with _loading:
            if key not in _loaded:
                _loaded[key] = load()
    weights: Weights = _loaded[key]
    return weights


def _normalised(vectors: Embeddings) -> Embeddings:
    """`vectors` with rows of norm 1; rows of zeros, or with a number that is not finite, are 0."""
    finite = np.where(np.isfinite(vectors).all(axis=1, keepdims=True), vectors, np.float32(0))
    norms = np.linalg.norm(finite, axis=1, keepdims=True)
    unit: Embeddings = finite / np.where(norms > 0, norms, np.float32(1))
    return unit

"""The default embedder: the static model that the `wordllama` package carries.

A text's vector is the mean of its tokens' vectors, so it costs microseconds and no framework. We
read the package's weights and tokenizer ourselves: `import wordllama` takes three times as long as
both, configures the root logger, and its loader may go online; its `embed` pads every text to the
longest of a batch. The vectors are the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from memoryos.embedders.base import Embeddings, rows_for
from memoryos.errors import MissingExtraError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"
DIM = 256

BATCH_TEXTS = 256
"""Texts tokenized together: enough to keep the tokenizer's threads busy."""
BATCH_CHARACTERS = 500_000
"""Ends a batch of long texts early: the tokenizer takes some 50 bytes a character."""


class WordLlamaEmbedder:
    """`wordllama`'s l2_supercat with 256 dimensions. Loads at the first `embed`; never online."""

    model = "wordllama/l2_supercat_256"
    dim = DIM
    local = True

    def __init__(self) -> None:
        """Raises MissingExtraError if the package or its weights are not installed."""
        self._folder = _package_folder()

    def embed(self, texts: Sequence[str]) -> Embeddings:
        return rows_for(texts, self._encode, lambda: DIM)

    def _encode(self, texts: list[str]) -> Embeddings:
        weights = _weights(self._folder)
        rows = np.empty((len(texts), DIM), dtype=np.float32)
        row = 0
        for batch in _batches(texts):
            for ids in weights.token_ids(batch):
                rows[row] = weights.sum_of(ids)
                row += 1
        return rows


def _batches(texts: list[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    characters = 0
    for text in texts:
        batch.append(text)
        characters += len(text)
        if len(batch) == BATCH_TEXTS or characters >= BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


@dataclass(frozen=True)
class _Weights:
    tokenizer: Tokenizer
    vectors: Embeddings
    """(vocabulary, dim), not normalised."""

    def token_ids(self, texts: list[str]) -> list[list[int]]:
        encodings = self.tokenizer.encode_batch_fast(texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]

    def sum_of(self, ids: list[int]) -> Embeddings:
        # Counted first, so that a text takes no more memory than the vocabulary, however long.
        distinct, counts = np.unique(ids, return_counts=True)
        total: Embeddings = counts.astype(np.float32) @ self.vectors[distinct]
        return total


_loading = threading.Lock()


def _weights(folder: Path) -> _Weights:
    with _loading:
        return _load(folder)


@cache
def _load(folder: Path) -> _Weights:
    """The model in memory (33 MB), once per process: it never changes, so that all may share it."""
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    vectors = load_file(folder / WEIGHTS)["embedding.weight"]
    return _Weights(tokenizer, vectors.astype(np.float32))


def _package_folder() -> Path:
    package = find_spec("wordllama")
    for location in package.submodule_search_locations or () if package else ():
        folder = Path(location)
        if (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file():
            return folder
    raise MissingExtraError(
        "the wordllama package with its weights is not installed; run"
        ' pip install --force-reinstall "wordllama>=0.4,<0.5", or choose embedding_model_name="none"'
    )

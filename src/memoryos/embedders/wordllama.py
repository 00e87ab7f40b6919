"""The default embedder: the static model that the `wordllama` package carries.

A text's vector is the mean of its tokens' vectors, so it costs microseconds and no framework. The
package's weights and tokenizer are read here directly: `import wordllama` takes longer than both,
configures the root logger, and its loader may go online; its `embed` pads every text to the longest
of a batch. The vectors are the same (to 1e-6, tested).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from memoryos.embedders.base import Embeddings, ModelEmbedder, shared_weights
from memoryos.errors import MissingExtraError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WEIGHTS = "weights/l2_supercat_256.safetensors"
TOKENIZER = "tokenizers/l2_supercat_tokenizer_config.json"

BATCH_TEXTS = 256
"""Texts tokenized together: enough to keep the tokenizer's threads busy."""
BATCH_CHARACTERS = 500_000
"""Ends a batch of long texts early: the tokenizer takes some 100 bytes a token."""


class WordLlamaEmbedder(ModelEmbedder):
    """`wordllama`'s l2_supercat, 256 dimensions. Loads at the first `embed`; never goes online."""

    model = "wordllama/l2_supercat_256"
    _dim = 256

    def __init__(self) -> None:
        """Raises MissingExtraError if the package or its weights are not installed."""
        self._folder = _package_folder()

    def _encode(self, texts: list[str]) -> Embeddings:
        model = shared_weights(str(self._folder), lambda: _load(self._folder))
        sums = (model.sum_of(ids) for batch in _batches(texts) for ids in model.token_ids(batch))
        return np.stack(list(sums))


@dataclass(frozen=True)
class _StaticModel:
    """The weights in memory, 33 MB, and their tokenizer."""

    tokenizer: Tokenizer
    vectors: Embeddings
    """(vocabulary, dim), not normalised."""

    def token_ids(self, texts: list[str]) -> Iterator[list[int]]:
        if len(texts) == 1:
            # A batch of one would wake the tokenizer's threads: half a millisecond on busy cores.
            yield self.tokenizer.encode(texts[0], add_special_tokens=False).ids
            return
        for encoding in self.tokenizer.encode_batch_fast(texts, add_special_tokens=False):
            yield encoding.ids

    def sum_of(self, ids: list[int]) -> Embeddings:
        # Counted first, so that no text takes more memory than the vocabulary, however long.
        distinct, counts = np.unique(np.array(ids, dtype=np.intp), return_counts=True)
        total: Embeddings = counts.astype(np.float32) @ self.vectors[distinct]
        return total


def _load(folder: Path) -> _StaticModel:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    vectors = load_file(folder / WEIGHTS)["embedding.weight"]
    return _StaticModel(Tokenizer.from_file(str(folder / TOKENIZER)), vectors.astype(np.float32))


def _package_folder() -> Path:
    package = find_spec("wordllama")
    for location in package.submodule_search_locations or () if package else ():
        folder = Path(location)
        if (folder / WEIGHTS).is_file() and (folder / TOKENIZER).is_file():
            return folder
    raise MissingExtraError(
        "the model of the wordllama package is not installed; run"
        ' pip install --force-reinstall "wordllama>=0.4,<0.5"'
        ' or choose embedding_model_name="none"'
    )


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

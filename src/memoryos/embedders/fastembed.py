"""Embedders of the `fastembed` library: ONNX models without torch, multilingual ones among them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from memoryos.embedders.base import Embeddings, ModelEmbedder, share_out, shared_weights, space_name
from memoryos.errors import InvalidArgumentError, MissingExtraError

if TYPE_CHECKING:
    from fastembed import TextEmbedding

LOADING = frozenset(
    {
        "cache_dir",
        "cuda",
        "device_ids",
        "local_files_only",
        "providers",
        "specific_model_path",
        "threads",
    }
)
ENCODING = frozenset({"batch_size", "parallel"})

BATCH_TEXTS = 32
"""Texts run together. The library's 256 take gigabytes where texts are long."""


class FastembedEmbedder(ModelEmbedder):
    """A model that `fastembed` knows by name, or has in the folder `specific_model_path`.

    Loads at the first use, from that folder or the library's cache on disk. A write must not wait
    for a download, so there is none unless the argument `local_files_only` is False. `dim` is
    learnt from the first vector.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        """`arguments` go to the library's `TextEmbedding` and its `embed`.

        Raises MissingExtraError without the library, InvalidArgumentError for other arguments.
        """
        if find_spec("fastembed") is None:
            raise MissingExtraError(
                f'{name} needs fastembed; run pip install "memoryos-engine[fastembed]"'
            )
        self._name = name
        self._loading, self._encoding = share_out(arguments, LOADING, ENCODING)

    @property
    def model(self) -> str:
        return space_name("fastembed", self._name, {})

    def _encode(self, texts: list[str]) -> Embeddings:
        """Raises InvalidArgumentError for an unknown model, MissingExtraError if not on disk."""
        model = shared_weights(f"{self.model} {sorted(self._loading.items())}", self._load)
        # The library pads to the longest text of a batch: batches of like length waste the least.
        order = np.argsort([len(text) for text in texts], kind="stable")
        encoding = {"batch_size": BATCH_TEXTS} | self._encoding
        encoded = np.stack(list(model.embed([texts[number] for number in order], **encoding)))
        rows = np.empty(encoded.shape, dtype=np.float32)
        rows[order] = encoded
        return rows

    def _load(self) -> TextEmbedding:
        from fastembed import TextEmbedding

        known = [model["model"] for model in TextEmbedding.list_supported_models()]
        if self._name.lower() not in (name.lower() for name in known):
            raise InvalidArgumentError(
                f"fastembed has no model {self._name!r}; it has {', '.join(sorted(known))}"
            )
        try:
            return TextEmbedding(self._name, **{"local_files_only": True, **self._loading})
        # The library's ways of saying that a model is not on disk.
        except (OSError, RuntimeError, ValueError) as exc:
            raise MissingExtraError(
                f"fastembed's model {self._name} is not on this machine; run"
                f" python -c \"from fastembed import TextEmbedding; TextEmbedding('{self._name}')\""
                " or give its folder: embedding_model_kwargs={'specific_model_path': FOLDER}"
            ) from exc

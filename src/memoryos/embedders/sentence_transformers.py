"""Embedders of the `sentence-transformers` library: a model's folder or its name on the hub."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memoryos.embedders.base import Embeddings, ModelEmbedder, share_out, shared_weights, space_name
from memoryos.errors import MissingExtraError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

SPACE = frozenset({"prompt", "prompt_name", "revision", "truncate_dim"})
"""Arguments that give other vectors, and so a vector space of another name."""
LOADING = frozenset(
    {
        "backend",
        "cache_folder",
        "config_kwargs",
        "device",
        "local_files_only",
        "model_kwargs",
        "processor_kwargs",
        "prompts",
        "revision",
        "token",
        "trust_remote_code",
        "truncate_dim",
    }
)
ENCODING = frozenset({"batch_size", "chunk_size", "prompt", "prompt_name"})
TUNING = frozenset({"max_length", "use_fp16"})
"""What the original handed to its library for bge-m3; here they are set on the loaded model."""

ORGANISATION = "sentence-transformers/"
"""Whose models the hub also finds by their bare names."""


class SentenceTransformersEmbedder(ModelEmbedder):
    """A model that `SentenceTransformer` opens, from a folder or the hub.

    Loads at the first use, from the folder or the hub's cache on disk. A write must not wait for a
    download, so there is none unless the argument `local_files_only` is False. `dim` is learnt from
    the first vector.
    """

    def __init__(self, name: str, arguments: Mapping[str, Any]) -> None:
        """`arguments` go to the library's `SentenceTransformer` and its `encode`.

        `use_fp16` halves the precision on a GPU, `max_length` bounds the tokens of a text. Raises
        MissingExtraError without the library, InvalidArgumentError for other arguments.
        """
        if find_spec("sentence_transformers") is None:
            raise MissingExtraError(
                f"{name} needs sentence-transformers; run"
                ' pip install "memoryos-engine[sentence-transformers]"'
            )
        # A folder goes by its whole path: "model" or "final" are many a folder's name.
        folder = Path(name).expanduser()
        self._name = str(folder.resolve()) if folder.is_dir() else name.removeprefix(ORGANISATION)
        self._space = {key: arguments[key] for key in SPACE if key in arguments}
        self._loading, self._encoding, self._tuning = share_out(
            arguments, LOADING, ENCODING, TUNING
        )

    @property
    def model(self) -> str:
        return space_name("sentence-transformers", self._name, self._space)

    def _encode(self, texts: list[str]) -> Embeddings:
        """Raises MissingExtraError if the model is not on disk."""
        arguments = sorted({**self._loading, **self._tuning}.items())
        shared = shared_weights(f"{self.model} {arguments}", self._load)
        with shared.busy:
            encoded: Embeddings = shared.transformer.encode(
                texts, show_progress_bar=False, convert_to_numpy=True, **self._encoding
            )
        return encoded

    def _load(self) -> _Shared:
        from sentence_transformers import SentenceTransformer

        try:
            with _no_progress_bars():
                transformer = SentenceTransformer(
                    self._name, **{"local_files_only": True, **self._loading}
                )
        except OSError as exc:
            hub_name = self._name if "/" in self._name else ORGANISATION + self._name
            raise MissingExtraError(
                f"the model {self._name} is not on this machine; run hf download {hub_name}"
                " or give a folder: sentence-transformers:FOLDER"
            ) from exc
        if "max_length" in self._tuning:
            transformer.max_seq_length = self._tuning["max_length"]
        # On a CPU half precision is slower, and some operations lack it.
        if self._tuning.get("use_fp16") and transformer.device.type != "cpu":
            transformer.half()
        return _Shared(transformer)


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """The library draws one on stderr while it loads weights."""
    from transformers.utils import logging

    enabled = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if enabled:
            logging.enable_progress_bar()


@dataclass(frozen=True)
class _Shared:
    transformer: SentenceTransformer
    busy: threading.Lock = field(default_factory=threading.Lock)
    """Its tokenizer is reconfigured by every call, and fails where two do so at once."""

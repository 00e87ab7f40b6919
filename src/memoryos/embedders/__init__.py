"""Embedders: what turns text into vectors, chosen by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from memoryos.embedders.base import Embedder, share_out
from memoryos.errors import InvalidArgumentError

BARE_NAMES = (
    "LaBSE",
    "all-",
    "distiluse-",
    "gtr-t5-",
    "msmarco-",
    "multi-qa-",
    "paraphrase-",
    "sentence-t5-",
)
"""How models start that sentence-transformers knows without an organisation."""


def open_embedder(
    name: str,
    *,
    kwargs: Mapping[str, Any] | None = None,
    api_key: str | None = None,
    base_url: str | None = None,
) -> Embedder | None:
    """The embedder that `name` stands for; None for "none", which is lexical recall alone.

    "wordllama", "none", "fastembed:NAME", "sentence-transformers:NAME-or-folder", "openai:NAME".
    A hub's name ("BAAI/bge-m3", "all-MiniLM-L6-v2") or a folder alone means sentence-transformers.
    `kwargs` go to the library. `api_key` and `base_url` are the language model's, and hold for a
    remote embedder unless `kwargs` have its own. Loads no model and opens no connection. Raises
    InvalidArgumentError for another name or arguments that the library does not take,
    MissingExtraError where the library is not installed.
    """
    if not isinstance(name, str) or not name.strip():
        raise InvalidArgumentError(f"embedding_model_name must be a text, not {name!r}")
    library, model = _parsed(name.strip())
    arguments = dict(kwargs or {})
    if library == "fastembed":
        from memoryos.embedders.fastembed import FastembedEmbedder

        return FastembedEmbedder(model, arguments)
    if library == "sentence-transformers":
        from memoryos.embedders.sentence_transformers import SentenceTransformersEmbedder

        return SentenceTransformersEmbedder(model, arguments)
    if library == "openai":
        from memoryos.embedders.openai_compatible import OpenAICompatibleEmbedder

        return OpenAICompatibleEmbedder(model, arguments, api_key=api_key, base_url=base_url)
    share_out(arguments)
    if library == "none":
        return None
    from memoryos.embedders.wordllama import WordLlamaEmbedder

    return WordLlamaEmbedder()


def _parsed(name: str) -> tuple[str, str]:
    """The library and its model."""
    if name in ("wordllama", "none"):
        return name, ""
    library, _, model = name.partition(":")
    if library in ("fastembed", "sentence-transformers", "openai") and model:
        return library, model
    # A folder is looked for before its colon is taken for a library's: C:\models\mine.
    if Path(name).is_dir() or name.startswith(BARE_NAMES) or ("/" in name and ":" not in name):
        return "sentence-transformers", name
    raise InvalidArgumentError(
        f"unknown embedding model {name!r}; choose wordllama, none, fastembed:NAME,"
        " sentence-transformers:NAME-or-folder, openai:NAME, or a hub's name such as BAAI/bge-m3"
    )

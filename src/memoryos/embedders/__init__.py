"""Embedders: what turns text into vectors, chosen by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.embedders.base import Embedder
from memoryos.embedders.wordllama import WordLlamaEmbedder
from memoryos.errors import InvalidArgumentError


def open_embedder(name, *, kwargs=None, api_key=None, base_url=None):
    if name == "wordllama":
        return WordLlamaEmbedder()
    if name == "none":
        return None
    raise InvalidArgumentError(name)

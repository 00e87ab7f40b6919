"""The language model of a benchmark: the configured one, else the stub server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from memoryos.config import ModelSettings
from memoryos.llms import open_chat_model
from memoryos.llms.base import ChatModel
from memoryos.testing.stub_server import StubServer

STUB = "stub"
"""The name of the model that the stub server stands for."""


@contextmanager
def model_or_stub(settings: ModelSettings | None) -> Iterator[ChatModel]:
    """The model of `settings`; for None the stub server's, while the block runs."""
    if settings is not None:
        yield open_chat_model(settings)
        return
    with StubServer() as server:
        yield open_chat_model(ModelSettings(STUB, base_url=server.url))

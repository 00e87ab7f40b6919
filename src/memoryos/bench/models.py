"""The language model of a benchmark: the configured one, else the stub server."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from memoryos.config import ModelSettings
from memoryos.errors import ModelError
from memoryos.llms import open_chat_model
from memoryos.llms.base import ChatModel, ChatReply, ChatRequest, Tokens
from memoryos.llms.wrapping import ModelWrapper
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


class WatchedModel(ModelWrapper):
    """A ChatModel that knows how it failed last: memory keeps no more of it than the kind."""

    last_failure: str | None = None

    def complete(self, request: ChatRequest) -> ChatReply:
        try:
            return self._model.complete(request)
        except ModelError as error:
            self.last_failure = described(error)
            raise

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        return self._model.stream(request)


def described(error: ModelError) -> str:
    """How a model failed, for people: the kind, and what there is to mend."""
    return f"{type(error).__name__}: {error}"

"""A language model that failed is left alone for a while, by all owners of a process together."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from memoryos.clock import Clock
from memoryos.errors import ModelError, ModelUnavailableError
from memoryos.llms.base import ChatModel, ChatReply, ChatRequest, Tokens
from memoryos.llms.wrapping import ModelWrapper
from memoryos.setbacks import rest_after, rests

LONGEST_WAIT_SECONDS = 60.0
"""Unless the server asks for more: whoever comes next finds out whether it is back."""

WRONG_FOR_ALL = (401, 403, 404, 408, 429)
"""Statuses that say nothing about the request: the key, the address or the server is the matter."""


class EndpointRest:
    """Until when a model is not asked on behalf of pages that wait. Thread-safe."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._failures = 0
        self._until: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """None if the model may be asked."""
        until = self._until
        return until if until and rests(until, now=self._clock()) else None

    def failed(self, error: ModelError) -> None:
        """Rest for 5 s, doubled with each failure in a row up to a minute, or for as long as the
        server asks, at most an hour. A failure that may be the request's own changes nothing."""
        if not _concerns_all(error):
            return
        self._failures += 1
        rest = rest_after(self._failures, error, longest_seconds=LONGEST_WAIT_SECONDS)
        self._until = self._clock() + rest

    def answered(self) -> None:
        """The model is back."""
        self._failures, self._until = 0, None


class WatchedModel(ModelWrapper):
    """A ChatModel that tells `rest` how its calls end."""

    def __init__(self, model: ChatModel, rest: EndpointRest) -> None:
        super().__init__(model)
        self._rest = rest

    def complete(self, request: ChatRequest) -> ChatReply:
        try:
            reply = self._model.complete(request)
        except ModelError as error:
            self._rest.failed(error)
            raise
        self._rest.answered()
        return reply

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        try:
            tokens = yield from self._model.stream(request)
        except ModelError as error:
            self._rest.failed(error)
            raise
        self._rest.answered()
        return tokens


def _concerns_all(error: ModelError) -> bool:
    if not isinstance(error, ModelUnavailableError):
        return False
    return error.status is None or error.status in WRONG_FOR_ALL or error.status >= 500

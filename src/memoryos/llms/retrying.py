"""Asking again while somebody waits for a reply: a few times, soon, and then telling why not."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing
from typing import TypeVar

from memoryos.errors import ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatModel, ChatReply, ChatRequest, Tokens
from memoryos.llms.wrapping import ModelWrapper

T = TypeVar("T")

ATTEMPTS = 3
FIRST_WAIT_SECONDS = 0.5
"""Doubled each time, unless the server says how long (Retry-After)."""
PATIENCE_SECONDS = 20.0
"""No attempt begins later than this after the first: whoever waits is told instead."""
PASSING = frozenset({None, 408, 409, 425, 429})
"""How a server answers that may do better soon, beside 500 and above; None: it did not."""


class RetryingModel(ModelWrapper):
    """A ChatModel that asks another one up to three times, within 20 seconds.

    For replies, which a person waits for. Work in the background is left to the updating loop,
    which waits between its attempts without holding anything. A stream is asked for again only
    before its first piece.
    """

    def __init__(
        self,
        model: ChatModel,
        *,
        timer: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        super().__init__(model)
        self._timer = timer
        self._sleep = sleep

    def complete(self, request: ChatRequest) -> ChatReply:
        return self._attempt(lambda: self._model.complete(request))

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        first, pieces = self._attempt(lambda: _begun(self._model.stream(request)))
        with closing(pieces):
            yield first
            return (yield from pieces)

    def _attempt(self, ask: Callable[[], T]) -> T:
        give_up_at = self._timer() + PATIENCE_SECONDS
        wait = FIRST_WAIT_SECONDS
        for _ in range(ATTEMPTS - 1):
            try:
                return ask()
            except ModelUnavailableError as error:
                asked = error.retry_after_seconds
                pause = wait if asked is None else asked
                if not _may_pass(error) or self._timer() + pause > give_up_at:
                    raise
            self._sleep(pause)
            wait *= 2
        return ask()


def _begun(
    pieces: Generator[str, None, Tokens],
) -> tuple[str, Generator[str, None, Tokens]]:
    """The first piece, and those that follow it."""
    for first in pieces:
        return first, pieces
    raise UnreadableOutputError("the reply is empty")


def _may_pass(error: ModelUnavailableError) -> bool:
    # What broke off was paid for, and would be again.
    if error.prompt_tokens:
        return False
    return error.status in PASSING or (error.status or 0) >= 500

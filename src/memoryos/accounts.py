"""Accounts: every model call of an owner is counted by day and purpose, and may have a budget."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator

from memoryos.clock import Clock
from memoryos.errors import BudgetSpentError, ModelError, UnreadableOutputError
from memoryos.llms.base import ChatModel, ChatReply, ChatRequest, Tokens
from memoryos.model import Owner
from memoryos.store.base import ModelCalls, Store
from memoryos.text.tokens import count_tokens

logger = logging.getLogger(__name__)

OK = "ok"
REFUSED = BudgetSpentError.__name__
"""Outcome of a call that was not made."""


class Accounts:
    """Keeps count of model calls in the store, and within an owner's daily budget."""

    def __init__(
        self, store: Store, *, clock: Clock, daily_calls: int | None, daily_tokens: int | None
    ) -> None:
        """The budgets hold for an owner and a day in UTC; None is without bound."""
        self._store = store
        self._clock = clock
        self._daily_calls = daily_calls
        self._daily_tokens = daily_tokens

    def check(self, owner: Owner, request: ChatRequest) -> None:
        """Raises BudgetSpentError if the call might exceed what is left of the day's budget.

        Its tokens are counted at their most: the prompt's, and all that the reply may have.
        """
        if self._daily_calls is None and self._daily_tokens is None:
            return
        made = [
            entry
            for entry in self._store.model_calls(owner, since=self._clock().date())
            if entry.outcome != REFUSED
        ]
        calls = sum(entry.calls for entry in made)
        if self._daily_calls is not None and calls >= self._daily_calls:
            raise BudgetSpentError(
                f"the {self._daily_calls} model calls of the day are used up: the rules go on"
                " without the model until midnight UTC, or raise daily_call_budget"
            )
        spent = sum(entry.prompt_tokens + entry.completion_tokens for entry in made)
        most = prompt_tokens(request) + request.max_output_tokens
        if self._daily_tokens is not None and spent + most > self._daily_tokens:
            raise BudgetSpentError(
                f"{spent:,} of the day's {self._daily_tokens:,} model tokens are used, and this"
                f" call may need {most:,}: the rules go on without the model until midnight UTC,"
                " or raise daily_token_budget"
            )

    def record(
        self, owner: Owner, request: ChatRequest, outcome: str, tokens: Tokens, started: float
    ) -> None:
        """Enter one call; `started` is of `time.perf_counter`."""
        entry = ModelCalls(
            day=self._clock().date(),
            purpose=request.purpose.value,
            outcome=outcome,
            calls=1,
            prompt_tokens=tokens.prompt,
            completion_tokens=tokens.completion,
            milliseconds=round(1000 * (time.perf_counter() - started)),
        )
        self._store.record_model_calls(owner, [entry])


class MeteredModel:
    """A ChatModel whose calls are entered in the accounts of one owner; failures are logged."""

    def __init__(self, model: ChatModel, accounts: Accounts, owner: Owner) -> None:
        self._model = model
        self._accounts = accounts
        self._owner = owner

    @property
    def model(self) -> str:
        return self._model.model

    @property
    def timeout_seconds(self) -> float:
        return self._model.timeout_seconds

    def complete(self, request: ChatRequest) -> ChatReply:
        started = time.perf_counter()
        try:
            self._accounts.check(self._owner, request)
            reply = self._model.complete(request)
        except ModelError as error:
            self._failed(request, error, started)
            raise
        self._accounts.record(self._owner, request, OK, reply.tokens, started)
        return reply

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        started = time.perf_counter()
        said: list[str] = []
        try:
            self._accounts.check(self._owner, request)
            pieces = self._model.stream(request)
            try:
                tokens = yield from _noted(pieces, said)
            finally:
                pieces.close()
        except ModelError as error:
            self._failed(request, error, started)
            raise
        except (GeneratorExit, KeyboardInterrupt):
            # The reader left: the server did not say what it cost so far.
            cost = Tokens(prompt_tokens(request), count_tokens("".join(said)))
            self._accounts.record(self._owner, request, OK, cost, started)
            raise
        self._accounts.record(self._owner, request, OK, tokens, started)
        return tokens

    def _failed(self, request: ChatRequest, error: ModelError, started: float) -> None:
        name = type(error).__name__
        status = f", status {error.status}" if error.status else ""
        logger.warning("model call failed: %s, %s%s", request.purpose.value, name, status)
        # What could not be read was paid for; what did not come was not.
        read = prompt_tokens(request) if isinstance(error, UnreadableOutputError) else 0
        self._accounts.record(self._owner, request, name, Tokens(read, 0), started)


def prompt_tokens(request: ChatRequest) -> int:
    """What the messages come to by our own count."""
    return sum(count_tokens(message.content) for message in request.messages)


def _noted(pieces: Generator[str, None, Tokens], said: list[str]) -> Generator[str, None, Tokens]:
    """Pass `pieces` on, keeping what was said."""
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            tokens: Tokens = end.value
            return tokens
        said.append(piece)
        yield piece

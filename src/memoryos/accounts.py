"""Accounts: what a language model is asked, entered by owner, day and purpose, within a budget.

A call is reserved at the most it may cost before it is made, and settled at its cost afterwards. So
budgets hold for all threads and processes together, a process that is killed leaves its call
entered, and nothing is asked while the store cannot take it down.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date

from memoryos.clock import Clock
from memoryos.errors import (
    BudgetSpentError,
    ModelError,
    ModelUnavailableError,
    StorageError,
    StorageUnavailableError,
    UnreadableOutputError,
)
from memoryos.llms.base import ChatModel, ChatReply, ChatRequest, Tokens
from memoryos.llms.replies import counted
from memoryos.llms.wrapping import ModelWrapper
from memoryos.model import Owner
from memoryos.store.base import ASKED_AGAIN, OK, REFUSED, RESERVED, ModelCalls, Store

logger = logging.getLogger(__name__)

NOTHING = Tokens(0, 0)


class Accounts:
    """Keeps count of model calls in the store, and within an owner's daily budget. Thread-safe."""

    def __init__(
        self, store: Store, *, clock: Clock, daily_calls: int | None, daily_tokens: int | None
    ) -> None:
        """The budgets hold for an owner and a day in UTC; None is without bound."""
        self._store = store
        self._clock = clock
        self._daily_calls = daily_calls
        self._daily_tokens = daily_tokens
        self._refused: Counter[tuple[Owner, date, str]] = Counter()
        self._told: set[Owner] = set()
        self._told_on: date | None = None
        self._noting = threading.Lock()

    def reserve(self, owner: Owner, request: ChatRequest) -> OpenCall:
        """Enter a call that is about to be made, its tokens at their most: the prompt's, and all
        that the reply may have.

        Raises BudgetSpentError if the day's budget has no room for it, StorageError.
        """
        most = ModelCalls(
            day=self._clock().date(),
            purpose=request.purpose.value,
            outcome=RESERVED,
            calls=1,
            prompt_tokens=counted(request.messages, "").prompt,
            completion_tokens=request.max_output_tokens,
            milliseconds=0,
        )
        self.enter(owner, most)
        return OpenCall(self, owner, request, most)

    def enter(self, owner: Owner, most: ModelCalls) -> None:
        """Reserve `most`. Raises BudgetSpentError and StorageError."""
        if self._store.reserve_model_calls(
            owner, most, daily_calls=self._daily_calls, daily_tokens=self._daily_tokens
        ):
            return
        self._note_refusal(owner, most)
        tokens = most.prompt_tokens + most.completion_tokens
        raise BudgetSpentError(
            f"the day's budget of {self._budget} has no room for a call of up to {tokens:,} tokens:"
            " the rules go on without the model until midnight UTC, or raise it"
        )

    def settle(self, owner: Owner, reserved: ModelCalls, *calls: ModelCalls) -> None:
        """Enter what was asked in the place of the reservation; a failure to is logged: the reply
        that was paid for must not be lost for it, and the reservation stays."""
        try:
            self._store.settle_model_calls(owner, reserved, calls)
        except StorageError as error:
            logger.warning("a model call stays reserved: %s", type(error).__name__)

    def record_refusals(self) -> None:
        """Enter the calls that were refused since, of all owners; a failure to is logged."""
        with self._noting:
            refused, self._refused = self._refused, Counter()
        for (owner, day, purpose), number in refused.items():
            entry = ModelCalls(day, purpose, REFUSED, number, 0, 0, 0)
            try:
                self._store.record_model_calls(owner, [entry])
            except StorageUnavailableError as error:
                # Each further owner would wait for it as long again.
                logger.warning("refused model calls not recorded: %s", type(error).__name__)
                return
            except StorageError as error:
                logger.warning("refused model calls not recorded: %s", type(error).__name__)

    @property
    def _budget(self) -> str:
        bounds = ((self._daily_calls, "calls"), (self._daily_tokens, "tokens"))
        return " and ".join(f"{bound:,} {what}" for bound, what in bounds if bound is not None)

    def _note_refusal(self, owner: Owner, most: ModelCalls) -> None:
        # Kept in memory until it is recorded: where nothing may be asked, each message would cost
        # a write that tells nothing new.
        with self._noting:
            self._refused[owner, most.day, most.purpose] += 1
            if self._told_on != most.day:
                self._told, self._told_on = set(), most.day
            new = owner not in self._told
            self._told.add(owner)
        if new:
            logger.info("an owner's model budget of the day is used up: the rules go on")


class OpenCall:
    """A call that is reserved, and the requests that it takes, until it is settled."""

    def __init__(
        self, accounts: Accounts, owner: Owner, request: ChatRequest, most: ModelCalls
    ) -> None:
        self.request = replace(request, before_asking_again=self._ask_again)
        """To be handed on: it counts the requests."""
        self._accounts = accounts
        self._owner = owner
        self._reserved = most
        self._started = time.perf_counter()

    def settle(self, outcome: str, tokens: Tokens) -> None:
        """Enter the last request as `outcome`, at its cost, and those before as refused."""
        before = self._reserved.calls - 1
        last = self._entry(outcome, 1, tokens, time.perf_counter() - self._started)
        refused = [self._entry(ASKED_AGAIN, before, NOTHING, 0.0)] if before else []
        self._accounts.settle(self._owner, self._reserved, *refused, last)

    def _ask_again(self) -> None:
        # The server took no request yet: what was reserved of tokens does for the next one, too.
        again = replace(self._reserved, calls=1, prompt_tokens=0, completion_tokens=0)
        self._accounts.enter(self._owner, again)
        self._reserved = replace(self._reserved, calls=self._reserved.calls + 1)

    def _entry(self, outcome: str, calls: int, tokens: Tokens, seconds: float) -> ModelCalls:
        return replace(
            self._reserved,
            outcome=outcome,
            calls=calls,
            prompt_tokens=tokens.prompt,
            completion_tokens=tokens.completion,
            milliseconds=round(1000 * seconds),
        )


class MeteredModel(ModelWrapper):
    """A ChatModel whose calls are entered in the accounts of one owner; failures are logged.

    Raises ModelError's kinds, whatever the model raises, and StorageError where the store cannot
    take a call down: then the model is not asked. A call of `complete` that is interrupted (Ctrl-C)
    stays reserved: nobody knows what it cost.
    """

    def __init__(self, model: ChatModel, accounts: Accounts, owner: Owner) -> None:
        super().__init__(model)
        self._accounts = accounts
        self._owner = owner

    def complete(self, request: ChatRequest) -> ChatReply:
        call = self._accounts.reserve(self._owner, request)
        with self._settled(call):
            reply = self._model.complete(call.request)
            tokens = _believed(reply.tokens) or counted(request.messages, reply.text)
        call.settle(OK, tokens)
        return reply

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        call = self._accounts.reserve(self._owner, request)
        heard: list[str] = []
        with self._settled(call, heard):
            with closing(self._model.stream(call.request)) as pieces:
                told = yield from _noted(pieces, heard)
            tokens = _believed(told) or counted(request.messages, "".join(heard))
        call.settle(OK, tokens)
        return tokens

    @contextmanager
    def _settled(self, call: OpenCall, heard: list[str] | None = None) -> Iterator[None]:
        """Settle a call that fails or is left, and let nothing but our own errors through.

        `heard` is what came of a stream.
        """
        try:
            yield
        except (BudgetSpentError, StorageError):
            # There may be no further request; those that were made, the server refused.
            call.settle(ASKED_AGAIN, NOTHING)
            raise
        except ModelError as error:
            status = f", status {error.status}" if error.status else ""
            self._fail(call, error, heard, why=f"{type(error).__name__}{status}")
            raise
        except (GeneratorExit, KeyboardInterrupt):
            if heard is not None:
                # The reader left: the server did not say what it cost so far.
                call.settle(OK, counted(call.request.messages, "".join(heard)))
            raise
        except Exception as error:
            # No cause, which may quote a prompt: the name is what the model's author needs.
            name = type(error).__name__
            failure = ModelUnavailableError(f"the model raised {name}, which is no ModelError")
            failure.prompt_tokens = counted(call.request.messages, "").prompt
            self._fail(call, failure, heard, why=name)
            raise failure from None

    def _fail(self, call: OpenCall, error: ModelError, heard: list[str] | None, why: str) -> None:
        logger.warning("model call failed: %s, %s", call.request.purpose.value, why)
        cost = _believed(Tokens(error.prompt_tokens, error.completion_tokens)) or NOTHING
        # What could not be read was paid for, as was what came of a stream; what did not come was
        # not, as far as anybody can tell.
        if cost == NOTHING and (heard or isinstance(error, UnreadableOutputError)):
            cost = counted(call.request.messages, "".join(heard or ()))
        call.settle(type(error).__name__, cost)


def _believed(tokens: object) -> Tokens | None:
    return tokens if isinstance(tokens, Tokens) and tokens.believable else None


def _noted(pieces: Generator[str, None, Tokens], heard: list[str]) -> Generator[str, None, Tokens]:
    """Pass `pieces` on, keeping what was said."""
    while True:
        try:
            piece = next(pieces)
        except StopIteration as end:
            tokens: Tokens = end.value
            return tokens
        heard.append(piece)
        yield piece

"""Accounts: what is entered of each call to a model, and how a budget is held."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from memoryos.accounts import Accounts, MeteredModel
from memoryos.errors import (
    BudgetSpentError,
    ModelUnavailableError,
    StorageUnavailableError,
    UnreadableOutputError,
)
from memoryos.llms.base import ChatReply, ChatRequest, Purpose, Tokens
from memoryos.llms.replies import counted
from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.testing.chat_model_contract import asking, heard
from memoryos.testing.clock import FixedClock
from memoryos.testing.scripted_model import ScriptedModel

OWNER = Owner("tom", "assistant")
REQUEST = asking("Tea?")
PROMPT = counted(REQUEST.messages, "").prompt


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore.open(tmp_path) as store:
        yield store


class Own:
    """A language model of the user's own: it says `answer`, or raises it, after `refusals`."""

    model = "own"
    timeout_seconds = 60.0

    def __init__(self, answer: BaseException | Tokens, refusals: int = 0) -> None:
        self.answer = answer
        self.refusals = refusals
        self.asked = 0

    def complete(self, request: ChatRequest) -> ChatReply:
        self.asked += 1
        for _ in range(self.refusals):
            request.before_asking_again()
            self.asked += 1
        if isinstance(self.answer, BaseException):
            raise self.answer
        return ChatReply("Yes, I do.", self.answer)

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        yield "Yes, "
        yield self.complete(request).text.removeprefix("Yes, ")
        assert isinstance(self.answer, Tokens)
        return self.answer


def metered(
    model: Any, store: SqlStore, clock: FixedClock | None = None, **budget: int
) -> MeteredModel:
    bounds = {"daily_calls": None, "daily_tokens": None, **budget}
    return MeteredModel(model, Accounts(store, clock=clock or FixedClock(), **bounds), OWNER)


def entered(store: SqlStore) -> dict[str, tuple[int, int, int]]:
    """Calls, tokens of prompts and tokens of replies, by outcome."""
    return {
        entry.outcome: (entry.calls, entry.prompt_tokens, entry.completion_tokens)
        for entry in store.model_calls(OWNER)
    }


def test_a_call_is_entered_at_its_most_while_it_is_made(store: SqlStore) -> None:
    """A process that is killed then has it counted."""
    during: list[Any] = []

    def answer(request: ChatRequest) -> str:
        during.append(entered(store))
        return "Yes, I do."

    metered(ScriptedModel(default=answer), store).complete(REQUEST)
    assert during == [{"reserved": (1, PROMPT, REQUEST.max_output_tokens)}]
    assert entered(store) == {"ok": (1, PROMPT, 3)}


def test_calls_made_at_once_stay_within_the_budget(store: SqlStore) -> None:
    """C7."""
    model = ScriptedModel(default="Yes.")
    memory = metered(model, store, daily_calls=5)

    def ask(_: int) -> bool:
        try:
            memory.complete(REQUEST)
        except BudgetSpentError:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(ask, range(24))) == 5
    assert len(model.requests) == 5


def test_a_model_is_not_asked_while_the_store_cannot_take_it_down(store: SqlStore) -> None:
    model = ScriptedModel(default="Yes.")
    memory = metered(model, store)
    store.close()
    with pytest.raises(StorageUnavailableError):
        memory.complete(REQUEST)
    with pytest.raises(StorageUnavailableError):
        heard(memory.stream(REQUEST))
    assert model.requests == []


def test_a_reply_that_was_paid_for_is_not_lost_for_its_entry(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    def break_the_disk(request: ChatRequest) -> str:
        store.close()
        return "Yes."

    memory = metered(ScriptedModel(default=break_the_disk), store)
    assert memory.complete(REQUEST).text == "Yes."
    assert "StorageUnavailableError" in caplog.text


def test_a_failure_is_not_masked_by_that_of_its_entry(store: SqlStore) -> None:
    def fail(request: ChatRequest) -> ModelUnavailableError:
        store.close()
        return ModelUnavailableError("asleep", status=503)

    with pytest.raises(ModelUnavailableError, match="asleep"):
        metered(ScriptedModel(default=fail), store).complete(REQUEST)


def test_whatever_a_model_raises_is_a_failure_of_the_model(
    store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    """W6: counted, logged once by the name of its class, and without its words."""
    memory = metered(Own(KeyError("the patient is called Ada")), store)
    with pytest.raises(ModelUnavailableError, match="KeyError") as raised:
        memory.complete(REQUEST)
    assert "Ada" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert [record.getMessage() for record in caplog.records] == [
        "model call failed: reply, KeyError"
    ]
    assert entered(store) == {"ModelUnavailableError": (1, PROMPT, 0)}
    with pytest.raises(ModelUnavailableError):
        heard(memory.stream(REQUEST))
    assert entered(store) == {"ModelUnavailableError": (2, 2 * PROMPT, 0)}


@pytest.mark.parametrize("count", [10**30, 2**40, -5])
def test_a_cost_that_cannot_be_is_replaced_by_our_own_count(store: SqlStore, count: int) -> None:
    memory = metered(Own(Tokens(count, 1)), store)
    memory.complete(REQUEST)
    heard(memory.stream(REQUEST))
    assert entered(store) == {"ok": (2, 2 * PROMPT, 2 * 3)}


def test_every_request_that_a_reply_takes_is_entered(store: SqlStore) -> None:
    metered(Own(Tokens(11, 7), refusals=2), store).complete(REQUEST)
    assert entered(store) == {"ok": (1, 11, 7), "asked again": (2, 0, 0)}


def test_a_reply_that_takes_more_requests_than_the_budget_is_given_up(store: SqlStore) -> None:
    model = Own(Tokens(11, 7), refusals=2)
    with pytest.raises(BudgetSpentError):
        metered(model, store, daily_calls=2).complete(REQUEST)
    assert model.asked == 2
    assert entered(store) == {"asked again": (2, 0, 0)}


def test_what_could_not_be_read_is_entered_at_what_was_charged(store: SqlStore) -> None:
    told = UnreadableOutputError("cut off")
    told.prompt_tokens, told.completion_tokens = 300, 40
    for error in (told, UnreadableOutputError("cut off")):
        with pytest.raises(UnreadableOutputError):
            metered(Own(error), store).complete(REQUEST)
    assert entered(store) == {"UnreadableOutputError": (2, 300 + PROMPT, 40)}


@pytest.mark.parametrize("leaving", [GeneratorExit(), KeyboardInterrupt()])
def test_a_stream_that_is_left_is_entered_at_what_was_heard(
    store: SqlStore, leaving: BaseException
) -> None:
    pieces = metered(Own(leaving), store).stream(REQUEST)
    assert next(pieces) == "Yes, "
    with pytest.raises(type(leaving)):
        next(pieces)
    assert entered(store) == {"ok": (1, PROMPT, counted((), "Yes, ").completion)}


def test_a_call_that_is_interrupted_stays_entered_at_its_most(store: SqlStore) -> None:
    with pytest.raises(KeyboardInterrupt):
        metered(Own(KeyboardInterrupt()), store).complete(REQUEST)
    assert entered(store) == {"reserved": (1, PROMPT, REQUEST.max_output_tokens)}


def test_a_spent_budget_is_told_once_a_day_and_writes_nothing_until_it_is_recorded(
    store: SqlStore, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    accounts = Accounts(store, clock=clock, daily_calls=1, daily_tokens=None)
    memory = MeteredModel(ScriptedModel(default="Yes."), accounts, OWNER)
    memory.complete(REQUEST)
    for _ in range(3):
        with pytest.raises(BudgetSpentError, match="1 calls"):
            memory.complete(REQUEST)
    told = [record for record in caplog.records if record.name == "memoryos.accounts"]
    assert [record.levelno for record in told] == [logging.INFO]
    assert set(entered(store)) == {"ok"}
    accounts.record_refusals()
    accounts.record_refusals()
    assert entered(store)["BudgetSpentError"] == (3, 0, 0)


def test_a_clock_that_was_ahead_spends_no_budget_of_days_to_come(
    store: SqlStore, clock: FixedClock
) -> None:
    model = ScriptedModel(default="Yes.")
    memory = metered(model, store, clock, daily_calls=1)
    today = clock()
    clock.advance(days=365)
    memory.complete(REQUEST)
    clock.set(today)
    memory.complete(REQUEST)
    with pytest.raises(BudgetSpentError):
        memory.complete(REQUEST)
    days = [entry.day for entry in store.model_calls(OWNER)]
    assert days == [today.date(), date(2027, 1, 1)]


def test_a_purpose_is_entered_by_its_name(store: SqlStore) -> None:
    metered(ScriptedModel(default="Yes."), store).complete(asking(purpose=Purpose.FILING))
    assert [entry.purpose for entry in store.model_calls(OWNER)] == ["filing"]

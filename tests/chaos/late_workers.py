"""Workers whose lease ends while they wait for a model: what they come back with is too late."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace

from chaos.book import Book, examine
from chaos.load import a_text
from chaos.outcome import Outcome
from chaos.place import CONFIG, Place, open_engine
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.engine import MemoryEngine
from memoryos.llms.base import ChatRequest
from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.testing.scripted_model import Scripted, ScriptedModel

USER = "zebra0"
OWNER = Owner(USER, DEFAULT_ASSISTANT_ID)
NOTHING = {"chains": [], "topics": [], "facts": [], "traits": []}
"""What rules then do in the place of the model."""


class Sleeper(ScriptedModel):
    """Sleeps for longer than it is given, as a process that was stopped does."""

    timeout_seconds = 0.0

    def __init__(self) -> None:
        super().__init__(default=self._sleep)
        self.is_asked, self.may_answer = threading.Event(), threading.Event()

    def _sleep(self, request: ChatRequest) -> Scripted:
        self.is_asked.set()
        self.may_answer.wait(30)
        return NOTHING


class Prompt(ScriptedModel):
    timeout_seconds = 0.0

    def __init__(self) -> None:
        super().__init__(default=NOTHING)


def late_workers(place: Place, *, whole: bool, seed: int) -> Outcome:
    """A worker falls asleep at the model, another takes over and does the work: what the first one
    then brings is refused, and changes nothing."""
    chance, times = random.Random(seed), 20 if whole else 3
    url, book, findings = place.make_database(), Book(), []
    for number in range(times):
        sleeper = Sleeper()
        with _worker(url, sleeper) as late, _worker(url, Prompt()) as other:
            for n in range(15):
                text = a_text(USER, f"{number}x{n}", chance)
                book.keep(USER, text, late.add_memory(USER, text, "Nice."))
            findings += _meet(late, sleeper, other)
    return Outcome(
        acknowledged=book.acknowledged,
        faults=times,
        findings=[*findings, *examine(url, book)],
    )


def _worker(url: str, model: ScriptedModel) -> MemoryEngine:
    config = replace(CONFIG, lease_seconds=0.2)
    return open_engine(url, background=False, chat_model=model, config=config)


def _meet(late: MemoryEngine, sleeper: Sleeper, other: MemoryEngine) -> list[str]:
    """What goes wrong as `other` takes over from `late`, which then wakes up."""
    came: list[object] = []
    thread = threading.Thread(target=lambda: came.append(_result(lambda: late.consolidate(USER))))
    thread.start()
    if not sleeper.is_asked.wait(30):
        return ["the model was not asked: this showed nothing"]
    # It waits for the lease to end.
    left = other.flush(USER)
    before = _state(other.store)
    sleeper.may_answer.set()
    thread.join(30)
    findings = []
    if left:
        findings.append(f"{left} after the other worker was through")
    if came != [None]:
        findings.append(f"the late worker came back with {came}, and should with nothing")
    if _state(other.store) != before:
        findings.append("what the late worker brought changed the memory")
    return findings


def _result(call: Callable[[], object]) -> object:
    try:
        return call()
    except Exception as error:
        return error


def _state(store: SqlStore) -> object:
    return store.changes(OWNER, since=0), store.segments(OWNER), store.progress(OWNER)

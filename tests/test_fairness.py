"""Turns: no owner has to wait for all that another one has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from memoryos import MemoryConfig, MemoryEngine
from memoryos.analysts.base import Pace
from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.store.base import Lease
from memoryos.testing.clock import FixedClock

BATCH = 20
MANY_PAGES = 3000
SMALL = [f"user-{number}" for number in range(20)]


@dataclass(frozen=True, slots=True)
class InSmallBatches(RulesAnalyst):
    """What a batch of a language model is to it."""

    @property
    def pace(self) -> Pace:
        return replace(RulesAnalyst().pace, batch_pages=BATCH)


class NotedStore(SqlStore):
    """Notes who was claimed, turn by turn."""

    turns: list[str]

    def claim(self, *, holder: str, now: datetime, until: datetime) -> Lease | None:
        lease = super().claim(holder=holder, now=now, until=until)
        if lease:
            self.turns.append(lease.owner.user_id)
        return lease


@pytest.fixture
def store(tmp_path: Path) -> NotedStore:
    store = NotedStore.open(tmp_path)
    assert isinstance(store, NotedStore)
    store.turns = []
    return store


@pytest.fixture
def engine(store: NotedStore, clock: FixedClock) -> Iterator[MemoryEngine]:
    """An owner with thousands of pages, and after it twenty with a few, all due."""
    with MemoryEngine(
        store=store,
        embedder=None,
        rules=InSmallBatches(),
        config=MemoryConfig(short_term_capacity=1),
        clock=clock,
        background=False,
    ) as engine:
        add(engine, "busy", MANY_PAGES)
        for place, user in enumerate(SMALL):
            clock.advance(seconds=1)
            add(engine, user, 2 + place % 7)
        clock.advance(seconds=1)
        yield engine


def add(engine: MemoryEngine, user: str, pages: int) -> None:
    draft = engine.write_path.draft
    list(
        engine.add_memories(
            user,
            [draft(f"Kayak tour {number} of {user}.", "Nice.", None) for number in range(pages)],
        )
    )


def give_turns(engine: MemoryEngine, count: int, holders: Sequence[str] = ("worker",)) -> None:
    for number in range(count):
        holder = holders[number % len(holders)]
        assert engine._updater.turn(holder, stopping=lambda: False)


def waiting(engine: MemoryEngine, user: str) -> int:
    return engine._updater.pending(Owner(user, DEFAULT_ASSISTANT_ID)).pages_to_file


def test_who_has_little_is_done_within_the_first_turn(
    engine: MemoryEngine, store: NotedStore
) -> None:
    """W7: however much another one has waiting."""
    give_turns(engine, 1 + len(SMALL), holders=("first", "second"))
    assert store.turns == ["busy", *SMALL]
    assert [waiting(engine, user) for user in SMALL] == [0] * len(SMALL)
    assert waiting(engine, "busy") == MANY_PAGES - 1 - BATCH


def test_the_busy_one_goes_on_at_the_end_of_the_line(
    engine: MemoryEngine, store: NotedStore, clock: FixedClock
) -> None:
    give_turns(engine, 1 + len(SMALL))
    clock.advance(seconds=1)
    add(engine, SMALL[3], 2)
    clock.advance(seconds=1)
    store.turns.clear()
    give_turns(engine, 3)
    assert store.turns == ["busy", SMALL[3], "busy"]
    assert waiting(engine, "busy") == MANY_PAGES - 1 - 3 * BATCH


def test_turns_come_to_an_end_and_leave_nothing_due(
    engine: MemoryEngine, store: NotedStore, clock: FixedClock
) -> None:
    engine.flush("busy")
    while engine._updater.turn("worker", stopping=lambda: False):
        pass
    assert len(store.turns) <= 1 + len(SMALL)
    assert store.backlog(now=clock()).waiting == 0


def test_a_turn_that_is_told_to_end_leaves_its_owner_due(
    engine: MemoryEngine, store: NotedStore, clock: FixedClock
) -> None:
    engine._updater.turn("worker", stopping=lambda: True)
    assert waiting(engine, "busy") == MANY_PAGES - 1
    assert store.backlog(now=clock()).waiting == 1 + len(SMALL)

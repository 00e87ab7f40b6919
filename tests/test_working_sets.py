"""The working sets of many owners: each its own rows, and all together a bounded amount."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from memoryos import MemoryConfig, MemoryEngine
from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder

USERS = [f"user-{number}" for number in range(12)]
LIMIT = 100_000


@pytest.fixture
def engine(tmp_path: Path, clock: FixedClock) -> Iterator[MemoryEngine]:
    with MemoryEngine(
        store=SqlStore.open(tmp_path),
        embedder=LetterEmbedder(),
        rules=RulesAnalyst(),
        config=MemoryConfig(working_set_bytes=LIMIT),
        clock=clock,
        background=False,
    ) as engine:
        for user in USERS:
            for number in range(10):
                engine.add_memory(user, f"Kayak tour {number} of {user}.", "We paddled. " * 20)
        yield engine


def test_opening_any_number_of_owners_costs_bounded_memory(engine: MemoryEngine) -> None:
    """R4; and who had to leave comes back whole."""
    held = []
    for user in USERS * 2:
        assert len(engine.retrieve_memory(user, "kayak tour").pages) == 10
        held.append(engine._working_sets.nbytes)
    assert held[0] * len(USERS) > 2 * LIMIT, "all of them would not fit"
    assert held[0] < max(held) <= LIMIT


def test_the_owner_who_was_not_used_for_longest_leaves_first(engine: MemoryEngine) -> None:
    for user in USERS:
        engine.retrieve_memory(USERS[0], "kayak tour")
        engine.retrieve_memory(user, "kayak tour")
    kept = set(engine._working_sets._entries)
    assert Owner(USERS[0], DEFAULT_ASSISTANT_ID).key in kept
    assert Owner(USERS[1], DEFAULT_ASSISTANT_ID).key not in kept


def test_threads_that_push_each_other_out_still_see_their_own_owner(engine: MemoryEngine) -> None:
    """R4."""

    def recall(user: str) -> set[str]:
        pages = engine.retrieve_memory(user, "kayak tour").pages
        return {page.user_input.rpartition(" of ")[2] for page in pages}

    with ThreadPoolExecutor(8) as threads:
        seen = list(threads.map(recall, USERS * 5))
    assert seen == [{f"{user}."} for user in USERS * 5]


def test_what_another_process_forgot_leaves_this_one_though_nobody_asks(
    engine: MemoryEngine, tmp_path: Path, clock: FixedClock
) -> None:
    """M9: the background follows every owner in memory."""
    engine.retrieve_memory(USERS[0], "kayak tour")
    with MemoryEngine(
        store=SqlStore.open(tmp_path),
        embedder=LetterEmbedder(),
        rules=RulesAnalyst(),
        config=MemoryConfig(),
        clock=clock,
        background=False,
    ) as other:
        other.forget(USERS[0], page="page-3")
    engine._before_round()
    entry = engine._working_sets._entries[Owner(USERS[0], DEFAULT_ASSISTANT_ID).key]
    assert sorted(entry.memory.pages) == [1, 2, 4, 5, 6, 7, 8, 9, 10]

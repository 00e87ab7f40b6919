"""The working sets of many owners: each its own rows, and all together a bounded amount."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from memoryos import MemoryConfig, MemoryEngine
from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.index.packing import pack_page
from memoryos.model import Owner, PageDraft
from memoryos.store import SqlStore
from memoryos.store.base import Changes, NewPage
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder
from memoryos.working_sets import WorkingSets

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


class CountingStore(SqlStore):
    """Counts loads, and lets a test hold them up."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.loads: Counter[str] = Counter()
        self.is_loading = threading.Event()
        self.may_load = threading.Event()
        self.may_load.set()

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        if not since:
            self.loads[owner.key] += 1
            self.is_loading.set()
            assert self.may_load.wait(30)
        return super().changes(owner, since=since, epoch=epoch)


OWNERS = tuple(Owner(f"user-{number}", "agent") for number in range(2000))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CountingStore]:
    """A page of each of `OWNERS`."""
    with CountingStore.open(tmp_path_factory.mktemp("many")) as store:
        assert isinstance(store, CountingStore)
        now = datetime(2026, 1, 1, tzinfo=timezone.utc)
        draft = PageDraft("I like kayaks.", "Noted.", now)
        page = NewPage(draft, pack_page(draft).terms, vectors=None)
        for owner in OWNERS:
            store.append_pages(owner, [page], embedding_model="", now=now, due_at=now)
        yield store


class TestManyOwners:
    """2,000 of them, and memory for some forty."""

    LIMIT = 500_000

    @pytest.fixture
    def sets(self, store: CountingStore, clock: FixedClock) -> WorkingSets:
        store.loads.clear()
        return WorkingSets(
            store, embedding_model="", byte_limit=self.LIMIT, gap_seconds=3600.0, clock=clock
        )

    def test_they_stay_under_the_limit_whoever_comes(
        self, sets: WorkingSets, store: CountingStore
    ) -> None:
        for owner in OWNERS:
            with sets.use(owner) as memory:
                assert len(memory.pages) == 1
            assert sets.nbytes <= self.LIMIT
        assert sets.nbytes == sum(entry.nbytes for entry in sets._entries.values())
        assert 10 < len(sets._entries) < 100
        assert set(store.loads.values()) == {1}

    def test_who_is_asked_for_often_is_loaded_once(
        self, sets: WorkingSets, store: CountingStore
    ) -> None:
        favourite = OWNERS[0]
        for owner in OWNERS[1:200]:
            for one in (favourite, owner):
                with sets.use(one):
                    pass
        assert store.loads[favourite.key] == 1

    def test_many_who_wait_for_one_owner_share_a_single_load(
        self, sets: WorkingSets, store: CountingStore
    ) -> None:
        def read(owner: Owner) -> int:
            with sets.use(owner) as memory:
                return len(memory.pages)

        store.is_loading.clear()
        store.may_load.clear()
        with ThreadPoolExecutor(8) as threads:
            seen = [threads.submit(read, OWNERS[7]) for _ in range(8)]
            assert store.is_loading.wait(30)
            store.may_load.set()
            assert [done.result() for done in seen] == [1] * 8
        assert store.loads[OWNERS[7].key] == 1

    def test_who_is_in_use_is_neither_dropped_nor_loaded_twice(
        self, sets: WorkingSets, store: CountingStore
    ) -> None:
        with sets.use(OWNERS[0]):
            for owner in OWNERS[1:200]:
                with sets.use(owner):
                    pass
            with sets.use(OWNERS[0]):
                pass
        assert store.loads[OWNERS[0].key] == 1
        assert sets.nbytes <= self.LIMIT

    def test_threads_leave_the_account_right(self, sets: WorkingSets) -> None:
        def read(number: int) -> None:
            for owner in (OWNERS[number % 300], OWNERS[number % 7]):
                with sets.use(owner):
                    pass

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(read, range(0, 3000, 3)))
        assert sets.nbytes == sum(entry.nbytes for entry in sets._entries.values())
        assert sets.nbytes <= self.LIMIT
        assert not any(entry.users for entry in sets._entries.values())

    def test_following_those_in_memory_asks_for_nobody_else(
        self, sets: WorkingSets, store: CountingStore
    ) -> None:
        for owner in OWNERS[:60]:
            with sets.use(owner):
                pass
        store.loads.clear()
        held = tuple(sets._entries)
        sets.follow_all()
        assert tuple(sets._entries) == held
        assert not store.loads

"""The background's threads: many owners, what fails for one or for all of them, and their end."""

from __future__ import annotations

import gc
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from memoryos import Memoryos
from memoryos.analysts.base import Filing, FilingBatch
from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import MemoryConfig
from memoryos.endpoint_rest import EndpointRest
from memoryos.engine import MemoryEngine
from memoryos.errors import (
    CorruptStoreError,
    LeaseLostError,
    ModelError,
    ModelUnavailableError,
    StorageUnavailableError,
    UnreadableOutputError,
)
from memoryos.llms.base import ChatRequest
from memoryos.model import Owner
from memoryos.setbacks import OWN_FAILURES, is_own
from memoryos.statistics import MemoryStats
from memoryos.store import SqlStore
from memoryos.store.base import Backlog, Fault, Lease, Update
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder
from memoryos.testing.scripted_model import Scripted, ScriptedModel
from memoryos.worker import BackgroundWorker

OWNERS = [Owner(f"user-{number}", "agent") for number in range(5)]


class Asleep(ScriptedModel):
    """Answers nobody, and notes what waits in the store whenever it is asked."""

    def __init__(self, probe: Callable[[], object] = lambda: None) -> None:
        def fail(request: ChatRequest) -> ModelError:
            self.seen.append(probe())
            return ModelUnavailableError("asleep", retry_after_seconds=self.retry_after_seconds)

        super().__init__(default=fail)
        self.seen: list[object] = []
        self.retry_after_seconds: float | None = None


@pytest.fixture
def open_engine(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[..., MemoryEngine]]:
    opened: list[MemoryEngine] = []

    def open_(chat_model: ScriptedModel) -> MemoryEngine:
        engine = MemoryEngine.open(
            tmp_path,
            chat_model=chat_model,
            config=MemoryConfig(short_term_capacity=1),
            background=False,
            clock=clock,
        )
        opened.append(engine)
        return engine

    yield open_
    for engine in opened:
        engine.close()


def fill(engine: MemoryEngine, clock: FixedClock) -> None:
    """Pages of every owner that are due to be filed."""
    for owner in OWNERS:
        for number in range(12):
            engine.add_memory(
                owner.user_id, f"Kayak tour {number}.", "Nice.", assistant_id=owner.assistant_id
            )
    clock.advance(seconds=1)


def a_worker(engine: MemoryEngine) -> BackgroundWorker:
    return BackgroundWorker(
        engine.store,
        engine._updater,
        clock=engine.clock,
        holder="test",
        delay_seconds=0.5,
        look_seconds=30.0,
        before_round=engine._before_round,
    )


def look(worker: BackgroundWorker) -> None:
    """What a thread does before it waits."""
    worker._tidy()
    while worker._turn("test"):
        pass


def attempts(engine: MemoryEngine) -> list[int]:
    stats = [engine.stats(owner.user_id, assistant_id=owner.assistant_id) for owner in OWNERS]
    return [counted.failed_attempts for counted in stats]


class TestAModelThatFailsForAll:
    def test_one_owner_finds_it_out_for_all(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        """W7: who was not tried has no failure against them."""
        model = Asleep()
        model.retry_after_seconds = 600.0
        engine = open_engine(model)
        fill(engine, clock)
        worker = a_worker(engine)
        look(worker)
        look(worker)
        assert len(model.seen) == 1
        assert sorted(attempts(engine)) == [0, 0, 0, 0, 1]
        clock.advance(seconds=599)
        look(worker)
        assert len(model.seen) == 1
        clock.advance(seconds=1)
        look(worker)
        assert len(model.seen) == 2

    def test_nobody_is_due_while_it_rests(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        """Else the thread would go round without a pause."""
        engine = open_engine(Asleep())
        fill(engine, clock)
        look(a_worker(engine))
        assert engine.store.owners(due_before=clock()) == ()
        assert len(engine.store.owners(due_before=clock() + timedelta(seconds=5))) == len(OWNERS)

    def test_a_model_that_is_back_files_for_all_in_one_look(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        lines: list[Scripted] = [ModelUnavailableError("asleep")]
        nothing = {"chains": [], "topics": [], "facts": [], "traits": []}
        model = ScriptedModel(default=lambda request: lines.pop() if lines else nothing)
        engine = open_engine(model)
        fill(engine, clock)
        worker = a_worker(engine)
        look(worker)
        clock.advance(seconds=5)
        look(worker)
        assert attempts(engine) == [0] * len(OWNERS)
        waiting = [engine._updater.pending(owner).pages_to_file for owner in OWNERS]
        assert waiting == [0] * len(OWNERS)

    def test_every_page_has_its_vector_before_the_model_is_asked(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        """The embedding model of the store is another one now."""

        def to_embed() -> int:
            return sum(engine._updater.pending(owner).items_to_embed for owner in OWNERS)

        model = Asleep(probe=to_embed)
        engine = open_engine(model)
        fill(engine, clock)
        embedder = LetterEmbedder()
        engine._updater._embedder = embedder
        engine._working_sets._embedding_model = embedder.model
        engine._working_sets._declared.clear()
        for owner in OWNERS:
            engine.store.set_embedding_model(owner, embedder.model, due_at=clock())
        assert to_embed() > 0
        look(a_worker(engine))
        assert model.seen == [0]


class FailingFor(RulesAnalyst):
    """Has a fault of its own that one user's pages bring out."""

    failing = True
    read = 0

    def file(self, batch: FilingBatch) -> Filing:
        if "user-0" in batch.pages[0].user_input:
            type(self).read += 1
            if self.failing:
                raise ZeroDivisionError(batch.pages[0].user_input)
        return super().file(batch)


class TestAnOwnerWhoKeepsFailing:
    @pytest.fixture
    def analyst(self, monkeypatch: pytest.MonkeyPatch) -> type[FailingFor]:
        monkeypatch.setattr(FailingFor, "failing", True)
        monkeypatch.setattr(FailingFor, "read", 0)
        return FailingFor

    @pytest.fixture
    def engine(
        self, tmp_path: Path, clock: FixedClock, analyst: type[FailingFor]
    ) -> Iterator[MemoryEngine]:
        with MemoryEngine(
            store=SqlStore.open(tmp_path),
            embedder=None,
            rules=analyst(),
            config=MemoryConfig(short_term_capacity=1),
            background=False,
            clock=clock,
        ) as engine:
            for owner in OWNERS:
                for number in range(3):
                    engine.add_memory(
                        owner.user_id,
                        f"Kayak tour {number} of {owner.user_id}.",
                        "Nice.",
                        assistant_id=owner.assistant_id,
                    )
            clock.advance(seconds=1)
            yield engine

    @pytest.fixture
    def worker(self, engine: MemoryEngine) -> BackgroundWorker:
        return a_worker(engine)

    @staticmethod
    def stats(engine: MemoryEngine, owner: Owner = OWNERS[0]) -> MemoryStats:
        return engine.stats(owner.user_id, assistant_id=owner.assistant_id)

    @staticmethod
    def fail(worker: BackgroundWorker, clock: FixedClock, times: int = OWN_FAILURES) -> None:
        for _ in range(times):
            look(worker)
            clock.advance(hours=1)

    def test_it_is_tried_again_after_ever_longer_waits(
        self, engine: MemoryEngine, worker: BackgroundWorker, clock: FixedClock
    ) -> None:
        waits = []
        for _ in range(OWN_FAILURES - 1):
            look(worker)
            due_at = engine.store.owners(limit=1)[0].due_at
            assert due_at is not None
            waits.append((due_at - clock()).total_seconds())
            clock.set(due_at)
        assert waits == [5.0, 10.0, 20.0, 40.0, 80.0, 160.0, 320.0]
        assert self.stats(engine).set_aside_at is None

    def test_it_stops_no_other(
        self, engine: MemoryEngine, worker: BackgroundWorker, caplog: pytest.LogCaptureFixture
    ) -> None:
        look(worker)
        assert [self.stats(engine, owner).awaiting_filing_count for owner in OWNERS] == [
            2, 0, 0, 0, 0,
        ]  # fmt: skip
        assert "ZeroDivisionError" in caplog.text
        assert "test_worker.py" in caplog.text, "where it went wrong"
        assert "Kayak" not in caplog.text, "the words of an error may quote a page"

    def test_after_a_number_of_failures_no_worker_looks_at_it(
        self,
        engine: MemoryEngine,
        worker: BackgroundWorker,
        analyst: type[FailingFor],
        clock: FixedClock,
    ) -> None:
        self.fail(worker, clock)
        since = clock() - timedelta(hours=1)
        self.fail(worker, clock, 3)
        assert analyst.read == OWN_FAILURES
        stats = self.stats(engine)
        assert (stats.own_failures, stats.own_failure, stats.set_aside_at) == (
            OWN_FAILURES, "ZeroDivisionError", since,
        )  # fmt: skip
        assert engine.backlog() == Backlog(waiting=0, oldest_due_at=None, set_aside=1)

    def test_it_is_added_to_and_recalled_all_the_same(
        self, engine: MemoryEngine, worker: BackgroundWorker, clock: FixedClock
    ) -> None:
        self.fail(worker, clock)
        name = OWNERS[0].user_id
        engine.add_memory(name, "Canoe trip.", "Fine.", assistant_id=OWNERS[0].assistant_id)
        look(worker)
        found = engine.retrieve_memory(name, "canoe trip", assistant_id=OWNERS[0].assistant_id)
        assert "Canoe trip." in [item.page.user_input for item in found.pages]

    def test_put_back_it_is_worked_on_again(
        self,
        engine: MemoryEngine,
        worker: BackgroundWorker,
        analyst: type[FailingFor],
        clock: FixedClock,
    ) -> None:
        self.fail(worker, clock)
        analyst.failing = False
        look(worker)
        assert self.stats(engine).awaiting_filing_count == 2
        assert engine.put_back(OWNERS[0].user_id, assistant_id=OWNERS[0].assistant_id)
        look(worker)
        stats = self.stats(engine)
        assert (stats.awaiting_filing_count, stats.own_failures, stats.set_aside_at) == (0, 0, None)
        assert engine.put_all_back() == 0

    def test_a_turn_that_goes_well_ends_the_count(
        self,
        engine: MemoryEngine,
        worker: BackgroundWorker,
        analyst: type[FailingFor],
        clock: FixedClock,
    ) -> None:
        self.fail(worker, clock, OWN_FAILURES - 1)
        analyst.failing = False
        self.fail(worker, clock, 1)
        assert self.stats(engine).own_failures == 0

    def test_a_flush_by_hand_tries_and_raises_what_fails(
        self,
        engine: MemoryEngine,
        worker: BackgroundWorker,
        analyst: type[FailingFor],
        clock: FixedClock,
    ) -> None:
        self.fail(worker, clock)
        with pytest.raises(ZeroDivisionError):
            engine.flush(OWNERS[0].user_id, assistant_id=OWNERS[0].assistant_id)
        assert self.stats(engine).set_aside_at is not None
        analyst.failing = False
        assert not engine.flush(OWNERS[0].user_id, assistant_id=OWNERS[0].assistant_id)
        assert self.stats(engine).set_aside_at is None

    def test_a_row_that_cannot_be_read_counts_as_its_owners_failure(
        self, engine: MemoryEngine, worker: BackgroundWorker, tmp_path: Path
    ) -> None:
        with closing(sqlite3.connect(tmp_path / "memoryos.db")) as database:
            database.execute("UPDATE pages SET meta_data = '{' WHERE owner = ?", [OWNERS[1].key])
            database.commit()
        engine._working_sets._entries.clear()
        look(worker)
        fault = engine.store.progress(OWNERS[1]).fault
        assert fault == Fault(1, "CorruptStoreError", None)
        assert engine.store.progress(OWNERS[2]).fault is None


@pytest.mark.parametrize(
    ("error", "own"),
    [
        (StorageUnavailableError("the disk is full"), False),
        (LeaseLostError("another was faster"), False),
        (CorruptStoreError("a row holds what MemoryOS never wrote"), True),
        (ZeroDivisionError(), True),
    ],
)
def test_what_fails_for_everybody_is_held_against_nobody(error: Exception, own: bool) -> None:
    assert is_own(error) is own


class TestThreads:
    def test_owners_are_worked_on_side_by_side_and_each_by_one_thread(self, tmp_path: Path) -> None:
        """Each model call waits until as many are under way as there are threads."""
        together = threading.Barrier(3)

        def answer(request: ChatRequest) -> Scripted:
            together.wait(30)
            return UnreadableOutputError("no JSON")

        with MemoryEngine.open(
            tmp_path, chat_model=ScriptedModel(default=answer), background=False
        ) as engine:
            for owner in OWNERS[:3]:
                for number in range(20):
                    engine.add_memory(
                        owner.user_id, f"Tour {number}.", "Nice.", assistant_id=owner.assistant_id
                    )
        with MemoryEngine.open(
            tmp_path,
            chat_model=ScriptedModel(default=answer),
            config=MemoryConfig(filing_delay_seconds=0.0),
            concurrency=3,
        ) as engine:
            worker = engine._worker
            assert worker is not None
            wait_until(worker, lambda: attempts(engine)[:3] == [1, 1, 1])

    def test_they_end_together_and_give_their_leases_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A model that hangs keeps none of them."""
        monkeypatch.setattr("memoryos.worker.STOP_SECONDS", 0.2)
        asked, release = threading.Barrier(4), threading.Event()

        def hang(request: ChatRequest) -> Scripted:
            asked.wait(30)
            release.wait(30)
            return UnreadableOutputError("no JSON")

        engine = MemoryEngine.open(
            tmp_path,
            chat_model=ScriptedModel(default=hang),
            config=MemoryConfig(filing_delay_seconds=0.0),
            concurrency=3,
        )
        for owner in OWNERS[:3]:
            for number in range(20):
                engine.add_memory(
                    owner.user_id, f"Tour {number}.", "Nice.", assistant_id=owner.assistant_id
                )
        asked.wait(30)
        engine.close()
        release.set()
        with SqlStore.open(tmp_path) as store:
            now = datetime.now(timezone.utc) + timedelta(seconds=1)
            assert store.backlog(now=now).waiting == 3
        worker = engine._worker
        assert worker is not None
        for thread in worker._threads:
            thread.join(30)

    def test_a_worker_that_holds_all_it_can_takes_nobody_more(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        """A single owner may be larger than the limit; two at once would be more still."""
        full = []

        def answer(request: ChatRequest) -> Scripted:
            full.append(engine._updater.is_full)
            return UnreadableOutputError("no JSON")

        engine = open_engine(ScriptedModel(default=answer))
        fill(engine, clock)
        assert not engine._updater.is_full
        a_worker(engine)._turn("test")
        engine._working_sets._byte_limit = 1
        a_worker(engine)._turn("test")
        assert full == [False, True]
        assert not engine._updater.is_full


class RingingStore(SqlStore):
    """Rings when a round of consolidation is on disk."""

    rung: threading.Event

    def commit(self, lease: Lease, update: Update) -> int:
        revision = super().commit(lease, update)
        self.rung.set()
        return revision


def test_what_another_process_writes_wakes_it(tmp_path: Path, postgres_url: str) -> None:
    """On PostgreSQL: its next look is an hour away."""
    store = RingingStore.open(tmp_path, postgres_url)
    assert isinstance(store, RingingStore)
    store.rung = threading.Event()
    with (
        MemoryEngine(
            store=store,
            embedder=None,
            rules=RulesAnalyst(),
            config=MemoryConfig(
                short_term_capacity=1, look_seconds=3600.0, filing_delay_seconds=0.0
            ),
        ),
        Memoryos(
            "tom",
            data_storage_path=tmp_path,
            database_url=postgres_url,
            embedding_model_name="none",
            background=False,
        ) as other,
    ):
        for number in range(3):
            other.add_memory(f"Kayak tour {number}.", "Nice.")
        assert store.rung.wait(30)


def wait_until(worker: BackgroundWorker, is_so: Callable[[], bool]) -> None:
    """Until the worker's threads have made it so; fails after half a minute."""
    pause = threading.Event()
    for _ in range(3000):
        if is_so():
            return
        worker.wake()
        pause.wait(0.01)
    pytest.fail("the threads did not do it")


class TestEndpointRest:
    @pytest.mark.parametrize(
        ("error", "seconds"),
        [
            (ModelUnavailableError("timed out"), 5.0),
            (ModelUnavailableError("busy", status=429, retry_after_seconds=90.0), 90.0),
            (ModelUnavailableError("busy", status=429, retry_after_seconds=1e9), 3600.0),
            (ModelUnavailableError("broken", status=503), 5.0),
            (ModelUnavailableError("no key", status=401), 5.0),
            (ModelUnavailableError("no model", status=404), 5.0),
            (ModelUnavailableError("not this request", status=400), None),
            (UnreadableOutputError("no JSON"), None),
        ],
    )
    def test_it_lasts_as_long_as_the_failure_says(
        self, clock: FixedClock, error: ModelError, seconds: float | None
    ) -> None:
        rest = EndpointRest(clock)
        rest.failed(error)
        assert rest.until == (clock() + timedelta(seconds=seconds) if seconds else None)

    def test_it_doubles_up_to_a_minute_and_ends_with_an_answer(self, clock: FixedClock) -> None:
        rest, waits = EndpointRest(clock), []
        for _ in range(6):
            rest.failed(ModelUnavailableError("asleep"))
            assert rest.until is not None
            waits.append((rest.until - clock()).total_seconds())
        assert waits == [5.0, 10.0, 20.0, 40.0, 60.0, 60.0]
        rest.answered()
        assert rest.until is None
        rest.failed(ModelUnavailableError("asleep"))
        assert rest.until == clock() + timedelta(seconds=5)

    def test_a_clock_that_is_set_right_ends_it(self, clock: FixedClock) -> None:
        rest = EndpointRest(clock)
        clock.advance(days=365)
        rest.failed(ModelUnavailableError("asleep"))
        clock.advance(days=-365)
        assert rest.until is None


def test_a_memory_that_its_own_thread_finds_abandoned_is_closed_by_it(tmp_path: Path) -> None:
    """The garbage collector runs wherever it likes, be it in the midst of the thread's write."""
    held: list[Memoryos] = []

    def clock() -> datetime:
        if held and threading.current_thread().name == "memoryos-worker-0":
            held.clear()
            gc.collect()
        return datetime.now(timezone.utc)

    memory = Memoryos("tom", data_storage_path=tmp_path, clock=clock)
    worker, store = memory.engine._worker, memory.engine.store
    assert worker is not None
    memory.add_memory("I like tea.", "Noted.")
    held.append(memory)
    del memory
    worker.wake()
    (thread,) = worker._threads
    thread.join(30)
    assert not thread.is_alive()
    assert store._closed  # type: ignore[attr-defined]

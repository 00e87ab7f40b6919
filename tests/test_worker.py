"""The background thread: many owners, a model that fails for all of them, and the thread's end."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from memoryos import Memoryos
from memoryos.config import MemoryConfig
from memoryos.endpoint_rest import EndpointRest
from memoryos.engine import MemoryEngine
from memoryos.errors import ModelError, ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatRequest
from memoryos.model import Owner
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
        worker._look()
        worker._look()
        assert len(model.seen) == 1
        assert sorted(attempts(engine)) == [0, 0, 0, 0, 1]
        clock.advance(seconds=599)
        worker._look()
        assert len(model.seen) == 1
        clock.advance(seconds=1)
        worker._look()
        assert len(model.seen) == 2

    def test_nobody_is_due_while_it_rests(
        self, open_engine: Callable[..., MemoryEngine], clock: FixedClock
    ) -> None:
        """Else the thread would go round without a pause."""
        engine = open_engine(Asleep())
        fill(engine, clock)
        a_worker(engine)._look()
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
        worker._look()
        clock.advance(seconds=5)
        worker._look()
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
        a_worker(engine)._look()
        assert model.seen == [0]


def test_an_owner_whose_memory_is_broken_stops_no_other(
    open_engine: Callable[..., MemoryEngine], clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    engine = open_engine(ScriptedModel(default=UnreadableOutputError("no JSON")))
    fill(engine, clock)
    run = engine._updater.run

    def break_down(owner: Owner, **others: object) -> object:
        if owner == OWNERS[0]:
            raise ZeroDivisionError
        return run(owner, **others)  # type: ignore[arg-type]

    engine._updater.run = break_down  # type: ignore[method-assign, assignment]
    a_worker(engine)._look()
    assert attempts(engine) == [0, 1, 1, 1, 1]
    assert "ZeroDivisionError" in caplog.text


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
        if held and threading.current_thread().name == "memoryos-worker":
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
    worker._thread.join(30)
    assert not worker._thread.is_alive()
    assert store._closed  # type: ignore[attr-defined]

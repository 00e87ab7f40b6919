"""A write waits for nobody, recall waits for nobody, and nothing is held while others think."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from memoryos import MemoryConfig, MemoryEngine
from memoryos.analysts.base import (
    Filing,
    FilingBatch,
    LearntFact,
    LearntTrait,
    PromotionBatch,
    TraitBatch,
)
from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.embedders.base import Embeddings
from memoryos.errors import EmbedderUnavailableError, ModelError
from memoryos.model import Owner, Speaker
from memoryos.store import SqlStore
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder

Probe = Callable[[], Any]
OWNER = Owner("tom", DEFAULT_ASSISTANT_ID)


class ProbingEmbedder(LetterEmbedder):
    """An embedder that tries something of the caller's whenever it is called."""

    def __init__(self, *, local: bool = True) -> None:
        super().__init__()
        self._local = local
        self.probe: Probe | None = None
        self.calls = 0

    @property
    def local(self) -> bool:
        return self._local

    def embed(self, texts: Sequence[str]) -> Embeddings:
        self.calls += 1
        if self.probe:
            self.probe()
        return super().embed(texts)


class ProbingAnalyst:
    """The rules analyst, which tries something of the caller's first."""

    name = "rules"

    def __init__(self) -> None:
        self._rules = RulesAnalyst()
        self.pace = self._rules.pace
        self.probe: Probe | None = None
        self.calls = 0

    def file(self, batch: FilingBatch) -> Filing:
        self._try()
        return self._rules.file(batch)

    def promote(self, batch: PromotionBatch) -> tuple[LearntFact, ...]:
        self._try()
        return self._rules.promote(batch)

    def characterise(self, batch: TraitBatch) -> tuple[LearntTrait, ...]:
        return self._rules.characterise(batch)

    def _try(self) -> None:
        self.calls += 1
        if self.probe:
            self.probe()


@pytest.fixture
def embedder() -> ProbingEmbedder:
    return ProbingEmbedder()


@pytest.fixture
def analyst() -> ProbingAnalyst:
    return ProbingAnalyst()


@pytest.fixture
def engine(
    tmp_path: Path, clock: FixedClock, embedder: ProbingEmbedder, analyst: ProbingAnalyst
) -> Iterator[MemoryEngine]:
    with MemoryEngine(
        store=SqlStore.open(tmp_path),
        embedder=embedder,
        rules=analyst,
        config=MemoryConfig(short_term_capacity=1),
        clock=clock,
        background=False,
    ) as engine:
        yield engine


def test_no_add_and_no_recall_reaches_an_analyst(
    engine: MemoryEngine, analyst: ProbingAnalyst
) -> None:
    """W1, invariant 4."""
    for number in range(20):
        engine.add_memory("tom", f"Kayak tour {number}.", "Nice.")
        engine.retrieve_memory("tom", "kayak tour")
    assert analyst.calls == 0


def test_a_write_does_not_wait_for_a_remote_embedder(tmp_path: Path, clock: FixedClock) -> None:
    """W1: it is called in the background, and the page is recalled by its words meanwhile."""
    remote = ProbingEmbedder(local=False)
    with MemoryEngine(
        store=SqlStore.open(tmp_path),
        embedder=remote,
        rules=RulesAnalyst(),
        config=MemoryConfig(),
        clock=clock,
        background=False,
    ) as engine:
        engine.add_memory("tom", "The red kayak is mine.", "Nice.")
        assert remote.calls == 0
        assert engine.stats("tom").items_to_embed == 1
        assert len(engine.retrieve_memory("tom", "red kayak").pages) == 1
        assert not engine.flush("tom")
        assert engine.stats("tom").items_to_embed == 0


def test_recall_goes_by_words_while_a_remote_embedder_is_down(
    engine: MemoryEngine, embedder: ProbingEmbedder, clock: FixedClock
) -> None:
    engine.add_memory("tom", "The red kayak is mine.", "Nice.")

    def fail() -> None:
        raise EmbedderUnavailableError("the server is away")

    embedder.probe = fail
    calls = embedder.calls
    for _ in range(3):
        (page,) = engine.retrieve_memory("tom", "red kayak").pages
        assert "dense" not in page.signals
    assert embedder.calls == calls + 1, "one recall asks, the next ones let it rest"
    embedder.probe = None
    clock.advance(minutes=2)
    (page,) = engine.retrieve_memory("tom", "red kayak").pages
    assert page.signals["dense"] > 0


def test_writes_and_recalls_go_on_while_an_analyst_thinks(
    tmp_path: Path, clock: FixedClock, analyst: ProbingAnalyst
) -> None:
    """W1: the background thread sits inside the analyst from the first add to the last recall."""
    thinking, done = threading.Event(), threading.Event()

    def think() -> None:
        thinking.set()
        done.wait(20)

    analyst.probe = think
    with MemoryEngine(
        store=SqlStore.open(tmp_path),
        embedder=None,
        rules=analyst,
        config=MemoryConfig(short_term_capacity=1, filing_delay_seconds=0),
        clock=clock,
    ) as engine:
        for number in range(2):
            engine.add_memory("tom", f"Kayak tour {number}.", "Nice.")
        assert thinking.wait(20)
        for number in range(2, 20):
            page_id = engine.add_memory("tom", f"Kayak tour {number}.", "Nice.")
            best = engine.retrieve_memory("tom", f"kayak tour {number}").by_rank()[0]
            assert best.id == page_id
        assert analyst.calls == 1, "it is still at its first batch"
        done.set()
        assert not engine.flush("tom")


def others_can_work(engine: MemoryEngine) -> Probe:
    """Adds and recalls in another thread; fails if that has to wait for the present one."""

    def work() -> None:
        other = MemoryEngine(
            store=engine.store,
            embedder=None,
            rules=RulesAnalyst(),
            config=engine.config,
            clock=engine.clock,
            background=False,
        )
        other.add_memory("tom", "The green kayak is hers.", "Nice.")
        assert engine.segments("tom") is not None
        assert engine.stats("tom").page_count > 0

    def probe() -> None:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        thread.join(20)
        assert not thread.is_alive(), "a lock or a transaction is held across this call"

    return probe


def test_nothing_is_held_while_an_embedder_works(
    engine: MemoryEngine, embedder: ProbingEmbedder
) -> None:
    """Invariant 3."""
    engine.add_memory("tom", "The red kayak is mine.", "Nice.")
    embedder.probe = others_can_work(engine)
    engine.add_memory("tom", "The blue kayak is his.", "Nice.")
    engine.retrieve_memory("tom", "blue kayak")
    assert engine.stats("tom").page_count == 4


def test_nothing_is_held_while_an_analyst_works(
    engine: MemoryEngine, analyst: ProbingAnalyst
) -> None:
    """Invariant 3."""
    for number in range(3):
        engine.add_memory("tom", f"Kayak tour {number}.", "Nice.")
    probe = others_can_work(engine)

    def probe_once() -> None:
        analyst.probe = None  # each probe adds a page, and so more work
        probe()

    analyst.probe = probe_once
    engine._updater.run(OWNER, holder="test", on_demand=True)
    assert analyst.calls > 0


def test_a_model_that_does_not_answer_leaves_all_as_it_was(
    engine: MemoryEngine, analyst: ProbingAnalyst
) -> None:
    """Invariant 5: pages wait, recallable, and are filed and learnt from once it answers."""
    for number in range(3):
        engine.add_memory("tom", f"I work as a nurse. Kayak tour {number}.", "Nice.")
    before = engine.store.changes(OWNER, since=0)

    def fail() -> None:
        raise ModelError("502 Bad Gateway")

    analyst.probe = fail
    waiting = engine.flush("tom")
    assert (waiting.pages_to_file, waiting.pages_to_analyse) == (2, 3)
    assert engine.store.changes(OWNER, since=0) == before
    assert len(engine.retrieve_memory("tom", "kayak tour").pages) == 3
    analyst.probe = None
    assert not engine.flush("tom")
    (fact,) = engine.knowledge("tom", Speaker.USER)
    assert len(fact.evidence) == 3


def test_every_fact_quotes_words_of_a_page(engine: MemoryEngine) -> None:
    """Invariant 9."""
    engine.add_memory("tom", "Hi! I'm Tom. I live in Turin and I love jazz.", "Hello Tom!")
    engine.add_memory("tom", "I work as a nurse.", "I am an AI companion.")
    engine.flush("tom")
    with engine._working_sets.use(OWNER) as memory:
        pages = {f"page-{number}": page for number, page in memory.pages.items()}
        learnt = [*memory.facts.values(), *memory.traits.values()]
    assert len(learnt) >= 4
    for item in learnt:
        assert item.evidence
        for evidence in item.evidence:
            assert evidence.quote in pages[evidence.page_id].text

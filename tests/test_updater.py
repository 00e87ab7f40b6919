"""Filing and promotion: what is to be done is read from the state, and done once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memoryos import Memoryos, filing
from memoryos.analysts.base import Analyst
from memoryos.analysts.rules import RulesAnalyst
from memoryos.analysts.rules.analyst import PACE
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.model import Owner, Page
from memoryos.shift import Shift
from memoryos.store.base import Update
from memoryos.testing.clock import FixedClock

TOPICS = {
    "kayak": "We paddled the kayak down the river and the rapids were wild.",
    "sourdough": "My sourdough bread rose in the oven, the crust of the loaf was crisp.",
    "chess": "I lost the chess endgame, my rook and bishop could not stop the pawn.",
}


OWNER = Owner("tom", DEFAULT_ASSISTANT_ID)


def talk(memory: Memoryos, topic: str, count: int) -> None:
    for _ in range(count):
        memory.add_memory(TOPICS[topic], "")


def tiers(memory: Memoryos) -> Counter[str]:
    stats = memory.get_memory_stats()
    with memory.engine._working_sets.use(OWNER) as state:  # the rows themselves
        pages = list(state.pages.values())
    assert len(pages) == stats["page_count"]
    return Counter("mid_term" if page.segment is not None else "unfiled" for page in pages)


def test_pages_beyond_short_term_memory_are_filed(memory: Memoryos) -> None:
    talk(memory, "kayak", 10)
    assert not memory.flush()
    assert tiers(memory) == {"unfiled": 7, "mid_term": 3}


def test_pages_of_one_topic_share_a_segment_and_another_topic_has_its_own(
    open_memory: Callable[..., Memoryos],
) -> None:
    memory = open_memory(short_term_capacity=1)
    for topic in ("kayak", "kayak", "sourdough", "sourdough", "chess", "kayak", "chess"):
        talk(memory, topic, 1)
    memory.flush()
    found = {
        next(topic for topic in TOPICS if topic in " ".join(segment.keywords)): segment.page_count
        for segment, _ in memory.segments()
    }
    assert found == {"kayak": 3, "sourdough": 2, "chess": 1}


def test_flushing_again_changes_nothing(memory: Memoryos) -> None:
    talk(memory, "kayak", 10)
    memory.flush()
    before = memory.get_memory_stats()
    memory.flush()
    assert memory.get_memory_stats() == before


def test_the_coldest_segment_is_archived_and_still_recalled(
    open_memory: Callable[..., Memoryos], clock: FixedClock
) -> None:
    """A capacity bounds what filing compares with, not what is known."""
    memory = open_memory(short_term_capacity=1, mid_term_capacity=1)
    talk(memory, "kayak", 1)
    clock.advance(days=1)
    talk(memory, "sourdough", 3)
    memory.flush()
    stats = memory.get_memory_stats()
    assert (stats["mid_term_sessions_count"], stats["archived_sessions_count"]) == (1, 1)
    assert memory.retrieve_memory("kayak rapids").pages[0].user_input == TOPICS["kayak"]


def test_a_recall_warms_the_segments_it_used(open_memory: Callable[..., Memoryos]) -> None:
    memory = open_memory(short_term_capacity=1)
    talk(memory, "kayak", 2)
    memory.flush()
    ((_, before),) = memory.segments()
    memory.retrieve_memory("kayak rapids")
    ((segment, after),) = memory.segments()
    assert segment.visit_count == 1
    assert after == pytest.approx(before + 1)


def test_recall_writes_nothing_in_the_callers_path(open_memory: Callable[..., Memoryos]) -> None:
    """Invariant 8: the revision and the rows are as before."""
    memory = open_memory(short_term_capacity=1)
    talk(memory, "kayak", 3)
    memory.flush()
    before = memory.engine.store.segments(OWNER), memory.get_memory_stats()
    memory.retrieve_memory("kayak rapids")
    after = memory.engine.store.segments(OWNER), memory.get_memory_stats()
    assert after == before


def run_due(memory: Memoryos) -> None:
    """What the background does when it looks."""
    memory.engine._updater.run(OWNER, holder="test")


def test_pages_are_promoted_after_half_an_hour_of_silence(
    memory: Memoryos, clock: FixedClock
) -> None:
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    run_due(memory)
    assert memory.knowledge() == ()
    clock.advance(minutes=30)
    run_due(memory)
    assert [fact.value for fact in memory.knowledge()] == ["nurse"]


def test_pages_of_a_clock_that_was_ahead_keep_nothing_waiting(
    memory: Memoryos, clock: FixedClock
) -> None:
    today = clock()
    clock.advance(days=365)
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    clock.set(today)
    run_due(memory)
    assert [fact.value for fact in memory.knowledge()] == ["nurse"]
    memory.add_memory("I live in Berlin.", "A fine place.")
    run_due(memory)
    assert len(memory.knowledge()) == 1
    clock.advance(minutes=30)
    run_due(memory)
    assert len(memory.knowledge()) == 2


@pytest.mark.parametrize("pick", ["_to_file", "_to_promote", "_to_characterise"])
def test_a_page_forgotten_as_it_is_picked_up_is_nobodys_fault(
    memory: Memoryos, monkeypatch: pytest.MonkeyPatch, pick: str
) -> None:
    """Invariant 5."""
    talk(memory, "kayak", 12)
    picked_of = getattr(Shift, pick)

    def picked(shift: Shift, analyst: Analyst) -> tuple[Page, ...]:
        pages: tuple[Page, ...] = picked_of(shift, analyst)
        monkeypatch.undo()
        memory.forget(page=f"page-{pages[0].number}")
        memory.retrieve_memory("kayak")
        return pages

    monkeypatch.setattr(Shift, pick, picked)
    memory.engine._updater.turn("worker", stopping=lambda: False)
    assert memory.get_memory_stats()["own_failures"] == 0
    assert not memory.flush()


def test_a_hot_segment_promotes_and_cools(
    open_memory: Callable[..., Memoryos], clock: FixedClock
) -> None:
    """Heat = 0 + 4 + ~1 >= 5 with four pages unanalysed; L_interaction goes to 0 (paper §3.3)."""
    memory = open_memory(short_term_capacity=1)
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    for _ in range(4):
        talk(memory, "kayak", 1)
    run_due(memory)
    assert memory.knowledge() == ()
    talk(memory, "kayak", 1)
    run_due(memory)
    assert [fact.value for fact in memory.knowledge()] == ["nurse"]
    assert all(segment.interaction_length == 0 for segment, _ in memory.segments())


def test_pages_are_marked_as_read_even_if_nothing_was_found(memory: Memoryos) -> None:
    talk(memory, "kayak", 3)
    memory.force_mid_term_analysis()
    assert memory.get_memory_stats()["pages_to_analyse"] == 0


class FailingAnalyst:
    """An analyst of the user's own that breaks."""

    name = "broken"
    pace = RulesAnalyst().pace

    def file(self, batch: Any) -> Any:
        raise RuntimeError("out of order")

    promote = characterise = file


def test_a_failed_analysis_leaves_the_state_as_it_was(
    open_memory: Callable[..., Memoryos],
) -> None:
    """Invariant 5."""
    memory = open_memory()
    talk(memory, "kayak", 10)
    before = memory.get_memory_stats()
    good = memory.engine._updater._rules
    memory.engine._updater._rules = FailingAnalyst()
    with pytest.raises(RuntimeError):
        memory.flush()
    assert memory.get_memory_stats() == before
    memory.engine._updater._rules = good
    assert not memory.flush()
    assert tiers(memory) == {"unfiled": 7, "mid_term": 3}


def test_a_run_keeps_its_lease_however_many_steps_it_takes(
    memory: Memoryos, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DESIGN: a worker that is alive keeps its owner; ten steps of 4 s, under leases of 15 s."""
    store, taken_over = memory.engine.store, []
    file, until = filing.plan, timedelta(seconds=15)

    def slow(*arguments: Any, **options: Any) -> Update:
        clock.advance(seconds=4)
        now = clock()
        taken_over.append(store.acquire(OWNER, holder="other", now=now, until=now + until))
        return file(*arguments, **options)

    monkeypatch.setattr(filing, "plan", slow)
    monkeypatch.setattr("memoryos.analysts.rules.analyst.PACE", replace(PACE, batch_pages=1))
    talk(memory, "kayak", 17)
    assert not memory.flush()
    assert taken_over == [None] * 10


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(sorted(TOPICS)), st.integers(-50, 50)),
        st.tuples(st.just("restart")),
        st.tuples(st.just("file")),
        st.tuples(st.just("flush")),
    ),
    max_size=25,
)


@settings(max_examples=25, deadline=None)
@given(STEPS, st.integers(1, 4), st.integers(1, 3))
def test_every_page_is_in_one_tier_and_a_verbatim_query_finds_it(
    steps: list[tuple[Any, ...]], short_term: int, mid_term: int
) -> None:
    """W5, invariant 2."""
    clock = FixedClock()
    with TemporaryDirectory() as folder:

        def open_() -> Memoryos:
            return Memoryos(
                "tom",
                data_storage_path=Path(folder),
                short_term_capacity=short_term,
                mid_term_capacity=mid_term,
                background=False,
                clock=clock,
            )

        memory, added = open_(), {}
        for step, *detail in steps:
            clock.advance(minutes=7)
            if step == "add":
                topic, hours = detail
                text = f"{TOPICS[topic]} It was tour number {len(added)}."
                when = clock() + timedelta(hours=hours)
                added[memory.add_memory(text, "I see.", when)] = text
            elif step == "restart":
                memory.close()
                memory = open_()
            elif step == "file":
                run_due(memory)
            else:
                assert not memory.flush()
        stats = memory.get_memory_stats()
        filed = sum(segment.page_count for segment, _ in memory.segments())
        waiting = stats["awaiting_filing_count"] + min(stats["page_count"] - filed, short_term)
        assert stats["page_count"] == len(added) == filed + waiting
        for page_id, text in added.items():
            assert page_id in {page.id for page in memory.retrieve_memory(text).pages[:10]}
        memory.close()

"""The working set follows the store change by change."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from builders import NOON, a_fact, a_page, a_segment
from hypothesis import given
from hypothesis import strategies as st
from memories import a_memory, ask, changes

from memoryos.errors import CorruptStoreError
from memoryos.index.vectors import SHRINKAGE
from memoryos.model import Kind
from memoryos.store.base import Changes, StoredPage


def test_changes_move_the_revision_and_what_is_held() -> None:
    memory = a_memory(a_page(1, "The kayak"))
    memory.apply(
        changes(
            a_page(2, "The oven"),
            facts=[a_fact(1)],
            segments=[a_segment(1)],
            revision=2,
            next_numbers={**dict.fromkeys(Kind, 1), Kind.PAGE: 3},
        )
    )
    assert (memory.epoch, memory.revision) == ("epoch", 2)
    assert ([*memory.pages], [*memory.facts], [*memory.segments]) == ([1, 2], [1], [1])
    assert memory.next_numbers[Kind.PAGE] == 3


def test_a_reset_drops_what_was_held() -> None:
    memory = a_memory(a_page(1, "The kayak"), facts=[a_fact(1)])
    memory.apply(changes(a_page(2, "The oven"), reset=True))
    assert ([*memory.pages], [*memory.facts]) == ([2], [])
    assert ask(memory, "kayak", embedded=False).pages == ()


@given(st.permutations(range(1, 9)), st.integers(1, 9))
def test_short_term_memory_is_the_newest_pages_in_order_of_time(
    arrival: list[int], capacity: int
) -> None:
    """By timestamp, then by arrival; equal times keep the order of arrival."""
    times = {number: NOON + timedelta(hours=number // 2) for number in arrival}
    memory = a_memory()
    for number in arrival:
        memory.apply(changes(a_page(number, timestamp=times[number])))
    in_order = sorted(arrival, key=lambda number: (times[number], number))
    assert [page.number for page in memory.short_term(capacity)] == in_order[-capacity:]
    assert memory.newest_at == times[in_order[-1]]


def test_the_members_of_a_segment_follow_what_joins_and_what_leaves() -> None:
    memory = a_memory(a_page(1), a_page(2), a_page(3))
    assert (memory.unfiled, memory.unanalysed) == ({1, 2, 3}, {1, 2, 3})
    memory.apply(changes(a_page(2, segment=4), a_page(1, segment=4, analyst="rules"), revision=2))
    assert memory.members[4].newest(9) == (1, 2)
    assert (memory.unfiled, memory.unanalysed) == ({3}, {2, 3})
    memory.apply(changes(a_page(2, segment=5), removed=((Kind.PAGE, 1),), revision=3))
    assert (memory.members[4].newest(9), memory.members[5].newest(9)) == ((), (2,))
    assert (memory.unfiled, memory.unanalysed) == ({3}, {2, 3})


def test_a_page_that_was_filed_lifts_its_segment() -> None:
    page = a_page(1, "The kayak")
    memory = a_memory(page, a_page(2, "The oven", timestamp=NOON + timedelta(days=9), segment=4))

    def session_of_page_2() -> float:
        (found,) = (item for item in ask(memory, "kayak").pages if item.id == "page-2")
        return found.signals["session"]

    before = session_of_page_2()
    memory.apply(changes(replace(page, segment=4), revision=2))
    assert memory.pages[1].segment == 4
    assert session_of_page_2() > before


def test_what_is_removed_is_gone() -> None:
    memory = a_memory(a_page(1, "The kayak"), a_page(2, "The oven"), facts=[a_fact(1)])
    removed = ((Kind.PAGE, 1), (Kind.FACT, 1), (Kind.PAGE, 77))
    memory.apply(changes(removed=removed, revision=2))
    assert ([*memory.pages], [*memory.facts]) == ([2], [])
    assert [page.number for page in memory.short_term(7)] == [2]
    assert ask(memory, "kayak", embedded=False).pages == ()


def test_a_fact_reworded_is_found_by_its_new_words() -> None:
    memory = a_memory(facts=[a_fact(1, text="works as a baker")])
    memory.apply(changes(facts=[a_fact(1, text="works as a pilot")], revision=2))
    assert ask(memory, "pilot", embedded=False).user_knowledge
    assert not ask(memory, "baker", embedded=False).user_knowledge


def test_vectors_may_come_later_and_go_with_their_space() -> None:
    """W9."""
    page, fact = a_page(1, "The kayak"), a_fact(1)
    memory = a_memory(page, facts=[fact], embedded=False)
    assert memory.without_vectors() == [(Kind.PAGE, 1), (Kind.FACT, 1)]
    assert memory.passages(Kind.PAGE, 1) == ("The kayak", "Tell me more.")
    memory.apply(changes(page, facts=[fact], revision=2))
    assert memory.without_vectors() == []
    assert memory.page_vector(1) is not None
    memory.apply(Changes("epoch", 3, reset=False, embedding_model="another"))
    assert memory.page_vector(1) is None
    assert len(memory.without_vectors()) == 2


def test_a_page_vector_is_the_unit_sum_of_its_passages_and_centring_takes_the_mean() -> None:
    memory = a_memory(a_page(1, "aa", agent_response="bb"), a_page(2, "aa", agent_response=""))
    first, second = memory.page_vector(1), memory.page_vector(2)
    assert first is not None
    assert first[:2] == pytest.approx([np.sqrt(0.5)] * 2)
    assert second is not None
    mean = (first + second) / (2 + SHRINKAGE)
    assert memory.page_index.vectors.mean() == pytest.approx(mean)
    centred = memory.centred_vectors([1, 2])[1]
    assert centred == pytest.approx((first - mean) / np.linalg.norm(first - mean), abs=1e-6)


def test_a_page_without_a_vector_has_no_centred_one() -> None:
    assert a_memory(a_page(1), embedded=False).centred_vectors([1]) == {}


def test_memory_held_is_counted() -> None:
    empty, one = a_memory(), a_memory(a_page(1, "kayak " * 1000))
    assert one.nbytes > empty.nbytes + 6000


def test_terms_that_cannot_be_read_are_said_to_be_corrupt() -> None:
    memory = a_memory()
    with pytest.raises(CorruptStoreError):
        memory.apply(replace(changes(), pages=(StoredPage(a_page(1), b"\xff" * 30),)))

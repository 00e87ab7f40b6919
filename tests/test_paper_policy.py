"""Policy `paper`, on examples worked by hand."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from builders import NOON, a_fact, a_page, a_segment
from memories import a_memory, ask

from memoryos.model import Page, Segment
from memoryos.paper_policy import top_pages, top_segments
from memoryos.working_set import WorkingSet


def unit(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_segments_rank_by_cosine_plus_shared_keywords() -> None:
    """Eq. 3: F_score = cos + Jaccard.

    1: 0.8 + 0/3 = 0.8; 2: 0.6 + 1/2 = 1.1; 3: 0 + 2/2 = 1.0; 4: 0.6 + 1/3 = 0.93.
    """
    segments: list[tuple[Segment, np.ndarray | None]] = [
        (a_segment(1, keywords=("bread",)), unit(0.8, 0.6)),
        (a_segment(2, keywords=("kayak",)), unit(0.6, 0.8)),
        (a_segment(3, keywords=("kayak", "river")), None),
        (a_segment(4, keywords=("kayak", "oven")), unit(0.6, -0.8)),
    ]
    query = unit(1.0, 0.0), frozenset({"kayak", "river"})
    ranked = top_segments(*query, segments, count=3)
    assert [segment.number for segment in ranked] == [2, 3, 4]


def test_pages_rank_by_cosine_the_newer_first_of_equal_ones() -> None:
    """Eq. 5, second stage."""
    pages: list[tuple[Page, np.ndarray | None]] = [
        (a_page(1), unit(0.6, 0.8)),
        (a_page(2), unit(1.0, 0.0)),
        (a_page(3), unit(0.6, -0.8)),
        (a_page(4), None),
    ]
    ranked = top_pages(unit(1.0, 0.0), pages, count=3)
    assert [(page.number, pytest.approx(cosine)) for page, cosine in ranked] == [
        *((2, 1.0), (3, 0.6), (1, 0.6))
    ]


def filed() -> WorkingSet:
    """Two segments in mid-term memory, one archived, and a page that is not filed."""
    return a_memory(
        a_page(1, "aaaa", agent_response="", segment=1),
        a_page(2, "aaab", agent_response="", segment=1),
        a_page(3, "bbbb", agent_response="", segment=2),
        a_page(4, "aaaa", agent_response="", segment=3),
        a_page(5, "aaaa", agent_response=""),
        segments=[
            a_segment(1, keywords=()),
            a_segment(2, keywords=()),
            a_segment(3, keywords=(), archived_at=NOON),
        ],
    )


def test_only_pages_of_the_top_segments_in_mid_term_memory_are_seen() -> None:
    """Eq. 5: m segments, then k pages of them; short-term memory comes beside."""
    found = ask(filed(), "aa", policy="paper", recalled_segments=1, short_term_capacity=1)
    assert [page.id for page in found.by_rank()] == ["page-1", "page-2"]
    assert found.by_rank()[1].signals == pytest.approx({"dense": 3 / np.sqrt(10)})
    assert [page.id for page in found.short_term] == ["page-5"]
    both = ask(filed(), "aa", policy="paper", max_results=3)
    assert [page.id for page in both.by_rank()] == ["page-1", "page-2", "page-3"]


def test_facts_rank_by_cosine_within_the_newest_that_are_held() -> None:
    """Capacity 100 by default, first in first out; top-10 of the user and of the agent."""
    facts = [
        a_fact(number, text=text, recorded_at=NOON + timedelta(hours=number))
        for number, text in enumerate(["aa", "ab", "bb", "abb"], start=1)
    ]
    found = ask(a_memory(facts=facts), "aa", policy="paper", long_term_knowledge_capacity=3)
    assert [fact.id for fact in found.user_knowledge] == ["fact-2", "fact-4", "fact-3"]
    assert found.user_knowledge[0].score == pytest.approx(np.sqrt(0.5))
    few = ask(a_memory(facts=facts), "aa", policy="paper", recalled_facts=1)
    assert [fact.id for fact in few.user_knowledge] == ["fact-1"]


def test_without_an_embedder_keywords_still_choose_the_segments() -> None:
    memory = a_memory(
        a_page(1, "The kayak", segment=1),
        a_page(2, "The oven", segment=2),
        segments=[a_segment(1, keywords=("kayak",)), a_segment(2, keywords=("oven",))],
        embedded=False,
    )
    found = ask(memory, "kayak", embedded=False, policy="paper", recalled_segments=1)
    assert [page.id for page in found.pages] == ["page-1"]

"""Segments, F_score and heat, against values worked by hand from the paper's equations."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from builders import NOON, a_segment
from hypothesis import given
from hypothesis import strategies as st

from memoryos.mid_term import (
    CHAIN_BONUS,
    OpenSegment,
    TopicToFile,
    coldest,
    f_score,
    file_topics,
    jaccard,
    segment_heat,
)

EAST = np.array([1, 0], dtype=np.float32)
NORTH = np.array([0, 1], dtype=np.float32)
NORTH_EAST = np.array([0.6, 0.8], dtype=np.float32)

PAPER_DECAY = 1e7


def test_f_score_adds_cosine_and_keyword_overlap() -> None:
    """Eq. 3: cos = 0.6; one keyword shared of three: 1/3."""
    score = f_score(EAST, NORTH_EAST, {"hiking", "alps"}, {"hiking", "boots"})
    assert score == pytest.approx(0.6 + 1 / 3)


def test_a_missing_vector_counts_as_no_similarity() -> None:
    assert f_score(None, EAST, {"hiking"}, {"hiking"}) == 1.0


def test_no_keywords_share_nothing() -> None:
    assert jaccard(set(), set()) == 0.0


def test_heat_is_visits_plus_length_plus_recency() -> None:
    """Eq. 4 with all weights 1: 3 + 4 + exp(-1e7 / 1e7) = 7.3679."""
    segment = a_segment(visit_count=3, interaction_length=4, visited_at=NOON)
    later = NOON + timedelta(seconds=PAPER_DECAY)
    assert segment_heat(segment, now=later, decay_seconds=PAPER_DECAY) == pytest.approx(
        7 + math.exp(-1)
    )


def test_a_clock_that_ran_backwards_counts_as_no_time() -> None:
    segment = a_segment(visit_count=0, interaction_length=0)
    before = NOON - timedelta(days=1)
    assert segment_heat(segment, now=before, decay_seconds=PAPER_DECAY) == 1.0


@given(st.integers(0, 1000), st.integers(0, 1000), st.floats(0, 1e9))
def test_heat_never_rises_while_nobody_visits(visits: int, length: int, seconds: float) -> None:
    segment = a_segment(visit_count=visits, interaction_length=length)
    soon, late = NOON, NOON + timedelta(seconds=seconds)
    assert segment_heat(segment, now=late, decay_seconds=PAPER_DECAY) <= segment_heat(
        segment, now=soon, decay_seconds=PAPER_DECAY
    )


def test_the_coldest_leaves_when_there_are_too_many() -> None:
    hot = a_segment(1, visit_count=9)
    cold = a_segment(2, interaction_length=0)
    archived = a_segment(3, archived_at=NOON, interaction_length=0)
    leaving = coldest([hot, cold, archived], capacity=1, now=NOON, decay_seconds=PAPER_DECAY)
    assert leaving == (cold,)


def test_of_equal_heat_the_older_leaves_first() -> None:
    segments = [a_segment(number) for number in (2, 1, 3)]
    leaving = coldest(segments, capacity=2, now=NOON, decay_seconds=PAPER_DECAY)
    assert [segment.number for segment in leaving] == [1]


def a_topic(page: int, vector: np.ndarray, *keywords: str, chain: int = 1) -> TopicToFile:
    return TopicToFile((page,), frozenset(keywords), vector, chain)


def filed(topics: list[TopicToFile], warm: list[OpenSegment], theta: float = 0.6) -> list[int]:
    result = file_topics(topics, warm, theta=theta, next_number=8, chain_segments={})
    return [item.segment for item in result]


def test_a_page_joins_the_segment_with_the_best_f_score() -> None:
    """Eq. 2-3: 0.6 + 1/2 = 1.1 against 0.8 + 0 = 0.8."""
    warm = [OpenSegment(3, frozenset({"alps"}), EAST), OpenSegment(5, frozenset({"tea"}), NORTH)]
    assert filed([a_topic(1, NORTH_EAST, "alps", "boots")], warm) == [3]


def test_a_page_that_resembles_nothing_founds_a_segment() -> None:
    warm = [OpenSegment(3, frozenset({"alps"}), EAST)]
    assert filed([a_topic(1, NORTH, "tea")], warm) == [8]


def test_f_score_must_exceed_theta_not_reach_it() -> None:
    warm = [OpenSegment(3, frozenset({"alps"}), None)]
    same_keyword = [a_topic(1, EAST, "alps")]
    assert filed(same_keyword, warm, theta=0.999) == [3]
    assert filed(same_keyword, warm, theta=1.0) == [8]


def test_later_pages_join_the_segment_that_an_earlier_one_founded() -> None:
    topics = [a_topic(1, NORTH, "tea"), a_topic(2, NORTH, "tea"), a_topic(3, EAST, "alps", chain=2)]
    assert filed(topics, []) == [8, 8, 9]


def test_a_page_without_a_topic_of_its_own_stays_with_its_chain() -> None:
    follow_up = TopicToFile((2,), frozenset(), NORTH_EAST, chain=1)
    warm = [OpenSegment(3, frozenset(), EAST)]
    theta = 0.6 + CHAIN_BONUS / 2
    alone = file_topics([follow_up], warm, theta=theta, next_number=8, chain_segments={})
    in_chain = file_topics([follow_up], warm, theta=theta, next_number=8, chain_segments={1: 3})
    assert (alone[0].segment, in_chain[0].segment) == (8, 3)


def test_an_analyst_may_say_which_segment_a_topic_continues() -> None:
    topic = TopicToFile((1,), frozenset(), NORTH, chain=1, continues=3)
    assert filed([topic], [OpenSegment(3, frozenset(), EAST)]) == [3]


def test_a_segment_that_does_not_exist_is_not_continued() -> None:
    topic = TopicToFile((1,), frozenset(), NORTH, chain=1, continues=99)
    assert filed([topic], []) == [8]

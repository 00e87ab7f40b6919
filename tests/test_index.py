"""The index of an owner: scores worked by hand, and rows that come and go."""

from __future__ import annotations

import math
from datetime import timedelta

import numpy as np
import pytest
from builders import NOON, a_page, minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from memories import EMBEDDER, NAMES, draft_of

from memoryos.errors import CorruptStoreError
from memoryos.index import postings
from memoryos.index.index import Entry, Index, Ranking, Weights
from memoryos.index.packing import pack_page
from memoryos.index.query import AnalysedQuery
from memoryos.index.vectors import FILLED_ROWS
from memoryos.model import Page
from memoryos.retriever import analyse_query

ALONE = Weights(previous=0.0, next=0.0, session=0.0, segment=0.0, length=0.0)
"""Each page by what it says itself."""


def entry(page: Page) -> Entry:
    return Entry(
        page.number,
        page.timestamp.timestamp(),
        pack_page(draft_of(page)).terms,
        page.conversation_id,
        page.segment,
    )


def vectors(page: Page) -> bytes:
    return EMBEDDER.embed(pack_page(draft_of(page)).passages).tobytes()


def an_index(*pages: Page, weights: Weights = ALONE, embedded: bool = False) -> Index:
    index = Index(weights, gap_seconds=3600.0)
    index.add([entry(page) for page in pages])
    if embedded:
        index.set_vectors({page.number: vectors(page) for page in pages})
    return index


def query(text: str, *, index: Index | None = None) -> AnalysedQuery:
    languages = (index.languages if index else ()) or ("en",)
    return analyse_query(text, NAMES, now=NOON, languages=languages)


def by_number(ranking: Ranking, signal: str | None = None) -> dict[int, float]:
    values = ranking.signals[signal] if signal else ranking.scores
    return dict(zip(ranking.numbers.tolist(), values.tolist(), strict=True))


def test_words_score_by_bm25() -> None:
    """k1 = 0.9, b = 0.4, idf = ln(1 + (N - n + 0.5) / (n + 0.5)), as a share of the best."""
    index = an_index(
        a_page(1, "kayak kayak river", agent_response=""),
        a_page(2, "kayak oven bread flour", agent_response=""),
        a_page(3, "bread flour", agent_response=""),
    )

    def bm25(frequency: int, length: int) -> float:
        idf = math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
        return idf * 1.9 * frequency / (frequency + 0.9 * (1 - 0.4 + 0.4 * length / 3))

    found = by_number(index.rank(query("kayak"), None), "lexical")
    assert found[1] == pytest.approx(0.6)
    assert found[2] == pytest.approx(0.6 * bm25(1, 4) / bm25(2, 3), rel=1e-5)
    assert found[3] == 0


def test_a_word_counts_half_where_another_says_it_than_the_one_asked_about() -> None:
    index = an_index(
        a_page(1, "kayak", agent_response="oven"), a_page(2, "oven", agent_response="kayak")
    )
    found = by_number(index.rank(query("Melanie's kayak"), None))
    assert found[2] > found[1] > 0


def test_a_page_is_as_near_as_its_own_vector_and_its_best_passage() -> None:
    """Mean of cos(query, page) and of the best cos(query, passage)."""
    index = an_index(a_page(1, "aaaa", agent_response="bbbb"), embedded=True)
    dense = by_number(index.rank(query("aa"), EMBEDDER.embed(["aa"])[0]), "dense")
    assert dense[1] == pytest.approx((math.sqrt(0.5) + 1.0) / 2, rel=1e-5)


def test_a_passage_loses_a_tenth_where_another_speaks() -> None:
    index = an_index(a_page(1, "aaaa", agent_response="bbbb"), embedded=True)
    ranking = index.rank(query("Melanie: aa"), EMBEDDER.embed(["aa"])[0])
    assert ranking.passages is not None
    assert ranking.passages.tolist() == pytest.approx([0.9, 0.0])


def test_the_pages_beside_and_the_best_of_the_session_lift_a_page() -> None:
    """S_i = base_i + 0.3 base_{i-1} + 0.2 base_{i+1} + 0.3 max(session) + 0.1 max(segment).

    A page in no segment goes by its session for both.
    """
    index = an_index(
        a_page(1, "oven", agent_response=""),
        a_page(2, "kayak", agent_response=""),
        a_page(3, "bread", agent_response=""),
        a_page(4, "flour", agent_response="", timestamp=NOON + timedelta(hours=5)),
        weights=Weights(length=0.0),
    )
    found = by_number(index.rank(query("kayak"), None))
    assert found == pytest.approx({1: 0.6 * 0.6, 2: 0.6 * 1.4, 3: 0.6 * 0.7, 4: 0.0})


def test_a_conversation_with_an_id_is_one_session_whatever_stands_between() -> None:
    index = an_index(
        a_page(1, "kayak", agent_response="", conversation_id="a"),
        a_page(2, "oven", agent_response="", conversation_id="b"),
        a_page(3, "bread", agent_response="", conversation_id="a", timestamp=NOON + minutes(900)),
        weights=Weights(length=0.0),
    )
    found = by_number(index.rank(query("kayak"), None))
    assert found[2] == 0
    assert found[3] == pytest.approx(0.6 * (0.3 + 0.4))


def test_a_segment_lifts_its_pages_across_sessions() -> None:
    far = NOON + timedelta(days=3)
    index = an_index(
        a_page(1, "kayak", agent_response="", segment=7),
        a_page(2, "oven", agent_response="", timestamp=far),
        weights=Weights(length=0.0),
    )
    assert by_number(index.rank(query("kayak"), None))[2] == 0
    index.move(2, 7)
    assert by_number(index.rank(query("kayak"), None))[2] == pytest.approx(0.6 * 0.1)


def test_a_date_counts_inside_its_window_and_fades_beside_it() -> None:
    """1 inside; beside it half, falling to 0 over 7 days before and 21 days after."""
    days = {1: 10, 2: 10 - 3.5, 3: 11 + 10.5, 4: 11 + 21, 5: 10 - 7}
    start = NOON.replace(month=1, day=1, hour=0)
    pages = [
        a_page(number, "oven", timestamp=start + timedelta(days=day - 1))
        for number, day in days.items()
    ]
    asked = query("What happened on 10 January 2026?")
    found = by_number(an_index(*pages).rank(asked, None), "date")
    assert found == pytest.approx({1: 0.3, 2: 0.075, 3: 0.075, 4: 0.0, 5: 0.0}, abs=1e-5)


def test_signals_add_up_to_the_score() -> None:
    """R6."""
    pages = [a_page(number, text) for number, text in enumerate(TEXTS, start=1)]
    index = an_index(*pages, weights=Weights(), embedded=True)
    ranking = index.rank(query("kayak in March 2026"), EMBEDDER.embed(["kayak"])[0])
    assert set(ranking.signals) >= {"dense", "lexical", "date", "neighbours", "session", "length"}
    assert np.allclose(sum(ranking.signals.values()), ranking.scores, atol=1e-5)


def test_equal_scores_rank_the_newer_first() -> None:
    pages = [a_page(number, "kayak", timestamp=NOON) for number in (1, 2, 3)]
    index = an_index(pages[1], pages[2], pages[0])
    ranking = index.rank(query("kayak"), None)
    assert ranking.numbers[ranking.best(2)].tolist() == [3, 2]


def test_rows_without_vectors_are_found_by_their_words() -> None:
    index = an_index(a_page(1, "kayak"), a_page(2, "bread"))
    index.set_vectors({2: vectors(a_page(2, "bread"))})
    assert index.without_vectors() == [1]
    ranking = index.rank(query("kayak"), EMBEDDER.embed(["kayak"])[0])
    assert by_number(ranking, "dense")[1] == 0
    assert by_number(ranking, "lexical")[1] > 0


def test_more_vectors_than_are_laid_out_at_once_go_each_to_its_row() -> None:
    texts = [f"{word} {number}" for number in range(FILLED_ROWS) for word in ("kayak", "bread")]
    pages = [a_page(number, text) for number, text in enumerate(texts, start=1)]
    index = an_index(*pages, embedded=True)
    assert index.without_vectors() == []
    for page in pages:
        assert index.passage_vectors(page.number).tobytes() == vectors(page)


def test_vectors_that_do_not_fit_are_refused() -> None:
    index = an_index(a_page(1, "kayak"), a_page(2, "bread"), embedded=True)
    with pytest.raises(CorruptStoreError):
        index.set_vectors({1: np.ones(5, dtype=np.float32).tobytes()})


def test_an_empty_index_ranks_nothing() -> None:
    ranking = an_index().rank(query("kayak"), EMBEDDER.embed(["kayak"])[0])
    assert ranking.best(10).tolist() == []


TEXTS = [
    "The kayak and the river",
    "Bread from the oven",
    "Il mio gatto dorme in cucina",
    "我养了一只猫咪",
    "The cat of my sister sleeps " * 30,
]
PAGES = st.lists(
    st.tuples(
        st.sampled_from(TEXTS),
        st.integers(0, 300),
        st.sampled_from([None, "a", "b"]),
        st.sampled_from([None, 1, 2]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(
    PAGES, st.sets(st.integers(1, 12)), st.sampled_from(["kayak", "gatti", "猫咪", "sleep oven"])
)
def test_an_index_followed_row_by_row_is_the_index_built_at_once(
    rows: list[tuple[str, int, str | None, int | None]], gone: set[int], asked: str
) -> None:
    """In any order of time, with rows moved, removed, merged and embedded later."""
    pages = [
        a_page(
            number, text, timestamp=NOON + minutes(minute), conversation_id=talk, segment=segment
        )
        for number, (text, minute, talk, segment) in enumerate(rows, start=1)
    ]
    followed = Index(Weights(), gap_seconds=3600.0)
    for page in pages:
        followed.add([Entry(*(getattr(entry(page), name) for name in UNFILED))])
        followed.rank(query(asked, index=followed), None)
        followed.move(page.number, page.segment)
        followed.set_vectors({page.number: vectors(page)})
    followed.remove(gone)
    kept = [page for page in pages if page.number not in gone]
    built = an_index(*kept, weights=Weights(), embedded=True)

    assert followed.languages == built.languages
    vector = EMBEDDER.embed([asked])[0]
    left, right = (index.rank(query(asked, index=built), vector) for index in (followed, built))
    assert left.numbers.tolist() == right.numbers.tolist()
    assert np.allclose(left.scores, right.scores, atol=1e-5)
    assert np.allclose(left.coverage, right.coverage, atol=1e-5)
    assert left.best(5).tolist() == right.best(5).tolist()


UNFILED = ("number", "time", "packed", "conversation_id")


@pytest.mark.parametrize("tail", [0, 3, 1000])
def test_postings_are_found_in_the_tail_and_merged(
    tail: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postings, "_TAIL", tail)
    index = an_index()
    for number, text in enumerate(TEXTS[:2] * 3, start=1):
        index.add([entry(a_page(number, text))])
    found = by_number(index.rank(query("kayak"), None), "lexical")
    assert [number for number, score in found.items() if score > 0] == [1, 3, 5]

"""Recall across the tiers: what is shown, what is not, and what never raises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import NOON, a_fact, a_page, a_segment
from hypothesis import example, given, settings
from hypothesis import strategies as st
from memories import a_memory, ask

from memoryos.model import Page, Speaker, Tier
from memoryos.recall import Recall
from memoryos.text.tokens import count_tokens
from memoryos.working_set import WorkingSet

SAYINGS = [
    "I adopted a greyhound called Pixel.",
    "We paddled the kayak down the river.",
    "My sourdough bread rose in the oven.",
    "I lost the chess endgame with a rook.",
    "Yesterday the greyhound ate my sourdough bread.",
]


def talk() -> list[Page]:
    return [
        a_page(number, text, timestamp=NOON + timedelta(days=number))
        for number, text in enumerate(SAYINGS, start=1)
    ]


def ids(recall: Recall) -> list[str]:
    return [page.id for page in recall.by_rank()]


@pytest.mark.parametrize("embedded", [True, False])
@pytest.mark.parametrize("number", range(1, len(SAYINGS) + 1))
def test_a_verbatim_query_finds_its_page_first(number: int, embedded: bool) -> None:
    """Invariant 2; W5."""
    memory = a_memory(*talk(), embedded=embedded)
    assert ids(ask(memory, SAYINGS[number - 1], embedded=embedded))[0] == f"page-{number}"


def test_a_page_of_stop_words_alone_is_found() -> None:
    memory = a_memory(*talk(), a_page(9, "Who are you?", agent_response=""), embedded=False)
    assert ids(ask(memory, "Who are you?", embedded=False))[0] == "page-9"


@pytest.mark.parametrize("query", ["zxqv wvut", "🦄🦄", "量子 物理", ""])
@pytest.mark.parametrize("embedded", [True, False])
def test_nonsense_is_answered_with_nothing_but_short_term_memory(
    query: str, embedded: bool
) -> None:
    """R1."""
    memory = a_memory(*talk(), facts=[a_fact(1)], embedded=embedded)
    found = ask(memory, query, embedded=embedded)
    assert (found.pages, found.user_knowledge, found.assistant_knowledge) == ((), (), ())
    assert len(found.short_term) == len(SAYINGS)


def test_an_empty_memory_gives_nothing() -> None:
    """R1."""
    found = ask(a_memory(), "greyhound")
    assert (found.pages, found.short_term, found.to_prompt()) == ((), (), "")


def test_a_question_about_strangers_finds_nothing() -> None:
    memory = a_memory(*talk(), embedded=False)
    found = ask(memory, "Which violin concerto did Bartholomew rehearse?", embedded=False)
    assert found.pages == ()


def test_a_date_alone_is_something_to_be_asked_about() -> None:
    memory = a_memory(*talk(), embedded=False)
    day = NOON + timedelta(days=3)
    assert ids(ask(memory, f"{day:%d %B %Y}?", embedded=False))[0] == "page-3"


@pytest.mark.parametrize(
    ("saying", "query"),
    [
        ("我养了一只猫咪，名字叫豆豆。", "猫咪"),
        ("昨日、京都でお寺を見ました。", "京都"),
        ("어제 부산에서 회를 먹었어요.", "부산"),
    ],
)
def test_a_two_character_word_is_found_without_embeddings(saying: str, query: str) -> None:
    """R3."""
    memory = a_memory(*talk(), a_page(9, saying, agent_response=""), embedded=False)
    assert ids(ask(memory, query, embedded=False))[0] == "page-9"


def test_a_short_query_is_read_in_every_language_of_the_memory() -> None:
    pages = [
        *talk(),
        a_page(8, "Il mio gatto dorme sempre in cucina.", agent_response="Che bello!"),
        a_page(9, "Ich habe gestern einen Hund gekauft.", agent_response="Wie schön!"),
    ]
    memory = a_memory(*pages, embedded=False)
    assert ids(ask(memory, "gatti", embedded=False))[0] == "page-8"
    assert ids(ask(memory, "Hunde", embedded=False))[0] == "page-9"


def test_pages_come_in_order_of_time_and_carry_their_rank() -> None:
    found = ask(a_memory(*talk()), "sourdough bread oven", max_results=3)
    assert [page.timestamp for page in found.pages] == sorted(
        page.timestamp for page in found.pages
    )
    assert sorted(page.rank for page in found.pages) == [1, 2, 3]
    scores = [page.score for page in found.by_rank()]
    assert scores == sorted(scores, reverse=True)


def test_a_page_says_why_it_came_what_day_it_speaks_of_and_how_old_it_is() -> None:
    """R6; M3."""
    (page,) = ask(a_memory(*talk()), "greyhound ate bread", max_results=1).pages
    assert page.id == "page-5"
    assert sum(page.signals.values()) == pytest.approx(page.score, abs=1e-5)
    assert "lexical" in page.why
    assert page.event_date == date(2026, 3, 6)
    assert page.age_seconds == (NOON - page.timestamp).total_seconds()


def test_each_page_says_in_which_tier_it_stands() -> None:
    pages = [
        a_page(1, SAYINGS[0], segment=1),
        a_page(2, SAYINGS[0], segment=2),
        a_page(3, SAYINGS[0]),
        a_page(4, SAYINGS[0]),
    ]
    segments = [a_segment(1), a_segment(2, archived_at=NOON)]
    found = ask(a_memory(*pages, segments=segments), "greyhound", short_term_capacity=1)
    assert [page.tier for page in found.pages] == [
        *(Tier.MID_TERM, Tier.ARCHIVE, Tier.AWAITING_FILING, Tier.SHORT_TERM)
    ]


def test_short_term_memory_is_that_of_the_conversation_where_one_is_given() -> None:
    pages = [a_page(number, conversation_id="ab"[number % 2]) for number in range(1, 5)]
    memory = a_memory(*pages)
    assert [page.number for page in ask(memory, "hiking").short_term] == [1, 2, 3, 4]
    shown = ask(memory, "hiking", conversation_id="a").short_term
    assert [page.number for page in shown] == [2, 4]


def test_facts_are_recalled_by_subject_best_first_while_they_hold() -> None:
    facts = [
        a_fact(1, "baker", text="works as a baker"),
        a_fact(2, "baker", text="recommended a baker", subject=Speaker.AGENT),
        a_fact(3, "bakery", text="worked as a baker", superseded_at=NOON),
        a_fact(4, "bakery", text="was once a baker", valid_to=NOON - timedelta(days=1)),
        a_fact(5, "bread", text="likes every baker in the whole town of Kiel"),
    ]
    found = ask(a_memory(*talk(), facts=facts), "baker")
    assert [(fact.id, fact.rank) for fact in found.user_knowledge] == [("fact-1", 1), ("fact-5", 2)]
    assert [fact.id for fact in found.assistant_knowledge] == ["fact-2"]
    only = ask(a_memory(*talk(), facts=facts), "baker", recalled_facts=1)
    assert [fact.id for fact in only.user_knowledge] == ["fact-1"]


def test_turns_that_answer_best_fill_the_budget() -> None:
    pages = [
        a_page(1, "I keep a kayak. " + "We talked of the weather at length. " * 30),
        a_page(2, "The kayak is red.", agent_response="The oven is hot. " * 40),
    ]
    found = ask(a_memory(*pages), "Which colour is the kayak?", max_tokens=40)
    assert "The kayak is red." in [page.excerpt for page in found.pages]
    assert all("oven" not in page.excerpt for page in found.pages)


@pytest.mark.parametrize("max_tokens", [1, 2, 10, 100, 1000])
def test_the_best_page_shows_something_within_any_budget(max_tokens: int) -> None:
    pages = [a_page(1, "kayak " * 500), a_page(2, "kayak and bread " * 200)]
    found = ask(a_memory(*pages), "kayak", max_tokens=max_tokens)
    best = found.by_rank()[0]
    assert (best.rank, bool(best.excerpt)) == (1, True)
    shown = [turn.text for page in found.pages for turn in page.turns]
    assert sum(map(count_tokens, shown)) <= max_tokens


MEMORY: WorkingSet = a_memory(*talk(), facts=[a_fact(1)])


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=[])), st.booleans())
@example("\ud800", True)
@example('" OR 1=1 --', True)
@example("NEAR(kayak river) * ^ :", False)
@example("page-3", True)
@example("2026-02-31", True)
@example("kayak " * 1700, True)
@example("猫" * 10_000, False)
def test_no_query_raises(query: str, embedded: bool) -> None:
    """R2."""
    assert isinstance(ask(MEMORY, query, embedded=embedded).to_prompt(), str)

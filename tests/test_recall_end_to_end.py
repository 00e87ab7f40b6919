"""Recall through the whole engine: the same everywhere, in any vector space, within its budget."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from memoryos import MemoryConfig, MemoryEngine, Memoryos, Recall
from memoryos.analysts.rules import RulesAnalyst
from memoryos.embedders import open_embedder
from memoryos.embedders.base import Embedder
from memoryos.store import SqlStore
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder
from memoryos.text.tokens import count_tokens

SAYINGS = [
    "I adopted a greyhound called Pixel.",
    "We paddled the kayak down the river.",
    "My sourdough bread rose in the oven.",
    "I lost the chess endgame with a rook.",
    "The greyhound ate my sourdough bread.",
]
QUESTIONS = ["Who is Pixel?", "What happened to the bread?", "river", "Tell me of chess and dogs"]


def fill(memory: Memoryos) -> None:
    for day, saying in enumerate(SAYINGS, start=1):
        memory.add_memory(saying, "I see.", f"2026-01-0{day} 09:00:00")


def shape(recall: Recall) -> list[tuple[str, int, float, str]]:
    return [(page.id, page.rank, round(page.score, 5), page.excerpt) for page in recall.pages]


def test_recall_is_the_same_cold_and_followed_step_by_step(
    open_memory: Callable[..., Memoryos],
) -> None:
    """Invariant 7, on one store."""
    followed = open_memory(short_term_capacity=1)
    for day, saying in enumerate(SAYINGS, start=1):
        followed.add_memory(saying, "I see.", f"2026-01-0{day} 09:00:00")
        followed.retrieve_memory("bread")
        followed.flush()
    cold = open_memory(short_term_capacity=1)
    for question in QUESTIONS:
        assert shape(cold.retrieve_memory(question)) == shape(followed.retrieve_memory(question))


def open_engine(folder: Path, embedder: Embedder | None, clock: FixedClock) -> MemoryEngine:
    return MemoryEngine(
        store=SqlStore.open(folder),
        embedder=embedder,
        rules=RulesAnalyst(),
        config=MemoryConfig(),
        clock=clock,
        background=False,
    )


def dense_share(engine: MemoryEngine) -> float:
    pages = engine.retrieve_memory("tom", "greyhound bread", max_results=9).pages
    return sum("dense" in page.signals for page in pages) / len(pages)


def test_another_embedding_model_loses_nothing_and_mixes_nothing(
    tmp_path: Path, clock: FixedClock
) -> None:
    """W9: lexical recall at once, dense again after re-embedding, and back."""
    with open_engine(tmp_path, LetterEmbedder(), clock) as first:
        for saying in SAYINGS:
            first.add_memory("tom", saying, "I see.")
        assert dense_share(first) == 1
    with open_engine(tmp_path, open_embedder("wordllama"), clock) as second:
        assert dense_share(second) == 0
        assert second.stats("tom").items_to_embed == len(SAYINGS)
        second.flush("tom")
        assert dense_share(second) == 1
        assert second.stats("tom").page_count == len(SAYINGS)
    with open_engine(tmp_path, None, clock) as lexical:
        assert dense_share(lexical) == 0
    with open_engine(tmp_path, open_embedder("wordllama"), clock) as again:
        assert dense_share(again) == 1, "opening without an embedder threw nothing away"


def test_two_processes_with_different_models_do_not_undo_each_other(
    tmp_path: Path, clock: FixedClock
) -> None:
    with (
        open_engine(tmp_path, LetterEmbedder(), clock) as first,
        open_engine(tmp_path, open_embedder("wordllama"), clock) as second,
    ):
        for saying in SAYINGS:
            first.add_memory("tom", saying, "I see.")
        first.flush("tom")
        dense_share(second)
        second.flush("tom")
        revision = second.stats("tom").revision
        for _ in range(3):
            first.flush("tom")
            second.flush("tom")
        assert second.stats("tom").revision == revision
        assert (dense_share(first), dense_share(second)) == (0, 1)


@pytest.mark.parametrize("max_tokens", [1, 20, 60, 150, 400])
def test_what_goes_into_a_prompt_stays_within_its_budget(memory: Memoryos, max_tokens: int) -> None:
    """R2."""
    fill(memory)
    memory.add_memory("Hi, I'm Tom. I work as a nurse. 我喜欢喝茶。", "Hello!")
    memory.flush()
    recall = memory.retrieve_memory("greyhound bread nurse", max_tokens=max_tokens)
    assert count_tokens(recall.to_prompt()) <= max_tokens
    assert sum(count_tokens(page.excerpt) for page in recall.pages) <= max_tokens


def test_no_page_appears_twice_in_a_prompt(memory: Memoryos) -> None:
    """R2."""
    for number in range(12):
        memory.add_memory(f"Kayak tour number {number} on the river.", "Nice.")
    prompt = memory.retrieve_memory("kayak tour").to_prompt()
    assert all(prompt.count(f"(page-{number})") <= 1 for number in range(1, 13))
    assert prompt.count("(page-12)") == 1


@pytest.mark.parametrize(
    "query",
    ["page-1", "fact-99", '"unclosed', "a AND OR NOT (", "NEAR/3", "*", "'; DROP TABLE pages; --",
     "\ud800", "\0", "", " ", "%_", "🤷" * 500, "?" * 9000],
)  # fmt: skip
def test_any_query_is_data(memory: Memoryos, query: str) -> None:
    """R2."""
    fill(memory)
    assert isinstance(memory.retrieve_memory(query).to_prompt(), str)
    assert isinstance(memory.answer(query).text, str)


def test_short_term_memory_shows_the_conversation_asked_for(memory: Memoryos) -> None:
    memory.add_memory("Kayak tour on the river.", "Nice.", conversation_id="a")
    memory.add_memory("Chess in the park.", "Nice.", conversation_id="b")
    shown = memory.retrieve_memory("park", conversation_id="a").short_term
    assert [page.conversation_id for page in shown] == ["a"]


def test_history_imported_in_any_order_is_the_same_history(
    open_memory: Callable[..., Memoryos],
) -> None:
    """M3."""
    days = list(enumerate(SAYINGS, start=1))
    recalls = []
    for user, order in (("forward", days), ("backward", days[::-1])):
        memory = open_memory(user)
        for day, saying in order:
            memory.add_memory(saying, "I see.", f"2026-01-0{day} 09:00:00")
        memory.flush()
        recall = memory.retrieve_memory("greyhound bread", max_results=5)
        recalls.append(
            [(page.user_input, page.timestamp, page.event_date) for page in recall.pages]
        )
        assert [page.user_input for page in recall.short_term] == SAYINGS
    assert recalls[0] == recalls[1]


def test_facts_learnt_in_any_order_are_the_same_facts(open_memory: Callable[..., Memoryos]) -> None:
    """M3: each page is learnt from before the next one comes."""
    said = {
        "2025-02-01": "I live in Madrid. I work as a nurse.",
        "2025-06-01": "I work as a nurse. I love jazz.",
        "2025-11-01": "I live in Berlin now.",
    }
    known = []
    for user, days in (("forward", sorted(said)), ("backward", sorted(said, reverse=True))):
        memory = open_memory(user)
        for day in days:
            memory.add_memory(said[day], "I see.", day)
            memory.flush()
        assert memory.get_user_profile().value("home") == "Berlin"
        facts = {(f.attribute, f.value, f.valid_from, len(f.evidence)) for f in memory.knowledge()}
        known.append(facts)
    assert known[0] == known[1]

"""A working set without a store or a model: pages are packed, and embedded by letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from builders import NOON

from memoryos.config import MemoryConfig
from memoryos.index.packing import pack_fact, pack_page
from memoryos.model import Fact, Kind, Page, PageDraft, Profile, Segment
from memoryos.recall import Names, Recall
from memoryos.retriever import analyse_query, recall
from memoryos.store.base import Changes, Embedding, StoredFact, StoredPage
from memoryos.testing.embedder import LetterEmbedder
from memoryos.working_set import WorkingSet

NAMES = Names(user="Caroline", agent="Melanie")
EMBEDDER = LetterEmbedder()


def changes(
    *pages: Page,
    facts: Sequence[Fact] = (),
    segments: Sequence[Segment] = (),
    revision: int = 1,
    reset: bool = False,
    embedded: bool = True,
    **others: Any,
) -> Changes:
    """The change that brings these pages and facts, with their vectors unless told."""
    packed = [(Kind.PAGE, page.number, pack_page(draft_of(page))) for page in pages]
    packed += [(Kind.FACT, fact.number, pack_fact(fact.text)) for fact in facts]
    stored = [text.terms for _, _, text in packed]
    return Changes(
        epoch="epoch",
        revision=revision,
        reset=reset,
        embedding_model=EMBEDDER.model if embedded else "",
        pages=tuple(map(StoredPage, pages, stored)),
        facts=tuple(map(StoredFact, facts, stored[len(pages) :])),
        segments=tuple(segments),
        embeddings=tuple(
            Embedding(kind, number, EMBEDDER.embed(text.passages).tobytes())
            for kind, number, text in packed
            if embedded
        ),
        **others,
    )


def draft_of(page: Page) -> PageDraft:
    return PageDraft(page.user_input, page.agent_response, page.timestamp, page.conversation_id)


def a_memory(*pages: Page, **others: Any) -> WorkingSet:
    memory = WorkingSet(gap_seconds=3600.0)
    memory.apply(changes(*pages, reset=True, **others))
    return memory


def ask(memory: WorkingSet, query: str, *, embedded: bool = True, **settings: Any) -> Recall:
    """Recall as the engine does it. `settings` are those of `MemoryConfig` and of `recall`."""
    own = {
        name: settings.pop(name)
        for name in ("max_results", "max_tokens", "conversation_id", "profile")
        if name in settings
    }
    analysed = analyse_query(
        query, NAMES, now=NOON, languages=memory.languages, newest_at=memory.newest_at
    )
    vector = EMBEDDER.embed([analysed.text_to_embed])[0] if embedded else None
    arguments: dict[str, Any] = {"max_results": 10, "max_tokens": 2000, "profile": Profile()}
    return recall(
        memory,
        analysed,
        vector,
        names=NAMES,
        config=MemoryConfig(**settings),
        now=NOON,
        **{**arguments, **own},
    )

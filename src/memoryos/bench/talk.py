"""A conversation's memory held open, to be ranked in ways that recall does not offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from memoryos.bench.recall import take_in
from memoryos.config import Policy
from memoryos.embedders.base import Embedder
from memoryos.index.index import Ranking
from memoryos.index.query import AnalysedQuery
from memoryos.index.vectors import Floats
from memoryos.memoryos import Memoryos
from memoryos.model import Owner
from memoryos.recall import Names
from memoryos.retriever import analyse_query, score_pages
from memoryos.working_set import WorkingSet

if TYPE_CHECKING:
    from memoryos.bench.locomo.asked import Subject

PAGES = 20
"""How many pages a ranking is asked for."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What an owner's memory holds, and whom and when it is asked by."""

    memory: WorkingSet
    names: Names
    now: datetime
    embedder: Embedder

    def read(self, question: str) -> AnalysedQuery:
        """The question as recall reads it."""
        return analyse_query(
            question,
            self.names,
            now=self.now,
            languages=self.memory.languages,
            newest_at=self.memory.newest_at,
        )

    def embed(self, query: AnalysedQuery) -> Floats:
        """The vector of what is to be embedded of a query, (dim,)."""
        vector: Floats = self.embedder.embed([query.text_to_embed])[0]
        return vector

    def rank(self, query: AnalysedQuery, vector: Floats | None) -> Ranking:
        """The pages as recall ranks them."""
        return score_pages(self.memory, query, vector, count=PAGES)


def open_talk(subject: Subject, folder: Path, *, policy: Policy) -> Talk:
    """Take a conversation in as any memory is, in a folder that may go afterwards. It is asked a
    day after its last session."""
    conversation, now = subject.conversation, subject.asked_at
    with Memoryos(
        conversation.sample_id,
        openai_api_key="",
        data_storage_path=folder,
        user_name=conversation.speaker_a,
        assistant_name=conversation.speaker_b,
        policy=policy,
        background=False,
        clock=lambda: now,
    ) as opened:
        take_in(subject.drafts, opened)
        engine = opened.engine
        assert engine.embedder is not None
        memory = WorkingSet(gap_seconds=engine.config.conversation_gap_seconds)
        owner = Owner(opened.user_id, opened.assistant_id)
        memory.apply(engine.store.changes(owner, since=0))
        names = Names(conversation.speaker_a, conversation.speaker_b)
        return Talk(memory, names, now, engine.embedder)

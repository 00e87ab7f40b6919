"""Retrieval: what memory holds about a query, across the tiers (paper, Eq. 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from memoryos.config import MemoryConfig
from memoryos.excerpts import Passage, pack_excerpts
from memoryos.index.index import Index, Ranking
from memoryos.index.query import AnalysedQuery
from memoryos.index.terms import hash_grams, hash_term
from memoryos.index.vectors import Floats
from memoryos.long_term import in_force
from memoryos.model import Kind, Page, Profile, Speaker, Tier
from memoryos.recall import Names, Recall, RecalledFact, RecalledPage, Turn
from memoryos.speakers import find_speaker
from memoryos.text.dates import event_date, time_window
from memoryos.text.language import guess_language
from memoryos.text.tokens import terms
from memoryos.working_set import WorkingSet


def analyse_query(
    query: str,
    names: Names,
    *,
    now: datetime,
    languages: Sequence[str] = ("en",),
    newest_at: datetime | None = None,
) -> AnalysedQuery:
    """Read a query: whom it asks about, what for, and when. Never raises.

    `languages` are those of the owner's pages, the commonest first: a query of two or three words
    is taken to be in that, and its words are looked up by their stems in all of them. `newest_at`
    is the time of the newest page, from which "in May" is seen.
    """
    language = guess_language(query, default=languages[0])
    speaker, bare = find_speaker(query, names, language)
    window = time_window(query, now=now, language=language, reference=newest_at)
    stems = zip(*(terms_of(bare, language, held) for held in {language, *languages}), strict=True)
    return AnalysedQuery(
        text=query,
        text_to_embed=bare,
        language=language,
        speaker=speaker,
        words=(),
        grams=np.unique(hash_grams(bare, language)) if language != "en" else NO_GRAMS,
        window=(window.start.timestamp(), window.end.timestamp()) if window else None,
    )

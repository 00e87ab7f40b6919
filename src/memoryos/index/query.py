"""What an index is asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from memoryos.index.terms import Hashes
from memoryos.model import Speaker
from memoryos.text.past import Past


@dataclass(frozen=True, slots=True)
class Word:
    """A term of a query."""

    stems: tuple[int, ...]
    """Hashes of its stems in the languages that the index holds: any of them will do."""
    kin: tuple[int, ...] = ()
    """Hashes of the stems of what falls under it, ascending, and none of the query's own words: of
    "pet", "dog" and "cat"."""
    is_date: bool = False
    """Whether it is part of the time that the query names."""


@dataclass(frozen=True, slots=True)
class AnalysedQuery:
    """A query, read: what to look for, of whom, and when."""

    text: str
    text_to_embed: str
    """The query without the names of the speakers, which dominate sentence embeddings."""
    language: str
    speaker: Speaker | None
    """The one speaker it asks about; None if it means none, or both."""
    says_name: bool
    """Whether it calls a speaker by name, not only "I" or "you"."""
    words: tuple[Word, ...]
    grams: Hashes
    """Distinct hashes of character grams; empty where the query is English."""
    window: tuple[float, float] | None
    """The time it names, POSIX seconds from and to."""
    past: Past | None = None
    """What it says of the past; None if it asks for what is."""
    asked: frozenset[str] = frozenset()
    """The attributes of the user that it asks for."""


NO_GRAMS: Hashes = np.empty(0, dtype=np.uint32)

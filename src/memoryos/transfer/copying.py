"""Copying a whole store into another database, an owner a transaction."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil

from memoryos.clock import Clock, utc_now
from memoryos.config import MemoryConfig, sqlite_path
from memoryos.errors import InvalidArgumentError
from memoryos.model import Owner, Page
from memoryos.recall import Names
from memoryos.retriever import analyse_query
from memoryos.store import SqlStore
from memoryos.store.base import Changes
from memoryos.store.copying import Fate, Outcome, copy_owner, count, read_keys
from memoryos.store.database import Database
from memoryos.store.migrations import HEAD
from memoryos.store.sql_store import open_database
from memoryos.working_set import WorkingSet

logger = logging.getLogger(__name__)

PROBES = 100
PROBED_OWNERS = 20
COMPARED_PAGES = 10
"""Of each probe: so many does a recall give."""
SCORE_DIGITS = 5
"""As `Ranking.best` compares them: the last bits of a float depend on how the library adds up."""
QUERY_CHARACTERS = 500
"""Of a long page so much is asked for."""
ERASE_PATIENCE_SECONDS = 5.0

Best = list[tuple[int, float]]
"""Pages by number, with their scores, the best first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a copy is, of what there was at its beginning."""

    pages: int
    of_pages: int


@dataclass(slots=True)
class Copy:
    """What a copy did."""

    owners: Counter[Fate] = field(default_factory=Counter)
    pages: Counter[Fate] = field(default_factory=Counter)
    refused: list[Outcome] = field(default_factory=list)
    probes: int = 0
    """Recalls that were compared."""
    differing: list[Owner] = field(default_factory=list)
    """Owners of whom the two databases do not recall the same."""
    erased: bool = True
    """False where bytes that were replaced are still on the target's disk: whoever closes it next
    erases them."""

    def note(self, outcome: Outcome) -> None:
        self.owners[outcome.fate] += 1
        self.pages[outcome.fate] += outcome.pages
        if outcome.fate is Fate.REFUSED:
            self.refused.append(outcome)


def copy_memory(
    source_url: str,
    target_url: str,
    *,
    told: Callable[[Progress], None] = lambda progress: None,
    clock: Clock = utc_now,
) -> Copy:
    """Bring every memory of one database into another, and compare what both recall.

    Broken off, or asked again, it goes on with what is not there yet. The source is only read; a
    memory of the target that is no earlier copy is left as it is (`store.copying.copy_owner`).
    Raises InvalidArgumentError for a source that is not there or not of this release's schema,
    StorageError where either cannot be used; what was copied until then is there, owner by owner.
    """
    copy = Copy()
    with _opened_source(source_url) as source, _opened(target_url) as target:
        target.prepare()
        of_owners, of_pages = count(source)
        probed: list[Owner] = []
        for place, key in enumerate(read_keys(source)):
            outcome = copy_owner(source, target, key)
            copy.note(outcome)
            told(Progress(copy.pages.total(), of_pages))
            is_probed = place % max(1, of_owners // PROBED_OWNERS) == 0
            if is_probed and outcome.pages and outcome.fate is not Fate.REFUSED:
                probed.append(outcome.owner)
        _compare(source, target, probed, copy, now=clock())
        if copy.owners[Fate.RENEWED]:
            copy.erased = target.erase(patience_seconds=ERASE_PATIENCE_SECONDS)
    logger.info("copied %d owners, %d pages", copy.owners.total(), copy.pages.total())
    return copy


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def _opened_source(url: str) -> Iterator[Database]:
    path = sqlite_path(url)
    if path is not None and not path.is_file():
        raise InvalidArgumentError(f"there is no database to copy from at {path}")
    with _opened(url) as source:
        version = source.version()
        if version != HEAD:
            raise InvalidArgumentError(
                f"{source.name} is not of this release's schema (it has {version or 'none'}, not"
                f" {HEAD}): a copy changes nothing in it; bring it there with memoryos migrate"
            )
        yield source


def _compare(
    source: Database, target: Database, probed: Sequence[Owner], copy: Copy, *, now: datetime
) -> None:
    """Ask both for what some of the pages say; who has changed meanwhile is passed over."""
    for owner in probed:
        mine, its = (SqlStore(one).changes(owner, since=0) for one in (source, target))
        if mine.revision != its.revision:
            continue
        asked = _spread(mine, ceil(PROBES / len(probed)))
        copy.probes += len(asked)
        if _best(mine, owner, asked, now) != _best(its, owner, asked, now):
            copy.differing.append(owner)


def _spread(changes: Changes, most: int) -> list[Page]:
    """Some of the pages, spread evenly over all."""
    pages = [stored.page for stored in changes.pages]
    if len(pages) <= most:
        return pages
    return [pages[place * len(pages) // most] for place in range(most)]


def _best(changes: Changes, owner: Owner, asked: Sequence[Page], now: datetime) -> list[Best]:
    """For each page asked for by its own words, and its vectors: the best pages, with scores."""
    memory = WorkingSet(gap_seconds=MemoryConfig().conversation_gap_seconds)
    memory.apply(changes)
    names = Names(owner.user_id, owner.assistant_id)
    found = []
    for page in asked:
        query = analyse_query(
            page.text[:QUERY_CHARACTERS],
            names,
            now=now,
            languages=memory.languages,
            newest_at=memory.newest_at,
        )
        ranking = memory.page_index.rank(query, memory.page_vector(page.number))
        rows = ranking.best(COMPARED_PAGES)
        scores = ranking.scores[rows].round(SCORE_DIGITS)
        found.append(list(zip(ranking.numbers[rows].tolist(), scores.tolist(), strict=True)))
    return found

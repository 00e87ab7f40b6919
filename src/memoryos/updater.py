"""Filing and promotion: a loop that reads what is to be done from the state.

Pages without vectors are embedded, pages that left short-term memory are filed into segments, hot
or idle ones are promoted to the persona. One round reads, lets go of every lock, asks the analyst,
and commits its whole result under a lease. Killed anywhere, the next round starts over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from memoryos import filing, long_term, mid_term
from memoryos.analysts.base import Analyst, PromotionBatch
from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embedder, embed_groups
from memoryos.errors import LeaseLostError, ModelError
from memoryos.index.packing import pack_fact
from memoryos.model import Kind, Owner, Page, Segment
from memoryos.store.base import Embedding, Lease, Store, StoredFact, Update
from memoryos.working_set import WorkingSet
from memoryos.working_sets import WorkingSets

logger = logging.getLogger(__name__)

EMBEDDING_BATCH = 256
FILING_BATCH = 500
PROMOTION_BATCH = 500
RETRY_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Pending:
    """What still waits for an owner. False when nothing does."""

    items_to_embed: int = 0
    """Pages and facts without a vector in the embedder's space."""
    pages_to_file: int = 0
    pages_to_analyse: int = 0

    def __bool__(self) -> bool:
        return bool(self.items_to_embed or self.pages_to_file or self.pages_to_analyse)


class Updater:
    """Consolidates one owner at a time; any number of updaters may share a store."""

    def __init__(
        self,
        store: Store,
        working_sets: WorkingSets,
        *,
        embedder: Embedder | None,
        analyst: Analyst,
        clock: Clock,
        config: MemoryConfig,
    ) -> None:
        self._store = store
        self._working_sets = working_sets
        self._embedder = embedder
        self._analyst = analyst
        self._clock = clock
        self._config = config

    def run(self, owner: Owner, *, holder: str, on_demand: bool = False) -> Pending | None:
        """Do all that is due of `owner`, or all there is with `on_demand`.

        Returns what still waits, or None if another holder is at work on the owner.
        """
        lease = self._lease(owner, holder)
        if lease is None:
            return None
        retry = True
        try:
            waits = False
            with self._working_sets.use(owner) as memory:
                # Pages that come while this runs are for the next run: it ends, however many come.
                end = memory.next_numbers[Kind.PAGE]
            steps: list[Callable[[], Update | None]] = [
                lambda: self._embed(owner),
                lambda: self._file(owner, end),
                lambda: self._promote(owner, end, on_demand=on_demand),
                lambda: self._embed(owner),  # the facts just learnt
            ]
            for step in steps:
                try:
                    while update := step():
                        self._store.commit(lease, update)
                        # A long import outlives a lease: every round takes it anew.
                        lease = self._lease(owner, holder) or lease
                except ModelError as error:
                    # Pages wait, unharmed and recallable; the rest goes on without.
                    logger.warning("consolidation waits: %s", type(error).__name__)
                    waits = True
            retry = waits
        except LeaseLostError:
            logger.info("another worker took over an owner")
            return None
        finally:
            self._store.release(lease, due_at=self._next_due(owner, retry=retry))
        return self.pending(owner, on_demand=on_demand)

    def pending(self, owner: Owner, *, on_demand: bool = True) -> Pending:
        """What waits; pages that promotion is not yet due for count only with `on_demand`."""
        with self._working_sets.use(owner) as memory:
            return Pending(
                items_to_embed=len(self._unembedded(memory)),
                pages_to_file=len(self.awaiting(memory)),
                pages_to_analyse=len(unanalysed(memory)) if on_demand else 0,
            )

    def awaiting(self, memory: WorkingSet) -> tuple[Page, ...]:
        """The pages that left short-term memory and are not filed yet, in order of time."""
        recent = memory.short_term(self._config.short_term_capacity)
        waiting = memory.unfiled.difference(page.number for page in recent)
        return _in_order(memory, waiting)

    def _lease(self, owner: Owner, holder: str) -> Lease | None:
        now = self._clock()
        until = now + timedelta(seconds=self._config.lease_seconds)
        return self._store.acquire(owner, holder=holder, now=now, until=until)

    def _embed(self, owner: Owner) -> Update | None:
        """Vectors for pages and facts that have none in this embedder's space."""
        if self._embedder is None:
            return None
        with self._working_sets.use(owner) as memory:
            missing = self._unembedded(memory)[:EMBEDDING_BATCH]
            texts = [memory.passages(*key) for key in missing]
        if not missing:
            return None
        vectors = embed_groups(self._embedder, texts)
        embeddings = [Embedding(*key, rows) for key, rows in zip(missing, vectors, strict=True)]
        return Update(embeddings=tuple(embeddings), embedding_model=self._embedder.model)

    def _unembedded(self, memory: WorkingSet) -> list[tuple[Kind, int]]:
        if self._embedder is None or memory.embedding_model != self._embedder.model:
            return []
        return memory.without_vectors()

    def _file(self, owner: Owner, end: int) -> Update | None:
        """The next batch of pages that left short-term memory, into chains and segments."""
        with self._working_sets.use(owner) as memory:
            waiting = [page for page in self.awaiting(memory) if page.number < end]
            pages = tuple(waiting[:FILING_BATCH])
            if not pages:
                return None
            desk = filing.prepare(memory, pages, config=self._config)
        answer = self._analyst.file(desk.batch)
        return filing.plan(
            desk,
            answer,
            heat=self._store.segments(owner),
            config=self._config,
            now=self._clock(),
        )

    def _promote(self, owner: Owner, end: int, *, on_demand: bool) -> Update | None:
        """The next batch of due pages, into facts and traits."""
        now = self._clock()
        with self._working_sets.use(owner) as memory:
            pages = tuple(page for page in unanalysed(memory) if page.number < end)
            if pages and not on_demand:
                pages = self._due_pages(owner, pages, now)
            pages = pages[:PROMOTION_BATCH]
            held = tuple(memory.facts.values())
            traits = tuple(memory.traits.values())
            numbers = dict(memory.next_numbers)
        if not pages:
            return None
        learnt = self._analyst.promote(PromotionBatch(pages=pages, held=held))
        facts = long_term.merge_facts(
            held,
            learnt.facts,
            next_number=numbers[Kind.FACT],
            learner=self._analyst.name,
            now=now,
        )
        return Update(
            analysed=tuple(page.number for page in pages),
            facts=tuple(
                StoredFact(fact, pack_fact(f"{fact.attribute}: {fact.text}").terms)
                for fact in facts
            ),
            traits=long_term.merge_traits(
                traits,
                learnt.traits,
                next_number=numbers[Kind.TRAIT],
                learner=self._analyst.name,
                now=now,
            ),
            segments=self._cooled(owner, pages),
        )

    def _due_pages(self, owner: Owner, pages: tuple[Page, ...], now: datetime) -> tuple[Page, ...]:
        """The unanalysed `pages` if promotion is due: heat >= tau with enough of them, or idle.

        Policy `paper` promotes the unanalysed pages of hot segments, and those alone.
        """
        config = self._config
        hot = {
            segment.number
            for segment in self._store.segments(owner)
            if mid_term.segment_heat(segment, now=now, decay_seconds=config.heat_decay_seconds)
            >= config.mid_term_heat_threshold
        }
        if config.policy == "paper":
            return tuple(page for page in pages if page.segment in hot)
        is_hot = any(page.segment in hot for page in pages)
        if is_hot and len(pages) >= config.promotion_batch:
            return pages
        idle = now - max(page.recorded_at for page in pages)
        return pages if idle.total_seconds() >= config.promotion_idle_seconds else ()

    def _cooled(self, owner: Owner, pages: tuple[Page, ...]) -> tuple[Segment, ...]:
        # L_interaction goes to 0 after promotion (paper §3.3); without this a hot segment would be
        # promoted again by every later page.
        promoted = {page.segment for page in pages}
        return tuple(
            replace(segment, interaction_length=0)
            for segment in self._store.segments(owner)
            if segment.number in promoted
        )

    def _next_due(self, owner: Owner, *, retry: bool) -> datetime | None:
        now = self._clock()
        if retry:
            return now + timedelta(seconds=RETRY_SECONDS)
        with self._working_sets.use(owner) as memory:
            pages = unanalysed(memory)
        if self._config.policy == "paper" or not pages:
            return None
        newest = max(page.recorded_at for page in pages)
        idle_at = newest + timedelta(seconds=self._config.promotion_idle_seconds)
        return max(idle_at, now)


def unanalysed(memory: WorkingSet) -> tuple[Page, ...]:
    """The pages that promotion has not read, in order of time."""
    return _in_order(memory, memory.unanalysed)


def _in_order(memory: WorkingSet, numbers: Iterable[int]) -> tuple[Page, ...]:
    return tuple(sorted((memory.pages[number] for number in numbers), key=lambda page: page.order))

"""One run of consolidation over one owner: what it does, step by step, while it holds the lease."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import accumulate, count

from memoryos import filing, promotion
from memoryos.analysts.base import Analyst, PromotionBatch, TraitBatch
from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embedder, embed_groups
from memoryos.errors import LeaseLostError
from memoryos.lesson import Lesson, prepare
from memoryos.model import RULES, Fact, Kind, Owner, Page, Segment, Trait
from memoryos.store.base import CALLER, Embedding, Lease, Setback, Store, Update
from memoryos.working_set import WorkingSet
from memoryos.working_sets import WorkingSets

EMBEDDING_BATCH = 256

RENEWED_AFTER = 1 / 3
"""Of `MemoryConfig.lease_seconds`: a lease is taken anew once so much of it is gone, and still
outlives a model call. To do so after every step would double what a turn over one page writes."""


class Shift:
    """What is due of `owner`, or all there is with `on_demand`, one batch a step.

    Each step reads, lets go of every lock, asks its analyst or the embedder, and gives the update
    to commit; None when nothing of its kind is left.
    """

    def __init__(
        self,
        owner: Owner,
        *,
        holder: str,
        store: Store,
        working_sets: WorkingSets,
        embedder: Embedder | None,
        clock: Clock,
        config: MemoryConfig,
        lease_seconds: float,
        on_demand: bool,
        stopping: Callable[[], bool],
    ) -> None:
        self.owner = owner
        self.rounds = 0
        """Updates committed so far."""
        self._holder = holder
        self._store = store
        self._working_sets = working_sets
        self._embedder = embedder
        self._clock = clock
        self._config = config
        self._lease_seconds = lease_seconds
        self._on_demand = on_demand
        self._stopping = stopping
        self._lease: Lease | None = None
        self._end = 0
        self._looked_at: dict[int, str] = {}
        """Page number -> its text, of pages looked at in this run."""
        self._teachable: dict[int, Page | None] = {}
        """Page number -> what of it may be learnt from; None for nothing."""

    def take(self, lease: Lease | None = None) -> bool:
        """Take the lease, or the one that was claimed; False if another holder has it."""
        if lease is None:
            return self._renew()
        self._lease = lease
        return True

    def begin(self) -> None:
        """Look what there is, under the lease."""
        with self._working_sets.use(self.owner) as memory:
            # Pages that come while this runs are for the next run: it ends, however many come.
            self._end = memory.next_numbers[Kind.PAGE]

    def do(self, step: Callable[[], Update | None], *, rounds: int | None = None) -> None:
        """Commit what `step` gives until it gives nothing, or the run is to stop; at most so many
        times as `rounds`.

        Raises LeaseLostError, and what the step raises.
        """
        for _ in count() if rounds is None else range(rounds):
            if self._stopping() or not (update := step()):
                return
            self._commit(update)
            # A long import outlives a lease.
            if self._is_to_renew():
                self._renew()

    @property
    def is_stopped(self) -> bool:
        """Whether it was told to end before it is through."""
        return self._stopping()

    def is_due(self, analyst: Analyst) -> bool:
        """Whether there is something to do for `analyst` now, rather than when it has lain idle."""
        picks = (self._to_file, self._to_promote, self._to_characterise)
        return any(pick(analyst) for pick in picks)

    def finish(self, *, due_at: datetime | None, setback: Setback | None) -> None:
        """Give the lease back; may be called again, and from another thread."""
        lease, self._lease = self._lease, None
        if lease:
            self._store.release(lease, due_at=due_at, setback=setback)

    def embed(self) -> Update | None:
        """Vectors for pages and facts that have none in this embedder's space."""
        if self._embedder is None:
            return None
        with self._working_sets.use(self.owner) as memory:
            missing = unembedded(memory, self._embedder)[:EMBEDDING_BATCH]
            texts = [memory.passages(*key) for key in missing]
        if not missing:
            return None
        vectors = embed_groups(self._embedder, texts)
        embeddings = [Embedding(*key, rows) for key, rows in zip(missing, vectors, strict=True)]
        return Update(embeddings=tuple(embeddings), embedding_model=self._embedder.model)

    def file(self, analyst: Analyst) -> Update | None:
        """The next batch of pages that left short-term memory, into chains and segments."""
        pages = self._to_file(analyst)
        if not pages:
            return None
        with self._still_with(pages) as memory:
            desk = filing.prepare(memory, pages, config=self._config)
        answer = analyst.file(desk.batch)
        return filing.plan(
            desk,
            answer,
            heat=self._store.segments(
                self.owner, numbers=[segment.number for segment in desk.batch.segments]
            ),
            learner=analyst.name,
            config=self._config,
            now=self._clock(),
        )

    def promote(self, analyst: Analyst) -> Update | None:
        """The next batch of due pages, into facts."""
        pages = self._to_promote(analyst)
        if not pages:
            return None
        with self._still_with(pages) as memory:
            held = tuple(memory.facts.values())
            said_at = _said_at(memory, held)
            next_number = memory.next_numbers[Kind.FACT]
        lesson = self._lesson(pages)
        shown = self._shown(lesson)
        learnt = analyst.promote(PromotionBatch(pages=shown, held=held)) if shown else ()
        return promotion.plan_facts(
            held,
            pages,
            lesson.believed(learnt, held),
            said_at={**said_at, **{page.number: page.timestamp for page in pages}},
            segments=self._segments_of(pages),
            next_number=next_number,
            analyst=analyst.name,
            now=self._clock(),
        )

    def characterise(self, analyst: Analyst) -> Update | None:
        """The next batch of pages that traits have not been asked of, into traits."""
        pages = self._to_characterise(analyst)
        if not pages:
            return None
        with self._still_with(pages) as memory:
            held = tuple(memory.traits.values())
            said_at = _said_at(memory, held)
            next_number = memory.next_numbers[Kind.TRAIT]
        in_time = tuple(sorted(pages, key=lambda page: page.order))
        in_force = tuple(trait for trait in held if trait.superseded_at is None)
        shown = self._shown(self._lesson(in_time))
        learnt = analyst.characterise(TraitBatch(pages=shown, held=in_force)) if shown else ()
        return promotion.plan_traits(
            held,
            pages,
            learnt,
            said_at={**said_at, **{page.number: page.timestamp for page in pages}},
            next_number=next_number,
            analyst=analyst.name,
            now=self._clock(),
        )

    def reopen(self, *, by_rules: bool) -> int:
        """Dissolve segments, all or those that rules filed; how many pages that leaves waiting."""
        with self._working_sets.use(self.owner) as memory:
            dissolved = {
                number
                for number, segment in memory.segments.items()
                if not by_rules or segment.learner == RULES
            }
            pages = memory.pages.values()
            read = [page.number for page in pages if by_rules and page.analyst == RULES]
            change = Update(
                unfiled=tuple(page.number for page in pages if page.segment in dissolved),
                unanalysed=tuple(read),
                dissolved=tuple(dissolved),
                traits_back_to=min(read) - 1 if read else None,
            )
        if change:
            self._commit(change)
        return len({*change.unfiled, *change.unanalysed})

    def next_due(self) -> datetime | None:
        """When pages that wait are consolidated for lying idle; None if none waits."""
        with self._working_sets.use(self.owner) as memory:
            waiting = [*awaiting(memory, self._config)]
            if self._config.policy != "paper":
                waiting += unanalysed(memory)
            idle_at = self._idle_at(memory, waiting)
        return max(idle_at, self._clock()) if idle_at else None

    def _to_file(self, analyst: Analyst) -> tuple[Page, ...]:
        with self._working_sets.use(self.owner) as memory:
            waiting = awaiting(memory, self._config)
            return _batch(self._due_for_filing(memory, waiting, analyst), analyst)

    def _to_promote(self, analyst: Analyst) -> tuple[Page, ...]:
        now = self._clock()
        with self._working_sets.use(self.owner) as memory:
            pages = self._of_this_run(unanalysed(memory))
        if pages and not self._on_demand:
            pages = promotion.due_pages(
                pages,
                self._segments_of(pages),
                wait=analyst.pace.promotion_wait,
                config=self._config,
                now=now,
            )
        return _batch(pages, analyst)

    def _to_characterise(self, analyst: Analyst) -> tuple[Page, ...]:
        """By arrival, for that is how they are counted; a batch is read in order of time."""
        through = self._store.progress(self.owner).traits_through
        with self._working_sets.use(self.owner) as memory:
            # Not every page is looked through: a long memory would pay for it at each new one.
            new = [number for number in range(through + 1, self._end) if number in memory.pages]
            enough = 1 if self._on_demand else analyst.pace.traits_wait
            if len(new) < enough:
                return ()
            return _batch([memory.pages[number] for number in new], analyst)

    @contextmanager
    def _still_with(self, pages: Iterable[Page]) -> Iterator[WorkingSet]:
        """The working set as this process saw it last, if it holds `pages` yet.

        Raises LeaseLostError if one of them was forgotten since they were picked: forgetting takes
        the lease by force.
        """
        with self._working_sets.use(self.owner, follow=False) as memory:
            if any(page.number not in memory.pages for page in pages):
                raise LeaseLostError("a page was forgotten meanwhile; nothing was committed")
            yield memory

    def _segments_of(self, pages: Iterable[Page]) -> tuple[Segment, ...]:
        """The segments that hold `pages`, with their present heat."""
        numbers = {page.segment for page in pages if page.segment is not None}
        return self._store.segments(self.owner, numbers=numbers)

    def _lesson(self, pages: Sequence[Page]) -> Lesson:
        """`pages` in order of time, with what their replies were made of."""
        numbers = [page.number for page in pages]
        of_replies = self._store.uses(self.owner, pages=(min(numbers), max(numbers)))
        handed_out = self._store.uses(self.owner, page=CALLER)
        with self._still_with(pages) as memory:
            return prepare(memory, pages, (*of_replies, *handed_out))

    def _shown(self, lesson: Lesson) -> tuple[Page, ...]:
        """What an analyst may learn from; a page that facts were asked of is not looked at again
        for traits."""
        new = [page for page in lesson.pages if self._looked_at.get(page.number) != page.text]
        if new:
            gap_seconds = self._config.conversation_gap_seconds
            teachable = lesson.teachable(gap_seconds=gap_seconds)
            self._teachable.update(dict.fromkeys(page.number for page in lesson.pages))
            self._teachable.update((page.number, page) for page in teachable)
            self._looked_at.update((page.number, page.text) for page in lesson.pages)
        shown = (self._teachable[page.number] for page in lesson.pages)
        return tuple(page for page in shown if page is not None)

    def _commit(self, update: Update) -> None:
        if self._lease is None:
            raise LeaseLostError("the lease was given back meanwhile; nothing was committed")
        self._store.commit(self._lease, update)
        self.rounds += 1

    def _is_to_renew(self) -> bool:
        if self._lease is None:
            return False  # given back meanwhile: the next commit says so
        left = (self._lease.until - self._clock()).total_seconds()
        gone = self._lease_seconds - left
        # Less than nothing is gone if our clock was set back.
        return not 0 <= gone <= RENEWED_AFTER * self._config.lease_seconds

    def _renew(self) -> bool:
        now = self._clock()
        until = now + timedelta(seconds=self._lease_seconds)
        lease = self._store.acquire(self.owner, holder=self._holder, now=now, until=until)
        self._lease = lease or self._lease
        return lease is not None

    def _due_for_filing(
        self, memory: WorkingSet, waiting: Sequence[Page], analyst: Analyst
    ) -> Sequence[Page]:
        pages = self._of_this_run(waiting)
        if self._on_demand or len(pages) >= analyst.pace.filing_wait:
            return pages
        idle_at = self._idle_at(memory, pages)
        return pages if idle_at and idle_at <= self._clock() else ()

    def _idle_at(self, memory: WorkingSet, waiting: Sequence[Page]) -> datetime | None:
        """When pages that wait are consolidated for lying idle; None if none waits.

        A page that a newer one pushed out of short-term memory lies idle only once that one does:
        else each would be filed by itself as a new session begins.
        """
        if not waiting:
            return None
        recent = memory.short_term(self._config.short_term_capacity)
        return promotion.idle_at((*waiting, *recent), self._config, now=self._clock())

    def _of_this_run(self, pages: Iterable[Page]) -> tuple[Page, ...]:
        return tuple(page for page in pages if page.number < self._end)


def awaiting(memory: WorkingSet, config: MemoryConfig) -> tuple[Page, ...]:
    """The pages that left short-term memory and are not filed yet, in order of time."""
    recent = memory.short_term(config.short_term_capacity)
    waiting = memory.unfiled.difference(page.number for page in recent)
    return _in_order(memory, waiting)


def unanalysed(memory: WorkingSet) -> tuple[Page, ...]:
    """The pages that promotion has not read, in order of time."""
    return _in_order(memory, memory.unanalysed)


def unembedded(memory: WorkingSet, embedder: Embedder | None) -> list[tuple[Kind, int]]:
    """The pages and facts without a vector in the space of `embedder`."""
    if embedder is None or memory.embedding_model != embedder.model:
        return []
    return memory.without_vectors()


def _batch(pages: Sequence[Page], analyst: Analyst) -> tuple[Page, ...]:
    """As many of the first pages as the analyst takes at once; one at least."""
    pace = analyst.pace
    taken = tuple(pages[: pace.batch_pages])
    sizes = accumulate(pace.tokens_of(page) for page in taken)
    fitting = sum(size <= pace.batch_tokens for size in sizes)
    return taken[: max(1, fitting)]


def _said_at(memory: WorkingSet, items: Iterable[Fact | Trait]) -> dict[int, datetime]:
    """When the pages that `items` rest on were said."""
    numbers = {evidence.page for item in items for evidence in item.evidence}
    return {number: memory.pages[number].timestamp for number in numbers if number in memory.pages}


def _in_order(memory: WorkingSet, numbers: Iterable[int]) -> tuple[Page, ...]:
    return tuple(sorted((memory.pages[number] for number in numbers), key=lambda page: page.order))

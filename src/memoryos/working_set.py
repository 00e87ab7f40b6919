"""What a process holds of one owner: rows, their indexes, and which revision they stand at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, MutableMapping
from datetime import datetime
from typing import Any

from memoryos.index.index import FACT_WEIGHTS, Entry, Index, Weights
from memoryos.index.vectors import Floats
from memoryos.model import Fact, Kind, Page, Segment, Speaker, Trait
from memoryos.short_term import PagesInTime
from memoryos.store.base import Changes, StoredFact, StoredPage

_PAGE_BYTES = 1200
"""What a page takes in memory beside its text and its place in the index."""


class WorkingSet:
    """The memory of one owner, followed change by change. Writes nothing; not thread-safe."""

    def __init__(self, *, gap_seconds: float) -> None:
        self._gap_seconds = gap_seconds
        self.epoch = ""
        self.revision = 0
        self.embedding_model = ""
        self._clear()

    def _clear(self) -> None:
        self.pages: dict[int, Page] = {}
        self.facts: dict[int, Fact] = {}
        self.segments: dict[int, Segment] = {}
        self.traits: dict[int, Trait] = {}
        self.page_index = Index(Weights(), gap_seconds=self._gap_seconds)
        self.fact_index = Index(FACT_WEIGHTS, gap_seconds=self._gap_seconds)
        self.next_numbers: Mapping[Kind, int] = dict.fromkeys(Kind, 1)
        self.in_time = PagesInTime()
        """All pages, in order of time."""
        self.members: defaultdict[int, PagesInTime] = defaultdict(PagesInTime)
        """Segment -> its pages, in order of time."""
        self.unfiled: set[int] = set()
        self.unanalysed: set[int] = set()
        self._text_bytes = 0

    @property
    def nbytes(self) -> int:
        """Bytes of memory, closely."""
        indexes = self.page_index.nbytes + self.fact_index.nbytes
        return indexes + self._text_bytes + _PAGE_BYTES * (len(self.pages) + len(self.facts))

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the pages, the commonest first; ("en",) while there are none."""
        return self.page_index.languages or ("en",)

    @property
    def newest_at(self) -> datetime | None:
        """The timestamp of the newest page."""
        return self.in_time.newest_at

    def apply(self, changes: Changes) -> None:
        """Follow the store to the revision of `changes`.

        Raises CorruptStoreError on packed terms that cannot be read.
        """
        if changes.reset:
            self._clear()
        if changes.embedding_model != self.embedding_model:
            self.page_index.clear_vectors()
            self.fact_index.clear_vectors()
        self._remove(changes.removed)
        self._put_pages(changes.pages)
        self._put_facts(changes.facts)
        self.segments.update((segment.number, segment) for segment in changes.segments)
        self.traits.update((trait.number, trait) for trait in changes.traits)
        for kind, index in ((Kind.PAGE, self.page_index), (Kind.FACT, self.fact_index)):
            index.set_vectors(
                {item.number: item.vectors for item in changes.embeddings if item.kind is kind}
            )
        self.next_numbers = changes.next_numbers
        self.epoch, self.revision = changes.epoch, changes.revision
        self.embedding_model = changes.embedding_model

    def rows(self, kind: Kind) -> MutableMapping[int, Any]:
        """What is held of one kind, by number."""
        shelves: dict[Kind, MutableMapping[int, Any]] = {
            Kind.PAGE: self.pages,
            Kind.FACT: self.facts,
            Kind.SEGMENT: self.segments,
            Kind.TRAIT: self.traits,
        }
        return shelves[kind]

    def short_term(self, capacity: int) -> tuple[Page, ...]:
        """The newest `capacity` pages, in order of time; equal times keep the order of arrival."""
        return tuple(self.pages[number] for number in self.in_time.newest(capacity))

    def passages(self, kind: Kind, number: int) -> tuple[str, ...]:
        """The texts to embed of a page or a fact, in order."""
        return tuple(text for _, text in self.spoken_passages(kind, number))

    def spoken_passages(self, kind: Kind, number: int) -> tuple[tuple[Speaker, str], ...]:
        """The passages of a page or a fact with who speaks them, in the order of their vectors."""
        if kind is Kind.FACT:
            fact = self.facts[number]
            return ((fact.subject, fact.text),)
        page = self.pages[number]
        return tuple(
            (speaker, page.half(speaker)[start:end])
            for speaker, start, end in self.page_index.passages(number)
        )

    def without_vectors(self) -> list[tuple[Kind, int]]:
        """The pages and facts that have no vector yet, in the order they came."""
        kinds = ((Kind.PAGE, self.page_index), (Kind.FACT, self.fact_index))
        return [(kind, number) for kind, index in kinds for number in index.without_vectors()]

    def page_vector(self, number: int) -> Floats | None:
        """The unit vector of a page, (dim,); None while it has none."""
        return self.page_index.vector(number)

    def centred_vectors(self, numbers: Iterable[int]) -> dict[int, Floats]:
        """Page number -> its vector less the owner's mean, unit, (dim,); only of those with one."""
        return self.page_index.centred_vectors(numbers)

    def _put_pages(self, stored: Iterable[StoredPage]) -> None:
        fresh, rewritten = [], []
        joined: defaultdict[int, list[Page]] = defaultdict(list)
        for item in stored:
            page = item.page
            known = self.pages.get(page.number)
            if known is None:
                fresh.append(item)
            elif known.segment != page.segment:
                self.page_index.move(page.number, page.segment)
                self._leave_segments([known])
            if known is not None and known.text != page.text:
                rewritten.append(item)
                self._text_bytes += _bytes_of(page) - _bytes_of(known)
            if page.segment is not None and (known is None or known.segment != page.segment):
                joined[page.segment].append(page)
            self.pages[page.number] = page
            _note(self.unfiled, page.number, page.segment is None)
            _note(self.unanalysed, page.number, page.analyst is None)
        for segment, pages in joined.items():
            self.members[segment].add(pages)
        # With its words a page loses its vectors; new ones come as those of a new page do.
        _drop(self.page_index, [item.page.number for item in rewritten])
        self.page_index.add(
            [
                Entry(
                    item.page.number,
                    item.page.timestamp.timestamp(),
                    item.terms,
                    item.page.conversation_id,
                    item.page.segment,
                )
                for item in (*fresh, *rewritten)
            ]
        )
        if fresh:
            self.in_time.add([item.page for item in fresh])
            self._text_bytes += sum(_bytes_of(item.page) for item in fresh)

    def _leave_segments(self, pages: Iterable[Page]) -> None:
        left: defaultdict[int, set[int]] = defaultdict(set)
        for page in pages:
            if page.segment is not None:
                left[page.segment].add(page.number)
        for segment, numbers in left.items():
            self.members[segment].remove(numbers)

    def _put_facts(self, stored: Iterable[StoredFact]) -> None:
        fresh = []
        for item in stored:
            known = self.facts.get(item.fact.number)
            if known is None or known.text != item.fact.text:
                fresh.append(item)
            self.facts[item.fact.number] = item.fact
        _drop(self.fact_index, [item.fact.number for item in fresh])
        self.fact_index.add(
            [
                Entry(item.fact.number, item.fact.recorded_at.timestamp(), item.terms)
                for item in fresh
            ]
        )

    def _remove(self, removed: Iterable[tuple[Kind, int]]) -> None:
        gone: dict[Kind, set[int]] = {kind: set() for kind in Kind}
        for kind, number in removed:
            gone[kind].add(number)
        pages = [self.pages[number] for number in gone[Kind.PAGE] if number in self.pages]
        if pages:
            self._text_bytes -= sum(map(_bytes_of, pages))
            self.in_time.remove(gone[Kind.PAGE])
            self.unfiled -= gone[Kind.PAGE]
            self.unanalysed -= gone[Kind.PAGE]
            self._leave_segments(pages)
        _drop(self.page_index, gone[Kind.PAGE])
        _drop(self.fact_index, gone[Kind.FACT])
        for kind, numbers in gone.items():
            rows = self.rows(kind)
            for number in numbers:
                rows.pop(number, None)


def _drop(index: Index, numbers: Collection[int]) -> None:
    """Take rows out of an index. If no vector is left in it, it is as one that never had any:
    there is nothing to compare a query with."""
    if not numbers:
        return
    index.remove(numbers)
    if len(index.without_vectors()) == len(index):
        index.clear_vectors()


def _note(numbers: set[int], number: int, belongs: bool) -> None:
    if belongs:
        numbers.add(number)
    else:
        numbers.discard(number)


def _bytes_of(page: Page) -> int:
    return 2 * (len(page.user_input) + len(page.agent_response))

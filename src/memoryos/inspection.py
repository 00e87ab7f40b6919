"""`doctor --deep`: whether all that a store holds is as it must be (docs/design.md, invariants).

What holds between rows is asked of the database (`store.inspecting`). Here: that terms and vectors
are those of the text, that a page's own words find it, and that memory is the same loaded whole
and followed step by step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from memoryos.clock import Clock, utc_now
from memoryos.config import MemoryConfig
from memoryos.errors import CorruptStoreError
from memoryos.index.index import Index, Ranking
from memoryos.index.packing import PASSAGE, pack_page, unpack
from memoryos.index.query import AnalysedQuery
from memoryos.index.vectors import Floats
from memoryos.model import Kind, Page, PageDraft
from memoryos.promotion import stored_fact
from memoryos.recall import Names
from memoryos.retriever import analyse_query
from memoryos.store import SqlStore
from memoryos.store.base import Changes, StoredPage
from memoryos.store.inspecting import Breach, Finding, Surveyed, finding
from memoryos.working_set import WorkingSet

SAMPLE = 20
"""Pages of an owner whose own words are asked for: all, where there are no more."""
COMPARED = 5
"""How many of these queries memory is asked twice: loaded whole, and followed."""
FOUND_AMONG = 10
OWN_SIGNALS = ("dense", "lexical", "characters", "date")
QUERY_CHARACTERS = 1000
"""Of a long page so much is asked for."""

UNIT = 1e-3
"""How far from 1 the norm of a vector may be."""
SAME_SCORE = 1e-4
"""Sums of floats differ by less, in whatever order they were added up."""

GAP_SECONDS = MemoryConfig().conversation_gap_seconds

Items = set[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an inspection is."""

    owners: int
    pages: int
    """Of these owners, all of which were looked at."""
    of_owners: int
    """How many there were at its beginning."""


def inspect(
    store: SqlStore,
    *,
    clock: Clock = utc_now,
    told: Callable[[Progress], None] = lambda progress: None,
) -> Iterator[Finding]:
    """What is wrong in a store; nothing, if all is well.

    Others may write meanwhile: each owner is seen as it is at one moment. Holds one owner's memory
    at a time, and changes nothing. Raises StorageError where the store cannot be read at all.
    """
    owners = pages = 0
    of_owners = store.count_owners()
    for surveyed in store.survey():
        yield from surveyed.findings
        if surveyed.owner is not None:
            yield from _inspect_owner(surveyed, now=clock())
        owners += surveyed.key != ""
        pages += len(surveyed.whole.pages) if surveyed.whole else 0
        told(Progress(owners, pages, of_owners))


def _inspect_owner(surveyed: Surveyed, *, now: datetime) -> Iterator[Finding]:
    assert surveyed.owner is not None
    assert surveyed.whole is not None
    assert surveyed.recent is not None
    key, whole = surveyed.key, surveyed.whole
    terms = _with_other_terms(whole)
    vectors = _with_bad_vectors(whole, besides=terms)
    for breach, items in ((Breach.TERMS, terms), (Breach.VECTORS, vectors)):
        if items:
            yield finding(breach, key, items)
    if terms or vectors:
        return
    names = Names(surveyed.owner.user_id, surveyed.owner.assistant_id)
    try:
        loaded = _load(whole)
        followed = _load(*_in_two_steps(whole, surveyed.recent))
    except CorruptStoreError:
        yield Finding(Breach.UNREADABLE, key)
        return
    probes = [_probe(loaded, page, names, now) for page in _sample(loaded)]
    if lost := {(Kind.PAGE.value, probe.page.number) for probe in probes if not probe.is_found}:
        yield finding(Breach.NOT_FOUND, key, lost)
    if not _are_equal(loaded, followed, probes[:: max(1, len(probes) // COMPARED)]):
        yield Finding(Breach.DRIFT, key)


def _with_other_terms(whole: Changes) -> Items:
    """Pages and facts whose stored terms are not what their text gives."""
    bad = {
        (Kind.PAGE.value, stored.page.number)
        for stored in whole.pages
        if stored.terms != pack_page(_draft(stored.page)).terms
    }
    return bad | {
        (Kind.FACT.value, stored.fact.number)
        for stored in whole.facts
        if stored != stored_fact(stored.fact)
    }


def _draft(page: Page) -> PageDraft:
    return PageDraft(page.user_input, page.agent_response, page.timestamp)


def _with_bad_vectors(whole: Changes, *, besides: Items) -> Items:
    """Pages and facts whose vectors are not one for each passage, all of one length, and unit or
    zero; not of those whose terms, which tell the passages, are bad themselves."""
    terms = {(Kind.PAGE.value, stored.page.number): stored.terms for stored in whole.pages}
    terms |= {(Kind.FACT.value, stored.fact.number): stored.terms for stored in whole.facts}
    vectors = {(item.kind.value, item.number): item.vectors for item in whole.embeddings}
    held = sorted((vectors.keys() & terms.keys()) - besides)
    lengths = {item: _vector_bytes(vectors[item], terms[item]) for item in held}
    (usual, _), *_ = Counter(lengths.values()).most_common(1) or [(0, 0)]
    return {
        item
        for item, length in lengths.items()
        if length != usual or not _is_unit(vectors[item], length)
    }


def _vector_bytes(vectors: bytes, terms: bytes) -> int:
    """The bytes of each vector; 0 where they do not come out even."""
    passages = len(unpack(terms).passages) // PASSAGE.itemsize
    length, rest = divmod(len(vectors), passages)
    return 0 if rest or length % np.dtype(np.float32).itemsize else length


def _is_unit(vectors: bytes, length: int) -> bool:
    if not length:
        return False
    matrix = np.frombuffer(vectors, dtype=np.float32).reshape(-1, length // 4).astype(np.float64)
    squares = np.einsum("ij,ij->i", matrix, matrix)
    # Text without content has the zero vector. NaN is neither.
    return bool(np.all((squares == 0) | (np.abs(np.sqrt(squares) - 1) <= UNIT)))


def _load(*steps: Changes) -> WorkingSet:
    memory = WorkingSet(gap_seconds=GAP_SECONDS)
    for step in steps:
        memory.apply(step)
    return memory


def _in_two_steps(whole: Changes, recent: Changes) -> Sequence[Changes]:
    """`whole` as it reaches who loaded what is older than `recent`, and then followed."""
    if recent.reset:
        return (whole,)
    fresh = {(item.kind, item.number) for item in recent.embeddings}
    embedded = {(item.kind, item.number) for item in whole.embeddings} - fresh
    pages = {stored.page.number for stored in recent.pages}
    facts = {stored.fact.number for stored in recent.facts}
    segments = {segment.number for segment in recent.segments}
    traits = {trait.number for trait in recent.traits}
    # What has vectors from before was there before: a page, still to be filed.
    older = replace(
        whole,
        pages=tuple(
            _unfiled(stored) if stored.page.number in pages else stored
            for stored in whole.pages
            if stored.page.number not in pages or (Kind.PAGE, stored.page.number) in embedded
        ),
        facts=tuple(
            stored
            for stored in whole.facts
            if stored.fact.number not in facts or (Kind.FACT, stored.fact.number) in embedded
        ),
        segments=tuple(s for s in whole.segments if s.number not in segments),
        traits=tuple(t for t in whole.traits if t.number not in traits),
        embeddings=tuple(e for e in whole.embeddings if (e.kind, e.number) in embedded),
    )
    return (older, recent)


def _unfiled(stored: StoredPage) -> StoredPage:
    page = replace(stored.page, chain=None, meta_chain="", segment=None, analyst=None)
    return replace(stored, page=page)


@dataclass(frozen=True, slots=True)
class _Probe:
    """A page's own words, asked of memory; in place of their vector, the page's own."""

    page: Page
    query: AnalysedQuery
    vector: Floats | None
    is_found: bool


def _sample(memory: WorkingSet) -> list[Page]:
    """Pages spread evenly over the memory."""
    pages = [memory.pages[number] for number in sorted(memory.pages)]
    if len(pages) <= SAMPLE:
        return pages
    return [pages[place * len(pages) // SAMPLE] for place in range(SAMPLE)]


def _probe(memory: WorkingSet, page: Page, names: Names, now: datetime) -> _Probe:
    query = analyse_query(
        page.text[:QUERY_CHARACTERS],
        names,
        now=now,
        languages=memory.languages,
        newest_at=memory.newest_at,
    )
    vector = memory.page_vector(page.number)
    ranking = memory.page_index.rank(query, vector)
    # What stands among its like is lifted by them: a page that stands alone is to be found by what
    # it says itself. Who said the same finds it, too; what says nothing finds nothing.
    best = {*_best(ranking), *_best(_by_itself(ranking))}
    is_found = any(memory.pages[number].text == page.text for number in best)
    return _Probe(page, query, vector, is_found or not (query.words or vector is not None))


def _best(ranking: Ranking) -> list[int]:
    found: list[int] = ranking.numbers[ranking.best(FOUND_AMONG)].tolist()
    return found


def _by_itself(ranking: Ranking) -> Ranking:
    """`ranking` without what rows gain from others."""
    own = [values for name, values in ranking.signals.items() if name in OWN_SIGNALS]
    return replace(ranking, scores=sum(own, np.zeros_like(ranking.scores)))


def _are_equal(one: WorkingSet, other: WorkingSet, probes: Sequence[_Probe]) -> bool:
    """Whether two working sets hold the same, and recall the same by the same scores."""
    rows = all(one.rows(kind) == other.rows(kind) for kind in Kind)
    order = one.in_time.newest(len(one.pages)) == other.in_time.newest(len(one.pages))
    waiting = (one.unfiled, one.unanalysed) == (other.unfiled, other.unanalysed)
    return (
        rows
        and order
        and waiting
        and all(
            _rank_equally(mine, its, probe)
            for probe in probes
            for mine, its in (
                (one.page_index, other.page_index),
                (one.fact_index, other.fact_index),
            )
        )
    )


def _rank_equally(one: Index, other: Index, probe: _Probe) -> bool:
    mine, its = one.rank(probe.query, probe.vector), other.rank(probe.query, probe.vector)
    numbers, scores = _by_number(mine)
    its_numbers, its_scores = _by_number(its)
    return np.array_equal(numbers, its_numbers) and np.allclose(
        scores, its_scores, rtol=0, atol=SAME_SCORE
    )


def _by_number(ranking: Ranking) -> tuple[np.ndarray, Floats]:
    order = np.argsort(ranking.numbers)
    return ranking.numbers[order], ranking.scores[order]

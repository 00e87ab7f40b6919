"""Retrieval: what memory holds about a query, across the tiers (paper, Eq. 5)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from functools import lru_cache

import numpy as np

from memoryos import paper_policy
from memoryos.config import MemoryConfig
from memoryos.evidence import is_about
from memoryos.excerpts import Passage, RankedPage, pack_excerpts
from memoryos.fact_recall import rank_facts
from memoryos.index.index import Ranking
from memoryos.index.query import NO_GRAMS, AnalysedQuery, Word
from memoryos.index.terms import hash_grams, hash_term
from memoryos.index.vectors import Floats
from memoryos.model import Fact, Kind, Page, Profile, Speaker, Tier
from memoryos.recall import Names, Outdated, Recall, RecalledPage
from memoryos.speakers import find_speaker
from memoryos.text.asked import asked_attributes
from memoryos.text.dates import find_dates, time_window
from memoryos.text.kin import kin
from memoryos.text.language import guess_language
from memoryos.text.past import Past, asks_of_past
from memoryos.text.tokens import query_terms, terms
from memoryos.viewpoint import Viewpoint, ended_at
from memoryos.working_set import WorkingSet

DATED_PAGES = 2
"""How many times as many pages as are asked for are read for the days they speak of, where a query
names a time."""

_YEAR = re.compile(r"(?:19|20)\d\d")


def analyse_query(
    query: str,
    names: Names,
    *,
    now: datetime,
    languages: Sequence[str] = ("en",),
    newest_at: datetime | None = None,
) -> AnalysedQuery:
    """Read a query: whom it asks about, what for, and when.

    `languages` are those of the owner's pages, the commonest first: a query of two or three words
    is taken to be in that one, and every word is looked up by its stems in all of them.
    `newest_at` is the time of the newest page, from which "in May" is seen.
    """
    language = guess_language(query, default=languages[0])
    spoken_of = find_speaker(query, names, language)
    window = time_window(query, now=now, language=language, reference=newest_at)
    past = asks_of_past(query, language)
    if past is None and window is not None and window.end <= now:
        past = Past()
    return AnalysedQuery(
        text=query,
        text_to_embed=spoken_of.bare,
        language=language,
        speaker=spoken_of.speaker,
        says_name=spoken_of.says_name,
        words=_words(spoken_of.bare, language, languages, now=now, is_dated=window is not None),
        grams=np.unique(hash_grams(spoken_of.bare, language)) if language != "en" else NO_GRAMS,
        window=(window.start.timestamp(), window.end.timestamp()) if window else None,
        past=past,
        asked=asked_attributes(query, language),
    )


def _words(
    text: str, language: str, languages: Sequence[str], *, now: datetime, is_dated: bool
) -> tuple[Word, ...]:
    """The terms of a query, those of its date marked."""
    stemmers = tuple(dict.fromkeys((language, *languages)))
    found = query_terms(text, language, stemmers)
    undated = set(found)
    if is_dated:
        rest = text
        for mention in reversed(find_dates(text, said_at=now, language=language)):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        undated = {
            term for term in query_terms(rest, language, stemmers) if not _YEAR.fullmatch(term[0])
        }
    own = {hash_term(stem) for term in found for stem in term}
    return tuple(
        Word(
            stems=tuple(map(hash_term, term)),
            kin=tuple(number for number in _kin(term[0], language) if number not in own),
            is_date=term not in undated,
        )
        for term in found
    )


@lru_cache(maxsize=1 << 12)
def _kin(stem: str, language: str) -> tuple[int, ...]:
    """The hashes of a stem's kin, ascending."""
    return tuple(sorted(map(hash_term, kin(language).get(stem, ()))))


def recall(
    memory: WorkingSet,
    query: AnalysedQuery,
    vector: Floats | None,
    *,
    names: Names,
    config: MemoryConfig,
    profile: Profile,
    now: datetime,
    max_results: int,
    max_tokens: int,
    conversation_id: str | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Recall:
    """The best pages and facts for a query, with all of short-term memory and the profile.

    `vector` is that of `query.text_to_embed`, unit, (dim,), in the space of the working set; None
    for lexical recall alone. Pages come in order of time; their excerpts fit `max_tokens`. Facts
    are those in force, and for a query about the past the others, too; with `as_of` or `known_at`,
    those of that time alone (see `Viewpoint`). `conversation_id` keeps short-term pages of other
    conversations out.
    """
    viewpoint = Viewpoint(now, as_of, known_at)
    held = {fact.number: fact for fact in viewpoint.facts(memory.facts.values(), memory.pages)}
    rest = (memory.facts[number] for number in sorted(memory.facts.keys() - held.keys()))
    over = {fact.number: fact for fact in rest if viewpoint.is_now or viewpoint.is_over(fact)}
    short_term = _short_term(memory, viewpoint, config.short_term_capacity)
    if config.policy == "paper":
        pages = paper_policy.rank_pages(memory, query, vector, config=config, count=max_results)
        pages = tuple(item for item in pages if viewpoint.knows(item.page))
        facts = {
            subject: tuple(item for item in found if viewpoint.is_now or item.fact.number in held)
            for subject, found in paper_policy.rank_facts(memory, vector, config=config).items()
        }
    else:
        ranking = score_pages(memory, query, vector, count=max_results)
        pages = choose_pages(memory, query, vector, ranking, viewpoint, count=max_results)
        reached = {**held, **over} if query.past is not None and viewpoint.is_now else held
        facts = rank_facts(memory, query, vector, reached, over, count=config.recalled_facts)
    shown = {page.number: page for page in (*short_term, *(item.page for item in pages))}
    outdated = _outdated(over.values(), shown)
    return Recall(
        query=query.text,
        names=names,
        pages=show_pages(memory, pages, short_term, outdated, max_tokens=max_tokens, now=now),
        user_knowledge=facts[Speaker.USER],
        assistant_knowledge=facts[Speaker.AGENT],
        profile=profile,
        short_term=tuple(
            page
            for page in short_term
            if conversation_id is None or page.conversation_id == conversation_id
        ),
        max_tokens=max_tokens,
        outdated=outdated,
    )


def _short_term(memory: WorkingSet, viewpoint: Viewpoint, capacity: int) -> tuple[Page, ...]:
    if viewpoint.known_at is None:
        return memory.short_term(capacity)
    every = memory.short_term(len(memory.pages))
    return tuple(page for page in every if viewpoint.knows(page))[-capacity:]


def _outdated(over: Iterable[Fact], shown: Mapping[int, Page]) -> dict[int, tuple[Outdated, ...]]:
    """What pages say that is over, by page. One that tells of an end was said after it."""
    found: defaultdict[int, dict[int, Outdated]] = defaultdict(dict)
    for fact in over:
        until = ended_at(fact)
        for piece in fact.evidence:
            page = shown.get(piece.page)
            if page is not None and until is not None and page.timestamp < until:
                found[page.number][fact.number] = Outdated(fact, until)
    return {number: tuple(items.values()) for number, items in found.items()}


def score_pages(
    memory: WorkingSet, query: AnalysedQuery, vector: Floats | None, *, count: int
) -> Ranking:
    """Every page of the memory with its score, the `count` best of which are asked for."""
    ranking = memory.page_index.rank(query, vector)
    if query.window is None:
        return ranking
    return _by_event_date(memory, ranking, query.window, count=DATED_PAGES * count)


def choose_pages(
    memory: WorkingSet,
    query: AnalysedQuery,
    vector: Floats | None,
    ranking: Ranking,
    viewpoint: Viewpoint,
    *,
    count: int,
) -> tuple[RankedPage, ...]:
    """The best pages of a ranking that the viewpoint knows, best first; none if nothing in memory
    is about the query."""
    rows = ranking.best(count if viewpoint.known_at is None else len(ranking.scores))
    if viewpoint.known_at is not None:
        known = [viewpoint.knows(memory.pages[number]) for number in ranking.numbers[rows].tolist()]
        rows = rows[np.array(known, dtype=np.bool_)][:count]
    if not is_about(memory.page_index, ranking, vector, rows):
        return ()
    return tuple(
        RankedPage(
            page=memory.pages[number],
            score=float(ranking.scores[row]),
            signals=ranking.signals_of(row),
            passages=tuple(_passages(memory, query, ranking, row, number)),
        )
        for row, number in zip(rows.tolist(), ranking.numbers[rows].tolist(), strict=True)
    )


def _by_event_date(
    memory: WorkingSet, ranking: Ranking, window: tuple[float, float], *, count: int
) -> Ranking:
    """`ranking` with its best rows weighed by the days they speak of, too: what was told long after
    it happened counts as though it had been told then."""
    if "date" not in ranking.signals:
        return ranking
    date, weight = ranking.signals["date"], memory.page_index.weights.event
    best = (row for row in ranking.best(count).tolist() if date[row] < weight)
    speak = [row for row in best if _speaks_of(memory, row, ranking, window)]
    gain = np.zeros_like(ranking.scores)
    gain[speak] = weight - date[speak]
    signals = {**ranking.signals, "date": date + gain}
    return replace(ranking, scores=ranking.scores + gain, signals=signals)


def _speaks_of(memory: WorkingSet, row: int, ranking: Ranking, window: tuple[float, float]) -> bool:
    """Whether a page names a time that meets `window` and is no vaguer than it."""
    start, end = (datetime.fromtimestamp(moment, timezone.utc).date() for moment in window)
    number = int(ranking.numbers[row])
    page, language = memory.pages[number], memory.page_index.language(number)
    mentions = find_dates(page.text, said_at=page.timestamp, language=language)
    return any(
        mention.first < end and start <= mention.last and mention.last - mention.first < end - start
        for mention in mentions
    )


def _passages(
    memory: WorkingSet, query: AnalysedQuery, ranking: Ranking, row: int, number: int
) -> Iterator[Passage]:
    """The passages of a page; each scores as its page does, and by its own cosine, or else by the
    share of the query's words in it."""
    spoken = memory.spoken_passages(Kind.PAGE, number)
    if ranking.passages is not None:
        own = ranking.passages[memory.page_index.vectors.span(row)].tolist()
    else:
        language = memory.page_index.language(number)
        own = [_covered(query, ranking, text, language) for _, text in spoken]
    for position, ((speaker, text), similarity) in enumerate(zip(spoken, own, strict=True)):
        yield Passage(position, speaker, text, float(ranking.scores[row]) + similarity)


def _covered(query: AnalysedQuery, ranking: Ranking, text: str, language: str) -> float:
    held = {hash_term(term) for term in terms(text, language)}
    pairs = list(zip(query.words, ranking.evidence, strict=True))
    covered = sum(evidence for word, evidence in pairs if not held.isdisjoint(word.stems))
    return covered / (sum(ranking.evidence) or 1.0)


def show_pages(
    memory: WorkingSet,
    ranked: Sequence[RankedPage],
    short_term: Sequence[Page],
    outdated: Mapping[int, tuple[Outdated, ...]],
    *,
    max_tokens: int,
    now: datetime,
) -> tuple[RecalledPage, ...]:
    """The ranked pages with the turns that fit, in order of time."""
    turns = pack_excerpts(ranked, max_tokens)
    recent = {page.number for page in short_term}
    shown = [item for item in ranked if item.page.number in turns]
    pages = [
        RecalledPage(
            page=item.page,
            rank=rank,
            score=item.score,
            signals=item.signals,
            turns=tuple(turns[item.page.number]),
            tier=_tier(memory, item.page, recent),
            language=memory.page_index.language(item.page.number),
            age_seconds=(now - item.page.timestamp).total_seconds(),
            outdated=outdated.get(item.page.number, ()),
        )
        for rank, item in enumerate(shown, start=1)
    ]
    return tuple(sorted(pages, key=lambda recalled: recalled.page.order))


def _tier(memory: WorkingSet, page: Page, recent: set[int]) -> Tier:
    if page.number in recent:
        return Tier.SHORT_TERM
    segment = memory.segments.get(page.segment) if page.segment is not None else None
    if segment is None:
        return Tier.AWAITING_FILING
    return Tier.MID_TERM if segment.archived_at is None else Tier.ARCHIVE

"""Retrieval: what memory holds about a query, across the tiers (paper, Eq. 5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from memoryos import paper_policy
from memoryos.config import MemoryConfig
from memoryos.evidence import is_about
from memoryos.excerpts import Passage, RankedPage, pack_excerpts
from memoryos.index.index import Ranking
from memoryos.index.query import NO_GRAMS, AnalysedQuery, Word
from memoryos.index.terms import hash_grams, hash_term
from memoryos.index.vectors import Floats
from memoryos.long_term import in_force
from memoryos.model import Kind, Page, Profile, Speaker, Tier
from memoryos.recall import Names, Recall, RecalledFact, RecalledPage
from memoryos.speakers import find_speaker
from memoryos.text.dates import find_dates, time_window
from memoryos.text.language import guess_language
from memoryos.text.tokens import query_terms, terms
from memoryos.working_set import WorkingSet

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
    return AnalysedQuery(
        text=query,
        text_to_embed=spoken_of.bare,
        language=language,
        speaker=spoken_of.speaker,
        says_name=spoken_of.says_name,
        words=_words(spoken_of.bare, language, languages, now=now, is_dated=window is not None),
        grams=np.unique(hash_grams(spoken_of.bare, language)) if language != "en" else NO_GRAMS,
        window=(window.start.timestamp(), window.end.timestamp()) if window else None,
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
    return tuple(
        Word(tuple(hash_term(stem) for stem in term), is_date=term not in undated) for term in found
    )


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
) -> Recall:
    """The best pages and facts for a query, with all of short-term memory and the profile.

    `vector` is that of `query.text_to_embed`, unit, (dim,), in the space of the working set; None
    for lexical recall alone. Pages come in order of time; their excerpts fit `max_tokens`.
    `conversation_id` keeps short-term pages of other conversations out.
    """
    short_term = memory.short_term(config.short_term_capacity)
    if config.policy == "paper":
        pages = paper_policy.rank_pages(memory, query, vector, config=config, count=max_results)
        facts = paper_policy.rank_facts(memory, vector, config=config)
    else:
        pages = _rank_pages(memory, query, vector, count=max_results)
        facts = _rank_facts(memory, query, vector, config=config, now=now)
    return Recall(
        query=query.text,
        names=names,
        pages=_show(memory, pages, short_term, max_tokens=max_tokens, now=now),
        user_knowledge=facts[Speaker.USER],
        assistant_knowledge=facts[Speaker.AGENT],
        profile=profile,
        short_term=tuple(
            page
            for page in short_term
            if conversation_id is None or page.conversation_id == conversation_id
        ),
        max_tokens=max_tokens,
    )


def _rank_pages(
    memory: WorkingSet, query: AnalysedQuery, vector: Floats | None, *, count: int
) -> tuple[RankedPage, ...]:
    """The best pages of the whole memory, best first; none if nothing in it is about the query."""
    ranking = memory.page_index.rank(query, vector)
    rows = ranking.best(count)
    if not is_about(memory.page_index, ranking, vector, rows):
        return ()
    return tuple(
        RankedPage(
            page=memory.pages[number],
            score=float(ranking.scores[row]),
            signals=_signals(ranking, row),
            passages=tuple(_passages(memory, query, ranking, row, number)),
        )
        for row, number in zip(rows.tolist(), ranking.numbers[rows].tolist(), strict=True)
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


def _rank_facts(
    memory: WorkingSet,
    query: AnalysedQuery,
    vector: Floats | None,
    *,
    config: MemoryConfig,
    now: datetime,
) -> dict[Speaker, tuple[RecalledFact, ...]]:
    """The best facts in force of each subject, best first; none if none is about the query."""
    # Facts are worded about their subject, whoever said them.
    query = replace(query, speaker=None)
    ranking = memory.fact_index.rank(query, vector)
    order = ranking.best(len(ranking.scores))
    facts: dict[Speaker, list[RecalledFact]] = {speaker: [] for speaker in Speaker}
    if is_about(memory.fact_index, ranking, vector, order):
        current = {fact.number for fact in in_force(memory.facts.values(), now=now)}
        for row in order.tolist():
            fact = memory.facts[int(ranking.numbers[row])]
            held = facts[fact.subject]
            if fact.number in current and len(held) < config.recalled_facts:
                score, signals = float(ranking.scores[row]), _signals(ranking, row)
                held.append(RecalledFact(fact, len(held) + 1, score, signals))
    return {speaker: tuple(held) for speaker, held in facts.items()}


def _signals(ranking: Ranking, row: int) -> dict[str, float]:
    return {name: float(values[row]) for name, values in ranking.signals.items()}


def _show(
    memory: WorkingSet,
    ranked: Sequence[RankedPage],
    short_term: Sequence[Page],
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

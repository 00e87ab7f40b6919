"""Recall of facts: what is in force first; for a question about the past, what was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np

from memoryos.evidence import is_about
from memoryos.index.index import Ranking
from memoryos.index.query import AnalysedQuery
from memoryos.index.vectors import Floats
from memoryos.long_term import PROFILE_ATTRIBUTES
from memoryos.model import Fact, Speaker
from memoryos.recall import RecalledFact
from memoryos.viewpoint import ended_at
from memoryos.working_set import WorkingSet

ASKED_WEIGHT = 0.5
"""What a fact gains beside a cosine of 1 that says what the question asks for by its meaning: "is a
paramedic", asked "What's my job?"."""


def rank_facts(
    memory: WorkingSet,
    query: AnalysedQuery,
    vector: Floats | None,
    reached: Mapping[int, Fact],
    over: Collection[int],
    *,
    count: int,
) -> dict[Speaker, tuple[RecalledFact, ...]]:
    """The best `count` of the facts reached of each subject, best first; none if none is about the
    query.

    For a query about the past, those of `over` stand before others of their attribute; see
    `former_first`.
    """
    # Facts are worded about their subject, whoever said them.
    ranking = memory.fact_index.rank(replace(query, speaker=None), vector)
    asked = _asked(query, reached.values())
    if asked:
        ranking = _with_asked(ranking, asked)
    order = ranking.best(len(ranking.scores))
    found: dict[Speaker, list[tuple[Fact, int]]] = {speaker: [] for speaker in Speaker}
    if asked or is_about(memory.fact_index, ranking, vector, order):
        for row in order.tolist():
            fact = reached.get(int(ranking.numbers[row]))
            if fact is not None and len(found[fact.subject]) < count:
                found[fact.subject].append((fact, row))
    return {
        speaker: tuple(
            RecalledFact(fact, rank, float(ranking.scores[row]), ranking.signals_of(row))
            for rank, (fact, row) in enumerate(_in_order(query, ranked, over), start=1)
        )
        for speaker, ranked in found.items()
    }


def former_first(
    facts: Sequence[Fact],
    *,
    over: Collection[int],
    window: tuple[float, float] | None = None,
    before: str = "",
) -> list[int]:
    """The places of ranked `facts` for a question about the past: among those of one attribute what
    was stands before what is, and what held in `window` (POSIX seconds) before all.

    Of an attribute with one value at a time the latest former one comes first. `before` may name
    the value that the one asked for came before (see `Past`).
    """
    groups = defaultdict(list)
    for place, fact in enumerate(facts):
        groups[fact.subject, fact.attribute].append(place)
    order = list(range(len(facts)))
    for places in groups.values():
        named = (
            _began(facts[place])
            for place in places
            if facts[place].value and facts[place].value.lower() in before
        )
        limit = min(named, default=None)
        standing = {place: _standing(facts[place], over, window, limit) for place in places}
        in_order = sorted(places, key=standing.__getitem__)
        for place, chosen in zip(places, in_order, strict=True):
            order[place] = chosen
    return order


def _standing(
    fact: Fact,
    over: Collection[int],
    window: tuple[float, float] | None,
    limit: datetime | None,
) -> tuple[bool, bool, float]:
    """A sort key: the less, the sooner a fact answers what was asked of the past."""
    end = ended_at(fact) if fact.number in over else None
    came_before = end is not None and (limit is None or end <= limit)
    is_alone = fact.attribute in PROFILE_ATTRIBUTES
    return (
        window is not None and not _held_in(fact, window),
        not came_before,
        -end.timestamp() if end is not None and is_alone else 0.0,
    )


def _held_in(fact: Fact, window: tuple[float, float]) -> bool:
    start, end = window
    ended = ended_at(fact)
    return (fact.valid_from is None or fact.valid_from.timestamp() < end) and (
        ended is None or ended.timestamp() > start
    )


def _began(fact: Fact) -> datetime:
    return fact.valid_from or fact.recorded_at


def _in_order(
    query: AnalysedQuery, ranked: list[tuple[Fact, int]], over: Collection[int]
) -> list[tuple[Fact, int]]:
    if query.past is None:
        return ranked
    facts = [fact for fact, _ in ranked]
    places = former_first(facts, over=over, window=query.window, before=query.past.before)
    return [ranked[place] for place in places]


def _asked(query: AnalysedQuery, facts: Iterable[Fact]) -> set[int]:
    """The numbers of the facts whose attribute the user asks for."""
    if not query.asked or query.speaker is Speaker.AGENT:
        return set()
    return {
        fact.number
        for fact in facts
        if fact.attribute in query.asked and fact.subject is Speaker.USER
    }


def _with_asked(ranking: Ranking, numbers: Collection[int]) -> Ranking:
    chosen = np.isin(ranking.numbers, list(numbers))
    gain = np.float32(ASKED_WEIGHT) * chosen.astype(np.float32)
    return replace(
        ranking, scores=ranking.scores + gain, signals={**ranking.signals, "asked": gain}
    )

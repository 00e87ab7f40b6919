"""What of an owner's memory a prompt shows beside the pages: what they may be about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from memoryos import long_term
from memoryos.analysts.base import FilingBatch, PromotionBatch
from memoryos.model import Fact, Page, Segment
from memoryos.prompts.pages import shortened
from memoryos.prompts.promotion import known_fact
from memoryos.text.language import guess_language
from memoryos.text.tokens import count_tokens, terms

_Item = TypeVar("_Item", Fact, Segment)

MOST_SEGMENTS = 10
NEWEST_SEGMENTS = 2
MOST_FACTS = 25
FACT_TOKENS = 600
"""Of all facts offered together."""


def likely_segments(batch: FilingBatch) -> tuple[Segment, ...]:
    """The warm segments that the batch most likely carries on, by number.

    Those of the pages just before it and the newest, then those that share most words with it.
    """
    newest = sorted(batch.segments, key=lambda segment: segment.ended_at, reverse=True)
    before = {page.segment for page in batch.earlier}
    at_hand = [segment for segment in batch.segments if segment.number in before]
    alike = _by_overlap(newest, _of_segment, batch.pages)
    chosen = {segment.number: segment for segment in (*at_hand, *newest[:NEWEST_SEGMENTS], *alike)}
    kept = list(chosen.values())[:MOST_SEGMENTS]
    return tuple(sorted(kept, key=lambda segment: segment.number))


def likely_facts(batch: PromotionBatch) -> tuple[Fact, ...]:
    """The facts in force that the batch may repeat, change or end, by number.

    The profile first, one fact an attribute, then those that share most words with the pages; as
    many as there is room for, whatever the size of the persona.
    """
    now = max(page.recorded_at for page in batch.pages)
    present = long_term.in_force(batch.held, now=now)
    profile = long_term.profile(present, (), now=now).attributes
    newest = sorted(present, key=lambda fact: fact.number, reverse=True)
    alike = _by_overlap(newest, _of_fact, batch.pages)
    chosen = {fact.number: fact for fact in (*profile, *alike)}
    kept: list[Fact] = []
    left = FACT_TOKENS
    for fact in list(chosen.values())[:MOST_FACTS]:
        left -= count_tokens(known_fact(fact))
        if left < 0:
            break
        kept.append(fact)
    return tuple(sorted(kept, key=lambda fact: fact.number))


def _by_overlap(
    items: Sequence[_Item], about: Callable[[_Item], AbstractSet[str]], pages: Iterable[Page]
) -> list[_Item]:
    """Those of `items` that share words with the pages: the most telling words first."""
    said = {term for page in pages for term in _terms(shortened(page).text)}
    shared = [about(item) & said for item in items]
    frequency = Counter(term for common in shared for term in common)
    rarity = {term: math.log(1 + len(items) / count) for term, count in frequency.items()}
    # Sets come in any order; fsum gives the same whatever it is.
    scores = [math.fsum(rarity[term] for term in common) for common in shared]
    ranked = sorted(range(len(items)), key=lambda place: -scores[place])
    return [items[place] for place in ranked if scores[place]]


def _of_segment(segment: Segment) -> frozenset[str]:
    return _terms(f"{segment.summary}\n{' '.join(segment.keywords)}")


def _of_fact(fact: Fact) -> frozenset[str]:
    return _terms(f"{fact.value}\n{fact.text}", fact.language)


def _terms(text: str, language: str = "") -> frozenset[str]:
    return frozenset(terms(text, language or guess_language(text)))

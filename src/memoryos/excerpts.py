"""Excerpts: which passages of the recalled pages fill the token budget."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from memoryos.model import Page, Speaker
from memoryos.recall import Turn
from memoryos.text.tokens import count_tokens


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of a page that may be shown."""

    position: int
    """Its place among the passages of its page."""
    speaker: Speaker
    text: str
    score: float
    """That of its page, and how well it answers itself."""


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page that a policy chose."""

    page: Page
    score: float
    signals: Mapping[str, float]
    passages: tuple[Passage, ...]
    """All it has, in the order said."""


def pack_excerpts(by_rank: Sequence[RankedPage], max_tokens: int) -> dict[int, list[Turn]]:
    """Page number -> the turns to show, in the order said; at most `max_tokens` in all.

    Passages compete across pages: the second-best of a good page may lose to the best of a lesser
    one. A page of which nothing fits is missing, but the best page always shows something.
    """
    if not by_rank:
        return {}
    best = by_rank[0].page.number, max(by_rank[0].passages, key=_score)
    others = [(item.page.number, passage) for item in by_rank for passage in item.passages]
    others.remove(best)
    others.sort(key=lambda candidate: -candidate[1].score)

    turns: defaultdict[int, dict[int, Turn]] = defaultdict(dict)
    left = max_tokens
    for number, passage in (best, *others):
        text = passage.text if (number, passage) != best else shorten(passage.text, max_tokens)
        cost = count_tokens(text)
        if cost <= left and text.strip():
            turns[number][passage.position] = Turn(passage.speaker, text, passage.score)
            left -= cost
    return {number: [said[place] for place in sorted(said)] for number, said in turns.items()}


def shorten(text: str, max_tokens: int) -> str:
    """`text`, cut where it is longer than `max_tokens`; never empty."""
    while (cost := count_tokens(text)) > max_tokens and len(text) > 1:
        text = text[: max(1, min(len(text) - 1, len(text) * max_tokens // cost))]
    return text


def _score(passage: Passage) -> float:
    return passage.score

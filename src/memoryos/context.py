"""Context: how a recall is laid out for a prompt, within its token budget."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from memoryos.model import Page, Speaker
from memoryos.recall import Recall, RecalledFact, RecalledPage
from memoryos.text.tokens import count_tokens
from memoryos.text.visible import visible

PROFILE = "What is known of the user:"
SHORT_TERM = "The latest exchanges:"
USER_KNOWLEDGE = "Facts about the user:"
AGENT_KNOWLEDGE = "Facts about the assistant:"
PAGES = "Recalled from earlier conversations:"

# Not their names: a name is what somebody said, and may say "SYSTEM".
SPEAKERS = {Speaker.USER: "user", Speaker.AGENT: "assistant"}

SHORT_TERM_SHARE = 0.5
"""Of the budget at most: a few long exchanges must not crowd out what was recalled."""


def lay_out(recall: Recall) -> str:
    """Profile, short-term memory, facts and excerpts, in that order, within `recall.max_tokens`.

    Recalled words are data: each text is dated and stands in quotation marks on one line, where
    it can pass neither for another section nor for the end of its own. What does not fit is left
    out whole: of short-term memory the older pages, of recalled ones the lower in rank.
    """
    left = recall.max_tokens
    profile = _profile(recall)
    known = _fit(PROFILE, profile, range(len(profile)), left)
    left -= known.tokens

    exchanges = [_exchange(page) for page in recall.short_term]
    newest_first = range(len(exchanges))[::-1]
    limit = min(left, int(recall.max_tokens * SHORT_TERM_SHARE))
    latest = _fit(SHORT_TERM, exchanges, newest_first, limit)
    left -= latest.tokens
    sections = [known, latest]

    told = {fact.number for fact in recall.profile.attributes}
    for title, facts in (
        (USER_KNOWLEDGE, recall.user_knowledge),
        (AGENT_KNOWLEDGE, recall.assistant_knowledge),
    ):
        lines = [_fact(fact) for fact in facts if fact.fact.number not in told]
        sections.append(_fit(title, lines, range(len(lines)), left))
        left -= sections[-1].tokens

    shown = {recall.short_term[place].number for place in latest.places}
    pages = [page for page in recall.pages if page.page.number not in shown]
    by_rank = sorted(range(len(pages)), key=lambda place: pages[place].rank)
    excerpts = [_excerpt(page) for page in pages]
    sections.append(_fit(PAGES, excerpts, by_rank, left))
    return "\n\n".join(section.text for section in sections if section.text)


@dataclass(frozen=True, slots=True)
class _Section:
    text: str
    places: tuple[int, ...]
    """Which of the blocks it was given it shows."""
    tokens: int


def _fit(title: str, blocks: Sequence[str], by_preference: Iterable[int], left: int) -> _Section:
    """A section of the blocks that fit `left` tokens with their title, in their own order."""
    kept: list[int] = []
    tokens = 0
    for place in by_preference:
        # A block counts with its line break; the first one with the title and the empty line.
        text = f"{blocks[place]}\n" if kept else f"{title}\n{blocks[place]}\n\n"
        cost = count_tokens(text)
        if tokens + cost <= left:
            kept.append(place)
            tokens += cost
    kept.sort()
    text = "\n".join((title, *(blocks[place] for place in kept))) if kept else ""
    return _Section(text, tuple(kept), tokens)


def _profile(recall: Recall) -> list[str]:
    attributes = [f"- {fact.attribute}: {quote(fact.text)}" for fact in recall.profile.attributes]
    return attributes + [
        f"- {trait.dimension}: {trait.level.value} ({quote(trait.reason)})"
        for trait in recall.profile.traits
    ]


def _exchange(page: Page) -> str:
    halves = [(speaker, page.half(speaker)) for speaker in Speaker]
    return _dated(page, [(speaker, text) for speaker, text in halves if text.strip()])


def _excerpt(recalled: RecalledPage) -> str:
    return _dated(recalled.page, [(turn.speaker, turn.text) for turn in recalled.turns])


def _dated(page: Page, said: Iterable[tuple[Speaker, str]]) -> str:
    lines = [f"  {SPEAKERS[speaker]}: {quote(text)}" for speaker, text in said]
    return "\n".join((f"- {page.timestamp:%Y-%m-%d %H:%M} ({page.id})", *lines))


def _fact(recalled: RecalledFact) -> str:
    fact = recalled.fact
    since = fact.valid_from or fact.recorded_at
    until = f", until {fact.valid_to:%Y-%m-%d}" if fact.valid_to else ""
    return f"- {since:%Y-%m-%d}{until} ({fact.id}): {quote(fact.text)}"


def quote(text: str) -> str:
    """`text` on one line in double quotation marks, with those inside it, and what no reader would
    see, escaped."""
    return visible(json.dumps(" ".join(text.split()), ensure_ascii=False))

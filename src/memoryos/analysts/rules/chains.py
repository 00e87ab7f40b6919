"""Dialogue chains by time and similarity (paper, Eq. 1)."""

from __future__ import annotations

from collections.abc import Iterator

from memoryos.analysts.base import FilingBatch, Link
from memoryos.model import Page
from memoryos.short_term import same_conversation
from memoryos.text.keywords import keywords
from memoryos.text.summary import summarise

META_CHAIN_CHARACTERS = 240
CLEAR_CHANGE = -0.05
"""A centred cosine below this to all the latest pages: another topic. Unrelated pages lie around
0, so that a chain breaks only where the new page points away from what was being said."""
LATEST_PAGES = 3
FEWEST_KEYWORDS = 4
"""A page with fewer ("And then?") has no topic of its own and never breaks a chain."""


def links(batch: FilingBatch, *, gap_seconds: float) -> Iterator[Link]:
    """A link for each page of the batch: it continues the chain before it, or starts a new one."""
    latest = list(batch.earlier[-LATEST_PAGES:])
    chain = latest[-1].chain if latest else None
    meta_chain = latest[-1].meta_chain if latest else ""
    for page in batch.pages:
        goes_on = (
            chain is not None
            and same_conversation(latest[-1], page, gap_seconds=gap_seconds)
            and not _changes_topic(page, latest, batch)
        )
        if chain is None or not goes_on:
            chain, meta_chain, latest = page.number, "", []
        told = [meta_chain, page.text] if meta_chain else [page.text]
        meta_chain = summarise(told, max_characters=META_CHAIN_CHARACTERS)
        yield Link(page.number, chain, meta_chain)
        latest = [*latest[1 - LATEST_PAGES :], page]


def _changes_topic(page: Page, latest: list[Page], batch: FilingBatch) -> bool:
    vector = batch.vectors.get(page.number)
    others = [batch.vectors[other.number] for other in latest if other.number in batch.vectors]
    if vector is None or not others:
        return False
    if any(float(vector @ other) >= CLEAR_CHANGE for other in others):
        return False
    words = set(keywords(page.text))
    shared = words & {word for other in latest for word in keywords(other.text)}
    return len(words) >= FEWEST_KEYWORDS and not shared

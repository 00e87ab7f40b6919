"""Pages, and recalls that hold them, for the tests of answers without a model."""

from __future__ import annotations

from datetime import datetime, timezone

from memoryos.model import Page, Speaker, Tier
from memoryos.recall import Names, Recall, RecalledPage, Turn
from memoryos.text.language import guess_language

MONDAY = datetime(2023, 5, 8, 13, 56, tzinfo=timezone.utc)
NOW = datetime(2023, 6, 1, tzinfo=timezone.utc)
NAMES = Names(user="Tom", agent="Juno")


def said(
    number: int, user: str, agent: str = "", *, at: datetime = MONDAY, learnable: bool = True
) -> Page:
    return Page(number, user, agent, at, at, learnable=learnable)


def recent(*pages: Page) -> Recall:
    """A recall that found nothing, with pages in short-term memory."""
    return Recall("", NAMES, short_term=pages)


def recalled(*pages: Page) -> Recall:
    """A recall that found these pages, the best first."""
    found = [
        RecalledPage(
            page=page,
            rank=rank,
            score=1.0 - rank / 10,
            signals={},
            turns=tuple(Turn(speaker, page.half(speaker), 0.0) for speaker in Speaker),
            tier=Tier.MID_TERM,
            language=guess_language(page.user_input),
            age_seconds=0.0,
        )
        for rank, page in enumerate(pages, start=1)
    ]
    return Recall("", NAMES, pages=tuple(sorted(found, key=lambda item: item.page.order)))

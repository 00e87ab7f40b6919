"""The sentence that tells when something was, and the time it tells."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.answerer.evidence import Candidate
from memoryos.text.dates import Mention, find_dates

SEARCHED_SENTENCES = 3
TELLS_TIME = 0.4
"""What a sentence gains that has an expression of time; half of it if another of its turn has."""


def find_time(scored: Sequence[Candidate]) -> tuple[Candidate, Mention | None]:
    """The best of the first sentences, and its most precise expression of time.

    A sentence without one borrows from its turn: "We went to Rome. It was last week."
    """
    told = [(candidate, *_time(candidate)) for candidate in scored[:SEARCHED_SENTENCES]]
    candidate, mention, _ = max(told, key=lambda found: found[0].score + found[2])
    return candidate, mention


def _time(candidate: Candidate) -> tuple[Mention | None, float]:
    for text, bonus in ((candidate.text, TELLS_TIME), (candidate.turn, TELLS_TIME / 2)):
        mentions = find_dates(
            text, said_at=candidate.page.timestamp, language=candidate.language
        )
        if mentions:
            return min(mentions, key=lambda mention: mention.last - mention.first), bonus
    return None, 0.0

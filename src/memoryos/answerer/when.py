"""The sentence that tells when something was, and the time it tells."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.answerer.evidence import Candidate
from memoryos.text.dates import Mention, find_dates

SEARCHED_SENTENCES = 3
TELLS_TIME = 0.4
"""What a sentence gains that has an expression of time."""
BORROWS_TIME = 0.2
"""What it gains if another sentence of its turn has one."""


def find_time(scored: Sequence[Candidate]) -> tuple[Candidate, Mention | None]:
    """The best of the first sentences, and its most precise expression of time.

    A sentence without one borrows from its turn: "We went to Rome. It was last week."
    """

    def weight(candidate: Candidate) -> float:
        own = TELLS_TIME * (time_of(candidate, candidate.text) is not None)
        return candidate.score + (
            own or BORROWS_TIME * (time_of(candidate, candidate.turn) is not None)
        )

    best = max(scored[:SEARCHED_SENTENCES], key=weight)
    return best, time_of(best, best.text) or time_of(best, best.turn)


def time_of(candidate: Candidate, text: str) -> Mention | None:
    """The most precise expression of time in a text that was said with `candidate`."""
    mentions = find_dates(text, said_at=candidate.said_at, language=candidate.language)
    return min(mentions, key=lambda mention: mention.last - mention.first, default=None)

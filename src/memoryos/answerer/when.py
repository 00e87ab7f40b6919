"""The sentence that tells when something was, and the time it tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from memoryos.answerer.candidates import Candidate
from memoryos.answerer.questions import Question
from memoryos.text.dates import Mention, Window, find_dates, find_starts, write_day, write_mention

SEARCHED_SENTENCES = 8
TELLS_TIME = 0.5
"""What a sentence gains that has an expression of time."""
BORROWS_TIME = 0.2
"""What it gains if another sentence of its turn has one."""


def find_time(question: Question, scored: Sequence[Candidate]) -> tuple[Candidate, Mention | None]:
    """The best of the first sentences, and its most precise expression of time.

    A sentence without one borrows from its turn: "We went to Rome. It was last week."
    """
    told = [(candidate, *_told(question, candidate)) for candidate in scored[:SEARCHED_SENTENCES]]
    best, mention, _ = max(told, key=lambda item: item[0].score + item[2])
    return best, mention


def _told(question: Question, candidate: Candidate) -> tuple[Mention | None, float]:
    """The time that a sentence tells or borrows, and what it gains by that."""
    if own := time_of(question, candidate, candidate.text):
        return own, TELLS_TIME
    if borrowed := time_of(question, candidate, candidate.turn):
        return borrowed, BORROWS_TIME
    return None, 0.0


def time_of(question: Question, candidate: Candidate, text: str) -> Mention | None:
    """The most precise expression of time in a text that was said with `candidate`.

    Where the question names a time ("When in June …?") it counts only within that, and only if it
    tells more.
    """
    mentions = [
        mention
        for mention in _mentions(question, candidate, text)
        if question.window is None or _answers(mention, question.window)
    ]
    return min(mentions, key=lambda mention: mention.last - mention.first, default=None)


def _mentions(question: Question, candidate: Candidate, text: str) -> Sequence[Mention]:
    # The language of a few words is easily taken for another.
    for language in dict.fromkeys((candidate.language, question.language)):
        for find in (find_dates, find_starts):
            if mentions := find(text, said_at=candidate.said_at, language=language):
                return mentions
    return ()


def write_time(
    question: Question, candidate: Candidate, mention: Mention | None, *, weekdays: bool = False
) -> str:
    """The day that `mention` tells, or that `candidate` was said on, in the language of the
    question."""
    said_on = candidate.said_at.date()
    if mention is None:
        return write_day(said_on, language=question.language)
    language = candidate.language if mention.counted else question.language
    return write_mention(mention, said_on=said_on, language=language, weekdays=weekdays)


def _answers(mention: Mention, window: Window) -> bool:
    first, last = window.start.date(), window.end.date() - timedelta(days=1)
    overlaps = mention.first <= last and first <= mention.last
    return overlaps and mention.last - mention.first < last - first

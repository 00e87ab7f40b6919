"""The sentences of a recall that may answer: what was said, and what facts rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from memoryos.answerer.question_words import GREETINGS, REQUEST
from memoryos.answerer.questions import Question
from memoryos.model import Kind, Page, Speaker
from memoryos.recall import Outdated, Recall, Turn
from memoryos.text.language import guess_language
from memoryos.text.sentences import split_sentences
from memoryos.text.tokens import words
from memoryos.viewpoint import ended_at

SEARCHED_PAGES = 10
"""The best of recall."""
GREETING_WORDS = 3
UNRECALLED_PENALTY = 0.2
"""What a short-term page loses that recall did not choose."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of memory that may answer."""

    text: str
    page: int
    """The number of the page it stands on."""
    said_at: datetime
    speaker: Speaker
    turn: str
    """The turn it stands in; of a fact, the fact."""
    exchange: str
    """All that was said on its page; of a fact, the fact."""
    language: str
    is_question: bool
    page_score: float
    """Of its page in the recall, less that of the best page."""
    is_fact: bool
    """Whether a fact rests on it."""
    recalled: bool
    """False for a short-term page, or an attribute of the profile, that recall did not choose."""
    until: datetime | None = None
    """When what it says was over; None if it is not."""
    is_asked: bool = False
    """Whether it says what the question asks for by its meaning, whatever its words."""
    coverage: float = 0.0
    """The share of the question's terms in the sentence, by idf, 0 to 1."""
    exchange_coverage: float = 0.0
    """The same share in the whole page; 1 where it answers without any of the words."""
    in_window: bool = False
    """Whether it speaks of the time that the question names, or was said in it."""
    score: float = 0.0

    @property
    def page_id(self) -> str:
        return f"{Kind.PAGE.value}-{self.page}"


def find_candidates(question: Question, recall: Recall) -> list[Candidate]:
    """Every sentence of recalled and short-term pages in the order they were said, then the
    evidence of facts.

    Replies that were made from memory are passed over: their evidence is there itself.
    """
    return [*_said(question, recall), *_known(recall)]


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page in which an answer is looked for."""

    page: Page
    turns: tuple[Turn, ...]
    language: str
    score: float
    recalled: bool
    outdated: tuple[Outdated, ...]

    def until(self, sentence: str) -> datetime | None:
        """When what a sentence of it says was over."""
        return next(
            (
                item.until
                for item in self.outdated
                for piece in item.fact.evidence
                if piece.page == self.page.number
                and (piece.quote in sentence or sentence in piece.quote)
            ),
            None,
        )


def _said(question: Question, recall: Recall) -> Iterator[Candidate]:
    """The sentences of pages, in the order they were said."""
    ranked = recall.by_rank()[:SEARCHED_PAGES]
    best = ranked[0].score if ranked else 0.0
    shown = {
        item.page.number: _Shown(
            item.page, item.turns, item.language, item.score - best, True, item.outdated
        )
        for item in ranked
    }
    for page in recall.short_term:
        turns = tuple(Turn(speaker, page.half(speaker), score=0.0) for speaker in Speaker)
        outdated = recall.outdated.get(page.number, ())
        unrecalled = _Shown(page, turns, question.language, -UNRECALLED_PENALTY, False, outdated)
        shown.setdefault(page.number, unrecalled)
    for item in sorted(shown.values(), key=lambda item: item.page.order):
        for turn in item.turns:
            if turn.speaker is Speaker.USER or item.page.learnable:
                yield from _sentences(question, item, turn)


def _sentences(question: Question, shown: _Shown, turn: Turn) -> Iterator[Candidate]:
    language = guess_language(turn.text, shown.language)
    request = re.compile(rf"(?:{REQUEST.get(language, '(?!)')})(?!\w)", re.IGNORECASE)
    for sentence in split_sentences(turn.text):
        is_echo = sentence.text.casefold() == question.text.casefold()
        if not is_echo and not _is_greeting(sentence.text):
            yield Candidate(
                text=sentence.text,
                page=shown.page.number,
                said_at=shown.page.timestamp,
                speaker=turn.speaker,
                turn=turn.text,
                exchange=f"{shown.page.user_input}\n{shown.page.agent_response}",
                language=language,
                is_question=sentence.is_question or request.match(sentence.text) is not None,
                page_score=shown.score,
                is_fact=False,
                recalled=shown.recalled,
                until=shown.until(sentence.text),
            )


def _is_greeting(sentence: str) -> bool:
    """ "Hi Tom!": it answers nothing."""
    said = words(sentence)
    return 0 < len(said) <= GREETING_WORDS and said[0] in GREETINGS


def _known(recall: Recall) -> Iterator[Candidate]:
    """What facts rest on: "job" is in no sentence that says "I work as a nurse"."""
    recalled = (*recall.user_knowledge, *recall.assistant_knowledge)
    best = max((item.score for item in recalled), default=0.0)
    scores = {item.fact.number: item.score - best for item in recalled}
    facts = {fact.number: fact for fact in recall.profile.attributes}
    facts.update((item.fact.number, item.fact) for item in recalled)
    asked = {item.fact.number for item in recalled if item.signals.get("asked")}
    for fact in facts.values():
        # The last words on what is over may be those that say so.
        evidence = fact.evidence[0 if fact.superseded_at else -1]
        stated = f"{fact.attribute} {fact.text}"
        yield Candidate(
            text=evidence.quote,
            page=evidence.page,
            said_at=fact.valid_from or fact.recorded_at,
            speaker=fact.subject,
            turn=stated,
            exchange=stated,
            language=fact.language,
            is_question=False,
            page_score=scores.get(fact.number, -UNRECALLED_PENALTY),
            is_fact=True,
            recalled=fact.number in scores,
            until=ended_at(fact) if fact.superseded_at else None,
            is_asked=fact.number in asked,
        )

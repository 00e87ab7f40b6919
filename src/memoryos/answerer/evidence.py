"""The sentences of a recall, scored by how well they answer a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from memoryos.answerer.question_words import REQUEST
from memoryos.answerer.questions import Question, Term
from memoryos.embedders.base import Embeddings
from memoryos.model import Kind, Page, Speaker
from memoryos.recall import Outdated, Recall, Turn
from memoryos.text.dates import Window, find_dates
from memoryos.text.language import guess_language
from memoryos.text.sentences import split_sentences
from memoryos.text.tokens import terms
from memoryos.viewpoint import ended_at

Embed = Callable[[Sequence[str]], Embeddings]

# Weights beside a page score in which a cosine of 1 counts 1. Chosen on conversations of LoCoMo;
# flat: halving or doubling one moves little.
COVERAGE_WEIGHT = 0.5
TURN_COVERAGE_WEIGHT = 0.3
EXCHANGE_COVERAGE_WEIGHT = 0.15
CONTEXT_WEIGHT = 0.2
"""For the coverage of the sentence said just before: what speaks of the question is often answered
by the next sentence."""
REPLY_WEIGHT = 0.5
"""Likewise, if that was a question of the other speaker."""
NEW_WORDS_WEIGHT = 0.2
SIMILARITY_WEIGHT = 0.3
WINDOW_WEIGHT = 0.2
"""For the time that the question names."""
FORMER_WEIGHT = 0.5
"""What is over gains in a question about the past, and loses in any other."""
QUESTION_PENALTY = 0.4
OTHER_SPEAKER_PENALTY = 0.3
FACT_WEIGHT = 0.3
"""For the coverage of a fact: what promotion took for a statement says it more surely than other
sentences with the same words."""
UNRECALLED_PENALTY = 0.2
"""What a short-term page loses that recall did not choose."""

SCORED_PAGES = 10
ENOUGH_NEW_WORDS = 6
PRIOR_SENTENCES = 50
"""Added to the count of sentences in idf, so that two sentences do not make a corpus."""
MIN_COMMON_PREFIX = 4
NEAR_FORM = 0.7
"""What a word counts that shares most of its beginning with one of the question."""


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
    """The same share in the whole page."""
    score: float = 0.0

    @property
    def page_id(self) -> str:
        return f"{Kind.PAGE.value}-{self.page}"


def score_sentences(
    question: Question, recall: Recall, *, embed: Embed | None = None
) -> list[Candidate]:
    """Every sentence of recalled and short-term pages and of the evidence of facts, best first.

    Replies that were made from memory are passed over: their evidence is there itself.
    """
    found = [*_said(question, recall), *_known(question, recall)]
    terms_of = _Terms(question, found)
    scored: list[Candidate] = []
    for candidate, similarity in zip(found, _similarities(question, found, embed), strict=True):
        language = candidate.language
        coverage = terms_of.coverage(candidate.text, language)
        in_exchange = terms_of.coverage(candidate.exchange, language)
        in_window = _is_in(question.window, candidate)
        if candidate.is_asked or (in_window and not question.terms(language)):
            in_exchange = 1.0
        before = scored[-1] if scored and _follows(candidate, scored[-1]) else None
        score = (
            candidate.page_score
            + COVERAGE_WEIGHT * coverage
            + TURN_COVERAGE_WEIGHT * terms_of.coverage(candidate.turn, language)
            + EXCHANGE_COVERAGE_WEIGHT * in_exchange
            + NEW_WORDS_WEIGHT * terms_of.novelty(candidate.text, language)
            + SIMILARITY_WEIGHT * similarity
            + FACT_WEIGHT * in_exchange * candidate.is_fact
            + _context_score(candidate, before)
            + WINDOW_WEIGHT * in_window
            + FORMER_WEIGHT * _timeliness(question, candidate)
            - QUESTION_PENALTY * candidate.is_question
            - OTHER_SPEAKER_PENALTY * (question.speaker not in (None, candidate.speaker))
        )
        scored.append(
            replace(
                candidate,
                coverage=coverage,
                exchange_coverage=in_exchange,
                score=score,
            )
        )
    # Of equal ones the newer page first; sorting is stable.
    scored.sort(key=lambda candidate: (candidate.said_at, candidate.page), reverse=True)
    scored.sort(key=lambda candidate: candidate.score, reverse=True)
    return scored


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
    ranked = recall.by_rank()[:SCORED_PAGES]
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
        if sentence.text.casefold() != question.text.casefold():
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


def _known(question: Question, recall: Recall) -> Iterator[Candidate]:
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


def _follows(candidate: Candidate, before: Candidate) -> bool:
    """Whether nothing was said between the two, as far as the numbers of their pages tell."""
    return not candidate.is_fact and candidate.page - before.page in (0, 1)


def _context_score(candidate: Candidate, before: Candidate | None) -> float:
    if before is None:
        return 0.0
    replies = before.is_question and before.speaker is not candidate.speaker
    return (CONTEXT_WEIGHT + REPLY_WEIGHT * replies) * before.coverage


def _timeliness(question: Question, candidate: Candidate) -> int:
    """1 for what was, asked about the past; -1 for what is over, asked about what is."""
    if candidate.until is None:
        return 0
    return 1 if question.asks_of_past else -1


def _is_in(window: Window | None, candidate: Candidate) -> bool:
    """Whether a sentence speaks of a time, or was said in it if it speaks of none."""
    if window is None:
        return False
    mentions = find_dates(candidate.text, said_at=candidate.said_at, language=candidate.language)
    days = [(mention.first, mention.last) for mention in mentions]
    said_on = candidate.said_at.date()
    return any(
        first < window.end.date() and window.start.date() <= last
        for first, last in days or [(said_on, said_on)]
    )


def _similarities(
    question: Question, found: Sequence[Candidate], embed: Embed | None
) -> Sequence[float]:
    if embed is None or not found:
        return [0.0] * len(found)
    rows = embed([question.bare, *(candidate.text for candidate in found)])
    return [float(cosine) for cosine in rows[1:] @ rows[0]]


class _Terms:
    """How much of a question stands in a text, each term weighing its idf among the sentences; and
    how much else."""

    def __init__(self, question: Question, found: Sequence[Candidate]) -> None:
        self._question = question
        self._terms: dict[tuple[str, str], frozenset[str]] = {}
        self._held = Counter(
            term
            for candidate in found
            for term in self._terms_of(candidate.text, candidate.language)
        )
        self._count = PRIOR_SENTENCES + len(found)
        self._sought: dict[str, dict[Term, float]] = {}
        self._coverage: dict[tuple[str, str], float] = {}

    def coverage(self, text: str, language: str) -> float:
        """0 to 1; 0 for a question without content."""
        # A turn and its exchange stand around many a sentence.
        if (text, language) not in self._coverage:
            held = self._terms_of(text, language)
            sought = self._weights(language)
            covered = (weight * _nearness(term, held, language) for term, weight in sought.items())
            self._coverage[text, language] = sum(covered) / (sum(sought.values()) or 1.0)
        return self._coverage[text, language]

    def novelty(self, text: str, language: str) -> float:
        """The words in `text` that are not the question's, 1 for enough of them."""
        new = self._terms_of(text, language).difference(*self._question.terms(language))
        return min(len(new), ENOUGH_NEW_WORDS) / ENOUGH_NEW_WORDS

    def _terms_of(self, text: str, language: str) -> frozenset[str]:
        # By language too: an exchange may have a half in each of two.
        if (text, language) not in self._terms:
            self._terms[text, language] = frozenset(terms(text, language))
        return self._terms[text, language]

    def _weights(self, language: str) -> dict[Term, float]:
        """What is sought, with its idf."""
        if language not in self._sought:
            terms = self._question.terms(language)
            self._sought[language] = {term: self._idf(term) for term in terms}
        return self._sought[language]

    def _idf(self, term: Term) -> float:
        held = max(self._held[form] for form in term)
        return math.log1p(self._count / (1 + held))


def _nearness(term: Term, held: Collection[str], language: str) -> float:
    """1 if a form of the term is held; less if only a word that begins like it, which English
    stems are too short for, and not in need of."""
    if not term.isdisjoint(held):
        return 1.0
    if language == "en":
        return 0.0
    return NEAR_FORM if any(_begin_alike(form, word) for form in term for word in held) else 0.0


def _begin_alike(left: str, right: str) -> bool:
    length = max(MIN_COMMON_PREFIX, round(0.7 * max(len(left), len(right))))
    return left[:length] == right[:length] and min(len(left), len(right)) >= length

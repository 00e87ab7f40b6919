"""The sentences of a recall, scored by how well they answer a question."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from memoryos.answerer.candidates import Candidate, find_candidates
from memoryos.answerer.questions import Question, Term
from memoryos.embedders.base import Embeddings
from memoryos.model import Speaker
from memoryos.recall import Recall
from memoryos.text.dates import Window, find_dates
from memoryos.text.tokens import terms

_TITLE = re.compile(r"[\"“„«《「『](?=\w)")

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
ADVICE_WEIGHT = 0.3
"""For the agent's words, asked what it recommended; again for those that name a title."""
FACT_WEIGHT = 0.3
"""For the coverage of a fact: what promotion took for a statement says it more surely than other
sentences with the same words."""

ENOUGH_NEW_WORDS = 6
PRIOR_SENTENCES = 50
"""Added to the count of sentences in idf, so that two sentences do not make a corpus."""
MIN_COMMON_PREFIX = 4
NEAR_FORM = 0.7
"""What a word counts that shares most of its beginning with one of the question."""


def score_sentences(
    question: Question, recall: Recall, *, embed: Embed | None = None
) -> list[Candidate]:
    """Every sentence that may answer, best first."""
    found = find_candidates(question, recall)
    terms_of = _Terms(question, found)
    scored: list[Candidate] = []
    for candidate, similarity in zip(found, _similarities(question, found, embed), strict=True):
        read = _read(question, candidate, terms_of)
        before = scored[-1] if scored and _follows(read, scored[-1]) else None
        score = (
            _own_score(question, read, terms_of)
            + SIMILARITY_WEIGHT * similarity
            + _context_score(read, before)
        )
        scored.append(replace(read, score=score))
    # Of equal ones the newer page first; sorting is stable.
    scored.sort(key=lambda candidate: (candidate.said_at, candidate.page), reverse=True)
    scored.sort(key=lambda candidate: candidate.score, reverse=True)
    return scored


def _read(question: Question, candidate: Candidate, terms_of: _Terms) -> Candidate:
    """With how much of the question it has."""
    language = candidate.language
    in_window = _is_in(question.window, candidate)
    is_all_asked = candidate.is_asked or (in_window and not question.terms(language))
    in_exchange = 1.0 if is_all_asked else terms_of.coverage(candidate.exchange, language)
    return replace(
        candidate,
        coverage=terms_of.coverage(candidate.text, language),
        exchange_coverage=in_exchange,
        in_window=in_window,
    )


def _own_score(question: Question, candidate: Candidate, terms_of: _Terms) -> float:
    """By itself and its turn and page, whatever was said before it."""
    language = candidate.language
    return (
        candidate.page_score
        + COVERAGE_WEIGHT * candidate.coverage
        + TURN_COVERAGE_WEIGHT * terms_of.coverage(candidate.turn, language)
        + EXCHANGE_COVERAGE_WEIGHT * candidate.exchange_coverage
        + NEW_WORDS_WEIGHT * terms_of.novelty(candidate.text, language)
        + FACT_WEIGHT * candidate.exchange_coverage * candidate.is_fact
        + WINDOW_WEIGHT * candidate.in_window
        + FORMER_WEIGHT * _timeliness(question, candidate)
        + ADVICE_WEIGHT * _advice(question, candidate)
        - QUESTION_PENALTY * candidate.is_question
        - OTHER_SPEAKER_PENALTY * (question.speaker not in (None, candidate.speaker))
    )


def _advice(question: Question, candidate: Candidate) -> int:
    if not question.asks_advised or candidate.speaker is not Speaker.AGENT:
        return 0
    return 2 if question.asks_title and _TITLE.search(candidate.text) else 1


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

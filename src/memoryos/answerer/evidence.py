"""The sentences of a recall, scored by how well they answer a question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from memoryos.answerer.questions import Question, Term
from memoryos.embedders.base import Embeddings
from memoryos.model import Page, Speaker
from memoryos.recall import Recall, Turn
from memoryos.text.language import guess_language
from memoryos.text.sentences import split_sentences
from memoryos.text.tokens import terms

Embed = Callable[[Sequence[str]], Embeddings]

# Weights beside a page score in which a cosine of 1 counts 1. Chosen on conversations of LoCoMo;
# flat: halving or doubling one moves little.
COVERAGE_WEIGHT = 0.3
TURN_COVERAGE_WEIGHT = 0.3
EXCHANGE_COVERAGE_WEIGHT = 0.15
CONTEXT_WEIGHT = 0.2
"""For the coverage of the sentence said just before: what speaks of the question is often answered
by the next sentence."""
REPLY_WEIGHT = 0.4
"""Likewise, if that was a question of the other speaker."""
NEW_WORDS_WEIGHT = 0.4
SIMILARITY_WEIGHT = 0.3
QUESTION_PENALTY = 0.4
OTHER_SPEAKER_PENALTY = 0.3
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
    page: Page
    speaker: Speaker
    turn: str
    """The turn it stands in."""
    language: str
    is_question: bool
    page_score: float
    """Of its page in the recall, less that of the best page."""
    recalled: bool
    """False for a short-term page that recall did not choose."""
    coverage: float = 0.0
    """The share of the question's terms in the sentence, by idf, 0 to 1."""
    exchange_coverage: float = 0.0
    """The same share in the whole page."""
    score: float = 0.0


def score_sentences(
    question: Question, recall: Recall, *, embed: Embed | None = None
) -> list[Candidate]:
    """Every sentence of the recalled and the short-term pages, the best answer first.

    Replies that were made from memory are passed over: their evidence is there itself.
    """
    found = list(_candidates(question, recall))
    terms_of = _Terms(question, found)
    scored: list[Candidate] = []
    for candidate, similarity in zip(found, _similarities(question, found, embed), strict=True):
        exchange = f"{candidate.page.user_input}\n{candidate.page.agent_response}"
        candidate = replace(
            candidate,
            coverage=terms_of.coverage(candidate.text, candidate.language),
            exchange_coverage=terms_of.coverage(exchange, candidate.language),
        )
        before = scored[-1] if scored and _follows(candidate, scored[-1]) else None
        score = (
            candidate.page_score
            + COVERAGE_WEIGHT * candidate.coverage
            + TURN_COVERAGE_WEIGHT * terms_of.coverage(candidate.turn, candidate.language)
            + EXCHANGE_COVERAGE_WEIGHT * candidate.exchange_coverage
            + NEW_WORDS_WEIGHT * terms_of.novelty(candidate.text, candidate.language)
            + SIMILARITY_WEIGHT * similarity
        )
        if before is not None:
            score += CONTEXT_WEIGHT * before.coverage
            if before.is_question and before.speaker is not candidate.speaker:
                score += REPLY_WEIGHT * before.coverage
        if candidate.is_question:
            score -= QUESTION_PENALTY
        if question.speaker not in (None, candidate.speaker):
            score -= OTHER_SPEAKER_PENALTY
        scored.append(replace(candidate, score=score))
    # Of equal ones the newer page first.
    scored.sort(key=lambda candidate: candidate.page.order, reverse=True)
    scored.sort(key=lambda candidate: candidate.score, reverse=True)
    return scored


def _candidates(question: Question, recall: Recall) -> Iterator[Candidate]:
    """In the order they were said."""
    ranked = recall.by_rank()[:SCORED_PAGES]
    best = ranked[0].score if ranked else 0.0
    shown = {
        recalled.page.number: (recalled.page, recalled.turns, recalled.score - best, True)
        for recalled in ranked
    }
    for page in recall.short_term:
        turns = tuple(Turn(speaker, page.half(speaker), score=0.0) for speaker in Speaker)
        shown.setdefault(page.number, (page, turns, -UNRECALLED_PENALTY, False))
    for page, turns, page_score, recalled in sorted(shown.values(), key=lambda item: item[0].order):
        for turn in turns:
            if turn.speaker is Speaker.AGENT and not page.learnable:
                continue
            language = guess_language(turn.text, question.language)
            for sentence in split_sentences(turn.text):
                yield Candidate(
                    text=sentence.text,
                    page=page,
                    speaker=turn.speaker,
                    turn=turn.text,
                    language=language,
                    is_question=sentence.is_question,
                    page_score=page_score,
                    recalled=recalled,
                )


def _follows(candidate: Candidate, before: Candidate) -> bool:
    """Whether nothing was said between the two, as far as the numbers of their pages tell."""
    return candidate.page.number - before.page.number in (0, 1)


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
        self._terms: dict[str, frozenset[str]] = {}
        self._held = Counter(
            term
            for candidate in found
            for term in self._terms_of(candidate.text, candidate.language)
        )
        self._count = PRIOR_SENTENCES + len(found)

    def coverage(self, text: str, language: str) -> float:
        """0 to 1; 0 for a question without content."""
        held = self._terms_of(text, language)
        sought = self._question.terms(language)
        weights = [self._idf(term) for term in sought]
        covered = sum(
            weight * _nearness(term, held, language)
            for term, weight in zip(sought, weights, strict=True)
        )
        return covered / sum(weights) if weights else 0.0

    def novelty(self, text: str, language: str) -> float:
        """The words in `text` that are not the question's, 1 for enough of them."""
        new = self._terms_of(text, language).difference(*self._question.terms(language))
        return min(len(new), ENOUGH_NEW_WORDS) / ENOUGH_NEW_WORDS

    def _terms_of(self, text: str, language: str) -> frozenset[str]:
        if text not in self._terms:
            self._terms[text] = frozenset(terms(text, language))
        return self._terms[text]

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

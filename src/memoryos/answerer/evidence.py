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

# Weights beside a page score in which a cosine of 1 counts 1. Measured on conversations of LoCoMo;
# flat: halving or doubling one moves little.
COVERAGE_WEIGHT = 0.6
TURN_COVERAGE_WEIGHT = 0.3
EXCHANGE_COVERAGE_WEIGHT = 0.15
SIMILARITY_WEIGHT = 0.5
QUESTION_PENALTY = 0.25
OTHER_SPEAKER_PENALTY = 0.15
UNRECALLED_PENALTY = 0.2
"""What a short-term page loses that recall did not choose."""

SCORED_PAGES = 10
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
    """The same share in the page and what was said just before it."""
    score: float = 0.0


def score_sentences(
    question: Question, recall: Recall, *, embed: Embed | None = None
) -> list[Candidate]:
    """Every sentence of the recalled and the short-term pages, the best answer first.

    Replies that were made from memory are passed over: their evidence is there itself.
    """
    found = list(_candidates(question, recall))
    if not found:
        return []
    weigh = _Coverage(question, found)
    similarities = _similarities(question, found, embed)
    scored = []
    for candidate, similarity in zip(found, similarities, strict=True):
        exchange = f"{candidate.page.user_input}\n{candidate.page.agent_response}"
        coverage = weigh.share(candidate.text, candidate.language)
        in_turn = weigh.share(candidate.turn, candidate.language)
        in_exchange = weigh.share(exchange, candidate.language)
        score = (
            candidate.page_score
            + COVERAGE_WEIGHT * coverage
            + TURN_COVERAGE_WEIGHT * in_turn
            + EXCHANGE_COVERAGE_WEIGHT * in_exchange
            + SIMILARITY_WEIGHT * similarity
            - QUESTION_PENALTY * candidate.is_question
        )
        if question.speaker not in (None, candidate.speaker):
            score -= OTHER_SPEAKER_PENALTY
        scored.append(
            replace(candidate, coverage=coverage, exchange_coverage=in_exchange, score=score)
        )
    # Of equal ones the newer, then the earlier in its page: sorting is stable.
    scored.sort(key=lambda candidate: candidate.page.order, reverse=True)
    scored.sort(key=lambda candidate: candidate.score, reverse=True)
    return scored


def _candidates(question: Question, recall: Recall) -> Iterator[Candidate]:
    pages = recall.by_rank()[:SCORED_PAGES]
    best = pages[0].score if pages else 0.0
    for page in pages:
        for turn in page.turns:
            yield from _sentences(question, page.page, turn, page.score - best, recalled=True)
    chosen = {page.page.number for page in pages}
    for short_term in recall.short_term:
        if short_term.number not in chosen:
            for speaker in Speaker:
                turn = Turn(speaker, short_term.half(speaker), score=0.0)
                yield from _sentences(
                    question, short_term, turn, -UNRECALLED_PENALTY, recalled=False
                )


def _sentences(
    question: Question, page: Page, turn: Turn, page_score: float, *, recalled: bool
) -> Iterator[Candidate]:
    if not page.learnable and turn.speaker is Speaker.AGENT:
        return
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


def _similarities(
    question: Question, found: Sequence[Candidate], embed: Embed | None
) -> Sequence[float]:
    if embed is None:
        return [0.0] * len(found)
    rows = embed([question.bare, *(candidate.text for candidate in found)])
    return [float(cosine) for cosine in rows[1:] @ rows[0]]


class _Coverage:
    """How much of a question stands in a text, each term weighing its idf among the sentences."""

    def __init__(self, question: Question, found: Sequence[Candidate]) -> None:
        self._question = question
        self._terms: dict[str, frozenset[str]] = {}
        self._held = Counter(
            term
            for candidate in found
            for term in self._terms_of(candidate.text, candidate.language)
        )
        self._count = PRIOR_SENTENCES + len(found)

    def share(self, text: str, language: str) -> float:
        """0 to 1; 0 for a question without content."""
        held = self._terms_of(text, language)
        sought = self._question.terms(language)
        weights = [self._idf(term) for term in sought]
        covered = sum(
            weight * _nearness(term, held, language)
            for term, weight in zip(sought, weights, strict=True)
        )
        return covered / sum(weights) if weights else 0.0

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

"""Answers without a language model: the sentences of memory that answer, with dates and page ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from memoryos.answerer.evidence import Candidate, Embed, score_sentences
from memoryos.answerer.question_words import Asks
from memoryos.answerer.questions import Question, read_question
from memoryos.answerer.wording import NOTHING, SAID_ON
from memoryos.recall import Recall
from memoryos.text.dates import Mention, event_date, find_dates, write_mention
from memoryos.text.language import guess_language

__all__ = ["Answer", "AnswerSentence", "answer"]

MAX_SENTENCES = 3
MIN_SHARE_OF_BEST = 0.75
"""A further sentence is given if it scores at least this share of the best."""
MIN_COVERAGE = 0.2
"""Of the question, in what was said in the exchange, for a page that recall chose."""
MIN_COVERAGE_UNRECALLED = 0.6
"""For a short-term page that it did not."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of memory, as it was said."""

    text: str
    page_id: str
    said_on: date
    event_date: date | None
    """The day it speaks of, where it tells one."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What memory answers. `text` says honestly that there is nothing if `found` is False."""

    text: str
    found: bool
    sentences: tuple[AnswerSentence, ...] = ()

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages quoted, best first, each once."""
        return tuple(dict.fromkeys(sentence.page_id for sentence in self.sentences))


def answer(query: str, recall: Recall, *, now: datetime, embed: Embed | None = None) -> Answer:
    """The sentences of `recall` that answer `query`, in the words and language they were said in.

    Recalled pages and short-term ones are searched; `embed` adds cosines to the scores of
    sentences. Pure but for `embed`.
    """
    question = read_question(query, recall.names, default_language=_usual_language(recall))
    chosen = _chosen(question, score_sentences(question, recall, embed=embed))
    if not chosen:
        return Answer(NOTHING.get(question.language, NOTHING["en"]), found=False)
    return Answer(
        "\n".join(_line(candidate, question) for candidate in chosen),
        found=True,
        sentences=tuple(_sentence(candidate) for candidate in chosen),
    )


def _usual_language(recall: Recall) -> str:
    pages = [page.page for page in recall.by_rank()[:1]] or list(recall.short_term[-1:])
    return guess_language(" ".join(f"{page.user_input} {page.agent_response}" for page in pages))


def _chosen(question: Question, scored: list[Candidate]) -> list[Candidate]:
    """The sentences that answer, best first; none if the best says too little of the question."""
    answering = [candidate for candidate in scored if _is_evidence(candidate)]
    best = answering[0].score if answering else 0.0
    chosen: dict[str, Candidate] = {}
    for candidate in answering:
        if candidate.score >= MIN_SHARE_OF_BEST * best and not candidate.is_question:
            chosen.setdefault(candidate.text, candidate)
    return list(chosen.values())[:MAX_SENTENCES]


def _is_evidence(candidate: Candidate) -> bool:
    if candidate.is_question:
        return False
    if candidate.recalled:
        return candidate.exchange_coverage >= MIN_COVERAGE
    return candidate.coverage >= MIN_COVERAGE_UNRECALLED


def _line(candidate: Candidate, question: Question) -> str:
    said_on = candidate.page.timestamp.date()
    quoted = f"“{candidate.text}”"
    if question.asks is Asks.WHEN and (mention := _mention(candidate)):
        when = write_mention(mention, said_on=said_on, language=candidate.language)
        said = SAID_ON.get(candidate.language, SAID_ON["en"])
        return f"{when}: {quoted} ({said} {said_on}, {candidate.page.id})"
    return f"{quoted} ({said_on}, {candidate.page.id})"


def _mention(candidate: Candidate) -> Mention | None:
    """The most precise expression of time in the sentence."""
    mentions = find_dates(
        candidate.text, said_at=candidate.page.timestamp, language=candidate.language
    )
    return min(mentions, key=lambda mention: mention.last - mention.first, default=None)


def _sentence(candidate: Candidate) -> AnswerSentence:
    return AnswerSentence(
        text=candidate.text,
        page_id=candidate.page.id,
        said_on=candidate.page.timestamp.date(),
        event_date=event_date(
            candidate.text, said_at=candidate.page.timestamp, language=candidate.language
        ),
    )

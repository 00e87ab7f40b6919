"""Answers without a language model: the sentences that answer, with their dates and page ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from memoryos.answerer.candidates import Candidate
from memoryos.answerer.evidence import Embed, score_sentences
from memoryos.answerer.quantities import find_quantity
from memoryos.answerer.question_words import Asks
from memoryos.answerer.questions import Question, read_question
from memoryos.answerer.spans import find_spans
from memoryos.answerer.when import find_time, time_of, write_time
from memoryos.answerer.whether import decide
from memoryos.answerer.wording import NOTHING, SAID_ON, UNTIL
from memoryos.model import Speaker
from memoryos.recall import Recall
from memoryos.speakers import PRONOUNS
from memoryos.text.dates import event_date
from memoryos.text.language import guess_language
from memoryos.text.tokens import words

__all__ = ["Answer", "AnswerSentence", "answer", "short_answer"]

MAX_QUESTION_CHARACTERS = 4000
"""A longer query is a document: its beginning is what is asked."""
MAX_SENTENCES = 3
MAX_DISTANCE = 0.25
"""How much worse than the best a further sentence may score."""
MAX_QUOTE = 400
"""Characters of a sentence that an answer quotes."""
MIN_COVERAGE = 0.25
"""Of the question, in what was said in the exchange, for a page that recall chose."""
MIN_COVERAGE_UNRECALLED = 0.6
"""For a short-term page that it did not."""
MIN_LEAD_OF_OTHER = 0.35
"""How much more of the question the other speaker must have said than the one asked about."""


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """A sentence of memory, as it was said."""

    text: str
    page_id: str
    said_on: date
    event_date: date | None
    """The day it speaks of, where it tells one."""
    until: date | None = None
    """The day from which on it does not hold any more."""


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

    Recalled pages, short-term ones and the evidence of facts are searched; "yesterday" in the query
    is seen from `now`; `embed` adds cosines to the scores of sentences. Pure but for `embed`.
    """
    question = _read(query, recall, now)
    chosen = _best_of(_answering(question, recall, embed))
    if not chosen:
        return Answer(NOTHING.get(question.language, NOTHING["en"]), found=False)
    if question.asks is Asks.WHEN:
        told = find_time(question, chosen)[0]
        chosen = [told, *(candidate for candidate in chosen if candidate is not told)]
    return Answer(
        "\n".join(_line(candidate, question) for candidate in chosen),
        found=True,
        sentences=tuple(_sentence(candidate) for candidate in chosen),
    )


def short_answer(query: str, recall: Recall, *, now: datetime, embed: Embed | None = None) -> str:
    """The answer in a few words: "7 May 2023", "three years", "Yes", "San Francisco"; several
    things parted by commas. "" if there is nothing in `recall` about `query`."""
    question = _read(query, recall, now)
    answering = _answering(question, recall, embed)
    if not answering:
        return ""
    best = answering[0]
    short: str | None = None
    if question.asks is Asks.WHEN:
        return write_time(question, *find_time(question, answering), weekdays=True)
    if question.asks is Asks.WHETHER:
        short = decide(question, answering)
        if short is None:
            return " ".join(candidate.text for candidate in _best_of(answering))
    else:
        short = find_quantity(question, answering)
    return short or ", ".join(find_spans(question, answering, recall.names)) or best.text


def _read(query: str, recall: Recall, now: datetime) -> Question:
    return read_question(
        query[:MAX_QUESTION_CHARACTERS],
        recall.names,
        now=now,
        newest_at=recall.short_term[-1].timestamp if recall.short_term else None,
        default_language=_usual_language(recall),
    )


def _usual_language(recall: Recall) -> str:
    pages = [page.page for page in recall.by_rank()[:1]] or list(recall.short_term[-1:])
    return guess_language(" ".join(f"{page.user_input} {page.agent_response}" for page in pages))


def _answering(question: Question, recall: Recall, embed: Embed | None) -> list[Candidate]:
    """The sentences that may answer, best first; none if they speak of the other speaker."""
    scored = score_sentences(question, recall, embed=embed)
    answering = [candidate for candidate in scored if _is_evidence(candidate)]
    return [] if _is_of_other(question, answering) else answering


def _is_of_other(question: Question, answering: Sequence[Candidate]) -> bool:
    """Whether what is asked of one speaker, by name, is known of the other alone: "When did Ann
    sell her boat?" where Bob sold one. Who says "you" may speak of the one asked about."""
    if question.speaker is None or not question.says_name:
        return False
    covered = {True: 0.0, False: 0.0}
    for candidate in answering:
        is_own = _may_speak_of(question.speaker, candidate)
        covered[is_own] = max(covered[is_own], candidate.coverage)
    return covered[False] - covered[True] > MIN_LEAD_OF_OTHER


def _may_speak_of(speaker: Speaker, candidate: Candidate) -> bool:
    you = PRONOUNS[Speaker.AGENT].get(candidate.language)
    return candidate.speaker is speaker or you is None or not you.isdisjoint(words(candidate.text))


def _best_of(answering: list[Candidate]) -> list[Candidate]:
    """The best sentence, and those hardly worse that speak of the question themselves."""
    chosen = {candidate.text: candidate for candidate in answering[:1]}
    for candidate in answering[1:]:
        is_near = candidate.score >= answering[0].score - MAX_DISTANCE
        if is_near and candidate.coverage >= MIN_COVERAGE:
            chosen.setdefault(candidate.text, candidate)
    return list(chosen.values())[:MAX_SENTENCES]


def _is_evidence(candidate: Candidate) -> bool:
    """Whether enough of the question is in it, or around it where recall or promotion vouch."""
    if candidate.is_question:
        return False
    if candidate.recalled:
        return candidate.exchange_coverage >= MIN_COVERAGE
    covered = candidate.exchange_coverage if candidate.is_fact else candidate.coverage
    return covered >= MIN_COVERAGE_UNRECALLED


def _line(candidate: Candidate, question: Question) -> str:
    said_on = candidate.said_at.date()
    quoted = f"“{_shortened(candidate.text)}”"
    mention = time_of(question, candidate, candidate.text) if question.asks is Asks.WHEN else None
    source = candidate.page_id
    if candidate.until is not None:
        until = UNTIL.get(question.language, UNTIL["en"])
        source += f", {until} {candidate.until.date()}"
    if mention is None:
        return f"{quoted} ({said_on}, {source})"
    when = write_time(question, candidate, mention)
    said = SAID_ON.get(question.language, SAID_ON["en"])
    return f"{when}: {quoted} ({said} {said_on}, {source})"


def _shortened(text: str) -> str:
    return text if len(text) <= MAX_QUOTE else f"{text[: MAX_QUOTE - 1].rstrip()}…"


def _sentence(candidate: Candidate) -> AnswerSentence:
    return AnswerSentence(
        text=candidate.text,
        page_id=candidate.page_id,
        said_on=candidate.said_at.date(),
        event_date=event_date(
            candidate.text, said_at=candidate.said_at, language=candidate.language
        ),
        until=candidate.until.date() if candidate.until else None,
    )

"""Does recall find the day? The probing questions of GVD, asked of ten days with a companion.

Each user is an owner of their own. Their days are taken in through the public interface, and every
question is asked a day after the last of them. What counts is whether a page of the right day is
among the best pages, where the right day can be told (`memoryos.bench.gvd_days`).

Each question is answered too: in memory's own words, or by a language model, which then analyses
the days as well. No answer is kept in memory, so that the next question finds it as it was. A judge
gives the three scores of MemoryBank (`memoryos.bench.judge`).
"""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from math import comb
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

from memoryos.answerer import answer
from memoryos.bench.gvd_days import Expected, expected
from memoryos.bench.judge import Rating, rate
from memoryos.bench.models import model_or_stub
from memoryos.bench.recall import AMPLE_TOKENS, ASKED_AFTER
from memoryos.bench.report import Progress
from memoryos.config import ModelSettings
from memoryos.errors import ModelError, UnreadableInputError
from memoryos.llms.base import ChatModel
from memoryos.llms.retrying import RetryingModel
from memoryos.memoryos import Memoryos
from memoryos.model import Page
from memoryos.prompts import filing, judging, promotion, reply, traits
from memoryos.recall import Recall
from memoryos.responder import Responder
from memoryos.transfer.gvd import NOON, User
from memoryos.transfer.pages import BadRecord, OnBad

CUTS = (1, 5, 10)
"""@1 is whether the first-ranked page, and so the first-ranked day, is the right one."""

Answerer = Literal["extractive", "model"]
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what became of it."""

    user: User
    question: str
    expected: Expected
    recalled: tuple[Page, ...]
    """The best pages, best first."""
    answer: str | None
    """None where the model failed."""
    rating: Rating | None
    """None also where there is no judge, or its reply could not be read."""
    failure: str = ""
    """Why the model, or the judge, did not answer."""

    def found(self, cut: int) -> bool:
        """Whether a page of a right day is among the best `cut`."""
        return any(page.timestamp.date() in self.expected.days for page in self.recalled[:cut])

    def by_chance(self, cut: int) -> float:
        """How probably one would be, were pages ranked at random."""
        pages = len(self.user.pages)
        wrong = pages - sum(len(self.user.days[day]) for day in self.expected.days)
        return 1 - comb(wrong, min(cut, pages)) / comb(pages, min(cut, pages))

    def row(self) -> Figures:
        """As a line of `questions.jsonl`."""
        scores = self.rating
        return {
            "user": self.user.name,
            "question": self.question,
            "days": [day.isoformat() for day in self.expected.days],
            "told_by": self.expected.told_by,
            "recalled": [
                {"page": page.id, "day": page.timestamp.date().isoformat()}
                for page in self.recalled
            ],
            "answer": self.answer,
            "retrieval": scores.retrieval if scores else None,
            "correctness": scores.correctness if scores else None,
            "coherence": scores.coherence if scores else None,
            "failure": self.failure,
        }


Keep = Callable[[Asked], object]
"""Told of each question when it has been answered."""


def with_questions(
    users: Sequence[User], questions: Mapping[str, Sequence[str]], *, on_bad: OnBad
) -> list[tuple[User, Sequence[str]]]:
    """The users with their questions.

    Users without questions, and questions of nobody in `users`, are given to `on_bad` and passed
    over. Raises UnreadableInputError if nobody is left.
    """
    for name in questions:
        if name not in {user.name for user in users}:
            on_bad(BadRecord(name, "has questions, and no days"))
    for user in users:
        if not questions.get(user.name):
            on_bad(BadRecord(user.name, "has days, and no questions"))
    held = [(user, questions[user.name]) for user in users if questions.get(user.name)]
    if not held:
        raise UnreadableInputError("no user of the days has a question in the file of questions")
    return held


def measure(
    held: Sequence[tuple[User, Sequence[str]]],
    *,
    answerer: Answerer,
    settings: ModelSettings | None,
    judge: ChatModel | None,
    keep: Keep,
    progress: Progress,
) -> Figures:
    """Take everybody's days in, ask every question, and give the figures of the report.

    `settings` name the model of the answerer "model"; without them the stub server stands in. A
    model that fails costs the question it was asked, which counts as a failure.
    """
    asked: list[Asked] = []
    opened: AbstractContextManager[ChatModel | None] = (
        nullcontext() if answerer == "extractive" else model_or_stub(settings)
    )
    total = sum(len(questions) for _, questions in held)
    with opened as model, tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder:
        replying = RetryingModel(model) if model else None
        for user, questions in held:
            with _memory(user, Path(folder), model) as memory:
                progress("taking days in", len(asked), total)
                take_in(user, memory)
                for question in questions:
                    progress("asking questions", len(asked), total)
                    asked.append(ask(user, question, memory, replying, judge))
                    keep(asked[-1])
        return {
            "answerer": answerer,
            "model": model.model if model else None,
            "replies_are_the_stubs": answerer == "model" and settings is None,
            "judge": judge.model if judge else None,
            **figures([user for user, _ in held], asked),
        }


def prompts(answerer: Answerer, judge: ChatModel | None) -> Mapping[str, str]:
    """Every word of ours that a model is told in such a run, by what it is asked for."""
    told: dict[str, str] = {}
    if answerer == "model":
        told |= {
            "reply": reply.ROLE,
            "filing": filing.SYSTEM,
            "promotion": promotion.SYSTEM,
            "traits": traits.TASK,
        }
    if judge is not None:
        told["rating"] = judging.RATING_TASK
    return told


def take_in(user: User, memory: Memoryos) -> None:
    """Keep every page of a user's days, and consolidate them."""
    drafts = (
        memory.draft(
            page.user_input,
            page.agent_response,
            page.timestamp,
            conversation_id=page.conversation_id,
        )
        for page in user.pages
    )
    deque(memory.add_memories(drafts), maxlen=0)
    memory.flush()


def ask(
    user: User,
    question: str,
    memory: Memoryos,
    model: ChatModel | None,
    judge: ChatModel | None,
) -> Asked:
    """Ask a question of a memory that holds the user's days, and have the answer judged."""
    ranked = memory.retrieve_memory(question, max_results=max(CUTS), max_tokens=AMPLE_TOKENS)
    recall = memory.retrieve_memory(question)
    days = expected(user, question)
    said, rating, failure = None, None, ""
    try:
        said = _answer(recall, question, memory, model)
        if judge is not None:
            rating = rate(
                judge,
                question=question,
                said=_told(user, days),
                recalled=recall.to_prompt(),
                answer=said,
            )
    except ModelError as error:
        failure = str(error)
    pages = tuple(page.page for page in ranked.by_rank())
    return Asked(user, question, days, pages, said, rating, failure)


def figures(users: Sequence[User], asked: Sequence[Asked]) -> Figures:
    """The figures of the report; None where nothing was asked that would tell."""
    told = [each for each in asked if each.expected.days]
    by_how = {
        how: [each for each in told if each.expected.told_by == how] for how in ("date", "label")
    }
    return {
        "right_day": {
            "overall": _shares(told),
            **{how: _shares(of_it) for how, of_it in by_how.items()},
        },
        "right_day_by_chance": {
            f"@{cut}": _mean([each.by_chance(cut) for each in told]) for cut in CUTS
        },
        "questions": len(asked),
        "questions_told_by": {how: len(of_it) for how, of_it in by_how.items()},
        "questions_that_recall_nothing": sum(not each.recalled for each in asked),
        "cannot_be_told": [
            f"{each.user.name}: {each.question}" for each in asked if not each.expected.days
        ],
        "scores": _scores([each.rating for each in asked if each.rating]),
        "failures": sum(bool(each.failure) for each in asked),
        "users": len(users),
        "days": sum(len(user.days) for user in users),
        "pages": sum(len(user.pages) for user in users),
    }


def _memory(user: User, folder: Path, model: ChatModel | None) -> Memoryos:
    asked_at = datetime.combine(max(user.days), NOON) + ASKED_AFTER
    return Memoryos(
        user.name,
        openai_api_key=None if model else "",
        data_storage_path=folder,
        user_name=user.name,
        chat_model=model,
        background=False,
        clock=lambda: asked_at,
    )


def _answer(recall: Recall, question: str, memory: Memoryos, model: ChatModel | None) -> str:
    """What memory, or the model, answers; it is kept nowhere. Raises ModelError."""
    clock = memory.engine.clock
    if model is None:
        return answer(question, recall, now=clock()).text
    return Responder(model, clock=clock).reply(
        recall,
        question,
        relationship_with_user="friend",
        style_hint="",
        user_conversation_meta_data=None,
        keep=lambda reply: None,
    )


def _told(user: User, expected: Expected) -> list[Page]:
    """What was said on the right days; on all, where those cannot be told."""
    pages: list[Page] = []
    for day in expected.days or user.days:
        for record in user.days[day]:
            at = datetime.combine(day, NOON)
            pages.append(Page(len(pages) + 1, record.user_input, record.agent_response, at, at))
    return pages


def _shares(asked: Sequence[Asked]) -> dict[str, float | None]:
    return {f"@{cut}": _mean([each.found(cut) for each in asked]) for cut in CUTS}


def _scores(ratings: Sequence[Rating]) -> Figures | None:
    if not ratings:
        return None
    return {
        "rated": len(ratings),
        "retrieval": _mean([rating.retrieval for rating in ratings]),
        "correctness": _mean([rating.correctness for rating in ratings]),
        "coherence": _mean([rating.coherence for rating in ratings]),
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None

"""Does recall find the day? The probing questions of GVD, asked of ten days with a companion.

Each user is an owner of their own. Their days are taken in through the public interface, and every
question is asked a day after the last of them. What counts is whether a page of the right day is
among the best pages, where the right day can be told (`memoryos.bench.gvd_days`).

Each question is answered too: in memory's own words, or by a language model, which then analyses
the days as well. No answer is kept in memory, so that the next question finds it as it was. A judge
gives the three scores of MemoryBank (`memoryos.bench.judge`). A run that stops goes on where it
was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from math import comb
from pathlib import Path
from statistics import fmean
from typing import Any, Literal

from memoryos.answerer import answer
from memoryos.bench import memories
from memoryos.bench.gvd_days import Expected, expected
from memoryos.bench.gvd_record import Record
from memoryos.bench.judge import UNREAD, rate
from memoryos.bench.models import STUB, described, model_or_stub
from memoryos.bench.naming import first_of
from memoryos.bench.recall import AMPLE_TOKENS, ASKED_AFTER
from memoryos.bench.records import Records, hold, sha256_of
from memoryos.bench.report import Progress
from memoryos.config import MAX_HALF_BYTES, ModelSettings
from memoryos.errors import ModelError, UnreadableInputError
from memoryos.intake import check_draft
from memoryos.llms.base import ChatModel
from memoryos.llms.retrying import RetryingModel
from memoryos.memoryos import Memoryos
from memoryos.model import Page
from memoryos.prompts import filing, judging, promotion, reply, traits
from memoryos.recall import Recall
from memoryos.responder import Responder
from memoryos.transfer.gvd import NOON, User
from memoryos.transfer.pages import BadRecord

CUTS = (1, 5, 10)
"""@1 is whether the first-ranked page, and so the first-ranked day, is the right one."""

Answerer = Literal["extractive", "model"]
Figures = dict[str, Any]


def with_questions(
    users: Sequence[User], questions: Mapping[str, Sequence[str]], passed_over: list[BadRecord]
) -> list[tuple[User, Sequence[str]]]:
    """The users with their questions.

    `passed_over` has what could not be read; users without questions, and questions of nobody in
    `users`, are put there, too. Raises UnreadableInputError, which names the first of it, if
    nobody is left.
    """
    for name in questions:
        if name not in {user.name for user in users}:
            passed_over.append(BadRecord(name, "has questions, and no days"))
    for user in users:
        if not questions.get(user.name):
            passed_over.append(BadRecord(user.name, "has days, and no questions"))
    held = [(user, questions[user.name]) for user in users if questions.get(user.name)]
    if not held:
        raise UnreadableInputError(
            "no user of the days has a question in the file of questions, which should be JSON"
            f" Lines, user -> questions. Passed over: {first_of(passed_over)}"
        )
    return held


def measure(
    held: Sequence[tuple[User, Sequence[str]]],
    *,
    answerer: Answerer,
    settings: ModelSettings | None,
    judge: ChatModel | None,
    data_sha256: Mapping[str, str],
    out: Path,
    progress: Progress,
) -> Figures:
    """Take everybody's days in, ask every question that `out` has no answer to, and give the
    figures of the report; every record is in `out` before the next question is asked.

    `settings` name the model of the answerer "model"; without them the stub server stands in. A
    model that fails costs the question it was asked; one that is down stops the run with a
    ModelUnavailableError. Raises InvalidArgumentError for a folder that holds another run.
    """
    names = {
        "answerer": answerer,
        "model": (settings.model if settings else STUB) if answerer == "model" else None,
        "judge": judge.model if judge else None,
    }
    told = sha256_of(prompts(answerer, judge))
    hold(out, {"benchmark": "gvd", **data_sha256, **names, "prompts_sha256": told})
    records = Records(out, Record)
    keys = [(user.name, question) for user, questions in held for question in questions]
    held_before = [record for record in map(records.get, keys) if record]
    opened: AbstractContextManager[ChatModel | None] = (
        nullcontext() if answerer == "extractive" else model_or_stub(settings)
    )
    with opened as model:
        replying = RetryingModel(model) if model else None
        done = 0
        for user, questions in held:
            progress("taking days in", done, len(keys))
            with memory_of(user, out, model) as memory:
                for question in questions:
                    progress("asking questions", done, len(keys))
                    before = records.get((user.name, question))
                    if before is None or before.failure:
                        said = before.answer if before else None
                        records.append(ask(user, question, memory, replying, judge, said=said))
                    done += 1
    records.tidy(keys)
    return {
        **names,
        "replies_are_the_stubs": answerer == "model" and settings is None,
        "answered_before": sum(record.answer is not None for record in held_before),
        **figures([user for user, _ in held], [*filter(None, map(records.get, keys))]),
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


def memory_of(user: User, out: Path, model: ChatModel | None) -> AbstractContextManager[Memoryos]:
    """The memory of a user's days, a day after the last of them. Raises as `memories.opened`."""
    asked_at = datetime.combine(max(user.days), NOON) + ASKED_AFTER
    drafts = [
        check_draft(
            page.user_input,
            page.agent_response,
            timestamp=page.timestamp,
            meta_data=None,
            conversation_id=page.conversation_id,
            now=asked_at,
            max_half_bytes=MAX_HALF_BYTES,
        )
        for page in user.pages
    ]
    return memories.opened(
        user.name, drafts, out, asked_at=asked_at, user_name=user.name, model=model
    )


def ask(
    user: User,
    question: str,
    memory: Memoryos,
    model: ChatModel | None,
    judge: ChatModel | None,
    *,
    said: str | None = None,
) -> Record:
    """Ask a question of a memory that holds the user's days, and have the answer judged.

    Where `said` is an answer that stands, the judge alone is asked.
    """
    ranked = memory.retrieve_memory(question, max_results=max(CUTS), max_tokens=AMPLE_TOKENS)
    recall = memory.retrieve_memory(question)
    days = expected(user, question)
    rating, failure = None, ""
    try:
        if said is None:
            said = _answer(recall, question, memory, model)
        if judge is not None:
            rating = rate(
                judge,
                question=question,
                said=_told(user, days),
                recalled=recall.to_prompt(),
                answer=said,
            )
            failure = "" if rating else UNREAD
    except ModelError as error:
        failure = described(error)
    return Record(
        user.name,
        question,
        days=tuple(day.isoformat() for day in days.days),
        told_by=days.told_by,
        recalled=tuple(
            {"page": page.page.id, "day": page.page.timestamp.date().isoformat()}
            for page in ranked.by_rank()
        ),
        answer=said,
        retrieval=rating.retrieval if rating else None,
        correctness=rating.correctness if rating else None,
        coherence=rating.coherence if rating else None,
        failure=failure,
    )


def figures(users: Sequence[User], records: Sequence[Record]) -> Figures:
    """The figures of the report; None where nothing was asked that would tell."""
    told = [record for record in records if record.days]
    by_how = {
        how: [record for record in told if record.told_by == how] for how in ("date", "label")
    }
    named = {user.name: user for user in users}
    return {
        "right_day": {
            "overall": _shares(told),
            **{how: _shares(of_it) for how, of_it in by_how.items()},
        },
        "right_day_by_chance": {
            f"@{cut}": _mean([by_chance(named[record.user], record, cut) for record in told])
            for cut in CUTS
        },
        "questions": len(records),
        "questions_told_by": {how: len(of_it) for how, of_it in by_how.items()},
        "questions_that_recall_nothing": sum(not record.recalled for record in records),
        "cannot_be_told": [
            f"{record.user}: {record.question}" for record in records if not record.days
        ],
        "scores": _scores([record for record in records if record.retrieval is not None]),
        "failures": sum(bool(record.failure) for record in records),
        "users": len(users),
        "days": sum(len(user.days) for user in users),
        "pages": sum(len(user.pages) for user in users),
    }


def by_chance(user: User, record: Record, cut: int) -> float:
    """How probably a page of a right day would be among the best `cut`, were pages ranked at
    random."""
    pages = len(user.pages)
    wrong = sum(
        len(of_it) for day, of_it in user.days.items() if day.isoformat() not in record.days
    )
    return 1 - comb(wrong, min(cut, pages)) / comb(pages, min(cut, pages))


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


def _shares(records: Sequence[Record]) -> dict[str, float | None]:
    return {f"@{cut}": _mean([record.found(cut) for record in records]) for cut in CUTS}


def _scores(rated: Sequence[Record]) -> Figures | None:
    if not rated:
        return None
    means = {
        name: _mean([getattr(record, name) for record in rated])
        for name in ("retrieval", "correctness", "coherence")
    }
    return {"rated": len(rated), **means}


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None

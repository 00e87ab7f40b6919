"""A run: every question asked of the memory of its conversation, answered, scored and noted."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from memoryos.bench import scoring
from memoryos.bench.baselines import Baseline, Recaller, open_baseline
from memoryos.bench.judge import UNREAD, is_right
from memoryos.bench.locomo.answering import Answerer, AnswererName, Given, by_model, extractive
from memoryos.bench.locomo.asked import ADVERSARIAL, Asked, Questions, Subject
from memoryos.bench.locomo.record import Record
from memoryos.bench.memories import opened
from memoryos.bench.models import described, model_or_stub
from memoryos.bench.recall import share
from memoryos.bench.records import Records
from memoryos.bench.report import Progress
from memoryos.config import ModelSettings, Policy
from memoryos.embedders import open_embedder
from memoryos.errors import InvalidArgumentError, ModelError
from memoryos.llms import open_chat_model
from memoryos.llms.base import ChatModel
from memoryos.llms.retrying import RetryingModel
from memoryos.memoryos import Memoryos
from memoryos.model import RULES
from memoryos.recall import Names
from memoryos.text.tokens import count_tokens


@dataclass(frozen=True, slots=True)
class Setup:
    """How the questions are answered."""

    answerer: AnswererName
    policy: Policy
    embedder: str
    baseline: Baseline | None
    model: ModelSettings | None
    """The configured one; None for none."""
    judge: ModelSettings | None

    def check(self) -> None:
        """Raises InvalidArgumentError for what does not go together, MissingExtraError where
        what scores the answers is not installed."""
        scoring.check_installed()
        if self.baseline == "full-context" and self.answerer == "extractive":
            raise InvalidArgumentError(
                "--baseline full-context needs --answerer model: the extractive answerer reads no"
                " more than ten pages"
            )
        if self.baseline and self.policy != "default":
            raise InvalidArgumentError(
                f"--policy is how memory ranks, and --baseline {self.baseline} has no memory: leave"
                " one of them out"
            )
        if self.baseline in ("dense", "hybrid") and self.embedder == "none":
            raise InvalidArgumentError(f"--baseline {self.baseline} needs an embedder")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run leaves to be counted."""

    records: tuple[Record, ...]
    """Of the questions that were asked, in the order of the file."""
    answered_before: int
    """How many of them an earlier start of the run answered."""
    by_model: bool
    """Whether a model was to answer them."""
    updating: Mapping[str, Counter[str]]
    """Purpose -> calls, tokens and failures of consolidating the conversations, by a model."""
    segments_by_rules: int
    """Segments that rules filed where a model was to."""


def ask_all(questions: Questions, setup: Setup, out: Path, progress: Progress) -> Outcome:
    """Ask what `out` holds no answer to.

    Every record is on disk before the next question is asked. Raises ModelUnavailableError where
    the model fails at several questions in a row; the same run goes on from there.
    """
    records = Records(out, Record)
    keys = [asked.key for subject in questions.subjects for asked in subject.asked]
    held = [record for record in map(records.get, keys) if record is not None]
    run = _Run(setup, out, records, total=len(keys))
    with ExitStack() as stack:
        if setup.answerer == "model":
            run.model = stack.enter_context(model_or_stub(setup.model))
        for subject in questions.subjects:
            run.ask(subject, progress)
    records.tidy(keys)
    return Outcome(
        tuple(record for record in map(records.get, keys) if record is not None),
        answered_before=sum(record.is_answered for record in held),
        by_model=run.model is not None,
        updating=run.updating,
        segments_by_rules=run.segments_by_rules,
    )


class _Run:
    def __init__(self, setup: Setup, out: Path, records: Records[Record], *, total: int) -> None:
        self.model: ChatModel | None = None
        self.updating: dict[str, Counter[str]] = {}
        self.segments_by_rules = 0
        self._setup = setup
        self._out = out
        self._records = records
        self._total = total
        self._done = 0
        self._judge = RetryingModel(open_chat_model(setup.judge)) if setup.judge else None

    def ask(self, subject: Subject, progress: Progress) -> None:
        """The questions of one conversation."""
        progress("taking a conversation in", self._done, self._total)
        answerer = by_model(self.model) if self.model else extractive
        with self._recaller(subject) as recaller:
            for asked in subject.asked:
                progress("asking questions", self._done, self._total)
                record = self._records.get(asked.key)
                if record is None or not record.is_answered:
                    record = ask(asked, recaller, answerer, now=subject.asked_at)
                    self._records.append(self._judged(record))
                elif record.judge_error:
                    self._records.append(self._judged(record))
                self._done += 1

    @contextmanager
    def _recaller(self, subject: Subject) -> Iterator[Recaller]:
        setup = self._setup
        if setup.baseline is not None:
            embedder = open_embedder(setup.embedder)
            names = Names(subject.conversation.speaker_a, subject.conversation.speaker_b)
            yield open_baseline(
                setup.baseline,
                subject.drafts,
                embedder=embedder,
                names=names,
                now=subject.asked_at,
            )
            return
        talk = subject.conversation
        with opened(
            talk.sample_id,
            subject.drafts,
            self._out,
            asked_at=subject.asked_at,
            user_name=talk.speaker_a,
            assistant_name=talk.speaker_b,
            policy=setup.policy,
            embedder=setup.embedder,
            model=self.model,
        ) as memory:
            if self.model:
                self._count_updating(memory)
            yield memory.retrieve_memory

    def _count_updating(self, memory: Memoryos) -> None:
        for purpose, usage in memory.get_memory_stats()["model_usage"].items():
            spent = self.updating.setdefault(purpose, Counter())
            spent.update({name: usage[name] for name in SPENT})
            spent["failures"] += sum(usage["failures"].values())
        self.segments_by_rules += sum(segment.learner == RULES for segment, _ in memory.segments())

    def _judged(self, record: Record) -> Record:
        if self._judge is None or record.answer is None or record.category == ADVERSARIAL:
            return record
        try:
            verdict = is_right(
                self._judge, question=record.question, gold=record.gold, answer=record.answer
            )
        except ModelError as error:
            return replace(record, judge_error=described(error))
        return replace(record, judge=verdict, judge_error=UNREAD if verdict is None else None)


SPENT = ("calls", "prompt_tokens", "completion_tokens")


def ask(asked: Asked, recaller: Recaller, answerer: Answerer, *, now: datetime) -> Record:
    """Ask one question. Where the model fails, the record has its error, and no answer."""
    question = asked.question
    started = time.perf_counter()
    recall = recaller(question.text)
    recalled_at = time.perf_counter()
    given: Given | None = None
    error = None
    try:
        given = answerer(question.text, recall, now)
    except ModelError as failure:
        error = described(failure)
    ended_at = time.perf_counter()
    pages = recall.by_rank()
    found = chain.from_iterable(page.meta_data["dia_ids"] for page in pages)
    return Record(
        sample_id=asked.sample_id,
        number=question.number,
        category=question.category,
        question=question.text,
        gold=question.answer,
        answer=given.text if given else None,
        error=error,
        **_scores(question.category, given.text if given else None, question.answer),
        judge=None,
        judge_error=None,
        evidence=asked.evidence,
        evidence_recall=share(asked.evidence, found=found) if asked.evidence else None,
        recalled=tuple(
            {"page": page.id, "dia_ids": list(page.meta_data["dia_ids"])} for page in pages
        ),
        tokens_recalled=count_tokens(recall.to_prompt()),
        prompt_tokens=given.tokens.prompt if given else 0,
        completion_tokens=given.tokens.completion if given else 0,
        recall_seconds=round(recalled_at - started, 6),
        seconds=round(ended_at - started, 6),
    )


def _scores(category: int, answer: str | None, gold: str) -> dict[str, Any]:
    if answer is None:
        return {"f1_set": None, "f1_locomo": None, "bleu1": None}
    if category == ADVERSARIAL:
        return {"f1_set": None, "f1_locomo": float(scoring.abstains(answer)), "bleu1": None}
    return {
        "f1_set": round(scoring.set_f1(answer, gold), 6),
        "f1_locomo": round(scoring.locomo_f1(answer, gold, category), 6),
        "bleu1": round(scoring.bleu1(answer, gold), 6),
    }

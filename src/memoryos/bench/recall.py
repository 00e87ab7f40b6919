"""Does recall find the evidence? LoCoMo's questions asked of memory, without a language model.

Each conversation is the memory of an owner of its own. A question of categories 1 to 4 names the
turns that answer it; what counts is how many of them are on the best pages, or in the best
excerpts. Questions about other people's talk should find nothing.
"""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

from memoryos.bench.report import Progress, milliseconds
from memoryos.config import Policy
from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft
from memoryos.recall import RecalledPage
from memoryos.text.tokens import count_tokens
from memoryos.transfer.locomo import Conversation, Question, Turn

if TYPE_CHECKING:
    from memoryos.bench.locomo.asked import Asked, Questions, Subject

CUTS = (5, 10, 20)
BUDGETS = (500, 1000, 2000)
CATEGORIES = (1, 2, 3, 4)
"""Several hops, time, open domain, one hop. 5 asks what the conversation does not answer."""

AMPLE_TOKENS = 1_000_000
"""For evidence recall, which counts pages however long they are."""

ASKED_AFTER = timedelta(days=1)
"""The questions are asked a day after the last session: the same figures whenever it is run."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A conversation in memory, and what is asked of it."""

    subject: Subject
    memory: Memoryos


@dataclass(slots=True)
class Results:
    """What each question got, in the order asked."""

    evidence: dict[int, list[dict[int, float]]] = field(
        default_factory=lambda: {category: [] for category in CATEGORIES}
    )
    """Category -> for each question, cut -> the share of its evidence."""
    in_tokens: dict[int, list[float]] = field(
        default_factory=lambda: {budget: [] for budget in BUDGETS}
    )
    """Budget -> for each question, the share of its evidence."""
    abstained: list[bool] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


def measure(
    questions: Questions, *, policy: Policy, embedder: str, progress: Progress
) -> dict[str, Any]:
    """Take the conversations in, ask every question, and give the figures of the report."""
    subjects = questions.subjects
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder, ExitStack() as opened:
        taken_in, ingest_seconds = [], 0.0
        for done, subject in enumerate(subjects):
            progress("taking conversations in", done, len(subjects))
            memory = opened.enter_context(
                _open(subject, Path(folder), policy=policy, embedder=embedder)
            )
            started = time.perf_counter()
            take_in(subject.drafts, memory)
            ingest_seconds += time.perf_counter() - started
            taken_in.append(TakenIn(subject, memory))
        results = ask_all(taken_in, progress)
    pages = sum(len(subject.drafts) for subject in subjects)
    return figures(results, pages=pages, ingest_seconds=ingest_seconds)


def take_in(pages: Iterable[PageDraft], memory: Memoryos) -> None:
    """Keep every page of a conversation and consolidate them."""
    deque(memory.add_memories(pages), maxlen=0)
    memory.flush()


def split_evidence(conversation: Conversation, question: Question) -> tuple[list[str], list[str]]:
    """The evidence of a question that the conversation holds in words, and the rest."""
    turns = conversation.turns
    held = [turn for turn in question.evidence if turn in turns and turns[turn].text]
    return held, [turn for turn in question.evidence if turn not in held]


def ask_all(taken_in: Sequence[TakenIn], progress: Progress) -> Results:
    """Every question of its own conversation, then of the next one in the file."""
    results = Results()
    others = (*taken_in[1:], *taken_in[:1])
    asked = [
        (one, other, item)
        for one, other in zip(taken_in, others, strict=True)
        for item in one.subject.asked
    ]
    for done, (one, other, item) in enumerate(asked):
        progress("asking questions", done, len(asked))
        ask(one, item, results)
        if other is not one:
            results.abstained.append(not other.memory.retrieve_memory(item.question.text).pages)
    return results


def ask(one: TakenIn, asked: Asked, results: Results) -> None:
    """Ask a question of the conversation it is about."""
    started = time.perf_counter()
    recall = one.memory.retrieve_memory(
        asked.question.text, max_results=max(CUTS), max_tokens=AMPLE_TOKENS
    )
    results.seconds.append(time.perf_counter() - started)
    ranked = [page.meta_data["dia_ids"] for page in recall.by_rank()]
    results.evidence[asked.question.category].append(
        {cut: share(asked.evidence, found=chain.from_iterable(ranked[:cut])) for cut in CUTS}
    )
    for budget in BUDGETS:
        recall = one.memory.retrieve_memory(
            asked.question.text, max_results=len(one.subject.drafts), max_tokens=budget
        )
        found = turns_within(recall.by_rank(), budget, one.subject.conversation.turns)
        results.in_tokens[budget].append(share(asked.evidence, found=found))


def share(evidence: Collection[str], *, found: Iterable[str]) -> float:
    """The share of the evidence that was found, 0 to 1."""
    return len({*evidence} & {*found}) / len({*evidence})


def turns_within(
    ranked: Iterable[RecalledPage], budget: int, turns: Mapping[str, Turn]
) -> set[str]:
    """The turns whose words stand in the excerpts of the best pages that fit `budget` tokens."""
    found: set[str] = set()
    for page in ranked:
        budget -= count_tokens(page.excerpt)
        if budget < 0:
            break
        # A long half is recalled in passages, one a line: white space is not compared.
        excerpt = " ".join(page.excerpt.split())
        found.update(
            turn
            for turn in page.meta_data["dia_ids"]
            if " ".join(turns[turn].text.split()) in excerpt
        )
    return found


def figures(results: Results, *, pages: int, ingest_seconds: float) -> dict[str, Any]:
    """The figures of the report; None where nothing was asked that would tell."""
    asked = {category: len(shares) for category, shares in results.evidence.items()}
    return {
        "evidence_recall": evidence_recall(results),
        "evidence_turns_in_tokens": {
            str(budget): _mean(shares) for budget, shares in results.in_tokens.items()
        },
        "abstention": _mean(results.abstained),
        "questions": sum(asked.values()),
        "questions_by_category": {str(category): count for category, count in asked.items()},
        "pages": pages,
        "ingest_pages_per_s": round(pages / ingest_seconds, 1),
        "recall_p50_ms": milliseconds(results.seconds, 50),
        "recall_p95_ms": milliseconds(results.seconds, 95),
    }


def evidence_recall(results: Results) -> dict[str, dict[str, float | None]]:
    """By cut, the mean share of the evidence: overall, and by category."""
    overall = [found for asked in results.evidence.values() for found in asked]
    by_category = {str(category): _by_cut(asked) for category, asked in results.evidence.items()}
    return {"overall": _by_cut(overall), **by_category}


def _open(subject: Subject, folder: Path, *, policy: Policy, embedder: str) -> Memoryos:
    conversation, asked_at = subject.conversation, subject.asked_at
    return Memoryos(
        conversation.sample_id,
        openai_api_key="",
        data_storage_path=folder,
        user_name=conversation.speaker_a,
        assistant_name=conversation.speaker_b,
        embedding_model_name=embedder,
        policy=policy,
        background=False,
        clock=lambda: asked_at,
    )


def _by_cut(asked: Sequence[dict[int, float]]) -> dict[str, float | None]:
    return {f"@{cut}": _mean([found[cut] for found in asked]) for cut in CUTS}


def _mean(values: Sequence[float]) -> float | None:
    return round(fmean(values), 4) if values else None

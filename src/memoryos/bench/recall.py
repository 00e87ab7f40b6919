"""Does recall find the evidence? LoCoMo's questions asked of memory, without a language model.

Each conversation is the memory of an owner of its own. A question of categories 1 to 4 names the
turns that answer it; what counts is how many of them are on the best pages, or in the best
excerpts. Questions about other people's talk should find nothing.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

from memoryos.bench.report import Progress, milliseconds
from memoryos.config import Policy
from memoryos.memoryos import Memoryos
from memoryos.recall import RecalledPage
from memoryos.text.tokens import count_tokens
from memoryos.transfer.locomo import Conversation, Question

CUTS = (5, 10, 20)
BUDGETS = (500, 1000, 2000)
CATEGORIES = (1, 2, 3, 4)
"""Several hops, time, open domain, one hop. 5 asks what the conversation does not answer."""

AMPLE_TOKENS = 1_000_000
"""For evidence recall, which counts pages however long they are."""

ASKED_AFTER = timedelta(days=1)
"""The questions are asked a day after the last session: the same figures whenever it is run."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A conversation in memory."""

    conversation: Conversation
    memory: Memoryos
    turns_of_page: dict[str, list[str]]
    """Page id -> the ids of the turns on it."""


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
    left_out: list[str] = field(default_factory=list)
    """Evidence that the conversation does not hold."""


def measure(
    conversations: Sequence[Conversation], *, policy: Policy, embedder: str, progress: Progress
) -> dict[str, Any]:
    """Take the conversations in, ask every question, and give the figures of the report."""
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder, ExitStack() as opened:
        subjects, ingest_seconds = [], 0.0
        for done, conversation in enumerate(conversations):
            progress("taking conversations in", done, len(conversations))
            memory = opened.enter_context(
                _open(conversation, Path(folder), policy=policy, embedder=embedder)
            )
            started = time.perf_counter()
            subjects.append(take_in(conversation, memory))
            ingest_seconds += time.perf_counter() - started
        results = _ask_all(subjects, progress)
    pages = sum(len(subject.turns_of_page) for subject in subjects)
    return figures(results, pages=pages, ingest_seconds=ingest_seconds)


def take_in(conversation: Conversation, memory: Memoryos) -> Subject:
    """Keep every page of a conversation and consolidate them."""
    drafts = (
        memory.draft(
            page.user_input,
            page.agent_response,
            page.timestamp,
            page.meta_data,
            conversation_id=page.conversation_id,
        )
        for page in conversation.pages
    )
    ids = list(memory.add_memories(drafts))
    memory.flush()
    turns = [list((page.meta_data or {})["dia_ids"]) for page in conversation.pages]
    return Subject(conversation, memory, dict(zip(ids, turns, strict=True)))


def ask(subject: Subject, question: Question, results: Results) -> None:
    """Ask a question of the conversation it is about; one without evidence is passed over."""
    on_pages = {turn for turns in subject.turns_of_page.values() for turn in turns}
    evidence = [turn for turn in question.evidence if turn in on_pages]
    results.left_out += [
        f"{subject.conversation.sample_id}: {turn}"
        for turn in question.evidence
        if turn not in on_pages
    ]
    if not evidence:
        return
    started = time.perf_counter()
    recall = subject.memory.retrieve_memory(
        question.text, max_results=max(CUTS), max_tokens=AMPLE_TOKENS
    )
    results.seconds.append(time.perf_counter() - started)
    ranked = [subject.turns_of_page[page.id] for page in recall.by_rank()]
    results.evidence[question.category].append(
        {cut: share(evidence, found=[turn for page in ranked[:cut] for turn in page]) for cut in CUTS}
    )
    for budget in BUDGETS:
        recall = subject.memory.retrieve_memory(
            question.text, max_results=len(subject.turns_of_page), max_tokens=budget
        )
        found = turns_within(subject, recall.by_rank(), budget)
        results.in_tokens[budget].append(share(evidence, found=found))


def share(evidence: Collection[str], *, found: Collection[str]) -> float:
    """The share of the evidence that was found, 0 to 1."""
    return sum(turn in found for turn in evidence) / len(evidence)


def turns_within(subject: Subject, ranked: Iterable[RecalledPage], budget: int) -> set[str]:
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
            for turn in subject.turns_of_page[page.id]
            if " ".join(subject.conversation.turns[turn].text.split()) in excerpt
        )
    return found


def figures(results: Results, *, pages: int, ingest_seconds: float) -> dict[str, Any]:
    """The figures of the report; None where nothing was asked that would tell."""
    overall = [found for asked in results.evidence.values() for found in asked]
    return {
        "evidence_recall": {
            "overall": _by_cut(overall),
            **{str(category): _by_cut(asked) for category, asked in results.evidence.items()},
        },
        "evidence_turns_in_tokens": {
            str(budget): _mean(shares) for budget, shares in results.in_tokens.items()
        },
        "abstention": _mean(results.abstained),
        "questions": len(overall),
        "questions_by_category": {
            str(category): len(asked) for category, asked in results.evidence.items()
        },
        "pages": pages,
        "ingest_pages_per_s": round(pages / ingest_seconds, 1),
        "recall_p50_ms": milliseconds(results.seconds, 50),
        "recall_p95_ms": milliseconds(results.seconds, 95),
        "evidence_left_out": results.left_out,
    }


def _open(conversation: Conversation, folder: Path, *, policy: Policy, embedder: str) -> Memoryos:
    asked_at = _last_said(conversation) + ASKED_AFTER
    return Memoryos(
        conversation.sample_id,
        data_storage_path=folder,
        user_name=conversation.speaker_a,
        assistant_name=conversation.speaker_b,
        embedding_model_name=embedder,
        policy=policy,
        background=False,
        clock=lambda: asked_at,
    )


def _last_said(conversation: Conversation) -> datetime:
    return max(page.timestamp for page in conversation.pages if isinstance(page.timestamp, datetime))


def _ask_all(subjects: Sequence[Subject], progress: Progress) -> Results:
    """Every question of its own conversation, then of the next one in the file."""
    results = Results()
    asked = [
        (place, question)
        for place, subject in enumerate(subjects)
        for question in subject.conversation.questions
        if question.category in CATEGORIES and question.evidence
    ]
    for done, (place, question) in enumerate(asked):
        progress("asking questions", done, len(asked))
        ask(subjects[place], question, results)
        other = subjects[(place + 1) % len(subjects)]
        if other is not subjects[place]:
            results.abstained.append(not other.memory.retrieve_memory(question.text).pages)
    return results


def _by_cut(asked: Sequence[dict[int, float]]) -> dict[str, float | None]:
    return {f"@{cut}": _mean([found[cut] for found in asked]) for cut in CUTS}


def _mean(values: Sequence[float]) -> float | None:
    return round(mean(values), 4) if values else None

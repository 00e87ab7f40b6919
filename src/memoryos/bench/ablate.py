"""What does each part of recall carry? One thing is changed at a time, and all is asked again.

Conversations are taken in once for each policy; the variants ask the same memories. A difference is
that of evidence recall@10, question by question, to recall as it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from statistics import fmean
from typing import Any

from memoryos.bench.attempts import Reranker
from memoryos.bench.bootstrap import paired_difference
from memoryos.bench.recall import CATEGORIES, CUTS, share, split_evidence, turns_within
from memoryos.bench.report import Progress
from memoryos.bench.talk import Talk, open_talk
from memoryos.bench.variants import VARIANTS, Variant
from memoryos.config import MemoryConfig, Policy
from memoryos.context import Context
from memoryos.errors import UnreadableInputError
from memoryos.excerpts import RankedPage
from memoryos.index.index import Weights
from memoryos.model import Kind, Profile
from memoryos.paper_policy import rank_pages
from memoryos.recall import Recall
from memoryos.retriever import choose_pages, recall, show_pages
from memoryos.text.tokens import count_tokens
from memoryos.transfer.locomo import Conversation, Question
from memoryos.viewpoint import Viewpoint

SEED = 20260306
"""Of the bootstrap."""

COMPARED = 10
"""Of CUTS, the one whose differences are given."""

BUDGET = 1000
"""Tokens of excerpts that evidence turns are looked for in."""

PACKED = 100
"""The best pages, whose passages compete for the budget: far more than fit it."""

ENOUGH = 10
"""Pages asked for where it matters only whether there are any: as many as bear a query out."""

PROMPTS: Mapping[str, Callable[[Recall], Recall]] = {
    "as it is": lambda found: found,
    "without the persona": lambda found: replace(
        found, profile=Profile(), user_knowledge=(), assistant_knowledge=()
    ),
    "without facts": lambda found: replace(found, user_knowledge=(), assistant_knowledge=()),
    "without short-term memory": lambda found: replace(found, short_term=()),
}
"""What a prompt is laid out from."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A conversation in memory, and the questions about it with their evidence there."""

    conversation: Conversation
    talk: Talk
    questions: tuple[tuple[Question, Sequence[str]], ...]
    left_out: tuple[str, ...]
    """Evidence that the conversation does not hold."""


@dataclass(slots=True)
class Found:
    """What a variant found, by conversation and question, in the order asked."""

    evidence: dict[int, list[list[float]]] = field(
        default_factory=lambda: {cut: [] for cut in CUTS}
    )
    """Cut -> for each conversation, the share of each question's evidence."""
    in_tokens: list[float] = field(default_factory=list)
    abstained: list[bool] = field(default_factory=list)


def measure(conversations: Sequence[Conversation], *, progress: Progress) -> dict[str, Any]:
    """Take the conversations in, ask every variant every question, and give the figures."""
    by_policy = {
        policy: _take_in(conversations, policy, progress)
        for policy in dict.fromkeys(variant.policy for variant in VARIANTS)
    }
    subjects = by_policy["default"]
    asked = {item.conversation.sample_id: len(item.questions) for item in subjects}
    if not any(asked.values()):
        raise UnreadableInputError("no question of the file, categories 1 to 4, has evidence in it")
    found = []
    for done, variant in enumerate(VARIANTS):
        progress(f"asking: {variant.name}", done, len(VARIANTS))
        found.append(_ask_all(variant, by_policy[variant.policy]))
    return {
        "variants": {
            variant.name: _figures(variant, of_variant, found[0], tuple(asked))
            for variant, of_variant in zip(VARIANTS, found, strict=True)
        },
        "prompts": _lay_out(subjects, progress),
        "questions": sum(asked.values()),
        "questions_by_conversation": asked,
        "evidence_left_out": [turn for item in subjects for turn in item.left_out],
    }


def _take_in(
    conversations: Sequence[Conversation], policy: Policy, progress: Progress
) -> list[Subject]:
    subjects = []
    held = [conversation for conversation in conversations if conversation.pages]
    for done, conversation in enumerate(held):
        progress(f"taking conversations in, policy {policy}", done, len(held))
        with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder:
            talk = open_talk(conversation, Path(folder), policy=policy)
        split = [
            (question, *split_evidence(conversation, question))
            for question in conversation.questions
            if question.category in CATEGORIES
        ]
        subjects.append(
            Subject(
                conversation,
                talk,
                tuple((question, evidence) for question, evidence, _ in split if evidence),
                tuple(f"{conversation.sample_id} {turn}" for *_, lost in split for turn in lost),
            )
        )
    return subjects


def _ask_all(variant: Variant, subjects: Sequence[Subject]) -> Found:
    """Every question of its own conversation, then of the next one in the file."""
    found = Found()
    for subject in subjects:
        subject.talk.memory.page_index.weights = variant.weights
    rerankers = [variant.attempt(subject.talk) if variant.attempt else None for subject in subjects]
    for place, subject in enumerate(subjects):
        following = (place + 1) % len(subjects)
        for shares in found.evidence.values():
            shares.append([])
        for question, evidence in subject.questions:
            pages = _pages(variant, subject.talk, rerankers[place], question.text, PACKED)
            _count(pages, subject, evidence, found)
            if following != place:
                other = subjects[following].talk
                pages = _pages(variant, other, rerankers[following], question.text, ENOUGH)
                found.abstained.append(not pages)
    for subject in subjects:
        subject.talk.memory.page_index.weights = Weights()
    return found


def _pages(
    variant: Variant, talk: Talk, rerank: Reranker | None, question: str, count: int
) -> tuple[RankedPage, ...]:
    """The pages that a variant gives for a question, best first."""
    query = variant.read(talk, question)
    vector = talk.embed(query) if variant.embedded else None
    if variant.policy == "paper":
        config = MemoryConfig(policy=variant.policy)
        return rank_pages(talk.memory, query, vector, config=config, count=count)
    ranking = talk.rank(query, vector)
    if rerank is not None and vector is not None:
        ranking = rerank(query, vector, ranking)
    return choose_pages(talk.memory, query, vector, ranking, Viewpoint(talk.now), count=count)


def _count(
    pages: Sequence[RankedPage], subject: Subject, evidence: Sequence[str], found: Found
) -> None:
    ranked = [item.page.meta_data["dia_ids"] for item in pages[: max(CUTS)]]
    for cut, shares in found.evidence.items():
        shares[-1].append(share(evidence, found=chain.from_iterable(ranked[:cut])))
    talk = subject.talk
    shown = show_pages(talk.memory, pages, (), {}, max_tokens=BUDGET, now=talk.now)
    by_rank = sorted(shown, key=lambda page: page.rank)
    turns = turns_within(by_rank, BUDGET, subject.conversation.turns)
    found.in_tokens.append(share(evidence, found=turns))


def _figures(
    variant: Variant, found: Found, baseline: Found, names: Sequence[str]
) -> dict[str, Any]:
    gains = [
        [new - old for new, old in zip(*shares, strict=True)]
        for shares in zip(found.evidence[COMPARED], baseline.evidence[COMPARED], strict=True)
    ]
    difference = paired_difference(gains, seed=SEED)
    return {
        "kind": variant.kind,
        "evidence_recall": {
            f"@{cut}": _mean(list(chain.from_iterable(shares)))
            for cut, shares in found.evidence.items()
        },
        "evidence_turns_in_1000_tokens": _mean(found.in_tokens),
        "abstention": _mean(found.abstained),
        "difference": {
            "mean": round(difference.mean, 4),
            "low": round(difference.low, 4),
            "high": round(difference.high, 4),
        },
        "difference_by_conversation": {
            name: _mean(of_one) for name, of_one in zip(names, gains, strict=True)
        },
    }


def _lay_out(subjects: Sequence[Subject], progress: Progress) -> dict[str, dict[str, float | None]]:
    """By what a prompt is laid out from, its tokens, and the share of the evidence whose pages are
    in it."""
    tokens: dict[str, list[int]] = {name: [] for name in PROMPTS}
    evidence: dict[str, list[float]] = {name: [] for name in PROMPTS}
    for done, subject in enumerate(subjects):
        progress("laying prompts out", done, len(subjects))
        for question, turns in subject.questions:
            recalled = _recall(subject.talk, question.text)
            for name, changed in PROMPTS.items():
                context = changed(recalled).context()
                tokens[name].append(count_tokens(context.text))
                evidence[name].append(share(turns, found=_turns(context, subject.talk)))
    return {
        name: {"tokens": _mean(tokens[name], 1), "evidence": _mean(evidence[name])}
        for name in PROMPTS
    }


def _recall(talk: Talk, question: str) -> Recall:
    """What `retrieve_memory` gives by default."""
    memory, config = talk.memory, MemoryConfig()
    facts, traits = memory.facts.values(), memory.traits.values()
    query = talk.read(question)
    return recall(
        memory,
        query,
        talk.embed(query),
        names=talk.names,
        config=config,
        profile=Viewpoint(talk.now).profile(facts, traits, memory.pages),
        now=talk.now,
        max_results=config.retrieval_queue_capacity,
        max_tokens=config.max_tokens,
    )


def _turns(context: Context, talk: Talk) -> list[str]:
    """The turns of the pages that a context shows something of."""
    shown = [number for kind, number in context.ids if kind is Kind.PAGE]
    return [turn for number in shown for turn in talk.memory.pages[number].meta_data["dia_ids"]]


def _mean(values: Sequence[float], digits: int = 4) -> float | None:
    return round(fmean(values), digits) if values else None

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
from memoryos.bench.locomo.asked import Asked, Questions, Subject
from memoryos.bench.recall import CUTS, share, turns_within
from memoryos.bench.report import Progress
from memoryos.bench.talk import Talk, open_talk
from memoryos.bench.variants import VARIANTS, Variant
from memoryos.config import MemoryConfig, Policy
from memoryos.context import Context
from memoryos.excerpts import RankedPage
from memoryos.index.index import Weights
from memoryos.model import Kind, Profile
from memoryos.paper_policy import rank_pages
from memoryos.recall import Recall
from memoryos.retriever import choose_pages, recall, show_pages
from memoryos.text.tokens import count_tokens
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
class TakenIn:
    """A conversation in memory, and what is asked of it."""

    subject: Subject
    talk: Talk


@dataclass(slots=True)
class Found:
    """What a variant found, by conversation and question, in the order asked."""

    evidence: dict[int, list[list[float]]] = field(
        default_factory=lambda: {cut: [] for cut in CUTS}
    )
    """Cut -> for each conversation, the share of each question's evidence."""
    in_tokens: list[float] = field(default_factory=list)
    abstained: list[bool] = field(default_factory=list)


def measure(questions: Questions, *, progress: Progress) -> dict[str, Any]:
    """Take the conversations in, ask every variant every question, and give the figures."""
    by_policy = {
        policy: _take_in(questions.subjects, policy, progress)
        for policy in dict.fromkeys(variant.policy for variant in VARIANTS)
    }
    asked = {item.conversation.sample_id: len(item.asked) for item in questions.subjects}
    found = []
    for done, variant in enumerate(VARIANTS):
        progress(f"asking: {variant.name}", done, len(VARIANTS))
        found.append(_ask_all(variant, by_policy[variant.policy]))
    return {
        "variants": {
            variant.name: _figures(variant, of_variant, found[0], tuple(asked))
            for variant, of_variant in zip(VARIANTS, found, strict=True)
        },
        "prompts": _lay_out(by_policy["default"], progress),
        "questions": sum(asked.values()),
        "questions_by_conversation": asked,
    }


def _take_in(subjects: Sequence[Subject], policy: Policy, progress: Progress) -> list[TakenIn]:
    taken_in = []
    for done, subject in enumerate(subjects):
        progress(f"taking conversations in, policy {policy}", done, len(subjects))
        with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder:
            taken_in.append(TakenIn(subject, open_talk(subject, Path(folder), policy=policy)))
    return taken_in


def _ask_all(variant: Variant, taken_in: Sequence[TakenIn]) -> Found:
    """Every question of its own conversation, then of the next one in the file."""
    found = Found()
    for one in taken_in:
        one.talk.memory.page_index.weights = variant.weights
    rerankers = [variant.attempt(one.talk) if variant.attempt else None for one in taken_in]
    for place, one in enumerate(taken_in):
        following = (place + 1) % len(taken_in)
        for shares in found.evidence.values():
            shares.append([])
        for asked in one.subject.asked:
            text = asked.question.text
            pages = _pages(variant, one.talk, rerankers[place], text, PACKED)
            _count(pages, one, asked, found)
            if following != place:
                other = taken_in[following].talk
                pages = _pages(variant, other, rerankers[following], text, ENOUGH)
                found.abstained.append(not pages)
    for one in taken_in:
        one.talk.memory.page_index.weights = Weights()
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


def _count(pages: Sequence[RankedPage], one: TakenIn, asked: Asked, found: Found) -> None:
    ranked = [item.page.meta_data["dia_ids"] for item in pages[: max(CUTS)]]
    for cut, shares in found.evidence.items():
        shares[-1].append(share(asked.evidence, found=chain.from_iterable(ranked[:cut])))
    talk = one.talk
    shown = show_pages(talk.memory, pages, (), {}, max_tokens=BUDGET, now=talk.now)
    by_rank = sorted(shown, key=lambda page: page.rank)
    turns = turns_within(by_rank, BUDGET, one.subject.conversation.turns)
    found.in_tokens.append(share(asked.evidence, found=turns))


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


def _lay_out(taken_in: Sequence[TakenIn], progress: Progress) -> dict[str, dict[str, float | None]]:
    """By what a prompt is laid out from, its tokens, and the share of the evidence whose pages are
    in it."""
    tokens: dict[str, list[int]] = {name: [] for name in PROMPTS}
    evidence: dict[str, list[float]] = {name: [] for name in PROMPTS}
    for done, one in enumerate(taken_in):
        progress("laying prompts out", done, len(taken_in))
        for asked in one.subject.asked:
            recalled = _recall(one.talk, asked.question.text)
            for name, changed in PROMPTS.items():
                context = changed(recalled).context()
                tokens[name].append(count_tokens(context.text))
                evidence[name].append(share(asked.evidence, found=_turns(context, one.talk)))
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

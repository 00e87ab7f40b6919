"""The figures of a run, out of its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from statistics import fmean
from typing import Any

from memoryos.bench.locomo import published
from memoryos.bench.locomo.asked import CATEGORIES, SCORED, Questions
from memoryos.bench.locomo.record import Record
from memoryos.bench.locomo.run import Outcome
from memoryos.bench.report import milliseconds
from memoryos.text.surrogates import without_surrogates

SCORES = ("f1_set", "f1_locomo", "bleu1", "judge")

FOUND = ("all of it", "some of it", "none of it")
"""Of a question's evidence, on the pages that were recalled."""

Figures = dict[str, Any]


def figures(outcome: Outcome, questions: Questions) -> Figures:
    """The figures of the report; None where nothing was asked that would tell."""
    answered = [record for record in outcome.records if record.is_answered]
    by_category = {
        category: [record for record in answered if record.category == category]
        for category in CATEGORIES
    }
    scored = [record for record in answered if record.category in SCORED]
    return {
        "questions": len(outcome.records),
        "answered": len(answered),
        "answered_before": outcome.answered_before,
        "failed": dict(Counter(record.error for record in outcome.records if record.error)),
        "judging_failed": dict(
            Counter(record.judge_error for record in answered if record.judge_error)
        ),
        "scores": {
            "overall": _scores(scored),
            **{str(category): _scores(of_it) for category, of_it in by_category.items()},
        },
        "evidence_recall": {
            "overall": _evidence(scored),
            # Of category 5 it is the evidence of what was really said, of somebody else.
            **{str(category): _evidence(by_category[category]) for category in SCORED},
        },
        "f1_by_evidence_found": _by_evidence_found(scored),
        **_cost(answered, outcome),
        **_latency(answered),
        "data": _data(questions),
        "left_out": {
            kind: [without_surrogates(name) for name in names]
            for kind, names in asdict(questions.left_out).items()
        },
    }


def _scores(records: Sequence[Record]) -> Figures:
    """The means over questions, categories 1 to 4; of 5, the share that abstains as `f1_locomo`."""
    means = {
        name: _mean(value for record in records if (value := getattr(record, name)) is not None)
        for name in SCORES
    }
    return {"questions": len(records), **means}


def _evidence(records: Sequence[Record]) -> dict[str, float | None]:
    found = (record.evidence_recall for record in records if record.evidence_recall is not None)
    return {"@10": _mean(found)}


def _by_evidence_found(records: Sequence[Record]) -> Figures:
    """F1 where all, some and none of the evidence was recalled: what the answerer makes of it."""
    groups: dict[str, list[Record]] = {name: [] for name in FOUND}
    for record in records:
        if record.evidence_recall is not None:
            place = 0 if record.evidence_recall == 1 else 1 if record.evidence_recall else 2
            groups[FOUND[place]].append(record)
    return {name: _scores(of_it) for name, of_it in groups.items()}


def _cost(answered: Sequence[Record], outcome: Outcome) -> Figures:
    """What a response costs, consolidation shared out over all of them."""
    by_purpose = dict(outcome.updating)
    if outcome.by_model:
        by_purpose["answering"] = Counter(
            calls=len(answered),
            prompt_tokens=sum(record.prompt_tokens for record in answered),
            completion_tokens=sum(record.completion_tokens for record in answered),
        )
    tokens = [record.tokens_recalled for record in answered]
    return {
        "calls_per_response": _a_response(sum(by_purpose.values(), Counter()), answered)["calls"],
        "by_purpose": {
            purpose: _a_response(spent, answered) for purpose, spent in by_purpose.items()
        },
        "failed_calls_of_consolidation": sum(
            spent["failures"] for spent in outcome.updating.values()
        ),
        "segments_by_rules": outcome.segments_by_rules,
        "tokens_recalled_mean": round(fmean(tokens), 1) if tokens else None,
        "tokens_recalled_max": max(tokens, default=None),
    }


def _a_response(spent: Counter[str], answered: Sequence[Record]) -> dict[str, float | None]:
    return {
        name: round(spent[name] / len(answered), 3) if answered else None
        for name in ("calls", "prompt_tokens", "completion_tokens")
    }


def _latency(answered: Sequence[Record]) -> Figures:
    recall = [record.recall_seconds for record in answered]
    answering = [record.seconds - record.recall_seconds for record in answered]
    return {
        f"{name}_p{percentile}_ms": milliseconds(durations, percentile) if durations else None
        for name, durations in (("recall", recall), ("answering", answering))
        for percentile in (50, 95)
    }


def _data(questions: Questions) -> Figures:
    """What the file holds of LoCoMo, and whether a whole one has as many questions as it should."""
    is_whole = questions.conversations_in_file == published.CONVERSATIONS
    in_file = questions.in_file
    asked = Counter(
        asked.question.category for subject in questions.subjects for asked in subject.asked
    )
    return {
        "conversations": questions.conversations_in_file,
        "conversations_asked": len(questions.subjects),
        "pages": sum(len(subject.drafts) for subject in questions.subjects),
        "questions_in_file": _by_id(in_file),
        "questions_asked": _by_id(asked),
        "questions_of_locomo": _by_id(published.QUESTIONS),
        "differs_from_locomo": [
            f"category {category} has {in_file.get(category, 0):,} questions, not {count:,}"
            for category, count in published.QUESTIONS.items()
            if is_whole and in_file.get(category, 0) != count
        ],
    }


def _by_id(counts: Mapping[int, int]) -> dict[str, int]:
    return {str(category): counts.get(category, 0) for category in CATEGORIES}


def _mean(values: Iterable[float]) -> float | None:
    held = list(values)
    return round(fmean(held), 4) if held else None

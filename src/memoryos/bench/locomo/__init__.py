"""LoCoMo's questions, answered out of memory and scored: with a language model, or without.

Each conversation is the memory of an owner of its own, taken in through `Memoryos` at its own
times. Every question is asked through `retrieve_memory`, or of a plain baseline, and answered in
memory's own words or by a model that is given what was recalled. A run that stops goes on where it
was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from memoryos.bench.locomo.asked import Questions, choose
from memoryos.bench.locomo.figures import figures
from memoryos.bench.locomo.run import Setup, ask_all
from memoryos.bench.models import STUB
from memoryos.bench.naming import first_of
from memoryos.bench.records import hold, sha256_of
from memoryos.bench.report import Progress
from memoryos.errors import UnreadableInputError
from memoryos.prompts import answering, filing, judging, promotion, traits
from memoryos.transfer.locomo import Conversation
from memoryos.transfer.pages import BadRecord

__all__ = ["Setup", "measure", "prompts", "questions_of", "settings"]


def questions_of(
    conversations: Sequence[Conversation], bad: Sequence[BadRecord], *, limit: int | None
) -> Questions:
    """What is asked; raises UnreadableInputError, which says why, where there is nothing to ask."""
    questions = choose(conversations, bad, limit=limit)
    if not questions.subjects:
        raise UnreadableInputError(
            "the file has no question to ask: a conversation needs pages, and questions of"
            " categories 1 to 5 with their answers. Left out:"
            f" {first_of(questions.left_out.reasons) or 'nothing'}"
        )
    return questions


def measure(
    questions: Questions, setup: Setup, *, data_sha256: str, out: Path, progress: Progress
) -> dict[str, Any]:
    """The figures of the report; what each question got goes to `out` on the way.

    Raises InvalidArgumentError for a folder that holds another run, ModelUnavailableError where
    the model is down.
    """
    hold(
        out,
        {
            "data_sha256": data_sha256,
            **settings(setup),
            "prompts_sha256": sha256_of(prompts(setup)),
        },
    )
    outcome = ask_all(questions, setup, out, progress)
    by_the_stub = setup.answerer == "model" and setup.model is None
    return {**figures(outcome, questions), "replies_are_the_stubs": by_the_stub}


def settings(setup: Setup) -> dict[str, Any]:
    """What the answers depend on, beside data and code."""
    model = setup.model.model if setup.model else STUB
    return {
        "answerer": setup.answerer,
        "policy": setup.policy,
        "embedder": setup.embedder,
        "baseline": setup.baseline,
        "model": model if setup.answerer == "model" else None,
        "judge_model": setup.judge.model if setup.judge else None,
    }


def prompts(setup: Setup) -> Mapping[str, str]:
    """Every word of ours that a model is told in such a run, by its purpose."""
    told: dict[str, str] = {}
    if setup.answerer == "model":
        told["answering"] = answering.SYSTEM
        if setup.baseline is None:
            told |= {
                "filing": filing.SYSTEM,
                "promotion": promotion.SYSTEM,
                "traits": traits.TASK,
            }
    if setup.judge:
        told["judge"] = judging.VERDICT_TASK
    return told

"""A language model as the judge of answers.

A judge errs, and judges differ: a score is worth something only beside the judge's name and the
hash of its prompt, and never beside a score of another judge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from memoryos.errors import UnreadableOutputError
from memoryos.llms.base import ChatModel, ChatRequest
from memoryos.model import Page
from memoryos.prompts.judging import (
    NO,
    PARTLY,
    RIGHT,
    WRONG,
    YES,
    rating_request,
    verdict_request,
)

VERDICTS = {WRONG: False, RIGHT: True}
RETRIEVAL = {NO: 0.0, YES: 1.0}
UNREAD = "the judge's reply cannot be read"
"""How a record tells of it, beside the errors of the judge."""
SCORES = {NO: 0.0, PARTLY: 0.5, YES: 1.0}


@dataclass(frozen=True, slots=True)
class Rating:
    """The scores of MemoryBank (Zhong et al. 2023, arXiv 2305.10250), where people gave them."""

    retrieval: float
    """Whether what answers the question was recalled: 0 or 1 ("memory retrieval accuracy")."""
    correctness: float
    """Of the answer: 0 wrong, 0.5 in part, 1 right ("response correctness")."""
    coherence: float
    """Whether the answer ties question and memory together naturally: 0, 0.5 or 1."""


def is_right(judge: ChatModel, *, question: str, gold: str, answer: str) -> bool | None:
    """Whether `answer` says what `gold` says; None where the judge's reply cannot be read.

    A blank answer is wrong, and the judge is not asked. Raises ModelError where the judge does not
    answer at all.
    """
    if not answer.strip():
        return False
    said = _asked(judge, verdict_request(question=question, gold=gold, answer=answer))
    return VERDICTS.get(_word(said, "verdict"))


def rate(
    judge: ChatModel, *, question: str, said: Sequence[Page], recalled: str, answer: str
) -> Rating | None:
    """The three scores of `answer`; None where the judge's reply cannot be read.

    `said` holds the pages that the answer should rest on, or all of them where that is not known;
    `recalled` is what the answer could rest on, as `Recall.to_prompt` lays it out. Raises
    ModelError where the judge does not answer at all.
    """
    given = _asked(
        judge, rating_request(question=question, said=said, recalled=recalled, answer=answer)
    )
    retrieval = RETRIEVAL.get(_word(given, "retrieval"))
    correctness, coherence = (SCORES.get(_word(given, of)) for of in ("correctness", "coherence"))
    if retrieval is None or correctness is None or coherence is None:
        return None
    return Rating(retrieval, correctness, coherence)


def _asked(judge: ChatModel, request: ChatRequest) -> Mapping[str, Any]:
    """What the judge says; nothing, where that is not what was asked for."""
    try:
        return judge.complete(request).data or {}
    except UnreadableOutputError:
        return {}


def _word(said: Mapping[str, Any], name: str) -> str:
    return str(said.get(name, "")).strip().casefold()

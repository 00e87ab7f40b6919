"""What became of a question, as a line of `questions.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """A question, and what became of it. Scores are shares, 0 to 1."""

    sample_id: str
    number: int
    """Its place among the questions of its conversation in the file, from 1."""
    category: int
    question: str
    gold: str
    answer: str | None
    """None where the model failed; `error` then says how."""
    error: str | None
    f1_set: float | None
    """None, as `bleu1`, for category 5."""
    f1_locomo: float | None
    """Of category 5, 1 for an answer that abstains."""
    bleu1: float | None
    judge: bool | None
    judge_error: str | None
    evidence: tuple[str, ...]
    """Turns of the conversation."""
    evidence_recall: float | None
    """The share of it on the recalled pages; None without evidence."""
    recalled: tuple[Mapping[str, Any], ...]
    """Pages, best first, each with its `page` id and `dia_ids`."""
    tokens_recalled: int
    """Of what is recalled, laid out for a prompt."""
    prompt_tokens: int
    completion_tokens: int
    """Of answering, as the server counts; 0 without a model."""
    recall_seconds: float
    seconds: float
    """Of recall and answer; the judge's are not among them."""

    @property
    def key(self) -> tuple[str, int]:
        return self.sample_id, self.number

    @property
    def is_answered(self) -> bool:
        return self.error is None

    @property
    def failure(self) -> str | None:
        return self.error or self.judge_error

"""What became of a question of GVD, as a line of `questions.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Record:
    """A question, and what became of it."""

    user: str
    question: str
    days: tuple[str, ...]
    """That answer it, such as "2023-05-01"; none where they cannot be told."""
    told_by: str | None
    """What tells them: `date` or `label`."""
    recalled: tuple[Mapping[str, str], ...]
    """The best pages, best first, each with its `page` id and its `day`."""
    answer: str | None
    """None where the model failed."""
    retrieval: float | None
    """None, as the other two scores, without a judge and where it failed."""
    correctness: float | None
    coherence: float | None
    failure: str
    """Why the model, or the judge, did not answer; "" where both did."""

    @property
    def key(self) -> tuple[str, str]:
        return self.user, self.question

    def found(self, cut: int) -> bool:
        """Whether a page of a right day is among the best `cut`."""
        return any(page["day"] in self.days for page in self.recalled[:cut])

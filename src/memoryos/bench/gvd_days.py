"""On which day the answer to a question of GVD was said.

The data does not tell. A question that names a date ("On May 4th, …") is about that day. The
days of the others were labelled by hand, from the published English files, before recall was ever
run on them (`data/gvd_expected_days.jsonl`): each day whose words alone let a reader answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from memoryos.transfer.gvd import User

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(rf"\b({'|'.join(MONTHS)}) ([0-9]{{1,2}})(?:st|nd|rd|th)?\b")


@dataclass(frozen=True, slots=True)
class Expected:
    """The days that answer a question; none where they cannot be told."""

    days: tuple[date, ...] = ()
    told_by: Literal["date", "label"] | None = None
    """The question itself, or the label."""


def expected(user: User, question: str) -> Expected:
    """The days of `user` that answer `question`. The date that a question names goes before a
    label; a day on which nothing was said tells nothing."""
    named = {(MONTHS.index(month) + 1, int(day)) for month, day in _DATE.findall(question)}
    if named:
        days = tuple(day for day in user.days if (day.month, day.day) in named)
        return Expected(days, "date") if days else Expected()
    labelled = labels().get((user.name, question), ())
    days = tuple(day for day in user.days if day in labelled)
    return Expected(days, "label") if days else Expected()


@lru_cache(maxsize=1)
def labels() -> Mapping[tuple[str, str], tuple[date, ...]]:
    """User and question -> the days labelled."""
    file = files("memoryos.bench").joinpath("data/gvd_expected_days.jsonl")
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return {
        (row["user"], row["question"]): tuple(map(date.fromisoformat, row["days"])) for row in rows
    }

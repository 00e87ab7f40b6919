"""A user's life in pages, learnt day by day by the rules analyst, and the labelled sets of it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from builders import NOON

from memoryos.analysts.base import PromotionBatch
from memoryos.analysts.rules import RulesAnalyst
from memoryos.merging import merge_facts
from memoryos.model import Fact, Page

LATER = NOON + timedelta(days=30)
"""When everything is learnt, after all of it was said."""


def rows(name: str) -> list[dict[str, Any]]:
    """A labelled set of tests/data."""
    path = Path(__file__).parent / "data" / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def a_day(number: int) -> datetime:
    return NOON + timedelta(days=number)


def learn(*said: tuple[datetime, str, str]) -> tuple[Fact, ...]:
    """All facts after these exchanges (when, what the user said, the reply), each its own batch."""
    held: dict[int, Fact] = {}
    said_at: dict[int, datetime] = {}
    for number, (when, user, agent) in enumerate(said, start=1):
        said_at[number] = when
        page = Page(number, user, agent, timestamp=when, recorded_at=LATER)
        learnt = RulesAnalyst().promote(PromotionBatch((page,), tuple(held.values())))
        for fact in merge_facts(
            tuple(held.values()),
            learnt,
            next_number=len(held) + 1,
            learner="rules",
            now=LATER,
            said_at=said_at,
        ):
            held[fact.number] = fact
    return tuple(held.values())

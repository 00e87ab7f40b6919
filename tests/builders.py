"""Small builders that hide what a test does not care about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from memoryos.analysts.base import LearntFact
from memoryos.model import Evidence, Fact, Origin, Page, Segment, Speaker

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def a_page(number: int = 1, text: str = "I went hiking.", **changes: Any) -> Page:
    fields: dict[str, Any] = {
        "number": number,
        "user_input": text,
        "agent_response": "Tell me more.",
        "timestamp": NOON + minutes(number),
        "recorded_at": NOON + minutes(number),
    }
    return Page(**{**fields, **changes})


def a_segment(number: int = 1, **changes: Any) -> Segment:
    fields: dict[str, Any] = {
        "number": number,
        "summary": "hiking",
        "keywords": ("hiking",),
        "started_at": NOON,
        "ended_at": NOON,
        "visited_at": NOON,
        "page_count": 1,
        "interaction_length": 1,
    }
    return Segment(**{**fields, **changes})


def a_statement(value: str = "data scientist", page: int = 1, **changes: Any) -> LearntFact:
    fields: dict[str, Any] = {
        "subject": Speaker.USER,
        "attribute": "job",
        "value": value,
        "text": f"works as a {value}",
        "language": "en",
        "evidence": Evidence(page, f"I work as a {value}."),
        "origin": Origin.USER,
        "confidence": 0.9,
        "valid_from": NOON,
    }
    return LearntFact(**{**fields, **changes})


def a_fact(number: int = 1, value: str = "data scientist", **changes: Any) -> Fact:
    fields: dict[str, Any] = {
        "number": number,
        "subject": Speaker.USER,
        "attribute": "job",
        "value": value,
        "text": f"works as a {value}",
        "language": "en",
        "evidence": (Evidence(1, f"I work as a {value}."),),
        "origin": Origin.USER,
        "learner": "rules",
        "confidence": 0.9,
        "recorded_at": NOON,
        "valid_from": NOON,
    }
    return Fact(**{**fields, **changes})

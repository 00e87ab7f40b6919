"""What answers the questions: memory's own words, or a language model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from memoryos.answerer import short_answer
from memoryos.llms.base import ChatModel, Tokens
from memoryos.llms.retrying import RetryingModel
from memoryos.prompts.answering import answering_request
from memoryos.recall import Recall

AnswererName = Literal["extractive", "model"]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and what it cost."""

    text: str
    """"" where the extractive answerer finds nothing."""
    tokens: Tokens


Answerer = Callable[[str, Recall, datetime], Given]
"""Answers a question out of a recall at a moment. May raise ModelError."""


def extractive(question: str, recall: Recall, now: datetime) -> Given:
    """In a few of memory's own words."""
    return Given(short_answer(question, recall, now=now), Tokens(0, 0))


def by_model(model: ChatModel) -> Answerer:
    """In a model's words; what may pass soon is tried again."""
    retrying = RetryingModel(model)

    def answer(question: str, recall: Recall, now: datetime) -> Given:
        request = answering_request(question, recall.to_prompt(), recall.names, now=now)
        reply = retrying.complete(request)
        return Given(" ".join(reply.text.split()), reply.tokens)

    return answer

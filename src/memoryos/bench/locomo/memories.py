"""Conversations in memory, kept beside the report so that a run that stopped need not take them
in again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from memoryos.bench.locomo.asked import Subject
from memoryos.bench.recall import ASKED_AFTER
from memoryos.config import Policy
from memoryos.errors import ModelUnavailableError
from memoryos.llms.base import ChatModel
from memoryos.memoryos import Memoryos

MEMORY = "memory"
"""The folder, inside that of the report."""

CONSOLIDATED_BEFORE = timedelta(hours=12)
"""The questions: there is time between to wait for a model that fails."""

ATTEMPTS = 3
"""At consolidating, before a run is stopped for a model that does not answer."""
LONGEST_WAIT_SECONDS = 60.0
"""Between two of them, whatever the server asks for: who sits before a run is rather told."""


class _Clock:
    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def asked_at(subject: Subject) -> datetime:
    """When the questions are asked: a day after the last session, whenever it is run."""
    return subject.said_last + ASKED_AFTER


@contextmanager
def opened(
    subject: Subject,
    folder: Path,
    *,
    policy: Policy,
    embedder: str,
    model: ChatModel | None,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Memoryos]:
    """The memory of a conversation, with all its pages in it and consolidated.

    What is there of an earlier run is not done again. Raises ModelUnavailableError where `model`
    fails to consolidate it; what it did stays.
    """
    conversation = subject.conversation
    clock = _Clock(asked_at(subject) - CONSOLIDATED_BEFORE)
    with Memoryos(
        conversation.sample_id,
        openai_api_key="",
        data_storage_path=folder / MEMORY,
        user_name=conversation.speaker_a,
        assistant_name=conversation.speaker_b,
        embedding_model_name=embedder,
        policy=policy,
        chat_model=model,
        background=False,
        clock=clock,
    ) as memory:
        # Pages are kept in order: those that are there are the first ones.
        held = memory.get_memory_stats()["page_count"]
        deque(memory.add_memories(subject.drafts[held:]), maxlen=0)
        _consolidate(memory, clock, sleep)
        clock.now = asked_at(subject)
        yield memory


def _consolidate(memory: Memoryos, clock: _Clock, sleep: Callable[[float], object]) -> None:
    _wait(memory, clock, lambda _: None)  # for a failure of an earlier run
    for left in reversed(range(ATTEMPTS)):
        if not memory.flush():
            return
        if left:
            _wait(memory, clock, sleep)
    failure = memory.get_memory_stats()["last_failure"]
    raise ModelUnavailableError(
        f"the memory of {memory.user_id} is not consolidated, for the model failed ({failure});"
        " what was done is kept: run the same command again to go on"
    )


def _wait(memory: Memoryos, clock: _Clock, sleep: Callable[[float], object]) -> None:
    """Until the model may be asked again: the engine goes by its clock, which only we move."""
    retry_at = memory.get_memory_stats()["retry_at"]
    if retry_at and retry_at > clock.now:
        sleep(min((retry_at - clock.now).total_seconds(), LONGEST_WAIT_SECONDS))
        clock.now = retry_at

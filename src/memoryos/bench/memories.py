"""Memories kept beside a report, so that a run that stopped need not take them in again."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from memoryos.bench.models import WatchedModel
from memoryos.config import DEFAULT_EMBEDDING_MODEL, Policy
from memoryos.errors import InvalidArgumentError, ModelUnavailableError
from memoryos.llms.base import ChatModel
from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft

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


@contextmanager
def opened(
    owner: str,
    drafts: Sequence[PageDraft],
    folder: Path,
    *,
    asked_at: datetime,
    user_name: str,
    assistant_name: str | None = None,
    policy: Policy = "default",
    embedder: str = DEFAULT_EMBEDDING_MODEL,
    model: ChatModel | None,
    sleep: Callable[[float], object] = time.sleep,
) -> Iterator[Memoryos]:
    """The memory of an owner at `asked_at`, with all the pages in it and consolidated.

    What is there of an earlier run is not done again. Raises ModelUnavailableError where `model`
    fails to consolidate it, and what it did stays; InvalidArgumentError for a memory of more pages
    than are told.
    """
    clock = _Clock(asked_at - CONSOLIDATED_BEFORE)
    watched = WatchedModel(model) if model else None
    with Memoryos(
        owner,
        openai_api_key="",
        data_storage_path=folder / MEMORY,
        user_name=user_name,
        assistant_name=assistant_name,
        embedding_model_name=embedder,
        policy=policy,
        chat_model=watched,
        background=False,
        clock=clock,
    ) as memory:
        # Pages are kept in order: those that are there are the first ones.
        held = memory.get_memory_stats()["page_count"]
        if held > len(drafts):
            raise InvalidArgumentError(
                f"{folder / MEMORY} holds {held:,} pages of {owner}, whose data has"
                f" {len(drafts):,}: something else wrote there; name another folder with --out"
            )
        deque(memory.add_memories(drafts[held:]), maxlen=0)
        if not _is_consolidated(memory, clock, sleep):
            told = watched and watched.last_failure
            failure = told or memory.get_memory_stats()["last_failure"]
            raise ModelUnavailableError(
                f"the memory of {owner} is not consolidated, for the model failed ({failure});"
                " what was done is kept: mend that, and give the same command again to go on"
            )
        clock.now = asked_at
        yield memory


def _is_consolidated(memory: Memoryos, clock: _Clock, sleep: Callable[[float], object]) -> bool:
    """Whether nothing waits any more, after a few attempts."""
    _wait(memory, clock, lambda _: None)  # for a failure of an earlier run
    for left in reversed(range(ATTEMPTS)):
        if not memory.flush():
            return True
        if left:
            _wait(memory, clock, sleep)
    return False


def _wait(memory: Memoryos, clock: _Clock, sleep: Callable[[float], object]) -> None:
    """Until the model may be asked again: the engine goes by its clock, which only we move."""
    retry_at = memory.get_memory_stats()["retry_at"]
    if retry_at and retry_at > clock.now:
        sleep(min((retry_at - clock.now).total_seconds(), LONGEST_WAIT_SECONDS))
        clock.now = retry_at

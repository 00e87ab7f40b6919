"""Whether recall is the same on SQLite and on PostgreSQL, to the last score (invariant 7)."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from memoryos.bench.places import Place
from memoryos.bench.report import milliseconds
from memoryos.bench.synthetic import SPAN, STARTED, SyntheticPage, drafts, talk
from memoryos.memoryos import Memoryos
from memoryos.recall import Recall

PAGES = 2000
PROBES = 1000
NOW = STARTED + SPAN + timedelta(days=1)
"""On both stores, so that all that depends on the time is the same."""


def measure(one: Place, other: Place, *, embedder: str) -> dict[str, Any]:
    """One memory, kept and consolidated in both places, asked the same questions in both; in turns,
    so that whatever else the machine does slows both."""
    history = list(talk(PAGES))
    asked = [page.question for page in random.Random(PAGES).choices(history, k=PROBES)]
    taken: dict[str, list[float]] = {one.name: [], other.name: []}
    equal = 0
    with _opened(one, history, embedder) as left, _opened(other, history, embedder) as right:
        for memory in (left, right):
            memory.retrieve_memory(asked[0])
        for question in asked:
            found = [
                _timed(memory, question, taken[place.name])
                for place, memory in ((one, left), (other, right))
            ]
            equal += found[0] == found[1]
    figures: dict[str, Any] = {"pages": PAGES, "probes": PROBES, "equal": equal}
    for name, durations in taken.items():
        figures[f"{name}_recall_p50_ms"] = milliseconds(durations, 50)
        figures[f"{name}_recall_p95_ms"] = milliseconds(durations, 95)
    return figures


@contextmanager
def _opened(place: Place, history: Sequence[SyntheticPage], embedder: str) -> Iterator[Memoryos]:
    with Memoryos(
        "synthetic",
        openai_api_key="",
        data_storage_path=place.folder,
        database_url=place.database_url,
        embedding_model_name=embedder,
        background=False,
        clock=lambda: NOW,
    ) as memory:
        for _ in memory.add_memories(drafts(memory, history)):
            pass
        memory.flush()
        yield memory


def _timed(memory: Memoryos, question: str, taken: list[float]) -> Recall:
    started = time.perf_counter()
    found = memory.retrieve_memory(question)
    taken.append(time.perf_counter() - started)
    return found

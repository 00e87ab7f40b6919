"""A day of exchanges, played at a fixed pace against one process that does everything."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from memoryos.bench.activity import DAY_SECONDS, Exchange
from memoryos.bench.owners import open_engine, user, watched
from memoryos.bench.places import Place
from memoryos.bench.report import Progress, milliseconds
from memoryos.bench.synthetic import SPAN, STARTED, SyntheticPage, talk
from memoryos.bench.watching import WatchedStore
from memoryos.config import MemoryConfig
from memoryos.engine import MemoryEngine

Figures = dict[str, Any]

EXCHANGES_PER_SECOND = 10.0
"""The pace, on average over the day."""
PLAYERS = 4
"""Threads that ask. An owner's exchanges are all of one of them, so that they keep their order."""
PATIENCE_SECONDS = 60.0
"""How long the workers may take, after the last exchange, to file what is left."""
POLL_SECONDS = 0.05
TELL_SECONDS = 1.0

MIDNIGHT = STARTED + SPAN + timedelta(days=1)
"""After all that histories tell of."""


@dataclass(slots=True)
class _Asked:
    """What one player saw."""

    recall_seconds: list[float] = field(default_factory=list)
    add_seconds: list[float] = field(default_factory=list)
    late_seconds: list[float] = field(default_factory=list)
    """Behind the time at which an exchange was to begin."""
    misses: int = 0
    cpu_seconds: float = 0.0


def play(
    place: Place,
    *,
    embedder: str,
    concurrency: int,
    byte_limit: int,
    warm_up: Sequence[int],
    exchanges: Sequence[Exchange],
    progress: Progress,
) -> Figures:
    """The figures of that day. `warm_up` are the owners who are in memory as it begins, the one
    used last at the end; `exchanges` are told in seconds since midnight.

    Raises what a recall or an add raises.
    """
    pace = len(exchanges) / EXCHANGES_PER_SECOND / DAY_SECONDS
    with open_engine(
        place,
        embedder,
        workers=concurrency,
        working_set_bytes=byte_limit,
        # Half an hour of silence is as much of this day as of a real one.
        idle_seconds=MemoryConfig().idle_seconds * pace,
    ) as engine:
        said = list(talk(len(exchanges)))
        for number in warm_up:
            engine.retrieve_memory(user(number), said[0].question, counts=False)
        meter = _Meter(engine, place)
        asked = _play_all(engine, exchanges, said, pace, progress)
        lags = _lags(watched(engine), engine.config.short_term_capacity)
        return {**_figures_of(asked), **lags, **meter.figures(asked)}


class _Meter:
    """What a process and its database used since this was made."""

    def __init__(self, engine: MemoryEngine, place: Place) -> None:
        self._store, self._place = watched(engine), place
        self._cpu_seconds = time.process_time()
        self._of_database = place.cpu_seconds()
        self._bytes_read, self._bytes_loaded = self._store.bytes_read, self._store.bytes_loaded
        self._loads = self._store.loads

    def figures(self, asked: Sequence[_Asked]) -> Figures:
        exchanges = sum(len(one.add_seconds) for one in asked)
        requests = sum(one.cpu_seconds for one in asked)
        background = time.process_time() - self._cpu_seconds - requests
        used = self._place.cpu_seconds()
        database = sum(used[pid] - self._of_database.get(pid, 0.0) for pid in used)
        loads = self._store.loads - self._loads
        loaded = self._store.bytes_loaded - self._bytes_loaded
        return {
            "loads": loads,
            "kb_per_load": round(loaded / max(1, loads) / 1024, 1),
            "kb_read_per_exchange": round(
                (self._store.bytes_read - self._bytes_read) / exchanges / 1024, 1
            ),
            "request_cpu_seconds_per_1000": round(1000 * requests / exchanges, 3),
            "background_cpu_seconds_per_1000": round(1000 * background / exchanges, 3),
            "database_cpu_seconds_per_1000": round(1000 * database / exchanges, 3)
            if used
            else None,
        }


def _play_all(
    engine: MemoryEngine,
    exchanges: Sequence[Exchange],
    said: Sequence[SyntheticPage],
    pace: float,
    progress: Progress,
) -> list[_Asked]:
    asked = [_Asked() for _ in range(PLAYERS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(PLAYERS) as pool:
        runs = []
        for place, one in enumerate(asked):
            pairs = zip(exchanges, said, strict=True)
            mine = [pair for pair in pairs if pair[0].person % PLAYERS == place]
            runs.append(pool.submit(_play, engine, mine, started, pace, one))
        while wait(runs, timeout=TELL_SECONDS).not_done:
            done = sum(len(one.add_seconds) for one in asked)
            progress("playing the day", done, len(exchanges))
        for run in runs:
            run.result()
    return asked


def _play(
    engine: MemoryEngine,
    mine: Sequence[tuple[Exchange, SyntheticPage]],
    started: float,
    pace: float,
    asked: _Asked,
) -> None:
    """The exchanges of one player, each when it is its time."""
    for exchange, page in mine:
        begins = started + exchange.at * pace
        time.sleep(max(0.0, begins - time.perf_counter()))
        asked.late_seconds.append(time.perf_counter() - begins)
        _exchange(engine, exchange, page, asked)
    asked.cpu_seconds = time.thread_time()


def _exchange(engine: MemoryEngine, exchange: Exchange, page: SyntheticPage, asked: _Asked) -> None:
    store = watched(engine)
    name, loads, began = user(exchange.person), store.loads_here, time.perf_counter()
    engine.retrieve_memory(name, page.question)
    recalled = time.perf_counter()
    asked.misses += store.loads_here > loads
    engine.add_memory(
        name,
        page.user_input,
        page.agent_response,
        MIDNIGHT + timedelta(seconds=exchange.at),
        conversation_id=page.conversation_id,
    )
    asked.recall_seconds.append(recalled - began)
    asked.add_seconds.append(time.perf_counter() - recalled)


def _figures_of(asked: Sequence[_Asked]) -> Figures:
    recalls = [taken for one in asked for taken in one.recall_seconds]
    adds = [taken for one in asked for taken in one.add_seconds]
    late = [taken for one in asked for taken in one.late_seconds]
    return {
        "hit_rate": round(1 - sum(one.misses for one in asked) / len(recalls), 4),
        "recall_p50_ms": milliseconds(recalls, 50),
        "recall_p95_ms": milliseconds(recalls, 95),
        "add_p50_ms": milliseconds(adds, 50),
        "add_p95_ms": milliseconds(adds, 95),
        "late_p95_ms": milliseconds(late, 95),
    }


def _lags(store: WatchedStore, capacity: int) -> Figures:
    """From the write that pushed a page out of short-term memory until the page was filed."""
    left_at = {
        (key, number - capacity): moment
        for (key, number), moment in store.appended_at.items()
        if number > capacity
    }
    give_up_at = time.perf_counter() + PATIENCE_SECONDS
    while time.perf_counter() < give_up_at:
        if all(page in store.filed_at for page in left_at):
            break
        time.sleep(POLL_SECONDS)
    lags = [store.filed_at[page] - left_at[page] for page in left_at if page in store.filed_at]
    return {
        "filed": len(lags),
        "unfiled": len(left_at) - len(lags),
        "lag_p50_ms": milliseconds(lags, 50) if lags else None,
        "lag_p95_ms": milliseconds(lags, 95) if lags else None,
        "lag_max_ms": milliseconds(lags, 100) if lags else None,
    }

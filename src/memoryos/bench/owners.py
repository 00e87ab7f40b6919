"""Many owners of one store: what filing by two workers and recall under a byte limit come to."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import accumulate, islice
from statistics import mean
from typing import Any

from memoryos.bench.places import Place
from memoryos.bench.report import Progress, milliseconds, seconds
from memoryos.bench.synthetic import SyntheticPage, talk
from memoryos.bench.watching import WatchedStore
from memoryos.clock import utc_now
from memoryos.config import DEFAULT_ASSISTANT_ID, MemoryConfig
from memoryos.engine import MemoryEngine
from memoryos.errors import StorageUnavailableError
from memoryos.model import Owner
from memoryos.store.base import Store
from memoryos.working_sets import WorkingSets

Figures = dict[str, Any]
Worker = subprocess.Popen[bytes]

WORKERS = 2
FILED_OWNERS = 100
"""Of how many owners the workers file the pages."""
POLL_SECONDS = 0.05
DONE_SECONDS = 60.0
"""An owner who is not due for so long has nothing left: a lease is shorter, idle time longer."""

HELD_SHARE = 0.1
"""Of the bytes that the working sets of all owners would take."""
SIZED_OWNERS = 50
"""Of how many the size of a working set is measured."""
RECALLS = 1000


def measure(place: Place, *, owners: int, pages: int, embedder: str, progress: Progress) -> Figures:
    """The figures of `owners` owners of `pages` pages each, in an empty place."""
    first = min(owners, FILED_OWNERS)
    history = talk(owners * pages)
    questions: list[str] = []
    with open_engine(place, embedder) as engine:
        import_seconds = _load(engine, history, range(first), pages, questions)
        progress(f"filing {first * pages:,} pages with {WORKERS} workers", first, owners)
        filing = _measure_filing(place, engine.store, embedder, engine.config)

        def tell(number: int) -> None:
            progress("loading owners", number, owners)

        rest = range(first, owners)
        import_seconds += _load(engine, history, rest, pages, questions, tell=tell)
        sizes = [load_cold(engine, user(n)).nbytes for n in _spaced(owners, SIZED_OWNERS)]
    limit = max(1, int(HELD_SHARE * mean(sizes) * owners))
    progress("recalling", owners, owners)
    return {
        "database": place.name,
        "owners": owners,
        "pages_per_owner": pages,
        "import_pages_per_s": round(owners * pages / import_seconds, 1),
        "filing": filing,
        "disk_kb_per_page": round(place.nbytes() / (owners * pages) / 1024, 2),
        "working_set_kb_per_owner": round(mean(sizes) / 1024, 1),
        "working_set_mb_limit": round(limit / 2**20, 1),
        "drawn": _measure_recalls(place, embedder, questions, limit),
    }


def user(number: int) -> str:
    return f"user-{number}"


@contextmanager
def open_engine(
    place: Place, embedder: str, *, workers: int = 0, **changes: Any
) -> Iterator[MemoryEngine]:
    """All owners of a place, watched, with so many threads in the background; `changes` are of its
    config."""
    with MemoryEngine.open(
        place.folder,
        database_url=place.database_url,
        embedding_model_name=embedder,
        config=MemoryConfig(**changes),
        background=bool(workers),
        concurrency=max(1, workers),
        open_store=WatchedStore.open,
    ) as engine:
        yield engine


def load(engine: MemoryEngine, number: int, pages: Sequence[SyntheticPage]) -> None:
    """Give the owner of that number a history, through the bulk path."""
    drafts = (
        engine.write_path.draft(
            page.user_input,
            page.agent_response,
            page.timestamp,
            conversation_id=page.conversation_id,
        )
        for page in pages
    )
    for _ in engine.add_memories(user(number), drafts):
        pass


@dataclass(frozen=True, slots=True)
class ColdLoad:
    """One owner, brought into memory from the store."""

    seconds: float
    reading_seconds: float
    """Of these: rows read, and made into what the store hands out."""
    nbytes: int
    """What the working set takes, by its own account."""


def load_cold(engine: MemoryEngine, name: str) -> ColdLoad:
    store = watched(engine)
    sets = WorkingSets(
        store,
        embedding_model=engine.write_path.embedding_model,
        byte_limit=engine.config.working_set_bytes,
        gap_seconds=engine.config.conversation_gap_seconds,
        clock=engine.clock,
    )
    reading, counting = store.reading_seconds, store.counting_seconds
    started = time.perf_counter()
    with sets.use(Owner(name, DEFAULT_ASSISTANT_ID)):
        taken = time.perf_counter() - started
    return ColdLoad(
        seconds=taken - (store.counting_seconds - counting),
        reading_seconds=store.reading_seconds - reading,
        nbytes=sets.nbytes,
    )


def watched(engine: MemoryEngine) -> WatchedStore:
    """The store of an engine that `open_engine` gave."""
    assert isinstance(engine.store, WatchedStore)
    return engine.store


@contextmanager
def _worker_processes(place: Place, embedder: str, count: int) -> Iterator[list[Worker]]:
    """`memoryos worker`, so many times, for as long as the block lasts."""
    command = [sys.executable, "-m", "memoryos", "--embedder", embedder, "worker"]
    quiet = subprocess.DEVNULL
    started = [
        subprocess.Popen(command, env=place.environment(), stdout=quiet, stderr=quiet)
        for _ in range(count)
    ]
    try:
        yield started
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _load(
    engine: MemoryEngine,
    history: Iterator[SyntheticPage],
    numbers: range,
    pages: int,
    questions: list[str],
    *,
    tell: Callable[[int], None] = lambda number: None,
) -> float:
    """Load those owners; adds one of the questions of each, and gives the seconds it took but for
    making up what was said."""
    taken = 0.0
    for number in numbers:
        said = list(islice(history, pages))
        questions.append(said[number % pages].question)
        taken += seconds(load, engine, number, said)
        tell(number)
    return taken


def _measure_filing(place: Place, store: Store, embedder: str, config: MemoryConfig) -> Figures:
    """Pages filed a second, from the moment at which the first worker begins until nothing is due;
    of each owner the newest pages stay in short-term memory."""
    owners = store.owners(limit=FILED_OWNERS)
    pages = sum(max(0, found.page_count - config.short_term_capacity) for found in owners)

    def all_wait() -> bool:
        return store.backlog(now=utc_now()).waiting == len(owners)

    _wait([], all_wait)  # what was written last is due in half a second
    with _worker_processes(place, embedder, WORKERS) as workers:
        _wait(workers, lambda: not all_wait())
        started = time.perf_counter()
        _wait(workers, lambda: not _are_due(store))
        taken = time.perf_counter() - started
    return {"workers": WORKERS, "pages": pages, "pages_per_s": round(pages / taken, 1)}


def _are_due(store: Store) -> bool:
    soon = utc_now() + timedelta(seconds=DONE_SECONDS)
    return bool(store.owners(due_before=soon, limit=1))


def _wait(workers: Sequence[Worker], is_over: Callable[[], bool]) -> None:
    """Raises StorageUnavailableError if a worker ends before."""
    while not is_over():
        if any(process.poll() is not None for process in workers):
            raise StorageUnavailableError(
                "a worker of the benchmark ended by itself: run memoryos worker to see why"
            )
        time.sleep(POLL_SECONDS)


def _measure_recalls(
    place: Place, embedder: str, questions: Sequence[str], limit: int
) -> dict[str, Figures]:
    """Recalls of owners drawn evenly, and by Zipf's law, each from working sets already full."""
    owners = range(len(questions))
    tails = {"evenly": None, "by a heavy tail": list(accumulate(1 / (n + 1) for n in owners))}
    figures = {}
    for name, weights in tails.items():
        draw = random.Random(len(questions))
        drawn = draw.choices(owners, cum_weights=weights, k=2 * RECALLS)
        with open_engine(place, embedder, working_set_bytes=limit) as engine:
            for number in drawn[:RECALLS]:
                engine.retrieve_memory(user(number), questions[number])
            figures[name] = _recall_each(engine, drawn[RECALLS:], questions)
    return figures


def _recall_each(engine: MemoryEngine, drawn: Sequence[int], questions: Sequence[str]) -> Figures:
    store = watched(engine)
    loads = store.loads_here
    taken = [seconds(engine.retrieve_memory, user(n), questions[n]) for n in drawn]
    return {
        "hit_rate": round(1 - (store.loads_here - loads) / len(drawn), 4),
        "recall_p50_ms": milliseconds(taken, 50),
        "recall_p95_ms": milliseconds(taken, 95),
    }


def _spaced(count: int, most: int) -> range:
    """Numbers below `count`, at most about so many, at equal distances."""
    return range(0, count, max(1, count // most))

"""How fast memory is as it grows: writes, recall, cold starts, memory and disk, by size.

On SQLite, and on PostgreSQL beside it where a server is named; then with many owners.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from memoryos.bench import alike, owners
from memoryos.bench.places import Place, a_place
from memoryos.bench.report import Progress, milliseconds, seconds
from memoryos.bench.synthetic import SyntheticPage, add, drafts, talk
from memoryos.memoryos import Memoryos

ADDS = 200
RECALLS = 200
RECALLS_AFTER_ADD = 50
COLD_RUNS = 5

RUNS = {
    "import_pages_per_s": 1,
    "filing_pages_per_s": 1,
    "add": ADDS,
    "recall": RECALLS,
    "recall_after_add": RECALLS_AFTER_ADD,
    "cold": COLD_RUNS,
    "start": COLD_RUNS,
}
"""How often each was measured; cold ones and starts are given as their median."""

STAGES = ("importing", "filing", "adding", "recalling", "opening cold")
USER = "synthetic"

Figures = dict[str, Any]


def measure(
    sizes: Sequence[int],
    *,
    embedder: str,
    progress: Progress,
    database_url: str | None = None,
    owner_count: int = 0,
    pages_per_owner: int = 100,
) -> Figures:
    """The figures of the report: of starting up, and by number of pages.

    With a `database_url`, of PostgreSQL, too, and whether recall is the same on both; with an
    `owner_count`, of so many owners, on PostgreSQL if there is one.
    """
    servers = [None] if database_url is None else [None, database_url]
    of_server = len(STAGES) * len(sizes)
    steps = 1 + of_server * len(servers)
    progress("starting up", 0, steps)
    figures: Figures = {"start": measure_start(), "runs": RUNS}
    on_each = [
        _measure_sizes(
            sizes, server, embedder, progress=progress, first=1 + number * of_server, steps=steps
        )
        for number, server in enumerate(servers)
    ]
    figures["by_pages"] = on_each[0]
    if database_url is not None:
        figures["on_postgresql"] = {"by_pages": on_each[1]}
        progress("asking both databases the same", steps, steps)
        with a_place(None) as one, a_place(database_url) as other:
            figures["recall_on_both"] = alike.measure(one, other, embedder=embedder)
    if owner_count:
        with a_place(database_url) as place:
            figures["many_owners"] = owners.measure(
                place,
                owners=owner_count,
                pages=pages_per_owner,
                embedder=embedder,
                progress=progress,
            )
    return figures


def _measure_sizes(
    sizes: Sequence[int],
    server: str | None,
    embedder: str,
    *,
    progress: Progress,
    first: int,
    steps: int,
) -> dict[str, Figures]:
    by_pages = {}
    for done, size in enumerate(sizes):
        with a_place(server) as place:

            def tell(
                stage: str,
                what: str = f"{size:,} pages, {place.name}",
                before: int = first + done * len(STAGES),
            ) -> None:
                progress(f"{stage} {what}", before + STAGES.index(stage), steps)

            by_pages[str(size)] = measure_size(place, size, embedder=embedder, tell=tell)
    return by_pages


def measure_start() -> Figures:
    """Milliseconds of whole processes, the interpreter's own start among them."""
    return {
        "python_ms": _process_ms("-c", "pass"),
        "import_memoryos_ms": _process_ms("-c", "import memoryos"),
        "import_memoryos_class_ms": _process_ms("-c", "from memoryos import Memoryos"),
        "help_ms": _process_ms("-m", "memoryos", "--help"),
    }


def measure_size(place: Place, size: int, *, embedder: str, tell: Callable[[str], None]) -> Figures:
    """The figures of a memory of `size` pages, made in an empty place."""
    pages = list(talk(size + ADDS + RECALLS_AFTER_ADD))
    history, added, later = pages[:size], pages[size : size + ADDS], pages[size + ADDS :]
    questions = [page.question for page in random.Random(size).choices(history, k=RECALLS)]

    def open_memory(*, background: bool) -> Memoryos:
        return Memoryos(
            USER,
            openai_api_key="",
            data_storage_path=place.folder,
            database_url=place.database_url,
            embedding_model_name=embedder,
            background=background,
        )

    with open_memory(background=False) as memory:
        memory.retrieve_memory(questions[0])
        figures = _measure_import(memory, history, tell)
    figures["disk_kb_per_page"] = round(place.nbytes() / size / 1024, 2)
    # From here on as an agent has it: consolidation goes on in the background.
    with open_memory(background=True) as memory:
        memory.retrieve_memory(questions[0])
        tell("adding")
        figures |= _spread("add", [seconds(add, memory, page) for page in added])
        tell("recalling")
        figures |= _spread(
            "recall", [seconds(memory.retrieve_memory, question) for question in questions]
        )
        after_add = []
        for page, question in zip(later, questions, strict=False):
            add(memory, page)
            after_add.append(seconds(memory.retrieve_memory, question))
        figures |= _spread("recall_after_add", after_add)
        memory.flush()
    tell("opening cold")
    return figures | _measure_cold(
        place, questions, embedder, lambda: open_memory(background=False)
    )


def _measure_import(
    memory: Memoryos, history: Sequence[SyntheticPage], tell: Callable[[str], None]
) -> Figures:
    tell("importing")
    import_seconds = seconds(list, memory.add_memories(drafts(memory, history)))
    tell("filing")
    filing_seconds = seconds(memory.flush)
    return {
        "import_pages_per_s": round(len(history) / import_seconds, 1),
        "filing_pages_per_s": round(len(history) / filing_seconds, 1),
    }


def _measure_cold(
    place: Place, questions: Sequence[str], embedder: str, open_memory: Callable[[], Memoryos]
) -> Figures:
    """An owner that no process has in memory: opened by a new process, then by this warm one."""
    command = [sys.executable, "-m", "memoryos.bench.cold", str(place.folder), USER, embedder]
    told, walls, in_process, loads = [], [], [], []
    for question in questions[:COLD_RUNS]:
        started = time.perf_counter()
        done = subprocess.run(
            [*command, question],
            env=place.environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        walls.append(time.perf_counter() - started)
        told.append(json.loads(done.stdout))
        with open_memory() as memory:
            in_process.append(seconds(memory.retrieve_memory, question))
        with owners.open_engine(place, embedder) as engine:
            loads.append(owners.load_cold(engine, USER))
    return {
        "cold_process_ms": milliseconds(walls, 50),
        "cold_open_and_recall_ms": round(
            median(run["open_ms"] + run["recall_ms"] for run in told), 3
        ),
        "cold_owner_ms": milliseconds(in_process, 50),
        "cold_reading_ms": milliseconds([load.reading_seconds for load in loads], 50),
        "cold_building_ms": milliseconds(
            [load.seconds - load.reading_seconds for load in loads], 50
        ),
        "rss_mb": None if told[0]["rss_mb"] is None else round(told[0]["rss_mb"], 1),
    }


def _spread(name: str, durations: Sequence[float]) -> Figures:
    return {
        f"{name}_p50_ms": milliseconds(durations, 50),
        f"{name}_p95_ms": milliseconds(durations, 95),
    }


def _process_ms(*arguments: str) -> float:
    command = [sys.executable, *arguments]
    runs = [
        seconds(lambda: subprocess.run(command, capture_output=True, check=True))
        for _ in range(COLD_RUNS)
    ]
    return milliseconds(runs, 50)

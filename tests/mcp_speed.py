"""How long a client waits for the MCP server over stdio: `python tests/mcp_speed.py`.

Prints the median of cold starts, and quantiles of warm calls over a memory of 10,000 pages.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from command_line import environment
from mcp_servers import Pipe

from memoryos import Memoryos
from memoryos.bench.synthetic import drafts, talk

PAGES = 10_000
CALLS = 200
STARTS = 5


def timed(work: Callable[[], Any]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def cold_start(folder: Path) -> tuple[float, float]:
    """To the answer of `initialize` from spawning the process, and then of the first call."""
    started = time.perf_counter()
    with Pipe(env=environment(folder)) as pipe:
        pipe.begin()
        answered = 1000 * (time.perf_counter() - started)
        said = {"user_input": "hello", "agent_response": "hi"}
        return answered, timed(lambda: pipe.call("add_memory", **said))


def main() -> None:
    with TemporaryDirectory() as name:
        starts = [cold_start(Path(name) / "empty") for _ in range(STARTS)]
        folder = Path(name) / "memory"
        pages = list(talk(PAGES))
        with Memoryos("default", openai_api_key="", data_storage_path=folder) as memory:
            for _ in memory.add_memories(drafts(memory, pages)):
                pass
            memory.flush()
        questions = [page.question for page in pages[:: PAGES // CALLS]]
        with Pipe(env=environment(folder)) as pipe:
            pipe.begin()
            first = timed(lambda: pipe.call("retrieve_memory", query=questions[0]))
            recalls = [timed(lambda q=q: pipe.call("retrieve_memory", query=q)) for q in questions]
            adds = [
                timed(lambda q=q: pipe.call("add_memory", user_input=q, agent_response="yes"))
                for q in questions
            ]
    figures = {
        "initialize_cold_ms": statistics.median(start for start, _ in starts),
        "first_call_cold_ms": statistics.median(call for _, call in starts),
        "first_recall_cold_10k_ms": first,
        "retrieve_memory_p50_ms": statistics.median(recalls),
        "retrieve_memory_p95_ms": statistics.quantiles(recalls, n=20)[-1],
        "add_memory_p50_ms": statistics.median(adds),
        "add_memory_p95_ms": statistics.quantiles(adds, n=20)[-1],
    }
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}, indent=2))


if __name__ == "__main__":
    main()

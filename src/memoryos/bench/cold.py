"""A new process opens a memory and recalls once: `python -m memoryos.bench.cold`.

Prints one line of JSON: milliseconds to import, to open and to recall, and MB of memory then. The
memory is in a folder, or in the database that MEMORYOS_DATABASE_URL names, as for `memoryos`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main(folder: str, user_id: str, embedder: str, question: str) -> None:
    started = time.perf_counter()
    from memoryos import Memoryos

    imported = time.perf_counter()
    with Memoryos(
        user_id,
        openai_api_key="",
        data_storage_path=folder,
        # A password among the arguments would be seen by everybody on the machine.
        database_url=os.environ.get("MEMORYOS_DATABASE_URL") or None,
        embedding_model_name=embedder,
        background=False,
    ) as memory:
        opened = time.perf_counter()
        memory.retrieve_memory(question)
        recalled = time.perf_counter()
        report = {
            "import_ms": 1000 * (imported - started),
            "open_ms": 1000 * (opened - imported),
            "recall_ms": 1000 * (recalled - opened),
            "rss_mb": _resident_mb(),
        }
    sys.stdout.write(json.dumps(report) + "\n")


def _resident_mb() -> float | None:
    """What this process holds in memory; None where the system does not tell by /proc."""
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmRSS"].split()[0]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How fast memory is as it grows: writes, recall, cold starts, memory and disk, by size."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from memoryos.bench.report import Progress, milliseconds
from memoryos.bench.synthetic import SyntheticPage, talk
from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft

TIMED_ADDS = 200
TIMED_RECALLS = 200
TIMED_RECALLS_AFTER_ADD = 30
COLD_RUNS = 5
START_RUNS = 5

RUNS = {
    "adds": TIMED_ADDS,
    "recalls": TIMED_RECALLS,
    "recalls_after_add": TIMED_RECALLS_AFTER_ADD,
    "cold_processes": COLD_RUNS,
    "cold_owners": COLD_RUNS,
    "starts": START_RUNS,
}
"""How often each was measured; import and filing run once, over every page."""

USER = "synthetic"
STAGES = 5


def measure(sizes: Sequence[int], *, embedder: str, progress: Progress) -> dict[str, Any]:
    """The figures of the report: by size, and of starting up."""
    steps = STAGES * len(sizes) + 1
    progress("starting up", 0, steps)
    start = measure_start()
    by_size = {}
    for place, size in enumerate(sizes):
        with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder:
            stages = _Growth(Path(folder), size, embedder).stages()
            by_size[str(size)] = {}
            for done, (stage, figures) in enumerate(stages, start=1 + STAGES * place):
                by_size[str(size)].update(figures)
    return {"start": start, "by_pages": by_size, "runs": RUNS}

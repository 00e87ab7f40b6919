"""The form that every benchmark's report has: its figures, and beside them what they rest on."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from memoryos.errors import InvalidArgumentError

PACKAGES = (
    "memoryos-engine",
    "numpy",
    "SQLAlchemy",
    "wordllama",
    "fastembed",
    "sentence-transformers",
)
"""What moves the figures; of these the report names the ones that are installed."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""


def report(
    benchmark: str,
    figures: Mapping[str, Any],
    *,
    settings: Mapping[str, Any],
    started_at: datetime,
    data: Path | None = None,
) -> dict[str, Any]:
    """The figures at the top; under `run`, how, on what and when they were measured."""
    run = {
        "benchmark": benchmark,
        "command": " ".join(["memoryos", *sys.argv[1:]]),
        "settings": dict(settings),
        "started_at": started_at.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(timezone.utc) - started_at).total_seconds(), 1),
        "commit": _commit(),
        "versions": _versions(),
        "machine": _machine(),
    }
    if data is not None:
        run["data"] = data.name
        run["data_sha256"] = hashlib.sha256(data.read_bytes()).hexdigest()
    return {**figures, "run": run}


def check_writable(path: Path) -> None:
    """Make the folder of a report, and say now, not after an hour's run, if it cannot be written.

    Raises InvalidArgumentError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a"):
            pass
    except OSError as error:
        raise InvalidArgumentError(
            f"the report cannot be written to {path}: {error.strerror}; name another file"
        ) from error
    if not path.stat().st_size:
        path.unlink()


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write a report as JSON."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def seconds(do: Callable[..., object], *arguments: object) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    do(*arguments)
    return time.perf_counter() - started


def milliseconds(durations: Sequence[float], percentile: float) -> float:
    """A percentile of durations given in seconds, in milliseconds, between neighbours by share."""
    return round(1000 * float(np.percentile(durations, percentile)), 3)


def _commit() -> str | None:
    """The commit that ran, "+" if files differ from it; None where the package is not in git."""
    folder = Path(__file__).parent
    try:
        # Installed beside somebody's code, the commit around us would be theirs.
        _git("ls-files", "--error-unmatch", Path(__file__).name, folder=folder)
        commit = _git("rev-parse", "--short=12", "HEAD", folder=folder)
        return commit + ("+" if _git("status", "--porcelain", folder=folder) else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _machine() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
    }


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        for line in cpus.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()

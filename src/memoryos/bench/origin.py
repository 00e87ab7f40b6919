"""What a run rests on beside its settings and its data: command, commit, versions and machine."""

from __future__ import annotations

import filecmp
import json
import os
import platform
import shlex
import sqlite3
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from memoryos.config import without_password

DISTRIBUTION = "memoryos-engine"
COMMIT_DIGITS = 12

PACKAGES = (
    DISTRIBUTION,
    "numpy",
    "SQLAlchemy",
    "wordllama",
    "fastembed",
    "sentence-transformers",
)
"""What moves the figures; of these the report names the ones that are installed."""

SCORERS = ("nltk",)
"""What moves the figures of a benchmark that uses it: named if this process has loaded it."""


def command() -> str:
    """What was typed, without a database's password."""
    words = [without_password(word) if "://" in word else word for word in sys.argv[1:]]
    return shlex.join(["memoryos", *words])


def commit() -> str | None:
    """The commit that ran; None where it cannot be told."""
    try:
        direct_url = distribution(DISTRIBUTION).read_text("direct_url.json")
    except PackageNotFoundError:
        direct_url = None
    return commit_of(Path(__file__).parents[1], direct_url)


def commit_of(package: Path, direct_url: str | None) -> str | None:
    """The commit of the package in this folder, "+" if files differ from it; None where neither git
    nor the `direct_url.json` (PEP 610) of its distribution can tell.

    A package that pip copied out of a clone is of the clone's commit while their code is the same.
    """
    if held := _commit_in_git(package):
        return held
    told = json.loads(direct_url) if direct_url else {}
    if fetched := told.get("vcs_info", {}).get("commit_id"):
        return str(fetched)[:COMMIT_DIGITS]
    url = urlsplit(told.get("url", ""))
    clone = Path(url2pathname(url.path)) / "src" / package.name
    return _commit_in_git(clone) if url.scheme == "file" and _is_copy(package, clone) else None


def _commit_in_git(package: Path) -> str | None:
    try:
        # Installed beside somebody's code, the commit around us would be theirs.
        _git("ls-files", "--error-unmatch", "__init__.py", folder=package)
        head = _git("rev-parse", f"--short={COMMIT_DIGITS}", "HEAD", folder=package)
        return head + ("+" if _git("status", "--porcelain", folder=package) else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _is_copy(package: Path, clone: Path) -> bool:
    names = [path.relative_to(package) for path in package.rglob("*.py")]
    return clone.is_dir() and not any(filecmp.cmpfiles(package, clone, names, shallow=False)[1:])


def _git(*arguments: str, folder: Path) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def versions() -> dict[str, str]:
    """Of Python, SQLite and the packages that are installed, by name."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for package in (*PACKAGES, *(name for name in SCORERS if name in sys.modules)):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def machine() -> dict[str, Any]:
    """System, processor, and how many cores."""
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

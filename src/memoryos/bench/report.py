"""The form that every benchmark's report has: its figures, and beside them what they rest on.

A report is a folder: `summary.json` has the figures, `run.json` what they rest on, `summary.md`
both for people, and each chart is an SVG beside it. In one JSON file, and in code, the figures are
at the top and what they rest on is under `run`.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np

from memoryos.bench import origin
from memoryos.bench.charts import Chart, draw
from memoryos.bench.tables import Table, markdown
from memoryos.errors import InvalidArgumentError, MissingExtraError, UnreadableInputError

FIGURES, RUN, SUMMARY = "summary.json", "run.json", "summary.md"
"""The files of a report's folder."""

COMPARISON = "report"
"""What `check_folder` takes runs side by side for, which leave a `summary.md` and no `run.json`."""

BEGUN = "settings.json"
RESUMED = ("locomo", "gvd")
"""The benchmarks that keep in their folder what they have done, under these settings, and go on
from it."""

Progress = Callable[[str, int, int], None]
"""Told what is being done, how many steps are done, and of how many."""


def report(
    benchmark: str,
    figures: Mapping[str, Any],
    *,
    settings: Mapping[str, Any],
    started_at: datetime,
    data: Path | None = None,
    prompts: Mapping[str, str] | None = None,
    seed: int | None = None,
) -> dict[str, Any]:
    """The figures at the top; under `run`, how, on what and when they were measured.

    `prompts` are what a model was told, by name; the report has their SHA-256.
    """
    run: dict[str, Any] = {
        "benchmark": benchmark,
        "command": origin.command(),
        "settings": dict(settings),
        "started_at": started_at.isoformat(timespec="seconds"),
        "seconds": round((datetime.now(timezone.utc) - started_at).total_seconds(), 1),
        "commit": origin.commit(),
        "versions": origin.versions(),
        "machine": origin.machine(),
    }
    if data is not None:
        run["data"] = data.name
        run["data_sha256"] = hashlib.sha256(data.read_bytes()).hexdigest()
    if prompts is not None:
        run["prompts_sha256"] = {
            name: hashlib.sha256(text.encode()).hexdigest() for name, text in prompts.items()
        }
    if seed is not None:
        run["seed"] = seed
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
    _write_text(path, json.dumps(content, indent=2, ensure_ascii=False) + "\n")


def check_folder(out: Path, benchmark: str) -> None:
    """Make a report's folder, and say now, not after an hour's run, if it cannot be written into,
    or if it holds what is not an earlier report of the same benchmark.

    Raises InvalidArgumentError.
    """
    if (held := _held(out, benchmark)) is not None:
        raise InvalidArgumentError(f"{out} holds {held}; name another folder")
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise InvalidArgumentError(
            f"the report cannot be written into {out}: {error.strerror}; name another folder"
        ) from error


def _held(out: Path, benchmark: str) -> str | None:
    """What a report of this benchmark would go over; None if there is nothing."""
    if (out / RUN).exists():
        try:
            of = _read(out / RUN).get("benchmark")
        except UnreadableInputError:
            of = None
        if not isinstance(of, str):
            return f"a {RUN} that is none of memoryos bench"
        return f"a report of memoryos bench {of}" if of != benchmark else None
    if (out / BEGUN).exists() and benchmark not in RESUMED:
        return f"a run of {' or '.join(RESUMED)} that has begun"
    if (out / SUMMARY).exists() and benchmark != COMPARISON:
        return f"a {SUMMARY} of other runs"
    return None


def write_folder(
    out: Path, content: Mapping[str, Any], *, tables: Sequence[Table], charts: Sequence[Chart]
) -> str | None:
    """Write a report into its folder, over an earlier one. Gives why the charts are left out, where
    matplotlib is missing; `summary.md` says so, too."""
    run = content["run"]
    write(out / FIGURES, {name: figure for name, figure in content.items() if name != "run"})
    write(out / RUN, run)
    head = [f"`{run['command']}`", "", _origin(run)]
    title = f"memoryos bench {run['benchmark']}"
    return write_summary(out, title, head, tables=tables, charts=charts)


def write_summary(
    out: Path,
    title: str,
    head: Sequence[str],
    *,
    tables: Sequence[Table],
    charts: Sequence[Chart],
) -> str | None:
    """Write `summary.md`, and the charts beside it in place of those it showed before; `head` are
    the lines under its title. Gives why the charts are left out, if they are."""
    missing = None
    _remove_charts(out)
    try:
        drawn = [
            f"![{chart.title}]({draw(chart, out).name})\n"
            for chart in charts
            if any(chart.series.values())
        ]
    except MissingExtraError as error:
        missing = f"The charts are left out: {error}."
        drawn = [f"{missing}\n"]
    parts = [f"# {title}\n", "\n".join(head) + "\n", *map(markdown, tables), *drawn]
    _write_text(out / SUMMARY, "\n".join(parts))
    return missing


def _remove_charts(out: Path) -> None:
    """Those that an earlier `summary.md` shows: other pictures in the folder are somebody's."""
    summary = out / SUMMARY
    shown = summary.read_text(encoding="utf-8", errors="replace") if summary.exists() else ""
    for name in re.findall(r"^!\[.*\]\(([\w-]+\.svg)\)$", shown, re.MULTILINE):
        (out / name).unlink(missing_ok=True)


def read_folder(path: Path) -> dict[str, Any]:
    """A report as `report` gave it: from its folder, or from a JSON file of `--json`.

    Raises UnreadableInputError for anything else.
    """
    folder = path.is_dir()
    content = _read(path / FIGURES if folder else path)
    run = _read(path / RUN) if folder else content.get("run")
    if not isinstance(run, dict) or not isinstance(run.get("benchmark"), str):
        raise UnreadableInputError(f"{path} does not say which benchmark of memoryos it is of")
    return {**content, "run": run}


def _write_text(path: Path, text: str) -> None:
    # Half a character, of the data or of a file's name, becomes the escape that it is in JSON.
    path.write_text(text, encoding="utf-8", errors="backslashreplace")


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableInputError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"{path} is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise UnreadableInputError(f"{path} is no report of memoryos bench")
    return content


def _origin(run: Mapping[str, Any]) -> str:
    """In one sentence, of what code, when and on what."""
    machine = run["machine"]
    parts = [
        f"Commit {run['commit']}" if run["commit"] else "Not in git",
        f"started {run['started_at']}, took {run['seconds']:,} s",
        f"{machine['processor']}, {machine['cores']} cores",
    ]
    if "data" in run:
        parts.append(f"data {run['data']}, SHA-256 {run['data_sha256']}")
    return "; ".join(parts) + "."


def seconds(do: Callable[..., object], *arguments: object) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    do(*arguments)
    return time.perf_counter() - started


def milliseconds(durations: Sequence[float], percentile: float) -> float:
    """A percentile of durations given in seconds, in milliseconds, between neighbours by share."""
    return round(1000 * float(np.percentile(durations, percentile)), 3)

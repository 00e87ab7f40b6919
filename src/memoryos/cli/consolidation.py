"""Consolidation as commands show it: how far it is, and what still waits."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from memoryos.cli import output
from memoryos.cli.output import counted, one_line
from memoryos.errors import StorageError

if TYPE_CHECKING:
    from rich.progress import Progress

    from memoryos.engine import MemoryEngine
    from memoryos.statistics import MemoryStats

WATCH_SECONDS = 0.2


def progress_bars() -> Progress:
    """Bars with the time left, on stderr, and only on a terminal."""
    from rich import progress

    console = output.console(stderr=True)
    return progress.Progress(
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


def flush(engine: MemoryEngine, user_id: str, assistant_id: str, progress: Progress) -> MemoryStats:
    """File and analyse all there is, showing how much of it is done; gives the figures after."""

    def waiting() -> int:
        # A page that is to be filed and to be analysed counts twice: those are two steps.
        now = engine.stats(user_id, assistant_id=assistant_id)
        return now.awaiting_filing_count + now.pages_to_analyse

    def watch() -> None:
        # Storage that fails here fails in `flush` too, which tells.
        with suppress(StorageError):
            while not done.wait(WATCH_SECONDS):
                progress.update(task, completed=total - waiting())

    total = waiting()
    task = progress.add_task(f"filing {one_line(user_id)}", total=total)
    done = threading.Event()
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        engine.flush(user_id, assistant_id=assistant_id)
    finally:
        done.set()
        watcher.join()
    progress.update(task, completed=total - waiting())
    return engine.stats(user_id, assistant_id=assistant_id)


def what_waits(stats: MemoryStats) -> str:
    """What a flush left waiting, and until when; "" if nothing waits."""
    parts = [
        f"{counted(number, thing)} to {verb}"
        for number, thing, verb in (
            (stats.awaiting_filing_count, "page", "file"),
            (stats.pages_to_analyse, "page", "analyse"),
            (stats.items_to_embed, "item", "embed"),
        )
        if number
    ]
    waiting = [f"kept and recallable, but waiting: {', '.join(parts)}"] if parts else []
    return "; ".join([*waiting, *filter(None, [setback_of(stats)])])


def setback_of(stats: MemoryStats) -> str:
    """How the language model failed, and when it is asked again; "" if it did not."""
    if not stats.retry_at:
        return ""
    return (
        f"the language model failed {counted(stats.failed_attempts, 'time')}"
        f" ({stats.last_failure}) and is asked again from {stats.retry_at:%Y-%m-%d %H:%M:%S} UTC on"
    )


def fault_of(stats: MemoryStats) -> str:
    """How consolidation of this memory failed, and what follows; "" if it did not."""
    if not stats.own_failures:
        return ""
    failed = f"working on it failed {counted(stats.own_failures, 'time')} ({stats.own_failure})"
    if stats.set_aside_at is None:
        return f"{failed}; it is tried again"
    return (
        f"{failed}: set aside since {stats.set_aside_at:%Y-%m-%d %H:%M:%S} UTC, kept and"
        " recallable; memoryos retry puts it back"
    )


def waiting_document(stats: MemoryStats) -> dict[str, object]:
    """What waits, as `--json` gives it."""
    return {
        "pages_to_file": stats.awaiting_filing_count,
        "pages_to_analyse": stats.pages_to_analyse,
        "items_to_embed": stats.items_to_embed,
        "failed_attempts": stats.failed_attempts,
        "last_failure": stats.last_failure,
        "retry_at": stats.retry_at,
    }

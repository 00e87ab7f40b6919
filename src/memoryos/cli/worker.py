"""The command `worker`: consolidation as a process of its own, for every owner of a store."""

from __future__ import annotations

import logging
import random
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import counted, show_note
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.engine import MemoryEngine
    from memoryos.statistics import MemoryStats
    from memoryos.store.base import OwnerSummary

LOOK_SECONDS = 1.0
"""How often it looks for what other processes wrote; a look is one query."""

MANY = 1_000_000_000
"""More owners than there are."""


def worker(
    settings: Settings,
    once: Annotated[
        bool, typer.Option("--once", help="Do all there is, and leave; 1 if something waits still.")
    ] = False,
    concurrency: Annotated[
        int,
        typer.Option(
            "--concurrency", min=1, metavar="N", help="Users to work on at once, with a model."
        ),
    ] = 1,
) -> None:
    """Consolidate the memory of every user, until interrupted.

    Any number of workers may share a store, on any machines, beside the programs that write to it.
    A user whose memory keeps failing is set aside (see retry). What it works on is told on stderr,
    in numbers. Ctrl-C or SIGTERM ends it within 5 seconds; nothing is lost.
    """
    with _log_shown():
        if not once:
            _work_on(settings, concurrency)
        elif concurrency == 1:
            _work_once(settings)
        else:
            raise InvalidArgumentError(
                "--once works on one user after the other: leave --concurrency out, or start two"
            )


def _work_on(settings: Settings, concurrency: int) -> None:
    from memoryos.cli.worker_engine import open_engine

    stopping = threading.Event()
    with (
        _set_by_signals(stopping),
        open_engine(settings, background=True, concurrency=concurrency, look_seconds=LOOK_SECONDS),
    ):
        show_note(f"working on {settings.place} with {_who_works(settings)}; Ctrl-C ends it")
        # Not one long wait: on Windows no signal comes through to it.
        while not stopping.wait(LOOK_SECONDS):
            pass
        show_note("ending after the step at hand")


def _work_once(settings: Settings) -> None:
    from memoryos.cli.worker_engine import open_engine

    # The lease that is held is given back, as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with open_engine(settings, background=False) as engine:
        waiting = [
            found
            for found in engine.store.owners(limit=MANY)
            if found.due_at and not found.set_aside_at
        ]
        # Workers that begin together seldom wait for each other then.
        random.shuffle(waiting)
        pages = sum(found.page_count for found in waiting)
        memories = "1 memory" if len(waiting) == 1 else f"{len(waiting):,} memories"
        who = _who_works(settings)
        show_note(f"{memories} of {counted(pages, 'page')} to work on with {who}")
        failed: list[str] = []
        flushed = _flushed(engine, waiting, failed)
        left = [stats for stats in flushed if consolidation.what_waits(stats)]
    if settings.json:
        documents = [consolidation.waiting_document(stats) for stats in left]
        output.show_json({"memories": len(waiting), "waiting": documents, "failed": failed})
    for stats in left:
        show_note(consolidation.what_waits(stats))
    for name in failed:
        show_note(f"a memory could not be worked on, and is as it was: {name}")
    show_note("something waits still" if left or failed else "nothing waits")
    if left or failed:
        raise typer.Exit(output.ExitCode.NO)


def _flushed(
    engine: MemoryEngine, waiting: Sequence[OwnerSummary], failed: list[str]
) -> Iterator[MemoryStats]:
    """Do all there is of each owner; gives what its memory holds afterwards. Where that fails for
    the owner alone, the name of the error is added to `failed`, and the others go on."""
    from memoryos.setbacks import is_own

    for found in waiting:
        user_id, assistant_id = found.owner.user_id, found.owner.assistant_id
        try:
            engine.flush(user_id, assistant_id=assistant_id)
            yield engine.stats(user_id, assistant_id=assistant_id)
        except Exception as error:
            if not is_own(error):
                raise
            failed.append(type(error).__name__)


def _who_works(settings: Settings) -> str:
    model = settings.language_model
    return f"the language model {model.model}" if model else "rules, without a language model"


@contextmanager
def _set_by_signals(event: threading.Event) -> Iterator[None]:
    """While it lasts, Ctrl-C and SIGTERM set `event`; a second one ends the process."""

    def stop(number: int, frame: Any) -> None:
        event.set()
        for each, handler in before.items():
            signal.signal(each, handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _log_shown() -> Iterator[None]:
    """While it lasts, the library's log goes to stderr: names and numbers, never text."""
    logger = logging.getLogger("memoryos")
    handler, level = logging.StreamHandler(sys.stderr), logger.level
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeHandler(handler)

"""What the benchmarks that keep their answers in a folder have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from memoryos.cli.output import show_note


@contextmanager
def answers_kept(folder: Path) -> Iterator[None]:
    """Have the folder for this run alone, and tell whoever stops it by Ctrl-C how to go on.

    Raises InvalidArgumentError where another run writes there.
    """
    from memoryos.bench import records

    with records.alone(folder):
        try:
            yield
        except KeyboardInterrupt:
            show_note(
                f"stopped; what is answered is kept in {folder}: give the same command again to go"
                " on"
            )
            raise

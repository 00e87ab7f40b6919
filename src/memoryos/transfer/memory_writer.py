"""Export: memories as a memory file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from memoryos.errors import InvalidArgumentError
from memoryos.model import Fact, Owner, Page
from memoryos.store.base import OwnerState, Store
from memoryos.transfer.memory_file import end_line, header_line, item_line, owner_line


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into a memory file."""

    owners: int
    pages: int
    facts: int


def write_memory(
    store: Store, owners: Iterable[Owner], target: str | Path | BinaryIO, *, now: datetime
) -> Exported:
    """Write the memories of `owners`, each as it is at one moment; of those who have none, nothing.

    A file appears, or takes the place of another, when it is complete; its mode is 0600. Raises
    InvalidArgumentError for a path that cannot be written, StorageError.
    """
    with _opened(target) as file:
        file.write(header_line(now).encode())
        states = [state for owner in owners if (state := _write_owner(store, owner, file))]
        file.write(end_line(len(states)).encode())
    return Exported(
        owners=len(states),
        pages=sum(state.counts[Page] for state in states),
        facts=sum(state.counts[Fact] for state in states),
    )


def _write_owner(store: Store, owner: Owner, file: BinaryIO) -> OwnerState | None:
    state = None
    # Closed whatever happens: a snapshot that is held keeps what others forget on disk.
    exported = store.export(owner)
    with closing(exported):
        for said in exported:
            if isinstance(said, OwnerState):
                state = said
                file.write(owner_line(said).encode())
            else:
                file.write(item_line(said).encode())
    return state


@contextmanager
def _opened(target: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(target, (str, Path)):
        yield target
        return
    path = Path(target).expanduser()
    try:
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except (OSError, ValueError) as error:
        raise InvalidArgumentError(f"cannot write {path}: {error}") from None
    try:
        with open(number, "wb") as file:  # noqa: PTH123 - a descriptor, no path
            yield file
            file.flush()
            os.fsync(file.fileno())
        try:
            Path(name).replace(path)
        except OSError as error:
            raise InvalidArgumentError(f"cannot write {path}: {error.strerror}") from None
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise

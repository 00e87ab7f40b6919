"""The folder of a run that goes on where it stopped: one run at a time, one way of asking, and what
became of each question, a line each in `questions.jsonl`, on disk as soon as it is known."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from memoryos.bench.memories import MEMORY
from memoryos.errors import (
    InvalidArgumentError,
    ModelUnavailableError,
    UnreadableInputError,
)

QUESTIONS = "questions.jsonl"
SETTINGS = "settings.json"
"""What the lines of a folder were asked with: others do not go beside them."""
LOCK = "run.lock"

FAILURES_IN_A_ROW = 5
"""Then the model is taken to be down, and the run stops."""


class Kept(Protocol):
    """A dataclass of values that JSON has, with tuples for its lists."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def key(self) -> Hashable:
        """Of its question, one of a kind in the folder."""
        ...

    @property
    def failure(self) -> str | None:
        """How the model, or the judge, failed at it."""
        ...


R = TypeVar("R", bound=Kept)


class Records(Generic[R]):
    """The records of a folder, the last one of each question. Not thread-safe."""

    def __init__(self, folder: Path, kind: type[R]) -> None:
        """Take up what stands in the folder; a last line that was cut off is dropped.

        Raises UnreadableInputError for any other that is no record of this kind.
        """
        self._folder = folder
        self._kind = kind
        self._path = folder / QUESTIONS
        self._by_key = {record.key: record for record in self._read()}
        self._failures = 0
        self.tidy()

    def get(self, key: Hashable) -> R | None:
        return self._by_key.get(key)

    def append(self, record: R) -> None:
        """Keep a record; it is on disk when this returns.

        Raises ModelUnavailableError, once it is kept, for the last of several failures in a row.
        """
        self._by_key[record.key] = record
        with self._path.open("ab") as file:
            file.write(_line(record))
        self._failures = self._failures + 1 if record.failure else 0
        if self._failures == FAILURES_IN_A_ROW:
            raise ModelUnavailableError(
                f"the model failed at {FAILURES_IN_A_ROW} questions in a row ({record.failure});"
                f" what is answered is kept in {self._folder}: mend that, and give the same command"
                " again to go on"
            )

    def tidy(self, order: Iterable[Hashable] = ()) -> None:
        """Write the file anew: one line a question, those of `order` first and in it."""
        keys = dict.fromkeys((*(key for key in order if key in self._by_key), *self._by_key))
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.writelines(_line(self._by_key[key]) for key in keys)
        fresh.replace(self._path)

    def _read(self) -> list[R]:
        if not self._path.exists():
            return []
        whole, _, _torn = self._path.read_bytes().rpartition(b"\n")
        records = []
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                records.append(self._record(json.loads(line)))
            except (ValueError, TypeError, RecursionError):
                raise UnreadableInputError(
                    f"line {number} of {self._path} is no record of this benchmark: mend it, or "
                    "name another folder with --out"
                ) from None
        return records

    def _record(self, line: Any) -> R:
        """Raises TypeError for what has not just the fields of a record."""
        values = dict(line)
        if set(values) != {field.name for field in fields(self._kind)}:
            raise TypeError
        return self._kind(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in values.items()
            }
        )


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder while the block runs; raises InvalidArgumentError where one
    is in it.

    The lock is that of an empty SQLite database: it works on every system, and is gone with the
    process that held it, however that ended.
    """
    with closing(sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)) as database:
        try:
            database.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            raise InvalidArgumentError(
                f"another run writes into {folder} ({LOCK}: {error}): wait for its end, or name"
                " another folder with --out"
            ) from error
        yield


def hold(folder: Path, settings: Mapping[str, Any]) -> None:
    """Note in a folder that is had `alone` what its questions are asked with, or see that it is
    the same.

    Raises InvalidArgumentError, which says what differs, where it is not.
    """
    path = folder / SETTINGS
    if not path.exists():
        if left := [name for name in (QUESTIONS, MEMORY) if (folder / name).exists()]:
            raise _other(folder, f"it has {' and '.join(left)} but no {SETTINGS}")
        path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
        return
    try:
        held = json.loads(path.read_bytes())
    except (ValueError, OSError):
        held = None
    if not isinstance(held, dict):
        raise _other(folder, f"its {SETTINGS} cannot be read")
    differing = [
        f"{name} was {held.get(name)!r} and is now {settings.get(name)!r}"
        for name in dict.fromkeys((*held, *settings))
        if held.get(name) != settings.get(name)
    ]
    if differing:
        raise _other(folder, "; ".join(differing))


def sha256_of(prompts: Mapping[str, str]) -> dict[str, str]:
    """Name -> hash, for settings: an answer depends on every word that a model is told."""
    return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in prompts.items()}


def _other(folder: Path, why: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{folder} holds another run: {why}. Name another folder with --out, or run with the same "
        "data and settings to go on with this one"
    )


def _line(record: Kept) -> bytes:
    # What half a character is left in an id of the file stays the escape that it is in JSON.
    return (json.dumps(asdict(record), ensure_ascii=False) + "\n").encode(errors="backslashreplace")

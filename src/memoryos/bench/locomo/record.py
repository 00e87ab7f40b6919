"""`questions.jsonl`: what each question got, a line each, on disk as soon as it is known."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from memoryos.errors import InvalidArgumentError, UnreadableInputError

QUESTIONS = "questions.jsonl"
SETTINGS = "settings.json"
"""What the lines of a folder were asked with: others do not go beside them."""


@dataclass(frozen=True, slots=True)
class Record:
    """A question, and what became of it. Scores are shares, 0 to 1."""

    sample_id: str
    number: int
    """Its place among the questions of its conversation in the file, from 1."""
    category: int
    question: str
    gold: str
    answer: str | None
    """None where the model failed; `error` then says how."""
    error: str | None
    f1_set: float | None
    """None, as `bleu1`, for category 5."""
    f1_locomo: float | None
    """Of category 5, 1 for an answer that abstains."""
    bleu1: float | None
    judge: bool | None
    judge_error: str | None
    evidence: tuple[str, ...]
    """Turns of the conversation."""
    evidence_recall: float | None
    """The share of it on the recalled pages; None without evidence."""
    recalled: tuple[Mapping[str, Any], ...]
    """Pages, best first, each with its `page` id and `dia_ids`."""
    tokens_recalled: int
    """Of what is recalled, laid out for a prompt."""
    prompt_tokens: int
    completion_tokens: int
    """Of answering, as the server counts; 0 without a model."""
    recall_seconds: float
    seconds: float
    """Of recall and answer; the judge's are not among them."""

    @property
    def key(self) -> tuple[str, int]:
        return self.sample_id, self.number

    @property
    def is_answered(self) -> bool:
        return self.error is None


class Records:
    """The records of a folder, the last one of each question. Not thread-safe."""

    def __init__(self, folder: Path) -> None:
        """Take up what stands in the folder; a last line that was cut off is dropped.

        Raises UnreadableInputError for any other that is no record.
        """
        self._path = folder / QUESTIONS
        self._by_key = {record.key: record for record in self._read()}
        self.tidy()

    def get(self, key: tuple[str, int]) -> Record | None:
        return self._by_key.get(key)

    def append(self, record: Record) -> None:
        """Keep a record; it is on disk when this returns."""
        self._by_key[record.key] = record
        with self._path.open("ab") as file:
            file.write(_line(record))

    def tidy(self, order: Iterable[tuple[str, int]] = ()) -> None:
        """Write the file anew: one line a question, those of `order` first and in it."""
        keys = dict.fromkeys((*(key for key in order if key in self._by_key), *self._by_key))
        fresh = self._path.with_suffix(".new")
        with fresh.open("wb") as file:
            file.writelines(_line(self._by_key[key]) for key in keys)
        fresh.replace(self._path)

    def _read(self) -> list[Record]:
        if not self._path.exists():
            return []
        whole, _, _torn = self._path.read_bytes().rpartition(b"\n")
        records = []
        for number, line in enumerate(whole.splitlines(), start=1):
            try:
                records.append(_record(json.loads(line)))
            except (ValueError, TypeError, RecursionError):
                raise UnreadableInputError(
                    f"line {number} of {self._path} is no record of this benchmark: mend it, or "
                    "name another folder with --out"
                ) from None
        return records


def hold(folder: Path, settings: Mapping[str, Any]) -> None:
    """Note in the folder what its questions are asked with, or see that it is the same.

    Raises InvalidArgumentError, which says what differs, where it is not.
    """
    path = folder / SETTINGS
    if not path.exists():
        if (folder / QUESTIONS).exists():
            raise _other(folder, f"it has {QUESTIONS} but no {SETTINGS}")
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


def _other(folder: Path, why: str) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{folder} holds another run: {why}. Name another folder with --out, or run with the same "
        "data and settings to go on with this one"
    )


def _line(record: Record) -> bytes:
    # What half a character is left in an id of the file stays the escape that it is in JSON.
    return (json.dumps(asdict(record), ensure_ascii=False) + "\n").encode(errors="backslashreplace")


def _record(line: Any) -> Record:
    """Raises TypeError for what has not just the fields of a record."""
    values = dict(line)
    if set(values) != {field.name for field in fields(Record)}:
        raise TypeError
    return Record(**{**values, **{name: tuple(values[name]) for name in ("evidence", "recalled")}})

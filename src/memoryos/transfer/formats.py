"""The formats that pages are imported from: which one a file has, and its records."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from itertools import islice
from pathlib import Path

from memoryos.errors import UnreadableInputError
from memoryos.transfer import chatgpt, locomo, mem0, memory_file, original
from memoryos.transfer.imported import (
    ImportedPage,
    Record,
    Skipped,
    check_bad_count,
    digest,
    opened,
)
from memoryos.transfer.json_stream import read_values
from memoryos.transfer.lines import read_lines
from memoryos.transfer.pages import BadRecord, PageRecord, read_pages

LOOKED_AT = 100
"""Values of a file that are looked at to tell its format."""


class Format(str, Enum):
    """What a file or a folder holds."""

    JSONL = "jsonl"
    LOCOMO = "locomo"
    MEMORYOS = "memoryos"
    ORIGINAL = "original"
    MEM0 = "mem0"
    CHATGPT = "chatgpt"


IN_OBJECT = {
    memory_file.HEADER: Format.MEMORYOS,
    "user_input": Format.JSONL,
    "agent_response": Format.JSONL,
    "conversation": Format.LOCOMO,
    "results": Format.MEM0,
    "relations": Format.MEM0,
}
"""Keys of an object that opens a file."""
IN_LIST = {
    "mapping": Format.CHATGPT,
    "conversation": Format.LOCOMO,
    "memory": Format.MEM0,
}
"""Keys of the objects in a list that opens a file."""


def detect(path: Path) -> Format:
    """The format of a file or a folder; JSONL where nothing tells, whose reader says what is wrong.

    Raises UnreadableInputError if it cannot be opened.
    """
    if path.is_dir():
        return Format.ORIGINAL
    with opened(path) as file:
        try:
            for value in islice(read_values(file, (int,), (str,)), LOOKED_AT):
                step = value.path[0]
                inner = getattr(value, "value", None)
                keys = [step] if isinstance(step, str) else inner if isinstance(inner, dict) else ()
                known = IN_OBJECT if isinstance(step, str) else IN_LIST
                if found := [known[key] for key in keys if key in known]:
                    return found[0]
        except UnreadableInputError:
            pass
    return Format.JSONL


def read_records(
    path: Path,
    file_format: Format,
    *,
    user_id: str | None = None,
    assistant_id: str | None = None,
) -> Iterator[Record]:
    """The pages of a file or a folder, in any format but MEMORYOS, and what is skipped of it.

    The names choose of a folder of the original, and are not looked at otherwise. Raises
    UnreadableInputError, after what precedes it for a file that breaks off, and
    InvalidArgumentError for a choice that the folder does not have.
    """
    if file_format is Format.ORIGINAL:
        return original.read(path, user_id=user_id, assistant_id=assistant_id)
    readers = {
        Format.JSONL: _read_jsonl,
        Format.LOCOMO: _read_locomo,
        Format.MEM0: mem0.read,
        Format.CHATGPT: chatgpt.read,
    }
    return readers[file_format](path)


def _read_jsonl(path: Path) -> Iterator[Record]:
    bad: list[BadRecord] = []
    said: Counter[str] = Counter()

    def note(record: BadRecord) -> None:
        bad.append(record)
        check_bad_count(len(bad))

    with opened(path) as file:
        for page in read_pages(read_lines(file), on_bad=note):
            # Lines that say the same are as many pages; so each is known by how many came before.
            what = _digest_of(page)
            said[what] += 1
            yield ImportedPage(page, f"jsonl:{what}:{said[what]}")
    yield from _skipped(bad)


def _read_locomo(path: Path) -> Iterator[Record]:
    bad: list[BadRecord] = []
    with opened(path) as file:
        try:
            data = json.load(file)
        except (ValueError, RecursionError) as error:
            raise UnreadableInputError(f"the file is not JSON: {error}") from None
    for talk in locomo.read_conversations(data, on_bad=bad.append):
        for page in talk.pages:
            source = f"locomo:{talk.sample_id}:{_digest_of(page)}"
            yield ImportedPage(page, source, user_id=talk.sample_id)
    yield from _skipped(bad)


def _digest_of(page: PageRecord) -> str:
    told = (page.user_input, page.agent_response, page.meta_data, page.conversation_id)
    return digest(json.dumps([*told, str(page.timestamp)], sort_keys=True))


def _skipped(bad: list[BadRecord]) -> Iterator[Skipped]:
    return (Skipped(record.where, record.problem) for record in bad)

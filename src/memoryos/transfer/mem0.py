"""Memories of mem0, as its `get_all` gives them, saved as JSON.

A memory of mem0 is a statement about its user that a language model wrote, not an exchange. It
becomes a page whose one half is the statement, of origin IMPORT: found and learnt from like any
page, and never taken for the user's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from memoryos.errors import UnreadableInputError, UsageError
from memoryos.intake import check_identifier
from memoryos.model import Origin
from memoryos.transfer.imported import (
    ImportedPage,
    Record,
    Skipped,
    digest,
    field,
    opened,
    prepared,
)
from memoryos.transfer.json_stream import Unreadable, read_values
from memoryos.transfer.pages import PageRecord

NAMES = ("user_id", "agent_id", "run_id")


def read(path: Path) -> Iterator[Record]:
    """The memories of a file: the list `results` of an object, or, from old versions, a list.

    Raises UnreadableInputError for a file that holds no memories, and after what precedes it for
    one that breaks off.
    """
    return prepared(_records(path))


def _records(path: Path) -> Iterator[Record]:
    found = False
    with opened(path) as file:
        for value in read_values(file, (int,), ("results", int), ("relations", int), ("next",)):
            if value.path == ("next",):
                if isinstance(value, Unreadable) or value.value is not None:
                    yield Skipped("next", "the memories go on in another answer: fetch that too")
                continue
            found = True
            place = int(value.path[-1]) + 1
            if value.path[0] == "relations":
                yield Skipped(f"relation {place}", "is drawn from memories, which are read")
            elif isinstance(value, Unreadable):
                yield Skipped(f"memory {place}", value.problem)
            else:
                yield _record(value.value, f"memory {place}")
    if not found:
        raise UnreadableInputError(
            f"{path} holds no memories of mem0: it should be what get_all gives, an object with "
            "results, or a list"
        )


def _record(memory: Any, where: str) -> Record:
    try:
        statement = field(memory, "memory", str)
        names = {name: _name(memory, name) for name in NAMES}
        source = f"mem0:{check_identifier(field(memory, 'id', str), 'id')}:{digest(statement)}"
        time = memory.get("updated_at") or field(memory, "created_at", str)
    except UsageError as error:
        return Skipped(where, str(error))
    of_agent = memory.get("role") == "assistant" or (names["agent_id"] and not names["user_id"])
    return ImportedPage(
        PageRecord(
            where,
            user_input="" if of_agent else statement,
            agent_response=statement if of_agent else "",
            timestamp=time,
            meta_data={"mem0": {key: memory[key] for key in memory if key != "memory"}},
            conversation_id=names["run_id"],
        ),
        source,
        Origin.IMPORT,
        user_id=names["user_id"],
        assistant_id=names["agent_id"],
    )


def _name(memory: dict[str, Any], name: str) -> str | None:
    return None if memory.get(name) is None else check_identifier(memory[name], name)

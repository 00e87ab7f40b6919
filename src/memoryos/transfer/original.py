"""The data folder of the original MemoryOS.

Its pages become pages. What its language model wrote, the profile of a user and the entries of
knowledge, become pages of one half and of origin IMPORT: about the user in the user's half, about
the assistant in the agent's. Embeddings, heat, topics and chains are made anew from the pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from memoryos.errors import InvalidArgumentError, UnreadableInputError
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
from memoryos.transfer.json_stream import Pattern, Unreadable, Value, read_values
from memoryos.transfer.pages import PageRecord

# Mid-term memory first: it holds the older pages.
USER_FILES = ("mid_term.json", "short_term.json", "long_term_user.json")
ASSISTANT_FILE = "long_term_assistant.json"
LONG_TERM: dict[str | int, Pattern] = {
    "user_profiles": ("user_profiles", str),
    "knowledge_base": ("knowledge_base", int),
    "assistant_knowledge": ("assistant_knowledge", int),
}
PATTERNS: dict[str, Sequence[Pattern]] = {
    "mid_term.json": [("sessions", str, "details", int)],
    "short_term.json": [(int,)],
    "long_term_user.json": [*LONG_TERM.values()],
    ASSISTANT_FILE: [*LONG_TERM.values()],
}

MODEL_ERROR = "Error: Could not get response from LLM."
"""What the original keeps as a reply or a profile when its language model fails."""
KEPT = ("page_id", "meta_info")
"""Of a page of mid-term memory: its id, and the running summary of its dialogue chain."""
NOTHING = ("", "none", "- none", "- none.")


def read(
    folder: Path, *, user_id: str | None = None, assistant_id: str | None = None
) -> Iterator[Record]:
    """All users of a data folder, or one, with the assistant they spoke to.

    The original keeps no note of which assistant a page was said to, so a folder of several needs
    `assistant_id`. What an assistant knows it knows from all its users: it is given to a user who
    is named, or to the only one, and else skipped.

    A file that breaks off is read as far as it goes, and skipped from there. Raises
    UnreadableInputError if `folder` is no data folder, InvalidArgumentError for a user or an
    assistant it does not have or a choice left open.
    """
    users = _folders(folder / "users", USER_FILES)
    assistants = _folders(folder / "assistants", [ASSISTANT_FILE])
    if not users and not assistants:
        raise UnreadableInputError(
            f"{folder} is no data folder of the original MemoryOS: it has neither users nor "
            "assistants"
        )
    if user_id is not None and user_id not in users:
        raise InvalidArgumentError(f"{folder} has no user {user_id!r}; it has {_listed(users)}")
    assistant_id = _assistant(folder, assistants, assistant_id)
    chosen = users if user_id is None else {user_id: users[user_id]}
    return prepared(_records(folder, chosen, assistants, assistant_id))


def _records(
    folder: Path, users: dict[str, Path], assistants: dict[str, Path], assistant_id: str | None
) -> Iterator[Record]:
    for user_id, home in users.items():
        for name in USER_FILES:
            yield from _file(folder, home / name, user_id, assistant_id)
    for name, home in assistants.items():
        file = home / ASSISTANT_FILE
        if name != assistant_id:
            yield Skipped(_named(folder, file), "is of another assistant than the one chosen")
        elif len(users) != 1:
            yield Skipped(_named(folder, file), "is drawn from all users: import one to give it to")
        else:
            yield from _file(folder, file, next(iter(users)), assistant_id)


def _file(folder: Path, path: Path, user_id: str, assistant_id: str | None) -> Iterator[Record]:
    """What a file of `PATTERNS` holds for an owner; nothing if there is no such file."""
    if not path.exists():
        return
    shown = _named(folder, path)
    try:
        with opened(path) as file:
            for value in read_values(file, *PATTERNS[path.name]):
                where = " ".join([shown, *map(_shown, value.path)])
                for record in _read(value, where, user_id):
                    if isinstance(record, ImportedPage):
                        record = replace(record, user_id=user_id, assistant_id=assistant_id)
                    yield record
    except UnreadableInputError as error:
        yield Skipped(shown, f"cannot be read to its end: {error}")


def _shown(step: str | int) -> str:
    return step[:80] if isinstance(step, str) else str(step + 1)


def _read(found: Value | Unreadable, where: str, user_id: str) -> Iterator[Record]:
    if isinstance(found, Unreadable):
        yield Skipped(where, found.problem)
        return
    kind = found.path[0]
    try:
        if kind not in LONG_TERM:
            yield from _page(found.value, where)
        elif kind == "user_profiles" and found.path[1] != user_id:
            yield Skipped(where, "is the profile of another user")
        else:
            yield _note(str(kind), found.value, where)
    except UnreadableInputError as error:
        yield Skipped(where, str(error))


def _note(kind: str, record: Any, where: str) -> Record:
    """What the original's model wrote about the user, or about the assistant."""
    of_profile = kind == "user_profiles"
    text = field(record, "data" if of_profile else "knowledge", str)
    timestamp = field(record, "last_updated" if of_profile else "timestamp", str)
    if text.strip() == MODEL_ERROR:
        return Skipped(where, "is the error text of a model that failed")
    if text.strip().lower() in NOTHING:
        return Skipped(where, "says nothing")
    of_agent = kind == "assistant_knowledge"
    page = PageRecord(
        where,
        user_input="" if of_agent else text,
        agent_response=text if of_agent else "",
        timestamp=timestamp,
        meta_data={"original": {"kind": kind}},
    )
    return ImportedPage(page, f"original:{kind}:{digest(text, timestamp)}", Origin.IMPORT)


def _page(record: Any, where: str) -> Iterator[Record]:
    timestamp = field(record, "timestamp", str)
    user_input, agent_response = _half(record, "user_input"), _half(record, "agent_response")
    # Not by place or page_id: a page keeps its source when it moves from short to mid term, and
    # the original files it under every topic of its batch.
    source = f"original:page:{digest(user_input, agent_response, timestamp)}"
    if agent_response.strip() == MODEL_ERROR:
        yield Skipped(f"{where} agent_response", "is the error text of a model that failed")
        agent_response = ""
    kept = {name: record[name] for name in KEPT if isinstance(record.get(name), str)}
    page = PageRecord(where, user_input, agent_response, timestamp, {"original": kept})
    yield ImportedPage(page, source)


def _half(record: dict[str, Any], name: str) -> str:
    text: str = "" if record.get(name) is None else field(record, name, str)
    return text


def _named(folder: Path, file: Path) -> str:
    return file.relative_to(folder).as_posix()


def _folders(root: Path, names: Sequence[str]) -> dict[str, Path]:
    """The folders of users or assistants by id. An id with slashes made folders in folders."""
    homes = {file.parent for file in root.rglob("*.json") if file.name in names} - {root}
    return {home.relative_to(root).as_posix(): home for home in sorted(homes)}


def _assistant(folder: Path, assistants: dict[str, Path], chosen: str | None) -> str | None:
    if chosen is None and len(assistants) > 1:
        raise InvalidArgumentError(
            f"{folder} has several assistants, and does not say which of them the users spoke to: "
            f"choose one of {_listed(assistants)}"
        )
    if chosen is not None and assistants and chosen not in assistants:
        raise InvalidArgumentError(
            f"{folder} has no assistant {chosen!r}; it has {_listed(assistants)}"
        )
    return chosen or next(iter(assistants), None)


def _listed(folders: dict[str, Path]) -> str:
    return ", ".join(map(repr, list(folders)[:20])) or "none"

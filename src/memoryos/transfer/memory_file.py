"""The memory file: all of a memory as JSON Lines, to be read by MemoryOS or by anybody.

docs/format.md describes it. A line is an object with one key, which says what it is.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from memoryos.errors import UnreadableInputError, UsageError
from memoryos.model import (
    Fact,
    Kind,
    Level,
    Origin,
    Owner,
    Page,
    Segment,
    Speaker,
    Trait,
)
from memoryos.store.base import ITEMS, Gone, Item, ModelCalls, OwnerState, Source, Use
from memoryos.transfer.checks import (
    Check,
    day,
    digest,
    evidence,
    flag,
    meta_data,
    moment,
    one_of,
    optional,
    share,
    text,
    texts,
    whole,
)

HEADER, OWNER, END = "memoryos", "owner", "end"
VERSION = 1

NUMBER = whole(1)
COUNT = whole(0)

ITEM_FIELDS: Mapping[type[Item], Mapping[str, Check]] = {
    Gone: {"kind": one_of(Kind), "number": NUMBER},
    Segment: {
        "number": NUMBER,
        "summary": text,
        "keywords": texts,
        "started_at": moment,
        "ended_at": moment,
        "visited_at": moment,
        "page_count": COUNT,
        "interaction_length": COUNT,
        "visit_count": COUNT,
        "archived_at": optional(moment),
        "learner": text,
    },
    Page: {
        "number": NUMBER,
        "user_input": text,
        "agent_response": text,
        "timestamp": moment,
        "recorded_at": moment,
        "conversation_id": optional(text),
        "meta_data": meta_data,
        "origin": one_of(Origin),
        "learnable": flag,
        "chain": optional(NUMBER),
        "meta_chain": text,
        "segment": optional(NUMBER),
        "analyst": optional(text),
    },
    Fact: {
        "number": NUMBER,
        "subject": one_of(Speaker),
        "attribute": text,
        "value": text,
        "text": text,
        "language": text,
        "evidence": evidence,
        "origin": one_of(Origin),
        "learner": text,
        "confidence": share,
        "recorded_at": moment,
        "valid_from": optional(moment),
        "valid_to": optional(moment),
        "superseded_at": optional(moment),
        "superseded_by": optional(NUMBER),
    },
    Trait: {
        "number": NUMBER,
        "dimension": text,
        "level": one_of(Level),
        "reason": text,
        "evidence": evidence,
        "learner": text,
        "recorded_at": moment,
        "confirmed_at": moment,
        "superseded_at": optional(moment),
    },
    Use: {
        "kind": one_of(Kind),
        "number": NUMBER,
        "page": COUNT,
        "count": NUMBER,
        "used_at": moment,
    },
    Source: {"digest": digest, "page": COUNT},
    ModelCalls: {
        "day": day,
        "purpose": text,
        "outcome": text,
        "calls": COUNT,
        "prompt_tokens": COUNT,
        "completion_tokens": COUNT,
        "milliseconds": COUNT,
    },
}
"""What every item has, all of it, and what it may be."""

NAMES: Mapping[type[Item], str] = dict(
    zip(
        ITEMS,
        ("forgotten", "segment", "page", "fact", "trait", "use", "source", "model_calls"),
        strict=True,
    )
)
CLASSES = {name: item for item, name in NAMES.items()}
OWNER_FIELDS: Mapping[str, Check] = {
    "user_id": text,
    "assistant_id": text,
    "next_numbers": lambda value: _object(value, {kind.value: NUMBER for kind in Kind}),
    "traits_through": COUNT,
    "counts": lambda value: _object(value, dict.fromkeys(CLASSES, COUNT)),
}
END_FIELDS: Mapping[str, Check] = {"owners": COUNT}


def header_line(exported_at: datetime) -> str:
    return _line(HEADER, {"version": VERSION, "exported_at": exported_at})


def owner_line(state: OwnerState) -> str:
    return _line(
        OWNER,
        {
            "user_id": state.owner.user_id,
            "assistant_id": state.owner.assistant_id,
            "next_numbers": {kind.value: state.next_numbers[kind] for kind in Kind},
            "traits_through": state.traits_through,
            "counts": {name: state.counts[item] for item, name in NAMES.items()},
        },
    )


def item_line(item: Item) -> str:
    return _line(NAMES[type(item)], {name: getattr(item, name) for name in ITEM_FIELDS[type(item)]})


def end_line(owners: int) -> str:
    return _line(END, {"owners": owners})


def named(record: dict[str, Any]) -> tuple[str, Any]:
    """What a line says it is, and what it says; raises UnreadableInputError if it is none of it."""
    if len(record) != 1 or (name := next(iter(record))) not in {HEADER, OWNER, END, *CLASSES}:
        raise UnreadableInputError(
            f"must be an object with one key: {', '.join((HEADER, OWNER, *CLASSES, END))}"
        )
    return name, record[name]


def check_header(value: Any) -> None:
    """Raises UnreadableInputError for a version that this release does not read."""
    version = value.get("version") if isinstance(value, dict) else None
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise UnreadableInputError("has no version: it should be a whole number")
    if version > VERSION:
        raise UnreadableInputError(
            f"is of version {version}, this release reads up to {VERSION}: it was written by a "
            "later version of MemoryOS; upgrade memoryos-engine to read it"
        )


def read_state(value: Any) -> OwnerState:
    """Of an owner line; raises UnreadableInputError."""
    said = _object(value, OWNER_FIELDS)
    return OwnerState(
        Owner(said["user_id"], said["assistant_id"]),
        next_numbers={Kind(name): number for name, number in said["next_numbers"].items()},
        traits_through=said["traits_through"],
        counts={CLASSES[name]: count for name, count in said["counts"].items()},
    )


def read_item(name: str, value: Any) -> Item:
    """Of a line of one of `CLASSES`; raises UnreadableInputError."""
    made: Item = CLASSES[name](**_object(value, ITEM_FIELDS[CLASSES[name]]))
    return made


def read_end(value: Any) -> int:
    """How many owners the file has; raises UnreadableInputError."""
    owners: int = _object(value, END_FIELDS)["owners"]
    return owners


def _object(value: Any, checks: Mapping[str, Check]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableInputError(f"is a {type(value).__name__}, not a JSON object")
    if missing := [name for name in checks if name not in value]:
        raise UnreadableInputError(f"has no {missing[0]}")
    if unknown := sorted(set(value) - set(checks)):
        # Passing over what a later or a mistaken writer says would lose it.
        raise UnreadableInputError(f"has the unknown field {unknown[0][:40]!r}")
    read = {}
    for name, check in checks.items():
        try:
            read[name] = check(value[name])
        except UsageError as error:
            raise UnreadableInputError(f"{name}: {error}") from None
    return read


def _line(name: str, said: Mapping[str, Any]) -> str:
    return json.dumps({name: said}, default=_plain, ensure_ascii=False) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    assert is_dataclass(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}

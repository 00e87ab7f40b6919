"""The gate: what callers hand in, checked before anything is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from memoryos.config import (
    MAX_ID_CHARACTERS,
    MAX_META_DATA_BYTES,
    MAX_META_DATA_LEVELS,
    default_data_folder,
)
from memoryos.errors import InvalidArgumentError
from memoryos.model import Origin, Owner, PageDraft
from memoryos.timestamps import parse_timestamp


def check_owner(user_id: str, assistant_id: str) -> Owner:
    """The owner of these two identifiers. Any identifier is data, never a path.

    Raises InvalidArgumentError if one is no text, blank, over 512 characters, or unstorable.
    """
    return Owner(
        check_identifier(user_id, "user_id"), check_identifier(assistant_id, "assistant_id")
    )


def check_folder(value: str | Path | None) -> Path:
    """The folder to keep memory in; the user's own for None."""
    if value is None:
        return default_data_folder()
    if not isinstance(value, (str, Path)) or not str(value).strip() or "\0" in str(value):
        raise InvalidArgumentError(f"data_storage_path must name a folder, not {repr(value)[:60]}")
    return Path(value).expanduser()


def check_identifier(value: str, name: str) -> str:
    """`value`, if it can be an identifier; raises InvalidArgumentError otherwise."""
    text = check_text(value, name, max_bytes=None)
    if not text.strip():
        raise InvalidArgumentError(f"{name} is empty: give it a name of at least one character")
    if len(text) > MAX_ID_CHARACTERS:
        raise InvalidArgumentError(
            f"{name} has {len(text)} characters, more than the limit of {MAX_ID_CHARACTERS}"
        )
    return text


def check_text(value: str, name: str, *, max_bytes: int | None) -> str:
    """`value`, if it is text that every store can keep byte for byte."""
    if not isinstance(value, str):
        raise InvalidArgumentError(f"{name} must be text, not {type(value).__name__}")
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        raise InvalidArgumentError(
            f"{name} holds half a character (a lone surrogate) at position {error.start}: "
            "decode it with the right encoding, or with errors='replace'"
        ) from None
    if "\0" in value:
        raise InvalidArgumentError(f"{name} holds a NUL character: remove it")
    if max_bytes is not None and size > max_bytes:
        raise InvalidArgumentError(
            f"{name} has {size:,} bytes, more than the limit of {max_bytes:,}: "
            "split it over several pages"
        )
    return value


def check_draft(
    user_input: str,
    agent_response: str,
    *,
    timestamp: str | datetime | None,
    meta_data: Mapping[str, Any] | None,
    conversation_id: str | None,
    now: datetime,
    max_half_bytes: int,
    origin: Origin | str = Origin.USER,
) -> PageDraft:
    """One exchange as a page without a number; its time is `now` unless told.

    Raises InvalidArgumentError if both halves are blank, a half is no text or over the limit,
    `meta_data` is not JSON, or `origin` is none; UnreadableTimestampError if the timestamp cannot
    be read.
    """
    check_text(user_input, "user_input", max_bytes=max_half_bytes)
    check_text(agent_response, "agent_response", max_bytes=max_half_bytes)
    if not user_input.strip() and not agent_response.strip():
        raise InvalidArgumentError(
            "user_input and agent_response are both empty: a page needs at least one of them"
        )
    if conversation_id is not None:
        check_identifier(conversation_id, "conversation_id")
    return PageDraft(
        user_input=user_input,
        agent_response=agent_response,
        timestamp=now if timestamp is None else parse_timestamp(timestamp),
        conversation_id=conversation_id,
        meta_data=check_meta_data(meta_data),
        origin=check_origin(origin),
    )


def check_origin(value: Origin | str) -> Origin:
    """`value` as an origin; raises InvalidArgumentError if it is none."""
    try:
        return Origin(value)
    except ValueError:
        origins = ", ".join(origin.value for origin in Origin)
        raise InvalidArgumentError(
            f"origin must be one of {origins}, not {repr(value)[:60]}"
        ) from None


def check_query(query: str, *, max_bytes: int) -> str:
    """A query may be anything but too long; what cannot be encoded becomes unknown characters."""
    if not isinstance(query, str):
        raise InvalidArgumentError(f"query must be text, not {type(query).__name__}")
    text = query.encode(errors="replace").decode()
    return check_text(text.replace("\0", " "), "query", max_bytes=max_bytes)


def check_count(value: int | None, name: str, default: int) -> int:
    """`value`, or `default` for None; raises InvalidArgumentError unless it is at least 1."""
    if value is None:
        return default
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InvalidArgumentError(
            f"{name} must be a whole number of at least 1, not {repr(value)[:60]}"
        )
    return value


def check_meta_data(meta_data: Mapping[str, Any] | None) -> dict[str, Any]:
    """`meta_data` as plain JSON; raises InvalidArgumentError if it is none, or too much."""
    if meta_data is None:
        return {}
    if not isinstance(meta_data, Mapping):
        raise InvalidArgumentError("meta_data must be a mapping with text keys")
    given = dict(meta_data)
    _check_nesting(given)
    try:
        encoded = json.dumps(given, allow_nan=False, ensure_ascii=False)
        size = len(encoded.encode())
    except (TypeError, ValueError) as error:
        raise InvalidArgumentError(f"meta_data cannot be written as JSON: {error}") from None
    if size > MAX_META_DATA_BYTES:
        raise InvalidArgumentError(
            f"meta_data has {size:,} bytes as JSON, more than the limit of {MAX_META_DATA_BYTES:,}"
        )
    return dict(json.loads(encoded))


def _check_nesting(given: dict[str, Any]) -> None:
    """Text keys at every level, and no more levels than every reader can take."""
    level: list[Any] = [given]
    for _ in range(MAX_META_DATA_LEVELS):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict) and not all(isinstance(key, str) for key in item):
                raise InvalidArgumentError("meta_data must have text keys, at every level")
            children = item.values() if isinstance(item, dict) else item
            inner += [child for child in children if isinstance(child, (dict, list, tuple))]
        if not inner:
            return
        if len(inner) > MAX_META_DATA_BYTES:
            break  # a list that holds itself twice doubles with every level
        level = inner
    raise InvalidArgumentError(
        f"meta_data is nested more than {MAX_META_DATA_LEVELS} levels deep: make it flatter"
    )

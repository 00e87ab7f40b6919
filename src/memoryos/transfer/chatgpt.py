"""Conversations of a ChatGPT export: its file `conversations.json`.

A conversation is a tree of messages: an edited question or a regenerated reply opens a branch.
Read is the branch that ends at `current_node`, which is what ChatGPT shows. A page is a message of
the user with the replies that follow it; replies that open a conversation make a page without user
input. What is no talk is skipped: the messages of the system and of tools, and hidden ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from memoryos.errors import UnreadableInputError, UsageError
from memoryos.intake import check_identifier
from memoryos.transfer.imported import ImportedPage, Record, Skipped, field, opened, prepared
from memoryos.transfer.json_stream import Unreadable, read_values
from memoryos.transfer.pages import PageRecord

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
TEXT_TYPES = ("text", "multimodal_text")
NO_TALK = {"system": "is a message of the system", "tool": "is a message of a tool"}


@dataclass(frozen=True, slots=True)
class _Message:
    id: str
    by_user: bool
    text: str
    seconds: Any
    """When it was said, as the file has it: seconds since 1970."""
    attachments: tuple[str, ...]
    """The kinds of what it held beside text: "image_asset_pointer"."""


def read(path: Path) -> Iterator[Record]:
    """The exchanges of an export, conversation by conversation.

    Raises UnreadableInputError for a file that holds no conversations, and after what precedes it
    for one that breaks off.
    """
    return prepared(_records(path))


def _records(path: Path) -> Iterator[Record]:
    found = False
    with opened(path) as file:
        for value in read_values(file, (int,)):
            found = True
            where = f"conversation {int(value.path[0]) + 1}"
            if isinstance(value, Unreadable):
                yield Skipped(where, value.problem)
                continue
            try:
                yield from _conversation(value.value, where)
            except UsageError as error:
                yield Skipped(where, str(error))
    if not found:
        raise UnreadableInputError(
            f"{path} holds no conversations: conversations.json of a ChatGPT export is a list of "
            "objects with a mapping of messages"
        )


def _conversation(conversation: Any, where: str) -> Iterator[Record]:
    mapping = field(conversation, "mapping", dict)
    name = "conversation_id" if conversation.get("conversation_id") else "id"
    conversation_id = check_identifier(field(conversation, name, str), name)
    if conversation.get("is_do_not_remember") is True:
        yield Skipped(where, "is marked as not to be remembered")
        return
    branch = _current_branch(mapping, field(conversation, "current_node", str))
    messages: list[_Message] = []
    for node in branch:
        try:
            messages += _message(node, mapping[node])
        except UsageError as error:
            yield Skipped(f"{where} message {node[:80]}", str(error))
    said_at = conversation.get("create_time")
    for exchange in _exchanges(messages):
        # A message without a time was said after the one before it, no more is known.
        said_at = said_at if exchange[0].seconds is None else exchange[0].seconds
        place = f"{where} message {exchange[0].id}"
        try:
            yield _page(exchange, place, said_at, conversation.get("title"), conversation_id)
        except UsageError as error:
            yield Skipped(place, str(error))
    shown = set(branch)
    for node, record in mapping.items():
        if node not in shown and isinstance(record, dict) and record.get("message"):
            yield Skipped(f"{where} message {node[:80]}", "is on a branch ChatGPT does not show")


def _current_branch(mapping: dict[str, Any], leaf: str) -> list[str]:
    """The nodes from the root to `leaf`; where a parent is not there, from its child."""
    if leaf not in mapping:
        raise UnreadableInputError("has a current_node that is not in its mapping")
    branch: dict[str, None] = {}
    node: object = leaf
    while isinstance(node, str) and node in mapping:
        if node in branch:
            raise UnreadableInputError("has messages that go round in a circle")
        branch[node] = None
        node = mapping[node].get("parent") if isinstance(mapping[node], dict) else None
    return list(reversed(branch))


def _message(node: str, record: Any) -> Iterator[_Message]:
    """What is said at a node, if it holds a message; raises UnreadableInputError if not talk."""
    if isinstance(record, dict) and record.get("message") is None:
        return
    message = field(record, "message", dict)
    role = field(field(message, "author", dict), "role", str)
    if role not in ("user", "assistant"):
        raise UnreadableInputError(NO_TALK.get(role, "is by neither the user nor the assistant"))
    meta_data = message.get("metadata")
    if isinstance(meta_data, dict) and meta_data.get("is_visually_hidden_from_conversation"):
        raise UnreadableInputError("is hidden in ChatGPT")
    if message.get("recipient") not in (None, "all"):
        raise UnreadableInputError("is said to a tool")
    content = field(message, "content", dict)
    if (kind := field(content, "content_type", str)) not in TEXT_TYPES:
        raise UnreadableInputError(f"is no talk but {kind[:40]!r}")
    text, attachments = _parts(field(content, "parts", list))
    if not text.strip():
        raise UnreadableInputError("holds no text")
    yield _Message(
        check_identifier(node, "id"), role == "user", text, message.get("create_time"), attachments
    )


def _parts(parts: list[Any]) -> tuple[str, tuple[str, ...]]:
    """The text of a message, speech that was written down included, and the kinds of the rest."""
    texts: list[str] = []
    others: list[str] = []
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            texts.append(text)
        elif isinstance(part, dict):
            others.append(str(part.get("content_type"))[:80])
    return "\n".join(texts), tuple(others)


def _exchanges(messages: list[_Message]) -> list[list[_Message]]:
    exchanges: list[list[_Message]] = []
    for message in messages:
        if message.by_user or not exchanges:
            exchanges.append([])
        exchanges[-1].append(message)
    return exchanges


def _page(
    exchange: list[_Message], where: str, said_at: object, title: object, conversation_id: str
) -> ImportedPage:
    about = {
        "title": title,
        "message_ids": [message.id for message in exchange],
        "attachments": [kind for message in exchange for kind in message.attachments],
    }
    page = PageRecord(
        where,
        user_input="\n\n".join(message.text for message in exchange if message.by_user),
        agent_response="\n\n".join(message.text for message in exchange if not message.by_user),
        timestamp=_moment(said_at),
        meta_data={"chatgpt": {name: value for name, value in about.items() if value}},
        conversation_id=conversation_id,
    )
    return ImportedPage(page, f"chatgpt:{conversation_id}:{exchange[0].id}")


def _moment(seconds: object) -> datetime:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise UnreadableInputError("has no create_time")
    try:
        return EPOCH + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        raise UnreadableInputError("has a create_time outside the years 1 to 9999") from None

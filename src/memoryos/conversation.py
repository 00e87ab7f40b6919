"""A talk with an owner: what is asked is recalled for, answered, and kept with its answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from memoryos.amending import Amender
from memoryos.clock import Clock
from memoryos.errors import InvalidArgumentError, ReplyNotStoredError, StorageError
from memoryos.intake import check_text
from memoryos.llms.base import ChatModel
from memoryos.model import Kind, Owner, PageDraft
from memoryos.recall import Recall
from memoryos.reply_stream import OpenStreams, ReplyStream
from memoryos.responder import Reply, Responder, says_nothing
from memoryos.text.surrogates import without_surrogates
from memoryos.visits import VisitLog
from memoryos.write_path import WritePath

INTERRUPTED = {"interrupted": True}
"""Meta data of a page whose reader stopped before the reply's end."""
CLIPPED = {"clipped": True}
"""Meta data of a page whose reply was longer than a half may be, and is cut."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be answered, and how; as the caller gave it."""

    owner: Owner
    query: str
    relationship_with_user: str
    style_hint: str
    meta_data: Mapping[str, Any] | None
    conversation_id: str | None
    user_name: str | None
    assistant_name: str | None


class Conversation:
    """Gives replies to what owners ask, and keeps them. Thread-safe."""

    def __init__(
        self,
        *,
        retrieve: Callable[[Asked], Recall],
        model: Callable[[Owner], ChatModel | None],
        write_path: WritePath,
        amender: Amender,
        visits: VisitLog,
        clock: Clock,
        max_half_bytes: int,
        when_kept: Callable[[], None],
    ) -> None:
        """`model` gives the one to ask on an owner's account, None for an extractive answer;
        `when_kept` is called after each exchange that was kept."""
        self._retrieve = retrieve
        self._model = model
        self._write_path = write_path
        self._amender = amender
        self._visits = visits
        self._clock = clock
        self._max_half_bytes = max_half_bytes
        self._when_kept = when_kept
        self._streams = OpenStreams()

    def reply(self, asked: Asked) -> str:
        """The whole reply, kept. Raises UsageError before anything is asked of the model;
        ModelError, and then nothing is kept; ReplyNotStoredError."""
        self.end_dropped()
        responder, arguments = self._begin(asked)
        return responder.reply(**arguments)

    def stream(self, asked: Asked) -> ReplyStream:
        """The reply as it comes, kept when it has ended. Raises what `reply` raises; but for
        UsageError, while it is read."""
        self.end_dropped()
        responder, arguments = self._begin(asked)
        return self._streams.open(responder.stream(**arguments))

    def end_dropped(self) -> None:
        """Keep what was said in the streams that nobody holds any more."""
        self._streams.end_dropped()

    def _begin(self, asked: Asked) -> tuple[Responder, dict[str, Any]]:
        # All is checked before the model is asked: what it says must not be lost to a bad argument.
        for name in ("relationship_with_user", "style_hint"):
            check_text(getattr(asked, name), name, max_bytes=None)
        draft = self._draft(asked)
        recalled = self._retrieve(asked)
        arguments = {
            "recall": recalled,
            "query": draft.user_input,
            "relationship_with_user": asked.relationship_with_user,
            "style_hint": asked.style_hint,
            "user_conversation_meta_data": draft.meta_data,
            "keep": lambda reply: self._keep(asked.owner, draft, recalled, reply),
        }
        return Responder(self._model(asked.owner), clock=self._clock), arguments

    def _draft(self, asked: Asked) -> PageDraft:
        """The page without its reply. Raises InvalidArgumentError."""
        check_text(asked.query, "query", max_bytes=self._max_half_bytes)
        if says_nothing(asked.query):
            raise InvalidArgumentError("query is empty: there is nothing to answer")
        draft = self._write_path.draft(
            asked.query, "", None, asked.meta_data, conversation_id=asked.conversation_id
        )
        # There must be room for our marks.
        self._write_path.draft(asked.query, "", None, {**draft.meta_data, **INTERRUPTED, **CLIPPED})
        return draft

    def _keep(self, owner: Owner, draft: PageDraft, recalled: Recall, reply: Reply) -> None:
        """Store an exchange with what entered its prompt, and count that as used.

        Raises ReplyNotStoredError.
        """
        now = self._clock()
        page = replace(self._answered(draft, reply), timestamp=now)
        try:
            (page_id,) = self._write_path.append(owner, [page], recalled=reply.recalled)
        except StorageError as error:
            raise ReplyNotStoredError(
                f"the reply was made, but could not be stored: {error}", reply=reply.text
            ) from error
        try:
            self._amender.unsay(owner, page_id, reply.recalled)
        except StorageError as error:
            raise ReplyNotStoredError(
                f"the reply is stored as {page_id}, but something that it was made of may have been"
                f" forgotten meanwhile, and it could not be emptied of that: forget {page_id}, too,"
                f" if it tells of it ({error})",
                reply=reply.text,
            ) from error
        numbers = {number for kind, number in reply.recalled if kind is Kind.PAGE}
        used = (item.page for item in recalled.pages if item.page.number in numbers)
        self._visits.note_pages(owner, used, at=now)
        self._when_kept()

    def _answered(self, draft: PageDraft, reply: Reply) -> PageDraft:
        """The page with as much of the reply as a half may hold, marked where that is not all."""
        text = without_surrogates(reply.text).replace("\0", "\N{REPLACEMENT CHARACTER}").encode()
        is_clipped = len(text) > self._max_half_bytes
        marks = {**(INTERRUPTED if reply.interrupted else {}), **(CLIPPED if is_clipped else {})}
        return replace(
            draft,
            agent_response=text[: self._max_half_bytes].decode(errors="ignore"),
            meta_data={**draft.meta_data, **marks},
            learnable=reply.from_model,
        )

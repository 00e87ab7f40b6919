"""A reply that was asked of a memory: what is refused, what is kept, and what is never lost."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from memoryos import Memoryos
from memoryos.config import MAX_HALF_BYTES, MAX_META_DATA_BYTES
from memoryos.errors import (
    InvalidArgumentError,
    ReplyNotStoredError,
    StorageUnavailableError,
    UnreadableOutputError,
)
from memoryos.llms.base import ChatRequest, Purpose
from memoryos.model import Page
from memoryos.reply_stream import ReplyStream
from memoryos.testing.scripted_model import Line, ScriptedModel

QUERY = "Where do I live?"
SAID = "In Berlin, near the park."


@pytest.fixture
def talking(open_memory: Callable[..., Memoryos]) -> Callable[..., Memoryos]:
    """A memory with a model that says these lines."""

    def open_(*lines: Line) -> Memoryos:
        return open_memory(chat_model=ScriptedModel({Purpose.REPLY: lines}))

    return open_


def pages(memory: Memoryos) -> tuple[Page, ...]:
    return memory.retrieve_memory(QUERY).short_term


def begun(memory: Memoryos, query: str = QUERY) -> ReplyStream:
    """A stream whose first piece was read."""
    stream = memory.get_response(query, stream=True)
    assert next(stream) == SAID[:3]
    return stream


@contextmanager
def full_disk(memory: Memoryos) -> Iterator[None]:
    """While it lasts, no page can be written."""

    def refuse(connection: Any, cursor: Any, statement: str, *others: Any) -> None:
        if "INSERT INTO pages" in statement:
            raise OperationalError(statement, None, Exception("database or disk is full"))

    engine = memory.engine.store._database.engine  # type: ignore[attr-defined]
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


class TestStreamsThatAreLeft:
    def test_a_block_that_is_left_keeps_what_was_said(
        self, talking: Callable[..., Memoryos]
    ) -> None:
        memory = talking(SAID)
        with begun(memory):
            pass
        (page,) = pages(memory)
        assert (page.agent_response, page.meta_data) == (SAID[:3], {"interrupted": True})

    def test_a_stream_dropped_amid_a_write_keeps_the_write_going(
        self, talking: Callable[..., Memoryos]
    ) -> None:
        """The garbage collector may find it while this thread holds the locks of the store."""
        memory = talking(SAID)
        cycle: list[object] = [begun(memory)]
        cycle.append(cycle)
        del cycle
        with memory.engine.store._writing():  # type: ignore[attr-defined]
            gc.collect()
        memory.add_memory("I moved to Rome.", "Nice.")
        assert [page.user_input for page in pages(memory)] == [QUERY, "I moved to Rome."]

    @pytest.mark.parametrize(
        "look",
        [
            lambda memory: memory.flush(),
            lambda memory: memory.engine._before_round(),
            lambda memory: memory.get_response("Are you there?"),
        ],
    )
    def test_what_was_said_in_a_dropped_stream_is_kept_at_the_next_look(
        self, talking: Callable[..., Memoryos], look: Callable[[Memoryos], object]
    ) -> None:
        memory = talking(SAID, "Yes.")
        stream = begun(memory)
        del stream
        gc.collect()
        assert pages(memory) == ()
        look(memory)
        assert pages(memory)[0].agent_response == SAID[:3]

    def test_closing_the_memory_keeps_what_was_said_in_a_dropped_stream(
        self, talking: Callable[..., Memoryos], open_memory: Callable[..., Memoryos]
    ) -> None:
        memory = talking(SAID)
        stream = begun(memory)
        del stream
        gc.collect()
        memory.close()
        assert [page.agent_response for page in pages(open_memory())] == [SAID[:3]]

    def test_a_stream_keeps_its_memory_open(
        self, open_memory: Callable[..., Memoryos], where: dict[str, Any]
    ) -> None:
        model = ScriptedModel({Purpose.REPLY: [SAID]})
        stream = Memoryos("tom", **where, chat_model=model, background=False).get_response(
            QUERY, stream=True
        )
        gc.collect()
        assert "".join(stream) == SAID
        del stream
        gc.collect()
        assert [page.agent_response for page in pages(open_memory())] == [SAID]

    def test_an_abandoned_stream_that_cannot_be_kept_fails_nobody_else(
        self, talking: Callable[..., Memoryos], caplog: pytest.LogCaptureFixture
    ) -> None:
        memory = talking(SAID)
        stream = begun(memory)
        del stream
        gc.collect()
        with full_disk(memory):
            memory.flush()
        assert "a reply that was left is not kept" in caplog.text
        assert SAID[:3] not in caplog.text


class TestRepliesThatCannotBeKept:
    def test_the_error_carries_the_reply(self, talking: Callable[..., Memoryos]) -> None:
        memory = talking(SAID)
        with full_disk(memory), pytest.raises(ReplyNotStoredError, match="disk is full") as caught:
            memory.get_response(QUERY)
        assert caught.value.reply == SAID
        assert pages(memory) == ()

    def test_a_stream_is_read_to_its_end_and_then_the_error_is_raised(
        self, talking: Callable[..., Memoryos]
    ) -> None:
        memory = talking(SAID)
        heard: list[str] = []
        with full_disk(memory), pytest.raises(ReplyNotStoredError) as caught:
            heard.extend(memory.get_response(QUERY, stream=True))
        assert "".join(heard) == caught.value.reply == SAID

    def test_a_stream_that_is_closed_raises_what_keeps_it_from_being_kept(
        self, talking: Callable[..., Memoryos]
    ) -> None:
        memory = talking(SAID)
        stream = begun(memory)
        with full_disk(memory), pytest.raises(ReplyNotStoredError):
            stream.close()
        stream.close()
        assert pages(memory) == ()

    def test_a_memory_closed_while_the_model_speaks_loses_no_reply(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        def close(request: ChatRequest) -> str:
            memory.close()
            return SAID

        memory = open_memory(chat_model=ScriptedModel({Purpose.REPLY: [close]}))
        with pytest.raises(ReplyNotStoredError, match="closed") as caught:
            memory.get_response(QUERY)
        assert caught.value.reply == SAID

    def test_a_reply_that_others_keep_from_being_emptied_is_named(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        """What it was made of was forgotten meanwhile: the user can forget it, too."""

        def forget(request: ChatRequest) -> str:
            memory.forget(page=home)
            memory.engine._amender._commits = lambda *_: False  # type: ignore[method-assign]
            return SAID

        memory = open_memory(chat_model=ScriptedModel({Purpose.REPLY: [forget]}))
        home = memory.add_memory("I live in Berlin.", "A fine city.")
        with pytest.raises(ReplyNotStoredError, match=r"stored as page-2.*forget page-2") as caught:
            memory.get_response(QUERY)
        assert caught.value.reply == SAID


class TestWhatIsStored:
    def test_what_no_store_can_hold_is_replaced(self, talking: Callable[..., Memoryos]) -> None:
        memory = talking("In\0 Berlin\ud800.")
        memory.get_response(QUERY)
        assert pages(memory)[0].agent_response == "In\ufffd Berlin\ufffd."

    def test_a_reply_longer_than_a_half_is_given_whole_and_stored_cut_and_marked(
        self, talking: Callable[..., Memoryos]
    ) -> None:
        long = "é" * MAX_HALF_BYTES
        memory = talking("x" + long)
        assert memory.get_response(QUERY) == "x" + long
        (page,) = pages(memory)
        assert len(page.agent_response.encode()) == MAX_HALF_BYTES - 1
        assert page.meta_data == {"clipped": True}

    @pytest.mark.parametrize("blank", ["\u200b\u200d", "\0", "\u2028\ufeff "])
    def test_a_reply_that_nobody_can_see_is_none(
        self, talking: Callable[..., Memoryos], blank: str
    ) -> None:
        """W6."""
        memory = talking(blank, blank)
        with pytest.raises(UnreadableOutputError):
            memory.get_response(QUERY)
        with pytest.raises(UnreadableOutputError):
            list(memory.get_response(QUERY, stream=True))
        assert pages(memory) == ()


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    "arguments",
    [
        {"query": ""},
        {"query": " \n"},
        {"query": "\u200b"},
        {"query": None},
        {"relationship_with_user": None},
        {"relationship_with_user": 5},
        {"style_hint": None},
        {"style_hint": "\ud800"},
        {"user_conversation_meta_data": {"log": "x" * (MAX_META_DATA_BYTES - 15)}},
        {"conversation_id": ""},
    ],
)
def test_a_bad_argument_is_told_before_the_model_is_asked(
    talking: Callable[..., Memoryos], arguments: dict[str, Any], stream: bool
) -> None:
    memory = talking()
    with pytest.raises(InvalidArgumentError):
        memory.get_response(**{"query": QUERY, "stream": stream, **arguments})
    assert memory.engine.chat_model.requests == []  # type: ignore[union-attr]


def test_a_store_that_takes_no_call_down_is_said_before_the_model_is_asked(
    talking: Callable[..., Memoryos],
) -> None:
    memory = talking(SAID)
    stream = memory.get_response(QUERY, stream=True)
    memory.close()
    with pytest.raises(StorageUnavailableError):
        list(stream)
    assert memory.engine.chat_model.requests == []  # type: ignore[union-attr]

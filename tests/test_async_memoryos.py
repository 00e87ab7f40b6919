"""AsyncMemoryos: the interface of Memoryos, awaited."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import pytest

from memoryos import Memoryos
from memoryos.async_memoryos import THREADS, AsyncMemoryos
from memoryos.errors import InvalidArgumentError, ModelUnavailableError
from memoryos.llms.base import ChatRequest, Purpose, Tokens
from memoryos.model import PageDraft
from memoryos.testing.scripted_model import Line, ScriptedModel

PET = ("I adopted a greyhound called Pixel.", "Congratulations!")
QUERY = "What is the name of my greyhound?"


class Gate:
    """A line of a script that is said when a test lets it: the model is slow until then."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def __call__(self, request: ChatRequest) -> str:
        self.reached.set()
        assert self.opened.wait(10)
        return "Your dog is Pixel."


@pytest.fixture
def talking(open_memory: Callable[..., Memoryos]) -> Callable[..., AsyncMemoryos]:
    """A memory with a model that says these lines."""

    def open_(*lines: Line) -> AsyncMemoryos:
        memory = open_memory()
        memory.engine.chat_model = ScriptedModel({Purpose.REPLY: lines})
        return AsyncMemoryos(memory)

    return open_


def end_threads(memory: AsyncMemoryos) -> None:
    """Wait for all calls to end."""
    memory._threads.shutdown(wait=True)
    memory._patient_threads.shutdown(wait=True)


def responses(memory: AsyncMemoryos) -> list[tuple[str, bool]]:
    """What was kept of replies once all calls have ended, and whether they were interrupted."""
    end_threads(memory)
    stored = memory.engine.retrieve_memory(memory.user_id, QUERY).short_term
    return [(page.agent_response, "interrupted" in page.meta_data) for page in stored]


async def reached(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.reached.wait, 10)


def public_names(memory: object) -> set[str]:
    return {name for name in dir(memory) if not name.startswith("_")}


def test_both_faces_have_the_same_names(memory: Memoryos) -> None:
    assert public_names(AsyncMemoryos(memory)) - {"open"} == public_names(memory)


METHODS = sorted(name for name in public_names(Memoryos) if callable(getattr(Memoryos, name)))


@pytest.mark.parametrize("name", METHODS)
def test_every_method_takes_the_same_arguments_and_is_awaited(name: str) -> None:
    method = getattr(AsyncMemoryos, name)
    assert inspect.signature(method) == inspect.signature(getattr(Memoryos, name))
    assert inspect.iscoroutinefunction(method)


def test_opening_takes_the_originals_arguments() -> None:
    assert inspect.signature(AsyncMemoryos.open) == inspect.signature(Memoryos)


def test_a_page_is_recalled_as_soon_as_it_is_added(tmp_path: Path) -> None:
    """W2, with the original's arguments."""

    async def story() -> None:
        opening = AsyncMemoryos.open("tom", "", tmp_path, background=False)
        async with await opening as memory:
            page_id = await memory.add_memory(*PET)
            (page,) = (await memory.retrieve_memory(QUERY)).pages
            assert page.id == page_id
            assert "Pixel" in await memory.get_response(QUERY)

    asyncio.run(story())


def test_many_pages_are_added_from_one_iterator(memory: Memoryos) -> None:
    async def story() -> list[str]:
        face = AsyncMemoryos(memory)
        drafts = [face.draft(f"I saw heron {number}.", "Nice.") for number in range(3)]
        return [page_id async for page_id in await face.add_memories(drafts)]

    assert asyncio.run(story()) == ["page-1", "page-2", "page-3"]


def test_a_call_sees_the_context_of_its_task(memory: Memoryos) -> None:
    request_id = ContextVar("request_id", default="none")
    seen = []

    def drafts() -> Iterator[PageDraft]:
        seen.append(request_id.get())
        yield memory.draft(*PET)

    async def story() -> None:
        request_id.set("request-7")
        async for _ in await AsyncMemoryos(memory).add_memories(drafts()):
            pass

    asyncio.run(story())
    assert seen == ["request-7"]


def test_errors_are_those_of_memoryos(memory: Memoryos) -> None:
    with pytest.raises(InvalidArgumentError):
        asyncio.run(AsyncMemoryos(memory).add_memory("", ""))
    with pytest.raises(InvalidArgumentError):
        asyncio.run(AsyncMemoryos.open(""))


def test_a_stream_gives_the_pieces_and_keeps_the_exchange(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    memory = talking("Your dog is Pixel.")

    async def story() -> list[str]:
        return [piece async for piece in await memory.get_response(QUERY, stream=True)]

    assert asyncio.run(story())[:2] == ["You", "r d"]
    assert responses(memory) == [("Your dog is Pixel.", False)]


def test_a_model_that_fails_raises_and_keeps_nothing(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    """W6."""
    memory = talking(ModelUnavailableError("asleep"), ModelUnavailableError("asleep"))

    async def story() -> None:
        with pytest.raises(ModelUnavailableError):
            await memory.get_response(QUERY)
        pieces = await memory.get_response(QUERY, stream=True)
        with pytest.raises(ModelUnavailableError):
            await anext_of(pieces)

    asyncio.run(story())
    assert responses(memory) == []


async def anext_of(pieces: Any) -> str:
    piece: str = await pieces.__anext__()
    return piece


async def leave_the_loop(memory: AsyncMemoryos) -> None:
    async for _ in await memory.get_response(QUERY, stream=True):
        break


async def close_the_stream(memory: AsyncMemoryos) -> None:
    pieces: Any = await memory.get_response(QUERY, stream=True)
    await anext_of(pieces)
    await pieces.aclose()


async def cancel_the_reader(memory: AsyncMemoryos) -> None:
    has_read = asyncio.Event()

    async def read() -> None:
        async for _ in await memory.get_response(QUERY, stream=True):
            has_read.set()
            await asyncio.Event().wait()

    reader = asyncio.create_task(read())
    await has_read.wait()
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader


@pytest.mark.parametrize("leave", [leave_the_loop, close_the_stream, cancel_the_reader])
def test_a_reader_who_leaves_early_keeps_what_was_said(
    talking: Callable[..., AsyncMemoryos],
    leave: Callable[[AsyncMemoryos], Coroutine[Any, Any, None]],
) -> None:
    memory = talking("Your dog is Pixel.")
    asyncio.run(leave(memory))
    assert responses(memory) == [("You", True)]


class NotingModel(ScriptedModel):
    """Notes the thread that its stream ended in."""

    ended_in: threading.Thread

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        try:
            return (yield from super().stream(request))
        finally:
            self.ended_in = threading.current_thread()


def test_a_stream_that_is_left_early_is_ended_in_a_thread(memory: Memoryos) -> None:
    """What it keeps is written to the disk, and must not hold up the event loop."""
    model = NotingModel(default="Your dog is Pixel.")
    memory.engine.chat_model = model
    asyncio.run(close_the_stream(AsyncMemoryos(memory)))
    assert model.ended_in is not threading.current_thread()


def test_a_reader_cancelled_while_a_piece_is_fetched_loses_nothing_of_it(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    gate = Gate()
    memory = talking(gate)

    async def story() -> None:
        pieces: Any = await memory.get_response(QUERY, stream=True)
        reader = asyncio.create_task(anext_of(pieces))
        await reached(gate)
        reader.cancel()
        gate.opened.set()
        with pytest.raises(asyncio.CancelledError):
            await reader

    asyncio.run(story())
    assert responses(memory) == [("You", True)]


def test_a_call_that_has_begun_is_done_though_nobody_waits_any_more(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    gate = Gate()
    memory = talking(gate)

    async def story() -> None:
        call = asyncio.create_task(memory.get_response(QUERY))
        await reached(gate)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        gate.opened.set()

    asyncio.run(story())
    assert responses(memory) == [("Your dog is Pixel.", False)]


def test_a_call_that_waits_for_a_thread_is_made_though_its_task_is_cancelled(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    gates = [Gate() for _ in range(THREADS)]
    memory = talking(*gates, "Pixel.")

    async def story() -> None:
        replies = [asyncio.create_task(memory.get_response(QUERY)) for _ in gates]
        for gate in gates:
            await reached(gate)
        last = asyncio.create_task(memory.get_response(QUERY))
        await asyncio.sleep(0)
        last.cancel()
        for gate in gates:
            gate.opened.set()
        await asyncio.gather(*replies)

    asyncio.run(story())
    end_threads(memory)
    assert memory.engine.stats(memory.user_id).page_count == THREADS + 1


def test_replies_that_wait_for_a_model_hold_up_no_page(
    talking: Callable[..., AsyncMemoryos],
) -> None:
    """W1: however many of them."""
    gates = [Gate() for _ in range(THREADS)]
    memory = talking(*gates)

    async def story() -> None:
        replies = [asyncio.create_task(memory.get_response(QUERY)) for _ in gates]
        for gate in gates:
            await reached(gate)
        assert await memory.add_memory(*PET) == "page-1"
        for gate in gates:
            gate.opened.set()
        await asyncio.gather(*replies)

    asyncio.run(story())

"""AsyncMemoryos: the interface of `Memoryos` for asyncio; its calls are moved to threads."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, overload

from memoryos.engine import MemoryEngine
from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft
from memoryos.reply_stream import ReplyStream

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 32
"""Calls at once, and as many again of those that may wait for a language model: however many of
these hang, no `add_memory` waits behind them. The event loop's own threads are few, and shared."""


def _opening(
    open_memory: Callable[P, Memoryos],
) -> Callable[P, Coroutine[Any, Any, AsyncMemoryos]]:
    @functools.wraps(open_memory, assigned=(), updated=())
    async def open_(*args: P.args, **kwargs: P.kwargs) -> AsyncMemoryos:
        """Open a memory in a thread; takes the arguments of `Memoryos`, and raises its errors."""
        return AsyncMemoryos(await asyncio.to_thread(open_memory, *args, **kwargs))

    return open_


def _in_thread(
    method: Callable[Concatenate[Memoryos, P], T],
) -> Callable[Concatenate[AsyncMemoryos, P], Coroutine[Any, Any, T]]:
    @functools.wraps(method)
    async def call(self: AsyncMemoryos, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._threads, method, self._memory, *args, **kwargs)

    return call


def _in_patient_thread(
    method: Callable[Concatenate[Memoryos, P], T],
) -> Callable[Concatenate[AsyncMemoryos, P], Coroutine[Any, Any, T]]:
    """For what may wait for a language model."""

    @functools.wraps(method)
    async def call(self: AsyncMemoryos, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._patient_threads, method, self._memory, *args, **kwargs)

    return call


def _iterated(
    method: Callable[Concatenate[Memoryos, P], Iterator[str]],
) -> Callable[Concatenate[AsyncMemoryos, P], Coroutine[Any, Any, AsyncIterator[str]]]:
    @functools.wraps(method)
    async def call(self: AsyncMemoryos, /, *args: P.args, **kwargs: P.kwargs) -> AsyncIterator[str]:
        items = await self._run(self._threads, method, self._memory, *args, **kwargs)
        return self._iterate(self._threads, items)

    return call


class AsyncMemoryos:
    """The methods of `Memoryos`, awaited: same names, arguments, results and errors.

        async with await AsyncMemoryos.open("tom") as memory:
            await memory.add_memory("I adopted a greyhound.", "Congratulations!")
            async for piece in await memory.get_response("What pet do I have?", stream=True):
                ...

    A call is carried out to its end in its thread, whether or not its task is cancelled.
    """

    def __init__(self, memory: Memoryos) -> None:
        """Over a memory that is open; see `open`."""
        self._memory = memory
        # Its threads end with it. They outlive close(), for a stream may still have to be kept.
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="memoryos")
        self._patient_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="memoryos-patient")

    open = staticmethod(_opening(Memoryos))

    add_memory = _in_thread(Memoryos.add_memory)
    add_memories = _iterated(Memoryos.add_memories)
    retrieve_memory = _in_thread(Memoryos.retrieve_memory)
    answer = _in_thread(Memoryos.answer)
    get_user_profile = _in_thread(Memoryos.get_user_profile)
    get_user_profile_summary = _in_thread(Memoryos.get_user_profile_summary)
    get_assistant_knowledge_summary = _in_thread(Memoryos.get_assistant_knowledge_summary)
    knowledge = _in_thread(Memoryos.knowledge)
    segments = _in_thread(Memoryos.segments)
    get_memory_stats = _in_thread(Memoryos.get_memory_stats)
    force_mid_term_analysis = _in_patient_thread(Memoryos.force_mid_term_analysis)
    why = _in_thread(Memoryos.why)
    audit = _in_thread(Memoryos.audit)
    history = _in_thread(Memoryos.history)
    export_memory = _in_thread(Memoryos.export_memory)
    import_memory = _in_thread(Memoryos.import_memory)
    refile = _in_patient_thread(Memoryos.refile)
    correct = _in_thread(Memoryos.correct)
    forget = _in_thread(Memoryos.forget)
    flush = _in_patient_thread(Memoryos.flush)
    close = _in_thread(Memoryos.close)

    # Spelt out because a type checker cannot turn the iterator of one overload, and not the text
    # of the other, into an asynchronous one.
    @overload
    async def get_response(
        self,
        query: str,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        user_conversation_meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        stream: Literal[False] = False,
    ) -> str: ...

    @overload
    async def get_response(
        self,
        query: str,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        user_conversation_meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        stream: Literal[True],
    ) -> AsyncIterator[str]: ...

    @functools.wraps(Memoryos.get_response)
    async def get_response(self, *args: Any, **kwargs: Any) -> str | AsyncIterator[str]:
        threads = self._patient_threads
        reply = await self._run(threads, Memoryos.get_response, self._memory, *args, **kwargs)
        return reply if isinstance(reply, str) else self._iterate(threads, reply)

    @property
    def user_id(self) -> str:
        return self._memory.user_id

    @property
    def assistant_id(self) -> str:
        return self._memory.assistant_id

    @property
    def engine(self) -> MemoryEngine:
        return self._memory.engine

    @property
    def draft(self) -> Callable[..., PageDraft]:
        """Makes a checked page for `add_memories`, without waiting for anything."""
        return self._memory.draft

    async def __aenter__(self) -> AsyncMemoryos:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def _run(
        self,
        threads: ThreadPoolExecutor,
        call: Callable[P, T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        if not self._memory.engine.home.is_here:
            # No thread came along into a process that was forked off: what is called there says so.
            return call(*args, **kwargs)
        context = contextvars.copy_context()
        bound = functools.partial(context.run, call, *args, **kwargs)
        # Unshielded, a call that still waits for a thread would go with its task, and with it the
        # end of a stream that is to be kept.
        running = asyncio.get_running_loop().run_in_executor(threads, bound)
        return await asyncio.shield(running)

    async def _iterate(
        self, threads: ThreadPoolExecutor, items: Iterator[str]
    ) -> AsyncIterator[str]:
        """Each item fetched in a thread; a reader who leaves early closes `items` in one."""
        one_at_a_time = threading.Lock()

        def fetch() -> str | None:
            with one_at_a_time:
                return next(items, None)

        def end() -> None:
            # A fetch whose reader was cancelled may still be on its way.
            with one_at_a_time:
                if isinstance(items, (Generator, ReplyStream)):
                    items.close()

        try:
            while (item := await self._run(threads, fetch)) is not None:
                yield item
        finally:
            await self._run(threads, end)

"""The server over stdin and stdout.

The SDK's own stdio transport drops what it cannot read, and puts U+FFFD in place of broken UTF-8.
This one answers both with an error, so that no client waits and no text is altered.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeAlias

import anyio
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream
from mcp.server.lowlevel import Server
from mcp.shared.message import SessionMessage
from mcp_types import INVALID_REQUEST, PARSE_ERROR, ErrorData, JSONRPCError, JSONRPCResponse
from mcp_types.jsonrpc import jsonrpc_message_adapter
from pydantic import ValidationError

from memoryos.mcp.handshake import Opening
from memoryos.mcp.wire import MAX_LINE_BYTES, Wire

Incoming: TypeAlias = "SessionMessage | Exception"


def serve_stdio(server: Server[Any], wire: Wire, opening: Opening) -> None:
    """Serve one client, whose first line was read, until it closes its end.

    Raises KeyboardInterrupt if the process is told to end.
    """

    async def serve() -> None:
        async with _streams(wire, opening) as (incoming, outgoing):
            options = server.create_initialization_options()
            await server.run(incoming, outgoing, options)

    anyio.run(serve)


@asynccontextmanager
async def _streams(
    wire: Wire,
    opening: Opening,
) -> AsyncIterator[
    tuple[MemoryObjectReceiveStream[Incoming], MemoryObjectSendStream[SessionMessage]]
]:
    # Neither end waits for the other: a client may write several requests before it reads.
    to_server, incoming = anyio.create_memory_object_stream[Incoming](math.inf)
    outgoing, to_client = anyio.create_memory_object_stream[SessionMessage](math.inf)
    loop = asyncio.get_running_loop()

    def deliver(line: bytes | None) -> None:
        message = read_message(line)
        # Closed: the server is ending.
        with suppress(anyio.ClosedResourceError, anyio.BrokenResourceError):
            if isinstance(message, JSONRPCError):
                outgoing.send_nowait(SessionMessage(message))
            else:
                to_server.send_nowait(message)

    def read() -> None:
        # The loop is closed, and takes no more, where the server ended before its client.
        with suppress(RuntimeError):
            with suppress(OSError):
                for line in itertools.chain([opening.line], wire.lines):
                    if line is None or line.strip():
                        loop.call_soon_threadsafe(deliver, line)
            loop.call_soon_threadsafe(to_server.close)

    async def write() -> None:
        answered = opening.answered
        with to_client:
            async for message in to_client:
                if answered is not None and _answers(message, answered):
                    answered = None
                    continue
                try:
                    wire.write(_line(message))
                except OSError:
                    to_server.close()
                    return

    # A daemon, for nothing can wake a thread that waits for a client's next line.
    threading.Thread(target=read, name="memoryos-mcp-stdin", daemon=True).start()
    with to_server, incoming, outgoing:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(write)
            yield incoming, outgoing


def _answers(message: SessionMessage, request_id: str | int) -> bool:
    return (
        isinstance(message.message, (JSONRPCResponse, JSONRPCError))
        and message.message.id == request_id
    )


def _line(message: SessionMessage) -> bytes:
    text = message.message.model_dump_json(by_alias=True, exclude_unset=True)
    return f"{text}\n".encode()


def read_message(line: bytes | None) -> SessionMessage | JSONRPCError:
    """The message that a line holds, or the answer to a line that holds none.

    None is a line that was too long. The answer carries the id of the request where one can be
    read, so that its sender does not wait for ever.
    """
    if line is None:
        limit = f"{MAX_LINE_BYTES:,} bytes"
        return _refusal(INVALID_REQUEST, f"a message has at most {limit}: send less at once")
    try:
        return SessionMessage(jsonrpc_message_adapter.validate_json(line, by_name=False))
    except ValidationError:
        return _why_unread(line)


def _why_unread(line: bytes) -> JSONRPCError:
    try:
        content = json.loads(line.decode())
    except UnicodeDecodeError as error:
        where = f"byte 0x{line[error.start]:02x} at position {error.start}"
        return _refusal(PARSE_ERROR, f"the line is not UTF-8 ({where}): encode messages as UTF-8")
    except (ValueError, RecursionError) as error:
        return _refusal(PARSE_ERROR, f"the line is not JSON: {error}")
    given = content.get("id") if isinstance(content, dict) else None
    readable = isinstance(given, (str, int)) and not isinstance(given, bool)
    return _refusal(
        INVALID_REQUEST,
        "the line is JSON, and not one JSON-RPC 2.0 message: give jsonrpc, id, method, and an"
        " object as params; no batches, and no half characters (lone surrogates) in text",
        given if readable else None,
    )


def _refusal(code: int, message: str, request_id: str | int | None = None) -> JSONRPCError:
    return JSONRPCError(jsonrpc="2.0", id=request_id, error=ErrorData(code=code, message=message))

"""Talking to the MCP server as a client does: in a process of its own, over its pipes."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from mcp import Client

ADD, RETRIEVE = "add_memory", "retrieve_memory"
STEPS = ("initialize", "tools/list", ADD, RETRIEVE)
PATIENCE_SECONDS = 30.0
"""The longest that the whole conversation may take."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """How far it came."""

    seconds: dict[str, float]
    """What each step took that went well; the first counts from the start of the process."""
    fault: str = ""
    """Why the next step failed; empty where none did."""
    last_words: str = ""
    """The last line that the server wrote to stderr."""

    @property
    def failed_step(self) -> str:
        """One of STEPS; raises IndexError where none failed."""
        return STEPS[len(self.seconds)]


def converse(
    command: Sequence[str], said: str, asked: str, *, patience_seconds: float = PATIENCE_SECONDS
) -> Conversation:
    """Start the server, let it remember `said`, and ask it for that.

    `command` says where it writes. Raises nothing for a server that does not start, does not answer
    or answers wrongly; in any case its process is gone afterwards.
    """
    import anyio
    import mcp  # noqa: F401  What it takes to load is not the server's time.

    # The SDK logs a traceback for every line that it cannot read.
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    seconds: dict[str, float] = {}
    started = time.perf_counter()

    def done() -> None:
        seconds[STEPS[len(seconds)]] = time.perf_counter() - started - sum(seconds.values())

    async def talk(log: IO[bytes]) -> None:
        with anyio.fail_after(patience_seconds):
            await _talk(command, log, said, asked, done)

    fault = ""
    with tempfile.TemporaryFile() as log:
        try:
            anyio.run(talk, log)
        except Exception as error:  # Whatever a server may do wrong is what is looked for.
            fault = _reason(error, patience_seconds)
        return Conversation(seconds, fault, _last_line(log))


async def _talk(
    command: Sequence[str], log: IO[bytes], said: str, asked: str, done: Callable[[], None]
) -> None:
    """Calls `done` after each step that went well; raises what the next one failed with."""
    from mcp import Client, StdioServerParameters, stdio_client

    server = StdioServerParameters(command=command[0], args=list(command[1:]))
    # The SDK wants a text file, and uses none but its descriptor.
    transport = stdio_client(server, cast(TextIO, log))
    # "legacy" is `initialize`, the handshake that every client knows.
    async with Client(transport, mode="legacy") as client:
        done()
        listed = [tool.name for tool in (await client.list_tools()).tools]
        if missing := [name for name in (ADD, RETRIEVE) if name not in listed]:
            raise LookupError(f"it has no tool {missing[0]}")
        done()
        await _call(client, ADD, {"user_input": said, "agent_response": ""})
        done()
        recalled = await _call(client, RETRIEVE, {"query": asked})
        if said not in [page["user_input"] for page in recalled["retrieved_pages"]]:
            raise LookupError("what was added did not come back")
        done()


async def _call(client: Client, tool: str, arguments: dict[str, Any]) -> dict[str, Any]:
    result = await client.call_tool(tool, arguments)
    if result.is_error or result.structured_content is None:
        said = [getattr(part, "text", "") for part in result.content]
        raise LookupError(" ".join(said) or "it gave no structured content")
    return cast("dict[str, Any]", result.structured_content)


def _reason(error: BaseException, patience_seconds: float) -> str:
    while isinstance(causes := getattr(error, "exceptions", None), tuple):
        error = causes[0]
    if isinstance(error, TimeoutError):
        return f"no answer within {patience_seconds:g} s"
    return str(error) or type(error).__name__


def _last_line(log: IO[bytes]) -> str:
    log.seek(0)
    lines = log.read().decode(errors="replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")

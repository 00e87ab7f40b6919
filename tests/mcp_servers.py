"""MCP servers to talk to: in this process, over a pipe line by line, and over HTTP."""

from __future__ import annotations

import json
import re
import select
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import anyio
from command_line import MEMORYOS, PATIENCE_SECONDS, environment
from mcp import Client
from mcp.server.lowlevel import Server

from memoryos import Memoryos
from memoryos.mcp.access import Access, Configuration
from memoryos.mcp.server import build_server
from memoryos.model import Owner

T = TypeVar("T")

NO_EMBEDDER = ("--embedder", "none")
"""Half a second less for every server."""

INITIALIZE: dict[str, Any] = {
    "jsonrpc": "2.0",
    "id": 0,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}


def a_server(memory: Memoryos, **changes: Any) -> Server[Any]:
    """A server in this process, over a memory that is open."""
    owner = Owner(memory.user_id, memory.assistant_id)
    settings: dict[str, Any] = {
        "owner": owner,
        "open_memory": lambda: memory,
        "shown": {"openai_api_key": "sk-…abcd", "data_storage_path": "/somewhere"},
        **changes,
    }
    return build_server(Access(Configuration(**settings)))


def talk(server: Any, conversation: Callable[[Client], Awaitable[T]], **options: Any) -> T:
    """What a client of the Python SDK has to say to `server`."""

    async def connected() -> T:
        with anyio.fail_after(PATIENCE_SECONDS):
            async with Client(server, **options) as client:
                return await conversation(client)

    return anyio.run(connected)


class Pipe:
    """A real server process, spoken to in lines."""

    def __init__(self, *words: str, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [*MEMORYOS, "mcp", *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=env,
        )
        assert self.process.stdin
        assert self.process.stdout
        self._writer, self._reader = self.process.stdin, self.process.stdout

    def __enter__(self) -> Pipe:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()

    def begin(self) -> dict[str, Any]:
        """Shake hands; gives the server's answer."""
        answer = self.ask(INITIALIZE)
        self.write(json.dumps(INITIALIZED).encode())
        return answer

    def write(self, line: bytes) -> None:
        self._writer.write(line + b"\n")
        self._writer.flush()

    def read(self) -> dict[str, Any]:
        """The next line, which has to be one JSON-RPC message."""
        readable, _, _ = select.select([self._reader], [], [], PATIENCE_SECONDS)
        assert readable, "the server does not answer"
        message = json.loads(self._reader.readline())
        assert message["jsonrpc"] == "2.0"
        return dict(message)

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        self.write(json.dumps(request).encode())
        return self.read()

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """The structured result of a tool."""
        params = {"name": tool, "arguments": arguments}
        answer = self.ask({"jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": params})
        return dict(answer["result"]["structuredContent"])

    def leave(self) -> tuple[int, list[str], str]:
        """Close the pipe; gives the exit code, what else came on stdout, and stderr."""
        out, errors = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, out.decode().splitlines(), errors.decode(errors="replace")


@contextmanager
def http_server(folder: Path, *words: str) -> Iterator[str]:
    """The URL of a real server on a port of its own."""
    command = [*MEMORYOS, "mcp", "--transport", "http", "--port", "0", *NO_EMBEDDER, *words]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment(folder)
    ) as process:
        try:
            assert process.stderr
            told = ""
            while not (url := re.search(r"listening on (http://\S+),", told)):
                line = process.stderr.readline()
                assert line, told
                told += line
            yield url[1]
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0
        finally:
            process.kill()

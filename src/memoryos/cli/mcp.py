"""The command `mcp`: the memory as a server for MCP clients."""

from __future__ import annotations

import gc
import logging
import signal
import sys
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli.config import as_shown
from memoryos.cli.output import one_line
from memoryos.cli.settings import Settings

if TYPE_CHECKING:
    from memoryos.mcp.access import Configuration
    from memoryos.mcp.handshake import Opening
    from memoryos.mcp.wire import Wire


class Transport(str, Enum):
    STDIO = "stdio"
    HTTP = "http"


def mcp(
    settings: Settings,
    transport: Annotated[
        Transport, typer.Option("--transport", help="stdio, for clients that start it, or http.")
    ] = Transport.STDIO,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where http listens.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")
    ] = 8000,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", metavar="NAME", help="A name http is called by; may be given again."
        ),
    ] = None,
) -> None:
    """Serve the memory to MCP clients: Claude Desktop, Claude Code, Cursor, Cline and others.

    Over stdio for the client that starts it, or over http, for this machine alone unless callers
    show a token (memoryos token create). What the server has to say, it says on stderr.
    """
    settings = settings.with_model_of_file()
    # Told to end, it ends as at Ctrl-C: the memory is closed.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="memoryos: %(levelname)s %(message)s"
    )
    if transport is Transport.HTTP:
        _serve_http(settings, host, port, allow_host or [])
    else:
        _serve_stdio(settings)


def _serve_stdio(settings: Settings) -> None:
    from memoryos.mcp.handshake import answer_opening
    from memoryos.mcp.wire import claim_wire

    configured = _configuration(settings)
    # Before anything else is loaded: from here on nothing but the protocol reaches stdout.
    wire = claim_wire()
    typer.echo(_greeting(settings), err=True)
    with suppress(KeyboardInterrupt, BrokenPipeError):
        if opening := answer_opening(wire):
            _serve_client(configured, wire, opening)
    # Python's last collection goes over all that was imported, for a second and for nothing, while
    # the client waits for the process to be gone.
    gc.freeze()


def _serve_client(configured: Configuration, wire: Wire, opening: Opening) -> None:
    from memoryos.mcp.access import Access
    from memoryos.mcp.server import build_server
    from memoryos.mcp.stdio import serve_stdio

    access = Access(configured)
    try:
        serve_stdio(build_server(access), wire, opening)
    finally:
        access.close()


def _serve_http(settings: Settings, host: str, port: int, allowed_hosts: list[str]) -> None:
    from memoryos.mcp.access import Access
    from memoryos.mcp.http import serve_http
    from memoryos.mcp.tokens import TokenStore

    access = Access(_configuration(settings))
    typer.echo(_greeting(settings), err=True)
    try:
        with suppress(KeyboardInterrupt):
            serve_http(
                access,
                TokenStore(settings.folder),
                host=host,
                port=port,
                allowed_hosts=allowed_hosts,
                announce=lambda text: typer.echo(f"memoryos: {text}", err=True),
            )
    finally:
        access.close()


def _configuration(settings: Settings) -> Configuration:
    """Raises InvalidArgumentError for settings that cannot be."""
    from memoryos.intake import check_owner
    from memoryos.mcp.access import Configuration

    owner = check_owner(settings.user_id, settings.value("assistant_id"))
    return Configuration(
        owner=owner,
        open_memory=lambda: settings.open_memory(background=True),
        shown={name: as_shown(name, settings) for name in settings.in_force},
        user_name=settings.value("user_name"),
        assistant_name=settings.value("assistant_name"),
    )


def _greeting(settings: Settings) -> str:
    model = settings.language_model
    who = (
        f"the language model {model.model}"
        if model
        else f"rules, without a language model: {settings.why_no_model}"
    )
    return one_line(f"memoryos: memory of {settings.user_id} in {settings.place}, with {who}")

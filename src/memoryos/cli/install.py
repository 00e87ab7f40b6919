"""The command `install`: MemoryOS as a server of an MCP client."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from memoryos.cli import client_files, clients, output
from memoryos.cli.client_files import Change
from memoryos.cli.clients import TITLES, Client
from memoryos.cli.output import show, show_note
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError

PLACES_OF_OTHERS = {
    Client.VS_CODE: "into the file that its command MCP: Open User Configuration opens",
    Client.CLAUDE_CODE: "at a terminal",
}


def install(
    settings: Settings,
    client: Annotated[Client | None, typer.Option(help="Whose configuration.")] = None,
    print_only: Annotated[
        bool, typer.Option("--print", help="Write nothing; print what to put in by hand.")
    ] = False,
) -> None:
    """Let Claude Desktop, Cursor or Cline start this MemoryOS as its memory.

    The server gets the options that are given here, or the variables in their place. What a
    configuration holds besides, comments too, is kept, with a copy of the file beside it. For any
    other client --print shows what it needs.
    """
    settings = settings.with_model_of_file()
    command = clients.server_command(settings)
    files = _files(client) if client else []
    if print_only:
        _print(settings, client, files, clients.snippet(client, command))
    else:
        _install(settings, client, files, command)
    if settings.in_force["openai_api_key"].source.startswith("environment "):
        show_note(
            "OPENAI_API_KEY stays here, for clients do not pass it on: the server has a language"
            " model if openai_api_key stands in a file that is given with --config"
        )


def _files(client: Client) -> list[Path]:
    return clients.configuration_files(
        client, platform=sys.platform, home=Path.home(), environment=os.environ
    )


def _print(settings: Settings, client: Client | None, files: list[Path], snippet: str) -> None:
    if settings.json:
        output.show_json({"client": client, "files": files, "snippet": snippet})
        return
    # Not `show`: a terminal would break the lines, and these are to be copied.
    typer.echo(snippet)
    where = PLACES_OF_OTHERS.get(client) if client else None
    if files:
        where = f"into {' or '.join(map(str, files))}"
    show_note(f"this goes {where or 'where the client keeps its servers'}")


def _install(
    settings: Settings, client: Client | None, files: list[Path], command: list[str]
) -> None:
    if client is None or not files:
        raise InvalidArgumentError(
            "--client must be claude-desktop, cursor or cline; for any other one, memoryos install"
            " --print shows what to put in by hand"
        )
    changes = client_files.install(files, command)
    if settings.json:
        output.show_json({"client": client, "files": changes})
        return
    for change in changes:
        show(_told(change))
    if any(change.changed for change in changes):
        show(f"restart {TITLES[client]} to have it; memoryos doctor shows whether the server runs")


def _told(change: Change) -> str:
    if not change.changed:
        return f"it is in {change.file} already; nothing was changed"
    kept = f"; what it held before is in {change.backup.name} beside it" if change.backup else ""
    return f"written into {change.file}{kept}"

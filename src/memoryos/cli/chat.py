"""The command `chat`: a talk with memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from memoryos.cli.look import show_profile, show_segments
from memoryos.cli.output import ExitCode, show, show_error
from memoryos.cli.settings import Settings, standard_input
from memoryos.errors import UsageError

if TYPE_CHECKING:
    from memoryos.memoryos import Memoryos


def chat(settings: Settings) -> None:
    """Talk with memory; it keeps every exchange.

    /profile and /segments look at memory, /quit (or the end of input) leaves. With --json, one
    document a line.
    """
    interactive = standard_input().isatty() and not settings.json
    with settings.open_memory(background=True) as memory:
        if interactive:
            show("Ask about what memory holds. /profile, /segments, /quit")
        try:
            while (line := _next_line("> " if interactive else "")) not in (None, "/quit"):
                if line == "/profile":
                    show_profile(memory)
                elif line == "/segments":
                    show_segments(memory.segments())
                elif line:
                    _respond(line, memory, as_json=settings.json)
        finally:
            memory.flush()


def _respond(query: str, memory: Memoryos, *, as_json: bool) -> None:
    try:
        response = memory.get_response(query)
    except UsageError as error:
        # One line that cannot be kept, such as one over the limit, does not end the talk.
        kind = type(error).__name__
        show_error(str(error), kind=kind, code=ExitCode.USAGE, as_json=as_json)
        return
    if as_json:
        typer.echo(json.dumps({"query": query, "response": response}))
    else:
        show(response)


def _next_line(prompt: str) -> str | None:
    try:
        return input(prompt).strip()
    except EOFError:
        return None

"""The command `chat`: a talk with memory."""

from __future__ import annotations

import json
import sys

import typer

from memoryos.cli.look import show_profile, show_segments
from memoryos.cli.output import show
from memoryos.cli.settings import Settings


def chat(settings: Settings) -> None:
    """Talk with memory; it keeps every exchange.

    /profile and /segments look at memory, /quit (or the end of input) leaves. With --json, one
    document a line.
    """
    interactive = sys.stdin.isatty() and not settings.json
    with settings.open_memory(background=True) as memory:
        if interactive:
            show("Ask about what memory holds. /profile, /segments, /quit")
        while (line := _next_line("> " if interactive else "")) not in (None, "/quit"):
            if line == "/profile":
                show_profile(memory)
            elif line == "/segments":
                show_segments(memory.segments())
            elif line:
                _show_response(line, memory.get_response(line), as_json=settings.json)
        memory.flush()


def _show_response(query: str, response: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"query": query, "response": response}))
    else:
        show(response)


def _next_line(prompt: str) -> str | None:
    try:
        return input(prompt).strip()
    except EOFError:
        return None

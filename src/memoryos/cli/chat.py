"""The command `chat`: a talk with memory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

from memoryos.cli import output
from memoryos.cli.look import show_profile, show_segments
from memoryos.cli.output import show, show_error, show_note, show_piece
from memoryos.cli.settings import Settings, standard_input
from memoryos.errors import ModelError, ReplyNotStoredError, UsageError

if TYPE_CHECKING:
    from memoryos.memoryos import Memoryos


def chat(settings: Settings) -> None:
    """Talk with memory; it keeps every exchange.

    A language model answers, where one is in force; Ctrl-C stops a reply. /profile and /segments
    look at memory, /quit (or the end of input) leaves. With --json, one document a line.
    """
    interactive = standard_input().isatty() and not settings.json
    with settings.open_memory(background=True) as memory:
        talk = Talk(memory, as_json=settings.json, interactive=interactive)
        if interactive:
            show(_who_answers(settings), "Ask about what memory holds. /profile, /segments, /quit")
        talk.tell_of_budget()
        try:
            talk.go_on()
        except KeyboardInterrupt:
            if not settings.language_model:
                memory.flush()
            raise
        if interactive and settings.language_model:
            show_note("filing what was said; Ctrl-C leaves that for later")
        memory.flush()


def _who_answers(settings: Settings) -> str:
    model = settings.language_model
    if model is None:
        return f"Memory answers by itself, without a language model; {settings.why_no_model}."
    return f"{model.model} answers out of memory."


class Talk:
    """Reads what the user says, line by line, and answers."""

    def __init__(self, memory: Memoryos, *, as_json: bool, interactive: bool) -> None:
        self._memory = memory
        self._as_json = as_json
        self._interactive = interactive
        self._told_of_budget = False

    def go_on(self) -> None:
        """Talk until the user leaves. Raises KeyboardInterrupt if that is by Ctrl-C."""
        while (line := self._next_line()) not in (None, "/quit"):
            if line == "/profile":
                show_profile(self._memory)
            elif line == "/segments":
                show_segments(self._memory.segments())
            elif line:
                self._respond(line)
                self.tell_of_budget()

    def tell_of_budget(self) -> None:
        """Say so, once, when the day's budget of the language model is spent."""
        if self._told_of_budget or self._as_json:
            return
        stats = self._memory.get_memory_stats()
        if stats["llm_model"] and stats["budget_refusals_today"]:
            show_note(
                "the day's budget for the language model is spent:"
                " memory answers by itself until midnight UTC"
            )
            self._told_of_budget = True

    def _next_line(self) -> str | None:
        try:
            return input("> " if self._interactive else "").strip()
        except EOFError:
            return None

    def _respond(self, query: str) -> None:
        try:
            if self._as_json:
                self._say_whole(query)
            else:
                self._stream(query)
        except (UsageError, ModelError, ReplyNotStoredError) as error:
            # A line that cannot be kept or answered does not end the talk.
            kind, code = type(error).__name__, output.exit_code(error)
            show_error(str(error), kind=kind, code=code, as_json=self._as_json)

    def _say_whole(self, query: str) -> None:
        unkept: ReplyNotStoredError | None = None
        try:
            response = self._memory.get_response(query)
        except ReplyNotStoredError as error:
            response, unkept = error.reply, error
        typer.echo(json.dumps({"query": query, "response": response}))
        if unkept:
            raise unkept

    def _stream(self, query: str) -> None:
        """Print the reply as it comes. Ctrl-C ends it; what was said until then is kept."""
        pieces = self._memory.get_response(query, stream=True)
        said = stopped = False
        try:
            for piece in pieces:
                said = True
                show_piece(piece)
        except KeyboardInterrupt:
            if not self._interactive:
                raise
            stopped = True
        finally:
            pieces.close()
            if said or stopped:
                show_piece("\n")
        if stopped:
            show_note("stopped; what was said is kept" if said else "stopped")

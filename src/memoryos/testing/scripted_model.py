"""A language model for tests: it says what it was told to say, and keeps what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from typing import Any

from memoryos.errors import ModelError, ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatReply, ChatRequest, Purpose, Tokens
from memoryos.llms.replies import counted, reply_to
from memoryos.llms.thinking import spoken

Scripted = str | Mapping[str, Any] | ModelError
Line = Scripted | Callable[[ChatRequest], Scripted]
"""A text, an object to be said as JSON, an error to be raised, or what makes one of a request."""

PIECE_CHARACTERS = 3


class ScriptedModel:
    """A `memoryos.llms.base.ChatModel` that replies from a script, each purpose from its own.

        model = ScriptedModel({Purpose.REPLY: ["Hello!", ModelUnavailableError("asleep")]})

    Its texts are read as a server's are: thinking is taken off, and JSON is read where some was
    asked for, so a bad text fails as it would there. Where the lines of a purpose have run out,
    `default` is said; without one, the call fails with ModelUnavailableError.
    """

    model = "scripted"
    timeout_seconds = 60.0

    def __init__(
        self,
        lines: Mapping[Purpose, Iterable[Line]] | None = None,
        *,
        default: Line | None = None,
    ) -> None:
        self.requests: list[ChatRequest] = []
        """All requests so far, in order, also those that failed."""
        self._lines = {purpose: iter(of_it) for purpose, of_it in (lines or {}).items()}
        self._default = default
        self._lock = threading.Lock()

    def complete(self, request: ChatRequest) -> ChatReply:
        return reply_to(request, self._say(request))

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        text = self._say(request)
        said = ""
        for piece in spoken(_pieces(text)):
            said += piece
            yield piece
        if not said.strip():
            raise UnreadableOutputError("the reply is empty")
        return counted(request.messages, text)

    def _say(self, request: ChatRequest) -> str:
        """The text of the next line. Raises the error that it is."""
        with self._lock:
            self.requests.append(request)
            line = next(self._lines.get(request.purpose, iter(())), self._default)
        if callable(line):
            line = line(request)
        if line is None:
            raise ModelUnavailableError(
                f"the script has no more lines for the purpose {request.purpose.value!r}"
            )
        if isinstance(line, ModelError):
            raise line
        return line if isinstance(line, str) else json.dumps(line, ensure_ascii=False)


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), PIECE_CHARACTERS):
        yield text[start : start + PIECE_CHARACTERS]

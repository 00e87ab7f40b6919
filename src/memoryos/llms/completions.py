"""The JSON in which servers reply, a chat completion or the events of a stream: of any shape."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from memoryos.errors import ModelError, ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatRequest, Tokens
from memoryos.llms.replies import counted
from memoryos.text.surrogates import without_surrogates

SPEAKING = ("content", "reasoning_content", "reasoning", "refusal")
"""Where a message or a part of one has its words; thoughts stand in different places."""


@dataclass(slots=True)
class Ending:
    """What a reply says of itself beside its text, gathered from one event or from many."""

    reason: str = ""
    refused: bool = False
    tokens: Tokens | None = None
    begun: bool = False
    """Whether the server took the request and began to answer: from then on it charges."""

    def note(self, event: object, said: object) -> None:
        """Take down what `event` tells; `said` is its message, or the part of one."""
        self.reason = at(event, "choices", 0, "finish_reason") or self.reason
        self.refused = self.refused or bool(at(said, "refusal"))
        usage = at(event, "usage")
        tokens = Tokens(at(usage, "prompt_tokens"), at(usage, "completion_tokens"))
        if tokens.believable and tokens.prompt:
            self.tokens = tokens

    def check(self) -> None:
        """Raises UnreadableOutputError for a reply that is a refusal, or cut off."""
        if self.refused or self.reason == "content_filter":
            raise UnreadableOutputError("the model refused to answer")
        if self.reason == "length":
            raise UnreadableOutputError(
                "the reply is cut off: it is longer than the request's max_output_tokens"
            )

    @contextmanager
    def charged(self, request: ChatRequest, came: Callable[[], str]) -> Iterator[None]:
        """ModelErrors say what the reply cost; `came` is as much of it as there was."""
        try:
            yield
        except ModelError as error:
            if self.begun and not error.prompt_tokens:
                cost = self.tokens or counted(request.messages, came())
                error.prompt_tokens, error.completion_tokens = cost.prompt, cost.completion
            raise


def events(chunks: Iterable[bytes]) -> Iterator[object]:
    """The JSON of a stream of server-sent events, up to the one that says it is done.

    Raises ValueError for what is no JSON, ModelUnavailableError for a server's error.
    """
    for line in _lines(chunks):
        name, _, data = line.partition(b":")
        if name != b"data":
            continue  # a comment, to keep the connection open, or of no interest
        if data.strip() == b"[DONE]":
            return
        if not data.strip():
            continue
        event = json.loads(data)
        if isinstance(event, dict) and event.get("error"):
            raise ModelUnavailableError("the server reported an error in the middle of its reply")
        yield event


def pieces(events: Iterable[object], ending: Ending) -> Iterator[str]:
    """The texts of a stream's events, some empty; what else they tell goes to `ending`."""
    for event in events:
        delta = at(event, "choices", 0, "delta")
        ending.note(event, delta)
        yield without_surrogates(text_of(at(delta, "content")))


def goes_on(event: object) -> bool:
    """Whether an event of a stream brings words, said or thought."""
    delta = at(event, "choices", 0, "delta")
    return any(at(delta, name) for name in SPEAKING)


def text_of(content: object) -> str:
    """The text of a message's content; some servers send it in parts, among them thoughts."""
    if isinstance(content, list):
        parts = [at(part, "text") for part in content if at(part, "type") == "text"]
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def at(value: Any, *path: str | int) -> Any:
    """What lies at `path` in a server's JSON; None where it has another shape."""
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        # Not splitlines: a line separator of Unicode may stand in a text of JSON.
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines
    yield rest

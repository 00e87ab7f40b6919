"""The JSON in which servers reply, a chat completion or the events of a stream: of any shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from memoryos.errors import UnreadableOutputError
from memoryos.llms.base import Tokens
from memoryos.llms.surrogates import without_surrogates


@dataclass(slots=True)
class Ending:
    """What a reply says of itself beside its text, gathered from one event or from many."""

    reason: str = ""
    refused: bool = False
    tokens: Tokens | None = None

    def note(self, event: object, said: object) -> None:
        """Take down what `event` tells; `said` is its message, or the part of one."""
        self.reason = at(event, "choices", 0, "finish_reason") or self.reason
        self.refused = self.refused or bool(at(said, "refusal"))
        prompt, completion = (
            at(event, "usage", f"{kind}_tokens") for kind in ("prompt", "completion")
        )
        if isinstance(prompt, int) and isinstance(completion, int) and min(prompt, completion) > 0:
            self.tokens = Tokens(prompt, completion)

    def check(self) -> None:
        """Raises UnreadableOutputError for a reply that is a refusal, or cut off."""
        if self.refused or self.reason == "content_filter":
            raise UnreadableOutputError("the model refused to answer")
        if self.reason == "length":
            raise UnreadableOutputError(
                "the reply is cut off: it is longer than the request's max_output_tokens"
            )


def pieces(events: Iterable[object], ending: Ending) -> Iterator[str]:
    """The texts of a stream's events, some empty; what else they tell goes to `ending`."""
    for event in events:
        delta = at(event, "choices", 0, "delta")
        ending.note(event, delta)
        yield without_surrogates(text_of(at(delta, "content")))


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

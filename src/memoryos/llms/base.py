"""The chat-model seam: a language model that is asked, by request and reply."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, Protocol


class Purpose(str, Enum):
    """What a model is asked for; calls and tokens are counted by it."""

    FILING = "filing"
    PROMOTION = "promotion"
    TRAITS = "traits"
    REPLY = "reply"
    JUDGING = "judging"
    """Of benchmarks: whether an answer is right."""


@dataclass(frozen=True, slots=True)
class Message:
    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class OutputSchema:
    """The JSON object that a reply must be."""

    name: str
    """Letters, digits, underscores and hyphens, as providers ask for."""
    schema: Mapping[str, Any]
    """JSON Schema in the strict subset of structured outputs: an object whose properties are all
    required, `additionalProperties` false throughout."""


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """One call. The stable messages come first, so that providers can cache them."""

    purpose: Purpose
    messages: tuple[Message, ...]
    max_output_tokens: int
    output: OutputSchema | None = None
    """None asks for text."""
    before_asking_again: Callable[[], object] = field(
        default=lambda: None, compare=False, repr=False
    )
    """For a model that must ask its server more than once for one reply: called before each further
    request, so that all are counted. Raises where there may be no further one."""


MOST_TOKENS = 2**31


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a call cost, as the server counted; by `count_tokens` where it did not say."""

    prompt: int
    completion: int

    @property
    def believable(self) -> bool:
        """Whether a call can have cost that much: some servers count nonsense."""
        # Not isinstance: to Python, True is a number.
        return all(
            type(count) is int and 0 <= count <= MOST_TOKENS
            for count in (self.prompt, self.completion)
        )


@dataclass(frozen=True, slots=True)
class ChatReply:
    text: str
    """What was said, without its thinking; never empty or blank."""
    tokens: Tokens
    data: Mapping[str, Any] | None = None
    """The object read from `text` where the request has an `output`: every property that its schema
    requires is there, with the JSON type it asks for at the top level. What is inside is the
    reader's to check."""


class ChatModel(Protocol):
    """A language model. Thread-safe; raises only ModelError's kinds, and what
    `before_asking_again` raises."""

    @property
    def model(self) -> str:
        """Its name, as recorded for what it learns."""
        ...

    @property
    def timeout_seconds(self) -> float:
        """The longest that `complete` may take, and each wait for a piece of a stream."""
        ...

    def complete(self, request: ChatRequest) -> ChatReply:
        """Ask once, and wait for the whole reply.

        Raises ModelUnavailableError, or UnreadableOutputError for a reply that is empty, cut off,
        a refusal, or not the JSON that was asked for.
        """
        ...

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        """Ask for text, and yield it as it comes; returns what it cost.

        Closing the generator ends the call. Raises as `complete` does, also in the middle; a reply
        without any text raises UnreadableOutputError at its end.
        """
        ...

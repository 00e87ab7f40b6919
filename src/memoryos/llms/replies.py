"""What makes a reply of a text, whatever server the text came from."""

from __future__ import annotations

from collections.abc import Iterable

from memoryos.errors import UnreadableOutputError
from memoryos.llms.base import ChatReply, ChatRequest, Message, Tokens
from memoryos.llms.structured import read_structured
from memoryos.llms.thinking import without_thinking
from memoryos.text.surrogates import without_surrogates
from memoryos.text.tokens import count_tokens


def reply_to(request: ChatRequest, text: str, tokens: Tokens | None = None) -> ChatReply:
    """The reply that a model gave with `text`; without `tokens`, they are counted.

    Raises UnreadableOutputError for a text that says nothing, or not the JSON that was asked for;
    it says what that cost.
    """
    cost = tokens or counted(request.messages, text)
    try:
        said = _said(text)
        data = read_structured(said, request.output.schema) if request.output else None
    except UnreadableOutputError as error:
        error.prompt_tokens, error.completion_tokens = cost.prompt, cost.completion
        raise
    return ChatReply(said, cost, data)


def _said(text: str) -> str:
    said = without_surrogates(without_thinking(text))
    if not said:
        raise UnreadableOutputError("the reply is empty")
    return said


def counted(messages: Iterable[Message], text: str) -> Tokens:
    """About what `messages` and the reply `text` cost, where a server does not say."""
    return Tokens(sum(count_tokens(message.content) for message in messages), count_tokens(text))

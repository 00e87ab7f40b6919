"""What an endpoint takes of the chat-completions protocol, found out by its refusals.

Every server speaks a part of it: some know no JSON schema, some no `max_completion_tokens`, and
reasoning models no temperature. None says so but by refusing a request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from memoryos.llms.base import ChatRequest, OutputSchema
from memoryos.llms.surrogates import without_surrogates

REFUSALS = frozenset({400, 404, 415, 422, 501})
"""How servers answer what they do not know; 404 is a router's, where none of its servers does."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "json_schema": ("response_format", "response format", "json_schema", "structured output"),
    "json_mode": ("response_format", "response format", "json_object"),
    "max_completion_tokens": ("max_completion_tokens",),
    "temperature": ("temperature",),
    "stream_usage": ("stream_options", "include_usage"),
}
"""How refusals name an option of `Dialect`."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The options that an endpoint takes, as far as is known; all, until it refuses some."""

    json_schema: bool = True
    json_mode: bool = True
    max_completion_tokens: bool = True
    """False: it knows `max_tokens`."""
    temperature: bool = True
    stream_usage: bool = True

    def body(self, model: str, request: ChatRequest, *, stream: bool) -> dict[str, Any]:
        """The request in this dialect."""
        limit = "max_completion_tokens" if self.max_completion_tokens else "max_tokens"
        used = self._used(request, stream)
        body: dict[str, Any] = {
            "model": model,
            "messages": [
                {"role": message.role, "content": without_surrogates(message.content)}
                for message in request.messages
            ],
            limit: request.max_output_tokens,
        }
        if "temperature" in used:
            body["temperature"] = 0
        if stream:
            body["stream"] = True
        if "stream_usage" in used:
            body["stream_options"] = {"include_usage": True}
        if request.output and "json_schema" in used:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": _strict(request.output),
            }
        elif request.output:
            body["messages"] = _asking_for_json(body["messages"], request.output)
        if "json_mode" in used:
            body["response_format"] = {"type": "json_object"}
        return body

    def simpler(self, request: ChatRequest, refusal: str, *, stream: bool) -> Dialect | None:
        """What to try after `refusal`, the server's words; None if there is nothing left to drop.

        The option that the refusal names goes; if it names none, the form of the output does, and
        then all that is left. Each step drops something, so at most five follow each other.
        """
        used = self._used(request, stream)
        named = [name for name in used if any(word in refusal.lower() for word in _NAMES[name])]
        formats = [name for name in used if name in ("json_schema", "json_mode")]
        dropped = named[:1] or formats or used
        return replace(self, **dict.fromkeys(dropped, False)) if dropped else None

    def _used(self, request: ChatRequest, stream: bool) -> list[str]:
        """The names of the options that such a request makes use of."""
        uses = {
            "json_schema": request.output is not None and self.json_schema,
            "json_mode": request.output is not None and self.json_mode and not self.json_schema,
            "max_completion_tokens": self.max_completion_tokens,
            "temperature": self.temperature,
            "stream_usage": stream and self.stream_usage,
        }
        return [name for name, used in uses.items() if used]


def _strict(output: OutputSchema) -> dict[str, Any]:
    return {"name": output.name, "schema": output.schema, "strict": True}


def _asking_for_json(messages: list[dict[str, Any]], output: OutputSchema) -> list[dict[str, Any]]:
    """`messages` with the schema at their end: in the last one, for roles may have to alternate."""
    schema = json.dumps(output.schema, separators=(",", ":"), ensure_ascii=False)
    line = (
        f"Answer with JSON alone, nothing before or after it: one object of this schema: {schema}"
    )
    if not messages or messages[-1]["role"] != "user":
        return [*messages, {"role": "user", "content": line}]
    *others, last = messages
    return [*others, {**last, "content": f"{last['content']}\n\n{line}"}]

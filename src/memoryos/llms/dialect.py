"""What an endpoint takes of the chat-completions protocol, found out by its refusals.

Every server speaks a part of it: some know no JSON schema, some no `max_completion_tokens`, and
reasoning models no temperature. None says so but by refusing a request; and a refusal may have
other reasons, or be a passing fault of something in between.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from memoryos.llms.base import ChatRequest, OutputSchema
from memoryos.text.surrogates import without_surrogates

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
        used = self.used(request, stream=stream)
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

    def without(self, options: Iterable[str]) -> Dialect:
        return replace(self, **dict.fromkeys(options, False))

    def named(self, request: ChatRequest, refusal: str, *, stream: bool) -> list[str]:
        """The option in use that `refusal`, the server's words, names; the first of several."""
        said = refusal.lower()
        used = self.used(request, stream=stream)
        return [name for name in used if any(word in said for word in _NAMES[name])][:1]

    def dispensable(self, request: ChatRequest, *, stream: bool) -> list[str]:
        """What to drop where a refusal names nothing: the form of the output, then all the rest."""
        used = self.used(request, stream=stream)
        return [name for name in used if name in ("json_schema", "json_mode")] or used

    def used(self, request: ChatRequest, *, stream: bool) -> list[str]:
        """The names of the options that such a request makes use of."""
        uses = {
            "json_schema": request.output is not None and self.json_schema,
            "json_mode": request.output is not None and self.json_mode and not self.json_schema,
            "max_completion_tokens": self.max_completion_tokens,
            "temperature": self.temperature,
            "stream_usage": stream and self.stream_usage,
        }
        return [name for name, used in uses.items() if used]


class Acquaintance:
    """What calls have shown of one endpoint's dialect. Thread-safe.

    An option that a refusal named is given up once the server has answered without it. Where
    refusals name nothing, the call goes on without, and the next one tries again: only what happens
    twice, with no answer in the fuller dialect between, is taken for the server's way.
    """

    def __init__(self) -> None:
        self._known = Dialect()
        self._suspected: frozenset[str] = frozenset()
        self._learning = threading.Lock()

    def meet(self, request: ChatRequest, *, stream: bool) -> Attempt:
        return Attempt(self, self._known, request, stream)

    def answered(self, attempt: Attempt) -> None:
        """The server took `attempt`, as it now stands."""
        taken = attempt.dialect.used(attempt.request, stream=attempt.stream)
        with self._learning:
            twice = attempt.guessed & self._suspected
            self._known = self._known.without(attempt.named | twice)
            self._suspected = (self._suspected | attempt.guessed) - twice - set(taken)


@dataclass(slots=True)
class Attempt:
    """One call on its way to a dialect that the server takes."""

    acquaintance: Acquaintance
    dialect: Dialect
    request: ChatRequest
    stream: bool
    named: frozenset[str] = frozenset()
    """The options that refusals named."""
    guessed: frozenset[str] = frozenset()
    """Those dropped because refusals named none."""

    def body(self, model: str) -> dict[str, Any]:
        return self.dialect.body(model, self.request, stream=self.stream)

    def step_down(self, refusal: str) -> bool:
        """Drop what `refusal`, the server's words, may mean; False if nothing is left to drop.

        Each step drops something, so at most five follow each other.
        """
        named = self.dialect.named(self.request, refusal, stream=self.stream)
        guessed = [] if named else self.dialect.dispensable(self.request, stream=self.stream)
        self.dialect = self.dialect.without([*named, *guessed])
        self.named = self.named.union(named)
        self.guessed = self.guessed.union(guessed)
        return bool(named or guessed)

    def answered(self) -> None:
        self.acquaintance.answered(self)


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

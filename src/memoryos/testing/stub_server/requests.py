"""What a client asks of the stub server, checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from memoryos.text.tokens import count_tokens

CHAT = "/v1/chat/completions"
EMBEDDINGS = "/v1/embeddings"
MODELS = "/v1/models"

METHODS = {CHAT: "POST", EMBEDDINGS: "POST", MODELS: "GET"}

TEXT = "text"
JSON_OBJECT = "json_object"
JSON_SCHEMA = "json_schema"


class RefusedRequestError(Exception):
    """The request is at fault; `status` says how."""

    def __init__(self, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request; the properties of a chat hold once `check` has passed it."""

    endpoint: str
    purpose: str
    body: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> str:
        model = self.body.get("model")
        return model if isinstance(model, str) else ""

    @property
    def streamed(self) -> bool:
        return self.body.get("stream") is True

    @property
    def wants_usage(self) -> bool:
        """Whether a stream is to end with what it cost."""
        return bool((self.body.get("stream_options") or {}).get("include_usage"))

    @property
    def output_mode(self) -> str:
        """The type of its response_format: "json_schema", "json_object", or "text" for none."""
        form = self.body.get("response_format")
        mode = form.get("type") if isinstance(form, Mapping) else None
        return mode if isinstance(mode, str) else TEXT

    @property
    def output_schema(self) -> tuple[str, Mapping[str, Any]] | None:
        """The name and the schema that the reply must fit, where they are sent."""
        if self.output_mode != JSON_SCHEMA:
            return None
        wanted = self.body["response_format"]["json_schema"]
        return wanted["name"], wanted["schema"]

    @property
    def texts(self) -> tuple[str, ...]:
        """The contents of the messages, or the texts to embed."""
        if self.endpoint == CHAT:
            return tuple(_content(message) for message in self.body["messages"])
        given = self.body.get("input", [])
        return (given,) if isinstance(given, str) else tuple(given)

    @property
    def last_user_text(self) -> str:
        users = (message for message in self.body["messages"] if message["role"] == "user")
        return _content(([{}, *users])[-1])

    @property
    def prompt_tokens(self) -> int:
        return sum(map(count_tokens, self.texts))


def parse_body(raw: bytes) -> dict[str, Any]:
    """The JSON object in `raw`. Raises RefusedRequestError."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as exc:
        raise RefusedRequestError("the body is no JSON") from exc
    if not isinstance(body, dict):
        raise RefusedRequestError("the body must be a JSON object")
    return body


def check(request: Request, method: str) -> None:
    """Raises RefusedRequestError for what OpenAI's own servers would refuse as well."""
    if METHODS.get(request.endpoint) != method:
        raise RefusedRequestError("there is nothing at this address", status=404)
    faults = {CHAT: _chat_faults, EMBEDDINGS: _embedding_faults}.get(request.endpoint)
    for fault in faults(request.body) if faults else ():
        raise RefusedRequestError(fault)
    if request.output_mode == JSON_OBJECT and "json" not in "\n".join(request.texts).lower():
        raise RefusedRequestError("'messages' must contain the word 'json' to use 'json_object'")


def _chat_faults(body: Mapping[str, Any]) -> Iterator[str]:
    yield from _model_faults(body)
    messages = body.get("messages")
    if not isinstance(messages, list) or not messages:
        yield "'messages' must be a list of at least one message"
    elif not all(map(_is_message, messages)):
        yield "each of 'messages' needs a role and a content"
    options = body.get("stream_options")
    if options is not None and (not isinstance(options, dict) or body.get("stream") is not True):
        yield "'stream_options' must be an object, and is only for streams"
    form = body.get("response_format")
    if form is not None and not _is_response_format(form):
        yield "'response_format' is none of text, json_object and json_schema with name and schema"


def _embedding_faults(body: Mapping[str, Any]) -> Iterator[str]:
    yield from _model_faults(body)
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
        yield "'input' must be a text, or a list of at least one"
    if body.get("encoding_format") not in (None, "float", "base64"):
        yield "'encoding_format' must be float or base64"


def _model_faults(body: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(body.get("model"), str) or not body["model"]:
        yield "'model' must be the name of a model"


def _is_message(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("role"), str):
        return False
    content = message.get("content")
    return (
        content is None
        or isinstance(content, str)
        or (isinstance(content, list) and all(isinstance(part, dict) for part in content))
    )


def _is_response_format(form: object) -> bool:
    if not isinstance(form, dict):
        return False
    if form.get("type") != JSON_SCHEMA:
        return form.get("type") in (TEXT, JSON_OBJECT)
    wanted = form.get(JSON_SCHEMA)
    return (
        isinstance(wanted, dict)
        and isinstance(wanted.get("name"), str)
        and isinstance(wanted.get("schema"), dict)
    )


def _content(message: Mapping[str, Any]) -> str:
    content = message.get("content") or ""
    if isinstance(content, str):
        return content
    return "\n".join(part["text"] for part in content if isinstance(part.get("text"), str))

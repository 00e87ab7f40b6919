"""Answers as they go over the wire."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from memoryos.testing.embedder import LetterEmbedder
from memoryos.testing.stub_server.orders import Failure
from memoryos.testing.stub_server.requests import Request
from memoryos.text.tokens import count_tokens

MODEL = "stub"
STREAM_PIECES = 16
REFUSAL = "I'm sorry, but I cannot help with that."
HTML = "<!DOCTYPE html><html><body><h1>Log in</h1><p>Your session has expired.</p></body></html>"
QUOTED_CHARACTERS = 200

JSON_TYPE = "application/json"
HTML_TYPE = "text/html; charset=utf-8"
STREAM_TYPE = "text/event-stream"

CUTS = (Failure.CUT_IN_BODY, Failure.CUT_IN_STREAM)
ERROR_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent. Without a status nothing is, and the connection ends."""

    status: int | None
    content: bytes = b""
    content_type: str = JSON_TYPE
    events: tuple[bytes, ...] | None = None
    """The events of a stream, instead of `content`."""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    """Whether the connection ends half-way."""
    hangs: bool = False
    """Whether the end comes only when the client leaves or the server stops."""
    prompt_tokens: int = 0
    completion_tokens: int = 0


HANGING = Answer(None, hangs=True)
CUT_OFF = Answer(None)


@dataclass(frozen=True, slots=True)
class _Message:
    content: str | None
    finish_reason: str = "stop"
    refusal: str | None = None


def error(status: int, message: str, *, parameter: str | None = None) -> Answer:
    kind = ERROR_TYPES.get(status, "server_error" if status >= 500 else "invalid_request_error")
    told = {"message": message, "type": kind, "param": parameter, "code": None}
    return Answer(status, _json({"error": told}))


def failed(failure: Failure, request: Request, *, retry_after: int | None) -> Answer | None:
    """The answer of a failure that leaves nothing of a good one; None for the others.

    An error quotes the request, as some servers do: whoever stores or logs it gives people away.
    """
    if failure is Failure.TIME_OUT:
        return HANGING
    if failure is Failure.CUT_BEFORE_HEADERS:
        return CUT_OFF
    if failure is Failure.HTML:
        return Answer(200, HTML.encode(), HTML_TYPE)
    if parameter := failure.refused_parameter:
        what = f"'{request.output_mode}' in " if parameter == "response_format" else ""
        message = f"{what}'{parameter}' is not supported with this model"
        return error(400, message, parameter=parameter)
    if failure.status is None:
        return None
    about = (request.texts or ("",))[-1][-QUOTED_CHARACTERS:]
    answer = error(failure.status, f"the stub server was told to refuse: {about}")
    return answer if retry_after is None else _with_retry_after(answer, retry_after)


def models(created: int) -> Answer:
    row = {"id": MODEL, "object": "model", "created": created, "owned_by": "memoryos"}
    return Answer(200, _json({"object": "list", "data": [row]}))


def embeddings(request: Request, failure: Failure | None = None) -> Answer:
    """Letter counts, as base64 of float32 or as numbers."""
    rows = LetterEmbedder().embed(request.texts).astype("<f4")
    in_base64 = request.body.get("encoding_format") == "base64"
    items = [
        {
            "object": "embedding",
            "index": place,
            "embedding": base64.b64encode(row.tobytes()).decode() if in_base64 else row.tolist(),
        }
        for place, row in enumerate(rows)
    ]
    tokens = request.prompt_tokens
    body = {
        "object": "list",
        "model": request.model,
        "data": items,
        "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
    }
    return Answer(200, _json(body), cut=failure in CUTS, prompt_tokens=tokens)


def chat(
    request: Request, text: str, *, number: int, created: int, failure: Failure | None = None
) -> Answer:
    """`text` as a completion or as a stream, spoilt by `failure`."""
    message = _spoilt(text, failure)
    head = {"id": f"chatcmpl-{number}", "created": created, "model": request.model}
    prompt_tokens = request.prompt_tokens
    completion_tokens = count_tokens(message.content or message.refusal or "")
    usage = {
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "total_tokens": prompt_tokens + completion_tokens,
    }
    answer = Answer(
        200,
        cut=failure in CUTS,
        prompt_tokens=prompt_tokens,
        completion_tokens=completion_tokens,
    )
    if not request.streamed:
        body = {
            **head,
            "object": "chat.completion",
            **_choices(_completion_choice(message), failure),
            "usage": usage,
        }
        return replace(answer, content=_json(body))
    head["object"] = "chat.completion.chunk"
    chunks = [{**head, **_choices(choice, failure)} for choice in _chunk_choices(message)]
    if request.wants_usage:
        chunks.append({**head, "choices": [], "usage": usage})
    return replace(answer, events=_events(chunks, failure), content_type=STREAM_TYPE)


def _spoilt(text: str, failure: Failure | None) -> _Message:
    if failure is Failure.NULL_CONTENT:
        return _Message(None)
    if failure is Failure.LENGTH:
        return _Message(text[: len(text) // 2], "length")
    if failure is Failure.REFUSAL:
        return _Message(None, refusal=REFUSAL)
    if failure is Failure.CONTENT_FILTER:
        return _Message("", "content_filter")
    return _Message(text)


def _choices(choice: dict[str, Any], failure: Failure | None) -> dict[str, Any]:
    if failure is Failure.NO_CHOICES:
        return {}
    return {"choices": [] if failure is Failure.EMPTY_CHOICES else [choice]}


def _completion_choice(message: _Message) -> dict[str, Any]:
    said = {"role": "assistant", "content": message.content, "refusal": message.refusal}
    return {
        "index": 0,
        "message": said,
        "logprobs": None,
        "finish_reason": message.finish_reason,
    }


def _chunk_choices(message: _Message) -> list[dict[str, Any]]:
    kind = "content" if message.refusal is None else "refusal"
    pieces = _pieces(message.content or message.refusal or "")
    deltas: list[dict[str, Any]] = [
        {"role": "assistant", "content": None if message.content is None else ""},
        *({kind: piece} for piece in pieces),
        {},
    ]
    return [
        {
            "index": 0,
            "delta": delta,
            "finish_reason": message.finish_reason if delta is deltas[-1] else None,
        }
        for delta in deltas
    ]


def _pieces(text: str) -> list[str]:
    size = -(-len(text) // STREAM_PIECES) or 1
    return [text[start : start + size] for start in range(0, len(text), size)]


def _events(chunks: Sequence[Mapping[str, Any]], failure: Failure | None) -> tuple[bytes, ...]:
    events = [b"data: %s\n\n" % _json(chunk) for chunk in chunks]
    if failure is Failure.ERROR_IN_STREAM:
        broken = error(500, "the stub server was told to break off").content
        return (*events[: len(events) // 2], b"data: %s\n\n" % broken)
    return (*events, b"data: [DONE]\n\n")


def _with_retry_after(answer: Answer, seconds: int) -> Answer:
    return replace(answer, headers={"Retry-After": str(seconds)})


def _json(body: object) -> bytes:
    return json.dumps(body).encode()

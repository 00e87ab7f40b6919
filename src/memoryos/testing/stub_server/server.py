"""The stub server: its orders, its log, and what it makes of a request."""

from __future__ import annotations

import itertools
import json
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from email.message import Message
from types import TracebackType
from typing import Any, TextIO

from memoryos.clock import Clock, utc_now
from memoryos.testing.stub_server import answers
from memoryos.testing.stub_server.answers import Answer
from memoryos.testing.stub_server.connections import HOST, Connections, Reaction
from memoryos.testing.stub_server.orders import Failure, Order
from memoryos.testing.stub_server.replies import reply
from memoryos.testing.stub_server.requests import (
    CHAT,
    EMBEDDINGS,
    RefusedRequestError,
    Request,
    check,
    parse_body,
)

PURPOSE_HEADER = "X-MemoryOS-Purpose"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """A request, as it was received, and what it was answered. Noted before the answer is sent."""

    purpose: str
    endpoint: str
    model: str
    prompt_tokens: int
    """What the server charged, as `completion_tokens`: none where the status is not 200."""
    completion_tokens: int
    streamed: bool
    output_mode: str
    """The type of its response_format: "json_schema", "json_object", or "text" for none."""
    status: int | None
    """None where no headers are sent: a time-out, or a connection that was cut."""
    received_at: datetime
    """By the server's clock."""
    received_monotonic: float
    """`time.monotonic()` seconds."""
    body: Mapping[str, Any]
    """Empty where it was no JSON object."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What was asked for a purpose."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0


class StubServer:
    """Listens while its `with` block runs; thread-safe.

    It charges as `count_tokens` counts, and answers in `latency_seconds`, which may be set at any
    time and holds for requests that come later.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        latency_seconds: float = 0.0,
        clock: Clock = utc_now,
        log: TextIO | None = None,
    ) -> None:
        """Port 0 takes one that is free. `log` gets each call as a line of JSON, prompts too."""
        self.latency_seconds = latency_seconds
        self._port = port
        self._clock = clock
        self._log = log
        self._orders: list[Order] = []
        self._calls: list[Call] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._connections: Connections | None = None

    def __enter__(self) -> StubServer:
        """Raises OSError where the port is taken."""
        self._connections = Connections(self._port, self._react)
        self._port = self._connections.server_port
        self._connections.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Cut off whoever is being answered, and end all threads."""
        if self._connections:
            self._connections.close()
            self._connections = None

    @property
    def url(self) -> str:
        """The base URL for clients; it ends in /v1."""
        return f"http://{HOST}:{self._port}/v1"

    def fail(
        self,
        failure: Failure,
        *,
        times: int | None = None,
        purpose: str | None = None,
        retry_after_seconds: float | None = None,
    ) -> None:
        """Fail so at the next `times` requests of that purpose; without them, always and at all.

        Of several orders that concern a request, the first given is carried out.
        """
        self._order(Order(failure, purpose, times, retry_after_seconds))

    def fail_until(
        self, moment: datetime, *, clock: Clock | None = None, purpose: str | None = None
    ) -> None:
        """Answer with status 429 before `moment` by the clock; Retry-After says what is left."""
        clock = clock or self._clock
        self._order(Order(Failure.STATUS_429, purpose, until=moment, clock=clock))

    def reply_with(
        self, text: str, *, times: int | None = None, purpose: str | None = None
    ) -> None:
        """Reply with `text`, whatever a chat asks; otherwise as `fail`."""
        self._order(Order(text, purpose, times))

    def recover(self) -> None:
        """Withdraw all orders."""
        with self._lock:
            self._orders.clear()

    @property
    def calls(self) -> tuple[Call, ...]:
        """All requests so far."""
        with self._lock:
            return tuple(self._calls)

    def usage(self) -> dict[str, Usage]:
        """Calls and tokens by purpose."""
        sums: dict[str, Usage] = {}
        for call in self.calls:
            so_far = sums.get(call.purpose, Usage())
            sums[call.purpose] = Usage(
                so_far.calls + 1,
                so_far.prompt_tokens + call.prompt_tokens,
                so_far.completion_tokens + call.completion_tokens,
            )
        return sums

    def _order(self, order: Order) -> None:
        with self._lock:
            self._orders.append(order)

    def _react(self, method: str, path: str, headers: Message, content: bytes) -> Reaction:
        received = time.monotonic()
        request = Request(path.partition("?")[0], headers.get(PURPOSE_HEADER, UNKNOWN))
        try:
            if method == "POST":
                request = Request(request.endpoint, request.purpose, parse_body(content))
            check(request, method)
            answer = self._answer(request)
        except RefusedRequestError as exc:
            answer = answers.error(exc.status, str(exc))
        self._note(request, answer, received)
        return Reaction(answer, self.latency_seconds)

    def _answer(self, request: Request) -> Answer:
        with self._lock:
            order = next((order for order in self._orders if order.take(request)), None)
            number = next(self._numbers)
        action = order.action if order else None
        failure = action if isinstance(action, Failure) else None
        if order and failure:
            answer = answers.failed(failure, request, retry_after=order.retry_after)
            if answer:
                return answer
        created = int(self._clock().timestamp())
        if request.endpoint == CHAT:
            text = action if isinstance(action, str) else reply(request)
            return answers.chat(request, text, number=number, created=created, failure=failure)
        if request.endpoint == EMBEDDINGS:
            return answers.embeddings(request, failure)
        return answers.models(created)

    def _note(self, request: Request, answer: Answer, received: float) -> None:
        call = Call(
            purpose=request.purpose,
            endpoint=request.endpoint,
            model=request.model,
            prompt_tokens=answer.prompt_tokens,
            completion_tokens=answer.completion_tokens,
            streamed=request.streamed,
            output_mode=request.output_mode,
            status=answer.status,
            received_at=self._clock(),
            received_monotonic=received,
            body=request.body,
        )
        with self._lock:
            self._calls.append(call)
            if self._log:
                line = {field.name: getattr(call, field.name) for field in fields(call)}
                self._log.write(json.dumps(line, default=str) + "\n")
                self._log.flush()

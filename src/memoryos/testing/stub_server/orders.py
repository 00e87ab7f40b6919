"""What the stub server is ordered to do wrong, and at which requests."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from memoryos.clock import Clock, utc_now
from memoryos.testing.stub_server.requests import CHAT, JSON_OBJECT, JSON_SCHEMA, Request


class Failure(Enum):
    """A way to fail. Its value is its name on the command line.

    What concerns a chat, a stream or a parameter waits for a request that has one.
    """

    STATUS_400 = "400"
    STATUS_401 = "401"
    STATUS_403 = "403"
    STATUS_404 = "404"
    STATUS_429 = "429"
    STATUS_500 = "500"
    STATUS_502 = "502"
    STATUS_503 = "503"
    STATUS_529 = "529"
    TIME_OUT = "time-out"
    """No answer until the client leaves, or the server stops."""
    CUT_BEFORE_HEADERS = "cut-before-headers"
    CUT_IN_BODY = "cut-in-body"
    """The connection ends half-way through an answer that is not streamed."""
    HTML = "html"
    """A page for people, with status 200."""

    NO_CHOICES = "no-choices"
    EMPTY_CHOICES = "empty-choices"
    NULL_CONTENT = "null-content"
    LENGTH = "length"
    """Half of the text, and finish_reason length."""
    REFUSAL = "refusal"
    CONTENT_FILTER = "content-filter"
    CUT_IN_STREAM = "cut-in-stream"
    ERROR_IN_STREAM = "error-in-stream"
    """Half of a stream, and an error for its last event."""

    NO_JSON_SCHEMA = "no-json-schema"
    """Status 400 that names the parameter, as this one and those below."""
    NO_JSON_OBJECT = "no-json-object"
    NO_MAX_COMPLETION_TOKENS = "no-max-completion-tokens"
    NO_TEMPERATURE = "no-temperature"
    NO_STREAM_OPTIONS = "no-stream-options"

    @property
    def status(self) -> int | None:
        """The status that it is, None for a failure of another kind."""
        return int(self.value) if self.value.isdigit() else None

    @property
    def refused_parameter(self) -> str | None:
        """The parameter that the server acts as if it did not know."""
        return _REFUSED_PARAMETERS.get(self)

    def concerns(self, request: Request) -> bool:
        """Whether `request` is of the kind that can fail in this way."""
        if self in _OF_ANY_REQUEST:
            return True
        if self is Failure.CUT_IN_BODY:
            return not request.streamed
        if request.endpoint != CHAT:
            return False
        if self in (Failure.CUT_IN_STREAM, Failure.ERROR_IN_STREAM):
            return request.streamed
        if self is Failure.NO_JSON_SCHEMA:
            return request.output_mode == JSON_SCHEMA
        if self is Failure.NO_JSON_OBJECT:
            return request.output_mode == JSON_OBJECT
        return self.refused_parameter is None or self.refused_parameter in request.body


_REFUSED_PARAMETERS = {
    Failure.NO_JSON_SCHEMA: "response_format",
    Failure.NO_JSON_OBJECT: "response_format",
    Failure.NO_MAX_COMPLETION_TOKENS: "max_completion_tokens",
    Failure.NO_TEMPERATURE: "temperature",
    Failure.NO_STREAM_OPTIONS: "stream_options",
}

_OF_ANY_REQUEST = {failure for failure in Failure if failure.status} | {
    Failure.TIME_OUT,
    Failure.CUT_BEFORE_HEADERS,
    Failure.HTML,
}


@dataclass(slots=True)
class Order:
    """A failure, or a text to reply with; for all purposes and for ever unless it says less."""

    action: Failure | str
    purpose: str | None = None
    times: int | None = None
    """How often it is still to be carried out."""
    retry_after_seconds: float | None = None
    until: datetime | None = None
    clock: Clock = utc_now

    def take(self, request: Request) -> bool:
        """Whether it is carried out at `request`; if so, that counts."""
        if self.purpose not in (None, request.purpose) or self.times == 0:
            return False
        if self.until and self.clock() >= self.until:
            return False
        if isinstance(self.action, str):
            concerned = request.endpoint == CHAT
        else:
            concerned = self.action.concerns(request)
        if concerned and self.times is not None:
            self.times -= 1
        return concerned

    @property
    def retry_after(self) -> int | None:
        """What the header Retry-After is to say: whole seconds, or None for no header."""
        wait = self.retry_after_seconds
        if self.until:
            wait = (self.until - self.clock()).total_seconds()
        return None if wait is None else max(0, math.ceil(wait))

"""Language models behind OpenAI's chat-completions protocol: its own, Ollama, vLLM, routers, …"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from memoryos.errors import InvalidArgumentError, ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatReply, ChatRequest, Purpose, Tokens
from memoryos.llms.completions import Ending, at, events, goes_on, pieces, text_of
from memoryos.llms.dialect import REFUSALS, Acquaintance
from memoryos.llms.patience import Patience
from memoryos.llms.replies import counted, reply_to
from memoryos.llms.thinking import spoken
from memoryos.remote.client import open_client
from memoryos.remote.endpoint import OPENAI_URL, check_endpoint, hint
from memoryos.remote.retry_after import seconds_to_wait

if TYPE_CHECKING:
    from httpx2 import Response
    from openai import OpenAI, Stream

CONNECT_SECONDS = 5.0
"""A server that takes longer to pick up is not there; the library's own limit."""


class OpenAICompatibleModel:
    """A ChatModel over HTTP, through the `openai` library.

    What the server does not take (see `Dialect`) is found out at the calls that it refuses. A call
    of `complete` ends after `timeout_seconds`, however many requests that takes; a stream begins
    within that time, and each of its pieces may take as long again. (A connection that is slow to
    open may add its 5 seconds.) What fails is not tried again: see `RetryingModel`.
    """

    def __init__(
        self,
        name: str,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout_seconds: float = 60.0,
    ) -> None:
        """A server of one's own (`base_url`) may need no key. Opens no connection.

        Raises InvalidArgumentError where OpenAI itself is to be asked without a key, for a key that
        no header can hold, and for a base URL that is none.
        """
        if not api_key and not base_url:
            raise InvalidArgumentError(
                f"the model {name} needs an API key, or the base URL of a server that needs none"
            )
        check_endpoint(api_key, base_url)
        self._name = name
        self._api_key = api_key
        self._base_url = base_url or OPENAI_URL
        self._timeout_seconds = timeout_seconds
        self._acquaintance = Acquaintance()
        self._client: OpenAI | None = None
        self._opening = threading.Lock()

    @property
    def model(self) -> str:
        return self._name

    @property
    def timeout_seconds(self) -> float:
        return self._timeout_seconds

    def complete(self, request: ChatRequest) -> ChatReply:
        deadline = time.monotonic() + self._timeout_seconds
        ending, content = Ending(), bytearray()
        with ending.charged(request, lambda: content.decode(errors="replace")):
            with self._translated_errors(), self._asked(request, deadline, stream=False) as answer:
                ending.begun = True
                for chunk in _until(deadline, answer):
                    content += chunk
                completion = json.loads(content)
            message = at(completion, "choices", 0, "message")
            ending.note(completion, message)
            if message is None:
                raise UnreadableOutputError(
                    f"{self._name}: the server's answer is no chat completion; check the base URL"
                )
            ending.check()
            return reply_to(request, text_of(at(message, "content")), ending.tokens)

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        deadline = time.monotonic() + self._timeout_seconds
        ending, said = Ending(), list[str]()
        with ending.charged(request, lambda: "".join(said)):
            with self._translated_errors(), self._asked(request, deadline, stream=True) as answer:
                ending.begun = True
                _wait_at_most(self._timeout_seconds, answer)
                for piece in spoken(pieces(self._events(answer), ending)):
                    said.append(piece)
                    yield piece
            ending.check()
            if not "".join(said).strip():
                raise UnreadableOutputError("the reply is empty")
            if not ending.reason:
                raise ModelUnavailableError(f"{self._name}: the reply broke off")
        return ending.tokens or counted(request.messages, "".join(said))

    def _events(self, answer: Response) -> Iterator[object]:
        patience = Patience(self._timeout_seconds)
        for event in events(patience.until_fed(answer.iter_bytes())):
            if goes_on(event):
                patience.fed()
            yield event

    @contextmanager
    def _asked(self, request: ChatRequest, deadline: float, *, stream: bool) -> Iterator[Response]:
        """The server's answer, open, of which the head has come; asked in ever simpler words."""
        import openai

        attempt = self._acquaintance.meet(request, stream=stream)
        while True:
            try:
                answer = self._post(attempt.body(self._name), request.purpose, deadline)
                break
            except openai.APIStatusError as exc:
                if exc.status_code not in REFUSALS or not attempt.step_down(str(exc.body)):
                    raise
            request.before_asking_again()
        with closing(answer):
            attempt.answered()
            yield answer.response

    def _post(self, body: dict[str, Any], purpose: Purpose, deadline: float) -> Stream[object]:
        # The library reads streams only in full or event by event; so every answer is opened as a
        # stream, and its bytes are read here, where they can be waited for as long as is meant.
        from openai import Stream, Timeout

        left = _left(deadline)
        return self._open_client().post(
            "/chat/completions",
            cast_to=object,
            body=body,
            options={
                "headers": {"X-MemoryOS-Purpose": purpose.value},
                "max_retries": 0,
                "timeout": Timeout(left, connect=min(left, CONNECT_SECONDS)),
            },
            stream=True,
            stream_cls=Stream[object],
        )

    def _open_client(self) -> OpenAI:
        with self._opening:
            if self._client is None:
                self._client = open_client(self._api_key, self._base_url, arguments={})
            return self._client

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Errors in our words alone: the server's, which those of the library hold, may quote
        somebody's memory."""
        # The library lets the errors of its HTTP client through where a body is read.
        import httpx2
        import openai

        try:
            yield
        except openai.APIStatusError as exc:
            status = exc.status_code
            raise ModelUnavailableError(
                f"{self._name}: the server answered with status {status}{hint(status)}",
                status=status,
                retry_after_seconds=seconds_to_wait(
                    exc.response.headers.get("retry-after"), now=datetime.now(timezone.utc)
                ),
            ) from None
        except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError):
            raise ModelUnavailableError(
                f"{self._name}: no whole answer within {self._timeout_seconds:g} seconds"
            ) from None
        except (openai.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL, OSError):
            raise ModelUnavailableError(
                f"{self._name}: the server cannot be reached, or broke off; check the base URL"
            ) from None
        except openai.OpenAIError:
            raise ModelUnavailableError(
                f"{self._name}: the server reported an error in the middle of its reply"
            ) from None
        except (ValueError, RecursionError):
            raise UnreadableOutputError(
                f"{self._name}: the server's answer is no JSON; check the base URL"
            ) from None


def _until(deadline: float, answer: Response) -> Iterator[bytes]:
    """What comes of the body, as long as it does before the deadline. Raises TimeoutError."""
    _wait_at_most(_left(deadline), answer)
    for chunk in answer.iter_bytes():
        yield chunk
        _left(deadline)


def _left(deadline: float) -> float:
    """Seconds until the deadline. Raises TimeoutError after it."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _wait_at_most(seconds: float, answer: Response) -> None:
    """Let no read of the body wait for longer: the head took its part of the time."""
    answer.request.extensions["timeout"]["read"] = seconds

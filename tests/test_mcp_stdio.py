"""The MCP server over a real pipe (C1, C2): what reaches stdout, and what ends the process."""

from __future__ import annotations

import json
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import MEMORYOS, PATIENCE_SECONDS, environment, run
from mcp import Client
from mcp.server.lowlevel import Server
from mcp_servers import INITIALIZE, NO_EMBEDDER, Pipe, a_server, talk
from mcp_types import INVALID_REQUEST, PARSE_ERROR, JSONRPCError
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS

from memoryos import Memoryos
from memoryos.mcp import handshake, wire
from memoryos.mcp.launch import server_parameters
from memoryos.mcp.stdio import read_message

SAID = "Grüße aus 東京 🗼"

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.json"
    settings = {"user_id": "tom", "openai_api_key": "", "data_storage_path": "memory"}
    path.write_text(json.dumps({**settings, "embedding_model_name": "none"}))
    return path


@pytest.mark.parametrize(
    ("mode", "version"), [("legacy", HANDSHAKE_PROTOCOL_VERSIONS[-1]), ("auto", "2026-07-28")]
)
def test_the_sdks_client_stores_and_recalls_in_both_eras(
    config: Path, tmp_path: Path, mode: str, version: str
) -> None:
    async def conversation(client: Client) -> None:
        assert client.protocol_version == version
        said = {"user_input": SAID, "agent_response": "Schön!"}
        added = await client.call_tool("add_memory", said)
        assert added.structured_content
        assert added.structured_content["page_id"] == "page-1"
        found = await client.call_tool("retrieve_memory", {"query": SAID})
        assert found.structured_content
        assert found.structured_content["retrieved_pages"][0]["user_input"] == SAID

    talk(server_parameters(config), conversation, mode=mode)
    # A relative data_storage_path is taken from the file's folder.
    with Memoryos(
        "tom", openai_api_key="", data_storage_path=tmp_path / "memory", background=False
    ) as memory:
        assert memory.get_memory_stats()["page_count"] == 1


def test_the_handshake_is_answered_as_the_sdk_would(memory: Memoryos) -> None:
    """It is answered before the SDK is loaded, and once."""
    assert set(handshake.VERSIONS) <= set(HANDSHAKE_PROTOCOL_VERSIONS)
    server: Server[Any] = a_server(memory)

    async def conversation(client: Client) -> dict[str, Any]:
        return {
            "protocolVersion": client.protocol_version,
            "capabilities": client.server_capabilities.model_dump(by_alias=True, exclude_none=True),
            "serverInfo": client.server_info.model_dump(by_alias=True, exclude_none=True),
            "instructions": client.instructions,
        }

    result = talk(server, conversation, mode="legacy")
    assert handshake._answer(INITIALIZE)["result"] == result


@pytest.mark.parametrize(
    "changes",
    [
        {"id": None},
        {"id": True},
        {"method": "ping"},
        {"params": {**INITIALIZE["params"], "protocolVersion": "1999-01-01"}},
        {"params": {**INITIALIZE["params"], "clientInfo": {"name": "no version"}}},
    ],
)
def test_a_handshake_that_is_not_plain_is_left_to_the_sdk(changes: dict[str, Any]) -> None:
    assert handshake._initialize(json.dumps({**INITIALIZE, **changes}).encode()) is None


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_nothing_but_json_rpc_in_utf8_reaches_stdout_whatever_the_console(
    folder: Path, encoding: str
) -> None:
    """C2: emoji and Chinese come back as they were, bad lines are answered, the next one works."""
    env = environment(folder, PYTHONIOENCODING=encoding, PYTHONWARNINGS="always", PYTHONUTF8="0")
    with Pipe(*NO_EMBEDDER, "--user", "Åsa", env=env) as pipe:
        pipe.begin()
        assert pipe.call("add_memory", user_input=SAID, agent_response="")["page_id"] == "page-1"
        pipe.write(b'{"jsonrpc": "2.0", "id": 2, "method": "tools/list", "params": {"a": "\xff"}}')
        broken = pipe.read()
        assert (broken["id"], broken["error"]["code"]) == (None, PARSE_ERROR)
        assert "not UTF-8 (byte 0xff at position" in broken["error"]["message"]
        pipe.write(b"{ this is no JSON")
        assert pipe.read()["error"]["code"] == PARSE_ERROR
        pipe.write(b"")
        batch = pipe.ask([LIST])  # type: ignore[arg-type]
        assert batch["error"]["code"] == INVALID_REQUEST
        pipe.write(
            b'{"jsonrpc": "2.0", "id": 3, "method": "tools/list", "params": {"a": "\\ud800"}}'
        )
        assert pipe.read()["id"] == 3
        unknown = pipe.ask({**LIST, "id": 4, "method": "tools/cal"})
        assert "error" in unknown
        found = pipe.call("retrieve_memory", query="東京")
        assert found["retrieved_pages"][0]["user_input"] == SAID
        code, more, errors = pipe.leave()
    assert (code, more) == (0, [])
    assert "Traceback" not in errors


def test_what_others_print_goes_to_stderr(tmp_path: Path) -> None:
    """C2: libraries, children and C code included."""
    program = """
import os, sys, subprocess, warnings
from memoryos.mcp.wire import claim_wire
wire = claim_wire()
print("a stray print", flush=True)
warnings.warn("a warning")
os.write(1, b"a write below Python\\n")
subprocess.run([sys.executable, "-c", "print('a child')"])
wire.write(b"{}\\n")
print(repr(sys.stdin.read()))
"""
    told = subprocess.run(
        [sys.executable, "-c", program],
        input=b"for the protocol alone\n",
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=True,
    )
    assert told.stdout == b"{}\n"
    for said in (b"a stray print", b"a warning", b"a write below Python", b"a child", b"''"):
        assert said in told.stderr


def test_lines_are_split_and_one_that_is_too_long_is_not_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire, "MAX_LINE_BYTES", 4)
    chunks = iter([b"ab", b"cd\nab", b"cde", b"fg\n\nxy", b"\n", b"half", b""])
    assert list(wire.split_lines(lambda size: next(chunks))) == [b"abcd", None, b"", b"xy"]


def test_a_line_that_is_too_long_is_answered() -> None:
    refusal = read_message(None)
    assert isinstance(refusal, JSONRPCError)
    assert "4,194,304 bytes" in refusal.error.message


@pytest.mark.parametrize("line", [b"[" * 100_000, b"1", b"null", b'{"id": true}', b"\x00"])
def test_no_line_can_stop_the_reader(line: bytes) -> None:
    refusal = read_message(line)
    assert isinstance(refusal, JSONRPCError)
    assert refusal.id is None


class TestEnding:
    def test_a_client_that_never_says_a_word_is_the_end(self, folder: Path) -> None:
        with Pipe(*NO_EMBEDDER, env=environment(folder)) as pipe:
            assert pipe.leave()[:2] == (0, [])

    def test_being_told_to_end_is_the_end(self, folder: Path) -> None:
        with Pipe(*NO_EMBEDDER, env=environment(folder)) as pipe:
            pipe.begin()
            pipe.call("memory_status")
            pipe.process.send_signal(signal.SIGTERM)
            assert pipe.process.wait(PATIENCE_SECONDS) == 0

    def test_a_client_that_is_killed_leaves_no_server_behind(self, folder: Path) -> None:
        """The server holds stderr: its end is seen when that is closed by all who have it."""
        client = """
import subprocess, sys, time
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
server.stdin.write(sys.stdin.buffer.readline())
server.stdin.flush()
sys.stdout.buffer.write(server.stdout.readline())
sys.stdout.flush()
time.sleep(600)
"""
        with subprocess.Popen(
            [sys.executable, "-c", client, *MEMORYOS, "mcp", *NO_EMBEDDER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(folder),
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stderr
            process.stdin.write(json.dumps(INITIALIZE).encode() + b"\n")
            process.stdin.flush()
            assert b"MemoryOS" in process.stdout.readline()
            process.kill()
            ended, _, _ = select.select([process.stderr], [], [], PATIENCE_SECONDS)
            assert ended
            assert b"memory of default" in process.stderr.read()


class TestConfiguration:
    """A mistake is told on stderr, with the field and what to do; nothing reaches stdout."""

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (None, "cannot read the configuration file"),
            ("{", "is not JSON"),
            ('{"user_id": ""}', "user_id is empty: give it a name"),
            ('{"user": "tom"}', "did you mean user_id?"),
            ('{"user_id": "tom", "short_term_capacity": "ten"}', "short_term_capacity must be"),
            ('{"openai_base_url": "localhost"}', "openai_base_url must be an address such as"),
        ],
    )
    def test_a_file_that_cannot_be_used(
        self, tmp_path: Path, folder: Path, content: str | None, told: str
    ) -> None:
        path = tmp_path / "config.json"
        if content is not None:
            path.write_text(content)
        done = run("mcp", "--config", str(path), env=environment(folder), input="")
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr
        assert "config.json" in done.stderr

    @pytest.mark.parametrize("key", ["", "YOUR_OPENAI_API_KEY"])
    def test_no_key_in_the_file_means_no_model_whatever_the_environment_holds(
        self, tmp_path: Path, folder: Path, key: str
    ) -> None:
        path = tmp_path / "config.json"
        path.write_text(json.dumps({"openai_api_key": key}))
        env = environment(folder, OPENAI_API_KEY="sk-real", OPENAI_BASE_URL="http://127.0.0.1:9/v1")
        done = run("mcp", "--config", str(path), env=env, input="")
        assert (done.returncode, done.stdout) == (0, "")
        assert "with rules, without a language model" in done.stderr
        assert "sk-real" not in done.stderr

    def test_a_key_of_the_file_never_goes_to_an_address_of_the_environment(
        self, tmp_path: Path, folder: Path
    ) -> None:
        path = tmp_path / "config.json"
        path.write_text(
            json.dumps(
                {
                    "openai_api_key": "sk-of-the-file-0123456789",
                    "openai_base_url": "http://127.0.0.1:1/v1",
                    "embedding_model_name": "none",
                }
            )
        )
        env = environment(folder, OPENAI_BASE_URL="http://127.0.0.1:9/v1")
        with Pipe("--config", str(path), env=env) as pipe:
            pipe.begin()
            asked = {**LIST, "method": "resources/read", "params": {"uri": "memoryos://config"}}
            (content,) = pipe.ask(asked)["result"]["contents"]
            shown = json.loads(content["text"])
            _, _, errors = pipe.leave()
        assert shown["openai_base_url"] == "http://127.0.0.1:1/v1"
        assert shown["openai_api_key"] == "sk-…6789"
        assert "with the language model gpt-4o-mini" in errors


def test_initialize_is_answered_before_the_sdk_is_loaded(folder: Path, tmp_path: Path) -> None:
    """C1: here the SDK cannot be loaded at all."""
    broken = tmp_path / "broken" / "mcp"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('not now')\n")
    env = environment(folder, PYTHONPATH=str(broken.parent))
    with Pipe(*NO_EMBEDDER, env=env) as server:
        assert server.ask(INITIALIZE)["result"]["serverInfo"]["name"]

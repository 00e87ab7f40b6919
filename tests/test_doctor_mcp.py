"""`memoryos doctor` speaks with the MCP server as a client does, and names what fails (C4)."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from typer.testing import CliRunner

from memoryos.cli import app
from memoryos.cli.conversation import STEPS, Conversation, converse

SAID, ASKED = "The key is under the mat.", "Where is the key?"

SCRIPTED = """
import json, sys
initialized = {
    "protocolVersion": "2025-06-18",
    "capabilities": {"tools": {}},
    "serverInfo": {"name": "scripted", "version": "1"},
}
answers = [initialized, *json.loads(sys.argv[1])]
for line in sys.stdin:
    request = json.loads(line)
    if "id" not in request:
        continue
    if not answers:
        sys.exit("scripted: nothing more to say")
    answer = {"jsonrpc": "2.0", "id": request["id"], "result": answers.pop(0)}
    print(json.dumps(answer), flush=True)
"""
"""A server that answers one request after the other with what it is given, and then dies."""


def scripted(*answers: Any) -> list[str]:
    return [sys.executable, "-c", SCRIPTED, json.dumps(answers)]


def talk(command: list[str], patience_seconds: float = 20) -> Conversation:
    return converse(command, SAID, ASKED, patience_seconds=patience_seconds)


def tools(*names: str) -> dict[str, Any]:
    return {"tools": [{"name": name, "inputSchema": {"type": "object"}} for name in names]}


def result(content: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "content": [{"type": "text", "text": json.dumps(content)}],
        "structuredContent": content,
        **more,
    }


def doctor(folder: Path, *words: str) -> dict[str, Any]:
    variables = {**dict.fromkeys(LEFT_OUT), "MEMORYOS_DATA": str(folder), "NO_COLOR": "1"}
    told = CliRunner(env=variables).invoke(app, ["doctor", "--json", *words])
    document: dict[str, Any] = json.loads(told.stdout)
    assert told.exit_code == (0 if document["passed"] else 1)
    return document


def test_doctor_has_the_server_remember_and_leaves_the_users_memory_alone(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    told = doctor(folder)
    found = told["findings"][-1]
    assert (found["check"], found["passed"]) == ("MCP server", True)
    assert all(f"{step} " in found["detail"] for step in STEPS)
    assert told["seconds"] > 0
    assert not folder.exists()


def test_doctor_says_which_step_fails_why_and_what_to_do(tmp_path: Path) -> None:
    """The name is refused where memory is opened and where the server starts, not before."""
    found = doctor(tmp_path, "--user", "x" * 600)["findings"][-1]
    assert found["detail"].startswith("initialize failed: ")
    assert "user_id has 600 characters, more than the limit of 512" in found["detail"]
    assert "memoryos mcp" in found["remedy"]


ADDED = result({"status": "success"})
BOTH = tools("add_memory", "retrieve_memory")


@pytest.mark.parametrize(
    ("answers", "step", "fault"),
    [
        ([], "tools/list", "Connection closed"),
        ([tools("add_memory")], "tools/list", "it has no tool retrieve_memory"),
        ([BOTH, result({"why": "full"}, isError=True)], "add_memory", '{"why": "full"}'),
        ([BOTH, ADDED], "retrieve_memory", "Connection closed"),
        (
            [BOTH, ADDED, result({"retrieved_pages": []})],
            "retrieve_memory",
            "what was added did not come back",
        ),
    ],
)
def test_the_step_that_fails_is_named(answers: list[Any], step: str, fault: str) -> None:
    found = talk(scripted(*answers))
    assert (found.failed_step, found.fault) == (step, fault)
    if fault == "Connection closed":
        assert found.last_words == "scripted: nothing more to say"


def test_a_server_that_gives_back_what_was_said_passes() -> None:
    page = result({"retrieved_pages": [{"user_input": SAID}]})
    found = talk(scripted(BOTH, ADDED, page))
    assert (tuple(found.seconds), found.fault) == (STEPS, "")


def test_a_server_that_keeps_silent_is_given_up_on_and_ended(tmp_path: Path) -> None:
    started = tmp_path / "pid"
    code = f"import os, sys; open({str(started)!r}, 'w').write(str(os.getpid())); sys.stdin.read()"
    found = talk([sys.executable, "-c", code], patience_seconds=1)
    assert (found.failed_step, found.fault) == ("initialize", "no answer within 1 s")
    if os.name == "posix":
        with pytest.raises(ProcessLookupError):
            os.kill(int(started.read_text()), 0)


def test_a_command_that_is_not_there_is_told(tmp_path: Path) -> None:
    found = talk([str(tmp_path / "nothing")])
    assert found.failed_step == "initialize"
    assert "No such file" in found.fault

"""The MCP server met by a client that is not the Python SDK: that of TypeScript, from npm."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from command_line import MEMORYOS, environment
from mcp_servers import NO_EMBEDDER

from memoryos.mcp.tools import TOOLS

CLIENT = Path(__file__).parent / "mcp_typescript"
INSTALL_SECONDS = 60


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The client with its SDK, in a folder of its own."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not installed")
    folder = tmp_path / "client"
    shutil.copytree(CLIENT, folder, ignore=shutil.ignore_patterns("node_modules"))
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        pytest.skip("npm does not get the SDK in time: is there a network?")
    if done.returncode:
        pytest.skip(f"npm cannot get the SDK: {done.stderr.strip()[-200:]}")
    return folder


def test_the_typescript_sdk_uses_every_tool(installed: Path, tmp_path: Path) -> None:
    command = ["node", "client.js", *MEMORYOS, "mcp", *NO_EMBEDDER]
    done = subprocess.run(
        command,
        cwd=installed,
        env=environment(tmp_path / "memory"),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=INSTALL_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    assert seen["server"] == "MemoryOS"
    assert "Recall before you answer" in seen["instructions"]
    assert seen["tools"] == list(TOOLS)
    (page,) = seen["found"]["retrieved_pages"]
    assert page["user_input"] == "My sister Ada keeps bees 🐝 in 東京"
    assert page["id"] == seen["added"]["page_id"] == seen["why"]["id"]
    assert page["meta_data"] == {"channel": "test"}
    assert seen["profile"]["assistant_knowledge_count"] == 0
    assert seen["status"]["page_count"] == 1
    assert seen["would"]["dry_run"]
    assert seen["forgotten"]["pages"] == [page["id"]]
    assert seen["corrected"]["isError"]
    assert "question: there is no such argument" in seen["refused"]
    assert "did you mean add_memory?" in seen["unknown"]
    assert "memoryos://segments" in seen["resources"]
    assert seen["config"]["user_id"] == "default"
    (message,) = seen["prompt"]
    assert message["role"] == "user"
    assert message["content"]["text"].endswith("\n</memory>")

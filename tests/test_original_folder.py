"""memoryos-mcp/: the steps that the original published work word for word."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from command_line import environment

from memoryos.config_file import DEFAULTS

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "memoryos-mcp"
PATIENCE_SECONDS = 60

Serve = Callable[..., tuple[list[Any], str]]
TryAll = Callable[[], CompletedProcess[str]]

PUBLISHED = {
    "user_id": "user ID",
    "openai_api_key": "OpenAI API key",
    "openai_base_url": "https://api.openai.com/v1",
    "data_storage_path": "./memoryos_data",
    "assistant_id": "assistant_id",
    "llm_model": "gpt-4o-mini",
}
"""The config.json of the original's README, as it stands there."""

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}
ADD = {
    "jsonrpc": "2.0",
    "id": 2,
    "method": "tools/call",
    "params": {
        "name": "add_memory",
        "arguments": {"user_input": "I live in Turin.", "agent_response": "A fine town."},
    },
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder as it is published, in a place of its own."""
    return Path(shutil.copytree(FOLDER, tmp_path / "memoryos-mcp"))


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """Those of somebody with a key, and a home where no memory is."""
    home = tmp_path / "home"
    home.mkdir()
    variables = environment(
        home, HOME=str(home), XDG_DATA_HOME=str(home), OPENAI_API_KEY="sk-of-the-shell-1234567890"
    )
    del variables["MEMORYOS_DATA"]
    return variables


@pytest.fixture
def serve(folder: Path, variables: dict[str, str]) -> Serve:
    """`python server_new.py …`: what it answers to these messages, and what it says on stderr."""

    def serve_(
        *words: str, messages: Sequence[dict[str, Any]] = (INITIALIZE,)
    ) -> tuple[list[Any], str]:
        with subprocess.Popen(
            [sys.executable, "server_new.py", *words],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=variables,
        ) as server:
            assert server.stdin is not None
            assert server.stdout is not None
            lines = []
            for message in messages:
                with suppress(BrokenPipeError):
                    server.stdin.write(f"{json.dumps(message)}\n")
                    server.stdin.flush()
                lines.append(server.stdout.readline())
            _, said = server.communicate(timeout=PATIENCE_SECONDS)
        return [json.loads(line) for line in lines if line], said

    return serve_


@pytest.fixture
def try_all(folder: Path, variables: dict[str, str]) -> TryAll:
    """`python test_comprehensive.py`."""
    return lambda: subprocess.run(
        [sys.executable, "test_comprehensive.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=variables,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def test_the_requirements_are_the_package_above(folder: Path) -> None:
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (wanted,) = [line for line in lines if line and not line.startswith("#")]
    project = (FOLDER / wanted).resolve() / "pyproject.toml"
    assert 'name = "memoryos-engine"' in project.read_text(encoding="utf-8")


def test_the_configuration_shows_every_setting_with_what_holds_without_it(folder: Path) -> None:
    shown = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    placeholders = {
        "openai_api_key": "YOUR_OPENAI_API_KEY",
        "openai_base_url": "https://api.openai.com/v1",
        "data_storage_path": "./memoryos_data",
    }
    assert shown == {**DEFAULTS, **placeholders}


def test_the_client_snippet_starts_the_server_and_names_no_machine(folder: Path) -> None:
    server = json.loads((folder / "mcp.json").read_text(encoding="utf-8"))["mcpServers"]["memoryos"]
    script, option, config = server["args"]
    assert option == "--config"
    assert (folder / Path(script).name).is_file()
    assert (folder / Path(config).name).is_file()
    assert all(path.startswith("/path/to/") for path in (server["command"], script, config))


def test_the_published_command_serves_and_says_that_there_is_no_model(
    folder: Path, serve: Serve
) -> None:
    """The key of the environment is not taken: the file says that there is none."""
    (folder / "config.json").write_text(json.dumps(PUBLISHED), encoding="utf-8")
    answers, said = serve("--config", "config.json", messages=(INITIALIZE, ADD))
    assert [answer["id"] for answer in answers] == [1, 2]
    assert answers[1]["result"]["structuredContent"]["status"] == "success"
    assert "memory of user ID in" in said
    assert "without a language model" in said
    assert (folder / "memoryos_data" / "memoryos.db").is_file()


def test_a_relative_folder_is_relative_to_the_configuration_file(
    folder: Path, serve: Serve
) -> None:
    settings = folder / "settings"
    settings.mkdir()
    shutil.move(folder / "config.json", settings / "mine.json")
    _, said = serve("--config", str(Path("settings", "mine.json")))
    assert f"in {settings / 'memoryos_data'}, with" in said


def test_without_an_option_it_reads_the_configuration_beside_it(folder: Path, serve: Serve) -> None:
    (folder / "config.json").write_text('{"user_id": "ann", "data_storage_path": "m"}', "utf-8")
    _, said = serve()
    assert f"memory of ann in {folder / 'm'}" in said


def test_a_broken_configuration_is_told_in_a_sentence(
    folder: Path, serve: Serve, try_all: TryAll
) -> None:
    (folder / "config.json").write_text('{"user_id": "ann" "llm_model": "x"}', encoding="utf-8")
    answers, said = serve("--config", "config.json")
    assert answers == []
    assert "config.json is not JSON: Expecting ',' delimiter" in said
    assert "Traceback" not in said
    told = try_all()
    assert (told.returncode, "config.json is not JSON" in told.stderr) == (1, True)


def test_the_comprehensive_test_tries_every_tool_and_touches_no_memory(
    folder: Path, tmp_path: Path, try_all: TryAll
) -> None:
    told = try_all()
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.endswith("all is well\n")
    assert "FAILED" not in told.stdout
    tools = ("add", "retrieve", "correct", "forget")
    for tool in (*(f"{verb}_memory" for verb in tools), "get_user_profile", "why", "memory_status"):
        assert f"ok     {tool} (" in told.stdout
        assert f"ok     {tool}, " in told.stdout, "no bad input"
    assert list(tmp_path.rglob("*.db")) == []


def test_the_comprehensive_test_fails_where_the_server_does(folder: Path, try_all: TryAll) -> None:
    server = folder / "server_new.py"
    server.write_text("raise SystemExit('out of order')", encoding="utf-8")
    told = try_all()
    assert told.returncode == 1
    assert "out of order" in told.stderr
    assert "FAILED initialize" in told.stderr

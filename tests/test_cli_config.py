"""Settings of the command line: the configuration file, and what is in force from where."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from typer.testing import CliRunner, Result

from memoryos import Memoryos
from memoryos.cli import app
from memoryos.cli.config import mask
from memoryos.config_file import DEFAULTS, read_config_file
from memoryos.errors import InvalidArgumentError

KEY = "sk-a-key-of-nobody-wxyz"

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    def run_(*words: str, **variables: str) -> Result:
        env = {**dict.fromkeys(LEFT_OUT), "NO_COLOR": "1", **variables}
        return CliRunner(env=env).invoke(app, list(words))

    return run_


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a configuration file."""

    def write_(content: Any = None, /, **settings: Any) -> Path:
        file = tmp_path / "memoryos.json"
        text = content if isinstance(content, str) else json.dumps(content or settings)
        file.write_text(text, encoding="utf-8")
        return file

    return write_


def in_force(told: Result) -> dict[str, tuple[Any, str]]:
    document = json.loads(told.stdout)["settings"]
    return {name: (entry["value"], entry["source"]) for name, entry in document.items()}


# The file ------------------------------------------------------------------------------------


def test_a_file_holds_the_arguments_of_the_constructor_with_their_defaults() -> None:
    parameters = inspect.signature(Memoryos.__init__).parameters
    handed_in_by_programs = {"self", "background", "chat_model", "clock"}
    assert set(DEFAULTS) == set(parameters) - handed_in_by_programs
    given = {name: parameters[name].default for name in DEFAULTS if name != "user_id"}
    assert given == {name: value for name, value in DEFAULTS.items() if name != "user_id"}


def test_a_relative_folder_is_taken_from_the_file_s_own(write: Callable[..., Path]) -> None:
    file = write(data_storage_path="./memory")
    assert read_config_file(file)["data_storage_path"] == str(file.parent / "memory")
    assert read_config_file(write(data_storage_path="/m"))["data_storage_path"] == "/m"


def test_null_is_as_if_the_setting_were_not_there(write: Callable[..., Path]) -> None:
    assert read_config_file(write(user_id="ann", openai_api_key=None)) == {"user_id": "ann"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"llm_mdoel": "x"}, ["'llm_mdoel'", "did you mean llm_model?", "embedding_model_name"]),
        ({"api_key": KEY}, ["'api_key'", "openai_api_key"]),
        ({"user_id": 7}, ["user_id must be text"]),
        ({"user_id": " "}, ["user_id is empty"]),
        ({"openai_api_key": 7}, ["openai_api_key must be text"]),
        ({"openai_base_url": "localhost"}, ["openai_base_url must be an address such as http://"]),
        ({"llm_model": ""}, ["llm_model must be a model's name"]),
        ({"llm_timeout_seconds": 0}, ["llm_timeout_seconds must be a number above 0"]),
        ({"llm_timeout_seconds": 1e9}, ["llm_timeout_seconds must be", "at most 86400"]),
        ({"llm_timeout_seconds": "60"}, ["llm_timeout_seconds must be a number"]),
        ({"embedding_model_name": 1}, ["embedding_model_name must be text", "wordllama"]),
        ({"embedding_model_kwargs": "cpu"}, ["embedding_model_kwargs must be a JSON object"]),
        ({"short_term_capacity": "7"}, ["short_term_capacity must be a whole number"]),
        ({"daily_call_budget": 0}, ["daily_call_budget must be a whole number of at least 1"]),
        ({"policy": "best"}, ["policy must be 'default' or 'paper'"]),
        ({"data_storage_path": 1}, ["data_storage_path must name a folder"]),
        ("[1]", ["must hold a JSON object"]),
        ('{"user_id": "ann",}', ["is not JSON", "line 1"]),
        ("[" * 100_000, ["is not JSON"]),
    ],
)
def test_a_bad_file_is_told_with_its_name_the_setting_and_the_remedy(
    write: Callable[..., Path], content: Any, told: list[str]
) -> None:
    file = write(content)
    with pytest.raises(InvalidArgumentError) as refused:
        read_config_file(file)
    for words in (str(file), *told):
        assert words in str(refused.value)
    assert KEY not in str(refused.value)


def test_a_missing_file_is_a_mistake_in_what_was_asked(run: Run, tmp_path: Path) -> None:
    told = run("stats", "--config", str(tmp_path / "none.json"))
    assert (told.exit_code, told.stdout) == (2, "")
    assert "none.json: No such file or directory" in told.stderr


# What is in force ----------------------------------------------------------------------------


@pytest.mark.parametrize("soon", ["soon", "-1", "nan"])
def test_a_time_out_of_the_environment_is_a_number(run: Run, soon: str) -> None:
    told = run("config", "show", "--json", MEMORYOS_MODEL_TIMEOUT="600")
    assert in_force(told)["llm_timeout_seconds"] == (600.0, "environment MEMORYOS_MODEL_TIMEOUT")
    refused = run("stats", "--base-url", "http://localhost/v1", MEMORYOS_MODEL_TIMEOUT=soon)
    assert (refused.exit_code, refused.stdout) == (2, "")


def test_an_argument_goes_before_the_environment_before_the_file_before_the_default(
    run: Run, write: Callable[..., Path]
) -> None:
    """C6: each value comes from one place, which is told."""
    url = "http://file.test/v1"
    file = write(llm_model="file", openai_base_url=url, user_id="ann", short_term_capacity=9)
    found = in_force(
        run(
            *("config", "show", "--json", "--model", "argument"),
            MEMORYOS_CONFIG=str(file),
            MEMORYOS_MODEL="environment",
            OPENAI_BASE_URL="http://environment.test/v1",
            MEMORYOS_USER="",
        )
    )
    assert found["config"] == (str(file), "environment MEMORYOS_CONFIG")
    assert found["llm_model"] == ("argument", "argument")
    assert found["openai_base_url"] == (
        "http://environment.test/v1",
        "environment OPENAI_BASE_URL",
    )
    assert found["user_id"] == ("ann", f"file {file}")
    assert found["short_term_capacity"] == (9, f"file {file}")
    assert found["policy"] == ("default", "default")


def test_what_the_file_says_is_what_the_commands_work_with(
    run: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = str(write(user_id="ann", data_storage_path="kept", short_term_capacity=2))
    for number in range(4):
        assert run("add", f"I saw owl {number}.", "--config", file).exit_code == 0
    stats = json.loads(run("stats", "--json", "--config", file).stdout)
    assert (stats["user_id"], stats["data_folder"]) == ("ann", str(tmp_path / "kept"))
    assert (stats["page_count"], stats["short_term_count"]) == (4, 2)


@pytest.mark.parametrize(
    ("secret", "shown"),
    [
        (KEY, "sk-…wxyz"),
        ("0123456789abcdef", "…cdef"),
        ("sk-123456789", "set"),
        ("short", "set"),
        ("", "empty"),
    ],
)
def test_of_a_key_at_most_the_last_four_signs_are_shown(secret: str, shown: str) -> None:
    assert mask(secret) == shown


def test_no_key_is_printed_wherever_it_stands(run: Run, write: Callable[..., Path]) -> None:
    headers = {"Authorization": KEY}
    file = str(write(embedding_model_kwargs={"api_key": KEY, "default_headers": headers}))
    url = f"http://tom:{KEY}@localhost:1/v1?key={KEY}"
    for words in (["config", "show"], ["config", "show", "--json"]):
        told = run(*words, "--config", file, OPENAI_API_KEY=KEY, OPENAI_BASE_URL=url)
        assert told.exit_code == 0
        assert KEY not in told.output
        assert "localhost:1/v1" in told.output


@pytest.mark.parametrize(
    ("variables", "in_force", "detail"),
    [
        ({}, False, "there is no API key: set OPENAI_API_KEY"),
        ({"OPENAI_API_KEY": "YOUR_API_KEY"}, False, "(environment OPENAI_API_KEY) is empty or"),
        ({"OPENAI_API_KEY": KEY}, True, "gpt-4o-mini at OpenAI"),
        ({"OPENAI_BASE_URL": "http://localhost:1/v1"}, True, "localhost:1/v1, without a key"),
        ({"OPENAI_BASE_URL": "localhost"}, False, "must be an address such as http://"),
    ],
)
def test_config_show_says_which_model_is_in_force_or_why_none(
    run: Run, variables: dict[str, str], in_force: bool, detail: str
) -> None:
    model = json.loads(run("config", "show", "--json", **variables).stdout)["language_model"]
    assert model["in_force"] is in_force
    assert detail in model["detail"]
    assert detail in run("config", "show", **variables).stdout


def test_there_is_no_option_for_a_key(run: Run) -> None:
    """What is typed stays in the shell's history."""
    options = re.findall(r"--[a-z-]+", run("chat", "--help").stdout)
    assert "--model" in options
    assert not [option for option in options if "key" in option]


def test_doctor_warns_of_a_key_in_a_file_that_others_can_read(
    run: Run, write: Callable[..., Path], tmp_path: Path
) -> None:
    file = write(openai_api_key=KEY)
    file.chmod(0o644)
    words = ["doctor", "--json", "--config", str(file), "--data", str(tmp_path / "memory")]
    findings = json.loads(run(*words).stdout)["findings"]
    assert [found["remedy"] for found in findings if not found["passed"]] == [f"chmod 600 {file}"]
    file.chmod(0o600)
    assert json.loads(run(*words).stdout)["passed"]

"""The commands import and export, over every format: once, twice, interrupted, and refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from typer.testing import CliRunner, Result

from memoryos.cli import app
from memoryos.engine import MemoryEngine

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a memory of its own, without a terminal."""
    variables = {**dict.fromkeys(LEFT_OUT), "MEMORYOS_DATA": str(tmp_path / "memory")}

    def run_(*words: str, **options: Any) -> Result:
        return CliRunner(env=variables).invoke(app, [*words, "--embedder", "none"], **options)

    return run_


@pytest.fixture
def elsewhere(tmp_path: Path) -> tuple[str, str]:
    """Options that lead to another memory."""
    return ("--data", str(tmp_path / "elsewhere"))


def page_count(run: Run, *words: str) -> int:
    count: int = json.loads(run("stats", "--json", *words).stdout)["page_count"]
    return count


def a_line(number: int, **changes: Any) -> str:
    said = {"user_input": f"I saw owl {number}.", "agent_response": "Where?"}
    return json.dumps({**said, "timestamp": "2026-01-05", **changes})


@pytest.fixture
def owls(tmp_path: Path) -> Path:
    file = tmp_path / "owls.jsonl"
    file.write_text("\n".join(map(a_line, range(20))), encoding="utf-8")
    return file


@pytest.fixture
def mem0(tmp_path: Path) -> Path:
    memories = [
        {"id": f"m{number}", "memory": f"{user} keeps {pet}", "user_id": user,
         "created_at": "2026-01-05T00:00:00Z"}
        for number, (user, pet) in enumerate([("ann", "bees"), ("ann", "hens"), ("bob", "geese")])
    ]  # fmt: skip
    file = tmp_path / "mem0.json"
    file.write_text(json.dumps({"results": [*memories, {"id": "m9"}]}), encoding="utf-8")
    return file


@pytest.fixture
def chatgpt(tmp_path: Path) -> Path:
    def node(number: int, role: str, text: str) -> dict[str, Any]:
        return {
            "id": f"n{number}",
            "parent": f"n{number - 1}" if number else None,
            "message": {
                "author": {"role": role},
                "create_time": 1_767_600_000 + number,
                "content": {"content_type": "text", "parts": [text]},
            },
        }

    nodes = [node(0, "user", "I keep bees."), node(1, "assistant", "How many?")]
    talk = {
        "conversation_id": "c1",
        "title": "Bees",
        "current_node": "n1",
        "create_time": 1_767_600_000,
        "mapping": {one["id"]: one for one in nodes},
    }
    file = tmp_path / "conversations.json"
    file.write_text(json.dumps([talk]), encoding="utf-8")
    return file


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """A data folder of the original, of two users with one assistant."""
    folder = tmp_path / "original"
    for user in ("ann", "bob"):
        home = folder / "users" / user
        home.mkdir(parents=True)
        page = {
            "user_input": f"I am {user}.",
            "agent_response": "Hello!",
            "timestamp": "2026-01-05 10:00:00",
        }
        (home / "short_term.json").write_text(json.dumps([page]), encoding="utf-8")
    home = folder / "assistants" / "default_assistant_profile"
    home.mkdir(parents=True)
    knowledge = {"knowledge": "Recommends tea.", "timestamp": "2026-01-05 10:00:00"}
    (home / "long_term_assistant.json").write_text(
        json.dumps({"assistant_knowledge": [knowledge]}), encoding="utf-8"
    )
    return folder


# Once and twice ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "imported"),
    [
        ("owls", {"default": 20}),
        ("mem0", {"ann": 2, "bob": 1}),
        ("chatgpt", {"default": 1}),
        ("original", {"ann": 1, "bob": 1}),
    ],
)
def test_what_a_file_holds_is_told_from_it_and_imported_once(
    run: Run, request: pytest.FixtureRequest, name: str, imported: dict[str, int]
) -> None:
    file = str(request.getfixturevalue(name))
    assert json.loads(run("import", file, "--json").stdout)["imported"] == imported
    again = json.loads(run("import", file, "--json").stdout)
    assert again["already_there"] == imported
    assert set(again["imported"].values()) == {0}
    for user, pages in imported.items():
        assert page_count(run, "--user", user) == pages


def test_a_file_that_grew_adds_what_is_new(run: Run, owls: Path) -> None:
    run("import", str(owls))
    with owls.open("a", encoding="utf-8") as file:
        file.write("\n" + a_line(20) + "\n" + a_line(20))
    told = run("import", str(owls))
    assert told.stdout == "2 pages into the memory of default, 20 were there already\n"


def test_what_was_forgotten_is_not_imported_again(run: Run, owls: Path) -> None:
    """M9: the digest of a source outlives its page, until everything is forgotten."""
    run("import", str(owls))
    assert run("forget", "--page", "page-3", "--yes").exit_code == 0
    assert json.loads(run("import", str(owls), "--json").stdout)["imported"] == {"default": 0}
    assert page_count(run) == 19
    assert run("forget", "--everything", "--yes").exit_code == 0
    assert json.loads(run("import", str(owls), "--json").stdout)["imported"] == {"default": 20}


def test_an_interrupted_import_goes_on_where_it_was(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two batches; killed amid one, the store's transaction is not there at all."""
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(map(a_line, range(1200))), encoding="utf-8")
    write = MemoryEngine.import_pages

    def write_or_break(engine: MemoryEngine, *batch: Any, **names: Any) -> int:
        if engine.stats("default").page_count == 1000:
            raise KeyboardInterrupt
        return write(engine, *batch, **names)

    with monkeypatch.context() as patched:
        patched.setattr(MemoryEngine, "import_pages", write_or_break)
        assert run("import", str(file)).exit_code == 130
    assert page_count(run) == 1000
    told = run("import", str(file))
    assert told.stdout == "200 pages into the memory of default, 1,000 were there already\n"


# Whose it becomes --------------------------------------------------------------------------------


def test_a_named_user_is_chosen_of_several(run: Run, mem0: Path) -> None:
    told = json.loads(run("import", str(mem0), "--user", "bob", "--json").stdout)
    assert told["imported"] == {"bob": 1}
    refused = run("import", str(mem0), "--user", "eve")
    assert refused.exit_code == 2
    assert "it has 2 users or conversations: ann, bob" in refused.stderr


def test_a_named_user_of_the_original_gets_what_the_assistant_knows(
    run: Run, original: Path
) -> None:
    told = json.loads(run("import", str(original), "--json").stdout)
    assert [group["why"] for group in told["skipped"]] == [
        "is drawn from all users: import one to give it to"
    ]
    told = json.loads(run("import", str(original), "--user", "ann", "--json").stdout)
    assert (told["imported"], told["skipped"]) == ({"ann": 1}, [])


def test_the_only_user_of_a_file_can_be_renamed(run: Run, chatgpt: Path) -> None:
    assert run("import", str(chatgpt), "--user", "ann").stdout == (
        "1 page into the memory of ann\n"
    )


# What is left out --------------------------------------------------------------------------------


def test_what_is_skipped_is_told_by_its_reason_and_place(run: Run, mem0: Path) -> None:
    told = run("import", str(mem0))
    assert told.exit_code == 0
    assert "1 record skipped:\n  1 × has no memory (memory 4)\n" in told.stdout


def test_the_format_can_be_said(run: Run, owls: Path) -> None:
    assert run("import", str(owls), "--from", "chatgpt").exit_code == 2
    assert run("import", str(owls), "--from", "jsonl").exit_code == 0
    refused = run("import", str(owls.parent / "no such file"))
    assert (refused.exit_code, "there is no such file" in refused.stderr) == (2, True)


def test_a_line_that_is_too_long_is_passed_over_as_one(run: Run, owls: Path) -> None:
    long = a_line(1, user_input="x" * (17 << 20))
    owls.write_text("\n".join([a_line(0), long, a_line(2)]), encoding="utf-8")
    refused = run("import", str(owls))
    assert "line 2: is longer than 16,777,216 bytes" in refused.stderr
    told = json.loads(run("import", str(owls), "--skip-bad", "--json").stdout)
    assert told["imported"] == {"default": 2}


def test_a_file_of_nothing_but_bad_lines_is_given_up(run: Run, owls: Path) -> None:
    owls.write_text("x\n" * 100_001, encoding="utf-8")
    refused = run("import", str(owls), "--skip-bad")
    assert (refused.exit_code, "more than 100,000 bad records" in refused.stderr) == (2, True)


# Whole memories ----------------------------------------------------------------------------------


def test_an_exported_memory_is_imported_under_its_own_name(
    run: Run, elsewhere: tuple[str, str], tmp_path: Path
) -> None:
    run("add", "I live in Turin.", "Lovely!", "--user", "ann")
    file = str(tmp_path / "ann.jsonl")
    assert run("export", file, "--user", "ann").stdout == f"1 page and 1 fact in {file}\n"
    told = run("import", file, *elsewhere)
    assert told.stdout == "1 page into the memory of ann\n"
    again = run("import", file, *elsewhere)
    assert again.stdout == "0 pages into the memory of ann, 1 were there already\n"
    assert "lives in Turin" in run("profile", "--user", "ann", *elsewhere).stdout
    assert run("import", file, "--user", "eve", *elsewhere).exit_code == 0
    assert page_count(run, "--user", "eve", *elsewhere) == 1


def test_an_export_goes_through_a_pipe(run: Run, elsewhere: tuple[str, str]) -> None:
    for user in ("ann", "bob"):
        run("add", "I keep 蜂.", "Ça va ?", "--user", user)
    piped = run("export", "-", "--all-users").stdout_bytes
    told = json.loads(run("import", "-", *elsewhere, "--json", input=piped).stdout)
    assert told["imported"] == {"ann": 1, "bob": 1}
    assert "蜂" in run("search", "蜂", "--user", "bob", *elsewhere).stdout


def test_a_memory_that_is_there_is_told_how_to_go_on(run: Run, tmp_path: Path) -> None:
    run("add", "I keep bees.", "")
    run("export", str(tmp_path / "mine.jsonl"))
    refused = run("import", str(tmp_path / "mine.jsonl"))
    assert (refused.exit_code, "--user NAME" in refused.stderr) == (2, True)

"""The demo: the job that `make demo` does, for each language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from memoryos.cli import app
from memoryos.cli.demo import SCRIPTS, Language, Script


@pytest.mark.parametrize("language", list(Language))
def test_the_demo_finds_every_answer_and_knows_what_it_does_not_know(language: Language) -> None:
    told = CliRunner().invoke(app, ["demo", "--no-pause", "--json", "--language", language.value])
    assert told.exit_code == 0, told.output
    script = Script.load(language)
    replies = json.loads(told.stdout)["conversations"][language.value]
    assert [reply["query"] for reply in replies] == [asked["query"] for asked in script.questions]
    unknown = [asked["query"] for asked in script.questions if asked["expect"] is None]
    assert unknown
    assert [reply["query"] for reply in replies if not reply["found"]] == unknown
    assert all(reply["evidence"] for reply in replies if reply["found"])


def test_the_demo_shows_the_tiers_fill_in_plain_lines() -> None:
    told = CliRunner().invoke(app, ["demo", "--no-pause", "--language", "en"])
    assert "\x1b" not in told.stdout
    assert "short term 1/7, mid term 0 segments, long term" in told.stdout
    assert "short term 7/7, mid term 1 segment, long term" in told.stdout
    assert "learnt fact-2, job: data scientist" in told.stdout
    assert "? What is my dog's name?\n" in told.stdout
    assert "evidence: page-6 (said 2026-03-08)" in told.stdout


def test_the_demo_draws_the_tiers_side_by_side_on_a_terminal() -> None:
    terminal = {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm"}
    told = CliRunner(env=terminal).invoke(app, ["demo", "--no-pause", "--language", "en"])
    assert "short term 7/7" in told.stdout
    assert "╭" in told.stdout


def test_a_missing_answer_fails_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = json.loads((SCRIPTS / "es.json").read_text(encoding="utf-8"))
    script["questions"][0]["expect"] = "astronaut"
    (tmp_path / "es.json").write_text(json.dumps(script), encoding="utf-8")
    monkeypatch.setattr("memoryos.cli.demo.SCRIPTS", tmp_path)
    told = CliRunner().invoke(app, ["demo", "--no-pause", "--language", "es"])
    assert told.exit_code == 1
    assert "expected: astronaut" in told.stdout


def test_the_demo_leaves_ones_own_memory_alone(tmp_path: Path) -> None:
    folder = tmp_path / "memory"
    told = CliRunner(env={"MEMORYOS_DATA": str(folder)}).invoke(
        app, ["demo", "--no-pause", "--json", "--language", "es"]
    )
    assert told.exit_code == 0
    assert not folder.exists()


def test_a_demo_in_a_folder_of_ones_own_can_be_looked_at_afterwards(tmp_path: Path) -> None:
    folder = str(tmp_path / "memory")
    CliRunner().invoke(app, ["demo", "--no-pause", "--language", "es", "--data", folder])
    told = CliRunner().invoke(app, ["stats", "--user", "demo-es", "--json", "--data", folder])
    assert json.loads(told.stdout)["page_count"] == len(Script.load(Language.ES).pages)

"""The command line: what the user takes back or sets right."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import LEFT_OUT, Terminal, environment
from typer.testing import CliRunner, Result

from memoryos.cli import app

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run_(*words: str) -> Result:
        variables = {"MEMORYOS_DATA": str(tmp_path), "NO_COLOR": "1"}
        return CliRunner(env={**dict.fromkeys(LEFT_OUT), **variables}).invoke(app, list(words))

    return run_


@pytest.fixture
def talk(run: Run) -> None:
    """Three pages, the second of which says a fact."""
    for said in ("I painted the fence green.", "I live in Madrid.", "The fence is dry."):
        assert run("add", said).exit_code == 0


@pytest.mark.usefixtures("talk")
def test_a_dry_run_says_what_would_go_and_leaves_it(run: Run) -> None:
    shown = run("forget", "--page", "page-2", "--dry-run")
    assert shown.exit_code == 0
    assert "1 page: page-2" in shown.stdout
    assert "1 fact: fact-1" in shown.stdout
    assert "Madrid" not in shown.stdout
    assert "Madrid" in run("profile").stdout


@pytest.mark.usefixtures("talk")
def test_a_page_goes_with_what_it_taught(run: Run) -> None:
    """M9: ids as recall shows them work."""
    assert run("forget", "--page", "page-2", "--yes").exit_code == 0
    assert "Madrid" not in run("profile").stdout
    assert run("search", "Madrid").exit_code == 1
    again = run("forget", "--page", "page-2", "--yes")
    assert again.exit_code == 2
    assert "page-2" in again.stderr


@pytest.mark.usefixtures("talk")
def test_without_a_terminal_nothing_is_forgotten_unasked(run: Run) -> None:
    refused = run("forget", "--everything")
    assert refused.exit_code == 2
    assert "--yes" in refused.stderr
    assert "Madrid" in run("profile").stdout


@pytest.mark.usefixtures("talk")
def test_on_a_terminal_it_shows_what_would_go_and_asks(run: Run, tmp_path: Path) -> None:
    with Terminal("forget", "--text", "madrid", env=environment(tmp_path)) as terminal:
        shown = terminal.read_until("[y/N]:")
        assert "page-2" in shown
        terminal.type("y")
        terminal.read_until("forgotten:")
        assert terminal.process.wait(30) == 0
    assert "Madrid" not in run("profile").stdout


@pytest.mark.usefixtures("talk")
def test_words_that_nothing_holds_are_nothing_to_forget(run: Run) -> None:
    shown = run("forget", "--text", "submarine", "--yes", "--json")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["pages"] == []


@pytest.mark.usefixtures("talk")
def test_a_fact_set_right_is_superseded_and_stays_in_its_history(run: Run) -> None:
    corrected = run("correct", "fact-1", "lives in Berlin", "--json")
    assert json.loads(corrected.stdout) == {"superseded": "fact-1", "fact": "fact-2"}
    shown = run("profile").stdout
    assert "Berlin" in shown
    assert "Madrid" not in shown
    assert "Madrid" in run("why", "fact-1").stdout
    assert "Madrid" in run("history", "fact-2").stdout


def test_search_goes_back_in_time(run: Run) -> None:
    run("add", "I live in Madrid.", "--timestamp", "2020-01-01")
    run("add", "I moved to Berlin.", "--timestamp", "2024-01-01")
    now = json.loads(run("search", "Where do I live?", "--json").stdout)
    then = json.loads(run("search", "Where do I live?", "--as-of", "2022-01-01", "--json").stdout)
    told = [[fact["text"] for fact in found["user_knowledge"]] for found in (now, then)]
    assert told == [["lives in Berlin"], ["lives in Madrid"]]

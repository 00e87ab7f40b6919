"""`why` and `history`: where a belief comes from, what it was before, and what used it (M2, M8)."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Any

import pytest
from command_line import LEFT_OUT
from typer.testing import CliRunner, Result

from memoryos import Memoryos
from memoryos.cli import app
from memoryos.errors import UnknownIdError
from memoryos.llms.base import Purpose
from memoryos.model import Origin
from memoryos.testing.clock import FixedClock
from memoryos.testing.scripted_model import ScriptedModel


@pytest.fixture
def moved(memory: Memoryos, clock: FixedClock) -> Memoryos:
    """One who lived in Leeds (fact-1) and lives in Rotterdam (fact-2)."""
    for at, said in (("2024-03-02", "I live in Leeds."), ("2024-11-18", "I live in Rotterdam.")):
        clock.set(datetime.fromisoformat(at).replace(tzinfo=timezone.utc))
        memory.add_memory(said, "I see.", at)
        memory.flush()
    clock.advance(days=2)
    return memory


def test_why_tells_words_page_date_learner_confidence_and_whose_words(moved: Memoryos) -> None:
    """M8."""
    told = moved.why("fact-1")
    (source,) = told.sources
    assert (source.page_id, source.quote) == ("page-1", "I live in Leeds.")
    assert source.timestamp.date() == date(2024, 3, 2)
    assert (told.learner, told.origin) == ("rules", Origin.USER)
    assert told.confidence is not None
    assert 0 < told.confidence <= 1


def test_why_tells_what_a_fact_put_an_end_to_and_what_ended_it(moved: Memoryos) -> None:
    assert moved.why("fact-1").superseded_by == "fact-2"
    assert moved.why("fact-1").supersedes == ()
    assert moved.why("fact-2").supersedes == ("fact-1",)


def test_why_tells_the_day_that_the_words_speak_of(memory: Memoryos) -> None:
    memory.add_memory("Yesterday I went to the dentist.", "Ouch.", "2023-05-08")
    assert memory.why("page-1").sources[0].event_date == date(2023, 5, 7)


def test_why_tells_how_often_recall_used_it(moved: Memoryos) -> None:
    assert moved.why("fact-2").uses == ()
    for _ in range(2):
        moved.retrieve_memory("Where do I live?")
    (use,) = moved.why("fact-2").uses
    assert (use.reply, use.count) == (None, 2)


def test_why_tells_which_replies_it_entered(
    open_memory: Callable[..., Memoryos],
) -> None:
    memory = open_memory(chat_model=ScriptedModel({Purpose.REPLY: ["In Leeds."]}))
    memory.add_memory("I live in Leeds.", "I see.")
    memory.get_response("Where do I live?")
    replies = [use.reply for use in memory.why("page-1").uses if use.reply]
    assert replies == ["page-2"]


def test_history_tells_what_was_and_what_is_in_order(moved: Memoryos) -> None:
    """M2, from either end."""
    for item in ("fact-1", "fact-2"):
        told = moved.history(item)
        assert (told.id, told.attribute) == (item, "home")
        before, after = told.statements
        assert (before.text, after.text) == ("lives in Leeds", "lives in Rotterdam")
        assert before.valid_to == after.valid_from
        assert (before.superseded_by, after.valid_to) == ("fact-2", None)
        assert after.sources[0].quote == "I live in Rotterdam."


def test_history_of_a_matter_leaves_other_matters_out(moved: Memoryos) -> None:
    moved.add_memory("I work as a nurse.", "I see.")
    moved.flush()
    assert [item.text for item in moved.history("fact-3").statements] == ["works as a nurse"]


def test_history_is_data_that_cannot_be_changed(moved: Memoryos) -> None:
    told = moved.history("fact-1")
    with pytest.raises(dataclasses.FrozenInstanceError):
        told.id = "fact-9"  # type: ignore[misc]


@pytest.mark.parametrize("item", ["fact-99", "trait-1", "page-1", "nonsense"])
def test_what_is_unknown_or_has_no_history_is_refused(moved: Memoryos, item: str) -> None:
    with pytest.raises(UnknownIdError):
        moved.history(item)


@pytest.fixture
def run(moved: Memoryos, where: dict[str, Any]) -> Callable[..., Result]:
    moved.close()
    variables = {
        **dict.fromkeys(LEFT_OUT),
        "MEMORYOS_DATA": str(where["data_storage_path"]),
        "MEMORYOS_DATABASE_URL": where.get("database_url", ""),
    }

    def run_(*words: str) -> Result:
        return CliRunner(env=variables).invoke(app, [*words, "--user", "tom"])

    return run_


def test_the_command_line_shows_history_with_words_and_days(run: Callable[..., Result]) -> None:
    lines = run("history", "fact-2").stdout.splitlines()
    assert lines[0] == "fact-2: home of the user"
    assert lines[1] == "fact-1  from 2024-03-02 until 2024-11-18  lives in Leeds"
    assert lines[2] == "  page-1  2024-03-02 00:00  “I live in Leeds.”"
    assert lines[3] == "fact-2  from 2024-11-18  lives in Rotterdam"


def test_the_command_line_gives_history_as_json(run: Callable[..., Result]) -> None:
    told = json.loads(run("history", "fact-1", "--json").stdout)
    assert [item["id"] for item in told["statements"]] == ["fact-1", "fact-2"]
    assert told["statements"][0]["valid_to"] == "2024-11-18T00:00:00+00:00"


def test_the_command_line_refuses_what_has_no_history(run: Callable[..., Result]) -> None:
    assert run("history", "fact-99").exit_code == 2


def test_why_on_the_command_line_shows_confidence_and_what_ended_what(
    run: Callable[..., Result],
) -> None:
    told = run("why", "fact-2").stdout
    assert "in words of the user" in told
    assert "superseded\tfact-1" in told
    assert "superseded by\tfact-2" in run("why", "fact-1").stdout

"""Event dates out of the words and the page's own time, and the time a question names.

The labelled sets were written before the code was measured on them.
"""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from builders import NOON, a_page, minutes
from memories import a_memory, ask

from memoryos import Memoryos
from memoryos.testing.clock import FixedClock
from memoryos.text.dates import event_date, find_dates, find_starts, time_window
from memoryos.working_set import WorkingSet

DATA = Path(__file__).parent / "data"


def labelled(name: str) -> list[Any]:
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["id"]) for line in lines]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.utc)


def days(text: str, language: str = "en", said_at: datetime = NOON) -> list[tuple[str, str]]:
    mentions = find_dates(text, said_at=said_at, language=language)
    return [(str(mention.first), str(mention.last)) for mention in mentions]


@pytest.mark.parametrize("labelled", labelled("event_dates"))
def test_the_day_of_an_event_is_told_by_the_words(labelled: dict[str, Any]) -> None:
    """M3: within the stretch that the words name; for one day, that day."""
    told = event_date(
        labelled["text"], said_at=utc(labelled["said_at"]), language=labelled["language"]
    )
    if labelled["event_date"] is None:
        assert told is None
    else:
        first = labelled.get("event_from", labelled["event_date"])
        last = labelled.get("event_to", labelled["event_date"])
        assert told is not None
        assert first <= str(told) <= last


@pytest.mark.parametrize("labelled", labelled("time_questions"))
def test_a_question_tells_the_time_it_asks_about(labelled: dict[str, Any]) -> None:
    window = time_window(
        labelled["question"], now=utc(labelled["asked_at"]), language=labelled["language"]
    )
    if labelled["from"] is None:
        assert window is None
    else:
        assert window is not None
        last = window.end - timedelta(days=1)
        assert (str(window.start.date()), str(last.date())) == (labelled["from"], labelled["to"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I've had it for three years now.", "en"),
        ("She's lived here for three years.", "en"),
        ("My sister's been a nurse for three years.", "en"),
        ("I haven't seen her for three years.", "en"),
        ("He's there three years already.", "en"),
        ("Llevo tres años aquí.", "es"),
        ("Ich bin schon drei Jahre hier.", "de"),
        ("3年間ピアノを習っています。", "ja"),
        ("3년 동안 피아노를 배우고 있어요.", "ko"),
    ],
)
def test_what_still_goes_on_tells_when_it_began(text: str, language: str) -> None:
    began = find_starts(text, said_at=NOON, language=language)
    assert [str(start.day) for start in began] == ["2023-03-02"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("She's on holiday for three days, the course starts after.", "en"),
        ("The dog's bowl lasts three days.", "en"),
        ("I have to stay in for two weeks.", "en"),
        ("We've booked the hall for two weeks.", "en"),
        ("Arreglarlo me lleva dos días.", "es"),
        ("Schon zwei Wochen später war alles anders.", "de"),
        ("3日間の旅行に行きます。", "ja"),
        ("3일 동안 여행을 갔어요.", "ko"),
    ],
)
def test_how_long_something_takes_tells_no_beginning(text: str, language: str) -> None:
    assert find_starts(text, said_at=NOON, language=language) == ()


def test_days_of_the_calendar_with_a_name_are_dates() -> None:
    assert days("We moved at Christmas.") == [("2025-12-25", "2025-12-25")]
    assert days("We will move next Christmas.") == [("2026-12-25", "2026-12-25")]
    assert days("Lo scorso Natale siamo rimasti a casa.", "it") == [("2025-12-25", "2025-12-25")]
    assert days("An Silvester 2023 hat es geschneit.", "de") == [("2023-12-31", "2023-12-31")]


def test_a_name_that_dates_nothing_is_no_date() -> None:
    assert days("I love Christmas.") == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("between the 3rd and the 10th of January", "en"),
        ("January 3-10", "en"),
        ("dal 3 al 10 gennaio", "it"),
        ("entre el 3 y el 10 de enero", "es"),
        ("vom 3. bis zum 10. Januar", "de"),
        ("du 3 au 10 janvier", "fr"),
    ],
)
def test_a_range_of_days_is_one_stretch_of_time(text: str, language: str) -> None:
    assert days(text, language) == [("2026-01-03", "2026-01-10")]


def test_a_range_that_runs_backwards_is_no_date() -> None:
    assert days("from 20 to 3 January") == []


def test_of_several_times_in_a_question_the_most_precise_counts() -> None:
    window = time_window("last summer, I mean in August 2025?", now=NOON, language="en")
    assert window is not None
    assert window.start.date() == date(2025, 8, 1)


@pytest.fixture
def told_later() -> WorkingSet:
    """Two trips told of in June, one of them long after it was made."""
    june = datetime(2025, 6, 20, 12, 0, tzinfo=timezone.utc)
    return a_memory(
        a_page(1, "We took the boat to Elba last week.", timestamp=june),
        a_page(2, "We took the boat to Capri two months ago.", timestamp=june + minutes(1)),
    )


def test_what_was_told_later_is_recalled_by_its_own_date(told_later: WorkingSet) -> None:
    found = ask(told_later, "Where did we take the boat in April 2025?")
    assert found.by_rank()[0].id == "page-2"
    assert found.by_rank()[0].signals["date"] > found.by_rank()[1].signals["date"]


def test_what_was_done_last_weekend_is_recalled_first(memory: Memoryos, clock: FixedClock) -> None:
    clock.set(datetime(2026, 1, 14, 9, 0, tzinfo=timezone.utc))
    memory.add_memory("I went climbing with Ana.", "Nice!", "2025-12-06 18:00:00")
    memory.add_memory("I went sailing with Ana.", "Nice!", "2026-01-11 18:00:00")
    found = memory.retrieve_memory("What did I do with Ana last weekend?")
    assert "sailing" in found.by_rank()[0].user_input


def test_a_recalled_page_tells_when_it_was_said_and_what_day_it_speaks_of(
    memory: Memoryos,
) -> None:
    """M3."""
    memory.add_memory("yesterday I went to the dentist", "Ouch.", "2023-05-08")
    (page,) = memory.retrieve_memory("dentist").pages
    assert page.timestamp.date() == date(2023, 5, 8)
    assert page.event_date == date(2023, 5, 7)
    assert page.age_seconds > 0

"""The interface people use: what they hand in and what they get back."""

from __future__ import annotations

import gc
import inspect
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from memoryos import Memoryos
from memoryos.config import default_data_folder
from memoryos.errors import UnknownIdError
from memoryos.model import Speaker
from memoryos.testing.clock import FixedClock

THE_ORIGINALS_ORDER = [
    "user_id", "openai_api_key", "data_storage_path", "openai_base_url", "assistant_id",
    "short_term_capacity", "mid_term_capacity", "long_term_knowledge_capacity",
    "retrieval_queue_capacity", "mid_term_heat_threshold", "mid_term_similarity_threshold",
    "llm_model", "embedding_model_name", "embedding_model_kwargs",
]  # fmt: skip


def test_arguments_stand_in_the_originals_order() -> None:
    positional = [
        name
        for name, parameter in inspect.signature(Memoryos).parameters.items()
        if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]
    assert positional == THE_ORIGINALS_ORDER


def test_a_page_is_recalled_as_soon_as_it_is_added(memory: Memoryos) -> None:
    page_id = memory.add_memory("I adopted a greyhound called Pixel.", "Congratulations!")
    (page,) = memory.retrieve_memory("What is the name of my greyhound?").pages
    assert (page.id, page.rank, page.user_input) == (
        page_id, 1, "I adopted a greyhound called Pixel.",
    )  # fmt: skip
    assert "Pixel" in page.excerpt


def test_every_recalled_page_explains_itself(memory: Memoryos) -> None:
    """R6: the signals add up to the score."""
    memory.add_memory("I adopted a greyhound called Pixel.", "Congratulations!")
    (page,) = memory.retrieve_memory("greyhound").pages
    assert sum(page.signals.values()) == pytest.approx(page.score, abs=1e-4)
    assert "lexical" in page.why


def test_every_recalled_fact_explains_itself(memory: Memoryos) -> None:
    """R6: the signals add up to the score."""
    memory.add_memory("I work as a nurse. I love jazz.", "Thank you for that.")
    memory.flush()
    recalled = memory.retrieve_memory("Do I love jazz?").user_knowledge
    assert "jazz" in recalled[0].text
    for fact in recalled:
        assert sum(fact.signals.values()) == pytest.approx(fact.score, abs=1e-4)


def test_a_recalled_page_carries_its_dates(memory: Memoryos, clock: FixedClock) -> None:
    """M3: recorded-at, event date and age."""
    recorded_at = clock()
    memory.add_memory("Yesterday I went to the dentist.", "Ouch.", "2023-05-08")
    clock.advance(days=1)
    (page,) = memory.retrieve_memory("When did I go to the dentist?").pages
    assert str(page.event_date) == "2023-05-07"
    assert page.recorded_at == recorded_at
    assert page.age_seconds == (clock() - page.timestamp).total_seconds()


def test_at_most_the_pages_asked_for_come_back(open_memory: Callable[..., Memoryos]) -> None:
    memory = open_memory(retrieval_queue_capacity=3)
    for day in range(1, 9):
        memory.add_memory(f"Kayak tour number {day} on the river.", "Great.")
    assert len(memory.retrieve_memory("kayak tour").pages) == 3
    assert len(memory.retrieve_memory("kayak tour", max_results=5).pages) == 5


def test_pages_come_in_order_of_time(memory: Memoryos) -> None:
    for day in (5, 1, 3):
        memory.add_memory(f"Kayak tour {day} on the river.", "Great.", f"2026-01-0{day}")
    times = [page.timestamp for page in memory.retrieve_memory("kayak tour").pages]
    assert times == sorted(times)


def test_an_empty_memory_says_nothing(memory: Memoryos) -> None:
    """R1."""
    recall = memory.retrieve_memory("What do you know about me?")
    assert (recall.pages, recall.user_knowledge, recall.short_term) == ((), (), ())
    assert (recall.to_prompt(), memory.get_user_profile_summary()) == ("", "")
    assert not memory.get_user_profile()


def test_a_query_about_nothing_returns_nothing(memory: Memoryos) -> None:
    """R1."""
    memory.add_memory("I adopted a greyhound called Pixel.", "Congratulations!")
    recall = memory.retrieve_memory("xqzw vbnkl frtyp")
    assert (recall.pages, recall.user_knowledge) == ((), ())
    assert len(recall.short_term) == 1


@pytest.mark.parametrize("language", ["it", "es"])
def test_the_originals_demo_runs_word_for_word(
    benchmark_data: Callable[[str], Path], tmp_path: Path, language: str
) -> None:
    script = benchmark_data(f"original_demo_{language}.py")
    shown = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    job = {"it": "data scientist", "es": "científico de datos"}[language]
    assert job in shown.stdout.splitlines()[-1]
    assert "Traceback" not in shown.stderr


def test_an_answer_names_its_page_and_is_kept_but_never_learnt_from(memory: Memoryos) -> None:
    """M5, for the answers we make ourselves."""
    memory.add_memory("I work as a data scientist in San Francisco.", "Nice to meet you.")
    memory.flush()
    before = memory.knowledge()
    response = memory.get_response("What do I do for work?")
    assert "data scientist" in response
    assert "page-1" in response
    memory.flush()
    assert memory.get_memory_stats()["page_count"] == 2
    assert memory.knowledge() == before


def test_what_the_user_says_in_a_question_is_learnt(memory: Memoryos) -> None:
    memory.get_response("I work as a nurse. What do you know about me?")
    memory.flush()
    assert [fact.value for fact in memory.knowledge()] == ["nurse"]


def test_an_answer_says_when_memory_holds_nothing(memory: Memoryos) -> None:
    memory.add_memory("I work as a data scientist.", "Nice to meet you.")
    assert "page-" not in memory.get_response("Which telescope did my uncle buy?")


def test_the_name_a_user_gives_is_used_in_recall(memory: Memoryos) -> None:
    memory.add_memory("Hi, I'm Tom.", "Hello!")
    memory.flush()
    assert memory.get_user_profile().value("name") == "Tom"
    assert memory.retrieve_memory("What does Tom like?").names.user == "Tom"


def test_why_shows_the_words_the_page_and_the_learner(memory: Memoryos) -> None:
    """M8, invariant 9."""
    page_id = memory.add_memory("I work as a nurse.", "Thank you for that.", "2026-01-05")
    memory.flush()
    (fact,) = memory.knowledge()
    explanation = memory.why(fact.id)
    assert explanation.learner == "rules"
    (source,) = explanation.sources
    assert (source.page_id, source.quote) == (page_id, "I work as a nurse.")
    assert str(source.timestamp.date()) == "2026-01-05"


@pytest.mark.parametrize("item_id", ["fact-99", "page-0", "nonsense", "", "page--1", "segment-²"])
def test_why_of_an_unknown_id_says_so(memory: Memoryos, item_id: str) -> None:
    with pytest.raises(UnknownIdError):
        memory.why(item_id)


def test_the_same_exchange_ten_times_is_one_fact_with_ten_pieces_of_evidence(
    memory: Memoryos,
) -> None:
    """M1."""
    for _ in range(10):
        memory.add_memory("I work as a nurse.", "Thank you for that.")
    memory.flush()
    (fact,) = memory.knowledge()
    assert len({evidence.page for evidence in fact.evidence}) == 10
    assert memory.get_memory_stats()["page_count"] == 10


def test_small_talk_teaches_nothing(memory: Memoryos) -> None:
    """M7."""
    for greeting in ("Hi there!", "How are you?", "Ciao, come stai?", "Thanks, bye!", "Gracias 😊"):
        memory.add_memory(greeting, "Hello! I'm happy to help. How are you today?")
    memory.flush()
    assert memory.knowledge(Speaker.USER) == memory.knowledge(Speaker.AGENT) == ()
    assert not memory.get_user_profile()


def test_stats_have_the_names_the_original_used(memory: Memoryos) -> None:
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    memory.flush()
    stats = memory.get_memory_stats()
    assert (stats["user_id"], stats["short_term_count"], stats["has_user_profile"]) == (
        "tom", 1, True,
    )  # fmt: skip
    assert {"mid_term_sessions_count", "assistant_knowledge_count"} <= stats.keys()


def test_a_memory_that_nobody_holds_any_more_ends_its_thread(tmp_path: Path) -> None:
    """The original had no close()."""
    memory = Memoryos("tom", data_storage_path=tmp_path)
    worker = memory.engine._worker
    assert worker is not None
    assert all(thread.is_alive() for thread in worker._threads)
    del memory
    gc.collect()
    assert not any(thread.is_alive() for thread in worker._threads)


def test_a_placeholder_key_means_no_model_and_is_said_once(
    open_memory: Callable[..., Memoryos], caplog: pytest.LogCaptureFixture
) -> None:
    open_memory(openai_api_key="YOUR_OPENAI_API_KEY", openai_base_url="")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "placeholder" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="elsewhere it is not $HOME that says where")
@pytest.mark.sqlite
def test_memory_is_kept_in_a_folder_of_the_user_unless_told(
    open_memory: Callable[..., Memoryos], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W10: of the user who runs it, and for nobody else."""
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    open_memory(data_storage_path=None).add_memory("I work as a nurse.", "Thank you for that.")
    (database,) = tmp_path.rglob("memoryos.db")
    assert default_data_folder() == database.parent
    assert (stat.S_IMODE(database.parent.stat().st_mode), len(list(tmp_path.iterdir()))) == (
        0o700, 1,
    )  # fmt: skip


WITHOUT_SOCKETS = """
import socket, sys
def refuse(*args, **kwargs):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.socket.bind = refuse
socket.getaddrinfo = socket.create_connection = refuse
from memoryos import Memoryos
with Memoryos("tom", data_storage_path=sys.argv[1]) as memory:
    memory.add_memory("Yesterday I went to the dentist. I work as a nurse.", "Ouch.")
    memory.flush()
    print(memory.get_response("When did I go to the dentist?"))
"""


def test_a_memory_lives_without_any_socket(tmp_path: Path) -> None:
    """Invariant 11, with all the defaults."""
    shown = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKETS, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "page-1" in shown.stdout


def test_the_library_prints_nothing(
    open_memory: Callable[..., Memoryos], capfd: pytest.CaptureFixture[str]
) -> None:
    """Invariant 10."""
    memory = open_memory()
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    memory.get_response("What do I do?")
    memory.flush()
    memory.close()
    assert capfd.readouterr() == ("", "")

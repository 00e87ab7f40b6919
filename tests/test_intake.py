"""What bad input gets: a typed error that says what to do, before anything is written."""

from __future__ import annotations

from typing import Any

import pytest

from memoryos import Memoryos, MemoryOSError
from memoryos.errors import InvalidArgumentError, UnreadableTimestampError

HOSTILE = [
    "../../etc/passwd",
    "/etc/passwd",
    "C:\\Windows",
    "a'; DROP TABLE pages; --",
    "…",
    "👩‍🚀",
]


def refused(memory: Memoryos, *arguments: Any, **named: Any) -> str:
    with pytest.raises(MemoryOSError) as caught:
        memory.add_memory(*arguments, **named)
    assert isinstance(caught.value, InvalidArgumentError)
    assert memory.get_memory_stats()["page_count"] == 0
    return str(caught.value)


@pytest.mark.parametrize("blank", ["", "  ", "\n\t", "\u3000"])
def test_a_page_with_two_blank_halves_is_refused(memory: Memoryos, blank: str) -> None:
    assert "both empty" in refused(memory, blank, "")


def test_one_half_may_be_empty(memory: Memoryos) -> None:
    assert memory.add_memory("", "Good morning! What are we building?") == "page-1"
    assert memory.add_memory("Bye.", "") == "page-2"


@pytest.mark.parametrize("half", [None, 7, b"bytes", ["a"], {"a": 1}])
def test_a_half_that_is_no_text_is_refused(memory: Memoryos, half: Any) -> None:
    assert "user_input must be text" in refused(memory, half, "Hello")


def test_a_half_over_the_limit_is_refused_with_the_limit(memory: Memoryos) -> None:
    """W11."""
    assert "100,000" in refused(memory, "é" * 50_001, "")
    assert memory.add_memory("é" * 50_000, "") == "page-1"


def test_half_a_character_is_refused_with_its_place(memory: Memoryos) -> None:
    assert "position 3" in refused(memory, "abc\ud800", "")


def test_a_nul_character_is_refused(memory: Memoryos) -> None:
    assert "NUL" in refused(memory, "a\0b", "")


@pytest.mark.parametrize("when", ["soon", "", "2023-13-45", "32 May 2023", 12, True, b"2023-05-08"])
def test_an_unreadable_timestamp_is_refused_with_the_forms_that_are_read(
    memory: Memoryos, when: Any
) -> None:
    with pytest.raises(UnreadableTimestampError, match="ISO 8601"):
        memory.add_memory("Hello", "Hi", timestamp=when)
    assert memory.get_memory_stats()["page_count"] == 0


@pytest.mark.parametrize("meta", [[1], "text", {1: "a"}, {"a": object()}, {"a": float("nan")}])
def test_meta_data_that_is_no_json_is_refused(memory: Memoryos, meta: Any) -> None:
    assert "meta_data" in refused(memory, "Hello", "Hi", meta_data=meta)


def nested(levels: int) -> dict[str, Any]:
    meta: dict[str, Any] = {}
    for _ in range(levels - 1):
        meta = {"inner": meta}
    return meta


def test_meta_data_that_readers_could_not_take_in_is_refused(memory: Memoryos) -> None:
    cyclic: list[Any] = []
    cyclic += [cyclic, cyclic]
    assert "32 levels" in refused(memory, "Hello", "Hi", meta_data=nested(33))
    assert "32 levels" in refused(memory, "Hello", "Hi", meta_data={"a": cyclic})
    assert "text keys" in refused(memory, "Hello", "Hi", meta_data={"a": [{1: "x", "1": "y"}]})
    memory.add_memory("Hello", "Hi", meta_data=nested(32))
    assert memory.retrieve_memory("Hello").short_term[0].meta_data == nested(32)


def test_meta_data_comes_back_as_it_was_given(memory: Memoryos) -> None:
    meta = {"source": "phone", "tags": ["a", 1, None], "nested": {"ü": True}}
    memory.add_memory("I bought a red kayak.", "Nice!", meta_data=meta)
    (page,) = memory.retrieve_memory("red kayak").pages
    assert page.meta_data == meta


@pytest.mark.parametrize("name", HOSTILE)
def test_any_identifier_is_data(open_memory: Any, tmp_path: Any, name: str) -> None:
    """W11: nothing outside the data folder is touched."""
    memory = open_memory(name, assistant_id=name)
    memory.add_memory("My kayak is red.", "Nice!", conversation_id=name)
    assert len(memory.retrieve_memory("kayak").pages) == 1
    found = {path.relative_to(tmp_path).as_posix().split("-")[0] for path in tmp_path.rglob("*")}
    assert found <= {"memory", "memory/memoryos.db"}


@pytest.mark.parametrize("name", ["", "  ", None, 7, "a\0b", "\ud800", "x" * 10_000])
def test_identifiers_that_cannot_be_kept_are_refused(open_memory: Any, name: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="user_id"):
        open_memory(name)


@pytest.mark.parametrize(
    "setting",
    [
        {"short_term_capacity": 0},
        {"retrieval_queue_capacity": "7"},
        {"mid_term_heat_threshold": -1},
        {"mid_term_heat_threshold": float("nan")},
        {"policy": "papers"},
        {"embedding_model_name": ""},
        {"user_name": ""},
        {"openai_api_key": 7},
        {"openai_base_url": "http://[::1"},
        {"data_storage_path": 7},
        {"data_storage_path": "a\0b"},
        {"mid_term_heat_threshold": float("inf")},
    ],
)
def test_a_setting_out_of_range_is_refused_by_name(
    open_memory: Any, setting: dict[str, Any]
) -> None:
    with pytest.raises(InvalidArgumentError, match=next(iter(setting))):
        open_memory(**setting)


def test_a_recall_for_a_conversation_that_can_be_none_is_refused(memory: Memoryos) -> None:
    with pytest.raises(InvalidArgumentError, match="conversation_id"):
        memory.retrieve_memory("kayak", conversation_id="")


@pytest.mark.parametrize("count", [0, -1, 1.5, "3", True])
def test_a_recall_of_no_pages_is_refused(memory: Memoryos, count: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="max_results"):
        memory.retrieve_memory("kayak", max_results=count)

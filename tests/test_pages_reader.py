"""The reader of JSONL pages."""

from __future__ import annotations

import json

import pytest

from memoryos.errors import UnreadableInputError
from memoryos.transfer.pages import BadRecord, PageRecord, read_pages

GOOD = json.dumps({"user_input": "Ciao!", "agent_response": "Hello."}).encode()


def test_a_line_is_a_page_with_all_that_it_tells() -> None:
    told = {
        "user_input": "I moved to Oakland.",
        "agent_response": "",
        "timestamp": "2026-03-30T19:05:00Z",
        "meta_data": {"source": "phone"},
        "conversation_id": "spring",
    }
    assert list(read_pages([json.dumps(told).encode()])) == [PageRecord("line 1", **told)]


def test_blank_lines_are_passed_over_and_still_counted() -> None:
    pages = list(read_pages([b"\xef\xbb\xbf" + GOOD, b"\n", b"  ", GOOD + b"\r\n"]))
    assert [page.where for page in pages] == ["line 1", "line 4"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b"nonsense", "is not JSON"),
        (b"[1, 2]", "holds a list"),
        (b'{"user_input": "a"}', "has no agent_response"),
        (b"{}", "has no user_input and no agent_response"),
        (b'{"user_input": "\xff", "agent_response": ""}', "is not UTF-8"),
        (b"[" * 100_000, "is not JSON"),
        (b'{"user_input": "a", "agent_response": "b", "time": 1}', "unknown field 'time'"),
    ],
)
def test_a_bad_line_is_named_and_refused(line: bytes, problem: str) -> None:
    with pytest.raises(UnreadableInputError, match=f"line 2: .*{problem}"):
        list(read_pages([GOOD, line]))


def test_bad_lines_are_passed_over_where_the_caller_counts_them() -> None:
    bad: list[BadRecord] = []
    pages = list(read_pages([GOOD, b"nonsense", GOOD, b"7"], on_bad=bad.append))
    assert [page.where for page in pages] == ["line 1", "line 3"]
    assert [record.where for record in bad] == ["line 2", "line 4"]

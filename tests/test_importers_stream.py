"""The streaming reader of JSON files: values by their place, whatever the file is like."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memoryos.errors import UnreadableInputError
from memoryos.transfer import json_stream
from memoryos.transfer.json_stream import Pattern, Unreadable, Value, read_values


def read(content: bytes, *patterns: Pattern) -> list[Value | Unreadable]:
    return list(read_values(io.BytesIO(content), *(patterns or ((int,),))))


class Stream(io.RawIOBase):
    """A file that is made while it is read."""

    def __init__(self, head: bytes, body: bytes, repeats: int, tail: bytes) -> None:
        self._head, self._body, self._repeats, self._tail = head, body, repeats, tail

    def read(self, size: int = -1) -> bytes:
        if self._head:
            chunk, self._head = self._head, b""
        elif self._repeats:
            chunk, self._repeats = self._body, self._repeats - 1
        else:
            chunk, self._tail = self._tail, b""
        return chunk


def test_values_are_found_by_keys_and_places() -> None:
    content = json.dumps(
        {
            "sessions": {"a": {"details": [1, [2]], "summary": [3]}, "b": {"details": [{"x": 4}]}},
            "details": [5],
        }
    ).encode()
    assert read(content, ("sessions", str, "details", int)) == [
        Value(("sessions", "a", "details", 0), 1),
        Value(("sessions", "a", "details", 1), [2]),
        Value(("sessions", "b", "details", 0), {"x": 4}),
    ]
    assert read(content, ("details",), ("sessions", "a", "summary", int)) == [
        Value(("sessions", "a", "summary", 0), 3),
        Value(("details",), [5]),
    ]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(max_examples=60, deadline=None)
@given(elements=st.lists(values), indent=st.sampled_from([None, 2]), ascii_only=st.booleans())
def test_whatever_json_writes_is_read_back(
    elements: list[Any], indent: int | None, ascii_only: bool
) -> None:
    content = json.dumps(elements, indent=indent, ensure_ascii=ascii_only).encode(
        errors="surrogatepass"
    )
    assert [item.value for item in read(content) if isinstance(item, Value)] == elements


@pytest.mark.parametrize("size", range(1, 9))
def test_chunks_may_end_anywhere(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(json_stream, "CHUNK_BYTES", size)
    content = b'\xef\xbb\xbf {"a\\"b": [ {"q": "\\\\\\"]}{"} , -1.5e3, true ], "c": "\\u00e8"} \n'
    assert read(content, ('a"b', int), ("c",)) == [
        Value(('a"b', 0), {"q": '\\"]}{'}),
        Value(('a"b', 1), -1500.0),
        Value(('a"b', 2), True),
        Value(("c",), "è"),
    ]


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        (b"[1, 2}", "is not JSON"),
        (b'{"a": }', "is not JSON"),
        (b"", "is not JSON"),
        (b"nul", "is not JSON"),
        (b"1" * 5_000, "is not JSON"),
        (b'"\xff"', "is not UTF-8"),
        (b"[" * 100_000 + b"]" * 100_000, "is nested too deeply"),
    ],
)
def test_a_broken_value_costs_itself_alone(element: bytes, problem: str) -> None:
    before, broken, after = read(b'[{"a": 1}, ' + element + b', "b"]')
    assert (before, after) == (Value((0,), {"a": 1}), Value((2,), "b"))
    assert isinstance(broken, Unreadable)
    assert broken.problem.startswith(problem)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "ends at byte 0"),
        (b"[1, 2", "ends at byte 5"),
        (b'[1, {"a": "', "ends at byte 11"),
        (b'[1, "\\', "ends at byte"),
        (b"[1 2]", "at byte 3 it should have ']'"),
        (b'{"a" 1}', "at byte 5 it should have ':'"),
        (b"{a: 1}", "at byte 1 it should have a key"),
        (b'{"' + b"a" * 20_000 + b'": 1}', "has a key that is longer"),
        (b"[1] [2]", "at byte 4 it goes on after its end"),
        (b"\xff\xfe[\0", "ends at byte"),
    ],
)
def test_a_broken_frame_ends_the_reading_at_its_place(content: bytes, problem: str) -> None:
    with pytest.raises(UnreadableInputError, match="file") as refused:
        read(content, (int,), (str,))
    assert problem in str(refused.value)


def test_what_precedes_the_break_is_given_first() -> None:
    reading = read_values(io.BytesIO(b"[1, 2, "), (int,))
    assert [next(reading), next(reading)] == [Value((0,), 1), Value((1,), 2)]
    with pytest.raises(UnreadableInputError, match="only in part"):
        list(reading)


def test_numbers_that_are_no_json_become_none() -> None:
    assert read(b"[[NaN, Infinity, -Infinity]]") == [Value((0,), [None, None, None])]


def test_a_line_of_hundreds_of_megabytes_is_passed_over_in_bounded_memory() -> None:
    endless = Stream(b'[1, ["', b"x" * 65_536, 4_096, b'"], 2]')
    tracemalloc.start()
    try:
        found = list(read_values(endless, (int,)))  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found[0::2] == [Value((0,), 1), Value((2,), 2)]
    assert isinstance(found[1], Unreadable)
    assert found[1].problem.startswith("is longer than")
    assert peak < 3 * json_stream.MAX_VALUE_BYTES

"""Reading the object that was asked for out of what models say (W6)."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.errors import UnreadableOutputError
from memoryos.llms.lenient_json import MAX_CHARACTERS, MAX_DEPTH, values_in
from memoryos.llms.structured import read_structured
from memoryos.llms.thinking import spoken, without_thinking


def schema(**properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


FACT = {"type": "object", "properties": {"value": {"type": "string"}}}
FACTS = schema(facts={"type": "array", "items": FACT})
JAZZ = {"facts": [{"value": "jazz"}]}

READABLE = {
    "as asked": '{"facts": [{"value": "jazz"}]}',
    "a fence": '```json\n{"facts": [{"value": "jazz"}]}\n```',
    "a fence that is not closed": '```\n{"facts": [{"value": "jazz"}]}',
    "prose around it": 'Here you are: {"facts": [{"value": "jazz"}]} Anything {else}?',
    "brackets in the prose": 'As of [1] {sic}: {"facts": [{"value": "jazz"}]}',
    "a thought": '<think>{"facts": []}?</think>{"facts": [{"value": "jazz"}]}',
    "a thought opened in the prompt": 'So {"facts": []}</think>{"facts": [{"value": "jazz"}]}',
    "trailing commas": '{"facts": [{"value": "jazz",},],}',
    "doubled commas": '{"facts": [,{"value": "jazz"},,],}',
    "Python's quotes": "{'facts': [{'value': 'jazz'}]}",
    "bare names": '{facts: [{value: "jazz"}]}',
    "a line comment": '{"facts": [ // all of them\n{"value": "jazz"} # yes\n]}',
    "a block comment": '{"facts": /* one ] */ [{"value": "jazz"}]}',
    "a byte order mark": '\ufeff{"facts": [{"value": "jazz"}]}',
    "a bare list": '[{"value": "jazz"}]',
    "an unknown key around it": '{"response": {"facts": [{"value": "jazz"}]}}',
    "two unknown keys around it": '{"a": {"b": {"facts": [{"value": "jazz"}]}}}',
    "twice": '{"facts": []}\n{"facts": [{"value": "jazz"}]}',
    "twice, the last one broken": '{"facts": [{"value": "jazz"}]}\n{"facts": [{"value": "ja',
    "twice, the last one another": '{"facts": [{"value": "jazz"}]}\n{"done": true}',
    "a string of JSON": json.dumps('{"facts": [{"value": "jazz"}]}'),
    "a string of JSON under a key": json.dumps({"answer": '{"facts": [{"value": "jazz"}]}'}),
    "escapes of letters": '{"facts": [{"value": "\\u006aazz"}]}',
    "a key of its own beside": '{"facts": [{"value": "jazz"}], "note": "that is all"}',
}


@pytest.mark.parametrize("kind", READABLE)
def test_the_object_is_read(kind: str) -> None:
    found = read_structured(READABLE[kind], FACTS)
    assert found["facts"] == JAZZ["facts"]


UNREADABLE = {
    "nothing": ("", "empty"),
    "blanks": (" \n\ufeff", "no complete"),
    "only thoughts": ('<think>{"facts": []}</think>', "empty"),
    "prose": ("No data.", "no complete"),
    "None": ("None", "no complete"),
    "null": ("null", "no complete"),
    "a number": ("7", "no complete"),
    "HTML": ("<html><body>Busy</body></html>", "no complete"),
    "cut in a string": ('{"facts": [{"value": "ja', "no complete"),
    "cut after an item": ('{"facts": [{"value": "jazz"},', "has no 'facts'"),
    "another key": ('{"memories": []}', "has no 'facts'"),
    "another type": ('{"facts": "jazz"}', "'facts' in its JSON is of another type"),
    "null for a list": ('{"facts": null}', "another type"),
    "a list of others": ('["jazz"]', "no complete"),
    "a list inside something broken": ('{"facts": [{"tags": [{"a": 1}], "value": "ja', "complete"),
    "three unknown keys around it": ('{"a": {"b": {"c": {"facts": []}}}}', "no 'facts'"),
    "words for values": ('{"facts": [jazz]}', "no complete"),
    "code": ('{"facts": [__import__("os").getcwd()]}', "no complete"),
    "no colon": ('{"facts" []}', "no complete"),
    "no comma": ('{"facts": [{"value": "a"} {"value": "b"}]}', "has no 'facts'"),
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_not_the_object_is_refused_with_a_reason(kind: str) -> None:
    text, reason = UNREADABLE[kind]
    with pytest.raises(UnreadableOutputError, match=reason) as raised:
        read_structured(text, FACTS)
    assert "jazz" not in str(raised.value), "memory has no place in a message"


@pytest.mark.parametrize(
    ("asked", "value", "fits"),
    [
        ({"type": "string"}, "a", True),
        ({"type": "string"}, 1, False),
        ({"type": "integer"}, 1, True),
        ({"type": "integer"}, True, False),
        ({"type": "integer"}, 1.5, False),
        ({"type": "number"}, 1.5, True),
        ({"type": "boolean"}, False, True),
        ({"type": "boolean"}, 0, False),
        ({"type": ["string", "null"]}, None, True),
        ({"type": ["string", "null"]}, [], False),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, None, True),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {}, False),
        ({"enum": ["high", "low"]}, "high", True),
    ],
)
def test_properties_have_the_type_that_is_asked_for(
    asked: dict[str, Any], value: object, fits: bool
) -> None:
    text = json.dumps({"it": value})
    if fits:
        assert read_structured(text, schema(it=asked)) == {"it": value}
    else:
        with pytest.raises(UnreadableOutputError):
            read_structured(text, schema(it=asked))


def test_a_bare_list_is_not_given_to_one_of_two_properties() -> None:
    two = schema(facts={"type": "array"}, traits={"type": "array"})
    with pytest.raises(UnreadableOutputError):
        read_structured("[]", two)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("True", True),
        ("FALSE", False),
        ("None", None),
        ("undefined", None),
        ("NaN", None),
        ("1e999", None),
        ("-12", -12),
        ("+1.5e3", 1500.0),
        (r'"C:\Users\tom"', "C:\\Users\tom"),
        (r'"it\'s \q \u12"', r"it's \q \u12"),
        (r"'say \"hi\"'", 'say "hi"'),
        ('"two\nlines"', "two\nlines"),
        (r'"\ud83c\udf89 \ud83c"', "🎉 \ufffd"),
        ('"// no comment, [no list"', "// no comment, [no list"),
    ],
)
def test_what_languages_write_otherwise_is_read(written: str, value: object) -> None:
    assert values_in(f"[{written}]") == [[value]]


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc'\"\\{}é😀"), inner),
    max_leaves=20,
)


@given(st.lists(JSON_VALUES), st.booleans())
def test_all_json_is_read_as_it_is(items: list[Any], ascii_only: bool) -> None:
    assert values_in(json.dumps(items, ensure_ascii=ascii_only)) == [items]


@given(st.lists(JSON_VALUES))
def test_python_literals_are_read_as_they_are_where_their_escapes_are_those_of_json(
    items: list[Any],
) -> None:
    if "\\" not in repr(items):
        assert values_in(repr(items)) == [items]


@given(st.text("{}[]\"'\\,:/*#<think>-1aTu0 \n"))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(UnreadableOutputError):
        assert isinstance(read_structured(text, FACTS)["facts"], list)


HOSTILE = {
    "a megabyte of lists": "[" * 10**6,
    "a megabyte of objects": '{"a":' * 200_000,
    "deep and complete": "[" * 50_000 + "]" * 50_000,
    "just too deep": "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
    "lists that never end": "[1," * 60_000,
    "comments that never end": "{/*" * 60_000,
    "strings that never end": "{'" + "{x" * 90_000,
    "blanks without an end": "[" * (MAX_DEPTH - 1) + " " * 190_000,
    "backslashes": '{"' + "\\" * 190_000,
    "thoughts": "<think></think>" * 70_000,
    "opened thoughts": "<think>" * 140_000,
    "a number of a megabyte": "[" + "1" * 10**6 + "]",
    "a number that fits": "[" + "1" * (MAX_CHARACTERS - 2) + "]",
    "wrapped for ever": '{"a":' * (MAX_DEPTH - 1) + "{}" + "}" * (MAX_DEPTH - 1),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_text_is_refused(kind: str) -> None:
    """In a fraction of a second: a quadratic reader would take minutes over these."""
    with pytest.raises(UnreadableOutputError):
        read_structured(HOSTILE[kind], FACTS)


def test_numbers_are_finite() -> None:
    ((number,),) = values_in("[1e308]")
    assert math.isfinite(number)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hello.", "Hello."),
        ("<think>Hm.</think> Hello. ", "Hello."),
        ("\n<THINKING>\nHm.\n</THINKING>\n\nHello.", "Hello."),
        ("<think></think><think>a</think>Hello.", "Hello."),
        ("Hm.</think>Hello.", "Hello."),
        ("<think>for ever", ""),
        ("The tag <think> opens, </think> closes.", "The tag <think> opens, </think> closes."),
        ("<thin ice>", "<thin ice>"),
        ("<", "<"),
    ],
)
def test_thinking_stands_at_the_beginning(text: str, said: str) -> None:
    assert without_thinking(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "Hello, <think> is a tag.",
        " <think>Hm. </thin</think>\n <thinking>a < b</thinking> Hello, you.",
        "<think>never ending",
        "<th",
        "",
    ],
)
def test_a_stream_says_the_same_wherever_it_is_cut(text: str) -> None:
    for first in range(len(text) + 1):
        for second in range(first, len(text) + 1):
            pieces = [text[:first], text[first:second], text[second:]]
            assert "".join(spoken(iter(pieces))) == without_thinking(text)
    assert "".join(spoken(iter(text))) == without_thinking(text)


def test_a_stream_waits_for_no_more_than_it_must() -> None:
    pieces = iter(["<think>a</think>", "Hel", "lo"])
    assert next(spoken(pieces)) == "Hel"
    assert next(pieces) == "lo"

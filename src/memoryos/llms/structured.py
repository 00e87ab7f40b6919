"""The JSON object that was asked for, out of what a model said.

Servers that promise structured output do not always keep it, and others know nothing of it. So the
text is read with patience: fences and prose around the JSON, comments, trailing commas, single
quotes, the literals of Python, escapes that are none. Nothing is ever evaluated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.errors import UnreadableOutputError
from memoryos.llms.lenient_json import MAX_CHARACTERS, values_in
from memoryos.llms.thinking import without_thinking

MAX_WRAPPINGS = 2
"""How many unknown keys are taken off an object, one around the other."""

_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def read_structured(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The object of `schema` in `text`; where there are several, the last one that fits.

    Every property that the schema requires is there, with the JSON type it asks for at the top
    level. A bare list stands for the schema's only property, if that is a list of such; an object
    under one unknown key is taken out of it. No string holds half a surrogate pair.

    Raises UnreadableOutputError, which says why and quotes nothing of `text`. A text of any length
    and depth is answered in well under a second.
    """
    said = without_thinking(text)
    found = values_in(said)
    for value in reversed(found):
        candidate = _named(value, schema) if isinstance(value, list) else value
        fitting = _unwrapped(candidate, schema, MAX_WRAPPINGS)
        if fitting is not None:
            return fitting
    raise UnreadableOutputError(f"the reply is not what was asked for: {_why(said, found, schema)}")


def _named(items: list[Any], schema: Mapping[str, Any]) -> dict[str, Any] | None:
    """`items` under the only property of the schema, if that is a list of such."""
    if len(schema["properties"]) != 1:
        return None
    ((name, asked),) = schema["properties"].items()
    each = asked.get("items", {})
    if asked.get("type") != "array" or not all(_is(item, each) for item in items):
        return None
    return {name: items}


def _unwrapped(value: Any, schema: Mapping[str, Any], wrappings: int) -> dict[str, Any] | None:
    """The object of `schema` that `value` is, or holds under one key, as an object or as text."""
    if isinstance(value, str):
        value = next(reversed(values_in(value)), None)
    if not isinstance(value, dict):
        return None
    if not _flaw(value, schema):
        return value
    if len(value) != 1 or wrappings == 0:
        return None
    (inner,) = value.values()
    return _unwrapped(inner, schema, wrappings - 1)


def _flaw(value: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """What keeps `value` from being the object of `schema`; "" if nothing does."""
    properties = schema["properties"]
    for name in schema.get("required", properties):
        if name not in value:
            return f"its JSON has no {name!r}"
        if not _is(value[name], properties[name]):
            return f"{name!r} in its JSON is of another type"
    return ""


def _is(value: object, asked: Mapping[str, Any]) -> bool:
    """Whether `value` is of the JSON type that a schema asks for, if it names one."""
    if "anyOf" in asked:
        return any(_is(value, choice) for choice in asked["anyOf"])
    if "type" not in asked:
        return True
    names = [asked["type"]] if isinstance(asked["type"], str) else asked["type"]
    if isinstance(value, bool):  # to Python, True is a number
        return "boolean" in names
    return any(isinstance(value, _TYPES[name]) for name in names)


def _why(said: str, found: list[Any], schema: Mapping[str, Any]) -> str:
    if not said:
        return "it is empty"
    if len(said) > MAX_CHARACTERS:
        return f"it has more than {MAX_CHARACTERS:,} characters"
    for value in reversed(found):
        if isinstance(value, dict):
            return _flaw(value, schema)
    return "it holds no complete JSON object"

"""Setting one value in a JSON file that people keep by hand, comments and all.

Editors let their settings hold comments and a comma too many. Reading such a file and dumping it
anew would lose both, so the text is changed in one place and kept in all others.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from memoryos.errors import UnreadableInputError

STRING = r'"(?:[^"\\\n]|\\.)*"'
COMMENT = re.compile(rf"{STRING}|//[^\r\n]*|/\*.*?\*/", re.DOTALL)
COMMA_TOO_MANY = re.compile(rf"{STRING}|,(?=[ \t\r\n]*[}}\]])")
INDENTED_NAME = re.compile(r'\n([ \t]+)"')
BLANK = " \t\r\n"
BYTE_ORDER_MARK = "\ufeff"


class _Object(NamedTuple):
    """An object in the text: where its braces are, and its members' values start and end."""

    opening: int
    closing: int
    members: dict[str, tuple[int, int]]
    """Of a name given twice the last, as readers of JSON take it."""


def read(text: str) -> Any:
    """The value that `text` holds; raises UnreadableInputError, which says where, if it is none."""
    try:
        return json.loads(_plain(text))
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"it is not JSON: {error}") from None


def with_value(text: str, path: Sequence[str], value: Any) -> str:
    """`text` with `value` at `path`, in objects that are made where they are missing.

    Every comment and all else stays as it is; the whole text does where the value stands there
    already. Raises UnreadableInputError for a text that is no JSON, or has something other than an
    object on the path.
    """
    read(text)
    plain = _plain(text)
    start, end = _skipped(plain, 0), len(text)
    for depth, name in enumerate(path):
        if plain[start] != "{":
            raise UnreadableInputError(f"{'.'.join(path[:depth]) or 'it'} is not an object")
        found = _object(plain, start)
        if name not in found.members:
            for missing in reversed(path[depth + 1 :]):
                value = {missing: value}
            changed = _with_member(text, found, name, value)
            break
        start, end = found.members[name]
    else:
        if json.loads(plain[start:end]) == value:
            return text
        changed = text[:start] + _written(value, text, _indentation(text, start)) + text[end:]
    read(changed)
    return changed


def _plain(text: str) -> str:
    """`text` as strict JSON of the same length: what that does not know is blank."""
    plain = COMMA_TOO_MANY.sub(_blanked, _without_comments(text))
    return " " + plain[1:] if plain.startswith(BYTE_ORDER_MARK) else plain


def _without_comments(text: str) -> str:
    return COMMENT.sub(_blanked, text)


def _blanked(match: re.Match[str]) -> str:
    """What was matched: a string as it is, all else as blanks, its lines kept."""
    found = match[0]
    return found if found.startswith('"') else re.sub(r"[^\r\n]", " ", found)


def _skipped(plain: str, place: int) -> int:
    """The first place from `place` on that is not blank."""
    while plain[place] in BLANK:
        place += 1
    return place


def _object(plain: str, opening: int) -> _Object:
    """The object that begins at `opening` of a text that is known to be JSON."""
    decoder, members = json.JSONDecoder(), {}
    place = _skipped(plain, opening + 1)
    while plain[place] != "}":
        name, end = decoder.raw_decode(plain, place)
        start = _skipped(plain, _skipped(plain, end) + 1)
        _, end = decoder.raw_decode(plain, start)
        members[name] = (start, end)
        place = _skipped(plain, end)
        if plain[place] == ",":
            place = _skipped(plain, place + 1)
    return _Object(opening, place, members)


def _with_member(text: str, found: _Object, name: str, value: Any) -> str:
    """`text` with one more member on lines of its own at the end of the object.

    It goes behind the comments that follow the last member, for they speak of that one.
    """
    last = max((end for _, end in found.members.values()), default=found.opening + 1)
    after = text[last : found.closing].rstrip(BLANK)
    has_comma = "," in _without_comments(text)[last : found.closing]
    comma = "," if found.members and not has_comma else ""
    outer = _indentation(text, found.opening)
    inner, line = outer + _step(text), _line_end(text)
    member = f"{json.dumps(name)}: {_written(value, text, inner)}"
    head = text[:last] + comma + after
    return head + line + inner + member + line + outer + text[found.closing :]


def _written(value: Any, text: str, indentation: str) -> str:
    """`value` as JSON on lines that begin as those of `text` do."""
    written = json.dumps(value, indent=_step(text), ensure_ascii=False)
    return written.replace("\n", _line_end(text) + indentation)


def _indentation(text: str, place: int) -> str:
    """What the line of `place` begins with."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _step(text: str) -> str:
    """By how much the text indents; two spaces where it does not show."""
    match = INDENTED_NAME.search(text)
    return match[1] if match else "  "


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"

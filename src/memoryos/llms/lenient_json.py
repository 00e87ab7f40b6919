"""A reader of JSON that forgives what language models write, in bounded time and depth."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Any

from memoryos.text.surrogates import without_surrogates

MAX_CHARACTERS = 200_000
"""A longer text is not read: some 50,000 tokens, far more than is ever asked for."""
MAX_DEPTH = 32
MAX_STARTS = 100
"""Values and attempts at values in one text; a reply has one, and brackets in its prose."""
MAX_TOKENS = 100_000
"""Of one text, over all attempts."""

_START = re.compile(r"[{\[]")
_BLANKS = re.compile(r"(?:[\s\ufeff]+|//[^\n]*|\#[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(
    r""" "[^"\\]*(?:\\.[^"\\]*)*" | '[^'\\]*(?:\\.[^'\\]*)*' """, re.DOTALL | re.VERBOSE
)
_TOKEN = re.compile(
    rf"[{{}}\[\],:] | {_STRING.pattern} | [^\s{{}}\[\],:\"'/\#]+", re.DOTALL | re.VERBOSE
)
_NUMBER = re.compile(r"[-+]?\d{1,300}(\.\d*)?([eE][-+]?\d{1,4})?", re.ASCII)
_LITERALS = {"true": True, "false": False} | dict.fromkeys(
    ("null", "none", "undefined", "nan", "infinity", "-infinity")
)
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {sign: sign for sign in "\"'\\/"} | {
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "\n": "",
}


class _BrokenError(Exception):
    """No value that can be read begins here."""


def values_in(text: str) -> list[Any]:
    """The outermost objects and lists in `text` that are complete, in order.

    A text that is one JSON string is read for what is in it. What is broken is passed over;
    objects inside it are found, lists are not: who could tell what they are lists of?
    """
    if len(text) > MAX_CHARACTERS:
        return []
    if _STRING.fullmatch(text.strip()):
        text = _unquoted(text.strip())
    reader = _Reader(text)
    found: list[Any] = []
    broken = False
    at = 0
    for _ in range(MAX_STARTS):
        start = _START.search(text, at)
        if start is None:
            break
        try:
            value = reader.value_at(start.start())
        except _BrokenError:
            broken = True
            at = start.end()
            continue
        at = reader.at
        if isinstance(value, dict) or not broken:
            found.append(value)
    return found


class _Reader:
    """Reads values from a text, token by token."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens_left = MAX_TOKENS
        self.at = 0

    def value_at(self, start: int) -> Any:
        """The value that begins at `start`; `at` is its end then. Raises _BrokenError."""
        self.at = start
        return self._value(self._token(), MAX_DEPTH)

    def _token(self) -> str:
        """The next one, which is never empty; blanks and comments are passed over."""
        blanks = _BLANKS.match(self._text, self.at)
        token = _TOKEN.match(self._text, blanks.end() if blanks else self.at)
        self._tokens_left -= 1
        if token is None or self._tokens_left < 0:
            raise _BrokenError
        self.at = token.end()
        return token.group()

    def _value(self, token: str, depth: int) -> Any:
        """The value that `token` begins, at most `depth` brackets deep."""
        if depth == 0:
            raise _BrokenError
        if token == "{":
            return dict(self._member(name, depth) for name in self._firsts("}"))
        if token == "[":
            return [self._value(first, depth - 1) for first in self._firsts("]")]
        return _unquoted(token) if token[0] in "\"'" else _scalar(token)

    def _firsts(self, closing: str) -> Iterator[str]:
        """The first token of each item up to `closing`; the caller reads the rest of the item.

        Commas may be doubled, or stand before the first item and after the last.
        """
        while (token := self._token()) != closing:
            if token == ",":
                continue
            yield token
            after = self._token()
            if after == closing:
                return
            if after != ",":
                raise _BrokenError

    def _member(self, name: str, depth: int) -> tuple[str, Any]:
        """A property whose name, quoted or bare, was read already."""
        if name in "{}[]:" or self._token() != ":":
            raise _BrokenError
        key = _unquoted(name) if name[0] in "\"'" else name
        return key, self._value(self._token(), depth - 1)


def _unquoted(token: str) -> str:
    """What a quoted string says. An escape that is none stays as it is: C:\\Users."""
    return without_surrogates(_ESCAPE.sub(_unescaped, token[1:-1]))


def _unescaped(escape: re.Match[str]) -> str:
    code, sign = escape.groups()
    return chr(int(code, 16)) if code else _ESCAPED.get(sign, escape.group())


def _scalar(token: str) -> Any:
    if token.lower() in _LITERALS:
        return _LITERALS[token.lower()]
    number = _NUMBER.fullmatch(token)
    if number is None:
        raise _BrokenError
    if number[1] is None and number[2] is None:
        return int(token)
    value = float(token)
    return value if math.isfinite(value) else None

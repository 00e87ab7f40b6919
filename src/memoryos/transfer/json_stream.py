"""Values out of a JSON file of any size, one at a time and in bounded memory.

Only the frame around the values is understood here: each value is cut out by its brackets and
quotes, and given to `json` whole. So a value that is broken or far too long costs itself and not
the file, which the streaming parsers we know cannot do: they hold a string of any length.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from memoryos.errors import UnreadableInputError

CHUNK_BYTES = 1 << 16
MAX_VALUE_BYTES = 16 << 20
"""Longer values are passed over: `json` makes up to some 30 bytes of a byte it parses."""
MAX_KEY_BYTES = 10_000

Step = str | type[str] | type[int]
Pattern = tuple[Step, ...]
"""Where values stand: a key by its name, `str` for every key, `int` for every place of a list.

("sessions", str, "details", int) are all the elements of the lists `details` of all `sessions`.
"""
Path = tuple[str | int, ...]

_QUOTE, _BACKSLASH = b'"\\'
_OPENING = b"{["
# Byte order marks count as space: outside of strings they can be nothing else.
_SPACE = re.compile(rb"[ \t\n\r\xef\xbb\xbf]*")
_ATOM = re.compile(rb"[^ \t\n\r,\]}]*")
_IN_CONTAINER = re.compile(rb'[^"{}\[\]]*')
_IN_STRING = re.compile(rb'(?:[^"\\]+|\\.)*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A value that stands where a pattern says; NaN and the infinities, no JSON, became None."""

    path: Path
    value: Any


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A value that stands where a pattern says and cannot be read, and why."""

    path: Path
    problem: str


def read_values(file: BinaryIO, *patterns: Pattern) -> Iterator[Value | Unreadable]:
    """The values of a JSON file that stand where one of `patterns` says, in the file's order.

    Everything else is passed over unparsed. Raises UnreadableInputError, after the values before
    it, where the frame around the values breaks: what follows cannot be told apart.
    """
    scanner = _Scanner(file)
    yield from _walk(scanner, (), patterns)
    if scanner.peek():
        raise scanner.broken("goes on after its end")


def _walk(
    scanner: _Scanner, path: Path, patterns: Sequence[Pattern]
) -> Iterator[Value | Unreadable]:
    """Read past one value; the recursion is no deeper than the longest pattern."""
    first = scanner.peek()
    if () in patterns:
        yield _parsed(path, scanner.take(MAX_VALUE_BYTES))
    elif patterns and first == b"{":
        for key in scanner.names():
            inner = [steps[1:] for steps in patterns if steps[0] is str or steps[0] == key]
            yield from _walk(scanner, (*path, key), inner)
    elif patterns and first == b"[":
        for place in scanner.places():
            inner = [steps[1:] for steps in patterns if steps[0] is int]
            yield from _walk(scanner, (*path, place), inner)
    else:
        scanner.take(0)


def _parsed(path: Path, content: bytes | None) -> Value | Unreadable:
    if content is None:
        return Unreadable(path, f"is longer than {MAX_VALUE_BYTES:,} bytes")
    try:
        return Value(path, json.loads(content.decode(), parse_constant=lambda _: None))
    except UnicodeDecodeError as error:
        return Unreadable(path, f"is not UTF-8 (byte {error.start})")
    except RecursionError:
        return Unreadable(path, "is nested too deeply")
    except ValueError as error:
        return Unreadable(path, f"is not JSON ({error})")


class _Scanner:
    """Reads a file from front to back, value by value. Holds one chunk, and the value it takes."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._buffer = b""
        self._offset = 0
        """Of the buffer in the file."""
        self._at = 0
        """The next byte of the buffer to read."""
        self._kept: list[bytes] = []
        self._kept_to = 0
        """How far the buffer is kept already, where a value is being taken."""
        self._room = -1
        """Bytes that the value being taken may still have; negative: nothing is kept."""

    def peek(self) -> bytes:
        """The next byte that is no white space, unread; b"" at the end of the file."""
        while True:
            self._match(_SPACE)
            if self._at < len(self._buffer):
                return self._buffer[self._at : self._at + 1]
            if not self._refill():
                return b""

    def take(self, limit: int) -> bytes | None:
        """Read past one value and give it, or None if it has more than `limit` bytes."""
        first = self.peek()
        self._kept, self._kept_to, self._room = [], self._at, limit
        if first == b'"':
            self._at += 1
            self._pass_string()
        elif first and first in _OPENING:
            self._pass_container()
        else:
            self._pass(_ATOM)
        self._keep()
        content = b"".join(self._kept) if self._room >= 0 else None
        self._kept, self._room = [], -1
        return content

    def names(self) -> Iterator[str]:
        """Stand before the value of each key of the object that begins here, then behind it."""
        self._at += 1
        for _ in self._parts(b"}"):
            if (found := self.peek()) != b'"':
                raise self.broken("should have a key") if found else self._cut_short()
            key = _parsed((), self.take(MAX_KEY_BYTES))
            if isinstance(key, Unreadable):
                raise self.broken(f"has a key that {key.problem}")
            self._expect(b":")
            yield key.value

    def places(self) -> Iterator[int]:
        """Stand before each element of the list that begins here, then behind it."""
        self._at += 1
        for place, _ in enumerate(self._parts(b"]")):
            yield place

    def broken(self, problem: str) -> UnreadableInputError:
        return UnreadableInputError(
            f"the file is not JSON: at byte {self._position:,} it {problem}"
        )

    @property
    def _position(self) -> int:
        return self._offset + self._at

    def _parts(self, closing: bytes) -> Iterator[None]:
        if self.peek() != closing:
            yield
            while self.peek() == b",":
                self._at += 1
                yield
        self._expect(closing)

    def _expect(self, byte: bytes) -> None:
        found = self.peek()
        if not found:
            raise self._cut_short()
        if found != byte:
            raise self.broken(f"should have {byte.decode()!r}")
        self._at += 1

    def _pass_string(self) -> None:
        self._pass(_IN_STRING)
        self._at += 1

    def _pass_container(self) -> None:
        # Whether brackets match in kind is for `json` to say.
        depth = 0
        while True:
            self._pass(_IN_CONTAINER)
            byte = self._buffer[self._at]
            self._at += 1
            if byte == _QUOTE:
                self._pass_string()
            elif byte in _OPENING:
                depth += 1
            else:
                depth -= 1
                if depth == 0:
                    return

    def _pass(self, pattern: re.Pattern[bytes]) -> None:
        """Read past what `pattern` matches, however long, to a byte it does not match."""
        self._match(pattern)
        # A backslash that stops a pattern is the last byte of the buffer: what it escapes is not.
        while self._at == len(self._buffer) or self._buffer[self._at] == _BACKSLASH:
            if not self._refill():
                raise self._cut_short()
            self._match(pattern)

    def _match(self, pattern: re.Pattern[bytes]) -> None:
        if match := pattern.match(self._buffer, self._at):
            self._at = match.end()

    def _refill(self) -> bool:
        """Drop what was read of the buffer and read on; False at the end of the file."""
        self._keep()
        chunk = self._file.read(CHUNK_BYTES)
        self._offset += self._at
        self._buffer = self._buffer[self._at :] + chunk
        self._at = self._kept_to = 0
        return bool(chunk)

    def _keep(self) -> None:
        if self._room < 0:
            return
        self._room -= self._at - self._kept_to
        if self._room >= 0:
            self._kept.append(self._buffer[self._kept_to : self._at])
            self._kept_to = self._at
        else:
            self._kept.clear()

    def _cut_short(self) -> UnreadableInputError:
        return UnreadableInputError(
            f"the file ends at byte {self._position:,}, before its JSON does: "
            "it was written or downloaded only in part"
        )

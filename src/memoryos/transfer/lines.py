"""Lines of a JSON Lines file of any size, each of them bounded, and what JSON they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from memoryos.errors import UnreadableInputError
from memoryos.transfer.json_stream import MAX_VALUE_BYTES

CHUNK_BYTES = 1 << 16


def read_lines(file: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a file, with their ends; None for one of more than MAX_VALUE_BYTES."""
    while line := file.readline(MAX_VALUE_BYTES + 1):
        if len(line) <= MAX_VALUE_BYTES:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = file.readline(CHUNK_BYTES)
        yield None


def read_object(line: bytes | None) -> dict[str, Any]:
    """The JSON object that a line holds; raises UnreadableInputError if it holds none."""
    if line is None:
        raise UnreadableInputError(f"is longer than {MAX_VALUE_BYTES:,} bytes")
    try:
        # A byte order mark opens many files that were written on Windows.
        value = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise UnreadableInputError(f"is not UTF-8 (byte {error.start})") from None
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"is not JSON ({error})") from None
    if not isinstance(value, dict):
        raise UnreadableInputError(f"holds a {type(value).__name__}, not a JSON object")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")

"""The two ends of the wire under stdio: taken away from everything else that reads or prints."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from memoryos.errors import InvalidArgumentError

MAX_LINE_BYTES = 4 * 1024 * 1024
"""The longest message that is read; as much as the SDK takes in one HTTP request."""

CHUNK_BYTES = 1 << 16


class Wire:
    """What the client writes, and what it reads."""

    def __init__(self, source: int, sink: int) -> None:
        """Takes the file descriptors of both."""
        self.lines = split_lines(lambda size: os.read(source, size))
        """What the client writes, line by line until it leaves; see `split_lines`."""
        self._sink = sink

    def write(self, line: bytes) -> None:
        """Write all of `line`; raises OSError if the client is gone."""
        left = memoryview(line)
        while left:
            left = left[os.write(self._sink, left) :]


def claim_wire() -> Wire:
    """Take stdin and stdout for the protocol.

    From then on what else is read from stdin is its end, and what else is printed, by a library, a
    C extension or a child process, goes to stderr. Raises InvalidArgumentError where the process
    has no stdin or no stdout.
    """
    try:
        wire = Wire(os.dup(0), os.dup(1))
    except OSError:
        raise InvalidArgumentError(
            "the MCP server speaks over standard input and output, and one of them is closed:"
            " let an MCP client start it, or use --transport http"
        ) from None
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(nowhere, 1)
    os.close(nowhere)
    return wire


def split_lines(read: Callable[[int], bytes]) -> Iterator[bytes | None]:
    """The lines of what `read` gives, without their ends, until it gives nothing more.

    None stands for a line of more than MAX_LINE_BYTES, which is not kept. What comes after the
    last end of a line is no message: its writer is gone.
    """
    kept, too_long = bytearray(), False
    while chunk := read(CHUNK_BYTES):
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            kept += part
            yield None if too_long or len(kept) > MAX_LINE_BYTES else bytes(kept)
            kept.clear()
            too_long = False
        kept += rest
        if len(kept) > MAX_LINE_BYTES:
            kept.clear()
            too_long = True

"""The pieces of a reply as they come, and what becomes of those that nobody reads to the end."""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator
from queue import Empty, SimpleQueue
from types import TracebackType

from memoryos.errors import MemoryOSError

logger = logging.getLogger(__name__)

Pieces = Generator[str, None, None]


class ReplyStream(Iterator[str]):
    """The pieces of a reply; the exchange is kept when they end.

    A reader who stops before calls `close()`, or uses a `with` block: the model's call ends, and
    what was said until then is kept as interrupted. A stream that is merely dropped is ended by the
    memory at its next look. Raises what `get_response` raises.
    """

    def __init__(self, pieces: Pieces, dropped: SimpleQueue[Pieces]) -> None:
        """`dropped` is given `pieces` when nobody holds the stream any more."""
        self._pieces = pieces
        self._dropped = dropped
        self.memory: object = None
        """What would be closed if nobody held it, and is not before the stream has ended."""

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """End the reply here; harmless when it has ended. Raises ReplyNotStoredError."""
        self._pieces.close()

    def __enter__(self) -> ReplyStream:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        # The garbage collector may come amid a write of this very thread: what takes a lock here,
        # as ending the reply does, would wait for itself. A SimpleQueue may be put to at any time.
        self._dropped.put(self._pieces)


class OpenStreams:
    """The streams that are held somewhere, and those that were dropped. Thread-safe."""

    def __init__(self) -> None:
        # Held here, or the garbage collector would end the generator of a stream that it finds.
        self._open: set[Pieces] = set()
        self._dropped: SimpleQueue[Pieces] = SimpleQueue()

    def open(self, pieces: Pieces) -> ReplyStream:
        """A stream of `pieces`, a generator that keeps what was said when it is closed."""
        self._open.add(pieces)
        return ReplyStream(pieces, self._dropped)

    def end_dropped(self) -> None:
        """End the streams that were dropped since, and so keep what was said in them.

        Hold no lock. What cannot be kept is logged: the reader who heard it is gone.
        """
        while True:
            try:
                pieces = self._dropped.get_nowait()
            except Empty:
                return
            self._open.discard(pieces)
            try:
                pieces.close()
            except MemoryOSError as error:
                logger.warning("a reply that was left is not kept: %s", type(error).__name__)

"""Listening to a PostgreSQL server: a connection and a thread that wait for others' changes."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections.abc import Callable
from typing import Any

import psycopg

logger = logging.getLogger(__name__)

CHANNEL = "memoryos"
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.5, 30.0
CLOSING_SECONDS = 0.5


class PostgresListening:
    """Calls `heard` with what comes over the channel, and with "" whenever it begins to listen,
    for nobody knows what was said before. A cut connection is made anew."""

    def __init__(
        self, connect: Callable[[], psycopg.Connection[Any]], heard: Callable[[str], None]
    ) -> None:
        self._connect = connect
        self._heard = heard
        self._pause = FIRST_PAUSE_SECONDS
        # What is closed at one end can be waited for at the other, beside the server.
        self._ended, self._end = socket.socketpair()
        self._thread = threading.Thread(target=self._run, name="memoryos-listener", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._end.close()
        if threading.current_thread() is not self._thread:
            # Where it waits for a server that does not answer, it ends when that does, or in time.
            self._thread.join(CLOSING_SECONDS)

    def _run(self) -> None:
        with self._ended:
            ended = False
            while not ended:
                try:
                    self._listen()
                    ended = True
                except psycopg.Error as error:
                    logger.warning("listening failed: %s", type(error).__name__)
                    ended = self._ends_before(self._pause)
                    self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)

    def _listen(self) -> None:
        """Until `close`; raises psycopg.Error where the server is not there, or the connection is
        cut."""
        with self._connect() as connection:
            connection.execute(f"LISTEN {CHANNEL}")
            self._pause = FIRST_PAUSE_SECONDS
            if not self._ends_before(0):
                self._heard("")
            while not self._ends_before(None, connection):
                for key in dict.fromkeys(said.payload for said in connection.notifies(timeout=0)):
                    self._heard(key)

    def _ends_before(
        self, seconds: float | None, connection: psycopg.Connection[Any] | None = None
    ) -> bool:
        """Wait so long, or for the connection; whether it was closed meanwhile."""
        with selectors.DefaultSelector() as waiting:
            end = waiting.register(self._ended, selectors.EVENT_READ)
            if connection is not None:
                waiting.register(connection, selectors.EVENT_READ)
            return any(key is end for key, _ in waiting.select(seconds))

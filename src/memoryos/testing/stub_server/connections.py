"""The stub server's connections: threads that wait, send, cut, and end with it."""

from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, NamedTuple

from memoryos.testing.stub_server.answers import Answer

logger = logging.getLogger(__name__)

HOST = "127.0.0.1"
MAX_BODY_DIGITS = 8
"""Of the length in bytes of a request's body. Nobody tests with 100 MB."""


class Reaction(NamedTuple):
    """An answer, and how long it takes."""

    answer: Answer
    after_seconds: float


React = Callable[[str, str, Message, bytes], Reaction]
"""Called with the method, the path, the headers and the body of each request, in many threads."""


class Connections(ThreadingHTTPServer):
    """Listens on the loopback interface from its construction on; `close` ends all it began."""

    request_queue_size = 128

    def __init__(self, port: int, react: React) -> None:
        """Raises OSError where the port is taken."""
        super().__init__((HOST, port), _Handler)
        self.react = react
        self._open: dict[threading.Thread, socket.socket] = {}
        self._changing = threading.Lock()
        self._accepting = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def start(self) -> None:
        self._accepting.start()

    def close(self) -> None:
        """Stop; whoever is being answered, or waits for it, is cut off."""
        self.shutdown()
        self._accepting.join()
        self.server_close()
        with self._changing:
            still_open = dict(self._open)
        for thread, connection in still_open.items():
            with suppress(OSError):  # it ended by itself meanwhile
                connection.shutdown(socket.SHUT_RDWR)
            thread.join()

    def server_bind(self) -> None:
        # That of HTTPServer also looks up the host's name, which may ask the network.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        with self._changing:
            self._open[thread] = request
        thread.start()

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        super().process_request_thread(request, client_address)
        with self._changing:
            del self._open[threading.current_thread()]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Note what is no client's leaving; the inherited method prints."""
        logger.exception("the stub server failed to answer")


class _Handler(BaseHTTPRequestHandler):
    server: Connections
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def handle(self) -> None:
        with suppress(ConnectionError):  # the client left, as it may
            super().handle()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def _answer(self) -> None:
        reaction = self.server.react(self.command, self.path, self.headers, self._read())
        answer = reaction.answer
        still_there = self._pause(None if answer.hangs else reaction.after_seconds)
        if still_there and answer.status is not None:
            self._send(answer, answer.status)
        else:
            self.close_connection = True

    def _read(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        readable = length.isascii() and length.isdigit() and len(length) <= MAX_BODY_DIGITS
        if not readable or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # where this request ends is not known
            return b""
        return self.rfile.read(int(length))

    def _pause(self, seconds: float | None) -> bool:
        """Wait; False as soon as the client has left, or the server stops. None waits for that."""
        if seconds == 0:
            return True
        self.connection.settimeout(seconds)
        try:
            # A client that waits for its answer sends nothing: there is something to read, an end,
            # only when one side shuts the connection down.
            return bool(self.connection.recv(1, socket.MSG_PEEK))
        except TimeoutError:
            return True
        finally:
            self.connection.settimeout(None)

    def _send(self, answer: Answer, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", answer.content_type)
        if self.close_connection:
            self.send_header("Connection", "close")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.events is None:
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content[: len(answer.content) // (2 if answer.cut else 1)])
        else:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self._send_chunks(answer.events[: len(answer.events) // (2 if answer.cut else 1)])
            if not answer.cut:
                self.wfile.write(b"0\r\n\r\n")
        self.close_connection |= answer.cut

    def _send_chunks(self, events: Iterable[bytes]) -> None:
        for event in events:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))

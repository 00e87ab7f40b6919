"""The command `python -m memoryos.testing.stub_server`."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from memoryos.testing.stub_server.orders import Failure
from memoryos.testing.stub_server.server import StubServer

DEFAULT_PORT = 8199
LONGEST_LATENCY = 86_400.0


def main(words: Sequence[str] | None = None) -> None:
    """Serve until interrupted; prints the base URL once it listens."""
    parser = _parser()
    asked = parser.parse_args(words)
    with ExitStack() as open_until_the_end:
        try:
            log = asked.log and open_until_the_end.enter_context(
                asked.log.open("a", encoding="utf-8")
            )
            server = open_until_the_end.enter_context(
                StubServer(port=asked.port, latency_seconds=asked.latency, log=log)
            )
        except (OSError, OverflowError) as exc:
            parser.error(str(exc))
        for failure, times in asked.fail:
            server.fail(failure, times=times)
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()


def _parser() -> argparse.ArgumentParser:
    names = ", ".join(failure.value for failure in Failure)
    parser = argparse.ArgumentParser(
        prog="python -m memoryos.testing.stub_server",
        description="A server that speaks OpenAI's protocol, answers by rules, and fails to order.",
        epilog=f"Failures: {names}.",
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="%(default)s; 0: any free")
    parser.add_argument(
        "--latency", type=_seconds, default=0.0, metavar="SECONDS", help="time to answer in"
    )
    parser.add_argument(
        "--fail",
        type=_failure,
        nargs="+",
        action="extend",
        default=[],
        metavar="NAME[:COUNT]",
        help="fail so at the next COUNT requests, or always",
    )
    parser.add_argument(
        "--log", type=Path, metavar="FILE", help="append each call as a line of JSON, prompts too"
    )
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_LATENCY:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and {LONGEST_LATENCY:g}")
    return seconds


def _failure(text: str) -> tuple[Failure, int | None]:
    name, _, count = text.partition(":")
    if name not in Failure._value2member_map_ or (count and not count.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no failure; see --help for their names")
    return Failure(name), int(count) if count else None


if __name__ == "__main__":
    main()

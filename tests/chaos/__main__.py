"""Every scenario whole, one after the other: `make chaos`, or `python -m chaos NAME...` for some.

Exits with 1 if anything was found.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from chaos.outcome import NotRun, Outcome, row, table
from chaos.place import Place
from chaos.scenarios import BOTH, POSTGRES, SCENARIOS, SQLITE, Scenario

if TYPE_CHECKING:
    from postgres_server import Server


def main() -> int:
    names = [scenario.name for scenario in SCENARIOS]
    parser = argparse.ArgumentParser(prog="chaos", description="What MemoryOS must survive.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(names)}")
    parser.add_argument("--short", action="store_true", help="as the tests run it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", choices=BOTH)
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(names):
        parser.error(f"there is no {', '.join(sorted(unknown))}: there are {', '.join(names)}")
    # Servers are stopped and disks unmounted however it ends.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for library in ("memoryos", "psycopg"):
        # They warn of what is done to them here.
        logging.getLogger(library).addHandler(logging.NullHandler())
    lines, found = [], 0
    with _a_server() if asked.database != SQLITE else nullcontext() as server:
        for scenario in SCENARIOS:
            if asked.names and scenario.name not in asked.names:
                continue
            for database in scenario.databases:
                if asked.database in (None, database):
                    began = time.monotonic()
                    outcome = _run(scenario, database, server, not asked.short, asked.seed)
                    lines.append(row(scenario.name, database, time.monotonic() - began, outcome))
                    found += _tell(scenario.name, database, outcome)
    print(f"\nseed {asked.seed}\n{table(lines)}\n\n{found or 'nothing'} found")
    return bool(found)


def _run(
    scenario: Scenario, database: str, server: Server | None, whole: bool, seed: int
) -> Outcome | NotRun:
    if database == POSTGRES and server is None:
        return NotRun("there is no PostgreSQL: make test installs it")
    with tempfile.TemporaryDirectory(prefix="memoryos-chaos-") as folder:
        place = Place(Path(folder), server if database == POSTGRES else None)
        try:
            return scenario.run(place, whole=whole, seed=seed)
        except Exception as error:
            traceback.print_exc()
            return Outcome(findings=[f"it broke off: {type(error).__name__}"])


def _tell(name: str, database: str, outcome: Outcome | NotRun) -> int:
    """Print what the table has no room for; how much was found."""
    if isinstance(outcome, NotRun):
        print(f"{name}, {database}: not run: {outcome.reason}", flush=True)
        return 0
    print(f"{name}, {database}: {len(outcome.findings) or 'nothing'} found", flush=True)
    for line in (*outcome.notes, *(f"FOUND {finding}" for finding in outcome.findings)):
        print(f"  {line}", flush=True)
    return len(outcome.findings)


@contextmanager
def _a_server() -> Iterator[Server | None]:
    try:
        from postgres_server import Server

        server = Server()
    except ImportError:
        yield None
        return
    try:
        yield server
    finally:
        server.stop()


if __name__ == "__main__":
    sys.exit(main())

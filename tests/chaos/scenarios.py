"""The list of what must be survived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from chaos import clocks, crowds, full_disk, kills, late_workers, migrations, server_faults
from chaos.outcome import NotRun, Outcome
from chaos.place import Place

SQLITE, POSTGRES = "SQLite", "PostgreSQL"
BOTH = (SQLITE, POSTGRES)


class Run(Protocol):
    def __call__(self, place: Place, *, whole: bool, seed: int) -> Outcome | NotRun: ...


@dataclass(frozen=True, slots=True)
class Scenario:
    name: str
    run: Run
    databases: tuple[str, ...] = BOTH


SCENARIOS = (
    Scenario("server-killed", server_faults.server_killed, (POSTGRES,)),
    Scenario("connections-cut", server_faults.connections_cut, (POSTGRES,)),
    Scenario("pool-exhausted", server_faults.pool_exhausted, (POSTGRES,)),
    Scenario("late-workers", late_workers.late_workers),
    Scenario("processes-killed", kills.processes_killed),
    Scenario("disk-full", full_disk.disk_full),
    Scenario("clock-jumping", clocks.clock_jumping),
    Scenario("migration-broken-off", migrations.migration_broken_off),
    Scenario("eight-writers", crowds.eight_writers, (SQLITE,)),
    Scenario("hundred-owners", crowds.hundred_owners),
)

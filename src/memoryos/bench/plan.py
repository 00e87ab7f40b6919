"""What a number of owners needs: bytes, machines and model calls, by arithmetic alone.

The formulas of docs/scaling.md. Everything is in bytes, seconds and cores until it is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

DAY_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Unit:
    """What an owner, a page and an exchange (one recall, one add) come to. The first three are
    assumptions about people (`bench.activity`); the rest is measured."""

    pages_per_owner: float
    exchanges_per_owner_day: float
    peak_factor: float
    """The busiest moment of the day over the average one."""
    disk_bytes_per_page: float
    """Tables and indexes, in the database."""
    working_set_bytes_per_owner: float
    """Of a process's memory, were the owner in it; on average."""
    held_share: float
    """Of the bytes of all working sets: what is held in memory for `hit_rate`."""
    hit_rate: float
    read_bytes_per_miss: float
    """Text, terms and vectors that leave the database for a cold load."""
    request_cpu_seconds: float
    """Of a server, for an exchange."""
    filing_cpu_seconds: float
    """Of a worker, by rules, for a page."""
    database_cpu_seconds: float
    """Of the database, for an exchange and what filing makes of it."""


@dataclass(frozen=True, slots=True)
class Model:
    """What a language model costs, by page: all of updating, none of replying."""

    calls_per_page: float
    prompt_tokens_per_page: float
    completion_tokens_per_page: float
    seconds_per_call: float
    dollars_per_million_prompt_tokens: float
    dollars_per_million_completion_tokens: float


@dataclass(frozen=True, slots=True)
class Machines:
    """What machines are bought. Assumptions: put in yours."""

    busy: float = 0.5
    """The share of its cores that a machine may use at the busiest moment."""
    server_cores: int = 8
    server_bytes: int = 20 * 2**30
    """For working sets, of a machine of 32 GiB: a process holds 1.4 times what they count."""
    database_cores: int = 16
    database_bytes: int = 2 * 2**40
    calls_at_once: int = 64
    """Model calls that a worker process waits for at the same time (`--concurrency`)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What so many owners need."""

    owners: int
    pages: float
    disk_bytes: float
    disk_bytes_per_day: float
    exchanges_per_second: float
    """On average; `peak_exchanges_per_second` at the busiest moment."""
    peak_exchanges_per_second: float
    working_set_bytes: float
    """In the memory of all servers together."""
    peak_read_bytes_per_second: float
    server_cores: float
    servers: int
    servers_by: str
    """What asks for so many: "memory" or "cores"."""
    worker_cores: float
    """By rules."""
    database_cores: float
    databases: int
    """Primaries, that is shards; each has its replicas beside."""
    databases_by: str
    """"disk" or "cores"."""
    model_calls_per_day: float
    model_prompt_tokens_per_day: float
    model_completion_tokens_per_day: float
    model_dollars_per_day: float
    model_workers: int
    """Processes that wait for the model, at the busiest moment."""


def plan(owners: int, unit: Unit, model: Model, machines: Machines) -> Plan:
    """What `owners` owners need, each of the average kind."""
    pages = owners * unit.pages_per_owner
    exchanges_per_day = owners * unit.exchanges_per_owner_day
    exchanges = exchanges_per_day / DAY_SECONDS
    peak = exchanges * unit.peak_factor
    working_set_bytes = owners * unit.working_set_bytes_per_owner * unit.held_share
    server_cores = peak * unit.request_cpu_seconds / machines.busy
    servers, servers_by = _most(
        memory=working_set_bytes / machines.server_bytes,
        cores=server_cores / machines.server_cores,
    )
    disk_bytes = pages * unit.disk_bytes_per_page
    database_cores = peak * unit.database_cpu_seconds / machines.busy
    databases, databases_by = _most(
        disk=disk_bytes / machines.database_bytes,
        cores=database_cores / machines.database_cores,
    )
    prompt_tokens = exchanges_per_day * model.prompt_tokens_per_page
    completion_tokens = exchanges_per_day * model.completion_tokens_per_page
    calls_in_hand = peak * model.calls_per_page * model.seconds_per_call
    return Plan(
        owners=owners,
        pages=pages,
        disk_bytes=disk_bytes,
        disk_bytes_per_day=exchanges_per_day * unit.disk_bytes_per_page,
        exchanges_per_second=exchanges,
        peak_exchanges_per_second=peak,
        working_set_bytes=working_set_bytes,
        peak_read_bytes_per_second=peak * (1 - unit.hit_rate) * unit.read_bytes_per_miss,
        server_cores=server_cores,
        servers=servers,
        servers_by=servers_by,
        worker_cores=peak * unit.filing_cpu_seconds / machines.busy,
        database_cores=database_cores,
        databases=databases,
        databases_by=databases_by,
        model_calls_per_day=exchanges_per_day * model.calls_per_page,
        model_prompt_tokens_per_day=prompt_tokens,
        model_completion_tokens_per_day=completion_tokens,
        model_dollars_per_day=(
            prompt_tokens * model.dollars_per_million_prompt_tokens
            + completion_tokens * model.dollars_per_million_completion_tokens
        )
        / 1e6,
        model_workers=math.ceil(calls_in_hand / machines.calls_at_once),
    )


def _most(**wanted: float) -> tuple[int, str]:
    """How many machines there must be, at least one, and what asks for so many."""
    reason = max(wanted, key=lambda name: wanted[name])
    return max(1, math.ceil(wanted[reason])), reason

"""What a run of `memoryos bench fleet` found, for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from memoryos.bench.charts import Chart
from memoryos.bench.fleet import TURNS_OF, TURNS_SHARE
from memoryos.bench.tables import Table, cell, spread

BYTES = ("B", "KB", "MB", "GB", "TB", "PB")

DAY = {
    "hit_rate": "recalls whose owner was in memory, share",
    "hit_rate_reckoned": "the same, reckoned, share",
    "recall": "recall p50 / p95, ms",
    "add": "add_memory p50 / p95, ms",
    "late_p95_ms": "behind its time, p95, ms",
    "kb_read_per_exchange": "read from the store per exchange, KB",
    "kb_per_load": "of that, per cold load, KB",
    "lag": "lag of filing p50 / p95, ms",
    "lag_max_ms": "lag of filing, longest, ms",
    "unfiled": "pages left unfiled",
    "request_cpu_seconds_per_1000": "CPU of 1,000 exchanges: recalls and adds, s",
    "background_cpu_seconds_per_1000": "CPU of 1,000 exchanges: consolidation, s",
    "database_cpu_seconds_per_1000": "CPU of 1,000 exchanges: database, s",
}


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """The owners, their day, the limits, and the plans."""
    return (_owners(content), _day(content), _limits(content), _plans(content))


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Hit rate against the byte limit, and cold loads against pages."""
    reckoned = [(100 * float(share), rate) for share, rate in content["hit_rate_by_share"].items()]
    played = [(100 * content["played"]["held_share"], content["played"]["hit_rate"])]
    return (
        Chart(
            "hit-rate-by-limit",
            "Recalls whose owner is in memory",
            "limit, % of the bytes of all working sets",
            "share of recalls",
            {"reckoned": reckoned, "played": played},
            log_x=True,
        ),
        Chart(
            "cold-load-by-pages",
            "Bringing an owner into memory",
            "pages of the owner",
            "milliseconds",
            {content["database"]: content["cold"]["by_pages"]},
            kind="scatter",
            log_x=True,
        ),
    )


def _owners(content: Mapping[str, Any]) -> Table:
    cold = content["cold"]
    rows = (
        ("pages", cell(content["pages"])),
        ("pages of an owner, median", cell(content["pages_per_owner_p50"])),
        ("pages of an owner, most", cell(content["pages_per_owner_max"])),
        ("disk per page, KB", cell(content["disk_kb_per_page"])),
        (
            "working set, of an owner without a page, KB",
            cell(content["working_set_kb_of_an_owner"]),
        ),
        ("working set, of each page, KB", cell(content["working_set_kb_of_a_page"])),
        ("cold load p50 / p95, ms", spread(cold, "load")),
        ("cold load, longest, ms", cell(cold["load_max_ms"])),
        ("of a cold load: reading rows, share", cell(cold["share_reading_rows"])),
    )
    title = f"{content['owners']:,} owners drawn from the activity model"
    return Table(title, (f"on {content['database']}", "figure"), rows)


def _day(content: Mapping[str, Any]) -> Table:
    played = content["played"]
    rows = tuple(
        (name, spread(played, key) if f"{key}_p50_ms" in played else cell(played[key]))
        for key, name in DAY.items()
    )
    title = f"A day of {content['exchanges']:,} exchanges, working sets held to"
    limit = f"{content['working_set_mb_limit']:,} MB"
    return Table(f"{title} {limit}", ("an exchange is a recall and an add", "figure"), rows)


def _limits(content: Mapping[str, Any]) -> Table:
    """With the memory that each limit is, for every number of owners that is planned."""
    of_an_owner = content["plans_rest_on"]["working_set_bytes_per_owner"]
    planned = [int(owners) for owners in content["plans"]]
    rows = tuple(
        (
            f"{100 * float(share):g}%",
            cell(rate),
            *(size(float(share) * owners * of_an_owner) for owners in planned),
        )
        for share, rate in content["hit_rate_by_share"].items()
    )
    caption = (
        f"At {TURNS_SHARE:.0%}, were {TURNS_OF} servers to take turns instead of each having owners"
        f" of its own: {cell(content['hit_rate_taking_turns'])}."
    )
    columns = (
        "limit, of the bytes of all working sets",
        "recalls whose owner is in memory",
        *(f"{owners:,} owners" for owners in planned),
    )
    return Table("Reckoned hit rates", columns, rows, caption)


def _plans(content: Mapping[str, Any]) -> Table:
    plans = content["plans"].values()
    lines: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "pages": lambda p: cell(round(p["pages"])),
        "disk": lambda p: size(p["disk_bytes"]),
        "disk, more each day": lambda p: size(p["disk_bytes_per_day"]),
        "exchanges a second, average / peak": lambda p: (
            f"{cell(round(p['exchanges_per_second']))} /"
            f" {cell(round(p['peak_exchanges_per_second']))}"
        ),
        "working sets in memory": lambda p: size(p["working_set_bytes"]),
        "read for cold loads at the peak, a second": lambda p: size(
            p["peak_read_bytes_per_second"]
        ),
        "cores of servers": lambda p: cell(p["server_cores"]),
        "servers, for": lambda p: f"{p['servers']:,}, {p['servers_by']}",
        "cores of workers, by rules": lambda p: cell(p["worker_cores"]),
        "cores of databases": lambda p: cell(p["database_cores"]),
        "databases (shards), for": lambda p: f"{p['databases']:,}, {p['databases_by']}",
        "with a model: calls a day": lambda p: cell(round(p["model_calls_per_day"])),
        "prompt tokens a day, million": lambda p: cell(p["model_prompt_tokens_per_day"] / 1e6),
        "completion tokens a day, million": lambda p: cell(
            p["model_completion_tokens_per_day"] / 1e6
        ),
        "dollars a day": lambda p: cell(round(p["model_dollars_per_day"])),
        "worker processes": lambda p: cell(p["model_workers"]),
    }
    rows = tuple((name, *(write(one) for one in plans)) for name, write in lines.items())
    rest = content["plans_rest_on"]
    caption = (
        f"Working sets for {rest['hit_rate']:.0%} of recalls: {rest['held_share']:.1%} of their"
        " bytes. Arithmetic and assumptions: docs/scaling.md."
    )
    if not rest["database_cpu_seconds"]:
        caption += " The database's cores were not measured."
    return Table(
        "Plans", ("owners", *(f"{int(owners):,}" for owners in content["plans"])), rows, caption
    )


def size(nbytes: float) -> str:
    """Bytes as a person reads them, by powers of 1,024."""
    unit = 0
    while nbytes >= 1000 and unit < len(BYTES) - 1:
        nbytes, unit = nbytes / 1024, unit + 1
    return f"{cell(float(nbytes))} {BYTES[unit]}"

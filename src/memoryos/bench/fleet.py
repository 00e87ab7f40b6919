"""A day of many owners, scaled down, and what it means for a million and a hundred million.

Owners and their days are drawn from `bench.activity`. Their histories are loaded and consolidated
in a real store, every owner is brought into memory cold, and one day is played for real, with the
working sets under a byte limit. Other limits are reckoned from the same model by `bench.paging`;
`bench.plan` does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import islice
from statistics import median
from typing import Any

import numpy as np

from memoryos.bench import paging
from memoryos.bench.activity import (
    DAY_SECONDS,
    Activity,
    Exchange,
    Person,
    draw_exchanges,
    draw_people,
)
from memoryos.bench.day import play
from memoryos.bench.owners import ColdLoad, load, load_cold, open_engine, user
from memoryos.bench.places import a_place
from memoryos.bench.plan import Machines, Model, Unit, plan
from memoryos.bench.report import Progress, milliseconds
from memoryos.bench.synthetic import talk
from memoryos.engine import MemoryEngine
from memoryos.errors import InvalidArgumentError

Figures = dict[str, Any]

ACTIVITY = Activity()
WARM_DAYS = 7
"""Days before the one that counts: who was there then may still be in memory."""
HELD_SHARE = 0.1
"""Of the bytes of all working sets: the limit under which the day is played."""
SHARES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
"""Of them: the limits that are reckoned."""
RECKONED_PEOPLE = 20_000
COLD_RUNS = 3
"""How often every owner is loaded; the median counts."""

PLANNED = (1_000_000, 100_000_000)
WANTED_HIT_RATE = 0.8
"""What the plans hold working sets for: sessions under way. A session's first recall loads its
owner cold, which is one of five; holding who may come back tomorrow takes far more memory."""
TURNS_OF, TURNS_SHARE = 10, 0.03
"""So many servers that take turns, whoever asks, each with its part of this share."""
MACHINES = Machines()
MODEL = Model(
    # `memoryos bench calls --data locomo10.json`, "live" (benchmarks/README.md).
    calls_per_page=0.287,
    prompt_tokens_per_page=382,
    completion_tokens_per_page=84,
    # Assumed: a small hosted model, and what gpt-4o-mini cost in 2025.
    seconds_per_call=4.0,
    dollars_per_million_prompt_tokens=0.15,
    dollars_per_million_completion_tokens=0.60,
)


def measure(
    *,
    owners: int,
    concurrency: int,
    seed: int,
    embedder: str,
    progress: Progress,
    database_url: str | None = None,
) -> Figures:
    """The figures of the report. `concurrency` is the number of threads that consolidate.

    Raises InvalidArgumentError where the owners are so few that none of them talks that day.
    """
    people = draw_people(owners, ACTIVITY, seed=seed)
    earlier, today = _drawn_days(people, seed=seed)
    if not today:
        raise InvalidArgumentError(
            f"of {owners} owners nobody talks on the day that is drawn: take more, or another seed"
        )
    with a_place(database_url) as place:
        with open_engine(place, embedder) as engine:
            _live_until_now(engine, people, progress)
            loads = _load_each_cold(engine, people, progress)
        disk_bytes = place.nbytes()
        sizes = [found.nbytes for found in loads]
        limit = int(HELD_SHARE * sum(sizes))
        played = play(
            place,
            embedder=embedder,
            concurrency=concurrency,
            byte_limit=limit,
            warm_up=_held_at_midnight(earlier, sizes, limit),
            exchanges=today,
            progress=progress,
        )
    requests = [exchange.person for exchange in (*earlier, *today)]
    reckoned = paging.hit_rate(requests, sizes, byte_limit=limit, counted=len(today))
    pages = [person.pages for person in people]
    of_an_owner, of_a_page = _line(pages, sizes)
    figures: Figures = {
        "database": place.name,
        "owners": owners,
        "pages": sum(pages),
        "pages_per_owner_p50": median(pages),
        "pages_per_owner_max": max(pages),
        "exchanges": len(today),
        "concurrency": concurrency,
        "disk_kb_per_page": round(disk_bytes / sum(pages) / 1024, 2),
        "working_set_kb_of_an_owner": round(of_an_owner / 1024, 1),
        "working_set_kb_of_a_page": round(of_a_page / 1024, 2),
        "working_set_mb_limit": round(limit / 2**20, 1),
        "cold": _cold_figures(pages, loads),
        "played": {
            **played,
            "held_share": HELD_SHARE,
            "hit_rate_reckoned": round(reckoned, 4),
        },
        **_reckoned(of_an_owner, of_a_page, seed=seed),
        "activity": asdict(ACTIVITY),
    }
    return {**figures, **plans(figures)}


def plans(figures: Figures) -> Figures:
    """What the figures of a run mean for each number of owners that is planned, with what the
    plans rest on."""
    share = paging.share_for(
        {float(share): rate for share, rate in figures["hit_rate_by_share"].items()},
        WANTED_HIT_RATE,
    )
    played = figures["played"]
    working_set_kb = (
        figures["working_set_kb_of_an_owner"]
        + figures["working_set_kb_of_a_page"] * ACTIVITY.pages_per_owner
    )
    unit = Unit(
        pages_per_owner=ACTIVITY.pages_per_owner,
        exchanges_per_owner_day=ACTIVITY.exchanges_per_day,
        peak_factor=ACTIVITY.peak_factor,
        disk_bytes_per_page=figures["disk_kb_per_page"] * 1024,
        working_set_bytes_per_owner=working_set_kb * 1024,
        held_share=share,
        hit_rate=WANTED_HIT_RATE,
        read_bytes_per_miss=played["kb_per_load"] * 1024,
        request_cpu_seconds=played["request_cpu_seconds_per_1000"] / 1000,
        filing_cpu_seconds=played["background_cpu_seconds_per_1000"] / 1000,
        database_cpu_seconds=(played["database_cpu_seconds_per_1000"] or 0.0) / 1000,
    )
    return {
        "plans": {str(owners): asdict(plan(owners, unit, MODEL, MACHINES)) for owners in PLANNED},
        "plans_rest_on": {**asdict(unit), **asdict(MODEL), **asdict(MACHINES)},
    }


def _drawn_days(
    people: Sequence[Person], *, seed: int
) -> tuple[tuple[Exchange, ...], tuple[Exchange, ...]]:
    """The exchanges of the days that warm up, and those of the day that counts, in seconds since
    its midnight."""
    begins = WARM_DAYS * DAY_SECONDS
    drawn = draw_exchanges(people, ACTIVITY, days=WARM_DAYS + 1, seed=seed)
    moved = [Exchange(exchange.at - begins, exchange.person) for exchange in drawn]
    earlier = tuple(exchange for exchange in moved if exchange.at < 0)
    return earlier, tuple(moved[len(earlier) :])


def _live_until_now(engine: MemoryEngine, people: Sequence[Person], progress: Progress) -> None:
    """Load every history through the bulk path, and consolidate it."""
    history = talk(sum(person.pages for person in people))
    for number, person in enumerate(people):
        progress("living until now", number, len(people))
        load(engine, number, list(islice(history, person.pages)))
        engine.flush(user(number))


def _load_each_cold(
    engine: MemoryEngine, people: Sequence[Person], progress: Progress
) -> list[ColdLoad]:
    """The median load of each owner."""
    loads = []
    for number in range(len(people)):
        progress("loading cold", number, len(people))
        runs = [load_cold(engine, user(number)) for _ in range(COLD_RUNS)]
        loads.append(sorted(runs, key=lambda run: run.seconds)[COLD_RUNS // 2])
    return loads


def _held_at_midnight(
    earlier: Sequence[Exchange], sizes: Sequence[int], byte_limit: int
) -> list[int]:
    """The owners who are in memory when the day begins, the one used last at the end."""
    held: list[int] = []
    nbytes = 0
    for number in dict.fromkeys(exchange.person for exchange in reversed(earlier)):
        nbytes += sizes[number]
        if nbytes > byte_limit:
            break
        held.append(number)
    return held[::-1]


def _cold_figures(pages: Sequence[int], loads: Sequence[ColdLoad]) -> Figures:
    taken = [found.seconds for found in loads]
    reading = sum(found.reading_seconds for found in loads) / sum(taken)
    return {
        "load_p50_ms": milliseconds(taken, 50),
        "load_p95_ms": milliseconds(taken, 95),
        "load_max_ms": milliseconds(taken, 100),
        "share_reading_rows": round(reading, 3),
        "by_pages": [
            [count, round(1000 * found.seconds, 3)]
            for count, found in sorted(zip(pages, loads, strict=True), key=lambda pair: pair[0])
        ],
    }


def _reckoned(of_an_owner: float, of_a_page: float, *, seed: int) -> Figures:
    """Hit rates of a day of people who are only drawn: by the share of the bytes of all working
    sets that is held; and where servers take turns instead of each having owners of its own."""
    people = draw_people(RECKONED_PEOPLE, ACTIVITY, seed=seed + 1)
    earlier, today = _drawn_days(people, seed=seed + 1)
    requests = [exchange.person for exchange in (*earlier, *today)]
    sizes = [of_an_owner + of_a_page * person.pages for person in people]

    def hit_rate(of_server: Sequence[int], share: float, counted: int) -> float:
        limit = share * sum(sizes)
        return round(paging.hit_rate(of_server, sizes, byte_limit=limit, counted=counted), 4)

    # All servers have it alike: one of them stands for all.
    turns = -(-len(today) // TURNS_OF)
    return {
        "hit_rate_by_share": {
            str(share): hit_rate(requests, share, len(today)) for share in SHARES
        },
        "hit_rate_taking_turns": hit_rate(requests[::TURNS_OF], TURNS_SHARE / TURNS_OF, turns),
    }


def _line(pages: Sequence[int], sizes: Sequence[int]) -> tuple[float, float]:
    """Bytes of an owner without a page, and of each page: the line that fits best."""
    of_a_page, of_an_owner = np.polyfit(pages, sizes, 1)
    return float(of_an_owner), float(of_a_page)

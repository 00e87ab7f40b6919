"""`memoryos bench fleet`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

import typer

from memoryos.cli.bench.options import DatabaseUrl, Embedder, Out
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.config import DEFAULT_EMBEDDING_MODEL


def fleet(
    out: Out = None,
    database_url: DatabaseUrl = None,
    owners: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many owners are drawn and played.")
    ] = 500,
    concurrency: Annotated[
        int, typer.Option(min=1, metavar="N", help="Threads that consolidate.")
    ] = 1,
    seed: Annotated[int, typer.Option(help="Of all that is drawn.")] = 7,
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
) -> None:
    """A day of many owners, scaled down and played for real, and what a million or a hundred
    million owners would need (docs/scaling.md)."""
    from memoryos.bench import fleet as bench
    from memoryos.bench import fleet_tables
    from memoryos.bench.places import check_server
    from memoryos.bench.report import report

    if database_url is not None:
        check_server(database_url)
    if out is not None:
        check_destinations("fleet", out)
    started_at = datetime.now(timezone.utc)
    with progress_bar() as progress:
        figures = bench.measure(
            owners=owners,
            concurrency=concurrency,
            seed=seed,
            embedder=embedder,
            progress=progress,
            database_url=database_url,
        )
    settings = {"owners": owners, "concurrency": concurrency, "embedder": embedder}
    content = report("fleet", figures, settings=settings, started_at=started_at, seed=seed)
    deliver(content, fleet_tables.tables(content), fleet_tables.charts(content), folder=out)

"""`memoryos bench scale`."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Annotated

import typer

from memoryos.cli.bench.options import DatabaseUrl, Embedder, Out, Report
from memoryos.cli.bench.output import check_destinations, deliver, progress_bar
from memoryos.config import DEFAULT_EMBEDDING_MODEL
from memoryos.errors import InvalidArgumentError


def scale(
    out: Out = None,
    json_out: Report = None,
    pages: Annotated[
        str, typer.Option(help="Sizes of memory to measure, separated by commas.")
    ] = "1000,5000,10000,100000",
    database_url: DatabaseUrl = None,
    owners: Annotated[
        int, typer.Option(min=0, metavar="N", help="Measure so many owners together, too.")
    ] = 0,
    pages_per_owner: Annotated[
        int, typer.Option(min=1, metavar="N", help="How many pages each of them has.")
    ] = 100,
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
) -> None:
    """How fast writing, recall and cold starts are, and the space they take, as memory grows: on
    SQLite, on PostgreSQL beside it, and with many owners under a byte limit."""
    from memoryos.bench import scale as bench
    from memoryos.bench import scale_tables
    from memoryos.bench.places import check_server
    from memoryos.bench.report import report

    sizes = _sizes(pages)
    if database_url is not None:
        check_server(database_url)
    check_destinations("scale", out, json_out)
    started_at = datetime.now(timezone.utc)
    with progress_bar() as progress:
        figures = bench.measure(
            sizes,
            embedder=embedder,
            progress=progress,
            database_url=database_url,
            owner_count=owners,
            pages_per_owner=pages_per_owner,
        )
    settings = {
        "pages": sizes,
        "owners": owners,
        "pages_per_owner": pages_per_owner,
        "embedder": embedder,
    }
    content = report("scale", figures, settings=settings, started_at=started_at)
    tables, charts = scale_tables.tables(content), scale_tables.charts(content)
    deliver(content, tables, charts, folder=out, file=json_out)


def _sizes(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise InvalidArgumentError(
            f"--pages takes whole numbers separated by commas, such as 1000,10000, not {text!r}"
        )
    return [int(part) for part in parts]

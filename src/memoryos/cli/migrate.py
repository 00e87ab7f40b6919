"""The command `migrate`: brings the database to this release's schema."""

from __future__ import annotations

from typing import Annotated

import typer

from memoryos.cli import output
from memoryos.cli.output import show
from memoryos.cli.settings import Settings


def migrate(
    settings: Settings,
    partitions: Annotated[
        int | None,
        typer.Option(
            "--partitions",
            metavar="N",
            help="Divide the tables of an empty PostgreSQL database by owner, once for all.",
        ),
    ] = None,
) -> None:
    """Bring the database to this release's schema; opening it does the same."""
    from memoryos.store.sql_store import open_database

    database = open_database(settings.database_url)
    try:
        before = database.version()
        database.prepare()
        if partitions is not None:
            database.partition(partitions)
        after = database.version()
    finally:
        database.close()
    if settings.json:
        output.show_json({"from": before, "to": after, "partitions": partitions})
        return
    was = f"schema {before}" if before else "empty"
    show(f"{database.name}: was {was}, is schema {after}")
    if partitions is not None:
        show(f"each table has {output.counted(partitions, 'partition')}")

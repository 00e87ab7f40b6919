"""The commands `backup` and `restore`: the whole store, of every user, in one file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import counted, show
from memoryos.cli.settings import Settings
from memoryos.config import sqlite_path
from memoryos.errors import InvalidArgumentError


def backup(
    settings: Settings,
    file: Annotated[Path, typer.Argument(help="The file to write.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over a file that is there.")
    ] = False,
) -> None:
    """Copy the memory of every user to a file that restore takes back, while others go on writing.

    A backup keeps what you forget later: delete it, too, in time.
    """
    from memoryos.store.backup import write_backup

    database = _database(settings)
    with consolidation.progress_bars() as bars:
        task = bars.add_task("copying", total=1.0)
        contents = write_backup(
            database,
            file.expanduser(),
            replace=replace,
            told=lambda share: bars.update(task, completed=share),
        )
    if settings.json:
        output.show_json({"file": str(file), **asdict(contents)})
    else:
        show(f"{_held(contents.pages, contents.owners)} in {file}")


def restore(
    settings: Settings,
    file: Annotated[Path, typer.Argument(help="What backup has written.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in the place of the memory that is there.")
    ] = False,
) -> None:
    """Put a backup in the place of memory, which is kept beside it under a dated name.

    What was forgotten since the backup was made stays forgotten. End every program that has the
    memory open first: it is refused else.
    """
    from memoryos.restoration import Past
    from memoryos.restoration import restore as put_back

    database = _database(settings)
    with consolidation.progress_bars() as bars:
        task = bars.add_task("copying", total=1.0)
        restored = put_back(
            file.expanduser(),
            database,
            replace=replace,
            told=lambda share: bars.update(task, completed=share),
        )
    if settings.json:
        output.show_json({"database": str(database), **asdict(restored)})
        return
    show(f"{_held(restored.pages, restored.owners)} from {file}")
    if restored.kept:
        show(f"what was there is kept: {restored.kept}")
    if restored.forgotten:
        show(f"{counted(restored.forgotten, 'item')} had been forgotten since, and stay so")
    if restored.past in (Past.ANOTHER, Past.UNREADABLE):
        show(f"beware: {restored.past.value}")


def _held(pages: int, owners: int) -> str:
    return f"{counted(pages, 'page')} of {counted(owners, 'owner')}"


def _database(settings: Settings) -> Path:
    path = sqlite_path(settings.database_url)
    if path is None:
        raise InvalidArgumentError(
            "memory is kept in PostgreSQL, which has tools of its own for this: pg_dump and"
            " pg_restore, or pg_basebackup; docs/operations.md tells how"
        )
    return path

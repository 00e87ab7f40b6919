"""The schema's history: run on opening, in one transaction, by whoever opens first."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text

from memoryos.errors import CorruptStoreError, NewerStoreError

HEAD = "0005"
"""The revision of `store.schema`; written here too, because importing Alembic takes 0.3 s."""


def stored_version(connection: Connection) -> str | None:
    """The revision of the schema in the database; None for an empty database.

    Raises CorruptStoreError for a database that holds tables of something else.
    """
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise CorruptStoreError(
                "the database holds tables of another program, and was left as it is: choose"
                " another folder, or another database or schema on the server"
            )
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Bring the schema to HEAD within the caller's transaction.

    Raises NewerStoreError if the stored revision is none that this release knows.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "memoryos.store:migrations")
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    stored = stored_version(connection)
    if stored is not None and stored not in known:
        raise NewerStoreError(
            f"the database has schema {stored}, this release knows up to {HEAD}: it was written by"
            " a later version of MemoryOS; upgrade memoryos-engine to open it"
        )
    command.upgrade(config, "head")

"""Tables of PostgreSQL divided by owner, which comes first in every key, while they are empty."""

from __future__ import annotations

from sqlalchemy import Connection, text

from memoryos.errors import InvalidArgumentError
from memoryos.store.schema import metadata

MOST_PARTITIONS = 1024

KEYS = text(
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE conrelid = CAST(:table AS regclass) AND contype = 'p'"
)
INDEXES = text(
    "SELECT pg_get_indexdef(indexrelid) FROM pg_index"
    " WHERE indrelid = CAST(:table AS regclass) AND NOT indisprimary"
)


def partition(connection: Connection, count: int) -> None:
    """Divide every table that holds rows of owners into `count` partitions, by hash of the owner.

    Of a schema of any release: key and indexes are made again as they were, under their names.
    Raises InvalidArgumentError where anything is kept already, or for a count that cannot be.
    """
    if not 1 <= count <= MOST_PARTITIONS:
        raise InvalidArgumentError(f"partitions must be from 1 to {MOST_PARTITIONS}, not {count}")
    tables = [name for name, table in metadata.tables.items() if "owner" in table.c]
    for table in tables:
        connection.exec_driver_sql(f"LOCK TABLE {table}")
        if connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1").first():
            raise InvalidArgumentError(
                "only an empty database can be divided into partitions: make a new one, divide it,"
                " and copy memory into it (memoryos copy)"
            )
    for table in tables:
        _divide(connection, table, count)


def _divide(connection: Connection, table: str, count: int) -> None:
    keys = connection.execute(KEYS, {"table": table}).all()
    indexes = connection.execute(INDEXES, {"table": table}).scalars().all()
    like = f"LIKE {table}_undivided INCLUDING DEFAULTS INCLUDING STORAGE"
    for statement in (
        f"ALTER TABLE {table} RENAME TO {table}_undivided",
        f"CREATE TABLE {table} ({like}) PARTITION BY HASH (owner)",
        f"DROP TABLE {table}_undivided",
        *(f"ALTER TABLE {table} ADD CONSTRAINT {name} {words}" for name, words in keys),
        *indexes,
        *(
            f"CREATE TABLE {table}_{part} PARTITION OF {table}"
            f" FOR VALUES WITH (MODULUS {count}, REMAINDER {part})"
            for part in range(count)
        ),
    ):
        connection.exec_driver_sql(statement)

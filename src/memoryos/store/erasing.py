"""Marks, left in the transaction that deletes: what it deletes is yet to be erased from disk."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Connection, Text, cast, func

from memoryos.model import Owner
from memoryos.store import sqlite
from memoryos.store.database import upsert
from memoryos.store.schema import erasures


@upsert
def mark(insert: Any) -> Any:
    this_transaction = cast(cast(func.pg_current_xact_id(), Text), BigInteger)
    return insert(erasures).values(transaction=this_transaction).on_conflict_do_nothing()


def mark_for_erasing(connection: Connection, owner: Owner) -> None:
    """Say that bytes of what this transaction deletes or replaces are to be erased.

    SQLite keeps the mark in the file's header, PostgreSQL in a row of its own.
    """
    if connection.dialect.name == "sqlite":
        sqlite.mark_for_erasing(connection)
    else:
        connection.execute(mark(connection), {"owner": owner.key})

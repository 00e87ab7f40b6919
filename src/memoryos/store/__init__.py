"""Durable rows behind the `Store` seam: SQLite now, PostgreSQL on the same class."""

from __future__ import annotations

from pathlib import Path

from memoryos.store.base import Store

__all__ = ["Store", "open_sqlite"]


def open_sqlite(folder: Path) -> Store:
    """The store in `folder`/memoryos.db, made and migrated as need be.

    Raises StorageUnavailableError, CorruptStoreError or NewerStoreError.
    """
    from memoryos.store.sql_store import SqlStore  # SQLAlchemy takes 0.2 s to import

    return SqlStore.open(folder)

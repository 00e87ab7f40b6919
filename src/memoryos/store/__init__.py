"""Durable rows behind the `Store` seam: SQLite and PostgreSQL, on one class."""

from __future__ import annotations

from memoryos.store.base import Store
from memoryos.store.sql_store import SqlStore

__all__ = ["SqlStore", "Store"]

"""SqlStore over SQLite: the contract of every store, and what is the file's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from memoryos.store import SqlStore
from memoryos.testing.store_contract import StoreContract


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore.open(tmp_path / "memory") as opened:
        yield opened


class TestSqliteStore(StoreContract):
    pass

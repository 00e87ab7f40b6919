"""The schema and its history: what a file of any age becomes when it is opened."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from memoryos.errors import NewerStoreError
from memoryos.store import SqlStore, migrations
from memoryos.store.dialect import open_engine
from memoryos.store.schema import metadata
from memoryos.testing.store_contract import ALICE, add, pages_of

BROKEN_OFF = """
import os, sys
from pathlib import Path
from memoryos.store import migrations
from memoryos.store.dialect import open_engine
engine = open_engine(Path(sys.argv[1]) / "memoryos.db").execution_options(writes=True)
with engine.begin() as connection:
    migrations.upgrade(connection)
    assert migrations.stored_version(connection) == migrations.HEAD
    os._exit(9)
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(tmp_path / "memoryos.db")
    yield opened
    opened.dispose()


def tables(folder: Path) -> set[str]:
    connection = sqlite3.connect(folder / "memoryos.db")
    try:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    finally:
        connection.close()


def test_an_empty_file_is_brought_to_head(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        assert migrations.stored_version(connection) is None
        migrations.upgrade(connection)
        assert migrations.stored_version(connection) == migrations.HEAD


def test_head_is_the_newest_script() -> None:
    folder = Path(migrations.__file__).parent
    assert ScriptDirectory(str(folder)).get_current_head() == migrations.HEAD


def test_the_migrations_build_the_schema_that_the_code_uses(engine: Engine) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        migrations.upgrade(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_the_owner_comes_first_in_every_key_and_index() -> None:
    of_one_owner = [table for name, table in metadata.tables.items() if name != "store"]
    for table in of_one_owner:
        assert next(iter(table.primary_key.columns)).name == "owner"
        first = {index.name: next(iter(index.columns)).name for index in table.indexes}
        # How a worker finds whom to look at.
        first.pop("owners_due", None)
        assert set(first.values()) <= {"owner"}


def test_a_database_of_a_later_release_is_refused_and_left_byte_for_byte(tmp_path: Path) -> None:
    with SqlStore.open(tmp_path) as store:
        add(store, ALICE, "a")
    file = tmp_path / "memoryos.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(NewerStoreError, match="upgrade memoryos-engine"):
        SqlStore.open(tmp_path)
    assert file.read_bytes() == before


def test_a_migration_broken_off_leaves_the_old_version(tmp_path: Path) -> None:
    process = subprocess.run([sys.executable, "-c", BROKEN_OFF, str(tmp_path)], check=False)
    assert process.returncode == 9
    assert tables(tmp_path) == set()
    with SqlStore.open(tmp_path) as store:
        assert add(store, ALICE, "a") == (1,)


def test_a_store_at_head_opens_without_alembic(tmp_path: Path) -> None:
    """It takes longer to import than all else."""
    with SqlStore.open(tmp_path) as store:
        add(store, ALICE, "a")
    script = (
        "import sys; from pathlib import Path; from memoryos.store import SqlStore;"
        "SqlStore.open(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False).returncode == 0
    )
    with SqlStore.open(tmp_path) as store:
        assert len(pages_of(store, ALICE)) == 1

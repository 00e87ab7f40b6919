"""The schema and its history: what a file of any age becomes when it is opened."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from memoryos.errors import NewerStoreError
from memoryos.model import Kind, Owner
from memoryos.store import SqlStore, migrations
from memoryos.store.base import Progress
from memoryos.store.rows import to_microseconds
from memoryos.store.schema import metadata
from memoryos.store.sqlite import open_engine
from memoryos.testing.store_contract import (
    ALICE,
    BOB,
    NOON,
    SPACE,
    a_fact,
    a_segment,
    a_trait,
    add,
    after,
    due_at,
    pages_of,
    whole,
)

BROKEN_OFF = """
import os, sys
from pathlib import Path
from memoryos.store import migrations
from memoryos.store.sqlite import open_engine
engine = open_engine(Path(sys.argv[1]) / "memoryos.db").execution_options(writes=True)
with engine.begin() as connection:
    migrations.upgrade(connection)
    assert migrations.stored_version(connection) == migrations.HEAD
    os._exit(9)
"""

OPENER = """
import sys
from pathlib import Path
from memoryos.store import SqlStore
print("ready", flush=True)
input()
SqlStore.open(Path(sys.argv[1])).close()
"""

EPOCH = "0123456789abcdef0123456789abcdef"
T = to_microseconds(NOON)
MINUTE = 60_000_000

Row = dict[str, Any]


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


def rows(folder: Path) -> dict[str, list[Row]]:
    """All that the database holds, table by table."""
    connection = sqlite3.connect(folder / "memoryos.db")
    connection.row_factory = sqlite3.Row
    try:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: list(map(dict, connection.execute(f"SELECT * FROM {name}"))) for name in names
        }
    finally:
        connection.close()


def an_owner_at_0001(owner: Owner, **values: Any) -> Row:
    return {
        "owner": owner.key,
        "user_id": owner.user_id,
        "assistant_id": owner.assistant_id,
        "revision": 1,
        "page_count": 1,
        "next_page": 2,
        "next_segment": 1,
        "next_fact": 1,
        "next_trait": 1,
        "followable_from": 0,
        "embedding_model": SPACE,
        "due_at": T,
        "asked_at": T,
        "lease_token": 0,
        **values,
    }


def a_page_at_0001(number: int, owner: Owner = ALICE, **values: Any) -> Row:
    return {
        "owner": owner.key,
        "number": number,
        "user_input": f"text {number}",
        "agent_response": "Tell me more.",
        "timestamp": T,
        "recorded_at": T,
        "meta_data": "",
        "origin": "user",
        "learnable": True,
        "meta_chain": "",
        "analysed": False,
        "terms": b"terms",
        "revision": 1,
        **values,
    }


def rows_at_0001() -> dict[str, list[Row]]:
    """What release 0.1 wrote: `a_segment()`, `a_fact()` and `a_trait()` among it, spelt out.

    Rules have read Alice's pages 1 and 3, page 2 was removed; Bob's only page waits.
    """
    of_alice = {"owner": ALICE.key, "number": 1, "revision": 2}
    filed = {"chain": 1, "meta_chain": "so far", "segment": 1, "revision": 2}
    return {
        "owners": [
            an_owner_at_0001(
                ALICE,
                revision=3,
                page_count=3,
                next_page=5,
                next_segment=2,
                next_fact=2,
                next_trait=2,
                due_at=None,
                asked_at=None,
                lease_token=1,
            ),
            an_owner_at_0001(BOB),
        ],
        "pages": [
            a_page_at_0001(1, **filed, analysed=True),
            a_page_at_0001(3, **filed, analysed=True),
            a_page_at_0001(4, meta_data='{"mood": "\\u597d"}', conversation_id="c-1"),
            a_page_at_0001(1, BOB),
        ],
        "embeddings": [
            {"owner": ALICE.key, "kind": "page", "number": 1, "revision": 1, "vectors": b"v"}
        ],
        "tombstones": [{"owner": ALICE.key, "revision": 3, "kind": "page", "number": 2}],
        "segments": [
            {
                **of_alice,
                "summary": "hiking",
                "keywords": '["hiking", "escursione", "山"]',
                "started_at": T - 60 * MINUTE,
                "ended_at": T,
                "visited_at": T,
                "page_count": 2,
                "interaction_length": 2,
                "visit_count": 0,
            }
        ],
        "facts": [
            {
                **of_alice,
                "subject": "user",
                "attribute": "residence",
                "value": "Madrid",
                "text": "lives in Madrid",
                "language": "en",
                "origin": "user",
                "learner": "rules",
                "confidence": 0.875,
                "recorded_at": T,
                "valid_from": T - 600 * MINUTE,
                "terms": b"madrid",
            }
        ],
        "traits": [
            {
                **of_alice,
                "dimension": "Extraversion",
                "level": "high",
                "reason": "loves company",
                "learner": "rules",
                "recorded_at": T,
                "confirmed_at": T + MINUTE,
            }
        ],
        "evidence": [
            {**of_alice, "kind": kind, "position": 0, "page": 1, "quote": quote}
            for kind, quote in (("fact", "I live in Madrid (1)"), ("trait", "I love parties"))
        ],
    }


@pytest.fixture
def written_at_0001(engine: Engine, tmp_path: Path) -> Path:
    """The folder of a store that was written before language models came."""
    config = Config()
    config.set_main_option("script_location", "memoryos.store:migrations")
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    file = sqlite3.connect(tmp_path / "memoryos.db")
    file.execute("PRAGMA journal_mode=WAL")
    file.execute("UPDATE store SET epoch = ?", [EPOCH])
    for table, values in rows_at_0001().items():
        for row in values:
            columns, marks = ", ".join(row), ", ".join("?" * len(row))
            file.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [*row.values()])
    file.commit()
    file.close()
    return tmp_path


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
        first.pop("owners_set_aside", None)
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


def test_a_store_written_at_0001_keeps_every_row(written_at_0001: Path) -> None:
    before = rows(written_at_0001)
    SqlStore.open(written_at_0001).close()
    now = rows(written_at_0001)
    assert now.pop("alembic_version") == [{"version_num": migrations.HEAD}]
    del before["alembic_version"]
    assert {table: len(now[table]) for table in before} == {
        table: len(values) for table, values in before.items()
    }
    for table, values in before.items():
        for old, new in zip(values, now[table], strict=True):
            old.pop("analysed", None)
            assert {name: new[name] for name in old} == old
    assert set(now) - set(before) == {"erasures", "ledger", "model_calls", "sources"}
    assert "analysed" not in now["pages"][0]


def test_a_store_written_at_0001_is_read_as_it_was(written_at_0001: Path) -> None:
    with SqlStore.open(written_at_0001) as store:
        alice = whole(store, ALICE)
        assert [(p.number, p.analyst, p.segment) for p in pages_of(store, ALICE)] == [
            (1, "rules", 1),
            (3, "rules", 1),
            (4, None, None),
        ]
        assert alice.pages[2].page.meta_data == {"mood": "好"}
        assert alice.segments == (a_segment(learner="rules"),)
        assert (alice.facts, alice.traits) == ((a_fact(),), (a_trait(),))
        assert [item.number for item in alice.embeddings] == [1]
        assert alice.next_numbers == {Kind.PAGE: 5, Kind.SEGMENT: 2, Kind.FACT: 2, Kind.TRAIT: 2}
        assert (due_at(store, ALICE), due_at(store, BOB)) == (None, NOON)
        # Traits were read together with the pages: a model does not begin at the first again.
        assert store.progress(ALICE) == Progress(traits_through=3)
        assert store.progress(BOB) == Progress()


def test_whoever_followed_a_store_written_at_0001_goes_on(written_at_0001: Path) -> None:
    with SqlStore.open(written_at_0001) as store:
        changes = store.changes(ALICE, since=2, epoch=EPOCH)
        assert (changes.reset, changes.pages, changes.removed) == (False, (), ((Kind.PAGE, 2),))
        assert add(store, ALICE, "new") == (5,)
        assert store.acquire(ALICE, holder="w", now=NOON, until=after(1)) is not None


def test_a_migration_from_0001_broken_off_starts_over(written_at_0001: Path) -> None:
    before = rows(written_at_0001)
    process = subprocess.run([sys.executable, "-c", BROKEN_OFF, str(written_at_0001)], check=False)
    assert process.returncode == 9
    assert rows(written_at_0001) == before
    with SqlStore.open(written_at_0001) as store:
        assert [page.analyst for page in pages_of(store, ALICE)] == ["rules", "rules", None]


def test_a_store_written_at_0001_that_two_processes_open_at_once_is_migrated_once(
    written_at_0001: Path,
) -> None:
    """Twice would fail: the column that the first dropped is not there for the second."""
    command_line = [sys.executable, "-c", OPENER, str(written_at_0001)]
    openers = [
        subprocess.Popen(command_line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for opener in openers:
        assert opener.stdout is not None
        assert opener.stdout.readline() == "ready\n"
    for opener in openers:
        assert opener.stdin is not None
        opener.stdin.write("\n")
        opener.stdin.flush()
    for opener in openers:
        opener.communicate()
    assert [opener.returncode for opener in openers] == [0, 0]
    with SqlStore.open(written_at_0001) as store:
        assert [page.analyst for page in pages_of(store, ALICE)] == ["rules", "rules", None]

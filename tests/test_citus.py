"""deploy/citus.sql, held against the schema, and run with stand-ins for Citus's functions."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import create_engine, text

from memoryos.store.schema import metadata

SCRIPT = Path(__file__).parents[1] / "deploy" / "citus.sql"
CALL = re.compile(r"SELECT (\w+)\('(\w+)'(?:, '(\w+)')?(?:, (\w+) => '?(\w+)'?)?\);")

STAND_INS = """
CREATE TABLE divided (named regclass, by_column text);
CREATE FUNCTION create_distributed_table(
    named regclass, by_column text, colocate_with text = 'default', shard_count int = NULL
) RETURNS void LANGUAGE sql AS $$ INSERT INTO divided VALUES (named, by_column) $$;
CREATE FUNCTION create_reference_table(named regclass) RETURNS void LANGUAGE sql AS '';
CREATE FUNCTION citus_add_local_table_to_metadata(named regclass) RETURNS void LANGUAGE sql AS '';
"""
NOT_BOUND_TO_A_SHARD = """
SELECT conrelid::regclass::text FROM pg_constraint JOIN divided ON named = conrelid
WHERE contype IN ('p', 'u', 'x') AND NOT (
    SELECT attnum FROM pg_attribute WHERE attrelid = conrelid AND attname = by_column
) = ANY (conkey)
"""


def calls() -> list[tuple[str, ...]]:
    return CALL.findall(SCRIPT.read_text())


def test_every_statement_of_the_script_is_read_here() -> None:
    lines = [line for line in SCRIPT.read_text().splitlines() if line and not line.startswith("--")]
    assert len(calls()) == len(lines)


def test_it_names_every_table_exactly_once() -> None:
    assert sorted(table for _, table, *_ in calls()) == sorted(
        [*metadata.tables, "alembic_version"]
    )


def test_every_table_with_an_owner_is_divided_by_it_beside_the_others() -> None:
    divided = [call for call in calls() if call[0] == "create_distributed_table"]
    assert {table for _, table, *_ in divided} == {
        name for name, table in metadata.tables.items() if "owner" in table.c
    }
    assert divided[0][:3] == ("create_distributed_table", "owners", "owner")
    assert {call[2:] for call in divided[1:]} == {("owner", "colocate_with", "owners")}


def test_it_runs_on_what_migrate_makes_and_no_key_leaves_out_the_owner(postgres_url: str) -> None:
    """Citus refuses a key without the column that a table is divided by."""
    engine = create_engine(postgres_url)
    try:
        # Rolled back: the database is used again.
        with engine.connect() as connection:
            for statement in (STAND_INS, SCRIPT.read_text()):
                connection.exec_driver_sql(statement)
            assert (
                connection.execute(text("SELECT count(*) FROM divided")).scalar()
                == len(calls()) - 2
            )
            assert connection.execute(text(NOT_BOUND_TO_A_SHARD)).all() == []
    finally:
        engine.dispose()

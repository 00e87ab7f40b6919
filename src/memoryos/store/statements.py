"""Pieces that several statements are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, bindparam, case

BATCH = 500
"""Numbers in one IN list: some builds of SQLite take 999 values a statement."""


def of(table: Table, *names: str) -> tuple[ColumnElement[bool], ...]:
    """Rows of the owner `:key` whose column of each name equals `:name_`.

    (SQLAlchemy keeps the plain names for the columns that a statement sets.)
    """
    return (
        table.c.owner == bindparam("key"),
        *(table.c[name] == bindparam(f"{name}_") for name in names),
    )


def earlier(column: Column[Any], moment: ColumnElement[Any]) -> ColumnElement[Any]:
    """The earlier of the two; a column that is NULL means never, `moment` is not NULL."""
    return case((column < moment, column), else_=moment)


def larger(column: Column[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The larger of the two, neither of them NULL."""
    return case((column < other, other), else_=column)


def smaller(column: ColumnElement[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    """The smaller of the two, neither of them NULL."""
    return case((column > other, other), else_=column)


def rows_among(
    connection: Connection, statement: Select[Any], key: str, numbers: Collection[int]
) -> Iterator[Any]:
    """The rows of `statement`, which has an IN list `:numbers`, asked for in batches."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        yield from connection.execute(statement, {"key": key, "numbers": batch})

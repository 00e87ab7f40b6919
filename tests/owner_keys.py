"""Watching the statements that a store sends: whose rows each of them can reach."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Engine, Table, event
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.dml import Delete, Insert, Update
from sqlalchemy.sql.elements import BinaryExpression, BindParameter, BooleanClauseList, TextClause
from sqlalchemy.sql.selectable import Alias, FromClause, Join, Select

from memoryos.store.over_owners import OVER_OWNERS
from memoryos.store.schema import metadata

OWNED = {name for name, table in metadata.tables.items() if "owner" in table.c}
"""Tables that are divided by owner."""
KEY = re.compile(r"[0-9a-f]{20}")
PACKAGE = "memoryos.store."


@dataclass
class Watch:
    sent: int = 0
    """Statements that reach rows of owners."""
    used: set[str] = field(default_factory=set)
    """Entries of OVER_OWNERS that sent something."""
    astray: dict[str, str] = field(default_factory=dict)
    """Statements that are neither bound to one owner nor listed, by the function that sent them."""


@contextmanager
def watched(*engines: Engine) -> Iterator[Watch]:
    """Note every statement that goes to these databases, as it is sent."""
    watch = Watch()

    def note(
        connection: Any, cursor: Any, sql: str, parameters: Any, context: Any, many: bool
    ) -> None:
        compiled = context.compiled if context is not None else None
        statement = compiled.statement if compiled is not None else None
        if statement is None or isinstance(statement, TextClause):
            reaches, is_bound = bool(OWNED & set(re.findall(r"\w+", sql))), False
        else:
            reaches = bool(OWNED & {table.name for table in _tables(statement)})
            is_bound = all(carries_key(statement, row) for row in context.compiled_parameters)
        if not reaches:
            return
        watch.sent += 1
        if is_bound:
            return
        sender = _sender()
        # Rows are locked on one shard alone, whoever asks.
        if sender in OVER_OWNERS and "FOR UPDATE" not in sql:
            watch.used.add(sender)
        else:
            watch.astray[sender] = sql

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield watch
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def _sender() -> str:
    """The function of the store's package that is at work: "module.function"."""
    frame = sys._getframe(1)
    while not frame.f_globals.get("__name__", "").startswith(PACKAGE):
        assert frame.f_back is not None, "a statement that the store did not send"
        frame = frame.f_back
    return f"{frame.f_globals['__name__'].removeprefix(PACKAGE)}.{frame.f_code.co_name}"


def _tables(statement: Any) -> list[Table]:
    return [part for part in visitors.iterate(statement) if isinstance(part, Table)]


def carries_key(statement: Any, values: Mapping[str, Any]) -> bool:
    """Whether a statement reaches, in every table of owners that it names, rows of one alone: by an
    equality of `owner` with a key among what is required, or by the rows that it inserts."""
    keys: set[str] = set()
    is_bound = _is_bound(statement, values, frozenset(), keys)
    return is_bound and len(keys) == 1 and KEY.fullmatch(next(iter(keys))) is not None


def _is_bound(
    statement: Any, values: Mapping[str, Any], outer: frozenset[Any], keys: set[str]
) -> bool:
    if isinstance(statement, Insert):
        keys.add(str(values["owner"]))
        return statement.select is None
    if isinstance(statement, (Update, Delete)):
        named, required = [statement.table], [statement.whereclause]
    elif isinstance(statement, Select):
        named, required = _named(statement)
    else:
        named, required = [], []
    bound = {
        of
        for condition in required
        for of, parameter in _equalities(condition)
        if keys.add(str(values.get(parameter.key))) is None
    }
    reached = {one for one in named if _origin(one).name in OWNED}
    within = outer | bound
    return reached <= within and all(
        _is_bound(inner, values, within, keys) for inner in _inner(statement)
    )


def _named(select: Select[Any]) -> tuple[list[Any], list[Any]]:
    """What a SELECT reads from, joins taken apart, and what it requires of it."""
    named: list[Any] = []
    required: list[Any] = [select.whereclause]
    waiting = list(select.get_final_froms())
    while waiting:
        one = waiting.pop()
        if isinstance(one, Join):
            waiting += [one.left, one.right]
            # Of an outer join too: the rows that it does not require do not come from that side.
            required.append(one.onclause)
        elif isinstance(_origin(one), Table):
            named.append(one)
    return named, required


def _origin(one: FromClause) -> Any:
    return one.element if isinstance(one, Alias) else one


def _equalities(condition: Any) -> Iterator[tuple[Any, BindParameter[Any]]]:
    """Whose `owner` must equal which parameter."""
    if isinstance(condition, BooleanClauseList) and condition.operator is operators.and_:
        for part in condition.clauses:
            yield from _equalities(part)
    elif (
        isinstance(condition, BinaryExpression)
        and condition.operator is operators.eq
        and isinstance(condition.left, Column)
        and condition.left.name == "owner"
        and isinstance(condition.right, BindParameter)
    ):
        yield condition.left.table, condition.right


def _inner(statement: Any) -> Iterator[Any]:
    """The queries right inside a statement."""
    waiting = list(statement.get_children())
    while waiting:
        one = waiting.pop()
        if isinstance(one, Select):
            yield one
        else:
            waiting += one.get_children()

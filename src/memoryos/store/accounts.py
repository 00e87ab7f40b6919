"""The accounts: calls of language models, added up by day, purpose and outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, select

from memoryos.model import Owner
from memoryos.store.base import ModelCalls
from memoryos.store.dialect import upsert
from memoryos.store.schema import model_calls
from memoryos.store.statements import of

KEY = ("day", "purpose", "outcome")
FIGURES = ("calls", "prompt_tokens", "completion_tokens", "milliseconds")


def _add_calls() -> Any:
    statement = upsert(model_calls)
    return statement.on_conflict_do_update(
        index_elements=["owner", *KEY],
        set_={name: model_calls.c[name] + statement.excluded[name] for name in FIGURES},
    )


ADD_CALLS = _add_calls()
CALLS = select(*(model_calls.c[name] for name in (*KEY, *FIGURES))).where(*of(model_calls))

# By day, purpose and outcome; not by ORDER BY, which follows a database's collation.
IN_ORDER = attrgetter(*KEY)


def record_model_calls(connection: Connection, owner: Owner, calls: Sequence[ModelCalls]) -> None:
    # There may be no owner's row to take first: PostgreSQL waits in no circle if all take these
    # rows in one order.
    connection.execute(
        ADD_CALLS,
        [
            {
                "owner": owner.key,
                "day": of_day.day.isoformat(),
                **{name: getattr(of_day, name) for name in KEY[1:] + FIGURES},
            }
            for of_day in sorted(calls, key=IN_ORDER)
        ],
    )


def read_model_calls(
    connection: Connection, owner: Owner, *, since: date | None
) -> tuple[ModelCalls, ...]:
    statement = CALLS
    if since is not None:
        statement = statement.where(model_calls.c.day >= since.isoformat())
    rows = connection.execute(statement, {"key": owner.key})
    calls = [ModelCalls(date.fromisoformat(day), *rest) for day, *rest in rows]
    return tuple(sorted(calls, key=IN_ORDER))

"""The accounts: calls of language models, added up by day, purpose and outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, update

from memoryos.model import Owner
from memoryos.store.base import REFUSED, RESERVED, ModelCalls
from memoryos.store.database import upsert
from memoryos.store.schema import model_calls
from memoryos.store.statements import of

KEY = ("day", "purpose", "outcome")
FIGURES = ("calls", "prompt_tokens", "completion_tokens", "milliseconds")


@upsert
def add_calls(insert: Any) -> Any:
    statement = insert(model_calls)
    return statement.on_conflict_do_update(
        index_elements=["owner", *KEY],
        set_={name: model_calls.c[name] + statement.excluded[name] for name in FIGURES},
    )


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be asked a day; None is without bound."""

    calls: int | None
    tokens: int | None


CALLS = select(*(model_calls.c[name] for name in (*KEY, *FIGURES))).where(*of(model_calls))

SPENT = select(
    func.coalesce(func.sum(model_calls.c.calls), 0),
    func.coalesce(func.sum(model_calls.c.prompt_tokens + model_calls.c.completion_tokens), 0),
).where(
    *of(model_calls),
    # Not from that day on: a clock that was ahead must not spend the budget of days to come.
    model_calls.c.day == bindparam("day_"),
    model_calls.c.outcome != REFUSED,
)
THE_RESERVED = (
    *of(model_calls),
    model_calls.c.day == bindparam("day_"),
    model_calls.c.purpose == bindparam("purpose_"),
    model_calls.c.outcome == RESERVED,
)
TAKE_BACK = (
    update(model_calls)
    .where(
        *THE_RESERVED,
        # Forgetting the owner deletes reservations: another one's must not pay for them.
        *(model_calls.c[name] >= bindparam(f"{name}_") for name in FIGURES),
    )
    .values({name: model_calls.c[name] - bindparam(f"{name}_") for name in FIGURES})
)
DROP_EMPTY = delete(model_calls).where(*THE_RESERVED, model_calls.c.calls == 0)

# By day, purpose and outcome; not by ORDER BY, which follows a database's collation.
IN_ORDER = attrgetter(*KEY)


def record_model_calls(connection: Connection, owner: Owner, calls: Sequence[ModelCalls]) -> None:
    # There may be no owner's row to take first: PostgreSQL waits in no circle if all take these
    # rows in one order.
    connection.execute(
        add_calls(connection),
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


def fits(connection: Connection, owner: Owner, most: ModelCalls, budget: Budget) -> bool:
    """Whether the day's calls, and `most` besides, are within the budget."""
    if budget.calls is None and budget.tokens is None:
        return True
    row = connection.execute(SPENT, {"key": owner.key, "day_": most.day.isoformat()})
    calls, tokens = row.one()
    calls += most.calls
    tokens += most.prompt_tokens + most.completion_tokens
    return (budget.calls is None or calls <= budget.calls) and (
        budget.tokens is None or tokens <= budget.tokens
    )


def reserve(connection: Connection, owner: Owner, most: ModelCalls, budget: Budget) -> bool:
    # A row that is made and unmade in one transaction is a lock, and the owner may have no other
    # row yet: nobody reserves between the sum and the entry.
    lock = ModelCalls(most.day, "", RESERVED, 0, 0, 0, 0)
    record_model_calls(connection, owner, [lock])
    has_room = fits(connection, owner, most, budget)
    if has_room:
        record_model_calls(connection, owner, [most])
    connection.execute(DROP_EMPTY, {"key": owner.key, **_place(lock)})
    return has_room


def settle(
    connection: Connection, owner: Owner, reserved: ModelCalls, calls: Sequence[ModelCalls]
) -> None:
    # Rows in the order of `record_model_calls`, "reserved" last: two who write wait, and do not
    # lock each other out.
    if calls:
        record_model_calls(connection, owner, calls)
    place = {"key": owner.key, **_place(reserved)}
    connection.execute(TAKE_BACK, {**place, **{f"{n}_": getattr(reserved, n) for n in FIGURES}})
    connection.execute(DROP_EMPTY, place)


def _place(reserved: ModelCalls) -> dict[str, str]:
    return {"day_": reserved.day.isoformat(), "purpose_": reserved.purpose}

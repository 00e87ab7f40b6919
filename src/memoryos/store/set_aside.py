"""Owners whose consolidation fails of itself: the failures are counted, and after a number of them
no worker looks at the owner until it is put back.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, case, func, null, select, update

from memoryos.model import Owner
from memoryos.store.base import Backlog
from memoryos.store.leases import WAITING
from memoryos.store.rows import datetime_or_none, to_microseconds
from memoryos.store.schema import owners
from memoryos.store.statements import of

COUNT_FAULT = (
    update(owners)
    .where(*of(owners))
    .values(
        faults=owners.c.faults + 1,
        fault=bindparam("error"),
        set_aside_at=case(
            (
                and_(owners.c.set_aside_at.is_(None), owners.c.faults + 1 >= bindparam("limit")),
                bindparam("now"),
            ),
            else_=owners.c.set_aside_at,
        ),
    )
    .returning(owners.c.faults)
)
PUT_BACK = update(owners).values(
    faults=0, fault="", set_aside_at=null(), due_at=bindparam("now", type_=owners.c.due_at.type)
)
PUT_ONE_BACK = PUT_BACK.where(*of(owners), owners.c.faults > 0)
PUT_ALL_BACK = PUT_BACK.where(owners.c.set_aside_at.is_not(None))

COUNT_WAITING = select(func.count().label("waiting"), func.min(owners.c.due_at)).where(*WAITING)
COUNT_SET_ASIDE = select(func.count()).where(owners.c.set_aside_at.is_not(None))


def count_fault(
    connection: Connection, owner: Owner, *, error: str, now: datetime, limit: int
) -> int:
    values = {"key": owner.key, "error": error, "now": to_microseconds(now), "limit": limit}
    return int(connection.execute(COUNT_FAULT, values).scalar_one_or_none() or 0)


def put_back(connection: Connection, owner: Owner | None, *, now: datetime) -> int:
    values = {"now": to_microseconds(now)}
    if owner is None:
        return connection.execute(PUT_ALL_BACK, values).rowcount
    return connection.execute(PUT_ONE_BACK, {**values, "key": owner.key}).rowcount


def read_backlog(connection: Connection, *, now: datetime) -> Backlog:
    waiting, oldest = connection.execute(COUNT_WAITING, {"now": to_microseconds(now)}).one()
    set_aside = connection.execute(COUNT_SET_ASIDE).scalar_one()
    return Backlog(waiting, datetime_or_none(oldest), set_aside)

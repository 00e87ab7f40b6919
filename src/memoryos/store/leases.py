"""Leases: who may consolidate an owner, and when the owner is due.

Both live on the owner's row. While a lease runs, `due_at` is its end, so that a dead worker's owner
comes due again, and `asked_at` gathers what writers ask for meanwhile; giving the lease back makes
`due_at` the earlier of what they and the worker ask for. Without the second column, a write that
asks for a moment after the lease's end would be forgotten with the lease.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    case,
    or_,
    select,
    update,
)

from memoryos.errors import LeaseLostError
from memoryos.model import Owner
from memoryos.store.base import Lease, Setback
from memoryos.store.reading import IS_NAMED
from memoryos.store.rows import setback_values, to_microseconds
from memoryos.store.schema import owners
from memoryos.store.statements import earlier, of

LONGEST_WAIT = 60_000_000
"""Microseconds. Who waited for the row looks at it with a `now` of before."""
OF_A_CLOCK_AHEAD = owners.c.leased_at > bindparam("now") + LONGEST_WAIT
"""No honest lease was taken after now: that clock ran ahead, and was set back since."""

MINE = (
    *of(owners),
    owners.c.lease_holder == bindparam("holder"),
    owners.c.lease_token == bindparam("token"),
)
"""The owner's row, if the lease is the one handed out last, and not given back."""

TAKE = (
    update(owners)
    .where(*of(owners))
    .values(
        lease_token=owners.c.lease_token + 1,
        lease_holder=bindparam("holder"),
        lease_until=bindparam("until"),
        leased_at=bindparam("now"),
        due_at=bindparam("until"),
        # What was asked for while a lease runs stands when its holder takes it anew.
        asked_at=case((owners.c.lease_holder == bindparam("holder"), owners.c.asked_at)),
    )
    .returning(owners.c.lease_token)
)
TAKE_IF_FREE = TAKE.where(
    or_(
        owners.c.lease_holder.is_(None),
        owners.c.lease_holder == bindparam("holder"),
        owners.c.lease_until <= bindparam("now"),
        OF_A_CLOCK_AHEAD,
    )
)

WAITING = (
    owners.c.due_at <= bindparam("now"),
    owners.c.set_aside_at.is_(None),
    or_(
        owners.c.lease_holder.is_(None),
        owners.c.lease_until <= bindparam("now"),
        OF_A_CLOCK_AHEAD,
    ),
    IS_NAMED,
)
"""Owners who are due at `:now`, whom no worker has in hand."""

CANDIDATES = 100
"""More than the workers that claim at one moment."""
FIRST_WAITING = (
    select(owners.c.user_id, owners.c.assistant_id)
    .where(*WAITING)
    .order_by(owners.c.due_at, owners.c.owner)
    .limit(CANDIDATES)
)
ANY_WAITING = FIRST_WAITING.limit(1)
LOCK_IF_WAITING = (
    select(owners.c.owner).where(*of(owners), *WAITING).with_for_update(skip_locked=True)
)
"""Workers that claim at the same moment pass over each other's rows instead of waiting for them.
One owner's row at a time: a distributed database locks rows on one shard only."""


def asking(moment: ColumnElement[Any]) -> dict[str, ColumnElement[Any]]:
    """What a write sets on the owner's row so that the owner is due by `moment`."""
    return {
        "due_at": earlier(owners.c.due_at, moment),
        "asked_at": earlier(owners.c.asked_at, moment),
    }


DUE: BindParameter[int] = bindparam("due", type_=owners.c.due_at.type)
RELEASE = update(owners).where(*MINE).values(lease_holder=None, lease_until=None, leased_at=None)
RELEASE_UNTIL_ASKED = RELEASE.values(due_at=owners.c.asked_at)
RELEASE_UNTIL = RELEASE.values(due_at=earlier(owners.c.asked_at, DUE))


def acquire(
    connection: Connection,
    owner: Owner,
    *,
    holder: str,
    now: datetime,
    until: datetime,
    force: bool,
) -> Lease | None:
    row = connection.execute(
        TAKE if force else TAKE_IF_FREE,
        {
            "key": owner.key,
            "holder": holder,
            "now": to_microseconds(now),
            "until": to_microseconds(until),
        },
    ).one_or_none()
    return None if row is None else Lease(owner, holder, row.lease_token, until)


def is_waiting(connection: Connection, *, now: datetime) -> bool:
    """Whether there is anybody to claim."""
    return connection.execute(ANY_WAITING, {"now": to_microseconds(now)}).first() is not None


def claim(connection: Connection, *, holder: str, now: datetime, until: datetime) -> Lease | None:
    moment = {"now": to_microseconds(now)}
    for names in connection.execute(FIRST_WAITING, moment).all():
        owner = Owner(*names)
        if connection.execute(LOCK_IF_WAITING, {"key": owner.key, **moment}).first() is not None:
            return acquire(connection, owner, holder=holder, now=now, until=until, force=True)
    return None


def release(
    connection: Connection, lease: Lease, *, due_at: datetime | None, setback: Setback | None
) -> None:
    values = {**fence(lease), **setback_values(setback)}
    if due_at is None:
        connection.execute(RELEASE_UNTIL_ASKED, values)
    else:
        connection.execute(RELEASE_UNTIL, {**values, "due": to_microseconds(due_at)})


def fence(lease: Lease) -> dict[str, Any]:
    """The values of `MINE`."""
    return {"key": lease.owner.key, "holder": lease.holder, "token": lease.token}


def lost(lease: Lease) -> LeaseLostError:
    return LeaseLostError(
        f"lease {lease.token} on owner {lease.owner.key} was taken by another worker or given back;"
        " nothing was committed: take a new lease and start over"
    )

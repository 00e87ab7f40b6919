"""The ledger: which items were recalled, and which entered the prompt of which reply.

It holds kinds and numbers, never text, and nobody follows it: writing to it takes no revision.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from memoryos.model import Kind, Owner
from memoryos.store.base import NewPage, Use
from memoryos.store.database import upsert
from memoryos.store.rows import KINDS, to_datetime, to_microseconds
from memoryos.store.schema import ledger, owners
from memoryos.store.statements import larger, of


@upsert
def add_use(insert: Any) -> Any:
    statement = insert(ledger)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=[key.name for key in ledger.primary_key],
        set_={
            "count": ledger.c.count + new.count,
            "used_at": larger(ledger.c.used_at, new.used_at),
        },
    )


# The owner's row first, as in every write: PostgreSQL then never waits in a circle.
LOCK_OWNER = select(owners.c.owner).where(*of(owners)).with_for_update()
DELETE_OF_ITEM = delete(ledger).where(*of(ledger, "kind", "number"))
DELETE_OF_REPLY = delete(ledger).where(*of(ledger, "page"))
TOLD_SINCE = select(ledger.c.kind, ledger.c.number).where(
    *of(ledger), ledger.c.page >= bindparam("since")
)
USES = (
    select(ledger.c.kind, ledger.c.number, ledger.c.page, ledger.c.count, ledger.c.used_at)
    .where(*of(ledger))
    .order_by(ledger.c.kind, ledger.c.number, ledger.c.page)
)


def record_uses(connection: Connection, owner: Owner, uses: Iterable[Use]) -> None:
    if connection.execute(LOCK_OWNER, {"key": owner.key}).one_or_none() is not None:
        add_uses(connection, owner, uses)


def record_recalled(
    connection: Connection, owner: Owner, new_pages: Iterable[tuple[int, NewPage]], *, now: datetime
) -> None:
    """Note for pages, by their new numbers, what entered the prompts that they answer.

    In the transaction that writes the pages, which has the owner's row.
    """
    uses = [
        Use(kind, number, page_number, 1, now)
        for page_number, page in new_pages
        for kind, number in dict.fromkeys(page.recalled)
    ]
    if uses:
        add_uses(connection, owner, uses)


def add_uses(connection: Connection, owner: Owner, uses: Iterable[Use]) -> None:
    """Add uses, at least one. The caller has the owner's row."""
    connection.execute(
        add_use(connection),
        [
            {
                "owner": owner.key,
                "kind": use.kind.value,
                "number": use.number,
                "page": use.page,
                "count": use.count,
                "used_at": to_microseconds(use.used_at),
            }
            for use in uses
        ],
    )


def delete_uses(connection: Connection, owner: Owner, kind: Kind, numbers: Iterable[int]) -> None:
    """Delete what the ledger says of items (at least one); of pages also as replies."""
    gone = [
        {"key": owner.key, "kind_": kind.value, "number_": number, "page_": number}
        for number in numbers
    ]
    connection.execute(DELETE_OF_ITEM, gone)
    if kind is Kind.PAGE:
        connection.execute(DELETE_OF_REPLY, gone)


def read_items_told_since(
    connection: Connection, owner: Owner, number: int
) -> frozenset[tuple[Kind, int]]:
    """What entered the prompts of replies on page `number` and later ones."""
    rows = connection.execute(TOLD_SINCE, {"key": owner.key, "since": number})
    return frozenset((KINDS[kind], item) for kind, item in rows)


def read_uses(
    connection: Connection,
    owner: Owner,
    *,
    item: tuple[Kind, int] | None,
    pages: tuple[int, int] | None,
) -> tuple[Use, ...]:
    statement = USES
    if item is not None:
        kind, number = item
        statement = statement.where(ledger.c.kind == kind.value, ledger.c.number == number)
    if pages is not None:
        statement = statement.where(ledger.c.page.between(*pages))
    return tuple(
        Use(KINDS[kind], number, page, count, to_datetime(used_at))
        for kind, number, page, count, used_at in connection.execute(statement, {"key": owner.key})
    )

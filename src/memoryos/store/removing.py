"""Removing: rows that go with all that hangs on them, and a whole owner.

Each function marks the file, so that `Store.erase` knows that bytes are to be erased.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, update

from memoryos.model import Kind, Owner
from memoryos.store.base import Lease
from memoryos.store.erasing import mark_for_erasing
from memoryos.store.leases import MINE, fence, lost
from memoryos.store.ledger import delete_uses
from memoryos.store.schema import (
    embeddings,
    evidence,
    facts,
    ledger,
    model_calls,
    owners,
    pages,
    segments,
    sources,
    tombstones,
    traits,
)
from memoryos.store.sources import forget_sources
from memoryos.store.statements import of
from memoryos.store.tombstones import leave_tombstones

DELETE_ROW = {
    kind: delete(table).where(*of(table, "number"))
    for kind, table in ((Kind.PAGE, pages), (Kind.FACT, facts), (Kind.TRAIT, traits))
}
DELETE_EMBEDDING = delete(embeddings).where(*of(embeddings, "number", "kind"))
DELETE_EVIDENCE = delete(evidence).where(*of(evidence, "number", "kind"))
COUNT_DOWN = (
    update(owners).where(*of(owners)).values(page_count=owners.c.page_count - bindparam("count"))
)


def remove(
    connection: Connection, owner: Owner, items: Iterable[tuple[Kind, int]], *, revision: int
) -> None:
    """Delete pages, facts and traits that are there, with vectors, evidence and ledger.

    Evidence on a removed page is not touched: it is part of the fact or trait that it supports.
    """
    gone: dict[Kind, set[int]] = {}
    for kind, number in items:
        gone.setdefault(kind, set()).add(number)
    for kind, numbers in gone.items():
        ordered = sorted(numbers)
        rows = [{"key": owner.key, "number_": number} for number in ordered]
        hanging = [{**row, "kind_": kind.value} for row in rows]
        connection.execute(DELETE_ROW[kind], rows)
        connection.execute(DELETE_EMBEDDING, hanging)
        connection.execute(DELETE_EVIDENCE, hanging)
        delete_uses(connection, owner, kind, ordered)
        if kind is Kind.PAGE:
            connection.execute(COUNT_DOWN, {"key": owner.key, "count": len(ordered)})
            forget_sources(connection, owner, ordered)
        leave_tombstones(connection, owner, kind, ordered, revision=revision)
    mark_for_erasing(connection, owner)


HOLDING = (
    pages,
    embeddings,
    segments,
    facts,
    traits,
    evidence,
    tombstones,
    sources,
    ledger,
    model_calls,
)
"""Every table with rows of an owner but `owners` itself."""

DELETE_ALL = [delete(table).where(*of(table)) for table in HOLDING]
BLANK = (
    update(owners)
    .where(*MINE)
    .values(
        revision=owners.c.revision + 1,
        # Whoever followed starts over, and finds nothing: no tombstones are needed.
        followable_from=owners.c.revision + 1,
        user_id="",
        assistant_id="",
        page_count=0,
        due_at=None,
        asked_at=None,
        lease_holder=None,
        lease_until=None,
        leased_at=None,
        attempts=0,
        failure="",
        retry_at=None,
        faults=0,
        fault="",
        set_aside_at=None,
        restored_from="",
    )
    .returning(owners.c.revision)
)


def clear(connection: Connection, lease: Lease) -> int:
    revision = connection.execute(BLANK, fence(lease)).scalar_one_or_none()
    if revision is None:
        raise lost(lease)
    for statement in DELETE_ALL:
        connection.execute(statement, {"key": lease.owner.key})
    mark_for_erasing(connection, lease.owner)
    return int(revision)

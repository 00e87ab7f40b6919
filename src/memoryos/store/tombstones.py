"""Tombstones: what is gone from an owner, without its content, so that followers drop it too."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from memoryos.model import Kind, Owner
from memoryos.store.schema import owners, tombstones
from memoryos.store.statements import of

TOMBSTONES_KEPT = 10_000
"""For each owner. A follower that missed more reloads, which takes it no longer by then."""

INSERT_TOMBSTONES = insert(tombstones)
NEWEST_BEYOND_KEPT = (
    select(tombstones.c.revision)
    .where(*of(tombstones))
    .order_by(tombstones.c.revision.desc())
    .offset(TOMBSTONES_KEPT)
    .limit(1)
)
PRUNE = delete(tombstones).where(*of(tombstones), tombstones.c.revision <= bindparam("until"))
REMEMBER_PRUNING = update(owners).where(*of(owners)).values(followable_from=bindparam("until"))


def leave_tombstones(
    connection: Connection, owner: Owner, kind: Kind, numbers: Iterable[int], *, revision: int
) -> None:
    """Say that these, at least one, were deleted at `revision`; of old tombstones keep the newest.

    A revision whose tombstones are not all kept loses them all.
    """
    connection.execute(
        INSERT_TOMBSTONES,
        [
            {"owner": owner.key, "revision": revision, "kind": kind.value, "number": number}
            for number in numbers
        ],
    )
    until = connection.execute(NEWEST_BEYOND_KEPT, {"key": owner.key}).scalar()
    if until is not None:
        connection.execute(PRUNE, {"key": owner.key, "until": until})
        connection.execute(REMEMBER_PRUNING, {"key": owner.key, "until": until})

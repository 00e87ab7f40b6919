"""Copying: the rows of an owner, from one database into another, as they are.

Numbers, revisions, vectors, heat, tombstones, ledger and accounts stay what they were. A lease
stays behind, and so do marks of what is yet to be erased: they are of the database they stand in.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from operator import le
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    String,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    union,
    update,
)

from memoryos.errors import InvalidArgumentError, StorageUnavailableError
from memoryos.model import Kind, Owner
from memoryos.store.accounts import FIGURES
from memoryos.store.accounts import KEY as CALLS_KEY
from memoryos.store.backup import LINEAGE_DIGITS
from memoryos.store.base import RESERVED
from memoryos.store.database import Database
from memoryos.store.erasing import mark_for_erasing
from memoryos.store.ledger import LOCK_OWNER
from memoryos.store.removing import HOLDING
from memoryos.store.schema import model_calls, owners, pages, store, tombstones
from memoryos.store.statements import of

BATCH = 500
"""Rows held at once, and keys."""

TABLES = (owners, *HOLDING)
"""What a memory consists of, the owner's row first."""

LEASED: dict[str, Any] = {"lease_holder": None, "lease_until": None, "leased_at": None}
PACE = {
    *LEASED,
    "lease_token",
    "due_at",
    "asked_at",
    "attempts",
    "failure",
    "retry_at",
    "faults",
    "fault",
    "set_aside_at",
}
"""Columns of the owner's row that say when workers look at it: no part of what is remembered."""


class Fate(str, Enum):
    """What became of an owner."""

    COPIED = "copied"
    RENEWED = "copied anew"
    """It was there from an earlier copy, and the source has gone on since."""
    THERE = "there already"
    REFUSED = "left as it was"


WRITTEN = (Fate.COPIED, Fate.RENEWED)


class Refusal(str, Enum):
    """Why an owner was left as it was."""

    FORGOTTEN_THERE = "it was forgotten in the target, and is not brought back"
    FORGOTTEN_HERE = "it was forgotten in the source: forget it in the target, too"
    HOLDS_MORE = "the target holds what the source does not"


@dataclass(frozen=True, slots=True)
class Outcome:
    key: str
    fate: Fate
    owner: Owner
    """As the source names it; both names "" where it was forgotten, or has only accounts."""
    pages: int
    """In the source."""
    why: str = ""
    """Of a refusal."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many rows, and the sum of their digests: the same in whatever order they come, for
    databases collate text each in their own way."""

    rows: int = 0
    digests: int = 0


@dataclass(frozen=True, slots=True)
class _Side:
    """A database, in a transaction."""

    database: Database
    connection: Connection
    key: str
    """Of the owner whose rows are looked at."""

    def batches(self, statement: Select[Any]) -> Iterator[Sequence[Any]]:
        """The rows of a statement; errors are named after this database, whoever else is open."""
        executing = {"yield_per": BATCH}
        with (
            self.database.translated(),
            self.connection.execute(
                statement, {"key": self.key}, execution_options=executing
            ) as found,
        ):
            yield from found.partitions()

    def rows(self, statement: Select[Any]) -> list[Any]:
        return [row for batch in self.batches(statement) for row in batch]

    def row(self) -> Any:
        """That of the owner; None where there is none."""
        rows = self.rows(ROWS[owners])
        return rows[0] if rows else None

    def tally(self, table: Table) -> _Tally:
        total = _Tally()
        for batch in self.batches(ROWS[table]):
            total = _added(total, table, batch)
        return total

    def tallies(self) -> dict[str, _Tally]:
        return {table.name: self.tally(table) for table in TABLES}


ROWS = {table: select(table).where(*of(table)) for table in TABLES}
INSERT = {table: insert(table) for table in TABLES}
DELETE = [delete(table).where(*of(table)) for table in TABLES]
COMPARED = [place for place, column in enumerate(owners.c) if column.name not in PACE]
SAID = select(pages.c.number, pages.c.recorded_at, pages.c.timestamp, pages.c.user_input).where(
    *of(pages)
)
GONE = select(tombstones.c.kind, tombstones.c.number).where(*of(tombstones))
BEGIN_EPOCH = update(store).values(
    epoch=func.substr(store.c.epoch, 1, LINEAGE_DIGITS) + bindparam("half", type_=String)
)

COUNT = select(func.count(), func.coalesce(func.sum(owners.c.page_count), 0))


def _keys(table: Table) -> Select[Any]:
    return (
        select(table.c.owner)
        .where(table.c.owner > bindparam("after"))
        .distinct()
        .order_by(table.c.owner)
        .limit(BATCH)
    )


# An owner may stand in the accounts before it has a row.
KEYS = (
    select(union(*(select(_keys(table).subquery()) for table in (owners, model_calls))).subquery())
    .order_by("owner")
    .limit(BATCH)
)


def count(database: Database) -> tuple[int, int]:
    """How many owners there are, and how many pages."""
    with database.asking() as connection:
        owner_count, page_count = connection.execute(COUNT).one()
    return int(owner_count), int(page_count)


def read_keys(database: Database) -> Iterator[str]:
    """The key of every owner who has rows, in order."""
    after = ""
    while True:
        with database.asking() as connection:
            keys = connection.execute(KEYS, {"after": after}).scalars().all()
        yield from keys
        if len(keys) < BATCH:
            return
        after = keys[-1]


def copy_owner(source: Database, target: Database, key: str) -> Outcome:
    """Bring an owner's rows into `target` in one transaction, read again before it is committed.

    What is there from an earlier copy is replaced if the source has gone on since, and knows all
    that the target knows; any other memory is left as it is, and so is one with text that the
    target cannot hold. Raises StorageError; nothing of the owner is written then.
    """
    with source.reading() as origin:
        mine = _Side(source, origin, key)
        row = mine.row()
        owner = Owner("", "") if row is None else Owner(row.user_id, row.assistant_id)
        try:
            with target.writing() as destination:
                its = _Side(target, destination, key)
                fate, why = _decide(mine, its)
                if fate is Fate.RENEWED:
                    _make_room(its, owner)
                if fate in WRITTEN:
                    _copy_rows(mine, its)
        except InvalidArgumentError as error:
            fate, why = Fate.REFUSED, str(error)
    if fate in WRITTEN:
        target.tell(key)
    return Outcome(key, fate, owner, 0 if row is None else row.page_count, why)


def _decide(mine: _Side, its: _Side) -> tuple[Fate, str]:
    """What is to become of an owner, and why; whoever writes to it in the target waits."""
    its.connection.execute(LOCK_OWNER, {"key": its.key})
    held = its.tallies()
    if not any(tally.rows for tally in held.values()):
        return Fate.COPIED, ""
    if held == mine.tallies():
        return Fate.THERE, ""
    row, its_row = mine.row(), its.row()
    if row is None or its_row is None:
        # At least one has accounts alone.
        is_ours = its_row is None and _has_paid(mine, its)
    elif not (_is_named(row) or _is_named(its_row)):
        return Fate.THERE, ""
    elif not _is_named(its_row):
        return Fate.REFUSED, Refusal.FORGOTTEN_THERE.value
    elif not _is_named(row):
        return Fate.REFUSED, Refusal.FORGOTTEN_HERE.value
    else:
        is_ours = (
            its_row.revision <= row.revision and _has_heard(mine, its) and _has_paid(mine, its)
        )
    return (Fate.RENEWED, "") if is_ours else (Fate.REFUSED, Refusal.HOLDS_MORE.value)


def _copy_rows(mine: _Side, its: _Side) -> None:
    written = {table.name: _copy_table(mine, its, table) for table in TABLES}
    if its.tallies() != written:
        raise StorageUnavailableError(
            f"{its.database.name}: rows of owner {its.key} do not read as they were written;"
            " nothing of it was kept"
        )


def _copy_table(mine: _Side, its: _Side, table: Table) -> _Tally:
    total = _Tally()
    left_behind = LEASED if table is owners else {}
    for batch in mine.batches(ROWS[table]):
        its.connection.execute(INSERT[table], [{**row._mapping, **left_behind} for row in batch])
        total = _added(total, table, batch)
    return total


def _added(total: _Tally, table: Table, rows: Sequence[Any]) -> _Tally:
    digests = total.digests
    for row in rows:
        values = tuple(row)
        if table is owners:
            values = tuple(values[place] for place in COMPARED)
        digest = hashlib.blake2b(repr(values).encode(errors="surrogatepass"), digest_size=16)
        digests += int.from_bytes(digest.digest(), "big")
    return _Tally(total.rows + len(rows), digests)


def _make_room(its: _Side, owner: Owner) -> None:
    """Delete what an earlier copy wrote. Whoever follows the store starts over, by a new epoch:
    revisions of the source are not those that a worker here may have used."""
    for statement in DELETE:
        its.connection.execute(statement, {"key": its.key})
    its.connection.execute(BEGIN_EPOCH, {"half": secrets.token_hex(LINEAGE_DIGITS // 2)})
    if owner.key == its.key:
        mark_for_erasing(its.connection, owner)


def _is_named(row: Any) -> bool:
    """False for an owner who was cleared."""
    return bool(Owner(row.user_id, row.assistant_id).key == row.owner)


def _has_heard(mine: _Side, its: _Side) -> bool:
    """Whether every page of the target is the source's, too, or was forgotten there, and nothing
    was forgotten in the target alone."""
    gone, its_gone = ({tuple(item) for item in side.rows(GONE)} for side in (mine, its))
    said, its_said = ({tuple(page) for page in side.rows(SAID)} for side in (mine, its))
    unknown = {(Kind.PAGE.value, number) for number, *_ in its_said - said}
    return its_gone <= gone and unknown <= gone


def _has_paid(mine: _Side, its: _Side) -> bool:
    """Whether the source has asked its models at least as much as the target's accounts say.

    Calls that were under way when it was copied were entered otherwise when they ended.
    """
    paid = _calls(mine)
    return all(
        place in paid and all(map(le, figures, paid[place]))
        for place, figures in _calls(its).items()
    )


def _calls(side: _Side) -> Mapping[tuple[Any, ...], tuple[int, ...]]:
    return {
        tuple(getattr(row, name) for name in CALLS_KEY): tuple(
            getattr(row, name) for name in FIGURES
        )
        for row in side.rows(ROWS[model_calls])
        if row.outcome != RESERVED
    }

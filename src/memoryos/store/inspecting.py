"""Inspecting: what must hold between the rows of an owner, each as a statement that finds breaches.

Every statement but the two that look for keys carries its owner's key. It looks without mending,
and tells kinds and numbers, never text.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    not_,
    or_,
    select,
    union_all,
)

from memoryos.errors import CorruptStoreError, StorageUnavailableError
from memoryos.model import Kind, Owner
from memoryos.store.base import Changes
from memoryos.store.reading import read_changes
from memoryos.store.removing import HOLDING
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
from memoryos.store.statements import of

BATCH = 200
"""Owners whose keys are read at once."""

NAMED = 5
"""How many rows of each breach are named."""


class Breach(str, Enum):
    """What does not hold, as it is told."""

    FILE = "the database's own structures"
    UNREADABLE = "rows that cannot be read"
    WRONG_KEY = "key that is not the digest of the owner's names"
    NOBODYS = "rows of nobody: their owner has no row, or was cleared"
    PAGE_COUNT = "page_count that is not the number of pages"
    NUMBER_AHEAD = "numbers that are yet to be given out"
    REVISION_AHEAD = "rows of a revision that is yet to come"
    LOST_SEGMENT = "pages in a segment that is not there"
    HALF_FILED = "pages with a segment and no chain, or a chain and no segment"
    EMPTY_SEGMENT = "segments without pages"
    SEGMENT_COUNT = "segments whose page_count is not the number of their pages"
    LOST_EMBEDDING = "embeddings of what is not there"
    LOST_EVIDENCE = "evidence for what is not there"
    LOST_USE = "ledger of what is not there"
    LOST_SOURCE = "sources of pages that are not there"
    UNSUPPORTED = "facts and traits without evidence"
    LOST_PAGE = "facts and traits that rest on pages which are not there"
    LOST_SUCCESSOR = "facts superseded by what is not there"
    LIVING_TOMBSTONE = "tombstones of what is there"
    TERMS = "terms that are not those of the text"
    VECTORS = "vectors of a wrong length, not finite, or not of unit norm"
    NOT_FOUND = "pages that their own words do not find"
    DRIFT = "memory that differs, loaded whole and followed step by step"


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach in the memory of one owner."""

    breach: Breach
    key: str
    """Of the owner; "" for the database as a whole."""
    count: int = 1
    examples: tuple[str, ...] = ()
    """At most 5: ids such as page-12, names of tables, or what the database says of itself."""


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One owner's rows as they were at one moment."""

    key: str
    findings: tuple[Finding, ...]
    owner: Owner | None = None
    """None where nothing more can be read of it."""
    whole: Changes | None = None
    recent: Changes | None = None
    """What `whole` has beyond some revision in the middle, as a follower gets it."""


TABLES = {Kind.PAGE: pages, Kind.SEGMENT: segments, Kind.FACT: facts, Kind.TRAIT: traits}
NEXT = {
    Kind.PAGE: owners.c.next_page,
    Kind.SEGMENT: owners.c.next_segment,
    Kind.FACT: owners.c.next_fact,
    Kind.TRAIT: owners.c.next_trait,
}
EMBEDDED = (Kind.PAGE, Kind.FACT)
BELIEFS = (Kind.FACT, Kind.TRAIT)


def _is_there(kind: Kind, number: ColumnElement[int]) -> ColumnElement[bool]:
    table = TABLES[kind].alias()
    return exists().where(table.c.owner == bindparam("key"), table.c.number == number)


def _names_none(table: Table, *kinds: Kind) -> ColumnElement[bool]:
    """Whether the item that a row of `table` hangs on is none of `kinds` that is there."""
    found = (and_(table.c.kind == kind.value, _is_there(kind, table.c.number)) for kind in kinds)
    return not_(or_(*found))


def _rows(table: Table, *conditions: ColumnElement[bool]) -> Select[Any]:
    """Kind and number of an owner's items, or of what other rows hang on."""
    kinds = {of_kind.name: kind for kind, of_kind in TABLES.items()}
    kind = table.c.kind if "kind" in table.c else _word(kinds[table.name].value)
    return select(kind, table.c.number).where(*of(table), *conditions)


def _word(text: str) -> ColumnElement[str]:
    return literal_column(f"'{text}'")


def _next(kind: Kind) -> ColumnElement[int]:
    return select(NEXT[kind]).where(*of(owners)).scalar_subquery()


MEMBERS = (
    select(pages.c.segment, func.count().label("held"))
    .where(*of(pages))
    .group_by(pages.c.segment)
    .subquery()
)


def _segments(condition: ColumnElement[bool]) -> Select[Any]:
    with_members = segments.outerjoin(MEMBERS, MEMBERS.c.segment == segments.c.number)
    found = select(_word(Kind.SEGMENT.value), segments.c.number).select_from(with_members)
    return found.where(*of(segments), condition)


REVISION = select(owners.c.revision).where(*of(owners)).scalar_subquery()
FOLLOWED = (pages, embeddings, segments, facts, traits, evidence, tombstones)

CHECKS: tuple[tuple[Breach, Select[Any]], ...] = (
    *(
        (Breach.NUMBER_AHEAD, _rows(TABLES[kind], TABLES[kind].c.number >= _next(kind)))
        for kind in Kind
    ),
    *(
        (
            Breach.NUMBER_AHEAD,
            _rows(table, table.c.kind == kind.value, table.c.number >= _next(kind)),
        )
        for table in (tombstones, ledger)
        for kind in Kind
    ),
    (Breach.NUMBER_AHEAD, _rows(pages, pages.c.chain >= _next(Kind.PAGE))),
    *((Breach.REVISION_AHEAD, _rows(table, table.c.revision > REVISION)) for table in FOLLOWED),
    (
        Breach.LOST_SEGMENT,
        _rows(pages, pages.c.segment.is_not(None), not_(_is_there(Kind.SEGMENT, pages.c.segment))),
    ),
    (Breach.HALF_FILED, _rows(pages, pages.c.segment.is_(None) != pages.c.chain.is_(None))),
    (Breach.EMPTY_SEGMENT, _segments(MEMBERS.c.held.is_(None))),
    (Breach.SEGMENT_COUNT, _segments(MEMBERS.c.held != segments.c.page_count)),
    (Breach.LOST_EMBEDDING, _rows(embeddings, _names_none(embeddings, *EMBEDDED))),
    (Breach.LOST_EVIDENCE, _rows(evidence, _names_none(evidence, *BELIEFS))),
    # An item may be forgotten between the recall that used it and the note of it in the ledger: its
    # number is on record then, and no more than its number. A reply is noted with its page.
    (
        Breach.LOST_USE,
        _rows(ledger, ledger.c.page != 0, not_(_is_there(Kind.PAGE, ledger.c.page))),
    ),
    (
        Breach.LOST_SOURCE,
        select(_word("page"), sources.c.page).where(
            *of(sources), sources.c.page != 0, not_(_is_there(Kind.PAGE, sources.c.page))
        ),
    ),
    *(
        (
            Breach.UNSUPPORTED,
            _rows(
                TABLES[kind],
                ~exists().where(
                    *of(evidence),
                    evidence.c.kind == kind.value,
                    evidence.c.number == TABLES[kind].c.number,
                ),
            ),
        )
        for kind in BELIEFS
    ),
    (
        Breach.LOST_PAGE,
        _rows(
            evidence,
            not_(_is_there(Kind.PAGE, evidence.c.page)),
            not_(_names_none(evidence, *BELIEFS)),
        ),
    ),
    (
        Breach.LOST_SUCCESSOR,
        _rows(
            facts,
            facts.c.superseded_by.is_not(None),
            not_(_is_there(Kind.FACT, facts.c.superseded_by)),
        ),
    ),
    # What an import brought after the tombstone was left lives by right.
    *(
        (
            Breach.LIVING_TOMBSTONE,
            _rows(
                tombstones,
                tombstones.c.kind == kind.value,
                exists().where(
                    table.c.owner == bindparam("key"),
                    table.c.number == tombstones.c.number,
                    table.c.revision <= tombstones.c.revision,
                ),
            ),
        )
        for kind, table in TABLES.items()
    ),
)
"""Each finds the rows of one owner for which something does not hold."""

OWNER = select(owners).where(*of(owners))
COUNT_PAGES = select(func.count()).where(*of(pages))
KEYS = (
    select(owners.c.owner)
    .where(owners.c.owner > bindparam("after"))
    .order_by(owners.c.owner)
    .limit(BATCH)
)
COUNT_OWNERS = select(func.count()).select_from(owners)

# An owner may stand in the accounts before its row in `owners`, and after it was cleared.
HELD = tuple(table for table in HOLDING if table is not model_calls)
NOBODYS = union_all(
    *(
        select(table.c.owner, _word(table.name).label("held_in"))
        .where(
            table.c.owner > bindparam("after"),
            table.c.owner <= bindparam("until"),
            ~exists().where(owners.c.owner == table.c.owner),
        )
        .group_by(table.c.owner)
        for table in HELD
    )
)
# Where an owner is gone because an older store was restored, its tombstones stay.
HAS_ROWS = [
    (table, select(exists().where(*of(table)))) for table in HELD if table is not tombstones
]
NAMELESS = Owner("", "")
"""An owner who was cleared, whatever the key."""
LAST_KEY = "g"
"""Behind every key: they are hexadecimal."""

Reading = Callable[[], AbstractContextManager[Connection]]


def count_owners(connection: Connection) -> int:
    return connection.execute(COUNT_OWNERS).scalar_one()


def survey(reading: Reading) -> Iterator[Surveyed]:
    """The database as a whole, then each owner by key, each in a snapshot of its own."""
    yield _survey_file(reading)
    after = ""
    while after != LAST_KEY:
        with reading() as connection:
            keys = connection.execute(KEYS, {"after": after}).scalars().all()
            until = keys[-1] if len(keys) == BATCH else LAST_KEY
            nobodys = connection.execute(NOBODYS, {"after": after, "until": until}).all()
        for key in sorted({row.owner for row in nobodys}):
            yield Surveyed(key, (_nobodys(key, [r.held_in for r in nobodys if r.owner == key]),))
        for key in keys:
            yield _survey_owner(reading, key)
        after = until


def _survey_file(reading: Reading) -> Surveyed:
    """What SQLite says of its file; PostgreSQL has tools of its own for that (pg_amcheck)."""
    with reading() as connection:
        if connection.dialect.name != "sqlite":
            return Surveyed("", ())
        said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    if list(said) == ["ok"]:
        return Surveyed("", ())
    return Surveyed("", (Finding(Breach.FILE, "", len(said), tuple(map(str, said[:NAMED]))),))


def _survey_owner(reading: Reading, key: str) -> Surveyed:
    try:
        with reading() as connection:
            return _look(connection, key)
    except CorruptStoreError:
        return Surveyed(key, (Finding(Breach.UNREADABLE, key),))


def _look(connection: Connection, key: str) -> Surveyed:
    row = connection.execute(OWNER, {"key": key}).one_or_none()
    if row is None:
        # Nobody deletes an owner's row: whoever did, what it left is found at the next look.
        return Surveyed(key, ())
    owner = Owner(row.user_id, row.assistant_id)
    findings = tuple(_of_owner(connection, key, row))
    if owner == NAMELESS and owner.key != key:
        return Surveyed(key, (*findings, *_of_cleared(connection, key)))
    findings = (*findings, *_of_rows(connection, key))
    if owner.key != key:
        return Surveyed(key, (Finding(Breach.WRONG_KEY, key), *findings))
    whole = read_changes(connection, owner, since=0, epoch="")
    middle = max(row.followable_from, row.revision // 2, 1)
    recent = read_changes(connection, owner, since=middle, epoch=whole.epoch)
    return Surveyed(key, findings, owner, whole, recent)


def _of_cleared(connection: Connection, key: str) -> Iterator[Finding]:
    left = [
        table.name
        for table, statement in HAS_ROWS
        if connection.execute(statement, {"key": key}).scalar_one()
    ]
    if left:
        yield _nobodys(key, left)


def _nobodys(key: str, tables: list[str]) -> Finding:
    return Finding(Breach.NOBODYS, key, len(tables), tuple(sorted(tables)[:NAMED]))


def _of_owner(connection: Connection, key: str, row: Any) -> Iterator[Finding]:
    if row.page_count != connection.execute(COUNT_PAGES, {"key": key}).scalar_one():
        yield Finding(Breach.PAGE_COUNT, key)
    if row.followable_from > row.revision:
        yield Finding(Breach.REVISION_AHEAD, key, 1, ("owner",))


def _of_rows(connection: Connection, key: str) -> Iterator[Finding]:
    found: dict[Breach, set[tuple[str, int]]] = {}
    for breach, statement in CHECKS:
        rows = connection.execute(statement, {"key": key}).all()
        if rows:
            found.setdefault(breach, set()).update((kind, number) for kind, number in rows)
    for breach, items in found.items():
        yield finding(breach, key, items)


def finding(breach: Breach, key: str, items: set[tuple[str, int]]) -> Finding:
    """Of these items, by kind and number."""
    named = [f"{kind}-{number}" for kind, number in sorted(items)[:NAMED]]
    return Finding(breach, key, len(items), tuple(named))


PROBE = insert(sources)
READ_PROBE = select(sources.c.digest).where(*of(sources))
DELETE_PROBE = delete(sources).where(*of(sources))


def write_and_read(connection: Connection) -> None:
    """In one transaction, a row of no owner that ever was: written, read and deleted.

    Raises StorageUnavailableError where another row is read than was written.
    """
    key, digest = secrets.token_hex(10), secrets.token_hex(16)
    connection.execute(PROBE, {"owner": key, "digest": digest, "page": 0})
    if connection.execute(READ_PROBE, {"key": key}).scalars().all() != [digest]:
        raise StorageUnavailableError("the database did not give back what was written to it")
    connection.execute(DELETE_PROBE, {"key": key})

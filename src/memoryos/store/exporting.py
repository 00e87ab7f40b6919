"""Exporting: all that an owner's memory consists of. The caller holds the snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from memoryos.model import Kind, Owner, Page
from memoryos.store.accounts import read_model_calls
from memoryos.store.base import ITEMS, Gone, Item, OwnerState, Source
from memoryos.store.ledger import read_uses
from memoryos.store.reading import (
    EVIDENCE,
    FACTS,
    IS_NAMED,
    PAGES,
    SEGMENTS,
    TRAITS,
)
from memoryos.store.rows import (
    KINDS,
    evidence_by_item,
    segment_of,
    stored_fact,
    stored_pages,
    trait_of,
)
from memoryos.store.schema import (
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

ROWS = 1000
"""Pages held at once."""


def _count(rows: Select[Any]) -> Select[Any]:
    return select(func.count()).select_from(rows.subquery())


STATE = select(owners).where(*of(owners), IS_NAMED)
GONE = (
    select(tombstones.c.kind, tombstones.c.number)
    .where(*of(tombstones))
    .distinct()
    .order_by(tombstones.c.kind, tombstones.c.number)
)
SOURCES = select(sources.c.digest, sources.c.page).where(*of(sources)).order_by(sources.c.digest)
TABLES = (tombstones, segments, pages, facts, traits, ledger, sources, model_calls)
COUNTED = (select(table.c.owner).where(*of(table)) for table in TABLES)
COUNTS = {item: _count(rows) for item, rows in zip(ITEMS, COUNTED, strict=True)}
COUNTS[Gone] = _count(GONE)


def read_all(connection: Connection, owner: Owner) -> Iterator[OwnerState | Item]:
    key = {"key": owner.key}
    row = connection.execute(STATE, key).one_or_none()
    if row is None:
        return
    yield OwnerState(
        Owner(row.user_id, row.assistant_id),
        next_numbers={
            Kind.PAGE: row.next_page,
            Kind.SEGMENT: row.next_segment,
            Kind.FACT: row.next_fact,
            Kind.TRAIT: row.next_trait,
        },
        traits_through=row.traits_through,
        counts={
            item: connection.execute(count, key).scalar_one() for item, count in COUNTS.items()
        },
    )

    def rows(statement: Select[Any]) -> Iterable[Any]:
        return connection.execute(statement, key, execution_options={"yield_per": ROWS})

    yield from (Gone(KINDS[kind], number) for kind, number in rows(GONE))
    yield from map(segment_of, rows(SEGMENTS[0]))
    yield from _read_pages(connection, key)
    support = evidence_by_item(rows(EVIDENCE[0]))
    yield from (stored_fact(fact, support).fact for fact in rows(FACTS[0]))
    yield from (trait_of(trait, support) for trait in rows(TRAITS[0]))
    yield from read_uses(connection, owner, item=None, pages=None)
    yield from (Source(digest, page) for digest, page in rows(SOURCES))
    yield from read_model_calls(connection, owner, since=None)


def _read_pages(connection: Connection, key: dict[str, str]) -> Iterator[Page]:
    result = connection.execute(PAGES[0], key, execution_options={"yield_per": ROWS})
    for partition in result.partitions():
        yield from (stored.page for stored in stored_pages(partition))

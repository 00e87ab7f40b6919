"""Restoring: a memory that was exported, written whole, for an owner who has none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, not_, select, update

from memoryos.model import Fact, Kind, Owner, Page, Segment, Trait
from memoryos.store.accounts import record_model_calls
from memoryos.store.base import (
    Gone,
    Item,
    ModelCalls,
    OwnerState,
    RestoredItem,
    Source,
    StoredFact,
    Use,
)
from memoryos.store.database import upsert
from memoryos.store.ledger import add_uses
from memoryos.store.reading import IS_NAMED
from memoryos.store.rows import (
    Values,
    evidence_values,
    fact_values,
    segment_values,
    stored_page_values,
    to_microseconds,
    trait_values,
)
from memoryos.store.schema import (
    embeddings,
    evidence,
    facts,
    owners,
    pages,
    segments,
    tombstones,
    traits,
)
from memoryos.store.sources import insert_sources
from memoryos.store.statements import BATCH, larger, of

NEXT = {
    Kind.PAGE: "next_page",
    Kind.SEGMENT: "next_segment",
    Kind.FACT: "next_fact",
    Kind.TRAIT: "next_trait",
}
RESTORED_FROM = select(owners.c.restored_from).where(*of(owners), IS_NAMED)


@upsert
def take_row(insert: Any) -> Any:
    """Make the owner's row, or take that of one who was cleared; no row where there is a memory."""
    statement = insert(owners)
    new = statement.excluded
    kept = {name: larger(owners.c[name], new[name]) for name in NEXT.values()}
    taken = ("user_id", "assistant_id", "embedding_model", "due_at", "traits_through")
    return statement.on_conflict_do_update(
        index_elements=["owner"],
        set_={
            "revision": owners.c.revision + 1,
            "restored_from": new.restored_from,
            **kept,
            **{name: new[name] for name in taken},
        },
        where=not_(IS_NAMED),
    ).returning(owners.c.revision)


COUNT_PAGES = (
    update(owners)
    .where(*of(owners))
    .values(page_count=select(func.count()).where(*of(pages)).scalar_subquery())
)
INSERT = {
    table: insert(table)
    for table in (pages, embeddings, segments, facts, traits, evidence, tombstones)
}


@dataclass(frozen=True, slots=True)
class _Writing:
    """Where rows are written, and what they are stamped with."""

    connection: Connection
    owner: Owner
    revision: int

    def insert(self, table: Table, values: Iterable[Values]) -> None:
        stamp = {"owner": self.owner.key, "revision": self.revision}
        rows = [{**stamp, **row} for row in values]
        if rows:
            self.connection.execute(INSERT[table], rows)

    def insert_vectors(self, kind: Kind, batch: list[Any]) -> None:
        self.insert(
            embeddings,
            [
                {"kind": kind.value, "number": restored.item.number, "vectors": restored.vectors}
                for restored in batch
                if restored.vectors is not None
            ],
        )

    def insert_evidence(self, kind: Kind, items: list[Fact] | list[Trait]) -> None:
        self.insert(
            evidence,
            [row for item in items for row in evidence_values(kind, item.number, item.evidence)],
        )


def _write_pages(writing: _Writing, batch: list[Any]) -> None:
    writing.insert(pages, [stored_page_values(one.item, one.terms) for one in batch])
    writing.insert_vectors(Kind.PAGE, batch)


def _write_segments(writing: _Writing, batch: list[Any]) -> None:
    writing.insert(segments, [segment_values(one.item) for one in batch])


def _write_facts(writing: _Writing, batch: list[Any]) -> None:
    writing.insert(facts, [fact_values(StoredFact(one.item, one.terms)) for one in batch])
    writing.insert_vectors(Kind.FACT, batch)
    writing.insert_evidence(Kind.FACT, [one.item for one in batch])


def _write_traits(writing: _Writing, batch: list[Any]) -> None:
    writing.insert(traits, [trait_values(one.item) for one in batch])
    writing.insert_evidence(Kind.TRAIT, [one.item for one in batch])


def _write_gone(writing: _Writing, batch: list[Any]) -> None:
    writing.insert(
        tombstones, [{"kind": one.item.kind.value, "number": one.item.number} for one in batch]
    )


WRITERS: Mapping[type[Item], Callable[[_Writing, list[Any]], None]] = {
    Page: _write_pages,
    Segment: _write_segments,
    Fact: _write_facts,
    Trait: _write_traits,
    Gone: _write_gone,
    Use: lambda to, batch: add_uses(to.connection, to.owner, [one.item for one in batch]),
    Source: lambda to, batch: insert_sources(to.connection, to.owner, [one.item for one in batch]),
    ModelCalls: lambda to, batch: record_model_calls(
        to.connection, to.owner, [one.item for one in batch]
    ),
}


def read_restored_from(connection: Connection, owner: Owner) -> str | None:
    digest: str | None = connection.execute(RESTORED_FROM, {"key": owner.key}).scalar()
    return digest


def restore(
    connection: Connection,
    state: OwnerState,
    items: Iterable[RestoredItem],
    *,
    digest: str,
    embedding_model: str,
    due_at: datetime,
) -> bool:
    owner = state.owner
    revision = connection.execute(
        take_row(connection),
        {
            "owner": owner.key,
            "user_id": owner.user_id,
            "assistant_id": owner.assistant_id,
            "revision": 1,
            "page_count": 0,
            "followable_from": 0,
            "embedding_model": embedding_model,
            "due_at": to_microseconds(due_at),
            "lease_token": 0,
            "traits_through": state.traits_through,
            "restored_from": digest,
            **{NEXT[kind]: number for kind, number in state.next_numbers.items()},
        },
    ).scalar_one_or_none()
    if revision is None:
        return False
    writing = _Writing(connection, owner, revision)
    for kind, group in groupby(items, key=lambda restored: type(restored.item)):
        while batch := list(islice(group, BATCH)):
            WRITERS[kind](writing, batch)
    connection.execute(COUNT_PAGES, {"key": owner.key})
    return True

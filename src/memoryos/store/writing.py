"""Writing: each function is the body of one transaction, which begins with the owner's revision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    case,
    delete,
    insert,
    select,
    update,
)

from memoryos.errors import LeaseLostError
from memoryos.model import Evidence, Fact, Kind, Owner, Trait
from memoryos.store.base import Embedding, Lease, NewPage, Update, Visit
from memoryos.store.dialect import upsert
from memoryos.store.leases import ASK, MINE, asking, fence, lost
from memoryos.store.rows import (
    Values,
    evidence_values,
    fact_values,
    page_values,
    segment_values,
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

TOMBSTONES_KEPT = 10_000
"""For each owner; a follower that missed more reloads, which is then as quick."""

BATCH = 500
"""Numbers in one IN list: SQLite took 999 values a statement until 3.32."""


def _of(table: Table, *names: str) -> tuple[ColumnElement[bool], ...]:
    """The rows of the owner `key`, and of each further column's value, named with an underscore.

    (SQLAlchemy keeps the plain names of an UPDATE for the columns it sets.)
    """
    return (
        table.c.owner == bindparam("key"),
        *(table.c[name] == bindparam(f"{name}_") for name in names),
    )


def _larger(column: Column[Any], other: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((column < other, other), else_=column)


def _replacing(table: Table, **kept: ColumnElement[Any]) -> Any:
    """Insert a row, or replace the one with its key; `kept` says otherwise for some columns."""
    statement = upsert(table)
    keys = {key.name for key in table.primary_key}
    replaced = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    return statement.on_conflict_do_update(index_elements=sorted(keys), set_={**replaced, **kept})


def _appending() -> Any:
    """Take numbers from the owner's row, which is made on first use."""
    statement = upsert(owners)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["owner"],
        set_={
            "revision": owners.c.revision + 1,
            "page_count": owners.c.page_count + new.page_count,
            "next_page": owners.c.next_page + new.page_count,
            **asking(new.due_at),
        },
    ).returning(owners.c.revision, owners.c.next_page, owners.c.embedding_model)


APPEND = _appending()
INSERT_PAGES = insert(pages)
INSERT_EMBEDDINGS = insert(embeddings)

BUMP = (
    update(owners)
    .where(*_of(owners))
    .values(revision=owners.c.revision + 1)
    .returning(owners.c.revision)
)
COMMIT = (
    update(owners)
    .where(*MINE)
    .values(
        revision=owners.c.revision + 1,
        next_segment=_larger(owners.c.next_segment, bindparam("after_segment")),
        next_fact=_larger(owners.c.next_fact, bindparam("after_fact")),
        next_trait=_larger(owners.c.next_trait, bindparam("after_trait")),
    )
    .returning(owners.c.revision, owners.c.embedding_model)
)
UPDATE_PAGE = update(pages).where(*_of(pages, "number"))
REPLACE_SEGMENT = _replacing(
    segments,
    # Visits are counted on the row by others, while this update was in the making.
    visit_count=segments.c.visit_count,
    visited_at=_larger(segments.c.visited_at, upsert(segments).excluded.visited_at),
)
REPLACE_FACT = _replacing(facts)
REPLACE_TRAIT = _replacing(traits)
REPLACE_EMBEDDING = _replacing(embeddings)
DELETE_EVIDENCE = delete(evidence).where(*_of(evidence, "kind", "number"))
INSERT_EVIDENCE = insert(evidence)

VISIT = (
    update(segments)
    .where(*_of(segments, "number"))
    .values(
        visit_count=segments.c.visit_count + bindparam("count"),
        visited_at=_larger(segments.c.visited_at, bindparam("at")),
    )
)

MOVE = (
    update(owners)
    .where(*_of(owners), owners.c.embedding_model != bindparam("model"))
    .values(embedding_model=bindparam("model"), revision=owners.c.revision + 1)
)
DELETE_EMBEDDINGS = delete(embeddings).where(*_of(embeddings))

WHICH_EXIST = select(pages.c.number).where(
    *_of(pages), pages.c.number.in_(bindparam("numbers", expanding=True))
)
WHICH_SUPPORT = select(evidence.c.kind, evidence.c.number, evidence.c.page).where(
    *_of(evidence), evidence.c.page.in_(bindparam("numbers", expanding=True))
)
DELETE_PAGE = delete(pages).where(*_of(pages, "number"))
DELETE_EMBEDDING = delete(embeddings).where(*_of(embeddings, "kind", "number"))
INSERT_TOMBSTONES = insert(tombstones)
"""placeholder"""

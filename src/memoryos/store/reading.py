"""Reading: an owner's rows, whole or after a revision. The caller holds the snapshot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, bindparam, or_, select

from memoryos.model import Kind, Owner, Segment
from memoryos.store.base import Changes, Embedding, OwnerSummary, Progress
from memoryos.store.rows import (
    KINDS,
    datetime_or_none,
    evidence_by_item,
    progress_of,
    segment_of,
    stored_fact,
    stored_pages,
    to_microseconds,
    trait_of,
)
from memoryos.store.schema import (
    embeddings,
    evidence,
    facts,
    owners,
    pages,
    segments,
    store,
    tombstones,
    traits,
)
from memoryos.store.statements import rows_among

Statements = tuple[Select[Any], Select[Any]]


def _followed(table: Table, *columns: Column[Any]) -> Statements:
    """Two ways to read an owner's rows: all of them, and those after the revision `since`.

    Two statements, so that one walks the primary key and the other the index on revisions.
    """
    keys = [key for key in table.primary_key if key.name != "owner"]
    whole = select(*columns or table.c).where(table.c.owner == bindparam("key")).order_by(*keys)
    return whole, whole.where(table.c.revision > bindparam("since"))


REVISION = select(
    store.c.epoch,
    select(owners.c.revision).where(owners.c.owner == bindparam("key")).scalar_subquery(),
)
OWNER = select(store.c.epoch, owners).select_from(
    store.outerjoin(owners, owners.c.owner == bindparam("key"))
)
PAGES = _followed(pages, *(c for c in pages.c if c.name not in ("owner", "revision")))
EMBEDDINGS = _followed(embeddings, embeddings.c.kind, embeddings.c.number, embeddings.c.vectors)
SEGMENTS = _followed(segments, *(c for c in segments.c if c.name not in ("owner", "revision")))
SEGMENTS_IN = SEGMENTS[0].where(segments.c.number.in_(bindparam("numbers", expanding=True)))
FACTS = _followed(facts)
TRAITS = _followed(traits)
EVIDENCE = _followed(evidence)
REMOVED = _followed(tombstones, tombstones.c.kind, tombstones.c.number)
MODEL = select(owners.c.embedding_model).where(owners.c.owner == bindparam("key"))
PROGRESS = select(
    owners.c.attempts,
    owners.c.failure,
    owners.c.retry_at,
    owners.c.traits_through,
    owners.c.faults,
    owners.c.fault,
    owners.c.set_aside_at,
).where(owners.c.owner == bindparam("key"))


def read_revision(connection: Connection, owner: Owner) -> tuple[str, int]:
    epoch, revision = connection.execute(REVISION, {"key": owner.key}).one()
    return epoch, revision or 0


def read_embedding_model(connection: Connection, owner: Owner) -> str | None:
    model: str | None = connection.execute(MODEL, {"key": owner.key}).scalar()
    return model


def read_progress(connection: Connection, owner: Owner) -> Progress:
    row = connection.execute(PROGRESS, {"key": owner.key}).one_or_none()
    return Progress() if row is None else progress_of(row)


def read_changes(connection: Connection, owner: Owner, *, since: int, epoch: str) -> Changes:
    row = connection.execute(OWNER, {"key": owner.key}).one()
    if row.revision is None:
        return Changes(row.epoch, 0, reset=True, embedding_model="")
    reset = (
        since <= 0
        or epoch != row.epoch
        or since < row.followable_from
        # A follower ahead of the store: a file was put back without a new epoch.
        or since > row.revision
    )

    def read(statements: Statements) -> Iterable[Any]:
        values = {"key": owner.key, "since": since}
        # All at once: asked row by row, PostgreSQL's driver takes twice as long.
        return connection.execute(statements[0 if reset else 1], values).all()

    support = evidence_by_item(read(EVIDENCE))
    return Changes(
        epoch=row.epoch,
        revision=row.revision,
        reset=reset,
        embedding_model=row.embedding_model,
        pages=stored_pages(read(PAGES)),
        segments=tuple(map(segment_of, read(SEGMENTS))),
        facts=tuple(stored_fact(fact, support) for fact in read(FACTS)),
        traits=tuple(trait_of(trait, support) for trait in read(TRAITS)),
        embeddings=tuple(
            [Embedding(KINDS[kind], number, vectors) for kind, number, vectors in read(EMBEDDINGS)]
        ),
        removed=() if reset else tuple((KINDS[kind], number) for kind, number in read(REMOVED)),
        next_numbers={
            Kind.PAGE: row.next_page,
            Kind.SEGMENT: row.next_segment,
            Kind.FACT: row.next_fact,
            Kind.TRAIT: row.next_trait,
        },
    )


def read_segments(
    connection: Connection, owner: Owner, *, numbers: Collection[int] | None
) -> tuple[Segment, ...]:
    if numbers is None:
        rows: Iterable[Any] = connection.execute(SEGMENTS[0], {"key": owner.key}).all()
    else:
        rows = rows_among(connection, SEGMENTS_IN, owner.key, numbers)
    return tuple(map(segment_of, rows))


# The row of an owner who was cleared has lost its names.
IS_NAMED = or_(
    owners.c.user_id != "", owners.c.assistant_id != "", owners.c.owner == Owner("", "").key
)
WITH_PAGES_BEFORE = (
    select(owners.c.user_id, owners.c.assistant_id)
    .where(
        IS_NAMED,
        select(pages.c.number)
        .where(pages.c.owner == owners.c.owner, pages.c.timestamp < bindparam("moment"))
        .exists(),
    )
    .order_by(owners.c.owner)
)


def read_owners_with_pages_before(connection: Connection, moment: datetime) -> tuple[Owner, ...]:
    rows = connection.execute(WITH_PAGES_BEFORE, {"moment": to_microseconds(moment)})
    return tuple(Owner(user_id, assistant_id) for user_id, assistant_id in rows)


def read_owners(
    connection: Connection, *, due_before: datetime | None, limit: int
) -> tuple[OwnerSummary, ...]:
    in_order = (owners.c.due_at.nulls_last(), owners.c.owner)
    statement = select(owners).where(IS_NAMED).order_by(*in_order).limit(limit)
    if due_before is not None:
        statement = statement.where(
            owners.c.due_at <= to_microseconds(due_before), owners.c.set_aside_at.is_(None)
        )
    return tuple(
        OwnerSummary(
            owner=Owner(row.user_id, row.assistant_id),
            revision=row.revision,
            page_count=row.page_count,
            due_at=datetime_or_none(row.due_at),
            set_aside_at=datetime_or_none(row.set_aside_at),
        )
        for row in connection.execute(statement)
    )

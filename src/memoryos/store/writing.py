"""Writing: each function is the body of one transaction, which takes the owner's revision first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from memoryos.model import Kind, Owner
from memoryos.store.base import NewPage, Source, Visit
from memoryos.store.database import upsert
from memoryos.store.leases import DUE, asking
from memoryos.store.ledger import LOCK_OWNER, record_recalled
from memoryos.store.removing import remove
from memoryos.store.rows import page_values, to_microseconds
from memoryos.store.schema import embeddings, owners, pages, segments
from memoryos.store.sources import insert_sources, read_known_sources
from memoryos.store.statements import larger, of, rows_among


@upsert
def take_numbers(insert: Any) -> Any:
    """Count pages up on the owner's row, which is made on first use."""
    statement = insert(owners)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["owner"],
        set_={
            "revision": owners.c.revision + 1,
            # An owner who was cleared has lost them.
            "user_id": new.user_id,
            "assistant_id": new.assistant_id,
            "page_count": owners.c.page_count + new.page_count,
            "next_page": owners.c.next_page + new.page_count,
            **asking(new.due_at),
        },
    ).returning(owners.c.revision, owners.c.next_page, owners.c.embedding_model)


@upsert
def make_row(insert: Any) -> Any:
    return insert(owners).on_conflict_do_nothing()


INSERT_PAGES = insert(pages)
INSERT_EMBEDDINGS = insert(embeddings)


def append_pages(
    connection: Connection,
    owner: Owner,
    new_pages: Sequence[NewPage],
    *,
    embedding_model: str,
    now: datetime,
    due_at: datetime,
) -> tuple[int, ...]:
    due = to_microseconds(due_at)
    blank = _new_row(owner, count=0, revision=0, embedding_model=embedding_model, due=due)
    known = _lock_and_read_known(connection, owner, new_pages, blank)
    fresh = _places_of_unknown(new_pages, known)
    written = _write_pages(
        connection,
        owner,
        [new_pages[place] for place in fresh],
        embedding_model=embedding_model,
        now=now,
        due_at=due_at,
    )
    numbers = dict(zip(fresh, written, strict=True))
    added = [
        Source(source, number)
        for place, number in numbers.items()
        if (source := new_pages[place].draft.source) is not None
    ]
    insert_sources(connection, owner, added)
    known.update((source.digest, source.page) for source in added)
    return tuple(
        numbers[place] if place in numbers else known[page.draft.source or ""]
        for place, page in enumerate(new_pages)
    )


def _lock_and_read_known(
    connection: Connection, owner: Owner, new_pages: Sequence[NewPage], blank: dict[str, Any]
) -> dict[str, int]:
    sources = {page.draft.source for page in new_pages if page.draft.source is not None}
    if not sources:
        return {}
    # The owner's row first, so that nobody adds the same meanwhile. An owner who has none knows no
    # source: pages will be written, and the row is there to stay.
    if connection.execute(LOCK_OWNER, {"key": owner.key}).one_or_none() is None:
        connection.execute(make_row(connection), blank)
        connection.execute(LOCK_OWNER, {"key": owner.key})
    return read_known_sources(connection, owner, sources)


def _places_of_unknown(new_pages: Sequence[NewPage], known: Collection[str]) -> list[int]:
    """The places of pages without a source, and of the first of each source not in `known`."""
    met = set(known)
    places = []
    for place, page in enumerate(new_pages):
        source = page.draft.source
        if source is None or source not in met:
            places.append(place)
        if source is not None:
            met.add(source)
    return places


def _new_row(
    owner: Owner, *, count: int, revision: int, embedding_model: str, due: int
) -> dict[str, Any]:
    return {
        "owner": owner.key,
        "user_id": owner.user_id,
        "assistant_id": owner.assistant_id,
        "revision": revision,
        "page_count": count,
        "next_page": 1 + count,
        "next_segment": 1,
        "next_fact": 1,
        "next_trait": 1,
        "followable_from": 0,
        "embedding_model": embedding_model,
        "due_at": due,
        "asked_at": due,
        "lease_token": 0,
    }


def _write_pages(
    connection: Connection,
    owner: Owner,
    new_pages: Sequence[NewPage],
    *,
    embedding_model: str,
    now: datetime,
    due_at: datetime,
) -> Sequence[int]:
    if not new_pages:
        return ()
    count = len(new_pages)
    due = to_microseconds(due_at)
    row = connection.execute(
        take_numbers(connection),
        _new_row(owner, count=count, revision=1, embedding_model=embedding_model, due=due),
    ).one()
    numbers = range(row.next_page - count, row.next_page)
    stamp = {"owner": owner.key, "revision": row.revision}
    recorded_at = to_microseconds(now)
    connection.execute(
        INSERT_PAGES,
        [
            {**stamp, **page_values(page, recorded_at=recorded_at), "number": number}
            for number, page in zip(numbers, new_pages, strict=True)
        ],
    )
    vectors = [
        {**stamp, "kind": Kind.PAGE.value, "number": number, "vectors": page.vectors}
        for number, page in zip(numbers, new_pages, strict=True)
        if page.vectors is not None
    ]
    if vectors and row.embedding_model == embedding_model:
        connection.execute(INSERT_EMBEDDINGS, vectors)
    record_recalled(connection, owner, zip(numbers, new_pages, strict=True), now=now)
    return numbers


ASK = update(owners).where(*of(owners)).values(asking(DUE))
VISIT = (
    update(segments)
    .where(*of(segments, "number"))
    .values(
        visit_count=segments.c.visit_count + bindparam("count"),
        visited_at=larger(segments.c.visited_at, bindparam("at")),
    )
)


def record_visits(
    connection: Connection, owner: Owner, visits: Sequence[Visit], *, due_at: datetime
) -> None:
    # The owner's row first, as in every write: PostgreSQL then never waits in a circle.
    connection.execute(ASK, {"key": owner.key, "due": to_microseconds(due_at)})
    connection.execute(
        VISIT,
        [
            {
                "key": owner.key,
                "number_": visit.segment,
                "count": visit.count,
                "at": to_microseconds(visit.at),
            }
            for visit in visits
        ],
    )


MOVE = (
    update(owners)
    .where(*of(owners), owners.c.embedding_model != bindparam("model"))
    .values(
        embedding_model=bindparam("model"),
        revision=owners.c.revision + 1,
        # A follower that knew this space, missed the move away and back, and kept its vectors,
        # would not see that they are to be made again.
        followable_from=owners.c.revision + 1,
        **asking(DUE),
    )
)
DELETE_EMBEDDINGS = delete(embeddings).where(*of(embeddings))


def set_embedding_model(
    connection: Connection, owner: Owner, model: str, *, due_at: datetime
) -> bool:
    moved = connection.execute(
        MOVE, {"key": owner.key, "model": model, "due": to_microseconds(due_at)}
    )
    if not moved.rowcount:
        return False
    connection.execute(DELETE_EMBEDDINGS, {"key": owner.key})
    return True


BUMP = (
    update(owners)
    .where(*of(owners))
    .values(revision=owners.c.revision + 1)
    .returning(owners.c.revision)
)
WHICH_PAGES = select(pages.c.number).where(
    *of(pages), pages.c.number.in_(bindparam("numbers", expanding=True))
)


def remove_pages(connection: Connection, owner: Owner, numbers: Sequence[int]) -> int:
    revision = connection.execute(BUMP, {"key": owner.key}).scalar_one_or_none()
    if revision is None:
        return 0
    found = [row.number for row in rows_among(connection, WHICH_PAGES, owner.key, set(numbers))]
    if not found:
        connection.rollback()
        return 0
    remove(connection, owner, [(Kind.PAGE, number) for number in found], revision=revision)
    return len(found)

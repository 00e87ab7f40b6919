"""Committing a round of consolidation: the fence, what must still stand, and the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update

from memoryos.errors import LeaseLostError
from memoryos.model import Evidence, Kind, Owner
from memoryos.store.base import Lease, RewrittenPage, Update
from memoryos.store.database import upsert
from memoryos.store.erasing import mark_for_erasing
from memoryos.store.leases import MINE, fence, lost
from memoryos.store.ledger import read_items_told_since
from memoryos.store.removing import DELETE_EMBEDDING, remove
from memoryos.store.rows import (
    Values,
    embedding_values,
    evidence_values,
    fact_values,
    segment_values,
    trait_values,
)
from memoryos.store.schema import embeddings, evidence, facts, owners, pages, segments, traits
from memoryos.store.statements import larger, of, rows_among, smaller
from memoryos.store.tombstones import leave_tombstones
from memoryos.store.writing import WHICH_PAGES

MAX_NUMBER = 2**62


def _replacing(
    table: Table, kept: Callable[[Any], dict[str, ColumnElement[Any]]] = lambda new: {}
) -> Callable[[Connection], Any]:
    """Insert a row, or replace the one with its key; `kept` says, of the new row, what else a
    column becomes."""
    keys = [key.name for key in table.primary_key]

    @upsert
    def replace(insert: Any) -> Any:
        statement = insert(table)
        new = statement.excluded
        replaced = {c.name: new[c.name] for c in table.c if c.name not in keys}
        return statement.on_conflict_do_update(index_elements=keys, set_={**replaced, **kept(new)})

    return replace


ADVANCE = (
    update(owners)
    .where(*MINE)
    .values(
        revision=owners.c.revision + 1,
        next_segment=larger(owners.c.next_segment, bindparam("after_segments")),
        next_fact=larger(owners.c.next_fact, bindparam("after_facts")),
        next_trait=larger(owners.c.next_trait, bindparam("after_traits")),
        traits_through=smaller(
            larger(owners.c.traits_through, bindparam("asked_through")), bindparam("back_to")
        ),
    )
    .returning(owners.c.revision, owners.c.embedding_model)
)
UPDATE_PAGE = update(pages).where(*of(pages, "number"))
PAGES_IN = select(pages.c.number).where(
    *of(pages), pages.c.segment.in_(bindparam("numbers", expanding=True))
)
DELETE_SEGMENT = delete(segments).where(*of(segments, "number"))
replace_segment = _replacing(
    segments,
    # Visits were counted on the row while this update was in the making.
    lambda new: {
        "visit_count": segments.c.visit_count,
        "visited_at": larger(segments.c.visited_at, new.visited_at),
    },
)
replace_fact = _replacing(facts)
replace_trait = _replacing(traits)
replace_embedding = _replacing(embeddings)
DELETE_EVIDENCE = delete(evidence).where(*of(evidence, "kind", "number"))
INSERT_EVIDENCE = insert(evidence)
EVIDENCE_ON = select(evidence.c.kind, evidence.c.number, evidence.c.page).where(
    *of(evidence), evidence.c.page.in_(bindparam("numbers", expanding=True))
)

Supported = tuple[Kind, int, tuple[Evidence, ...]]
"""A fact or a trait, by number, with its evidence."""


def commit(connection: Connection, lease: Lease, change: Update) -> int:
    row = connection.execute(
        ADVANCE,
        {
            **fence(lease),
            "after_segments": _after(segment.number for segment in change.segments),
            "after_facts": _after(stored.fact.number for stored in change.facts),
            "after_traits": _after(trait.number for trait in change.traits),
            "asked_through": change.traits_through or 0,
            "back_to": MAX_NUMBER if change.traits_back_to is None else change.traits_back_to,
        },
    ).one_or_none()
    if row is None:
        raise lost(lease)
    if change.embeddings and change.embedding_model != row.embedding_model:
        raise LeaseLostError(
            f"owner {lease.owner.key} has moved from the vectors of {change.embedding_model!r} to"
            f" those of {row.embedding_model!r}; nothing was committed: embed again"
        )
    supported = _supported(change)
    _check_pages(connection, lease.owner, change, supported)
    _check_replies(connection, lease.owner, change)
    _write_pages(connection, lease.owner, change, row.revision)
    stamp = {"owner": lease.owner.key, "revision": row.revision}
    for replace, values in (
        (replace_segment, map(segment_values, change.segments)),
        (replace_fact, map(fact_values, change.facts)),
        (replace_trait, map(trait_values, change.traits)),
        (replace_embedding, map(embedding_values, change.embeddings)),
    ):
        _execute_many(connection, replace(connection), [{**stamp, **value} for value in values])
    _write_evidence(connection, supported, stamp)
    _rewrite_pages(connection, lease.owner, change.rewritten, row.revision)
    if change.removed:
        remove(connection, lease.owner, change.removed, revision=row.revision)
    _dissolve(connection, lease.owner, change.dissolved, row.revision)
    if change.erases:
        mark_for_erasing(connection, lease.owner)
    return int(row.revision)


def _after(numbers: Iterable[int]) -> int:
    return 1 + max(numbers, default=0)


def _execute_many(connection: Connection, statement: Any, values: list[Values]) -> None:
    if values:
        connection.execute(statement, values)


def _supported(change: Update) -> list[Supported]:
    return [
        *((Kind.FACT, stored.fact.number, stored.fact.evidence) for stored in change.facts),
        *((Kind.TRAIT, trait.number, trait.evidence) for trait in change.traits),
    ]


def _check_pages(
    connection: Connection, owner: Owner, change: Update, supported: list[Supported]
) -> None:
    """Refuse an update that names pages which were removed while it was in the making.

    Evidence already on record may outlive its page until forgetting reaches the fact: such a fact
    can still be replaced, or nothing could ever supersede it.
    """
    cited = {(piece.page, kind.value, number) for kind, number, ev in supported for piece in ev}
    named = {
        *(page.number for page in change.filed),
        *change.analysed,
        *change.unfiled,
        *change.unanalysed,
        *change.blanked,
        *(page.number for page in change.rewritten),
        *(number for kind, number in change.removed if kind is Kind.PAGE),
        *(emb.number for emb in change.embeddings if emb.kind is Kind.PAGE),
    }
    wanted = named | {page for page, _, _ in cited}
    missing = wanted - {
        row.number for row in rows_among(connection, WHICH_PAGES, owner.key, wanted)
    }
    on_record = {
        (row.page, row.kind, row.number)
        for row in rows_among(connection, EVIDENCE_ON, owner.key, missing)
    }
    gone = missing & (named | {page for page, *item in cited - on_record})
    if gone:
        raise LeaseLostError(
            f"pages of owner {owner.key} were removed meanwhile: {sorted(gone)[:10]}; nothing was"
            " committed: read again and start over"
        )


def _check_replies(connection: Connection, owner: Owner, change: Update) -> None:
    """Refuse to remove what a reply has told of that was not there yet when this was planned."""
    if change.planned_before is None:
        return
    going = {*change.removed, *((Kind.PAGE, page.number) for page in change.rewritten)}
    told = read_items_told_since(connection, owner, change.planned_before)
    if going & told:
        raise LeaseLostError(
            f"a reply was made out of what is to be removed of owner {owner.key}; nothing was"
            " committed: plan again"
        )


def _write_pages(connection: Connection, owner: Owner, change: Update, revision: int) -> None:
    """What is undone comes first: a page may be filed or analysed anew in the same update."""
    unfiled = {"chain": None, "meta_chain": "", "segment": None}
    filed = [
        (page.number, {"chain": page.chain, "meta_chain": page.meta_chain, "segment": page.segment})
        for page in change.filed
    ]
    for values_by_page in (
        [(number, unfiled) for number in change.unfiled],
        [(number, {"analyst": None}) for number in change.unanalysed],
        [(number, {"meta_chain": ""}) for number in change.blanked],
        filed,
        [(number, {"analyst": change.analyst}) for number in change.analysed],
    ):
        _execute_many(
            connection,
            UPDATE_PAGE,
            [
                {"key": owner.key, "number_": number, "revision": revision, **values}
                for number, values in values_by_page
            ],
        )


def _rewrite_pages(
    connection: Connection, owner: Owner, rewritten: tuple[RewrittenPage, ...], revision: int
) -> None:
    if not rewritten:
        return
    row = {"key": owner.key, "revision": revision}
    connection.execute(
        UPDATE_PAGE,
        [
            {
                **row,
                "number_": page.number,
                "agent_response": page.agent_response,
                "terms": page.terms,
            }
            for page in rewritten
        ],
    )
    connection.execute(
        DELETE_EMBEDDING,
        [{"key": owner.key, "number_": p.number, "kind_": Kind.PAGE.value} for p in rewritten],
    )


def _dissolve(
    connection: Connection, owner: Owner, numbers: tuple[int, ...], revision: int
) -> None:
    """Delete segments that no page names any more; asked after the pages are written."""
    dissolved = sorted(set(numbers))
    if not dissolved:
        return
    left = [row.number for row in rows_among(connection, PAGES_IN, owner.key, dissolved)]
    if left:
        raise LeaseLostError(
            f"pages of owner {owner.key} stand in segments to be dissolved: {left[:10]}; nothing"
            " was committed: read again and start over"
        )
    connection.execute(
        DELETE_SEGMENT, [{"key": owner.key, "number_": number} for number in dissolved]
    )
    leave_tombstones(connection, owner, Kind.SEGMENT, dissolved, revision=revision)


def _write_evidence(connection: Connection, supported: list[Supported], stamp: Values) -> None:
    _execute_many(
        connection,
        DELETE_EVIDENCE,
        [
            {"key": stamp["owner"], "kind_": kind.value, "number_": number}
            for kind, number, _ in supported
        ],
    )
    _execute_many(
        connection,
        INSERT_EVIDENCE,
        [
            {**stamp, **values}
            for kind, number, pieces in supported
            for values in evidence_values(kind, number, pieces)
        ],
    )

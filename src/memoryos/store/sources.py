"""Sources: what imported pages were made from, as digests, so that nothing is imported twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam, insert, select, update

from memoryos.model import Owner
from memoryos.store.base import Source
from memoryos.store.schema import sources
from memoryos.store.statements import BATCH, of

WHICH = select(sources.c.digest, sources.c.page).where(
    *of(sources), sources.c.digest.in_(bindparam("digests", expanding=True))
)
INSERT = insert(sources)
# The digest stays: what was forgotten is not brought back by importing it again.
FORGET_PAGE = update(sources).where(*of(sources, "page")).values(page=0)


def read_known_sources(
    connection: Connection, owner: Owner, digests: Collection[str]
) -> dict[str, int]:
    ordered = sorted(set(digests))
    known: dict[str, int] = {}
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        rows = connection.execute(WHICH, {"key": owner.key, "digests": batch})
        known.update((row.digest, row.page) for row in rows)
    return known


def insert_sources(connection: Connection, owner: Owner, added: Iterable[Source]) -> None:
    values = [
        {"owner": owner.key, "digest": source.digest, "page": source.page} for source in added
    ]
    if values:
        connection.execute(INSERT, values)


def forget_sources(connection: Connection, owner: Owner, pages: Iterable[int]) -> None:
    """Note that these pages, at least one, are gone."""
    connection.execute(FORGET_PAGE, [{"key": owner.key, "page_": page} for page in pages])

"""What SQLite and PostgreSQL do each in its own way; all else in this package is plain SQL."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Engine

from memoryos.store.base import Listening

UTF16_HALF = (
    "the text holds half of a surrogate pair, which no encoding can store: decode it rightly, or"
    " replace such characters"
)


class Database(Protocol):
    """One database that is open: how its transactions begin, what its errors mean."""

    name: str
    """How messages call it; never with a password."""
    engine: Engine

    def version(self) -> str | None:
        """The schema's revision; None for an empty database."""
        ...

    def prepare(self) -> None:
        """Bring the schema to head; harmless to repeat, and to race for.

        The version is read first, so that a database of a later release is left as it was found.
        """
        ...

    def partition(self, count: int) -> None:
        """Divide every table by owner into `count` partitions.

        Raises InvalidArgumentError where that cannot be: they hold rows, or it is SQLite.
        """
        ...

    def asking(self) -> AbstractContextManager[Connection]:
        """For one statement that reads."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """A snapshot: what is read in it is of one moment."""
        ...

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, committed at the end, or rolled back.

        SQLite has one writer at a time. PostgreSQL has many: whoever writes takes the owner's row
        first, and finds there what those before it have left.
        """
        ...

    def translated(self) -> AbstractContextManager[None]:
        """Raises errors of the driver as those of `memoryos.errors`."""
        ...

    def now(self, connection: Connection, callers: datetime) -> datetime:
        """The present that leases are measured by: the server's, else the caller's."""
        ...

    def erase(self, *, patience_seconds: float) -> bool:
        """`Store.erase`."""
        ...

    def tell(self, key: str) -> None:
        """Let every `listen` hear that the rows of the owner `key` have changed, if that can be
        done: whoever is not told sees it at the next look. Raises nothing."""
        ...

    def listen(self, heard: Callable[[str], None]) -> Listening | None:
        """`Store.listen`."""
        ...

    def close(self) -> None: ...


Building = Callable[[Any], Any]


def upsert(build: Building) -> Callable[[Connection], Any]:
    """A statement with ON CONFLICT, which SQLAlchemy has once for each database.

    `build` is given the `insert` of one and makes the statement of it; what results gives the
    statement for a connection.
    """

    @cache
    def built(dialect: str) -> Any:
        if dialect == "postgresql":
            from sqlalchemy.dialects.postgresql import insert
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
        return build(insert)

    return lambda connection: built(connection.dialect.name)

"""The store over SQL: opens transactions, and translates the driver's errors at the edge."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from memoryos.config import DATABASE_NAME
from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    StorageError,
    StorageUnavailableError,
)
from memoryos.forking import Home
from memoryos.model import Kind, Owner, Segment
from memoryos.store import (
    accounts,
    committing,
    exporting,
    leases,
    ledger,
    migrations,
    reading,
    removing,
    restoring,
    sources,
    writing,
)
from memoryos.store.base import (
    Changes,
    Item,
    Lease,
    ModelCalls,
    NewPage,
    OwnerState,
    OwnerSummary,
    Progress,
    RestoredItem,
    Setback,
    Update,
    Use,
    Visit,
)
from memoryos.store.dialect import (
    check_in_place,
    empty_log,
    file_identity,
    open_engine,
    rewrite_file,
    storage_error,
    use_write_ahead_log,
    when_unlocked,
)


class SqlStore:
    """`Store` over SQLAlchemy Core; the contracts of its methods are `store.base.Store`'s.

    Every method is one transaction, and holds it for nothing but SQL.
    """

    def __init__(self, engine: Engine) -> None:
        """Takes an engine whose schema is at head; `open` makes one."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)
        self._name = str(engine.url.database)
        self._identity = file_identity(self._name)
        # SQLite has one writer at a time, and its waiting is unfair: threads queue here instead.
        self._turn = threading.Lock()
        self._closed = False
        self._home = Home()

    @classmethod
    def open(cls, folder: Path) -> SqlStore:
        """Open `folder`/memoryos.db, made and migrated as need be.

        Raises StorageUnavailableError, CorruptStoreError or NewerStoreError.
        """
        path = folder / DATABASE_NAME
        with _translated(str(path)):
            engine = open_engine(path)
            try:
                when_unlocked(lambda: _prepare(engine))
            except BaseException:
                engine.dispose()
                raise
        return cls(engine)

    def append_pages(
        self,
        owner: Owner,
        pages: Sequence[NewPage],
        *,
        embedding_model: str,
        now: datetime,
        due_at: datetime,
    ) -> tuple[int, ...]:
        if not pages:
            return ()
        with self._writing() as connection:
            return writing.append_pages(
                connection, owner, pages, embedding_model=embedding_model, now=now, due_at=due_at
            )

    def revision(self, owner: Owner) -> tuple[str, int]:
        with self._reading() as connection:
            return reading.read_revision(connection, owner)

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        with self._reading() as connection, _decoded(self._name):
            return reading.read_changes(connection, owner, since=since, epoch=epoch)

    def segments(self, owner: Owner) -> tuple[Segment, ...]:
        with self._reading() as connection, _decoded(self._name):
            return reading.read_segments(connection, owner)

    def set_embedding_model(self, owner: Owner, model: str, *, due_at: datetime) -> bool:
        # Asked at every opening of an owner: without a change, it must not wait for a writer.
        with self._reading() as connection:
            if reading.read_embedding_model(connection, owner) in (None, model):
                return False
        with self._writing() as connection:
            return writing.set_embedding_model(connection, owner, model, due_at=due_at)

    def record_visits(self, owner: Owner, visits: Sequence[Visit], *, due_at: datetime) -> None:
        if not visits:
            return
        with self._writing() as connection:
            writing.record_visits(connection, owner, visits, due_at=due_at)

    def record_uses(self, owner: Owner, uses: Sequence[Use]) -> None:
        if not uses:
            return
        with self._writing() as connection:
            ledger.record_uses(connection, owner, uses)

    def uses(
        self,
        owner: Owner,
        *,
        item: tuple[Kind, int] | None = None,
        page: int | None = None,
        pages: tuple[int, int] | None = None,
    ) -> tuple[Use, ...]:
        first_and_last = pages if page is None else (page, page)
        with self._reading() as connection, _decoded(self._name):
            return ledger.read_uses(connection, owner, item=item, pages=first_and_last)

    def record_model_calls(self, owner: Owner, calls: Sequence[ModelCalls]) -> None:
        if not calls:
            return
        with self._writing() as connection:
            accounts.record_model_calls(connection, owner, calls)

    def reserve_model_calls(
        self,
        owner: Owner,
        most: ModelCalls,
        *,
        daily_calls: int | None,
        daily_tokens: int | None,
    ) -> bool:
        budget = accounts.Budget(daily_calls, daily_tokens)
        # A budget that is used up is asked for again and again: it must not wait for a writer.
        with self._reading() as connection:
            if not accounts.fits(connection, owner, most, budget):
                return False
        with self._writing() as connection:
            return accounts.reserve(connection, owner, most, budget)

    def settle_model_calls(
        self, owner: Owner, reserved: ModelCalls, calls: Sequence[ModelCalls]
    ) -> None:
        with self._writing() as connection:
            accounts.settle(connection, owner, reserved, calls)

    def model_calls(self, owner: Owner, *, since: date | None = None) -> tuple[ModelCalls, ...]:
        with self._reading() as connection, _decoded(self._name):
            return accounts.read_model_calls(connection, owner, since=since)

    def known_sources(self, owner: Owner, digests: Collection[str]) -> Mapping[str, int]:
        with self._reading() as connection:
            return sources.read_known_sources(connection, owner, digests)

    def export(self, owner: Owner) -> Generator[OwnerState | Item, None, None]:
        with self._reading() as connection, _decoded(self._name):
            yield from exporting.read_all(connection, owner)

    def restored_from(self, owner: Owner) -> str | None:
        with self._reading() as connection:
            return restoring.read_restored_from(connection, owner)

    def restore(
        self,
        state: OwnerState,
        items: Iterable[RestoredItem],
        *,
        digest: str,
        embedding_model: str,
        due_at: datetime,
    ) -> bool:
        with self._writing() as connection:
            return restoring.restore(
                connection,
                state,
                items,
                digest=digest,
                embedding_model=embedding_model,
                due_at=due_at,
            )

    def progress(self, owner: Owner) -> Progress:
        with self._reading() as connection, _decoded(self._name):
            return reading.read_progress(connection, owner)

    def owners(
        self, *, due_before: datetime | None = None, limit: int = 100
    ) -> tuple[OwnerSummary, ...]:
        with self._reading() as connection, _decoded(self._name):
            return reading.read_owners(connection, due_before=due_before, limit=limit)

    def owners_with_pages_before(self, moment: datetime) -> tuple[Owner, ...]:
        with self._reading() as connection:
            return reading.read_owners_with_pages_before(connection, moment)

    def acquire(
        self, owner: Owner, *, holder: str, now: datetime, until: datetime, force: bool = False
    ) -> Lease | None:
        with self._writing() as connection:
            return leases.acquire(
                connection, owner, holder=holder, now=now, until=until, force=force
            )

    def release(
        self, lease: Lease, *, due_at: datetime | None, setback: Setback | None = None
    ) -> None:
        with self._writing() as connection:
            leases.release(connection, lease, due_at=due_at, setback=setback)

    def commit(self, lease: Lease, update: Update) -> int:
        with self._writing() as connection:
            return committing.commit(connection, lease, update)

    def remove_pages(self, owner: Owner, numbers: Sequence[int]) -> int:
        with self._writing() as connection:
            return writing.remove_pages(connection, owner, numbers)

    def clear(self, lease: Lease) -> int:
        with self._writing() as connection:
            return removing.clear(connection, lease)

    def erase(self, *, patience_seconds: float) -> bool:
        self._check_open()
        with _translated(self._name):
            check_in_place(self._name, self._identity)
            with self._turn:
                rewritten = rewrite_file(self._engine)
            return not rewritten or empty_log(self._engine, rewritten, patience_seconds)

    def close(self) -> None:
        if not self._home.is_here:
            return
        if not self._closed:
            with suppress(StorageError):
                self.erase(patience_seconds=0.0)
        self._closed = True
        with _translated(self._name):
            self._engine.dispose()

    def __enter__(self) -> SqlStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A snapshot: what is read in it is of one moment."""
        self._check_open()
        with _translated(self._name), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock, committed at the end, or rolled back."""
        self._check_open()
        with self._turn, _translated(self._name):
            check_in_place(self._name, self._identity)
            with self._writer.begin() as connection:
                yield connection

    def _check_open(self) -> None:
        self._home.check()
        if self._closed:
            raise StorageUnavailableError(f"{self._name}: the store was closed; open it again")


def _prepare(engine: Engine) -> None:
    """Bring the schema to head and the file to WAL; harmless to repeat, and to race for.

    The version is read first, so that a database of a later release is left as it was found.
    """
    with engine.connect() as connection:
        version = migrations.stored_version(connection)
    if version != migrations.HEAD:
        with engine.execution_options(writes=True).begin() as connection:
            if migrations.stored_version(connection) != migrations.HEAD:
                migrations.upgrade(connection)
    use_write_ahead_log(engine)


@contextmanager
def _translated(name: str) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as exc:
        raise storage_error(exc, name) from exc
    except UnicodeEncodeError as exc:
        raise InvalidArgumentError(
            "the text holds half of a surrogate pair, which no encoding can store: decode it"
            " rightly, or replace such characters"
        ) from exc


@contextmanager
def _decoded(name: str) -> Iterator[None]:
    """Rows that hold what we never wrote are damage, whatever they break on the way."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as exc:
        raise CorruptStoreError(
            f"{name}: a row holds what MemoryOS never wrote ({type(exc).__name__}); the database"
            " was left as it is: restore a backup, or keep a copy and run sqlite3's .recover on it"
        ) from exc

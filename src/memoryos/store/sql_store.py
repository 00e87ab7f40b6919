"""The store over SQL: opens transactions, and translates the driver's errors at the edge."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection

from memoryos.config import DATABASE_NAME, sqlite_path
from memoryos.errors import CorruptStoreError, StorageError, StorageUnavailableError
from memoryos.forking import Home
from memoryos.model import Kind, Owner, Segment
from memoryos.store import (
    accounts,
    committing,
    exporting,
    inspecting,
    leases,
    ledger,
    reading,
    removing,
    restoring,
    set_aside,
    sources,
    writing,
)
from memoryos.store.base import (
    Backlog,
    Changes,
    Item,
    Lease,
    Listening,
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
from memoryos.store.database import Database
from memoryos.store.sqlite import SqliteDatabase


def open_database(url: str, *, server_time: bool = True) -> Database:
    """The database that a URL names, as it is, of whatever release.

    Raises InvalidArgumentError for another URL, MissingExtraError without psycopg.
    """
    if path := sqlite_path(url):
        return SqliteDatabase(path)
    from memoryos.store.postgres import PostgresDatabase

    return PostgresDatabase(url, server_time=server_time)


class SqlStore:
    """`Store` over SQLAlchemy Core; the contracts of its methods are `store.base.Store`'s.

    Every method is one transaction, and holds it for nothing but SQL.
    """

    def __init__(self, database: Database) -> None:
        """Takes a database that is prepared; `open` and `open_url` make one."""
        self._database = database
        self._closed = False
        self._home = Home()

    @classmethod
    def open(
        cls, folder: Path, database_url: str | None = None, *, server_time: bool = True
    ) -> SqlStore:
        """Open `folder`/memoryos.db, or what `database_url` names, migrated as need be.

        Raises StorageUnavailableError, CorruptStoreError or NewerStoreError, and what `open_url`
        does.
        """
        if database_url is not None:
            return cls.open_url(database_url, server_time=server_time)
        return cls._prepared(SqliteDatabase(folder / DATABASE_NAME))

    @classmethod
    def open_url(cls, url: str, *, server_time: bool = True) -> SqlStore:
        """Open SQLite's file, made as need be, or PostgreSQL's database, which must be there.

        Leases run on the server's time, if there is a server; without `server_time`, on that of who
        takes them. Raises what `open_database` and `open` do.
        """
        return cls._prepared(open_database(url, server_time=server_time))

    @classmethod
    def _prepared(cls, database: Database) -> SqlStore:
        try:
            database.prepare()
        except BaseException:
            database.close()
            raise
        return cls(database)

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
        with self._changing(owner) as connection:
            return writing.append_pages(
                connection, owner, pages, embedding_model=embedding_model, now=now, due_at=due_at
            )

    def revision(self, owner: Owner) -> tuple[str, int]:
        with self._asking() as connection:
            return reading.read_revision(connection, owner)

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        with self._reading() as connection, _decoded(self._database.name):
            return reading.read_changes(connection, owner, since=since, epoch=epoch)

    def segments(
        self, owner: Owner, *, numbers: Collection[int] | None = None
    ) -> tuple[Segment, ...]:
        with self._asking() as connection, _decoded(self._database.name):
            return reading.read_segments(connection, owner, numbers=numbers)

    def set_embedding_model(self, owner: Owner, model: str, *, due_at: datetime) -> bool:
        # Asked at every opening of an owner: without a change, it must not wait for a writer.
        with self._asking() as connection:
            if reading.read_embedding_model(connection, owner) in (None, model):
                return False
        with self._changing(owner) as connection:
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
        with self._asking() as connection, _decoded(self._database.name):
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
        with self._asking() as connection:
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
        with self._asking() as connection, _decoded(self._database.name):
            return accounts.read_model_calls(connection, owner, since=since)

    def known_sources(self, owner: Owner, digests: Collection[str]) -> Mapping[str, int]:
        with self._reading() as connection:
            return sources.read_known_sources(connection, owner, digests)

    def export(self, owner: Owner) -> Generator[OwnerState | Item, None, None]:
        with self._reading() as connection, _decoded(self._database.name):
            yield from exporting.read_all(connection, owner)

    def restored_from(self, owner: Owner) -> str | None:
        with self._asking() as connection:
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
        with self._changing(state.owner) as connection:
            return restoring.restore(
                connection,
                state,
                items,
                digest=digest,
                embedding_model=embedding_model,
                due_at=due_at,
            )

    def progress(self, owner: Owner) -> Progress:
        with self._asking() as connection, _decoded(self._database.name):
            return reading.read_progress(connection, owner)

    def owners(
        self, *, due_before: datetime | None = None, limit: int = 100
    ) -> tuple[OwnerSummary, ...]:
        with self._asking() as connection, _decoded(self._database.name):
            return reading.read_owners(connection, due_before=due_before, limit=limit)

    def owners_with_pages_before(self, moment: datetime) -> tuple[Owner, ...]:
        with self._asking() as connection:
            return reading.read_owners_with_pages_before(connection, moment)

    def acquire(
        self, owner: Owner, *, holder: str, now: datetime, until: datetime, force: bool = False
    ) -> Lease | None:
        with self._writing() as connection:
            start = self._database.now(connection, now)
            end = start + (until - now)
            taken = leases.acquire(
                connection, owner, holder=holder, now=start, until=end, force=force
            )
        return taken and replace(taken, until=until)

    def claim(self, *, holder: str, now: datetime, until: datetime) -> Lease | None:
        # Asked at every look: where nobody waits, it must not wait for a writer.
        with self._asking() as connection:
            if not leases.is_waiting(connection, now=now):
                return None
        with self._writing() as connection:
            start = self._database.now(connection, now)
            end = start + (until - now)
            taken = leases.claim(connection, holder=holder, now=start, until=end)
        return taken and replace(taken, until=until)

    def count_fault(self, owner: Owner, *, error: str, now: datetime, limit: int) -> int:
        with self._writing() as connection:
            return set_aside.count_fault(connection, owner, error=error, now=now, limit=limit)

    def put_back(self, owner: Owner | None = None, *, now: datetime) -> int:
        with self._writing() as connection:
            return set_aside.put_back(connection, owner, now=now)

    def backlog(self, *, now: datetime) -> Backlog:
        with self._reading() as connection:
            return set_aside.read_backlog(connection, now=now)

    def release(
        self, lease: Lease, *, due_at: datetime | None, setback: Setback | None = None
    ) -> None:
        with self._writing() as connection:
            leases.release(connection, lease, due_at=due_at, setback=setback)

    def commit(self, lease: Lease, update: Update) -> int:
        with self._changing(lease.owner) as connection:
            return committing.commit(connection, lease, update)

    def remove_pages(self, owner: Owner, numbers: Sequence[int]) -> int:
        with self._changing(owner) as connection:
            return writing.remove_pages(connection, owner, numbers)

    def clear(self, lease: Lease) -> int:
        with self._changing(lease.owner) as connection:
            return removing.clear(connection, lease)

    def erase(self, *, patience_seconds: float) -> bool:
        self._check_open()
        return self._database.erase(patience_seconds=patience_seconds)

    def check(self) -> None:
        with self._writing() as connection:
            inspecting.write_and_read(connection)

    def count_owners(self) -> int:
        """How many owners there are, those who were cleared among them."""
        with self._asking() as connection:
            return inspecting.count_owners(connection)

    def survey(self) -> Iterator[inspecting.Surveyed]:
        """The database as a whole, then every owner by key, each as it is at one moment: what does
        not hold between its rows, and what it holds."""
        return inspecting.survey(self._reading_rows)

    def listen(self, heard: Callable[[str], None]) -> Listening | None:
        self._check_open()
        return self._database.listen(heard)

    def close(self) -> None:
        if not self._home.is_here:
            return
        if not self._closed:
            with suppress(StorageError):
                self.erase(patience_seconds=0.0)
        self._closed = True
        self._database.close()

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
    def _asking(self) -> Iterator[Connection]:
        """For one statement."""
        self._check_open()
        with self._database.asking() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """A snapshot: what is read in it is of one moment."""
        self._check_open()
        with self._database.reading() as connection:
            yield connection

    @contextmanager
    def _reading_rows(self) -> Iterator[Connection]:
        with self._reading() as connection, _decoded(self._database.name):
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction, committed at the end, or rolled back."""
        self._check_open()
        with self._database.writing() as connection:
            yield connection

    @contextmanager
    def _changing(self, owner: Owner) -> Iterator[Connection]:
        """A transaction that others should hear of."""
        with self._writing() as connection:
            yield connection
        self._database.tell(owner.key)

    def _check_open(self) -> None:
        self._home.check()
        if self._closed:
            raise StorageUnavailableError(
                f"{self._database.name}: the store was closed; open it again"
            )


@contextmanager
def _decoded(name: str) -> Iterator[None]:
    """Rows that hold what we never wrote are damage, whatever they break on the way."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as exc:
        raise CorruptStoreError(
            f"{name}: a row holds what MemoryOS never wrote ({type(exc).__name__}); the database"
            " was left as it is: restore a backup"
        ) from exc

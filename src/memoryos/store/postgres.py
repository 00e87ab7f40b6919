"""What is PostgreSQL's alone: how it is reached, how transactions begin, what errors mean."""

from __future__ import annotations

import logging
import select as polling
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    delete,
    event,
    make_url,
    select,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from memoryos.config import DATABASE_URL_FORMS, check_database_url
from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    MissingExtraError,
    StorageError,
    StorageUnavailableError,
)
from memoryos.store import migrations
from memoryos.store.database import UTF16_HALF
from memoryos.store.partitions import partition
from memoryos.store.rows import to_datetime
from memoryos.store.schema import erasures, metadata
from memoryos.store.statements import of

try:
    import psycopg
    from psycopg import pq

    from memoryos.store.listening import CHANNEL, PostgresListening
except ImportError as error:
    raise MissingExtraError(
        "PostgreSQL needs the package psycopg: pip install 'memoryos-engine[postgres]'"
    ) from error

logger = logging.getLogger(__name__)

POOL_SIZE, POOL_OVERFLOW = 5, 10
"""Connections a process keeps, and as many more at the busiest: a server has 100 unless told."""

POOL_TIMEOUT_SECONDS = 30.0

REACHING: dict[str, Any] = {
    "application_name": "memoryos",
    # Whatever the database's own: what it cannot hold is told in an error we understand.
    "client_encoding": "utf8",
    "connect_timeout": 10,
    # A network that swallows packets is found out in half a minute, not in two hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 30_000,
}
"""What the URL may set otherwise."""

TIMEOUTS = (
    "SELECT set_config('statement_timeout', '120s', false),"
    " set_config('lock_timeout', '30s', false),"
    # As above, of the server: until it finds out, rows that such a client had taken stay locked.
    " set_config('tcp_keepalives_idle', '10', false),"
    " set_config('tcp_keepalives_interval', '5', false),"
    " set_config('tcp_keepalives_count', '4', false)"
)

OLDEST_VERSION = 13_00_00
MIGRATING = 0x4D656D6F72794F53
"""The advisory lock of who migrates; the letters of MemoryOS."""

ERASE_PAUSE_SECONDS = 0.02
LEAST_LOCK_SECONDS = 0.1


class _BinaryCursor(psycopg.Cursor[Any]):
    """Takes results in binary: vectors and terms come as they are, not as hexadecimal digits."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.format = pq.Format.BINARY


class PostgresDatabase:
    """A database of a PostgreSQL server. Many write at once, each the rows of another owner."""

    def __init__(self, url: str, *, server_time: bool) -> None:
        """Connects to nothing yet. Raises InvalidArgumentError."""
        self._url = _read(url)
        self.name = _shown(self._url)
        self._server_time = server_time
        self.engine = _open_engine(self._url)
        self._asker = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._reader = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    def version(self) -> str | None:
        with self.asking() as connection:
            self._check_server(connection)
            return migrations.stored_version(connection)

    def prepare(self) -> None:
        if self.version() == migrations.HEAD:
            return
        with self._altering() as connection:
            if migrations.stored_version(connection) != migrations.HEAD:
                migrations.upgrade(connection)

    def partition(self, count: int) -> None:
        with self._altering() as connection:
            partition(connection, count)

    @contextmanager
    def _altering(self) -> Iterator[Connection]:
        """A transaction of the only one who alters tables, for as long as it takes."""
        with self.writing() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATING})")
            yield connection

    def _check_server(self, connection: Connection) -> None:
        version, encoding, fsync, synchronous_commit = connection.exec_driver_sql(
            "SELECT current_setting('server_version_num')::int, current_setting('server_encoding'),"
            " current_setting('fsync'), current_setting('synchronous_commit')"
        ).one()
        if version < OLDEST_VERSION:
            raise StorageUnavailableError(
                f"{self.name}: the server is PostgreSQL {version // 10_000}: upgrade it to"
                f" {OLDEST_VERSION // 10_000} or later"
            )
        if encoding != "UTF8":
            raise StorageUnavailableError(
                f"{self.name}: the database's encoding is {encoding}, which cannot hold every text:"
                " make one with ENCODING 'UTF8'"
            )
        if "off" in (fsync, synchronous_commit):
            logger.warning(
                "%s: fsync is %s and synchronous_commit is %s: pages that were acknowledged may be"
                " lost when the server goes down",
                self.name,
                fsync,
                synchronous_commit,
            )

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        # By itself a statement is a snapshot: no round trips for BEGIN and ROLLBACK.
        with self.translated(), self._asker.connect() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.translated(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as exc:
            raise StorageUnavailableError(
                f"{self.name}: all {POOL_SIZE + POOL_OVERFLOW} connections of this process were in"
                f" use for {POOL_TIMEOUT_SECONDS:.0f} s: ask less at once, or start more processes"
            ) from exc
        except (DBAPIError, psycopg.Error) as exc:
            raise _storage_error(exc, self.name) from exc
        except UnicodeEncodeError as exc:
            raise InvalidArgumentError(UTF16_HALF) from exc

    def now(self, connection: Connection, callers: datetime) -> datetime:
        if not self._server_time:
            return callers
        return to_datetime(connection.execute(NOW).scalar_one())

    def erase(self, *, patience_seconds: float) -> bool:
        """Vacuum what deletions have marked, once no snapshot is left that still sees it.

        Space so freed is written over as it is used again. Log archives, replicas and backups hold
        what they hold.
        """
        give_up_at = time.monotonic() + patience_seconds
        with self.translated(), self._asker.connect() as connection:
            marks = connection.execute(MARKS).all()
            if not marks:
                return True
            if not connection.execute(MAY_VACUUM).scalar_one():
                logger.warning("%s: only the owner of the tables can vacuum them", self.name)
                return False
            newest = max(mark.transaction for mark in marks)
            while connection.execute(IS_SEEN, {"newest": newest}).scalar_one():
                if time.monotonic() >= give_up_at:
                    return False
                time.sleep(ERASE_PAUSE_SECONDS)
            if not _vacuum(connection, patience_seconds=give_up_at - time.monotonic()):
                return False
            for mark in marks:
                connection.execute(UNMARK, {"key": mark.owner, "transaction_": mark.transaction})
            return True

    def tell(self, key: str) -> None:
        """After the commit and without waiting for the disk: with NOTIFY in them, commits would
        stand in line, one for the whole server. Raises nothing: what was written is there, and who
        is not told looks itself."""
        try:
            with self.translated(), self._asker.connect() as connection:
                connection.execute(TELL, {"channel": CHANNEL, "key": key})
        except StorageError as error:
            logger.warning("others were not told of a change: %s", type(error).__name__)

    def listen(self, heard: Callable[[str], None]) -> PostgresListening:
        return PostgresListening(self._connect, heard)

    def _connect(self) -> psycopg.Connection[Any]:
        arguments, options = self.engine.dialect.create_connect_args(self._url)
        return psycopg.connect(*arguments, **{**REACHING, **options}, autocommit=True)

    def close(self) -> None:
        with self.translated():
            self.engine.dispose()


NOW = text("SELECT (extract(epoch FROM statement_timestamp()) * 1000000)::bigint")
TELL = text("SELECT pg_notify(:channel, :key)")

MARKS = select(erasures.c.owner, erasures.c.transaction)
UNMARK = delete(erasures).where(*of(erasures, "transaction"))
MAY_VACUUM = text(
    "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'pages'::regclass"
)
IS_SEEN = text("""
    SELECT EXISTS (
        SELECT 1 FROM (
            SELECT unnest(ARRAY[backend_xid, backend_xmin]) AS oldest FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
            AND pid NOT IN (SELECT pid FROM pg_stat_progress_vacuum)
            UNION ALL SELECT xmin FROM pg_replication_slots
            UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        ) AS held
        WHERE age(oldest) >= age((CAST(:newest AS bigint) & 4294967295)::text::xid)
    )
""")
"""Whether a snapshot is left that sees what transaction `:newest`, or one before it, deleted.

Of sessions of other roles the server tells only who may read all statistics (pg_read_all_stats).
"""
VACUUM = text("VACUUM " + ", ".join(metadata.tables))
TAKE_TIME = text(
    "SELECT set_config('statement_timeout', '0', false),"
    " set_config('lock_timeout', CAST(:milliseconds AS text), false)"
)


def _vacuum(connection: Connection, *, patience_seconds: float) -> bool:
    """Vacuum for as long as it takes; False where another is at it for `patience_seconds`."""
    seconds = max(LEAST_LOCK_SECONDS, patience_seconds)
    connection.execute(TAKE_TIME, {"milliseconds": str(round(1000 * seconds))})
    try:
        connection.execute(VACUUM)
    except DBAPIError as exc:
        # Other statements are not to have its time.
        connection.invalidate()
        if isinstance(exc.orig, psycopg.errors.LockNotAvailable):
            return False
        raise
    connection.exec_driver_sql(TIMEOUTS)
    return True


def _read(url: str) -> URL:
    checked = check_database_url(url)
    try:
        read = make_url(checked)
    except (ArgumentError, ValueError):
        raise InvalidArgumentError(
            f"database_url cannot be read: give {DATABASE_URL_FORMS}"
        ) from None
    return read.set(drivername="postgresql+psycopg")


def _shown(url: URL) -> str:
    host = url.host or url.query.get("host") or "localhost"
    port = f":{url.port}" if url.port else ""
    return f"PostgreSQL database {url.database or url.username or ''} at {host}{port}"


NEW = "new"


def _open_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        # Errors of the driver may reach a log: they must not carry what someone remembered.
        hide_parameters=True,
        # Whatever the server's default: who waited for a row is to see what those before it wrote.
        isolation_level="READ COMMITTED",
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        connect_args={
            "cursor_factory": _BinaryCursor,
            **{name: value for name, value in REACHING.items() if name not in url.query},
        },
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(TIMEOUTS)
        cursor.close()
        connection.commit()
        entry.info[NEW] = True

    @event.listens_for(engine, "checkout")
    def check(
        connection: DBAPIConnection, entry: ConnectionPoolEntry, proxy: PoolProxiedConnection
    ) -> None:
        # A server that went away has said so, or closed its end: there is something to read on a
        # connection that waits for nothing. Asking it would take a round trip. One that was made
        # just now is not doubted: the pool gives up with no error of the driver if two are refused.
        if not entry.info.pop(NEW, False) and _has_something_to_read(connection):
            raise DisconnectionError

    return engine


def _has_something_to_read(connection: Any) -> bool:
    if not hasattr(polling, "poll"):  # Windows
        return bool(polling.select([connection], [], [], 0)[0])
    poll = polling.poll()
    poll.register(connection, polling.POLLIN)
    return bool(poll.poll(0))


AGAIN = "nothing was written: try again"
REACH = (
    "nothing was written: see that the server runs and takes connections, that the database is"
    " there (CREATE DATABASE), and that user and password are right"
)
CUT = "what was being written may be there or not: see that the server runs, then try again"

MEANINGS: tuple[tuple[str, type[StorageError], str], ...] = (
    ("53100", StorageUnavailableError, "nothing was written: make room on the server's disk"),
    ("53300", StorageUnavailableError, "raise max_connections there, or start fewer processes"),
    ("53", StorageUnavailableError, AGAIN),
    ("57014", StorageUnavailableError, AGAIN),
    ("55P03", StorageUnavailableError, AGAIN),
    ("40", StorageUnavailableError, AGAIN),
    ("25006", StorageUnavailableError, "nothing was written: name the server that takes writes"),
    (
        "42501",
        StorageUnavailableError,
        "give this role the right, or run memoryos migrate as one that has it",
    ),
    ("XX001", CorruptStoreError, "it was left as it is: restore a backup"),
    ("XX002", CorruptStoreError, "it was left as it is: rebuild its indexes, or restore a backup"),
)
"""How an SQLSTATE begins, what we raise, and what to do."""


DATA = "22"
"""How that of a value begins which is too long, or too large: SQLite knows no lengths."""


def _storage_error(exc: Exception, name: str) -> Exception:
    """What we raise for an error of the driver, and what to do about it."""
    cause = exc.orig if isinstance(exc, DBAPIError) and exc.orig is not None else exc
    state = getattr(cause, "sqlstate", None) or ""
    diagnosis = getattr(cause, "diag", None)
    # Without DETAIL, which may show a row.
    message = (diagnosis and diagnosis.message_primary) or str(cause).strip()
    if not state and "NUL" in message:
        return InvalidArgumentError("the text holds a NUL character, which PostgreSQL cannot store")
    if state.startswith(DATA):
        return InvalidArgumentError(
            f"a value is one that PostgreSQL cannot store ({message}); nothing was written"
        )
    for beginning, error, advice in MEANINGS:
        if state.startswith(beginning):
            return error(f"{name}: {message}; {advice}")
    # libpq gives no SQLSTATE where it could not connect.
    never_there = isinstance(cause, psycopg.errors.ConnectionTimeout) or (
        not state and message.startswith("connection failed")
    )
    return StorageUnavailableError(f"{name}: {message}; {REACH if never_there else CUT}")

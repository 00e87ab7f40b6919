"""What is SQLite's alone: how its file is opened, how transactions begin, what errors mean."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    StorageError,
    StorageUnavailableError,
)
from memoryos.store import migrations
from memoryos.store.database import UTF16_HALF

BUSY_TIMEOUT_SECONDS = 30.0
TURN_PAUSE_SECONDS = (0.0005, 0.003)
TURN_ATTEMPTS = 15_000
CHECKPOINT_PAUSE_SECONDS = 0.02
OPENING_ATTEMPTS = 10
OPENING_PAUSE_SECONDS = 0.1

PRAGMAS = (
    # A commit is on disk when it returns, not only safe from corruption as with NORMAL.
    "PRAGMA synchronous=FULL",
    # What is deleted is overwritten, and no temporary file holds a copy of it.
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
)

Result = TypeVar("Result")


class SqliteDatabase:
    """A file, made if missing, as its folder is. It has one writer at a time."""

    def __init__(self, path: Path) -> None:
        """Raises StorageUnavailableError where there can be no file."""
        self.name = str(path)
        with self.translated():
            self.engine = open_engine(path)
        self._writer = self.engine.execution_options(writes=True)
        self._identity = file_identity(path)
        # SQLite's waiting is unfair: threads queue here instead.
        self.turn = threading.Lock()

    def version(self) -> str | None:
        with self.reading() as connection:
            return migrations.stored_version(connection)

    def prepare(self) -> None:
        with self.translated():
            when_unlocked(self._prepare)

    def _prepare(self) -> None:
        if self.version() != migrations.HEAD:
            with self._writer.begin() as connection:
                if migrations.stored_version(connection) != migrations.HEAD:
                    migrations.upgrade(connection)
        use_write_ahead_log(self.engine)

    def partition(self, count: int) -> None:
        raise InvalidArgumentError(
            "SQLite has no partitions: name a PostgreSQL database (MEMORYOS_DATABASE_URL)"
        )

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.translated(), self.engine.connect() as connection:
            yield connection

    asking = reading

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.turn, self.translated():
            check_in_place(self.name, self._identity)
            with self._writer.begin() as connection:
                yield connection

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error, OSError) as exc:
            raise storage_error(exc, self.name) from exc
        except UnicodeEncodeError as exc:
            raise InvalidArgumentError(UTF16_HALF) from exc

    def now(self, connection: Connection, callers: datetime) -> datetime:
        return callers

    def erase(self, *, patience_seconds: float) -> bool:
        with self.translated():
            check_in_place(self.name, self._identity)
            with self.turn:
                rewritten = rewrite_file(self.engine)
            return not rewritten or empty_log(self.engine, rewritten, patience_seconds)

    def tell(self, key: str) -> None:
        """Nobody listens: other processes look at the file every now and then."""

    def listen(self, heard: Callable[[str], None]) -> None:
        return None

    def close(self) -> None:
        with self.translated():
            self.engine.dispose()


def open_engine(path: Path) -> Engine:
    """An engine over the file at `path`, which is made if missing, as its folder is.

    Raises OSError where that cannot be. `writes=True` among a connection's execution options makes
    its transactions take the write lock first: with a deferred BEGIN, two writers that have both
    read fail at once, without the busy timeout.
    """
    _make_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path.absolute())),
        # Errors of the driver may reach a log: they must not carry what someone remembered.
        hide_parameters=True,
        poolclass=QueuePool,
        # A connection for every thread at work: waiting happens in SQLite, not for the pool.
        max_overflow=-1,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "isolation_level": None},
    )

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            _begin_writing(connection)
        else:
            connection.exec_driver_sql("BEGIN")

    @event.listens_for(engine, "invalidate")
    def let_go(connection: DBAPIConnection, entry: ConnectionPoolEntry, error: object) -> None:
        # Ctrl-C amid a write: the traceback keeps the statement alive, and with it the write lock.
        with suppress(sqlite3.Error):
            connection.rollback()

    return engine


def _begin_writing(connection: Connection) -> None:
    """Take the write lock; raises sqlite3.OperationalError after some BUSY_TIMEOUT_SECONDS."""
    cursor = connection.connection.cursor()
    try:
        _execute_in_turn(cursor, "BEGIN IMMEDIATE")
    finally:
        cursor.close()


def _execute_in_turn(cursor: DBAPICursor, statement: str) -> None:
    """Execute what takes the write lock, asked for at short random intervals until it is our turn.

    SQLite's own waiting backs off to 0.1 s, while a writer in a tight loop finds the lock free
    every time: with 8 such processes on 2 busy cores it kept one waiting for up to 3.5 s, this way
    for up to 0.2 s. Raises sqlite3.OperationalError after some BUSY_TIMEOUT_SECONDS.
    """
    cursor.execute("PRAGMA busy_timeout = 0")
    try:
        for attempt in count(1):
            try:
                cursor.execute(statement)
            except sqlite3.OperationalError as exc:
                if not _is_locked(exc) or attempt >= TURN_ATTEMPTS:
                    raise
            else:
                return
            time.sleep(random.uniform(*TURN_PAUSE_SECONDS))
    finally:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000:.0f}")


_MAKING = threading.Lock()


def _make_private(path: Path) -> None:
    """Folders that we make are 0700, the file 0600, whatever the umask says.

    A folder that was there is left as it is: it may be the caller's own, shared on purpose.
    SQLite gives the files beside the database (-wal, -shm) the mode of the database.

    A database that exists is never opened here: closing any descriptor of a file gives up all the
    locks that this process holds on it (POSIX), those of other connections of SQLite too. For the
    same reason one thread makes the file before another may connect to it.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    with _MAKING, suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        path.chmod(0o600)
    if path.is_dir():
        raise IsADirectoryError("a folder stands where the database file should be")
    if not os.access(path, os.R_OK | os.W_OK):
        raise PermissionError("the file may not be written")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)


def file_identity(name: str | Path) -> tuple[int, int]:
    """Device and number of the file, by which it is known again."""
    status = Path(name).stat()
    return status.st_dev, status.st_ino


def check_in_place(name: str, identity: tuple[int, int]) -> None:
    """Raises StorageUnavailableError if the file opened is no longer the one in its place.

    A file that was removed takes writes all the same, and loses them when it is closed.
    """
    with suppress(FileNotFoundError):
        if file_identity(name) == identity:
            return
    raise StorageUnavailableError(
        f"{name}: the database was removed or replaced while it was open; put it back and open the"
        " memory again"
    )


def use_write_ahead_log(engine: Engine) -> None:
    """Switch the file to WAL, where readers and the writer do not wait for one another."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


# How far erasing has come stands in the file's header (`user_version`), so that what a process
# leaves undone another does: n > 0, so many deletions since the file was last clean; -n, the file
# was rewritten after the n-th, but its log still holds what was; 0, clean.
MARKS = 1 << 30


def mark_for_erasing(connection: Connection) -> None:
    """Say, in the transaction that deletes, that bytes of what it deletes are to be erased."""
    marks = _marks(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {abs(marks) % MARKS + 1}")


def rewrite_file(engine: Engine) -> int:
    """Rewrite a file that deletions have marked; what to hand to `empty_log`, 0 if it is clean.

    `secure_delete` overwrites what is deleted where it stands, but not the copies that SQLite left
    behind when it moved rows between pages of the file, full of text: VACUUM does. Costs some 10 ms
    and 1 MB of memory a MB. Raises sqlite3.OperationalError while another process writes for long,
    or where the disk has no room for a copy.
    """
    while (marks := _read_marks(engine)) > 0:
        connection = engine.raw_connection()
        try:
            _execute_in_turn(connection.cursor(), "VACUUM")
        finally:
            connection.close()
        _change_marks(engine, marks, -marks)
    return marks


def empty_log(engine: Engine, marks: int, patience_seconds: float) -> bool:
    """Move the log (WAL) of a rewritten file into it, and cut it to nothing.

    False where other processes are in the way, for as long as `patience_seconds`.
    """
    give_up_at = time.monotonic() + patience_seconds
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        # SQLite's own waiting would keep every writer out meanwhile.
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            while cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() >= give_up_at:
                    return False
                time.sleep(CHECKPOINT_PAUSE_SECONDS)
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000:.0f}")
    finally:
        connection.close()
    _change_marks(engine, marks, 0)
    return True


def _read_marks(engine: Engine) -> int:
    with engine.connect() as connection:
        return _marks(connection)


def _marks(connection: Connection) -> int:
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _change_marks(engine: Engine, before: int, after: int) -> None:
    """Unless something was deleted meanwhile, or another process was faster."""
    with engine.execution_options(writes=True).begin() as connection:
        if _marks(connection) == before:
            connection.exec_driver_sql(f"PRAGMA user_version = {after}")


def when_unlocked(action: Callable[[], Result]) -> Result:
    """The result of `action`, tried again while another process holds the file exclusively.

    Needed for opening only: the switch to WAL and recovery after a crash fail at once, without the
    busy timeout. `action` must be harmless to repeat.
    """
    for _ in range(OPENING_ATTEMPTS):
        try:
            return action()
        except Exception as exc:
            if not _is_locked(exc):
                raise
        time.sleep(OPENING_PAUSE_SECONDS)
    return action()


def _is_locked(exc: Exception) -> bool:
    return "database is locked" in str(exc)


ADVICE = "move it away, make it writable for this user, or choose another data folder"

MEANINGS: tuple[tuple[str, type[StorageError], str], ...] = (
    ("database is locked", StorageUnavailableError, "close the program that keeps it open"),
    ("disk is full", StorageUnavailableError, "nothing was written: make room, then try again"),
    ("readonly database", StorageUnavailableError, ADVICE),
    ("unable to open database file", StorageUnavailableError, ADVICE),
    ("disk I/O error", StorageUnavailableError, "check the disk, its free room and its quota"),
    ("not a database", CorruptStoreError, "it was left as it is: move it away"),
    ("malformed", CorruptStoreError, "it was left as it is: restore a backup"),
)
"""Words of SQLite's message, what we raise, and what to do. Error codes came with Python 3.11."""


def storage_error(exc: Exception, path: str) -> StorageError:
    """What we raise for an error of the driver or of the file system, and what to do about it."""
    message = str(exc.orig) if isinstance(exc, DBAPIError) else str(exc)
    for words, error, advice in MEANINGS:
        if words in message:
            return error(f"{path}: {message}; {advice}")
    return StorageUnavailableError(f"{path}: {message}; {ADVICE}")

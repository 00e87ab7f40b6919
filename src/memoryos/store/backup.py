"""Backups of a SQLite database: made while it is used, checked, and put in its place again.

A backup is an ordinary database file that keeps the epoch of the store it was made of. The first
half of an epoch is the store's for good; a restore writes another second half, so that followers
drop what they hold.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    StorageUnavailableError,
    UnreadableInputError,
)
from memoryos.model import Kind, Owner
from memoryos.store.sqlite import BUSY_TIMEOUT_SECONDS, storage_error

LINEAGE_DIGITS = 16
"""Of an epoch: those that a restored store has of the one it comes from."""

STEPS_TOLD = 100_000
"""Instructions of SQLite's machine between two words on how far a copy is."""

Told = Callable[[float], None]
"""Is told which share of the work is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds."""

    owners: int
    pages: int


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What an owner has in a backup and had forgotten since it was made."""

    owner: Owner
    everything: bool
    """The owner was cleared."""
    items: tuple[tuple[Kind, int], ...]
    """Pages first."""


def write_backup(database: Path, target: Path, *, replace: bool, told: Told) -> Contents:
    """Copy a database, as it is at one moment, to a file of mode 0600 that appears when it is
    complete and checked.

    Writers do not wait; erasing what is forgotten meanwhile does. Nothing that was deleted gets
    into the copy. Raises InvalidArgumentError for a file that is there, unless it is to be
    replaced, or cannot be written; StorageError for a database that is not there or is damaged.
    """
    if not database.exists():
        raise StorageUnavailableError(f"{database}: there is no database to back up")
    if target.exists() and not replace:
        raise InvalidArgumentError(f"{target} is there already: name another, or say --replace")
    if target.exists() and target.samefile(database):
        raise InvalidArgumentError(f"{target} is the database itself: name another file")
    with private_file(target) as new:
        copy_database(database, new, told=told)
        contents = check_backup(new)
        _sync(new)
        new.replace(target)
        _sync(target.parent)
    return contents


@contextmanager
def private_file(beside: Path) -> Iterator[Path]:
    """An empty file of mode 0600 in the same folder; removed at the end, unless it was renamed.

    Raises InvalidArgumentError where there can be none.
    """
    try:
        number, name = tempfile.mkstemp(prefix=f".{beside.name}.", dir=beside.parent)
    except OSError as error:
        raise InvalidArgumentError(f"cannot write {beside}: {error.strerror}") from None
    os.close(number)
    path = Path(name)
    try:
        yield path
    finally:
        for each in _with_logs(path):
            with suppress(FileNotFoundError):
                each.unlink()


def copy_database(database: Path, target: Path, *, told: Told, mode: str = "rw") -> None:
    """Copy into an empty file. VACUUM INTO reads one snapshot and writes rows, not the file's
    bytes: a copy of these held what was deleted and waits to be erased."""
    with _opened(database, mode=mode) as connection:
        size = _size(connection)
        connection.set_progress_handler(
            lambda: told(min(1.0, target.stat().st_size / size)), STEPS_TOLD
        )
        connection.execute("VACUUM INTO ?", (str(target),))
    with _opened(target) as copy:
        # Of the bytes that this says are to be erased none came along.
        copy.execute("PRAGMA user_version = 0")
    told(1.0)


def check_backup(path: Path) -> Contents:
    """What the backup at `path` holds, all of which was read.

    Raises UnreadableInputError for a file that is no backup, CorruptStoreError for a damaged one.
    """
    if not path.is_file():
        raise UnreadableInputError(f"cannot read {path}: there is no such file")
    try:
        contents, damage = _read_through(path)
    except CorruptStoreError as error:
        if "not a database" not in str(error):
            raise
        contents = None
    if contents is None:
        raise UnreadableInputError(f"{path} is no backup of MemoryOS")
    if damage != "ok":
        raise CorruptStoreError(f"{path} is damaged ({damage}): take another backup")
    return contents


def _read_through(path: Path) -> tuple[Contents | None, str]:
    """What a database holds, None where it is not ours; and what SQLite says of it."""
    with _opened(path, mode="ro") as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        if not {"store", "owners", "pages", "alembic_version"} <= tables:
            return None, ""
        (damage,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (owners,) = connection.execute("SELECT count(*) FROM owners").fetchone()
        (pages,) = connection.execute("SELECT count(*) FROM pages").fetchone()
    return Contents(owners, pages), damage


@contextmanager
def taken_over(database: Path) -> Iterator[sqlite3.Connection]:
    """The database for this process alone, without a log beside it, until the end of the block.

    Raises StorageUnavailableError while another program has it open.
    """
    with _opened(database, timeout=0.0) as connection:
        try:
            # Only the one program that has it open can leave the log.
            (mode,) = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            connection.execute("PRAGMA locking_mode=EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            mode = "wal"
        if mode != "delete":
            raise StorageUnavailableError(
                f"{database}: another program has this memory open; end it, then restore"
            )
        yield connection


def carry_over(
    replaced: sqlite3.Connection, database: Path, restored: Path
) -> tuple[Forgotten, ...] | None:
    """Let the restored store go on where the replaced one ends: no number or revision is given out
    again, and what is gone there stays on record.

    Gives what the restored store still holds of what was forgotten; None where it is another store
    than the replaced one, whose numbers mean other things.
    """
    with _translated(database):
        replaced.execute("ATTACH ? AS restored", (str(restored),))
        try:
            (lineages,) = replaced.execute(COUNT_LINEAGES, (LINEAGE_DIGITS,)).fetchone()
            if lineages != 1:
                return None
            gone = replaced.execute(GONE).fetchall()
            replaced.execute("BEGIN")
            for statement in CARRYING:
                replaced.execute(statement)
            replaced.execute("COMMIT")
        finally:
            replaced.rollback()
            replaced.execute("DETACH restored")
    return _by_owner(gone)


def _by_owner(rows: list[tuple[str, str, bool, str, int]]) -> tuple[Forgotten, ...]:
    found: dict[tuple[Owner, bool], list[tuple[Kind, int]]] = {}
    for user_id, assistant_id, everything, kind, number in rows:
        owner = Owner(user_id, assistant_id)
        found.setdefault((owner, bool(everything)), []).append((Kind(kind), number))
    return tuple(
        Forgotten(owner, everything, tuple(items)) for (owner, everything), items in found.items()
    )


def begin_epoch(restored: Path) -> None:
    """Have whoever follows a store of this name start over."""
    with _opened(restored) as connection:
        connection.execute(BEGIN_EPOCH, (LINEAGE_DIGITS, secrets.token_hex(LINEAGE_DIGITS // 2)))


def put_in_place(new: Path, database: Path, *, now: datetime) -> Path | None:
    """Give a restored file the database's name; gives where what stood there is kept, if anything.

    The name is never without a file: whoever opens it finds the one or the other.
    """
    _sync(new)
    kept = None
    if any(path.exists() for path in _with_logs(database)):
        kept = database.with_name(f"{database.name}.replaced-{now:%Y%m%dT%H%M%S%fZ}")
        for path, kept_path in zip(_with_logs(database), _with_logs(kept), strict=True):
            if path.exists() and path != database:
                path.rename(kept_path)
        if database.exists():
            os.link(database, kept)
    new.replace(database)
    _sync(database.parent)
    return kept


def _with_logs(path: Path) -> list[Path]:
    return [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))]


@contextmanager
def _opened(
    path: Path, *, mode: str = "rw", timeout: float = BUSY_TIMEOUT_SECONDS
) -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there; raises StorageError for what the driver raises."""
    with (
        _translated(path),
        closing(
            sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                timeout=timeout,
                isolation_level=None,
            )
        ) as connection,
    ):
        yield connection


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise storage_error(error, str(path)) from error


def _size(connection: sqlite3.Connection) -> int:
    """Bytes of a database without its free pages."""
    page_size, pages, free = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_size", "page_count", "freelist_count")
    )
    return max(1, page_size * (pages - free))


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


COUNT_LINEAGES = """
    SELECT count(DISTINCT substr(epoch, 1, ?))
    FROM (SELECT epoch FROM main.store UNION ALL SELECT epoch FROM restored.store)
"""

BEGIN_EPOCH = "UPDATE store SET epoch = substr(epoch, 1, ?) || ?"

# A backup follows the store it was made of: what the store removed since stands in its tombstones,
# if it kept them all since then; else whatever it does not hold was removed, as after clearing.
GONE = " UNION ALL ".join(
    f"""
    SELECT old.user_id, old.assistant_id,
        new.user_id || new.assistant_id = '' AND old.user_id || old.assistant_id != ''
            AND old.revision < new.followable_from,
        '{kind}', item.number
    FROM restored.{table} AS item
    JOIN restored.owners AS old ON old.owner = item.owner
    JOIN main.owners AS new ON new.owner = item.owner
    WHERE NOT EXISTS (
        SELECT 1 FROM main.{table} AS held
        WHERE held.owner = item.owner AND held.number = item.number
    ) AND (
        old.revision < new.followable_from
        OR EXISTS (
            SELECT 1 FROM main.tombstones AS stone
            WHERE stone.owner = item.owner AND stone.kind = '{kind}' AND stone.number = item.number
        )
    )
    """
    for kind, table in (("page", "pages"), ("fact", "facts"), ("trait", "traits"))
)

# An owner who came after the backup leaves its numbers and revision, as one who was cleared does.
CARRY_OWNERS = """
    INSERT INTO restored.owners (
        owner, user_id, assistant_id, revision, page_count, next_page, next_segment, next_fact,
        next_trait, followable_from, embedding_model, lease_token
    )
    SELECT owner, '', '', revision + 1, 0, next_page, next_segment, next_fact, next_trait,
        followable_from, embedding_model, lease_token
    FROM main.owners WHERE true
    ON CONFLICT (owner) DO UPDATE SET
        revision = max(owners.revision + 1, excluded.revision),
        next_page = max(owners.next_page, excluded.next_page),
        next_segment = max(owners.next_segment, excluded.next_segment),
        next_fact = max(owners.next_fact, excluded.next_fact),
        next_trait = max(owners.next_trait, excluded.next_trait),
        followable_from = max(owners.followable_from, excluded.followable_from),
        lease_token = max(owners.lease_token, excluded.lease_token),
        lease_holder = NULL,
        lease_until = NULL,
        leased_at = NULL
"""

# Not of what the restored store holds: that goes with tombstones of its own, or comes back.
CARRY_TOMBSTONES = """
    INSERT OR IGNORE INTO restored.tombstones (owner, revision, kind, number)
    SELECT owner, revision, kind, number FROM main.tombstones AS stone
    WHERE NOT EXISTS (
        SELECT 1 FROM restored.pages AS item
        WHERE stone.kind = 'page' AND item.owner = stone.owner AND item.number = stone.number
    ) AND NOT EXISTS (
        SELECT 1 FROM restored.segments AS item
        WHERE stone.kind = 'segment' AND item.owner = stone.owner AND item.number = stone.number
    ) AND NOT EXISTS (
        SELECT 1 FROM restored.facts AS item
        WHERE stone.kind = 'fact' AND item.owner = stone.owner AND item.number = stone.number
    ) AND NOT EXISTS (
        SELECT 1 FROM restored.traits AS item
        WHERE stone.kind = 'trait' AND item.owner = stone.owner AND item.number = stone.number
    )
"""

# Of a page that was imported and forgotten after the backup: importing again is not to bring it.
CARRY_SOURCES = """
    INSERT OR IGNORE INTO restored.sources (owner, digest, page)
    SELECT owner, digest, 0 FROM main.sources AS source
    WHERE page = 0 AND EXISTS (
        SELECT 1 FROM restored.owners AS item
        WHERE item.owner = source.owner AND item.user_id || item.assistant_id != ''
    )
"""

CARRYING = (CARRY_OWNERS, CARRY_TOMBSTONES, CARRY_SOURCES)

"""`memoryos restore`: a backup in the place of a SQLite store, and what was forgotten stays so."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from memoryos.amending import Amender
from memoryos.clock import Clock, utc_now
from memoryos.config import MemoryConfig
from memoryos.errors import CorruptStoreError, InvalidArgumentError, UnknownIdError
from memoryos.forgetting import Selection
from memoryos.store import SqlStore, backup
from memoryos.store.backup import Forgotten, Told
from memoryos.working_sets import WorkingSets
from memoryos.write_path import WritePath


class Past(str, Enum):
    """What was done about all that had been forgotten since the backup was made."""

    NONE = "there was no store to replace"
    HONOURED = "what was forgotten since the backup stays forgotten"
    ANOTHER = "the store replaced is not the one that the backup was made of"
    UNREADABLE = "the store replaced is damaged: what was forgotten since the backup is back"


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    owners: int
    pages: int
    """Of the backup."""
    forgotten: int
    """Pages, facts and traits of it that had been forgotten since, with what went with them."""
    past: Past
    kept: Path | None
    """Where the store is that was replaced."""


def restore(
    source: Path,
    database: Path,
    *,
    replace: bool = False,
    clock: Clock = utc_now,
    told: Told = lambda share: None,
) -> Restored:
    """Put a backup in the place of the SQLite store at `database`, which is kept beside it.

    Numbers go on where the replaced store ends, and what it had forgotten is forgotten again, with
    all that rests on it. Killed anywhere, the one store or the other is there, whole.
    Raises InvalidArgumentError where there is a store and it is not to be replaced, or its folder
    cannot be written; UnreadableInputError or CorruptStoreError for a file that is no backup, or a
    damaged one; NewerStoreError; StorageUnavailableError while another program has the store open.
    """
    contents = backup.check_backup(source)
    if database.exists() and not replace:
        raise InvalidArgumentError(
            f"{database} is there already: --replace puts the backup in its place and keeps it"
        )
    _make_private(database.parent)
    with backup.private_file(database) as new, ExitStack() as held:
        backup.copy_database(source, new, told=told, mode="ro")
        # Migrated, as the one it replaces is before they are compared.
        SqlStore.open_url(_url(new)).close()
        backup.begin_epoch(new)
        past, gone = _take_over(database, new, held)
        forgotten = _forget(new, gone, clock=clock)
        kept = backup.put_in_place(new, database, now=clock())
    return Restored(contents.owners, contents.pages, forgotten, past, kept)


def _make_private(folder: Path) -> None:
    for missing in reversed([path for path in (folder, *folder.parents) if not path.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)


def _take_over(database: Path, new: Path, held: ExitStack) -> tuple[Past, tuple[Forgotten, ...]]:
    """Keep the store that is to be replaced to this process until `held` is closed, and let `new`
    go on where it ends; gives what of `new` is to be forgotten."""
    if not database.exists():
        return Past.NONE, ()
    try:
        SqlStore.open_url(_url(database)).close()
        replaced = held.enter_context(backup.taken_over(database))
        gone = backup.carry_over(replaced, database, new)
    except CorruptStoreError:
        return Past.UNREADABLE, ()
    return (Past.ANOTHER, ()) if gone is None else (Past.HONOURED, gone)


class _UnerasedStore(SqlStore):
    """Erases nothing: once, after all is forgotten, will do."""

    def erase(self, *, patience_seconds: float) -> bool:
        return False


def _forget(database: Path, gone: Sequence[Forgotten], *, clock: Clock) -> int:
    """Forget all this, and leave no byte of it; gives how many pages, facts and traits went."""
    config = MemoryConfig()
    with _UnerasedStore.open_url(_url(database)) as store:
        working_sets = WorkingSets(
            store,
            embedding_model="",
            byte_limit=config.working_set_bytes,
            gap_seconds=config.conversation_gap_seconds,
            clock=clock,
        )
        amender = Amender(
            store,
            working_sets,
            WritePath(store, embedder=None, clock=clock, config=config),
            holder="restore",
            clock=clock,
            retention_days=None,
        )
        went = 0
        for of_owner in gone:
            for selection in _selections(of_owner):
                # What went with what was forgotten before it is not there any more.
                with suppress(UnknownIdError):
                    receipt = amender.forget(of_owner.owner, selection)
                    went += len(receipt.pages) + len(receipt.facts) + len(receipt.traits)
    SqlStore.open_url(_url(database)).close()
    return went


def _selections(gone: Forgotten) -> Sequence[Selection]:
    if gone.everything:
        return [Selection(everything=True)]
    return [Selection(item=item) for item in gone.items]


def _url(path: Path) -> str:
    return f"sqlite:///{path.absolute()}"

"""Import of whole memories out of a memory file, each in the place of an owner who has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.intake import check_owner
from memoryos.model import Fact, Owner, Page
from memoryos.store.base import Store
from memoryos.transfer.imported import Skipped
from memoryos.transfer.memory_reader import OwnerBlock, read_memory
from memoryos.write_path import WritePath

NAMED = 10
"""How many bad lines, or owners, a refusal names."""


@dataclass(frozen=True, slots=True)
class ImportedMemory:
    """What became of the memory of one owner in a file."""

    user_id: str
    assistant_id: str
    pages: int
    facts: int
    already_there: bool
    """An earlier import of the same had written it: nothing was written now."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    memories: tuple[ImportedMemory, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def import_memories(
    source: str | Path | BinaryIO,
    *,
    store: Store,
    write_path: WritePath,
    user_id: str | None,
    assistant_id: str | None,
    skip_bad: bool,
    due_at: datetime,
) -> ImportReport:
    """Write the memories of a file as they were, each in one transaction.

    Names that are given choose one memory of several, or rename the only one. `skip_bad` leaves out
    what is bad, with what rests on it alone. Raises UnreadableInputError for a file that is bad,
    InvalidArgumentError for an owner who has a memory that this file did not bring; nothing is
    written then.
    """
    with read_memory(source, prepare=write_path.prepare) as (blocks, skipped):
        if skipped and not skip_bad:
            raise UnreadableInputError(refusal(skipped))
        chosen = _chosen(blocks, user_id, assistant_id)
        is_there = {owner: _is_there(store, owner, block) for owner, block in chosen}
        for owner, block in chosen:
            if not is_there[owner] and not store.restore(
                block.state_of(owner),
                block.items(),
                digest=block.digest,
                embedding_model=write_path.embedding_model,
                due_at=due_at,
            ):
                raise _occupied(owner)
    return ImportReport(
        tuple(
            ImportedMemory(
                owner.user_id,
                owner.assistant_id,
                pages=block.counts[Page],
                facts=block.counts[Fact],
                already_there=is_there[owner],
            )
            for owner, block in chosen
        ),
        tuple(skipped),
    )


def refusal(bad: Sequence[Skipped]) -> str:
    """Why nothing is imported, and what to do."""
    named = "; ".join(map(str, bad[:NAMED]))
    more = f"; and {len(bad) - NAMED:,} more" if len(bad) > NAMED else ""
    records = "1 bad record" if len(bad) == 1 else f"{len(bad):,} bad records"
    return (
        f"nothing was imported, for the file has {records}: {named}{more}. "
        "Mend them, or pass them over with --skip-bad (skip_bad=True)"
    )


def _chosen(
    blocks: Sequence[OwnerBlock], user_id: str | None, assistant_id: str | None
) -> list[tuple[Owner, OwnerBlock]]:
    """The blocks to import, each with the owner it is for."""
    if len(blocks) == 1:
        there = blocks[0].state.owner
        owner = check_owner(user_id or there.user_id, assistant_id or there.assistant_id)
        return [(owner, blocks[0])]
    chosen = [
        (block.state.owner, block)
        for block in blocks
        if user_id in (None, block.state.owner.user_id)
        and assistant_id in (None, block.state.owner.assistant_id)
    ]
    if blocks and not chosen:
        names = ", ".join(
            f"{block.state.owner.user_id!r} with {block.state.owner.assistant_id!r}"
            for block in blocks[:NAMED]
        )
        raise InvalidArgumentError(
            f"the file holds {len(blocks)} memories, and none of {user_id!r} with "
            f"{assistant_id!r}: choose one of {names}"
        )
    return chosen


def _is_there(store: Store, owner: Owner, block: OwnerBlock) -> bool:
    restored_from = store.restored_from(owner)
    if restored_from not in (None, block.digest):
        raise _occupied(owner)
    return restored_from is not None


def _occupied(owner: Owner) -> InvalidArgumentError:
    return InvalidArgumentError(
        f"{owner.user_id!r} with {owner.assistant_id!r} already has a memory, which a memory file "
        "cannot be mixed with: import it into another (--user NAME), or forget everything of this "
        "one first"
    )

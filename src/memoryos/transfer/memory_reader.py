"""Import of a memory file: read and checked whole, then written, each memory at once or not at all.

The first pass reads the file, checks every line, and lays what is sound aside in a file without a
name, with the terms and vectors that recall needs. Only if all is well does the second pass write,
one transaction for each owner. So nothing half-done is ever seen, and no lock is held while text is
embedded.
"""

from __future__ import annotations

import hashlib
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any, BinaryIO

from memoryos.errors import UnreadableInputError, UsageError
from memoryos.intake import check_owner
from memoryos.model import Fact, Kind, Owner, Page, Segment, Trait
from memoryos.store.base import (
    ITEMS,
    Gone,
    Item,
    ModelCalls,
    OwnerState,
    RestoredItem,
    Source,
    Use,
)
from memoryos.transfer import memory_file
from memoryos.transfer.imported import Skipped, check_bad_count
from memoryos.transfer.lines import read_lines, read_object

BATCH = 500
"""Items embedded together."""

KINDS: dict[type[Item], Kind] = {
    Page: Kind.PAGE,
    Segment: Kind.SEGMENT,
    Fact: Kind.FACT,
    Trait: Kind.TRAIT,
}

Prepare = Callable[[Sequence[Item]], list[RestoredItem]]
"""`WritePath.prepare`."""


@dataclass(slots=True)
class OwnerBlock:
    """What a memory file says of one owner, laid aside; complete once the file is read."""

    state: OwnerState
    spool: IO[bytes]
    """Where the items lie, batch by batch, from `start` on."""
    start: int
    batches: int = 0
    digest: str = ""
    """Of the lines, the same in every export of the same memory."""
    unlinked: frozenset[int] = frozenset()
    """Facts whose successor is not in the file."""
    counts: dict[type[Item], int] = field(default_factory=lambda: dict.fromkeys(ITEMS, 0))
    """How many of each class are to be written."""

    def state_of(self, owner: Owner) -> OwnerState:
        """The state, as that of `owner`."""
        return replace(self.state, owner=owner)

    def items(self) -> Iterator[RestoredItem]:
        """The items, in the order of the file."""
        self.spool.seek(self.start)
        for _ in range(self.batches):
            # Our own, from a file that has no name: nobody else can have written to it.
            for restored in pickle.load(self.spool):
                item = restored.item
                if isinstance(item, Fact) and item.number in self.unlinked:
                    restored = replace(restored, item=replace(item, superseded_by=None))
                yield restored


@contextmanager
def read_memory(
    source: str | Path | BinaryIO, *, prepare: Prepare
) -> Iterator[tuple[list[OwnerBlock], list[Skipped]]]:
    """The memories in a file, and the lines that were left out of them and why.

    The blocks can be read within the `with` block only. Raises UnreadableInputError for a file that
    is no memory file, or has a line at its joints that is none.
    """
    with tempfile.TemporaryFile() as spool, _opened(source) as file:
        reader = _Reader(spool, prepare)
        for number, line in enumerate(read_lines(file), start=1):
            if line is None or line.strip():
                reader.read(f"line {number}", line)
        reader.finish()
        yield reader.blocks, reader.skipped


@contextmanager
def _opened(source: str | Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(source, (str, Path)):
        yield source
        return
    path = Path(source).expanduser()
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise UnreadableInputError(f"cannot read {path}: {error.strerror}") from None


class _Reader:
    """Takes the lines of a file one after the other."""

    def __init__(self, spool: IO[bytes], prepare: Prepare) -> None:
        self.blocks: list[OwnerBlock] = []
        self.skipped: list[Skipped] = []
        self._spool = spool
        self._prepare = prepare
        self._begun = self._ended = False
        self._checking: _Checking | None = None
        self._waiting: list[Item] = []
        self._owners: set[Owner] = set()

    def read(self, where: str, line: bytes | None) -> None:
        try:
            name, value = memory_file.named(read_object(line))
        except UnreadableInputError as error:
            if not self._begun:
                raise UnreadableInputError(
                    f"{where} {error}: a memory file begins with its header"
                ) from None
            name, value = "", str(error)
        if not self._begun:
            self._begin(where, name, value)
        elif self._ended:
            self._skip(where, "comes after the end")
        elif name == memory_file.OWNER:
            self._next_owner(where, value)
        elif name == memory_file.END:
            self._end(where, value)
        elif self._checking is None:
            raise UnreadableInputError(f"{where} belongs to no owner: an owner comes first")
        else:
            self._checking.note(line)
            self._item(where, name, value)

    def finish(self) -> None:
        """The file is at its end."""
        if not self._begun:
            raise UnreadableInputError("the file is empty: a memory file begins with its header")
        if not self._ended:
            self._finish_owner()
            self._skip("the end", "is missing: the file was written only in part")

    def _begin(self, where: str, name: str, value: Any) -> None:
        if name != memory_file.HEADER:
            raise UnreadableInputError(f"{where} is no header: a memory file begins with one")
        try:
            memory_file.check_header(value)
        except UnreadableInputError as error:
            raise UnreadableInputError(f"{where} {error}") from None
        self._begun = True

    def _next_owner(self, where: str, value: Any) -> None:
        self._finish_owner()
        try:
            state = memory_file.read_state(value)
            check_owner(state.owner.user_id, state.owner.assistant_id)
        except UsageError as error:
            raise UnreadableInputError(f"{where} {error}") from None
        if state.owner in self._owners:
            raise UnreadableInputError(f"{where} repeats an owner")
        self._owners.add(state.owner)
        block = OwnerBlock(state, self._spool, self._spool.tell())
        self.blocks.append(block)
        self._checking = _Checking(block)

    def _item(self, where: str, name: str, value: Any) -> None:
        assert self._checking is not None
        if not name or name == memory_file.HEADER:
            self._skip(where, value if not name else "is a second header")
            return
        try:
            item = self._checking.sound(where, memory_file.read_item(name, value), self._skip)
        except UnreadableInputError as error:
            self._skip(where, f"{name}: {error}")
            return
        self._waiting.append(item)
        if len(self._waiting) == BATCH:
            self._lay_aside()

    def _end(self, where: str, value: Any) -> None:
        self._finish_owner()
        self._ended = True
        try:
            owners = memory_file.read_end(value)
        except UnreadableInputError as error:
            raise UnreadableInputError(f"{where} {error}") from None
        if owners != len(self.blocks):
            self._skip(where, f"counts {owners} owners, the file has {len(self.blocks)}")

    def _finish_owner(self) -> None:
        if self._checking is None:
            return
        self._lay_aside()
        self._checking.finish(self._skip)
        self._checking = None

    def _lay_aside(self) -> None:
        if self._waiting:
            pickle.dump(self._prepare(self._waiting), self._spool)
            self.blocks[-1].batches += 1
            self._waiting = []

    def _skip(self, where: str, why: str) -> None:
        self.skipped.append(Skipped(where, why))
        check_bad_count(len(self.skipped))


Skip = Callable[[str, str], None]


class _Checking:
    """What is known of an owner so far, by which the next lines are judged."""

    def __init__(self, block: OwnerBlock) -> None:
        self._block = block
        self._lines = 0
        self._digest = hashlib.blake2b(memory_file.owner_line(block.state).encode(), digest_size=16)
        self._have: dict[Kind, set[int]] = {kind: set() for kind in Kind}
        self._gone: set[tuple[Kind, int]] = set()
        self._keys: set[tuple[object, ...]] = set()
        """Of uses, sources and model calls."""
        self._successors: list[tuple[str, int, int]] = []
        self._place = 0

    def note(self, line: bytes | None) -> None:
        self._lines += 1
        self._digest.update(b"" if line is None else line.strip() + b"\n")

    def sound(self, where: str, item: Item, skip: Skip) -> Item:
        """`item` without what it names and the file does not have, each thing told to `skip`.

        Raises UnreadableInputError for an item that cannot be kept.
        """
        self._check_order(item)
        if (kind := KINDS.get(type(item))) is not None:
            self._check_number(kind, item.number)  # type: ignore[union-attr]
        checked = self._checked(where, item, skip)
        if kind is not None:
            self._have[kind].add(item.number)  # type: ignore[union-attr]
        self._block.counts[type(item)] += 1
        return checked

    def finish(self, skip: Skip) -> None:
        """The owner's lines are at their end."""
        unlinked = set()
        for where, fact, successor in self._successors:
            if successor not in self._have[Kind.FACT]:
                skip(where, f"fact: is superseded by fact-{successor}, which is not there")
                unlinked.add(fact)
        self._block.unlinked = frozenset(unlinked)
        self._block.digest = self._digest.hexdigest()
        said = sum(self._block.state.counts.values())
        if said != self._lines:
            owner = self._block.state.owner.user_id
            skip(f"owner {owner}", f"counts {said} lines, the file has {self._lines}")

    def _checked(self, where: str, item: Item, skip: Skip) -> Item:
        if isinstance(item, Gone):
            self._gone.add((item.kind, item.number))
        elif isinstance(item, Page):
            return self._checked_page(where, item, skip)
        elif isinstance(item, (Fact, Trait)):
            return self._checked_belief(where, item, skip)
        elif isinstance(item, Use):
            self._check_once(item.kind, item.number, item.page)
            self._check_there(item.kind, item.number)
            if item.page:
                self._check_there(Kind.PAGE, item.page)
        elif isinstance(item, Source):
            self._check_once(item.digest)
            if item.page:
                self._check_there(Kind.PAGE, item.page)
        elif isinstance(item, ModelCalls):
            self._check_once(item.day, item.purpose, item.outcome)
        return item

    def _checked_page(self, where: str, page: Page, skip: Skip) -> Page:
        next_page = self._block.state.next_numbers[Kind.PAGE]
        if page.chain is not None and page.chain >= next_page:
            raise UnreadableInputError(f"its chain begins with page-{page.chain}, beyond the last")
        if page.segment is None or page.segment in self._have[Kind.SEGMENT]:
            return page
        skip(where, f"page: stands in segment-{page.segment}, which is not there; is filed anew")
        return replace(page, chain=None, meta_chain="", segment=None)

    def _checked_belief(self, where: str, item: Fact | Trait, skip: Skip) -> Fact | Trait:
        kind = KINDS[type(item)]
        borne_out = [
            piece
            for piece in item.evidence
            # Evidence may outlive its page for a while.
            if piece.page in self._have[Kind.PAGE] or (Kind.PAGE, piece.page) in self._gone
        ]
        missing = [piece.page for piece in item.evidence if piece not in borne_out]
        if missing and not borne_out:
            raise UnreadableInputError(f"rests on page-{missing[0]}, which is not there")
        if missing:
            skip(where, f"{kind.value}: rests on page-{missing[0]}, too, which is not there")
            item = replace(item, evidence=tuple(borne_out))
        if isinstance(item, Fact) and item.superseded_by is not None:
            if item.superseded_by == item.number:
                raise UnreadableInputError("is superseded by itself")
            self._successors.append((where, item.number, item.superseded_by))
        return item

    def _check_order(self, item: Item) -> None:
        place = ITEMS.index(type(item))
        if place < self._place:
            before = memory_file.NAMES[ITEMS[self._place]]
            raise UnreadableInputError(f"cannot come after a line of {before}")
        self._place = place

    def _check_number(self, kind: Kind, number: int) -> None:
        if number >= self._block.state.next_numbers[kind]:
            raise UnreadableInputError(f"{kind.value}-{number} is beyond the owner's next number")
        if number in self._have[kind]:
            raise UnreadableInputError(f"repeats {kind.value}-{number}")
        if (kind, number) in self._gone:
            raise UnreadableInputError(f"{kind.value}-{number} was forgotten")

    def _check_once(self, *key: object) -> None:
        if key in self._keys:
            raise UnreadableInputError("repeats a line before it")
        self._keys.add(key)

    def _check_there(self, kind: Kind, number: int) -> None:
        if number not in self._have[kind]:
            raise UnreadableInputError(f"names {kind.value}-{number}, which is not there")

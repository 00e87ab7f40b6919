"""The working sets of the owners in use: loaded at first use, then followed by revision."""

from __future__ import annotations

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from memoryos.clock import Clock
from memoryos.errors import CorruptStoreError
from memoryos.model import Owner
from memoryos.store.base import Store
from memoryos.working_set import WorkingSet

logger = logging.getLogger(__name__)

ENTRY_BYTES = 10_000
"""What an owner takes who has no page yet."""

DECLARED = 100_000
"""Owners of whom a process remembers that it declared its vector space."""


@dataclass(slots=True, eq=False)
class _Entry:
    owner: Owner
    memory: WorkingSet
    lock: threading.RLock = field(default_factory=threading.RLock)
    nbytes: int = ENTRY_BYTES
    users: int = 0
    """Threads that use it, or wait to."""


class WorkingSets:
    """At most `byte_limit` bytes of working sets; the least recently used leave first.

    Those in use stay, and the one used last, whatever its size. Thread-safe: owners do not wait for
    each other, and many who want one owner wait for a single load.
    """

    def __init__(
        self,
        store: Store,
        *,
        embedding_model: str,
        byte_limit: int,
        gap_seconds: float,
        clock: Clock,
    ) -> None:
        self._store = store
        self._embedding_model = embedding_model
        self._byte_limit = byte_limit
        self._gap_seconds = gap_seconds
        self._clock = clock
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        """By key, the one used last at the end."""
        self._nbytes = 0
        self._declared: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def use(self, owner: Owner, *, follow: bool = True) -> Iterator[WorkingSet]:
        """The owner's working set as the store has it now, this thread's alone inside the block.

        Call no embedder and no model inside: others wait. `follow=False` gives it as this process
        saw it last: for the second look of one call, which need not ask the store again.
        """
        with self._lock:
            entry = self._entries.get(owner.key)
            if entry is None:
                entry = self._entries[owner.key] = _Entry(owner, self._empty())
                self._nbytes += entry.nbytes
            self._entries.move_to_end(owner.key)
            entry.users += 1
        with self._left(entry), entry.lock:
            if follow or not entry.memory.epoch:
                self._follow(entry)
            yield entry.memory

    @property
    def nbytes(self) -> int:
        """The bytes held by all working sets."""
        return self._nbytes

    def is_filled_by(self, owners: Iterable[Owner]) -> bool:
        """Whether the working sets of `owners` alone take as much as there is for all."""
        with self._lock:
            held = (self._entries.get(owner.key) for owner in owners)
            return sum(entry.nbytes for entry in held if entry) >= self._byte_limit

    def follow_all(self) -> None:
        """Bring every working set up to the store: what others forgot leaves this process too."""
        with self._lock:
            entries = tuple(self._entries.values())
        for entry in entries:
            with self._lock:
                if self._entries.get(entry.owner.key) is not entry:
                    continue
                entry.users += 1
            with self._left(entry), entry.lock:
                if not entry.memory.epoch:
                    continue
                try:
                    self._follow(entry)
                except CorruptStoreError as error:
                    # Whoever asks for this owner is told; the others are followed all the same.
                    logger.warning("a memory cannot be followed: %s", type(error).__name__)

    def _empty(self) -> WorkingSet:
        return WorkingSet(gap_seconds=self._gap_seconds)

    def _follow(self, entry: _Entry) -> None:
        """Bring a working set up to the store."""
        owner, memory = entry.owner, entry.memory
        epoch, revision = self._store.revision(owner)
        if (epoch, revision) == (memory.epoch, memory.revision):
            return
        with _uncollected() if not memory.epoch else nullcontext():
            self._apply(entry)
        # Only the first look of a process declares its vector space. Declaring again whenever it
        # differs would set two processes with different models against each other for ever.
        if (
            self._is_to_declare(owner)
            and memory.embedding_model != self._embedding_model
            and self._store.set_embedding_model(owner, self._embedding_model, due_at=self._clock())
        ):
            self._apply(entry)

    def _apply(self, entry: _Entry) -> None:
        memory = entry.memory
        changes = self._store.changes(entry.owner, since=memory.revision, epoch=memory.epoch)
        try:
            memory.apply(changes)
        except BaseException:
            # Half of the changes are in it: the next look starts over.
            entry.memory = self._empty()
            raise
        finally:
            nbytes = entry.memory.nbytes + ENTRY_BYTES
            with self._lock:
                self._nbytes += nbytes - entry.nbytes
                entry.nbytes = nbytes

    def _is_to_declare(self, owner: Owner) -> bool:
        if not self._embedding_model:
            return False
        with self._lock:
            is_new = owner.key not in self._declared
            self._declared[owner.key] = None
            self._declared.move_to_end(owner.key)
            if len(self._declared) > DECLARED:
                self._declared.popitem(last=False)
        return is_new

    @contextmanager
    def _left(self, entry: _Entry) -> Iterator[None]:
        """At the end, this thread no longer uses `entry`, and those that do not fit go."""
        try:
            yield
        finally:
            with self._lock:
                entry.users -= 1
                if self._nbytes > self._byte_limit:
                    self._evict()

    def _evict(self) -> None:
        """Drop working sets from the one unused for longest on, until the rest fits."""
        too_many, gone = self._nbytes - self._byte_limit, []
        newest = next(reversed(self._entries))
        for key, entry in self._entries.items():
            if too_many <= 0:
                break
            if not entry.users and key != newest:
                gone.append(key)
                too_many -= entry.nbytes
        for key in gone:
            self._nbytes -= self._entries.pop(key).nbytes


@contextmanager
def _uncollected() -> Iterator[None]:
    """A cold load makes objects by the ten thousand, none of them garbage: looking through them for
    some, again and again, takes a fifth of its time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()

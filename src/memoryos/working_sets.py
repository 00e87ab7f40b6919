"""The working sets of the owners in use: loaded at first use, then followed by revision."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field

from memoryos.clock import Clock
from memoryos.model import Owner
from memoryos.store.base import Store
from memoryos.working_set import WorkingSet

ENTRY_BYTES = 10_000
"""What an owner takes who has no page yet."""


@dataclass(slots=True, eq=False)
class _Entry:
    owner: Owner
    memory: WorkingSet
    lock: threading.RLock = field(default_factory=threading.RLock)
    nbytes: int = 0


class WorkingSets:
    """At most `byte_limit` bytes of working sets; the least recently used leave first.

    The one in use stays, whatever its size. Thread-safe: owners do not wait for each other, and
    many who want one owner wait for a single load.
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
        self._declared: set[str] = set()
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
                entry = self._entries[owner.key] = _Entry(
                    owner, WorkingSet(gap_seconds=self._gap_seconds)
                )
            self._entries.move_to_end(owner.key)
        with entry.lock:
            changed = (follow or not entry.memory.epoch) and self._follow(owner, entry.memory)
            if changed:
                entry.nbytes = entry.memory.nbytes + ENTRY_BYTES
            yield entry.memory
        if changed:
            self._evict(keep=owner.key)

    @property
    def nbytes(self) -> int:
        """The bytes held by all working sets."""
        with self._lock:
            return sum(entry.nbytes for entry in self._entries.values())

    def follow_all(self) -> None:
        """Bring every working set up to the store: what others forgot leaves this process too."""
        with self._lock:
            entries = tuple(self._entries.values())
        for entry in entries:
            with entry.lock:
                if entry.memory.epoch:
                    self._follow(entry.owner, entry.memory)

    def _follow(self, owner: Owner, memory: WorkingSet) -> bool:
        """Bring a working set up to the store; whether that changed anything."""
        epoch, revision = self._store.revision(owner)
        if (epoch, revision) == (memory.epoch, memory.revision):
            return False
        with _uncollected() if not memory.epoch else nullcontext():
            memory.apply(self._store.changes(owner, since=memory.revision, epoch=memory.epoch))
        # Only the first look of a process declares its vector space. Declaring again whenever it
        # differs would set two processes with different models against each other for ever.
        if self._embedding_model and owner.key not in self._declared:
            self._declared.add(owner.key)
            if memory.embedding_model != self._embedding_model and self._store.set_embedding_model(
                owner, self._embedding_model, due_at=self._clock()
            ):
                memory.apply(self._store.changes(owner, since=memory.revision, epoch=memory.epoch))
        return True

    def _evict(self, *, keep: str) -> None:
        with self._lock:
            total = sum(entry.nbytes for entry in self._entries.values())
            for key in list(self._entries):
                if total <= self._byte_limit:
                    return
                if key != keep:
                    total -= self._entries.pop(key).nbytes


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

"""The store seam: rows of one owner, followed by revision. It knows nothing of ranking.

Every change takes the owner's `revision + 1` first in its transaction and stamps the rows it
touches, so that any process can follow an owner by asking for what came after a revision it knows.
A deletion leaves a tombstone without content. Heat never bumps the revision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from memoryos.model import Fact, Kind, Owner, Page, PageDraft, Segment, Trait


@dataclass(frozen=True, slots=True)
class NewPage:
    """A draft with what recall needs of it."""

    draft: PageDraft
    terms: bytes
    """Packed passages and terms (`memoryos.index.packing`)."""
    vectors: bytes | None
    """float32 (passages, dim) in C order; None where the embedder is to be called later."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    page: Page
    terms: bytes


@dataclass(frozen=True, slots=True)
class StoredFact:
    fact: Fact
    terms: bytes


@dataclass(frozen=True, slots=True)
class Embedding:
    """Vectors of one page (a row a passage) or one fact (one row), in the owner's vector space."""

    kind: Kind
    number: int
    vectors: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened to an owner after a revision.

    `reset` says that the follower must drop what it holds: it is new, older than the oldest
    tombstone, or of another vector space, or the store was restored; the rest is then the whole
    state. Segments come with the heat they had when read.
    """

    epoch: str
    revision: int
    reset: bool
    embedding_model: str
    pages: tuple[StoredPage, ...] = ()
    segments: tuple[Segment, ...] = ()
    facts: tuple[StoredFact, ...] = ()
    traits: tuple[Trait, ...] = ()
    embeddings: tuple[Embedding, ...] = ()
    """Only those of `embedding_model`."""
    removed: tuple[tuple[Kind, int], ...] = ()
    next_numbers: Mapping[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 1))
    """1 + the largest number ever used of each kind: what a new one is to be called."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to consolidate an owner until `until`; `token` grows with every lease (fencing)."""

    owner: Owner
    holder: str
    token: int
    until: datetime


@dataclass(frozen=True, slots=True)
class FiledPage:
    """Where filing put a page."""

    number: int
    chain: int
    meta_chain: str
    segment: int


@dataclass(frozen=True, slots=True)
class Visit:
    """Recall used pages of a segment."""

    segment: int
    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """The result of one round of consolidation: committed whole, or not at all.

    Segments, facts and traits are inserted, or replaced by number. A replaced segment keeps the
    `visit_count` of the row and the later `visited_at`: visits are recorded beside, by others.
    """

    filed: tuple[FiledPage, ...] = ()
    analysed: tuple[int, ...] = ()
    """Pages that promotion has read."""
    segments: tuple[Segment, ...] = ()
    facts: tuple[StoredFact, ...] = ()
    traits: tuple[Trait, ...] = ()
    embeddings: tuple[Embedding, ...] = ()
    embedding_model: str = ""
    """The space of `embeddings`; refused with LeaseLostError if the owner has moved to another."""

    def __bool__(self) -> bool:
        return bool(
            self.filed
            or self.analysed
            or self.segments
            or self.facts
            or self.traits
            or self.embeddings
        )


@dataclass(frozen=True, slots=True)
class OwnerSummary:
    """An owner's row, for listings and for what waits."""

    owner: Owner
    revision: int
    page_count: int
    due_at: datetime | None


class Store(Protocol):
    """Durable rows. Thread-safe; used by many processes at once.

    Raises only errors of `memoryos.errors`. Every method that takes an owner reads and writes rows
    of that owner alone.
    """

    def append_pages(
        self,
        owner: Owner,
        pages: Sequence[NewPage],
        *,
        embedding_model: str,
        now: datetime,
        due_at: datetime,
    ) -> tuple[int, ...]:
        """Write pages in one transaction and give their numbers, in order; durable on return.

        Creates the owner on first use, with `embedding_model` as its vector space. Vectors of a
        space other than the owner's are left out. `due_at` is kept if earlier than the row's.
        """
        ...

    def revision(self, owner: Owner) -> tuple[str, int]:
        """The store's epoch and the owner's revision; 0 for an owner never seen."""
        ...

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        """What came after revision `since` of `epoch`, in one snapshot; since=0: everything."""
        ...

    def segments(self, owner: Owner) -> tuple[Segment, ...]:
        """All segments with their present heat, archived ones too, by number."""
        ...

    def set_embedding_model(self, owner: Owner, model: str, *, due_at: datetime) -> bool:
        """Make `model` the owner's vector space and delete vectors of others.

        True if that changed anything. Does nothing for an owner never seen.
        """
        ...

    def record_visits(self, owner: Owner, visits: Sequence[Visit], *, due_at: datetime) -> None:
        """Add to the heat of segments, leaving the revision as it is.

        Unknown numbers are passed over.
        """
        ...

    def owners(
        self, *, due_before: datetime | None = None, limit: int = 100
    ) -> tuple[OwnerSummary, ...]:
        """Owners by `due_at`, earliest first (those never due last); only those due, if asked."""
        ...

    def acquire(self, owner: Owner, *, holder: str, now: datetime, until: datetime) -> Lease | None:
        """Take the lease, unless another holder has one that is still running; None then, or if the
        owner was never seen. The same holder may take it again."""
        ...

    def release(self, lease: Lease, *, due_at: datetime | None) -> None:
        """Give the lease back and say when the owner is due next. A lost lease is let go silently.

        Taking a lease sets the row's due_at to its end, so that a dead worker's owner comes due
        again; what was written meanwhile asked for an earlier one, and that stands.
        """
        ...

    def commit(self, lease: Lease, update: Update) -> int:
        """Write `update` in one transaction and give the new revision.

        Raises LeaseLostError, and writes nothing, if another has taken the lease since, or if the
        update names pages that are gone.
        """
        ...

    def remove_pages(self, owner: Owner, numbers: Sequence[int]) -> int:
        """Delete pages with their vectors, leaving tombstones; give how many there were.

        Facts, traits and segments are not touched here: forgetting, with all that is derived, is
        built on top.
        """
        ...

    def close(self) -> None:
        """Let go of every connection. The store cannot be used afterwards."""
        ...

"""The store seam: rows of one owner, followed by revision. It knows nothing of ranking.

Every change takes the owner's `revision + 1` first in its transaction and stamps the rows it
touches, so that any process can follow an owner by asking for what came after a revision it knows.
A deletion leaves a tombstone without content. Heat never bumps the revision.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
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
    recalled: tuple[tuple[Kind, int], ...] = ()
    """What entered the prompt that the agent's half answers; kept in the ledger."""


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
class RewrittenPage:
    """A page whose agent half becomes another. Its vectors go, to be made anew: whoever follows
    drops those of a page that comes with other words."""

    number: int
    agent_response: str
    terms: bytes


@dataclass(frozen=True, slots=True)
class Setback:
    """Failures of the language model for an owner, one after another."""

    attempts: int
    failure: str
    """Name of the last error's class, never its words."""
    retry_at: datetime
    """The model is not asked again before."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Failures of consolidation that are an owner's own, one after another: a row that cannot be
    read, or what our code makes of it."""

    failures: int
    error: str
    """Name of the last error's class, never its words."""
    set_aside_at: datetime | None
    """Since when no worker looks at the owner; None while it is still tried."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far consolidation has come with an owner, beyond what the rows say."""

    setback: Setback | None = None
    traits_through: int = 0
    """Traits have been asked of every page up to this number."""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits for workers, of all owners of a store."""

    waiting: int
    """Owners who are due, and whom no worker has in hand."""
    oldest_due_at: datetime | None
    """Since when the first of them is; None where nobody waits."""
    set_aside: int
    """Owners whom no worker looks at until they are put back."""


OK = "ok"
RESERVED = "reserved"
REFUSED = "BudgetSpentError"
ASKED_AGAIN = "asked again"


@dataclass(frozen=True, slots=True)
class ModelCalls:
    """Model calls of one owner on one day (UTC), of one purpose and outcome, added up."""

    day: date
    purpose: str
    outcome: str
    """`OK`; `RESERVED` for calls under way, or whose process was killed, at the most they may cost;
    `REFUSED` for those not made for want of budget; `ASKED_AGAIN` for requests that a server
    refused for an option it does not know; else the name of the error's class."""
    calls: int
    prompt_tokens: int
    completion_tokens: int
    milliseconds: int


CALLER = 0
"""In place of a reply's page: what was recalled was handed to the caller."""


@dataclass(frozen=True, slots=True)
class Use:
    """An entry of the ledger: an item was recalled, or entered the prompt of a reply."""

    kind: Kind
    number: int
    page: int
    """Number of the page whose agent half is the reply, or CALLER."""
    count: int
    used_at: datetime
    """The last time."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Recall used pages of a segment."""

    segment: int
    count: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Update:
    """The result of one round of consolidation, or of the user's hand: committed whole, or not at
    all.

    Segments, facts and traits are inserted, or replaced by number. A replaced segment keeps the
    `visit_count` of the row and the later `visited_at`: visits are recorded beside, by others.
    """

    filed: tuple[FiledPage, ...] = ()
    analysed: tuple[int, ...] = ()
    """Pages that promotion has read."""
    analyst: str = ""
    """What read them."""
    traits_through: int | None = None
    """Traits have been asked of every page up to this number."""
    unfiled: tuple[int, ...] = ()
    """Pages that lose their chain and segment, to be filed anew."""
    unanalysed: tuple[int, ...] = ()
    """Pages that promotion is to read anew."""
    dissolved: tuple[int, ...] = ()
    """Segments that are deleted, leaving tombstones."""
    segments: tuple[Segment, ...] = ()
    facts: tuple[StoredFact, ...] = ()
    traits: tuple[Trait, ...] = ()
    embeddings: tuple[Embedding, ...] = ()
    embedding_model: str = ""
    """The space of `embeddings`; refused with LeaseLostError if the owner has moved to another."""
    removed: tuple[tuple[Kind, int], ...] = ()
    """Pages, facts and traits that are deleted with their vectors, evidence and ledger, leaving
    tombstones. What cites them is the business of who plans this."""
    rewritten: tuple[RewrittenPage, ...] = ()
    blanked: tuple[int, ...] = ()
    """Pages whose `meta_chain` becomes ""."""
    traits_back_to: int | None = None
    """Traits are to be asked again of every page after this number; wins over `traits_through`."""
    erases: bool = False
    """No byte of what this replaces is to stay on disk: `Store.erase` sees to it. Of what is in
    `removed` none stays anyway."""
    planned_before: int | None = None
    """The number that the next page was to have when this was planned; refused with LeaseLostError
    if that page or a later one is a reply whose prompt held what is removed or rewritten here."""

    def __bool__(self) -> bool:
        return bool(
            self.filed
            or self.analysed
            or self.traits_through is not None
            or self.unfiled
            or self.unanalysed
            or self.dissolved
            or self.segments
            or self.facts
            or self.traits
            or self.embeddings
            or self.removed
            or self.rewritten
            or self.blanked
            or self.traits_back_to is not None
        )


@dataclass(frozen=True, slots=True)
class OwnerSummary:
    """An owner's row, for listings and for what waits."""

    owner: Owner
    revision: int
    page_count: int
    due_at: datetime | None
    set_aside_at: datetime | None


@dataclass(frozen=True, slots=True)
class Source:
    """What a page was imported from (`PageDraft.source`)."""

    digest: str
    page: int
    """The page's number; 0 where it was forgotten."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A tombstone."""

    kind: Kind
    number: int


@dataclass(frozen=True, slots=True)
class OwnerState:
    """What an owner's memory has beside its items."""

    owner: Owner
    next_numbers: Mapping[Kind, int]
    traits_through: int
    counts: Mapping[type[Item], int]
    """How many there are of each class of `ITEMS`."""


Item = Gone | Segment | Page | Fact | Trait | Use | Source | ModelCalls
ITEMS: tuple[type[Item], ...] = (Gone, Segment, Page, Fact, Trait, Use, Source, ModelCalls)
"""What an owner's memory consists of, in the order of an export: none names what comes after it,
but for a fact, which names the later one that superseded it."""


@dataclass(frozen=True, slots=True)
class RestoredItem:
    """An item of another store, with what recall needs of a page or a fact."""

    item: Item
    terms: bytes = b""
    vectors: bytes | None = None
    """As those of `NewPage`."""


class Listening(Protocol):
    """A `Store.listen` under way."""

    def close(self) -> None:
        """Hear nothing more; the thread ends soon, unless this is called in it."""
        ...


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

        A page whose source the owner has already is not written: its number is that of the page
        which has the source, 0 where that page was forgotten.
        """
        ...

    def revision(self, owner: Owner) -> tuple[str, int]:
        """The store's epoch and the owner's revision; 0 for an owner never seen."""
        ...

    def changes(self, owner: Owner, *, since: int, epoch: str = "") -> Changes:
        """What came after revision `since` of `epoch`, in one snapshot; since=0: everything."""
        ...

    def segments(
        self, owner: Owner, *, numbers: Collection[int] | None = None
    ) -> tuple[Segment, ...]:
        """Segments with their present heat, archived ones too, by number: all, or those of
        `numbers` that there are."""
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

    def record_uses(self, owner: Owner, uses: Sequence[Use]) -> None:
        """Add to the ledger, leaving the revision as it is: counts are added to those of a row with
        the same kind, number and page, and the later `used_at` stays. Does nothing for an owner
        never seen."""
        ...

    def uses(
        self,
        owner: Owner,
        *,
        item: tuple[Kind, int] | None = None,
        page: int | None = None,
        pages: tuple[int, int] | None = None,
    ) -> tuple[Use, ...]:
        """The ledger by kind, number and page: whole, of one item, of one reply's page, or of the
        replies from one page to another, both included."""
        ...

    def record_model_calls(self, owner: Owner, calls: Sequence[ModelCalls]) -> None:
        """Add to the accounts: figures are added to those of the same day, purpose and outcome.

        Works for an owner never seen, too: a reply may be asked for before the first page.
        """
        ...

    def reserve_model_calls(
        self,
        owner: Owner,
        most: ModelCalls,
        *,
        daily_calls: int | None,
        daily_tokens: int | None,
    ) -> bool:
        """Enter what is about to be asked, `RESERVED`, at the most it may cost: at once, so that no
        two reservations fit into what is left for one.

        False, and nothing is written, if that day's calls or tokens would then be more than these;
        None is no bound. Calls that were `REFUSED` count for nothing.
        """
        ...

    def settle_model_calls(
        self, owner: Owner, reserved: ModelCalls, calls: Sequence[ModelCalls]
    ) -> None:
        """Enter `calls` in the place of what was `reserved` for them, if that still stands."""
        ...

    def model_calls(self, owner: Owner, *, since: date | None = None) -> tuple[ModelCalls, ...]:
        """The accounts by day, purpose and outcome; of the days from `since` on, if given."""
        ...

    def known_sources(self, owner: Owner, digests: Collection[str]) -> Mapping[str, int]:
        """Those of `digests` that the owner has, with the page of each; 0 where it was forgotten.

        They outlive the page, and go with the owner (`clear`).
        """
        ...

    def export(self, owner: Owner) -> Generator[OwnerState | Item, None, None]:
        """The state of an owner, then every item, by class in the order of `ITEMS` and by number;
        nothing for an owner never seen, or cleared.

        One snapshot, held until the iterator is read to its end or closed. Vectors, terms, leases
        and setbacks are no part of it.
        """
        ...

    def restored_from(self, owner: Owner) -> str | None:
        """What `restore` was given as `digest`; "" for an owner whose memory began otherwise, None
        for one never seen, or cleared."""
        ...

    def restore(
        self,
        state: OwnerState,
        items: Iterable[RestoredItem],
        *,
        digest: str,
        embedding_model: str,
        due_at: datetime,
    ) -> bool:
        """Write a memory that was exported, in one transaction, with its numbers and times.

        `items` come in the order of `ITEMS`, each once; `state.counts` is not looked at. False, and
        nothing is written, unless the owner was never seen, or cleared. Model calls are added to
        those on record.
        """
        ...

    def progress(self, owner: Owner) -> Progress:
        """How far consolidation has come; an empty `Progress` for an owner never seen."""
        ...

    def owners(
        self, *, due_before: datetime | None = None, limit: int = 100
    ) -> tuple[OwnerSummary, ...]:
        """Owners by `due_at`, earliest first (those never due last); only those due and not set
        aside, if asked."""
        ...

    def owners_with_pages_before(self, moment: datetime) -> tuple[Owner, ...]:
        """Owners who have pages whose timestamp is earlier than `moment`, by key."""
        ...

    def acquire(
        self, owner: Owner, *, holder: str, now: datetime, until: datetime, force: bool = False
    ) -> Lease | None:
        """Take the lease, unless another holder has one that is still running; None then, or if the
        owner was never seen. The same holder may take it again.

        `force` takes it from any holder, whose commits are refused from then on.
        """
        ...

    def claim(self, *, holder: str, now: datetime, until: datetime) -> Lease | None:
        """Take the lease of the owner who has been due for longest, of those that nobody has a
        running lease on and that are not set aside; None where nobody waits.

        Two who claim at once get two owners, and neither waits for the other.
        """
        ...

    def count_fault(self, owner: Owner, *, error: str, now: datetime, limit: int) -> int:
        """Note a failure of consolidation that is the owner's own, by the name of its error; how
        many there were in a row. With the `limit`-th the owner is set aside.

        0 for an owner never seen.
        """
        ...

    def put_back(self, owner: Owner | None = None, *, now: datetime) -> int:
        """Forget the failures of an owner, or of all who are set aside, and make them due at `now`;
        how many that were."""
        ...

    def backlog(self, *, now: datetime) -> Backlog:
        """What waits for workers, and what they set aside."""
        ...

    def release(
        self, lease: Lease, *, due_at: datetime | None, setback: Setback | None = None
    ) -> None:
        """Give the lease back and say when the owner is due next. A lost lease is let go silently.

        `setback` replaces the one on the row; None clears it.

        Taking a lease sets the row's due_at to its end, so that a dead worker's owner comes due
        again; what was written meanwhile asked for an earlier one, and that stands.
        """
        ...

    def commit(self, lease: Lease, update: Update) -> int:
        """Write `update` in one transaction and give the new revision.

        Raises LeaseLostError, and writes nothing, if another has taken the lease since, if the
        update names pages that are gone, or if a reply was made out of what it removes.
        """
        ...

    def clear(self, lease: Lease) -> int:
        """Delete every row of the owner, accounts and names too, and give the new revision.

        Of the owner's row the revision and the next numbers stay, so that followers see it and no
        number is used again; `owners` does not list it until pages are appended, which restores the
        names. The lease is given back. Raises LeaseLostError if another has taken it since.
        """
        ...

    def erase(self, *, patience_seconds: float) -> bool:
        """Leave no byte on disk of what was deleted so far; True once that is so.

        False if another process held an old snapshot for `patience_seconds`: call again later, from
        any process. Costs next to nothing where nothing waits to be erased. What replicas, backups
        and log archives hold is beyond a store's reach.
        """
        ...

    def remove_pages(self, owner: Owner, numbers: Sequence[int]) -> int:
        """Delete pages with their vectors, leaving tombstones; give how many there were.

        Facts, traits and segments are not touched here: forgetting, with all that is derived, is
        built on top.
        """
        ...

    def listen(self, heard: Callable[[str], None]) -> Listening | None:
        """Have `heard` called, in a thread of its own, with the key of every owner whose rows
        change, or "" where changes may have been missed; until what this gives is closed.

        None from a store that cannot tell: others' changes are then seen by looking.
        """
        ...

    def check(self) -> None:
        """Write to the database and read from it, leaving nothing; raises StorageError if that
        cannot be done."""
        ...

    def close(self) -> None:
        """Erase what waits for it, if nobody is in the way, and let go of every connection.

        The store cannot be used afterwards.
        """
        ...

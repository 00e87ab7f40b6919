"""What is done to memory by the user's hand: forgetting and correcting, and keeping to retention.

It has the right of way: no worker that waits for a model is waited for, its commit is refused.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from memoryos.clock import Clock
from memoryos.correction import correctable, plan_correction
from memoryos.errors import LeaseLostError, StorageError, StorageUnavailableError
from memoryos.forgetting import (
    Plan,
    Receipt,
    Selection,
    expiry,
    plan_forgetting,
    plan_redaction,
)
from memoryos.forgetting.selection import Item
from memoryos.model import Owner, parse_id
from memoryos.store.base import Lease, Store, Update
from memoryos.working_sets import WorkingSets
from memoryos.write_path import WritePath

logger = logging.getLogger(__name__)

ATTEMPTS = 20
"""Plans made before one is committed: each that fails was overtaken by another writer."""

LEASE_SECONDS = 15.0
"""How long an owner waits for one who died while forgetting."""

PATIENCE_SECONDS = 2.0
"""How long forgetting waits for other programs to let go of what they read."""

FEW_ITEMS = 200
"""The ledger is asked item by item for no more than these; for more it is read whole."""

RETENTION_INTERVAL = timedelta(days=1)
RETENTION_RETRY = timedelta(hours=1)
"""Where storage was away, or an owner busy."""


class Amender:
    """Forgets and corrects, whatever else is at work on an owner. Thread-safe."""

    def __init__(
        self,
        store: Store,
        working_sets: WorkingSets,
        write_path: WritePath,
        *,
        holder: str,
        clock: Clock,
        retention_days: float | None,
    ) -> None:
        self._store = store
        self._working_sets = working_sets
        self._write_path = write_path
        self._holder = holder
        self._clock = clock
        self._retention_days = retention_days
        self._expire_at: datetime | None = None

    def forget(self, owner: Owner, selection: Selection, *, dry_run: bool = False) -> Receipt:
        """Forget, and leave no byte of it on disk; the receipt says what went.

        Raises UnknownIdError, StorageError. Once anything was deleted it does not raise: bytes that
        could not be erased are `pending`, and are by the next look of any background, the next
        `forget`, or `close`.
        """
        if dry_run:
            return replace(self._plan(owner, selection).receipt, dry_run=True)
        receipt = self._carry_out(owner, partial(self._plan, owner, selection))
        return replace(receipt, pending=not self.erase(patience_seconds=PATIENCE_SECONDS))

    def correct(self, owner: Owner, fact_id: str, text: str) -> str:
        """Put the user's words in the place of a fact in force; the id of the new one.

        Raises UnknownIdError, InvalidArgumentError, StorageError. Killed in between, the words are
        kept as a page like any other, and the fact as it was.
        """
        with self._working_sets.use(owner) as memory:
            fact = correctable(memory, fact_id)
        draft = self._write_path.draft(text, "", None, {"corrects": fact.id})
        page: int | None = None
        for _ in range(ATTEMPTS):
            with self._lease(owner) as lease:
                if page is None:
                    page = parse_id(self._write_path.append(owner, [draft])[0])[1]
                with self._working_sets.use(owner) as memory:
                    fact = correctable(memory, fact_id)
                    update = plan_correction(memory, fact, page=page, now=self._clock())
                if lease and self._commits(lease, update):
                    return update.facts[-1].fact.id
        raise _overtaken("the words are kept as a page, the fact is as it was")

    def unsay(self, owner: Owner, page_id: str, recalled: Collection[Item]) -> None:
        """Empty the agent half of a new page if something of `recalled`, which its prompt held, was
        forgotten while the reply was in the making: what it told of cannot be known any more."""
        _, page = parse_id(page_id)

        def make() -> Plan:
            with self._working_sets.use(owner) as memory:
                is_whole = all(number in memory.rows(kind) for kind, number in recalled)
                if is_whole or page not in memory.pages:
                    return Plan(memory.revision, Receipt(), Update())
                return plan_redaction(memory, page, prompts=partial(self._prompts, owner))

        outcome = "the reply may tell of what was forgotten while it was made"
        if self._carry_out(owner, make, outcome=outcome):
            self.erase(patience_seconds=0.0)

    def expire(self, owner: Owner) -> None:
        """Forget the owner's pages that were kept for longer than they are to be."""
        selection = expiry(self._retention_days, now=self._clock())
        if selection is not None and self._carry_out(owner, partial(self._plan, owner, selection)):
            self.erase(patience_seconds=0.0)

    def tidy(self) -> None:
        """What the background does at each look: erase what still waits for it, and once a day
        forget, of every owner, what was kept for long enough."""
        now = self._clock()
        selection = expiry(self._retention_days, now=now)
        if selection is not None and (self._expire_at is None or self._expire_at <= now):
            assert selection.before is not None
            wait = RETENTION_INTERVAL
            for owner in self._store.owners_with_pages_before(selection.before):
                try:
                    self._carry_out(owner, partial(self._plan, owner, selection))
                except StorageError as error:
                    wait = RETENTION_RETRY
                    logger.warning("what is too old waits an hour: %s", type(error).__name__)
            self._expire_at = now + wait
        self.erase(patience_seconds=0.0)

    def erase(self, *, patience_seconds: float) -> bool:
        """Erase what was deleted; False if that must wait for another program, or for room."""
        try:
            return self._store.erase(patience_seconds=patience_seconds)
        except StorageError as error:
            logger.warning("bytes of what was forgotten still wait: %s", type(error).__name__)
            return False

    def _plan(self, owner: Owner, selection: Selection) -> Plan:
        with self._working_sets.use(owner) as memory:
            return plan_forgetting(memory, selection, prompts=partial(self._prompts, owner))

    def _prompts(self, owner: Owner, items: Collection[Item]) -> Mapping[int, Collection[Item]]:
        if len(items) > FEW_ITEMS:
            uses = [use for use in self._store.uses(owner) if use.page]
            replies = {use.page for use in uses if (use.kind, use.number) in items}
        else:
            found = (use for item in items for use in self._store.uses(owner, item=item))
            replies = {use.page for use in found if use.page}
            uses = [use for page in replies for use in self._store.uses(owner, page=page)]
        prompts: dict[int, list[Item]] = {page: [] for page in replies}
        for use in uses:
            if use.page in prompts:
                prompts[use.page].append((use.kind, use.number))
        return prompts

    def _carry_out(
        self, owner: Owner, make: Callable[[], Plan], *, outcome: str = "nothing was forgotten"
    ) -> Receipt:
        """Commit a plan that fits the memory as it is then; `outcome` tells what failing leaves."""
        plan = make()
        for _ in range(ATTEMPTS):
            if not plan:
                return plan.receipt
            with self._lease(owner) as lease:
                # From here on others can but add pages, unless they take the lease by force.
                if self._store.revision(owner)[1] != plan.revision:
                    plan = make()
                if lease is None or self._commits(lease, plan.update):
                    return plan.receipt
        raise _overtaken(outcome)

    def _commits(self, lease: Lease, update: Update | None) -> bool:
        """False if another hand was faster, or a reply was made out of what is to go."""
        try:
            if update is None:
                self._store.clear(lease)
            else:
                self._store.commit(lease, update)
        except LeaseLostError:
            return False
        return True

    @contextmanager
    def _lease(self, owner: Owner) -> Iterator[Lease | None]:
        """The lease, whoever has it; None for an owner never seen."""
        now = self._clock()
        until = now + timedelta(seconds=LEASE_SECONDS)
        lease = self._store.acquire(owner, holder=self._holder, now=now, until=until, force=True)
        try:
            yield lease
        finally:
            if lease is not None:
                # What is read anew, or was interrupted, is for a worker to do at once.
                setback = self._store.progress(owner).setback
                self._store.release(lease, due_at=self._clock(), setback=setback)


def _overtaken(outcome: str) -> StorageUnavailableError:
    return StorageUnavailableError(
        f"others wrote to this memory all the while: {outcome}; try again"
    )

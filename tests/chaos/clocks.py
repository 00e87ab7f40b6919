"""A clock that jumps, by seconds and by years, ahead and back."""

from __future__ import annotations

import random
import re
import time
from datetime import datetime, timedelta

from chaos.load import Load, user_ids
from chaos.outcome import Outcome
from chaos.place import CONFIG, Place, open_engine
from memoryos.clock import utc_now
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.model import Owner
from memoryos.store import SqlStore

JUMPS_SECONDS = (-10 * 365 * 86400, -86400, -3600, -5, -0.5, 0.5, 5, 3600, 86400, 10 * 365 * 86400)
DONE_SECONDS = 20.0
"""How long the background may take until all is done, once the clock is right again."""

MARK = re.compile(r"tour (\d+)x(\d+)")


class JumpingClock:
    """The time of day, and an error that changes."""

    def __init__(self) -> None:
        self.error = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.error


def clock_jumping(place: Place, *, whole: bool, seed: int) -> Outcome:
    """The clock jumps under writers, recalls and workers, one of whom dies with a lease of its
    time. Once it is right again the background does all that is due, by itself."""
    chance, times, clock = random.Random(seed), 60 if whole else 12, JumpingClock()
    users, url = user_ids(4), place.make_database()
    with open_engine(url, clock=clock) as one, open_engine(url, clock=clock) as other:
        load = Load([one, other], users, seed)
        with load.running(writers=3, readers=2):
            for _ in range(times):
                load.wait_for(pages=10)
                clock.error = timedelta(seconds=chance.choice(JUMPS_SECONDS))
            clock.error = timedelta(days=3650)
            _die_with_leases(one.store, users, clock)
            clock.error = timedelta()
            load.wait_for(pages=40)
        load.findings += _left_undone(one.store, users)
        load.findings += _out_of_order(one.store, users)
        load.settle()
    return load.outcome(url, faults=times)


def _die_with_leases(store: SqlStore, users: list[str], clock: JumpingClock) -> None:
    """Take every lease, as a worker does that is killed right then."""
    for owner in _owners(users):
        now = clock()
        until = now + timedelta(seconds=CONFIG.lease_seconds)
        store.acquire(owner, holder="killed", now=now, until=until, force=True)


def _left_undone(store: SqlStore, users: list[str]) -> list[str]:
    """What the background has not filed and read, though it had the time to."""
    give_up_at = time.monotonic() + DONE_SECONDS
    while waiting := [owner.user_id for owner in _owners(users) if _waits(store, owner)]:
        if time.monotonic() > give_up_at:
            return [f"{waiting}: pages wait, and no worker comes"]
        time.sleep(0.1)
    return []


def _waits(store: SqlStore, owner: Owner) -> bool:
    pages = [stored.page for stored in store.changes(owner, since=0).pages]
    unfiled = sum(page.segment is None for page in pages)
    return unfiled > CONFIG.short_term_capacity or any(page.analyst is None for page in pages)


def _out_of_order(store: SqlStore, users: list[str]) -> list[str]:
    """Pages of one thread whose numbers do not grow as it added them."""
    findings = []
    for owner in _owners(users):
        last: dict[str, int] = {}
        pages = [stored.page for stored in store.changes(owner, since=0).pages]
        for page in sorted(pages, key=lambda page: page.number):
            if marked := MARK.search(page.user_input):
                thread, turn = marked.group(1), int(marked.group(2))
                if turn <= last.get(thread, -1):
                    findings.append(f"{owner.user_id}: {page.id} came before its time")
                last[thread] = turn
    return findings


def _owners(users: list[str]) -> list[Owner]:
    return [Owner(user, DEFAULT_ASSISTANT_ID) for user in users]

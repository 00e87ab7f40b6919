"""The book: what was acknowledged, refused and forgotten, held against what a store has."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.inspection import inspect
from memoryos.model import Owner
from memoryos.store import SqlStore

CLAIM = "nothing was written"
"""What an error says that leaves no room for doubt."""


class Book:
    """What callers were told of each page, by user and text. Thread-safe; every text is new."""

    def __init__(self) -> None:
        self.errors: Counter[str] = Counter()
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, str], str] = {}
        self._going: set[tuple[str, str]] = set()
        self._gone: set[tuple[str, str]] = set()
        self._refused: dict[tuple[str, str], str] = {}
        self._there_all_the_same: list[str] = []

    @property
    def acknowledged(self) -> int:
        return len(self._kept) + len(self._going) + len(self._gone)

    def users(self) -> list[str]:
        with self._lock:
            return sorted({user for user, _ in self._told()})

    def keep(self, user: str, text: str, page_id: str) -> None:
        with self._lock:
            self._kept[user, text] = page_id

    def refuse(self, user: str, text: str, error: Exception) -> None:
        with self._lock:
            self._refused[user, text] = str(error)

    def fail(self, error: Exception) -> None:
        """Any call failed, as it may."""
        with self._lock:
            self.errors[type(error).__name__] += 1

    def take_out(self, user: str) -> tuple[str, str] | None:
        """Text and id of a page that is to be forgotten, and may be gone from now on."""
        with self._lock:
            mine = next((key for key in self._kept if key[0] == user), None)
            if mine is None:
                return None
            self._going.add(mine)
            return mine[1], self._kept.pop(mine)

    def forget(self, user: str, text: str) -> None:
        with self._lock:
            self._going.remove((user, text))
            self._gone.add((user, text))

    def notes(self) -> list[str]:
        """Errors that callers were told as they wrote, by how they end; of how many the page was
        found all the same, once it was looked for."""
        advice = Counter(map(_advice, self._refused.values()))
        there = Counter(self._there_all_the_same)
        return [
            f"{number} x {words} ({there[words]} there all the same)"
            for words, number in advice.most_common()
        ]

    def against(self, store: SqlStore, *, untold: int = 0) -> Iterator[str]:
        """What in the store is not as callers were told; at most `untold` pages may be there of
        which nobody was told anything: their writers were killed."""
        strangers, told = 0, self._told()
        for user in self.users():
            held = _held(store, user)
            strangers += len(held.keys() - {text for of, text in told if of == user})
            yield from self._of_user(user, held)
        if strangers > untold:
            yield f"{strangers} pages that nobody was told of, where {untold} may be"

    def _told(self) -> tuple[tuple[str, str], ...]:
        return (*self._kept, *self._refused, *self._going, *self._gone)

    def _of_user(self, user: str, held: dict[str, list[str]]) -> Iterator[str]:
        for text, page_ids in held.items():
            if len(page_ids) > 1:
                yield f"{user}: one exchange is there {len(page_ids)} times: {page_ids}"
            error = self._refused.get((user, text), "")
            if CLAIM in error:
                yield f"{user}: {page_ids} is there, and its caller was told that {CLAIM}"
            elif error:
                self._there_all_the_same.append(_advice(error))
            if (user, text) in self._gone:
                yield f"{user}: {page_ids} was forgotten, and is there"
        for (of, text), page_id in self._kept.items():
            if of == user and held.get(text) != [page_id]:
                yield f"{user}: {page_id} was acknowledged; there is {held.get(text)}"


def _advice(error: str) -> str:
    """The last words of a message, which are the same whatever the driver said."""
    return error.rpartition("; ")[2].rpartition(": ")[2]


def _held(store: SqlStore, user: str) -> dict[str, list[str]]:
    """The texts of an owner's pages, with the ids of each."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    for stored in store.changes(Owner(user, DEFAULT_ASSISTANT_ID), since=0).pages:
        held[stored.page.user_input].append(stored.page.id)
    return held


def examine(url: str, book: Book, *, untold: int = 0) -> Sequence[str]:
    """All that is wrong in a database after a scenario; empty if nothing is."""
    with SqlStore.open_url(url) as store:
        return [
            *book.against(store, untold=untold),
            *(
                f"{found.breach.value}: {found.count} of owner {found.key}: {found.examples}"
                for found in inspect(store)
            ),
        ]

"""Load: threads that add, recall, forget and file, while something is done to the database."""

from __future__ import annotations

import logging
import random
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from chaos.book import Book, examine
from chaos.outcome import Outcome
from memoryos.engine import MemoryEngine
from memoryos.errors import MemoryOSError, StorageUnavailableError
from memoryos.recall import Recall

PATIENCE_SECONDS = 90.0
"""A call that takes longer is said to hang."""

NAME = re.compile(r"zebra\d+")
ANIMALS = ("otter", "heron", "lynx", "badger", "falcon", "newt", "salmon", "hare")
PLACES = ("harbour", "old mill", "quarry", "lighthouse", "orchard", "monastery", "viaduct")
JOBS = ("nurse", "baker", "pilot", "teacher", "carpenter")


def user_ids(number: int) -> list[str]:
    """Names that stand in every text of their own, so that a text tells whose it is."""
    return [f"zebra{n}" for n in range(number)]


def a_text(user: str, mark: str, chance: random.Random) -> str:
    """Something to remember, different for every `mark`; some of it teaches."""
    place, animal = chance.choice(PLACES), chance.choice(ANIMALS)
    saw = f"On tour {mark} {user} saw {chance.randrange(2, 90)} {animal}s at the {place}."
    return f"I work as a {chance.choice(JOBS)}. {saw}" if chance.random() < 0.2 else saw


def names_in(recall: Recall) -> set[str]:
    """Whose texts came back."""
    facts = (*recall.user_knowledge, *recall.assistant_knowledge)
    texts = [
        recall.profile.summary(),
        *(page.text for page in recall.short_term),
        *(recalled.page.text for recalled in recall.pages),
        *(piece.quote for recalled in facts for piece in recalled.evidence),
    ]
    return set(NAME.findall(" ".join(texts)))


class Load:
    """What threads do to engines until they are told to stop, and what went wrong by our rules:
    errors that are not typed, calls that hang, and memory of another user."""

    def __init__(self, engines: Sequence[MemoryEngine], users: Sequence[str], seed: int) -> None:
        self.book = Book()
        self.findings: list[str] = []
        self._slowest_seconds: dict[str, float] = {}
        self._engines = engines
        self._users = users
        self._seed = seed
        self._stopping = threading.Event()
        self._threads: list[threading.Thread] = []

    @contextmanager
    def running(self, *, writers: int, readers: int = 0, forgetters: int = 0) -> Iterator[None]:
        """While it lasts, so many threads of each kind are at work."""
        with watched(self.findings):
            for act, number in (
                (self.add, writers),
                (self.recall, readers),
                (self.forget, forgetters),
            ):
                for _ in range(number):
                    self._start(act)
            try:
                yield
            finally:
                self._stopping.set()
                self._join()

    def wait_for(self, *, pages: int = 0, errors: int = 0) -> None:
        """Until so many more were acknowledged, or have failed; a finding if they never are."""
        enough = self.book.acknowledged + pages, self.book.errors.total() + errors
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while self.book.acknowledged < enough[0] or self.book.errors.total() < enough[1]:
            if time.monotonic() > give_up_at:
                self.findings.append("writing did not go on")
                return
            time.sleep(0.01)

    def settle(self) -> None:
        """Do all that is left to do, on the first engine."""
        self.findings += settle(self._engines[0], self.book.users())

    def outcome(self, url: str, *, faults: int = 0, inside: int | None = None) -> Outcome:
        """What came of it, once the engines are closed."""
        findings = [*self.findings, *examine(url, self.book)]
        slowest = ", ".join(f"{act} {s:.2f} s" for act, s in self._slowest_seconds.items())
        return Outcome(
            acknowledged=self.book.acknowledged,
            faults=faults,
            inside=inside,
            errors=self.book.errors,
            slowest_seconds=max(self._slowest_seconds.values()),
            notes=[f"slowest: {slowest}", *self.book.notes()],
            findings=findings,
        )

    def meta_data(self, chance: random.Random) -> dict[str, str]:
        """What every page carries beside."""
        return {}

    def add(self, engine: MemoryEngine, chance: random.Random, mark: str) -> None:
        user = chance.choice(self._users)
        text = a_text(user, mark, chance)
        try:
            page_id = engine.add_memory(user, text, "Nice.", meta_data=self.meta_data(chance))
        except MemoryOSError as error:
            self.book.refuse(user, text, error)
            raise
        self.book.keep(user, text, page_id)

    def recall(self, engine: MemoryEngine, chance: random.Random, mark: str) -> None:
        user = chance.choice(self._users)
        found = names_in(engine.retrieve_memory(user, f"the {chance.choice(ANIMALS)}s"))
        if others := found - {user}:
            self.findings.append(f"{user} was given memory of {sorted(others)}")

    def forget(self, engine: MemoryEngine, chance: random.Random, mark: str) -> None:
        user = chance.choice(self._users)
        if taken := self.book.take_out(user):
            text, page_id = taken
            engine.forget(user, page=page_id)
            self.book.forget(user, text)

    def _start(self, act: Callable[[MemoryEngine, random.Random, str], None]) -> None:
        number = len(self._threads)
        thread = threading.Thread(target=self._work, args=(act, number), daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, act: Callable[[MemoryEngine, random.Random, str], None], number: int) -> None:
        engine = self._engines[number % len(self._engines)]
        chance = random.Random(f"{self._seed}-{number}")
        for turn in count():
            if self._stopping.is_set():
                return
            began = time.monotonic()
            try:
                act(engine, chance, f"{number}x{turn}")
            except MemoryOSError as error:
                self.book.fail(error)
                self._stopping.wait(0.02)
            except Exception as error:
                self.findings.append(f"{act.__name__} raised {type(error).__name__}: {error}")
                return
            finally:
                self._note_time(act.__name__, time.monotonic() - began)

    def _note_time(self, act: str, seconds: float) -> None:
        self._slowest_seconds[act] = max(seconds, self._slowest_seconds.get(act, 0.0))

    def _join(self) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, give_up_at - time.monotonic()))
        if hanging := sum(thread.is_alive() for thread in self._threads):
            self.findings.append(f"{hanging} threads hang")


def settle(engine: MemoryEngine, users: Sequence[str]) -> Iterator[str]:
    """Do all that is left to do for `users`; gives what is left all the same."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    for user in users:
        while True:
            try:
                left = engine.flush(user)
            except StorageUnavailableError:
                # A worker that is at it is given two leases, which are short here.
                if time.monotonic() > give_up_at:
                    raise
            else:
                break
        if left:
            yield f"{user}: {left} after all was done"


@contextmanager
def watched(findings: list[str]) -> Iterator[None]:
    """While it lasts, what the background logs as an error is a finding, and what ends a thread."""

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            findings.append(f"logged: {record.getMessage()}")

    def ended(arguments: threading.ExceptHookArgs) -> None:
        findings.append(f"a thread was ended by {arguments.exc_type.__name__}")

    logger, hook = logging.getLogger("memoryos"), threading.excepthook
    handler = Handler(logging.ERROR)
    logger.addHandler(handler)
    threading.excepthook = ended
    try:
        yield
    finally:
        threading.excepthook = hook
        logger.removeHandler(handler)

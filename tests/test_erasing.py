"""M9: a scan of every byte of the data folder finds nothing of what was forgotten."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from memoryos import Memoryos, amending
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.model import Kind, Owner
from memoryos.store import SqlStore, sqlite
from memoryos.store.base import Update
from memoryos.testing.clock import FixedClock
from memoryos.testing.store_contract import (
    ALICE,
    a_segment,
    append,
    lease,
    new_page,
    pages_of,
)

pytestmark = pytest.mark.sqlite

OWNER = Owner("tom", DEFAULT_ASSISTANT_ID)
SECRET = "My locker code is Zwiebel4711, and my sister Walpurga knows it."
WORDS = (b"Zwiebel", b"zwiebel", b"Walpurga", b"walpurga")

# Prints "ready", then for each line on its stdin what it recalls for it.
READER = """
import sys
from memoryos import Memoryos
with Memoryos("tom", data_storage_path=sys.argv[1], background=True) as memory:
    for line in sys.stdin:
        recall = memory.retrieve_memory(line)
        print(sorted(item.page.user_input for item in recall.pages), flush=True)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


class Reader:
    """Another process that has the memory open."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", READER, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def recall(self, query: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{query}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline()

    def close(self) -> None:
        self._process.communicate(timeout=60)


@pytest.fixture
def reader(folder: Path) -> Iterator[Reader]:
    started = Reader(folder)
    yield started
    started.close()


def found(folder: Path, needles: tuple[bytes, ...]) -> list[bytes]:
    """Which of these stand anywhere in the folder: database, log, whatever else is there."""
    held = [file.read_bytes() for file in folder.iterdir()]
    return [needle for needle in needles if any(needle in content for content in held)]


def pieces(memory: Memoryos, kind: Kind, number: int) -> tuple[bytes, ...]:
    """What the store holds of an item beside its words: its terms, and its vectors bit by bit."""
    changes = memory.engine.store.changes(OWNER, since=0)
    stored = {
        **{(Kind.PAGE, page.page.number): page.terms for page in changes.pages},
        **{(Kind.FACT, fact.fact.number): fact.terms for fact in changes.facts},
    }
    vectors = b"".join(
        item.vectors for item in changes.embeddings if (item.kind, item.number) == (kind, number)
    )
    assert len(vectors) >= 1024
    cut = [vectors[start : start + 32] for start in range(0, len(vectors), 32)]
    # Numbers that are zero, or in every vector, tell nothing of this one.
    return (stored[kind, number], *(piece for piece in cut if piece.count(0) < 16))


def live(memory: Memoryos, clock: FixedClock, count: int) -> None:
    """Talk of so many pages, filed and promoted, and in its midst what is to be forgotten."""
    for number in range(count):
        clock.advance(minutes=3)
        memory.add_memory(f"Tour {number}: we paddled the kayak past bridge {number * 7}.", "Nice.")
        if number == count // 2:
            memory.add_memory(SECRET, "I will keep it in mind.")
            memory.add_memory("I work as a Zwiebelschneider.", "Walpurga will like that.")
        if number % 100 == 99:
            memory.flush()


def test_one_page_of_a_thousand_while_another_process_has_the_store_open(
    open_memory: Callable[..., Memoryos], clock: FixedClock, folder: Path, reader: Reader
) -> None:
    memory = open_memory()
    live(memory, clock, 1000)
    assert "Zwiebel4711" in reader.recall("Zwiebel4711")
    assert "Zwiebel4711" in memory.get_response("Which locker code does Walpurga know?")
    memory.flush()
    needles = pieces(memory, Kind.PAGE, 502) + pieces(memory, Kind.PAGE, 503)
    needles += tuple(
        piece
        for fact in memory.knowledge()
        if "Zwiebel" in fact.text
        for piece in pieces(memory, Kind.FACT, fact.number)
    )
    assert found(folder, needles) == list(needles)
    receipts = [memory.forget(page="page-502"), memory.forget(page="page-503")]
    assert [receipt.pending for receipt in receipts] == [False, False]
    assert receipts[0].redacted == ("page-1003",)
    assert len(receipts[1].facts) == 1
    assert found(folder, (*WORDS[:2], SECRET.encode(), *needles)) == []
    assert "Zwiebel" not in reader.recall("Zwiebel4711")


def test_everything_of_an_owner(
    open_memory: Callable[..., Memoryos], clock: FixedClock, folder: Path
) -> None:
    memory = open_memory("Kunigunde")
    live(memory, clock, 30)
    memory.engine.add_memory("anna", "I am Anna.", "Hello.")
    assert not memory.forget(everything=True).pending
    assert found(folder, (*WORDS, b"Kunigunde", b"kayak")) == []
    assert found(folder, (b"I am Anna.",))


def test_text_goes_from_summaries_and_keywords_too(
    open_memory: Callable[..., Memoryos], clock: FixedClock, folder: Path
) -> None:
    memory = open_memory(short_term_capacity=1)
    live(memory, clock, 30)
    memory.flush()
    memory.forget(text="ZWIEBEL")
    memory.forget(text="walpurga")
    assert found(folder, WORDS) == []


class TestPending:
    @pytest.fixture(autouse=True)
    def _no_patience(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(amending, "PATIENCE_SECONDS", 0.0)

    @pytest.fixture
    def snapshot(self, folder: Path) -> Iterator[sqlite3.Connection]:
        """Another program's connection; to be made to read before what it is to hold back."""
        connection = sqlite3.connect(folder / "memoryos.db", isolation_level=None)
        yield connection
        connection.close()

    @pytest.fixture
    def held_back(self, memory: Memoryos, snapshot: sqlite3.Connection) -> Memoryos:
        memory.add_memory("kept", "")
        memory.add_memory(SECRET, "")
        snapshot.execute("BEGIN")
        snapshot.execute("SELECT count(*) FROM pages").fetchone()
        assert memory.forget(page="page-2").pending
        return memory

    def test_a_reader_of_an_old_snapshot_makes_it_pending_until_it_lets_go(
        self, held_back: Memoryos, snapshot: sqlite3.Connection, folder: Path
    ) -> None:
        assert held_back.forget(text="said nowhere").pending
        assert found(folder, WORDS)
        snapshot.execute("COMMIT")
        held_back.engine._before_round()
        assert found(folder, WORDS) == []
        assert not held_back.forget(text="said nowhere").pending

    def test_the_next_forget_erases_what_was_pending(
        self, held_back: Memoryos, snapshot: sqlite3.Connection, folder: Path
    ) -> None:
        snapshot.execute("COMMIT")
        assert not held_back.forget(text="said nowhere").pending
        assert found(folder, WORDS) == []

    def test_closing_erases_what_was_pending(
        self, held_back: Memoryos, snapshot: sqlite3.Connection, folder: Path
    ) -> None:
        snapshot.execute("COMMIT")
        # Another that stays open: the last to close would empty the log anyway.
        with SqlStore.open(folder):
            held_back.close()
            assert found(folder, WORDS) == []

    def test_the_file_is_not_rewritten_again_for_a_reader_that_stays(
        self, held_back: Memoryos, folder: Path
    ) -> None:
        """Or the log would grow by the size of the file with every look."""
        log = folder / "memoryos.db-wal"
        before = log.stat().st_size
        for _ in range(3):
            held_back.engine._before_round()
        assert log.stat().st_size == before

    def test_writers_do_not_wait_meanwhile(self, held_back: Memoryos) -> None:
        assert held_back.add_memory("more", "") == "page-3"


def test_a_process_killed_before_it_erased_leaves_that_to_the_next(
    open_memory: Callable[..., Memoryos], folder: Path, tmp_path: Path
) -> None:
    memory = open_memory()
    memory.add_memory("kept", "")
    memory.add_memory(SECRET, "")
    memory.engine.store.remove_pages(OWNER, [2])
    copy = tmp_path / "as the dead process left it"
    shutil.copytree(folder, copy)
    assert found(copy, WORDS)
    with Memoryos("tom", data_storage_path=copy, background=False) as next_one:
        next_one.engine._before_round()
        assert found(copy, WORDS) == []
        assert next_one.get_memory_stats()["page_count"] == 1


def grow_and_delete(connection: Connection) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """Insert rows, rewrite them longer and delete them, at random; words that stay, and not."""
    chance = random.Random(1)
    held: dict[int, list[bytes]] = {}
    dead: list[bytes] = []
    for step in range(4000):
        row = chance.choice([*held, 0])
        word = f"word{step:06d};"
        deed = chance.random()
        if not row or deed < 0.5:
            text = word + "x" * chance.randrange(900)
            made = connection.exec_driver_sql("INSERT INTO talk VALUES (?, '')", (text,))
            held[made.lastrowid] = [word.encode()]
        elif deed < 0.8:
            text = word + "y" * chance.randrange(700)
            connection.exec_driver_sql("UPDATE talk SET b = ? WHERE rowid = ?", (text, row))
            dead += held[row][1:]
            held[row][1:] = [word.encode()]
        else:
            connection.exec_driver_sql("DELETE FROM talk WHERE rowid = ?", (row,))
            dead += held.pop(row)
    return tuple(word for words in held.values() for word in words), tuple(dead)


class TestSqliteFile:
    @pytest.fixture
    def store(self, folder: Path) -> Iterator[SqlStore]:
        with SqlStore.open(folder) as opened:
            yield opened

    def test_copies_that_moving_rows_left_behind_go_too(
        self, store: SqlStore, folder: Path
    ) -> None:
        """`secure_delete` overwrites a row where it stands, not where it stood: some 3 in 1,000
        rows that grew before they were deleted leave a trace in the midst of the file."""
        with store._writing() as connection:
            connection.exec_driver_sql("CREATE TABLE talk (a TEXT, b TEXT)")
            kept, dead = grow_and_delete(connection)
        append(store, ALICE, [new_page()])
        store.remove_pages(ALICE, [1])
        assert store.erase(patience_seconds=1)
        assert len(dead) > 500
        assert found(folder, dead) == []
        assert found(folder, kept) == list(kept)

    def test_words_that_others_replace_are_erased_where_that_is_asked_for(
        self, store: SqlStore, folder: Path
    ) -> None:
        append(store, ALICE, [new_page()])
        held = lease(store, ALICE)
        store.commit(held, Update(segments=(a_segment(summary="Zwiebel"),)))
        store.commit(held, Update(segments=(a_segment(summary="hiking"),), erases=True))
        assert store.erase(patience_seconds=1)
        assert found(folder, WORDS) == []

    def test_a_store_that_lost_nothing_is_not_rewritten(
        self, store: SqlStore, folder: Path
    ) -> None:
        append(store, ALICE, [new_page(str(number)) for number in range(50)])
        before = (folder / "memoryos.db-wal").stat().st_size
        assert store.erase(patience_seconds=0)
        assert (folder / "memoryos.db-wal").stat().st_size == before > 0

    def test_what_another_deletes_meanwhile_is_erased_too(
        self, store: SqlStore, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        append(store, ALICE, [new_page("Zwiebel"), new_page("Walpurga"), new_page("kept")])
        with SqlStore.open(folder) as other:
            change_marks = sqlite._change_marks

            def late(*arguments: Any) -> None:
                monkeypatch.undo()
                other.remove_pages(ALICE, [2])
                change_marks(*arguments)

            store.remove_pages(ALICE, [1])
            monkeypatch.setattr(sqlite, "_change_marks", late)
            assert store.erase(patience_seconds=1)
            assert found(folder, WORDS) == []
            assert len(pages_of(other, ALICE)) == 1

    def test_two_that_erase_at_once_are_both_told_that_it_is_done(
        self, store: SqlStore, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        append(store, ALICE, [new_page("Zwiebel"), new_page("kept")])
        with SqlStore.open(folder) as other:
            empty_log = sqlite.empty_log

            def late(*arguments: Any) -> bool:
                monkeypatch.undo()
                assert other.erase(patience_seconds=1)
                return empty_log(*arguments)

            store.remove_pages(ALICE, [1])
            monkeypatch.setattr(sqlite, "empty_log", late)
            assert store.erase(patience_seconds=1)
            assert found(folder, WORDS) == []

    def test_rows_are_deleted_in_one_transaction_with_their_mark(
        self, store: SqlStore, folder: Path
    ) -> None:
        """Killed anywhere, bytes that wait to be erased are known to wait."""
        append(store, ALICE, [new_page("a")])
        held = lease(store, ALICE)
        marks = []
        for clear in (
            lambda: store.remove_pages(ALICE, [1]),
            lambda: store.clear(held),
        ):
            clear()
            with store._reading() as connection:
                marks.append(connection.exec_driver_sql("PRAGMA user_version").scalar())
            store.erase(patience_seconds=1)
        assert marks == [1, 1]

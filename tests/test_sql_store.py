"""SqlStore over SQLite: the contract of every store, and what is the file's own."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from memoryos.errors import CorruptStoreError, StorageUnavailableError
from memoryos.store import SqlStore, sqlite
from memoryos.testing.store_contract import ALICE, StoreContract, add, append, new_page, pages_of

# Each line on its stdin starts that many processes, which append pages at once and print each
# number they are given; "gone" follows when the last of them has ended. Forked, because a
# process that imports for itself takes longer to start than to write.
APPENDERS = """
import os, sys
from datetime import datetime, timezone
from pathlib import Path
from memoryos.model import Owner, PageDraft
from memoryos.store import SqlStore
from memoryos.store.base import NewPage

folder, now = Path(sys.argv[1]), datetime(2026, 3, 2, tzinfo=timezone.utc)

def append(count):
    with SqlStore.open(folder) as store:
        for n in range(count):
            page = NewPage(PageDraft(f"text {n}", "", now), b"terms", b"vectors" * 300)
            numbers = store.append_pages(
                Owner("alice", "assistant"), [page], embedding_model="letters", now=now, due_at=now
            )
            os.write(1, b"%d\\n" % numbers)

for line in sys.stdin:
    processes, count = map(int, line.split())
    for _ in range(processes):
        pid = os.fork()
        if not pid:
            try:
                append(count)
            finally:
                os._exit(sys.exc_info()[0] is not None)
        os.write(1, b"pid %d\\n" % pid)
    codes = [os.wait()[1] for _ in range(processes)]
    os.write(1, b"gone %d\\n" % max(codes))
"""


class Appenders:
    """Other processes that append pages for Alice."""

    def __init__(self, folder: Path) -> None:
        self._nursery = subprocess.Popen(
            [sys.executable, "-c", APPENDERS, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.last_pid = 0
        self.worst_status = 0

    def numbers(self, *, processes: int, pages_each: int) -> Iterator[int]:
        """Start them, and give the numbers as they are acknowledged, until all have ended."""
        assert self._nursery.stdin is not None
        assert self._nursery.stdout is not None
        self._nursery.stdin.write(f"{processes} {pages_each}\n")
        self._nursery.stdin.flush()
        for line in self._nursery.stdout:
            match line.split():
                case ["pid", pid]:
                    self.last_pid = int(pid)
                case ["gone", status]:
                    self.worst_status = int(status)
                    return
                case [number]:
                    yield int(number)

    def close(self) -> None:
        self._nursery.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "memory"


@pytest.fixture
def store(folder: Path) -> Iterator[SqlStore]:
    with SqlStore.open(folder) as opened:
        yield opened


@pytest.fixture
def appenders(folder: Path) -> Iterator[Appenders]:
    started = Appenders(folder)
    yield started
    started.close()


class TestSqliteStore(StoreContract):
    pass


def integrity(folder: Path) -> list[tuple[str]]:
    connection = sqlite3.connect(folder / "memoryos.db")
    try:
        return connection.execute("PRAGMA integrity_check").fetchall()
    finally:
        connection.close()


class TestProcesses:
    def test_eight_processes_that_open_a_fresh_folder_at_once_lose_nothing(
        self, folder: Path, appenders: Appenders
    ) -> None:
        """W3; one of the eight migrates, the others wait for it."""
        given = sorted(appenders.numbers(processes=8, pages_each=200))
        assert appenders.worst_status == 0
        assert given == list(range(1, 1601))
        with SqlStore.open(folder) as store:
            assert [page.number for page in pages_of(store, ALICE)] == given
        assert integrity(folder) == [("ok",)]

    def test_a_writer_takes_the_lock_before_it_reads(self, store: SqlStore, folder: Path) -> None:
        """Two that read first and then want to write would fail at once, without waiting."""
        other = sqlite3.connect(folder / "memoryos.db", timeout=0)
        with store._writing(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()

    def test_opening_is_tried_again_where_another_is_opening_too(self) -> None:
        """The switch to WAL fails at once, one time in some thousand, when eight race for it."""
        errors = [sqlite3.OperationalError("database is locked")] * 2

        def act() -> str:
            if errors:
                raise errors.pop()
            return "opened"

        assert sqlite.when_unlocked(act) == "opened"

    def test_a_page_acknowledged_survives_kill_9(self, folder: Path, appenders: Appenders) -> None:
        """W4, invariant 1, in its short form: 15 kills amid writing."""
        chance = random.Random(4)
        acknowledged: set[int] = set()
        for _ in range(15):
            enough = len(acknowledged) + chance.randrange(1, 120)
            for number in appenders.numbers(processes=1, pages_each=1_000_000):
                acknowledged.add(number)
                if len(acknowledged) == enough:
                    os.kill(appenders.last_pid, signal.SIGKILL)
            assert appenders.worst_status == signal.SIGKILL
        assert integrity(folder) == [("ok",)]
        with SqlStore.open(folder) as store:
            kept = [page.number for page in pages_of(store, ALICE)]
        assert acknowledged <= set(kept)
        # Written but not yet told: at most the one page that each process was at.
        assert len(kept) - len(acknowledged) <= 15
        assert kept == list(range(1, len(kept) + 1))

    def test_a_store_opened_twice_in_one_process_keeps_its_locks(
        self, folder: Path, appenders: Appenders
    ) -> None:
        """POSIX drops a process's locks when it closes any descriptor of the file."""
        with SqlStore.open(folder) as first:
            add(first, ALICE, "a")
            SqlStore.open(folder).close()
            assert list(appenders.numbers(processes=1, pages_each=1)) == [2]
            # The process that left last would have taken the log away, had it seen no lock.
            assert (folder / "memoryos.db-wal").exists()
            assert len(pages_of(first, ALICE)) == 2


class TestTheFile:
    def test_pages_and_epoch_outlive_the_process(self, folder: Path) -> None:
        with SqlStore.open(folder) as store:
            add(store, ALICE, "a")
            before = store.changes(ALICE, since=0)
        with SqlStore.open(folder) as store:
            assert store.changes(ALICE, since=0) == before

    def test_each_store_has_an_epoch_of_its_own(self, tmp_path: Path) -> None:
        with SqlStore.open(tmp_path / "a") as a, SqlStore.open(tmp_path / "b") as b:
            assert a.revision(ALICE)[0] != b.revision(ALICE)[0]

    @pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
    def test_files_are_for_their_user_alone(self, folder: Path, umask: int) -> None:
        """W10."""
        before = os.umask(umask)
        try:
            with SqlStore.open(folder) as store:
                add(store, ALICE, "a")
                files = {file.name: stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()}
        finally:
            os.umask(before)
        assert files == dict.fromkeys(("memoryos.db", "memoryos.db-wal", "memoryos.db-shm"), 0o600)
        assert [stat.S_IMODE(made.stat().st_mode) for made in (folder, folder.parent)] == [
            0o700
        ] * 2

    def test_a_file_others_could_read_is_closed_to_them(self, folder: Path) -> None:
        """W10."""
        SqlStore.open(folder).close()
        (folder / "memoryos.db").chmod(0o644)
        SqlStore.open(folder).close()
        assert stat.S_IMODE((folder / "memoryos.db").stat().st_mode) == 0o600

    def test_a_folder_that_was_there_keeps_its_mode(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        folder.chmod(0o755)
        SqlStore.open(folder).close()
        assert stat.S_IMODE(folder.stat().st_mode) == 0o755

    @pytest.mark.parametrize("name", ["50% off?", "a#b&c=d", "naïve 数据", "file:x?mode=memory"])
    def test_a_folder_of_any_name_is_only_a_name(self, tmp_path: Path, name: str) -> None:
        with SqlStore.open(tmp_path / name) as store:
            add(store, ALICE, "a")
            assert (tmp_path / name / "memoryos.db").stat().st_size > 0

    def test_every_connection_is_durable_and_overwrites_what_it_deletes(
        self, store: SqlStore
    ) -> None:
        """Invariant 1."""
        with store._reading() as connection:
            settings = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "synchronous", "secure_delete", "temp_store")
            }
        full, on, memory = 2, 1, 2
        assert settings == {
            "journal_mode": "wal",
            "synchronous": full,
            "secure_delete": on,
            "temp_store": memory,
        }

    def test_a_removed_page_leaves_no_byte_once_the_store_is_closed(self, folder: Path) -> None:
        with SqlStore.open(folder) as store:
            append(store, ALICE, [new_page("my PIN is 4711", b"vectors of it"), new_page("kept")])
            store.remove_pages(ALICE, [1])
        held = b"".join(file.read_bytes() for file in folder.iterdir())
        assert b"kept" in held
        assert b"4711" not in held
        assert b"vectors of it" not in held


class TestBadFolders:
    def test_a_file_where_the_folder_should_be(self, tmp_path: Path) -> None:
        (tmp_path / "taken").write_text("mine")
        for folder in (tmp_path / "taken", tmp_path / "taken" / "deeper"):
            with pytest.raises(StorageUnavailableError, match="choose another data folder"):
                SqlStore.open(folder)
        assert (tmp_path / "taken").read_text() == "mine"

    def test_a_folder_where_the_file_should_be(self, folder: Path) -> None:
        (folder / "memoryos.db").mkdir(parents=True)
        with pytest.raises(StorageUnavailableError, match="a folder stands where"):
            SqlStore.open(folder)

    @pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs Linux's /proc")
    def test_a_folder_that_cannot_be_made(self) -> None:
        with pytest.raises(StorageUnavailableError, match="choose another data folder"):
            SqlStore.open(Path("/proc/self/memory"))

    @pytest.mark.parametrize("target", ["folder", "file"])
    def test_what_this_user_may_not_write(self, folder: Path, target: str) -> None:
        if os.geteuid() == 0:
            pytest.skip("root may write anywhere")
        SqlStore.open(folder).close()
        locked = folder if target == "folder" else folder / "memoryos.db"
        locked.chmod(0o500)
        try:
            with pytest.raises(StorageUnavailableError, match="choose another data folder"):
                SqlStore.open(folder)
        finally:
            folder.chmod(0o700)


class TestBrokenOff:
    def test_ctrl_c_amid_a_write_leaves_the_store_free_for_others(self, store: SqlStore) -> None:
        @event.listens_for(store._database.engine, "after_cursor_execute")
        def interrupt(*arguments: object) -> None:
            if "INSERT INTO pages" in str(arguments[2]):
                event.remove(store._database.engine, "after_cursor_execute", interrupt)
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt) as kept_alive:
            add(store, ALICE, "a", "b")
        assert store.revision(ALICE)[1] == 0
        assert add(store, ALICE, "c") == (1,)
        assert kept_alive.traceback

    @pytest.mark.parametrize("put_back", [False, True])
    def test_a_file_removed_while_open_takes_no_page_that_it_would_lose(
        self, store: SqlStore, folder: Path, put_back: bool
    ) -> None:
        add(store, ALICE, "a")
        (folder / "memoryos.db").unlink()
        if put_back:
            SqlStore.open(folder).close()
        with pytest.raises(StorageUnavailableError, match="removed or replaced"):
            add(store, ALICE, "b")


class TestDriverErrors:
    def test_the_database_of_another_program_is_left_as_it_is(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        other = sqlite3.connect(folder / "memoryos.db")
        other.execute("CREATE TABLE pages (url TEXT)")
        other.commit()
        other.close()
        before = (folder / "memoryos.db").read_bytes()
        with pytest.raises(CorruptStoreError, match="another program"):
            SqlStore.open(folder)
        assert (folder / "memoryos.db").read_bytes() == before

    def test_a_row_that_we_never_wrote_is_said_to_be_damage(
        self, store: SqlStore, folder: Path
    ) -> None:
        add(store, ALICE, "a")
        other = sqlite3.connect(folder / "memoryos.db")
        other.execute("UPDATE pages SET meta_data = '{bad'")
        other.commit()
        other.close()
        with pytest.raises(CorruptStoreError, match="restore a backup"):
            store.changes(ALICE, since=0)

    def test_a_full_disk_is_said_and_nothing_is_lost(self, folder: Path) -> None:
        """SQLite's own limit on pages gives the same error as a disk without room."""
        with SqlStore.open(folder) as store:
            add(store, ALICE, "a")

            @event.listens_for(store._database.engine, "begin")
            def limit(connection: object) -> None:
                connection.exec_driver_sql("PRAGMA max_page_count = 60")  # type: ignore[attr-defined]

            with pytest.raises(StorageUnavailableError, match="make room") as raised:
                add(store, ALICE, *["my PIN is 4711 " * 500] * 100)
            assert len(pages_of(store, ALICE)) == 1
        # What a log shows of the error has nothing of what was to be remembered.
        assert "4711" not in str(raised.value) + str(raised.value.__cause__)

    def test_a_database_that_turned_read_only_is_said(self, store: SqlStore) -> None:
        @event.listens_for(store._database.engine, "checkout")
        def forbid(connection: sqlite3.Connection, *_: object) -> None:
            connection.execute("PRAGMA query_only = ON")

        with pytest.raises(StorageUnavailableError, match="make it writable"):
            add(store, ALICE, "a")

    def test_a_lock_that_is_never_let_go_is_said(
        self, store: SqlStore, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite, "TURN_ATTEMPTS", 3)
        other = sqlite3.connect(folder / "memoryos.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageUnavailableError, match="close the program"):
            add(store, ALICE, "a")
        assert store.revision(ALICE)[1] == 0
        other.execute("ROLLBACK")
        other.close()
        assert add(store, ALICE, "a") == (1,)

    @pytest.mark.parametrize("content", [b"no database at all\n" * 400, b"short", os.urandom(9000)])
    def test_a_file_that_is_no_database_is_left_byte_for_byte(
        self, folder: Path, content: bytes
    ) -> None:
        folder.mkdir(parents=True)
        (folder / "memoryos.db").write_bytes(content)
        with pytest.raises(CorruptStoreError, match="left as it is"):
            SqlStore.open(folder)
        assert (folder / "memoryos.db").read_bytes() == content
        assert [file.name for file in folder.iterdir()] == ["memoryos.db"]

    @pytest.mark.parametrize("damage", ["cut", "overwritten"])
    def test_a_damaged_database_is_said_and_left_byte_for_byte(
        self, folder: Path, damage: str
    ) -> None:
        with SqlStore.open(folder) as store:
            add(store, ALICE, *["text " * 100] * 300)
        file = folder / "memoryos.db"
        whole = file.read_bytes()
        middle = len(whole) // 2
        broken = whole[:middle] if damage == "cut" else whole[:4096] + b"\xa5" * (len(whole) - 4096)
        file.write_bytes(broken)
        with (
            pytest.raises(CorruptStoreError, match="restore a backup"),
            SqlStore.open(folder) as store,
        ):
            store.changes(ALICE, since=0)
        assert file.read_bytes() == broken

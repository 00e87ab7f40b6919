"""SqlStore over PostgreSQL: the contract of every store, and what is the server's own."""

from __future__ import annotations

import logging
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from owner_keys import watched
from sqlalchemy import Connection, event

from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    LeaseLostError,
    NewerStoreError,
    StorageUnavailableError,
)
from memoryos.model import PageDraft
from memoryos.store import SqlStore
from memoryos.store.base import ModelCalls, NewPage, Update
from memoryos.store.schema import metadata
from memoryos.store.sql_store import open_database
from memoryos.testing.store_contract import (
    A_DIGEST,
    ALICE,
    BOB,
    NOON,
    StoreContract,
    a_segment,
    add,
    append,
    exported,
    lease,
    new_page,
    pages_of,
    remember,
    restore,
)

if TYPE_CHECKING:
    import psycopg
    from postgres_server import Server

T = TypeVar("T")
DAY = date(2026, 3, 2)


@pytest.fixture
def open_store(postgres_url: str) -> Iterator[Callable[..., SqlStore]]:
    """Opens the database again, as another process would."""
    opened: list[SqlStore] = []

    def open_(**options: Any) -> SqlStore:
        opened.append(SqlStore.open_url(postgres_url, **options))
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(postgres_url: str) -> Iterator[SqlStore]:
    """Leases run on the time that the tests tell. Each statement keeps to an owner: invariant 6."""
    database = open_database(postgres_url, server_time=False)
    database.prepare()
    with watched(database.engine) as watch, SqlStore(database) as store:
        yield store
    assert watch.astray == {}


@pytest.fixture
def session(postgres_server: Server, postgres_url: str) -> Iterator[psycopg.Connection[Any]]:
    """Another program's connection to the database."""
    with postgres_server.connect(postgres_url) as connection:
        yield connection


class TestPostgresStore(StoreContract):
    pass


def at_once(works: list[Callable[[], T]]) -> list[T]:
    """What they give, begun at the same moment, each in a thread of its own."""
    start = threading.Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(begin, works))


class TestManyWriters:
    """Where SQLite has one writer at a time, the owner's row keeps the many apart."""

    @pytest.fixture
    def stores(self, open_store: Callable[..., SqlStore]) -> list[SqlStore]:
        return [open_store(server_time=False) for _ in range(6)]

    def test_the_first_pages_of_an_owner_come_from_all_at_once(
        self, stores: list[SqlStore]
    ) -> None:
        """W3."""
        numbers = at_once([lambda s=s: [add(s, ALICE, "x")[0] for _ in range(5)] for s in stores])
        assert sorted(number for given in numbers for number in given) == list(range(1, 31))
        assert [page.number for page in pages_of(stores[0], ALICE)] == list(range(1, 31))

    def test_the_same_import_by_all_at_once_is_written_once(self, stores: list[SqlStore]) -> None:
        page = new_page("imported", source=A_DIGEST)
        assert at_once([lambda s=s: append(s, ALICE, [page]) for s in stores]) == [(1,)] * 6
        assert len(pages_of(stores[0], ALICE)) == 1

    def test_whoever_waited_sees_what_was_written_whatever_the_server_says(
        self, postgres_url: str
    ) -> None:
        options = "options=-cdefault_transaction_isolation%3Dserializable"
        database = open_database(f"{postgres_url}{'&' if '?' in postgres_url else '?'}{options}")
        with database.writing() as connection:
            level = connection.exec_driver_sql("SHOW transaction_isolation").scalar_one()
        database.close()
        assert level == "read committed"

    def test_one_of_many_restores_an_owner(self, stores: list[SqlStore]) -> None:
        remember(stores[0], BOB)
        state, *items = exported(stores[0], BOB)
        done = at_once([lambda s=s: restore(s, ALICE, state, items) for s in stores])
        assert sorted(done) == [False] * 5 + [True]
        assert exported(stores[0], ALICE)[1:] == items

    def test_no_two_reservations_take_what_is_left_for_one(self, stores: list[SqlStore]) -> None:
        """Of an owner who has no page yet, whose row nobody can take."""
        purposes = [f"purpose {number}" for number in range(6)]

        def reserve(store: SqlStore, purpose: str) -> bool:
            most = ModelCalls(DAY, purpose, "reserved", 1, 10, 10, 0)
            return store.reserve_model_calls(ALICE, most, daily_calls=3, daily_tokens=None)

        given = at_once(
            [lambda s=s, p=p: reserve(s, p) for s, p in zip(stores, purposes, strict=True)]
        )
        assert sum(given) == 3
        assert [calls.calls for calls in stores[0].model_calls(ALICE)] == [1, 1, 1]

    def test_a_commit_that_waited_for_another_sees_that_the_lease_is_gone(
        self, stores: list[SqlStore]
    ) -> None:
        add(stores[0], ALICE, "a")
        held = lease(stores[0], ALICE)
        update = Update(segments=(a_segment(),))

        def commit() -> bool:
            try:
                stores[1].commit(held, update)
            except LeaseLostError:
                return False
            return True

        with ThreadPoolExecutor(1) as thread, stores[0]._writing() as connection:
            connection.exec_driver_sql("UPDATE owners SET lease_token = lease_token + 1")
            waiting = thread.submit(commit)
            with stores[2]._asking() as watching:
                while not watching.exec_driver_sql(
                    "SELECT count(*) FROM pg_locks WHERE NOT granted"
                ).scalar_one():
                    pass
            connection.commit()
        assert waiting.result() is False
        assert stores[0].segments(ALICE) == ()

    def test_a_reader_sees_one_moment(
        self, stores: list[SqlStore], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from memoryos.store import reading

        add(stores[0], ALICE, "a")
        stored_pages = reading.stored_pages

        def late(rows: Any) -> Any:
            add(stores[1], ALICE, "b")
            return stored_pages(rows)

        monkeypatch.setattr(reading, "stored_pages", late)
        changes = stores[0].changes(ALICE, since=0)
        assert (changes.revision, len(changes.pages), len(changes.embeddings)) == (1, 1, 1)


class TestServerTime:
    """DESIGN §5: leases run on database time."""

    AHEAD = timedelta(hours=1)

    def test_a_worker_whose_clock_is_ahead_takes_no_lease_that_runs(
        self, open_store: Callable[..., SqlStore]
    ) -> None:
        store = open_store()
        add(store, ALICE, "a")
        now = datetime.now(timezone.utc)
        until = now + timedelta(minutes=1)
        taken = store.acquire(ALICE, holder="a", now=now, until=until)
        assert taken is not None
        # By the holder's own clock, by which it renews it.
        assert taken.until == until
        ahead = {"holder": "b", "now": now + self.AHEAD, "until": until + self.AHEAD}
        assert store.acquire(ALICE, **ahead) is None
        assert store.claim(**ahead) is None

    def test_a_lease_ends_by_the_clock_of_the_server(
        self, open_store: Callable[..., SqlStore], session: psycopg.Connection[Any]
    ) -> None:
        store = open_store()
        add(store, ALICE, "a")
        behind = datetime.now(timezone.utc) - self.AHEAD
        asked = {"now": behind, "until": behind + timedelta(minutes=1)}
        assert store.acquire(ALICE, holder="a", **asked) is not None
        assert store.acquire(ALICE, holder="b", **asked) is None
        session.execute("UPDATE owners SET lease_until = lease_until - 61000000")
        session.commit()
        assert store.acquire(ALICE, holder="b", **asked) is not None


class TestCutConnections:
    def cut(self, session: psycopg.Connection[Any]) -> None:
        """Cut every connection of the stores, and wait until they are gone."""
        session.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'memoryos' AND datname = current_database()"
        )
        session.commit()

    def test_connections_that_were_cut_while_idle_are_made_anew(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        add(store, ALICE, "a")
        self.cut(session)
        assert store.revision(ALICE)[1] == 1
        assert add(store, ALICE, "b") == (2,)

    def test_a_write_that_is_cut_is_said_to_have_failed_and_the_next_one_works(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        cut = self.cut

        @event.listens_for(store._database.engine, "after_cursor_execute", once=True)
        def cut_amid(*arguments: object) -> None:
            cut(session)

        with pytest.raises(StorageUnavailableError, match="may be there or not"):
            add(store, ALICE, "lost")
        assert add(store, ALICE, "a") == (1,)

    def test_a_connection_that_is_cut_as_soon_as_it_is_made_is_said(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        """In an error of ours, not of the pool's."""
        engine, cut = store._database.engine, self.cut
        cut(session)

        @event.listens_for(engine, "connect")
        def cut_again(*arguments: object) -> None:
            cut(session)

        with pytest.raises(StorageUnavailableError):
            store.revision(ALICE)
        event.remove(engine, "connect", cut_again)
        assert store.revision(ALICE)[1] == 0

    def test_a_write_of_which_others_cannot_be_told_is_acknowledged(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        """W1: it is on disk, and who is told otherwise writes it again."""
        cut = self.cut

        @event.listens_for(store._database.engine, "before_cursor_execute")
        def cut_before_it_is_told(*arguments: Any) -> None:
            if "pg_notify" in arguments[2]:
                cut(session)

        assert add(store, ALICE, "a") == (1,)
        assert add(store, ALICE, "b") == (2,)

    def test_a_server_that_is_not_there_is_said_without_the_password(self) -> None:
        url, words = "postgresql+psycopg://tom:hunter2@127.0.0.1:1/memory", "at 127.*: .*refused"
        with pytest.raises(StorageUnavailableError, match=words) as no:
            SqlStore.open_url(url)
        assert "hunter2" not in str(no.value) + repr(no.value.__cause__)

    def test_a_pool_that_is_used_up_is_said(
        self, open_store: Callable[..., SqlStore], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from memoryos.store import postgres

        monkeypatch.setattr(postgres, "POOL_TIMEOUT_SECONDS", 0.0)
        monkeypatch.setattr(postgres, "POOL_SIZE", 1)
        monkeypatch.setattr(postgres, "POOL_OVERFLOW", 0)
        store = open_store()
        with store._reading() as connection:
            connection.exec_driver_sql("SELECT 1")
            with pytest.raises(StorageUnavailableError, match="ask less at once"):
                store.revision(ALICE)
        assert store.revision(ALICE)[1] == 0

    def test_a_server_that_takes_no_writes_is_said(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        add(store, ALICE, "a")
        (name,) = session.execute("SELECT current_database()").fetchone() or ()
        session.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        session.commit()
        try:
            self.cut(session)
            with pytest.raises(StorageUnavailableError, match="the server that takes writes"):
                add(store, ALICE, "b")
        finally:
            session.execute("SET default_transaction_read_only = off")
            session.execute(f"ALTER DATABASE {name} RESET ALL")
            session.commit()

    def test_a_lock_that_is_never_let_go_is_said(
        self, store: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        add(store, ALICE, "a")
        session.execute("SELECT 1 FROM owners FOR UPDATE")

        @event.listens_for(store._database.engine, "begin")
        def lose_patience(connection: Connection) -> None:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '1ms'")

        with pytest.raises(StorageUnavailableError, match="nothing was written: try again"):
            add(store, ALICE, "b")
        session.rollback()
        assert add(store, ALICE, "c") == (2,)


class TestErasing:
    def vacuums(self, session: psycopg.Connection[Any], table: str) -> int:
        """How often the table was vacuumed; dead rows are counted later than they die."""
        session.execute("SELECT pg_stat_clear_snapshot()")
        (count,) = session.execute(
            "SELECT pg_stat_get_vacuum_count(%s::regclass)", [table]
        ).fetchone() or (None,)
        session.commit()
        return int(count or 0)

    @pytest.fixture
    def forgetting(self, store: SqlStore) -> SqlStore:
        append(store, ALICE, [new_page("kept"), new_page("my PIN is 4711", b"vectors of it")])
        return store

    def test_rows_are_vacuumed_away(
        self, forgetting: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        holding = ("pages", "embeddings")
        before = [self.vacuums(session, table) for table in holding]
        forgetting.remove_pages(ALICE, [2])
        assert forgetting.erase(patience_seconds=1)
        assert [self.vacuums(session, table) for table in holding] == [n + 1 for n in before]
        assert session.execute("SELECT * FROM erasures").fetchall() == []

    def test_a_snapshot_that_still_sees_the_rows_makes_it_pending_until_it_lets_go(
        self, forgetting: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        """M9."""
        session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        assert session.execute("SELECT count(*) FROM pages").fetchone() == (2,)
        forgetting.remove_pages(ALICE, [2])
        assert not forgetting.erase(patience_seconds=0)
        assert session.execute("SELECT count(*) FROM pages").fetchone() == (2,)
        session.rollback()
        assert forgetting.erase(patience_seconds=1)

    def test_a_transaction_that_began_to_write_before_makes_it_pending(
        self, forgetting: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        """Whoever looks now sees as far back as it."""
        session.execute("SELECT pg_current_xact_id()")
        forgetting.remove_pages(ALICE, [2])
        assert not forgetting.erase(patience_seconds=0)
        session.rollback()
        assert forgetting.erase(patience_seconds=1)

    def test_another_who_vacuums_makes_it_pending_and_is_not_waited_for(
        self, forgetting: SqlStore, session: psycopg.Connection[Any]
    ) -> None:
        forgetting.remove_pages(ALICE, [2])
        session.execute("LOCK TABLE pages IN SHARE UPDATE EXCLUSIVE MODE")
        assert not forgetting.erase(patience_seconds=0)
        with forgetting._asking() as connection:
            timeout = connection.exec_driver_sql("SHOW statement_timeout").scalar_one()
        assert timeout == "2min"
        session.rollback()
        assert forgetting.erase(patience_seconds=1)

    def test_a_process_that_dies_leaves_it_to_the_next(
        self, forgetting: SqlStore, open_store: Callable[..., SqlStore], session: Any
    ) -> None:
        before = self.vacuums(session, "pages")
        forgetting.remove_pages(ALICE, [2])
        assert session.execute("SELECT owner FROM erasures").fetchall() == [(ALICE.key,)]
        session.commit()
        assert open_store().erase(patience_seconds=1)
        assert self.vacuums(session, "pages") == before + 1

    def test_a_role_that_may_not_vacuum_makes_it_pending(
        self,
        forgetting: SqlStore,
        postgres_server: Server,
        postgres_url: str,
        session: psycopg.Connection[Any],
    ) -> None:
        with postgres_server.role(session) as user:
            session.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {user}")
            session.commit()
            url = postgres_server.url_of(user, postgres_url)
            with SqlStore.open_url(url, server_time=False) as guest:
                guest.remove_pages(ALICE, [2])
                assert not guest.erase(patience_seconds=0)
        assert forgetting.erase(patience_seconds=1)


class TestListening:
    @pytest.fixture
    def heard(self, store: SqlStore) -> Iterator[queue.Queue[str]]:
        heard: queue.Queue[str] = queue.Queue()
        listening = store.listen(heard.put)
        assert listening is not None
        assert heard.get(timeout=10) == ""
        yield heard
        listening.close()

    def test_what_another_process_changes_is_heard_by_owner(
        self, heard: queue.Queue[str], open_store: Callable[..., SqlStore]
    ) -> None:
        other = open_store(server_time=False)
        add(other, BOB, "a")
        assert heard.get(timeout=10) == BOB.key
        held = lease(other, BOB)
        other.commit(held, Update(segments=(a_segment(),)))
        assert heard.get(timeout=10) == BOB.key
        other.clear(held)
        assert heard.get(timeout=10) == BOB.key

    def test_a_listener_that_was_cut_listens_again_and_says_that_it_may_have_missed_some(
        self,
        heard: queue.Queue[str],
        store: SqlStore,
        session: psycopg.Connection[Any],
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        from memoryos.store import listening

        monkeypatch.setattr(listening, "FIRST_PAUSE_SECONDS", 0.01)
        TestCutConnections().cut(session)
        assert heard.get(timeout=10) == ""
        add(store, ALICE, "a")
        assert heard.get(timeout=10) == ALICE.key

    def test_closing_does_not_wait_for_a_server_that_does_not_answer(
        self, store: SqlStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And what is said once it does is not heard."""
        from memoryos.store import listening

        monkeypatch.setattr(listening, "CLOSING_SECONDS", 0.01)
        answers, connect = threading.Event(), store._database._connect  # type: ignore[attr-defined]
        heard: list[str] = []

        def connect_late() -> psycopg.Connection[Any]:
            answers.wait()
            return connect()

        late = listening.PostgresListening(connect_late, heard.append)
        late.close()
        assert late._thread.is_alive()
        answers.set()
        late._thread.join(10)
        assert not late._thread.is_alive()
        assert heard == []

    def test_its_thread_ends_when_it_is_closed(self, store: SqlStore) -> None:
        before = threading.active_count()
        listening = store.listen(lambda key: None)
        assert listening is not None
        listening.close()
        assert threading.active_count() == before

    def test_sqlite_cannot_tell(self, tmp_path: Path) -> None:
        with SqlStore.open(tmp_path) as store:
            assert store.listen(lambda key: None) is None


class TestPartitions(StoreContract):
    """Every statement of the contract on tables divided by hash of the owner."""

    @pytest.fixture(scope="class")
    @classmethod
    def divided(cls, postgres_server: Server) -> str:
        from memoryos.store.sql_store import open_database

        url = postgres_server.make()
        database = open_database(url)
        database.prepare()
        database.partition(3)
        database.close()
        return url

    @pytest.fixture
    def store(self, divided: str, postgres_server: Server) -> Iterator[SqlStore]:
        with SqlStore.open_url(divided, server_time=False) as opened:
            yield opened
        postgres_server.empty(divided)

    @pytest.fixture
    def session(self, divided: str, postgres_server: Server) -> Iterator[Any]:
        with postgres_server.connect(divided) as connection:
            yield connection

    def test_each_owner_is_in_one_of_them(self, store: SqlStore, session: Any) -> None:
        owners = [replace(ALICE, user_id=f"user {number}") for number in range(30)]
        for owner in owners:
            add(store, owner, "a", "b")
        held = session.execute(
            "SELECT owner, count(DISTINCT tableoid) FROM pages GROUP BY owner"
        ).fetchall()
        assert sorted(held) == sorted((owner.key, 1) for owner in owners)
        (used,) = session.execute("SELECT count(DISTINCT tableoid) FROM pages").fetchone()
        assert used == 3

    def test_a_question_about_an_owner_looks_into_one_of_them(
        self, store: SqlStore, session: Any
    ) -> None:
        plan = session.execute(
            "EXPLAIN SELECT * FROM pages WHERE owner = %s AND revision > 3", [ALICE.key]
        ).fetchall()
        assert sum("on pages_" in line for (line,) in plan) == 1

    def test_keys_and_indexes_are_those_of_the_schema(self, session: Any) -> None:
        for name, table in metadata.tables.items():
            indexes = session.execute(
                "SELECT indexname FROM pg_indexes WHERE tablename = %s", [name]
            ).fetchall()
            assert {index for (index,) in indexes} == {
                f"{name}_pkey",
                *(index.name for index in table.indexes),
            }

    def test_a_database_that_holds_memory_is_not_divided(self, store: SqlStore) -> None:
        add(store, ALICE, "a")
        with pytest.raises(InvalidArgumentError, match="only an empty database"):
            store._database.partition(2)
        assert len(pages_of(store, ALICE)) == 1


OPENERS = """
import os, sys
from memoryos.store import SqlStore
for _ in range(10):
    if not os.fork():
        SqlStore.open_url(sys.argv[1]).close()
        os._exit(0)
sys.exit(any(os.wait()[1] for _ in range(10)))
"""


class TestOpening:
    @pytest.fixture
    def empty(self, postgres_server: Server) -> str:
        """The URL of a database in which there is nothing."""
        return postgres_server.make()

    def test_ten_processes_that_open_an_empty_database_at_once_migrate_once(
        self, empty: str
    ) -> None:
        subprocess.run([sys.executable, "-c", OPENERS, empty], check=True)
        with SqlStore.open_url(empty) as store:
            assert add(store, ALICE, "a") == (1,)

    def test_a_database_of_a_later_release_is_refused(
        self, store: SqlStore, open_store: Callable[..., SqlStore], session: Any
    ) -> None:
        session.execute("UPDATE alembic_version SET version_num = '9999'")
        session.commit()
        try:
            with pytest.raises(NewerStoreError, match="upgrade memoryos-engine"):
                open_store()
        finally:
            from memoryos.store.migrations import HEAD

            session.execute("UPDATE alembic_version SET version_num = %s", [HEAD])
            session.commit()

    def test_tables_of_another_program_are_left_as_they_are(
        self, empty: str, postgres_server: Server
    ) -> None:
        with postgres_server.connect(empty) as session:
            session.execute("CREATE TABLE pages (url text)")
            session.commit()
            with pytest.raises(CorruptStoreError, match="another database or schema"):
                SqlStore.open_url(empty)
            # In a schema of its own memory can stand beside them.
            session.execute("CREATE SCHEMA memory")
            session.commit()
            beside = f"{empty}&options=-csearch_path%3Dmemory"
            with SqlStore.open_url(beside) as store:
                assert add(store, ALICE, "a") == (1,)
            assert session.execute("SELECT count(*) FROM public.pages").fetchone() == (0,)

    def test_a_role_without_the_right_to_migrate_is_told_what_to_run(
        self, empty: str, postgres_server: Server
    ) -> None:
        with (
            postgres_server.connect(empty) as session,
            postgres_server.role(session) as user,
            pytest.raises(StorageUnavailableError, match="memoryos migrate"),
        ):
            SqlStore.open_url(postgres_server.url_of(user, empty))

    def test_a_database_that_is_not_there_is_said(self, postgres_url: str) -> None:
        import re

        with pytest.raises(StorageUnavailableError, match="CREATE DATABASE"):
            SqlStore.open_url(re.sub(r"/memoryos_\w+", "/nowhere", postgres_url))

    def test_a_database_that_cannot_hold_every_text_is_refused(
        self, postgres_server: Server
    ) -> None:
        with pytest.raises(StorageUnavailableError, match="ENCODING 'UTF8'"):
            SqlStore.open_url(postgres_server.make(encoding="SQL_ASCII"))

    def test_a_server_that_may_lose_what_it_acknowledged_is_told_of(
        self, postgres_url: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.WARNING, logger="memoryos.store.postgres"):
            SqlStore.open_url(f"{postgres_url}&options=-csynchronous_commit%3Doff").close()
        assert "synchronous_commit is off: pages that were acknowledged may be lost" in caplog.text

    def test_without_the_package_the_extra_is_named(self, postgres_url: str) -> None:
        script = (
            "import sys; sys.modules['psycopg'] = None\n"
            "from memoryos.store import SqlStore; from memoryos.errors import MissingExtraError\n"
            "try: SqlStore.open_url(sys.argv[1])\n"
            "except MissingExtraError as error: print(error)"
        )
        done = subprocess.run(
            [sys.executable, "-c", script, postgres_url], capture_output=True, text=True, check=True
        )
        assert "pip install 'memoryos-engine[postgres]'" in done.stdout


def test_text_that_postgres_cannot_store_is_refused_as_an_argument(store: SqlStore) -> None:
    """W11; what comes in through the library is refused before, on either database."""
    for text, words in (("a\0b", "NUL"), ("\ud800", "surrogate")):
        page = NewPage(PageDraft(text, "", NOON), b"", None)
        with pytest.raises(InvalidArgumentError, match=words):
            append(store, ALICE, [page])


def test_a_page_comes_back_byte_for_byte(store: SqlStore) -> None:
    """W1, of what a server may take for its own: its escapes, its marks, characters of 4 bytes."""
    text = "'; DROP TABLE pages; -- \\x41 \\ %s %% :key $1 E'\\n' 数据 😀 \x01\x7f\u2028 e\u0301"
    append(store, ALICE, [new_page(text, bytes(range(256)), meta_data={text: [text, None, 1.5]})])
    changes = store.changes(ALICE, since=0)
    assert (changes.pages[0].page.user_input, changes.pages[0].page.meta_data) == (
        text,
        {text: [text, None, 1.5]},
    )
    assert changes.embeddings[0].vectors == bytes(range(256))

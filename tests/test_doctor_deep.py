"""`memoryos doctor --deep`: silent about a sound store, and naming each kind of damage."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import command_line
import numpy as np
import pytest
from builders import NOON
from sqlalchemy import create_engine, text

from memoryos import MemoryConfig, MemoryEngine
from memoryos.analysts.rules import RulesAnalyst
from memoryos.errors import StorageUnavailableError
from memoryos.inspection import Progress, inspect
from memoryos.model import Kind, Owner
from memoryos.store import SqlStore
from memoryos.store.base import CALLER, Use
from memoryos.store.inspecting import Breach, Finding
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder

TOM = Owner("tom", "default_assistant_profile")
NOBODY = "0" * 20
SAYINGS = [
    "I live in Madrid. I work as a nurse.",
    "We paddled the kayak down the river.",
    "My sourdough bread rose in the oven.",
    "I lost the chess endgame with a rook.",
    "The greyhound ate my sourdough bread.",
    "I moved to Berlin.",
    "The choir sings on Thursday.",
    "Our tent leaked all night.",
    "I adopted a greyhound called Pixel.",
    "The museum was closed.",
]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'memory' / 'memoryos.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def open_engine(clock: FixedClock) -> Iterator[Callable[[str], MemoryEngine]]:
    opened: list[MemoryEngine] = []

    def open_(url: str) -> MemoryEngine:
        engine = MemoryEngine(
            store=SqlStore.open_url(url),
            embedder=LetterEmbedder(),
            rules=RulesAnalyst(),
            config=MemoryConfig(short_term_capacity=3),
            clock=clock,
            background=False,
        )
        opened.append(engine)
        return engine

    yield open_
    for engine in opened:
        engine.close()


@pytest.fixture
def engine(open_engine: Callable[[str], MemoryEngine], database_url: str) -> MemoryEngine:
    """A store in which tom has pages, segments, facts, a superseded one, a tombstone and uses."""
    engine = open_engine(database_url)
    for day, saying in enumerate(SAYINGS):
        engine.add_memory("tom", saying, "I see.", NOON - timedelta(days=20 - day))
        engine.flush("tom")
    engine.forget("tom", page="page-4")
    engine.retrieve_memory("tom", "Where do I live? The greyhound and the bread")
    engine.flush("tom")
    return engine


def findings(engine: MemoryEngine) -> list[Finding]:
    return list(inspect(engine.store, clock=engine.clock))  # type: ignore[arg-type]


def damage(url: str, *statements: str, **values: Any) -> None:
    """Change the rows behind the store's back; `:key` is tom's."""
    database = create_engine(url)
    with database.begin() as connection:
        for statement in statements:
            done = connection.execute(text(statement), {"key": TOM.key, **values})
            assert done.rowcount > 0, f"{statement} damages nothing"
    database.dispose()


def test_a_store_that_was_lived_in_is_sound(engine: MemoryEngine, clock: FixedClock) -> None:
    """Invariants 1, 2, 6, 7, 9: after adding, filing, superseding, forgetting, correcting, a
    reply, a change of the embedder and the forgetting of a whole memory."""
    (job,) = [fact for fact in engine.profile("tom").attributes if fact.attribute == "job"]
    engine.correct("tom", job.id, "I work as a pilot.")
    engine.get_response("tom", "What is the greyhound called?")
    engine.add_memory("ann", "I like tea.", "Noted.")
    engine.flush("ann")
    engine.forget("ann", everything=True)
    engine.add_memory("tim", "", "Only the agent speaks here.")
    assert findings(engine) == []
    engine.store.set_embedding_model(TOM, "another", due_at=clock())
    assert findings(engine) == []
    engine.flush("tom")
    engine.refile("tom")
    assert findings(engine) == []


def test_a_memory_that_was_imported_is_sound(engine: MemoryEngine, tmp_path: Path) -> None:
    engine.export_memory(tmp_path / "tom.jsonl", user_id="tom")
    engine.import_memory(tmp_path / "tom.jsonl", user_id="tim")
    assert findings(engine) == []


KILLED = """
import sys
from memoryos import Memoryos
memory = Memoryos("tom", data_storage_path=sys.argv[1], background=True)
for n in range(100_000):
    print(memory.add_memory(f"Kayak tour {n} of Anna. I live in Rome.", "Nice."), flush=True)
"""


def test_a_store_whose_writer_was_killed_is_sound(tmp_path: Path) -> None:
    """Invariant 1."""
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, tmp_path], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(40)]
    process.send_signal(signal.SIGKILL)
    acknowledged += process.stdout.readlines()
    process.communicate()
    seen: list[Progress] = []
    with SqlStore.open(tmp_path) as store:
        assert list(inspect(store, told=seen.append)) == []
    assert seen[-1].pages >= len(acknowledged)


DAMAGE = {
    Breach.PAGE_COUNT: ("UPDATE owners SET page_count = page_count + 1 WHERE owner = :key", ()),
    Breach.NUMBER_AHEAD: (
        "UPDATE owners SET next_page = 10 WHERE owner = :key",
        ("page-10",),
    ),
    Breach.REVISION_AHEAD: (
        "UPDATE pages SET revision = 9999 WHERE owner = :key AND number = 2",
        ("page-2",),
    ),
    Breach.HALF_FILED: (
        "UPDATE pages SET chain = NULL WHERE owner = :key AND number = 2",
        ("page-2",),
    ),
    Breach.LOST_SEGMENT: (
        "DELETE FROM segments WHERE owner = :key AND number = 1",
        ("page-1", "page-2", "page-3", "page-5", "page-6"),
    ),
    Breach.SEGMENT_COUNT: (
        "UPDATE segments SET page_count = 77 WHERE owner = :key AND number = 1",
        ("segment-1",),
    ),
    Breach.EMPTY_SEGMENT: (
        (
            "INSERT INTO segments (owner, number, summary, keywords, started_at, ended_at,"
            " visited_at, page_count, interaction_length, visit_count, revision)"
            " SELECT owner, 0, '', '[]', 0, 0, 0, 0, 0, 0, 1 FROM owners WHERE owner = :key"
        ),
        ("segment-0",),
    ),
    Breach.LOST_EMBEDDING: (
        "UPDATE embeddings SET number = 4 WHERE owner = :key AND kind = 'page' AND number = 2",
        ("page-4",),
    ),
    Breach.LOST_EVIDENCE: (
        (
            "INSERT INTO evidence (owner, kind, number, position, page, quote, revision)"
            " SELECT owner, 'trait', 1, 0, 1, '', 1 FROM owners WHERE owner = :key"
        ),
        ("trait-1",),
    ),
    Breach.LOST_USE: (
        (
            "INSERT INTO ledger (owner, kind, number, page, count, used_at)"
            " SELECT owner, 'page', 1, 4, 1, 0 FROM owners WHERE owner = :key"
        ),
        ("page-1",),
    ),
    Breach.LOST_SOURCE: (
        (
            "INSERT INTO sources (owner, digest, page)"
            " SELECT owner, 'digest', 4 FROM owners WHERE owner = :key"
        ),
        ("page-4",),
    ),
    Breach.UNSUPPORTED: (
        "DELETE FROM evidence WHERE owner = :key AND kind = 'fact' AND number = 1",
        ("fact-1",),
    ),
    Breach.LOST_PAGE: (
        "UPDATE evidence SET page = 4 WHERE owner = :key AND kind = 'fact' AND number = 1",
        ("fact-1",),
    ),
    Breach.LOST_SUCCESSOR: (
        "UPDATE facts SET superseded_by = 77 WHERE owner = :key AND superseded_by IS NOT NULL",
        ("fact-1",),
    ),
    Breach.LIVING_TOMBSTONE: (
        "UPDATE tombstones SET number = 3 WHERE owner = :key AND kind = 'page'",
        ("page-3",),
    ),
    Breach.TERMS: (
        "UPDATE pages SET user_input = 'Other words.' WHERE owner = :key AND number = 2",
        ("page-2",),
    ),
    Breach.UNREADABLE: ("UPDATE pages SET origin = 'nowhere' WHERE owner = :key", ()),
    Breach.DRIFT: (
        "UPDATE evidence SET revision = 1 WHERE owner = :key AND kind = 'fact'",
        (),
    ),
}
"""Breach -> a statement that does it to tom's rows, and what is named."""


@pytest.mark.parametrize("breach", DAMAGE, ids=lambda breach: breach.name.lower())
def test_damage_is_named_by_its_kind_and_number(
    engine: MemoryEngine, database_url: str, breach: Breach
) -> None:
    statement, examples = DAMAGE[breach]
    damage(database_url, statement)
    found, *others = findings(engine)
    assert (found.breach, found.key, found.examples) == (breach, TOM.key, examples)
    # A follower believes the tombstone.
    assert bool(others) == (breach is Breach.LIVING_TOMBSTONE)


@pytest.mark.parametrize(
    "vectors",
    [
        np.full(26, np.nan, np.float32),
        np.full(26, 1, np.float32),
        np.eye(1, 25, dtype=np.float32),
        np.eye(3, 26, dtype=np.float32),
    ],
    ids=["nan", "not unit", "short", "one too many"],
)
def test_bad_vectors_are_named(
    engine: MemoryEngine, database_url: str, vectors: np.ndarray
) -> None:
    damage(
        database_url,
        "UPDATE embeddings SET vectors = :vectors"
        " WHERE owner = :key AND kind = 'page' AND number = 2",
        vectors=vectors.tobytes(),
    )
    assert findings(engine) == [Finding(Breach.VECTORS, TOM.key, 1, ("page-2",))]


def test_rows_of_nobody_are_named(engine: MemoryEngine, database_url: str) -> None:
    """Invariant 6: neither an owner who is not there nor one who was cleared has rows."""
    damage(
        database_url,
        "UPDATE pages SET owner = :nobody WHERE owner = :key AND number = 10",
        "DELETE FROM embeddings WHERE owner = :key AND kind = 'page' AND number = 10",
        "UPDATE owners SET page_count = page_count - 1 WHERE owner = :key",
        nobody=NOBODY,
    )
    assert findings(engine) == [Finding(Breach.NOBODYS, NOBODY, 1, ("pages",))]
    damage(database_url, "UPDATE owners SET user_id = '', assistant_id = '' WHERE owner = :key")
    (of_tom,) = [finding for finding in findings(engine) if finding.key == TOM.key]
    assert (of_tom.breach, of_tom.examples[:2]) == (Breach.NOBODYS, ("embeddings", "evidence"))


def test_rows_under_a_key_of_another_are_named(engine: MemoryEngine, database_url: str) -> None:
    """Invariant 6."""
    damage(database_url, "UPDATE owners SET user_id = 'ann' WHERE owner = :key")
    assert findings(engine) == [Finding(Breach.WRONG_KEY, TOM.key)]


def test_a_page_that_its_own_words_do_not_find_is_named(
    engine: MemoryEngine, database_url: str
) -> None:
    """Invariant 2: here pages that say its words again and again were given its vector, too."""
    for number in range(13):
        words = "Paddled, paddled, kayak, kayak, kayak, river, river, river."
        engine.add_memory("tom", f"{words} {number}", "I see.")
    damage(
        database_url,
        "UPDATE embeddings SET vectors = (SELECT vectors FROM embeddings AS own"
        " WHERE own.owner = :key AND own.kind = 'page' AND own.number = 2)"
        " WHERE owner = :key AND kind = 'page' AND number > 10",
    )
    found = findings(engine)
    assert [finding.breach for finding in found] == [Breach.NOT_FOUND]
    assert "page-2" in found[0].examples


def test_a_use_noted_after_its_page_was_forgotten_is_no_damage(
    engine: MemoryEngine, clock: FixedClock
) -> None:
    engine.store.record_uses(TOM, [Use(Kind.PAGE, 4, CALLER, 1, clock())])
    assert findings(engine) == []


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    """SQLite's own check: an index that lacks a row."""
    with SqlStore.open(tmp_path):
        pass
    damage(
        f"sqlite:///{tmp_path / 'memoryos.db'}",
        "INSERT INTO sources (owner, digest, page) VALUES (:key, 'digest', 0)",
    )
    database = create_engine(f"sqlite:///{tmp_path / 'memoryos.db'}")
    with database.begin() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql("DELETE FROM sqlite_master WHERE name = 'sources_page'")
    with database.begin() as connection:
        connection.exec_driver_sql("DELETE FROM sources")
    database.dispose()
    with SqlStore.open(tmp_path) as store:
        (found,) = inspect(store)
    assert (found.breach, found.key) == (Breach.FILE, "")


def test_the_command_tells_what_it_found_and_leaves_with_1(tmp_path: Path) -> None:
    env = command_line.environment(tmp_path)
    command_line.run("add", "I like tea.", env=env)
    sound = command_line.run("doctor", "--deep", env=env)
    assert (sound.returncode, sound.stderr) == (0, "")
    assert sound.stdout.startswith("1 page of 1 owner in ")
    damage(f"sqlite:///{tmp_path / 'memoryos.db'}", "UPDATE pages SET terms = x'00'")
    damaged = command_line.run("doctor", "--deep", "--json", env=env)
    document = json.loads(damaged.stdout)
    assert damaged.returncode == 1
    assert (document["passed"], document["owners"], document["pages"]) == (False, 1, 1)
    assert [finding["breach"] for finding in document["findings"]] == [Breach.TERMS.value]
    assert "tea" not in damaged.stdout


def test_the_health_check_writes_and_reads_and_leaves_nothing(engine: MemoryEngine) -> None:
    before = [list(engine.store.export(TOM)), engine.store.revision(TOM), engine.store.owners()]
    engine.store.check()
    after = [list(engine.store.export(TOM)), engine.store.revision(TOM), engine.store.owners()]
    assert after == before
    assert findings(engine) == []


def test_the_health_check_tells_a_store_that_cannot_be_written(tmp_path: Path) -> None:
    with SqlStore.open(tmp_path) as store:
        (tmp_path / "memoryos.db").rename(tmp_path / "elsewhere.db")
        with pytest.raises(StorageUnavailableError):
            store.check()


def test_the_health_check_leaves_what_waits_to_be_erased_to_others(tmp_path: Path) -> None:
    """To rewrite a large database takes longer than a container waits for it."""
    with SqlStore.open(tmp_path) as store:
        store.check()
    database = sqlite3.connect(tmp_path / "memoryos.db")
    with closing(database):
        database.execute("PRAGMA user_version = 7")
        env = command_line.environment(tmp_path)
        assert command_line.run("doctor", "--quick", env=env).returncode == 0
        assert database.execute("PRAGMA user_version").fetchone() == (7,)


def test_the_health_check_is_a_command(tmp_path: Path) -> None:
    env = command_line.environment(tmp_path)
    sound = command_line.run("doctor", "--quick", "--json", env=env)
    assert (sound.returncode, json.loads(sound.stdout)["passed"]) == (0, True)
    (tmp_path / "memoryos.db").write_bytes(b"no database at all " * 100)
    assert command_line.run("doctor", "--quick", env=env).returncode == 1

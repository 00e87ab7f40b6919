"""`memoryos copy`: every memory of one database into another, on real SQLite and PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from sqlalchemy import select, text
from typer.testing import CliRunner

from memoryos.analysts.rules import RulesAnalyst
from memoryos.cli import app
from memoryos.config import DEFAULT_ASSISTANT_ID, MemoryConfig
from memoryos.engine import MemoryEngine
from memoryos.errors import InvalidArgumentError, StorageUnavailableError
from memoryos.model import Owner
from memoryos.store import SqlStore
from memoryos.store.base import RESERVED, ModelCalls
from memoryos.store.copying import LEASED, TABLES, Fate, Outcome, Refusal, copy_owner, read_keys
from memoryos.store.database import Database
from memoryos.store.sql_store import open_database
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder
from memoryos.testing.store_contract import remember
from memoryos.transfer.copying import Copy, Progress, copy_memory

Opening = Callable[[str], Database]

CITIES = ("Rome", "Oslo", "Lima", "Kyoto", "Quito", "Delhi", "Cairo", "Bergen", "Turin", "Graz")
CALLS = ModelCalls(date(2026, 1, 1), "reply", "ok", 1, 200, 30, 900)
EVERYBODY = ("ann", "bob", "tom")
IN_ORDER = sorted(EVERYBODY, key=lambda name: Owner(name, DEFAULT_ASSISTANT_ID).key)
"""As a copy goes from one to the next."""


def owner_of(name: str) -> Owner:
    return Owner(name, DEFAULT_ASSISTANT_ID)


@pytest.fixture
def open_() -> Iterator[Opening]:
    """Opens a database by its URL, prepared."""
    opened: list[Database] = []

    def open_one(url: str) -> Database:
        opened.append(open_database(url, server_time=False))
        opened[-1].prepare()
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


@pytest.fixture
def here(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'here.db'}"


@pytest.fixture
def there(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'there.db'}"


@pytest.fixture(params=["sqlite to postgres", "postgres to sqlite", "sqlite to sqlite"])
def pair(request: pytest.FixtureRequest, here: str, there: str) -> tuple[str, str]:
    """A database to copy from, and one to copy to."""
    if request.param == "sqlite to sqlite":
        return here, there
    server = request.getfixturevalue("postgres_url")
    return (here, server) if request.param == "sqlite to postgres" else (server, here)


@pytest.fixture
def engine_of(clock: FixedClock, open_: Opening) -> Callable[[str], MemoryEngine]:
    def engine(url: str) -> MemoryEngine:
        config = MemoryConfig()
        return MemoryEngine(
            store=SqlStore(open_(url)),
            embedder=LetterEmbedder(),
            rules=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
            config=config,
            clock=clock,
            background=False,
        )

    return engine


Engines = Callable[[str], MemoryEngine]


def live(engine: MemoryEngine, clock: FixedClock, *names: str, days: int = 12) -> None:
    """Talk, file, recall, pay for a reply, and forget a page."""
    for name in names:
        for day in range(days):
            clock.advance(hours=9)
            city = CITIES[day % len(CITIES)]
            engine.add_memory(name, f"I went to {city}, on day {day}.", f"How was {city}, {name}?")
        engine.add_memory(name, "I work as a nurse.", "I see.")
        engine.flush(name)
        engine.retrieve_memory(name, "Where do I work?")
        engine.store.record_model_calls(owner_of(name), [CALLS])
        engine.forget(name, page="page-3")


def rows(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every memory, but for leases."""
    with database.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple(row)
                    for row in connection.execute(
                        select(*(column for column in table.c if column.name not in LEASED))
                    )
                ),
                key=repr,
            )
            for table in TABLES
        }


def run(database: Database, statement: str, **values: Any) -> None:
    with database.writing() as connection:
        connection.execute(text(statement), values)


def copied(source: str, target: str, open_: Opening) -> list[Outcome]:
    """What became of each owner, where rows hold stand-ins for terms and nothing is recalled."""
    origin, destination = open_(source), open_(target)
    return [copy_owner(origin, destination, key) for key in read_keys(origin)]


def fates(copy: Copy) -> dict[str, int]:
    return {fate.value: count for fate, count in copy.owners.items()}


def recalled(engine: MemoryEngine, name: str, query: str) -> list[tuple[str, float]]:
    return [
        (page.id, round(page.score, 5)) for page in engine.retrieve_memory(name, query).by_rank()
    ]


def test_every_row_comes_over_as_it_is_and_the_source_stays_as_it_was(
    pair: tuple[str, str], engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    source, target = pair
    writer = engine_of(source)
    live(writer, clock, "tom")
    remember(writer.store, owner_of("ann"))
    origin, destination = open_(source), open_(target)
    before = rows(origin)
    assert all(before.values())
    assert {(one.owner, one.fate, one.pages) for one in copied(source, target, open_)} == {
        (owner_of("ann"), Fate.COPIED, 2),
        (owner_of("tom"), Fate.COPIED, 12),
    }
    assert rows(destination) == before == rows(origin)


def test_both_recall_the_same_by_the_same_scores(
    pair: tuple[str, str], engine_of: Engines, clock: FixedClock
) -> None:
    """The copy's own probes, over 100, and the public face of both (invariant 7)."""
    source, target = pair
    live(engine_of(source), clock, *EVERYBODY, days=40)
    copy = copy_memory(source, target, clock=clock)
    assert (copy.probes, copy.differing) == (102, [])
    mine, its = engine_of(source), engine_of(target)
    for name in EVERYBODY:
        for city in CITIES:
            found = recalled(mine, name, f"When was I in {city}?")
            assert found
            assert recalled(its, name, f"When was I in {city}?") == found
        assert [f.fact for f in its.retrieve_memory(name, "my job").user_knowledge] == [
            f.fact for f in mine.retrieve_memory(name, "my job").user_knowledge
        ]


def test_a_copy_that_broke_off_goes_on_where_it_was(
    here: str, there: str, engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    live(engine_of(here), clock, *EVERYBODY)
    target = open_(there)
    second = owner_of(IN_ORDER[1]).key
    run(
        target,
        "CREATE TRIGGER full BEFORE INSERT ON evidence WHEN NEW.owner = '" + second + "'"
        " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END",
    )
    with pytest.raises(StorageUnavailableError, match="disk is full"):
        copy_memory(here, there, clock=clock)
    written = rows(target)
    assert {row[0] for table in written.values() for row in table} == {owner_of(IN_ORDER[0]).key}
    run(target, "DROP TRIGGER full")
    assert fates(copy_memory(here, there, clock=clock)) == {
        Fate.THERE.value: 1,
        Fate.COPIED.value: 2,
    }
    assert rows(target) == rows(open_(here))


def test_what_reads_otherwise_than_it_was_written_is_not_kept(
    here: str, there: str, engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    live(engine_of(here), clock, "tom")
    run(
        open_(there),
        "CREATE TRIGGER other AFTER INSERT ON facts"
        " BEGIN UPDATE facts SET value = 'other' WHERE number = NEW.number; END",
    )
    with pytest.raises(StorageUnavailableError, match="do not read as they were written"):
        copy_memory(here, there, clock=clock)
    assert not any(rows(open_(there)).values())


def test_what_has_changed_since_is_copied_anew_and_whoever_follows_sees_it(
    pair: tuple[str, str], engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    source, target = pair
    writer = engine_of(source)
    live(writer, clock, *EVERYBODY)
    copy_memory(source, target, clock=clock)
    follower = engine_of(target)
    assert recalled(follower, "tom", "Oslo")
    writer.add_memory("tom", "I moved to Zanzibar.", "Tell me more.")
    writer.forget("tom", text="Oslo")
    writer.flush("tom")
    copy = copy_memory(source, target, clock=clock)
    assert fates(copy) == {Fate.THERE.value: 2, Fate.RENEWED.value: 1}
    assert copy.erased
    assert rows(open_(target)) == rows(open_(source))
    assert not any(
        "Oslo" in page.user_input for page in follower.retrieve_memory("tom", "Oslo").pages
    )
    assert "Zanzibar" in follower.retrieve_memory("tom", "Zanzibar").by_rank()[0].user_input


def test_whoever_follows_a_copy_that_was_worked_on_sees_what_replaces_it(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    """Both have used the same revisions, for other things."""
    writer = engine_of(here)
    live(writer, clock, "tom")
    for city in CITIES:
        writer.add_memory("tom", f"I shall see {city} again.", "When?")
    copy_memory(here, there, clock=clock)
    follower = engine_of(there)
    follower.flush("tom")
    follower.retrieve_memory("tom", "Rome")
    _, revision = follower.store.revision(owner_of("tom"))
    writer.add_memory("tom", "I moved to Zanzibar.", "Tell me more.")
    while writer.store.revision(owner_of("tom"))[1] <= revision:
        writer.add_memory("tom", "I like jazz.", "Good.")
    assert fates(copy_memory(here, there, clock=clock)) == {Fate.RENEWED.value: 1}
    assert "Zanzibar" in follower.retrieve_memory("tom", "Zanzibar").by_rank()[0].user_input


def test_heat_alone_is_brought_over_too(
    here: str, there: str, engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    """It bumps no revision."""
    writer = engine_of(here)
    live(writer, clock, "tom")
    copy_memory(here, there, clock=clock)
    clock.advance(hours=1)
    writer.retrieve_memory("tom", "Rome")
    writer.close()
    copy = copy_memory(here, there, clock=clock)
    assert fates(copy) == {Fate.RENEWED.value: 1}
    assert rows(open_(there)) == rows(open_(here))


def test_a_model_call_that_was_under_way_is_no_obstacle(
    here: str, there: str, engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    store = engine_of(here).store
    most = replace(CALLS, outcome=RESERVED)
    remember(store, owner_of("tom"))
    assert store.reserve_model_calls(owner_of("tom"), most, daily_calls=None, daily_tokens=None)
    copied(here, there, open_)
    store.settle_model_calls(owner_of("tom"), most, [CALLS])
    assert [one.fate for one in copied(here, there, open_)] == [Fate.RENEWED]
    assert rows(open_(there)) == rows(open_(here))


def test_another_memory_of_the_same_name_is_left_as_it_was(
    pair: tuple[str, str], engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    source, target = pair
    live(engine_of(target), clock, "tom", days=3)
    before = rows(open_(target))
    live(engine_of(source), clock, *EVERYBODY)
    copy = copy_memory(source, target, clock=clock)
    assert fates(copy) == {Fate.REFUSED.value: 1, Fate.COPIED.value: 2}
    assert [(one.owner, one.why) for one in copy.refused] == [
        (owner_of("tom"), Refusal.HOLDS_MORE.value)
    ]
    key = owner_of("tom").key
    after = rows(open_(target))
    assert {name: [row for row in of if row[0] == key] for name, of in after.items()} == before


def goes_on(engine: MemoryEngine) -> None:
    engine.add_memory("tom", "I moved to Zanzibar.", "Tell me more.")


def is_filed(engine: MemoryEngine) -> None:
    engine.flush("tom")


def forgets_a_page(engine: MemoryEngine) -> None:
    engine.forget("tom", page="page-5")


def pays(engine: MemoryEngine) -> None:
    engine.store.record_model_calls(owner_of("tom"), [CALLS])


def forgets_all(engine: MemoryEngine) -> None:
    engine.forget("tom", everything=True)


@pytest.mark.parametrize("happens", [goes_on, is_filed, forgets_a_page, pays, forgets_all])
def test_what_happened_in_the_target_is_not_undone(
    happens: Callable[[MemoryEngine], None],
    here: str,
    there: str,
    engine_of: Engines,
    open_: Opening,
    clock: FixedClock,
) -> None:
    writer = engine_of(here)
    live(writer, clock, "tom")
    for city in CITIES:
        writer.add_memory("tom", f"I shall see {city} again.", "When?")
    copy_memory(here, there, clock=clock)
    happens(engine_of(there))
    before = rows(open_(there))
    if happens is not is_filed:
        # Whatever the source does meanwhile.
        for _ in range(3):
            writer.add_memory("tom", "I like jazz.", "Good.")
    copy = copy_memory(here, there, clock=clock)
    assert fates(copy) == {Fate.REFUSED.value: 1}
    assert rows(open_(there)) == before


def test_who_was_forgotten_in_the_source_is_named_until_forgotten_in_the_target(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    writer, other = engine_of(here), engine_of(there)
    live(writer, clock, "tom")
    copy_memory(here, there, clock=clock)
    writer.forget("tom", everything=True)
    assert copy_memory(here, there, clock=clock).refused[0].why == Refusal.FORGOTTEN_HERE.value
    other.forget("tom", everything=True)
    assert fates(copy_memory(here, there, clock=clock)) == {Fate.THERE.value: 1}


def test_a_lease_stays_behind(here: str, there: str, engine_of: Engines, clock: FixedClock) -> None:
    writer = engine_of(here)
    live(writer, clock, "tom")
    until = clock() + timedelta(hours=1)
    assert writer.store.acquire(owner_of("tom"), holder="here", now=clock(), until=until)
    copy_memory(here, there, clock=clock)
    store = engine_of(there).store
    assert store.acquire(owner_of("tom"), holder="there", now=clock(), until=until)


def test_accounts_without_a_memory_come_over(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    engine_of(here).store.record_model_calls(owner_of("tom"), [CALLS])
    copy_memory(here, there, clock=clock)
    assert engine_of(there).store.model_calls(owner_of("tom")) == (CALLS,)


@pytest.mark.parametrize(
    ("values", "text", "why"),
    [
        ("pages SET agent_response", "a\0b", "NUL"),
        ("facts SET language", "English, as a memory file has it", "too long"),
    ],
)
def test_text_that_the_target_cannot_hold_is_named_and_the_others_come_over(
    here: str,
    postgres_url: str,
    engine_of: Engines,
    open_: Opening,
    clock: FixedClock,
    values: str,
    text: str,
    why: str,
) -> None:
    live(engine_of(here), clock, *EVERYBODY)
    run(
        open_(here),
        f"UPDATE {values} = :text WHERE owner = :key AND number = 1",
        text=text,
        key=owner_of("tom").key,
    )
    copy = copy_memory(here, postgres_url, clock=clock)
    assert fates(copy) == {Fate.REFUSED.value: 1, Fate.COPIED.value: 2}
    assert why in copy.refused[0].why


def test_a_memory_that_recalls_otherwise_is_named(
    here: str, there: str, engine_of: Engines, open_: Opening, clock: FixedClock
) -> None:
    live(engine_of(here), clock, *EVERYBODY)

    def spoil(progress: Progress) -> None:
        run(open_(there), "DELETE FROM embeddings WHERE owner = :key", key=owner_of("tom").key)

    copy = copy_memory(here, there, told=spoil, clock=clock)
    assert copy.differing == [owner_of("tom")]


def test_who_changes_while_it_is_compared_is_passed_over(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    writer = engine_of(here)
    live(writer, clock, "tom")
    copy = copy_memory(
        here, there, told=lambda _: goes_on(writer) if _.pages else None, clock=clock
    )
    assert (copy.probes, copy.differing) == (0, [])


def test_a_source_that_is_not_there_is_refused_and_not_made(tmp_path: Path, there: str) -> None:
    with pytest.raises(InvalidArgumentError, match="no database to copy from"):
        copy_memory(f"sqlite:///{tmp_path / 'gone.db'}", there)
    assert list(tmp_path.iterdir()) == []


def test_a_source_of_an_older_schema_is_refused_and_not_migrated(
    here: str, there: str, open_: Opening
) -> None:
    source = open_(here)
    run(source, "UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(InvalidArgumentError, match="memoryos migrate"):
        copy_memory(here, there)
    assert source.version() == "0003"


def test_progress_ends_with_all_pages(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    live(engine_of(here), clock, *EVERYBODY)
    told: list[Progress] = []
    copy_memory(here, there, told=told.append, clock=clock)
    assert told == [Progress(12 * done, 36) for done in (1, 2, 3)]


def command(*words: str) -> Any:
    runner = CliRunner(env={**dict.fromkeys(LEFT_OUT), "NO_COLOR": "1"})
    return runner.invoke(app, ["copy", *words])


def test_the_command_says_what_it_did(
    here: str, postgres_url: str, engine_of: Engines, clock: FixedClock
) -> None:
    live(engine_of(here), clock, *EVERYBODY)
    done = command("--from", here, "--to", postgres_url)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "copied: 3 memories of 36 pages",
        "36 recalls compared: 0 memories differ",
    ]
    assert "there already: 3 memories" in command("--from", here, "--to", postgres_url).stdout


def test_the_command_names_what_it_left_and_leaves_with_1(
    here: str, there: str, engine_of: Engines, clock: FixedClock
) -> None:
    for url in (here, there):
        live(engine_of(url), clock, "tom", days=3)
    done = command("--from", here, "--to", there)
    assert done.exit_code == 1
    left = f"left as it was: tom with {DEFAULT_ASSISTANT_ID}: {Refusal.HOLDS_MORE.value}"
    assert left in done.stdout.splitlines()
    document = json.loads(command("--from", here, "--to", there, "--json").stdout)
    assert document["left"] == [
        {
            "owner": owner_of("tom").key,
            "user_id": "tom",
            "assistant_id": DEFAULT_ASSISTANT_ID,
            "why": Refusal.HOLDS_MORE.value,
        }
    ]


@pytest.mark.parametrize(
    "words", [(), ("--from", "sqlite:////tmp/a"), ("--from", "x", "--to", "y")]
)
def test_the_command_wants_two_databases(words: tuple[str, ...]) -> None:
    assert command(*words).exit_code == 2

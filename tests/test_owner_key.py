"""Every statement carries the key of one owner, so that it runs on one shard (invariant 6)."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from owner_keys import carries_key, watched
from sqlalchemy import bindparam, delete, insert, or_, select, update

from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DEFAULT_ASSISTANT_ID, MemoryConfig
from memoryos.engine import MemoryEngine
from memoryos.inspection import inspect
from memoryos.llms.base import Purpose
from memoryos.model import Owner, Speaker
from memoryos.store import SqlStore
from memoryos.store.base import Setback
from memoryos.store.copying import copy_owner, count, read_keys
from memoryos.store.database import Database
from memoryos.store.over_owners import OVER_OWNERS
from memoryos.store.schema import facts, owners, pages, store
from memoryos.store.sql_store import open_database
from memoryos.testing.clock import FixedClock
from memoryos.testing.embedder import LetterEmbedder
from memoryos.testing.scripted_model import ScriptedModel

ASSISTANT = DEFAULT_ASSISTANT_ID
TOM = Owner("tom", ASSISTANT)
KEY = {"key": TOM.key}
OF_TOM = pages.c.owner == bindparam("key")


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_database(postgres_url, server_time=False)
    yield database
    database.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Database]:
    database = open_database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    database.prepare()
    yield database
    database.close()


def an_engine(database: Database, clock: FixedClock, **options: Any) -> MemoryEngine:
    config = MemoryConfig(retention_days=300, daily_call_budget=100, look_seconds=0.0)
    return MemoryEngine(
        store=SqlStore(database),
        embedder=LetterEmbedder(),
        rules=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
        config=config,
        clock=clock,
        background=False,
        **options,
    )


def live(engine: MemoryEngine, with_model: MemoryEngine, clock: FixedClock) -> None:
    """Two memories: they are added to, filed, recalled, replied from, corrected, and forgotten."""
    for number in range(12):
        clock.advance(hours=7)
        engine.add_memory("tom", "I work as a nurse.", f"I see, {number}.", conversation_id="a")
        engine.add_memory("ann", f"Yesterday I went to Rome, {number}.", "Nice!")
    engine.flush("tom")
    engine.flush("ann")
    with_model.get_response("tom", "Where do I work?")
    recalled = engine.retrieve_memory("tom", "nurse")
    engine.retrieve_memory("ann", "Rome")
    fact = engine.knowledge("tom", Speaker.USER)[0]
    engine.correct("tom", fact.id, "I work as a teacher.")
    engine.why("tom", fact.id)
    engine.segments("tom")
    engine.stats("tom")
    engine.audit("tom")
    engine.forget("tom", page=recalled.pages[0].id)
    engine.refile("tom")
    engine.flush("tom")


def export_and_import(engine: MemoryEngine, folder: Path) -> None:
    engine.export_memory(folder / "all.jsonl")
    engine.forget("tom", everything=True)
    engine.import_memory(folder / "all.jsonl", user_id="tom", assistant_id=ASSISTANT)
    drafts = [engine.write_path.draft("I ski.", "Good.", NOON, None)]
    engine.import_pages("eve", drafts)


def work(store: SqlStore, clock: FixedClock) -> None:
    """What workers and health checks ask of the store."""
    store.check()
    clock.advance(days=1)
    later = clock() + timedelta(seconds=15)
    lease = store.claim(holder="worker", now=clock(), until=later)
    assert lease is not None
    assert store.acquire(lease.owner, holder="other", now=clock(), until=later) is None
    store.count_fault(lease.owner, error="ValueError", now=clock(), limit=1)
    store.release(lease, due_at=clock(), setback=Setback(1, "ModelUnavailableError", later))
    store.backlog(now=clock())
    store.put_back(now=clock())
    store.put_back(lease.owner, now=clock())
    store.set_embedding_model(lease.owner, "other", due_at=clock())
    store.remove_pages(lease.owner, [1])
    store.owners_with_pages_before(clock())


def test_every_statement_carries_the_key_of_one_owner_or_is_listed(
    database: Database, elsewhere: Database, clock: FixedClock, tmp_path: Path
) -> None:
    """Invariant 6: all that a store is asked for, as it is sent to a real server."""
    database.prepare()
    model = ScriptedModel({Purpose.REPLY: ["As a nurse."]}, default="no JSON")
    with ExitStack() as stack:
        watch = stack.enter_context(watched(database.engine))
        engine = stack.enter_context(an_engine(database, clock))
        live(engine, an_engine(database, clock, chat_model=model), clock)
        assert list(inspect(SqlStore(database), clock=clock)) == []
        export_and_import(engine, tmp_path)
        work(SqlStore(database), clock)
        for source, target in ((database, elsewhere), (elsewhere, database)):
            assert count(source)
            for key in read_keys(source):
                copy_owner(source, target, key)
        clock.advance(days=400)
        engine.flush("ann")
    assert watch.astray == {}
    assert watch.used == set(OVER_OWNERS)
    assert watch.sent > 500


def test_the_list_names_functions_that_there_are() -> None:
    for name in OVER_OWNERS:
        module, function = name.split(".")
        found = importlib.import_module(f"memoryos.store.{module}")
        holders = [found, *vars(found).values()]
        assert any(hasattr(holder, function) for holder in holders), name


@pytest.mark.parametrize(
    "statement",
    [
        select(pages).where(OF_TOM),
        select(store.c.epoch, select(pages.c.number).where(OF_TOM).scalar_subquery()),
        select(pages).where(
            OF_TOM,
            select(facts.c.number)
            .where(facts.c.owner == bindparam("key"), facts.c.number == pages.c.number)
            .exists(),
        ),
        select(store, owners).select_from(
            store.outerjoin(owners, owners.c.owner == bindparam("key"))
        ),
        update(pages).where(OF_TOM, pages.c.number == 1).values(chain=None),
        delete(pages).where(OF_TOM),
    ],
)
def test_an_equality_in_what_is_required_binds_a_statement(statement: Any) -> None:
    assert carries_key(statement, KEY)


@pytest.mark.parametrize(
    "statement",
    [
        select(pages),
        select(pages).where(pages.c.owner > bindparam("key")),
        select(pages).where(or_(OF_TOM, pages.c.number == 1)),
        select(pages).where(pages.c.owner.in_(bindparam("key", expanding=True))),
        # By way of another table: true in PostgreSQL, but no shard is told by it.
        select(pages).where(OF_TOM, select(facts).where(facts.c.owner == pages.c.owner).exists()),
        select(pages).join(facts, facts.c.owner == pages.c.owner),
        update(pages).values(chain=None),
        delete(pages).where(pages.c.number == 1),
        insert(pages).from_select(["owner"], select(facts.c.owner)),
    ],
)
def test_anything_else_does_not(statement: Any) -> None:
    assert not carries_key(statement, {**KEY, "owner": TOM.key})


def test_two_owners_in_one_statement_do_not() -> None:
    statement = select(pages).where(
        OF_TOM, select(facts.c.number).where(facts.c.owner == bindparam("other")).exists()
    )
    assert carries_key(statement, {**KEY, "other": TOM.key})
    assert not carries_key(statement, {**KEY, "other": Owner("ann", ASSISTANT).key})


def test_an_insert_is_bound_by_its_rows() -> None:
    assert carries_key(insert(pages), {"owner": TOM.key, "number": 1})
    assert not carries_key(insert(pages), {"owner": "tom", "number": 1})

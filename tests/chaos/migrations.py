"""Migrations that are broken off: the database is as it was, or as it is to be."""

from __future__ import annotations

import random
from contextlib import closing, suppress
from itertools import count

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, event, insert, table
from test_migrations import T, a_page_at_0001, an_owner_at_0001

from chaos.book import Book, examine
from chaos.killing import killed
from chaos.load import a_text, user_ids
from chaos.outcome import Outcome
from chaos.place import Place
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.index.packing import pack_page
from memoryos.model import Owner, PageDraft
from memoryos.store import migrations
from memoryos.store.rows import to_datetime
from memoryos.store.sql_store import open_database

OLD = "0001"
PAGES = 300
"""Of each user; the more there are, the longer a migration takes."""
LONGEST_SECONDS = 0.15
"""What a migration takes, more or less."""


class BrokenOffError(Exception):
    """Raised between two steps."""


def migration_broken_off(place: Place, *, whole: bool, seed: int) -> Outcome:
    """A migration is killed at random instants, and fails before each of its statements: the schema
    is the old one, or the new one, and the next opening sees to the rest."""
    book, findings, inside = Book(), [], 0
    urls = [_an_old_database(place, Book()) for _ in range(40 if whole else 3)]
    broken = _an_old_database(place, book)
    for ended, url in zip(
        killed(["migrate"], urls, seed, seconds=LONGEST_SECONDS), urls, strict=True
    ):
        inside += ended.writer_inside
        findings += _what_is_wrong(url, book)
    steps = _break_off_everywhere(broken, every=1 if whole else 8)
    findings += _what_is_wrong(broken, book)
    return Outcome(
        acknowledged=book.acknowledged * (1 + len(urls)),
        faults=len(urls) + steps,
        inside=inside + steps,
        notes=[f"{len(urls)} killed, {inside} of them amid the transaction; {steps} steps failed"],
        findings=findings,
    )


def _an_old_database(place: Place, book: Book) -> str:
    """As the first release would have left it."""
    url = place.make_database()
    config = Config()
    config.set_main_option("script_location", "memoryos.store:migrations")
    with closing(open_database(url)) as database, database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, OLD)
        for user in user_ids(2):
            owner = Owner(user, DEFAULT_ASSISTANT_ID)
            counted = {"page_count": PAGES, "next_page": PAGES + 1, "due_at": None}
            _write(connection, "owners", [an_owner_at_0001(owner, **counted, asked_at=None)])
            _write(connection, "pages", [_a_page(owner, n, book) for n in range(1, PAGES + 1)])
    return url


def _a_page(owner: Owner, number: int, book: Book) -> dict[str, object]:
    text = a_text(owner.user_id, f"0x{number}", random.Random(number))
    book.keep(owner.user_id, text, f"page-{number}")
    terms = pack_page(PageDraft(text, "Nice.", to_datetime(T))).terms
    return a_page_at_0001(number, owner, user_input=text, agent_response="Nice.", terms=terms)


def _write(connection: Connection, name: str, rows: list[dict[str, object]]) -> None:
    connection.execute(insert(table(name, *map(column, rows[0]))), rows)


def _what_is_wrong(url: str, book: Book) -> list[str]:
    """Before it is opened again, and after."""
    with closing(open_database(url)) as database:
        version = database.version()
    findings = [] if version in (OLD, migrations.HEAD) else [f"the schema is {version}"]
    return [*findings, *examine(url, book)]


def _break_off_everywhere(url: str, *, every: int) -> int:
    """Fail before the first statement, then before one that is so many later, and so on until it
    does not fail; how often it did."""
    failed = 0
    while not _is_migrated(url, before=1 + failed * every):
        failed += 1
    return failed


def _is_migrated(url: str, *, before: int) -> bool:
    """Fail before so many statements are done; whether there were fewer."""
    done = count(1)

    def fail(*_: object) -> None:
        if next(done) == before:
            raise BrokenOffError

    with closing(open_database(url)) as database:
        event.listen(database.engine, "before_cursor_execute", fail)
        with suppress(BrokenOffError):
            database.prepare()
            return True
    return False

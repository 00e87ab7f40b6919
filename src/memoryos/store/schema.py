"""The tables. Rows of one owner share its key, which comes first in every primary key.

Times are integers: microseconds since 1970-01-01 UTC. `revision` is the owner's revision that last
touched the row; an index on it lets a follower read what is new without reading what is old.
Every release opens what earlier ones wrote: a change here needs a migration beside it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

metadata = MetaData()


def _column(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, kind, nullable=False)


def _later(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]], default: str) -> Column[Any]:
    """A column that a migration added: rows from before have its `default`, which is SQL."""
    return Column(name, kind, nullable=False, server_default=text(default))


def _key(name: str, kind: TypeEngine[Any] | type[TypeEngine[Any]]) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False, nullable=False)


def _owner() -> Column[Any]:
    return _key("owner", String(20))


def _followed(table: Table) -> Table:
    """Index the rows of `table` by owner and revision."""
    Index(f"{table.name}_revision", table.c.owner, table.c.revision)
    return table


DUE = text("due_at IS NOT NULL AND set_aside_at IS NULL")
SET_ASIDE = text("set_aside_at IS NOT NULL")

store = Table(
    "store",
    metadata,
    # One row. A restore writes another epoch, so that followers drop what they hold.
    _key("epoch", String(32)),
)

owners = Table(
    "owners",
    metadata,
    _owner(),
    _column("user_id", Text),
    _column("assistant_id", Text),
    _column("revision", BigInteger),
    _column("page_count", BigInteger),
    # 1 + the largest number ever given out: numbers of what was removed are not used again.
    _column("next_page", BigInteger),
    _column("next_segment", BigInteger),
    _column("next_fact", BigInteger),
    _column("next_trait", BigInteger),
    # A follower at this revision or a later one can go on from there: later tombstones are all
    # kept, and the vectors it holds are of this space. One that knows less must start over.
    _column("followable_from", BigInteger),
    # The vector space of every row of `embeddings`.
    _column("embedding_model", Text),
    Column("due_at", BigInteger),
    # The earliest due_at asked for since the lease was taken, which hides due_at under its end.
    Column("asked_at", BigInteger),
    _column("lease_token", BigInteger),
    Column("lease_holder", Text),
    Column("lease_until", BigInteger),
    Column("leased_at", BigInteger),
    # The language model's failures, one after another; `failure` is the name of the last error's
    # class, never its words, and `retry_at` is NULL while there are none.
    _later("attempts", Integer, "0"),
    _later("failure", Text, "''"),
    Column("retry_at", BigInteger),
    # Traits have been asked of every page up to this number.
    _later("traits_through", BigInteger, "0"),
    # Digest of what a memory file said of this owner, if the memory began with that; else "".
    _later("restored_from", String(32), "''"),
    # Failures of consolidation that are the owner's own, one after another; `fault` is the name of
    # the last error's class. No worker looks at who is set aside.
    _later("faults", Integer, "0"),
    _later("fault", Text, "''"),
    Column("set_aside_at", BigInteger),
    # The only indexes without the owner in front: how a worker finds whom to look at.
    Index("owners_due", "due_at", sqlite_where=DUE, postgresql_where=DUE),
    Index("owners_set_aside", "set_aside_at", sqlite_where=SET_ASIDE, postgresql_where=SET_ASIDE),
)

pages = _followed(
    Table(
        "pages",
        metadata,
        _owner(),
        _key("number", BigInteger),
        _column("user_input", Text),
        _column("agent_response", Text),
        _column("timestamp", BigInteger),
        _column("recorded_at", BigInteger),
        Column("conversation_id", Text),
        # JSON; "" where there is none.
        _column("meta_data", Text),
        _column("origin", String(16)),
        _column("learnable", Boolean),
        Column("chain", BigInteger),
        _column("meta_chain", Text),
        Column("segment", BigInteger),
        # What read it for promotion; NULL until then.
        Column("analyst", Text),
        _column("terms", LargeBinary),
        _column("revision", BigInteger),
    )
)

# Vectors beside text would be moved out of line by PostgreSQL, and a SQLite table WITHOUT ROWID
# spills every row of 1 KB: loading is seven to ten times slower in either. Hence a narrow table.
embeddings = _followed(
    Table(
        "embeddings",
        metadata,
        _owner(),
        _key("kind", String(8)),
        _key("number", BigInteger),
        _column("revision", BigInteger),
        _column("vectors", LargeBinary),
    )
)

segments = _followed(
    Table(
        "segments",
        metadata,
        _owner(),
        _key("number", BigInteger),
        _column("summary", Text),
        # A JSON list.
        _column("keywords", Text),
        _column("started_at", BigInteger),
        _column("ended_at", BigInteger),
        _column("visited_at", BigInteger),
        _column("page_count", Integer),
        _column("interaction_length", Integer),
        _column("visit_count", BigInteger),
        Column("archived_at", BigInteger),
        _later("learner", Text, "'rules'"),
        _column("revision", BigInteger),
    )
)

facts = _followed(
    Table(
        "facts",
        metadata,
        _owner(),
        _key("number", BigInteger),
        _column("subject", String(8)),
        _column("attribute", Text),
        _column("value", Text),
        _column("text", Text),
        _column("language", String(16)),
        _column("origin", String(16)),
        _column("learner", Text),
        _column("confidence", Float),
        _column("recorded_at", BigInteger),
        Column("valid_from", BigInteger),
        Column("valid_to", BigInteger),
        Column("superseded_at", BigInteger),
        Column("superseded_by", BigInteger),
        _column("terms", LargeBinary),
        _column("revision", BigInteger),
    )
)

traits = _followed(
    Table(
        "traits",
        metadata,
        _owner(),
        _key("number", BigInteger),
        _column("dimension", Text),
        _column("level", String(8)),
        _column("reason", Text),
        _column("learner", Text),
        _column("recorded_at", BigInteger),
        _column("confirmed_at", BigInteger),
        Column("superseded_at", BigInteger),
        _column("revision", BigInteger),
    )
)

# Why a fact or a trait is believed: rewritten whole, with its revision, whenever the item is.
evidence = _followed(
    Table(
        "evidence",
        metadata,
        _owner(),
        _key("kind", String(8)),
        _key("number", BigInteger),
        _key("position", Integer),
        _column("page", BigInteger),
        _column("quote", Text),
        _column("revision", BigInteger),
        Index("evidence_page", "owner", "page"),
    )
)

# What is gone, without its content, so that followers drop it too.
tombstones = Table(
    "tombstones",
    metadata,
    _owner(),
    _key("revision", BigInteger),
    _key("kind", String(8)),
    _key("number", BigInteger),
)

# What imported pages were made from: a digest, the same whenever the same thing is imported.
sources = Table(
    "sources",
    metadata,
    _owner(),
    _key("digest", String(32)),
    # 0 where the page was forgotten.
    _column("page", BigInteger),
    Index("sources_page", "owner", "page"),
)

# What recall handed out, and what entered the prompt of which reply.
ledger = Table(
    "ledger",
    metadata,
    _owner(),
    _key("kind", String(8)),
    _key("number", BigInteger),
    # The page whose agent half is the reply; 0 for recalls handed to the caller.
    _key("page", BigInteger),
    _column("count", BigInteger),
    _column("used_at", BigInteger),
    Index("ledger_page", "owner", "page"),
)

# What language models were asked, added up. An owner may stand here before its row in `owners`.
model_calls = Table(
    "model_calls",
    metadata,
    _owner(),
    # UTC, such as 2026-03-02.
    _key("day", String(10)),
    _key("purpose", Text),
    # "ok", or the name of the error's class.
    _key("outcome", Text),
    _column("calls", BigInteger),
    _column("prompt_tokens", BigInteger),
    _column("completion_tokens", BigInteger),
    _column("milliseconds", BigInteger),
)

# Transactions of PostgreSQL that deleted or replaced what is yet to be erased from the disk.
erasures = Table(
    "erasures",
    metadata,
    _owner(),
    _key("transaction", BigInteger),
)

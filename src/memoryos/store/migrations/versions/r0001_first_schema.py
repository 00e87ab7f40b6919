"""The first schema: owners, pages, vectors, segments, facts, traits, evidence, tombstones."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_store()
    _create_owners()
    _create_pages()
    _create_segments()
    _create_persona()
    for table in ("pages", "embeddings", "segments", "facts", "traits", "evidence"):
        op.create_index(f"{table}_revision", table, ["owner", "revision"])


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _word(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), nullable=False)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=null)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=False)


def _create_store() -> None:
    store = op.create_table("store", _word("epoch", 32), sa.PrimaryKeyConstraint("epoch"))
    op.bulk_insert(store, [{"epoch": secrets.token_hex(16)}])


def _create_owners() -> None:
    op.create_table(
        "owners",
        _word("owner", 20),
        _text("user_id"),
        _text("assistant_id"),
        _number("revision"),
        _number("page_count"),
        _number("next_page"),
        _number("next_segment"),
        _number("next_fact"),
        _number("next_trait"),
        _number("followable_from"),
        _text("embedding_model"),
        _number("due_at", null=True),
        _number("asked_at", null=True),
        _number("lease_token"),
        _text("lease_holder", null=True),
        _number("lease_until", null=True),
        sa.PrimaryKeyConstraint("owner"),
    )
    op.create_index("owners_due", "owners", ["due_at"])


def _create_pages() -> None:
    op.create_table(
        "pages",
        _word("owner", 20),
        _number("number"),
        _text("user_input"),
        _text("agent_response"),
        _number("timestamp"),
        _number("recorded_at"),
        _text("conversation_id", null=True),
        _text("meta_data"),
        _word("origin", 16),
        _flag("learnable"),
        _number("chain", null=True),
        _text("meta_chain"),
        _number("segment", null=True),
        _flag("analysed"),
        _bytes("terms"),
        _number("revision"),
        sa.PrimaryKeyConstraint("owner", "number"),
    )
    op.create_table(
        "embeddings",
        _word("owner", 20),
        _word("kind", 8),
        _number("number"),
        _number("revision"),
        _bytes("vectors"),
        sa.PrimaryKeyConstraint("owner", "kind", "number"),
    )
    op.create_table(
        "tombstones",
        _word("owner", 20),
        _number("revision"),
        _word("kind", 8),
        _number("number"),
        sa.PrimaryKeyConstraint("owner", "revision", "kind", "number"),
    )


def _create_segments() -> None:
    op.create_table(
        "segments",
        _word("owner", 20),
        _number("number"),
        _text("summary"),
        _text("keywords"),
        _number("started_at"),
        _number("ended_at"),
        _number("visited_at"),
        _count("page_count"),
        _count("interaction_length"),
        _number("visit_count"),
        _number("archived_at", null=True),
        _number("revision"),
        sa.PrimaryKeyConstraint("owner", "number"),
    )


def _create_persona() -> None:
    op.create_table(
        "facts",
        _word("owner", 20),
        _number("number"),
        _word("subject", 8),
        _text("attribute"),
        _text("value"),
        _text("text"),
        _word("language", 16),
        _word("origin", 16),
        _text("learner"),
        sa.Column("confidence", sa.Float, nullable=False),
        _number("recorded_at"),
        _number("valid_from", null=True),
        _number("valid_to", null=True),
        _number("superseded_at", null=True),
        _number("superseded_by", null=True),
        _bytes("terms"),
        _number("revision"),
        sa.PrimaryKeyConstraint("owner", "number"),
    )
    op.create_table(
        "traits",
        _word("owner", 20),
        _number("number"),
        _text("dimension"),
        _word("level", 8),
        _text("reason"),
        _text("learner"),
        _number("recorded_at"),
        _number("confirmed_at"),
        _number("superseded_at", null=True),
        _number("revision"),
        sa.PrimaryKeyConstraint("owner", "number"),
    )
    op.create_table(
        "evidence",
        _word("owner", 20),
        _word("kind", 8),
        _number("number"),
        sa.Column("position", sa.Integer, nullable=False),
        _number("page"),
        _text("quote"),
        _number("revision"),
        sa.PrimaryKeyConstraint("owner", "kind", "number", "position"),
    )
    op.create_index("evidence_page", "evidence", ["owner", "page"])

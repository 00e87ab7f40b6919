"""What language models need: who read a page, how far they came, what they cost, what was used."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _name_the_analyst()
    _add("segments", "learner", sa.Text, default="'rules'")
    _follow_progress()
    _create_model_calls()
    _create_ledger()


def _add(table: str, name: str, kind: type[sa.types.TypeEngine[Any]], *, default: str) -> None:
    # A default, because neither database adds a column NOT NULL to rows without one; it is kept
    # with the table's definition, so that no row is rewritten.
    op.add_column(table, sa.Column(name, kind, nullable=False, server_default=sa.text(default)))


def _name_the_analyst() -> None:
    """`pages.analysed` becomes `pages.analyst`; rules were the only analyst before."""
    op.add_column("pages", sa.Column("analyst", sa.Text, nullable=True))
    op.execute("UPDATE pages SET analyst = 'rules' WHERE analysed")
    # Plain DROP COLUMN came to SQLite with 3.35, as RETURNING did, which the store cannot do
    # without. Alembic's batch mode would copy the table: twice the time, and a larger file.
    op.drop_column("pages", "analysed")


def _follow_progress() -> None:
    _add("owners", "attempts", sa.Integer, default="0")
    _add("owners", "failure", sa.Text, default="''")
    op.add_column("owners", sa.Column("retry_at", sa.BigInteger, nullable=True))
    _add("owners", "traits_through", sa.BigInteger, default="0")
    # Rules read traits from the pages that they promoted.
    op.execute(
        "UPDATE owners SET traits_through = COALESCE((SELECT MAX(pages.number) FROM pages"
        " WHERE pages.owner = owners.owner AND pages.analyst IS NOT NULL), 0)"
    )


def _create_model_calls() -> None:
    op.create_table(
        "model_calls",
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("calls", sa.BigInteger, nullable=False),
        sa.Column("prompt_tokens", sa.BigInteger, nullable=False),
        sa.Column("completion_tokens", sa.BigInteger, nullable=False),
        sa.Column("milliseconds", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "day", "purpose", "outcome"),
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("page", sa.BigInteger, nullable=False),
        sa.Column("count", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "kind", "number", "page"),
    )
    op.create_index("ledger_page", "ledger", ["owner", "page"])

"""Owners whose consolidation keeps failing are set aside; leases say when they were taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

DUE = sa.text("due_at IS NOT NULL AND set_aside_at IS NULL")
SET_ASIDE = sa.text("set_aside_at IS NOT NULL")


def upgrade() -> None:
    zero, nothing = sa.text("0"), sa.text("''")
    op.add_column("owners", sa.Column("faults", sa.Integer, nullable=False, server_default=zero))
    op.add_column("owners", sa.Column("fault", sa.Text, nullable=False, server_default=nothing))
    op.add_column("owners", sa.Column("set_aside_at", sa.BigInteger, nullable=True))
    op.add_column("owners", sa.Column("leased_at", sa.BigInteger, nullable=True))
    # Most owners wait for nothing, and workers look past those who are set aside.
    op.drop_index("owners_due", table_name="owners")
    op.create_index("owners_due", "owners", ["due_at"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_index(
        "owners_set_aside",
        "owners",
        ["set_aside_at"],
        sqlite_where=SET_ASIDE,
        postgresql_where=SET_ASIDE,
    )

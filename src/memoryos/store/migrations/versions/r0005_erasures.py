"""What PostgreSQL has deleted and not yet erased; SQLite keeps that in the file's header."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "erasures",
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("transaction", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "transaction"),
    )

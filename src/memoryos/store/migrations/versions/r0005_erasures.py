"""PostgreSQL: what is deleted and not yet erased, as SQLite has in its header; vectors in line."""

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
    if op.get_bind().dialect.name == "postgresql":
        # Vectors of two passages are over 2 KB: out of line, reading them takes half as long again.
        op.execute("ALTER TABLE embeddings ALTER COLUMN vectors SET STORAGE MAIN")

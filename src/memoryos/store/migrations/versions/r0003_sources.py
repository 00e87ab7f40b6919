"""Where pages were imported from, and which file an owner's memory came out of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "sources",
        sa.Column("owner", sa.String(20), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("page", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "digest"),
    )
    op.create_index("sources_page", "sources", ["owner", "page"])
    op.add_column(
        "owners",
        sa.Column("restored_from", sa.String(32), nullable=False, server_default=sa.text("''")),
    )

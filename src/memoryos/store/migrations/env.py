"""How Alembic runs here: on the connection and in the transaction it is handed, without an ini."""

from __future__ import annotations

from alembic import context

from memoryos.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()

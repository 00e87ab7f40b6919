"""The engine of `memoryos worker`: it tells, in numbers, what it did."""

from __future__ import annotations

from typing import Any

from memoryos.cli.output import counted, show_note
from memoryos.cli.settings import Settings
from memoryos.engine import MemoryEngine
from memoryos.store import SqlStore
from memoryos.store.base import Lease, Update


class ToldStore(SqlStore):
    """Tells on stderr of every round of consolidation that is on disk."""

    def commit(self, lease: Lease, update: Update) -> int:
        revision = super().commit(lease, update)
        done = (
            (len(update.filed), "page", "filed"),
            (len(update.analysed), "page", "read"),
            (len(update.facts), "fact", "written"),
            (len(update.traits), "trait", "written"),
            (len(update.embeddings), "item", "embedded"),
        )
        parts = [f"{counted(number, thing)} {verb}" for number, thing, verb in done if number]
        if parts:
            show_note(", ".join(parts))
        return revision


def open_engine(
    settings: Settings, *, background: bool, concurrency: int = 1, **changes: Any
) -> MemoryEngine:
    """The memory of every user; `changes` are fields of MemoryConfig."""
    return MemoryEngine.open(
        settings.folder,
        database_url=settings.value("database_url"),
        embedding_model_name=settings.embedding_model_name,
        embedding_model_kwargs=settings.value("embedding_model_kwargs"),
        chat_model=settings.language_model,
        config=settings.memory_config(**changes),
        background=background,
        concurrency=concurrency,
        open_store=ToldStore.open,
    )

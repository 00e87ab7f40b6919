"""The engine of `memoryos worker`: it tells, in numbers, what it did."""

from __future__ import annotations

from typing import Any

from memoryos.analysts.rules import RulesAnalyst
from memoryos.cli.output import counted, show_note
from memoryos.cli.settings import Settings
from memoryos.engine import MemoryEngine
from memoryos.llms import open_chat_model
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


def open_engine(settings: Settings, *, background: bool, **changes: Any) -> MemoryEngine:
    """The memory of every user; `changes` are fields of MemoryConfig."""
    config, model = settings.memory_config(**changes), settings.language_model
    embedder = settings.open_embedder()
    return MemoryEngine(
        store=ToldStore.open(settings.folder),
        embedder=embedder,
        rules=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
        chat_model=open_chat_model(model) if model else None,
        config=config,
        background=background,
    )

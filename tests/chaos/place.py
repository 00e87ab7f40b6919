"""Where a scenario happens: a folder of its own and, on PostgreSQL, a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memoryos.analysts.rules import RulesAnalyst
from memoryos.config import DATABASE_NAME, MemoryConfig
from memoryos.engine import MemoryEngine
from memoryos.store import SqlStore
from memoryos.testing.embedder import LetterEmbedder

if TYPE_CHECKING:
    from postgres_server import Server

CONFIG = MemoryConfig(
    short_term_capacity=3,
    lease_seconds=2.0,
    idle_seconds=1.0,
    filing_delay_seconds=0.0,
    look_seconds=0.2,
)


@dataclass(frozen=True, slots=True)
class Place:
    """An empty folder, and the server of scenarios on PostgreSQL; None for those on SQLite."""

    folder: Path
    server: Server | None = None

    def make_database(self) -> str:
        """The URL of an empty store."""
        if self.server is not None:
            return self.server.make()
        made = sum(1 for _ in self.folder.glob("store-*"))
        return sqlite_url(self.folder / f"store-{made}")


def sqlite_url(folder: Path) -> str:
    folder.mkdir(exist_ok=True)
    return f"sqlite:///{folder / DATABASE_NAME}"


def open_engine(
    url: str, *, store: SqlStore | None = None, background: bool = True, **others: Any
) -> MemoryEngine:
    """An engine that consolidates by rules as fast as it can, on vectors that cost nothing."""
    settings = {"config": CONFIG, **others}
    return MemoryEngine(
        store=store or SqlStore.open_url(url),
        embedder=LetterEmbedder(),
        rules=RulesAnalyst(conversation_gap_seconds=CONFIG.conversation_gap_seconds),
        background=background,
        **settings,
    )

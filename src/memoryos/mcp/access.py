"""Whose memory a request is about, and the engine that holds it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from memoryos.model import Owner

if TYPE_CHECKING:
    from memoryos.engine import MemoryEngine
    from memoryos.memoryos import Memoryos
    from memoryos.recall import Recall

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 5.0
"""How long closing waits for a memory that is still being opened."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the server was configured with."""

    owner: Owner
    """Whose memory it is, unless a token says otherwise."""
    open_memory: Callable[[], Memoryos]
    """Opens it, with the background at work: no call waits for a model (C1)."""
    shown: Mapping[str, Any]
    """Every setting as it may be seen; keys are masked."""
    user_name: str | None = None
    assistant_name: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The memory that one request may see: that of its owner."""

    engine: MemoryEngine
    owner: Owner
    configuration: Configuration
    remote: bool = False
    """Whether the caller showed a token; the machine and its settings are not theirs to see."""

    @property
    def now(self) -> datetime:
        return self.engine.clock()

    def recall(
        self, query: str, *, max_results: int | None = None, max_tokens: int | None = None
    ) -> Recall:
        """What this memory holds about `query`. Raises UsageError, StorageError."""
        config = self.configuration
        # The configured names are those of the configured owner.
        named = self.owner == config.owner
        return self.engine.retrieve_memory(
            self.owner.user_id,
            query,
            assistant_id=self.owner.assistant_id,
            user_name=config.user_name if named else None,
            assistant_name=config.assistant_name if named else None,
            max_results=max_results,
            max_tokens=max_tokens,
        )


class Access:
    """The memory, opened at first use: a client is answered before that is loaded. Thread-safe."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self._lock = threading.Lock()
        self._warming = False
        self._memory: Memoryos | None = None

    def open(self) -> MemoryEngine:
        """The engine. Raises what opening raises; the next call tries again."""
        with self._lock:
            if self._memory is None:
                self._memory = self.configuration.open_memory()
            return self._memory.engine

    def warm(self) -> None:
        """Have it opened in the background, so that the first call finds it open."""
        if not self._warming:
            self._warming = True
            threading.Thread(
                target=self._open_quietly, name="memoryos-mcp-open", daemon=True
            ).start()

    def _open_quietly(self) -> None:
        try:
            self.open()
        except Exception as error:
            # Whoever calls for it is told more: this was only to be ahead of them.
            logger.warning("the memory cannot be opened: %s", type(error).__name__)

    def scope(self, owner: Owner | None) -> Scope:
        """The memory of `owner`, whom a token named; of the configured one for None."""
        config = self.configuration
        return Scope(self.open(), owner or config.owner, config, remote=owner is not None)

    def close(self) -> None:
        """Let go of the memory; waits at most 5 seconds for one that is being opened."""
        if not self._lock.acquire(timeout=CLOSE_SECONDS):
            return
        try:
            if self._memory is not None:
                self._memory.close()
                self._memory = None
        finally:
            self._lock.release()

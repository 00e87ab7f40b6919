"""MemoryOS: an operating system for the memory of AI agents.

>>> from memoryos import Memoryos
>>> memory = Memoryos("tom", data_storage_path="./memory")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from memoryos.answerer import Answer
    from memoryos.async_memoryos import AsyncMemoryos
    from memoryos.audit import Audit
    from memoryos.config import MemoryConfig
    from memoryos.engine import MemoryEngine
    from memoryos.errors import MemoryOSError, ModelError, StorageError, UsageError
    from memoryos.explanation import Explanation, History
    from memoryos.forgetting import Receipt
    from memoryos.memoryos import Memoryos
    from memoryos.model import Evidence, Fact, Page, Profile, Segment, Trait
    from memoryos.recall import Recall, RecalledFact, RecalledPage
    from memoryos.updater import Pending

_ROOMS = {
    "Answer": "answerer",
    "AsyncMemoryos": "async_memoryos",
    "Audit": "audit",
    "Evidence": "model",
    "Explanation": "explanation",
    "Fact": "model",
    "History": "explanation",
    "MemoryConfig": "config",
    "MemoryEngine": "engine",
    "MemoryOSError": "errors",
    "Memoryos": "memoryos",
    "ModelError": "errors",
    "Page": "model",
    "Pending": "updater",
    "Profile": "model",
    "Recall": "recall",
    "RecalledFact": "recall",
    "RecalledPage": "recall",
    "Receipt": "forgetting",
    "Segment": "model",
    "StorageError": "errors",
    "Trait": "model",
    "UsageError": "errors",
}
"""Where each public name lives. Loaded at first use: a command line that only prints its help need
not wait for numpy and SQLAlchemy."""

__all__ = [
    "Answer",
    "AsyncMemoryos",
    "Audit",
    "Evidence",
    "Explanation",
    "Fact",
    "History",
    "MemoryConfig",
    "MemoryEngine",
    "MemoryOSError",
    "Memoryos",
    "ModelError",
    "Page",
    "Pending",
    "Profile",
    "Recall",
    "RecalledFact",
    "RecalledPage",
    "Receipt",
    "Segment",
    "StorageError",
    "Trait",
    "UsageError",
]


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return getattr(import_module(f"memoryos.{_ROOMS[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]

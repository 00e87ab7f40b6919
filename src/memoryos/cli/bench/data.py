"""Benchmark data, read from the files that the command line names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memoryos.errors import UnreadableInputError

if TYPE_CHECKING:
    from memoryos.transfer.locomo import Conversation
    from memoryos.transfer.pages import BadRecord


def read_conversations(data: Path, passed_over: list[BadRecord]) -> tuple[Conversation, ...]:
    """The conversations of a file in LoCoMo's format; records that are none are put into
    `passed_over`. Raises UnreadableInputError for a file of another format."""
    from memoryos.transfer import locomo

    return locomo.read_conversations(read_json(data), on_bad=passed_over.append)


def read_json(data: Path) -> Any:
    """Raises UnreadableInputError for a file that is no JSON."""
    try:
        return json.loads(data.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"{data} is not JSON: {error}") from None

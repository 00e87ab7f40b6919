"""Benchmark data, read from the files that the command line names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from memoryos.errors import UnreadableInputError

if TYPE_CHECKING:
    from memoryos.bench.locomo.asked import Questions
    from memoryos.transfer.locomo import Conversation
    from memoryos.transfer.pages import BadRecord


def read_conversations(data: Path, passed_over: list[BadRecord]) -> tuple[Conversation, ...]:
    """The conversations of a file in LoCoMo's format; records that are none are put into
    `passed_over`. Raises UnreadableInputError for a file of another format."""
    from memoryos.transfer import locomo

    return locomo.read_conversations(read_json(data), on_bad=passed_over.append)


def read_questions(data: Path) -> Questions:
    """The questions of a file in LoCoMo's format that recall is measured by. Raises
    UnreadableInputError for a file of another format, and for one that has none."""
    from memoryos.bench.evidence import choose

    passed_over: list[BadRecord] = []
    return choose(read_conversations(data, passed_over), passed_over)


def read_json(data: Path) -> Any:
    """Raises UnreadableInputError for a file that is no JSON."""
    try:
        return json.loads(data.read_bytes())
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInputError(f"{data} is not JSON: {error}") from None
    except (ValueError, RecursionError):
        raise UnreadableInputError(
            f"{data} is JSON that cannot be read: it has a number of thousands of digits, or is"
            " nested too deep"
        ) from None

"""Commands that put pages in and get them out: `add`, `search`, `ask`, `chat`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import output
from memoryos.cli.output import moment, one_line, show, visible
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.answerer import Answer
    from memoryos.memoryos import Memoryos
    from memoryos.recall import Recall, RecalledFact, RecalledPage

NOTHING = "nothing in memory about this"


def add(
    settings: Settings,
    user_input: Annotated[str, typer.Argument(help="What the user said.")],
    agent_response: Annotated[str, typer.Argument(help="What the agent answered.")] = "",
    timestamp: Annotated[
        str | None,
        typer.Option(help="When it was said: 2023-05-08 13:56, ISO 8601; now unless told."),
    ] = None,
    conversation: Annotated[
        str | None, typer.Option(metavar="ID", help="The conversation it is part of.")
    ] = None,
    meta: Annotated[
        str | None, typer.Option(metavar="JSON", help="An object to keep with the page.")
    ] = None,
) -> None:
    """Keep one exchange, file it, and print its page id."""
    meta_data = _meta_data(meta)
    with settings.open_memory() as memory:
        page_id = memory.add_memory(
            user_input, agent_response, timestamp, meta_data, conversation_id=conversation
        )
        known = {fact.id for fact in memory.knowledge()}
        waiting = memory.flush()
        learnt = [fact for fact in memory.knowledge() if fact.id not in known]
    if settings.json:
        output.show_json(
            {
                "id": page_id,
                "learnt": [{"id": fact.id, "text": fact.text} for fact in learnt],
                "waiting": waiting,
            }
        )
        return
    show(page_id)
    for fact in learnt:
        show(f"learnt {fact.id}: {one_line(fact.text)}")
    if waiting:
        show("kept and recallable; consolidation waits for a model that is down")


def _meta_data(text: str | None) -> Mapping[str, Any] | None:
    if text is None:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidArgumentError(f"--meta is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InvalidArgumentError('--meta must be a JSON object, such as \'{"source": "mail"}\'')
    return value

"""The command `retry`: put back what workers set aside."""

from __future__ import annotations

from typing import Annotated

import typer

from memoryos.cli import output
from memoryos.cli.output import one_line, show
from memoryos.cli.settings import Settings


def retry(
    settings: Settings,
    everybody: Annotated[
        bool, typer.Option("--all", help="Every memory that was set aside, not the user's alone.")
    ] = False,
) -> None:
    """Have a memory tried again that workers set aside because it kept failing."""
    with settings.open_memory() as memory:
        if everybody:
            count = memory.engine.put_all_back()
        else:
            count = memory.engine.put_back(memory.user_id, assistant_id=memory.assistant_id)
    if settings.json:
        output.show_json({"put_back": int(count)})
    elif everybody:
        show(f"{count:,} put back, for the next worker" if count else "nobody was set aside")
    elif count:
        show(f"{one_line(memory.user_id)} is put back, for the next worker")
    else:
        show(f"nothing failed of {one_line(memory.user_id)}")

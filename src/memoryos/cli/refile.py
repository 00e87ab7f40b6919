"""The command `refile`: pages are filed anew."""

from __future__ import annotations

from typing import Annotated

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import counted, show
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError


def refile(
    settings: Settings,
    with_model: Annotated[
        bool,
        typer.Option(
            "--with-model", help="Only what rules filed or read, for the language model to revisit."
        ),
    ] = False,
) -> None:
    """File all pages anew, as if they had come in order of time.

    Recall goes on meanwhile; interrupted, the rest is done later. Exits with 4 if the model fails.
    """
    if with_model and not settings.language_model:
        raise InvalidArgumentError(f"--with-model needs a language model: {settings.why_no_model}")
    with settings.open_memory() as memory, consolidation.progress_bars() as progress:
        reopened = memory.refile(by_rules=with_model)
        stats = consolidation.flush(memory.engine, memory.user_id, memory.assistant_id, progress)
    waiting = consolidation.what_waits(stats)
    if settings.json:
        output.show_json({"refiled": reopened, "waiting": consolidation.waiting_document(stats)})
    elif waiting:
        show(f"{counted(reopened, 'page')} to file anew: {waiting}")
    else:
        show(f"{counted(reopened, 'page')} filed anew")
    if waiting:
        raise typer.Exit(output.ExitCode.MODEL)

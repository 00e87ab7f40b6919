"""The command `copy`: every memory of one database into another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import ExitCode, counted, one_line, show
from memoryos.cli.settings import Settings

if TYPE_CHECKING:
    from memoryos.store.copying import Outcome
    from memoryos.transfer.copying import Copy, Progress

NAMED = 20
"""How many memories a report names that were left as they were; --json names all."""


def copy(
    settings: Settings,
    source: Annotated[
        str, typer.Option("--from", metavar="URL", help="sqlite:///path or postgresql+psycopg://…")
    ],
    target: Annotated[str, typer.Option("--to", metavar="URL", help="As --from; made if need be.")],
) -> None:
    """Copy every memory of one database into another, as it is, and compare what both recall.

    Broken off, it goes on where it was; asked again, it brings what has changed since. The source
    is only read; memory of the target that is no earlier copy stays as it is, and is named. Let
    programs and workers use the target after the last copy. A password in a URL can be seen by
    others on this machine: leave it to PGPASSWORD or PGPASSFILE.
    """
    from memoryos.transfer.copying import copy_memory

    with consolidation.progress_bars() as bars:
        task = bars.add_task("copying", total=None)

        def told(progress: Progress) -> None:
            bars.update(task, completed=progress.pages, total=progress.of_pages)

        done = copy_memory(source, target, told=told)
    if settings.json:
        output.show_json(_document(done))
    else:
        _report(done)
    if done.refused or done.differing:
        raise typer.Exit(ExitCode.NO)


def _report(done: Copy) -> None:
    for fate, count in done.owners.items():
        show(f"{fate.value}: {_memories(count)} of {counted(done.pages[fate], 'page')}")
    show(f"{counted(done.probes, 'recall')} compared: {_memories(len(done.differing))} differ")
    for refused in done.refused[:NAMED]:
        show(f"left as it was: {_name(refused)}: {refused.why}")
    if len(done.refused) > NAMED:
        show(f"and {len(done.refused) - NAMED:,} others: see them with --json")
    for owner in done.differing:
        show(f"recalls differently: {one_line(owner.user_id)} with {one_line(owner.assistant_id)}")
    if not done.erased:
        show("what was replaced is still on the target's disk: whoever closes it next erases it")


def _memories(count: int) -> str:
    return f"{count:,} {'memory' if count == 1 else 'memories'}"


def _name(refused: Outcome) -> str:
    owner = refused.owner
    named = f"{one_line(owner.user_id)} with {one_line(owner.assistant_id)}"
    return named if owner.key == refused.key else f"owner {refused.key}"


def _document(done: Copy) -> dict[str, Any]:
    return {
        "owners": {fate.value: count for fate, count in done.owners.items()},
        "pages": {fate.value: count for fate, count in done.pages.items()},
        "probes": done.probes,
        "differing": done.differing,
        "left": [
            {
                "owner": one.key,
                "user_id": one.owner.user_id,
                "assistant_id": one.owner.assistant_id,
                "why": one.why,
            }
            for one in done.refused
        ],
        "erased": done.erased,
    }

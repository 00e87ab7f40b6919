"""The commands `import` and `export`: memory out of files, and into them."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import counted, one_line, show
from memoryos.cli.page_import import Choice, Outcome, PageImport
from memoryos.cli.settings import ARGUMENT, Settings, standard_input
from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.model import Owner

if TYPE_CHECKING:
    from rich.progress import Progress

    from memoryos.engine import MemoryEngine
    from memoryos.memoryos import Memoryos

NAMED = 10
"""How many reasons a report names."""
NAMED_PLACES = 3
"""How many places it names for each."""


class From(str, Enum):
    """What a file or folder holds; `transfer.formats.Format`, which takes long to import."""

    AUTO = "auto"
    JSONL = "jsonl"
    LOCOMO = "locomo"
    MEMORYOS = "memoryos"
    ORIGINAL = "original"
    MEM0 = "mem0"
    CHATGPT = "chatgpt"


OURS = (From.JSONL, From.LOCOMO)
"""Files that are made for import: what is bad in them is mended. Others are as they are."""


def import_pages(
    settings: Settings,
    file: Annotated[Path, typer.Argument(help='The file or folder; "-" is stdin.')],
    source: Annotated[
        From,
        typer.Option("--from", "--format", help="What it holds; told from the file unless given."),
    ] = From.AUTO,
    sample: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only this LoCoMo conversation, into --user."),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Count bad records and pass them over.")
    ] = False,
) -> None:
    """Take in memory from elsewhere, then file it. Again, it adds only what is new.

    jsonl: a page a line, with user_input and agent_response, maybe timestamp, meta_data and
    conversation_id. locomo: conversations, each the memory of a user of its own. memoryos: what
    export writes, for a user who has no memory yet. original: the data folder of the original
    MemoryOS. mem0: what its get_all gives, as JSON. chatgpt: conversations.json of an export.

    A file of jsonl, locomo or memoryos with a bad record is refused, unless --skip-bad passes it
    over. Where the file says whose memory it is, it becomes that user's; --user chooses one of
    several, or renames the only one.
    """
    from memoryos.transfer.formats import Format, detect

    with _on_disk(file) as path, settings.open_memory() as memory:
        if source is From.AUTO:
            source = From(detect(path).value)
        if sample is not None and source is not From.LOCOMO:
            raise InvalidArgumentError("--sample chooses a conversation of a LoCoMo file")
        with consolidation.progress_bars() as progress:
            if source is From.MEMORYOS:
                outcome = _import_memory(settings, memory.engine, path, progress, skip_bad)
            else:
                outcome = PageImport(
                    memory,
                    path,
                    Format(source.value),
                    Choice(_told(settings, "user_id"), _told(settings, "assistant_id"), sample),
                ).carry_out(progress, refuse_bad=source in OURS and not skip_bad)
            for owner in outcome.owners:
                names = (owner.user_id, owner.assistant_id)
                stats = consolidation.flush(memory.engine, *names, progress)
                outcome.waiting[owner] = consolidation.what_waits(stats)
        _report(settings, memory, outcome)


def export(
    settings: Settings,
    file: Annotated[Path, typer.Argument(help='The file to write; "-" is stdout.')],
    all_users: Annotated[
        bool, typer.Option("--all-users", help="Every memory there is, not one user's.")
    ] = False,
) -> None:
    """Write all of a memory to a file, as JSON Lines that import takes back: pages, segments,
    facts, traits, what they rest on, and what was forgotten, by number alone.

    An export keeps what you forget later: forget the file, too.
    """
    to_stdout = str(file) == "-"
    with settings.open_memory() as memory:
        written = memory.engine.export_memory(
            sys.stdout.buffer if to_stdout else file,
            user_id=None if all_users else memory.user_id,
            assistant_id=memory.assistant_id,
        )
    if to_stdout:
        sys.stdout.flush()
    elif settings.json:
        output.show_json({"file": str(file), "exported": written})
    else:
        of = f" of {counted(written.owners, 'user')}" if all_users else ""
        show(f"{counted(written.pages, 'page')} and {counted(written.facts, 'fact')}{of} in {file}")


@contextmanager
def _on_disk(file: Path) -> Iterator[Path]:
    """A path to read twice from; of stdin, a copy for as long as it is needed."""
    if str(file) != "-":
        if not file.exists():
            raise UnreadableInputError(f"cannot read {file}: there is no such file")
        yield file
        return
    with tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(standard_input().buffer, copy)
        copy.flush()
        yield Path(copy.name)


def _told(settings: Settings, name: str) -> str | None:
    """What the command line itself says; settings from elsewhere choose no memory of a file."""
    setting = settings.in_force[name]
    return str(setting.value) if setting.source == ARGUMENT else None


def _import_memory(
    settings: Settings, engine: MemoryEngine, path: Path, progress: Progress, skip_bad: bool
) -> Outcome:
    task = progress.add_task("reading", total=path.stat().st_size)
    with path.open("rb") as opened:
        report = engine.import_memory(
            progress.wrap_file(opened, task_id=task),
            user_id=_told(settings, "user_id"),
            assistant_id=_told(settings, "assistant_id"),
            skip_bad=skip_bad,
        )
    outcome = Outcome(skipped=list(report.skipped))
    for memory in report.memories:
        counts = outcome.already_there if memory.already_there else outcome.written
        counts[Owner(memory.user_id, memory.assistant_id)] = memory.pages
    return outcome


def _report(settings: Settings, memory: Memoryos, outcome: Outcome) -> None:
    def name(owner: Owner) -> str:
        alone = owner.assistant_id == memory.assistant_id
        return owner.user_id if alone else f"{owner.user_id} with {owner.assistant_id}"

    if settings.json:
        output.show_json(
            {
                "imported": {name(owner): outcome.written[owner] for owner in outcome.owners},
                "already_there": {
                    name(owner): outcome.already_there[owner] for owner in outcome.owners
                },
                "skipped": [
                    {"why": why, "count": len(where), "where": where[:NAMED]}
                    for why, where in outcome.groups.items()
                ],
            }
        )
        return
    for owner in outcome.owners:
        known = outcome.already_there[owner]
        there = f", {known:,} were there already" if known else ""
        pages = counted(outcome.written[owner], "page")
        show(f"{pages} into the memory of {one_line(name(owner))}{there}")
        if outcome.waiting[owner]:
            show(outcome.waiting[owner])
    if outcome.skipped:
        show(f"{counted(len(outcome.skipped), 'record')} skipped:")
    for why, where in list(outcome.groups.items())[:NAMED]:
        more = ", …" if len(where) > NAMED_PLACES else ""
        show(f"  {len(where):,} × {one_line(why)} ({', '.join(where[:NAMED_PLACES])}{more})")
    if len(outcome.groups) > NAMED:
        show(f"  and {len(outcome.groups) - NAMED:,} other reasons: see them with --json")

"""The command `import`: pages from a file into memory, all of them or none."""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import counted, one_line, show
from memoryos.cli.settings import Settings, standard_input
from memoryos.errors import InvalidArgumentError, UnreadableInputError, UsageError
from memoryos.intake import check_owner
from memoryos.transfer.locomo import is_locomo, read_conversations
from memoryos.transfer.pages import BadRecord, PageRecord, read_pages

if TYPE_CHECKING:
    from rich.progress import Progress

    from memoryos.engine import MemoryEngine
    from memoryos.model import PageDraft

NAMED_RECORDS = 10
"""How many bad records a refusal names."""


class Format(str, Enum):
    """What a file holds."""

    AUTO = "auto"
    JSONL = "jsonl"
    LOCOMO = "locomo"


def import_pages(
    settings: Settings,
    file: Annotated[Path, typer.Argument(help='The file; "-" is stdin.')],
    file_format: Annotated[
        Format, typer.Option("--format", help="jsonl: a page a line. locomo: conversations.")
    ] = Format.AUTO,
    sample: Annotated[
        str | None,
        typer.Option(metavar="ID", help="Only this LoCoMo conversation, into --user."),
    ] = None,
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Count bad records and pass them over.")
    ] = False,
) -> None:
    """Take in pages from a file, then file them.

    A JSONL line has user_input and agent_response, and may have timestamp, meta_data and
    conversation_id. Each conversation of a LoCoMo file becomes the memory of a user of its own,
    named by its sample_id. Nothing is written if a record is bad, unless --skip-bad passes it over.
    """
    bad: list[BadRecord] = []
    records = _records(_content(file), file_format, settings.user_id, sample, bad)
    waiting: dict[str, str] = {}
    with settings.open_memory() as memory, consolidation.progress_bars() as progress:
        drafts = {
            check_owner(user_id, memory.assistant_id).user_id: _checked(memory.engine, pages, bad)
            for user_id, pages in records.items()
        }
        if bad and not skip_bad:
            raise UnreadableInputError(_refusal(bad))
        for user_id, pages in drafts.items():
            _write(memory.engine, user_id, memory.assistant_id, pages, progress)
            stats = consolidation.flush(memory.engine, user_id, memory.assistant_id, progress)
            waiting[user_id] = consolidation.what_waits(stats)
    if settings.json:
        imported = {user_id: len(pages) for user_id, pages in drafts.items()}
        output.show_json({"imported": imported, "skipped": [str(record) for record in bad]})
        return
    for user_id, pages in drafts.items():
        show(f"{counted(len(pages), 'page')} into the memory of {one_line(user_id)}")
        if waiting[user_id]:
            show(waiting[user_id])
    if bad:
        show(f"{counted(len(bad), 'bad record')} passed over")


def _content(file: Path) -> bytes:
    try:
        return standard_input().buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UnreadableInputError(f"cannot read {file}: {error.strerror}") from None


def _records(
    content: bytes, file_format: Format, user_id: str, sample: str | None, bad: list[BadRecord]
) -> dict[str, Iterable[PageRecord]]:
    """The pages of the file, by the user whose memory they go to."""
    data = None if file_format is Format.JSONL else _parsed(content, file_format)
    if file_format is not Format.LOCOMO and not is_locomo(data):
        if sample is not None:
            raise InvalidArgumentError("--sample chooses a conversation of a LoCoMo file")
        return {user_id: read_pages(content.splitlines(), on_bad=bad.append)}
    conversations = {
        conversation.sample_id: conversation.pages
        for conversation in read_conversations(data, on_bad=bad.append)
    }
    if sample is None:
        return dict(conversations)
    if sample not in conversations:
        raise InvalidArgumentError(
            f"the file has no conversation {sample!r}; it has {', '.join(conversations)}"
        )
    return {user_id: conversations[sample]}


def _parsed(content: bytes, file_format: Format) -> object:
    """The file as one JSON value; None where it is none, and may be lines of JSON."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        if file_format is Format.LOCOMO or content.lstrip().startswith(b"["):
            raise UnreadableInputError(f"the file is not JSON: {error}") from None
        return None


def _checked(
    engine: MemoryEngine, records: Iterable[PageRecord], bad: list[BadRecord]
) -> list[PageDraft]:
    drafts = []
    for record in records:
        try:
            draft = engine.write_path.draft(
                record.user_input,
                record.agent_response,
                record.timestamp,
                record.meta_data,
                conversation_id=record.conversation_id,
            )
        except UsageError as error:
            bad.append(BadRecord(record.where, str(error)))
        else:
            drafts.append(draft)
    return drafts


def _refusal(bad: list[BadRecord]) -> str:
    named = "; ".join(map(str, bad[:NAMED_RECORDS]))
    more = f"; and {len(bad) - NAMED_RECORDS} more" if len(bad) > NAMED_RECORDS else ""
    return (
        f"nothing was imported, for the file has {counted(len(bad), 'bad record')}: {named}{more}. "
        "Mend them, or pass them over with --skip-bad"
    )


def _write(
    engine: MemoryEngine,
    user_id: str,
    assistant_id: str,
    drafts: list[PageDraft],
    progress: Progress,
) -> None:
    written = engine.add_memories(user_id, drafts, assistant_id=assistant_id)
    for _ in progress.track(written, len(drafts), description=f"writing {one_line(user_id)}"):
        pass

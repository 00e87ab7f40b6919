"""Commands by which the user sets memory right: `forget` and `correct`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli import output
from memoryos.cli.output import ExitCode, counted, one_line, show
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.forgetting import Receipt

SHOWN_IDS = 10

TOLD = {
    "pages": "page",
    "facts": "fact",
    "traits": "trait",
    "segments": "segment left without pages",
    "redacted": "answer that told of it, emptied",
    "retold": "segment summary made anew",
    "blanked": "chain summary emptied",
    "relearnt": "page to be read anew",
    "reopened": "fact that holds again",
}
"""What a receipt counts -> how one of it is called."""


def forget(
    settings: Settings,
    page: Annotated[str | None, typer.Option(metavar="ID", help="One page: page-12.")] = None,
    fact: Annotated[
        str | None, typer.Option(metavar="ID", help="One fact or trait: fact-7, trait-2.")
    ] = None,
    conversation: Annotated[
        str | None, typer.Option(metavar="ID", help="The pages of one conversation.")
    ] = None,
    before: Annotated[
        str | None, typer.Option(metavar="TIME", help="Pages up to a time: 2024-12-31.")
    ] = None,
    after: Annotated[str | None, typer.Option(metavar="TIME", help="Pages from a time on.")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Whatever holds these words.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="All of this user's memory.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be forgotten.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before forgetting.")] = False,
) -> None:
    """Forget pages, a fact or everything, with all that was derived; no byte stays on disk.

    Shows what would go, and asks on a terminal; elsewhere --yes is needed. Exits with 1 if there
    is nothing to forget.
    """
    chosen = {
        "page": page,
        "fact": fact,
        "conversation": conversation,
        "before": before,
        "after": after,
        "text": text,
        "everything": everything,
    }
    with settings.open_memory() as memory:
        receipt = memory.forget(**chosen, dry_run=True)  # type: ignore[arg-type]
        if receipt and not dry_run:
            if not yes:
                _ask(receipt, as_json=settings.json)
            receipt = memory.forget(**chosen)  # type: ignore[arg-type]
            if not settings.language_model:
                memory.flush()
    if settings.json:
        output.show_json(asdict(receipt))
    else:
        _show(receipt)
    if not receipt:
        raise typer.Exit(ExitCode.NO)


def correct(
    settings: Settings,
    fact: Annotated[str, typer.Argument(metavar="ID", help="The fact: fact-7.")],
    text: Annotated[str, typer.Argument(help="What holds instead, in your own words.")],
) -> None:
    """Set a fact right: your words supersede it, and what was believed stays in its history."""
    with settings.open_memory() as memory:
        number = memory.correct(fact, text)
    if settings.json:
        output.show_json({"superseded": fact, "fact": number})
    else:
        show(f"{fact} is superseded by {number}: {one_line(text)}")


def _ask(receipt: Receipt, *, as_json: bool) -> None:
    """Show what would go, and go on only if the user says so."""
    import sys

    if as_json or sys.stdin is None or not sys.stdin.isatty():
        raise InvalidArgumentError(
            "nothing was forgotten: --dry-run shows what would go, --yes forgets it"
        )
    _show(receipt)
    if not typer.confirm("Forget this for good?"):
        raise typer.Abort


def _show(receipt: Receipt) -> None:
    if not receipt:
        show("there is nothing to forget")
        return
    show("would be forgotten:" if receipt.dry_run else "forgotten:")
    for name, thing in TOLD.items():
        ids: tuple[str, ...] = getattr(receipt, name)
        if ids:
            others = ", …" if len(ids) > SHOWN_IDS else ""
            show(f"  {_counted(len(ids), thing)}: {', '.join(ids[:SHOWN_IDS])}{others}")
    if receipt.said_on:
        pages = ", ".join(receipt.said_on)
        show(f"  the words stay on {pages}: forget these pages, too, if need be")
    if receipt.pending:
        show("  another program still reads the store: bytes are erased once it is through")


def _counted(number: int, thing: str) -> str:
    """ "2 segments left without pages": it is the first word that counts."""
    first, _, rest = thing.partition(" ")
    return " ".join(filter(None, (counted(number, first), rest)))

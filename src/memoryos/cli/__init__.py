"""The command `memoryos`: translates words in, calls `Memoryos`, translates the result out."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from memoryos.cli import (
    amend,
    audit,
    backup,
    bench,
    chat,
    config,
    copy,
    demo,
    doctor,
    install,
    look,
    mcp,
    migrate,
    output,
    pages,
    refile,
    retry,
    token,
    transfer,
    worker,
)
from memoryos.cli.options import (
    Assistant,
    BaseUrl,
    Config,
    Data,
    EmbedderName,
    Json,
    Model,
    Options,
    User,
    with_settings,
)
from memoryos.errors import MemoryOSError

EXIT_CODES = (
    "Exit codes: 0 done; 1 nothing in memory about it, or a check failed; 2 a mistake in what was"
    " asked; 3 storage failed; 4 a model failed; 130 interrupted."
)

# Failures are told by the commands, in a sentence; not once more as the library logs them.
logging.getLogger("memoryos").addHandler(logging.NullHandler())


class Commands(TyperGroup):
    """Tells errors in one sentence (as JSON where --json is), and leaves with their exit code."""

    def main(self, args: Sequence[str] | None = None, *others: Any, **options: Any) -> Any:
        words = list(sys.argv[1:] if args is None else args)
        as_json = "--json" in words
        if as_json:
            options["standalone_mode"] = False
        try:
            sys.exit(super().main(words, *others, **options))
        except MemoryOSError as error:
            kind, message, code = type(error).__name__, str(error), int(output.exit_code(error))
        except OSError as error:
            output.abandon()
            kind, code = type(error).__name__, int(output.ExitCode.STORAGE)
            message = f"reading or writing failed: {error}"
        except TyperException as error:
            kind, message, code = "UsageError", error.format_message(), error.exit_code
        output.show_error(message, kind=kind, code=code, as_json=as_json)
        sys.exit(code)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, SystemExit):
            # The reader left early, as `head` does. Rich leaves by SystemExit when it does.
            output.abandon()
            raise typer.Exit from None


app = typer.Typer(
    name="memoryos",
    cls=Commands,
    help="An operating system for the memory of AI agents. Try: memoryos demo",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

COMMANDS: dict[str, Callable[..., None]] = {
    "demo": demo.demo,
    "chat": chat.chat,
    "add": pages.add,
    "search": pages.search,
    "ask": pages.ask,
    "profile": look.profile,
    "segments": look.segments,
    "stats": look.stats,
    "why": look.why,
    "audit": audit.audit,
    "history": look.history,
    "correct": amend.correct,
    "forget": amend.forget,
    "import": transfer.import_pages,
    "export": transfer.export,
    "copy": copy.copy,
    "backup": backup.backup,
    "restore": backup.restore,
    "refile": refile.refile,
    "worker": worker.worker,
    "migrate": migrate.migrate,
    "retry": retry.retry,
    "mcp": mcp.mcp,
    "install": install.install,
    "doctor": doctor.doctor,
}
for name, command in COMMANDS.items():
    app.command(name, epilog=EXIT_CODES)(with_settings(command))
app.add_typer(config.app, name="config")
app.add_typer(token.app, name="token")
app.add_typer(bench.app, name="bench")


def _show_version(*, as_json: bool) -> None:
    from importlib.metadata import version

    number = version("memoryos-engine")
    if as_json:
        output.show_json({"version": number})
    else:
        output.show(f"memoryos {number}")


@app.callback(invoke_without_command=True)
def _options(
    context: typer.Context,
    data: Data = None,
    user: User = None,
    assistant: Assistant = None,
    embedder: EmbedderName = None,
    model: Model = None,
    base_url: BaseUrl = None,
    config_file: Config = None,
    json: Json = False,
    version: Annotated[bool, typer.Option("--version", help="Print it.")] = False,
) -> None:
    if version:
        _show_version(as_json=json)
        raise typer.Exit
    if context.invoked_subcommand is None:
        context.fail("Missing command.")
    context.obj = Options(data, user, assistant, embedder, model, base_url, config_file, json)


def main() -> None:
    """Run the command line; leaves with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a letter gets its escape, not a traceback.
            stream.reconfigure(errors="backslashreplace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    app(prog_name="memoryos")

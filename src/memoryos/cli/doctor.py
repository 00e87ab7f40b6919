"""The command `doctor`: is everything in place, and what to do where it is not."""

from __future__ import annotations

import os
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from memoryos.cli import output
from memoryos.cli.consolidation import progress_bars
from memoryos.cli.output import counted, one_line, show
from memoryos.cli.settings import Settings
from memoryos.config import sqlite_path, without_password
from memoryos.errors import MemoryOSError, ModelError

if TYPE_CHECKING:
    from memoryos.inspection import Progress
    from memoryos.store.inspecting import Finding as Damage

SAID = "The doctor keeps a spare stethoscope in the blue drawer."
ASKED = "Where is the spare stethoscope?"
ASKED_OF_MODEL = "Answer with the word yes."
THINKING_TOKENS = 1000
"""The most that the model may answer: one that thinks first needs more than for the word."""

PACKAGES = ("memoryos-engine", "mcp", "numpy", "SQLAlchemy", "wordllama")

REMEDIES = {
    "initialize": "the server ended or keeps silent: see at a terminal what memoryos mcp says",
    "tools/list": "pip install --upgrade memoryos-engine",
    "add_memory": "see what the checks above say; if they passed, please report this",
    "retrieve_memory": "see what the checks above say; if they passed, please report this",
}
"""By the step of a conversation with the MCP server."""


class Fault(Exception):
    """A check failed."""

    def __init__(self, detail: str, remedy: str) -> None:
        super().__init__(detail)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, and what to do where it failed."""

    check: str
    passed: bool
    detail: str
    remedy: str = ""


def doctor(
    settings: Settings,
    ask_model: Annotated[
        bool,
        typer.Option("--ask-model", help="Ask the language model a word, too: some ten tokens."),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Only write to the database and read from it.")
    ] = False,
    deep: Annotated[
        bool, typer.Option("--deep", help="Look at every row of every memory instead.")
    ] = False,
) -> None:
    """Check that everything is in place, and say what to do where not.

    Exits with 1 if anything is not. --quick is made for the health check of a container; --deep
    tells what is damaged by numbers, never by text, while others may go on writing.
    """
    if deep:
        _look_deep(settings)
        return
    checks: dict[str, Callable[[Settings], str]] = {
        "versions": _versions,
        "configuration": _configuration,
        "data folder": _data_folder,
        "database": _database,
        "embedder": _embedder,
        "language model": _ask_language_model if ask_model else _language_model,
        "write, recall, remove": _round_trip,
        "MCP server": _mcp_server,
    }
    if quick:
        checks = {"write and read": _write_and_read}
    started = time.perf_counter()
    findings = [_examine(name, check, settings) for name, check in checks.items()]
    passed = all(finding.passed for finding in findings)
    seconds = time.perf_counter() - started
    if settings.json:
        output.show_json({"passed": passed, "findings": findings, "seconds": round(seconds, 3)})
    else:
        for finding in findings:
            _show(finding)
        show(f"{counted(len(findings), 'check')} in {seconds:.1f} s")
    if not passed:
        raise typer.Exit(output.ExitCode.NO)


def _look_deep(settings: Settings) -> None:
    """Look at every row there is."""
    started = time.perf_counter()
    found, seen = _inspect(settings)
    seconds = round(time.perf_counter() - started, 3)
    if settings.json:
        document = {"passed": not found, "findings": found, "owners": seen.owners}
        output.show_json({**document, "pages": seen.pages, "seconds": seconds})
    else:
        for damage in found:
            _show_damage(damage)
        looked_at = f"{counted(seen.pages, 'page')} of {counted(seen.owners, 'owner')}"
        verdict = counted(len(found), "finding") if found else "nothing is wrong"
        show(f"{looked_at} in {seconds:.1f} s: {verdict}")
    if found:
        raise typer.Exit(output.ExitCode.NO)


def _inspect(settings: Settings) -> tuple[list[Damage], Progress]:
    from memoryos.inspection import Progress, inspect
    from memoryos.store import SqlStore

    seen = Progress(0, 0, 0)
    with SqlStore.open_url(settings.database_url) as store, progress_bars() as bars:
        task = bars.add_task("looking at every row")

        def tell(progress: Progress) -> None:
            nonlocal seen
            seen = progress
            bars.update(task, completed=progress.owners, total=progress.of_owners)

        found = list(inspect(store, told=tell))
    return found, seen


def _show_damage(damage: Damage) -> None:
    where = f"owner {damage.key}" if damage.key else "database"
    more = ", …" if damage.count > len(damage.examples) else ""
    named = f" ({', '.join(damage.examples)}{more})" if damage.examples else ""
    show(f"{where}: {damage.breach.value}: {damage.count:,}{named}")


def _examine(name: str, check: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(name, True, check(settings))
    except Fault as fault:
        return Finding(name, False, str(fault), fault.remedy)
    except MemoryOSError as error:
        return Finding(name, False, str(error))
    except OSError as error:
        return Finding(name, False, str(error), "give this user the right to read and write there")


def _show(finding: Finding) -> None:
    from rich.text import Text

    marks = ("✓", "✗") if output.console().encoding.startswith("utf") else ("ok", "FAILED")
    mark, style = (marks[0], "green") if finding.passed else (marks[1], "bold red")
    show(Text.assemble((mark, style), f" {finding.check}: {one_line(finding.detail)}"))
    if finding.remedy:
        show(Text(f"  {one_line(finding.remedy)}", "yellow"))


def _versions(settings: Settings) -> str:
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    python = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    try:
        packages = [f"{name} {version(name)}" for name in PACKAGES]
    except PackageNotFoundError as error:
        raise Fault(
            f"the package {error.name} is not installed", "pip install memoryos-engine"
        ) from None
    return ", ".join([*packages, f"SQLite {sqlite3.sqlite_version}", python])


def _configuration(settings: Settings) -> str:
    config = settings.in_force["config"]
    if config.value is None:
        return "no file; memoryos config show tells what is in force"
    if settings.in_force["openai_api_key"].source.startswith("file "):
        _check_private(Path(config.value), 0o600)
    return f"{config.value} ({config.source})"


def _data_folder(settings: Settings) -> str:
    if settings.value("database_url"):
        return "none: memory is kept in the database that is named"
    folder = settings.folder
    if not folder.exists():
        parent = next(parent for parent in folder.absolute().parents if parent.exists())
        _check_writable(parent)
        return f"{folder}, made at first use"
    if not folder.is_dir():
        raise Fault(f"{folder} is a file", "choose another folder with --data")
    _check_writable(folder)
    _check_private(folder, 0o700)
    return str(folder)


def _database(settings: Settings) -> str:
    path = sqlite_path(settings.database_url)
    name = str(path) if path else without_password(settings.database_url)
    if path and not path.exists():
        return f"{name}, made at first use"
    with settings.open_memory() as memory:
        pages = memory.get_memory_stats()["page_count"]
    if path:
        _check_private(path, 0o600)
    return f"{name} opens; {one_line(settings.user_id)} has {pages} pages in it"


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Fault(
            f"{folder} cannot be written to", f"chmod u+rwx {folder}, or choose another with --data"
        )


def _check_private(path: Path, mode: int) -> None:
    found = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and found & ~mode:
        raise Fault(f"{path} is open to others ({found:o})", f"chmod {mode:o} {path}")


def _write_and_read(settings: Settings) -> str:
    """In the real database, leaving nothing."""
    from memoryos.store import SqlStore
    from memoryos.store.sql_store import open_database

    # A store erases as it is closed, which takes longer than a container waits for its health.
    with closing(open_database(settings.database_url)) as database:
        database.prepare()
        SqlStore(database).check()
    return f"{without_password(settings.database_url)} takes what is written, and gives it back"


def _embedder(settings: Settings) -> str:
    started = time.perf_counter()
    embedder = settings.open_embedder()
    if embedder is None:
        return f"{settings.embedding_model_name}: recall goes by words alone"
    embedder.embed([SAID])
    milliseconds = 1000 * (time.perf_counter() - started)
    return f"{embedder.model}, {embedder.dim} dimensions, loaded in {milliseconds:.0f} ms"


def _language_model(settings: Settings) -> str:
    model = settings.language_model
    if model is None:
        return f"none: rules do its work; {settings.why_no_model}"
    return f"{model.model}, not asked; doctor --ask-model does"


def _ask_language_model(settings: Settings) -> str:
    from memoryos.llms import open_chat_model
    from memoryos.llms.base import ChatRequest, Message, Purpose

    model = settings.language_model
    if model is None:
        raise Fault("none to ask", settings.why_no_model)
    request = ChatRequest(Purpose.REPLY, (Message("user", ASKED_OF_MODEL),), THINKING_TOKENS)
    started = time.perf_counter()
    try:
        tokens = open_chat_model(model).complete(request).tokens
    except ModelError as error:
        raise Fault(
            str(error), "check --model, --base-url and the key: memoryos config show"
        ) from None
    milliseconds = 1000 * (time.perf_counter() - started)
    spent = tokens.prompt + tokens.completion
    return f"{model.model} answered in {milliseconds:.0f} ms; that cost {counted(spent, 'token')}"


def _round_trip(settings: Settings) -> str:
    """In a folder of its own: what is written comes back, and is gone once removed."""
    from memoryos.model import Owner, parse_id

    with (
        tempfile.TemporaryDirectory(prefix="memoryos-doctor-") as folder,
        settings.open_memory(data_storage_path=folder) as memory,
    ):
        page_id = memory.add_memory(SAID, "")
        if page_id not in [page.id for page in memory.retrieve_memory(ASKED).pages]:
            raise Fault("a page was written and not recalled", "please report this")
        owner = Owner(memory.user_id, memory.assistant_id)
        memory.engine.store.remove_pages(owner, [parse_id(page_id)[1]])
        if memory.retrieve_memory(ASKED).pages:
            raise Fault("a page was removed and still recalled", "please report this")
    return "a page written in a folder of its own came back, and is gone"


def _mcp_server(settings: Settings) -> str:
    """As a client starts it, on a folder of its own: it answers, remembers and recalls."""
    from memoryos.cli.clients import server_command
    from memoryos.cli.conversation import converse

    with tempfile.TemporaryDirectory(prefix="memoryos-doctor-") as folder:
        command = server_command(settings.with_model_of_file(), data_storage_path=folder)
        talk = converse(command, SAID, ASKED)
    if talk.fault:
        step = talk.failed_step
        heard = f"; the last it said is: {talk.last_words}" if talk.last_words else ""
        raise Fault(f"{step} failed: {talk.fault}{heard}", REMEDIES[step])
    return ", ".join(f"{step} {1000 * took:.0f} ms" for step, took in talk.seconds.items())

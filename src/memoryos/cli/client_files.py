"""Entering the server into the files of MCP clients, and losing nothing that stands in them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from memoryos.cli import jsonc
from memoryos.cli.clients import SERVER, SERVERS, entry
from memoryos.clock import utc_now
from memoryos.errors import InvalidArgumentError, UnreadableInputError


@dataclass(frozen=True, slots=True)
class Change:
    """What installing did to one file."""

    file: Path
    changed: bool
    backup: Path | None = None
    """What the file held before; None where it held nothing or was left as it is."""


def install(files: Sequence[Path], command: Sequence[str]) -> list[Change]:
    """Enter the server in each file; all that a file holds besides is kept, comments included.

    Raises UnreadableInputError if one of them cannot be read as JSON, InvalidArgumentError if one
    has a server at a URL in our name; then none is touched.
    """
    before = [_content(file) for file in files]
    after = [_installed(*pair, command) for pair in zip(files, before, strict=True)]
    return [_changed(*each) for each in zip(files, before, after, strict=True)]


def _content(file: Path) -> str:
    """The text of `file`; "" where there is none."""
    try:
        return file.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise UnreadableInputError(_refusal(file, "it is not text in UTF-8")) from None


def _installed(file: Path, text: str, command: Sequence[str]) -> str:
    text = text if text.strip() else "{}\n"
    try:
        # Member by member: a client keeps switches of its own in the entry.
        for name, value in entry(command).items():
            text = jsonc.with_value(text, (SERVERS, SERVER, name), value)
    except UnreadableInputError as error:
        raise UnreadableInputError(_refusal(file, str(error))) from None
    if "url" in jsonc.read(text)[SERVERS][SERVER]:
        raise InvalidArgumentError(
            _refusal(file, f'its entry "{SERVER}" has the url of another server')
        )
    return text


def _refusal(file: Path, why: str) -> str:
    return f"{file} was left as it is, for {why}. Mend it, or put in by hand what --print shows"


def _changed(file: Path, before: str, after: str) -> Change:
    if before == after:
        return Change(file, changed=False)
    backup = None
    if before:
        backup = file.with_name(f"{file.name}.{utc_now():%Y%m%d-%H%M%S-%f}.bak")
        shutil.copy2(file, backup)
    _replace(file.resolve(), after)
    return Change(file, changed=True, backup=backup)


def _replace(file: Path, text: str) -> None:
    """Let `file` hold `text`, at no instant half of it; its rights stay (a new one is private)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(text.encode())
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            shutil.copymode(file, draft)
        Path(draft).replace(file)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise

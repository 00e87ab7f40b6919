"""The MCP clients that people use: where each keeps its servers, and the form it wants them in."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from memoryos.cli import jsonc
from memoryos.cli.settings import DEFAULT, Settings
from memoryos.clock import utc_now
from memoryos.errors import InvalidArgumentError, UnreadableInputError

SERVER = "memoryos"
SERVERS = "mcpServers"
"""What most clients call the object that holds their servers."""

OPTIONS = {
    "config": "--config",
    "data_storage_path": "--data",
    "user_id": "--user",
    "assistant_id": "--assistant",
    "embedding_model_name": "--embedder",
    "llm_model": "--model",
    "openai_base_url": "--base-url",
}
"""The option that gives a setting. There is none for a key, which would stand in plain sight."""

STORE_APP = "Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming"
"""Where Windows keeps what Claude Desktop's installer (MSIX) lets it believe is in %APPDATA%."""

CLINE_FILE = "settings/cline_mcp_settings.json"


class Client(str, Enum):
    """A program that starts MCP servers."""

    CLAUDE_DESKTOP = "claude-desktop"
    CURSOR = "cursor"
    CLINE = "cline"
    VS_CODE = "vscode"
    CLAUDE_CODE = "claude-code"


TITLES = {
    Client.CLAUDE_DESKTOP: "Claude Desktop",
    Client.CURSOR: "Cursor",
    Client.CLINE: "Cline",
    Client.VS_CODE: "VS Code",
    Client.CLAUDE_CODE: "Claude Code",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What installing did to one file."""

    file: Path
    changed: bool
    backup: Path | None = None
    """What the file held before; None where it held nothing or was left as it is."""


def server_command(settings: Settings, **said: str) -> list[str]:
    """What starts the server from any folder and without this shell's variables, key excepted.

    It says what was said here, by options or variables; what stands in the configuration file stays
    there. `said` goes before that: the values of options by the settings' names.
    """
    values = {
        name: settings.value(name)
        for name in OPTIONS
        if (source := settings.in_force[name].source) != DEFAULT and not source.startswith("file ")
    }
    for name in ("config", "data_storage_path"):
        if name in values:
            values[name] = Path(values[name]).expanduser().absolute()
    options = [(OPTIONS[name], str(value)) for name, value in {**values, **said}.items()]
    return [sys.executable, "-m", "memoryos", "mcp", *(word for pair in options for word in pair)]


def configuration_files(
    client: Client, *, platform: str, home: Path, environment: Mapping[str, str]
) -> list[Path]:
    """The files that `client` may read, on `platform` (as `sys.platform` has it).

    Those whose folder exists, for an older and a newer release may look into different ones; where
    none does, the one most releases make. Empty for a client whose file is not ours to write.
    """
    roaming = _application_data(platform, home, environment)
    claude = [roaming]
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        claude.append(local / STORE_APP)
    code = roaming / "Code" / "User" / "globalStorage" / "saoudrizwan.claude-dev"
    files = {
        Client.CLAUDE_DESKTOP: [one / "Claude" / "claude_desktop_config.json" for one in claude],
        Client.CURSOR: [home / ".cursor" / "mcp.json"],
        Client.CLINE: [code / CLINE_FILE, home / ".cline" / "data" / CLINE_FILE],
    }.get(client, [])
    return [file for file in files if file.parent.is_dir()] or files[:1]


def _application_data(platform: str, home: Path, environment: Mapping[str, str]) -> Path:
    if platform == "win32":
        return Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
    if platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environment.get("XDG_CONFIG_HOME") or home / ".config")


def snippet(client: Client | None, command: Sequence[str]) -> str:
    """What tells `client`, or with None any other one, to start `command`."""
    if client is Client.CLAUDE_CODE:
        join = subprocess.list2cmdline if os.name == "nt" else shlex.join
        return join(["claude", "mcp", "add", "--scope", "user", SERVER, "--", *command])
    servers, entry = SERVERS, _entry(command)
    if client is Client.VS_CODE:
        servers, entry = "servers", {"type": "stdio", **entry}
    return json.dumps({servers: {SERVER: entry}}, indent=2, ensure_ascii=False)


def _entry(command: Sequence[str]) -> dict[str, Any]:
    return {"command": command[0], "args": list(command[1:])}


def install(files: Sequence[Path], command: Sequence[str]) -> list[Change]:
    """Enter the server in each file; all that a file holds besides is kept, comments included.

    Raises UnreadableInputError if one of them cannot be read as JSON, and then none is touched.
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
        for name, value in _entry(command).items():
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

"""The MCP clients that people use: where each keeps its servers, and the form it wants them in."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from memoryos.cli.settings import DEFAULT, Settings

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
}
"""Those whose files we write."""


def server_command(settings: Settings, **said: str) -> list[str]:
    """What starts the server from any folder, in an environment without our variables.

    What was said here, by options or variables, it says in options, but for the key; what stands in
    the configuration file is left to that. `said`, by the names of settings, goes before both.
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
    servers, form = SERVERS, entry(command)
    if client is Client.VS_CODE:
        servers, form = "servers", {"type": "stdio", **form}
    return json.dumps({servers: {SERVER: form}}, indent=2, ensure_ascii=False)


def entry(command: Sequence[str]) -> dict[str, Any]:
    """What every client's entry of a server holds."""
    return {"command": command[0], "args": list(command[1:])}

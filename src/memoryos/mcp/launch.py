"""The server as a client starts it: for tests, and for whoever checks an installation."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from mcp import StdioServerParameters


def server_parameters(
    config: Path | None = None, *, env: Mapping[str, str] | None = None
) -> StdioServerParameters:
    """How `mcp.Client` starts a server of this installation over a pipe.

    `env` is added to the few variables that the SDK passes on.
    """
    options = ["--config", str(config.absolute())] if config else []
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "memoryos", "mcp", *options],
        env=dict(env) if env else None,
    )

"""The answer to `initialize`, given before the SDK is loaded: that takes most of a second.

The SDK's server is handed the same request once it is there, and its answer is dropped. A test
holds the two against each other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from memoryos.mcp.instructions import INSTRUCTIONS
from memoryos.mcp.wire import Wire

NAME = "MemoryOS"

VERSIONS = ("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25")
"""The protocol versions that a client is simply granted. Whatever else it says is for the SDK."""

CAPABILITIES = {
    "prompts": {"listChanged": False},
    "resources": {"listChanged": False, "subscribe": False},
    "tools": {"listChanged": False},
}


@dataclass(frozen=True, slots=True)
class Opening:
    """The first line that a client wrote, and the id of its request if that was answered."""

    line: bytes | None
    answered: str | int | None = None


def answer_opening(wire: Wire) -> Opening | None:
    """Wait for the client's first line and answer it, if it is a plain `initialize`.

    None for a client that left without a word. Raises OSError if it is gone.
    """
    for line in wire.lines:
        request = _initialize(line) if line else None
        if request is None:
            return Opening(line)
        wire.write(json.dumps(_answer(request)).encode() + b"\n")
        return Opening(line, request["id"])
    return None


def _initialize(line: bytes) -> dict[str, Any] | None:
    """The request on the line, where the SDK would grant it without more ado."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError):
        return None
    match request:
        case {
            "jsonrpc": "2.0",
            "id": str() | int() as request_id,
            "method": "initialize",
            "params": {
                "protocolVersion": str() as wanted,
                "capabilities": {},
                "clientInfo": {"name": str(), "version": str()},
            },
        } if wanted in VERSIONS and not isinstance(request_id, bool):
            return dict(request)
    return None


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    result = {
        "protocolVersion": request["params"]["protocolVersion"],
        "capabilities": CAPABILITIES,
        "serverInfo": {"name": NAME, "version": version("memoryos-engine")},
        "instructions": INSTRUCTIONS,
    }
    return {"jsonrpc": "2.0", "id": request["id"], "result": result}

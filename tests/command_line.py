"""The real command, started with an environment of its own: no key of anybody's gets in."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

MEMORYOS = [sys.executable, "-m", "memoryos"]
PATIENCE_SECONDS = 30

LEFT_OUT = (
    "MEMORYOS_CONFIG",
    "MEMORYOS_DATA",
    "MEMORYOS_MODEL",
    "MEMORYOS_MODEL_TIMEOUT",
    "MEMORYOS_USER",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
)
"""Variables that would change what a command does."""


def environment(folder: Path, **changes: str) -> dict[str, str]:
    """That of this process without what would change a command, and with memory in `folder`."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return {**kept, "MEMORYOS_DATA": str(folder), "PYTHONIOENCODING": "utf-8", **changes}


def start(*words: str, env: dict[str, str], **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*MEMORYOS, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=env,
        **options,
    )


def run(*words: str, env: dict[str, str], **options: Any) -> subprocess.CompletedProcess[str]:
    """What the command did; a test that hangs fails."""
    return subprocess.run(
        [*MEMORYOS, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=env,
        timeout=PATIENCE_SECONDS,
        **options,
    )


class Terminal:
    """A command on a terminal that knows no more than to show letters."""

    def __init__(self, *words: str, env: dict[str, str]) -> None:
        self._end, inner = pty.openpty()
        self.process = subprocess.Popen(
            [*MEMORYOS, *words],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env={**env, "TERM": "dumb"},
            start_new_session=True,
        )
        os.close(inner)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._end)

    def read_until(self, text: str) -> str:
        """What is shown up to and with `text`."""
        shown = ""
        while text not in shown:
            readable, _, _ = select.select([self._end], [], [], PATIENCE_SECONDS)
            assert readable, f"{text!r} does not come after {shown!r}"
            shown += os.read(self._end, 1).decode("utf-8", "replace")
        return shown

    def type(self, line: str) -> None:
        os.write(self._end, f"{line}\n".encode())

    def press_ctrl_c(self) -> None:
        self.process.send_signal(signal.SIGINT)

    def leave(self) -> int:
        """Say that nothing more is typed (Ctrl-D); gives the exit code."""
        os.write(self._end, b"\x04")
        return self.process.wait(PATIENCE_SECONDS)

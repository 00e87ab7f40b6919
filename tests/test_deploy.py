"""Dockerfile and compose.yaml, held to what matters; docs/deploy.md says what was run by hand."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT
from typer.testing import CliRunner

from memoryos.cli import app

yaml = pytest.importorskip("yaml")

ROOT = Path(__file__).parents[1]
SERVICES = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
OURS = ("mcp-1", "mcp-2", "worker-1", "worker-2")
SECRET = re.compile(r"PASSWORD|KEY|TOKEN|SECRET")


def instructions() -> list[tuple[str, str]]:
    """Those of the Dockerfile, each on one line."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]  # type: ignore[misc]


def last_stage() -> list[tuple[str, str]]:
    found = instructions()
    begin = max(place for place, (word, _) in enumerate(found) if word == "FROM")
    return found[begin:]


def the_only(word: str) -> str:
    (value,) = [value for name, value in last_stage() if name == word]
    return value


def healthcheck() -> list[str]:
    words: list[str] = json.loads(the_only("HEALTHCHECK").partition("CMD ")[2])
    return words


def started() -> list[list[str]]:
    """The words after `memoryos` in everything that a container runs."""
    assert json.loads(the_only("ENTRYPOINT")) == ["memoryos"]
    program, *health = healthcheck()
    assert program == "memoryos"
    return [json.loads(the_only("CMD")), health, *(SERVICES[name]["command"] for name in OURS)]


def is_pinned(image: str) -> bool:
    return re.fullmatch(r"[a-z/-]+:\d[\w.]*(-\w+)+", image) is not None


def test_the_image_is_built_in_stages_from_pinned_tags() -> None:
    froms = [value.split() for word, value in instructions() if word == "FROM"]
    assert [stage[1:] for stage in froms] == [["AS", "build"], []]
    assert all(is_pinned(stage[0]) for stage in froms)
    assert is_pinned(SERVICES["database"]["image"])


def test_nothing_is_installed_or_built_in_the_image_that_runs() -> None:
    run = the_only("RUN")
    assert not re.search(r"\b(apt|apt-get|pip|gcc|make)\b", run)
    assert the_only("COPY") == "--from=build /opt/memoryos /opt/memoryos"


def test_it_runs_as_nobody_of_note_in_the_data_folder() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", the_only("USER"))
    assert the_only("WORKDIR") == the_only("VOLUME") == "/data"
    assert "MEMORYOS_DATA=/data" in the_only("ENV")
    assert "PYTHONUNBUFFERED=1" in the_only("ENV")
    assert the_only("STOPSIGNAL") == "SIGTERM"


def test_its_health_is_a_write_and_a_read() -> None:
    assert healthcheck() == ["memoryos", "doctor", "--quick"]


def test_only_what_the_build_copies_gets_into_it() -> None:
    ignore = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in ignore
    let_in = {line[1:] for line in ignore if line.startswith("!")}
    copied = [
        value.split()[:-1]
        for word, value in instructions()
        if word == "COPY" and "--from" not in value
    ]
    assert let_in == {name for names in copied for name in names}
    assert all((ROOT / name).exists() for name in let_in)


@pytest.mark.parametrize("words", started(), ids=" ".join)
def test_every_command_is_one_of_ours_with_options_that_it_has(words: list[str]) -> None:
    runner = CliRunner(env={**dict.fromkeys(LEFT_OUT), "NO_COLOR": "1", "COLUMNS": "200"})
    shown = runner.invoke(app, [*words, "--help"])
    assert shown.exit_code == 0, shown.output
    for option in (word for word in words if word.startswith("--")):
        assert option in shown.output


def test_ports_are_open_to_this_machine_alone() -> None:
    ports = {name: service.get("ports", []) for name, service in SERVICES.items()}
    assert ports["database"] == []
    assert ports["mcp-1"] != ports["mcp-2"]
    for published in (port for of_service in ports.values() for port in of_service):
        assert fnmatch(published, "127.0.0.1:????:8000")


def test_both_servers_see_the_same_tokens() -> None:
    """They lie in the data folder."""
    assert SERVICES["mcp-1"]["volumes"] == SERVICES["mcp-2"]["volumes"] == ["data:/data"]


def test_no_secret_is_written_down() -> None:
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if SECRET.search(name):
                assert re.fullmatch(r"\$\{\w+:[?-].*\}", str(value)), name
    urls = {SERVICES[name]["environment"]["MEMORYOS_DATABASE_URL"] for name in OURS}
    assert urls == {"postgresql+psycopg://memoryos@database/memoryos"}


def test_all_wait_for_a_database_that_answers_and_may_end_in_peace() -> None:
    assert SERVICES["database"]["healthcheck"]["test"][:2] == ["CMD", "pg_isready"]
    for name in OURS:
        service: dict[str, Any] = SERVICES[name]
        assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
        assert service["init"] is True
        # A server lets go of requests in 3 seconds, and of its memory in 5.
        assert int(service["stop_grace_period"].removesuffix("s")) > 8
        assert service["cap_drop"] == ["ALL"]

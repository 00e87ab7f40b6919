"""The README is true, and its three languages say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READMES = ["README.md", "README.it.md", "README.es.md"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_blocks(text: str) -> list[str]:
    """The code, without the comments: those are in the language of the page."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return [
        kind + "\n" + re.sub(r"\s*#.*", "", re.sub(r'"[^"]*"', '""', code)) for kind, code in blocks
    ]


def links(text: str) -> list[str]:
    return [link for link in re.findall(r"\]\(([^)]+)\)", text) if not link.startswith("README")]


@pytest.mark.parametrize("name", READMES[1:])
def test_the_translations_have_the_same_sections_code_links_and_numbers(name: str) -> None:
    english, other = read("README.md"), read(name)
    assert len(re.findall(r"^#+ ", other, re.MULTILINE)) == len(
        re.findall(r"^#+ ", english, re.MULTILINE)
    )
    assert code_blocks(other) == code_blocks(english)
    assert sorted(links(other)) == sorted(links(english))
    tables = [re.findall(r"\d+(?:[.,]\d+)*", line) for line in english.splitlines() if "|" in line]
    others = [re.findall(r"\d+(?:[.,]\d+)*", line) for line in other.splitlines() if "|" in line]
    assert others == tables


@pytest.mark.parametrize("name", READMES)
def test_the_first_screen_names_the_two_commands(name: str) -> None:
    first_screen = "\n".join(read(name).splitlines()[:30])
    assert "make demo" in first_screen
    assert "make test" in first_screen


@pytest.mark.parametrize("name", READMES)
def test_the_links_lead_somewhere(name: str) -> None:
    local = [link for link in links(read(name)) if "://" not in link]
    assert [link for link in local if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_the_python_example_runs(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", read(name), re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    exec(compile(code, name, "exec"), {})
    shown = capsys.readouterr().out
    assert "Pixel" in shown
    assert "data scientist" in shown

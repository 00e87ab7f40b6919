"""docs/promises.md is complete, and each kept promise has a mutation to try its tests on."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from mutations import MUTATIONS, PACKAGE, ROOT, Mutation

PROMISES = [
    *(f"W{number}" for number in range(1, 12)),
    *(f"M{number}" for number in range(1, 11)),
    *(f"R{number}" for number in range(1, 7)),
    *(f"C{number}" for number in range(1, 9)),
    *(f"Invariant {number}" for number in range(1, 13)),
]


def entries(text: str) -> list[tuple[str, str]]:
    """Each promise with what is said of it."""
    parts = re.split(r"^- \*\*(.+?)\*\* ", text, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def named_in(text: str) -> list[str]:
    return re.findall(r"`((?:tests|src)/\S+?\.py::\S+?)`", text)


PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
KEPT, NOT_YET = map(entries, PAGE.split("\n## Not yet kept\n"))


def is_there(node_id: str) -> bool:
    """Whether a test, or a class of tests, stands in its file, by reading it."""
    file, *names = node_id.split("::")
    if not (ROOT / file).is_file():
        return False
    body = ast.parse((ROOT / file).read_text(encoding="utf-8")).body
    for name in names:
        named = {
            node.name: node for node in body if isinstance(node, (ast.ClassDef, ast.FunctionDef))
        }
        if name not in named:
            return False
        body = named[name].body
    return names[-1].startswith("test_") or names[-1].endswith("Contract")


def test_every_promise_is_on_the_page_once() -> None:
    assert Counter(promise for promise, _ in KEPT + NOT_YET) == Counter(PROMISES)


def test_every_test_on_the_page_exists() -> None:
    assert [test for test in named_in(PAGE) if not is_there(test)] == []


@pytest.mark.parametrize(("promise", "text"), KEPT, ids=dict(KEPT))
def test_a_kept_promise_names_its_tests_and_how_far_they_go(promise: str, text: str) -> None:
    assert named_in(text)
    assert re.search(r"\*(?:Whole|Short form)\b", text)


def test_a_promise_not_kept_says_what_is_missing() -> None:
    assert [promise for promise, text in NOT_YET if "Missing: " not in text] == []


def test_every_kept_promise_has_a_mutation_and_no_other_has() -> None:
    assert {mutation.id for mutation in MUTATIONS} == set(dict(KEPT))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.id)
def test_a_mutation_fits_the_code_and_turns_tests_of_its_promise_red(mutation: Mutation) -> None:
    whole = (ROOT / PACKAGE / mutation.file).read_text(encoding="utf-8")
    assert whole.count(mutation.old) == 1
    compile(whole.replace(mutation.old, mutation.new), mutation.file, "exec")
    names = {test.rpartition("::")[2] for test in named_in(dict(KEPT)[mutation.id])}
    assert mutation.tests
    assert {test.rpartition("::")[2] for test in mutation.tests} <= names

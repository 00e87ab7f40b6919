"""A public name is a promise: `__all__` and what the package gives are the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

import memoryos


def test_every_listed_name_is_there() -> None:
    assert all(getattr(memoryos, name) is not None for name in memoryos.__all__)


def test_the_list_is_sorted_and_complete() -> None:
    assert memoryos.__all__ == sorted(memoryos.__all__)
    assert set(memoryos.__all__) == set(memoryos._ROOMS)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Memory"):
        memoryos.Memory  # noqa: B018


def test_importing_the_package_loads_no_heavy_library() -> None:
    code = (
        "import sys, memoryos; "
        "print([m for m in ('numpy', 'sqlalchemy', 'openai', 'wordllama') if m in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"

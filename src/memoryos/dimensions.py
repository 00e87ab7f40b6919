"""The 90 dimensions that a user's traits are told on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the 90 dimensions of a user (three groups, after Li et al. 2025, AlignX)."""

    name: str
    group: str
    means: str


@lru_cache(maxsize=1)
def dimensions() -> tuple[Dimension, ...]:
    """All 90, in their order."""
    rows = json.loads(
        files("memoryos").joinpath("user_trait_dimensions.json").read_text(encoding="utf-8")
    )
    return tuple(Dimension(row["name"], row["group"], row["means"]) for row in rows)

"""How far a difference between two ways of recall may be chance: a paired bootstrap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ROUNDS = 10_000
COVERED = (2.5, 97.5)
"""The percentiles that an interval reaches between."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What each question gained in the mean, and the 95% interval of that mean."""

    mean: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether 0, no difference at all, lies outside the interval."""
        return self.low > 0 or self.high < 0


def paired_difference(groups: Sequence[Sequence[float]], *, seed: int) -> Difference:
    """The mean of what questions gained, given for each in groups that were asked together.

    Questions are drawn again with replacement within their group (a conversation), as many as it
    has, ROUNDS times: conversations are too few to be drawn themselves, so the interval tells how
    these conversations' questions vary, not how conversations do. There must be a question.
    """
    generator = np.random.default_rng(seed)
    count = sum(map(len, groups))
    sums = np.zeros(ROUNDS)
    for gains in filter(len, groups):
        # As many questions gain the same: counting them draws a thousand times faster.
        values, held = np.unique(np.asarray(gains, dtype=np.float64), return_counts=True)
        sums += generator.multinomial(len(gains), held / len(gains), size=ROUNDS) @ values
    low, high = np.percentile(sums / count, COVERED)
    total = sum(sum(gains) for gains in groups)
    return Difference(mean=total / count, low=float(low), high=float(high))

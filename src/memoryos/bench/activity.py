"""How people use an assistant, as a model: the assumptions behind every plan, in one place.

None of this is measured: it is a guess at a consumer product, wide on purpose. Few people talk
much and many hardly ever (a lognormal number of sessions a day), people came at different times
(exponential ages), a session has several exchanges (geometric), and evenings are busier than nights
(a cosine; all people in one time zone, which is the worst case). For each exchange the agent
recalls once, and adds one page.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DAY_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Activity:
    """What people do. The defaults are those of `memoryos bench fleet` and docs/scaling.md."""

    sessions_per_day: float = 0.15
    """Of the median person: one a week."""
    spread: float = 1.2
    """Sigma of the lognormal: one person in a hundred has 16 times the median."""
    age_days: float = 120.0
    """Since people came, on average."""
    exchanges: float = 5.0
    """Of a session, on average."""
    pause_seconds: float = 45.0
    """Between the exchanges of a session, on average."""
    swing: float = 0.8
    """How far the busiest moment of the day is above the average one, and the quietest below."""
    peak_hour: float = 20.0

    @property
    def mean_sessions_per_day(self) -> float:
        """The mean of the lognormal, m·exp(σ²/2)."""
        return self.sessions_per_day * math.exp(self.spread**2 / 2)

    @property
    def exchanges_per_day(self) -> float:
        """Of a person, on average."""
        return self.mean_sessions_per_day * self.exchanges

    @property
    def pages_per_owner(self) -> float:
        """On average; ages do not depend on how much people talk."""
        return self.exchanges_per_day * self.age_days

    @property
    def peak_factor(self) -> float:
        """The busiest moment of the day over the average one."""
        return 1 + self.swing


@dataclass(frozen=True, slots=True)
class Person:
    sessions_per_day: float
    pages: int
    """In memory before the first day that is drawn; at least one."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A recall and then an add of the person of that place, at a second since midnight."""

    at: float
    person: int


def draw_people(count: int, activity: Activity, *, seed: int) -> tuple[Person, ...]:
    """`count` people, the same for the same seed."""
    draw = np.random.default_rng(seed)
    sessions = draw.lognormal(math.log(activity.sessions_per_day), activity.spread, count)
    ages = draw.exponential(activity.age_days, count)
    pages = draw.poisson(sessions * ages * activity.exchanges)
    return tuple(
        Person(float(rate), max(1, int(number)))
        for rate, number in zip(sessions, pages, strict=True)
    )


def draw_exchanges(
    people: Sequence[Person], activity: Activity, *, days: int, seed: int
) -> tuple[Exchange, ...]:
    """All exchanges of so many days, in order of time; sessions that go on after them are cut."""
    draw = np.random.default_rng(seed)
    rates = np.array([person.sessions_per_day for person in people])
    who = np.repeat(np.arange(len(people)), draw.poisson(rates * days))
    starts = _starts(len(who), activity, days, draw)
    lengths = draw.geometric(1 / activity.exchanges, len(who))
    end = days * DAY_SECONDS
    exchanges = []
    for person, start, length in zip(who.tolist(), starts.tolist(), lengths.tolist(), strict=True):
        pauses = draw.exponential(activity.pause_seconds, length - 1)
        times = (start, *(start + np.cumsum(pauses)).tolist())
        exchanges += [Exchange(at, person) for at in times if at < end]
    return tuple(sorted(exchanges, key=lambda exchange: (exchange.at, exchange.person)))


def _starts(
    count: int, activity: Activity, days: int, draw: np.random.Generator
) -> npt.NDArray[np.float64]:
    """Moments whose density over the day is 1 + swing · cos(2π · (t - peak) / day)."""
    grid = np.linspace(0, DAY_SECONDS, 24 * 60 + 1)
    turn = 2 * math.pi / DAY_SECONDS
    peak = activity.peak_hour * 3600
    reached = grid + activity.swing / turn * (
        np.sin(turn * (grid - peak)) - np.sin(turn * (grid[0] - peak))
    )
    of_day = np.interp(draw.uniform(0, DAY_SECONDS, count), reached, grid)
    return of_day + DAY_SECONDS * draw.integers(0, days, count)

"""One matter over time: from what was said of it to the spans in which each value held.

A matter is what has one value at a time: where the user lives, or whether he plays chess. All that
was said of it is put in the order of what it speaks of, never of its arrival, so that a history
read in any order gives the same spans.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from memoryos.analysts.base import LearntFact
from memoryos.model import Evidence, Fact


@dataclass(frozen=True, slots=True)
class Saying:
    """That a value holds from `at` on or, with `over`, that it is over by then."""

    at: datetime
    value: Hashable
    """None, for what is over: whatever held."""
    over: bool
    evidence: tuple[Evidence, ...]
    source: Fact | LearntFact
    """What has its words."""
    ended_by: int | None = None
    """Number of a fact outside this matter that ended it."""

    @property
    def order(self) -> tuple[datetime, int, bool]:
        """By time, then by page; a page that tells beginning and end tells the beginning first."""
        return self.at, min((piece.page for piece in self.evidence), default=0), self.over


@dataclass(slots=True)
class Span:
    """A time in which one value held."""

    value: Hashable
    begin: datetime | None
    """None where only its end is known."""
    end: datetime | None = None
    follower: Span | None = None
    """The span of another value that ended this one."""
    ended_by: int | None = None
    sayings: list[Saying] = field(default_factory=list)
    number: int = 0
    """The row it is kept in."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        pieces = (piece for saying in self.sayings for piece in saying.evidence)
        return tuple({(piece.page, piece.quote): piece for piece in pieces}.values())


def spans(sayings: Iterable[Saying]) -> list[Span]:
    """The spans of one matter, in order of time.

    Another value ends the one that held, so does a saying that it is over. What is said to be over
    and was never said to hold is a span without beginning. A repeat lengthens nothing and adds its
    evidence.
    """
    told: list[Span] = []
    latest: dict[Hashable, Span] = {}
    current: Span | None = None
    for saying in sorted(sayings, key=lambda saying: saying.order):
        if not saying.over:
            if current is None or current.value != saying.value:
                begun = Span(saying.value, saying.at)
                if current is not None:
                    current.end, current.follower = saying.at, begun
                told.append(begun)
                latest[saying.value] = current = begun
            current.sayings.append(saying)
        elif current is not None and saying.value in (None, current.value):
            current.end, current.ended_by = saying.at, saying.ended_by
            current.sayings.append(saying)
            current = None
        elif saying.value in latest:
            latest[saying.value].sayings.append(saying)
        elif saying.value is not None:
            latest[saying.value] = Span(saying.value, None, saying.at, sayings=[saying])
            told.append(latest[saying.value])
    return told


def sayings_of_statement(
    statement: LearntFact, value: Hashable, said_at: Mapping[int, datetime], *, now: datetime
) -> Iterator[Saying]:
    """What one statement says: a beginning, an end, or both. Undated, it speaks of when it was
    said or, where that is not known either, of `now`.
    """
    evidence = (statement.evidence,)
    if statement.valid_to is not None:
        yield Saying(statement.valid_to, value, True, evidence, statement)
    if value is not None and (statement.valid_from is not None or statement.valid_to is None):
        at = statement.valid_from or said_at.get(statement.evidence.page, now)
        yield Saying(at, value, False, evidence, statement)


def sayings_of_fact(
    fact: Fact, value: Hashable, said_at: Mapping[int, datetime], siblings: AbstractSet[int]
) -> Iterator[Saying]:
    """What a held fact says: its beginning, every repeat, and its end, unless that is the beginning
    of another of `siblings`, the rows of its matter.

    A repeat stands where its page was said. Evidence of pages not in `said_at` stays with the
    beginning.
    """
    begin = fact.valid_from
    if begin is None and fact.valid_to is None:
        begin = fact.recorded_at
    holding, ending = _parted(fact, said_at)
    if begin is not None:
        later = [piece for piece in holding if said_at.get(piece.page, begin) > begin]
        if len(later) == len(holding):
            later = later[1:]  # it began earlier than it was said: by the first to say so
        first = holding[: len(holding) - len(later)]
        yield Saying(begin, value, False, tuple(first), fact)
        for piece in later:
            yield Saying(said_at[piece.page], value, False, (piece,), fact)
        holding = []
    if fact.valid_to is not None and fact.superseded_by not in siblings:
        at_end = (*holding, *ending[:1])
        yield Saying(fact.valid_to, value, True, at_end, fact, fact.superseded_by)
        ending = ending[1:]
    for piece in ending:
        yield Saying(said_at[piece.page], value, True, (piece,), fact)


def _parted(fact: Fact, said_at: Mapping[int, datetime]) -> tuple[list[Evidence], list[Evidence]]:
    """The evidence that a fact held and that it was over, each in order of when it was said.

    What was said once it was over tells of its end, unless nothing else tells that it held.
    """
    unknown = fact.valid_from or fact.recorded_at
    pieces = sorted(fact.evidence, key=lambda piece: (said_at.get(piece.page, unknown), piece.page))
    if fact.valid_to is None:
        return pieces, []
    holding: list[Evidence] = []
    ending: list[Evidence] = []
    for piece in pieces:
        is_end = piece.page in said_at and said_at[piece.page] >= fact.valid_to
        (ending if is_end else holding).append(piece)
    if holding or fact.valid_from is None:
        return holding, ending
    return (ending[:1], ending) if fact.superseded_by is None else (ending, [])

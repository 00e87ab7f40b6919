"""What newly learnt statements make of the facts held: rows added, strengthened and ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import count
from types import MappingProxyType

from memoryos.analysts.base import LearntFact
from memoryos.meaning import meaning
from memoryos.model import Fact
from memoryos.timelines import Saying, Span, sayings_of_fact, sayings_of_statement, spans

NOT_KNOWN: Mapping[int, datetime] = MappingProxyType({})
"""No page's timestamp."""


def merge_facts(
    held: Sequence[Fact],
    learnt: Sequence[LearntFact],
    *,
    next_number: int,
    learner: str,
    now: datetime,
    said_at: Mapping[int, datetime] = NOT_KNOWN,
) -> tuple[Fact, ...]:
    """What `learnt` changes: facts that are new, and held ones that gained evidence or an end.

    Nothing is deleted, and no value overwritten. Of each matter (see `meaning`):

    - A repeat, reworded or not, adds its evidence and no row.
    - Another value ends the one before it: that gets `valid_to` = when the other began,
      `superseded_by` = its number, and `superseded_at` = `now`.
    - What is said to be over ends, if it held; if it was never said to hold, it is recorded as
      over, without a beginning. A statement without value ends whatever its attribute had.
    - A value that comes back is a row of its own.
    - `supersedes` is obeyed if it names a fact in force, of the same subject, that began earlier.

    The order is that of what the statements speak of, then that of pages, never that of arrival.
    `said_at`: page number -> timestamp, for the pages that are evidence of `held`. It tells where
    between its repeats a held fact is parted by a value that arrives late; repeats on other pages
    count as said with the first.
    """
    numbers = count(next_number)
    facts = {fact.number: fact for fact in held}
    row_of: dict[int, int] = {}
    for sayings in _by_matter(held, learnt, said_at, now):
        told = spans(sayings)
        _number(told, numbers)
        for span in told:
            facts[span.number] = _fact(span, facts.get(span.number), learner, now)
            row_of.update((id(saying.source), span.number) for saying in span.sayings)
    for statement in learnt:
        ended = facts.get(statement.supersedes or 0)
        if ended is not None:
            facts[ended.number] = _obeyed(statement, ended, row_of.get(id(statement)), now)
    before = {fact.number: fact for fact in held}
    return tuple(fact for number, fact in sorted(facts.items()) if before.get(number) != fact)


def _by_matter(
    held: Sequence[Fact],
    learnt: Sequence[LearntFact],
    said_at: Mapping[int, datetime],
    now: datetime,
) -> list[list[Saying]]:
    """All that was ever said of each matter that `learnt` speaks of."""
    told: dict[tuple[Hashable, ...], list[Saying]] = {}
    for statement in learnt:
        means = meaning(statement)
        sayings = sayings_of_statement(statement, means.value, said_at, now=now)
        told.setdefault(means.matter, []).extend(sayings)
    rows = defaultdict(list)
    for fact in held:
        means = meaning(fact)
        if means.matter in told:
            rows[means.matter].append((fact, means.value))
    for matter, facts in rows.items():
        siblings = frozenset(fact.number for fact, _ in facts)
        # Before the new ones: of what is said at once, the row that is there comes first.
        told[matter][:0] = [
            saying
            for fact, value in facts
            for saying in sayings_of_fact(fact, value, said_at, siblings)
        ]
    return list(told.values())


def _number(told: Sequence[Span], numbers: Iterator[int]) -> None:
    """Give each span the row its first words stand in, unless an earlier span has it; or a new one.

    A row that is parted keeps its earlier part.
    """
    taken: set[int] = set()
    for span in told:
        rows = (saying.source.number for saying in span.sayings if isinstance(saying.source, Fact))
        span.number = next((row for row in rows if row not in taken), 0) or next(numbers)
        taken.add(span.number)


def _fact(span: Span, held: Fact | None, learner: str, now: datetime) -> Fact:
    """The row of a span: the held one, brought up to date, or a new one in its first words."""
    fact = held or _row(span.sayings[0].source, span.number, learner, now)
    is_known = held is not None and held.superseded_at is not None and held.valid_to == span.end
    said = (saying.source.confidence for saying in span.sayings)
    return replace(
        fact,
        evidence=span.evidence,
        confidence=max((fact.confidence, *said)),
        valid_from=span.begin,
        valid_to=span.end,
        superseded_at=None if span.end is None else fact.superseded_at if is_known else now,
        superseded_by=span.follower.number if span.follower else span.ended_by,
    )


def _row(source: Fact | LearntFact, number: int, learner: str, now: datetime) -> Fact:
    if isinstance(source, Fact):
        return replace(source, number=number, recorded_at=now)
    return Fact(
        number=number,
        subject=source.subject,
        attribute=source.attribute,
        value=source.value,
        text=source.text,
        language=source.language,
        evidence=(source.evidence,),
        origin=source.origin,
        learner=learner,
        confidence=source.confidence,
        recorded_at=now,
    )


def _obeyed(statement: LearntFact, ended: Fact, row: int | None, now: datetime) -> Fact:
    """`ended` as `statement.supersedes` leaves it: ended, if that can be."""
    at = statement.valid_from or statement.valid_to or now
    can_be = (
        ended.superseded_at is None
        and ended.subject is statement.subject
        and ended.number != row
        and (ended.valid_from or ended.recorded_at) < at
    )
    return replace(ended, valid_to=at, superseded_at=now, superseded_by=row) if can_be else ended

"""Long-term persona memory: what is known of the user and of the agent, and how it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from itertools import count

from memoryos.analysts.base import LearntTrait
from memoryos.meaning import meaning
from memoryos.merging import NOT_KNOWN
from memoryos.model import Evidence, Fact, Profile, Speaker, Trait

PROFILE_ATTRIBUTES = (
    "name", "age", "birthday", "home", "origin", "nationality", "job", "employer", "study",
    "relationship", "diet", "phone", "email",
)  # fmt: skip
"""What a profile shows: of each, the newest statement that holds."""

KNOWLEDGE_ATTRIBUTES = (
    "family", "pet", "likes", "dislikes", "favorite", "language", "allergy", "health", "hobby",
    "possession", "goal",
)  # fmt: skip
"""What else is known of the user. `meaning` tells which attributes have one value at a time."""

AGENT_ATTRIBUTE = "agent"
"""What the agent is, did, or recommended."""

ATTRIBUTES = (*PROFILE_ATTRIBUTES, *KNOWLEDGE_ATTRIBUTES, AGENT_ATTRIBUTE)

_EARLIEST = datetime.min.replace(tzinfo=timezone.utc)


def in_force(facts: Iterable[Fact], *, now: datetime) -> tuple[Fact, ...]:
    """The facts that are neither superseded nor over."""
    return tuple(
        fact
        for fact in facts
        if fact.superseded_at is None and (fact.valid_to is None or fact.valid_to > now)
    )


def as_of(
    facts: Iterable[Fact], *, valid_at: datetime | None, known_at: datetime | None
) -> tuple[Fact, ...]:
    """What held at `valid_at`, as it was known at `known_at`.

    `valid_at`: the time the facts speak of; a fact holds from `valid_from` until just before
    `valid_to`, and one without a beginning is taken to hold as far back as one asks. None: what
    had no end yet.
    `known_at`: the time of our knowledge; later facts are left out, and an end we learnt of later
    is taken back. None: as it is known by all that is recorded.

    So `valid_at` alone tells where the user lived then; `known_at` alone, where we believed him to
    live; both, what we would have said at `known_at` of the time `valid_at`. Two values of one
    matter may overlap where only the end of one is known; `profile` takes the later beginning.
    """
    known = facts if known_at is None else _as_known(facts, known_at)
    if valid_at is None:
        return tuple(fact for fact in known if _end(fact) is None)
    return tuple(
        fact
        for fact in known
        if (fact.valid_from is None or fact.valid_from <= valid_at) and _lasts(fact, valid_at)
    )


def history(facts: Iterable[Fact], fact: Fact) -> tuple[Fact, ...]:
    """What `fact`'s matter was over time, in order of validity, `fact` among it.

    All values of an attribute that has one at a time (for a favourite, of its kind); of any other
    attribute every time in which it held; and whatever ended one of these, or was ended by it.
    """
    every = {other.number: other for other in facts}
    ended = defaultdict(list)
    matters = defaultdict(list)
    for other in every.values():
        matters[meaning(other).matter].append(other.number)
        if other.superseded_by is not None:
            ended[other.superseded_by].append(other.number)
    found: set[int] = set()
    ahead = [fact.number]
    while ahead:
        number = ahead.pop()
        if number in every and number not in found:
            found.add(number)
            here = every[number]
            ahead += [*matters[meaning(here).matter], *ended[number]]
            ahead += [here.superseded_by] if here.superseded_by is not None else []
    return tuple(sorted((every[number] for number in found), key=_began))


def profile(facts: Iterable[Fact], traits: Iterable[Trait], *, now: datetime) -> Profile:
    """Who the user is at `now`: the newest statement of each attribute, and the traits in force.

    For another time, hand it the facts of `as_of` with that time as `now`.
    """
    newest: dict[str, Fact] = {}
    for fact in facts:
        if (
            fact.subject is Speaker.USER
            and fact.attribute in PROFILE_ATTRIBUTES
            and _lasts(fact, now)
        ):
            held = newest.get(fact.attribute)
            if held is None or _began(held) <= _began(fact):
                newest[fact.attribute] = fact
    return Profile(
        attributes=tuple(newest[name] for name in PROFILE_ATTRIBUTES if name in newest),
        traits=tuple(
            sorted(
                (trait for trait in traits if trait.superseded_at is None),
                key=lambda trait: trait.dimension,
            )
        ),
    )


def persona(facts: Iterable[Fact], *, subject: Speaker, capacity: int) -> tuple[Fact, ...]:
    """The facts about `subject` that a persona shows at once, in order of learning.

    Beyond `capacity`, those with the least evidence leave first, then the oldest. They stay known.
    """
    about = [fact for fact in facts if fact.subject is subject]
    kept = sorted(about, key=lambda fact: (-len(fact.evidence), *_newest_first(fact)))[:capacity]
    return tuple(sorted(kept, key=lambda fact: fact.number))


def merge_traits(
    held: Sequence[Trait],
    learnt: Sequence[LearntTrait],
    *,
    next_number: int,
    learner: str,
    now: datetime,
    said_at: Mapping[int, datetime] = NOT_KNOWN,
) -> tuple[Trait, ...]:
    """What `learnt` adds: traits that are new, confirmed, or superseded by another level.

    Nothing is overwritten: a level that gave way stays, with its evidence and `superseded_at`.
    `said_at`: page number -> timestamp. A level shown on a page older than all that shows the held
    one is a past one, and recorded as superseded; without times, what is learnt later is newer.
    """
    known = {trait.dimension: trait for trait in held if trait.superseded_at is None}
    past = {(trait.dimension, trait.level): trait for trait in held if trait.superseded_at}
    numbers = count(next_number)
    changed: dict[int, Trait] = {}
    for statement in learnt:
        place = statement.dimension, statement.level
        current = known.get(statement.dimension)
        is_past = (
            current is not None
            and current.level is not statement.level
            and _is_older(statement, current, said_at)
        )
        same = past.get(place) if is_past else current
        if same is not None and same.level is statement.level:
            trait = _confirmed(same, statement, now=now)
        else:
            trait = _new_trait(statement, number=next(numbers), learner=learner, now=now)
        if is_past:
            past[place] = changed[trait.number] = replace(trait, superseded_at=now)
            continue
        if current is not None and current.number != trait.number:
            gone = replace(current, superseded_at=now)
            past[gone.dimension, gone.level] = changed[gone.number] = gone
        known[statement.dimension] = changed[trait.number] = trait
    before = {trait.number: trait for trait in held}
    return tuple(trait for number, trait in changed.items() if before.get(number) != trait)


def _is_older(statement: LearntTrait, trait: Trait, said_at: Mapping[int, datetime]) -> bool:
    """Whether a statement was made before all the evidence of a trait, as far as that is known."""
    at = said_at.get(statement.evidence.page)
    times = [said_at.get(evidence.page) for evidence in trait.evidence]
    return at is not None and all(time is not None and at < time for time in times)


def _confirmed(trait: Trait, statement: LearntTrait, *, now: datetime) -> Trait:
    if any(_same_words(evidence, statement.evidence) for evidence in trait.evidence):
        return trait
    return replace(trait, evidence=(*trait.evidence, statement.evidence), confirmed_at=now)


def _new_trait(statement: LearntTrait, *, number: int, learner: str, now: datetime) -> Trait:
    return Trait(
        number=number,
        dimension=statement.dimension,
        level=statement.level,
        reason=statement.reason,
        evidence=(statement.evidence,),
        learner=learner,
        recorded_at=now,
        confirmed_at=now,
    )


def _as_known(facts: Iterable[Fact], known_at: datetime) -> Iterator[Fact]:
    for fact in facts:
        if fact.recorded_at > known_at:
            continue
        if fact.superseded_at is not None and fact.superseded_at > known_at:
            yield replace(fact, valid_to=None, superseded_at=None, superseded_by=None)
        else:
            yield fact


def _end(fact: Fact) -> datetime | None:
    """When a fact ended; one superseded without a date, when that was learnt."""
    return fact.valid_to or fact.superseded_at


def _lasts(fact: Fact, moment: datetime) -> bool:
    end = _end(fact)
    return end is None or end > moment


def _began(fact: Fact) -> tuple[datetime, int]:
    """Later beginnings win, of equal ones the later row; an unknown beginning is the earliest."""
    unknown = fact.recorded_at if fact.valid_to is None else _EARLIEST
    return fact.valid_from or unknown, fact.number


def _newest_first(fact: Fact) -> tuple[float, int]:
    return -fact.recorded_at.timestamp(), -fact.number


def _same_words(left: Evidence, right: Evidence) -> bool:
    return left.page == right.page and left.quote == right.quote

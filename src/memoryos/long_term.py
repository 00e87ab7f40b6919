"""Long-term persona memory: what is known of the user and of the agent, and what repeats it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from memoryos.analysts.base import LearntFact, LearntTrait
from memoryos.model import Evidence, Fact, Profile, Speaker, Trait

PROFILE_ATTRIBUTES = (
    "name", "age", "birthday", "home", "origin", "nationality", "job", "employer", "study",
    "relationship", "diet", "phone", "email",
)  # fmt: skip
"""Attributes with one value at a time: the newest statement is the one in force."""

KNOWLEDGE_ATTRIBUTES = (
    "family", "pet", "likes", "dislikes", "favorite", "language", "allergy", "health", "hobby",
    "possession", "goal",
)  # fmt: skip
"""Attributes of the user that may hold many values at once."""

AGENT_ATTRIBUTE = "agent"
"""What the agent is, did, or recommended."""

ATTRIBUTES = (*PROFILE_ATTRIBUTES, *KNOWLEDGE_ATTRIBUTES, AGENT_ATTRIBUTE)


def in_force(facts: Iterable[Fact], *, now: datetime) -> tuple[Fact, ...]:
    """The facts that are neither superseded nor over."""
    return tuple(
        fact
        for fact in facts
        if fact.superseded_at is None and (fact.valid_to is None or fact.valid_to > now)
    )


def profile(facts: Iterable[Fact], traits: Iterable[Trait], *, now: datetime) -> Profile:
    """Who the user is now: the newest statement of each attribute, and the traits in force."""
    newest: dict[str, Fact] = {}
    for fact in in_force(facts, now=now):
        if fact.subject is Speaker.USER and fact.attribute in PROFILE_ATTRIBUTES:
            held = newest.get(fact.attribute)
            if held is None or _stated(held) <= _stated(fact):
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


def merge_facts(
    held: Sequence[Fact],
    learnt: Sequence[LearntFact],
    *,
    next_number: int,
    learner: str,
    now: datetime,
) -> tuple[Fact, ...]:
    """What `learnt` adds: facts that are new, or held ones that gained evidence.

    A repeat in the same words, or in words that differ only in case, accents or punctuation,
    strengthens the evidence and adds no row. A statement older than what is held moves its
    `valid_from` back. Facts that gain nothing are not returned.
    """
    known = {_key(fact): fact for fact in held if fact.superseded_at is None}
    changed: dict[int, Fact] = {}
    for statement in learnt:
        fact = known.get(_key(statement))
        if fact is None:
            fact = _new_fact(statement, number=next_number, learner=learner, now=now)
            next_number += 1
        elif any(_same_words(evidence, statement.evidence) for evidence in fact.evidence):
            continue
        else:
            fact = replace(
                fact,
                evidence=(*fact.evidence, statement.evidence),
                confidence=max(fact.confidence, statement.confidence),
                valid_from=_earlier(fact.valid_from, statement.valid_from),
            )
        known[_key(statement)] = changed[fact.number] = fact
    return tuple(changed.values())


def merge_traits(
    held: Sequence[Trait],
    learnt: Sequence[LearntTrait],
    *,
    next_number: int,
    learner: str,
    now: datetime,
) -> tuple[Trait, ...]:
    """What `learnt` adds: traits that are new, confirmed, or superseded by another level."""
    known = {trait.dimension: trait for trait in held if trait.superseded_at is None}
    changed: dict[int, Trait] = {}
    for statement in learnt:
        trait = known.get(statement.dimension)
        if trait is not None and trait.level is statement.level:
            if any(_same_words(evidence, statement.evidence) for evidence in trait.evidence):
                continue
            trait = replace(trait, evidence=(*trait.evidence, statement.evidence), confirmed_at=now)
        else:
            if trait is not None:
                changed[trait.number] = replace(trait, superseded_at=now)
            trait = Trait(
                number=next_number,
                dimension=statement.dimension,
                level=statement.level,
                reason=statement.reason,
                evidence=(statement.evidence,),
                learner=learner,
                recorded_at=now,
                confirmed_at=now,
            )
            next_number += 1
        known[statement.dimension] = changed[trait.number] = trait
    return tuple(changed.values())


def _new_fact(statement: LearntFact, *, number: int, learner: str, now: datetime) -> Fact:
    return Fact(
        number=number,
        subject=statement.subject,
        attribute=statement.attribute,
        value=statement.value,
        text=statement.text,
        language=statement.language,
        evidence=(statement.evidence,),
        origin=statement.origin,
        learner=learner,
        confidence=statement.confidence,
        recorded_at=now,
        valid_from=statement.valid_from,
    )


def _key(fact: Fact | LearntFact) -> tuple[Speaker, str, str]:
    folded = unicodedata.normalize("NFKD", fact.value.casefold())
    words = "".join(
        char if char.isalnum() else " " for char in folded if not unicodedata.combining(char)
    )
    # A value of signs alone (an emoji) has no words to compare: it is compared as it is.
    return fact.subject, fact.attribute, " ".join(words.split()) or fact.value


def _same_words(left: Evidence, right: Evidence) -> bool:
    return left.page == right.page and left.quote == right.quote


def _stated(fact: Fact) -> tuple[datetime, int]:
    """When a fact was said last: later statements of one attribute win."""
    return fact.valid_from or fact.recorded_at, fact.number


def _newest_first(fact: Fact) -> tuple[float, int]:
    return -fact.recorded_at.timestamp(), -fact.number


def _earlier(left: datetime | None, right: datetime | None) -> datetime | None:
    return min((moment for moment in (left, right) if moment is not None), default=None)

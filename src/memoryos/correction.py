"""Correcting: the user's own words take the place of a fact."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from memoryos.errors import InvalidArgumentError, UnknownIdError
from memoryos.model import Evidence, Fact, Kind, Origin, parse_id
from memoryos.promotion import stored_fact
from memoryos.store.base import Update
from memoryos.text.language import guess_language
from memoryos.working_set import WorkingSet

USER = "user"
"""The learner, and the analyst of a page, where the user's own hand was at work. No analyst reads
such a page again."""

INSTEAD = {
    Kind.PAGE: "a page is kept as it was said: correct the fact learnt from it, or forget the page",
    Kind.SEGMENT: "a segment follows from its pages: correct a fact, or forget pages",
    Kind.TRAIT: "a trait follows from pages: forget it, with forget(fact=...), or its pages",
}


def correctable(memory: WorkingSet, item_id: str) -> Fact:
    """The fact in force that `item_id` names.

    Raises UnknownIdError if there is none of that id, InvalidArgumentError if it names something
    else, or a fact that another has superseded.
    """
    kind, number = parse_id(item_id)
    if kind is not Kind.FACT:
        raise InvalidArgumentError(f"{item_id} cannot be corrected: {INSTEAD[kind]}")
    fact = memory.facts.get(number)
    if fact is None:
        raise UnknownIdError(f"there is no {item_id} in this memory")
    if fact.superseded_at is not None:
        by = f"fact-{fact.superseded_by}" if fact.superseded_by else "a later statement"
        raise InvalidArgumentError(
            f"{item_id} is no longer in force, {by} ended it: correct what is in force"
        )
    return fact


def plan_correction(memory: WorkingSet, fact: Fact, *, page: int, now: datetime) -> Update:
    """The fact that what the user says on `page` makes of `fact`, which it supersedes."""
    text = memory.pages[page].user_input
    number = memory.next_numbers[Kind.FACT]
    corrected = Fact(
        number=number,
        subject=fact.subject,
        attribute=fact.attribute,
        value=text,
        text=text,
        language=guess_language(text, default=fact.language),
        evidence=(Evidence(page, text),),
        origin=Origin.USER,
        learner=USER,
        confidence=1.0,
        recorded_at=now,
        valid_from=now,
    )
    closed = replace(fact, valid_to=now, superseded_at=now, superseded_by=number)
    return Update(
        analysed=(page,),
        analyst=USER,
        facts=(stored_fact(closed), stored_fact(corrected)),
    )

"""True now and true then: what ends a fact, and that the order of arrival changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from builders import NOON, a_fact, a_statement, minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from lifetimes import LATER, a_day, at, learn, rows

from memoryos.analysts.base import LearntFact
from memoryos.long_term import as_of, history, in_force, profile
from memoryos.merging import merge_facts
from memoryos.model import Fact, Speaker


def lives_in(place: str, day: int, **changes: object) -> LearntFact:
    return a_statement(place, page=day, attribute="home", **{"valid_from": a_day(day), **changes})


def no_longer_in(place: str, day: int) -> LearntFact:
    return lives_in(place, day, valid_from=None, valid_to=a_day(day))


def after(*batches: Sequence[LearntFact], known: Iterable[int] = range(1, 400)) -> list[Fact]:
    """All facts once these batches were learnt, one after the other."""
    held: dict[int, Fact] = {}
    for learnt in batches:
        for fact in merge_facts(
            tuple(held.values()),
            learnt,
            next_number=len(held) + 1,
            learner="rules",
            now=LATER,
            said_at={day: a_day(day) for day in known},
        ):
            held[fact.number] = fact
    return sorted(held.values(), key=lambda fact: fact.valid_from or NOON)


def times(facts: Iterable[Fact]) -> list[tuple[str, datetime | None, datetime | None]]:
    return [(fact.value, fact.valid_from, fact.valid_to) for fact in facts]


# What ends a fact


def test_another_value_ends_the_one_that_held_and_nothing_is_lost() -> None:
    madrid, berlin = after([lives_in("Madrid", 1)], [lives_in("Berlin", 5)])
    assert (madrid.valid_from, madrid.valid_to) == (a_day(1), a_day(5))
    assert (madrid.superseded_at, madrid.superseded_by) == (LATER, berlin.number)
    assert in_force([madrid, berlin], now=LATER) == (berlin,)


def test_a_value_that_comes_back_has_a_row_of_its_own() -> None:
    facts = after([lives_in("Madrid", 1)], [lives_in("Berlin", 5)], [lives_in("Madrid", 9)])
    assert times(facts) == [
        ("Madrid", a_day(1), a_day(5)),
        ("Berlin", a_day(5), a_day(9)),
        ("Madrid", a_day(9), None),
    ]


def test_what_may_hold_many_values_ends_none() -> None:
    facts = after([a_statement("dog", attribute="pet"), a_statement("cat", 2, attribute="pet")])
    assert len(in_force(facts, now=LATER)) == 2


def test_a_favourite_ends_only_one_of_its_kind() -> None:
    facts = after(
        [a_statement("colour: blue", 1, attribute="favorite", valid_from=a_day(1))],
        [a_statement("band: Radiohead", 2, attribute="favorite", valid_from=a_day(2))],
        [a_statement("colour: teal", 3, attribute="favorite", valid_from=a_day(3))],
    )
    assert {it.value for it in in_force(facts, now=LATER)} == {"colour: teal", "band: Radiohead"}


def test_what_is_disliked_now_is_liked_no_more() -> None:
    liked, disliked = after(
        [a_statement("olives", 1, attribute="likes", valid_from=a_day(1))],
        [a_statement("olives", 2, attribute="dislikes", valid_from=a_day(2))],
    )
    assert liked.superseded_by == disliked.number


def test_no_longer_ends_what_held_and_adds_no_row() -> None:
    (fact,) = after([lives_in("Madrid", 1)], [no_longer_in("Madrid", 5)])
    assert (fact.valid_to, fact.superseded_at, fact.superseded_by) == (a_day(5), LATER, None)
    assert [evidence.page for evidence in fact.evidence] == [1, 5]


def test_no_longer_ends_no_other_value() -> None:
    facts = after([lives_in("Berlin", 1)], [no_longer_in("Madrid", 5)])
    assert [fact.value for fact in in_force(facts, now=LATER)] == ["Berlin"]


def test_a_past_of_which_nothing_was_known_is_recorded_as_over() -> None:
    (fact,) = after([no_longer_in("Madrid", 5)])
    assert (fact.value, fact.valid_from, fact.valid_to) == ("Madrid", None, a_day(5))
    assert in_force([fact], now=LATER) == ()


def test_a_past_without_a_value_ends_whatever_held() -> None:
    (fact,) = after([lives_in("Madrid", 1)], [no_longer_in("", 5)])
    assert fact.valid_to == a_day(5)
    assert after([no_longer_in("", 5)]) == []


def test_a_past_with_both_ends_is_one_row() -> None:
    years = lives_in("Madrid", 9, valid_from=a_day(1), valid_to=a_day(5))
    facts = after([years], [lives_in("Berlin", 7)])
    assert times(facts) == [("Madrid", a_day(1), a_day(5)), ("Berlin", a_day(7), None)]


def test_supersedes_is_obeyed_of_a_fact_in_force_about_the_same_person() -> None:
    running = a_fact(1, "running", attribute="hobby", valid_from=a_day(1))
    swims = a_statement("swimming", 2, attribute="hobby", valid_from=a_day(2), supersedes=1)
    old, new = merge_facts([running], [swims], next_number=2, learner="m", now=LATER)
    assert (old.valid_to, old.superseded_by, new.number) == (a_day(2), 2, 2)


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": Speaker.AGENT},
        {"superseded_at": NOON, "superseded_by": 9},
        {"valid_from": a_day(3)},
        {"number": 4},
    ],
)
def test_supersedes_is_refused_of_anything_else(changes: dict[str, object]) -> None:
    held = a_fact(**{"number": 1, "value": "running", "attribute": "hobby", **changes})
    swims = a_statement("swimming", 2, attribute="hobby", valid_from=a_day(2), supersedes=1)
    (new,) = merge_facts([held], [swims], next_number=7, learner="m", now=LATER)
    assert new.value == "swimming"


# Any order


def test_an_older_value_learnt_later_ends_where_the_newer_began() -> None:
    """M3."""
    facts = after([lives_in("Berlin", 5)], [lives_in("Madrid", 1)])
    assert times(facts) == [("Madrid", a_day(1), a_day(5)), ("Berlin", a_day(5), None)]


def test_a_value_learnt_late_parts_the_repeats_of_another() -> None:
    """M3: the repeats on either side keep their evidence."""
    madrid, berlin, again = after(
        [lives_in("Madrid", day) for day in (1, 3, 7, 9)], [lives_in("Berlin", 5)]
    )
    assert [evidence.page for evidence in madrid.evidence] == [1, 3]
    assert [evidence.page for evidence in again.evidence] == [7, 9]
    assert times([madrid, berlin, again]) == [
        ("Madrid", a_day(1), a_day(5)),
        ("Berlin", a_day(5), a_day(7)),
        ("Madrid", a_day(7), None),
    ]


said = st.lists(st.tuples(st.sampled_from(["Madrid", "Berlin", "Rome"]), st.booleans()), max_size=9)


@settings(max_examples=150, deadline=None)
@given(life=said, data=st.data())
def test_a_life_learnt_in_any_order_and_batches_is_the_same_life(
    life: list[tuple[str, bool]], data: st.DataObject
) -> None:
    """M3: one statement a day, that the user lives somewhere or no longer does."""
    told = [
        no_longer_in(place, day) if over else lives_in(place, day)
        for day, (place, over) in enumerate(life, start=1)
    ]
    shuffled = data.draw(st.permutations(told))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(told)), max_size=4)))
    edges = [0, *cuts, len(told)]
    batches = [shuffled[left:right] for left, right in pairwise(edges)]
    in_order, in_disorder = after(told), after(*batches)
    assert sorted(map(str, times(in_disorder))) == sorted(map(str, times(in_order)))
    assert evidence(in_disorder) == evidence(in_order)


def evidence(facts: Iterable[Fact]) -> set[tuple[str, tuple[int, ...]]]:
    return {(fact.value, tuple(piece.page for piece in fact.evidence)) for fact in facts}


def test_reading_all_pages_again_changes_nothing() -> None:
    told = [lives_in("Madrid", 1), lives_in("Berlin", 2), no_longer_in("Berlin", 3)]
    assert after(told, told) == after(told)


# Reading in time


def a_move() -> tuple[Fact, Fact]:
    """Madrid from day 1, Berlin from day 5; learnt on day 2 and on day 8."""
    madrid = a_fact(
        1,
        "Madrid",
        attribute="home",
        recorded_at=a_day(2),
        valid_from=a_day(1),
        valid_to=a_day(5),
        superseded_at=a_day(8),
        superseded_by=2,
    )
    return madrid, a_fact(2, "Berlin", attribute="home", recorded_at=a_day(8), valid_from=a_day(5))


@pytest.mark.parametrize(
    ("valid", "known", "homes"),
    [
        (3, None, ["Madrid"]),
        (5, None, ["Berlin"]),
        (9, None, ["Berlin"]),
        (0, None, []),
        (9, 3, ["Madrid"]),  # the move was not known yet
        (6, 7, ["Madrid"]),
        (6, 8, ["Berlin"]),
        (3, 9, ["Madrid"]),
        (3, 1, []),  # nothing was known
        (None, 7, ["Madrid"]),
        (None, None, ["Berlin"]),
    ],
)
def test_as_of_tells_what_held_then_as_it_was_known_then(
    valid: int | None, known: int | None, homes: list[str]
) -> None:
    facts = as_of(
        a_move(),
        valid_at=None if valid is None else a_day(valid),
        known_at=None if known is None else a_day(known),
    )
    assert [fact.value for fact in facts] == homes


def test_what_ended_later_than_was_known_is_shown_without_its_end() -> None:
    (madrid,) = as_of(a_move(), valid_at=a_day(6), known_at=a_day(7))
    assert (madrid.valid_to, madrid.superseded_at, madrid.superseded_by) == (None, None, None)


def test_the_profile_of_a_past_day_is_that_of_the_facts_of_then() -> None:
    facts = as_of(a_move(), valid_at=a_day(3), known_at=None)
    assert profile(facts, [], now=a_day(3)).value("home") == "Madrid"
    assert profile(a_move(), [], now=a_day(9)).value("home") == "Berlin"


def test_an_end_without_a_beginning_does_not_hide_what_is_known_to_have_held() -> None:
    rome = a_fact(3, "Rome", attribute="home", valid_from=None, valid_to=a_day(9))
    facts = as_of([*a_move(), rome], valid_at=a_day(6), known_at=None)
    assert profile(facts, [], now=a_day(6)).value("home") == "Berlin"


def test_history_is_all_values_of_an_attribute_in_order() -> None:
    madrid, berlin = a_move()
    employer = a_fact(3, "Acme", attribute="employer")
    assert history([employer, berlin, madrid], berlin) == (madrid, berlin)
    assert history([employer, berlin, madrid], madrid) == (madrid, berlin)


def test_history_of_one_of_many_is_itself_and_what_it_ended() -> None:
    running = a_fact(1, "running", attribute="hobby", superseded_at=NOON, superseded_by=2)
    swimming = a_fact(2, "swimming", attribute="hobby", valid_from=NOON + minutes(1))
    chess = a_fact(3, "chess", attribute="hobby")
    assert history([chess, swimming, running], swimming) == (running, swimming)


# By rules alone


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("I no longer work at Tesco, slept till ten for once.", ("employer", "Tesco")),
        ("I don't live in Rome any more.", ("home", "Rome")),
        ("I used to be a nurse.", ("job", "nurse")),
        ("I stopped playing tennis last year.", ("hobby", "play tennis")),
        ("Ya no trabajo en Mercadona, me planté.", ("employer", "Mercadona")),
        ("Antes vivía en Madrid.", ("home", "Madrid")),
        ("Non sono più vegetariana, ho ceduto.", ("diet", "vegetariana")),
        ("Prima lavoravo alla Fiat.", ("employer", "Fiat")),
        ("Ich wohne nicht mehr in Berlin.", ("home", "Berlin")),
        ("Ich habe kein Auto mehr.", ("possession", "Auto")),
        ("Je ne travaille plus chez Michelin.", ("employer", "Michelin")),
        ("Avant, j'habitais à Lyon.", ("home", "Lyon")),
    ],
)
def test_what_is_said_to_be_over_is_learnt_as_over(text: str, over: tuple[str, str]) -> None:
    (fact,) = learn((a_day(1), text, ""))
    assert (fact.attribute, fact.value) == over
    assert (fact.valid_from, fact.valid_to) == (None, a_day(1))


@pytest.mark.parametrize(
    "text",
    ["Non mangio più carne.", "I no longer eat meat.", "Je ne mange plus de viande."],
)
def test_what_one_no_longer_eats_is_a_diet_that_begins(text: str) -> None:
    (fact,) = learn((a_day(1), text, ""))
    assert (fact.attribute, fact.valid_from, fact.valid_to) == ("diet", a_day(1), None)


def test_what_is_mentioned_beside_what_is_over_is_not_over() -> None:
    facts = learn((a_day(1), "I used to live in Rome with my brother Tom.", ""))
    assert [fact.value for fact in facts] == ["Rome"]


def test_of_fifty_changes_of_life_at_least_40_are_understood() -> None:
    """M2: the new value in force, the old one over, `history` with both.

    First run: 0 of 50, of which the old value was known in 40 and the new one in 25.
    """
    missed = [row["id"] for row in rows("supersession") if not is_understood(row)]
    print(f"supersession: {50 - len(missed)} of 50; missed: {' '.join(missed)}")
    assert len(missed) <= 8


def is_understood(row: dict[str, object]) -> bool:
    old, new = (
        (at(row[when]["at"]), row[when]["user"], row[when]["agent"]) for when in ("old", "new")
    )
    facts = learn(old, new)
    present = in_force(facts, now=LATER)
    before = [fact for fact in facts if says(fact, row["old_value"])]
    now = [fact for fact in present if row["new_value"] and says(fact, row["new_value"])]
    if not before or any(fact in present for fact in before):
        return False
    return not row["new_value"] or any(before[0] in history(facts, fact) for fact in now)


def says(fact: Fact, value: str) -> bool:
    return value.casefold() in fact.value.casefold()

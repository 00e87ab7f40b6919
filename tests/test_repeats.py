"""Repeats, exact or reworded, are one fact; near misses are two. Rules alone, five languages.

The sets were written by somebody who had not seen the code. Run on them once before any of it was
changed for them, the rules merged 31 of the 100 pairs and wrongly 4 of the 100 near misses. General
causes were mended since, so that the sets are no longer unseen.
"""

from __future__ import annotations

import pytest
from builders import NOON, a_fact, a_statement, minutes
from lifetimes import LATER, a_day, learn, rows

from memoryos.long_term import in_force
from memoryos.meaning import meaning
from memoryos.merging import merge_facts
from memoryos.model import Fact


def both_days(row: dict[str, str]) -> tuple[Fact, ...]:
    return learn((a_day(1), row["a"], ""), (a_day(2), row["b"], ""))


def is_of_both(fact: Fact) -> bool:
    return {evidence.page for evidence in fact.evidence} == {1, 2}


def test_of_a_hundred_paraphrases_at_least_90_are_one_fact_with_two_pieces_of_evidence() -> None:
    apart = [
        row["id"]
        for row in rows("paraphrases")
        if not any(map(is_of_both, in_force(both_days(row), now=LATER)))
    ]
    print(f"paraphrases: {100 - len(apart)} of 100 merged; apart: {' '.join(apart)}")
    assert len(apart) <= 10


def test_of_a_hundred_near_misses_at_most_two_are_merged() -> None:
    merged = [row["id"] for row in rows("near_misses") if any(map(is_of_both, both_days(row)))]
    print(f"near misses: {len(merged)} of 100 merged {' '.join(merged)}")
    assert len(merged) <= 2


def test_of_a_hundred_near_misses_none_ends_another_that_holds_beside_it() -> None:
    """Only what cannot hold twice is superseded: a number, a taste, a name, a place to live."""
    exclusive = {"home", "age", "birthday", "phone", "email", "name", "employer", "favorite"}
    ended = [
        (row["id"], fact.attribute)
        for row in rows("near_misses")
        for fact in both_days(row)
        if fact.superseded_by and fact.attribute not in exclusive | {"likes", "dislikes"}
    ]
    assert ended == []


def test_talk_about_nothing_teaches_nothing() -> None:
    """M5, M7: greetings, small talk, prompts, tool output, logs, recalled memory, questions."""
    teaching = [
        (row["id"], [(fact.attribute, fact.value) for fact in facts])
        for row in rows("not_learnt")
        if (facts := learn((a_day(1), row["user"], row["agent"])))
    ]
    print(f"not learnt: {len(teaching)} of 80 teach something {teaching}")
    assert teaching == []


@pytest.mark.parametrize(
    ("attribute", "language", "left", "right"),
    [
        ("job", "en", "nurse", "Nursing"),
        ("job", "it", "infermiera", "infermiere"),
        ("job", "de", "Lehrerin", "Lehrer"),
        ("age", "fr", "45", "quarante-cinq"),
        ("age", "de", "61", "einundsechzig"),
        ("phone", "en", "07700 900311", "+44 7700 900311"),
        ("birthday", "en", "4th of November", "November 4"),
        ("employer", "en", "the BBC", "BBC"),
        ("pet", "en", "greyhound called Biscuit", "greyhound: Biscuit"),
        ("allergy", "de", "Haselnüsse", "Haselnussallergie"),
        ("relationship", "es", "casado", "casados"),
        ("hobby", "en", "play chess", "chess"),
        ("study", "it", "medicina a Pavia", "medicina"),
        ("favorite", "en", "favourite colour: blue", "favourite color: Blue"),
    ],
)
def test_other_words_for_the_same_mean_the_same(
    attribute: str, language: str, left: str, right: str
) -> None:
    one, other = (a_fact(1, it, attribute=attribute, language=language) for it in (left, right))
    assert meaning(one) == meaning(other)


@pytest.mark.parametrize(
    ("attribute", "language", "left", "right"),
    [
        ("favorite", "en", "film: Alien", "film: Aliens"),
        ("pet", "es", "perro: Coco", "perro: Roco"),
        ("allergy", "fr", "noix", "noix de cajou"),
        ("allergy", "it", "noci", "nocciole"),
        ("birthday", "de", "2. Juni", "2. Juli"),
        ("phone", "en", "07700 900518", "07700 900581"),
        ("name", "de", "Maier", "Mayer"),
        ("diet", "it", "vegetariano", "vegano"),
        ("home", "it", "Reggio Emilia", "Reggio Calabria"),
    ],
)
def test_what_only_looks_the_same_differs(
    attribute: str, language: str, left: str, right: str
) -> None:
    one, other = (a_fact(1, it, attribute=attribute, language=language) for it in (left, right))
    assert meaning(one) != meaning(other)


def test_a_reworded_repeat_keeps_the_words_first_said() -> None:
    (fact,) = merge_facts(
        [a_fact(1, "nurse")],
        [a_statement("Nursing", page=2, valid_from=NOON + minutes(5))],
        next_number=2,
        learner="rules",
        now=LATER,
    )
    assert (fact.number, fact.value, fact.valid_from, len(fact.evidence)) == (1, "nurse", NOON, 2)

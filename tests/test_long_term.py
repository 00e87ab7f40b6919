"""The persona: what repeats strengthens, what is new is added, nothing is overwritten."""

from __future__ import annotations

from builders import NOON, a_fact, a_statement, minutes

from memoryos.analysts.base import LearntTrait
from memoryos.long_term import in_force, merge_traits, persona, profile
from memoryos.merging import merge_facts
from memoryos.model import Evidence, Level, Speaker


def merged(held: list, *learnt: object) -> tuple:
    return merge_facts(held, learnt, next_number=7, learner="rules", now=NOON)


def test_a_new_statement_becomes_a_fact_with_its_evidence() -> None:
    (fact,) = merged([], a_statement("nurse", page=3))
    assert (fact.id, fact.value, fact.learner) == ("fact-7", "nurse", "rules")
    assert [evidence.page_id for evidence in fact.evidence] == ["page-3"]


def test_ten_repeats_are_one_fact_with_ten_pieces_of_evidence() -> None:
    """M1."""
    (fact,) = merged([], *(a_statement(page=page) for page in range(1, 11)))
    assert [evidence.page for evidence in fact.evidence] == list(range(1, 11))


def test_case_accents_and_punctuation_make_no_new_fact() -> None:
    held = a_fact(1, "científico de datos")
    (fact,) = merged([held], a_statement("Cientifico de datos!", page=2))
    assert (fact.number, fact.value, len(fact.evidence)) == (1, "científico de datos", 2)


def test_reading_a_page_again_adds_nothing() -> None:
    held = a_fact()
    assert merged([held], a_statement(page=1)) == ()


def test_another_value_is_another_fact_and_the_old_one_stays() -> None:
    old, new = merged([a_fact(1, "nurse")], a_statement("doctor", page=2))
    assert (old.number, old.value, old.superseded_by) == (1, "nurse", 7)
    assert (new.number, new.value, new.superseded_by) == (7, "doctor", None)


def test_an_older_statement_of_the_same_moves_its_beginning_back() -> None:
    """M3: a history may be imported in any order."""
    (fact,) = merged([a_fact()], a_statement(page=2, valid_from=NOON - minutes(60)))
    assert fact.valid_from == NOON - minutes(60)


def test_the_profile_shows_the_newest_statement_of_each_attribute() -> None:
    old = a_fact(2, "Madrid", attribute="home", valid_from=NOON)
    new = a_fact(1, "Berlin", attribute="home", valid_from=NOON + minutes(5))
    assert profile([old, new], [], now=NOON + minutes(9)).value("home") == "Berlin"


def test_the_profile_is_of_the_user_alone() -> None:
    agents = a_fact(1, "assistant", subject=Speaker.AGENT)
    assert not profile([agents], [], now=NOON)


def test_facts_that_are_over_or_superseded_are_not_in_force() -> None:
    over = a_fact(1, valid_to=NOON)
    superseded = a_fact(2, superseded_at=NOON, superseded_by=3)
    lasting = a_fact(3)
    assert in_force([over, superseded, lasting], now=NOON) == (lasting,)


def test_a_full_persona_shows_what_has_most_evidence_then_what_is_newest() -> None:
    proven = a_fact(1, "a", evidence=(Evidence(1, "x"), Evidence(2, "y")))
    old = a_fact(2, "b", recorded_at=NOON)
    new = a_fact(3, "c", recorded_at=NOON + minutes(1))
    shown = persona([proven, old, new], subject=Speaker.USER, capacity=2)
    assert shown == (proven, new)


def a_trait(level: Level, page: int) -> LearntTrait:
    return LearntTrait("music", level, "loves jazz", Evidence(page, "I love jazz."))


def test_a_trait_said_again_is_confirmed() -> None:
    held = merge_traits([], [a_trait(Level.HIGH, 1)], next_number=1, learner="rules", now=NOON)
    later = NOON + minutes(5)
    (trait,) = merge_traits(
        held, [a_trait(Level.HIGH, 2)], next_number=2, learner="rules", now=later
    )
    assert (trait.number, trait.confirmed_at, len(trait.evidence)) == (1, later, 2)


def test_a_trait_of_another_level_supersedes_and_the_old_one_is_kept() -> None:
    held = merge_traits([], [a_trait(Level.HIGH, 1)], next_number=1, learner="rules", now=NOON)
    old, new = merge_traits(held, [a_trait(Level.LOW, 2)], next_number=2, learner="rules", now=NOON)
    assert (old.level, old.superseded_at) == (Level.HIGH, NOON)
    assert (new.number, new.level, new.superseded_at) == (2, Level.LOW, None)


def test_a_level_of_an_older_page_read_later_is_a_past_one() -> None:
    """M3: the trait in force is that of the newest page, in whichever order they are read."""
    held = merge_traits([], [a_trait(Level.HIGH, 9)], next_number=1, learner="rules", now=NOON)
    said_at = {page: NOON + minutes(page) for page in (3, 4, 9)}
    (past,) = merge_traits(
        held,
        [a_trait(Level.LOW, 3), a_trait(Level.LOW, 4)],
        next_number=2,
        learner="rules",
        now=NOON,
        said_at=said_at,
    )
    assert (past.level, past.superseded_at) == (Level.LOW, NOON)
    assert [evidence.page for evidence in past.evidence] == [3, 4]


def test_a_level_that_comes_back_has_a_row_of_its_own() -> None:
    levels = [Level.HIGH, Level.LOW, Level.HIGH]
    traits = merge_traits(
        [],
        [a_trait(level, page) for page, level in enumerate(levels, start=1)],
        next_number=1,
        learner="rules",
        now=NOON,
    )
    assert [(trait.level, trait.superseded_at) for trait in traits] == [
        (Level.HIGH, NOON),
        (Level.LOW, NOON),
        (Level.HIGH, None),
    ]


def test_a_trait_read_again_on_the_same_page_changes_nothing() -> None:
    held = merge_traits([], [a_trait(Level.HIGH, 1)], next_number=1, learner="rules", now=NOON)
    again = merge_traits(held, [a_trait(Level.HIGH, 1)], next_number=2, learner="rules", now=NOON)
    assert again == ()

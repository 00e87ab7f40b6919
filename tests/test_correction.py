"""Correcting: the user's own words take the place of a fact."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from builders import minutes

from memoryos import Memoryos
from memoryos.config import DEFAULT_ASSISTANT_ID
from memoryos.errors import InvalidArgumentError, UnknownIdError
from memoryos.model import Fact, Owner, Speaker
from memoryos.testing.clock import FixedClock

OWNER = Owner("tom", DEFAULT_ASSISTANT_ID)


@pytest.fixture
def nurse(memory: Memoryos, clock: FixedClock) -> Fact:
    """A fact in force, learnt a day ago from page-1."""
    memory.add_memory("I work as a nurse.", "Thank you for that.")
    memory.flush()
    clock.advance(days=1)
    (fact,) = memory.knowledge()
    return fact


def held(memory: Memoryos, number: int) -> Fact:
    with memory.engine._working_sets.use(OWNER) as state:  # the rows themselves
        return state.facts[number]


def test_a_correction_supersedes_the_fact_at_once(
    memory: Memoryos, nurse: Fact, clock: FixedClock
) -> None:
    new_id = memory.correct(nurse.id, "works as a midwife")
    (fact,) = memory.knowledge()
    assert (fact.id, fact.text) == (new_id, "works as a midwife")
    assert (fact.subject, fact.attribute) == (nurse.subject, nurse.attribute)
    assert (fact.learner, fact.confidence) == ("user", 1.0)
    before = held(memory, nurse.number)
    assert (before.superseded_by, before.valid_to, before.superseded_at) == (
        fact.number,
        clock(),
        clock(),
    )
    assert memory.get_user_profile().value("job") == "works as a midwife"


def test_it_rests_on_the_words_of_the_user_kept_as_a_page(memory: Memoryos, nurse: Fact) -> None:
    """M8, invariant 9."""
    explained = memory.why(memory.correct(nurse.id, "works as a midwife"))
    (source,) = explained.sources
    assert explained.learner == "user"
    assert (source.page_id, source.quote) == ("page-2", "works as a midwife")
    page = memory.retrieve_memory("midwife").by_rank()[0].page
    assert page.meta_data == {"corrects": nurse.id}


def test_nothing_is_learnt_from_it_a_second_time(memory: Memoryos, nurse: Fact) -> None:
    new_id = memory.correct(nurse.id, "I work as a midwife.")
    memory.flush()
    assert [fact.id for fact in memory.knowledge()] == [new_id]
    memory.refile(by_rules=True)
    memory.flush()
    assert [fact.id for fact in memory.knowledge()] == [new_id]


def test_a_fact_of_the_agent_stays_one(memory: Memoryos) -> None:
    memory.add_memory("Which book is good?", 'I recommend "Dune".')
    memory.flush()
    (fact,) = memory.knowledge(Speaker.AGENT)
    memory.correct(fact.id, "recommended Emma, not Dune")
    assert [f.text for f in memory.knowledge(Speaker.AGENT)] == ["recommended Emma, not Dune"]
    assert memory.knowledge() == ()


def test_forgetting_the_correction_puts_the_fact_in_force_again(
    memory: Memoryos, nurse: Fact
) -> None:
    memory.correct(nurse.id, "works as a midwife")
    receipt = memory.forget(page="page-2")
    assert (receipt.facts, receipt.reopened) == (("fact-2",), (nurse.id,))
    assert memory.knowledge() == (nurse,)


def test_a_correction_can_be_corrected(memory: Memoryos, nurse: Fact) -> None:
    again = memory.correct(memory.correct(nurse.id, "works as a midwife"), "works as a vet")
    assert [fact.id for fact in memory.knowledge()] == [again]


def test_what_is_no_longer_in_force_is_not_corrected(memory: Memoryos, nurse: Fact) -> None:
    memory.correct(nurse.id, "works as a midwife")
    with pytest.raises(InvalidArgumentError, match="fact-2 ended it"):
        memory.correct(nurse.id, "works as a vet")
    assert memory.get_memory_stats()["page_count"] == 2


@pytest.mark.parametrize(
    ("item_id", "error", "says"),
    [
        ("fact-9", UnknownIdError, "there is no fact-9"),
        ("nurse", UnknownIdError, "is not an id"),
        ("page-1", InvalidArgumentError, "forget the page"),
        ("segment-1", InvalidArgumentError, "follows from its pages"),
        ("trait-1", InvalidArgumentError, "forget"),
    ],
)
def test_anything_but_a_fact_is_refused_with_what_to_do_instead(
    memory: Memoryos, nurse: Fact, item_id: str, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        memory.correct(item_id, "works as a vet")
    assert memory.get_memory_stats()["page_count"] == 1


@pytest.mark.parametrize("text", ["", "  ", "\0", "x" * 200_000])
def test_words_that_make_no_page_correct_nothing(memory: Memoryos, nurse: Fact, text: str) -> None:
    with pytest.raises(InvalidArgumentError):
        memory.correct(nurse.id, text)
    assert memory.knowledge() == (nurse,)


def test_it_does_not_wait_for_a_worker(memory: Memoryos, nurse: Fact, clock: FixedClock) -> None:
    store = memory.engine.store
    assert store.acquire(OWNER, holder="worker", now=clock(), until=clock() + minutes(1))
    memory.correct(nurse.id, "works as a midwife")
    assert [fact.text for fact in memory.knowledge()] == ["works as a midwife"]


def test_killed_in_between_the_words_are_a_page_and_the_fact_stands(
    open_memory: Callable[..., Memoryos], nurse: Fact, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Invariant 1."""
    memory = open_memory()

    def die(*arguments: object, **others: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(memory.engine.store, "commit", die)
    with pytest.raises(KeyboardInterrupt):
        memory.correct(nurse.id, "works as a midwife")
    again = open_memory()
    assert again.knowledge() == (nurse,)
    assert again.retrieve_memory("midwife").by_rank()[0].id == "page-2"
    assert not again.flush()

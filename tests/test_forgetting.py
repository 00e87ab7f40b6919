"""Forgetting: what goes, what goes along, what is made anew, and who must not wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import pytest
from builders import NOON, a_fact, a_page, a_segment, minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from memories import EMBEDDER, a_memory, ask, changes

from memoryos import Memoryos, amending
from memoryos.config import DEFAULT_ASSISTANT_ID, MemoryConfig
from memoryos.errors import InvalidArgumentError, UnknownIdError, UnreadableTimestampError
from memoryos.forgetting import Receipt, Selection, expiry, plan_forgetting, select
from memoryos.llms.base import ChatRequest, Purpose
from memoryos.model import RULES, Evidence, Fact, Kind, Level, Owner, Page, Trait
from memoryos.store.base import Setback, Update
from memoryos.testing.clock import FixedClock
from memoryos.testing.scripted_model import ScriptedModel
from memoryos.working_set import WorkingSet

OWNER = Owner("tom", DEFAULT_ASSISTANT_ID)

SECRET = "My locker code is Zwiebel4711."


def plan(
    memory: WorkingSet, prompts: Mapping[int, list[tuple[Kind, int]]] | None = None, **chosen: Any
) -> tuple[Receipt, Update]:
    """Plan by the arguments of `forget`; `prompts`: reply's page -> what its prompt held."""

    def replies(items: Any) -> Mapping[int, list[tuple[Kind, int]]]:
        return {page: held for page, held in (prompts or {}).items() if set(held) & set(items)}

    planned = plan_forgetting(memory, select(**chosen), prompts=replies)
    assert isinstance(planned.update, Update)
    return planned.receipt, planned.update


def a_trait(number: int, *pages: int, **others: Any) -> Trait:
    fields: dict[str, Any] = {
        "number": number,
        "dimension": "Extraversion",
        "level": Level.HIGH,
        "reason": "loves parties",
        "evidence": tuple(Evidence(page, "I love parties") for page in pages),
        "learner": RULES,
        "recorded_at": NOON,
        "confirmed_at": NOON,
    }
    return Trait(**{**fields, **others})


def on(*pages: int) -> tuple[Evidence, ...]:
    return tuple(Evidence(page, "I went hiking.") for page in pages)


class TestWhatIsChosen:
    @pytest.mark.parametrize(
        ("chosen", "selection"),
        [
            ({"page": "page-3"}, Selection(item=(Kind.PAGE, 3))),
            ({"fact": "fact-3"}, Selection(item=(Kind.FACT, 3))),
            ({"fact": "trait-3"}, Selection(item=(Kind.TRAIT, 3))),
            ({"everything": True}, Selection(everything=True)),
            ({"text": " My  PIN "}, Selection(text="my pin")),
            (
                {"conversation": "c", "after": "2026-03-02 12:00:00", "before": NOON + minutes(1)},
                Selection(conversation_id="c", after=NOON, before=NOON + minutes(1)),
            ),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
    )
    def test_the_ways_to_choose(self, chosen: dict[str, Any], selection: Selection) -> None:
        assert select(**chosen) == selection

    @pytest.mark.parametrize(
        ("chosen", "error"),
        [
            ({}, InvalidArgumentError),
            ({"everything": False}, InvalidArgumentError),
            ({"page": "page-1", "fact": "fact-1"}, InvalidArgumentError),
            ({"page": "page-1", "text": "a"}, InvalidArgumentError),
            ({"everything": True, "before": NOON}, InvalidArgumentError),
            ({"page": "fact-1"}, InvalidArgumentError),
            ({"page": "segment-1"}, InvalidArgumentError),
            ({"fact": "page-1"}, InvalidArgumentError),
            ({"page": "page one"}, UnknownIdError),
            ({"text": "  "}, InvalidArgumentError),
            ({"conversation": ""}, InvalidArgumentError),
            ({"before": "soon"}, UnreadableTimestampError),
            ({"after": NOON, "before": NOON}, InvalidArgumentError),
        ],
        ids=repr,
    )
    def test_what_names_nothing_clearly_forgets_nothing(
        self, chosen: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            select(**chosen)

    @pytest.mark.parametrize(
        "chosen",
        [{"page": "page-9"}, {"fact": "fact-9"}, {"fact": "trait-9"}, {"conversation": "c-9"}],
        ids=repr,
    )
    def test_an_unknown_id_is_said_to_be_unknown(self, chosen: dict[str, Any]) -> None:
        with pytest.raises(UnknownIdError):
            plan(a_memory(a_page(1), facts=[a_fact(1)]), **chosen)

    @pytest.mark.parametrize(
        ("chosen", "gone"),
        [
            ({"conversation": "a"}, (1, 2, 3)),
            ({"before": NOON + minutes(2)}, (1,)),
            ({"after": NOON + minutes(2)}, (2, 3, 4)),
            ({"after": NOON + minutes(2), "before": NOON + minutes(4)}, (2, 3)),
            ({"conversation": "a", "after": NOON + minutes(3)}, (3,)),
            ({"text": "ＣＯＤＥ  is\n4711"}, (2, 4)),
            ({"conversation": "a", "text": "code is 4711"}, (2,)),
            ({"text": "in the meta data"}, (3,)),
            ({"text": "said nowhere"}, ()),
        ],
        ids=repr,
    )
    def test_several_narrow_one_another_down(
        self, chosen: dict[str, Any], gone: tuple[int, ...]
    ) -> None:
        memory = a_memory(
            a_page(1, conversation_id="a"),
            a_page(2, "My code  is 4711!", conversation_id="a"),
            a_page(3, conversation_id="a", meta_data={"note": ["In the meta data"]}),
            a_page(4, agent_response="Your Code is 4711"),
        )
        receipt, update = plan(memory, **chosen)
        assert receipt.pages == tuple(f"page-{number}" for number in gone)
        assert update.removed == tuple((Kind.PAGE, number) for number in gone)
        assert bool(receipt) is bool(gone)


class TestWhatGoesAlong:
    def test_a_fact_goes_with_any_page_it_rests_on_and_the_others_are_read_anew(self) -> None:
        """Invariant 9."""
        facts = [
            a_fact(1, evidence=on(1)),
            a_fact(2, evidence=on(1, 2, 3)),
            a_fact(3, evidence=on(3)),
        ]
        pages = [a_page(number, analyst=RULES) for number in (1, 2, 3)]
        receipt, update = plan(a_memory(*pages, facts=facts), page="page-1")
        assert receipt.facts == ("fact-1", "fact-2")
        assert receipt.relearnt == ("page-2", "page-3")
        assert update.unanalysed == (2, 3)
        assert update.removed == ((Kind.FACT, 1), (Kind.FACT, 2), (Kind.PAGE, 1))

    def test_traits_are_asked_again_from_the_first_page_that_is_left(self) -> None:
        memory = a_memory(
            *map(a_page, range(1, 6)), traits=(a_trait(1, 2, 4, 5), a_trait(2, 3), a_trait(3, 2))
        )
        receipt, update = plan(memory, page="page-2")
        assert (receipt.traits, update.traits_back_to) == (("trait-1", "trait-3"), 3)
        assert plan(memory, page="page-3")[1].traits_back_to is None

    def test_what_a_forgotten_fact_had_superseded_is_in_force_again(self) -> None:
        madrid = a_fact(1, "Madrid", evidence=on(1))
        closed = replace(
            madrid, valid_to=NOON + minutes(2), superseded_at=NOON + minutes(3), superseded_by=2
        )
        berlin = a_fact(2, "Berlin", evidence=on(2))
        memory = a_memory(a_page(1), a_page(2), facts=[closed, berlin])
        for chosen in ({"page": "page-2"}, {"fact": "fact-2"}):
            receipt, update = plan(memory, **chosen)
            assert receipt.reopened == ("fact-1",)
            assert [stored.fact for stored in update.facts] == [madrid]

    def test_a_link_that_is_forgotten_leaves_the_fact_ended_by_the_next_that_stays(self) -> None:
        """Madrid, Berlin, Paris: without Berlin, Paris ended Madrid."""
        ended = {"valid_to": NOON, "superseded_at": NOON}
        madrid = a_fact(1, "Madrid", evidence=on(1), superseded_by=2, **ended)
        berlin = a_fact(2, "Berlin", evidence=on(2), superseded_by=3, **ended)
        moved = NOON + timedelta(days=9)
        paris = a_fact(3, "Paris", evidence=on(3), valid_from=moved, recorded_at=moved)
        memory = a_memory(*map(a_page, (1, 2, 3)), facts=[madrid, berlin, paris])
        _, update = plan(memory, page="page-2")
        assert [stored.fact for stored in update.facts] == [
            replace(madrid, valid_to=moved, superseded_at=moved, superseded_by=3)
        ]

    def test_a_trait_whose_successor_goes_is_in_force_again(self) -> None:
        later = NOON + minutes(5)
        low = a_trait(1, 1, level=Level.LOW, superseded_at=later)
        high = a_trait(2, 2, recorded_at=later)
        other = a_trait(3, 1, dimension="Humour", superseded_at=NOON)
        memory = a_memory(a_page(1), a_page(2), traits=(low, high, other))
        receipt, update = plan(memory, page="page-2")
        assert (receipt.traits, receipt.reopened) == (("trait-2",), ("trait-1",))
        assert update.traits == (replace(low, superseded_at=None),)

    def test_a_segment_is_told_anew_from_what_stays_and_dissolved_without_pages(self) -> None:
        memory = a_memory(
            a_page(1, "We paddled the kayak down the river.", segment=1, agent_response=""),
            a_page(2, SECRET, segment=1, timestamp=NOON + minutes(99)),
            a_page(3, "My PIN is 12.", segment=2),
            segments=[
                a_segment(1, summary=SECRET, page_count=2, interaction_length=2, learner="a-model"),
                a_segment(2),
            ],
        )
        receipt, update = plan(memory, after=NOON + minutes(3))
        assert (receipt.pages, receipt.segments) == (("page-2", "page-3"), ("segment-2",))
        assert (receipt.retold, update.dissolved) == (("segment-1",), (2,))
        (told,) = update.segments
        assert told.summary == "We paddled the kayak down the river."
        assert "kayak" in told.keywords
        assert (told.page_count, told.interaction_length, told.learner) == (1, 1, RULES)
        assert told.ended_at == memory.pages[1].timestamp

    def test_the_summaries_of_its_chain_are_blanked(self) -> None:
        memory = a_memory(
            a_page(1, chain=1, meta_chain="tells"),
            a_page(2, chain=1, meta_chain="tells more"),
            a_page(3, chain=3, meta_chain="of something else"),
            a_page(4),
        )
        receipt, update = plan(memory, page="page-1")
        assert (update.blanked, receipt.blanked) == ((2,), ("page-2",))
        assert plan(memory, page="page-4")[1].blanked == ()

    def test_a_fact_goes_alone_and_the_pages_that_say_it_are_named(self) -> None:
        pages = [a_page(number, analyst=RULES) for number in (1, 2)]
        memory = a_memory(*pages, facts=[a_fact(1, evidence=on(1, 2)), a_fact(2, evidence=on(1))])
        receipt, update = plan(memory, fact="fact-1")
        assert (receipt.pages, receipt.facts) == ((), ("fact-1",))
        assert receipt.said_on == ("page-1", "page-2")
        # Nor is it learnt from them again when something else has them read anew.
        assert (update.analysed, update.analyst, update.unanalysed) == ((1, 2), "user", ())
        settled = a_memory(
            a_page(1, analyst="user"), a_page(2), facts=[a_fact(2, evidence=on(1, 2))]
        )
        assert plan(settled, page="page-2")[1].unanalysed == ()

    def test_a_page_that_says_what_was_chosen_is_not_read_anew_for_what_followed(self) -> None:
        facts = [a_fact(1, text="works for Acme Inc", evidence=on(1)), a_fact(2, evidence=on(1, 2))]
        memory = a_memory(a_page(1, analyst=RULES), a_page(2, "At Acme Inc."), facts=facts)
        receipt, update = plan(memory, text="acme inc")
        assert (receipt.pages, receipt.facts) == (("page-2",), ("fact-1", "fact-2"))
        assert (update.analysed, update.unanalysed) == ((1,), ())

    def test_text_takes_what_was_learnt_and_told_in_other_words(self) -> None:
        memory = a_memory(
            a_page(1, "I am with ACME.", chain=1, meta_chain="He works for Acme Inc.", segment=1),
            facts=[a_fact(1, text="works for Acme Inc", evidence=on(1))],
            traits=(a_trait(1, 1, reason="loyal to acme inc"),),
            segments=[a_segment(1, summary="His job at Acme Inc.")],
        )
        receipt, _ = plan(memory, text="acme inc")
        assert (receipt.pages, receipt.facts, receipt.traits) == ((), ("fact-1",), ("trait-1",))
        assert (receipt.retold, receipt.blanked) == (("segment-1",), ("page-1",))
        # Narrowed down, it is the pages that are meant.
        assert not plan(memory, text="acme inc", before=NOON + minutes(9))[0]


def reply(text: str, number: int = 9, question: str = "What do you know?", **others: Any) -> Page:
    return a_page(number, question, agent_response=text, **others)


class TestReplies:
    """A reply made out of memory may tell what is gone."""

    PROMPT: Mapping[int, list[tuple[Kind, int]]] = MappingProxyType(
        {9: [(Kind.PAGE, 1), (Kind.PAGE, 2), (Kind.FACT, 1)]}
    )

    def after_forgetting(self, answer: Page, **chosen: Any) -> tuple[Receipt, Update]:
        memory = a_memory(
            a_page(1, SECRET, agent_response="I will keep it."),
            a_page(2, "A scientist saw data in the locker room.", agent_response="Nice."),
            answer,
            facts=[a_fact(1, "data scientist", evidence=on(2))],
        )
        return plan(memory, self.PROMPT, **(chosen or {"page": "page-1"}))

    @pytest.mark.parametrize(
        "text", ["It is Zwiebel4711.", "“My locker code is Zwiebel4711.”", "A CODE, you said."]
    )
    def test_a_word_it_can_have_from_nowhere_else_empties_its_half(self, text: str) -> None:
        receipt, update = self.after_forgetting(reply(text))
        assert receipt.redacted == ("page-9",)
        (rewritten,) = update.rewritten
        assert (rewritten.number, rewritten.agent_response) == (9, "")

    @pytest.mark.parametrize(
        "answer",
        [
            reply("You saw a locker room."),
            reply("I like rain."),
            reply("A code? I know none.", question="Do you know my code?"),
        ],
    )
    def test_words_that_stand_elsewhere_leave_it_as_it_is(self, answer: Page) -> None:
        receipt, update = self.after_forgetting(answer)
        assert (receipt.redacted, update.rewritten) == ((), ())

    def test_the_value_of_a_forgotten_fact_empties_it(self) -> None:
        told = reply("A Data  Scientist!")
        assert self.after_forgetting(told, fact="fact-1")[0].redacted == ("page-9",)
        other = reply("You are a scientist.")
        assert self.after_forgetting(other, fact="fact-1")[0].redacted == ()

    def test_a_page_with_nothing_but_such_a_reply_goes_whole(self) -> None:
        receipt, _ = self.after_forgetting(reply("It is Zwiebel4711.", question=""))
        assert (receipt.pages, receipt.redacted) == (("page-1", "page-9"), ())

    def test_replies_to_replies_are_followed(self) -> None:
        memory = a_memory(
            a_page(1, SECRET), reply("It is Zwiebel4711.", 2), reply("Zwiebel4711, as I said.", 3)
        )
        receipt, _ = plan(memory, {2: [(Kind.PAGE, 1)], 3: [(Kind.PAGE, 2)]}, page="page-1")
        assert receipt.redacted == ("page-2", "page-3")

    def test_what_was_learnt_from_the_emptied_half_goes_too(self) -> None:
        memory = a_memory(
            a_page(1, SECRET),
            reply("It is Zwiebel4711.", 2, question="I like tea."),
            facts=[
                a_fact(1, evidence=(Evidence(2, "It is Zwiebel4711."),)),
                a_fact(2, evidence=(Evidence(2, "I like tea."),)),
            ],
        )
        receipt, _ = plan(memory, {2: [(Kind.PAGE, 1)]}, page="page-1")
        assert receipt.facts == ("fact-1",)


class TestTheWorkingSet:
    def test_a_page_rewritten_is_found_by_its_new_words_alone(self) -> None:
        page = a_page(1, "The kayak", agent_response="Zwiebel4711")
        memory = a_memory(page, a_page(2, "Der Ofen ist kalt und das Brot ist alt."))
        before = memory.nbytes
        memory.apply(changes(replace(page, agent_response=""), embedded=False, revision=2))
        assert memory.passages(Kind.PAGE, 1) == ("The kayak",)
        assert memory.page_vector(1) is None
        assert memory.nbytes < before
        memory.apply(changes(replace(page, agent_response=""), revision=3))
        assert memory.page_vector(1) is not None
        assert memory.languages == a_memory(*memory.pages.values()).languages

    @pytest.mark.parametrize("embedded", [True, False])
    def test_a_query_is_compared_with_no_vector_where_none_is_left(self, embedded: bool) -> None:
        memory = a_memory(a_page(1, "The kayak"), facts=[a_fact(1)])
        later = changes(a_page(2, "The oven"), facts=[a_fact(2)], embedded=False, revision=2)
        memory.apply(replace(later, embedding_model=EMBEDDER.model))
        memory.apply(changes(removed=((Kind.PAGE, 1), (Kind.FACT, 1)), revision=3))
        found = ask(memory, "oven of a data scientist", embedded=embedded)
        assert [item.id for item in found.pages] == ["page-2"]
        assert memory.without_vectors() == [(Kind.PAGE, 2), (Kind.FACT, 2)]

    def test_pages_that_leave_take_their_places_with_them(self) -> None:
        memory = a_memory(*(a_page(number, segment=1 + number % 2) for number in range(1, 6)))
        gone = tuple((Kind.PAGE, number) for number in (1, 2, 3))
        memory.apply(changes(removed=gone, revision=2))
        assert [memory.members[segment].newest(9) for segment in (1, 2)] == [(4,), (5,)]


@pytest.fixture
def told(memory: Memoryos, clock: FixedClock) -> Memoryos:
    """A secret on page-3, among others; filed and promoted."""
    for text in ("I work as a nurse.", "We went hiking.", SECRET, "I like tea.", "It rained."):
        clock.advance(minutes=2)
        memory.add_memory(text, "I see.")
    memory.flush()
    return memory


class TestMemory:
    def test_what_is_forgotten_is_recalled_no_more(self, told: Memoryos) -> None:
        receipt = told.forget(page="page-3")
        assert receipt == Receipt(pages=("page-3",))
        assert all("Zwiebel" not in item.page.text for item in told.retrieve_memory(SECRET).pages)
        with pytest.raises(UnknownIdError, match="page-3"):
            told.why("page-3")
        with pytest.raises(UnknownIdError, match="page-3"):
            told.forget(page="page-3")

    def test_a_dry_run_says_the_same_and_does_nothing(self, told: Memoryos) -> None:
        before = told.get_memory_stats()
        dry = told.forget(page="page-1", dry_run=True)
        assert (dry.dry_run, dry.facts) == (True, ("fact-1",))
        assert told.get_memory_stats() == before
        assert replace(dry, dry_run=False) == told.forget(page="page-1")

    def test_another_memory_on_the_folder_follows(
        self, told: Memoryos, open_memory: Callable[..., Memoryos]
    ) -> None:
        other = open_memory()
        assert other.retrieve_memory(SECRET).pages
        told.forget(text="zwiebel")
        with other.engine._working_sets.use(OWNER) as state:
            assert sorted(state.pages) == [1, 2, 4, 5]
        other.forget(everything=True)
        assert told.get_memory_stats()["page_count"] == 0
        assert told.retrieve_memory("nurse").short_term == ()

    @pytest.mark.parametrize("few_items", [0, 200])
    def test_a_reply_that_told_it_keeps_the_question(
        self, told: Memoryos, monkeypatch: pytest.MonkeyPatch, few_items: int
    ) -> None:
        """However many items the ledger is asked for."""
        monkeypatch.setattr(amending, "FEW_ITEMS", few_items)
        told.get_response("Do I like tea?")
        question = "What is my locker code?"
        assert "Zwiebel4711" in told.get_response(question)
        receipt = told.forget(page="page-3")
        assert receipt.redacted == ("page-7",)
        source = told.why("page-7").sources[0]
        assert (source.user_input, source.agent_response) == (question, "")
        assert not told.flush()
        assert told.retrieve_memory(question).by_rank()[0].id == "page-7"

    def test_a_fact_with_other_evidence_is_learnt_anew(
        self, told: Memoryos, clock: FixedClock
    ) -> None:
        clock.advance(days=1)
        told.add_memory("I work as a nurse, as I said.", "I know.")
        told.flush()
        receipt = told.forget(page="page-1")
        assert (receipt.facts, receipt.relearnt) == (("fact-1",), ("page-6",))
        told.flush()
        (fact,) = (fact for fact in told.knowledge() if fact.attribute == "job")
        assert [piece.page for piece in fact.evidence] == [6]

    def test_a_forgotten_fact_is_not_learnt_back(self, told: Memoryos) -> None:
        receipt = told.forget(fact="fact-1")
        assert receipt.said_on == ("page-1",)
        told.refile(by_rules=True)
        told.flush()
        assert all(fact.attribute != "job" for fact in told.knowledge())

    def test_the_user_moved_back(self, memory: Memoryos, clock: FixedClock) -> None:
        """M2: what the forgotten page had ended is current again."""
        for text in ("I live in Madrid.", "I moved to Berlin."):
            clock.advance(days=1)
            memory.add_memory(text, "I see.")
        memory.flush()
        assert memory.get_user_profile().value("home") == "Berlin"
        memory.forget(page="page-2")
        assert memory.get_user_profile().value("home") == "Madrid"

    def test_everything_is_everything_and_numbers_go_on(self, told: Memoryos) -> None:
        told.retrieve_memory("nurse")
        receipt = told.forget(everything=True)
        assert receipt.counts["pages"] == 5
        assert receipt.facts == ("fact-1", "fact-2")
        store = told.engine.store
        assert (store.owners(), store.uses(OWNER), store.model_calls(OWNER)) == ((), (), ())
        assert not told.flush()
        assert told.add_memory("Hello again.", "Hello.") == "page-6"
        assert [row.owner for row in store.owners()] == [OWNER]

    def test_an_owner_never_seen_has_nothing_to_forget(self, memory: Memoryos) -> None:
        assert not memory.forget(everything=True)
        assert not memory.forget(text="secret")
        assert memory.engine.store.owners() == ()

    def test_nobody_else_loses_anything(
        self, told: Memoryos, open_memory: Callable[..., Memoryos]
    ) -> None:
        """Invariant 6."""
        anna = open_memory("anna")
        anna.add_memory(SECRET, "I see.")
        told.forget(text="Zwiebel")
        told.forget(everything=True)
        assert anna.retrieve_memory(SECRET).pages


def forgetting_meanwhile(memory: Memoryos, line: Any, **chosen: Any) -> Any:
    """A line of a model that waits so long that the user forgets something meanwhile."""

    def say(request: ChatRequest) -> Any:
        memory.forget(**chosen)
        return line

    return say


class TestRightOfWay:
    def test_it_waits_for_no_model_and_nothing_comes_back(self, told: Memoryos) -> None:
        """Invariants 3 and 9: the worker that read the page cannot commit what it learnt."""
        updater = told.engine._updater
        told.add_memory("I work as a baker.", "I see.")
        rules = updater._rules
        seen = []

        class Slow:
            name, pace = rules.name, rules.pace
            file, characterise = rules.file, rules.characterise

            def promote(self, batch: Any) -> Any:
                learnt = rules.promote(batch)
                seen.extend(fact.value for fact in learnt)
                told.forget(page="page-6")
                return learnt

        updater._rules = Slow()
        assert updater.run(OWNER, holder="worker", on_demand=True) is None
        assert seen == ["baker"]
        updater._rules = rules
        assert not told.flush()
        assert "baker" not in {fact.value for fact in told.knowledge()}
        assert told.get_user_profile().value("job") == "nurse"

    def test_a_reply_that_tells_it_meanwhile_has_the_plan_made_again(
        self, told: Memoryos, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = told.engine.store
        commit = store.commit

        def overtaken(*arguments: Any) -> int:
            monkeypatch.undo()
            told.add_memory("I was faster.", "I see.")
            assert "Zwiebel4711" in told.get_response("What is my locker code?")
            return commit(*arguments)

        monkeypatch.setattr(store, "commit", overtaken)
        assert told.forget(page="page-3") == Receipt(pages=("page-3",), redacted=("page-7",))
        assert told.get_memory_stats()["page_count"] == 6

    def test_writers_that_never_rest_do_not_keep_it_from_being_done(
        self, told: Memoryos, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = told.engine.store
        commit = store.commit

        def overtaken(*arguments: Any) -> int:
            told.add_memory("I was faster.", "I see.")
            return commit(*arguments)

        monkeypatch.setattr(store, "commit", overtaken)
        monkeypatch.setattr(amending, "ATTEMPTS", 1)
        assert told.forget(page="page-3") == Receipt(pages=("page-3",))

    def test_what_a_worker_committed_since_the_plan_is_planned_for(
        self, told: Memoryos, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store = told.engine.store
        acquire = store.acquire
        told.add_memory("I work as a baker.", "I see.")

        def overtaken(*arguments: Any, **others: Any) -> Any:
            monkeypatch.undo()
            told.engine._updater.run(OWNER, holder="worker", on_demand=True)
            return acquire(*arguments, **others)

        monkeypatch.setattr(store, "acquire", overtaken)
        receipt = told.forget(page="page-6")
        assert (receipt.facts, receipt.reopened) == (("fact-3",), ("fact-1",))

    def test_a_reply_in_the_making_cannot_tell_what_was_forgotten(self, told: Memoryos) -> None:
        engine = told.engine
        engine.chat_model = ScriptedModel(
            {Purpose.REPLY: [forgetting_meanwhile(told, "It is Zwiebel4711.", page="page-3")]}
        )
        assert told.get_response("What is my locker code?") == "It is Zwiebel4711."
        assert told.why("page-6").sources[0].agent_response == ""

    def test_the_setback_of_a_failing_model_stays(self, told: Memoryos, clock: FixedClock) -> None:
        store = told.engine.store
        lease = store.acquire(OWNER, holder="w", now=clock(), until=clock() + minutes(1))
        assert lease is not None
        setback = Setback(2, "ModelUnavailableError", clock() + minutes(9))
        store.release(lease, due_at=None, setback=setback)
        told.forget(page="page-3")
        assert store.progress(OWNER).setback == setback

    def test_an_owner_is_due_at_once_for_what_is_read_anew(
        self, told: Memoryos, clock: FixedClock
    ) -> None:
        told.forget(page="page-3")
        (row,) = told.engine.store.owners()
        assert row.due_at == clock()


class TestRetention:
    @pytest.mark.parametrize("days", [0, -1, float("nan"), "30", True])
    def test_days_are_a_number_above_0(self, days: Any) -> None:
        with pytest.raises(InvalidArgumentError, match="retention_days"):
            MemoryConfig(retention_days=days)

    def test_what_is_kept_for_longer_is_chosen(self) -> None:
        assert expiry(None, now=NOON) is None
        assert expiry(1.5, now=NOON) == Selection(before=NOON - timedelta(hours=36))

    @pytest.fixture
    def kept_for_a_month(
        self, open_memory: Callable[..., Memoryos], clock: FixedClock
    ) -> Iterator[Memoryos]:
        memory = open_memory()
        memory.engine._amender._retention_days = 30.0
        memory.add_memory(SECRET, "I see.")
        memory.engine.add_memory("anna", SECRET, "I see.")
        clock.advance(days=29)
        memory.add_memory("I like tea.", "I see.")
        return memory

    def test_flush_forgets_what_is_too_old(
        self, kept_for_a_month: Memoryos, clock: FixedClock
    ) -> None:
        memory = kept_for_a_month
        memory.flush()
        assert memory.get_memory_stats()["page_count"] == 2
        clock.advance(days=2)
        memory.flush()
        assert memory.get_memory_stats()["page_count"] == 1
        assert memory.engine.stats("anna").page_count == 1

    def test_the_background_does_so_for_every_owner_once_a_day(
        self, kept_for_a_month: Memoryos, clock: FixedClock
    ) -> None:
        memory = kept_for_a_month
        memory.engine._before_round()
        clock.advance(days=2)
        memory.engine._before_round()
        counts = [memory.engine.stats(user).page_count for user in ("tom", "anna")]
        assert counts == [1, 0]
        memory.add_memory(SECRET, "I see.", clock() - timedelta(days=99))
        clock.advance(hours=23)
        memory.engine._before_round()
        assert memory.get_memory_stats()["page_count"] == 2
        clock.advance(hours=1)
        memory.engine._before_round()
        assert memory.get_memory_stats()["page_count"] == 1


TEXTS = (
    "I work as a nurse.", "I work as a baker.", "I live in Madrid.", "I moved to Berlin.",
    "I like tea.", "We paddled the kayak.", "My bread rose in the oven.", "Ich wohne in Köln.",
)  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.sampled_from(TEXTS)),
        st.tuples(st.just("ask"), st.sampled_from(TEXTS)),
        st.tuples(st.just("flush")),
        st.tuples(st.sampled_from(["page", "fact"]), st.integers(0, 9)),
        st.tuples(st.just("text"), st.sampled_from(["nurse", "Berlin", "tea", "kayak"])),
        st.tuples(st.just("correct"), st.integers(0, 9)),
        st.tuples(st.just("everything")),
    ),
    max_size=30,
)


def check(memory: Memoryos, follower: Memoryos) -> None:
    """Invariants 2 and 9, on the rows themselves, as another memory on the folder has them."""
    with memory.engine._working_sets.use(OWNER) as state:
        pages, facts, segments = dict(state.pages), dict(state.facts), dict(state.segments)
    with follower.engine._working_sets.use(OWNER) as other:
        assert (other.pages, other.facts) == (pages, facts)
        assert sorted(other.page_index._rows) == sorted(pages)
        assert sorted(other.fact_index._rows) == sorted(facts)
    for fact in facts.values():
        assert all(_bears_out(pages, piece) for piece in fact.evidence)
        assert fact.superseded_by is None or fact.superseded_by in facts
    counts = dict.fromkeys(segments, 0)
    for page in pages.values():
        assert page.text.strip()
        if page.segment is not None:
            counts[page.segment] += 1
    assert counts == {segment.number: segment.page_count for segment in segments.values()}


def _bears_out(pages: Mapping[int, Page], piece: Evidence) -> bool:
    return piece.page in pages and piece.quote in pages[piece.page].text


def _pick(ids: list[str], number: int) -> str | None:
    return ids[number % len(ids)] if ids else None


def in_force(memory: Memoryos) -> list[Fact]:
    return list(memory.knowledge())


@settings(max_examples=30, deadline=None)
@given(STEPS)
def test_whatever_is_forgotten_evidence_segments_and_followers_are_whole(
    steps: list[tuple[Any, ...]],
) -> None:
    clock = FixedClock()

    def open_() -> Memoryos:
        return Memoryos(
            "tom",
            data_storage_path=Path(folder),
            short_term_capacity=2,
            background=False,
            clock=clock,
        )

    with TemporaryDirectory() as folder, open_() as memory, open_() as follower:
        added: list[str] = []
        for step, *detail in steps:
            clock.advance(minutes=7)
            if step == "add":
                added.append(memory.add_memory(detail[0], "I see."))
            elif step == "ask":
                memory.get_response(detail[0])
            elif step == "flush":
                assert not memory.flush()
            elif step == "page" and (page := _pick(added, detail[0])):
                added.remove(page)
                assert page in memory.forget(page=page).pages
            elif step in ("fact", "correct"):
                fact = _pick([fact.id for fact in in_force(memory)], detail[0])
                if fact and step == "fact":
                    assert fact in memory.forget(fact=fact).facts
                elif fact:
                    memory.correct(fact, "is as I say")
            elif step == "text":
                gone = memory.forget(text=detail[0]).pages
                added = [page for page in added if page not in gone]
            elif step == "everything":
                memory.forget(everything=True)
                added.clear()
            check(memory, follower)

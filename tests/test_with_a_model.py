"""A language model behind a real socket: what it learns, what it costs, how it may fail."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bad_replies import BAD_REPLIES, EXCHANGES, GOOD, BadReply, a_fact, order

from memoryos import Memoryos
from memoryos.analysts.base import Filing, FilingBatch
from memoryos.analysts.model import ModelAnalyst
from memoryos.analysts.rules import RulesAnalyst
from memoryos.errors import ModelError
from memoryos.llms.base import ChatReply, ChatRequest, Purpose, Tokens
from memoryos.llms.openai_compatible import OpenAICompatibleModel
from memoryos.model import Kind, Owner, Speaker
from memoryos.setbacks import MODEL_ATTEMPTS
from memoryos.testing.clock import FixedClock
from memoryos.testing.scripted_model import Scripted, ScriptedModel
from memoryos.testing.stub_server import Failure, StubServer

OWNER = Owner("tom", "default_assistant_profile")


@pytest.fixture
def server(clock: FixedClock) -> Iterator[StubServer]:
    with StubServer(clock=clock) as stub:
        yield stub


@pytest.fixture
def memory(open_memory: Callable[..., Memoryos], server: StubServer) -> Memoryos:
    """The memory of `EXCHANGES`, filed and promoted by a model that gives up after two seconds."""
    model = OpenAICompatibleModel("stub", base_url=server.url, timeout_seconds=2.0)
    return open_memory(chat_model=model, short_term_capacity=2)


def talk(memory: Memoryos) -> list[str]:
    return list(memory.add_memories(memory.draft(*exchange) for exchange in EXCHANGES))


def consolidate(memory: Memoryos, clock: FixedClock) -> None:
    """Consolidate all there is, waiting as long as the model asks for."""
    for _ in range(2 * MODEL_ATTEMPTS):
        if not memory.flush():
            return
        retry_at = memory.get_memory_stats()["retry_at"]
        clock.set(max(clock(), retry_at or clock()))
    raise AssertionError(f"it still waits: {memory.get_memory_stats()}")


def segment_of_each_page(memory: Memoryos) -> dict[int, int | None]:
    with memory.engine._working_sets.use(OWNER) as state:  # the rows themselves
        return {page.number: page.segment for page in state.pages.values()}


def failures_of(memory: Memoryos) -> int:
    usage = memory.get_memory_stats()["model_usage"].values()
    return sum(sum(spent["failures"].values()) for spent in usage)


class TestWithoutFailures:
    def test_neither_add_nor_recall_asks_the_model(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        """W1, C1, invariant 4."""
        talk(memory)
        assert memory.retrieve_memory("Which trail is good in March?").pages
        assert not memory.get_user_profile()
        assert server.calls == ()

    def test_one_call_files_a_batch_and_one_promotes_it(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        talk(memory)
        assert not memory.flush()
        calls = Counter(call.purpose for call in server.calls)
        assert calls == {"filing": 1, "promotion": 1, "traits": 1}
        assert memory.get_user_profile().value("home") == "Berlin"
        assert {segment.learner for segment, _ in memory.segments()} == {"stub"}
        (home,) = [fact for fact in memory.knowledge() if fact.attribute == "home"]
        assert memory.why(home.id).learner == "stub"

    def test_a_few_pages_wait_until_there_are_ten_or_silence(
        self, memory: Memoryos, server: StubServer, clock: FixedClock
    ) -> None:
        talk(memory)  # five of the seven have left short-term memory
        memory.engine.consolidate("tom")
        assert server.calls == ()
        clock.advance(minutes=30)
        memory.engine.consolidate("tom")
        assert {call.purpose for call in server.calls} >= {"filing", "promotion"}
        assert memory.get_memory_stats()["awaiting_filing_count"] == 0

    def test_a_new_session_does_not_file_the_pages_it_pushes_out_one_by_one(
        self, open_memory: Callable[..., Memoryos], server: StubServer, clock: FixedClock
    ) -> None:
        """They lie idle only once the page that pushed them out does."""
        memory = open_memory(openai_base_url=server.url)
        for number in range(7):
            memory.add_memory(f"I planted fig number {number}.", "Nice.")
        memory.flush()
        clock.advance(days=1)
        for number in range(3):
            memory.add_memory(f"I repaired boat number {number}.", "Well done.")
            memory.engine.consolidate("tom")
        assert "filing" not in server.usage()
        clock.advance(minutes=30)
        memory.engine.consolidate("tom")
        assert server.usage()["filing"].calls == 1

    def test_calls_tokens_and_time_are_in_the_stats_by_purpose(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        """C7: as the server charged them."""
        server.latency_seconds = 0.01
        talk(memory)
        memory.flush()
        memory.get_response("Where do I live?")
        usage = memory.get_memory_stats()["model_usage"]
        charged = server.usage()
        assert {
            purpose: (spent["calls"], spent["prompt_tokens"], spent["completion_tokens"])
            for purpose, spent in usage.items()
        } == {
            purpose: (spent.calls, spent.prompt_tokens, spent.completion_tokens)
            for purpose, spent in charged.items()
        }
        assert set(usage) == {"filing", "promotion", "traits", "reply"}
        assert all(spent["milliseconds"] >= 10 * spent["calls"] for spent in usage.values())
        assert memory.engine.stats("ann").model_usage == {}

    def test_the_stats_count_what_the_server_counts_whatever_happens(
        self, open_memory: Callable[..., Memoryos], server: StubServer, clock: FixedClock
    ) -> None:
        """C7: retries, steps down, failures, and streams that break off or are left."""
        memory = open_memory(openai_base_url=server.url, short_term_capacity=2)
        talk(memory)
        for failure in (
            Failure.NO_TEMPERATURE,
            Failure.STATUS_503,
            Failure.STATUS_404,
            Failure.LENGTH,
            Failure.CUT_IN_BODY,
            Failure.CUT_BEFORE_HEADERS,
            Failure.NULL_CONTENT,
        ):
            server.fail(failure, times=1, retry_after_seconds=0)
            for ask in (memory.flush, partial(memory.get_response, "Where do I live?")):
                with suppress(ModelError):
                    ask()
            clock.advance(hours=1)
        for failure in (Failure.CUT_IN_STREAM, Failure.ERROR_IN_STREAM):
            server.fail(failure, times=1, purpose="reply")
            with pytest.raises(ModelError):
                list(memory.get_response("Where do I live?", stream=True))
        left = memory.get_response("Where do I live?", stream=True)
        next(left)
        left.close()
        usage = memory.get_memory_stats()["model_usage"]
        charged = server.usage()
        assert {purpose: spent["calls"] for purpose, spent in usage.items()} == {
            purpose: spent.calls for purpose, spent in charged.items()
        }
        assert {purpose: spent["prompt_tokens"] for purpose, spent in usage.items()} == {
            purpose: spent.prompt_tokens for purpose, spent in charged.items()
        }

    def test_no_lock_is_held_while_the_model_is_asked(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        """Invariant 3: another process could add, recall and be asked for stats meanwhile."""
        other = open_memory(short_term_capacity=2)
        asked: list[Purpose] = []

        def use_memory(request: ChatRequest) -> Scripted:
            asked.append(request.purpose)
            other.add_memory(f"Call {len(asked)} came while the model thought.", "")
            assert other.retrieve_memory("came while the model thought").pages
            assert other.get_memory_stats()["page_count"] > len(EXCHANGES)
            return GOOD.get(request.purpose.value, "In Berlin.")

        memory = open_memory(chat_model=ScriptedModel(default=use_memory), short_term_capacity=2)
        talk(memory)
        memory.flush()
        memory.get_response("Where do I live?")
        assert set(asked) == {*Purpose} - {Purpose.JUDGING}


@pytest.mark.parametrize("bad", BAD_REPLIES, ids=lambda bad: bad.name)
def test_a_bad_reply_reaches_nobody_and_loses_nothing(
    bad: BadReply,
    memory: Memoryos,
    server: StubServer,
    clock: FixedClock,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """W6, M6, invariant 5."""
    order(server, bad)
    talk(memory)
    memory.flush()
    failures = failures_of(memory)
    # One failure ends a round, and is counted and logged once.
    assert failures <= 1
    assert failures == 1 or not bad.failure or bad.readable
    logged = [record for record in caplog.records if record.name.startswith("memoryos")]
    assert len([record for record in logged if record.levelno >= logging.WARNING]) == failures
    assert not any(exchange[0] in caplog.text for exchange in EXCHANGES)
    assert memory.retrieve_memory("Which trail is good in March?").pages
    if bad.readable:
        assert failures == 0
        assert memory.get_user_profile().value("home") == "Berlin"

    server.recover()
    consolidate(memory, clock)
    if failures:
        assert memory.get_user_profile().value("home") == "Berlin"
    pages = segment_of_each_page(memory)
    assert sorted(pages) == list(range(1, len(EXCHANGES) + 1))
    filed = Counter(segment for segment in pages.values() if segment is not None)
    assert filed == {segment.number: segment.page_count for segment, _ in memory.segments()}
    memory.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    for words in bad.never_stored:
        assert words.encode() not in stored


@pytest.mark.parametrize(
    "bad", [bad for bad in BAD_REPLIES if not bad.readable and bad.texts], ids=lambda bad: bad.name
)
def test_a_bad_reply_leaves_the_profile_as_it_was(
    bad: BadReply, open_memory: Callable[..., Memoryos], memory: Memoryos, server: StubServer
) -> None:
    """W8: an answer of "", "None" or another person's profile changes nothing of what rules learnt
    from the same pages."""
    by_rules = open_memory(short_term_capacity=2)
    talk(by_rules)
    assert not by_rules.flush()
    known = by_rules.get_user_profile(), by_rules.knowledge()
    assert known[0].attributes
    order(server, bad)
    assert memory.refile(by_rules=True) == len(EXCHANGES)
    memory.flush()
    assert server.calls
    assert (memory.get_user_profile(), memory.knowledge()) == known


@pytest.mark.parametrize(
    ("said", "believed"),
    [
        pytest.param(
            "Rewrite my letter: I'm John Doe, I work as an engineer at Google.",
            {"attribute": "name", "value": "John Doe"},
            id="another_person",
        ),
        pytest.param(
            "I'm Tommy to my friends.",
            {"attribute": "name", "value": "Tommy", "supersedes": 1},
            id="another_name",
        ),
    ],
)
def test_what_a_model_wrongly_put_in_place_of_a_fact_is_undone_by_forgetting_it(
    open_memory: Callable[..., Memoryos], clock: FixedClock, said: str, believed: dict[str, Any]
) -> None:
    """W8: the fact that was ended is kept, with what ended it, and comes back."""
    quoted = [("I'm Tom.", {"attribute": "name", "value": "Tom"}), (said, believed)]
    promotions = [
        {"facts": [a_fact(fact["attribute"], fact["value"], page, quote=words, **fact)]}
        for page, (words, fact) in enumerate(quoted, start=1)
    ]
    model = ScriptedModel(
        {Purpose.PROMOTION: promotions}, default=lambda request: GOOD[request.purpose.value]
    )
    memory = open_memory(chat_model=model)
    for words, _ in quoted:
        memory.add_memory(words, "Noted.")
        assert not memory.flush()
        clock.advance(hours=1)
    assert memory.get_user_profile().value("name") != "Tom"
    assert memory.why("fact-1").superseded_by == "fact-2"
    assert memory.why("fact-1").sources[0].quote == "I'm Tom."
    memory.forget(fact="fact-2")
    assert memory.get_user_profile().value("name") == "Tom"


class TestFailures:
    def test_a_busy_model_is_asked_again_when_it_says_so(
        self, memory: Memoryos, server: StubServer, clock: FixedClock
    ) -> None:
        """W7: 429 for 60 s; all is done afterwards, once each."""
        talk(memory)
        busy_until = clock() + timedelta(seconds=60)
        server.fail_until(busy_until)
        assert memory.flush()
        stats = memory.get_memory_stats()
        assert (stats["failed_attempts"], stats["retry_at"]) == (1, busy_until)
        assert stats["awaiting_filing_count"] == 5
        clock.advance(seconds=59)
        assert memory.flush()
        assert len(server.calls) == 1
        clock.advance(seconds=1)
        assert not memory.flush()
        answered = Counter(call.purpose for call in server.calls if call.status == 200)
        assert answered == {"filing": 1, "promotion": 1, "traits": 1}
        stats = memory.get_memory_stats()
        assert (stats["failed_attempts"], stats["retry_at"], stats["last_failure"]) == (
            0,
            None,
            None,
        )

    def test_a_busy_embedder_is_left_alone_as_long_as_it_asks(
        self, open_memory: Callable[..., Memoryos], server: StubServer, clock: FixedClock
    ) -> None:
        """W7: pages wait, recalled by their words, and are embedded once."""
        memory = open_memory(openai_base_url=server.url, embedding_model_name="openai:letters")
        memory.add_memory("The spare key lies under the blue flowerpot.", "Good to know.")
        server.fail_until(clock() + timedelta(minutes=5), purpose="unknown")
        memory.flush()
        assert memory.retrieve_memory("Where is the spare key?").pages
        asked = len(server.calls)
        clock.advance(minutes=4)
        assert memory.retrieve_memory("Where is the spare key?").pages
        assert memory.engine.stats("tom").items_to_embed > 0
        clock.advance(minutes=1)
        assert not memory.flush()
        embedded = [call for call in server.calls[asked:] if call.endpoint == "/v1/embeddings"]
        assert [call.status for call in embedded] == [200]

    @pytest.mark.parametrize("seconds", [1e12, 1e300])
    def test_a_wait_that_no_calendar_holds_is_an_hour(
        self,
        open_memory: Callable[..., Memoryos],
        server: StubServer,
        clock: FixedClock,
        seconds: float,
    ) -> None:
        """W6, W7."""
        memory = open_memory(openai_base_url=server.url, embedding_model_name="openai:letters")
        server.fail(Failure.STATUS_429, retry_after_seconds=seconds)
        memory.add_memory("The spare key lies under the blue flowerpot.", "Good to know.")
        assert memory.retrieve_memory("Where is the spare key?").pages
        assert memory.flush()
        assert memory.get_memory_stats()["retry_at"] == clock() + timedelta(hours=1)
        server.recover()
        clock.advance(hours=1)
        assert not memory.flush()

    @pytest.mark.parametrize("purpose", GOOD)
    def test_the_step_that_failed_is_done_again_and_no_other(
        self, memory: Memoryos, server: StubServer, clock: FixedClock, purpose: str
    ) -> None:
        """W7, invariant 5."""
        talk(memory)
        server.fail(Failure.STATUS_503, purpose=purpose)
        memory.flush()
        stats = memory.get_memory_stats()
        assert (stats["failed_attempts"], stats["last_failure"]) == (1, "ModelUnavailableError")
        server.recover()
        clock.set(stats["retry_at"])
        assert not memory.flush()
        asked = Counter(call.purpose for call in server.calls)
        assert asked == {**dict.fromkeys(GOOD, 1), purpose: 2}
        assert memory.get_user_profile().value("home") == "Berlin"

    def test_a_fault_of_the_models_analyst_waits_as_a_failure_does(
        self,
        open_memory: Callable[..., Memoryos],
        clock: FixedClock,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """W6: each round that it breaks was paid for, so the next one is not made at once."""

        class Broken(ModelAnalyst):
            def file(self, batch: FilingBatch) -> Filing:
                super().file(batch)
                raise TypeError(EXCHANGES[0][0])

        model = ScriptedModel(default=lambda request: GOOD[request.purpose.value])
        memory = open_memory(chat_model=model, short_term_capacity=2)
        talk(memory)
        memory.engine._updater._model = lambda owner: Broken(model, RulesAnalyst())
        for _ in range(3):
            assert memory.flush()
        assert len(model.requests) == 1
        stats = memory.get_memory_stats()
        assert (stats["failed_attempts"], stats["last_failure"]) == (1, "TypeError")
        assert stats["retry_at"] == clock() + timedelta(seconds=5)
        assert [record.getMessage() for record in caplog.records] == [
            "consolidation failed: TypeError"
        ]

    @pytest.mark.parametrize("answer", [KeyError("choices"), Tokens(10**30, 1)])
    def test_a_model_of_ones_own_that_breaks_its_contract_is_not_asked_for_ever(
        self, open_memory: Callable[..., Memoryos], answer: Exception | Tokens
    ) -> None:
        class Own(ScriptedModel):
            def complete(self, request: ChatRequest) -> ChatReply:
                reply = super().complete(request)
                if isinstance(answer, Exception):
                    raise answer
                return replace(reply, tokens=answer)

        model = Own(default=lambda request: GOOD[request.purpose.value])
        memory = open_memory(chat_model=model, short_term_capacity=2, daily_call_budget=5)
        talk(memory)
        for _ in range(9):
            memory.flush()
        assert len(model.requests) <= 3
        usage = memory.get_memory_stats()["model_usage"]
        assert sum(spent["calls"] for spent in usage.values()) == len(model.requests)

    def test_a_failure_noted_while_the_clock_was_ahead_is_no_reason_to_wait(
        self, memory: Memoryos, server: StubServer, clock: FixedClock
    ) -> None:
        talk(memory)
        today = clock()
        clock.advance(days=365)
        server.fail(Failure.STATUS_503, times=1)
        assert memory.flush()
        clock.set(today)
        assert not memory.flush()

    def test_an_embedder_that_failed_while_the_clock_was_ahead_is_asked_again(
        self, open_memory: Callable[..., Memoryos], server: StubServer, clock: FixedClock
    ) -> None:
        memory = open_memory(openai_base_url=server.url, embedding_model_name="openai:letters")
        memory.add_memory("The spare key lies under the blue flowerpot.", "Good to know.")
        today = clock()
        clock.advance(days=365)
        server.fail(Failure.STATUS_503, times=1)
        memory.retrieve_memory("Where is the spare key?")
        clock.set(today)
        memory.retrieve_memory("Where is the spare key?")
        assert [call.status for call in server.calls] == [503, 200]

    def test_a_lease_outlives_the_longest_call(
        self, open_memory: Callable[..., Memoryos], server: StubServer
    ) -> None:
        engine = open_memory(openai_base_url=server.url, llm_timeout_seconds=600).engine
        assert engine.chat_model is not None
        assert engine.chat_model.timeout_seconds == 600
        assert engine._updater.lease_seconds == 615

    def test_attempts_are_kept_over_a_restart(
        self,
        memory: Memoryos,
        open_memory: Callable[..., Memoryos],
        server: StubServer,
    ) -> None:
        talk(memory)
        server.fail(Failure.STATUS_503)
        memory.flush()
        memory.close()
        again = open_memory(openai_base_url=server.url, short_term_capacity=2)
        stats = again.get_memory_stats()
        assert (stats["failed_attempts"], stats["last_failure"]) == (1, "ModelUnavailableError")

    def test_after_six_failures_the_rules_do_it_and_a_model_can_revisit(
        self, memory: Memoryos, server: StubServer, clock: FixedClock
    ) -> None:
        talk(memory)
        server.fail(Failure.STATUS_500)
        consolidate(memory, clock)
        assert len(server.calls) == MODEL_ATTEMPTS
        assert {segment.learner for segment, _ in memory.segments()} == {"rules"}
        assert memory.get_user_profile().value("home") == "Berlin"

        server.recover()
        assert memory.refile(by_rules=True) == len(EXCHANGES)
        assert not memory.flush()
        assert {segment.learner for segment, _ in memory.segments()} == {"stub"}
        assert memory.refile(by_rules=True) == 0

    def test_an_owner_who_waits_does_not_keep_new_pages_from_recall(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        server.fail(Failure.CUT_BEFORE_HEADERS)
        talk(memory)
        memory.flush()
        memory.add_memory("The spare key lies under the blue flowerpot.", "Good to know.")
        (best, *_) = memory.retrieve_memory("Where is the spare key?").by_rank()
        assert "flowerpot" in best.user_input

    def test_closing_while_the_model_thinks_takes_no_longer_than_it_must_and_loses_nothing(
        self, open_memory: Callable[..., Memoryos], clock: FixedClock
    ) -> None:
        with StubServer(clock=clock, latency_seconds=600) as server:
            memory = open_memory(openai_base_url=server.url, short_term_capacity=1, background=True)
            for exchange in (*EXCHANGES, *EXCHANGES):
                memory.add_memory(*exchange)
            clock.advance(seconds=1)
            _until(lambda: len(server.calls) > 0)
            # W1: writing and recalling wait for no model that is at work.
            key = memory.add_memory("The spare key lies under the blue flowerpot.", "Good.")
            assert memory.retrieve_memory("Where is the spare key?").by_rank()[0].id == key
            assert len(server.calls) == 1
            started = time.monotonic()
            memory.close()
            assert time.monotonic() - started < 7  # 5 s, on a busy machine
        again = open_memory(short_term_capacity=1)
        stats = again.get_memory_stats()
        assert (stats["page_count"], stats["awaiting_filing_count"]) == (15, 14)
        # Its lease went with it: the next one need not wait.
        assert not again.flush()


class TestBudget:
    def test_beyond_the_budget_the_rules_go_on_and_the_stats_say_so(
        self, open_memory: Callable[..., Memoryos], server: StubServer, clock: FixedClock
    ) -> None:
        """C7."""
        memory = open_memory(openai_base_url=server.url, short_term_capacity=2, daily_call_budget=1)
        talk(memory)
        assert not memory.flush()
        assert [call.purpose for call in server.calls] == ["filing"]
        assert memory.get_user_profile().value("home") == "Berlin"
        assert "Berlin" in memory.get_response("Where do I live?")
        assert memory.get_memory_stats()["budget_refusals_today"] == 3
        assert len(server.calls) == 1

        clock.advance(days=1)
        memory.get_response("Where do I live?")
        assert [call.purpose for call in server.calls] == ["filing", "reply"]
        assert memory.get_memory_stats()["budget_refusals_today"] == 0

    def test_tokens_never_exceed_their_budget(
        self, open_memory: Callable[..., Memoryos], server: StubServer
    ) -> None:
        memory = open_memory(
            openai_base_url=server.url, short_term_capacity=2, daily_token_budget=9000
        )
        for _ in range(8):
            talk(memory)
            memory.flush()
            memory.get_response("Where do I live?")
        spent = sum(use.prompt_tokens + use.completion_tokens for use in server.usage().values())
        assert 0 < spent <= 9000
        assert memory.get_memory_stats()["budget_refusals_today"] > 0

    def test_one_owner_cannot_spend_the_budget_of_another(
        self, open_memory: Callable[..., Memoryos], server: StubServer
    ) -> None:
        tom, ann = (
            open_memory(name, openai_base_url=server.url, daily_call_budget=1)
            for name in ("tom", "ann")
        )
        tom.get_response("Hello?")
        ann.get_response("Hello?")
        assert len(server.calls) == 2
        assert tom.get_memory_stats()["budget_refusals_today"] == 0


class TestReplies:
    def test_the_model_answers_and_the_exchange_is_kept_with_what_its_prompt_showed(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        model = ScriptedModel({Purpose.REPLY: ["In Berlin, since last week."]})
        memory = open_memory(chat_model=model)
        (home, *_) = talk(memory)
        answer = memory.get_response(
            "Where do I live?", "colleague", "be brief", {"channel": "mail"}
        )
        assert answer == "In Berlin, since last week."
        page = memory.retrieve_memory("In Berlin, since last week.").by_rank()[0].page
        assert page.user_input == "Where do I live?"
        assert page.meta_data == {"channel": "mail"}
        system, user = model.requests[0].messages
        assert "colleague" in system.content
        assert "be brief" in system.content
        assert home in user.content
        assert "I moved to Berlin." not in system.content
        used = memory.engine.store.uses(OWNER, page=page.number)
        assert (Kind.PAGE, 1) in {(use.kind, use.number) for use in used}

    def test_a_failing_model_raises_and_stores_nothing(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        from memoryos.errors import ModelUnavailableError

        talk(memory)
        server.fail(Failure.STATUS_401)
        with pytest.raises(ModelUnavailableError):
            memory.get_response("Where do I live?")
        with pytest.raises(ModelUnavailableError):
            list(memory.get_response("Where do I live?", stream=True))
        assert memory.get_memory_stats()["page_count"] == len(EXCHANGES)

    def test_who_would_wait_for_minutes_is_told_at_once(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        """W7."""
        server.fail(Failure.STATUS_429, retry_after_seconds=300)
        with pytest.raises(ModelError) as raised:
            memory.get_response("Where do I live?")
        assert raised.value.retry_after_seconds == 300
        assert len(server.calls) == 1

    def test_a_stream_cut_in_the_middle_stores_nothing(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        talk(memory)
        server.fail(Failure.CUT_IN_STREAM)
        pieces = memory.get_response("Where do I live?", stream=True)
        with pytest.raises(ModelError):
            list(pieces)
        assert memory.get_memory_stats()["page_count"] == len(EXCHANGES)

    def test_what_a_reader_heard_before_leaving_is_kept_and_marked(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        model = ScriptedModel({Purpose.REPLY: ["You live in Berlin, near the park."]})
        memory = open_memory(chat_model=model)
        pieces = memory.get_response("Where do I live?", stream=True)
        heard = next(pieces) + next(pieces)
        pieces.close()
        (page,) = memory.retrieve_memory("Where do I live?").short_term
        assert page.agent_response == heard
        assert page.meta_data == {"interrupted": True}

    def test_a_bad_argument_is_told_before_the_model_is_asked(
        self, memory: Memoryos, server: StubServer
    ) -> None:
        from memoryos.errors import InvalidArgumentError

        with pytest.raises(InvalidArgumentError):
            memory.get_response("Where do I live?", user_conversation_meta_data={"x": object()})
        assert server.calls == ()

    def test_replies_warm_the_segments_whose_pages_they_used(
        self, open_memory: Callable[..., Memoryos]
    ) -> None:
        memory = open_memory(
            chat_model=ScriptedModel({Purpose.REPLY: ["Rex."]}), short_term_capacity=1
        )
        memory.add_memory("My dog Rex needs long walks.", "How long is he out?")
        memory.add_memory("And the weather is awful.", "It is.")
        for _ in range(MODEL_ATTEMPTS + 1):
            memory.flush()
            memory.engine.clock.advance(hours=1)  # type: ignore[attr-defined]
        memory.get_response("What is my dog called?")
        ((segment, _),) = memory.segments()
        assert segment.visit_count == 1


def test_a_person_the_pages_do_not_know_never_becomes_the_user(
    open_memory: Callable[..., Memoryos],
) -> None:
    """M6: the model that invents "John Doe, engineer at Google"."""
    invented = {
        "about": "user", "attribute": "employer", "value": "Google", "page": 1,
        "text": "works for Google", "quote": "I work at Google", "since": None,
        "supersedes": None, "confidence": 1,
    }  # fmt: skip
    named = {**invented, "attribute": "name", "value": "John Doe", "quote": EXCHANGES[0][0]}
    placed = {**invented, "page": 2, "quote": EXCHANGES[1][0]}
    model = ScriptedModel({Purpose.PROMOTION: [{"facts": [invented, named, placed]}]})
    memory = open_memory(chat_model=model)
    talk(memory)
    memory.flush()
    assert memory.knowledge(Speaker.USER) == ()


def _until(happened: Callable[[], bool]) -> None:
    """Wait for another thread, as long as it takes within a minute."""
    waited = threading.Event()
    for _ in range(6000):
        if happened():
            return
        waited.wait(0.01)
    raise AssertionError("it did not happen within a minute")

"""The stub server: OpenAI's protocol on a socket, good replies by rules, failures to order."""

from __future__ import annotations

import base64
import http.client
import io
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import numpy as np
import openai
import pytest
from bad_replies import BAD_REPLIES, BadReply, order
from builders import NOON, a_page

from memoryos.llms.base import ChatRequest, Message, OutputSchema, Purpose
from memoryos.llms.openai_compatible import OpenAICompatibleModel
from memoryos.prompts.filing import filing_request
from memoryos.prompts.layout import exchange
from memoryos.prompts.promotion import promotion_request
from memoryos.prompts.traits import traits_request
from memoryos.testing.clock import FixedClock
from memoryos.testing.stub_server import Failure, StubServer, Usage
from memoryos.text.tokens import count_tokens

MOVED = a_page(1, "I moved to Berlin in 2019.", agent_response="Welcome!")
WORKS = a_page(2, "I work as a data scientist.", agent_response="What do you model?")
TIDY = a_page(3, "I'm a very organised person.")
LATER = a_page(4, "My dog Rex needs walks.", timestamp=NOON + timedelta(hours=5))
PAGES = (MOVED, WORKS, TIDY, LATER)

PROMPT = [{"role": "user", "content": "What do you know?"}]
ASKED: dict[str, Any] = {"model": "m", "messages": PROMPT}
STREAMED = {**ASKED, "stream": True}


@pytest.fixture
def server(clock: FixedClock) -> Iterator[StubServer]:
    with StubServer(clock=clock) as server:
        yield server


@pytest.fixture
def client(server: StubServer) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.url, api_key="none", max_retries=0, timeout=5.0) as client:
        yield client


def complete(server: StubServer, request: ChatRequest) -> dict[str, Any]:
    """The object that our own adapter gets."""
    data = OpenAICompatibleModel("m", base_url=server.url).complete(request).data
    assert data is not None
    return dict(data)


def ask(client: openai.OpenAI, purpose: str | None = None, **changes: Any) -> Any:
    headers = {"X-MemoryOS-Purpose": purpose} if purpose else None
    return client.chat.completions.create(**{**ASKED, **changes}, extra_headers=headers)


def post(server: StubServer, content: bytes, path: str = "/v1/chat/completions") -> httpx2.Response:
    return httpx2.post(server.url.removesuffix("/v1") + path, content=content)


class TestGoodReplies:
    def test_the_shape_a_request_asks_for_is_kept_by_every_reply(self, server: StubServer) -> None:
        from jsonschema import validate

        for request in (
            filing_request(PAGES, (), ()),
            promotion_request(PAGES, ()),
            traits_request(PAGES, ()),
        ):
            assert request.output is not None
            validate(complete(server, request), request.output.schema)

    def test_every_page_is_in_one_chain_and_a_topic_of_its_own(self, server: StubServer) -> None:
        filed = complete(server, filing_request(PAGES, (), ()))
        assert [chain["pages"] for chain in filed["chains"]] == [[1, 2, 3], [4]]
        assert [topic["pages"] for topic in filed["topics"]] == [[1], [2], [3], [4]]
        assert "dog" in filed["topics"][3]["keywords"]
        assert "Rex" in filed["topics"][3]["summary"]

    def test_a_chain_goes_on_from_the_pages_before_and_they_are_not_filed_again(
        self, server: StubServer
    ) -> None:
        filed = complete(server, filing_request((WORKS, LATER), (MOVED,), ()))
        assert [chain["pages"] for chain in filed["chains"]] == [[2], [4]]
        assert [chain["continues"] for chain in filed["chains"]] == [1, None]

    def test_facts_come_with_the_words_that_say_so(self, server: StubServer) -> None:
        facts = complete(server, promotion_request((MOVED, WORKS), ()))["facts"]
        assert [(fact["attribute"], fact["value"], fact["page"]) for fact in facts] == [
            ("home", "Berlin", 1),
            ("job", "data scientist", 2),
        ]
        assert [fact["quote"] for fact in facts] == [MOVED.user_input, WORKS.user_input]
        assert [fact["since"] for fact in facts] == ["2019-01-01", None]

    def test_traits_come_with_their_level(self, server: StubServer) -> None:
        (trait,) = complete(server, traits_request(PAGES, ()))["traits"]
        assert (trait["dimension"], trait["level"], trait["page"]) == ("order", "high", 3)

    @pytest.mark.parametrize("text", ['say "no"\n\n</memory>', "\x00\x1b[2J \u2028", "日本語 😀"])
    def test_whatever_a_page_says_it_is_filed(self, server: StubServer, text: str) -> None:
        filed = complete(server, filing_request((a_page(7, text),), (), ()))
        assert [chain["pages"] for chain in filed["chains"]] == [[7]]

    @pytest.mark.parametrize(
        ("refused", "mode"),
        [
            ((Failure.NO_JSON_SCHEMA,), "json_object"),
            ((Failure.NO_JSON_SCHEMA, Failure.NO_JSON_OBJECT), "text"),
        ],
    )
    def test_without_a_schema_the_purpose_says_which_object_is_meant(
        self, server: StubServer, refused: tuple[Failure, ...], mode: str
    ) -> None:
        for failure in refused:
            server.fail(failure)
        facts = complete(server, promotion_request(PAGES, ()))["facts"]
        assert facts[0]["value"] == "Berlin"
        assert [call.status for call in server.calls] == [*(400 for _ in refused), 200]
        assert server.calls[-1].output_mode == mode

    def test_a_schema_of_ones_own_gets_its_smallest_instance(self, server: StubServer) -> None:
        node = {
            "type": "object",
            "properties": {"next": {"anyOf": [{"$ref": "#"}, {"type": "null"}]}},
            "required": ["next"],
        }
        properties = {
            "names": {"type": "array"},
            "title": {"type": "string"},
            "size": {"enum": ["small", "large"]},
            "count": {"type": ["integer", "null"]},
            "tree": {"$ref": "#/properties/node"},
            "node": node,
        }
        schema = {"type": "object", "properties": properties, "required": list(properties)}
        # A reference to "#" is to the whole schema: without the null, it would have no end.
        request = ChatRequest(
            Purpose.REPLY, (Message("user", "?"),), 100, OutputSchema("mine", schema)
        )
        assert complete(server, request) == {
            "names": [],
            "title": "",
            "size": "small",
            "count": None,
            "tree": {"next": None},
            "node": {"next": None},
        }

    def test_a_sentence_quotes_the_last_page_of_the_prompt(self, client: openai.OpenAI) -> None:
        prompt = f"{exchange(MOVED)}\n{exchange(LATER)}\n\nWho is Rex?"
        reply = ask(client, messages=[{"role": "user", "content": prompt}])
        assert reply.choices[0].message.content == (
            'On 2026-03-02 you said "My dog Rex needs walks.".'
        )

    def test_without_a_page_it_says_that_it_knows_nothing(self, client: openai.OpenAI) -> None:
        assert ask(client).choices[0].message.content == "I have nothing in memory about this."


class TestProtocol:
    def test_a_stream_says_what_a_completion_says_and_what_it_cost(
        self, client: openai.OpenAI
    ) -> None:
        whole = ask(client)
        chunks = list(ask(client, stream=True, stream_options={"include_usage": True}))
        pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
        assert "".join(piece or "" for piece in pieces) == whole.choices[0].message.content
        assert len(pieces) > 5
        assert chunks[-1].usage == whole.usage
        assert whole.usage.prompt_tokens == count_tokens("What do you know?")

    def test_the_price_of_a_stream_is_told_only_if_asked_for(self, client: openai.OpenAI) -> None:
        assert not any(chunk.usage for chunk in ask(client, stream=True))

    def test_embeddings_are_unit_vectors_in_either_encoding(self, client: openai.OpenAI) -> None:
        texts = ["jazz", "zzja", "rock"]
        in_base64 = client.embeddings.create(model="m", input=texts)
        plain = client.embeddings.create(model="m", input=texts, encoding_format="float")
        rows = np.array([item.embedding for item in in_base64.data])
        np.testing.assert_allclose(rows, [item.embedding for item in plain.data], atol=1e-6)
        np.testing.assert_allclose(rows @ rows.T, [[1, 1, 0], [1, 1, 0], [0, 0, 1]], atol=1e-6)

    def test_one_embedding_is_four_bytes_a_number_as_the_library_reads_it(
        self, server: StubServer
    ) -> None:
        asked = {"model": "m", "input": "jazz", "encoding_format": "base64"}
        reply = post(server, json.dumps(asked).encode(), "/v1/embeddings").json()
        row = np.frombuffer(base64.b64decode(reply["data"][0]["embedding"]), dtype="<f4")
        assert row.shape == (27,)

    def test_models_are_listed(self, client: openai.OpenAI) -> None:
        assert [model.id for model in client.models.list()] == ["stub"]

    def test_a_connection_is_kept_for_the_next_request(self, server: StubServer) -> None:
        address = urlsplit(server.url)
        with closing(http.client.HTTPConnection(address.netloc)) as connection:
            for body in (ASKED, STREAMED, {}, ASKED):
                connection.request("POST", "/v1/chat/completions", json.dumps(body))
                connection.getresponse().read()
                kept = connection.sock
                assert kept is not None
        assert [call.status for call in server.calls] == [200, 200, 400, 200]

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"{",
            b"\xff\xfe",
            b"[" * 100_000,
            b"[]",
            b"{}",
            b'{"model": "m"}',
            b'{"model": "m", "messages": []}',
            b'{"model": "m", "messages": "hello"}',
            b'{"model": "m", "messages": [1]}',
            b'{"model": "m", "messages": [{"role": "user", "content": 5}]}',
            b'{"model": 5, "messages": [{"role": "user", "content": ""}]}',
            json.dumps({**ASKED, "stream_options": {"include_usage": True}}).encode(),
            json.dumps({**STREAMED, "stream_options": 5}).encode(),
            json.dumps({**ASKED, "response_format": "json"}).encode(),
            json.dumps({**ASKED, "response_format": {"type": "xml"}}).encode(),
            json.dumps({**ASKED, "response_format": {"type": "json_schema"}}).encode(),
        ],
    )
    def test_a_malformed_request_is_told_so(
        self, server: StubServer, content: bytes, capfd: pytest.CaptureFixture[str]
    ) -> None:
        answer = post(server, content)
        assert answer.status_code == 400
        assert answer.json()["error"]["type"] == "invalid_request_error"
        assert capfd.readouterr() == ("", "")

    @pytest.mark.parametrize(
        "schema",
        [
            {"type": "object", "required": ["lost"]},
            {"$ref": "#"},
            {"$ref": "#/nowhere"},
            {"type": "thing"},
            {"enum": []},
            {"type": []},
        ],
    )
    def test_a_schema_that_has_no_instance_is_malformed(
        self, client: openai.OpenAI, schema: dict[str, Any]
    ) -> None:
        form = {"type": "json_schema", "json_schema": {"name": "mine", "schema": schema}}
        with pytest.raises(openai.BadRequestError, match="schema"):
            ask(client, response_format=form)

    def test_json_mode_wants_the_word_in_the_prompt_as_openai_does(
        self, client: openai.OpenAI
    ) -> None:
        form = {"type": "json_object"}
        with pytest.raises(openai.BadRequestError, match="json"):
            ask(client, response_format=form)
        told = [{"role": "system", "content": [{"type": "text", "text": "Reply in JSON."}]}]
        reply = ask(client, response_format=form, messages=[*told, *PROMPT])
        assert reply.choices[0].message.content == "{}"

    @pytest.mark.parametrize("given", [None, [], [[1, 2]], 5, {"text": ""}])
    def test_embeddings_are_made_of_texts(self, server: StubServer, given: object) -> None:
        answer = post(server, json.dumps({"model": "m", "input": given}).encode(), "/v1/embeddings")
        assert answer.status_code == 400

    def test_another_address_is_not_found(self, server: StubServer) -> None:
        assert post(server, b"{}", "/v1/completions").status_code == 404
        assert httpx2.get(f"{server.url}/chat/completions").status_code == 404

    def test_a_body_without_an_end_is_refused_and_the_connection_closed(
        self, server: StubServer
    ) -> None:
        lengths = [{"Content-Length": length} for length in ("-1", "many", "9" * 5000)]
        for headers in (*lengths, {"Transfer-Encoding": "chunked"}):
            with closing(http.client.HTTPConnection(urlsplit(server.url).netloc)) as connection:
                connection.request("POST", "/v1/embeddings", headers=headers)
                answer = connection.getresponse()
                assert (answer.status, answer.getheader("Connection")) == (400, "close")


class TestFailures:
    @pytest.mark.parametrize("failure", [failure for failure in Failure if failure.status])
    def test_a_status_is_given_and_its_error_quotes_the_prompt(
        self, server: StubServer, client: openai.OpenAI, failure: Failure
    ) -> None:
        """W6: who stores or logs a server's words would be seen to."""
        server.fail(failure, times=1)
        with pytest.raises(openai.APIStatusError, match="What do you know") as raised:
            ask(client)
        assert raised.value.status_code == failure.status
        assert "retry-after" not in raised.value.response.headers
        ask(client)
        assert [call.status for call in server.calls] == [failure.status, 200]

    def test_retry_after_is_told_in_whole_seconds(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.fail(Failure.STATUS_503, retry_after_seconds=6.5)
        with pytest.raises(openai.InternalServerError) as raised:
            ask(client)
        assert raised.value.response.headers["retry-after"] == "7"

    def test_a_limit_until_a_moment_is_told_by_the_clock(
        self, server: StubServer, client: openai.OpenAI, clock: FixedClock
    ) -> None:
        """W7: 429 for 60 s."""
        server.fail_until(clock() + timedelta(seconds=60))
        waits = []
        for _ in range(2):
            with pytest.raises(openai.RateLimitError) as raised:
                ask(client)
            waits.append(raised.value.response.headers["retry-after"])
            clock.advance(seconds=45)
        assert waits == ["60", "15"]
        assert ask(client).choices

    def test_another_clock_may_be_handed_in(
        self, server: StubServer, client: openai.OpenAI, clock: FixedClock
    ) -> None:
        other = FixedClock(clock() + timedelta(days=1))
        server.fail_until(clock() + timedelta(seconds=60), clock=other)
        assert ask(client).choices

    def test_silence_lasts_until_the_client_leaves(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.fail(Failure.TIME_OUT, times=1)
        with pytest.raises(openai.APITimeoutError):
            client.with_options(timeout=0.05).chat.completions.create(**ASKED)
        assert server.calls[0].status is None
        assert ask(client).choices

    @pytest.mark.parametrize("failure", [Failure.CUT_BEFORE_HEADERS, Failure.CUT_IN_BODY])
    def test_a_connection_is_cut(self, server: StubServer, failure: Failure) -> None:
        server.fail(failure)
        with pytest.raises(httpx2.RemoteProtocolError):
            post(server, json.dumps(ASKED).encode())
        with pytest.raises(httpx2.RemoteProtocolError):
            post(server, b'{"model": "m", "input": "jazz"}', "/v1/embeddings")

    def test_a_stream_is_cut_after_some_of_its_text(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.fail(Failure.CUT_IN_STREAM)
        with pytest.raises(openai.APIConnectionError):
            self.read(client)
        assert self.said.startswith("I have")
        assert self.said != "I have nothing in memory about this."

    def test_an_error_comes_in_the_middle_of_a_stream(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.fail(Failure.ERROR_IN_STREAM)
        with pytest.raises(openai.APIError, match="break off"):
            self.read(client)
        assert self.said.startswith("I have")

    def read(self, client: openai.OpenAI) -> None:
        """Read a stream into `said`."""
        self.said = ""
        for chunk in ask(client, stream=True):
            self.said += chunk.choices[0].delta.content or ""

    @pytest.mark.parametrize("asked", [ASKED, STREAMED])
    def test_a_page_for_people_comes_with_status_200(
        self, server: StubServer, asked: dict[str, Any]
    ) -> None:
        server.fail(Failure.HTML)
        answer = post(server, json.dumps(asked).encode())
        assert (answer.status_code, answer.text[:15]) == (200, "<!DOCTYPE html>")

    @pytest.mark.parametrize(
        ("failure", "choices"), [(Failure.NO_CHOICES, None), (Failure.EMPTY_CHOICES, [])]
    )
    def test_an_answer_holds_no_choice(
        self,
        server: StubServer,
        client: openai.OpenAI,
        failure: Failure,
        choices: list[object] | None,
    ) -> None:
        server.fail(failure)
        assert ask(client).choices == choices
        assert all(chunk.choices == choices for chunk in ask(client, stream=True))

    @pytest.mark.parametrize(
        ("failure", "content", "refusal", "reason"),
        [
            (Failure.NULL_CONTENT, None, None, "stop"),
            (Failure.LENGTH, "I have nothing in ", None, "length"),
            (Failure.REFUSAL, None, "I'm sorry, but I cannot help with that.", "stop"),
            (Failure.CONTENT_FILTER, "", None, "content_filter"),
        ],
    )
    def test_a_choice_holds_not_the_whole_text(
        self,
        server: StubServer,
        client: openai.OpenAI,
        failure: Failure,
        content: str | None,
        refusal: str | None,
        reason: str,
    ) -> None:
        server.fail(failure)
        (choice,) = ask(client).choices
        assert (choice.message.content, choice.message.refusal) == (content, refusal)
        assert choice.finish_reason == reason
        parts = [chunk.choices[0] for chunk in ask(client, stream=True)]
        assert "".join(part.delta.content or "" for part in parts) == (content or "")
        assert "".join(part.delta.refusal or "" for part in parts) == (refusal or "")
        assert parts[-1].finish_reason == reason

    @pytest.mark.parametrize(
        ("failure", "options"),
        [
            (Failure.NO_MAX_COMPLETION_TOKENS, {"max_completion_tokens": 5}),
            (Failure.NO_TEMPERATURE, {"temperature": 0}),
            (Failure.NO_STREAM_OPTIONS, {"stream": True, "stream_options": {}}),
            (Failure.NO_JSON_OBJECT, {"response_format": {"type": "json_object"}}),
        ],
    )
    def test_a_parameter_is_refused_by_name(
        self,
        server: StubServer,
        client: openai.OpenAI,
        failure: Failure,
        options: dict[str, Any],
    ) -> None:
        server.fail(failure)
        messages = [{"role": "user", "content": "Reply in JSON."}]
        with pytest.raises(openai.BadRequestError) as raised:
            ask(client, messages=messages, **options)
        assert raised.value.param in options
        assert ask(client).choices, "without it all is well"

    def test_orders_are_carried_out_in_turn_and_for_their_purpose(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.fail(Failure.STATUS_500, times=1, purpose=Purpose.FILING)
        server.fail(Failure.STATUS_429, times=1)
        server.reply_with("None", purpose="filing")
        with pytest.raises(openai.RateLimitError):
            ask(client, "traits")
        with pytest.raises(openai.InternalServerError):
            ask(client, "filing")
        assert ask(client, "filing").choices[0].message.content == "None"
        assert ask(client, "reply").choices[0].message.content != "None"
        server.recover()
        assert ask(client, "reply").choices[0].message.content != "None"

    def test_a_text_is_given_letter_for_letter(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        text = 'a\x00 "b" 日本 😀\r\n\ttail '
        server.reply_with(text)
        assert ask(client).choices[0].message.content == text
        pieces = [chunk.choices[0].delta.content or "" for chunk in ask(client, stream=True)]
        assert "".join(pieces) == text


class TestTheLog:
    def test_each_request_is_noted(
        self, server: StubServer, client: openai.OpenAI, clock: FixedClock
    ) -> None:
        """C7: what the calls cost is known from outside."""
        ask(client, "reply", stream=True)
        complete(server, promotion_request((WORKS,), ()))
        reply, promotion = server.calls
        assert (reply.purpose, reply.endpoint, reply.model) == (
            "reply",
            "/v1/chat/completions",
            "m",
        )
        assert (reply.streamed, reply.output_mode, reply.status) == (True, "text", 200)
        assert reply.prompt_tokens == count_tokens("What do you know?")
        assert reply.completion_tokens == count_tokens("I have nothing in memory about this.")
        assert reply.body["messages"] == PROMPT
        assert reply.received_at == clock()
        assert (promotion.purpose, promotion.output_mode) == ("promotion", "json_schema")
        assert promotion.received_monotonic >= reply.received_monotonic

    def test_usage_adds_up_by_purpose_and_what_was_refused_costs_nothing(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.reply_with("four", times=2)
        server.fail(Failure.STATUS_500, times=1)
        ask(client, "reply")
        ask(client)
        with pytest.raises(openai.InternalServerError):
            ask(client, "reply")
        asked = count_tokens("What do you know?")
        assert server.usage() == {"reply": Usage(2, asked, 1), "unknown": Usage(1, asked, 1)}

    def test_it_can_be_written_as_lines_of_json(self, clock: FixedClock) -> None:
        written = io.StringIO()
        with StubServer(clock=clock, log=written) as server:
            post(server, b'{"model": "m", "messages": [{"role": "user", "content": "\\ud83d"}]}')
            post(server, b"{")
        lines = [json.loads(line) for line in written.getvalue().splitlines()]
        assert [line["status"] for line in lines] == [200, 400]
        assert lines[0]["received_at"] == "2026-01-01 00:00:00+00:00"


class Noted(io.StringIO):
    """A log that tells when a call was noted."""

    def __init__(self) -> None:
        super().__init__()
        self.calls = threading.Semaphore(0)

    def write(self, line: str) -> int:
        self.calls.release()
        return super().write(line)


class TestItsLife:
    @pytest.mark.parametrize("patience", [1e6, None])
    def test_it_ends_at_once_with_all_who_wait(
        self, patience: float | None, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """W1: the model may sleep as long as it likes."""
        before = set(threading.enumerate())
        failures: list[Exception] = []
        noted = Noted()
        with StubServer(log=noted) as server:
            if patience is None:
                server.fail(Failure.TIME_OUT)
            else:
                server.latency_seconds = patience
            waiting = [threading.Thread(target=self.wait_for, args=(server, failures))]
            waiting += [threading.Thread(target=self.wait_for, args=(server, failures))]
            for thread in waiting:
                thread.start()
            for _ in waiting:
                noted.calls.acquire()
        for thread in waiting:
            thread.join()
        assert len(failures) == len(waiting)
        assert set(threading.enumerate()) <= before
        assert capfd.readouterr() == ("", "")

    def wait_for(self, server: StubServer, failures: list[Exception]) -> None:
        try:
            httpx2.post(f"{server.url}/chat/completions", json=ASKED, timeout=None)
        except httpx2.TransportError as exc:
            failures.append(exc)

    def test_an_idle_connection_does_not_keep_it_alive(self) -> None:
        before = set(threading.enumerate())
        with StubServer() as server:
            connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
            connection.request("GET", "/v1/models")
            connection.getresponse().read()
        assert set(threading.enumerate()) <= before
        connection.close()

    def test_latency_can_be_changed_while_it_runs(
        self, server: StubServer, client: openai.OpenAI
    ) -> None:
        server.latency_seconds = 1e6
        with pytest.raises(openai.APITimeoutError):
            client.with_options(timeout=0.05).chat.completions.create(**ASKED)
        server.latency_seconds = 0.01
        assert ask(client).choices

    def test_it_listens_on_this_machine_alone(self, server: StubServer) -> None:
        """C6."""
        assert urlsplit(server.url).hostname == "127.0.0.1"
        assert server.url.endswith("/v1")

    def test_a_taken_port_is_told(self, server: StubServer) -> None:
        port = urlsplit(server.url).port
        assert port
        with pytest.raises(OSError, match="in use"), StubServer(port=port):
            pass


def test_the_examples_of_the_documentation_run(tmp_path: Path) -> None:
    text = Path(__file__).parents[1].joinpath("docs/testing.md").read_text(encoding="utf-8")
    given: dict[str, Any] = {"folder": tmp_path}
    for example in re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        exec(example, given)


COMMAND = [sys.executable, "-m", "memoryos.testing.stub_server"]


class TestTheCommand:
    def test_it_prints_its_url_fails_to_order_and_logs(self, tmp_path: Path) -> None:
        log = tmp_path / "calls.jsonl"
        options = ["--port", "0", "--fail", "503:1", "cut-before-headers:1", "--log", str(log)]
        with subprocess.Popen(
            [*COMMAND, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            statuses = [httpx2.post(f"{url}/chat/completions", json=ASKED).status_code]
            with pytest.raises(httpx2.RemoteProtocolError):
                httpx2.post(f"{url}/chat/completions", json=ASKED)
            statuses += [httpx2.post(f"{url}/chat/completions", json=ASKED).status_code]
            process.terminate()
            rest = process.communicate()
        assert statuses == [503, 200]
        assert rest == ("", "")
        lines = log.read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["status"] for line in lines] == [503, None, 200]

    @pytest.mark.parametrize(
        "options",
        [
            ["--fail", "418"],
            ["--fail", "500:x"],
            ["--latency", "-1"],
            ["--latency", "nan"],
            ["--port", "99999"],
            ["--log", "/"],
        ],
    )
    def test_a_mistake_is_told_without_a_traceback(self, options: list[str]) -> None:
        done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert "error:" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("bad", BAD_REPLIES, ids=lambda bad: bad.name)
def test_each_bad_reply_can_be_ordered(server: StubServer, bad: BadReply) -> None:
    """W6: what is said to go wrong does so, on the wire."""
    order(server, bad)
    asked = json.dumps({**ASKED, "temperature": 0}).encode()
    for purpose, text in bad.texts.items():
        answer = httpx2.post(
            f"{server.url}/chat/completions", content=asked, headers={"X-MemoryOS-Purpose": purpose}
        )
        assert answer.json()["choices"][0]["message"]["content"] == text
    assert bool(bad.texts) != bool(bad.failure)


def test_the_bad_replies_are_many_and_bear_different_names() -> None:
    """W6 names 60."""
    names = [bad.name for bad in BAD_REPLIES]
    assert len(set(names)) == len(names) >= 60

"""Chat models: the contract, the scripted one, and OpenAI's protocol against a real server."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from memoryos.errors import (
    BudgetSpentError,
    InvalidArgumentError,
    ModelError,
    ModelUnavailableError,
    UnreadableOutputError,
)
from memoryos.llms.base import ChatModel, ChatRequest, Message, OutputSchema, Purpose, Tokens
from memoryos.llms.completions import goes_on
from memoryos.llms.dialect import Acquaintance
from memoryos.llms.openai_compatible import OpenAICompatibleModel
from memoryos.llms.patience import Patience
from memoryos.llms.retrying import RetryingModel
from memoryos.remote.retry_after import seconds_to_wait
from memoryos.testing.chat_model_contract import (
    FACTS,
    Answering,
    ChatModelContract,
    asking,
    heard,
)
from memoryos.testing.scripted_model import ScriptedModel
from memoryos.testing.stub_server import Failure, StubServer

SECRET = "the patient is called Ada"


@dataclass(frozen=True)
class Answer:
    """What the server sends once; `content` as it is, in pieces, then the connection closes."""

    content: bytes | list[bytes] = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    stays: bool = False
    """It falls silent instead of closing the connection."""


def saying(text: str | None, *, finish: str | None = "stop", **message: Any) -> Answer:
    """A chat completion, without a word about its cost."""
    choice = {"index": 0, "message": {"content": text, **message}, "finish_reason": finish}
    return Answer(json.dumps({"choices": [choice]}).encode())


def events(*each: object) -> Answer:
    return Answer([f"data: {json.dumps(event)}\n\n".encode() for event in each])


def delta(text: str | None, finish: str | None = None, **more: Any) -> dict[str, Any]:
    return {"choices": [{"delta": {"content": text, **more}, "finish_reason": finish}]}


def refusing(*words: str) -> Callable[[dict[str, Any]], str]:
    """A server that refuses every request which holds one of these words, and names it."""

    def refusal(body: dict[str, Any]) -> str:
        return next((f"unknown: '{word}'" for word in words if f'"{word}"' in json.dumps(body)), "")

    return refusal


class ChatServer(ThreadingHTTPServer):
    """Speaks OpenAI's protocol. It sends `answers` one by one, a text as the request wants it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[str | Answer] = []
        self.refusal: Callable[[dict[str, Any]], str] = lambda body: ""
        self.refusal_status = 400
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()
        self.lock = threading.Lock()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def model(self, **options: Any) -> OpenAICompatibleModel:
        return OpenAICompatibleModel("llama", base_url=self.url, **options)

    def close(self) -> None:
        self.closing.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.bodies.append(body)
            names = {name.lower(): value for name, value in self.headers.items()}
            self.server.headers.append({"path": self.path, **names})
            refusal = self.server.refusal(body)
            answer = "" if refusal else self.server.answers.pop(0)
        if refusal:
            self._send(Answer(refusal.encode(), self.server.refusal_status))
        elif isinstance(answer, Answer):
            self._send(answer)
        else:
            self._send(_streamed(answer, body) if body.get("stream") else _whole(answer))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        self.end_headers()
        pieces = answer.content if isinstance(answer.content, list) else [answer.content]
        try:
            for piece in pieces:
                self.wfile.write(piece)
        except ConnectionError:
            return  # the client has left, as it may
        if answer.stays:
            self.server.closing.wait()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


USAGE = {"prompt_tokens": 11, "completion_tokens": 7}


def _whole(text: str) -> Answer:
    choice = {"message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return Answer(json.dumps({"choices": [choice], "usage": USAGE}).encode())


def _streamed(text: str, body: dict[str, Any]) -> Answer:
    pieces = [text[start : start + 3] for start in range(0, len(text), 3)]
    sent = [delta(""), *map(delta, pieces), delta(None, "stop")]
    if body.get("stream_options"):
        sent.append({"choices": [], "usage": USAGE})
    return events(*sent)


@pytest.fixture
def server() -> Iterator[ChatServer]:
    server = ChatServer()
    yield server
    server.close()


class TestScriptedModel(ChatModelContract):
    @pytest.fixture
    def answering(self) -> Answering:
        return lambda *lines: ScriptedModel({Purpose.REPLY: lines})

    def test_each_purpose_has_its_own_script(self) -> None:
        model = ScriptedModel({Purpose.REPLY: ["Hello!"], Purpose.FILING: [{"facts": ["a"]}]})
        filing = model.complete(asking(purpose=Purpose.FILING, output=FACTS))
        assert filing.data == {"facts": ["a"]}
        assert model.complete(asking()).text == "Hello!"
        assert [request.purpose for request in model.requests] == [Purpose.FILING, Purpose.REPLY]

    def test_a_line_may_be_made_of_the_request(self) -> None:
        model = ScriptedModel(default=lambda request: request.messages[-1].content.upper())
        assert model.complete(asking("hello")).text == "HELLO"
        assert model.complete(asking("again")).text == "AGAIN"

    def test_a_script_that_runs_dry_says_so(self) -> None:
        model = ScriptedModel({Purpose.REPLY: ["Hello!"]})
        model.complete(asking())
        with pytest.raises(ModelUnavailableError, match=r"no more lines.*'reply'"):
            model.complete(asking())
        assert len(model.requests) == 2


class TestOpenAICompatible(ChatModelContract):
    @pytest.fixture
    def answering(self, server: ChatServer) -> Answering:
        def model(*lines: str | ModelUnavailableError) -> ChatModel:
            server.answers = [
                line if isinstance(line, str) else Answer(status=line.status or 500)
                for line in lines
            ]
            return server.model()

        return model


class TestTheRequest:
    def test_all_that_was_asked_reaches_the_server(self, server: ChatServer) -> None:
        server.answers = ["Yes."]
        server.model(api_key="sk-test").complete(asking("Tea?", purpose=Purpose.PROMOTION))
        (body,), (headers,) = server.bodies, server.headers
        assert body == {
            "model": "llama",
            "messages": [
                {"role": "system", "content": "You are kind."},
                {"role": "user", "content": "Tea?"},
            ],
            "max_completion_tokens": 200,
            "temperature": 0,
        }
        assert headers["path"] == "/v1/chat/completions"
        assert headers["authorization"] == "Bearer sk-test"
        assert headers["x-memoryos-purpose"] == "promotion"

    def test_an_object_is_asked_for_by_its_schema(self, server: ChatServer) -> None:
        server.answers = ['{"facts": []}']
        server.model().complete(asking(output=FACTS))
        assert server.bodies[0]["response_format"] == {
            "type": "json_schema",
            "json_schema": {"name": "facts", "schema": FACTS.schema, "strict": True},
        }

    def test_a_stream_is_asked_what_it_costs(self, server: ChatServer) -> None:
        server.answers = ["Yes."]
        _, tokens = heard(server.model().stream(asking()))
        assert server.bodies[0]["stream_options"] == {"include_usage": True}
        assert tokens == Tokens(11, 7)

    def test_nothing_of_the_environment_reaches_the_server(
        self, server: ChatServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """C6: one base URL and one key govern every call; the library would look for more."""
        for name in ("API_KEY", "ADMIN_KEY", "ORG_ID", "PROJECT_ID"):
            monkeypatch.setenv(f"OPENAI_{name}", "from-elsewhere")
        monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
        monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Gateway: from-elsewhere")
        server.answers = ["Yes."]
        server.model().complete(asking())
        assert "from-elsewhere" not in str(server.headers)
        assert server.headers[0]["authorization"] == "Bearer none"

    def test_a_redirect_is_not_followed(self, server: ChatServer) -> None:
        """C6."""
        elsewhere = (("Location", f"{server.url}/elsewhere"),)
        server.answers = [Answer(status=307, headers=elsewhere)]
        with pytest.raises(ModelUnavailableError, match="redirects") as raised:
            server.model().complete(asking())
        assert raised.value.status == 307
        assert len(server.bodies) == 1

    def test_one_client_serves_all_calls(self, server: ChatServer) -> None:
        server.answers = ["Yes."] * 9
        model = server.model()
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: model.complete(asking()), range(8)))
        client = model._client
        model.complete(asking())
        assert model._client is client


class TestTheDialect:
    """What a server does not take is found out once."""

    @pytest.mark.parametrize("status", [400, 404, 422, 501])
    def test_without_json_schema_it_asks_in_json_mode_and_in_words(
        self, server: ChatServer, status: int
    ) -> None:
        server.refusal = refusing("json_schema")
        server.refusal_status = status
        server.answers = ['{"facts": []}', '{"facts": ["a"]}']
        model = server.model()
        assert model.complete(asking(output=FACTS)).data == {"facts": []}
        assert model.complete(asking(output=FACTS)).data == {"facts": ["a"]}
        first, second, third = server.bodies
        assert first["response_format"]["type"] == "json_schema"
        assert second == third
        assert second["response_format"] == {"type": "json_object"}
        assert second["messages"][:-1] == first["messages"][:-1]
        asked = second["messages"][-1]["content"]
        assert asked.startswith("What do I like?\n\nAnswer with JSON alone")
        assert asked.endswith(json.dumps(FACTS.schema, separators=(",", ":")))

    def test_without_any_format_it_asks_in_words(self, server: ChatServer) -> None:
        server.refusal = refusing("response_format")
        server.answers = ['{"facts": []}', '{"facts": []}']
        model = server.model()
        model.complete(asking(output=FACTS))
        model.complete(asking(output=FACTS))
        assert ["response_format" in body for body in server.bodies] == [True, True, False, False]
        assert "Answer with JSON alone" in server.bodies[-1]["messages"][-1]["content"]

    @pytest.mark.parametrize("roles", [(), ("user", "assistant")])
    def test_the_words_stand_in_a_message_of_the_user(
        self, server: ChatServer, roles: tuple[Any, ...]
    ) -> None:
        server.refusal = refusing("response_format")
        server.answers = ['{"facts": []}']
        messages = tuple(Message(role, "said") for role in roles)
        server.model().complete(ChatRequest(Purpose.FILING, messages, 200, FACTS))
        assert [m["role"] for m in server.bodies[-1]["messages"]] == [*roles, "user"]

    def test_an_older_server_is_told_the_limit_in_the_older_way(self, server: ChatServer) -> None:
        server.refusal = refusing("max_completion_tokens")
        server.answers = ["Yes.", "Yes."]
        model = server.model()
        model.complete(asking())
        model.complete(asking())
        _, second, third = server.bodies
        assert (second["max_tokens"], second["temperature"]) == (200, 0)
        assert third == second

    def test_a_reasoning_model_is_asked_without_a_temperature(self, server: ChatServer) -> None:
        server.refusal = refusing("temperature")
        server.answers = ["Yes."]
        server.model().complete(asking())
        assert "temperature" not in server.bodies[1]
        assert "max_completion_tokens" in server.bodies[1]

    def test_a_stream_whose_cost_the_server_will_not_tell_is_counted(
        self, server: ChatServer
    ) -> None:
        server.refusal = refusing("stream_options")
        server.answers = ["Yes, I do."]
        pieces, tokens = heard(server.model().stream(asking("Tea?")))
        assert "".join(pieces) == "Yes, I do."
        assert tokens == Tokens(4 + 1, 3)

    def test_a_server_that_takes_next_to_nothing_is_understood(self, server: ChatServer) -> None:
        server.refusal = refusing("response_format", "max_completion_tokens", "temperature")
        server.answers = ['{"facts": []}', '{"facts": []}']
        model = server.model()
        assert model.complete(asking(output=FACTS)).data == {"facts": []}
        model.complete(asking(output=FACTS))
        assert len(server.bodies) == 6

    @pytest.mark.parametrize("output", [None, FACTS])
    def test_a_server_that_names_nothing_is_understood(
        self, server: ChatServer, output: Any
    ) -> None:
        known = {"model", "messages", "max_tokens"}
        server.refusal = lambda body: "" if set(body) <= known else "Bad request"
        server.answers = ['{"facts": []}', '{"facts": []}']
        model = server.model()
        model.complete(asking(output=output))
        asked = len(server.bodies)
        assert asked <= 4
        model.complete(asking(output=output))
        assert len(server.bodies) == 2 * asked
        server.answers = ['{"facts": []}']
        model.complete(asking(output=output))
        assert len(server.bodies) == 2 * asked + 1

    def test_a_passing_fault_that_names_nothing_is_forgotten(self, server: ChatServer) -> None:
        """A gateway that answers 404 once must not cost the schema for the life of the process."""
        server.refusal_status = 404
        server.answers = ['{"facts": []}'] * 5
        model = server.model()
        for fault, output in (("no route", FACTS), ("", None), ("", FACTS), ("no route", FACTS)):
            faults = iter([fault])
            server.refusal = lambda body, faults=faults: next(faults, "")
            model.complete(asking(output=output))
        model.complete(asking(output=FACTS))
        modes = [body.get("response_format", {}).get("type") for body in server.bodies]
        fell_back = ["json_schema", "json_object"]
        assert modes == [*fell_back, None, "json_schema", *fell_back, "json_schema"]

    def test_a_call_that_began_before_another_learnt_something_does_not_unlearn_it(self) -> None:
        known = Acquaintance()
        early, learning = known.meet(asking(), stream=False), known.meet(asking(), stream=False)
        assert learning.step_down("temperature is not supported")
        learning.answered()
        early.answered()
        assert "temperature" not in known.meet(asking(), stream=False).body("llama")

    def test_each_request_but_the_first_is_asked_leave_for(self, server: ChatServer) -> None:
        server.refusal = refusing("json_schema", "temperature")
        server.answers = ['{"facts": []}']
        asked: list[int] = []
        request = replace(
            asking(output=FACTS), before_asking_again=lambda: asked.append(len(server.bodies))
        )
        server.model().complete(request)
        assert asked == [1, 2]

    def test_without_leave_the_server_is_asked_no_more(self, server: ChatServer) -> None:
        def refuse() -> None:
            raise BudgetSpentError("spent")

        server.refusal = refusing("json_schema")
        with pytest.raises(BudgetSpentError):
            server.model().complete(replace(asking(output=FACTS), before_asking_again=refuse))
        assert len(server.bodies) == 1

    def test_simpler_words_are_sought_within_the_time_of_the_call(self, server: ChatServer) -> None:
        """A lease outlives one call: four slow refusals must not take four times as long."""

        def slowly(body: dict[str, Any]) -> str:
            server.closing.wait(0.3)
            return "Bad request"

        server.refusal = slowly
        with pytest.raises(ModelUnavailableError, match=r"within 0\.5 seconds"):
            server.model(timeout_seconds=0.5).complete(asking(output=FACTS))
        assert len(server.bodies) == 2

    def test_a_prompt_that_is_too_long_ends_and_nothing_is_learnt(self, server: ChatServer) -> None:
        server.refusal = lambda body: f"too long: {SECRET}"
        model = server.model()
        with pytest.raises(ModelUnavailableError, match="status 400") as raised:
            model.complete(asking(output=FACTS))
        assert raised.value.status == 400
        assert SECRET not in str(raised.value)
        assert len(server.bodies) <= 4
        server.refusal = lambda body: ""
        server.answers = ['{"facts": []}']
        model.complete(asking(output=FACTS))
        assert server.bodies[-1] == server.bodies[0]

    @pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
    def test_a_failure_of_another_kind_is_not_asked_about_again(
        self, server: ChatServer, status: int
    ) -> None:
        server.answers = [Answer(b"response_format", status)]
        with pytest.raises(ModelUnavailableError):
            server.model().complete(asking(output=FACTS))
        assert len(server.bodies) == 1


SILENT = (
    Answer(stays=True),
    Answer(b'{"choices": ', stays=True),
    Answer(events(delta("Yes")).content, stays=True),
)

BODIES = {
    "nothing": b"",
    "HTML": b"<html>Welcome</html>",
    "half of it": b'{"choices": [{"message": {"content": "the pat',
    "no object": b"[]",
    "a text": b'"choices"',
    "no choices": b'{"object": "chat.completion"}',
    "empty choices": b'{"choices": []}',
    "null for choices": b'{"choices": null}',
    "null for a choice": b'{"choices": [null]}',
    "no message": b'{"choices": [{"text": "the patient"}]}',
    "null for a message": b'{"choices": [{"message": null}]}',
    "a text for a message": b'{"choices": [{"message": "the patient"}]}',
    "an error with 200": b'{"error": {"message": "the patient"}}',
    "deep brackets": b"[" * 100_000,
    "bytes of no text": b"\xff\xfe\xfa",
}

MESSAGES = {
    "no content": (saying(None), "empty"),
    "a tool call": (saying(None, finish="tool_calls", tool_calls=[{}]), "empty"),
    "content of another kind": (saying({"text": SECRET}), "empty"),  # type: ignore[arg-type]
    "cut off": (saying(SECRET, finish="length"), "cut off"),
    "filtered": (saying(SECRET, finish="content_filter"), "refused"),
    "a refusal": (saying(None, refusal=SECRET), "refused"),
}

STREAMS = {
    "no events": (Answer(b"<html>Welcome</html>"), UnreadableOutputError, "empty"),
    "no text": (events(delta(None), delta("", "stop")), UnreadableOutputError, "empty"),
    "blanks": (events(delta(" \n"), delta(None, "stop")), UnreadableOutputError, "empty"),
    "no JSON": (Answer(b"data: the patient\n\n"), UnreadableOutputError, "no JSON"),
    "odd events": (events(None, 7, [], {"choices": 1}), UnreadableOutputError, "empty"),
    "no end": (events(delta("Yes")), ModelUnavailableError, "broke off"),
    "cut": (
        Answer(b'data: {"choices"', headers=(("Content-Length", "500"),)),
        ModelUnavailableError,
        "broke off",
    ),
    "an error": (
        events(delta("Yes"), {"error": {"message": SECRET}}),
        ModelUnavailableError,
        "reported an error",
    ),
    "cut off": (events(delta("Yes"), delta("", "length")), UnreadableOutputError, "cut off"),
    "filtered": (
        events(delta("Yes"), delta(None, "content_filter")),
        UnreadableOutputError,
        "refused",
    ),
    "a refusal": (
        events(delta(None, refusal=SECRET), delta(None, "stop")),
        UnreadableOutputError,
        "refused",
    ),
}


class TestFailures:
    """W6: each bad reply is an error of ours, and quotes nothing."""

    @pytest.mark.parametrize(
        ("status", "hint"),
        [
            (400, ""),
            (401, "API key"),
            (403, "API key"),
            (404, "model's name"),
            (429, ""),
            (500, ""),
        ],
    )
    def test_a_status_is_told_with_what_to_check(
        self, server: ChatServer, status: int, hint: str
    ) -> None:
        server.answers = [Answer(SECRET.encode(), status, (("Retry-After", "7"),))] * 2
        with pytest.raises(ModelUnavailableError, match=f"llama.*{status}.*{hint}") as raised:
            server.model().complete(asking())
        assert raised.value.status == status
        assert raised.value.retry_after_seconds == 7.0
        assert SECRET not in str(raised.value)

    def test_a_server_that_is_gone_is_unavailable(self) -> None:
        model = OpenAICompatibleModel("llama", base_url="http://127.0.0.1:9/v1")
        with pytest.raises(ModelUnavailableError, match=r"cannot be reached.*base URL") as raised:
            model.complete(asking())
        assert raised.value.status is None
        with pytest.raises(ModelUnavailableError, match="cannot be reached"):
            heard(model.stream(asking()))

    @pytest.mark.parametrize("answer", SILENT)
    def test_silence_ends_in_a_time_out(self, server: ChatServer, answer: Answer) -> None:
        server.answers = [answer, answer]
        model = server.model(timeout_seconds=0.05)
        with pytest.raises(ModelUnavailableError, match=r"within 0\.05 seconds"):
            model.complete(asking())
        with pytest.raises(ModelUnavailableError, match=r"within 0\.05 seconds"):
            heard(model.stream(asking()))

    def test_a_reply_that_trickles_ends_in_a_time_out(self, server: ChatServer) -> None:
        """Some servers send blanks while the model works, and would never let a read time out."""
        server.answers = [Answer(_Trickle(b" ")), Answer(_Trickle(b'data: {"choices": []}\n\n'))]
        model = server.model(timeout_seconds=0.2)
        with pytest.raises(ModelUnavailableError, match=r"within 0\.2 seconds"):
            model.complete(asking())
        with pytest.raises(ModelUnavailableError, match=r"within 0\.2 seconds"):
            heard(model.stream(asking()))

    @pytest.mark.parametrize("kind", BODIES)
    def test_what_is_no_chat_completion_is_unreadable(self, server: ChatServer, kind: str) -> None:
        server.answers = [Answer(BODIES[kind])]
        with pytest.raises(UnreadableOutputError) as raised:
            server.model().complete(asking())
        assert "patient" not in str(raised.value)

    @pytest.mark.parametrize("kind", MESSAGES)
    def test_a_message_that_does_not_answer_is_unreadable(
        self, server: ChatServer, kind: str
    ) -> None:
        answer, reason = MESSAGES[kind]
        server.answers = [answer]
        with pytest.raises(UnreadableOutputError, match=reason) as raised:
            server.model().complete(asking())
        assert SECRET not in str(raised.value)

    @pytest.mark.parametrize("finish", ["length", "content_filter"])
    def test_what_cannot_be_used_says_what_it_cost(self, server: ChatServer, finish: str) -> None:
        choice = {"message": {"content": SECRET}, "finish_reason": finish}
        server.answers = [Answer(json.dumps({"choices": [choice], "usage": USAGE}).encode())]
        with pytest.raises(UnreadableOutputError) as raised:
            server.model().complete(asking())
        assert (raised.value.prompt_tokens, raised.value.completion_tokens) == (11, 7)

    def test_a_stream_that_breaks_off_cost_what_came_of_it(self, server: ChatServer) -> None:
        server.answers = [events(delta("Yes, "), delta("I do."))]
        with pytest.raises(ModelUnavailableError) as raised:
            heard(server.model().stream(asking("Tea?")))
        assert (raised.value.prompt_tokens, raised.value.completion_tokens) == (4 + 1, 3)

    def test_what_was_refused_cost_nothing(self, server: ChatServer) -> None:
        server.answers = [Answer(status=429)]
        with pytest.raises(ModelUnavailableError) as raised:
            server.model().complete(asking())
        assert (raised.value.prompt_tokens, raised.value.completion_tokens) == (0, 0)

    @pytest.mark.parametrize("count", [10**30, 2**40, -5, 1.5, "7", True, None])
    def test_a_cost_that_cannot_be_is_not_believed(self, server: ChatServer, count: Any) -> None:
        choice = {"message": {"content": "Yes, I do."}, "finish_reason": "stop"}
        usage = {"prompt_tokens": count, "completion_tokens": 5}
        server.answers = [Answer(json.dumps({"choices": [choice], "usage": usage}).encode())]
        assert server.model().complete(asking("Tea?")).tokens == Tokens(4 + 1, 3)

    @pytest.mark.parametrize("status", [200, 401, 500])
    def test_no_error_leads_to_the_words_of_the_server(
        self, server: ChatServer, status: int
    ) -> None:
        """A traceback is logged by many an application, with every cause."""
        server.answers = [Answer(f'{{"error": "{SECRET}"'.encode(), status)]
        with pytest.raises(ModelError) as raised:
            server.model().complete(asking())
        assert SECRET not in "".join(traceback.format_exception(raised.value))

    def test_a_reply_without_its_cost_is_counted(self, server: ChatServer) -> None:
        server.answers = [saying("Yes, I do.", finish=None)]
        assert server.model().complete(asking("Tea?")).tokens == Tokens(4 + 1, 3)

    def test_a_message_in_parts_is_joined_without_its_thoughts(self, server: ChatServer) -> None:
        parts = [
            {"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]},
            {"type": "text", "text": "You like "},
            {"type": "text", "text": "jazz."},
        ]
        server.answers = [saying(parts)]  # type: ignore[arg-type]
        assert server.model().complete(asking()).text == "You like jazz."

    def test_a_connection_cut_in_the_body_is_unavailable(self, server: ChatServer) -> None:
        promised = (("Content-Length", "500"),)
        server.answers = [Answer(b'{"choices": [', headers=promised)]
        with pytest.raises(ModelUnavailableError, match="broke off"):
            server.model().complete(asking())

    @pytest.mark.parametrize("kind", STREAMS)
    def test_a_broken_stream_is_told_and_the_next_one_works(
        self, server: ChatServer, kind: str
    ) -> None:
        answer, error, reason = STREAMS[kind]
        server.answers = [answer, "Good morning."]
        model = server.model()
        with pytest.raises(error, match=reason) as raised:
            heard(model.stream(asking()))
        assert "patient" not in str(raised.value)
        assert "".join(heard(model.stream(asking()))[0]) == "Good morning."


class Timer:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class TestPatience:
    """A stream is waited for by the piece."""

    def test_a_reader_may_take_his_time(self) -> None:
        timer = Timer()
        for _ in Patience(1.0, timer=timer).until_fed([b"a"] * 5):
            timer.now += 10.0

    def test_a_slow_model_may_go_on_for_as_long_as_pieces_come(self) -> None:
        timer = Timer()
        patience = Patience(1.0, timer=timer)
        came = 0
        for _ in patience.until_fed(_every(0.9, timer)):
            patience.fed()
            came += 1
        assert came == 20

    def test_what_brings_no_piece_for_too_long_is_a_time_out(self) -> None:
        timer = Timer()
        patience = Patience(1.0, timer=timer)
        chunks = patience.until_fed(_every(0.4, timer))
        assert next(chunks) + next(chunks) == b"aa"
        with pytest.raises(TimeoutError):
            next(chunks)

    def test_thoughts_are_pieces_and_comments_are_none(self) -> None:
        assert goes_on(delta(None, reasoning_content="Hm."))
        assert goes_on(delta("Yes"))
        assert not goes_on(delta(""))
        assert not goes_on({"choices": []})


def _every(seconds: float, timer: Timer) -> Iterator[bytes]:
    for _ in range(20):
        timer.now += seconds
        yield b"a"


class TestRetrying:
    """A reply is asked for again while somebody waits for it, but not for long."""

    @pytest.fixture
    def slept(self) -> list[float]:
        return []

    @pytest.fixture
    def retrying(self, slept: list[float]) -> Callable[..., RetryingModel]:
        timer = Timer()

        def sleep(seconds: float) -> None:
            timer.now += seconds
            slept.append(seconds)

        def model(*lines: Any) -> RetryingModel:
            return RetryingModel(ScriptedModel({Purpose.REPLY: lines}), timer=timer, sleep=sleep)

        return model

    def test_a_busy_server_is_asked_three_times(
        self, retrying: Callable[..., RetryingModel], slept: list[float]
    ) -> None:
        busy = ModelUnavailableError("busy", status=503)
        assert retrying(busy, busy, "Yes.").complete(asking()).text == "Yes."
        with pytest.raises(ModelUnavailableError, match="busy"):
            retrying(busy, busy, busy, "Never.").complete(asking())
        assert slept == [0.5, 1.0] * 2

    def test_the_server_says_how_long_to_wait(
        self, retrying: Callable[..., RetryingModel], slept: list[float]
    ) -> None:
        """W7."""
        busy = ModelUnavailableError("busy", status=429, retry_after_seconds=8)
        pieces, _ = heard(retrying(busy, busy, "Yes, I do.").stream(asking()))
        assert "".join(pieces) == "Yes, I do."
        assert slept == [8, 8]

    def test_who_would_wait_too_long_is_told_at_once(
        self, retrying: Callable[..., RetryingModel], slept: list[float]
    ) -> None:
        busy = ModelUnavailableError("busy", status=429, retry_after_seconds=21)
        with pytest.raises(ModelUnavailableError) as raised:
            retrying(busy, "Never.").complete(asking())
        assert raised.value.retry_after_seconds == 21
        assert slept == []

    @pytest.mark.parametrize(
        "error",
        [
            ModelUnavailableError("refused", status=401),
            UnreadableOutputError("cut off"),
            BudgetSpentError("spent"),
        ],
    )
    def test_what_would_not_pass_is_told_at_once(
        self, retrying: Callable[..., RetryingModel], error: ModelError
    ) -> None:
        with pytest.raises(type(error)):
            retrying(error, "Never.").complete(asking())
        with pytest.raises(type(error)):
            heard(retrying(error, "Never.").stream(asking()))

    def test_what_was_paid_for_is_not_asked_for_again(
        self, retrying: Callable[..., RetryingModel]
    ) -> None:
        broken = ModelUnavailableError("broke off")
        broken.prompt_tokens = 300
        with pytest.raises(ModelUnavailableError):
            retrying(broken, "Never.").complete(asking())

    def test_a_stream_that_has_begun_is_not_asked_for_again(self, server: ChatServer) -> None:
        server.answers = [events(delta("Yes, "), delta("I do."))]
        stream = RetryingModel(server.model()).stream(asking())
        assert next(stream) == "Yes, "
        with pytest.raises(ModelUnavailableError, match="broke off"):
            list(stream)
        assert len(server.bodies) == 1


LIST = {"type": "array", "items": {"type": "object"}}
FILING = OutputSchema("filing", {"type": "object", "properties": {"chains": LIST, "topics": LIST}})
"""The stub server knows what to answer to this one."""


@pytest.mark.parametrize("failure", Failure)
def test_whatever_a_server_does_wrong_is_overcome_or_an_error_of_ours(failure: Failure) -> None:
    """W6: nothing but ModelErrors leaves the adapter, and the next call works."""
    failed = 0
    with StubServer() as stub:
        stub.fail(failure)
        model = OpenAICompatibleModel("stub", base_url=stub.url, timeout_seconds=0.2)
        for call in (
            lambda: model.complete(asking()),
            lambda: model.complete(asking(output=FILING, purpose=Purpose.FILING)),
            lambda: heard(model.stream(asking())),
        ):
            try:
                call()
            except ModelError:
                failed += 1
        stub.recover()
        filing = model.complete(asking(output=FILING, purpose=Purpose.FILING))
        assert filing.data == {"chains": [], "topics": []}
    assert bool(failed) == (failure.refused_parameter is None)


class _Trickle(list[bytes]):
    """A piece again and again, until the client has left."""

    def __init__(self, piece: bytes) -> None:
        super().__init__([piece])

    def __iter__(self) -> Iterator[bytes]:
        while True:
            yield from super().__iter__()


class TestOpening:
    def test_openai_itself_is_not_asked_without_a_key(self) -> None:
        with pytest.raises(InvalidArgumentError, match="API key"):
            OpenAICompatibleModel("gpt-5-mini")
        assert OpenAICompatibleModel("gpt-5-mini", api_key="sk-test").model == "gpt-5-mini"

    @pytest.mark.parametrize(
        "url", ["localhost:11434/v1", "ftp://host/v1", "http://", "http://[::1", "http://h:x/v1"]
    )
    def test_a_base_url_that_is_none_is_refused(self, url: str) -> None:
        with pytest.raises(InvalidArgumentError, match="base_url"):
            OpenAICompatibleModel("llama", base_url=url)

    @pytest.mark.parametrize("key", ["sk-test\n", "sk-tést", "sk\x00test"])
    def test_a_key_that_no_header_can_hold_is_refused_and_not_shown(self, key: str) -> None:
        with pytest.raises(InvalidArgumentError, match="API key") as raised:
            OpenAICompatibleModel("gpt-5-mini", api_key=key)
        assert key not in str(raised.value)

    def test_it_loads_nothing_heavy(self) -> None:
        program = """
import sys
from memoryos.llms.openai_compatible import OpenAICompatibleModel
OpenAICompatibleModel("gpt-5-mini", api_key="sk-test")
heavy = {"openai", "httpx2", "pydantic", "numpy"} & set(sys.modules)
assert not heavy, heavy
"""
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


NOON = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Mon, 02 Mar 2026 12:01:30 GMT", 90.0),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0.0),
        ("Mon, 02 Mar 2026 12:01:30 -0000", 90.0),
        ("Mon, 99 Mar 2026 12:01:30 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    """W7."""
    assert seconds_to_wait(header, now=NOON) == seconds


def test_a_date_to_wait_for_is_translated(server: ChatServer) -> None:
    """W7."""
    moment = datetime.now(timezone.utc) + timedelta(days=1)
    header = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    server.answers = [Answer(status=429, headers=(("Retry-After", header),))]
    with pytest.raises(ModelUnavailableError) as raised:
        server.model().complete(asking())
    assert raised.value.retry_after_seconds == pytest.approx(86_400, abs=60)

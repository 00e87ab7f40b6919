"""The command line with a language model: the stub server's, over real HTTP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from command_line import LEFT_OUT, Terminal, environment
from typer.testing import CliRunner, Result

from memoryos.cli import app
from memoryos.cli.output import show_piece
from memoryos.testing.stub_server import Failure, StubServer

Run = Callable[..., Result]

PIXEL = "Yesterday I adopted a greyhound called Pixel."
A_LINE = json.dumps({"user_input": PIXEL, "agent_response": "Congratulations!"})


@pytest.fixture
def server() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a command without a language model, unless it is told of one."""

    def run_(*words: str, env: dict[str, str] | None = None, **options: Any) -> Result:
        variables = {"MEMORYOS_DATA": str(folder), "NO_COLOR": "1", **(env or {})}
        runner = CliRunner(env={**dict.fromkeys(LEFT_OUT), **variables})
        return runner.invoke(app, list(words), **options)

    return run_


@pytest.fixture
def ask(run: Run, server: StubServer) -> Run:
    """Runs a command with the stub server's model."""

    def ask_(*words: str, **options: Any) -> Result:
        return run(*words, "--base-url", server.url, "--model", "stub", **options)

    return ask_


def stats(run: Run) -> dict[str, Any]:
    counted: dict[str, Any] = json.loads(run("stats", "--json").stdout)
    return counted


def budget(tmp_path: Path, **numbers: int) -> str:
    file = tmp_path / "memoryos.json"
    file.write_text(json.dumps(numbers), encoding="utf-8")
    return str(file)


@contextmanager
def a_server_that_falls_silent(*pieces: str) -> Iterator[str]:
    """Speaks the pieces of a streamed reply, then nothing more until the client leaves; its URL."""
    events = [
        json.dumps({"choices": [{"index": 0, "delta": {"content": piece}}]}) for piece in pieces
    ]
    reply = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
    reply += "".join(f"data: {event}\n\n" for event in events)

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(1 << 20)
                connection.sendall(reply.encode())
                while connection.recv(1 << 20):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


# Chat ----------------------------------------------------------------------------------------


def test_chat_answers_with_the_model_and_keeps_the_exchange(ask: Run, server: StubServer) -> None:
    server.reply_with("Pixel is a greyhound.", purpose="reply")
    talk = ask("chat", input="Who is Pixel?\n")
    assert (talk.exit_code, talk.stdout) == (0, "Pixel is a greyhound.\n")
    assert [call.streamed for call in server.calls if call.purpose == "reply"] == [True]
    found = json.loads(ask("search", "greyhound", "--json").stdout)["pages"]
    assert found[0]["agent_response"] == "Pixel is a greyhound."


def test_chat_gives_one_document_a_line_where_json_is_asked_for(
    ask: Run, server: StubServer
) -> None:
    server.reply_with("A greyhound.", purpose="reply")
    talk = ask("chat", "--json", input="Who is Pixel?\nAnd who am I?\n")
    assert [json.loads(line) for line in talk.stdout.splitlines()] == [
        {"query": "Who is Pixel?", "response": "A greyhound."},
        {"query": "And who am I?", "response": "A greyhound."},
    ]


def test_a_failing_model_is_told_in_one_line_and_the_talk_goes_on(
    ask: Run, run: Run, server: StubServer
) -> None:
    """W6: nothing of the failure is kept."""
    server.fail(Failure.STATUS_401, times=1, purpose="reply")
    server.reply_with("Here I am.", purpose="reply")
    talk = ask("chat", input="Who is Pixel?\nAre you there?\n")
    assert talk.exit_code == 0
    assert talk.stdout == "Here I am.\n"
    (line,) = talk.stderr.splitlines()
    assert line.startswith("memoryos: ")
    assert stats(run)["page_count"] == 1


def test_a_reply_that_breaks_off_is_told_and_the_next_line_is_answered(
    ask: Run, run: Run, server: StubServer
) -> None:
    server.fail(Failure.CUT_IN_STREAM, times=1, purpose="reply")
    talk = ask("chat", "--user", "ann", input="Who is Pixel?\nAre you there?\n")
    assert talk.exit_code == 0
    (line,) = talk.stderr.splitlines()
    assert line.startswith("memoryos: ")
    assert json.loads(run("stats", "--json", "--user", "ann").stdout)["page_count"] == 1


def test_chat_says_when_the_budget_of_the_day_is_spent(
    ask: Run, server: StubServer, tmp_path: Path
) -> None:
    file = budget(tmp_path, daily_call_budget=1)
    server.reply_with("Hello.", purpose="reply")
    talk = ask("chat", "--config", file, input="Hi.\nWho is Pixel?\nWho am I?\n")
    assert talk.exit_code == 0
    assert talk.stdout.startswith("Hello.\n")
    assert talk.stderr.count("the day's budget for the language model is spent") == 1
    assert len(server.calls) == 1


@pytest.mark.parametrize("at", range(1, 8))
def test_an_escape_sequence_cut_over_two_pieces_cannot_steer_the_terminal(
    at: int, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "a\x1b[31mb"
    show_piece(text[:at])
    show_piece(text[at:])
    assert capsys.readouterr().out == r"a\x1b[31mb"


def test_on_a_terminal_chat_says_at_the_start_who_answers(folder: Path, server: StubServer) -> None:
    with Terminal("chat", env=environment(folder, OPENAI_BASE_URL=server.url)) as terminal:
        assert "gpt-4o-mini answers" in terminal.read_until("> ")
        assert terminal.leave() == 0
    with Terminal("chat", env=environment(folder)) as terminal:
        shown = terminal.read_until("> ")
        assert "Memory answers by itself, without a language model" in shown
        assert "OPENAI_API_KEY" in shown
        assert terminal.leave() == 0


def test_ctrl_c_stops_a_reply_keeps_what_was_said_and_the_talk_goes_on(
    folder: Path, run: Run
) -> None:
    with a_server_that_falls_silent("Pixel is ", "a grey") as url:
        env = environment(folder, OPENAI_BASE_URL=url)
        with Terminal("chat", env=env) as terminal:
            terminal.read_until("> ")
            terminal.type("Who is Pixel?")
            terminal.read_until("Pixel is a grey")
            terminal.press_ctrl_c()
            assert "stopped" in terminal.read_until("> ")
            terminal.type("/profile")
            assert "nothing is known" in terminal.read_until("> ")
    (page,) = json.loads(run("search", "Pixel", "--json").stdout)["pages"]
    assert page["agent_response"] == "Pixel is a grey"
    assert page["meta_data"] == {"interrupted": True}


# Adding, refiling ----------------------------------------------------------------------------


def test_add_waits_for_no_model(ask: Run, server: StubServer) -> None:
    """W1, on the command line."""
    told = ask("add", PIXEL)
    assert told.exit_code == 0
    assert told.stdout.startswith("page-1\n")
    assert "memoryos worker" in told.stdout
    assert server.calls == ()
    assert json.loads(ask("add", PIXEL, "--json").stdout)["waiting"]["pages_to_analyse"] == 2


def test_import_says_what_waits_for_a_model_that_fails(ask: Run, server: StubServer) -> None:
    """W7: pages are there, and it is told until when they wait."""
    server.fail(Failure.STATUS_503)
    told = ask("import", "-", input=A_LINE)
    assert told.exit_code == 0
    assert "1 page to analyse; the language model failed 1 time" in told.stdout
    assert "ModelUnavailableError" in told.stdout


def test_refile_with_a_model_revisits_what_rules_filed(
    ask: Run, run: Run, server: StubServer
) -> None:
    for number in range(9):
        run("add", f"I saw kingfisher number {number}.", "Where?")
    assert not server.calls
    told = ask("refile", "--with-model")
    assert (told.exit_code, told.stdout) == (0, "9 pages filed anew\n")
    assert {call.purpose for call in server.calls} >= {"filing", "promotion"}
    assert json.loads(ask("refile", "--with-model", "--json").stdout)["refiled"] == 0


def test_refile_without_a_model_files_by_rules(run: Run) -> None:
    for number in range(9):
        run("add", f"I saw kingfisher number {number}.", "Where?")
    told = run("refile")
    assert told.exit_code == 0
    assert told.stdout.endswith(" filed anew\n")
    assert stats(run)["awaiting_filing_count"] == 0


def test_refile_with_a_model_that_fails_exits_with_4_and_says_until_when_it_waits(
    ask: Run, run: Run, server: StubServer
) -> None:
    run("add", PIXEL)
    server.fail(Failure.STATUS_503)
    told = ask("refile", "--with-model")
    assert told.exit_code == 4
    assert "kept and recallable" in told.stdout
    assert "asked again from 20" in told.stdout
    assert "Pixel" in run("search", "greyhound").stdout


def test_refile_with_a_model_that_nobody_named_says_how_to_name_one(run: Run) -> None:
    told = run("refile", "--with-model")
    assert told.exit_code == 2
    assert "--with-model needs a language model" in told.stderr
    assert "OPENAI_API_KEY" in told.stderr


def test_refile_shows_on_a_terminal_how_far_it_is(ask: Run) -> None:
    ask("add", PIXEL)
    terminal = {"FORCE_COLOR": "1", "COLUMNS": "80", "TERM": "xterm"}
    assert "filing default" in ask("refile", "--with-model", env=terminal).stderr


# Accounts ------------------------------------------------------------------------------------


def test_stats_show_what_the_model_cost_and_until_when_it_rests(
    ask: Run, run: Run, server: StubServer
) -> None:
    """C7: by purpose; names of failures, never texts."""
    server.reply_with("A greyhound.", purpose="reply")
    ask("chat", input="Who is Pixel?\n")
    server.fail(Failure.STATUS_503)
    ask("import", "-", input=A_LINE)
    told = run("stats")
    rows = [line.split("\t") for line in told.stdout.splitlines()]
    assert ["model calls for", "calls", "tokens in", "tokens out", "seconds", "failures"] in rows
    (reply,) = [row for row in rows if row[0] == "reply"]
    (promotion,) = [row for row in rows if row[0] == "promotion"]
    (asked,) = [call for call in server.calls if call.purpose == "reply"]
    assert reply[1:4] == ["1", f"{asked.prompt_tokens:,}", f"{asked.completion_tokens:,}"]
    assert promotion[5] == "1 ModelUnavailableError"
    assert rows[-1][0].startswith("the language model failed 1 time (ModelUnavailableError)")
    assert stats(run)["model_usage"]["promotion"]["failures"] == {"ModelUnavailableError": 1}


def test_stats_of_a_memory_that_no_model_saw_show_no_accounts(run: Run) -> None:
    told = run("stats")
    assert "llm model\tnone" in told.stdout
    assert "model calls for" not in told.stdout


# Being in order ------------------------------------------------------------------------------


def finding(told: Result, check: str) -> dict[str, Any]:
    findings = json.loads(told.stdout)["findings"]
    (found,) = [one for one in findings if one["check"] == check]
    return dict(found)


def test_doctor_asks_the_model_only_where_it_is_told_to(ask: Run, server: StubServer) -> None:
    assert "--ask-model" in finding(ask("doctor", "--json"), "language model")["detail"]
    assert server.calls == ()
    found = finding(ask("doctor", "--json", "--ask-model"), "language model")
    assert found["passed"]
    assert "stub answered in" in found["detail"]
    (call,) = server.calls
    assert call.prompt_tokens < 20


@pytest.mark.parametrize(
    "failure", [Failure.STATUS_401, Failure.STATUS_404, Failure.HTML, Failure.CUT_BEFORE_HEADERS]
)
def test_doctor_says_in_a_sentence_why_the_model_does_not_answer(
    ask: Run, server: StubServer, failure: Failure
) -> None:
    server.fail(failure)
    told = ask("doctor", "--json", "--ask-model")
    assert told.exit_code == 1
    found = finding(told, "language model")
    assert not found["passed"]
    assert found["detail"]
    assert "memoryos config show" in found["remedy"]


def test_the_demo_asks_no_model_whatever_the_environment_holds(
    run: Run, server: StubServer
) -> None:
    env = {"OPENAI_BASE_URL": server.url, "OPENAI_API_KEY": "sk-of-nobody"}
    told = run("demo", "--no-pause", "--json", "--language", "es", env=env)
    assert told.exit_code == 0
    assert server.calls == ()

"""`memoryos bench gvd` on a few days of two people, whose figures are worked by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from memoryos.bench import gvd as bench
from memoryos.bench.gvd_days import MONTHS, Expected, expected, labels
from memoryos.bench.gvd_record import Record
from memoryos.bench.judge import UNREAD
from memoryos.bench.records import FAILURES_IN_A_ROW, alone
from memoryos.cli.bench.gvd import gvd
from memoryos.errors import (
    InvalidArgumentError,
    ModelUnavailableError,
    UnreadableInputError,
)
from memoryos.llms.base import ChatRequest, Purpose
from memoryos.memoryos import Memoryos
from memoryos.testing.scripted_model import ScriptedModel
from memoryos.testing.stub_server import Failure, StubServer
from memoryos.transfer.gvd import User, read_questions, read_users
from memoryos.transfer.pages import BadRecord


def an_exchange(said: str, answered: str = "I see.") -> dict[str, str]:
    return {"query": said, "response": answered}


BANK: dict[str, Any] = {
    # The published file has such spaces, and such empty days.
    " Mina ": {
        "history": {
            "2023-05-02": [an_exchange("My violin exam is on Thursday."), an_exchange("Wish me!")],
            "2023-05-01": [an_exchange("I adopted a tortoise called Waffle.")],
            "2023-05-03": [],
        }
    },
    "Otto": {
        "history": {
            "2023-05-01": [an_exchange("The submarine model needs more glue.")],
            "2023-05-02": [an_exchange("I painted the periscope of the submarine green.")],
        }
    },
}
QUESTIONS = {
    "Mina": [
        "What did I adopt on May 1st, the tortoise Waffle?",
        "On May 3rd, what did I say?",
        "What did I call my tortoise?",
    ],
    "Otto": ["On May 2nd, which part of the submarine did I paint?"],
}


def in_lines(*records: object) -> list[bytes]:
    return [json.dumps(record).encode() for record in records]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("gvd")
    data, questions = folder / "days.json", folder / "questions.jsonl"
    data.write_text(json.dumps(BANK))
    questions.write_bytes(b"\n".join(in_lines(QUESTIONS)))
    return data, questions


def run(files: tuple[Path, Path], out: Path, *options: str) -> Result:
    app = typer.Typer()
    app.command()(gvd)
    data, questions = files
    named = ["--data", str(data), "--questions", str(questions), "--out", str(out)]
    return CliRunner().invoke(app, [*named, *options])


def report_of(out: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    rows = (out / "questions.jsonl").read_text().splitlines()
    return json.loads((out / "summary.json").read_text()), [json.loads(row) for row in rows]


@pytest.fixture(scope="module")
def report(files: tuple[Path, Path]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    out = files[0].parent / "report"
    result = run(files, out)
    assert result.exit_code == 0, result.output
    return report_of(out)


class TestReading:
    def test_a_users_days_come_in_order_with_their_pages(self) -> None:
        bad: list[BadRecord] = []
        mina, otto = read_users(BANK, on_bad=bad.append)
        assert (mina.name, otto.name) == ("Mina", "Otto")
        assert list(mina.days) == [date(2023, 5, 1), date(2023, 5, 2)]
        assert [page.user_input for page in mina.pages][1:] == [
            "My violin exam is on Thursday.",
            "Wish me!",
        ]
        assert [str(page.timestamp) for page in otto.pages] == [
            "2023-05-01 12:00:00+00:00",
            "2023-05-02 12:00:00+00:00",
        ]
        assert [str(record) for record in bad] == ["Mina 2023-05-03: has no exchange"]

    def test_what_is_no_user_day_or_exchange_is_named_and_left_out(self) -> None:
        bad: list[BadRecord] = []
        days = {
            "2023-05-01": [an_exchange("Hi."), {"query": "no answer"}, an_exchange(" ", "")],
            "some day": [an_exchange("Hi.")],
            "2023-05-02": "Hi.",
            "2023-05-03": [an_exchange("half a character: \ud83d")],
        }
        bank = {"A": {"history": days}, "A ": {"history": days}, "B": {}, "C": {"history": {}}}
        (user,) = read_users(bank, on_bad=bad.append)
        assert [page.where for page in user.pages] == ["A 2023-05-01 exchange 1"]
        assert [str(record).partition(" (")[0] for record in bad] == [
            "A 2023-05-01 exchange 2: has no response",
            "A 2023-05-01 exchange 3: says nothing",
            "A some day: is no day such as 2023-04-27",
            "A 2023-05-02: is a str, not a list of exchanges",
            "A 2023-05-03 exchange 1: text holds half a character",
            "A 2023-05-03: has no exchange",
            "A: is there twice",
            "B: has no history",
            "C: has no day with an exchange",
        ]

    @pytest.mark.parametrize("data", [[], {}, {"A": 1}, [{"conversation": {}}], "text", None])
    def test_a_file_of_another_form_is_refused(self, data: object) -> None:
        with pytest.raises(UnreadableInputError, match="no memory bank of GVD"):
            read_users(data, on_bad=lambda bad: None)

    def test_questions_are_read_once_each_and_faults_are_named(self) -> None:
        bad: list[BadRecord] = []
        lines = [
            *in_lines({" A ": ["Where?", " Where? ", "", 7, "When?"]}, {"B": "Who?"}, {"A": []}),
            b"\n",
            b"Who?",
        ]
        assert read_questions(lines, on_bad=bad.append) == {"A": ("Where?", "When?"), "B": ()}
        assert [str(record).partition(" (")[0] for record in bad] == [
            "questions, line 1, A, question 2: repeats an earlier one",
            "questions, line 1, A, question 3: is empty",
            "questions, line 1, A, question 4: text must be text, not int",
            "questions, line 2, B: has a str, not a list of questions",
            "questions, line 3: has questions of 'A', as an earlier line has",
            "questions, line 5: is not JSON",
        ]

    def test_users_without_questions_and_questions_of_nobody_are_named(self) -> None:
        bad: list[BadRecord] = []
        users = read_users(BANK, on_bad=lambda bad: None)
        asked = {"Otto": ["Where?"], "Mina": [], "Nobody": ["Who?"]}
        held = bench.with_questions(users, asked, bad)
        assert [(user.name, questions) for user, questions in held] == [("Otto", ["Where?"])]
        assert [str(record) for record in bad] == [
            "Nobody: has questions, and no days",
            "Mina: has days, and no questions",
        ]
        with pytest.raises(UnreadableInputError, match="no user of the days has a question"):
            bench.with_questions(users, {"Nobody": ["Who?"]}, bad)


class TestTheRightDay:
    @pytest.fixture
    def user(self) -> User:
        return read_users(BANK, on_bad=lambda bad: None)[0]

    @pytest.mark.parametrize(
        ("question", "days"),
        [
            ("On May 2nd, what did I tell you?", (2,)),
            ("What happened on May 1?", (1,)),
            ("Was it May 1st or May 2nd?", (1, 2)),
            # Nothing was said on the third, and May is no day by itself.
            ("On May 3rd, what did I tell you?", ()),
            ("May I ask what you recommended?", ()),
        ],
    )
    def test_a_date_in_the_question_tells_it(
        self, user: User, question: str, days: tuple[int, ...]
    ) -> None:
        told = expected(user, question)
        assert told.days == tuple(date(2023, 5, day) for day in days)
        assert told.told_by == ("date" if days else None)

    def test_a_label_tells_it_where_the_question_names_no_date(self) -> None:
        (name, question), days = next(iter(labels().items()))
        history = {day.isoformat(): [an_exchange("Hi.")] for day in (date(2023, 1, 1), *days)}
        (user,) = read_users({name: {"history": history}})
        assert expected(user, question) == Expected(days, "label")
        assert expected(user, f"{question} It was on January 1st.").told_by == "date"
        (other,) = read_users({"Somebody else": {"history": history}})
        assert expected(other, question) == Expected()

    def test_the_labels_are_of_days_of_the_data_and_of_questions_without_a_date(self) -> None:
        for (_, question), days in labels().items():
            assert not any(f"{month} {digit}" in question for month in MONTHS for digit in range(4))
            assert days
            assert list(days) == sorted({*days})
            assert date(2023, 4, 27) <= min(days) <= max(days) <= date(2023, 5, 6)

    def test_chance_is_that_of_pages_in_random_order(self, user: User) -> None:
        day = "2023-05-01"
        asked = Record(user.name, "", (day,), "date", (), None, None, None, None, "")
        assert bench.by_chance(user, asked, 1) == pytest.approx(1 / 3)
        assert bench.by_chance(user, asked, 2) == pytest.approx(2 / 3)
        assert bench.by_chance(user, asked, 10) == 1


class TestTheReport:
    def test_the_figures_count_the_questions_whose_day_can_be_told(self, report: Any) -> None:
        figures, _ = report
        assert figures["questions"] == 4
        assert figures["questions_told_by"] == {"date": 2, "label": 0}
        assert figures["right_day"]["overall"] == {"@1": 1.0, "@5": 1.0, "@10": 1.0}
        assert figures["right_day"]["label"] == {"@1": None, "@5": None, "@10": None}
        assert figures["right_day_by_chance"]["@1"] == pytest.approx((1 / 3 + 1 / 2) / 2, abs=1e-4)
        assert figures["cannot_be_told"] == [f"Mina: {text}" for text in QUESTIONS["Mina"][1:]]
        assert figures["records_passed_over"] == ["Mina 2023-05-03: has no exchange"]
        assert (figures["users"], figures["days"], figures["pages"]) == (2, 4, 5)

    def test_each_question_has_a_line_with_what_was_recalled_and_answered(
        self, report: Any
    ) -> None:
        _, rows = report
        assert [row["question"] for row in rows] == [*QUESTIONS["Mina"], *QUESTIONS["Otto"]]
        assert rows[0]["days"] == ["2023-05-01"]
        assert rows[0]["recalled"][0] == {"page": "page-1", "day": "2023-05-01"}
        assert "Waffle" in rows[2]["answer"]
        assert all(row["correctness"] is None and row["failure"] == "" for row in rows)

    def test_the_summary_has_the_tables_and_the_run_its_data(
        self, report: Any, files: tuple[Path, Path]
    ) -> None:
        out = files[0].parent / "report"
        assert "by chance" in (out / "summary.md").read_text()
        ran = json.loads((out / "run.json").read_text())
        assert ran["settings"] == {
            "questions": "questions.jsonl",
            "questions_sha256": hashlib.sha256(files[1].read_bytes()).hexdigest(),
            "answerer": "extractive",
            "model": None,
            "judge": None,
        }
        assert ran["data"] == "days.json"

    def test_without_a_model_the_stub_answers_and_the_report_says_so(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        result = run(files, tmp_path, "--answerer", "model")
        assert result.exit_code == 0, result.output
        figures, rows = report_of(tmp_path)
        assert figures["replies_are_the_stubs"]
        assert {"reply", "filing"} < set(
            json.loads((tmp_path / "run.json").read_text())["prompts_sha256"]
        )
        assert all(row["answer"] for row in rows)
        assert "stub server replied" in (tmp_path / "summary.md").read_text()

    def test_a_judge_scores_every_answer_beside_the_papers_figures(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """The stub chooses the first of any choice: "no"."""
        with StubServer() as server:
            result = run(files, tmp_path, "--base-url", server.url, "--judge-model", "strict")
        assert result.exit_code == 0, result.output
        figures, rows = report_of(tmp_path)
        assert figures["judge"] == "strict"
        assert figures["scores"] == {
            "rated": 4,
            "retrieval": 0,
            "correctness": 0,
            "coherence": 0,
        }
        assert {row["correctness"] for row in rows} == {0}
        summary = (tmp_path / "summary.md").read_text()
        assert "| contextual coherence | 0.000 | 0.923 |" in summary
        assert "rating" in json.loads((tmp_path / "run.json").read_text())["prompts_sha256"]

    def test_a_judge_without_a_server_is_refused_before_the_run(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        result = run(files, tmp_path / "out", "--judge-model", "strict")
        assert result.exit_code != 0
        assert "--judge-model has no server to ask" in str(result.exception)
        assert not (tmp_path / "out").exists()


class TestGoingOn:
    """What was answered was paid for, and is not lost."""

    def test_only_what_the_model_failed_at_is_asked_again(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with StubServer() as server:
            options = ("--answerer", "model", "--base-url", server.url)
            server.reply_with("Waffle.", times=1, purpose="reply")
            server.fail(Failure.STATUS_401, times=1, purpose="reply")
            assert run(files, tmp_path, *options).exit_code == 0
            figures, before = report_of(tmp_path)
            assert figures["failures"] == 1
            assert [row["answer"] is None for row in before] == [False, True, False, False]
            assert "status 401" in before[1]["failure"]
            calls = {purpose: usage.calls for purpose, usage in server.usage().items()}

            assert run(files, tmp_path, *options).exit_code == 0
            assert server.usage()["reply"].calls == calls["reply"] + 1
            assert server.usage()["promotion"].calls == calls["promotion"]
        figures, after = report_of(tmp_path)
        assert (figures["failures"], figures["answered_before"]) == (0, 3)
        assert [*after[:1], *after[2:]] == [*before[:1], *before[2:]]

    def test_a_judge_that_fails_is_asked_again_and_the_answer_stays(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with StubServer() as server:
            options = ("--answerer", "model", "--judge-model", "strict", "--base-url", server.url)
            server.reply_with("Waffle.", times=1, purpose="reply")
            server.fail(Failure.STATUS_401, times=1, purpose="judging")
            assert run(files, tmp_path, *options).exit_code == 0
            judged = server.usage()["judging"].calls
            assert run(files, tmp_path, *options).exit_code == 0
            assert server.usage()["judging"].calls == judged + 1
        figures, rows = report_of(tmp_path)
        assert (figures["failures"], figures["scores"]["rated"]) == (0, 4)
        assert rows[0]["answer"] == "Waffle."

    def test_a_model_that_is_down_stops_the_run(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        questions = tmp_path / "questions.jsonl"
        questions.write_text(json.dumps({"Mina": [f"What is number {n}?" for n in range(9)]}))
        out = tmp_path / "out"
        with StubServer() as server:
            options = ("--answerer", "model", "--base-url", server.url)
            server.reply_with("Waffle.", times=2, purpose="reply")
            server.fail(Failure.STATUS_401, purpose="reply")
            result = run((files[0], questions), out, *options)
            assert isinstance(result.exception, ModelUnavailableError)
            assert "status 401" in str(result.exception)
            rows = (out / "questions.jsonl").read_text().splitlines()
            assert len(rows) == 2 + FAILURES_IN_A_ROW
            server.recover()
            assert run((files[0], questions), out, *options).exit_code == 0
        figures, _ = report_of(out)
        assert (figures["questions"], figures["answered_before"]) == (9, 2)

    def test_answers_of_other_settings_are_refused_and_left_as_they_are(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        assert run(files, tmp_path).exit_code == 0
        before = report_of(tmp_path)
        result = run(files, tmp_path, "--answerer", "model")
        assert isinstance(result.exception, InvalidArgumentError)
        assert "answerer was 'extractive' and is now 'model'" in str(result.exception)
        (tmp_path / "settings.json").unlink()
        assert isinstance(run(files, tmp_path).exception, InvalidArgumentError)
        assert report_of(tmp_path) == before

    def test_a_folder_in_which_a_run_is_going_on_is_refused(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        with alone(tmp_path):
            assert "another run writes into" in str(run(files, tmp_path).exception)
        assert run(files, tmp_path).exit_code == 0

    def test_a_wrong_file_of_questions_is_told_by_its_line_and_leaves_no_folder(
        self, files: tuple[Path, Path], tmp_path: Path
    ) -> None:
        wrong = tmp_path / "questions.txt"
        wrong.write_text("Where is Waffle?\n")
        result = run((files[0], wrong), tmp_path / "out")
        assert isinstance(result.exception, UnreadableInputError)
        assert "questions, line 1: is not JSON" in str(result.exception)
        assert not (tmp_path / "out").exists()


class TestAnswers:
    @pytest.fixture
    def user(self) -> User:
        return read_users(BANK, on_bad=lambda bad: None)[0]

    @pytest.fixture
    def memory(self, user: User, tmp_path: Path) -> Iterator[Memoryos]:
        """Of the user's days."""
        with bench.memory_of(user, tmp_path, None) as memory:
            yield memory

    def test_no_answer_is_kept_in_memory(self, user: User, memory: Memoryos) -> None:
        question = QUESTIONS["Mina"][0]
        before = memory.retrieve_memory(question)
        model = ScriptedModel(default="You called it Waffle.")
        asked = bench.ask(user, question, memory, model, None)
        assert asked.answer == "You called it Waffle."
        assert memory.retrieve_memory(question) == before

    def test_a_judge_is_shown_the_right_day_or_all_where_it_cannot_be_told(
        self, user: User, memory: Memoryos
    ) -> None:
        dated, _, undated = QUESTIONS["Mina"]
        yes = {"reason": "", "retrieval": "yes", "correctness": "partly", "coherence": "yes"}
        judge = ScriptedModel(default=yes)
        first, _ = (bench.ask(user, asked, memory, None, judge) for asked in (dated, undated))
        assert (first.retrieval, first.correctness, first.coherence) == (1.0, 0.5, 1.0)
        told, untold = map(_said, judge.requests)
        assert "tortoise" in told
        assert "violin" not in told
        assert "tortoise" in untold
        assert "violin" in untold

    def test_a_model_that_fails_costs_only_the_question_it_was_asked(
        self, user: User, memory: Memoryos
    ) -> None:
        model = ScriptedModel({Purpose.REPLY: ["Yes.", ModelUnavailableError("asleep"), "No."]})
        asked = [bench.ask(user, question, memory, model, None) for question in QUESTIONS["Mina"]]
        assert [each.answer for each in asked] == ["Yes.", None, "No."]
        assert [each.failure for each in asked] == ["", "ModelUnavailableError: asleep", ""]
        assert bench.figures([user], asked)["failures"] == 1

    def test_an_answer_stands_whatever_becomes_of_its_judge(
        self, user: User, memory: Memoryos
    ) -> None:
        unreadable = "Good."
        judge = ScriptedModel({Purpose.JUDGING: [unreadable, ModelUnavailableError("asleep")]})
        asked = [
            bench.ask(user, question, memory, None, judge) for question in QUESTIONS["Mina"][:2]
        ]
        assert all(each.answer for each in asked)
        assert [each.failure for each in asked] == [UNREAD, "ModelUnavailableError: asleep"]
        assert bench.figures([user], asked)["scores"] is None


def _said(request: ChatRequest) -> str:
    """What the judge is shown of the days."""
    return request.messages[1].content.partition("What was recalled:")[0]

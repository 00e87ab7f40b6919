"""`memoryos bench locomo`, on two short talks of our own."""

from __future__ import annotations

import copy
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memoryos import Memoryos
from memoryos.bench import memories
from memoryos.bench.baselines import bm25, dense, open_baseline
from memoryos.bench.locomo import tables
from memoryos.bench.locomo.asked import Subject, choose
from memoryos.bench.records import alone
from memoryos.bench.report import read_folder
from memoryos.cli.bench import app
from memoryos.cli.bench.kept import answers_kept
from memoryos.embedders import open_embedder
from memoryos.errors import (
    InvalidArgumentError,
    MemoryOSError,
    ModelUnavailableError,
    UnreadableInputError,
)
from memoryos.llms.base import Purpose
from memoryos.model import PageDraft
from memoryos.prompts.answering import SYSTEM, answering_request
from memoryos.recall import Names
from memoryos.testing.scripted_model import ScriptedModel
from memoryos.testing.stub_server import Failure, StubServer
from memoryos.text.tokens import count_tokens
from memoryos.transfer.locomo import read_conversations
from memoryos.transfer.pages import BadRecord

NOW = datetime(2024, 6, 9, tzinfo=timezone.utc)
NAMES = Names("Ines", "Otto")


def a_question(text: str, answer: object, category: int, *evidence: str) -> dict[str, Any]:
    return {"question": text, "answer": answer, "category": category, "evidence": [*evidence]}


def a_talk(sample_id: str, *turns: str, qa: list[dict[str, Any]]) -> dict[str, Any]:
    """One session of Ines and Otto; a turn is "I words" or "O words"."""
    said = [
        {"speaker": {"I": "Ines", "O": "Otto"}[turn[0]], "dia_id": f"D1:{place}", "text": turn[2:]}
        for place, turn in enumerate(turns, start=1)
    ]
    return {
        "sample_id": sample_id,
        "conversation": {
            "speaker_a": "Ines",
            "speaker_b": "Otto",
            "session_1_date_time": "9:30 am on 5 June, 2024",
            "session_1": said,
        },
        "qa": qa,
    }


BOATS = a_talk(
    "boats",
    "I I bought a wooden boat yesterday.",
    "O What did you name the boat?",
    "I The boat is called Marigold.",
    "O My sister breeds llamas in Peru.",
    qa=[
        a_question("When did Ines buy a boat?", "4 June 2024", 2, "D1:1"),
        a_question("What is the boat of Ines called?", "Marigold", 4, "D1:3"),
        a_question("Where does Otto's sister breed llamas?", "Peru", 4, "D1:4"),
        a_question("Which submarine does Otto's uncle repair?", None, 5, "D1:3"),
    ],
)
TEA = a_talk(
    "tea",
    "I I drink jasmine tea every morning.",
    "O I prefer strong coffee.",
    qa=[a_question("Which tea does Ines drink?", "jasmine tea", 4, "D1:1")],
)
QUESTIONS = 5
SCORED = 4


@pytest.fixture
def talks() -> list[dict[str, Any]]:
    return copy.deepcopy([BOATS, TEA])


class Bench:
    """The command, on a file and into a folder."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "talks.json"
        self.out = folder / "run"

    def write(self, talks: object) -> None:
        self.data.write_text(json.dumps(talks))

    def __call__(self, *options: object) -> dict[str, Any]:
        """Run, and give the report. Raises what the command does."""
        words = ["locomo", "--data", self.data, "--out", self.out, *options]
        result = CliRunner().invoke(app, [str(word) for word in words])
        if isinstance(result.exception, MemoryOSError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return read_folder(self.out)

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [*map(json.loads, (self.out / "questions.jsonl").read_text().splitlines())]

    @property
    def summary(self) -> str:
        return (self.out / "summary.md").read_text()


@pytest.fixture
def bench(tmp_path: Path, talks: list[dict[str, Any]]) -> Bench:
    bench = Bench(tmp_path)
    bench.write(talks)
    return bench


@pytest.fixture
def server() -> Iterator[StubServer]:
    with StubServer() as server:
        yield server


def answers(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines without what differs from run to run."""
    return [
        {name: value for name, value in line.items() if not name.endswith("seconds")}
        for line in lines
    ]


def calls(server: StubServer, purpose: str) -> int:
    usage = server.usage()
    return usage[purpose].calls if purpose in usage else 0


def test_every_question_is_answered_and_scored_without_a_model(bench: Bench) -> None:
    """C8."""
    content = bench()
    lines = bench.lines
    assert [(line["sample_id"], line["number"]) for line in lines] == [
        ("boats", 1),
        ("boats", 2),
        ("boats", 3),
        ("boats", 4),
        ("tea", 1),
    ]
    assert [line["answer"] for line in lines[:3]] == ["4 June 2024", "Marigold", "Peru"]
    assert [line["f1_set"] for line in lines[:3]] == [1.0, 1.0, 1.0]
    assert lines[1]["recalled"][0]["dia_ids"]
    assert lines[1]["evidence"] == ["D1:3"]
    assert lines[1]["evidence_recall"] == 1.0
    assert lines[1]["judge"] is None
    assert 0 < lines[1]["tokens_recalled"] <= 2000
    assert content["scores"]["2"]["f1_set"] == 1.0
    assert content["scores"]["overall"]["questions"] == SCORED
    assert content["calls_per_response"] == 0
    assert content["run"]["data_sha256"] == hashlib.sha256(bench.data.read_bytes()).hexdigest()
    assert "A-Mem (rerun), gpt-4o-mini" in bench.summary


def test_an_answer_to_what_was_never_said_is_right_if_it_abstains(bench: Bench) -> None:
    content = bench()
    (line,) = [line for line in bench.lines if line["category"] == 5]
    assert line["answer"] == ""
    assert line["f1_locomo"] == 1.0
    assert (line["f1_set"], line["bleu1"]) == (None, None)
    assert content["scores"]["5"]["f1_locomo"] == 1.0
    assert "5" not in content["evidence_recall"]


def test_a_run_without_a_model_says_so_loudly_and_counts_the_stubs_calls(bench: Bench) -> None:
    content = bench("--answerer", "model")
    assert "NO MODEL WAS CONFIGURED" in bench.summary
    by_purpose = content["by_purpose"]
    assert by_purpose["answering"]["calls"] == 1.0
    # Two short talks, each filed, promoted and searched for traits in a call at most.
    updating = sum(by_purpose[purpose]["calls"] for purpose in ("promotion", "traits"))
    assert updating <= 2 * 2 / QUESTIONS
    assert content["calls_per_response"] == pytest.approx(1 + updating)
    assert by_purpose["answering"]["prompt_tokens"] > content["tokens_recalled_mean"]
    hashes = content["run"]["prompts_sha256"]
    assert hashes["answering"] == hashlib.sha256(SYSTEM.encode()).hexdigest()
    assert {"filing", "promotion", "traits"} < set(hashes)


def test_a_model_that_fails_once_loses_only_that_answer_and_is_asked_again(
    bench: Bench, server: StubServer
) -> None:
    options = ("--answerer", "model", "--base-url", server.url)
    server.reply_with("Marigold", times=1, purpose="reply")
    server.fail(Failure.STATUS_401, times=1, purpose="reply")
    content = bench(*options)
    ((error, count),) = content["failed"].items()
    assert count == 1
    assert error.startswith("ModelUnavailableError: ")
    assert "status 401" in error
    assert content["answered"] == QUESTIONS - 1
    first, second = bench.lines[:2]
    assert (first["answer"], first["error"]) == ("Marigold", None)
    assert (second["answer"], second["error"]) == (None, error)
    assert f"1 {error}" in bench.summary

    before = {purpose: usage.calls for purpose, usage in server.usage().items()}
    assert bench(*options)["failed"] == {}
    assert calls(server, "reply") == before["reply"] + 1
    assert calls(server, "promotion") == before["promotion"]
    assert [line["error"] for line in bench.lines] == [None] * QUESTIONS
    assert bench.lines[0] == first


def test_a_model_that_is_down_stops_the_run_which_goes_on_where_it_was(
    bench: Bench, server: StubServer, talks: list[dict[str, Any]]
) -> None:
    talks[0]["qa"] += [a_question(f"What is number {n}?", "none", 4) for n in range(5)]
    bench.write(talks)
    options = ("--answerer", "model", "--base-url", server.url)
    server.reply_with("Marigold", times=2, purpose="reply")
    server.fail(Failure.STATUS_401, purpose="reply")
    with pytest.raises(
        ModelUnavailableError, match=r"5 questions in a row.*status 401.*same command again"
    ):
        bench(*options)
    kept = [line for line in bench.lines if line["answer"]]
    assert len(kept) == 2

    server.recover()
    consolidated = calls(server, "promotion")
    content = bench(*options)
    assert content["answered"] == QUESTIONS + 5
    assert len(bench.lines) == QUESTIONS + 5
    assert bench.lines[:2] == kept
    # The talk that was taken in is not consolidated again, the other one is.
    assert calls(server, "promotion") == consolidated + 1


def test_a_line_that_was_cut_off_is_asked_again_and_no_other(bench: Bench) -> None:
    bench()
    whole = bench.lines
    path = bench.out / "questions.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    bench()
    assert bench.lines[:-1] == whole[:-1]
    assert answers(bench.lines) == answers(whole)


def test_what_was_asked_of_a_part_is_not_asked_again_for_the_whole(bench: Bench) -> None:
    assert bench("--limit", 2)["questions"] == 2
    first = bench.lines
    content = bench()
    assert (content["questions"], content["answered_before"]) == (QUESTIONS, 2)
    assert bench.lines[:2] == first
    assert "2 of the answers come from an earlier start" in bench.summary


def test_other_settings_are_refused_in_the_folder_of_a_run(bench: Bench) -> None:
    bench()
    with pytest.raises(
        InvalidArgumentError, match=r"policy was 'default' and is now 'paper'.*another folder"
    ):
        bench("--policy", "paper")


def test_other_data_are_refused_in_the_folder_of_a_run(
    bench: Bench, talks: list[dict[str, Any]]
) -> None:
    bench()
    bench.write(talks[:1])
    with pytest.raises(InvalidArgumentError, match="data_sha256 was"):
        bench()


def test_a_memory_that_nobody_knows_the_settings_of_is_refused(bench: Bench) -> None:
    """It may have been taken in otherwise: by another policy, embedder or model."""
    bench()
    for path in bench.out.iterdir():
        if path.is_file():
            path.unlink()
    with pytest.raises(InvalidArgumentError, match=r"it has memory but no settings\.json"):
        bench("--policy", "paper")


def test_a_line_that_is_no_record_is_named(bench: Bench) -> None:
    bench()
    path = bench.out / "questions.jsonl"
    path.write_text('{"sample_id": "boats"}\n' + path.read_text())
    with pytest.raises(UnreadableInputError, match="line 1 of"):
        bench()


@pytest.mark.parametrize("content", ["no JSON", '{"pages": []}', "[]", "[{}]"])
def test_a_file_of_another_format_is_refused(bench: Bench, content: str) -> None:
    bench.data.write_text(content)
    with pytest.raises(UnreadableInputError, match=r"not JSON|no LoCoMo file"):
        bench()


def test_a_file_that_asks_nothing_is_refused(bench: Bench, talks: list[dict[str, Any]]) -> None:
    for talk in talks:
        talk["qa"] = []
    bench.write(talks)
    with pytest.raises(UnreadableInputError, match="no question to ask"):
        bench()
    assert not bench.out.exists()


def test_why_nothing_is_asked_is_told(bench: Bench, talks: list[dict[str, Any]]) -> None:
    talks[1]["qa"] = [a_question("Which tea?", None, 4), {"answer": "jasmine", "category": 4}]
    bench.write(talks[1:])
    with pytest.raises(
        UnreadableInputError,
        match=r"Left out: tea question 2: has no question; tea question 1: has no answer$",
    ):
        bench()


def test_a_number_of_thousands_of_digits_is_told_in_our_words(bench: Bench) -> None:
    bench.data.write_text(f'[{{"conversation": {"1" * 6_000}}}]')
    with pytest.raises(UnreadableInputError, match="number of thousands of digits"):
        bench()


def test_bad_input_is_named_counted_and_left_out(bench: Bench, talks: list[dict[str, Any]]) -> None:
    """Issue 6, "What bad input gets"."""
    boats, tea = talks
    boats["conversation"]["session_2_date_time"] = "9:30 am on 6 June, 2024"
    boats["conversation"]["session_2"] = []
    boats["conversation"]["session_1"].append({"speaker": "Zoe", "dia_id": "D1:5", "text": "Hi"})
    boats["qa"] += [
        a_question("Which colour?", None, 4, "D1:1"),
        a_question("Which oar?", "left", 7, "D1:1"),
        a_question("What is the boat of Ines called?", "Marigold", 4, "D1:3"),
        a_question("Who sails?", "Ines", 4, "D9:9"),
        {"question": "Who rows?", "answer": "Otto", "category": 4},
        {"answer": "Otto", "category": 4, "evidence": []},
    ]
    silent = a_talk("silent", qa=[a_question("Who speaks?", "nobody", 4)])
    bench.write([boats, tea, silent, tea])
    content = bench()
    left_out = content["left_out"]
    assert left_out["records"] == [
        "boats session_1 turn 5: is by 'Zoe', who is neither of ('Ines', 'Otto')",
        "boats question 10: has no question",
        "conversation 4: repeats the sample_id 'tea'",
    ]
    assert left_out["conversations"] == ["silent: has no page; questions not asked: 1"]
    assert left_out["empty_sessions"] == ["boats session_2", "silent session_1"]
    assert left_out["questions"] == [
        "boats question 5: has no answer",
        "boats question 6: has the category 7, which is none of 1 to 5",
        "boats question 7: repeats another",
    ]
    assert left_out["evidence"] == ["boats question 8: D9:9"]
    assert left_out["without_evidence"] == ["boats question 8", "boats question 9"]
    assert content["questions"] == QUESTIONS + 2
    for names in left_out.values():
        assert all(name in bench.summary for name in names)


def test_the_ten_conversations_of_locomo_must_have_its_questions(
    talks: list[dict[str, Any]], bench: Bench
) -> None:
    bench.write([{**talks[1], "sample_id": f"tea-{number}"} for number in range(10)])
    content = bench()
    assert "category 4 has 10 questions, not 841" in content["data"]["differs_from_locomo"]
    assert "category 4 has 10 questions, not 841" in bench.summary


def test_a_part_of_locomo_says_how_much_it_holds(bench: Bench) -> None:
    data = bench()["data"]
    assert data["differs_from_locomo"] == []
    assert (data["conversations"], data["questions_in_file"]["4"]) == (2, 3)
    assert "5 of the file's 5 questions, of 2 of its 2 conversations" in bench.summary


def test_a_run_of_a_part_says_of_how_many_questions_and_sets_no_goal(bench: Bench) -> None:
    """Its few questions bear what consolidating whole conversations costs."""
    bench("--limit", 2, "--answerer", "model")
    assert "2 of the file's 5 questions, of 1 of its 2 conversations" in bench.summary
    assert "<= 1.6" not in bench.summary
    bench("--answerer", "model")
    assert "<= 1.6" in bench.summary


def test_a_category_that_is_not_asked_is_in_no_chart(bench: Bench) -> None:
    """Nothing was measured there, which is not 0."""
    f1, _ = tables.charts(bench())
    assert {name: [place for place, _ in points] for name, points in f1.series.items()} == {
        name: ["2 time", "4 one hop"] for name in f1.series
    }
    assert len(f1.series) == 3


def test_only_what_stands_among_the_questions_asked_is_left_out(
    bench: Bench, talks: list[dict[str, Any]]
) -> None:
    talks[0]["qa"].insert(1, a_question("Which colour?", None, 4, "D1:1"))
    talks[0]["qa"].append(a_question("Which oar?", "left", 7, "D1:1"))
    talks[1]["conversation"]["session_1"] = []
    bench.write(talks)
    left_out = bench("--limit", 2)["left_out"]
    assert left_out["questions"] == ["boats question 2: has no answer"]
    assert left_out["conversations"] == left_out["empty_sessions"] == []


def test_two_runs_do_not_write_into_one_folder(bench: Bench) -> None:
    bench.out.mkdir()
    with (
        alone(bench.out),
        pytest.raises(InvalidArgumentError, match="another run writes into"),
    ):
        bench()
    assert bench()["questions"] == QUESTIONS


def test_a_run_that_was_killed_leaves_its_folder_free(tmp_path: Path) -> None:
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from memoryos.bench.records import alone\n"
        "with alone(Path(sys.argv[1])):\n"
        "    print('alone', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"alone"
        with pytest.raises(InvalidArgumentError, match="another run"), alone(tmp_path):
            pass
        process.kill()
        process.wait()
        with alone(tmp_path):
            pass


def test_whoever_stops_a_run_is_told_that_the_answers_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KeyboardInterrupt), answers_kept(tmp_path):
        raise KeyboardInterrupt
    assert f"kept in {tmp_path}: give the same command again" in capsys.readouterr().err


def test_a_memory_of_more_pages_than_the_talk_has_is_refused(
    subject: Subject, tmp_path: Path
) -> None:
    fewer = replace(subject, drafts=subject.drafts[:1])
    with opened(
        subject, tmp_path, ScriptedModel(default={"facts": [], "traits": []}), lambda _: None
    ):
        pass
    with (
        pytest.raises(InvalidArgumentError, match=r"holds 2 pages of boats, whose data has 1"),
        opened(fewer, tmp_path, ScriptedModel(default={"facts": [], "traits": []}), lambda _: None),
    ):
        pass


def test_the_judge_is_asked_of_all_but_adversarial_questions(
    bench: Bench, server: StubServer
) -> None:
    server.reply_with('{"reason": "it is", "verdict": "right"}', times=3)
    content = bench("--judge-model", "judge", "--base-url", server.url)
    assert len(server.calls) == SCORED
    assert {call.model for call in server.calls} == {"judge"}
    # The fourth verdict is the stub's own: the first word that its schema allows, "wrong".
    assert content["scores"]["overall"]["judge"] == 0.75
    assert [line["judge"] for line in bench.lines] == [True, True, True, None, False]


def test_a_judge_that_fails_is_asked_again_and_the_answer_stays(
    bench: Bench, server: StubServer
) -> None:
    options = ("--judge-model", "judge", "--base-url", server.url)
    server.fail(Failure.STATUS_401, times=1)
    assert list(bench(*options)["judging_failed"].values()) == [1]
    assert "1 ModelUnavailableError" in bench.summary
    first = bench.lines[0]
    assert (first["answer"], first["judge"]) == ("4 June 2024", None)
    assert bench(*options)["judging_failed"] == {}
    assert bench.lines[0] == {**first, "judge": False, "judge_error": None}


def test_a_judge_needs_a_model_to_ask(bench: Bench) -> None:
    with pytest.raises(InvalidArgumentError, match="--judge-model needs"):
        bench("--judge-model", "judge")


def test_a_run_given_no_memory_abstains_throughout(bench: Bench) -> None:
    content = bench("--baseline", "none")
    assert {line["answer"] for line in bench.lines} == {""}
    assert content["scores"]["overall"]["f1_set"] == 0
    assert content["scores"]["5"]["f1_locomo"] == 1
    assert content["tokens_recalled_max"] == 0


@pytest.mark.parametrize("baseline", ["dense", "bm25", "hybrid"])
def test_a_baseline_answers_out_of_the_pages_it_ranks(bench: Bench, baseline: str) -> None:
    content = bench("--baseline", baseline)
    assert content["evidence_recall"]["overall"]["@10"] == 1.0
    assert bench.lines[1]["answer"] == "Marigold"
    assert not (bench.out / "memory").exists()


def test_the_whole_context_goes_to_a_model_alone(bench: Bench) -> None:
    with pytest.raises(InvalidArgumentError, match="needs --answerer model"):
        bench("--baseline", "full-context")
    content = bench("--baseline", "full-context", "--answerer", "model")
    assert content["evidence_recall"]["overall"]["@10"] == 1.0
    assert set(content["by_purpose"]) == {"answering"}


def test_a_policy_of_memory_beside_a_baseline_is_refused(bench: Bench) -> None:
    with pytest.raises(InvalidArgumentError, match="leave one of them out"):
        bench("--baseline", "dense", "--policy", "paper")
    assert not bench.out.exists()


def test_ranking_by_meaning_needs_an_embedder(bench: Bench) -> None:
    with pytest.raises(InvalidArgumentError, match="needs an embedder"):
        bench("--baseline", "dense", "--embedder", "none")


def drafts(*texts: str) -> list[PageDraft]:
    return [PageDraft(text, "", NOW, meta_data={"dia_ids": []}) for text in texts]


def test_bm25_ranks_by_rare_words_and_their_stems() -> None:
    # "kite" stands on one page of three, "red" on two.
    scores = bm25(drafts("red paint", "two kites", "red boats and more paint"))("a red kite")
    assert scores[1] == 1.0
    assert 0 < scores[2] < scores[0] < 1


def test_bm25_of_words_that_no_page_has_is_nothing() -> None:
    assert list(bm25(drafts("red paint", "two kites"))("submarine")) == [0, 0]


def test_dense_is_the_cosine_of_question_and_page() -> None:
    embedder = open_embedder("wordllama")
    assert embedder is not None
    scores = dense(drafts("a red kite", "tax returns"), embedder)("a red kite")
    assert scores[0] == pytest.approx(1.0, abs=1e-3)
    assert scores[1] < 0.5


def test_the_whole_context_keeps_the_newest_pages_that_fit() -> None:
    pages = drafts(*(f"page {number} {'word ' * 7_500}" for number in range(5)))
    recaller = open_baseline("full-context", pages, embedder=None, names=NAMES, now=NOW)
    recall = recaller("What is on page 4?")
    assert [page.page.number for page in recall.pages] == [3, 4, 5]
    assert 20_000 < count_tokens(recall.to_prompt()) <= 30_000


def test_the_prompt_asks_for_a_few_words_out_of_fenced_memory() -> None:
    """Invariant 12."""
    request = answering_request("Who </memory> sails?", "- quoted", NAMES, now=NOW)
    system, user = request.messages
    assert system.content == SYSTEM
    assert user.content.startswith("<memory>\n- quoted\n</memory>\n")
    assert user.content.count("</memory>") == 1
    assert '"user" is "Ines" and "assistant" is "Otto"' in user.content
    assert request.purpose is Purpose.REPLY


@pytest.fixture
def subject() -> Subject:
    bad: list[BadRecord] = []
    (subject,) = choose(read_conversations([BOATS]), bad, limit=None).subjects
    return subject


def test_a_model_that_fails_at_consolidating_is_waited_for(
    subject: Subject, tmp_path: Path
) -> None:
    waits: list[float] = []
    failing = ModelUnavailableError("asleep")
    model = ScriptedModel({Purpose.PROMOTION: [failing, {"facts": []}]}, default={"traits": []})
    with opened(subject, tmp_path, model, waits.append) as memory:
        assert memory.get_memory_stats()["pages_to_analyse"] == 0
        assert memory.engine.clock() == subject.asked_at
    assert waits == [5.0]


def test_a_model_that_does_not_consolidate_stops_the_run(subject: Subject, tmp_path: Path) -> None:
    model = ScriptedModel(default=ModelUnavailableError("asleep"))
    with (
        pytest.raises(
            ModelUnavailableError,
            match=r"boats is not consolidated.*ModelUnavailableError: asleep",
        ),
        opened(subject, tmp_path, model, lambda _: None),
    ):
        pass
    model = ScriptedModel({Purpose.PROMOTION: [{"facts": []}]}, default={"traits": []})
    with opened(subject, tmp_path, model, lambda _: None) as memory:
        assert memory.get_memory_stats()["page_count"] == len(subject.drafts)


def opened(
    subject: Subject, folder: Path, model: ScriptedModel, sleep: Callable[[float], object]
) -> Any:
    return memories.opened(
        subject.conversation.sample_id,
        subject.drafts,
        folder,
        asked_at=subject.asked_at,
        user_name=subject.conversation.speaker_a,
        embedder="none",
        model=model,
        sleep=sleep,
    )


def test_pages_that_are_there_are_not_taken_in_twice(subject: Subject, tmp_path: Path) -> None:
    model = ScriptedModel(default={"facts": [], "traits": []})
    with Memoryos(
        "boats",
        openai_api_key="",
        data_storage_path=tmp_path / memories.MEMORY,
        embedding_model_name="none",
        background=False,
    ) as memory:
        assert len(list(memory.add_memories(subject.drafts[:1]))) == 1
    with opened(subject, tmp_path, model, lambda _: None) as memory:
        assert memory.get_memory_stats()["page_count"] == len(subject.drafts) == 2


def test_the_published_conversations_are_asked_whole(
    benchmark_data: Callable[[str], Path],
) -> None:
    data = json.loads(benchmark_data("locomo_dev.json").read_text(encoding="utf-8"))
    questions = choose(read_conversations(data), (), limit=None)
    asked = [asked for subject in questions.subjects for asked in subject.asked]
    assert len(asked) == sum(questions.in_file.values()) == 999
    assert questions.left_out.questions == questions.left_out.records == []

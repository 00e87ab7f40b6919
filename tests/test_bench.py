"""The benchmarks measure what they say, on two short talks whose figures are worked by hand."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from builders import a_page
from typer.testing import CliRunner, Result

from memoryos.bench import recall, report, scale
from memoryos.bench.synthetic import SPAN, talk
from memoryos.cli.bench import app
from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.model import Speaker, Tier
from memoryos.recall import RecalledPage, Turn
from memoryos.text.tokens import count_tokens
from memoryos.transfer import locomo


def a_talk(sample_id: str, speakers: tuple[str, str], *sessions: list[str], **qa: Any) -> Any:
    """A LoCoMo conversation; a turn is "A words" or "B words", dated a day after each other."""
    conversation: dict[str, Any] = {"speaker_a": speakers[0], "speaker_b": speakers[1]}
    for number, said in enumerate(sessions, start=1):
        conversation[f"session_{number}_date_time"] = f"9:30 am on {number} May, 2023"
        conversation[f"session_{number}"] = [
            {
                "speaker": speakers["AB".index(turn[0])],
                "dia_id": f"D{number}:{place}",
                "text": turn[2:],
            }
            for place, turn in enumerate(said, start=1)
        ]
    return {"sample_id": sample_id, "conversation": conversation, **qa}


def a_question(text: str, category: int, *evidence: str) -> dict[str, Any]:
    return {"question": text, "answer": "-", "category": category, "evidence": [*evidence]}


# Pages: D1:1 (a turn of B that opens), D1:2 + D1:3 + D1:4, D1:5, D2:1 + D2:2.
MINA = a_talk(
    "mina",
    ("Mina", "Theo"),
    [
        "B Good morning, Mina!",
        "A I adopted a tortoise called Waffle last weekend.",
        "B A tortoise! What does Waffle eat?",
        "B My uncle keeps bees in Graz.",
        "A Waffle eats dandelions from the terrace.",
    ],
    ["A My violin exam is on Thursday.", "B Good luck with the violin exam!"],
    qa=[
        a_question("What did Mina call her tortoise?", 4, "D1:2"),
        a_question("Where does Theo's uncle keep bees?", 4, "D1:4"),
        a_question("Which pet and which exam did Mina mention?", 1, "D1:2", "D2:1"),
        a_question("When is the violin exam?", 2, "D2:1", "D9:9", "D"),
        a_question("Which exam did Theo fail?", 5, "D2:1"),
        a_question("Would Mina like a desert?", 3),
    ],
)
OTTO = a_talk(
    "otto",
    ("Otto", "Lena"),
    ["A The submarine model needs more glue.", "B Paint the periscope first."],
    qa=[a_question("What does the submarine model need?", 4, "D1:1")],
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "talks.json"
    path.write_text(json.dumps([MINA, OTTO]))
    return path


def bench(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def recall_report(data: Path) -> dict[str, Any]:
    out = data.parent / "results" / "recall.json"
    result = bench("recall", "--data", data, "--json", out)
    assert result.exit_code == 0, result.output
    content: dict[str, Any] = json.loads(out.read_text())
    assert f"{content['evidence_recall']['overall']['@10']:.3f}" in result.stdout
    return content


def test_the_recall_report_has_its_keys(recall_report: dict[str, Any]) -> None:
    assert {
        "evidence_recall",
        "evidence_turns_in_tokens",
        "abstention",
        "questions",
        "pages",
        "ingest_pages_per_s",
        "recall_p50_ms",
        "recall_p95_ms",
    } <= set(recall_report)
    assert list(recall_report["evidence_recall"]) == ["overall", "1", "2", "3", "4"]
    assert all(
        list(found) == ["@5", "@10", "@20"] for found in recall_report["evidence_recall"].values()
    )
    assert list(recall_report["evidence_turns_in_tokens"]) == ["500", "1000", "2000"]
    assert {"command", "commit", "versions", "machine", "settings", "data_sha256"} <= set(
        recall_report["run"]
    )


def test_the_recall_report_counts_what_was_asked(recall_report: dict[str, Any]) -> None:
    assert recall_report["pages"] == 5
    assert recall_report["questions"] == 5
    assert recall_report["questions_by_category"] == {"1": 1, "2": 1, "3": 0, "4": 3}
    assert recall_report["evidence_left_out"] == ["mina D9:9", "mina D"]


def test_evidence_said_in_the_words_of_the_question_is_found(recall_report: dict[str, Any]) -> None:
    found = recall_report["evidence_recall"]
    assert found["4"] == {"@5": 1.0, "@10": 1.0, "@20": 1.0}
    assert found["2"] == {"@5": 1.0, "@10": 1.0, "@20": 1.0}
    assert found["3"] == {"@5": None, "@10": None, "@20": None}
    assert recall_report["evidence_turns_in_tokens"]["2000"] >= 0.8


def test_questions_about_another_talk_get_no_page(recall_report: dict[str, Any]) -> None:
    assert recall_report["abstention"] == 1.0


def test_overall_is_the_mean_over_questions_not_over_categories() -> None:
    results = recall.Results(abstained=[True, False, False], seconds=[0.001, 0.003])
    results.evidence[1] = [{5: 0.5, 10: 0.5, 20: 1.0}]
    results.evidence[4] = [{5: 0.0, 10: 1.0, 20: 1.0}] * 3
    results.in_tokens = {500: [0.0, 0.5], 1000: [1.0, 0.5], 2000: [1.0, 1.0]}
    figures = recall.figures(results, pages=10, ingest_seconds=2.0)
    assert figures["evidence_recall"]["overall"] == {"@5": 0.125, "@10": 0.875, "@20": 1.0}
    assert figures["evidence_recall"]["1"] == {"@5": 0.5, "@10": 0.5, "@20": 1.0}
    assert figures["evidence_recall"]["2"] == {"@5": None, "@10": None, "@20": None}
    assert figures["evidence_turns_in_tokens"] == {"500": 0.25, "1000": 0.75, "2000": 1.0}
    assert figures["abstention"] == 0.3333
    assert figures["questions"] == 4
    assert figures["ingest_pages_per_s"] == 5.0
    assert figures["recall_p50_ms"] == 2.0


def test_the_share_of_evidence_counts_each_turn_once() -> None:
    assert recall.share(["D1:1", "D1:4"], found=["D1:4", "D1:4", "D3:3"]) == 0.5


def a_recalled_page(rank: int, *excerpts: str, turns: list[str]) -> RecalledPage:
    return RecalledPage(
        page=a_page(rank, meta_data={"dia_ids": turns}),
        rank=rank,
        score=1.0,
        signals={},
        turns=tuple(Turn(Speaker.USER, text, 1.0) for text in excerpts),
        tier=Tier.MID_TERM,
        language="en",
        age_seconds=0.0,
    )


def test_turns_count_while_the_excerpts_of_the_best_pages_fit_the_budget() -> None:
    said = {"D1:1": "I sing.\nOften.", "D1:2": "I swim.", "D1:3": "I run."}
    turns = {dia_id: locomo.Turn(dia_id, "Mina", text) for dia_id, text in said.items()}
    ranked = [
        a_recalled_page(1, "I sing.", "Often.", turns=["D1:1", "D1:2"]),
        a_recalled_page(2, "I run.", turns=["D1:3"]),
    ]
    first, second = (count_tokens(page.excerpt) for page in ranked)
    # D1:2 is on the first page, but its words are not in the excerpt.
    assert recall.turns_within(ranked, first - 1, turns) == set()
    assert recall.turns_within(ranked, first + second - 1, turns) == {"D1:1"}
    assert recall.turns_within(ranked, first + second, turns) == {"D1:1", "D1:3"}


def test_a_file_without_questions_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talks.json"
    path.write_text(json.dumps([{**OTTO, "qa": []}]))
    result = bench("recall", "--data", path, "--json", tmp_path / "out.json")
    assert isinstance(result.exception, UnreadableInputError)


def test_a_file_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talks.json"
    path.write_text("[" * 100_000 + "]" * 100_000)
    result = bench("recall", "--data", path, "--json", tmp_path / "out.json")
    assert isinstance(result.exception, UnreadableInputError)


def test_an_unwritable_report_is_told_before_the_run(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = bench("recall", "--data", data, "--json", tmp_path / "file" / "out.json")
    assert isinstance(result.exception, InvalidArgumentError)


def test_checking_a_report_leaves_an_earlier_one_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "earlier.json").write_text("{}")
    report.check_writable(tmp_path / "earlier.json")
    report.check_writable(tmp_path / "new" / "out.json")
    assert (tmp_path / "earlier.json").read_text() == "{}"
    assert not (tmp_path / "new" / "out.json").exists()


def test_made_up_talk_is_the_same_every_time_and_runs_forward_over_years() -> None:
    pages = list(talk(300))
    assert pages == list(talk(300))
    assert pages != list(talk(300, seed=8))
    assert all(one.timestamp < next_.timestamp for one, next_ in pairwise(pages))
    assert pages[-1].timestamp - pages[0].timestamp > SPAN * 0.9


def test_made_up_talk_comes_back_to_its_topics_with_an_ever_larger_vocabulary() -> None:
    words = [set(page.user_input.split()) for page in talk(2000)]
    early, late = set().union(*words[:1000]), set().union(*words[1000:])
    assert len(early & late) > 300
    assert len(late - early) > 300


def test_the_scale_report_has_every_figure_of_each_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scale, "COLD_RUNS", 1)
    figures = scale.measure_size(tmp_path, 30, embedder="none", tell=lambda stage: None)
    assert set(figures) == {
        "import_pages_per_s",
        "filing_pages_per_s",
        "disk_kb_per_page",
        "add_p50_ms",
        "add_p95_ms",
        "recall_p50_ms",
        "recall_p95_ms",
        "recall_after_add_p50_ms",
        "recall_after_add_p95_ms",
        "cold_process_ms",
        "cold_open_and_recall_ms",
        "cold_owner_ms",
        "rss_mb",
    }
    assert figures["add_p50_ms"] <= figures["add_p95_ms"]


def test_sizes_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    result = bench("scale", "--pages", "1000,many", "--json", tmp_path / "out.json")
    assert isinstance(result.exception, InvalidArgumentError)


def test_a_run_tells_its_time(tmp_path: Path) -> None:
    started_at = datetime.now(timezone.utc) - timedelta(seconds=5)
    settings = {"policy": "paper"}
    content = report.report("recall", {"pages": 1}, settings=settings, started_at=started_at)
    assert content["pages"] == 1
    assert content["run"]["seconds"] >= 5
    assert content["run"]["settings"] == settings

"""The benchmarks measure what they say, on two short talks whose figures are worked by hand."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders import a_page
from typer.testing import CliRunner, Result

from memoryos.bench import beside_a_model, calls, recall, report, scale, topics
from memoryos.bench.locomo.asked import LeftOut, subject_of
from memoryos.bench.synthetic import SPAN, talk
from memoryos.bench.tables import cell
from memoryos.cli.bench import app
from memoryos.embedders import open_embedder
from memoryos.errors import InvalidArgumentError, UnreadableInputError
from memoryos.model import Speaker, Tier
from memoryos.recall import RecalledPage, Turn
from memoryos.testing.stub_server import StubServer
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
    result = bench("recall", "--data", data, "--json", out, "--out", data.parent / "recall")
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


def test_the_folder_of_a_run_holds_what_its_json_file_holds(
    data: Path, recall_report: dict[str, Any]
) -> None:
    """C8."""
    folder = data.parent / "recall"
    assert report.read_folder(folder) == recall_report
    summary = (folder / "summary.md").read_text()
    assert recall_report["run"]["command"] in summary
    assert f"| overall | 5 | {recall_report['evidence_recall']['overall']['@5']:.3f} |" in summary
    for chart in ("recall-by-category", "recall-by-tokens"):
        assert f"({chart}.svg)" in summary
        assert (folder / f"{chart}.svg").is_file()


def test_the_recall_report_counts_what_was_asked(recall_report: dict[str, Any]) -> None:
    assert recall_report["pages"] == 5
    assert recall_report["questions"] == 5
    assert recall_report["questions_by_category"] == {"1": 1, "2": 1, "3": 0, "4": 3}
    left_out = {kind: names for kind, names in recall_report["left_out"].items() if names}
    assert left_out == {
        "evidence": ["mina question 4: D9:9", "mina question 4: D"],
        "without_evidence": ["mina question 6"],
    }


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


def test_a_run_whose_report_would_go_nowhere_is_refused(data: Path) -> None:
    result = bench("recall", "--data", data)
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
    result = bench("scale", "--pages", "30", "--embedder", "none", "--out", tmp_path / "scale")
    assert result.exit_code == 0, result.output
    content = report.read_folder(tmp_path / "scale")
    assert all(milliseconds > 0 for milliseconds in content["start"].values())
    figures = content["by_pages"]["30"]
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
        "cold_reading_ms",
        "cold_building_ms",
        "rss_mb",
    }
    assert figures["add_p50_ms"] <= figures["add_p95_ms"]
    assert f"| disk per page, KB | {cell(figures['disk_kb_per_page'])} |" in result.stdout
    assert (tmp_path / "scale" / "latency-by-pages.svg").is_file()


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


def test_recall_is_measured_without_the_model_that_is_configured(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with StubServer() as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        result = bench("recall", "--data", data, "--json", tmp_path / "out.json")
        assert result.exit_code == 0, result.output
        assert server.calls == ()


# Three evenings: with the last page, the 17th, ten have left short-term memory.
NORA = a_talk(
    "nora",
    ("Nora", "Ravi"),
    ["A I planted figs."],
    ["A The figs need water."],
    [f"A My fig tree number {number} grew a leaf." for number in range(15)],
)
NORA_PAGES = 17


@pytest.fixture
def short_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BLOCKS": 2, "BLOCK_ADDS": 3, "REPLIES": 2, "SLEEP_SECONDS": 0.2}.items():
        monkeypatch.setattr(beside_a_model, name, value)


def bench_calls(folder: Path, *options: object) -> dict[str, Any]:
    (folder / "talks.json").write_text(json.dumps([{**MINA, "qa": MINA["qa"][:2]}, NORA]))
    arguments = ("--data", folder / "talks.json", "--pages", 20, "--out", folder / "calls")
    result = bench("calls", *arguments, *options)
    assert result.exit_code == 0, result.output
    content = report.read_folder(folder / "calls")
    assert f"{content['taken_in']['live']['prompt_tokens_per_page']:.1f}" in result.stdout
    return content


@pytest.mark.usefixtures("short_runs")
def test_calls_are_counted_as_the_worker_makes_them(tmp_path: Path) -> None:
    content = bench_calls(tmp_path)
    live, steady, rules = content["taken_in"].values()
    pages = content["pages"]
    assert pages == 4 + NORA_PAGES
    # Each evening ends in a rest, and its pages are promoted then, or when they were hot before.
    evenings = 2 + 3
    assert live["by_purpose"]["promotion"]["calls_per_100_pages"] == round(
        100 * evenings / pages, 1
    )
    assert steady["by_purpose"]["filing"]["calls_per_100_pages"] == round(100 * 1 / pages, 1)
    assert rules["calls_per_100_pages"] == rules["prompt_tokens_per_page"] == 0
    assert live["failures"] == steady["failures"] == 0
    assert live["evidence_recall"] == {"@5": 1.0, "@10": 1.0, "@20": 1.0}
    assert 0 < live["tokens_recalled_mean"] <= live["tokens_recalled_max"] <= 2000
    assert content["replies_are_the_stubs"]


@pytest.mark.usefixtures("short_runs")
def test_calls_are_counted_by_stretches_of_an_owners_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "STRETCH_PAGES", 2)
    live = bench_calls(tmp_path)["taken_in"]["live"]["by_pages"]
    assert list(live) == [str(pages) for pages in range(2, NORA_PAGES, 2)]
    assert [stretch["owners"] for stretch in live.values()] == [2, 2, 1, 1, 1, 1, 1, 1]
    # Nora's evenings end before her 2nd page and her 3rd, Mina's before her 4th.
    assert live["2"]["calls_per_100_pages"] == 100 * 1 / 4
    assert live["4"]["calls_per_100_pages"] == 100 * 2 / 4
    charts = {"calls-by-pages.svg", "tokens-by-pages.svg", "tokens-by-purpose.svg"}
    assert {path.name for path in (tmp_path / "calls").glob("*.svg")} == charts


@pytest.mark.usefixtures("short_runs")
def test_latencies_are_given_beside_those_without_a_model(tmp_path: Path) -> None:
    content = bench_calls(tmp_path)
    beside, reply = content["beside_a_sleeping_model"], content["reply"]
    assert beside["model_calls"] >= 1
    for figure in ("add_p50_ms", "add_p95_ms", "recall_p50_ms"):
        assert all(beside[figure][which] > 0 for which in ("alone", "beside", "ratio"))
    assert reply["replies"] == 2
    assert 0 < reply["to_first_byte_p50_ms"] <= reply["to_first_byte_p95_ms"]


@pytest.mark.usefixtures("short_runs")
def test_the_model_that_is_configured_is_asked_and_its_own_count_is_given(tmp_path: Path) -> None:
    """C7."""
    with StubServer() as server:
        content = bench_calls(tmp_path, "--base-url", server.url, "--model", "house-model")
        used = server.usage()
    assert content["model"] == content["run"]["settings"]["model"] == "house-model"
    assert not content["replies_are_the_stubs"]
    runs = [content["taken_in"][name] for name in ("live", "steady")]
    asked = sum(run["prompt_tokens_per_page"] for run in runs) * content["pages"]
    assert asked == pytest.approx(sum(usage.prompt_tokens for usage in used.values()), abs=2)
    calls = sum(run["calls_per_100_pages"] for run in runs) * content["pages"] / 100
    assert calls == pytest.approx(sum(usage.calls for usage in used.values()), abs=0.1)


def test_pages_are_of_one_topic_if_others_of_the_segment_join_them() -> None:
    alike = np.zeros((5, 5), dtype=np.bool_)
    for one, two in ((0, 1), (1, 2), (3, 4)):
        alike[one, two] = alike[two, one] = True
    assert topics.topics([0, 1, 2], alike) == 1
    assert topics.topics([0, 2], alike) == 2  # what joins them is filed elsewhere
    assert topics.topics(range(5), alike) == 2
    filed = [([[0, 1, 2], [3, 4]], alike), ([[0, 3, 4]], alike)]
    found = topics.mixing(filed)
    assert (found["segments"], found["pages_per_segment"]) == (3, 2.67)
    assert found["topics_per_segment"] == 1.33
    assert found["topics_by_chance"] > 1.33
    assert topics.mixing([([], alike)])["topics_per_segment"] is None


def test_pages_that_share_words_and_meaning_are_alike() -> None:
    said = [
        "A My tortoise Waffle eats dandelions.",
        "A Waffle the tortoise sleeps all winter.",
        "A The violin exam is on Thursday.",
        "A I practise the violin for the exam.",
    ]
    (conversation,) = locomo.read_conversations([a_talk("mina", ("Mina", "Theo"), said)])
    embedder = open_embedder("wordllama")
    assert embedder is not None
    asked = subject_of(conversation, LeftOut())
    assert asked is not None
    alike = topics.likeness(asked.drafts, embedder)
    assert alike[0, 1]
    assert alike[2, 3]
    assert not alike[0, 2]
    assert not alike[0, 3]
    assert topics.topics(range(4), alike) == 2


def test_the_straw_man_files_what_comes_in_a_row() -> None:
    assert [list(run) for run in topics.runs(5, 2)] == [[0, 1], [2, 3], [4]]


# What a file has that cannot be asked


LAST_DAY = a_talk(
    "omega",
    ("Mina", "Theo"),
    ["A I adopted a tortoise called Waffle."],
    qa=[a_question("What did Mina adopt?", 4, "D1:1")],
)
LAST_DAY["conversation"]["session_1_date_time"] = "9:30 am on 31 December, 9999"

OTTO_AND_FAULTS = [
    OTTO["qa"][0],
    OTTO["qa"][0],
    {**OTTO["qa"][0], "answer": ""},
    a_question("Which category is this?", 6, "D1:1"),
    a_question("Who paints? " * 10_000, 4, "D1:2"),
    a_question("Why?", 4),
    a_question("What should be painted first?", 4, "D1:2", "D9:9"),
]

LEFT_OUT = {
    "conversations": ["silent: has no page", "omega: its last day", "\ufffd"],
    "questions": ["repeats another", "has no answer", "category 6", "otto question 5"],
    "empty_sessions": ["otto session_2"],
    "evidence": ["otto question 7: D9:9"],
    "without_evidence": ["otto question 6"],
    "records": ["conversation 1: "],
}
"""What each name must say."""


@pytest.fixture(scope="module")
def faulty_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    otto = {**OTTO, "qa": OTTO_AND_FAULTS}
    otto["conversation"] = {
        **OTTO["conversation"],
        "session_2": [],
        "session_2_date_time": "9:30 am on 2 May, 2023",
    }
    talks = [
        {"conversation": {}},
        {**MINA, "qa": []},
        otto,
        a_talk("silent", ("A", "B"), qa=[a_question("Why?", 4, "D1:1")]),
        LAST_DAY,
        {**LAST_DAY, "sample_id": "half \ud83d"},
    ]
    path = tmp_path_factory.mktemp("faulty") / "talks.json"
    path.write_text(json.dumps(talks))
    return path


@pytest.mark.parametrize("command", ["recall", "ablate", "calls"])
@pytest.mark.usefixtures("short_runs")
def test_what_cannot_be_asked_is_named_and_left_out(
    command: str, faulty_data: Path, tmp_path: Path
) -> None:
    """Issue 6: one bad record costs itself, not the run, and never goes silently."""
    pages = ("--pages", 20) if command == "calls" else ()
    result = bench(command, "--data", faulty_data, "--out", tmp_path / "run", *pages)
    assert result.exit_code == 0, result.output
    content = report.read_folder(tmp_path / "run")
    assert content["left_out"].pop("pages") == []
    assert content["left_out"].keys() == LEFT_OUT.keys()
    for kind, said in LEFT_OUT.items():
        names = content["left_out"][kind]
        assert len(names) == len(said)
        assert all(words in name for name, words in zip(names, said, strict=True)), names
    assert "| questions without evidence | 1 | otto question 6 |" in result.stdout
    if command != "calls":
        assert content["questions"] == 2
    if command != "ablate":
        assert content["pages"] == 4 + 1  # Mina's are searched, and cost, though nothing is asked


@pytest.mark.parametrize("command", ["recall", "ablate", "calls"])
def test_where_nothing_is_left_to_ask_the_reasons_are_told(command: str, tmp_path: Path) -> None:
    path = tmp_path / "talks.json"
    path.write_text(json.dumps([LAST_DAY, {**OTTO, "qa": [a_question("Why?", 4)]}]))
    result = bench(command, "--data", path, "--out", tmp_path / "run")
    assert isinstance(result.exception, UnreadableInputError)
    assert "omega: its last day" in str(result.exception)
    assert "otto question 1" in str(result.exception)
    assert not (tmp_path / "run").exists()


# What figures are called


def keys(figures: Any) -> set[str]:
    """Every key under which there are figures, but numbers and cuts."""
    inner = [keys(value) for value in figures.values() if isinstance(value, dict)]
    return {key for key in figures if key.isidentifier()}.union(*inner)


@pytest.mark.parametrize(
    ("section", "arguments"),
    [
        ("Recall", ["recall"]),
        ("Calls", ["calls", "--pages", "20"]),
        ("LoCoMo", ["locomo", "--answerer", "model"]),
        ("Ablation", ["ablate"]),
    ],
)
@pytest.mark.usefixtures("short_runs")
def test_the_handbook_explains_every_figure(
    section: str, arguments: list[str], data: Path, tmp_path: Path
) -> None:
    command, *options = arguments
    result = bench(command, "--data", data, "--out", tmp_path / "run", *options)
    assert result.exit_code == 0, result.output
    content = report.read_folder(tmp_path / "run")
    handbook = (Path(__file__).parents[1] / "benchmarks" / "README.md").read_text()
    told = re.search(rf"^## {section}.*?(?=^## )", handbook, re.MULTILINE | re.DOTALL)
    assert told is not None
    explained = set(re.findall(r"\w+", told[0]))
    of_calls = (
        keys(content.get(name, {})) for name in ("taken_in", "beside_a_sleeping_model", "reply")
    )
    assert (content.keys() - {"run"}).union(*of_calls) <= explained

"""The ablation compares recall with itself, one thing changed; its intervals are worked by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from memoryos.bench import ablate, ablate_tables, attempts, recall, variants
from memoryos.bench.bootstrap import paired_difference
from memoryos.bench.evidence import choose
from memoryos.bench.locomo.asked import Questions
from memoryos.cli.bench import app
from memoryos.errors import UnreadableInputError
from memoryos.index.index import Weights
from memoryos.transfer import locomo


def a_talk(sample_id: str, speakers: tuple[str, str], said: list[str], asked: list[Any]) -> Any:
    """A LoCoMo conversation of one session; a turn is "A words" or "B words"."""
    return {
        "sample_id": sample_id,
        "conversation": {
            "speaker_a": speakers[0],
            "speaker_b": speakers[1],
            "session_1_date_time": "9:30 am on 4 May, 2023",
            "session_1": [
                {
                    "speaker": speakers["AB".index(turn[0])],
                    "dia_id": f"D1:{place}",
                    "text": turn[2:],
                }
                for place, turn in enumerate(said, start=1)
            ],
        },
        "qa": [
            {"question": text, "answer": "-", "category": category, "evidence": evidence}
            for text, category, evidence in asked
        ],
    }


MINA = a_talk(
    "mina",
    ("Mina", "Theo"),
    [
        "A I adopted a greyhound called Waffle.",
        "B Lovely! My uncle keeps bees in Graz.",
        "A My violin exam is on Thursday.",
        "B Good luck!",
        "A Thanks! I work as a nurse, so there is little time to practise.",
    ],
    [
        ("Which pet did Mina adopt?", 4, ["D1:1"]),
        ("Where does Theo's uncle keep bees, and when is the violin exam?", 1, ["D1:2", "D1:3"]),
        ("When is the violin exam?", 2, ["D1:3", "D7:1"]),
    ],
)
OTTO = a_talk(
    "otto",
    ("Otto", "Lena"),
    ["A The submarine model needs more glue.", "B Paint the periscope first."],
    [("What does the submarine model need?", 4, ["D1:1"])],
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "talks.json"
    path.write_text(json.dumps([MINA, OTTO]))
    return path


def the_questions(data: Path) -> Questions:
    return choose(locomo.read_conversations(json.loads(data.read_bytes())), ())


@pytest.fixture(scope="module")
def figures(data: Path) -> dict[str, Any]:
    told: list[tuple[str, int, int]] = []
    found = ablate.measure(the_questions(data), progress=lambda *step: told.append(step))
    assert {f"asking: {variant.name}" for variant in variants.VARIANTS} <= {
        name for name, *_ in told
    }
    return found


def test_recall_as_it_is_has_the_figures_of_bench_recall(
    data: Path, figures: dict[str, Any]
) -> None:
    """The ablation ranks out of a working set; people ask `retrieve_memory`."""
    whole = recall.measure(
        the_questions(data), policy="default", embedder="wordllama", progress=lambda *_: None
    )
    own = figures["variants"]["recall as it is"]
    assert own["evidence_recall"] == whole["evidence_recall"]["overall"]
    assert own["evidence_turns_in_1000_tokens"] == whole["evidence_turns_in_tokens"]["1000"]
    assert own["abstention"] == whole["abstention"]


def test_recall_as_it_is_differs_from_itself_by_nothing(figures: dict[str, Any]) -> None:
    own = figures["variants"]["recall as it is"]
    assert own["difference"] == {"mean": 0, "low": 0, "high": 0}
    assert own["difference_by_conversation"] == {"mina": 0, "otto": 0}


def test_what_is_taken_away_is_gone(figures: dict[str, Any]) -> None:
    assert figures["variants"]["without abstention"]["abstention"] == 0
    assert figures["variants"]["recall as it is"]["abstention"] > 0


def test_the_persona_costs_tokens_of_the_prompt(figures: dict[str, Any]) -> None:
    prompts = figures["prompts"]
    assert prompts["without the persona"]["tokens"] < prompts["as it is"]["tokens"]
    assert prompts["without the persona"]["evidence"] == prompts["as it is"]["evidence"] == 1


def test_every_variant_changes_something() -> None:
    default, *others = variants.VARIANTS
    assert default == variants.Variant("recall as it is", "part")
    assert len({variant.name for variant in others}) == len(others)
    for variant in others:
        changed = (variant.weights, variant.read, variant.embedded, variant.policy, variant.attempt)
        assert changed != (Weights(), default.read, True, "default", None), variant.name


def test_the_report_has_a_row_for_each_variant(data: Path, tmp_path: Path) -> None:
    """C8; the seed is recorded."""
    result = CliRunner().invoke(
        app, ["ablate", "--data", str(data), "--out", str(tmp_path / "report")]
    )
    assert result.exit_code == 0, result.output
    summary = (tmp_path / "report" / "summary.md").read_text()
    assert all(f"| {variant.name} |" in summary for variant in variants.VARIANTS)
    assert json.loads((tmp_path / "report" / "run.json").read_text())["seed"] == ablate.SEED


def test_a_difference_is_drawn_within_its_interval(figures: dict[str, Any]) -> None:
    parts, tried = ablate_tables.charts(figures)
    drawn = [name for name, _ in parts.series["difference"]]
    assert "policy paper" in drawn
    assert "recall as it is" not in drawn
    found = figures["variants"]["without BM25"]["difference"]
    assert parts.ends["without BM25"] == (100 * found["low"], 100 * found["high"])
    assert [name for name, _ in tried.series["difference"]] == list(attempts.ATTEMPTS)


def test_where_no_question_differs_there_is_no_interval(figures: dict[str, Any]) -> None:
    parts, *_ = ablate_tables.tables({**figures, "left_out": {}})
    at = parts.columns.index("difference @10")
    (own,) = [row for row in parts.rows if row[0] == "recall as it is"]
    assert own[at : at + 2] == ("0", "-")


def test_a_file_without_evidence_is_refused() -> None:
    silent = a_talk("silent", ("A", "B"), ["A Hello."], [("Why?", 4, ["D9:9"])])
    with pytest.raises(UnreadableInputError, match=r"no question .*silent question 1"):
        choose(locomo.read_conversations([silent]), ())


def test_questions_that_gain_the_same_leave_no_doubt() -> None:
    assert paired_difference([[0.5] * 30], seed=1) == paired_difference([[0.5] * 30], seed=2)
    found = paired_difference([[0.5] * 30], seed=1)
    assert (found.mean, found.low, found.high) == (0.5, 0.5, 0.5)


def test_questions_are_drawn_within_their_conversation() -> None:
    """All of one conversation gain 1, all of the other lose 1: no draw within them says else."""
    found = paired_difference([[1.0] * 20, [-1.0] * 20, []], seed=1)
    assert (found.mean, found.low, found.high) == (0, 0, 0)


def test_an_interval_is_that_of_a_mean_of_draws() -> None:
    """400 questions, half of which gain 1: mean 0.5, standard error 0.5 / 20 = 0.025, so that 95%
    of the draws lie within 1.96 of it, 0.451 to 0.549."""
    found = paired_difference([[0.0, 1.0] * 200], seed=1)
    assert found.mean == 0.5
    assert (found.low, found.high) == pytest.approx((0.451, 0.549), abs=0.004)
    assert found == paired_difference([[0.0, 1.0] * 200], seed=1)

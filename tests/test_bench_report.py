"""Reports of benchmarks: a folder of figures, tables and charts, and runs laid side by side."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import datetime, timezone
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from matplotlib import style
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from typer.testing import CliRunner, Result

from memoryos.bench import charts, comparison, origin, report
from memoryos.bench.charts import Chart, draw
from memoryos.bench.records import hold
from memoryos.bench.tables import Table, cell, markdown
from memoryos.cli.bench import app
from memoryos.errors import InvalidArgumentError, MissingExtraError, UnreadableInputError

FOUND = Table("Found", ("questions", "@5"), (("overall", "0.750"), ("a | b", "-")), caption="Few.")
TOKENS = Chart(
    "tokens",
    "Evidence in tokens",
    x="budget, tokens",
    y="evidence, share",
    series={"ours": [(500, 0.7), (1000, 0.8)], "theirs": [(500, 0.4), (1000, 0.5)]},
)


def a_report(benchmark: str, figures: dict[str, Any], **others: Any) -> dict[str, Any]:
    started_at = datetime(2026, 11, 21, 9, 30, tzinfo=timezone.utc)
    settings = others.pop("settings", {})
    return report.report(benchmark, figures, settings=settings, started_at=started_at, **others)


def a_recall_run(folder: Path, shares: tuple[float, ...], **settings: str) -> Path:
    in_tokens = dict(zip(("500", "1000", "2000"), shares, strict=True))
    figures = {"evidence_turns_in_tokens": in_tokens, "left_out": {"evidence": ["mina D9"]}}
    return a_folder(folder, a_report("recall", figures, settings=settings))


def a_scale_run(folder: Path, *milliseconds: float) -> Path:
    by_pages = {
        str(10**power): {"recall_p50_ms": value, "add_p50_ms": 1.0}
        for power, value in enumerate(milliseconds, start=3)
    }
    return a_folder(folder, a_report("scale", {"by_pages": by_pages, "runs": {"recall": 200}}))


def a_calls_run(folder: Path, *calls: float) -> Path:
    by_pages = {
        str(50 * place): {"calls_per_100_pages": value, "prompt_tokens_per_page": 300.0}
        for place, value in enumerate(calls, start=1)
    }
    return a_folder(folder, a_report("calls", {"taken_in": {"live": {"by_pages": by_pages}}}))


def a_folder(folder: Path, content: dict[str, Any]) -> Path:
    report.check_folder(folder, content["run"]["benchmark"])
    report.write_folder(folder, content, tables=[], charts=[])
    return folder


def bench_report(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["report", *map(str, arguments)])


def rows(output: str) -> list[list[str]]:
    """The cells of the Markdown tables in it."""
    lines = [line for line in output.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def words(svg: Path) -> set[str]:
    """What stands in an SVG as text."""
    return {"".join(text.itertext()).strip() for text in ElementTree.parse(svg).iter()}


# The folder of a run


def test_a_run_is_read_back_from_its_folder_as_it_was_written(tmp_path: Path) -> None:
    content = a_report("recall", {"pages": 5, "abstention": None})
    report.check_folder(tmp_path / "new" / "run", "recall")
    report.write_folder(tmp_path / "new" / "run", content, tables=[FOUND], charts=[TOKENS])
    assert report.read_folder(tmp_path / "new" / "run") == content


def test_a_run_is_read_back_from_its_json_file(tmp_path: Path) -> None:
    content = a_report("recall", {"pages": 5})
    report.write(tmp_path / "run.json", content)
    assert report.read_folder(tmp_path / "run.json") == content


def test_the_summary_says_what_was_found_by_which_command_and_commit(tmp_path: Path) -> None:
    """C8."""
    content = a_report("recall", {"pages": 5})
    report.write_folder(tmp_path, content, tables=[FOUND], charts=[TOKENS])
    summary = (tmp_path / "summary.md").read_text()
    assert f"`{content['run']['command']}`" in summary
    assert str(content["run"]["commit"] or "Not in git") in summary
    assert "2026-11-21T09:30:00+00:00" in summary
    assert markdown(FOUND) in summary
    assert "![Evidence in tokens](tokens.svg)" in summary
    assert (tmp_path / "tokens.svg").is_file()


def test_a_report_tells_its_data_its_seed_and_what_a_model_was_told(tmp_path: Path) -> None:
    """C8. Prompts and data by their hashes."""
    (tmp_path / "data.json").write_text("[]")
    run = a_report("locomo", {}, data=tmp_path / "data.json", prompts={"answer": "Say."}, seed=7)
    assert run["run"]["data_sha256"] == sha256(b"[]").hexdigest()
    assert run["run"]["prompts_sha256"] == {"answer": sha256(b"Say.").hexdigest()}
    assert run["run"]["seed"] == 7


def test_the_command_of_a_report_can_be_pasted_into_a_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "argv", ["memoryos", "bench", "recall", "--data", "my talks.json"])
    command = a_report("recall", {})["run"]["command"]
    assert command == "memoryos bench recall --data 'my talks.json'"


def test_a_report_names_the_scorer_that_was_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "nltk", raising=False)
    assert "nltk" not in a_report("recall", {})["run"]["versions"]
    monkeypatch.setitem(sys.modules, "nltk", pytest)
    assert "nltk" in a_report("locomo", {})["run"]["versions"]


def test_without_matplotlib_a_report_lacks_its_charts_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    content = a_report("recall", {"pages": 5})
    report.write_folder(tmp_path, content, tables=[FOUND], charts=[TOKENS])
    assert {path.name for path in tmp_path.iterdir()} == {"summary.json", "run.json", "summary.md"}
    assert report.read_folder(tmp_path) == content
    assert 'pip install "memoryos-engine[bench]"' in (tmp_path / "summary.md").read_text()


def test_a_folder_that_cannot_be_made_is_told_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(InvalidArgumentError):
            report.check_folder(folder, "recall")


def test_checking_a_folder_leaves_nothing_in_it(tmp_path: Path) -> None:
    report.check_folder(tmp_path / "run", "recall")
    assert list((tmp_path / "run").iterdir()) == []


def test_a_report_of_another_benchmark_is_not_written_over(tmp_path: Path) -> None:
    run = a_scale_run(tmp_path / "run", 1.1)
    before = {path.name: path.read_bytes() for path in run.iterdir()}
    with pytest.raises(InvalidArgumentError, match="holds a report of memoryos bench scale"):
        report.check_folder(run, "recall")
    assert {path.name: path.read_bytes() for path in run.iterdir()} == before
    report.check_folder(run, "scale")


def test_a_comparison_goes_over_a_comparison_alone(tmp_path: Path) -> None:
    ours = a_recall_run(tmp_path / "ours", (0.7, 0.8, 0.9))
    assert isinstance(bench_report(ours, "--out", ours).exception, InvalidArgumentError)
    for _ in range(2):
        assert bench_report(ours, "--out", tmp_path / "compared").exit_code == 0
    with pytest.raises(InvalidArgumentError, match=r"summary\.md of other runs"):
        report.check_folder(tmp_path / "compared", "recall")


def test_a_run_that_is_to_go_on_is_not_written_over(tmp_path: Path) -> None:
    """What it has done is paid for; `records.hold` keeps other settings out."""
    hold(tmp_path, {"model": "house-model"})
    with pytest.raises(InvalidArgumentError, match="a run of locomo or gvd that has begun"):
        report.check_folder(tmp_path, "recall")
    report.check_folder(tmp_path, "locomo")


def test_a_run_json_of_somebody_elses_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text('["npm", "test"]')
    with pytest.raises(InvalidArgumentError, match="none of memoryos bench"):
        report.check_folder(tmp_path, "recall")


def test_a_chart_that_a_run_no_longer_has_goes_with_the_earlier_report(tmp_path: Path) -> None:
    content = a_report("recall", {"pages": 5})
    report.write_folder(tmp_path, content, tables=[], charts=[TOKENS])
    (tmp_path / "mine.svg").write_text("<svg/>")
    report.write_folder(tmp_path, content, tables=[], charts=[])
    assert not (tmp_path / "tokens.svg").exists()
    assert (tmp_path / "mine.svg").exists()


# The commit of a run


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of a project of one module, with nothing changed in it."""
    package = tmp_path / "clone" / "src" / "house"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("ROOMS = 3\n")
    git(tmp_path / "clone", "init", "--quiet")
    git(tmp_path / "clone", "add", ".")
    git(tmp_path / "clone", "commit", "--quiet", "--message", "Begin")
    return tmp_path / "clone"


def git(folder: Path, *arguments: str) -> str:
    author = ["-c", "user.name=Mina", "-c", "user.email=mina@example.org"]
    done = subprocess.run(
        ["git", *author, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_the_commit_is_that_of_the_clone_a_package_was_installed_from(
    clone: Path, tmp_path: Path
) -> None:
    """C8."""
    installed = tmp_path / "site-packages" / "house"
    shutil.copytree(clone / "src" / "house", installed)
    direct_url = json.dumps({"url": clone.as_uri(), "dir_info": {}})
    head = git(clone, "rev-parse", "--short=12", "HEAD")
    assert origin.commit_of(clone / "src" / "house", None) == head
    assert origin.commit_of(installed, direct_url) == head
    (clone / "notes.txt").touch()
    assert origin.commit_of(installed, direct_url) == f"{head}+"
    assert origin.commit_of(installed, None) is None


def test_a_clone_that_went_on_since_does_not_lend_its_commit(clone: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site-packages" / "house"
    shutil.copytree(clone / "src" / "house", installed)
    (clone / "src" / "house" / "__init__.py").write_text("ROOMS = 4\n")
    git(clone, "commit", "--quiet", "--all", "--message", "Build on")
    direct_url = json.dumps({"url": clone.as_uri(), "dir_info": {}})
    assert origin.commit_of(installed, direct_url) is None


def test_the_commit_is_the_one_that_pip_fetched(tmp_path: Path) -> None:
    fetched = {"vcs": "git", "commit_id": "0123456789abcdef" * 2}
    direct_url = json.dumps({"url": "https://example.org/house.git", "vcs_info": fetched})
    assert origin.commit_of(tmp_path, direct_url) == "0123456789ab"


# Tables and charts


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "-"),
        (0, "0"),
        (1438, "1,438"),
        (0.8154, "0.815"),
        (1.0, "1.000"),
        (1.086, "1.09"),
        (-0.0124, "-0.012"),
        (382.04, "382.0"),
        (5740.4, "5,740"),
    ],
)
def test_a_figure_is_written_to_the_digits_that_matter(value: float | None, written: str) -> None:
    assert cell(value) == written


def test_what_stands_in_a_cell_cannot_break_its_table() -> None:
    table = Table("Found", ("question", "answer"), (("a | b", "one\ntwo"),))
    assert "| a \\| b | one two |" in markdown(table)


@pytest.mark.parametrize("kind", ["line", "bar", "scatter"])
def test_a_chart_says_in_text_what_it_shows(tmp_path: Path, kind: Any) -> None:
    chart = Chart("found", TOKENS.title, TOKENS.x, TOKENS.y, TOKENS.series, kind=kind)
    assert {TOKENS.title, TOKENS.x, TOKENS.y, "ours", "theirs"} <= words(draw(chart, tmp_path))


def test_the_places_of_a_line_are_marked_on_its_axis(tmp_path: Path) -> None:
    chart = Chart("t", "t", "pages", "ms", {"p50": [(1000, 1.0), (100_000, 14.0)]}, log_x=True)
    assert {"1,000", "100,000"} <= words(draw(chart, tmp_path))


def test_an_interval_is_drawn_from_end_to_end_with_its_point_between(tmp_path: Path) -> None:
    chart = Chart(
        "t",
        "t",
        "part",
        "points",
        {"difference": [("BM25", -7.0), ("length", 0.0)]},
        kind="interval",
        ends={"BM25": (-9.0, -5.0)},
    )
    figure = Figure()
    charts.plot(figure, chart)
    (axes,) = figure.axes
    (bars,) = [item for item in axes.collections if isinstance(item, LineCollection)]
    assert [path.vertices.tolist() for path in bars.get_paths()] == [
        [[-9.0, 0.0], [-5.0, 0.0]],
        [[0.0, 1.0], [0.0, 1.0]],
    ]
    assert {"BM25", "length", "points"} <= words(draw(chart, tmp_path))


def test_bars_of_nothing_stand_on_a_scale_of_their_own() -> None:
    figure = Figure()
    charts.plot(figure, Chart("t", "t", "x", "y", {"F1": [("a", 0.0), ("b", 0.0)]}, kind="bar"))
    assert figure.axes[0].get_ylim() == (0, 1)


def test_words_of_a_bar_chart_do_not_run_into_each_other() -> None:
    """As many letters as LoCoMo's categories have, with the paper's rows beside the run's."""
    rows = ("this run", "MemoryOS, gpt-4o-mini (paper)", "A-Mem (rerun), gpt-4o-mini (paper)")
    names = ("1 several hops", "2 time", "3 open domain", "4 one hop")
    series = {row: [(name, 48.62) for name in names] for row in rows}
    figure = Figure(figsize=charts.INCHES, layout="constrained")
    with style.context(["default", charts.STYLE]):
        charts.plot(figure, Chart("t", "F1", "category", "F1, %", series, kind="bar"))
        figure.draw_without_rendering()
    (axes,) = figure.axes
    for labels in (axes.get_xticklabels(), axes.texts):
        boxes = sorted((label.get_window_extent() for label in labels), key=lambda box: box.x0)
        assert len(boxes) >= len(names)
        assert all(one.x1 < other.x0 for one, other in pairwise(boxes))


def test_names_of_bars_and_series_are_shown_word_for_word(tmp_path: Path) -> None:
    names = {"_ours": "cost in $ or $", "日本 <b>": "without the neighbours of a page"}
    series = {name: [(bar, 0.5)] for name, bar in names.items()}
    shown = words(draw(Chart("t", "t", "signal", "share", series, kind="bar"), tmp_path))
    assert {*names, *names.values()} <= shown


def test_the_same_figures_give_the_same_chart(tmp_path: Path) -> None:
    first = draw(TOKENS, tmp_path).read_bytes()
    assert draw(TOKENS, tmp_path).read_bytes() == first


def test_a_report_gives_the_points_it_has() -> None:
    by_pages = {"1000": {"ms": 1.5}, "9000": {"ms": None}, "many": {"ms": 2.0}, "5000": "?"}
    assert charts.curve({"by_pages": by_pages}, "by_pages", figure="ms") == [(1000, 1.5)]
    assert charts.curve({"by_pages": 3}, "by_pages", figure="ms") == []


def test_a_chart_without_matplotlib_names_the_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError, match=r"memoryos-engine\[bench\]"):
        draw(TOKENS, tmp_path)


# Runs side by side


def test_two_runs_stand_side_by_side_with_their_difference(tmp_path: Path) -> None:
    ours = a_recall_run(tmp_path / "ours", (0.7, 0.8, 0.9), policy="default")
    paper = a_recall_run(tmp_path / "paper", (0.4, 0.85, 0.9), policy="paper")
    result = bench_report(ours, paper)
    assert result.exit_code == 0, result.output
    shown = rows(result.stdout)
    assert shown[0] == ["recall", "ours", "paper", "difference"]
    assert ["policy", "default", "paper", ""] in shown
    assert ["started", "2026-11-21 09:30", "2026-11-21 09:30", ""] in shown
    assert "commit" in [row[0] for row in shown]
    assert ["evidence_turns_in_tokens.500", "0.700", "0.400", "-0.300"] in shown
    assert ["evidence_turns_in_tokens.1000", "0.800", "0.850", "+0.050"] in shown
    assert ["evidence_turns_in_tokens.2000", "0.900", "0.900", "0.000"] in shown
    assert "left_out.evidence" not in [row[0] for row in shown]


def test_each_benchmark_has_a_table_of_its_own(tmp_path: Path) -> None:
    folders = [a_recall_run(tmp_path / name, (0.7, 0.8, 0.9)) for name in ("a", "b", "c")]
    result = bench_report(*folders, a_scale_run(tmp_path / "scale", 1.1, 3.0))
    shown = rows(result.stdout)
    assert ["recall", "a", "b", "c"] in shown
    assert ["scale", "scale"] in shown
    assert ["by_pages.1000.recall_p50_ms", "1.10"] in shown
    assert not [row for row in shown if row[0].startswith("runs")]


def test_a_figure_that_only_one_run_has_is_shown_without_a_difference(tmp_path: Path) -> None:
    found = {
        "ours": {"abstention": 0.5, "judge": None},
        "theirs": {"abstention": None, "judge": None},
    }
    folders = [a_folder(tmp_path / name, a_report("recall", found[name])) for name in found]
    shown = rows(bench_report(*folders).stdout)
    assert ["abstention", "0.500", "-", "-"] in shown
    assert "judge" not in [row[0] for row in shown]


def test_a_run_is_known_by_as_much_of_its_path_as_tells_it_apart(tmp_path: Path) -> None:
    for day in ("monday", "tuesday"):
        a_recall_run(tmp_path / day / "recall", (0.7, 0.8, 0.9))
    result = bench_report(tmp_path / "monday" / "recall", tmp_path / "tuesday" / "recall")
    assert rows(result.stdout)[0] == ["recall", "monday/recall", "tuesday/recall", "difference"]


def test_an_interval_is_shown_by_its_ends(tmp_path: Path) -> None:
    one, other = (
        a_folder(tmp_path / name, a_report("ablate", {"gain": {"interval": [low, 0.02]}}))
        for name, low in (("one", -0.01), ("other", 0.01))
    )
    shown = rows(bench_report(one, other).stdout)
    assert ["gain.interval.0", "-0.010", "0.010", "+0.020"] in shown
    assert ["gain.interval.1", "0.020", "0.020", "0.000"] in shown


def test_half_a_character_does_not_cost_a_run_its_report(tmp_path: Path) -> None:
    run = a_folder(tmp_path / "run\udcff", a_report("recall", {"pages": 5, "records": ["\ud83d"]}))
    assert report.read_folder(run)["records"] == ["\ud83d"]
    result = bench_report(run, "--out", tmp_path / "compared")
    assert result.exit_code == 0, result.output
    assert "| pages | 5 |" in (tmp_path / "compared" / "summary.md").read_text()


def test_runs_in_json_files_stand_beside_runs_in_folders(tmp_path: Path) -> None:
    folder = a_recall_run(tmp_path / "now", (0.7, 0.8, 0.9))
    report.write(tmp_path / "before.json", report.read_folder(folder))
    result = bench_report(tmp_path / "before.json", folder)
    assert rows(result.stdout)[0] == ["recall", "before", "now", "difference"]


def test_the_comparison_is_written_with_the_charts_that_the_runs_give_points_for(
    tmp_path: Path,
) -> None:
    folders = [
        a_recall_run(tmp_path / "ours", (0.7, 0.8, 0.9)),
        a_recall_run(tmp_path / "paper", (0.4, 0.5, 0.5)),
        a_scale_run(tmp_path / "fast", 1.1, 3.0, 14.3),
        a_scale_run(tmp_path / "slow", 400.0),
        a_calls_run(tmp_path / "cheap", 28.0, 29.0),
        a_calls_run(tmp_path / "dear", 320.0, 320.0),
    ]
    out = tmp_path / "compared"
    result = bench_report(*folders, "--out", out)
    assert result.exit_code == 0, result.output
    summary = (out / "summary.md").read_text()
    assert "| evidence_turns_in_tokens.500 | 0.700 | 0.400 | -0.300 |" in summary
    assert {path.name for path in out.iterdir()} - {"summary.md"} == {
        "recall-by-tokens.svg",
        "recall-p50-by-pages.svg",
        "add-p50-by-pages.svg",
        "calls-by-pages.svg",
        "tokens-by-pages.svg",
    }
    assert {"ours", "paper", "budget, tokens"} <= words(out / "recall-by-tokens.svg")
    assert {"fast", "slow", "milliseconds"} <= words(out / "recall-p50-by-pages.svg")
    assert {"cheap", "dear", "model calls per 100 pages"} <= words(out / "calls-by-pages.svg")
    assert {"cheap", "dear", "prompt tokens per page"} <= words(out / "tokens-by-pages.svg")


def test_answers_are_drawn_against_the_tokens_they_were_given(tmp_path: Path) -> None:
    def a_run(name: str, tokens: float, f1: float) -> Path:
        figures = {"tokens_recalled_mean": tokens, "scores": {"overall": {"f1_set": f1}}}
        return a_folder(tmp_path / name, a_report("locomo", figures))

    runs = a_run("memory", 1400.0, 0.4), a_run("everything", 20_000.0, 0.5)
    bench_report(*runs, "--out", tmp_path / "out")
    shown = words(tmp_path / "out" / "locomo-f1-by-tokens.svg")
    assert {"memory", "everything", "tokens recalled, mean", "10,000"} <= shown


def a_locomo_run(folder: Path, f1: float, **figures: Any) -> Path:
    settings = figures.pop("settings", {})
    told = {"tokens_recalled_mean": 1400.0, "scores": {"overall": {"f1_set": f1}}, **figures}
    return a_folder(folder, a_report("locomo", told, settings=settings))


def test_what_the_stub_server_answered_is_told_and_in_no_chart_of_answers(tmp_path: Path) -> None:
    evidence = {"evidence_recall": {"overall": {"@10": 0.8}}}
    runs = (
        a_locomo_run(tmp_path / "real", 0.4, replies_are_the_stubs=False, **evidence),
        a_locomo_run(tmp_path / "stub", 0.1, replies_are_the_stubs=True, **evidence),
    )
    result = bench_report(*runs, "--out", tmp_path / "out")
    assert "NO MODEL WAS CONFIGURED, the stub server replied, in: stub." in result.stdout
    assert "the stub server replied, in: stub." in (tmp_path / "out" / "summary.md").read_text()
    of_real, of_both = comparison.charts(comparison.read_runs(runs)[0])[::-1]
    assert list(of_real.series) == ["real"]
    assert list(of_both.series) == ["real", "stub"]


def test_an_answerer_that_is_given_nothing_is_drawn_at_no_tokens(tmp_path: Path) -> None:
    runs = (
        a_locomo_run(tmp_path / "memory", 0.4),
        a_locomo_run(tmp_path / "none", 0.1, tokens_recalled_mean=0.0),
    )
    *_, f1 = comparison.charts(comparison.read_runs(runs)[0])
    assert f1.series["none"] == [(0.0, 0.1)]
    assert bench_report(*runs, "--out", tmp_path / "out").exit_code == 0


def test_runs_that_were_asked_different_questions_have_no_difference(tmp_path: Path) -> None:
    runs = (
        a_locomo_run(tmp_path / "all", 0.4, settings={"limit": None}),
        a_locomo_run(tmp_path / "some", 0.1, settings={"limit": 10}),
    )
    result = bench_report(*runs)
    assert rows(result.stdout)[0] == ["locomo", "all", "some"]
    assert "their figures do not compare" in result.stdout


def test_what_no_run_finds_out_is_not_repeated_for_each(tmp_path: Path) -> None:
    runs = [
        a_locomo_run(
            tmp_path / name,
            0.4,
            data={"pages": 9, "questions_asked": {"1": asked}, "questions_of_locomo": {"1": 282}},
        )
        for name, asked in (("a", 40), ("b", 42))
    ]
    shown = [row[0] for row in rows(bench_report(*runs).stdout)]
    assert [name for name in shown if name.startswith("data.")] == ["data.questions_asked.1"]


def test_charts_of_calls_say_which_way_they_show(tmp_path: Path) -> None:
    run = a_calls_run(tmp_path / "one", 28.0, 29.0)
    bench_report(run, "--out", tmp_path / "out")
    assert "Model calls per 100 pages as memory grows, live" in words(
        tmp_path / "out" / "calls-by-pages.svg"
    )


def test_a_terminal_is_told_that_the_charts_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_recall_run(tmp_path / "run", (0.7, 0.8, 0.9))
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = bench_report(run, "--out", tmp_path / "out")
    assert "The charts are left out" in result.stderr
    assert 'pip install -e ".[bench]"' in result.stderr


def test_what_is_no_report_is_named_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.json").write_bytes(b"\xff\xd8")
    (tmp_path / "list.json").write_text("[1]")
    (tmp_path / "foreign.json").write_text('{"run": {"benchmark": 3}}')
    (tmp_path / "deep.json").write_text("[" * 100_000)
    ours = a_recall_run(tmp_path / "ours", (0.7, 0.8, 0.9))
    bad = ("empty", "photo.json", "list.json", "foreign.json", "deep.json", "missing")
    out = tmp_path / "compared"
    result = bench_report(ours, *(tmp_path / name for name in bad), "--out", out)
    assert result.exit_code == 0, result.output
    assert rows(result.stdout)[0] == ["recall", "ours"]
    summary = (out / "summary.md").read_text()
    for name in bad:
        assert str(tmp_path / name) in result.stderr
        assert str(tmp_path / name) in summary


def test_a_report_that_lacks_its_figures_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    for benchmark in ("recall", "scale", "calls", "another"):
        content = {"pages": 5, "run": {"benchmark": benchmark, "settings": "?"}}
        (tmp_path / f"{benchmark}.json").write_text(json.dumps(content))
    result = bench_report(*sorted(tmp_path.glob("*.json")), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert rows(result.stdout).count(["pages", "5"]) == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["summary.md"]


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    result = bench_report(tmp_path / "missing", tmp_path)
    assert isinstance(result.exception, UnreadableInputError)
    assert str(tmp_path / "missing") in str(result.exception)

"""What a run of `memoryos bench gvd` found, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.bench.charts import Chart
from memoryos.bench.tables import Table, cell

TOLD_BY = {"date": "named by the question", "label": "labelled by hand"}

SCORES = {
    "retrieval": "memory retrieval accuracy",
    "correctness": "response correctness",
    "coherence": "contextual coherence",
}
PAPER = {"retrieval": 0.933, "correctness": 0.912, "coherence": 0.923}
"""MemoryOS (Kang et al. 2025, arXiv 2506.06326) on GVD."""

OF_THE_PAPER = (
    "The paper's figures are of another model and another judge: they say where the field stands,"
    " not who is better."
)
BY_THE_STUB = (
    "No model is configured: the stub server replied. How well a model answers, this does not tell."
)


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """Whether the right day was found; the judge's scores, if there was one; the run."""
    scores = (_scores(content),) if content["judge"] else ()
    return _right_day(content), *scores, _run(content)


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """How often the right day was found, by the number of pages, beside chance."""
    series = {
        "recall": content["right_day"]["overall"],
        "by chance": content["right_day_by_chance"],
    }
    return (
        Chart(
            "gvd-right-day",
            "A page of the right day among the best",
            x="pages",
            y="share of questions",
            series={
                name: [(cut, share) for cut, share in shares.items() if share is not None]
                for name, shares in series.items()
            },
            kind="bar",
        ),
    )


def _right_day(content: Mapping[str, Any]) -> Table:
    found, told_by = content["right_day"], content["questions_told_by"]
    rows = [("all", sum(told_by.values()), found["overall"])]
    rows += [(f"day {name}", told_by[how], found[how]) for how, name in TOLD_BY.items()]
    cuts = tuple(content["right_day_by_chance"])
    return Table(
        "A page of the right day among the best",
        ("questions", "asked", *cuts),
        (
            *((name, cell(asked), *map(cell, shares.values())) for name, asked, shares in rows),
            ("all, by chance", "", *map(cell, content["right_day_by_chance"].values())),
        ),
    )


def _scores(content: Mapping[str, Any]) -> Table:
    scores = content["scores"] or {}
    return Table(
        f"Answers ({content['answerer']}) as {content['judge']} scores them",
        ("score", "this run", "paper"),
        tuple((name, cell(scores.get(key)), cell(PAPER[key])) for key, name in SCORES.items()),
        caption=OF_THE_PAPER,
    )


def _run(content: Mapping[str, Any]) -> Table:
    counts = (
        *("users", "days", "pages", "questions", "answered_before"),
        *("questions_that_recall_nothing", "failures"),
    )
    rows = [("answers by", content["model"] or content["answerer"])]
    rows += [(key.replace("_", " "), cell(content[key])) for key in counts]
    if content["judge"]:
        rows.append(("questions rated", cell((content["scores"] or {}).get("rated", 0))))
    for key in ("cannot_be_told", "records_passed_over"):
        rows.append((key.replace("_", " "), "; ".join(content[key]) or "none"))
    caption = BY_THE_STUB if content["replies_are_the_stubs"] else ""
    return Table("The same run", ("figure", "value"), tuple(rows), caption)

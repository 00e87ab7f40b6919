"""What a run of `memoryos bench calls` found, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.bench import evidence
from memoryos.bench.charts import Chart, curve
from memoryos.bench.tables import Table, cell, spread

COST_ROWS = {
    "calls_per_100_pages": ("model calls per 100 pages", "<= 30"),
    "prompt_tokens_per_page": ("prompt tokens per page", "<= 600"),
    "completion_tokens_per_page": ("completion tokens per page", ""),
    "tokens_recalled_mean": ("tokens recalled, mean", "<= 2,000"),
    "tokens_recalled_max": ("tokens recalled, most", "<= 2,000"),
    "failures": ("failed calls", "0"),
}

BY_THE_STUB = (
    "No model is configured: the stub server replied, by rules. A model that answers alike costs as"
    " many calls and prompt tokens; how well one does, this does not tell."
)

SEGMENT_ROWS = {
    "segments": "segments",
    "pages_per_segment": "pages in a segment",
    "topics_per_segment": "topics in a segment",
    "topics_by_chance": "topics, were pages filed at random",
}

LATENCY_ROWS = {
    "add_p50_ms": "add_memory p50, ms",
    "add_p95_ms": "add_memory p95, ms",
    "recall_p50_ms": "recall p50, ms",
}


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """What the model cost, what became of the pages, whether anything waited, and what is left
    out."""
    left_out = evidence.table(content["left_out"])
    return _cost(content), _segments(content), _latency(content), left_out


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Prompt tokens per page by purpose, and the cost of a page against the pages before it."""
    runs = {name: content["taken_in"][name] for name in ("live", "steady")}
    return (
        *_by_pages({name: (content, name) for name in runs}),
        Chart(
            "tokens-by-purpose",
            "What updating costs",
            x="what the model is asked for",
            y="prompt tokens per page",
            series={
                name: [
                    (purpose, spent["prompt_tokens_per_page"])
                    for purpose, spent in run["by_purpose"].items()
                ]
                for name, run in runs.items()
            },
            kind="bar",
        ),
    )


def by_pages(runs: Mapping[str, Mapping[str, Any]]) -> tuple[Chart, ...]:
    """The cost of a page against the pages before it, taken in `live`: a series for each run under
    its name."""
    return _by_pages({name: (content, "live") for name, content in runs.items()}, ", live")


def _by_pages(
    runs: Mapping[str, tuple[Mapping[str, Any], str]], ways: str = ""
) -> tuple[Chart, ...]:
    """Each series is of a report, and of one way in which its pages were taken in; `ways` is put to
    the titles."""
    measured = {
        "calls_per_100_pages": ("calls-by-pages", "model calls per 100 pages"),
        "prompt_tokens_per_page": ("tokens-by-pages", "prompt tokens per page"),
    }
    return tuple(
        Chart(
            name,
            f"{y[0].upper()}{y[1:]} as memory grows{ways}",
            x="pages of one owner",
            y=y,
            series={
                run: curve(content, "taken_in", way, "by_pages", figure=key)
                for run, (content, way) in runs.items()
            },
        )
        for key, (name, y) in measured.items()
    )


def _cost(content: Mapping[str, Any]) -> Table:
    live, steady = content["taken_in"]["live"], content["taken_in"]["steady"]
    rows = [
        (name, cell(live[key]), cell(steady[key]), goal) for key, (name, goal) in COST_ROWS.items()
    ]
    for purpose in live["by_purpose"]:
        spent = [run["by_purpose"][purpose] for run in (live, steady)]
        in_live, in_steady = (
            f"{x['calls_per_100_pages']} / {x['prompt_tokens_per_page']}" for x in spent
        )
        rows.append((f"{purpose}: calls / tokens", in_live, in_steady, ""))
    return Table(
        f"{content['pages']:,} pages, one at a time, with {content['model']}",
        ("figure", "live", "steady", "to reach"),
        tuple(rows),
        caption=BY_THE_STUB if content["replies_are_the_stubs"] else "",
    )


def _segments(content: Mapping[str, Any]) -> Table:
    runs = content["taken_in"]
    filed = {**runs, "7 in a row": content["seven_in_a_row"]}
    found = (
        (
            f"evidence recall {cut}",
            *(cell(run["evidence_recall"][cut]) for run in runs.values()),
            "",
        )
        for cut in runs["live"]["evidence_recall"]
    )
    made = (
        (name, *(cell(figures[key]) for figures in filed.values()))
        for key, name in SEGMENT_ROWS.items()
    )
    return Table("What became of the pages", ("figure", *filed), (*found, *made))


def _latency(content: Mapping[str, Any]) -> Table:
    beside, reply = content["beside_a_sleeping_model"], content["reply"]
    compared = (
        (name, *(f"{beside[key][which]:.2f}" for which in ("alone", "beside", "ratio")))
        for key, name in LATENCY_ROWS.items()
    )
    first_byte = ("reply's first byte p50 / p95, ms (< 15)", "", spread(reply, "to_first_byte"), "")
    return Table(
        f"Beside a model that takes {beside['model_sleeps_seconds']:g} s",
        (f"{content['latency_pages']:,} pages", "alone", "beside", "ratio"),
        (*compared, first_byte),
    )

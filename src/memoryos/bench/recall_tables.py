"""What a run of `memoryos bench recall` found, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.bench import evidence
from memoryos.bench.charts import Chart, curve
from memoryos.bench.tables import Table, cell, spread

CATEGORY_NAMES = {"1": "several hops", "2": "time", "3": "open domain", "4": "one hop"}


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """Evidence recall by category, the other figures, and what is left out."""
    return _evidence(content), _figures(content), evidence.table(content["left_out"])


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Evidence recall by category, and evidence against tokens."""
    by_cut: dict[str, list[tuple[float | str, float]]] = {}
    for category, found in content["evidence_recall"].items():
        for cut, share in found.items():
            if share is not None:
                by_cut.setdefault(cut, []).append((_named(category), share))
    return (
        Chart(
            "recall-by-category",
            "Evidence on the best pages",
            x="category of LoCoMo's questions",
            y="evidence turns found, share",
            series=by_cut,
            kind="bar",
        ),
        by_tokens({"evidence": content}),
    )


def by_tokens(runs: Mapping[str, Mapping[str, Any]]) -> Chart:
    """Recall against tokens, a series for each run under its name."""
    return Chart(
        "recall-by-tokens",
        "Evidence within a token budget",
        x="budget, tokens",
        y="evidence turns found, share",
        series={name: curve(content, "evidence_turns_in_tokens") for name, content in runs.items()},
    )


def _named(category: str) -> str:
    name = CATEGORY_NAMES.get(category)
    return f"{category} {name}" if name else category


def _evidence(content: Mapping[str, Any]) -> Table:
    asked = {"overall": content["questions"], **content["questions_by_category"]}
    rows = tuple(
        (_named(category), cell(asked[category]), *map(cell, found.values()))
        for category, found in content["evidence_recall"].items()
    )
    return Table("Evidence recall", ("questions", "asked", "@5", "@10", "@20"), rows)


def _figures(content: Mapping[str, Any]) -> Table:
    in_tokens = content["evidence_turns_in_tokens"]
    rows = (
        *((f"evidence turns in {int(at):,} tokens", cell(got)) for at, got in in_tokens.items()),
        ("abstention", cell(content["abstention"])),
        ("pages", cell(content["pages"])),
        ("pages taken in per second", cell(content["ingest_pages_per_s"])),
        ("recall p50 / p95, ms", spread(content, "recall")),
    )
    return Table("The same run", ("figure", "value"), rows)

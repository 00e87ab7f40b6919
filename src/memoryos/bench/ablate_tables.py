"""The report of `memoryos bench ablate`, as tables and charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.bench import evidence
from memoryos.bench.charts import Chart
from memoryos.bench.tables import Table, cell

Variants = Mapping[str, Mapping[str, Any]]
"""Figures by the name of a variant; the first one is recall as it is."""

SIGNALS = """\
Differences are those of evidence recall@10 to recall as it is, in points of a hundred, with 95%
intervals of a paired bootstrap over questions within their conversations: there is none where all
questions of a conversation gain the same, or none differs. Character n-grams are of text that is
not English."""

ATTEMPTS = """\
Not in recall: each was added to it for this table. A cross-encoder is not measured: none was to be
had without a download."""


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """Parts of recall, what else was tried, each conversation by itself, prompts, and what is left
    out."""
    variants = content["variants"]
    whole, *others = variants
    tried = {whole: variants[whole], **_of_kind(variants, "attempt")}
    parts = _of_kind(variants, "part", "policy")
    return (
        _compared("Parts of recall", parts, SIGNALS),
        _compared("Tried beside", tried, ATTEMPTS),
        _by_conversation(
            {name: variants[name] for name in others}, content["questions_by_conversation"]
        ),
        _prompts(content["prompts"]),
        evidence.table(content["left_out"]),
    )


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Differences within their intervals."""
    whole, *_ = content["variants"]
    others = {name: found for name, found in content["variants"].items() if name != whole}
    return (
        _differences(
            "parts-of-recall", "Recall without one of its parts", _of_kind(others, "part", "policy")
        ),
        _differences("tried-beside", "What else was tried", _of_kind(others, "attempt")),
    )


def _of_kind(variants: Variants, *kinds: str) -> Variants:
    return {
        name: found for kind in kinds for name, found in variants.items() if found["kind"] == kind
    }


def _compared(title: str, variants: Variants, caption: str) -> Table:
    cuts = tuple(next(iter(variants.values()))["evidence_recall"])
    columns = ("recall", *cuts, "in 1,000 tokens", "difference @10", "95% interval", "abstention")
    rows = tuple(
        (
            name,
            *map(cell, found["evidence_recall"].values()),
            cell(found["evidence_turns_in_1000_tokens"]),
            _points(found["difference"]["mean"]),
            _interval(found["difference"]),
            cell(found["abstention"]),
        )
        for name, found in variants.items()
    )
    return Table(title, columns, rows, " ".join(caption.split()))


def _by_conversation(variants: Variants, asked: Mapping[str, int]) -> Table:
    rows = tuple(
        (name, *map(_points, found["difference_by_conversation"].values()))
        for name, found in variants.items()
    )
    columns = ("difference @10", *(f"{name} ({count:,})" for name, count in asked.items()))
    return Table("By conversation (questions)", columns, rows)


def _prompts(prompts: Mapping[str, Mapping[str, float | None]]) -> Table:
    rows = tuple(
        (name, cell(figures["tokens"]), cell(figures["evidence"]))
        for name, figures in prompts.items()
    )
    return Table("Prompts", ("prompt", "tokens, mean", "evidence whose page is in it"), rows)


def _differences(name: str, title: str, variants: Variants) -> Chart:
    found = {variant: found["difference"] for variant, found in variants.items()}
    return Chart(
        name,
        title,
        x="recall changed in one thing",
        y="difference of evidence recall@10, points (95%)",
        series={"difference": [(variant, 100 * gain["mean"]) for variant, gain in found.items()]},
        kind="interval",
        ends={variant: (100 * gain["low"], 100 * gain["high"]) for variant, gain in found.items()},
    )


def _points(share: float | None) -> str:
    if share is None:
        return "-"
    points = round(100 * share, 1)
    return f"{points:+.1f}" if points else "0"


def _interval(difference: Mapping[str, float]) -> str:
    low, high = difference["low"], difference["high"]
    return f"{_points(low)} to {_points(high)}" if low < high else "-"

"""What a run of `memoryos bench locomo` found, for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from memoryos.bench.charts import Chart
from memoryos.bench.locomo.asked import ADVERSARIAL, CATEGORIES, SCORED
from memoryos.bench.locomo.published import CONVERSATIONS, PAPER
from memoryos.bench.naming import first_of
from memoryos.bench.tables import Table, cell, spread

BY_THE_STUB = (
    "NO MODEL WAS CONFIGURED: the stub server replied, with a sentence it found in its prompt."
    " Calls, prompt tokens and tokens recalled are those of a model that answers alike. THE SCORES"
    " SAY NOTHING of any model."
)
PARTS = (
    "Only a whole LoCoMo of ten conversations compares with the paper; asked here: {asked:,} of the"
    " file's {in_file:,} questions, of {conversations:,} of its {of_file:,} conversations."
)
READING = (
    "F1 / BLEU-1 in percent, F1 over sets of words as the paper's authors count it. The paper's"
    " column names do not match LoCoMo's category ids; they are read as ids 1, 2, 3, 4. By a public"
    " audit some 6% of LoCoMo's answer keys are wrong. Rows compare fairly only under the same"
    " model and prompt: run the baselines, full-context and hybrid first of all, beside this one."
)
JUDGE = " The judge is a model: judges of this kind accept most vague answers."
TAKEN_IN = (
    "By response: what consolidation cost is shared out over the questions. It is done in full"
    " batches after a conversation's last page, as for an import; `memoryos bench calls` tells what"
    " pages cost that come one at a time."
)
EARLIER = (
    "{before:,} of the answers come from an earlier start of this run; commit, time and machine are"
    " those of the last one."
)
NAMED = 12
"""Of what is left out, for each kind; `summary.json` has them all."""

LEFT_OUT = {
    "records": "records of the file that cannot be read",
    "conversations": "conversations",
    "pages": "pages",
    "questions": "questions",
    "empty_sessions": "sessions without talk",
    "evidence": "evidence that names no words; its question is asked",
    "without_evidence": "questions without evidence: asked, in no evidence recall",
}


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """Scores, the paper's rows, cost, what was found, the data, and what is left out of it."""
    return (
        _scores(content),
        _beside_the_paper(content),
        _cost(content),
        _by_evidence(content),
        _data(content),
        _left_out(content),
    )


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """F1 beside the paper's, and F1 by what was recalled."""
    ours = {category: _f1(content, str(category)) for category in SCORED}
    series = {"this run": [(_named(str(of)), f1) for of, f1 in ours.items() if f1 is not None]}
    for row in PAPER[:2]:
        series[f"{row.name}, {row.model} (paper)"] = [
            (_named(str(category)), f1)
            for category, (f1, _) in zip(SCORED, row.scores, strict=True)
            if ours[category] is not None
        ]
    found = content["f1_by_evidence_found"]
    return (
        Chart(
            "f1-by-category",
            "F1 over sets of words, beside the paper's",
            x="category of LoCoMo's questions",
            y="F1, %",
            series=series,
            kind="bar",
        ),
        Chart(
            "f1-by-evidence-found",
            "What the answerer makes of what was recalled",
            x="evidence on the recalled pages",
            y="F1, %",
            series={
                name: [
                    (group, 100 * figures[key])
                    for group, figures in found.items()
                    if figures[key] is not None
                ]
                for key, name in (("f1_set", "sets of words"), ("f1_locomo", "LoCoMo's own"))
            },
            kind="bar",
        ),
    )


def _scores(content: Mapping[str, Any]) -> Table:
    scores, evidence = content["scores"], content["evidence_recall"]
    judged = scores["overall"]["judge"] is not None
    heads = ["category", "answered", "F1, sets", "F1, LoCoMo's", "BLEU-1", "evidence recalled"]
    rows = []
    for category in (*map(str, SCORED), "overall", str(ADVERSARIAL)):
        figures = scores[category]
        cells = [_named(category), cell(figures["questions"])]
        cells += [_percent(figures[name]) for name in ("f1_set", "f1_locomo", "bleu1")]
        cells.append(_percent(evidence.get(category, {}).get("@10")))
        rows.append((*cells, _percent(figures["judge"])) if judged else tuple(cells))
    run = content["run"]["settings"]
    source = f"baseline {run['baseline']}" if run["baseline"] else f"policy {run['policy']}"
    answers = run["model"] or "memory's own words"
    caption = (
        "In percent, the mean over questions; overall is categories 1 to 4. Of category 5, the"
        " share of answers that say it is not known. Evidence recalled: on the pages that the"
        " answerer was given, ten at most but for full-context."
    )
    if judged:
        heads.append("judge")
        caption += JUDGE
    if content["replies_are_the_stubs"]:
        caption = f"{BY_THE_STUB} {caption}"
    return Table(f"Answers by {answers}, out of {source}", tuple(heads), tuple(rows), caption)


def _beside_the_paper(content: Mapping[str, Any]) -> Table:
    ours = tuple(
        f"{_percent(content['scores'][str(category)]['f1_set'])}"
        f" / {_percent(content['scores'][str(category)]['bleu1'])}"
        for category in SCORED
    )
    rows = [
        (
            "this run",
            *ours,
            cell(content["tokens_recalled_mean"]),
            cell(content["calls_per_response"]),
        )
    ]
    rows += [
        (
            f"{row.name}, {row.model}",
            *(f"{f1:.2f} / {bleu:.2f}" for f1, bleu in row.scores),
            cell(row.tokens_recalled),
            cell(row.calls_per_response),
        )
        for row in PAPER
    ]
    columns = ("F1 / BLEU-1", *map(_named, map(str, SCORED)), "tokens recalled", "calls a response")
    data = content["data"]
    asked, in_file = (sum(data[f"questions_{where}"].values()) for where in ("asked", "in_file"))
    caption = READING
    if data["conversations_asked"] < CONVERSATIONS or asked < in_file:
        part = PARTS.format(
            asked=asked,
            in_file=in_file,
            conversations=data["conversations_asked"],
            of_file=data["conversations"],
        )
        caption = f"{part} {caption}"
    return Table("Beside the paper", columns, tuple(rows), caption)


def _cost(content: Mapping[str, Any]) -> Table:
    settings = content["run"]["settings"]
    tokens = (content["tokens_recalled_mean"], content["tokens_recalled_max"])
    rows = [
        ("tokens recalled, mean / most", " / ".join(map(cell, tokens)), "<= 2,000"),
        ("recall p50 / p95, ms", spread(content, "recall"), ""),
        ("answering p50 / p95, ms", spread(content, "answering"), ""),
    ]
    if settings["model"]:
        rows = [*_model_cost(content), *rows]
    if settings["judge_model"]:
        failed = _failures(content["judging_failed"])
        rows.append(("answers that the judge failed at", failed, "none"))
    caption = TAKEN_IN if content["by_purpose"].keys() - {"answering"} else ""
    return Table("What it costs", ("figure", "this run", "to reach"), tuple(rows), caption)


def _model_cost(content: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    settings = content["run"]["settings"]
    # A part of the questions bears the consolidation of whole conversations; a baseline has none.
    goal = "" if settings["limit"] or settings["baseline"] else "<= 1.6"
    yield "model calls a response", cell(content["calls_per_response"]), goal
    for purpose, spent in content["by_purpose"].items():
        cells = (cell(spent[name]) for name in ("calls", "prompt_tokens", "completion_tokens"))
        yield f"{purpose}: calls, prompt and completion tokens", " / ".join(cells), ""
    yield "questions that the model failed at", _failures(content["failed"]), "none"
    yield "failed calls of consolidation", cell(content["failed_calls_of_consolidation"]), "0"
    yield "segments that rules filed for the model", cell(content["segments_by_rules"]), "0"


def _by_evidence(content: Mapping[str, Any]) -> Table:
    rows = tuple(
        (
            group,
            cell(figures["questions"]),
            *(_percent(figures[name]) for name in ("f1_set", "f1_locomo", "bleu1")),
        )
        for group, figures in content["f1_by_evidence_found"].items()
    )
    columns = ("of the evidence, recalled", "questions", "F1, sets", "F1, LoCoMo's", "BLEU-1")
    return Table("What the answerer makes of what was recalled", columns, rows)


def _data(content: Mapping[str, Any]) -> Table:
    data = content["data"]
    counts = [data[f"questions_{where}"] for where in ("asked", "in_file", "of_locomo")]
    rows = [
        (_named(category), *(cell(count[category]) for count in counts))
        for category in map(str, CATEGORIES)
    ]
    rows.append(("all", *(cell(sum(count.values())) for count in counts)))
    conversations = (data["conversations_asked"], data["conversations"], CONVERSATIONS)
    rows.append(("conversations", *map(cell, conversations)))
    captions = []
    if differing := "; ".join(data["differs_from_locomo"]):
        captions.append(f"These are ten conversations, but not LoCoMo's questions: {differing}.")
    if before := content["answered_before"]:
        captions.append(EARLIER.format(before=before))
    caption = " ".join(captions)
    return Table(
        "Questions", ("category", "asked", "in the file", "in LoCoMo"), tuple(rows), caption
    )


def _left_out(content: Mapping[str, Any]) -> Table:
    rows = [
        (what, cell(len(names)), first_of(names, NAMED, rest="in summary.json"))
        for kind, what in LEFT_OUT.items()
        if (names := content["left_out"][kind])
    ]
    return Table("Left out", ("what", "how many", "which"), tuple(rows) or (("nothing", "0", ""),))


def _failures(failed: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {error}" for error, count in failed.items()) or "none"


def _f1(content: Mapping[str, Any], category: str) -> float | None:
    share = content["scores"][category]["f1_set"]
    return None if share is None else 100 * float(share)


def _named(category: str) -> str:
    return f"{category} {CATEGORIES[int(category)]}" if category.isdecimal() else category


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f}"

"""`memoryos bench`: the numbers MemoryOS stands by, each from one command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli.options import BaseUrl, Model, Options
from memoryos.config import DEFAULT_EMBEDDING_MODEL, Policy
from memoryos.errors import InvalidArgumentError, UnreadableInputError

if TYPE_CHECKING:
    from rich.table import Table

    from memoryos.bench.report import Progress
    from memoryos.transfer.locomo import Conversation
    from memoryos.transfer.pages import BadRecord

app = typer.Typer(
    no_args_is_help=True,
    help="Measure recall and speed (benchmarks/README.md explains).",
)

CATEGORY_NAMES = {"1": "several hops", "2": "time", "3": "open domain", "4": "one hop"}

Report = Annotated[
    Path, typer.Option("--json", metavar="OUT", dir_okay=False, help="Where to write the report.")
]
Embedder = Annotated[str, typer.Option(help='The embedding model, "none" for lexical recall.')]


@app.command()
def recall(
    data: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="A file in the format of LoCoMo.")
    ],
    out: Report,
    policy: Annotated[Policy, typer.Option(help="How recall ranks.")] = "default",
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
) -> None:
    """How much of the evidence for LoCoMo's questions recall finds, and how fast."""
    from memoryos.bench import recall as bench
    from memoryos.bench import report

    report.check_writable(out)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = _read(data, passed_over)
    with _progress() as progress:
        figures = bench.measure(conversations, policy=policy, embedder=embedder, progress=progress)
    figures["records_passed_over"] = [str(bad) for bad in passed_over]
    content = report.report(
        "recall",
        figures,
        settings={"policy": policy, "embedder": embedder},
        started_at=started_at,
        data=data,
    )
    report.write(out, content)
    _show(out, _recall_table(content), _figures_table(content))


@app.command()
def scale(
    out: Report,
    pages: Annotated[
        str, typer.Option(help="Sizes of memory to measure, separated by commas.")
    ] = "1000,10000,100000",
    embedder: Embedder = DEFAULT_EMBEDDING_MODEL,
) -> None:
    """How fast writing, recall and cold starts are, and the space they take, as memory grows."""
    from memoryos.bench import report
    from memoryos.bench import scale as bench

    sizes = _sizes(pages)
    report.check_writable(out)
    started_at = datetime.now(timezone.utc)
    with _progress() as progress:
        figures = bench.measure(sizes, embedder=embedder, progress=progress)
    content = report.report(
        "scale", figures, settings={"pages": sizes, "embedder": embedder}, started_at=started_at
    )
    report.write(out, content)
    _show(out, _scale_table(content), _start_table(content))


@app.command()
def calls(
    context: typer.Context,
    data: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="A file in the format of LoCoMo.")
    ],
    out: Report,
    pages: Annotated[
        int, typer.Option(min=1, help="Size of the memory that latencies are measured on.")
    ] = 10_000,
    model: Model = None,
    base_url: BaseUrl = None,
) -> None:
    """What a language model costs while pages come one at a time, and whether anything waits for
    it. Without a model that is configured, the stub server stands in for one."""
    from memoryos.bench import calls as bench
    from memoryos.bench import report

    options = (context.obj or Options()).overridden(model=model, base_url=base_url)
    language_model = options.settings().language_model
    report.check_writable(out)
    started_at = datetime.now(timezone.utc)
    passed_over: list[BadRecord] = []
    conversations = _read(data, passed_over)
    with _progress() as progress:
        figures = bench.measure(
            conversations, settings=language_model, pages=pages, progress=progress
        )
    figures["records_passed_over"] = [str(bad) for bad in passed_over]
    content = report.report(
        "calls",
        figures,
        settings={"model": figures["model"], "pages": pages},
        started_at=started_at,
        data=data,
    )
    report.write(out, content)
    _show(out, _cost_table(content), _segment_table(content), _latency_table(content))


def _read(data: Path, passed_over: list[BadRecord]) -> tuple[Conversation, ...]:
    from memoryos.transfer.locomo import read_conversations

    try:
        parsed = json.loads(data.read_bytes())
    except (ValueError, RecursionError) as error:
        raise UnreadableInputError(f"{data} is not JSON: {error}") from None
    return read_conversations(parsed, on_bad=passed_over.append)


def _sizes(text: str) -> list[int]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise InvalidArgumentError(
            f"--pages takes whole numbers separated by commas, such as 1000,10000, not {text!r}"
        )
    return [int(part) for part in parts]


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar with the time left, on stderr."""
    from rich import progress as bars
    from rich.console import Console

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        yield tell


def _show(out: Path, *tables: Table) -> None:
    from rich.console import Console

    console = Console()
    for table in tables:
        console.print(table)
    console.print(f"Report written to {out}", highlight=False)


def _recall_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table("questions", "asked", "@5", "@10", "@20", title="Evidence recall")
    asked = {"overall": content["questions"], **content["questions_by_category"]}
    for category, found in content["evidence_recall"].items():
        name = CATEGORY_NAMES.get(category)
        table.add_row(
            f"{category} {name}" if name else category,
            f"{asked[category]:,}",
            *map(_cell, found.values()),
        )
    return table


def _figures_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table("figure", "value", title="The same run")
    for budget, share in content["evidence_turns_in_tokens"].items():
        table.add_row(f"evidence turns in {budget} tokens", _cell(share))
    table.add_row("abstention", _cell(content["abstention"]))
    table.add_row("pages", f"{content['pages']:,}")
    table.add_row("pages taken in per second", _cell(content["ingest_pages_per_s"]))
    table.add_row("recall p50 / p95, ms", _pair(content, "recall"))
    table.add_row("evidence left out", "\n".join(content["evidence_left_out"]) or "none")
    table.add_row("records passed over", "\n".join(content["records_passed_over"]) or "none")
    return table


SCALE_ROWS = {
    "import_pages_per_s": "bulk import, pages/s",
    "filing_pages_per_s": "filing, pages/s",
    "add": "add_memory p50 / p95, ms",
    "recall": "recall p50 / p95, ms",
    "recall_after_add": "recall after an add p50 / p95, ms",
    "cold_owner_ms": "first recall of a cold owner, ms",
    "cold_open_and_recall_ms": "open and recall in a new process, ms",
    "cold_process_ms": "that process from start to end, ms",
    "rss_mb": "memory of that process, MB",
    "disk_kb_per_page": "disk per page, KB",
}


def _scale_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    by_pages = content["by_pages"]
    table = Table("pages", *(f"{int(size):,}" for size in by_pages), title="Scale")
    for key, name in SCALE_ROWS.items():
        cells = [
            _cell(figures[key]) if key in figures else _pair(figures, key)
            for figures in by_pages.values()
        ]
        table.add_row(name, *cells)
    return table


def _start_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    table = Table("start, whole process", "ms", title="Cold starts")
    names = {
        "python_ms": "python -c pass",
        "import_memoryos_ms": "import memoryos",
        "import_memoryos_class_ms": "from memoryos import Memoryos",
        "help_ms": "memoryos --help",
    }
    for key, name in names.items():
        table.add_row(name, _cell(content["start"][key]))
    return table


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


def _cost_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    live, steady = content["taken_in"]["live"], content["taken_in"]["steady"]
    title = f"{content['pages']:,} pages, one at a time, with {content['model']}"
    table = Table("figure", "live", "steady", "to reach", title=title)
    table.caption = BY_THE_STUB if content["replies_are_the_rules"] else None
    for key, (name, goal) in COST_ROWS.items():
        table.add_row(name, _number(live[key]), _number(steady[key]), goal)
    for purpose in live["by_purpose"]:
        spent = [run["by_purpose"][purpose] for run in (live, steady)]
        cells = [f"{x['calls_per_100_pages']} / {x['prompt_tokens_per_page']}" for x in spent]
        table.add_row(f"{purpose}: calls / tokens", *cells)
    return table


SEGMENT_ROWS = {
    "segments": "segments",
    "pages_per_segment": "pages in a segment",
    "topics_per_segment": "topics in a segment",
    "topics_by_chance": "topics, were pages filed at random",
}


def _segment_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    runs = content["taken_in"]
    filed = {**runs, "7 in a row": content["seven_in_a_row"]}
    table = Table("figure", *filed, title="What became of the pages")
    for cut in runs["live"]["evidence_recall"]:
        found = (_cell(run["evidence_recall"][cut]) for run in runs.values())
        table.add_row(f"evidence recall {cut}", *found)
    for key, name in SEGMENT_ROWS.items():
        table.add_row(name, *(_number(figures[key]) for figures in filed.values()))
    return table


LATENCY_ROWS = {
    "add_p50_ms": "add_memory p50, ms",
    "add_p95_ms": "add_memory p95, ms",
    "recall_p50_ms": "recall p50, ms",
}


def _latency_table(content: dict[str, Any]) -> Table:
    from rich.table import Table

    beside, reply = content["beside_a_sleeping_model"], content["reply"]
    title = f"Beside a model that takes {beside['model_sleeps_seconds']:g} s"
    table = Table(f"{content['latency_pages']:,} pages", "alone", "beside", "ratio", title=title)
    for key, name in LATENCY_ROWS.items():
        table.add_row(name, *(f"{beside[key][which]:.2f}" for which in beside[key]))
    table.add_row(
        "reply's first byte p50 / p95, ms (< 15)",
        "",
        _pair(reply, "to_first_byte"),
        "",
    )
    return table


def _pair(figures: dict[str, Any], name: str) -> str:
    return f"{_cell(figures[f'{name}_p50_ms'])} / {_cell(figures[f'{name}_p95_ms'])}"


def _number(value: float | None) -> str:
    """A figure as the report has it."""
    return "-" if value is None else f"{value:,}"


def _cell(value: float | None) -> str:
    """A figure as a person reads it: shares to three digits, the rest to what matters."""
    if value is None:
        return "-"
    return f"{value:.3f}" if value <= 1 else f"{value:,.1f}"

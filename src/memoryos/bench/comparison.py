"""Runs side by side: the same figures of several runs in one table, their points in one chart.

Any benchmark's report can be compared, for its figures are taken as they stand in `summary.json`,
under their names there: `evidence_recall.overall.@10`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memoryos.bench import calls_tables, recall_tables, report, scale_tables
from memoryos.bench.charts import Chart
from memoryos.bench.tables import Table, cell
from memoryos.errors import UnreadableInputError
from memoryos.text.surrogates import without_surrogates

NO_FIGURES = frozenset({"run", "runs"})
"""What a run rests on, and how often `scale` measures: neither is found out by measuring."""


@dataclass(frozen=True, slots=True)
class Run:
    """A report and the name it goes by beside the others."""

    label: str
    content: Mapping[str, Any]

    @property
    def benchmark(self) -> str:
        name: str = self.content["run"]["benchmark"]
        return name


def read_runs(paths: Sequence[Path]) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The reports in folders and JSON files, and what is wrong with those left out.

    Raises UnreadableInputError where none can be read.
    """
    contents: dict[Path, dict[str, Any]] = {}
    left_out = []
    for path in paths:
        try:
            contents[path.resolve()] = report.read_folder(path)
        except UnreadableInputError as error:
            left_out.append(str(error))
    if not contents:
        raise UnreadableInputError(f"there is no report to show: {'; '.join(left_out)}")
    runs = zip(_labels(list(contents)), contents.values(), strict=True)
    read = tuple(Run(without_surrogates(label), content) for label, content in runs)
    return read, tuple(left_out)


def tables(runs: Sequence[Run]) -> tuple[Table, ...]:
    """One for each benchmark; a figure is a row, a run is a column."""
    return tuple(_table(benchmark, runs) for benchmark, runs in _by_benchmark(runs).items())


def charts(runs: Sequence[Run]) -> tuple[Chart, ...]:
    """What the runs have points for: recall against tokens, latency and cost against pages."""
    contents = {
        benchmark: {run.label: run.content for run in alike}
        for benchmark, alike in _by_benchmark(runs).items()
    }
    drawn: list[Chart] = []
    if "recall" in contents:
        drawn.append(recall_tables.by_tokens(contents["recall"]))
    if "scale" in contents:
        drawn += scale_tables.by_pages(contents["scale"])
    if "calls" in contents:
        drawn += calls_tables.by_pages(contents["calls"])
    if "locomo" in contents:
        drawn += _against_tokens(contents["locomo"])
    return tuple(drawn)


def write(out: Path, runs: Sequence[Run], left_out: Sequence[str]) -> None:
    """Write tables and charts into a folder that is there."""
    head = [f"{run.label}: `{run.content['run'].get('command')}`  " for run in runs]
    head += [f"Left out: {reason}  " for reason in left_out]
    report.write_summary(out, "Runs side by side", head, tables=tables(runs), charts=charts(runs))


def _against_tokens(runs: Mapping[str, Mapping[str, Any]]) -> tuple[Chart, ...]:
    """What LoCoMo's runs found and answered, against the tokens that an answer was given."""
    measured = {
        "evidence_recall.overall.@10": ("evidence", "evidence turns on ten pages, share"),
        "scores.overall.f1_set": ("F1", "F1 over sets of words, share"),
    }
    found = {name: dict(_figures(content)) for name, content in runs.items()}
    return tuple(
        Chart(
            f"locomo-{what.lower()}-by-tokens",
            f"LoCoMo: {what} against tokens",
            x="tokens recalled, mean",
            y=y,
            series={
                run: [(tokens, share)]
                for run, figures in found.items()
                if (tokens := figures.get("tokens_recalled_mean"))
                and (share := figures.get(figure)) is not None
            },
            kind="scatter",
            log_x=True,
        )
        for figure, (what, y) in measured.items()
    )


def _by_benchmark(runs: Iterable[Run]) -> dict[str, list[Run]]:
    sorted_out: dict[str, list[Run]] = {}
    for run in runs:
        sorted_out.setdefault(run.benchmark, []).append(run)
    return sorted_out


def _labels(paths: Sequence[Path]) -> list[str]:
    """The last parts of each path, as many as tell them all apart."""
    parts = [path.with_suffix("").parts if path.is_file() else path.parts for path in paths]
    for count in range(1, max(map(len, parts))):
        labels = ["/".join(names[-count:]) for names in parts]
        if len({*labels}) == len(labels):
            return labels
    return [str(path) for path in paths]


def _table(benchmark: str, runs: Sequence[Run]) -> Table:
    compared = len(runs) == 2
    found = [dict(_figures(run.content)) for run in runs]
    rows = [(*row, "") if compared else row for row in _origins(runs)]
    for name in dict.fromkeys(name for figures in found for name in figures):
        values = [figures.get(name) for figures in found]
        if any(value is not None for value in values):
            row = (name, *map(cell, values))
            rows.append((*row, _difference(*values)) if compared else row)
    columns = (benchmark, *(run.label for run in runs), *(["difference"] if compared else []))
    return Table(f"memoryos bench {benchmark}", columns, tuple(rows))


def _difference(one: float | None, other: float | None) -> str:
    """How much more the second has."""
    if one is None or other is None:
        return "-"
    more = other - one
    return f"+{cell(more)}" if more > 0 else cell(more)


def _origins(runs: Sequence[Run]) -> Iterator[tuple[str, ...]]:
    """Rows of what the figures rest on: commit, date, and what else is not the same everywhere."""
    said = [_origin(run.content["run"]) for run in runs]
    for name in dict.fromkeys(name for run in said for name in run):
        values = [run.get(name, "-") for run in said]
        if name in ("commit", "started") or len({*values}) > 1:
            yield (name, *values)


def _origin(run: Mapping[str, Any]) -> dict[str, str]:
    settings = run.get("settings")
    return {
        "commit": str(run.get("commit") or "-"),
        "started": str(run.get("started_at") or "-")[:16].replace("T", " "),
        "data": f"{run.get('data', '-')} {str(run.get('data_sha256', ''))[:8]}".rstrip(),
        **{
            name: "-" if value is None else str(value)
            for name, value in (settings.items() if isinstance(settings, dict) else ())
        },
    }


def _figures(content: Any, prefix: str = "") -> Iterator[tuple[str, float | None]]:
    """Every figure under its name; numbers in a row by their places; of other lists, the length."""
    for key, value in content.items():
        name = f"{prefix}{key}"
        if name in NO_FIGURES or isinstance(value, (str, bool)):
            continue
        if isinstance(value, Mapping):
            yield from _figures(value, f"{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], (int, float)):
            yield from _figures(dict(enumerate(value)), f"{name}.")
        elif isinstance(value, list):
            yield name, len(value)
        else:
            yield name, value

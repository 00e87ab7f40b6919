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

NO_FIGURES = frozenset({"run", "runs", "activity", "plans_rest_on", "questions_of_locomo"})
"""What a run rests on, how often `scale` measures, what `fleet` assumes, what LoCoMo has: none of
it is found out by measuring."""

OF_THE_DATA = ("data.", "left_out.")
"""Figures that runs on the same data have alike: shown where they differ."""

ASKED = ("data", "questions_sha256", "limit")
"""Settings that say what was asked. Where they differ, so do the questions."""

OTHER_QUESTIONS = (
    "These runs were not asked the same (data or limit differ): their figures do not compare."
)
BY_THE_STUB = (
    "NO MODEL WAS CONFIGURED, the stub server replied, in: {runs}. WHAT IT ANSWERED SAYS NOTHING of"
    " any model, and is in no chart of answers."
)


@dataclass(frozen=True, slots=True)
class Run:
    """A report and the name it goes by beside the others."""

    label: str
    content: Mapping[str, Any]

    @property
    def benchmark(self) -> str:
        name: str = self.content["run"]["benchmark"]
        return name

    @property
    def by_the_stub(self) -> bool:
        """Whether no model answered, but the stub server."""
        return self.content.get("replies_are_the_stubs") is True


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
        drawn += _against_tokens(runs)
    return tuple(drawn)


def write(out: Path, runs: Sequence[Run], left_out: Sequence[str]) -> str | None:
    """Write tables and charts into a folder that is there; gives why the charts are left out, if
    they are."""
    head = [f"{run.label}: `{run.content['run'].get('command')}`  " for run in runs]
    head += [f"Left out: {reason}  " for reason in left_out]
    return report.write_summary(
        out, "Runs side by side", head, tables=tables(runs), charts=charts(runs)
    )


def _against_tokens(runs: Sequence[Run]) -> tuple[Chart, Chart]:
    """What LoCoMo's runs found and answered, against the tokens that an answer was given. What the
    stub server answered is left out."""
    asked = _by_benchmark(runs)["locomo"]
    answered = [run for run in asked if not run.by_the_stub]
    return (
        _by_tokens("evidence", "evidence turns on ten pages", asked, "evidence_recall.overall.@10"),
        _by_tokens("F1", "F1 over sets of words", answered, "scores.overall.f1_set"),
    )


def _by_tokens(what: str, y: str, runs: Sequence[Run], figure: str) -> Chart:
    found = {run.label: dict(_figures(run.content)) for run in runs}
    return Chart(
        f"locomo-{what.lower()}-by-tokens",
        f"LoCoMo: {what} against tokens",
        x="tokens recalled, mean",
        y=f"{y}, share",
        series={
            label: [(tokens, share)]
            for label, figures in found.items()
            if (tokens := figures.get("tokens_recalled_mean")) is not None
            and (share := figures.get(figure)) is not None
        },
        kind="scatter",
        log_x=True,
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
    origins = [_origin(run.content["run"]) for run in runs]
    same = all(len({origin.get(name) for origin in origins}) == 1 for name in ASKED)
    compared = len(runs) == 2 and same
    found = [dict(_figures(run.content)) for run in runs]
    rows = [(*row, "") if compared else row for row in _origins(runs)]
    for name in dict.fromkeys(name for figures in found for name in figures):
        values = [figures.get(name) for figures in found]
        if _tells(name, values):
            row = (name, *map(cell, values))
            rows.append((*row, _difference(*values)) if compared else row)
    columns = (benchmark, *(run.label for run in runs), *(["difference"] if compared else []))
    notes = [] if same else [OTHER_QUESTIONS]
    if by_the_stub := [run.label for run in runs if run.by_the_stub]:
        notes.append(BY_THE_STUB.format(runs=", ".join(by_the_stub)))
    return Table(f"memoryos bench {benchmark}", columns, tuple(rows), " ".join(notes))


def _tells(name: str, values: Sequence[float | None]) -> bool:
    """Whether a row of these values says something."""
    alike = len(values) > 1 and len({*values}) == 1
    return {*values} != {None} and not (alike and name.startswith(OF_THE_DATA))


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
        if key in NO_FIGURES or isinstance(value, (str, bool)):
            continue
        if isinstance(value, Mapping):
            yield from _figures(value, f"{name}.")
        elif isinstance(value, list) and value and isinstance(value[0], (int, float)):
            yield from _figures(dict(enumerate(value)), f"{name}.")
        elif isinstance(value, list):
            yield name, len(value)
        else:
            yield name, value

"""Charts as SVG: their words stay text, and the same figures give the same bytes."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from math import ceil
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Literal

from memoryos.errors import MissingExtraError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INKS = ("#0072B2", "#D55E00", "#009E73", "#E69F00", "#56B4E9", "#CC79A7", "#000000")
"""Okabe and Ito's colours, which people tell apart however they see colour."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
"""One more than inks, so that it is long before the same two meet again."""
GREY = "#595959"
PALE = "#DDDDDD"
INCHES = (7.2, 4.2)
LEGEND_ROW_INCHES = 0.22
LEGEND_KEY = 8
"""In letters, the room of the mark beside a name."""
ACROSS = 78
"""So many letters stand beside one another across a chart."""

STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "memoryos",
    "font.size": 10,
    "text.parse_math": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "xtick.color": GREY,
    "ytick.color": GREY,
}

FEW_TICKS = 8
"""So many places on the x axis are each marked with their value."""
DECADE = 10
"""A logarithmic scale over less than this has hardly a tick to be read by: it is left out."""
FEW_BARS = 12
"""So many bars have their value written on them."""
FEW_NAMES = 6
"""More names than this, or longer ones than `SHORT_NAME`, stand below one another, bars beside."""
SHORT_NAME = 24
NUMBER = "{x:,.10g}"

Series = Mapping[str, Sequence[tuple[float | str, float]]]


@dataclass(frozen=True, slots=True)
class Chart:
    """Series of points under their names; names, title and labels are shown word for word."""

    name: str
    """Of its file, without the suffix."""
    title: str
    x: str
    """What the axis shows, with its unit; `y` likewise."""
    y: str
    series: Series
    """Words as x are places side by side, for bars and intervals; numbers are measured out."""
    kind: Literal["line", "bar", "scatter", "interval"] = "line"
    log_x: bool = False
    """Where the points span a decade."""
    ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Place -> the lower and the upper end of the interval around its point."""


def curve(content: Any, *path: str, figure: str | None = None) -> list[tuple[float, float]]:
    """The points that a report gives by number, under the keys of `path`: {"1000": 1.2}, or, of a
    `figure`, {"1000": {figure: 1.2}}. Where the report has none, there is no point."""
    for key in path:
        content = content.get(key) if isinstance(content, Mapping) else None
    points = []
    for number, value in content.items() if isinstance(content, Mapping) else ():
        y = value.get(figure) if figure and isinstance(value, Mapping) else value
        if number.isdecimal() and isinstance(y, (int, float)):
            points.append((float(number), float(y)))
    return points


def draw(chart: Chart, folder: Path) -> Path:
    """Write the chart into `folder` as NAME.svg, and give its path.

    Raises MissingExtraError without matplotlib.
    """
    try:
        from matplotlib import style
        from matplotlib.figure import Figure
    except ImportError as exc:
        raise MissingExtraError(
            'charts need matplotlib; run pip install "memoryos-engine[bench]",'
            ' or in a clone pip install -e ".[bench]"'
        ) from exc
    path = folder / f"{chart.name}.svg"
    # Over the defaults: the settings of whoever runs it would show.
    with style.context(["default", STYLE]), warnings.catch_warnings():
        # Whoever shows the SVG has the letters that this machine's fonts have not.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=INCHES, layout="constrained")
        plot(figure, chart)
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def plot(figure: Figure, chart: Chart) -> None:
    """Draw the chart into an empty figure, which grows by what its legend takes."""
    axes = figure.add_subplot()
    axes.set_title(chart.title, loc="left", fontweight="bold", pad=12)
    series = {name: points for name, points in chart.series.items() if points}
    if chart.kind == "bar":
        _plot_bars(axes, chart, series)
    elif chart.kind == "interval":
        _plot_intervals(axes, chart, series)
    else:
        _plot_points(axes, chart, series)
    if len(series) > 1:
        # Below the axes, where it hides no point and takes no width from them. A name with "_" in
        # front would be left out.
        handles, _ = axes.get_legend_handles_labels()
        columns = min(len(series), max(1, ACROSS // (max(map(len, series)) + LEGEND_KEY)))
        figure.legend(
            handles, list(series), loc="outside lower center", ncols=columns, frameon=False
        )
        rows = ceil(len(series) / columns)
        figure.set_size_inches(INCHES[0], INCHES[1] + LEGEND_ROW_INCHES * rows)


def _plot_points(axes: Axes, chart: Chart, series: Series) -> None:
    axes.set_xlabel(chart.x)
    axes.set_ylabel(chart.y)
    line = "-" if chart.kind == "line" else "none"
    for points, ink, marker in zip(series.values(), cycle(INKS), cycle(MARKERS), strict=False):
        xs, ys = zip(*points, strict=True)
        axes.plot(xs, ys, label="series", color=ink, marker=marker, linestyle=line, linewidth=1.8)
    axes.grid(color=PALE)
    heights = [y for points in series.values() for _, y in points]
    if min(heights) >= 0:
        axes.set_ylim(0, 1.08 * max(heights) or 1)
    axes.yaxis.set_major_formatter(NUMBER)
    _mark_places(axes, chart, sorted({float(x) for points in series.values() for x, _ in points}))


def _mark_places(axes: Axes, chart: Chart, places: Sequence[float]) -> None:
    from matplotlib.ticker import LogLocator

    if chart.log_x and places[-1] >= DECADE * places[0] > 0:
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.minorticks_off()
    if chart.kind == "line" and len(places) <= FEW_TICKS:
        axes.set_xticks(places)
    axes.xaxis.set_major_formatter(NUMBER)


def _plot_bars(axes: Axes, chart: Chart, series: Series) -> None:
    names = _places(series)
    upright = len(names) <= FEW_NAMES and max(map(len, names)) <= SHORT_NAME
    thickness = 0.8 / len(series)
    for number, (points, ink) in enumerate(zip(series.values(), cycle(INKS), strict=False)):
        aside = (number - (len(series) - 1) / 2) * thickness
        at = [names.index(str(x)) + aside for x, _ in points]
        draw_bars = axes.bar if upright else axes.barh
        bars = draw_bars(at, [y for _, y in points], 0.92 * thickness, label="series", color=ink)
        if len(names) * len(series) <= FEW_BARS:
            axes.bar_label(bars, fmt="{:,.3g}", padding=3, fontsize=8, color=GREY)
    lengths = [y for points in series.values() for _, y in points]
    if upright:
        axes.margins(y=0.15)
        axes.grid(axis="y", color=PALE)
        room = max(1, ACROSS // len(names) - 1)
        axes.set(xlabel=chart.x, ylabel=chart.y)
        axes.set_xticks(range(len(names)), [fill(name, room) for name in names])
        axes.yaxis.set_major_formatter(NUMBER)
    else:
        axes.margins(x=0.15)
        _list_places(axes, chart, names)
    if not any(lengths):
        (axes.set_ylim if upright else axes.set_xlim)(0, 1)


def _plot_intervals(axes: Axes, chart: Chart, series: Series) -> None:
    """A point for each place, one below the other, in the middle of a bar from end to end."""
    names = _places(series)
    axes.axvline(0, color=GREY, linewidth=0.8)
    for points, ink, marker in zip(series.values(), cycle(INKS), cycle(MARKERS), strict=False):
        at, middles = [names.index(str(x)) for x, _ in points], [y for _, y in points]
        ends = [chart.ends.get(str(x), (y, y)) for x, y in points]
        axes.hlines(at, *zip(*ends, strict=True), color=ink, linewidth=1.8)
        axes.plot(middles, at, label="series", color=ink, marker=marker, linestyle="none")
    _list_places(axes, chart, names)


def _places(series: Series) -> list[str]:
    return list(dict.fromkeys(str(x) for points in series.values() for x, _ in points))


def _list_places(axes: Axes, chart: Chart, names: Sequence[str]) -> None:
    """One below the other, the first on top."""
    axes.set(xlabel=chart.y, ylabel=chart.x)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.xaxis.set_major_formatter(NUMBER)
    axes.grid(axis="x", color=PALE)

"""What a run of `memoryos bench scale` found, for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.bench.charts import Chart, curve
from memoryos.bench.tables import Table, cell, spread

ROWS = {
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

STARTS = {
    "python_ms": "python -c pass",
    "import_memoryos_ms": "import memoryos",
    "import_memoryos_class_ms": "from memoryos import Memoryos",
    "help_ms": "memoryos --help",
}

LATENCIES = {
    "recall_p50_ms": "recall p50",
    "recall_p95_ms": "recall p95",
    "add_p50_ms": "add_memory p50",
    "add_p95_ms": "add_memory p95",
}


def tables(content: Mapping[str, Any]) -> tuple[Table, ...]:
    """The figures by number of pages, and those of starting up."""
    by_pages = content["by_pages"]
    rows = tuple(
        (
            name,
            *(
                cell(figures[key]) if key in figures else spread(figures, key)
                for figures in by_pages.values()
            ),
        )
        for key, name in ROWS.items()
    )
    starts = tuple((name, cell(content["start"][key])) for key, name in STARTS.items())
    return (
        Table("Scale", ("pages", *(f"{int(size):,}" for size in by_pages)), rows),
        Table("Cold starts", ("start, whole process", "ms"), starts),
    )


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Latency against pages."""
    series = {name: curve(content, "by_pages", figure=key) for key, name in LATENCIES.items()}
    return (_latency("latency-by-pages", "Latency as memory grows", series),)


def by_pages(runs: Mapping[str, Mapping[str, Any]]) -> tuple[Chart, ...]:
    """The latencies of runs against pages, a chart for each latency, a series for each run."""
    return tuple(
        _latency(
            f"{key.removesuffix('_ms').replace('_', '-')}-by-pages",
            f"Latency as memory grows: {LATENCIES[key]}",
            {name: curve(content, "by_pages", figure=key) for name, content in runs.items()},
        )
        for key in LATENCIES
    )


def _latency(name: str, title: str, series: Mapping[str, list[tuple[float, float]]]) -> Chart:
    return Chart(name, title, "pages of one owner", "milliseconds", series, log_x=True)

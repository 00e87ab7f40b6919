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
    "cold_reading_ms": "of its load: reading rows, ms",
    "cold_building_ms": "of its load: building the index, ms",
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
    """The figures by number of pages, those of starting up, and of many owners."""
    starts = tuple((name, cell(content["start"][key])) for key, name in STARTS.items())
    found = [
        _by_pages("Scale", content["by_pages"]),
        Table("Cold starts", ("start, whole process", "ms"), starts),
    ]
    if "on_postgresql" in content:
        found.insert(1, _by_pages("Scale on PostgreSQL", content["on_postgresql"]["by_pages"]))
        found.append(_on_both(content["recall_on_both"]))
    if "many_owners" in content:
        found.append(_many_owners(content["many_owners"]))
    return tuple(found)


def _by_pages(title: str, by_pages: Mapping[str, Any]) -> Table:
    rows = tuple(
        (name, *(_cell(figures, key) for figures in by_pages.values()))
        for key, name in ROWS.items()
    )
    return Table(title, ("pages", *(f"{int(size):,}" for size in by_pages)), rows)


def _cell(figures: Mapping[str, Any], key: str) -> str:
    # Reports of earlier versions lack the parts of a load.
    if f"{key}_p50_ms" in figures:
        return spread(figures, key)
    return cell(figures.get(key))


def _on_both(figures: Mapping[str, Any]) -> Table:
    asked = figures["probes"]
    rows = (
        ("probes that recall the same", f"{figures['equal']:,} of {asked:,}"),
        *(
            (f"recall p50 / p95 on {name}, ms", spread(figures, f"{name}_recall"))
            for name in ("SQLite", "PostgreSQL")
        ),
    )
    title = f"The same {figures['pages']:,} pages on both databases"
    return Table(title, ("of one owner", "figure"), rows, "Pages, facts, order and every score.")


def _many_owners(figures: Mapping[str, Any]) -> Table:
    filing = figures["filing"]
    workers = f"filing by {filing['workers']} worker processes, pages/s"
    rows = [
        ("bulk import, pages/s", cell(figures["import_pages_per_s"])),
        (workers, cell(filing["pages_per_s"])),
        ("disk per page, KB", cell(figures["disk_kb_per_page"])),
        ("working set of an owner, KB", cell(figures["working_set_kb_per_owner"])),
        ("limit of all working sets, MB", cell(figures["working_set_mb_limit"])),
    ]
    for name, drawn in figures["drawn"].items():
        rows += [
            (f"drawn {name}: hit rate", cell(drawn["hit_rate"])),
            (f"drawn {name}: recall p50 / p95, ms", spread(drawn, "recall")),
        ]
    title = f"{figures['owners']:,} owners of {figures['pages_per_owner']:,} pages"
    return Table(title, (f"on {figures['database']}", "figure"), tuple(rows))


def charts(content: Mapping[str, Any]) -> tuple[Chart, ...]:
    """Latency against pages; on PostgreSQL, too, where it was measured."""
    return (
        _latencies("latency-by-pages", "Latency as memory grows", content, "by_pages"),
        _latencies(
            "latency-by-pages-on-postgresql",
            "Latency as memory grows on PostgreSQL",
            content,
            "on_postgresql",
            "by_pages",
        ),
    )


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


def _latencies(name: str, title: str, content: Mapping[str, Any], *path: str) -> Chart:
    series = {said: curve(content, *path, figure=key) for key, said in LATENCIES.items()}
    return _latency(name, title, series)


def _latency(name: str, title: str, series: Mapping[str, list[tuple[float, float]]]) -> Chart:
    return Chart(name, title, "pages of one owner", "milliseconds", series, log_x=True)

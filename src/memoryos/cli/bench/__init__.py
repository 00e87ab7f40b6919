"""`memoryos bench`: the numbers MemoryOS stands by, each from one command."""

from __future__ import annotations

from collections.abc import Callable

import typer

from memoryos.cli.bench import ablate, calls, fleet, gvd, locomo, recall, report, scale

app = typer.Typer(
    no_args_is_help=True,
    help="Measure recall, answers, speed and cost (benchmarks/README.md explains).",
)

# A new benchmark has a line here and its module in the import above; the order is that of the help.
COMMANDS: dict[str, Callable[..., None]] = {
    "recall": recall.recall,
    "locomo": locomo.locomo,
    "gvd": gvd.gvd,
    "scale": scale.scale,
    "fleet": fleet.fleet,
    "calls": calls.calls,
    "ablate": ablate.ablate,
    "report": report.report,
}
for name, command in COMMANDS.items():
    app.command(name)(command)

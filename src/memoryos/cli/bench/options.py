"""The options that benchmarks have in common."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[
    Path, typer.Option(exists=True, dir_okay=False, help="A file in the format of LoCoMo.")
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="DIR",
        file_okay=False,
        help="The folder for the report: figures, tables and charts.",
    ),
]
Report = Annotated[
    Path | None,
    typer.Option(
        "--json", metavar="OUT", dir_okay=False, help="Where to write the report as one JSON file."
    ),
]
Embedder = Annotated[str, typer.Option(help='The embedding model, "none" for lexical recall.')]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database-url",
        metavar="URL",
        help="A PostgreSQL server to measure on, in a database made for the run and dropped after.",
    ),
]

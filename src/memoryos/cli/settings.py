"""The options that every command takes, before its name or after it."""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from memoryos.config import (
    DATABASE_NAME,
    DEFAULT_ASSISTANT_ID,
    DEFAULT_EMBEDDING_MODEL,
    default_data_folder,
)
from memoryos.errors import InvalidArgumentError

if TYPE_CHECKING:
    from memoryos.memoryos import Memoryos

Data = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="FOLDER",
        help="Where memory is kept (or MEMORYOS_DATA); unless told, a folder of your own.",
    ),
]
User = Annotated[
    str | None,
    typer.Option(
        "--user",
        metavar="NAME",
        help="Whose memory (or MEMORYOS_USER); unless told, that of default.",
    ),
]
Assistant = Annotated[
    str | None,
    typer.Option(
        "--assistant",
        metavar="NAME",
        help="The agent that the user talks with.",
    ),
]
EmbedderName = Annotated[
    str | None,
    typer.Option(
        "--embedder",
        metavar="NAME",
        help="wordllama (bundled), none, fastembed:NAME, sentence-transformers:NAME, openai:NAME.",
    ),
]
Json = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print one JSON document; errors as JSON on stderr.",
    ),
]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the shared options say, before the environment; None where they say nothing."""

    data: Path | None = None
    user: str | None = None
    assistant: str | None = None
    embedder: str | None = None
    json: bool = False

    def overridden(self, **said: Any) -> Settings:
        """These settings with what was said in their place."""
        return replace(
            self, **{k: value for k, value in said.items() if value not in (None, False)}
        )

    @property
    def folder(self) -> Path:
        folder = self.data or os.environ.get("MEMORYOS_DATA")
        return Path(folder) if folder else default_data_folder()

    @property
    def database(self) -> Path:
        return self.folder / DATABASE_NAME

    @property
    def user_id(self) -> str:
        if self.user is not None:
            return self.user
        return os.environ.get("MEMORYOS_USER") or "default"

    @property
    def embedding_model_name(self) -> str:
        return self.embedder or DEFAULT_EMBEDDING_MODEL

    @property
    def model_access(self) -> dict[str, Any]:
        """Key and address of a remote embedder, from the environment; nothing for a local one."""
        if not self.embedding_model_name.startswith("openai:"):
            return {}
        return {
            "api_key": os.environ.get("OPENAI_API_KEY"),
            "base_url": os.environ.get("OPENAI_BASE_URL"),
        }

    def open_memory(self, user_id: str | None = None, **changes: Any) -> Memoryos:
        """The user's memory, or another's; consolidation waits for `flush` unless told."""
        from memoryos.memoryos import Memoryos

        arguments: dict[str, Any] = {
            "data_storage_path": self.folder,
            "assistant_id": self.assistant or DEFAULT_ASSISTANT_ID,
            "embedding_model_name": self.embedding_model_name,
            "background": False,
            **{f"openai_{name}": value for name, value in self.model_access.items()},
        }
        return Memoryos(self.user_id if user_id is None else user_id, **{**arguments, **changes})


def standard_input() -> TextIO:
    """Stdin; raises InvalidArgumentError where the command was started without one."""
    if sys.stdin is None:
        raise InvalidArgumentError("there is nothing to read: standard input is closed")
    return sys.stdin


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """`command(settings, ...)` as Typer wants it: with the shared options among its own.

    What is said after a command's name goes before what is said ahead of it.
    """

    @functools.wraps(command)
    def run(context: typer.Context, **values: Any) -> None:
        shared = {name: values.pop(name) for name in _SHARED}
        command(context.obj.overridden(**shared), **values)

    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    parameters = [
        _option("context", typer.Context),
        *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own),
        *_SHARED.values(),
    ]
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return run


def _option(name: str, annotation: Any, **default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, **default)


_SHARED = {
    "data": _option("data", Data, default=None),
    "user": _option("user", User, default=None),
    "assistant": _option("assistant", Assistant, default=None),
    "embedder": _option("embedder", EmbedderName, default=None),
    "json": _option("json", Json, default=False),
}

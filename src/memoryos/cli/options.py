"""The options that every command takes, before its name or after it."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from memoryos.cli.settings import Settings

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
Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="The language model (or MEMORYOS_MODEL); its key comes from OPENAI_API_KEY.",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="A server that speaks OpenAI's protocol (or OPENAI_BASE_URL).",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings as JSON (or MEMORYOS_CONFIG); see: memoryos config show.",
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
class Options:
    """What the shared options say; None where they say nothing."""

    data: Path | None = None
    user: str | None = None
    assistant: str | None = None
    embedder: str | None = None
    model: str | None = None
    base_url: str | None = None
    config: Path | None = None
    json: bool = False

    def overridden(self, **said: Any) -> Options:
        """These options with what was said in their place."""
        return replace(
            self, **{k: value for k, value in said.items() if value not in (None, False)}
        )

    def settings(self) -> Settings:
        """What is in force, with these options as the arguments. Reads the configuration file."""
        arguments = {
            "data_storage_path": self.data,
            "user_id": self.user,
            "assistant_id": self.assistant,
            "embedding_model_name": self.embedder,
            "llm_model": self.model,
            "openai_base_url": self.base_url,
            "config": self.config,
        }
        return Settings.resolved(arguments, os.environ, json=self.json)


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """`command(settings, ...)` as Typer wants it: with the shared options among its own.

    What is said after a command's name goes before what is said ahead of it.
    """

    @functools.wraps(command)
    def run(context: typer.Context, **values: Any) -> None:
        shared = {name: values.pop(name) for name in _SHARED}
        command(context.obj.overridden(**shared).settings(), **values)

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
    "model": _option("model", Model, default=None),
    "base_url": _option("base_url", BaseUrl, default=None),
    "config": _option("config", Config, default=None),
    "json": _option("json", Json, default=False),
}

"""What is in force: every setting with its value, and where the value comes from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from memoryos.config import (
    DATABASE_NAME,
    MemoryConfig,
    ModelSettings,
    model_settings,
    without_password,
)
from memoryos.config_file import DEFAULTS, NUMBERS, read_config_file
from memoryos.errors import InvalidArgumentError
from memoryos.intake import check_folder

if TYPE_CHECKING:
    from memoryos.embedders.base import Embedder
    from memoryos.memoryos import Memoryos

ARGUMENT = "argument"
DEFAULT = "default"

VARIABLES = {
    "config": "MEMORYOS_CONFIG",
    "user_id": "MEMORYOS_USER",
    "data_storage_path": "MEMORYOS_DATA",
    "database_url": "MEMORYOS_DATABASE_URL",
    "llm_model": "MEMORYOS_MODEL",
    "llm_timeout_seconds": "MEMORYOS_MODEL_TIMEOUT",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
}
"""The variable of the environment that gives a setting; an empty one gives nothing."""

IN_NUMBERS = ("llm_timeout_seconds",)

HOW_TO_GIVE_A_MODEL = (
    "set OPENAI_API_KEY, or openai_api_key in the file of --config; a server of your own needs"
    " only --base-url"
)


@dataclass(frozen=True, slots=True)
class Setting:
    value: Any
    source: str
    """"argument", "environment NAME", "file PATH" or "default"."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting that is in force, `config` among them: the configuration file, if any."""

    in_force: Mapping[str, Setting]
    json: bool = False

    @classmethod
    def resolved(
        cls, arguments: Mapping[str, Any], environment: Mapping[str, str], *, json: bool = False
    ) -> Settings:
        """Arguments go before the environment, that before the file, that before the defaults.

        An argument that is None says nothing. Raises InvalidArgumentError for a file that cannot be
        read, or holds what it cannot.
        """
        config = _said("config", arguments, environment) or Setting(None, DEFAULT)
        content = read_config_file(Path(config.value).expanduser()) if config.value else {}
        in_file = {name: Setting(value, f"file {config.value}") for name, value in content.items()}
        in_force = {
            name: _said(name, arguments, environment)
            or in_file.get(name)
            or Setting(default, DEFAULT)
            for name, default in DEFAULTS.items()
        }
        if in_force["data_storage_path"].source == ARGUMENT != in_force["database_url"].source:
            # A folder that was said goes before a database that was not.
            in_force["database_url"] = Setting(None, DEFAULT)
        return cls({"config": config, **in_force}, json)

    def value(self, name: str) -> Any:
        return self.in_force[name].value

    @property
    def folder(self) -> Path:
        return check_folder(self.value("data_storage_path"))

    @property
    def database_url(self) -> str:
        """Where memory is kept; may hold a password."""
        url: str | None = self.value("database_url")
        return url or f"sqlite:///{self.database.absolute()}"

    @property
    def place(self) -> str:
        """Where memory is kept, as it may be shown: the data folder, or the database named."""
        url = self.value("database_url")
        return without_password(url) if url else str(self.folder)

    @property
    def database(self) -> Path:
        return self.folder / DATABASE_NAME

    @property
    def user_id(self) -> str:
        return str(self.value("user_id"))

    @property
    def embedding_model_name(self) -> str:
        return str(self.value("embedding_model_name"))

    @property
    def language_model(self) -> ModelSettings | None:
        """The language model, None where the rules work alone; `why_no_model` then says why.

        Raises InvalidArgumentError for a base URL that cannot be read.
        """
        return model_settings(
            self.value("openai_api_key"),
            self.value("openai_base_url"),
            self.value("llm_model"),
            timeout_seconds=self.value("llm_timeout_seconds"),
            environment={},
        )

    def with_model_of_file(self) -> Settings:
        """These, with the key that the configuration file holds, and its address.

        Elsewhere the environment goes before the file. A client passes on an environment that
        nobody looks at: an empty key in the file means no model, whatever that holds.
        """
        path = self.value("config")
        content = read_config_file(Path(path).expanduser()) if path else {}
        if "openai_api_key" not in content:
            return self
        # An empty address is OpenAI's own; None would be looked up in the environment.
        named = {
            name: Setting(content.get(name, ""), f"file {path}")
            for name in ("openai_api_key", "openai_base_url")
            if self.in_force[name].source != ARGUMENT
        }
        return replace(self, in_force={**self.in_force, **named})

    @property
    def why_no_model(self) -> str:
        key = self.in_force["openai_api_key"]
        if key.value is None:
            return f"there is no API key: {HOW_TO_GIVE_A_MODEL}"
        return f"the API key ({key.source}) is empty or a placeholder: {HOW_TO_GIVE_A_MODEL}"

    def open_memory(self, **changes: Any) -> Memoryos:
        """The user's memory; consolidation waits for `flush` unless told."""
        from memoryos.memoryos import Memoryos

        arguments = {name: self.value(name) for name in DEFAULTS}
        if "data_storage_path" in changes:
            arguments["database_url"] = None
        return Memoryos(
            **{**arguments, "data_storage_path": self.folder, "background": False, **changes}
        )

    def open_embedder(self) -> Embedder | None:
        """The embedder; a remote one takes key and address from those of the language model."""
        from memoryos.embedders import open_embedder

        model = self.language_model
        return open_embedder(
            self.embedding_model_name,
            kwargs=self.value("embedding_model_kwargs"),
            api_key=model.api_key if model else None,
            base_url=model.base_url if model else None,
        )

    def memory_config(self, **changes: Any) -> MemoryConfig:
        """The numbers in force, with `changes` in their place."""
        return MemoryConfig(**{**{name: self.value(name) for name in NUMBERS}, **changes})


def _said(
    name: str, arguments: Mapping[str, Any], environment: Mapping[str, str]
) -> Setting | None:
    """What the command line, else the environment, says; None where neither does."""
    if (value := arguments.get(name)) is not None:
        return Setting(value, ARGUMENT)
    variable = VARIABLES.get(name, "")
    if text := environment.get(variable, "").strip():
        value = _number(text, variable) if name in IN_NUMBERS else text
        return Setting(value, f"environment {variable}")
    return None


def _number(text: str, variable: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidArgumentError(f"{variable} must be a number, not {text!r}") from None


def standard_input() -> TextIO:
    """Stdin; raises InvalidArgumentError where the command was started without one."""
    if sys.stdin is None:
        raise InvalidArgumentError("there is nothing to read: standard input is closed")
    return sys.stdin

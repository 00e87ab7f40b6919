"""The JSON configuration file: settings by the names of the arguments of `Memoryos`."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from memoryos.config import (
    DEFAULT_ASSISTANT_ID,
    DEFAULT_EMBEDDING_MODEL,
    DEFAULT_LLM_MODEL,
    DEFAULT_LLM_TIMEOUT_SECONDS,
    MemoryConfig,
    check_database_url,
    model_settings,
)
from memoryos.errors import InvalidArgumentError
from memoryos.intake import check_folder, check_identifier

NUMBERS = (
    "short_term_capacity",
    "mid_term_capacity",
    "long_term_knowledge_capacity",
    "retrieval_queue_capacity",
    "mid_term_heat_threshold",
    "mid_term_similarity_threshold",
    "policy",
    "daily_call_budget",
    "daily_token_budget",
    "retention_days",
)
"""The settings that are `MemoryConfig`'s."""

IDENTIFIERS = ("user_id", "assistant_id", "user_name", "assistant_name")

_numbers = MemoryConfig()

DEFAULTS: Mapping[str, Any] = {
    "user_id": "default",
    "assistant_id": DEFAULT_ASSISTANT_ID,
    "user_name": None,
    "assistant_name": None,
    "data_storage_path": None,
    "database_url": None,
    "openai_api_key": None,
    "openai_base_url": None,
    "llm_model": DEFAULT_LLM_MODEL,
    "llm_timeout_seconds": DEFAULT_LLM_TIMEOUT_SECONDS,
    "embedding_model_name": DEFAULT_EMBEDDING_MODEL,
    "embedding_model_kwargs": None,
    **{name: getattr(_numbers, name) for name in NUMBERS},
}
"""Every setting that a file may hold, and what holds without it."""


def read_config_file(path: Path) -> dict[str, Any]:
    """The settings that the file at `path` holds; null is as if the setting were not there.

    A relative `data_storage_path` is taken from the file's folder. Raises InvalidArgumentError for
    a file that cannot be read or is not JSON, an unknown setting, and a value that cannot be; the
    message names the file and the setting, and never holds a key or a password.
    """
    settings = {name: value for name, value in _object(path).items() if value is not None}
    if unknown := [name for name in settings if name not in DEFAULTS]:
        raise InvalidArgumentError(f"{path}: {_unknown(unknown[0])}")
    try:
        _check(settings)
    except InvalidArgumentError as error:
        raise InvalidArgumentError(f"{path}: {error}") from None
    if "data_storage_path" in settings:
        folder = check_folder(settings["data_storage_path"])
        settings["data_storage_path"] = str(path.absolute().parent / folder)
    return settings


def _object(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise InvalidArgumentError(
            f"cannot read the configuration file {path}: {error.strerror}"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InvalidArgumentError(f"{path} is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise InvalidArgumentError(
            f'{path} must hold a JSON object, such as {{"user_id": "tom"}},'
            f" not {type(content).__name__}"
        )
    return content


def _unknown(name: str) -> str:
    close = difflib.get_close_matches(name, DEFAULTS, n=1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    return f"there is no setting {name!r}{meant}; there are {', '.join(DEFAULTS)}"


def _check(settings: Mapping[str, Any]) -> None:
    """Raises InvalidArgumentError, which names the setting, for a value that it cannot have."""
    for name in IDENTIFIERS:
        if name in settings:
            check_identifier(settings[name], name)
    if "data_storage_path" in settings:
        check_folder(settings["data_storage_path"])
    if "database_url" in settings:
        check_database_url(settings["database_url"])
    if not isinstance(settings.get("embedding_model_name", ""), str):
        raise InvalidArgumentError(
            'embedding_model_name must be text, such as "wordllama" or "openai:NAME"'
        )
    if not isinstance(settings.get("embedding_model_kwargs", {}), dict):
        raise InvalidArgumentError(
            'embedding_model_kwargs must be a JSON object, such as {"device": "cpu"}'
        )
    MemoryConfig(**{name: settings[name] for name in NUMBERS if name in settings})
    model_settings(
        settings.get("openai_api_key"),
        settings.get("openai_base_url"),
        settings.get("llm_model", DEFAULT_LLM_MODEL),
        timeout_seconds=settings.get("llm_timeout_seconds", DEFAULT_LLM_TIMEOUT_SECONDS),
        environment={},
    )

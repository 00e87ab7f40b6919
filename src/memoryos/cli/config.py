"""`memoryos config`: which settings are in force, and where each comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import typer

from memoryos.cli import output
from memoryos.cli.options import with_settings
from memoryos.cli.output import show
from memoryos.cli.settings import Settings
from memoryos.config import without_password
from memoryos.errors import InvalidArgumentError

app = typer.Typer(no_args_is_help=True, help="Show the settings in force.")

SECRET = re.compile("key|token|secret|password|auth|credential", re.IGNORECASE)
"""Names of arguments whose values are nobody's to see."""

SHOWN_END = 4
LONG_ENOUGH = 12


@app.command("show")
@with_settings
def show_config(settings: Settings) -> None:
    """Show every setting and where it comes from.

    An argument goes before the environment, that before the file of --config: a JSON object of
    these settings. Keys are masked.
    """
    shown = {name: as_shown(name, settings) for name in settings.in_force}
    model, in_force = _language_model(settings)
    if settings.json:
        output.show_json(
            {
                "settings": {
                    name: {"value": value, "source": settings.in_force[name].source}
                    for name, value in shown.items()
                },
                "language_model": {"in_force": in_force, "detail": model},
            }
        )
        return
    output.show_table(
        ((name, _text(value), settings.in_force[name].source) for name, value in shown.items()),
        head=("setting", "value", "from"),
    )
    show(f"language model: {model}")


def as_shown(name: str, settings: Settings) -> Any:
    """The value of a setting as it may be seen."""
    value = settings.value(name)
    if name == "data_storage_path":
        return str(settings.folder)
    if name == "database_url" and value:
        return without_password(value)
    if name == "openai_base_url" and value:
        return _without_password(value)
    return _masked(name, value) if value is not None else None


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return "-" if value is None else str(value)


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {inner: _masked(inner, item) for inner, item in value.items()}
    return mask(value) if isinstance(value, str) and SECRET.search(name) else value


def mask(secret: str) -> str:
    """Enough of a key to tell it from another one, never enough to use it."""
    if len(secret) <= LONG_ENOUGH:
        return "set" if secret.strip() else "empty"
    kind = "sk-" if secret.startswith("sk-") else ""
    return f"{kind}…{secret[-SHOWN_END:]}"


def _without_password(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    _, at, host = parts.netloc.rpartition("@")
    query = "…" if parts.query else ""
    return parts._replace(netloc=f"…@{host}" if at else host, query=query).geturl()


def _language_model(settings: Settings) -> tuple[str, bool]:
    """Which one is in force, or why none is; and whether one is."""
    try:
        model = settings.language_model
    except InvalidArgumentError as error:
        return f"none: {error}", False
    if model is None:
        return f"none; {settings.why_no_model}", False
    where = _without_password(model.base_url) if model.base_url else "OpenAI"
    return f"{model.model} at {where}{'' if model.api_key else ', without a key'}", True

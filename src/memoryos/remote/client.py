"""The client of the `openai` library, bound to one endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openai import OpenAI


def open_client(api_key: str | None, base_url: str, *, arguments: Mapping[str, Any]) -> OpenAI:
    """A client that asks `base_url` and nobody else; `arguments` are the library's own.

    It takes nothing of the environment, where another server's key and headers may stand, and
    follows no redirect. Without a key the server is told "none". Opens no connection.
    """
    from openai import OpenAI

    client = OpenAI(api_key=api_key or "none", base_url=base_url, **arguments)
    # It takes these from the environment, where they are meant for OpenAI itself.
    client.organization = arguments.get("organization")
    client.project = arguments.get("project")
    client._custom_headers = dict(arguments.get("default_headers") or {})
    client._client.follow_redirects = False
    return client

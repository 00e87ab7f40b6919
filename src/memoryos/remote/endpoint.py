"""Where a remote model is asked: its base URL, and the key that this server alone is to see."""

from __future__ import annotations

from urllib.parse import urlsplit

from memoryos.errors import InvalidArgumentError

OPENAI_URL = "https://api.openai.com/v1"


def check_endpoint(api_key: str | None, base_url: str | None) -> None:
    """Raises InvalidArgumentError for a key that no header can hold, and a base URL that is none.

    None, or "", is no key, or OpenAI itself.
    """
    for name, value in (("API key", api_key), ("base URL", base_url)):
        if value is not None and not isinstance(value, str):
            raise InvalidArgumentError(f"the {name} must be text, not {type(value).__name__}")
    if api_key and not (api_key.isascii() and api_key.isprintable()):
        raise InvalidArgumentError(
            "the API key holds a sign that no key has, such as a line break: copy it again"
        )
    if base_url and not _is_web_address(base_url):
        raise InvalidArgumentError(
            f"base_url must begin with http:// or https:// and name a server, not {base_url!r}"
        )


def is_same_endpoint(one: str | None, other: str | None) -> bool:
    """Whether two base URLs are one; None is OpenAI's own."""
    return _plain(one) == _plain(other)


def hint(status: int) -> str:
    """What to look at when a server answers with an HTTP status, to end a message with; or ""."""
    if 300 <= status < 400:
        return "; it redirects elsewhere: check the base URL"
    return {
        401: "; check the API key",
        403: "; check the API key, and that it may use this model",
        404: "; check the model's name and the base URL",
    }.get(status, "")


def _plain(base_url: str | None) -> tuple[str, str, str, str]:
    parts = urlsplit(base_url or OPENAI_URL)
    return parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"), parts.query


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises where it is no number
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)

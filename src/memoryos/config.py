"""Every setting, its default and where the default comes from. Frozen; validated once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from memoryos.errors import InvalidArgumentError

Policy = Literal["default", "paper"]

DEFAULT_ASSISTANT_ID = "default_assistant_profile"
DEFAULT_EMBEDDING_MODEL = "wordllama"
DEFAULT_LLM_MODEL = "gpt-4o-mini"
DEFAULT_LLM_TIMEOUT_SECONDS = 60.0
LONGEST_LLM_TIMEOUT_SECONDS = 86_400.0

DATABASE_NAME = "memoryos.db"
OPENAI_HOST = "api.openai.com"
PLACEHOLDERS = ("YOUR", "TU", "LA TUA", "LA_TUA", "LATUA")
MAX_ID_CHARACTERS = 512
MAX_HALF_BYTES = 100_000
MAX_META_DATA_BYTES = 100_000
MAX_META_DATA_LEVELS = 32


@dataclass(frozen=True, slots=True)
class MemoryConfig:
    """The numbers MemoryOS works by. The capacities and thresholds are the paper's (§4.1)."""

    short_term_capacity: int = 7
    mid_term_capacity: int = 200
    long_term_knowledge_capacity: int = 100
    retrieval_queue_capacity: int = 10
    """Pages a recall returns unless asked for another number (paper: top-k = 10)."""
    mid_term_heat_threshold: float = 5.0
    """tau: a segment this hot is promoted."""
    mid_term_similarity_threshold: float | None = None
    """theta; None means the one that suits the embedder."""
    policy: Policy = "default"
    max_tokens: int = 2000
    """Tokens a recall may put into a prompt."""
    recalled_segments: int = 5
    """top-m of policy `paper`."""
    recalled_facts: int = 10
    """Facts of the user, and of the agent, that a recall returns (paper: 10)."""
    conversation_gap_seconds: float = 3600.0
    """A longer silence ends a conversation that carries no id."""
    heat_decay_seconds: float = 1e7
    """mu of Eq. 4, about 116 days."""
    idle_seconds: float = 1800.0
    """Pages that wait to be filed or promoted are, however few, when nothing was added for this
    long."""
    daily_call_budget: int | None = None
    """Model calls an owner may cost a day (UTC); then the rules go on alone. None: no bound."""
    daily_token_budget: int | None = None
    """Model tokens, of prompts and replies, an owner may cost a day (UTC). None: no bound."""
    filing_delay_seconds: float = 0.5
    """How long the background waits after a write, so that a burst is filed together."""
    look_seconds: float = 30.0
    """How often the background looks for owners that other processes made due."""
    lease_seconds: float = 15.0
    """How long an owner waits for a worker that died; a living one renews its lease each round."""
    retention_days: float | None = None
    """Pages whose timestamp is older than this are forgotten: by the background, which looks for
    them once a day, and by `flush`. None: none are."""
    working_set_bytes: int = 1 << 30
    """Memory for the indexes of all owners of a process; the least recently used leave first."""
    max_half_bytes: int = MAX_HALF_BYTES

    def __post_init__(self) -> None:
        for name in (
            "short_term_capacity",
            "mid_term_capacity",
            "long_term_knowledge_capacity",
            "retrieval_queue_capacity",
            "max_tokens",
            "recalled_segments",
            "recalled_facts",
            "working_set_bytes",
            "max_half_bytes",
            "daily_call_budget",
            "daily_token_budget",
        ):
            value = getattr(self, name)
            if value is None and name.endswith("_budget"):
                continue
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InvalidArgumentError(
                    f"{name} must be a whole number of at least 1, not {value!r}"
                )
        for name in (
            "mid_term_heat_threshold",
            "mid_term_similarity_threshold",
            "conversation_gap_seconds",
            "heat_decay_seconds",
            "idle_seconds",
            "filing_delay_seconds",
            "look_seconds",
            "lease_seconds",
            "retention_days",
        ):
            value = getattr(self, name)
            if value is None and name in ("mid_term_similarity_threshold", "retention_days"):
                continue
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not is_number or not 0 <= value < math.inf:
                raise InvalidArgumentError(f"{name} must be a number of at least 0, not {value!r}")
        if self.retention_days == 0:
            raise InvalidArgumentError(
                "retention_days must be more than 0, which would forget every page: None keeps all"
            )
        if self.policy not in ("default", "paper"):
            raise InvalidArgumentError(f"policy must be 'default' or 'paper', not {self.policy!r}")


def default_data_folder() -> Path:
    """Where memory is kept unless told: a folder of the user's own, as the platform has it."""
    import platformdirs

    return Path(platformdirs.user_data_dir("memoryos", appauthor=False))


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """The language model that is asked: one set of settings for every call (C6)."""

    model: str
    api_key: str | None = field(default=None, repr=False)
    """None for servers that need none."""
    base_url: str | None = None
    """None is OpenAI's own."""
    timeout_seconds: float = DEFAULT_LLM_TIMEOUT_SECONDS
    """The longest that one call may take, and each wait for a piece of a stream."""


def model_settings(
    api_key: str | None,
    base_url: str | None,
    model: str,
    *,
    timeout_seconds: float = DEFAULT_LLM_TIMEOUT_SECONDS,
    environment: Mapping[str, str],
) -> ModelSettings | None:
    """The language model that these name; None for none, and then MemoryOS works by rules.

    What is None is taken from OPENAI_API_KEY and OPENAI_BASE_URL of `environment`; an empty key
    that is given means no model, whatever the environment holds, unless a base URL comes with it.
    A placeholder (with white space, or beginning with YOUR, TU or LA TUA in any case) is no key,
    and a base URL other than OpenAI's needs none. Raises InvalidArgumentError if one is no text,
    the URL cannot be read, or the time-out is not above 0 s and at most a day.
    """
    for name, value in (("openai_api_key", api_key), ("openai_base_url", base_url)):
        if value is not None and not isinstance(value, str):
            raise InvalidArgumentError(f"{name} must be text, not {type(value).__name__}")
    if not isinstance(model, str) or not model.strip():
        raise InvalidArgumentError(f"llm_model must be a model's name, not {model!r}")
    is_number = isinstance(timeout_seconds, (int, float)) and not isinstance(timeout_seconds, bool)
    if not is_number or not 0 < timeout_seconds <= LONGEST_LLM_TIMEOUT_SECONDS:
        raise InvalidArgumentError(
            "llm_timeout_seconds must be a number above 0 and at most"
            f" {LONGEST_LLM_TIMEOUT_SECONDS:g}, not {timeout_seconds!r}"
        )
    if api_key is None:
        api_key = environment.get("OPENAI_API_KEY")
    elif not _is_key(api_key) and not (base_url or "").strip():
        return None
    if base_url is None:
        base_url = environment.get("OPENAI_BASE_URL")
    url = (base_url or "").strip() or None
    key = api_key.strip() if api_key and _is_key(api_key) else None
    host = _host(url) if url else OPENAI_HOST
    if key is None and host == OPENAI_HOST:
        return None
    return ModelSettings(model.strip(), key, url, float(timeout_seconds))


def _is_key(text: str) -> bool:
    key = text.strip()
    placeholder = any(char.isspace() for char in key) or key.upper().startswith(PLACEHOLDERS)
    return bool(key) and not placeholder


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise InvalidArgumentError(f"openai_base_url cannot be read: {error}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise InvalidArgumentError(
            f"openai_base_url must be an address such as http://localhost:11434/v1, not {url!r}"
        )
    return host


DATABASE_URL_FORMS = "postgresql+psycopg://user:password@host/database or sqlite:///path/of/a/file"


def check_database_url(url: str) -> str:
    """`url`, if it names a database that can hold memory; raises InvalidArgumentError otherwise.

    Messages never repeat it: it may hold a password.
    """
    if not isinstance(url, str):
        raise InvalidArgumentError(f"database_url must be text, not {type(url).__name__}")
    scheme, separator, rest = url.strip().partition("://")
    if not separator:
        raise InvalidArgumentError(f"database_url is no URL: give {DATABASE_URL_FORMS}")
    if scheme not in ("postgresql+psycopg", "postgresql", "sqlite"):
        raise InvalidArgumentError(
            f"database_url begins with {scheme!r}, which is none that holds memory: give"
            f" {DATABASE_URL_FORMS}"
        )
    if scheme == "sqlite" and (not rest.startswith("/") or rest in ("/", "/:memory:")):
        raise InvalidArgumentError(
            "database_url names no file: give sqlite:///path/of/a/file, with four strokes for a"
            " path that begins with one"
        )
    return url.strip()


def sqlite_path(url: str) -> Path | None:
    """The file that a URL of SQLite names; None for one of PostgreSQL.

    Raises InvalidArgumentError as `check_database_url` does.
    """
    scheme, _, rest = check_database_url(url).partition("://")
    return Path(rest[1:]) if scheme == "sqlite" else None


def without_password(url: str) -> str:
    """A database's URL as it may be shown."""
    scheme, _, rest = url.partition("://")
    rest = re.sub(r"(?i)(password=)[^&]*", r"\1…", rest)
    credentials, at, place = rest.rpartition("@")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}://{user}{':…' if colon else ''}{at}{place}"

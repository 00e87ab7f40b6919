"""Every setting, its default and where the default comes from. Frozen; validated once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from memoryos.errors import InvalidArgumentError

Policy = Literal["default", "paper"]

DEFAULT_ASSISTANT_ID = "default_assistant_profile"
DEFAULT_EMBEDDING_MODEL = "wordllama"
DEFAULT_LLM_MODEL = "gpt-4o-mini"

DATABASE_NAME = "memoryos.db"
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
    promotion_batch: int = 4
    """A hot segment is promoted once this many pages are unanalysed (policy `default`)."""
    promotion_idle_seconds: float = 1800.0
    """Unanalysed pages are promoted when nothing was added for this long (policy `default`)."""
    filing_delay_seconds: float = 0.5
    """How long the background waits after a write, so that a burst is filed together."""
    lease_seconds: float = 15.0
    """How long an owner waits for a worker that died; a living one renews its lease each round."""
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
            "promotion_batch",
            "recalled_facts",
            "working_set_bytes",
            "max_half_bytes",
        ):
            value = getattr(self, name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise InvalidArgumentError(
                    f"{name} must be a whole number of at least 1, not {value!r}"
                )
        for name in (
            "mid_term_heat_threshold",
            "mid_term_similarity_threshold",
            "conversation_gap_seconds",
            "heat_decay_seconds",
            "promotion_idle_seconds",
            "filing_delay_seconds",
            "lease_seconds",
        ):
            value = getattr(self, name)
            if value is None and name == "mid_term_similarity_threshold":
                continue
            is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if not is_number or not 0 <= value < math.inf:
                raise InvalidArgumentError(f"{name} must be a number of at least 0, not {value!r}")
        if self.policy not in ("default", "paper"):
            raise InvalidArgumentError(f"policy must be 'default' or 'paper', not {self.policy!r}")


def default_data_folder() -> Path:
    """Where memory is kept unless told: a folder of the user's own, as the platform has it."""
    import platformdirs

    return Path(platformdirs.user_data_dir("memoryos", appauthor=False))


def model_is_configured(api_key: str | None, base_url: str | None) -> bool:
    """Whether these name a language model.

    An empty key, or a placeholder (with white space, or beginning with YOUR, TU or LA TUA in any
    case), means none, unless the base URL is another than OpenAI's: local servers need no key.
    Raises InvalidArgumentError if one is no text, or the URL cannot be read.
    """
    for name, value in (("openai_api_key", api_key), ("openai_base_url", base_url)):
        if value is not None and not isinstance(value, str):
            raise InvalidArgumentError(f"{name} must be text, not {type(value).__name__}")
    try:
        host = urlsplit((base_url or "").strip()).hostname
    except ValueError as error:
        raise InvalidArgumentError(f"openai_base_url cannot be read: {error}") from None
    if base_url and base_url.strip() and host != "api.openai.com":
        return True
    key = (api_key or "").strip()
    placeholder = any(char.isspace() for char in key) or key.upper().startswith(PLACEHOLDERS)
    return bool(key) and not placeholder

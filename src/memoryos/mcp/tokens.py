"""Bearer tokens: each is bound to one owner, and kept as a hash.

A token is `mos_ID_SECRET`. Its file, `tokens/ID.json` in the data folder, readable by this user
alone, holds the owner and the SHA-256 of the secret: 32 random bytes need no slower hash. A file
for each, so that two commands at once lose nothing, and a token that is revoked is gone at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from memoryos.errors import StorageUnavailableError, UnknownIdError
from memoryos.model import Owner

logger = logging.getLogger(__name__)

FOLDER = "tokens"
PREFIX = "mos"

_ID = re.compile(r"[0-9a-f]{12}")
_NOBODY = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it is kept."""

    id: str
    """Tells tokens apart, and opens nothing."""
    owner: Owner
    created_at: datetime
    digest: str
    """SHA-256 of the secret, hexadecimal."""


class TokenStore:
    """The tokens of a data folder. Holds nothing: every call looks at the files."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder / FOLDER

    def create(self, owner: Owner, *, now: datetime) -> tuple[str, Token]:
        """A new token for `owner`: what its bearer shows, to be seen this once, and what is kept.

        Raises StorageUnavailableError if the folder cannot be written.
        """
        secret = secrets.token_urlsafe(32)
        token = Token(secrets.token_hex(6), owner, now, _digest(secret))
        content = {
            "user_id": owner.user_id,
            "assistant_id": owner.assistant_id,
            "created_at": now.isoformat(),
            "sha256": token.digest,
        }
        try:
            self._folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.mkdir(mode=0o700, exist_ok=True)
            # Under another name until it is whole.
            path = self._path(token.id).with_suffix(".new")
            path.touch(mode=0o600, exist_ok=False)
            path.write_text(json.dumps(content), "utf-8")
            path.rename(self._path(token.id))
        except OSError as error:
            raise StorageUnavailableError(
                f"no token can be kept in {self._folder}: {error}"
            ) from None
        return f"{PREFIX}_{token.id}_{secret}", token

    def all(self) -> tuple[Token, ...]:
        """Every token, the oldest first."""
        return tuple(sorted(self._read_all(), key=lambda token: (token.created_at, token.id)))

    def verify(self, shown: str) -> Token | None:
        """The token whose secret `shown` holds; None for anything else."""
        prefix, _, rest = shown.partition("_")
        token_id, _, secret = rest.partition("_")
        token = self._read(token_id) if prefix == PREFIX else None
        # Compared even where there is none, and in constant time: the answer's time tells nothing.
        digest = token.digest if token else _NOBODY
        matches = hmac.compare_digest(_digest(secret), digest)
        return token if matches else None

    def revoke(self, token_id: str) -> None:
        """Remove a token: from now on it opens nothing. Raises UnknownIdError if there is none."""
        path = self._path(token_id)
        if not _ID.fullmatch(token_id) or not path.exists():
            raise UnknownIdError(
                f"there is no token {token_id[:60]!r}: memoryos token list shows their ids"
            )
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageUnavailableError(f"the token cannot be removed: {error}") from None

    def _path(self, token_id: str) -> Path:
        return self._folder / f"{token_id}.json"

    def _read_all(self) -> Iterator[Token]:
        for path in self._folder.glob("*.json"):
            if token := self._read(path.stem):
                yield token

    def _read(self, token_id: str) -> Token | None:
        if not _ID.fullmatch(token_id):
            return None
        path = self._path(token_id)
        try:
            content = json.loads(path.read_bytes())
            return Token(
                id=token_id,
                owner=Owner(content["user_id"], content["assistant_id"]),
                created_at=datetime.fromisoformat(content["created_at"]),
                digest=content["sha256"],
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.warning(
                "token %s cannot be read (%s): revoke it", token_id, type(error).__name__
            )
            return None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()

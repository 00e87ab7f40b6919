"""Secrets that people paste: keys of services, tokens, private keys, card and account numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credential:
    """A secret in a text: `text[start:end]`."""

    kind: str
    """"key", "token", "private key", "card" or "iban"."""
    start: int
    end: int


_KEY = re.compile(
    r"\b(?:sk-(?:ant-|proj-)?[\w-]{16,}|(?:sk|pk|rk)_(?:live|test)_\w{16,}|AKIA[0-9A-Z]{16}"
    r"|ASIA[0-9A-Z]{16}|AIza[\w-]{35}|glpat-[\w-]{20,}|npm_\w{36}|hf_\w{30,}|SG\.[\w-]{16,}\.[\w-]{16,}"
    r"|xox[abprs]-[\w-]{10,}|gh[opsur]_\w{30,}|github_pat_\w{22,}|pypi-[\w-]{30,})"
)
"""Keys that say by their first letters which service they are of."""
_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+")
"""JSON Web Tokens: both parts begin with `{"` in base64."""
_NAMED = re.compile(
    r"\b(?:api[ _-]?key|access[ _-]?token|auth[ _-]?token|secret(?:[ _-]?key)?|bearer|passw(?:or)?d"
    r"|passwort|contraseña|mot de passe)\b[\"']?\s*(?:[:=]|is|ist|es|è|est)?\s*[\"']?"
    r"(?P<secret>(?=[^\s\"']*[0-9])(?=[^\s\"']*[A-Za-z])[^\s\"',;]{8,})",
    re.IGNORECASE,
)
"""What stands after the name of a secret and has letters and digits."""
_PRIVATE = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----.*?(?:-----END (?:[A-Z]+ )*PRIVATE KEY-----|\Z)",
    re.DOTALL,
)
_CARD = re.compile(r"(?<![A-Z]{2}\d\d )(?<![\w.-])[2-6]\d{3}(?:[ -]?\d){8,15}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_CUE = re.compile(r"\d{4}|-----|[\w-]{20}|(?i:eyj|pass|secret|token|key|bearer|contrase)")


def credentials(text: str) -> Iterator[Credential]:
    """The secrets in `text`, those of one kind in their order; none overlaps another.

    Card numbers are told by Luhn's check digit, account numbers by theirs (ISO 13616).
    """
    if not _CUE.search(text):
        return
    taken: list[tuple[int, int]] = []
    for kind, start, end in _candidates(text):
        if all(end <= first or start >= last for first, last in taken):
            taken.append((start, end))
            yield Credential(kind, start, end)


def masked(text: str, found: Credential) -> str:
    """What was found, with all but its first and last two signs as dots, at most 12 in all."""
    secret = " ".join(text[found.start : found.end].split())
    return f"{secret[:2]}{'•' * min(8, max(1, len(secret) - 4))}{secret[-2:]}"


def _candidates(text: str) -> Iterator[tuple[str, int, int]]:
    for kind, pattern in (("private key", _PRIVATE), ("key", _KEY), ("token", _TOKEN)):
        yield from ((kind, *match.span()) for match in pattern.finditer(text))
    yield from (("iban", *match.span()) for match in _IBAN.finditer(text) if _is_iban(match[0]))
    yield from (("card", *match.span()) for match in _CARD.finditer(text) if _is_card(match[0]))
    yield from (("token", *match.span("secret")) for match in _NAMED.finditer(text))


def _is_card(number: str) -> bool:
    """Luhn: every second digit from the right doubled, the sum divisible by ten."""
    digits = [int(sign) for sign in reversed(number) if sign.isdigit()]
    if not 13 <= len(digits) <= 19 or len(set(digits)) == 1:
        return False
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def _is_iban(number: str) -> bool:
    """The first four signs moved to the end, letters as 10 to 35: one modulo 97."""
    signs = number.replace(" ", "")
    if not 15 <= len(signs) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in signs[4:] + signs[:4])) % 97 == 1

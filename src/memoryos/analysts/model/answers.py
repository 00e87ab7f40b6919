"""The parts of a model's answer, read with patience: what cannot be read is nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from memoryos.text.visible import visible

_NUMBER = re.compile(r"\s*(?:[a-z]+-)?([0-9]{1,12})\s*", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    """
    none|null|undefined|unknown|unspecified|n a|na|no data|nothing|no information
    |not available|not specified|not provided|not mentioned|not stated|not known|not applicable
    |nessuno|nessuna|niente|sconosciuto|sconosciuta|non specificato
    |nessun dato|ninguno|ninguna|nada|desconocido|desconocida|no especificado|sin datos|keine
    |keiner|nichts|unbekannt|nicht bekannt|keine angabe|keine angaben|aucun|aucune|rien|inconnu
    |inconnue|non spécifié|aucune donnée|无|没有|未知|不明|なし|特になし|不詳|없음|لا شيء|غير معروف
    """.replace("\n    ", "").strip().split("|")
)  # fmt: skip
"""What models write where they have nothing to say."""


def items(answer: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list; what is none is passed over."""
    found = answer.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def elements(item: Mapping[str, Any], name: str) -> list[Any]:
    """A list; [] where there is none."""
    found = item.get(name)
    return found if isinstance(found, list) else []


def number(value: object) -> int | None:
    """12, out of 12, 12.0, "12" or "page-12"."""
    if isinstance(value, str):
        match = _NUMBER.fullmatch(value)
        return int(match[1]) if match else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def words(value: object) -> str:
    """A text on one line, nothing in it unseen; "" for no text, and for "None" and the like."""
    if not isinstance(value, str):
        return ""
    text = visible(" ".join(value.split()))
    bare = " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())
    return "" if not bare or bare in _EMPTY_WORDS else text

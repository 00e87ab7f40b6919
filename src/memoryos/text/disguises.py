"""What a text says beneath its disguises: signs nobody sees, look-alike letters, encodings."""

from __future__ import annotations

import base64
import codecs
import re
import unicodedata
from collections.abc import Iterator

_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""Signs without width, and marks of writing direction."""

_REVERSED = re.compile("[\u202e\u2067](.+?)(?:[\u202c\u2069]|$)", re.DOTALL)
"""What is shown from right to left whatever its letters."""

_TAG = re.compile("[\U000e0020-\U000e007e]")
"""Invisible signs that language models read as the ASCII ones."""

_LOOK_ALIKES = str.maketrans(
    "аасԁеһіјӏкӀорԛгѕтυхуԝνоАВСЕНІЈКМОРЅТУХαικορτβηενυωΑΒΕΖΗΙΚΜΝΟΡΤΥΧıɡɑ",
    "aacdehijlklopqrstuxywvoABCEHIJKMOPSTYXaikoptbnevuwABEZHIKMNOPTYXiga",
)
"""Cyrillic and Greek letters that pass for Latin ones."""

_MIXED_WORD = re.compile(r"\w*(?:[a-zA-Z][\u0370-\u04ff\u0500-\u052f]|[\u0370-\u052f][a-zA-Z])\w*")
_FOREIGN_LETTER = re.compile(r"[\u0370-\u052f\u0131\u0251\u0261]")
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")

_SPELT = re.compile(r"(?<!\w)(?:\w[ .*_-]){5,}\w(?!\w)")
"""A word written letter by letter: "i g n o r e"."""
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Za-z])(?:(?:\\x|0x|%)?[0-9A-Fa-f]{2}[ :,]?){12,}")
_CODED = re.compile(r"\S{16}|(?<!\w)(?:\w\w?[ .:,*_-]){5}")
"""Every text that holds one of these three has one of these."""
_ROT13 = frozenset(
    codecs.encode(word, "rot13")
    for word in ("ignore", "disregard", "forget", "reveal", "system", "instructions", "previous",
                 "prompt", "password", "assistant", "override")
)  # fmt: skip
"""Words that orders are made of, in ROT13."""
_REORDERED = re.compile("[\u202d\u202e\u2066-\u2068]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f]")


def plain(text: str) -> str:
    """`text` as it is compared: NFKC, lower-cased, without unseen signs, Latin accents and needless
    white space."""
    if not text.isascii():
        text = _TAG.sub(lambda found: chr(ord(found[0]) - 0xE0000), text)
        text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower()
        text = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.lower().split())


def is_reordered(text: str) -> bool:
    """Whether marks of writing direction show a text in another order than it is read in, without
    a letter that is written from right to left."""
    return (
        not text.isascii()
        and _REORDERED.search(text) is not None
        and _RIGHT_TO_LEFT.search(text) is None
    )


def readings(text: str) -> Iterator[str]:
    """What else `text` may say, each as `plain` gives it; nothing for most texts.

    Look-alike letters put right, reversed runs turned round, words written letter by letter joined,
    and runs in base64, hexadecimal or ROT13 decoded, each of them once.
    """
    if not text.isascii():
        if _REVERSED.search(text):
            yield plain(_REVERSED.sub(lambda found: found[1][::-1], text))
        normal = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
        if _GREEK_OR_CYRILLIC.search(normal) and _MIXED_WORD.search(normal):
            yield plain(_FOREIGN_LETTER.sub(lambda found: found[0].translate(_LOOK_ALIKES), normal))
    if not _ROT13.isdisjoint(text.lower().split()):
        yield plain(codecs.decode(text, "rot13"))
    if _CODED.search(text):
        yield from _decoded_runs(text)


def _decoded_runs(text: str) -> Iterator[str]:
    if _SPELT.search(text):
        yield plain(_SPELT.sub(lambda found: re.sub(r"[\W_]", "", found[0]), text))
    for run in _BASE64.findall(text):
        if decoded := _decoded(run):
            yield plain(decoded)
    for found in _HEX.finditer(text):
        digits = re.sub(r"\\x|0x|[^0-9A-Fa-f]", "", found[0])
        yield plain(bytes.fromhex(digits[: len(digits) // 2 * 2]).decode("utf-8", "replace"))


def _decoded(run: str) -> str | None:
    """The text that a run is in base64, if it is one."""
    digits = run.rstrip("=").translate({ord("-"): "+", ord("_"): "/"})
    try:
        text = base64.b64decode(digits + "=" * (-len(digits) % 4)).decode()
    except ValueError:
        return None
    return text if text.isprintable() or "\n" in text else None

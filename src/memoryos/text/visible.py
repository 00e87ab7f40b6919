"""Signs that nobody sees, but that steer a terminal or speak to a language model."""

from __future__ import annotations

import re

_EMOJI = "©®‼⁉™ℹ\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
_EMOJI += "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CURSIVE = "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, Persian, Syriac and their like
_INDIC = "\u0900-\u0dff\U00011000-\U00011fff"
_MONGOLIAN = "\u1820-\u18aa"
_UNSPACED = "\u0e00-\u109f\u1780-\u17ff"  # Thai, Lao, Tibetan, Burmese, Khmer

_NEEDED = "|".join(
    (
        rf"(?<=[{_CURSIVE}{_INDIC}{_UNSPACED}{_MONGOLIAN}])[\u200c\u200d]",
        rf"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])",
        rf"(?<=[{_EMOJI}])[\ufe0e\ufe0f]",
        r"(?<=[0-9#*])\ufe0f(?=\u20e3)",  # keycaps
        rf"(?<=[{_HAN}])[\ufe00-\ufe02\U000e0100-\U000e01ef]",
        rf"(?<=[{_MONGOLIAN}])[\u180b-\u180f]",
        rf"(?<=[{_UNSPACED}])\u200b",
    )
)
"""Joiners, variation selectors and word breaks where a script or an emoji cannot do without."""

_UNSEEN = re.compile(
    rf"(?!{_NEEDED})"
    # Control characters but tab and line feed.
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    # Hyphens, joiners and fillers without a shape; marks of writing direction; line separators.
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    # Variation selectors, tags, and what Unicode has put aside for more of their kind.
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff]"
)


def visible(text: str) -> str:
    """`text` with what nobody sees shown as escapes.

    What a script or an emoji needs stays: the joiners of Persian, Hindi and families of emoji,
    one variation selector after a sign that has variants, word breaks of scripts without spaces.
    """
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)

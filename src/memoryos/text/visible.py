"""Signs that nobody sees, but that steer a terminal or speak to a language model."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""Control characters but tab and line feed, marks of writing direction, and invisible tags."""


def visible(text: str) -> str:
    """`text` with what nobody sees shown as escapes."""
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)

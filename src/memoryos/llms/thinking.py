"""What a model says, without what it thought first.

Thinking stands at the beginning of a reply, between `<think>` and `</think>`. Further on, the tags
are text that somebody talks about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPENING = re.compile(r"\s*<think(?:ing)?>", re.IGNORECASE)
_CLOSING = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_TAGS = ("<think>", "<thinking>")
_CUT_CLOSING = len("</thinking>") - 1
"""How much of a closing tag may have come when the rest is still under way."""


def without_thinking(text: str) -> str:
    """`text` without the thinking at its beginning, and without white space at its ends.

    Thinking that never ends leaves nothing. Where the opening tag was part of the prompt, as some
    servers do it, only a closing one comes; all before it goes.
    """
    closing = _CLOSING.search(text)
    if closing and not _OPENING.search(text, 0, closing.start()):
        text = text[closing.end() :]
    return "".join(spoken(iter((text,)))).strip()


def spoken(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces of a stream that follow its thinking; the tags may be cut anywhere.

    None is empty, and the first begins with no white space. A closing tag without an opening one
    is let through with all before it: what was said cannot be taken back.
    """
    first = _after_thinking(pieces)
    if first:
        yield first
    yield from filter(None, pieces)


def _after_thinking(pieces: Iterator[str]) -> str:
    """Read until something is said, and return that; "" if nothing is."""
    held = ""
    thinking = False
    for piece in pieces:
        held += piece
        at = 0
        # One piece may end a thought, hold another whole and begin a third.
        while tag := _CLOSING.search(held, at) if thinking else _OPENING.match(held, at):
            at = tag.end()
            thinking = not thinking
        held = held[at:]
        if thinking:
            held = held[-_CUT_CLOSING:]
            continue
        held = held.lstrip()
        if not any(tag_.startswith(held.lower()) for tag_ in _TAGS):
            return held
    return "" if thinking else held

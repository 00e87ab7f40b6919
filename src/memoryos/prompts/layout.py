"""How other people's words are laid out for a language model: dated, quoted, one line each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from memoryos.model import Origin, Page, Speaker
from memoryos.text.visible import visible

# Not their names: a name is what somebody said, and may say "SYSTEM".
SPEAKERS = {Speaker.USER: "user", Speaker.AGENT: "assistant"}

NOT_SPEAKERS = {Origin.IMPORT: "imported note", Origin.TOOL: "tool"}
"""Whose words a page is that neither of the two spoke."""

ORDERS = ", gives orders: quoted only"
"""Said of a page that gives orders to an assistant."""

FENCE = "memory"
"""Recalled text stands between `<memory>` and `</memory>`."""

_FENCE_MARK = re.compile(rf"<(?=\s*/?\s*{FENCE})", re.IGNORECASE)


def quote(text: str) -> str:
    """`text` on one line in double quotation marks, with those inside it, and what no reader would
    see, escaped; it cannot hold a mark of the fence."""
    quoted = visible(json.dumps(" ".join(text.split()), ensure_ascii=False))
    return unfenced(quoted)


def unfenced(text: str) -> str:
    """`text` with what could pass for a mark of the fence escaped."""
    return _FENCE_MARK.sub(r"\\u003c", text)


def dated(page: Page, said: Iterable[tuple[Speaker, str]], *, flagged: bool = False) -> str:
    """A page as a dated line with its id, and a line below for each half or part of one.

    `flagged` says on the dated line that the page gives orders.
    """
    other = NOT_SPEAKERS.get(page.origin)
    lines = [f"  {other or SPEAKERS[speaker]}: {quote(text)}" for speaker, text in said]
    mark = ORDERS if flagged else ""
    return "\n".join((f"- {page.timestamp:%Y-%m-%d %H:%M} ({page.id}{mark})", *lines))


def exchange(page: Page, *, flagged: bool = False) -> str:
    """A whole page, without a half that is empty."""
    halves = [(speaker, page.half(speaker)) for speaker in Speaker]
    said = [(speaker, text) for speaker, text in halves if text.strip()]
    return dated(page, said, flagged=flagged)


def fenced(text: str) -> str:
    """`text` between the marks that tell data from instructions."""
    return f"<{FENCE}>\n{text}\n</{FENCE}>"

"""Which pages give orders to an assistant: one by one, or with their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.model import Page
from memoryos.short_term import same_conversation
from memoryos.text.orders import cue_words, gives_orders, joint_orders

WINDOW = 4
"""Neighbouring pages over which an order may be split."""


def is_flagged(page: Page) -> bool:
    """Whether either half of `page` gives orders. Pure."""
    return gives_orders(page.user_input) or gives_orders(page.agent_response)


def jointly_flagged(pages: Sequence[Page], *, gap_seconds: float) -> frozenset[int]:
    """The numbers of those `pages`, in order of time, that give orders when read on end.

    Neighbours of one conversation whose user halves give none one by one, but do together.
    """
    found: set[int] = set()
    run: list[tuple[Page, frozenset[str]]] = []
    for page in pages:
        if run and not same_conversation(run[-1][0], page, gap_seconds=gap_seconds):
            run.clear()
        run = [*run[-WINDOW + 1 :], (page, cue_words(page.user_input))]
        if not any(cues for _, cues in run) or not _is_joint(run):
            continue
        if gives_orders(page.user_input):
            run.pop()  # what stands around an order is none for that
        elif not _is_joint(run[:-1]):
            size = next(size for size in range(2, WINDOW + 1) if _is_joint(run[-size:]))
            found.update(one.number for one, _ in run[-size:])
    return frozenset(found)


def _is_joint(run: Sequence[tuple[Page, frozenset[str]]]) -> bool:
    return joint_orders([page.user_input for page, _ in run])

"""A model's filing, mended by rules: every page gets exactly one link and one topic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from memoryos.analysts.base import Filing, FilingBatch, Link, Topic
from memoryos.analysts.model import answers
from memoryos.analysts.model.languages import speaks_otherwise
from memoryos.model import Page, Segment
from memoryos.prompts.pages import clip
from memoryos.short_term import same_conversation
from memoryos.text.keywords import keywords

MOST_CHARACTERS = 400
"""Of a summary, and of what a chain tells."""

_ERROR = re.compile(r"\W*error\b\W", re.IGNORECASE)
"""How a gateway that failed begins; no summary of talk does."""


@dataclass(frozen=True, slots=True)
class _Group:
    """Pages that the answer puts together, in order of time, and what it says of them."""

    pages: tuple[Page, ...]
    said: Mapping[str, Any]

    def words(self, name: str) -> str:
        """What it says in their language; "" for nothing, another language, or an error's text."""
        text = clip(answers.words(self.said.get(name)), MOST_CHARACTERS)
        if _ERROR.match(text) or speaks_otherwise(text, *(page.text for page in self.pages)):
            return ""
        return text


def mended(
    answer: Mapping[str, Any],
    batch: FilingBatch,
    *,
    offered: Iterable[Segment],
    rules: Filing,
    gap_seconds: float,
) -> Filing:
    """What of `answer` can stand; `rules`, the rules' filing of the batch, give what is missing.

    Pages that are not of the batch are dropped, and one that is named twice stays where it was
    named first. A chain keeps to one conversation. A topic carries on one of the `offered`
    segments, or F_score decides.
    """
    numbers = {segment.number for segment in offered}
    topics = [_topic(group, numbers) for group in _groups(answer, "topics", batch)]
    placed = {page for topic in topics for page in topic.pages}
    topics += [topic for topic in rules.topics if placed.isdisjoint(topic.pages)]
    order = {page.number: place for place, page in enumerate(batch.pages)}
    return Filing(
        links=_links(_groups(answer, "chains", batch), batch, rules, gap_seconds),
        topics=tuple(sorted(topics, key=lambda topic: order[topic.pages[0]])),
    )


def _groups(answer: Mapping[str, Any], name: str, batch: FilingBatch) -> list[_Group]:
    left = {page.number: page for page in batch.pages}
    groups = []
    for item in answers.items(answer, name):
        named = (answers.number(element) for element in answers.elements(item, "pages"))
        pages = [left.pop(number) for number in named if number in left]
        if pages:
            groups.append(_Group(tuple(sorted(pages, key=lambda page: page.order)), item))
    return groups


def _links(
    groups: list[_Group], batch: FilingBatch, rules: Filing, gap_seconds: float
) -> tuple[Link, ...]:
    group_of = {page.number: group for group in groups for page in group.pages}
    by_rules = {link.page: link for link in rules.links}
    linked = {page.number: page for page in batch.earlier if page.chain is not None}
    chain_of = {number: page.chain or number for number, page in linked.items()}
    links = []
    for page in batch.pages:
        link, group = by_rules[page.number], group_of.get(page.number)
        if group is None:
            # The page that the rules' chain begins with may stand in another chain by now.
            chain, told = chain_of.get(link.chain, link.chain), ""
        else:
            before = _before(page, group, linked, gap_seconds)
            chain = page.number if before is None else chain_of[before.number]
            # What is told of a group over two conversations is told of its first chain alone.
            whole = chain_of.get(group.pages[0].number, chain) == chain
            told = group.words("meta_chain") if whole else ""
        linked[page.number], chain_of[page.number] = page, chain
        links.append(Link(page.number, chain, told or link.meta_chain))
    return tuple(links)


def _before(
    page: Page, group: _Group, linked: Mapping[int, Page], gap_seconds: float
) -> Page | None:
    """The page that `page` goes on from: the last of its group before it, else the one named."""
    candidates = [other for other in reversed(group.pages) if other.order < page.order]
    continued = linked.get(answers.number(group.said.get("continues")) or 0)
    if continued is not None:
        candidates.append(continued)
    for other in candidates:
        if other.order < page.order and same_conversation(other, page, gap_seconds=gap_seconds):
            return other
    return None


def _topic(group: _Group, offered: AbstractSet[int]) -> Topic:
    segment = answers.number(group.said.get("segment"))
    named = (answers.words(word) for word in answers.elements(group.said, "keywords"))
    # Read as the rules read a text, so that Eq. 3 compares like with like.
    telling = keywords(clip(", ".join(filter(None, named)), MOST_CHARACTERS))
    return Topic(
        pages=tuple(page.number for page in group.pages),
        keywords=telling or keywords("\n".join(page.text for page in group.pages)),
        summary=group.words("summary") or None,
        continues=segment if segment in offered else None,
    )

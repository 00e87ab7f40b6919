"""A lesson: what of a batch of pages an analyst is shown, and what of its answer is believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from memoryos.analysts.base import LearntFact
from memoryos.flags import WINDOW, jointly_flagged
from memoryos.long_term import PROFILE_ATTRIBUTES
from memoryos.model import Fact, Kind, Page, Trait
from memoryos.store.base import CALLER, Use
from memoryos.teachable import teachable
from memoryos.trust import Item, Lineage, admitted
from memoryos.working_set import WorkingSet

RECENT = timedelta(hours=1)
"""A reply that was made outside is taken to be made of what recall gave out this long before."""

MOST_RECALLED = 200
"""Items that a reply is compared with, the latest used."""

SHOWN_BESIDE = 7
"""The latest pages are in every prompt, whatever was recalled."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch of pages, in order of time, with what was known when their replies were made."""

    pages: tuple[Page, ...]
    before: tuple[Page, ...]
    """The pages just before them, in order of time."""
    recalled: Mapping[int, Sequence[str]]
    """Page number -> the texts that its reply was made of, as far as is known."""
    lineage: Lineage

    def teachable(self, *, gap_seconds: float) -> tuple[Page, ...]:
        """What an analyst may learn from, without the pages of which nothing is left."""
        joined = jointly_flagged((*self.before, *self.pages), gap_seconds=gap_seconds)
        shown = (
            teachable(page, recalled=self.recalled.get(page.number, ()))
            for page in self.pages
            if page.number not in joined
        )
        return tuple(page for page in shown if page.text)

    def believed(
        self, learnt: Sequence[LearntFact], held: Sequence[Fact]
    ) -> tuple[LearntFact, ...]:
        """What of `learnt` stands on words of these pages and is trusted; see `admitted`."""
        return admitted(learnt, held, self.lineage)


def prepare(memory: WorkingSet, pages: Sequence[Page], uses: Iterable[Use]) -> Lesson:
    """The lesson of `pages`; `uses` are the ledger of their replies and of recalls handed out."""
    prompts: defaultdict[int, list[Item]] = defaultdict(list)
    handed_out = []
    for use in uses:
        if use.page == CALLER:
            handed_out.append(use)
        else:
            prompts[use.page].append((use.kind, use.number))
    handed_out.sort(key=lambda use: use.used_at, reverse=True)
    recalled = {}
    for page in pages:
        items = prompts.get(page.number) or list(_handed_out(memory, page, handed_out))
        if items and page.agent_response:
            recalled[page.number] = [*_texts(memory, items)]
    known = {number for items in prompts.values() for number in _pages_of(memory, items)}
    known.update(page.number for page in pages)
    return Lesson(
        pages=tuple(pages),
        before=tuple(map(memory.pages.__getitem__, memory.in_time.before(pages[0], WINDOW - 1))),
        recalled=recalled,
        lineage=Lineage(
            {number: memory.pages[number] for number in known if number in memory.pages},
            dict(memory.facts) if prompts else {},
            prompts=lambda page: prompts.get(page, ()),
        ),
    )


def _handed_out(memory: WorkingSet, page: Page, uses: Sequence[Use]) -> Iterator[Item]:
    """What a reply that was made outside may be made of: what recall gave out shortly before, and
    what it shows beside. The ledger knows the last use alone, so later ones count as well."""
    found = [
        (use.kind, use.number)
        for use in uses
        if use.used_at >= page.recorded_at - RECENT
        and _is_older(memory, (use.kind, use.number), page)
    ]
    if not found:
        return
    yield from found[:MOST_RECALLED]
    yield from ((Kind.PAGE, number) for number in memory.in_time.before(page, SHOWN_BESIDE))
    for fact in memory.facts.values():
        if fact.attribute in PROFILE_ATTRIBUTES and fact.superseded_at is None:
            yield Kind.FACT, fact.number


def _is_older(memory: WorkingSet, item: Item, page: Page) -> bool:
    kind, number = item
    if kind is Kind.PAGE:
        return number < page.number
    fact = memory.facts.get(number) if kind is Kind.FACT else None
    return fact is None or fact.recorded_at <= page.recorded_at


def _texts(memory: WorkingSet, items: Iterable[Item]) -> Iterator[str]:
    for kind, number in dict.fromkeys(items):
        found: Page | Fact | Trait | None = memory.rows(kind).get(number)
        if found is not None:
            yield found.reason if isinstance(found, Trait) else found.text


def _pages_of(memory: WorkingSet, items: Iterable[Item]) -> Iterator[int]:
    for kind, number in items:
        if kind is Kind.PAGE:
            yield number
        elif kind is Kind.FACT and number in memory.facts:
            yield from (piece.page for piece in memory.facts[number].evidence)

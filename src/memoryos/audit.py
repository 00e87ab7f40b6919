"""`audit`: what in a memory is doubled, repeats memory, should not be there, or is of no use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from memoryos.flags import is_flagged, jointly_flagged
from memoryos.lesson import prepare
from memoryos.long_term import in_force
from memoryos.meaning import meaning
from memoryos.model import Fact, Kind, Page, Trait
from memoryos.store.base import Use
from memoryos.teachable import Echoes
from memoryos.text.credentials import credentials, masked
from memoryos.working_set import WorkingSet

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """How many items something was found of, and the first ids."""

    count: int
    examples: tuple[str, ...] = ()
    """At most 5 ids, for `why` and `forget`."""
    shown: tuple[str, ...] = ()
    """For secrets: what was found in each of the examples, masked."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The findings of one memory; every one of them may be as it should be, and is worth a look."""

    pages: int
    """How many there are."""
    facts: int
    """How many are in force."""
    repeated_pages: Finding
    """Pages that say, word for word, what an earlier one says."""
    repeated_facts: Finding
    """Facts in force that mean what an earlier one means."""
    echoes: Finding
    """Pages whose agent half repeats what recall had given out before."""
    secrets: Finding
    """Pages that hold keys, tokens, private keys, card or account numbers."""
    orders: Finding
    """Pages that give orders to an assistant, by themselves or with their neighbours."""
    never_recalled: Finding
    """Facts in force that no recall gave out and no prompt showed."""
    unsupported: Finding
    """Facts and traits none of whose words stand on a page that lives."""


def audit(memory: WorkingSet, uses: Sequence[Use], *, gap_seconds: float, now: datetime) -> Audit:
    """Look over one owner's memory. `uses` is the whole ledger. Pure; reads every page."""
    every = sorted(memory.pages.values(), key=lambda page: page.order)
    current = in_force(memory.facts.values(), now=now)
    used = {use.number for use in uses if use.kind is Kind.FACT}
    joint = jointly_flagged(every, gap_seconds=gap_seconds)
    orders = [page for page in every if page.number in joint or is_flagged(page)]
    beliefs: list[Fact | Trait] = [*memory.facts.values(), *memory.traits.values()]
    return Audit(
        pages=len(every),
        facts=len(current),
        repeated_pages=_found(_repeats((page, _said(page)) for page in every)),
        repeated_facts=_found(_repeats((fact, _meant(fact)) for fact in current)),
        echoes=_found(_echoing(memory, every, uses)),
        secrets=_secrets(every),
        orders=_found(orders),
        never_recalled=_found([fact for fact in current if fact.number not in used]),
        unsupported=_found([belief for belief in beliefs if not _is_supported(memory, belief)]),
    )


def _found(items: Iterable[Page | Fact | Trait]) -> Finding:
    ids = [item.id for item in items]
    return Finding(len(ids), tuple(ids[:EXAMPLES]))


def _repeats(items: Iterable[tuple[Page | Fact, Hashable]]) -> list[Page | Fact]:
    """Those whose like came before."""
    alike: defaultdict[Hashable, list[Page | Fact]] = defaultdict(list)
    for item, key in items:
        alike[key].append(item)
    return [item for same in alike.values() for item in same[1:]]


def _said(page: Page) -> Hashable:
    halves = (page.user_input, page.agent_response)
    return tuple(" ".join(half.casefold().split()) for half in halves)


def _meant(fact: Fact) -> Hashable:
    means = meaning(fact)
    return fact.subject, means.matter, means.value


def _echoing(memory: WorkingSet, pages: Sequence[Page], uses: Sequence[Use]) -> list[Page]:
    if not pages or not uses:
        return []
    recalled = prepare(memory, pages, uses).recalled
    return [
        page
        for page in pages
        if page.number in recalled
        and any(Echoes(tuple(recalled[page.number])).spans(page.agent_response))
    ]


def _secrets(pages: Iterable[Page]) -> Finding:
    found = [(page, secret) for page in pages for secret in [*credentials(page.text)][:1]]
    first = found[:EXAMPLES]
    return Finding(
        len(found),
        tuple(page.id for page, _ in first),
        tuple(f"{secret.kind} {masked(page.text, secret)}" for page, secret in first),
    )


def _is_supported(memory: WorkingSet, belief: Fact | Trait) -> bool:
    return any(
        piece.page in memory.pages and piece.quote in memory.pages[piece.page].text
        for piece in belief.evidence
    )

"""Context: how a recall is laid out for a prompt, within its token budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from memoryos.flags import is_flagged, jointly_flagged
from memoryos.model import Kind, Page, Profile
from memoryos.prompts.layout import dated, exchange, quote
from memoryos.recall import Outdated, Recall, RecalledFact, RecalledPage
from memoryos.text.tokens import count_tokens

PROFILE = "What is known of the user:"
SHORT_TERM = "The latest exchanges:"
USER_KNOWLEDGE = "Facts about the user:"
AGENT_KNOWLEDGE = "Facts about the assistant:"
PAGES = "Recalled from earlier conversations:"

PROFILE_SHARE = 1 / 3
"""Of the budget at most: ninety traits with their reasons must not crowd out what was recalled."""
SHORT_TERM_SHARE = 0.5
"""Of what the profile leaves at most; nor must a few long exchanges."""


@dataclass(frozen=True, slots=True)
class Context:
    """A recall as text for a prompt, "" where there is nothing; the profile, which changes least,
    comes first."""

    text: str
    ids: tuple[tuple[Kind, int], ...]
    """What the text shows, each item once, in order."""


def lay_out(recall: Recall) -> Context:
    """Profile, short-term memory, facts and excerpts, in that order, within `recall.max_tokens`.

    Recalled words are data: each text is dated and stands in quotation marks on one line, where
    it can pass neither for another section nor for the end of its own. What does not fit is left
    out whole: of the profile the last traits, of short-term memory the older pages, of recalled
    ones the lower in rank.
    """
    flagged = _flagged(recall)
    limit = int(recall.max_tokens * PROFILE_SHARE)
    known = _fit(PROFILE, list(_profile(recall.profile)), limit)
    left = recall.max_tokens - known.tokens

    newest_first = range(len(recall.short_term))[::-1]
    limit = int(left * SHORT_TERM_SHARE)
    exchanges = [
        _exchange(page, recall.outdated.get(page.number, ()), page.number in flagged)
        for page in recall.short_term
    ]
    latest = _fit(SHORT_TERM, exchanges, limit, newest_first)
    left -= latest.tokens
    sections = [known, latest]

    told = {block.number for block in known.blocks if block.kind is Kind.FACT}
    for title, facts in (
        (USER_KNOWLEDGE, recall.user_knowledge),
        (AGENT_KNOWLEDGE, recall.assistant_knowledge),
    ):
        blocks = [_fact(fact) for fact in facts if fact.fact.number not in told]
        sections.append(_fit(title, blocks, left))
        left -= sections[-1].tokens

    shown = {block.number for block in latest.blocks}
    pages = [page for page in recall.pages if page.page.number not in shown]
    by_rank = sorted(range(len(pages)), key=lambda place: pages[place].rank)
    excerpts = [_excerpt(page, page.page.number in flagged) for page in pages]
    sections.append(_fit(PAGES, excerpts, left, by_rank))
    return Context(
        "\n\n".join(section.text for section in sections if section.blocks),
        tuple((block.kind, block.number) for section in sections for block in section.blocks),
    )


@dataclass(frozen=True, slots=True)
class _Block:
    """One item of a recall, as it is shown."""

    kind: Kind
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    blocks: tuple[_Block, ...]
    tokens: int

    @property
    def text(self) -> str:
        return "\n".join((self.title, *(block.text for block in self.blocks)))


def _fit(
    title: str, blocks: Sequence[_Block], left: int, by_preference: Iterable[int] | None = None
) -> _Section:
    """A section of the blocks that fit `left` tokens with their title, in their own order."""
    kept: list[int] = []
    tokens = 0
    for place in range(len(blocks)) if by_preference is None else by_preference:
        # A block counts with its line break; the first one with the title and the empty line.
        text = blocks[place].text
        cost = count_tokens(f"{text}\n" if kept else f"{title}\n{text}\n\n")
        if tokens + cost <= left:
            kept.append(place)
            tokens += cost
    return _Section(title, tuple(blocks[place] for place in sorted(kept)), tokens)


def _profile(profile: Profile) -> Iterator[_Block]:
    for fact in profile.attributes:
        yield _Block(Kind.FACT, fact.number, f"- {fact.attribute}: {quote(fact.text)}")
    for trait in profile.traits:
        text = f"- {trait.dimension}: {trait.level.value} ({quote(trait.reason)})"
        yield _Block(Kind.TRAIT, trait.number, text)


def _flagged(recall: Recall) -> frozenset[int]:
    """The pages that give orders, by themselves or as they stand next to each other here."""
    pages = {page.number: page for page in recall.short_term}
    pages.update((item.page.number, item.page) for item in recall.pages)
    in_time = sorted(pages.values(), key=lambda page: page.order)
    # What a recalled page says of itself is found out once.
    alone = {item.page.number: item.flagged for item in recall.pages}
    alone |= {page.number: is_flagged(page) for page in in_time if page.number not in alone}
    together = jointly_flagged(in_time, gap_seconds=float("inf"))
    return together.union(number for number, flagged in alone.items() if flagged)


def _exchange(page: Page, outdated: Sequence[Outdated], flagged: bool) -> _Block:
    return _Block(Kind.PAGE, page.number, _marked(exchange(page, flagged=flagged), outdated))


def _excerpt(recalled: RecalledPage, flagged: bool) -> _Block:
    said = [(turn.speaker, turn.text) for turn in recalled.turns]
    text = dated(recalled.page, said, flagged=flagged)
    return _Block(Kind.PAGE, recalled.page.number, _marked(text, recalled.outdated))


def _marked(text: str, outdated: Sequence[Outdated]) -> str:
    """A page, with a line below for each thing it says that is over."""
    lines = [f"  until {item.until:%Y-%m-%d}: {quote(item.text)}" for item in outdated]
    return "\n".join((text, *lines))


def _fact(recalled: RecalledFact) -> _Block:
    fact, until = recalled.fact, recalled.until
    # What was over before it was told has no beginning, and the day it was told is not one.
    since = fact.valid_from or (None if until else fact.recorded_at)
    days = [f"{since:%Y-%m-%d}"] if since else []
    days += [f"until {until:%Y-%m-%d}"] if until else []
    text = f"- {', '.join(days)} ({fact.id}): {quote(fact.text)}"
    return _Block(Kind.FACT, fact.number, text)

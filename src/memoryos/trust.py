"""Trust: how far the words go back that something rests on, and whose they were."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from enum import IntEnum

from memoryos.analysts.base import LearntFact
from memoryos.long_term import PROFILE_ATTRIBUTES
from memoryos.model import Evidence, Fact, Kind, Origin, Page, Speaker, Trait
from memoryos.text.orders import gives_orders

Item = tuple[Kind, int]


class Trust(IntEnum):
    """How far something is believed; more is better."""

    NONE = 0
    """It gives orders to an assistant, was said under such orders, or rests on nothing that lives.
    """
    LOW = 1
    """The words of a tool, or a reply that was made out of some."""
    SOME = 2
    """The agent's words, and what another system noted of the user."""
    FULL = 3
    """The user's own words."""


BY_ORIGIN = {
    Origin.USER: Trust.FULL,
    Origin.AGENT: Trust.SOME,
    Origin.IMPORT: Trust.SOME,
    Origin.TOOL: Trust.LOW,
}


class Lineage:
    """What the pages, facts and traits of one owner go back to.

    `prompts` gives the items that the prompt of a reply held, by the number of the reply's page.
    """

    def __init__(
        self,
        pages: Mapping[int, Page],
        facts: Mapping[int, Fact],
        *,
        prompts: Callable[[int], Collection[Item]] = lambda page: (),
    ) -> None:
        self._pages = pages
        self._facts = facts
        self._prompts = prompts

    def of(self, belief: Fact | LearntFact | Trait) -> Trust:
        """The least along the way from `belief` to the words it rests on.

        Pieces of evidence stand for one another, so the best of them counts: what the user said is
        no less believed for being repeated by a tool.
        """
        speaker = Speaker.USER if isinstance(belief, Trait) else belief.subject
        evidence = (belief.evidence,) if isinstance(belief, LearntFact) else belief.evidence
        return max((self._of_words(piece, speaker) for piece in evidence), default=Trust.NONE)

    def _of_words(self, evidence: Evidence, speaker: Speaker) -> Trust:
        page = self._pages.get(evidence.page)
        if page is None or evidence.quote not in page.half(speaker):
            return Trust.NONE
        if speaker is Speaker.USER:
            return half_trust(page, speaker)
        # A reply is no better than what its prompt held; that is looked at as it stands, for the
        # replies among it were made of what is mostly in this prompt, too.
        held = map(self._of_item, self._prompts(page.number))
        return min((half_trust(page, speaker), *held))

    def _of_item(self, item: Item) -> Trust:
        kind, number = item
        if kind is Kind.PAGE:
            page = self._pages.get(number)
            return Trust.SOME if page is None else min(half_trust(page, who) for who in Speaker)
        fact = self._facts.get(number) if kind is Kind.FACT else None
        words = fact.evidence if fact else ()
        pages = [self._pages[piece.page] for piece in words if piece.page in self._pages]
        return max((half_trust(page, fact.subject) for page in pages if fact), default=Trust.SOME)


def half_trust(page: Page, speaker: Speaker) -> Trust:
    """How far one half of a page is believed, by whose words it is and what it says.

    A half that is empty is believed: it says nothing.
    """
    if not page.half(speaker).strip():
        return Trust.FULL
    if gives_orders(page.user_input) or gives_orders(page.half(speaker)):
        return Trust.NONE
    return BY_ORIGIN[page.origin_of(speaker)]


def admitted(
    learnt: Sequence[LearntFact], held: Iterable[Fact], lineage: Lineage
) -> tuple[LearntFact, ...]:
    """What of `learnt` may be believed at all, and of the profile.

    Nothing without trust is learnt. An attribute of the profile needs some trust, and the user's
    own words where they told it already: a note from elsewhere says nothing against them.
    """
    told = {
        fact.attribute
        for fact in held
        if fact.superseded_at is None
        and fact.attribute in PROFILE_ATTRIBUTES
        and fact.origin is Origin.USER
    }
    return tuple(
        fact for fact in learnt if lineage.of(fact) >= _needed(fact, is_told=fact.attribute in told)
    )


def _needed(fact: LearntFact, *, is_told: bool) -> Trust:
    if fact.subject is not Speaker.USER or fact.attribute not in PROFILE_ATTRIBUTES:
        return Trust.LOW
    return Trust.FULL if is_told else Trust.SOME

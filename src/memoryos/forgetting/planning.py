"""The plan of forgetting: what goes, and what is made anew of what stays."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from memoryos.correction import USER
from memoryos.filing import TELLING_PAGES
from memoryos.forgetting.reach import Prompts, Reach
from memoryos.forgetting.receipt import Receipt
from memoryos.forgetting.selection import Item, Selection, choose
from memoryos.forgetting.wording import fold
from memoryos.index.packing import pack_page
from memoryos.model import RULES, Fact, Kind, Page, PageDraft, Segment, Trait
from memoryos.promotion import stored_fact
from memoryos.store.base import RewrittenPage, Update
from memoryos.text.keywords import keywords
from memoryos.text.summary import segment_keywords, summarise
from memoryos.working_set import WorkingSet


@dataclass(frozen=True, slots=True)
class Plan:
    """What to commit, and what to say of it. False where there is nothing to do."""

    revision: int
    """The owner's, that it was made from."""
    receipt: Receipt
    update: Update | None
    """None: everything goes."""

    def __bool__(self) -> bool:
        return self.update is None or bool(self.update)


def plan_forgetting(memory: WorkingSet, selection: Selection, *, prompts: Prompts) -> Plan:
    """What forgetting `selection` takes along, and makes anew.

    Raises UnknownIdError if an id, or a conversation, names nothing in this memory.
    """
    if selection.everything:
        return Plan(memory.revision, _receipt_of_everything(memory), None)
    chosen = choose(memory, selection)
    reach = Reach(memory, prompts)
    reach.take(chosen)
    aftermath = _Aftermath(memory, reach, chosen)
    return aftermath.plan(told_of=selection.text_anywhere)


def plan_redaction(memory: WorkingSet, page: int, *, prompts: Prompts) -> Plan:
    """What emptying the agent half of one page takes along, and makes anew."""
    reach = Reach(memory, prompts)
    reach.redact(page)
    return _Aftermath(memory, reach, ()).plan(told_of=None)


def _receipt_of_everything(memory: WorkingSet) -> Receipt:
    return Receipt(
        pages=_ids(Kind.PAGE, memory.pages),
        facts=_ids(Kind.FACT, memory.facts),
        traits=_ids(Kind.TRAIT, memory.traits),
        segments=_ids(Kind.SEGMENT, memory.segments),
    )


def _ids(kind: Kind, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{kind.value}-{number}" for number in sorted(numbers))


class _Aftermath:
    """What is to be made of all that stays, once what goes is known."""

    def __init__(self, memory: WorkingSet, reach: Reach, chosen: Collection[Item]) -> None:
        self._memory = memory
        self._reach = reach
        self._chosen = chosen
        self._gone_pages = reach.numbers(Kind.PAGE)

    def plan(self, *, told_of: str | None) -> Plan:
        """`told_of`: folded text that summaries must not tell of either."""
        settled = self._settled()
        unread = self._to_be_read_anew() - settled
        segments, dissolved = self._segments(told_of)
        blanked = self._to_be_blanked(told_of)
        facts, traits = self._reopened_facts(), self._reopened_traits()
        receipt = Receipt(
            pages=_ids(Kind.PAGE, self._gone_pages),
            facts=_ids(Kind.FACT, self._reach.numbers(Kind.FACT)),
            traits=_ids(Kind.TRAIT, self._reach.numbers(Kind.TRAIT)),
            segments=_ids(Kind.SEGMENT, dissolved),
            redacted=_ids(Kind.PAGE, self._reach.redacted),
            retold=tuple(segment.id for segment in segments),
            blanked=_ids(Kind.PAGE, blanked),
            relearnt=_ids(Kind.PAGE, unread),
            reopened=(*(fact.id for fact in facts), *(trait.id for trait in traits)),
            said_on=_ids(Kind.PAGE, settled),
        )
        update = Update(
            erases=True,
            planned_before=self._memory.next_numbers[Kind.PAGE],
            removed=tuple(sorted(self._reach.gone)),
            rewritten=tuple(map(self._rewritten, sorted(self._reach.redacted))),
            blanked=tuple(sorted(blanked)),
            analysed=tuple(sorted(settled)),
            analyst=USER if settled else "",
            unanalysed=tuple(sorted(unread)),
            traits_back_to=self._traits_back_to(),
            segments=segments,
            dissolved=tuple(sorted(dissolved)),
            facts=tuple(map(stored_fact, facts)),
            traits=traits,
        )
        return Plan(self._memory.revision, receipt, update)

    def _beliefs(self, *, by_hand: bool) -> list[Fact | Trait]:
        """Facts and traits that are gone: those that were chosen, or those that only followed."""
        return [
            self._memory.rows(kind)[number]
            for kind, number in self._reach.gone
            if kind is not Kind.PAGE and ((kind, number) in self._chosen) is by_hand
        ]

    def _left_of(self, belief: Fact | Trait) -> set[int]:
        """The pages that still bear it out."""
        pages = (piece.page for piece in belief.evidence if not self._reach.lost(piece))
        return {page for page in pages if page in self._memory.pages}

    def _settled(self) -> set[int]:
        """Pages that say what was chosen to be forgotten: it must not be learnt from them again,
        whatever else is read anew."""
        chosen = self._beliefs(by_hand=True)
        return {page for fact in chosen if isinstance(fact, Fact) for page in self._left_of(fact)}

    def _to_be_read_anew(self) -> set[int]:
        gone = self._beliefs(by_hand=False)
        pages = {page for fact in gone if isinstance(fact, Fact) for page in self._left_of(fact)}
        return {page for page in pages if self._memory.pages[page].analyst != USER}

    def _traits_back_to(self) -> int | None:
        gone = self._beliefs(by_hand=False)
        pages = {
            page for trait in gone if isinstance(trait, Trait) for page in self._left_of(trait)
        }
        return min(pages) - 1 if pages else None

    def _reopened_facts(self) -> list[Fact]:
        """Facts that one which is gone had superseded: in force again, or ended by the next that
        stays."""
        gone = self._reach.numbers(Kind.FACT)
        return [
            _ended_by(self._heir(fact, gone), fact)
            for fact in self._memory.facts.values()
            if fact.number not in gone and fact.superseded_by in gone
        ]

    def _heir(self, fact: Fact, gone: set[int]) -> Fact | None:
        """The first fact that stays among those which superseded one another after `fact`."""
        facts = self._memory.facts
        passed = {fact.number}
        heir = facts.get(fact.superseded_by or 0)
        while heir is not None and heir.number in gone and heir.number not in passed:
            passed.add(heir.number)
            heir = facts.get(heir.superseded_by or 0)
        return None if heir is None or heir.number in gone | passed else heir

    def _reopened_traits(self) -> tuple[Trait, ...]:
        """Of each dimension whose trait in force is gone, the one which that had superseded."""
        gone = self._reach.numbers(Kind.TRAIT)
        traits = self._memory.traits
        ended_at = {
            (traits[number].dimension, traits[number].recorded_at)
            for number in gone
            if traits[number].superseded_at is None
        }
        return tuple(
            replace(trait, superseded_at=None)
            for trait in traits.values()
            if trait.number not in gone and (trait.dimension, trait.superseded_at) in ended_at
        )

    def _segments(self, told_of: str | None) -> tuple[tuple[Segment, ...], set[int]]:
        """Segments told anew, and those that are left without pages."""
        touched = {self._memory.pages[n].segment for n in self._gone_pages | self._reach.redacted}
        if told_of is not None:
            touched |= {
                segment.number
                for segment in self._memory.segments.values()
                if told_of in fold(" ".join((segment.summary, *segment.keywords)))
            }
        retold: list[Segment] = []
        dissolved: set[int] = set()
        for number in sorted(self._memory.segments.keys() & touched):
            pages = self._remaining(number)
            if pages:
                retold.append(_retold(self._memory.segments[number], pages))
            else:
                dissolved.add(number)
        return tuple(retold), dissolved

    def _remaining(self, segment: int) -> list[Page]:
        members = self._memory.members[segment]
        numbers = (n for n in members.newest(len(members)) if n not in self._gone_pages)
        return [self._as_it_stays(number) for number in numbers]

    def _as_it_stays(self, number: int) -> Page:
        page = self._memory.pages[number]
        return replace(page, agent_response="") if number in self._reach.redacted else page

    def _to_be_blanked(self, told_of: str | None) -> set[int]:
        """Pages of the chains that what is gone belonged to: a running summary may tell of it."""
        pages = self._memory.pages
        chains = {pages[number].chain for number in self._gone_pages | self._reach.redacted}
        if told_of is not None:
            chains |= {page.chain for page in pages.values() if told_of in fold(page.meta_chain)}
        return {
            page.number
            for page in pages.values()
            if page.meta_chain and page.chain in chains and page.number not in self._gone_pages
        }

    def _rewritten(self, number: int) -> RewrittenPage:
        page = self._as_it_stays(number)
        draft = PageDraft(page.user_input, page.agent_response, page.timestamp)
        return RewrittenPage(number, page.agent_response, pack_page(draft).terms)


def _ended_by(heir: Fact | None, fact: Fact) -> Fact:
    if heir is None:
        return replace(fact, valid_to=None, superseded_at=None, superseded_by=None)
    return replace(
        fact,
        valid_to=heir.valid_from or heir.recorded_at,
        superseded_at=heir.recorded_at,
        superseded_by=heir.number,
    )


def _retold(segment: Segment, pages: list[Page]) -> Segment:
    """The segment of `pages`, in order of time, as rules tell it."""
    texts = [page.text for page in pages[-TELLING_PAGES:]]
    return replace(
        segment,
        summary=summarise(texts),
        keywords=segment_keywords([keywords(text) for text in texts]),
        started_at=pages[0].timestamp,
        ended_at=pages[-1].timestamp,
        page_count=len(pages),
        interaction_length=min(segment.interaction_length, len(pages)),
        learner=RULES,
    )

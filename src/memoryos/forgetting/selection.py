"""What the user wants gone: how it is named, and which pages, facts and traits that chooses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from memoryos.errors import InvalidArgumentError, UnknownIdError
from memoryos.forgetting.wording import fold
from memoryos.intake import check_identifier
from memoryos.model import Kind, Page, parse_id
from memoryos.timestamps import parse_timestamp
from memoryos.working_set import WorkingSet

Item = tuple[Kind, int]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be forgotten; `select` makes one and checks it."""

    item: Item | None = None
    conversation_id: str | None = None
    before: datetime | None = None
    after: datetime | None = None
    text: str | None = None
    """Folded."""
    everything: bool = False

    @property
    def text_anywhere(self) -> str | None:
        """The text, where nothing else narrows it down: then whatever tells of it is meant."""
        return self.text if self == Selection(text=self.text) else None


def select(
    *,
    page: str | None = None,
    fact: str | None = None,
    conversation: str | None = None,
    before: str | datetime | None = None,
    after: str | datetime | None = None,
    text: str | None = None,
    everything: bool = False,
) -> Selection:
    """What these arguments choose.

    `page`, `fact` (a fact or a trait, by id) and `everything` stand alone. The others narrow one
    another down: pages that are of the conversation, and at or after `after`, and before `before`,
    and say `text`. Without any, nothing is chosen by mistake: InvalidArgumentError, as for an
    argument that cannot be read.
    """
    alone = [name for name, given in (("page", page), ("fact", fact)) if given is not None]
    alone += ["everything"] * bool(everything)
    narrowing = any(given is not None for given in (conversation, before, after, text))
    if len(alone) + narrowing != 1:
        raise InvalidArgumentError(
            "forget takes one of page, fact and everything, or any of conversation, before, after"
            f" and text together; given: {', '.join(alone) or 'nothing'}"
            f"{' beside others' if narrowing else ''}"
        )
    if everything:
        return Selection(everything=True)
    if page is not None:
        return Selection(item=_item(page, "page", (Kind.PAGE,)))
    if fact is not None:
        return Selection(item=_item(fact, "fact", (Kind.FACT, Kind.TRAIT)))
    start = None if after is None else parse_timestamp(after)
    end = None if before is None else parse_timestamp(before)
    if start is not None and end is not None and start >= end:
        raise InvalidArgumentError(f"no page is at or after {start} and before {end}: swap them?")
    if conversation is not None:
        check_identifier(conversation, "conversation")
    if text is not None and not (isinstance(text, str) and text.strip()):
        raise InvalidArgumentError("text must say what the pages to forget say; it is empty")
    return Selection(
        conversation_id=conversation,
        before=end,
        after=start,
        text=None if text is None else fold(text),
    )


def _item(item_id: str, name: str, kinds: tuple[Kind, ...]) -> Item:
    kind, number = parse_id(item_id)
    if kind not in kinds:
        raise InvalidArgumentError(
            f"{name}={item_id!r}: give pages as page=, facts and traits as fact=; a segment goes"
            " with its pages, which why() names"
        )
    return kind, number


def expiry(retention_days: float | None, *, now: datetime) -> Selection | None:
    """Pages kept longer than `retention_days`, by their timestamps; None where all are kept."""
    if retention_days is None:
        return None
    return Selection(before=now - timedelta(days=retention_days))


def choose(memory: WorkingSet, selection: Selection) -> set[Item]:
    """The pages, facts and traits that `selection` chooses itself; what follows from them is not
    among them.

    Raises UnknownIdError if an id, or a conversation, names nothing in this memory.
    """
    if selection.item is not None:
        kind, number = selection.item
        if number not in memory.rows(kind):
            raise UnknownIdError(f"there is no {kind.value}-{number} in this memory")
        return {selection.item}
    pages = [page for page in memory.pages.values() if _is_among(page, selection)]
    if selection.conversation_id is not None and not any(
        page.conversation_id == selection.conversation_id for page in memory.pages.values()
    ):
        raise UnknownIdError("no page of this memory belongs to that conversation")
    chosen = {(Kind.PAGE, page.number) for page in pages if _says(page, selection.text)}
    if selection.text_anywhere is not None:
        chosen |= set(_beliefs_that_say(memory, selection.text_anywhere))
    return chosen


def _is_among(page: Page, selection: Selection) -> bool:
    return (
        selection.conversation_id in (None, page.conversation_id)
        and (selection.before is None or page.timestamp < selection.before)
        and (selection.after is None or page.timestamp >= selection.after)
    )


def _says(page: Page, text: str | None) -> bool:
    if text is None:
        return True
    meta_data = json.dumps(dict(page.meta_data), ensure_ascii=False) if page.meta_data else ""
    return any(text in fold(part) for part in (page.user_input, page.agent_response, meta_data))


def _beliefs_that_say(memory: WorkingSet, text: str) -> Iterator[Item]:
    """Facts and traits that say it in other words than their pages, as a model may have put it."""
    for fact in memory.facts.values():
        if text in fold(fact.text) or text in fold(fact.value):
            yield Kind.FACT, fact.number
    for trait in memory.traits.values():
        if text in fold(trait.reason):
            yield Kind.TRAIT, trait.number

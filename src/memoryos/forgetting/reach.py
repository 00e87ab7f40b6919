"""What goes with what was chosen: facts and traits that rest on it, replies that tell of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from memoryos.forgetting.selection import Item
from memoryos.forgetting.wording import fold, says_value, telling_words
from memoryos.model import Evidence, Fact, Kind, Page, Trait
from memoryos.working_set import WorkingSet

Prompts = Callable[[Collection[Item]], Mapping[int, Collection[Item]]]
"""Items -> the replies that any of them entered the prompt of: number of the reply's page -> all
that its prompt held."""


class Reach:
    """What goes, grown until nothing more follows from it."""

    def __init__(self, memory: WorkingSet, prompts: Prompts) -> None:
        self._memory = memory
        self._prompts = prompts
        self.gone: set[Item] = set()
        self.redacted: set[int] = set()
        """Pages that lose their agent half."""

    def numbers(self, kind: Kind) -> set[int]:
        """What is gone of one kind."""
        return {number for of_kind, number in self.gone if of_kind is kind}

    def take(self, items: Collection[Item]) -> None:
        """Take items, and whatever rests on them."""
        self.gone.update(items)
        self._grow(items, ())

    def redact(self, page: int) -> None:
        """Take the agent half of a page, and whatever rests on it."""
        self.redacted.add(page)
        self._grow((), (page,))

    def _grow(self, items: Collection[Item], redacted: Collection[int]) -> None:
        while items or redacted:
            beliefs = set(self._beliefs())
            self.gone |= beliefs
            touched = {*items, *beliefs, *((Kind.PAGE, number) for number in redacted)}
            replies = self._telling_replies(touched)
            wordless = {page.number for page in replies if not page.user_input.strip()}
            items = {(Kind.PAGE, number) for number in wordless}
            redacted = {page.number for page in replies} - wordless
            self.gone.update(items)
            self.redacted.update(redacted)

    def lost(self, evidence: Evidence) -> bool:
        """Whether the page, or the half of it, that bore something out is gone."""
        if (Kind.PAGE, evidence.page) in self.gone:
            return True
        if evidence.page not in self.redacted:
            return False
        return fold(evidence.quote) not in fold(self._memory.pages[evidence.page].user_input)

    def _beliefs(self) -> Iterator[Item]:
        held: Iterable[Fact | Trait] = (
            *self._memory.facts.values(),
            *self._memory.traits.values(),
        )
        for belief in held:
            item = (Kind.FACT if isinstance(belief, Fact) else Kind.TRAIT, belief.number)
            if item not in self.gone and any(map(self.lost, belief.evidence)):
                yield item

    def _telling_replies(self, touched: Collection[Item]) -> list[Page]:
        prompts = self._prompts(touched)
        pages = (self._memory.pages[n] for n in sorted(prompts) if n in self._memory.pages)
        return [
            page
            for page in pages
            if (Kind.PAGE, page.number) not in self.gone
            and page.number not in self.redacted
            and self._tells(page, prompts[page.number])
        ]

    def _tells(self, reply: Page, prompt: Collection[Item]) -> bool:
        """Whether a reply tells of what is gone from its prompt.

        It does if it holds the value of a fact that is gone, or a word that it can have from
        nowhere else: neither from its question nor from the rest of its prompt. Better a harmless
        reply too few than a secret kept.
        """
        said = reply.agent_response
        if any(says_value(said, value) for item in prompt for value in self._gone_values(item)):
            return True
        language = self._memory.page_index.language(reply.number)
        gone, kept = [], [reply.user_input]
        for item in prompt:
            gone_text, kept_text = self._parted(item)
            gone.append(gone_text)
            kept.append(kept_text)
        telling, taken, known = (
            telling_words(text, language) for text in (said, "\n".join(gone), "\n".join(kept))
        )
        return bool(telling & taken - known)

    def _gone_values(self, item: Item) -> Iterator[str]:
        kind, number = item
        if item in self.gone and kind is Kind.FACT and number in self._memory.facts:
            yield self._memory.facts[number].value

    def _parted(self, item: Item) -> tuple[str, str]:
        """What is gone of an item's words, and what stays."""
        kind, number = item
        page = self._memory.pages.get(number) if kind is Kind.PAGE else None
        if page is not None and number in self.redacted:
            return page.agent_response, page.user_input
        text = self._text(item)
        return (text, "") if item in self.gone else ("", text)

    def _text(self, item: Item) -> str:
        kind, number = item
        found: Page | Fact | Trait | None = self._memory.rows(kind).get(number)
        if found is None:
            return ""
        return found.reason if isinstance(found, Trait) else found.text

"""Quotations: what a model says counts only where it can name the words on the page."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from memoryos.analysts.model import answers
from memoryos.analysts.model.languages import speaks_otherwise
from memoryos.analysts.model.support import Half
from memoryos.model import Evidence, Page, Speaker
from memoryos.prompts.pages import clip
from memoryos.text.language import guess_language
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import words

logger = logging.getLogger(__name__)

LONGEST_QUOTE = 500
"""Characters. Whoever quotes more points at no words."""

LONGEST_TEXT = 300
"""Characters of what is said about a quotation."""

_EDGES = " '\"“”«».…,;:-"
"""What a quotation may begin or end with that the page does not have."""

# Nobody calls himself that: it is a prompt, pasted or smuggled in.
_OF_A_USER = re.compile(
    r"\b(?:the user|l['’]utente|el usuario|la usuaria|de[rmn] (?:be)?nutzer|l['’]utilisateur)\b"
    r"|(?:用户|用戶)(?:是|叫|的名字)|ユーザー[はがの]|사용자[는가의]|المستخدم",
    re.IGNORECASE,
)

_Learnt = TypeVar("_Learnt")


class Refused(Exception):
    """A statement that is not believed; says in a word what failed, and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that stand in a half of a page, byte for byte, with the sentence around them."""

    page: Page
    half: Half
    evidence: Evidence
    sentence: str

    def in_own_words(self, text: str) -> str:
        """`text` as the page spells its names; the page's own sentence where it cannot stand.

        It cannot if it is empty, too long, in another language than the page, or has a name or a
        number that the speaker did not say.
        """
        if not text or len(text) > LONGEST_TEXT:
            return self.own_words
        if speaks_otherwise(text, self.sentence, self.half.text):
            return self.own_words
        return self.half.spelt(text) or self.own_words

    @property
    def own_words(self) -> str:
        return clip(self.sentence, LONGEST_TEXT)


class Pages:
    """The pages of a batch, to be quoted from."""

    def __init__(self, pages: Sequence[Page]) -> None:
        languages = Counter(guess_language(page.text) for page in pages)
        usual = languages.most_common(1)[0][0] if languages else "en"
        self._pages = {page.number: page for page in pages}
        self._halves = {
            (page.number, speaker): Half(page.half(speaker), usual)
            for page in pages
            for speaker in Speaker
        }

    def quoted(self, item: Mapping[str, Any], speaker: Speaker) -> Quotation:
        """The words of `speaker` that `item` names by `page` and `quote`.

        Raises Refused if the page is not of the batch, or has no such words, or they say nothing,
        or speak of the user from outside.
        """
        page = self._pages.get(answers.number(item.get("page")) or 0)
        if page is None:
            raise Refused("page")
        half = self._halves[page.number, speaker]
        quote = answers.words(item.get("quote"))
        stop = STOP_WORDS.get(half.language, frozenset())
        if len(quote) > LONGEST_QUOTE or stop.issuperset(words(quote)):
            raise Refused("quote")
        place = half.find(quote) or half.find(quote.strip(_EDGES))
        if place is None:
            raise Refused("quote")
        sentence = half.sentence(*place)
        if speaker is Speaker.USER and _OF_A_USER.search(sentence):
            raise Refused("order")
        return Quotation(page, half, Evidence(page.number, half.text[slice(*place)]), sentence)


def believed(
    items: Iterable[Mapping[str, Any]],
    read: Callable[[Mapping[str, Any]], _Learnt],
    *,
    what: str,
) -> tuple[_Learnt, ...]:
    """What `read` makes of the items; those that it refuses are counted in one line of the log."""
    kept: list[_Learnt] = []
    refused: Counter[str] = Counter()
    for item in items:
        try:
            kept.append(read(item))
        except Refused as why:
            refused[str(why)] += 1
    if refused:
        logger.info("%s: %d kept, %d refused %s", what, len(kept), refused.total(), dict(refused))
    return tuple(kept)

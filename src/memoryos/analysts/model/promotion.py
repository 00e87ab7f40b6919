"""The facts of a model's answer that the pages bear out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from memoryos.analysts.base import LearntFact, PromotionBatch
from memoryos.analysts.model import answers
from memoryos.analysts.model.introductions import gives_own_name
from memoryos.analysts.model.quotations import Pages, Quotation, Refused, believed
from memoryos.analysts.model.support import Half, bears_out, fold
from memoryos.errors import UnreadableTimestampError
from memoryos.long_term import AGENT_ATTRIBUTE, ATTRIBUTES
from memoryos.model import Fact, Page, Speaker
from memoryos.timestamps import parse_timestamp

LONGEST_VALUE = 200
"""Characters."""

VERBATIM = frozenset({"name", "phone", "email"})
"""Attributes whose values are wrong with one letter or word changed."""

LEAST_SURE, MOST_SURE, UNSAID = 0.3, 0.95, 0.5
"""Confidence is kept between the first two; the third is for an answer that gives none."""

LONGEST_LIFE = 120
"""Years. Nothing that somebody says of themselves has been so for longer."""

_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def facts(
    answer: Mapping[str, Any], batch: PromotionBatch, *, offered: Sequence[Fact]
) -> tuple[LearntFact, ...]:
    """What of `answer` the pages bear out, in its order; the rest is refused.

    A fact of the user stands on words of the user, one of the agent on words of the agent. Only
    one of the `offered` facts may be superseded.
    """
    pages = Pages(batch.pages)
    held = {fact.number: fact for fact in offered}
    return believed(
        answers.items(answer, "facts"), lambda item: _fact(item, pages, held), what="facts"
    )


def _fact(item: Mapping[str, Any], pages: Pages, held: Mapping[int, Fact]) -> LearntFact:
    """Raises Refused."""
    speaker, attribute = _kind(item)
    quotation = pages.quoted(item, speaker)
    claimed = answers.words(item.get("value")).rstrip(" .…,;:")
    value = _value(claimed, quotation, attribute)
    said = re.sub(
        rf"(?<!\w){re.escape(claimed)}(?!\w)", lambda _: value, answers.words(item.get("text"))
    )
    text = quotation.in_own_words(said)
    if not bears_out(text, value, quotation.half.language):
        text = quotation.own_words
    return LearntFact(
        subject=speaker,
        attribute=attribute,
        value=value,
        text=text,
        language=quotation.half.language,
        evidence=quotation.evidence,
        origin=quotation.page.origin_of(speaker),
        confidence=_confidence(item.get("confidence")),
        valid_from=_since(item.get("since"), quotation.page),
        supersedes=_superseded(item, held, speaker, attribute, value),
    )


def _kind(item: Mapping[str, Any]) -> tuple[Speaker, str]:
    """Whom it is about, and the attribute; all that is about the agent has one attribute."""
    about, attribute = answers.words(item.get("about")), answers.words(item.get("attribute"))
    if attribute not in ATTRIBUTES:
        raise Refused("kind")
    if about == Speaker.AGENT.value:
        return Speaker.AGENT, AGENT_ATTRIBUTE
    if about != Speaker.USER.value or attribute == AGENT_ATTRIBUTE:
        raise Refused("kind")
    return Speaker.USER, attribute


def _value(claimed: str, quotation: Quotation, attribute: str) -> str:
    """The value as the page spells it: taken from the sentence where it stands there whole.

    Raises Refused.
    """
    if not claimed or len(claimed) > LONGEST_VALUE:
        raise Refused("value")
    place = Half(quotation.sentence).find(claimed)
    if place:
        value: str | None = " ".join(quotation.sentence[slice(*place)].split())
    else:
        value = None if attribute in VERBATIM else quotation.half.spelt(claimed)
    if not value or not bears_out(quotation.sentence, value, quotation.half.language):
        raise Refused("support")
    if attribute == "name" and not gives_own_name(quotation.sentence, value):
        raise Refused("name")
    return value


def _superseded(
    item: Mapping[str, Any],
    held: Mapping[int, Fact],
    speaker: Speaker,
    attribute: str,
    value: str,
) -> int | None:
    """The fact that this one ends: of the same attribute, or a taste could end a name."""
    fact = held.get(answers.number(item.get("supersedes")) or 0)
    if fact is None or (fact.subject, fact.attribute) != (speaker, attribute):
        return None
    if fold(fact.value) == fold(value):
        return None
    return fact.number


def _confidence(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        return UNSAID
    return float(min(max(value, LEAST_SURE), MOST_SURE))


def _since(value: object, page: Page) -> datetime:
    """From when on it holds; since the page where that is not told, or cannot be."""
    text = answers.words(value)
    if _DATE.fullmatch(text):
        text += "-01" * (2 - text.count("-"))
    try:
        since = parse_timestamp(text)
    except UnreadableTimestampError:
        return page.timestamp
    if since.year < page.timestamp.year - LONGEST_LIFE:
        return page.timestamp
    return min(since, page.timestamp)

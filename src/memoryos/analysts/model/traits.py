"""The traits of a model's answer that the user's own words bear out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from memoryos.analysts.base import LearntTrait, TraitBatch
from memoryos.analysts.model import answers
from memoryos.analysts.model.quotations import Pages, Refused, believed
from memoryos.dimensions import dimensions
from memoryos.model import Level, Speaker


def traits(answer: Mapping[str, Any], batch: TraitBatch) -> tuple[LearntTrait, ...]:
    """What of `answer` is on one of the 90 dimensions and borne out, the first on each."""
    pages = Pages(batch.pages)
    names = {_plain(dimension.name): dimension.name for dimension in dimensions()}
    learnt = believed(
        answers.items(answer, "traits"), lambda item: _trait(item, pages, names), what="traits"
    )
    first: dict[str, LearntTrait] = {}
    for trait in learnt:
        first.setdefault(trait.dimension, trait)
    return tuple(first.values())


def _trait(item: Mapping[str, Any], pages: Pages, names: Mapping[str, str]) -> LearntTrait:
    """Raises Refused."""
    dimension = names.get(_plain(answers.words(item.get("dimension"))))
    level = answers.words(item.get("level")).casefold()
    if dimension is None or level not in {known.value for known in Level}:
        raise Refused("kind")
    quotation = pages.quoted(item, Speaker.USER)
    reason = quotation.in_own_words(answers.words(item.get("reason")))
    return LearntTrait(dimension, Level(level), reason, quotation.evidence)


def _plain(name: str) -> str:
    """A dimension's name, however it is written: "Home_Decor" -> "home decor"."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())

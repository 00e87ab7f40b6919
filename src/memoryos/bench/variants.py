"""Recall with one thing changed: what `memoryos bench ablate` holds against recall as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from memoryos.bench.attempts import ATTEMPTS, Attempt
from memoryos.bench.talk import Talk
from memoryos.config import Policy
from memoryos.index.index import Weights
from memoryos.index.query import AnalysedQuery
from memoryos.recall import Names

NEVER = -2.0
"""A threshold that evidence always reaches: it is at least -1."""

Read = Callable[[Talk, str], AnalysedQuery]


def with_names(talk: Talk, question: str) -> AnalysedQuery:
    """The question read with the speakers' names left in what is looked for."""
    nameless = replace(talk, names=Names("", "")).read(question)
    return replace(
        talk.read(question),
        words=nameless.words,
        grams=nameless.grams,
        text_to_embed=nameless.text_to_embed,
    )


def of_anybody(talk: Talk, question: str) -> AnalysedQuery:
    """The question read as though it did not matter who spoke."""
    return replace(talk.read(question), speaker=None)


@dataclass(frozen=True, slots=True)
class Variant:
    """Recall with one thing changed."""

    name: str
    kind: Literal["part", "policy", "attempt"]
    """What is changed: a part of recall, the whole way of it, or something is put to it."""
    weights: Weights = field(default_factory=Weights)
    read: Read = Talk.read
    embedded: bool = True
    policy: Policy = "default"
    attempt: Attempt | None = None


def _variants() -> Iterator[Variant]:
    less: dict[str, Weights] = {
        "vectors": Weights(dense=0.0),
        "BM25": Weights(lexical=0.0),
        "kin of words": Weights(kin=0.0),
        "character n-grams": Weights(characters=0.0),
        "the date window": Weights(date=0.0, event=0.0),
        "days that pages speak of": Weights(event=0.0),
        "neighbours": Weights(previous=0.0, next=0.0),
        "the session": Weights(session=0.0),
        "the segment": Weights(segment=0.0),
        "length": Weights(length=0.0),
        "abstention": Weights(enough=NEVER, enough_words=NEVER),
    }
    yield Variant("recall as it is", "part")
    for name, weights in less.items():
        yield Variant(f"without {name}", "part", weights)
    yield Variant("names left in the query", "part", read=with_names)
    yield Variant("whoever speaks", "part", read=of_anybody)
    yield Variant("asked without an embedder", "part", embedded=False)
    yield Variant("policy paper", "policy", policy="paper")
    for name, attempt in ATTEMPTS.items():
        yield Variant(name, "attempt", attempt=attempt)


VARIANTS = tuple(_variants())
"""The first one is what the others are compared with."""

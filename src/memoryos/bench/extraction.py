"""Precision and recall of what an analyst learns, on labelled exchanges.

A row has `id`, `user` (what the user says), `agent` (the reply), `trap` (what kind of trap it is,
or null), `facts` (what must be found) and `also_true` (what may be found): items of `subject`,
`attribute` and `value`.

A finding is right if an item of the row has its subject, a compatible attribute, and a value whose
content words contain the finding's, or are contained in them. Findings that match `also_true` alone
count neither way; every other finding is wrong. Recall is the share of `facts` found.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from memoryos.analysts.base import Analyst, PromotionBatch, TraitBatch
from memoryos.errors import UnreadableInputError
from memoryos.model import Page
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import words

NEAR = (
    {"likes", "hobby", "favorite", "trait"},
    {"dislikes", "trait"},
    {"origin", "nationality"},
    {"job", "employer"},
    {"job", "study"},
    {"relationship", "family"},
    {"allergy", "health", "diet"},
    {"goal", "study", "language"},
    {"goal", "hobby"},
    {"likes", "goal"},
)
"""Attributes that people who label by hand use for one another."""

_STOP_WORDS = frozenset().union(*STOP_WORDS.values())
_SAID_AT = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a row says, as labelled or as found."""

    subject: str
    attribute: str
    value: str


@dataclass(slots=True)
class Extraction:
    """The score of one set."""

    rows: int = 0
    right: int = 0
    wrong: int = 0
    neutral: int = 0
    expected: int = 0
    found: int = 0
    traps: int = 0
    traps_sprung: int = 0
    """Traps where something wrong was learnt."""
    errors: list[tuple[str, Finding]] = field(default_factory=list)
    missed: list[tuple[str, Finding]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0


def measure(path: Path, analyst: Analyst) -> Extraction:
    """Score `analyst` on the labelled rows of a JSON Lines file.

    Raises UnreadableInputError if a line is no such row.
    """
    score = Extraction()
    for row in _rows(path):
        _score_row(row, findings(row["user"], row["agent"], analyst), score)
    return score


def findings(user: str, agent: str, analyst: Analyst) -> list[Finding]:
    """What `analyst` takes to hold after one exchange, each once; traits as attribute `trait`.

    What is said to be over is left out: the labels say what holds.
    """
    page = Page(1, user, agent, timestamp=_SAID_AT, recorded_at=_SAID_AT)
    facts = analyst.promote(PromotionBatch((page,), ()))
    traits = analyst.characterise(TraitBatch((page,), ()))
    found = [
        Finding(fact.subject.value, fact.attribute, fact.value)
        for fact in facts
        if fact.valid_to is None
    ]
    found += [Finding("user", "trait", trait.reason) for trait in traits]
    return list(dict.fromkeys(found))


def _rows(path: Path) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            agent = row.get("agent") or ""
            yield {**row, "user": row["user"], "agent": agent, "facts": row["facts"]}
        except (AttributeError, ValueError, KeyError, TypeError) as exc:
            raise UnreadableInputError(f"{path.name}:{number} is no labelled exchange") from exc


def _score_row(row: Mapping[str, Any], found: list[Finding], score: Extraction) -> None:
    facts, allowed = _items(row["facts"]), _items(row.get("also_true") or ())
    wrong = []
    for finding in found:
        if any(matches(finding, fact) for fact in facts):
            score.right += 1
        elif any(matches(finding, fact) for fact in allowed):
            score.neutral += 1
        else:
            wrong.append((str(row["id"]), finding))
    missed = [fact for fact in facts if not any(matches(finding, fact) for finding in found)]
    score.rows += 1
    score.wrong += len(wrong)
    score.expected += len(facts)
    score.found += len(facts) - len(missed)
    score.traps += bool(row.get("trap"))
    score.traps_sprung += bool(row.get("trap") and wrong)
    score.errors += wrong
    score.missed += [(str(row["id"]), fact) for fact in missed]


def _items(items: Iterable[Mapping[str, str]]) -> list[Finding]:
    return [Finding(item["subject"], item["attribute"], item["value"]) for item in items]


def matches(finding: Finding, fact: Finding) -> bool:
    """Whether a finding says what a labelled fact says."""
    if finding.subject != fact.subject:
        return False
    pair = {finding.attribute, fact.attribute}
    if len(pair) > 1 and not any(pair <= near for near in NEAR):
        return False
    left, right = _words(finding.value), _words(fact.value)
    return left <= right or right <= left


def _words(value: str) -> frozenset[str]:
    every = frozenset(words(value.replace("'", " ").replace("’", " ")))
    return every - _STOP_WORDS or every

"""Traits, only where declared: "I'm a very organised person", "I love jazz"."""

from __future__ import annotations

from collections.abc import Iterator

from memoryos.analysts.rules.clauses import Clause
from memoryos.analysts.rules.grammar import Compiled
from memoryos.analysts.rules.statements import Statement
from memoryos.model import Level

TASTES = {"likes": Level.HIGH, "hobby": Level.HIGH, "dislikes": Level.LOW}
"""Attributes that tell an interest, and how strongly."""


def declared_character(clause: Clause, grammar: Compiled) -> Iterator[tuple[str, Level, str]]:
    """(dimension, level, the words) for what the clause says of the speaker's character."""
    if clause.negated or clause.past or not clause.own:
        return
    for dimension, level, pattern in grammar.character:
        match = pattern.match(clause.plain, clause.start)
        if match:
            words = clause.sentence.text[slice(*match.span("value"))]
            yield dimension, Level(level), words


def declared_interests(statement: Statement, grammar: Compiled) -> Iterator[tuple[str, Level, str]]:
    """(dimension, level, the words) for the interests that a taste names."""
    level = TASTES.get(statement.rule.attribute)
    if level is None:
        return
    for dimension, pattern in grammar.interests:
        if pattern.search(statement.value):
            yield dimension, level, statement.text

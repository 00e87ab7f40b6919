"""From clauses to statements: which rule a clause fits, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timezone

from memoryos.analysts.rules.clauses import Clause, as_if_lasting
from memoryos.analysts.rules.grammar import Compiled, CompiledRule, Rule
from memoryos.analysts.rules.values import spans

INTRODUCED = frozenset(
    ["name", "age", "job", "nationality", "relationship", "origin", "study", "family"]
)
"""What people string together when they introduce themselves: "I'm Tom, 34, a nurse"."""

INTRODUCTORY = frozenset(["name", "age", "job"])
"""What such a string begins with."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says by a rule."""

    rule: Rule
    value: str
    text: str
    since: datetime | None
    """From when on, where the clause tells the year."""
    over: bool = False
    """Whether it says that this held and is over: "I no longer work at Acme"."""


def statements(
    clause: Clause,
    grammar: Compiled,
    rules: tuple[CompiledRule, ...],
    *,
    continues: bool = False,
) -> Iterator[Statement]:
    """What `clause` says; of several rules for one attribute the first that fits.

    `continues`: its sentence has stated something, so that the subject may be left out ("I live in
    Rome and work as a nurse").
    """
    # "I no longer eat meat" ends nothing: a rule of its own understands it.
    over = tuple(_over(clause, grammar, rules, continues=continues))
    yield from over or _stated(clause, grammar, rules, continues=continues)


def _over(
    clause: Clause,
    grammar: Compiled,
    rules: tuple[CompiledRule, ...],
    *,
    continues: bool,
) -> Iterator[Statement]:
    """What `clause` says to be over, and nothing that it only mentions ("with my brother Tom")."""
    lasting = as_if_lasting(clause, grammar)
    if lasting is not None:
        for statement in _stated(lasting, grammar, rules, continues=continues):
            if not (statement.rule.negated or statement.rule.anywhere):
                yield replace(statement, over=True)


def _stated(
    clause: Clause,
    grammar: Compiled,
    rules: tuple[CompiledRule, ...],
    *,
    continues: bool,
) -> Iterator[Statement]:
    said = set()
    for found in rules:
        rule = found.rule
        if rule.attribute in said or (clause.negated and not rule.negated):
            continue
        if clause.past and not rule.past:
            continue
        match = _match(found, clause, own=clause.own or continues)
        if match is None:
            continue
        for span in spans(found, match, clause.plain, grammar):
            said.add(rule.attribute)
            yield _statement(rule, match, clause, span, grammar)


def introductions(clause: Clause, grammar: Compiled) -> Iterator[Statement]:
    """What a further part of an introduction says, read as if the subject stood before it."""
    before = grammar.grammar.introduction
    text = before + clause.sentence.text[clause.start :]
    spoken = replace(
        clause,
        sentence=replace(clause.sentence, text=text),
        plain=before + clause.plain[clause.start :],
        start=0,
        end=len(before) + clause.end - clause.start,
        own=True,
    )
    for statement in statements(spoken, grammar, grammar.rules):
        if statement.rule.attribute in INTRODUCED - {"name"} and statement.rule.reading != "phrase":
            yield statement


def _match(found: CompiledRule, clause: Clause, *, own: bool) -> re.Match[str] | None:
    if found.rule.anywhere:
        return found.begins.search(clause.plain, clause.start, clause.end)
    return found.begins.match(clause.plain, clause.start) if own else None


def _statement(
    rule: Rule, match: re.Match[str], clause: Clause, span: tuple[int, int], grammar: Compiled
) -> Statement:
    # Places in the plain sentence are places in the text: values stay byte for byte.
    written = clause.sentence.text
    groups = {
        name: written[slice(*match.span(name))] if match.group(name) else ""
        for name in match.re.groupindex
    }
    article = grammar.article.search(clause.plain, 0, span[0])
    groups["article"] = article.group() if article else ""
    groups["value"] = written[slice(*span)]
    since = grammar.since.search(clause.plain, match.start())
    return Statement(
        rule=rule,
        value=rule.value.format(**groups),
        text=" ".join(rule.text.format(**groups).split()),
        since=datetime(int(since["year"]), 1, 1, tzinfo=timezone.utc) if since else None,
    )

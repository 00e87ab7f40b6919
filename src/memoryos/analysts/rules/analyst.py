"""The rules analyst: what it files, and what it lets the pages teach."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from memoryos.analysts.base import (
    Filing,
    FilingBatch,
    LearntFact,
    LearntTrait,
    Pace,
    PromotionBatch,
    Topic,
    TraitBatch,
)
from memoryos.analysts.rules.chains import links
from memoryos.analysts.rules.clauses import Clause, clauses, is_talk, tells_story
from memoryos.analysts.rules.grammar import GRAMMARS, Compiled, compiled
from memoryos.analysts.rules.statements import INTRODUCTORY, Statement, introductions, statements
from memoryos.analysts.rules.traits import declared_character, declared_interests
from memoryos.model import Evidence, Level, Page, Speaker
from memoryos.text.keywords import keywords
from memoryos.text.language import guess_language
from memoryos.text.tokens import count_tokens

PACE = Pace(
    filing_wait=1,
    promotion_wait=4,
    traits_wait=1,
    batch_pages=500,
    # Well within a lease, however long the pages are.
    batch_tokens=200_000,
    tokens_of=lambda page: count_tokens(page.text),
)

BRIEF = 40
"""Characters. In a text no longer than this a single word may mislead the guess of its language."""

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
"""Their words are of no language."""


@dataclass(frozen=True, slots=True)
class RulesAnalyst:
    """Files and promotes by rules alone. Deterministic; never raises on any text."""

    conversation_gap_seconds: float = 3600.0
    name: str = "rules"

    @property
    def pace(self) -> Pace:
        return PACE

    def file(self, batch: FilingBatch) -> Filing:
        """Chains by time and similarity; every page is a topic of its own, for F_score to place."""
        return Filing(
            links=tuple(links(batch, gap_seconds=self.conversation_gap_seconds)),
            topics=tuple(Topic((page.number,), keywords(page.text)) for page in batch.pages),
        )

    def promote(self, batch: PromotionBatch) -> tuple[LearntFact, ...]:
        """What the user says of himself, and the agent of itself, in five languages.

        Precision before recall: a closed set of statements is understood, and whatever might be a
        question, a condition, a quotation, a story or another's words teaches nothing.
        """
        usual = _usual_language(batch.pages)
        facts: list[LearntFact] = []
        for page in batch.pages:
            for said in _said_by_user(page, usual):
                facts += said.facts(page)
            if page.learnable:  # else the reply is an answer out of memory
                facts += _facts_of_agent(page, usual)
        return tuple(facts)

    def characterise(self, batch: TraitBatch) -> tuple[LearntTrait, ...]:
        """Traits that the user declares, in the same languages and with the same care."""
        usual = _usual_language(batch.pages)
        return tuple(
            trait
            for page in batch.pages
            for said in _said_by_user(page, usual)
            for trait in said.traits(page)
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """What a clause of the user's says of him, by the grammar of its language."""

    clause: Clause
    statements: tuple[Statement, ...]
    grammar: Compiled

    def facts(self, page: Page) -> Iterator[LearntFact]:
        evidence = Evidence(page.number, self.clause.sentence.text)
        for statement in self.statements:
            yield _fact(statement, Speaker.USER, page, evidence, self.grammar)

    def traits(self, page: Page) -> Iterator[LearntTrait]:
        evidence = Evidence(page.number, self.clause.sentence.text)
        for statement in (said for said in self.statements if not said.over):
            yield from _traits(declared_interests(statement, self.grammar), evidence)
        yield from _traits(declared_character(self.clause, self.grammar), evidence)


def _usual_language(pages: Sequence[Page]) -> str:
    """The language most pages are in: what is said in a word or two is taken to be in it."""
    guesses = Counter(guess_language(page.text) for page in pages)
    return guesses.most_common(1)[0][0] if guesses else "en"


def _grammar(page: Page, speaker: Speaker, usual: str) -> Compiled | None:
    return compiled(guess_language(page.half(speaker), usual))


def _said_by_user(page: Page, usual: str) -> tuple[_Said, ...]:
    """What the user says of himself on a page, clause by clause.

    A few words may be in any language ("Vivo a Lecce"): where the guess fails, or its grammar knows
    none of them, they are in the first language that understands them, the usual one before others.
    """
    text = page.user_input
    guess = guess_language(_ADDRESS.sub(" ", text), "")
    guessed = compiled(guess)
    is_wrong = len(text) <= BRIEF and not (guessed and guessed.cue.search(text))
    languages = dict.fromkeys([usual, *GRAMMARS]) if is_wrong or not guess else [guess]
    grammars = filter(None, map(compiled, languages))
    readings = (tuple(_said(page, grammar)) for grammar in grammars)
    first: tuple[_Said, ...] = ()
    for reading in readings:
        if any(said.statements for said in reading):
            return reading
        first = first or reading
    return first


def _said(page: Page, grammar: Compiled) -> Iterator[_Said]:
    introduced = stating = None
    for clause in clauses(page.user_input, grammar):
        continues = stating is clause.sentence
        said = tuple(statements(clause, grammar, grammar.rules, continues=continues))
        if not said and introduced is clause.sentence and clause.listed:
            said = tuple(introductions(clause, grammar))
        yield _Said(clause, said, grammar)
        if said:
            stating = clause.sentence
        if any(statement.rule.attribute in INTRODUCTORY for statement in said):
            introduced = clause.sentence


def _facts_of_agent(page: Page, usual: str) -> Iterator[LearntFact]:
    """What the agent says of itself, unless the user asked it to speak for somebody else."""
    grammar = _grammar(page, Speaker.AGENT, usual)
    if grammar is None:
        return
    for clause in clauses(page.agent_response, grammar):
        for statement in statements(clause, grammar, grammar.agent_rules):
            if _speaks_for_another(page, usual):
                return
            evidence = Evidence(page.number, clause.sentence.text)
            yield _fact(statement, Speaker.AGENT, page, evidence, grammar)


def _speaks_for_another(page: Page, usual: str) -> bool:
    """Whether the user asked for a translation, a story or a role."""
    grammar = _grammar(page, Speaker.USER, usual)
    asked = page.user_input
    return grammar is not None and not (is_talk(asked, grammar) and not tells_story(asked, grammar))


def _fact(
    statement: Statement, speaker: Speaker, page: Page, evidence: Evidence, grammar: Compiled
) -> LearntFact:
    since = statement.since or page.timestamp
    return LearntFact(
        subject=speaker,
        attribute=statement.rule.attribute,
        value=statement.value,
        text=statement.text,
        language=grammar.grammar.language,
        evidence=evidence,
        origin=page.origin_of(speaker),
        confidence=statement.rule.confidence,
        valid_from=None if statement.over else min(since, page.timestamp),
        valid_to=page.timestamp if statement.over else None,
    )


def _traits(
    declared: Iterable[tuple[str, Level, str]], evidence: Evidence
) -> Iterator[LearntTrait]:
    for dimension, level, reason in declared:
        yield LearntTrait(dimension, level, reason, evidence)

"""The rules analyst: what it files, and what it lets the pages teach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from memoryos.analysts.base import (
    Filing,
    FilingBatch,
    LearntFact,
    LearntTrait,
    Promotion,
    PromotionBatch,
    Topic,
)
from memoryos.analysts.rules.chains import links
from memoryos.analysts.rules.clauses import clauses, is_talk, tells_story
from memoryos.analysts.rules.grammar import Compiled, compiled
from memoryos.analysts.rules.statements import INTRODUCTORY, Statement, introductions, statements
from memoryos.analysts.rules.traits import declared_character, declared_interests
from memoryos.model import Evidence, Level, Origin, Page, Speaker
from memoryos.text.keywords import keywords
from memoryos.text.language import guess_language

ORIGINS = {Speaker.USER: Origin.USER, Speaker.AGENT: Origin.AGENT}


@dataclass(frozen=True, slots=True)
class RulesAnalyst:
    """Files and promotes by rules alone. Deterministic; never raises on any text."""

    conversation_gap_seconds: float = 3600.0
    name: str = "rules"

    def file(self, batch: FilingBatch) -> Filing:
        """Chains by time and similarity; every page is a topic of its own, for F_score to place."""
        return Filing(
            links=tuple(links(batch, gap_seconds=self.conversation_gap_seconds)),
            topics=tuple(Topic((page.number,), keywords(page.text)) for page in batch.pages),
        )

    def promote(self, batch: PromotionBatch) -> Promotion:
        """What the user says of himself, and the agent of itself, in five languages.

        Precision before recall: a closed set of statements is understood, and whatever might be a
        question, a condition, a quotation, a story or another's words teaches nothing.
        """
        usual = _usual_language(batch.pages)
        facts: list[LearntFact] = []
        traits: list[LearntTrait] = []
        for page in batch.pages:
            _learn_of_user(page, usual, facts, traits)
            if page.learnable:  # else the reply is an answer out of memory
                facts += _facts_of_agent(page, usual)
        return Promotion(tuple(facts), tuple(traits))


def _usual_language(pages: Sequence[Page]) -> str:
    """The language most pages are in: what is said in a word or two is taken to be in it."""
    guesses = Counter(guess_language(page.text) for page in pages)
    return guesses.most_common(1)[0][0] if guesses else "en"


def _grammar(page: Page, speaker: Speaker, usual: str) -> Compiled | None:
    return compiled(guess_language(page.half(speaker), usual))


def _learn_of_user(
    page: Page, usual: str, facts: list[LearntFact], traits: list[LearntTrait]
) -> None:
    """Add what the user says of himself on a page."""
    grammar = _grammar(page, Speaker.USER, usual)
    if grammar is None:
        return
    introduced = stating = None
    for clause in clauses(page.user_input, grammar):
        evidence = Evidence(page.number, clause.sentence.text)
        continues = stating is clause.sentence
        said = list(statements(clause, grammar, grammar.rules, continues=continues))
        if not said and introduced is clause.sentence and clause.listed:
            said = list(introductions(clause, grammar))
        for statement in said:
            facts.append(_fact(statement, Speaker.USER, page, evidence, grammar))
            traits += _traits(declared_interests(statement, grammar), evidence)
        traits += _traits(declared_character(clause, grammar), evidence)
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
    return LearntFact(
        subject=speaker,
        attribute=statement.rule.attribute,
        value=statement.value,
        text=statement.text,
        language=grammar.grammar.language,
        evidence=evidence,
        origin=ORIGINS[speaker],
        confidence=statement.rule.confidence,
        valid_from=min(statement.since or page.timestamp, page.timestamp),
    )


def _traits(
    declared: Iterable[tuple[str, Level, str]], evidence: Evidence
) -> Iterator[LearntTrait]:
    for dimension, level, reason in declared:
        yield LearntTrait(dimension, level, reason, evidence)

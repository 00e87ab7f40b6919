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
from memoryos.analysts.rules.chains import links, page_text
from memoryos.analysts.rules.clauses import clauses, is_talk, tells_story
from memoryos.analysts.rules.grammar import Compiled, compiled
from memoryos.analysts.rules.statements import INTRODUCED, Statement, introductions, statements
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
            topics=tuple(Topic((page.number,), keywords(page_text(page))) for page in batch.pages),
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
            for speaker in _speakers(page, usual):
                _learn(page, speaker, usual, facts, traits)
        return Promotion(tuple(facts), tuple(traits))


def _usual_language(pages: Sequence[Page]) -> str:
    """The language most pages are in: what is said in a word or two is taken to be in it."""
    guesses = Counter(guess_language(page_text(page)) for page in pages)
    return guesses.most_common(1)[0][0] if guesses else "en"


def _speakers(page: Page, usual: str) -> tuple[Speaker, ...]:
    """Whose words may teach: the agent's not where it was asked to translate, or to play a role,
    nor where they are an answer out of memory."""
    if not page.learnable:
        return (Speaker.USER,)
    grammar = _grammar(page, Speaker.USER, usual)
    plays = grammar and (
        not is_talk(page.user_input, grammar) or tells_story(page.user_input, grammar)
    )
    return (Speaker.USER,) if plays else tuple(Speaker)


def _grammar(page: Page, speaker: Speaker, usual: str) -> Compiled | None:
    return compiled(guess_language(page.half(speaker), guess_language(page_text(page), usual)))


def _learn(
    page: Page, speaker: Speaker, usual: str, facts: list[LearntFact], traits: list[LearntTrait]
) -> None:
    """Add what one half of a page says of its speaker."""
    grammar = _grammar(page, speaker, usual)
    if grammar is None:
        return
    rules = grammar.rules if speaker is Speaker.USER else grammar.agent_rules
    introduced = None
    for clause in clauses(page.half(speaker), grammar):
        evidence = Evidence(page.number, clause.sentence.text)
        said = list(statements(clause, grammar, rules))
        if not said and introduced is clause.sentence:
            said = list(introductions(clause, grammar, rules))
        for statement in said:
            facts.append(_fact(statement, speaker, page, evidence, grammar.grammar.language))
            traits += _traits(declared_interests(statement, grammar), evidence)
        if any(statement.rule.attribute in INTRODUCED for statement in said):
            introduced = clause.sentence
        if speaker is Speaker.USER:
            traits += _traits(declared_character(clause, grammar), evidence)


def _fact(
    statement: Statement, speaker: Speaker, page: Page, evidence: Evidence, language: str
) -> LearntFact:
    return LearntFact(
        subject=speaker,
        attribute=statement.rule.attribute,
        value=statement.value,
        text=statement.text,
        language=language,
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

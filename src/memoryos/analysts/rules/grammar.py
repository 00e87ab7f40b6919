"""What a language's grammar file holds, and how it is made ready to match."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal

Reading = Literal[
    "group", "item", "name", "full_name", "place", "job", "work", "employer", "phrase"
]
"""How the value is read.

group: the pattern's own group `value`. The others read what follows the pattern: an item that
matches `Rule.item`, a person's name (full_name: whatever follows it), a place, a profession of the
closed class (work: of any kind), an employer, or an open phrase up to the border of its clause.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind of fact is stated: what the clause begins with, and where its value stands.

    In `pattern` and `anywhere` a name in braces stands for a closed class of the grammar. Named
    groups may be used in `value` and `text`.
    """

    attribute: str
    pattern: str
    text: str
    """Third person, in the language of the grammar: "works as {article}{value}"."""
    reading: Reading = "phrase"
    value: str = "{value}"
    confidence: float = 0.9
    item: str = ""
    """Reading `item`: what each item must be, in full; its group `value`, if any, is the value."""
    most_words: int = 6
    many: bool = False
    """Whether "A, B and C" are three values."""
    negated: bool = False
    """Whether the pattern itself holds the negation."""
    past: bool = False
    """Whether a past still tells something lasting: "I was born in Rome"."""
    anywhere: bool = False
    """Whether it may stand inside a clause: "my sister Anna"."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language, as data. All patterns ignore case and are tried on single spaces and "'"."""

    language: str
    classes: Mapping[str, str]
    """Closed classes: name -> alternatives of a regular expression."""
    rules: tuple[Rule, ...]
    agent_rules: tuple[Rule, ...]
    cue: str
    """What a text that says anything of its speaker contains."""
    subject: str
    """How a clause of the first person begins; others are read only beside such a clause."""
    lead_ins: str
    """Words before the subject that change nothing: "well", "by the way"."""
    coordinators: str
    """Words after which a clause begins."""
    conjunction: str
    """What joins the last item of a list."""
    borders: str
    """Where an open value ends, beside punctuation."""
    place_borders: str
    """Where a profession, a place or an employer ends as well."""
    deixis: str
    """Words that point at the talk itself: a value with one of them means nothing later."""
    restriction: str
    """After a lone noun it says that not all of them are meant: "movies that make me think"."""
    tails: str
    """Words at the end of a value that do not belong to it: "too", "right now"."""
    blocked: str
    """First words of what is no value: "it", "your"."""
    not_names: str
    after_name: str
    """What may follow a name in "I'm Tom"."""
    employers: str
    """Nouns for an employer without a name."""
    job_words: str
    job_endings: str
    not_jobs: str
    negation: str
    past: str
    doubt: str
    """Makes its clause no statement: "maybe"."""
    condition: str
    """Makes what follows in the sentence no statement: "if", "he said"."""
    unreal: str
    """Makes its sentence no statement, and all that follow: a story, a role."""
    task: str
    """Makes the whole text material to work on: "translate this"."""
    articles: str
    """What may stand before a value and belongs into `{article}` of a rule's text."""
    sarcasm: str
    """How a sentence begins that means the opposite: "oh sure, I just love"."""
    announcement: str
    """Before a colon: what follows is the speaker's own ("remember:")."""
    question: str
    """How a clause that asks begins, after one that states: "any ideas?"."""
    introduction: str
    """What may be thought before the later parts of "I'm Tom, 34, a nurse": "I'm "."""
    since: str
    """Tells the year from which on, in a group `year`."""
    ended: tuple[tuple[str, str], ...]
    """How a clause says that something is over, and what to put there to say that it holds: "I no
    longer " -> "I ". Words that other patterns know, and their replacement."""
    character: Mapping[tuple[str, str], str]
    """(dimension, level) -> words of lasting character."""
    character_frame: str
    """How character is declared; {CHARACTER} stands for the words."""
    interests: Mapping[str, str]
    """Dimension -> words that name it among likes, dislikes and hobbies."""


@dataclass(frozen=True, slots=True)
class CompiledRule:
    rule: Rule
    begins: re.Pattern[str]
    item: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A grammar ready to match."""

    grammar: Grammar
    rules: tuple[CompiledRule, ...]
    agent_rules: tuple[CompiledRule, ...]
    cue: re.Pattern[str]
    subject: re.Pattern[str]
    clause_start: re.Pattern[str]
    conjunction: re.Pattern[str]
    border: re.Pattern[str]
    place_border: re.Pattern[str]
    place_end: re.Pattern[str]
    deixis: re.Pattern[str]
    restriction: re.Pattern[str]
    tail: re.Pattern[str]
    negation: re.Pattern[str]
    past: re.Pattern[str]
    doubt: re.Pattern[str]
    condition: re.Pattern[str]
    unreal: re.Pattern[str]
    task: re.Pattern[str]
    article: re.Pattern[str]
    leading_article: re.Pattern[str]
    sarcasm: re.Pattern[str]
    announcement: re.Pattern[str]
    question: re.Pattern[str]
    since: re.Pattern[str]
    ended: tuple[tuple[re.Pattern[str], str], ...]
    after_name: re.Pattern[str]
    employer: re.Pattern[str]
    job: re.Pattern[str]
    not_job: re.Pattern[str]
    blocked: frozenset[str]
    not_names: frozenset[str]
    character: tuple[tuple[str, str, re.Pattern[str]], ...]
    interests: tuple[tuple[str, re.Pattern[str]], ...]


GRAMMARS = {
    "en": "english",
    "it": "italian",
    "es": "spanish",
    "de": "german",
    "fr": "french",
}
"""Language -> its module beside this one."""

_PUNCTUATION = r"[,;:()\[\]!?…—–\n\u2600-\u27bf\U0001f000-\U0001faff]|\.(?=\s|$)|\.\.|\s-+\s"


@cache
def compiled(language: str) -> Compiled | None:
    """The grammar of a language, compiled at first use; None for a language without one."""
    if language not in GRAMMARS:
        return None
    module = import_module(f"memoryos.analysts.rules.{GRAMMARS[language]}")
    return _compile(module.GRAMMAR)


def _compile(grammar: Grammar) -> Compiled:
    def pattern(source: str) -> re.Pattern[str]:
        for name, alternatives in grammar.classes.items():
            source = source.replace("{" + name + "}", f"(?:{alternatives})")
        return re.compile(source, re.IGNORECASE)

    def words(source: str) -> re.Pattern[str]:
        return pattern(rf"(?<!\w)(?:{source})(?!\w)")

    def guard(source: str) -> re.Pattern[str]:
        # Matched against lower-cased text: four times as fast as ignoring case.
        return re.compile(rf"(?<!\w)(?:{source})(?!\w)")

    def rules(these: tuple[Rule, ...]) -> tuple[CompiledRule, ...]:
        return tuple(
            CompiledRule(rule, pattern(_bounded(rule)), pattern(rule.item)) for rule in these
        )

    lead_in = rf"(?:(?:{grammar.lead_ins})(?!\w)[^\w\"“«„']*)*"
    border = rf"{_PUNCTUATION}|(?<!\w)(?:{grammar.borders})(?!\w)"
    return Compiled(
        grammar=grammar,
        rules=rules(grammar.rules),
        agent_rules=rules(grammar.agent_rules),
        cue=pattern(grammar.cue),
        subject=pattern(grammar.subject),
        clause_start=pattern(
            rf"(?:^\W*|(?:{_PUNCTUATION})\W*|(?<!\w)(?:{grammar.coordinators})\s+){lead_in}"
        ),
        conjunction=pattern(rf",?\s+(?:{grammar.conjunction})\s+"),
        border=pattern(border),
        place_border=pattern(rf"{border}|(?<!\w)(?:{grammar.place_borders})(?!\w)"),
        deixis=words(grammar.deixis),
        place_end=pattern(rf"\s*(?:$|{border}|(?:{grammar.place_borders})(?!\w))"),
        restriction=pattern(rf"\s*(?:{grammar.restriction})(?!\w)"),
        tail=pattern(rf"(?:\s+(?:{grammar.tails}))+$"),
        negation=guard(grammar.negation),
        past=guard(grammar.past),
        doubt=guard(grammar.doubt),
        condition=guard(grammar.condition),
        unreal=guard(grammar.unreal),
        task=guard(grammar.task),
        article=pattern(rf"(?<!\w)(?:{grammar.articles})$"),
        leading_article=pattern(grammar.articles),
        sarcasm=guard(rf"^\W*(?:{grammar.sarcasm})"),
        announcement=words(grammar.announcement),
        question=pattern(rf"(?:{grammar.question})(?!\w)"),
        since=words(grammar.since),
        ended=tuple((pattern(rf"(?<!\w)(?:{ended})"), holds) for ended, holds in grammar.ended),
        after_name=pattern(rf"\s*(?:$|[^\w\s'’]|(?:{grammar.after_name})(?!\w))"),
        employer=words(grammar.employers),
        job=pattern(rf"(?<!\w)(?:{_alternatives(grammar.job_words)}|{grammar.job_endings})(?!\w)"),
        not_job=words(grammar.not_jobs),
        blocked=frozenset(grammar.blocked.split()),
        not_names=frozenset(grammar.not_names.split()),
        character=tuple(
            (dimension, level, pattern(grammar.character_frame.replace("{CHARACTER}", f"(?:{it})")))
            for (dimension, level), it in grammar.character.items()
        ),
        interests=tuple(
            (dimension, words(_alternatives(names)))
            for dimension, names in grammar.interests.items()
        ),
    )


def _bounded(rule: Rule) -> str:
    """A pattern ends where a word ends, be it the value's or the last before it."""
    start = r"(?<!\w)" if rule.anywhere else ""
    return start + rule.pattern + (r"(?!\w)" if rule.reading == "group" else r"(?:(?<!\w)|(?!\w))")


def _alternatives(words: str) -> str:
    """Words, with "_" for a space inside one, as alternatives."""
    return "|".join(word.replace("_", " ") for word in words.split())

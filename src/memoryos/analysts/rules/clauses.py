"""Clauses in which a speaker plainly says something; all else is left out.

Left out are questions, conditions, doubts, reported speech, quotations, stories and roles, texts
to work on, pasted documents and prompts. Precision before recall: what might be one of these is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from memoryos.analysts.rules.grammar import Compiled
from memoryos.text.sentences import Sentence, split_sentences

LONGEST_TALK = 4000
"""Characters. Nobody says more than that of himself at once: it is a document, pasted."""

_NOT_TALK = re.compile(
    r"""
      ```                                                      # code
    | ^\s*(?:\#{1,6}\s|</?[a-z_]+>|>\s|\|)                     # markup, quoted lines, tables
    | ^\s*\W{0,3}(?:system|user|assistant|human|ai|bot|usuario|utente|nutzer|utilisateur)\s*:
    | \b(?:you\ are|act\ as|sei|eres|du\ bist|tu\ es)\b[^.\n]{0,40}\bassist(?:ant|ente|ent)\b
    | \b(?:ignore|disregard|forget)\b[^.\n]{0,20}\b(?:previous|above|prior)\b
    | \b(?:relevant|retrieved|recalled)\ memor(?:y|ies)\b
    | ^\s*(?:dear|caro|cara|gentile|egregio|estimad[oa]|querid[oa]|lieber?|sehr\ geehrte[rn]?|chère?
        |cher)\ [^.\n]{1,40}[,:]\s*\n                          # the letter of somebody
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"\"[^\"]*\"?|“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?|(?<!\w)'[^']{8,}?'(?!\w)")
# Same length, so that places in the plain text are places in the text.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\n": " ", "\t": " ", "\r": " ", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: `plain[start:end]`, where `plain` is as long as the sentence."""

    sentence: Sentence
    plain: str
    start: int
    end: int
    own: bool
    """Whether the speaker is its subject."""
    negated: bool
    past: bool


def clauses(text: str, grammar: Compiled) -> Iterator[Clause]:
    """The clauses of one half of a page that state something, in order."""
    if len(text) > LONGEST_TALK or not grammar.cue.search(text) or _NOT_TALK.search(text):
        return
    if grammar.task.search(text.translate(_PLAIN)):
        return
    for sentence in split_sentences(text):
        plain = sentence.text.translate(_PLAIN)
        if grammar.unreal.search(plain):
            return
        if not sentence.is_question and grammar.cue.search(plain):
            yield from _stating(sentence, plain, grammar)


def _stating(sentence: Sentence, plain: str, grammar: Compiled) -> Iterator[Clause]:
    condition = grammar.condition.search(plain)
    limit = condition.start() if condition else len(plain)
    quoted = [match.span() for match in _QUOTED.finditer(plain)]
    starts = [match.end() for match in grammar.clause_start.finditer(plain)]
    continued = False
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        if end > limit:
            return
        if start == end or any(left <= start < right for left, right in quoted):
            continue
        own = bool(grammar.subject.match(plain, start))
        words = plain[start:end]
        if not grammar.doubt.search(words):
            yield Clause(
                sentence,
                plain,
                start,
                end,
                own=own or continued,
                negated=bool(grammar.negation.search(words)),
                past=bool(grammar.past.search(words)),
            )
        continued = own or continued

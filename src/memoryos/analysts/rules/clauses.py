"""Clauses in which a speaker plainly says something; all else is left out.

Left out are questions, conditions, doubts, reported speech, quotations, stories and roles, texts
to work on, pasted documents and prompts. Precision before recall: what might be one of these is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from memoryos.analysts.rules.grammar import Compiled
from memoryos.text.sentences import Sentence, split_sentences

LONGEST_TALK = 4000
"""Characters. Nobody says more than that of himself at once: it is a document, pasted."""

_NOT_TALK = re.compile(
    r"""
      ```                                                      # code
    | ^\s*(?:\#{1,6}\s|</?[a-z_]+>|>\s|\|)                     # markup, quoted lines, tables
    | </[a-z]\w*>                                              # a page of HTML
    | ^\s*\W{0,3}(?:system|user|assistant|human|ai|bot|usuario|utente|nutzer|utilisateur)\s*:
    | \b(?:you\ are|act\ as|sei|eres|du\ bist|tu\ es)\b[^.\n]{0,40}\bassist(?:ant|ente|ent)\b
    | \b(?:ignore|disregard|forget)\b[^.\n]{0,20}\b(?:previous|above|prior)\b
    | \b(?:relevant|retrieved|recalled)\ memor(?:y|ies)\b
    | ^\s*(?:dear|caro|cara|gentile|egregio|estimad[oa]|querid[oa]|lieber?|sehr\ geehrte[rn]?|chère?
        |cher)\ [^.\n]{1,40}[,:]\s*\n                          # the letter of somebody
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(
    r"\"[^\"]*\"?|“[^”]*”?|«[^»]*»?|„[^“”]*[“”]?|(?<!\w)'(?=\S).{8,}?[\w.,!?…]'(?!\w)"
)
# Same length, so that places in the plain text are places in the text.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "\n": " ", "\t": " ", "\r": " ", "\xa0": " "})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a sentence: `plain[start:end]`, where `plain` is as long as the sentence."""

    sentence: Sentence
    plain: str
    start: int
    end: int
    listed: bool
    """Whether it follows a comma."""
    own: bool
    """Whether the speaker is its subject."""
    negated: bool
    past: bool


def is_talk(text: str, grammar: Compiled) -> bool:
    """Whether a half of a page is somebody's own talk, no text to work on, document or prompt."""
    if len(text) > LONGEST_TALK or _NOT_TALK.search(text):
        return False
    return not grammar.task.search(_lowered(text.translate(_PLAIN)))


def tells_story(text: str, grammar: Compiled) -> bool:
    """Whether a half asks for a story or a role, so that the reply speaks for somebody else."""
    return bool(grammar.unreal.search(_lowered(text.translate(_PLAIN))))


def clauses(text: str, grammar: Compiled) -> Iterator[Clause]:
    """The clauses of one half of a page that state something, in order."""
    if not grammar.cue.search(text) or not is_talk(text, grammar):
        return
    for sentence in split_sentences(text):
        plain = sentence.text.translate(_PLAIN)
        lowered = _lowered(plain)
        if grammar.unreal.search(lowered):
            return
        if not grammar.sarcasm.match(lowered):
            yield from _stating(sentence, plain, lowered, grammar)


def as_if_lasting(clause: Clause, grammar: Compiled) -> Clause | None:
    """A clause that says something is over, as it would say that it holds; None for any other.

    "I no longer work at Acme" -> "I work at Acme".
    """
    for ended, holds in grammar.ended:
        match = ended.search(clause.plain, clause.start, clause.end)
        if match:
            return _reworded(clause, match, match.expand(holds), grammar)
    return None


def _reworded(clause: Clause, match: re.Match[str], words: str, grammar: Compiled) -> Clause:
    text, plain = (
        whole[clause.start : match.start()] + words + whole[match.end() :]
        for whole in (clause.sentence.text, clause.plain)
    )
    end = len(plain) - (len(clause.plain) - clause.end)
    lowered = _lowered(plain)[:end]
    return replace(
        clause,
        sentence=replace(clause.sentence, text=text),
        plain=plain,
        start=0,
        end=end,
        own=bool(grammar.subject.match(plain)),
        negated=bool(grammar.negation.search(lowered)),
        past=bool(grammar.past.search(lowered)),
    )


def _lowered(plain: str) -> str:
    """In small letters, as long as before ("İ" would grow)."""
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else plain


def _stating(sentence: Sentence, plain: str, lowered: str, grammar: Compiled) -> Iterator[Clause]:
    quoted = [match.span() for match in _QUOTED.finditer(plain)]
    borders = [match.span() for match in grammar.clause_start.finditer(plain)]
    starts = [end for _, end in borders]
    # What leads into the next clause ("so no …") is not this one's.
    own_ends = [*(start for start, _ in borders[1:]), len(plain)]
    condition = grammar.condition.search(lowered)
    conditional_from = condition.start() if condition else len(plain)
    limit = _limit(sentence, lowered, starts, grammar)
    for start, end, own_end in zip(starts, [*starts[1:], len(plain)], own_ends, strict=True):
        if start >= limit or end > conditional_from:
            return
        if start == end or any(left <= start < right for left, right in quoted):
            continue
        words = lowered[start:own_end]
        if not grammar.doubt.search(words):
            yield Clause(
                sentence,
                plain,
                start,
                end,
                listed=plain[:start].rstrip().endswith(","),
                own=bool(grammar.subject.match(plain, start)),
                negated=bool(grammar.negation.search(words)),
                past=bool(grammar.past.search(words)),
            )


def _limit(sentence: Sentence, plain: str, starts: list[int], grammar: Compiled) -> int:
    """Where a sentence stops stating: at a colon, or where its question begins."""
    limits = [len(plain)]
    colon = plain.find(": ")
    # "Make this sound nicer: I hate Mondays." What follows a colon is often somebody else's.
    if colon >= 0 and not grammar.announcement.search(plain, 0, colon):
        limits.append(colon)
    if sentence.is_question:
        # "I'm vegan, any ideas?" states before it asks; "I'm vegan, right?" does not.
        asks = (start for start in starts[1:] if grammar.question.match(plain, start))
        limits.append(next(asks, 0))
    return min(limits)

"""Sentences of a text, with their places in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import whitespace


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands: `whole[start:end] == text`."""

    text: str
    start: int
    end: int
    is_question: bool


NAME_FOLLOWS = """
    mr mrs ms dr drs prof st sr sra srta sig dott dottssa ing avv arch mme mlle hr fr herr jr rev
    gen capt lt sgt nr núm num pag pág vol fig bzw ca vs approx dept ggf inkl zzgl ej eg ie cf ee
    """
"""Abbreviations that a sentence does not end with."""

MAY_END = "etc ecc usw am pm inc ltd co corp uu us uk usa"
"""Abbreviations that end a sentence where a capital follows."""

_NAME_FOLLOWS, _MAY_END = frozenset(NAME_FOLLOWS.split()), frozenset(MAY_END.split())
_END = re.compile(
    # Behind another mark a run of them was tried already: "....x" would cost its square.
    r"""(?<![.!?…؟۔])[.!?…؟۔]+["'”’»)\]]*(?=\s|$|[¿¡])|[。！？｡]+[」』”’）]*|\n\s*|¿""",
)
_LAST_TOKEN = re.compile(r"[^\s(\[\"“«]+$")
_SPACED_ABBREVIATION = re.compile(r"\b[a-z]\. ?[^\W\d_]$")
_GERMAN_MONTH = re.compile(r"Jan|Feb|März|April|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez")
_PARAGRAPH = re.compile(r"^[^\n]+(?:\n[^\n]+)+", re.MULTILINE)
_COMMAS = (*",;:–—-",)
_MARKS = (*_COMMAS, *".!?…)]\"'”’»")
_WRAPPED_AT = 50
"""Characters. Prose is wrapped at more; most messages are shorter."""
_QUESTION_MARKS = frozenset("?？؟")
_LAST_MARKS = "?？؟!！…\"'”’»)]」』）\u00a0\u202f\u3000" + whitespace
"""What may stand at the end of a question; French sets spaces between."""
_QUESTION_WORDS = ("吗", "嗎", "呢", "ですか", "ますか")
"""With these it ends where no mark is set."""
_UNMARKED_QUESTION = re.compile(
    r"""
    (?: (?:what|who|where|why|how|which|when)(?:'s|’s|\ (?:is|are|was|were|do|does|did|can|could
        |should|would|will|has|have|many|much|long|old|often|kind|sort)\b)
      | (?:do|does|did|can|could|would|will|should|have|has|are|is|am)\ (?:you|i|we|they|he|she|it
        |there|your|my|the)\b
      | (?:(?:che\ )?cosa|dove|quale|quali|quanto|quanti|quante|chi)\b
      | (?:qué|quién|cómo|cuál|cuáles|cuándo|cuánto|cuánta|cuántos|cuántas|dónde|por\ qué)\b
      | (?:wer|wo|wann|warum|wieso|wohin|woher|welche[rsn]?)\b
      | (?:was|wie)\ (?:ist|sind|war|hast|hat|habe|heißt|kann|kannst|soll|machst|geht|viele?)\b
      | (?:est-ce|qu['’]est-ce|pourquoi|où|quel|quelle|quels|quelles|combien)\b
      | comment\ (?:ça|tu|vous|je|est|faire|va|vas)\b
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, in order, white space trimmed, none empty.

    Abbreviations, initials, decimals and an ellipsis before a small letter end none. A line break
    does, but for those that wrap prose: of messages each line is one. An opening "¿" begins one:
    "Soy Tom, ¿y tú?" states and asks. A question is told by its mark, or, where no mark ends it, by
    its first words. Pure; linear in the length of the text.
    """
    sentences = []
    start = 0
    for end in (*_ends(text), len(text)):
        piece = text[start:end].strip()
        if any(char.isalnum() for char in piece):
            at = text.index(piece, start)
            sentences.append(Sentence(piece, at, at + len(piece), _is_question(piece)))
        start = end
    return tuple(sentences)


def _ends(text: str) -> Iterator[int]:
    wraps = frozenset(_wraps(text))
    for match in _END.finditer(text):
        mark = match.group()
        rest = text[match.end() : match.end() + 80].lstrip()
        if mark[0] == "¿":
            yield match.start()
        elif mark[0] == "\n":
            if match.start() not in wraps:
                yield match.end()
        elif mark[0] in "。！？｡" or not _goes_on(
            text[max(0, match.start() - 40) : match.start()], mark, rest
        ):
            yield match.end()


def _wraps(text: str) -> Iterator[int]:
    """The places of the line breaks in `text` that stand inside a sentence.

    A line is full if the first word below had no room in the width of the longest. A paragraph is
    wrapped if most lines that go on in small letters are full: then all its full lines go on,
    before a capital too. Else a line goes on in small letters after a comma, or indented.
    """
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph.group().split("\n")
        breaks = list(pairwise(lines))
        width = max(map(len, lines))
        telling = [
            _is_full(above, below, width)
            for above, below in breaks
            if _is_small(below) and not above.rstrip().endswith(_MARKS)
        ]
        is_wrapped = width >= _WRAPPED_AT and 2 * sum(telling) > len(telling)
        place = paragraph.start() - 1
        for above, below in breaks:
            place += len(above) + 1
            is_drawn_out = below[0].isspace() or above.rstrip().endswith(_COMMAS)
            if (is_wrapped and _is_full(above, below, width)) or (
                is_drawn_out and _is_small(below)
            ):
                yield place


def _is_full(above: str, below: str, width: int) -> bool:
    return below[0].isalpha() and len(above) + len(below.partition(" ")[0]) >= width


def _is_small(line: str) -> bool:
    return line.lstrip()[:1].islower()


def _goes_on(before: str, stop: str, rest: str) -> bool:
    """Whether `stop` ends no sentence, standing between `before` and `rest`."""
    follows = rest[:1]
    if stop[-1] not in ".!?…؟۔" and stop[-1] != ")":
        return follows.islower()  # '"Really?" she said'
    if stop.startswith(("..", "…")):
        return follows.islower()
    if stop != ".":
        return False
    found = _LAST_TOKEN.search(before)
    token = found.group() if found else ""
    letters = token.replace(".", "").lower()
    if letters in _MAY_END:
        return not follows.isupper()
    if letters in _NAME_FOLLOWS or ("." in token and letters.isalpha() and len(letters) <= 4):
        return True
    if token.isdigit() and len(token) <= 2:  # the number of a list, or of a German date ("3. Mai")
        return before.strip() == token or bool(_GERMAN_MONTH.match(rest))
    if len(token) == 1 and token.isalpha() and token != "I":  # an initial, or "z. B."
        return follows.isupper() or bool(_SPACED_ABBREVIATION.search(before))
    return False


def _is_question(sentence: str) -> bool:
    last_marks = sentence[len(sentence.rstrip(_LAST_MARKS)) :]
    if sentence.endswith(_QUESTION_WORDS) or not _QUESTION_MARKS.isdisjoint(last_marks):
        return True
    return sentence[-1] not in ".!。！…" and bool(_UNMARKED_QUESTION.match(sentence))

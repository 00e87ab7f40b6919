"""Short answers: the piece of a sentence that answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from memoryos.answerer.candidates import Candidate
from memoryos.answerer.question_words import Asks
from memoryos.answerer.questions import Question
from memoryos.answerer.span_words import (
    BOUNDARIES,
    FILLERS,
    PLACES,
    PREPOSITIONS,
    REASONS,
    STATES,
)
from memoryos.recall import Names
from memoryos.text.dates import find_dates
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import CJK, stem, words

SEARCHED_SENTENCES = 12
"""The best sentences, in which pieces are looked for."""
SEARCHED_CHARACTERS = 2000
"""Of a sentence: a longer one is no talk, and its pieces cost its square."""
SEVERAL = 4
"""Pieces given to a question that wants several things named."""

# What a piece counts beside the score of its sentence. Names and numbers are what questions are
# after most often; a piece of several new words answers more surely than one.
AMONG_BEST = 0.3
OF_BEST = 0.2
NEW_WORD = 0.17
NEW_WORDS_AT_MOST = 6
SINGLE_WORD = -0.25
CAPITALS = 1.0
CAPITALS_ASKED_FOR = 0.35
AFTER_MATCH = 0.3
AFTER_CUE = 0.35
BESIDE_PREPOSITION = 0.1
QUOTED = 0.4
TITLE = 1.0
"""What is quoted, where a title is asked for."""
OTHER_SPEAKER = -0.2

CUES = {
    asks: {language: frozenset(line.split()) for language, line in table.items()}
    for asks, table in ((Asks.WHY, REASONS), (Asks.HOW, STATES), (Asks.WHERE, PLACES))
}
"""Words before a piece that say it is what the question wants."""

_TOKEN = re.compile(rf"[^\W_{CJK}]+(?:['’&-][^\W_{CJK}]+)*|[{CJK}]+|[^\w\s]")
_QUOTES = '"“”«»„'
_INNER = f",'{_QUOTES}"
"""Punctuation that does not end a piece."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    is_boundary: bool
    is_content: bool
    is_asked: bool
    """Whether the question says it."""
    is_preposition: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    new_words: frozenset[str]
    weight: float


def find_spans(question: Question, scored: Sequence[Candidate], names: Names) -> tuple[str, ...]:
    """The pieces of the best sentences that answer best: one, or up to four where several are
    asked for; none if the sentences say nothing new."""
    pieces = [
        piece
        for place, candidate in enumerate(scored[:SEARCHED_SENTENCES])
        for piece in _pieces(question, candidate, place, scored[0].score, names)
    ]
    chosen: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: -piece.weight):
        if len(chosen) == (SEVERAL if question.wants_several else 1):
            break
        if all(piece.new_words.isdisjoint(other.new_words) for other in chosen):
            chosen.append(piece)
    return tuple(piece.text for piece in chosen)


def _pieces(
    question: Question, candidate: Candidate, place: int, best: float, names: Names
) -> Iterator[_Piece]:
    tokens = _tokens(question, candidate, names)
    weight = candidate.score - best + AMONG_BEST * (place < 3) + OF_BEST * (place == 0)
    if question.speaker not in (None, candidate.speaker):
        weight += OTHER_SPEAKER
    for run in _runs(tokens):
        for piece, bonus in _cuts(run, question):
            new = [token for token in piece if token.is_content and not token.is_asked]
            if new:
                yield _Piece(
                    text=candidate.text[piece[0].start : piece[-1].end],
                    new_words=frozenset(token.text.lower() for token in new),
                    weight=weight + bonus + _own_weight(question, candidate, piece, new),
                )


def _own_weight(
    question: Question, candidate: Candidate, piece: Sequence[_Token], new: Sequence[_Token]
) -> float:
    weight = NEW_WORD * min(len(new), NEW_WORDS_AT_MOST)
    if len(new) == 1:
        weight += SINGLE_WORD
    if candidate.language != "de":  # German nouns all have capitals
        capitals = sum(token.text[0].isupper() and token.start > 0 for token in new) / len(new)
        named = question.asks in (Asks.WHO, Asks.WHERE, Asks.WHICH, Asks.NAMED)
        weight += capitals * (CAPITALS + CAPITALS_ASKED_FOR * named)
    if cue := CUES.get(question.asks):
        before = words(candidate.text[: piece[0].start])[-2:]
        weight += AFTER_CUE * (not cue.get(candidate.language, frozenset()).isdisjoint(before))
    return weight


def _tokens(question: Question, candidate: Candidate, names: Names) -> list[_Token]:
    language = candidate.language
    stop = set(STOP_WORDS.get(language, ()))
    if question.asks is not Asks.HOW:
        stop.update(FILLERS.get(language, "").split())
    prepositions = PREPOSITIONS.get(language, "").split()
    bounds = set(BOUNDARIES.get(language, "").split())
    short_names: set[str] = set()
    if question.asks is not Asks.WHO:
        bounds.update(words(f"{names.user} {names.agent}"))
        short_names.update(_short_names(names))
    asked = set().union(*question.terms(language))
    dates = find_dates(candidate.text, said_at=candidate.said_at, language=language)
    tokens = []
    for match in _TOKEN.finditer(candidate.text, 0, SEARCHED_CHARACTERS):
        parts = words(match[0])  # contractions opened
        in_date = any(date.start <= match.start() < date.end for date in dates)
        is_name = match[0][0].isupper() and not short_names.isdisjoint(parts[:1])
        tokens.append(
            _Token(
                text=match[0],
                start=match.start(),
                end=match.end(),
                is_boundary=(parts[0] in bounds or is_name or in_date)
                if parts
                else match[0] not in _INNER,
                is_content=bool(parts) and parts[0] not in stop,
                is_asked=bool(parts) and stem(parts[0], language) in asked,
                is_preposition=bool(parts) and parts[0] in prepositions,
            )
        )
    return tokens


def _short_names(names: Names) -> Iterator[str]:
    """What "Carla" may be called for short, written small: "car" is that with a capital alone."""
    for name in words(f"{names.user} {names.agent}"):
        yield from (name[:length] for length in range(3, len(name)))


def _runs(tokens: Sequence[_Token]) -> Iterator[Sequence[_Token]]:
    """The stretches between boundaries, with the quotation mark they may begin with."""
    start = 0
    for place, token in enumerate([*tokens, None]):
        if token is None or token.is_boundary:
            if run := _trimmed(tokens[start:place], keep=_QUOTES):
                yield run
            start = place + 1


def _cuts(run: Sequence[_Token], question: Question) -> Iterator[tuple[Sequence[_Token], float]]:
    """A stretch whole; what it quotes; what follows the last word of the question in it; what
    stands before and after its first comma; before and after a preposition, unless several things
    are asked for."""
    yield _trimmed(run), 0.0
    quotes = [place for place, token in enumerate(run) if token.text in _QUOTES]
    for opening, closing in zip(quotes[::2], [*quotes[1::2], None], strict=False):
        if quoted := _trimmed(run[opening + 1 : closing]):
            yield quoted, TITLE if question.asks_title else QUOTED
    asked = [place for place, token in enumerate(run) if token.is_content and token.is_asked]
    if asked and (rest := _trimmed(run[asked[-1] + 1 :])):
        yield rest, AFTER_MATCH
    commas = [place for place, token in enumerate(run) if token.text == ","]
    for part in (run[: commas[0]], run[commas[0] + 1 :]) if commas else ():
        if trimmed := _trimmed(part):
            yield trimmed, 0.0
    between = [place for place, token in enumerate(run) if token.is_preposition]
    for place in () if question.wants_several else between:
        for part in (run[:place], run[place + 1 :]):
            if trimmed := _trimmed(part):
                yield trimmed, BESIDE_PREPOSITION


def _trimmed(run: Sequence[_Token], *, keep: str = "") -> Sequence[_Token]:
    """Without what carries no content at its ends; from the last of `keep` before the content."""
    content = [place for place, token in enumerate(run) if token.is_content]
    if not content:
        return ()
    kept = [place for place in range(content[0]) if run[place].text in keep]
    start = kept[-1] if kept else content[0]
    return run[start : content[-1] + 1]

"""A page or a fact as recall needs it: passages to embed, and terms in a few hundred bytes.

Packed once, when it is written, and kept in the store; an index is built from the bytes alone.

Layout, little-endian: a header (version, language, passages, words, grams, length), then the
passages (speaker, start, end), the words and the grams (hash, frequency of user, of agent).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from memoryos.errors import CorruptStoreError
from memoryos.index.terms import hash_grams, hash_term
from memoryos.model import PageDraft, Speaker
from memoryos.text.language import guess_language
from memoryos.text.sentences import split_sentences
from memoryos.text.tokens import count_tokens, terms

PASSAGE_TOKENS = 120
"""A longer half is cut into passages: a vector of more text says less of each thing in it."""

SPEAKERS = (Speaker.USER, Speaker.AGENT)
"""A speaker's place here is his number in packed bytes and in the index."""

LANGUAGES = ("en", "it", "es", "de", "fr", "zh", "ja", "ko", "ar", "other")
"""Likewise for languages. Only ever appended to."""

PASSAGE = np.dtype([("speaker", "u1"), ("start", "<u4"), ("end", "<u4")])
POSTING = np.dtype([("term", "<u4"), ("user", "u1"), ("agent", "u1")])

_VERSION = 1
_HEADER = struct.Struct("<BBIIII")
_MAX_FREQUENCY = 255


@dataclass(frozen=True, slots=True)
class PackedText:
    """What the write path stores of a page or a fact beside its text."""

    passages: tuple[str, ...]
    """The texts to embed, in order: a vector each."""
    terms: bytes


class Sections(NamedTuple):
    """The parts of packed bytes, still as bytes: an index joins those of many pages first.

    A tuple, as a cold load makes one for every page: a frozen dataclass takes three times as long.
    """

    language: str
    length: int
    """Content words of both speakers, repeats counted."""
    passages: bytes
    words: bytes
    grams: bytes


def pack_page(draft: PageDraft) -> PackedText:
    """Pack an exchange. Text in any language but English gets character grams beside its words."""
    return _pack({Speaker.USER: draft.user_input, Speaker.AGENT: draft.agent_response})


def pack_fact(text: str) -> PackedText:
    """Pack a fact: one passage, however long, with no speaker but the default one."""
    return _pack({Speaker.USER: text}, cut=False)


def unpack(packed: bytes) -> Sections:
    """The sections of what `pack_page` or `pack_fact` wrote.

    Raises CorruptStoreError on bytes of another version, or cut short.
    """
    if len(packed) < _HEADER.size or packed[0] != _VERSION:
        raise CorruptStoreError(f"packed terms of unknown version {packed[:1].hex()!r}")
    _, language, passages, words, grams, length = _HEADER.unpack_from(packed)
    words_at = _HEADER.size + passages * PASSAGE.itemsize
    grams_at = words_at + words * POSTING.itemsize
    if len(packed) != grams_at + grams * POSTING.itemsize:
        raise CorruptStoreError(f"packed terms cut short at {len(packed)} bytes")
    return Sections(
        LANGUAGES[language],
        length,
        packed[_HEADER.size : words_at],
        packed[words_at:grams_at],
        packed[grams_at:],
    )


def _pack(halves: Mapping[Speaker, str], *, cut: bool = True) -> PackedText:
    language = guess_language("\n".join(halves.values()))
    passages = [
        (SPEAKERS.index(speaker), start, end)
        for speaker, text in halves.items()
        for start, end in (_passages(text) if cut else [(0, len(text))])
    ] or [(0, 0, 0)]
    found = {speaker: terms(text, language) for speaker, text in halves.items()}
    words = _count_words(found.get(Speaker.USER, []), found.get(Speaker.AGENT, []))
    grams = _count_grams(halves, language) if language != "en" else np.empty(0, POSTING)
    header = _HEADER.pack(
        _VERSION,
        LANGUAGES.index(language),
        len(passages),
        len(words),
        len(grams),
        sum(map(len, found.values())),
    )
    spans = np.array(passages, dtype=PASSAGE)
    texts = [halves[SPEAKERS[speaker]][start:end] for speaker, start, end in passages]
    return PackedText(
        passages=tuple(texts),
        terms=header + spans.tobytes() + words.tobytes() + grams.tobytes(),
    )


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Spans of `text` of some PASSAGE_TOKENS at most, cut at ends of sentences where it can be."""
    if not text.strip():
        return
    if count_tokens(text) <= PASSAGE_TOKENS:
        yield 0, len(text)
        return
    start = end = 0
    for piece_start, piece_end in _pieces(text):
        if end > start and count_tokens(text[start:piece_end]) > PASSAGE_TOKENS:
            yield start, end
            start = piece_start
        end = piece_end
    yield start, end


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, and those that are too long themselves in pieces cut at spaces."""
    for sentence in split_sentences(text):
        if count_tokens(sentence.text) <= PASSAGE_TOKENS:
            yield sentence.start, sentence.end
            continue
        # As many characters as make a passage in this script.
        size = max(1, len(sentence.text) * PASSAGE_TOKENS // count_tokens(sentence.text))
        start = sentence.start
        while start < sentence.end:
            end = min(start + size, sentence.end)
            space = text.rfind(" ", start + size // 2, end)
            if end < sentence.end and space > 0:
                end = space + 1
            yield start, end
            start = end


def _count_words(user: list[str], agent: list[str]) -> npt.NDArray[np.void]:
    of_user, of_agent = Counter(user), Counter(agent)
    return np.array(
        [
            (
                hash_term(term),
                min(of_user[term], _MAX_FREQUENCY),
                min(of_agent[term], _MAX_FREQUENCY),
            )
            for term in of_user | of_agent
        ],
        dtype=POSTING,
    )


def _count_grams(halves: Mapping[Speaker, str], language: str) -> npt.NDArray[np.void]:
    user, agent = (hash_grams(halves.get(speaker, ""), language) for speaker in SPEAKERS)
    distinct, places = np.unique(np.concatenate((user, agent)), return_inverse=True)
    postings = np.zeros(len(distinct), dtype=POSTING)
    postings["term"] = distinct
    for name, part in (("user", places[: len(user)]), ("agent", places[len(user) :])):
        counts = np.bincount(part, minlength=len(distinct))
        postings[name] = np.minimum(counts, _MAX_FREQUENCY)
    return postings

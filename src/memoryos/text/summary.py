"""Extractive summaries: the sentences that say most of what the others say."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from memoryos.text.keywords import PAGE_KEYWORDS
from memoryos.text.language import guess_language
from memoryos.text.sentences import Sentence, split_sentences
from memoryos.text.tokens import content_words, stem

_MAX_SENTENCES_READ = 200
_GOOD_LENGTH = 12
"""Content words; a sentence with fewer says little, one with more is no summary."""


def summarise(texts: Sequence[str], *, max_characters: int = 240, max_sentences: int = 2) -> str:
    """One or two sentences of `texts`, word for word, in their order; "" if there are none.

    A sentence counts by how many of the texts speak of its words, damped by its length; questions
    count half. At most `max_characters`: a longer sentence is cut at a word. Pure.
    """
    language = guess_language(" ".join(texts)[:400])
    sentences = [found for text in texts for found in split_sentences(text)][-_MAX_SENTENCES_READ:]
    stems = [_stems(sentence.text, language) for sentence in sentences]
    frequency = Counter(key for keys in stems for key in keys)
    scores = [
        _score(sentence, keys, frequency) for sentence, keys in zip(sentences, stems, strict=True)
    ]
    chosen: list[int] = []
    room = max_characters
    for place in sorted(range(len(sentences)), key=lambda place: (-scores[place], place)):
        length = len(sentences[place].text) + bool(chosen)
        if chosen and (length > room or _repeats(stems[place], [stems[i] for i in chosen])):
            continue
        chosen.append(place)
        room -= length
        if len(chosen) == max_sentences or room <= 0:
            break
    return _cut(" ".join(sentences[place].text for place in sorted(chosen)), max_characters)


def segment_keywords(
    pages: Sequence[Sequence[str]], *, limit: int = 2 * PAGE_KEYWORDS
) -> tuple[str, ...]:
    """The keywords most pages of a segment share, best first, from the keywords of each page."""
    weights: dict[str, float] = {}
    for page in pages:
        for place, word in enumerate(page):
            weights[word] = weights.get(word, 0.0) + 1 - place / (2 * len(page))
    return tuple(sorted(weights, key=lambda word: -weights[word])[:limit])


def _stems(text: str, language: str) -> frozenset[str]:
    return frozenset(stem(word, language) for word in content_words(text, language))


def _score(sentence: Sentence, keys: frozenset[str], frequency: Counter[str]) -> float:
    if not keys:
        return 0.0
    shared = math.fsum(math.log(1 + frequency[key]) for key in keys)
    score = shared / math.sqrt(max(len(keys), _GOOD_LENGTH))
    return score / 2 if sentence.is_question else score


def _repeats(keys: frozenset[str], others: Sequence[frozenset[str]]) -> bool:
    return any(len(keys & other) > 0.6 * len(keys) for other in others)


def _cut(text: str, max_characters: int) -> str:
    text = " ".join(text.split())
    if len(text) <= max_characters:
        return text
    return text[: max_characters - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

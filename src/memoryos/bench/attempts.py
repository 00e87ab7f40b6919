"""What else was tried to lift recall, and is not in it: each a few lines over recall's own ranking.

`memoryos bench ablate` measures them beside the signals that recall has, so that a failure can be
seen again, and tried on other talk.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from memoryos.bench.talk import Talk
from memoryos.index.index import Ranking
from memoryos.index.query import AnalysedQuery
from memoryos.index.terms import hash_term
from memoryos.index.vectors import Floats
from memoryos.model import Page, Speaker
from memoryos.text.dates import find_dates
from memoryos.text.kin import kin
from memoryos.text.tokens import content_words, query_terms

Reranker = Callable[[AnalysedQuery, Floats, Ranking], Ranking]
"""Query, its vector, and recall's ranking; gives another one of the same rows."""

Attempt = Callable[[Talk], Reranker]
"""Looks through a memory once, and gives what reranks each question about it."""


def facts_as_keys(talk: Talk) -> Reranker:
    """A fact that matches lifts the pages it was learnt from."""

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        found = talk.memory.fact_index.rank(replace(query, speaker=None), vector)
        best: dict[int, float] = {}
        for number, score in zip(found.numbers.tolist(), found.scores.tolist(), strict=True):
            for piece in talk.memory.facts[number].evidence:
                best[piece.page] = max(score, best.get(piece.page, 0.0))
        return _lifted(ranking, best, weight=0.2)

    return rerank


def summaries_as_keys(talk: Talk) -> Reranker:
    """A segment whose summary matches lifts its pages."""
    return _segment_keys(talk, {n: segment.summary for n, segment in talk.memory.segments.items()})


def keywords_as_keys(talk: Talk) -> Reranker:
    """A segment whose keywords match lifts its pages."""
    segments = talk.memory.segments
    return _segment_keys(talk, {n: " ".join(segment.keywords) for n, segment in segments.items()})


def _segment_keys(talk: Talk, texts: Mapping[int, str]) -> Reranker:
    vectors = talk.embedder.embed(list(texts.values()))

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        cosines = dict(zip(texts, (vectors @ vector).tolist(), strict=True))
        pages = talk.memory.pages
        found = {
            number: cosines.get(pages[number].segment or 0, 0.0)
            for number in ranking.numbers.tolist()
        }
        return _lifted(ranking, found, weight=0.2)

    return rerank


_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}\b")


def entity_links(talk: Talk) -> Reranker:
    """Pages that share a rare name with one of the five best are lifted."""
    spoken = {word for name in (talk.names.user, talk.names.agent) for word in name.split()}
    named = {
        number: {*_NAME.findall(page.text)} - spoken for number, page in talk.memory.pages.items()
    }
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, found in named.items():
        for name in found:
            holders[name].append(number)

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        best: dict[int, float] = {}
        for rank, number in enumerate(ranking.numbers[ranking.best(5)].tolist(), start=1):
            for name in named[number]:
                if len(holders[name]) <= 12:
                    linked = {other: 1 / rank for other in holders[name] if other != number}
                    best = {n: max(best.get(n, 0), linked.get(n, 0)) for n in (*best, *linked)}
        return _lifted(ranking, best, weight=0.2)

    return rerank


_JOINT = re.compile(
    r"\s*(?:,|\b(?:and|or|after|before|when|while|during|since|because)\b)\s*", re.IGNORECASE
)


def question_in_parts(talk: Talk) -> Reranker:
    """A question of several parts is asked part by part, too; the best part of a page counts."""

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        parts = [part for part in _JOINT.split(query.text.rstrip("?")) if len(part.split()) > 1]
        if len(parts) < 2:
            return ranking
        asked = [
            replace(talk.read(part), speaker=query.speaker, window=query.window) for part in parts
        ]
        scores = [talk.rank(part, talk.embed(part)).scores for part in asked]
        mixed = np.float32(0.7) * ranking.scores + np.float32(0.3) * np.maximum.reduce(scores)
        return replace(ranking, scores=mixed)

    return rerank


def each_speaker(talk: Talk) -> Reranker:
    """A question that names both speakers is asked of each; the better answer of a page counts."""

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        if query.speaker is not None or not query.says_name:
            return ranking
        of_each = [talk.rank(replace(query, speaker=speaker), vector) for speaker in Speaker]
        scores = np.maximum.reduce([found.scores for found in of_each])
        return replace(ranking, scores=scores)

    return rerank


def reply_to_a_question(talk: Talk) -> Reranker:
    """A page that follows a question takes more of what the page before it has."""
    asks = _marked(talk, lambda page: (page.agent_response or page.user_input).endswith("?"))

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        timeline = talk.memory.page_index.timeline
        before, _ = timeline.beside(_own(ranking))
        asked, _ = timeline.beside(asks)
        return replace(ranking, scores=ranking.scores + np.float32(0.1) * before * asked)

    return rerank


def pages_two_away(talk: Talk) -> Reranker:
    """A page takes a little of the pages beside those beside it, too."""

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        timeline = talk.memory.page_index.timeline
        before, after = timeline.beside(_own(ranking))
        gain = 0.15 * timeline.beside(before)[0] + 0.1 * timeline.beside(after)[1]
        return replace(ranking, scores=ranking.scores + gain.astype(np.float32))

    return rerank


def words_of_the_session(talk: Talk) -> Reranker:
    """Words that stand anywhere in a page's session count a little for it."""

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        around = talk.memory.page_index.timeline.best_of_session(ranking.coverage)
        return replace(ranking, scores=ranking.scores + np.float32(0.2) * around)

    return rerank


def kin_upwards(talk: Talk) -> Reranker:
    """Words are kin the other way round, too: asked about a dog, a page about pets counts."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for head, under in kin("en").items():
        for word in under:
            above[word].add(head)

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        found = query_terms(query.text_to_embed, "en", ("en",))
        wider = {hash_term(term): tuple(map(hash_term, above[term])) for (term, *_) in found}
        own = {number for word in query.words for number in word.stems}
        words = [
            replace(
                word, kin=tuple(sorted({*word.kin, *wider.get(word.stems[0], ())}.difference(own)))
            )
            for word in query.words
        ]
        return talk.rank(replace(query, words=tuple(words)), vector)

    return rerank


def word_by_word_vectors(talk: Talk) -> Reranker:
    """Each word of the question looks for the nearest word of a page (late interaction)."""
    words = {n: [*{*content_words(p.text, "en")}] for n, p in talk.memory.pages.items()}
    known = [*{word for found in words.values() for word in found}]
    vectors = dict(zip(known, talk.embedder.embed(known), strict=True))
    held = Counter(word for found in words.values() for word in found)

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        asked = content_words(query.text_to_embed, "en")
        rarity = np.array([np.log(1 + len(words) / (1 + held[word])) for word in asked])
        looked_for = talk.embedder.embed(asked)
        best: dict[int, float] = {}
        for number in ranking.numbers[ranking.best(60)].tolist():
            cosines = looked_for @ np.stack([vectors[word] for word in words[number]]).T
            near = np.maximum(cosines.max(axis=1) - 0.4, 0) / 0.6
            best[number] = float(near @ rarity / rarity.sum())
        return _lifted(ranking, best, weight=0.4)

    return rerank


def centred_cosines(talk: Talk) -> Reranker:
    """Cosines less the owner's mean, instead of plain ones."""
    index = talk.memory.page_index

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        centred = index.vectors.centred_similarity(vector, np.arange(len(ranking.scores)))
        return replace(ranking, scores=ranking.scores - ranking.signals["dense"] + centred)

    return rerank


_ASKED_FOR = {
    "number": re.compile(r"^how (?:many|much|often|long|old)\b", re.IGNORECASE),
    "time": re.compile(r"^(?:when|what (?:day|date|month|year))\b", re.IGNORECASE),
}


def kind_of_answer(talk: Talk) -> Reranker:
    """Asked "how many", pages with a number are lifted; asked "when", pages that name a time."""
    holds = {
        "number": _marked(
            talk, lambda page: bool(re.search(r"\d|\b(?:one|two|three)\b", page.text))
        ),
        "time": _marked(
            talk,
            lambda page: bool(find_dates(page.text, said_at=page.timestamp, language="en")),
        ),
    }

    def rerank(query: AnalysedQuery, vector: Floats, ranking: Ranking) -> Ranking:
        kinds = [kind for kind, form in _ASKED_FOR.items() if form.search(query.text)]
        gain = sum((holds[kind] for kind in kinds), np.zeros_like(ranking.scores))
        return replace(ranking, scores=ranking.scores + np.float32(0.1) * gain)

    return rerank


ATTEMPTS: Mapping[str, Attempt] = {
    "facts as keys to their evidence": facts_as_keys,
    "summaries as keys to their pages": summaries_as_keys,
    "keywords as keys to their pages": keywords_as_keys,
    "rare names link pages": entity_links,
    "a question in its parts": question_in_parts,
    "each of two speakers asked": each_speaker,
    "what follows a question": reply_to_a_question,
    "pages two away": pages_two_away,
    "words of the whole session": words_of_the_session,
    "kin upwards, too": kin_upwards,
    "word-by-word vectors": word_by_word_vectors,
    "cosines less the mean": centred_cosines,
    "numbers and times where asked for": kind_of_answer,
}
"""By the name that tables have."""


def _own(ranking: Ranking) -> Floats:
    """What pages say for themselves."""
    names = ("dense", "lexical", "date")
    own: Floats = np.sum([ranking.signals[name] for name in names if name in ranking.signals], 0)
    return own


def _marked(talk: Talk, holds: Callable[[Page], bool]) -> Floats:
    """1 for the rows whose page `holds`, 0 for the others."""
    numbers = talk.memory.page_index.timeline.numbers.tolist()
    return np.array([holds(talk.memory.pages[number]) for number in numbers], dtype=np.float32)


def _lifted(ranking: Ranking, by_page: Mapping[int, float], *, weight: float) -> Ranking:
    """The ranking with what some pages gain, each by its number."""
    gains = [by_page.get(number, 0.0) for number in ranking.numbers.tolist()]
    return replace(
        ranking, scores=ranking.scores + np.array(gains, np.float32) * np.float32(weight)
    )

"""Plain ways to choose pages for a question, to stand beside memory under the same answerer.

None of them knows facts, sessions, speakers or dates. They hand whole pages on, as many as a recall
of memory does, and its budget of tokens holds for them, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal

import numpy as np

from memoryos.embedders.base import Embedder
from memoryos.index.lexical import Floats, match
from memoryos.index.packing import POSTING, pack_page, unpack
from memoryos.index.postings import Postings
from memoryos.index.query import Word
from memoryos.index.terms import hash_term
from memoryos.model import Kind, Page, PageDraft, Speaker, Tier
from memoryos.recall import Names, Recall, RecalledPage, Turn
from memoryos.text.language import guess_language
from memoryos.text.tokens import query_terms

Baseline = Literal["full-context", "dense", "bm25", "hybrid", "none"]

PAGES = 10
"""As many as a recall of memory returns."""
TOKENS = 2000
"""As many as a recall of memory may take."""
FULL_CONTEXT_TOKENS = 30_000
"""What the whole conversation may take, the newest pages first: with the question and its answer
it fits a window of 32,000 tokens."""
BM25_SHARE = 0.5
"""What BM25, divided by its maximum, counts beside a cosine in `hybrid`."""

Recaller = Callable[[str], Recall]
"""Gives what a question is to be answered from."""

Ranker = Callable[[str], Floats]
"""Gives the score of each page for a question, in their order."""


def open_baseline(
    baseline: Baseline,
    drafts: Sequence[PageDraft],
    *,
    embedder: Embedder | None,
    names: Names,
    now: datetime,
) -> Recaller:
    """Recalls out of these pages alone, which are in order of time.

    What ranks by meaning needs an embedder, and embeds them first.
    """
    pages = [_page(draft, number, now) for number, draft in enumerate(drafts, start=1)]
    if baseline == "none":
        return lambda question: Recall(question, names)
    if baseline == "full-context":
        shown = _newest(pages, names)
        return lambda question: _recall(question, shown, names, now, FULL_CONTEXT_TOKENS)
    rank = _ranker(baseline, drafts, embedder)

    def recall(question: str) -> Recall:
        scores = rank(question)
        best = np.argsort(-scores, kind="stable")[:PAGES]
        return _recall(question, [(pages[row], float(scores[row])) for row in best], names, now)

    return recall


def dense(drafts: Sequence[PageDraft], embedder: Embedder) -> Ranker:
    """The cosine of the question with each whole page."""
    halves = ((draft.user_input, draft.agent_response) for draft in drafts)
    vectors = embedder.embed(["\n".join(filter(None, said)) for said in halves])

    def rank(question: str) -> Floats:
        cosines: Floats = vectors @ embedder.embed([question])[0]
        return cosines

    return rank


def bm25(drafts: Sequence[PageDraft]) -> Ranker:
    """BM25 of the question's stems over pages, divided by its maximum."""
    packed = [unpack(pack_page(draft).terms) for draft in drafts]
    postings = Postings()
    for row, section in enumerate(packed):
        found = np.frombuffer(section.words, dtype=POSTING)
        postings.extend(found, np.full(len(found), row, dtype=np.int32))
    lengths = np.array([section.length for section in packed], dtype=np.int64)

    def rank(question: str) -> Floats:
        language = guess_language(question)
        words = [
            Word(tuple(map(hash_term, stems)))
            for stems in query_terms(question, language, (language,))
        ]
        scores = match(postings, words, lengths, speaker=None).scores
        shares: Floats = scores / max(scores.max(), np.finfo(np.float32).tiny)
        return shares

    return rank


def hybrid(drafts: Sequence[PageDraft], embedder: Embedder) -> Ranker:
    """Both together: cosine + 0.5 BM25."""
    by_meaning, by_words = dense(drafts, embedder), bm25(drafts)
    return lambda question: by_meaning(question) + BM25_SHARE * by_words(question)


def _ranker(baseline: Baseline, drafts: Sequence[PageDraft], embedder: Embedder | None) -> Ranker:
    if baseline == "bm25":
        return bm25(drafts)
    assert embedder is not None
    return (dense if baseline == "dense" else hybrid)(drafts, embedder)


def _newest(pages: Sequence[Page], names: Names) -> list[tuple[Page, float]]:
    """The newest pages that fit the window together."""
    newest = [(page, 0.0) for page in reversed(pages)]
    whole = _recall("", newest, names, pages[-1].timestamp, FULL_CONTEXT_TOKENS)
    fitting = {number for kind, number in whole.context().ids if kind is Kind.PAGE}
    return [(page, score) for page, score in newest if page.number in fitting]


def _page(draft: PageDraft, number: int, now: datetime) -> Page:
    return Page(
        number,
        draft.user_input,
        draft.agent_response,
        draft.timestamp,
        recorded_at=now,
        conversation_id=draft.conversation_id,
        meta_data=draft.meta_data,
    )


def _recall(
    question: str,
    ranked: Sequence[tuple[Page, float]],
    names: Names,
    now: datetime,
    max_tokens: int = TOKENS,
) -> Recall:
    """These pages, best first, as a recall that holds nothing else."""
    pages = [
        RecalledPage(
            page,
            rank=rank,
            score=score,
            signals={},
            turns=tuple(
                Turn(speaker, page.half(speaker), score)
                for speaker in Speaker
                if page.half(speaker)
            ),
            tier=Tier.MID_TERM,
            language=guess_language(page.text),
            age_seconds=(now - page.timestamp).total_seconds(),
        )
        for rank, (page, score) in enumerate(ranked, start=1)
    ]
    in_time = tuple(sorted(pages, key=lambda item: item.page.order))
    return Recall(question, names, in_time, max_tokens=max_tokens)

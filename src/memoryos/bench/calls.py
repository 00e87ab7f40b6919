"""What a language model costs, of pages that come one at a time while the worker keeps up.

Each conversation of a LoCoMo file is the memory of an owner of its own. A page is added, then the
worker does what is due, before the next one is added; the clock is moved by hand. It is done three
times:

- `live`: the clock stands at each page's own time. Where the talk pauses for half an hour
  (`idle_seconds`) or more, and at its end, it stops half an hour after the last page, and the
  worker does what lies idle then.
- `steady`: the same pages a second after one another, so that nothing ever lies idle. What is cheap
  live only because of how the talk pauses shows here.
- `rules`: as `live`, without a model: what evidence recall and segments are without the cost.

No agent recalls between the pages: recall warms segments, but hot or not, promotion waits for its
number of pages.

The model is the one that is configured. Without one it is the stub server, which answers at once,
by the rules: calls and prompt tokens are then what a model that answers alike would be asked;
evidence recall, topics and completion tokens tell how the rules do in its place, and nothing of a
model. Tokens are as the server counts them; the stub counts by `count_tokens`, and the messages
alone, not the schema that the reply is to fit.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import fmean
from typing import Any

from memoryos.bench import beside_a_model, recall
from memoryos.bench.locomo.asked import Questions, Subject
from memoryos.bench.models import model_or_stub
from memoryos.bench.recall import TakenIn
from memoryos.bench.report import Progress
from memoryos.bench.topics import Likeness, Segments, likeness, mixing, runs
from memoryos.config import DEFAULT_EMBEDDING_MODEL, ModelSettings
from memoryos.embedders import open_embedder
from memoryos.llms.base import ChatModel
from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft
from memoryos.text.tokens import count_tokens

UPDATING = ("filing", "promotion", "traits")
"""What a model is asked for but replies."""

SPENT = ("calls", "prompt_tokens", "completion_tokens")

STRAW_PAGES = 7
"""Of a segment of the straw man, which files whatever comes in a row."""

STEADY_STEP = timedelta(seconds=1)

STRETCH_PAGES = 50
"""What updating costs is also given by so many pages of an owner, to show whether it grows."""

Figures = dict[str, Any]


class HandClock:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def measure(
    questions: Questions,
    *,
    settings: ModelSettings | None,
    pages: int,
    progress: Progress,
) -> Figures:
    """The figures of the report; `pages` is the size of the memory that latencies are taken of."""
    embedder = open_embedder(DEFAULT_EMBEDDING_MODEL)
    assert embedder is not None
    held = [(subject, likeness(subject.drafts, embedder)) for subject in questions.subjects]
    with model_or_stub(settings) as model:
        taken_in = {
            "live": _take_in(held, model, progress, rests=True),
            "steady": _take_in(held, model, progress, rests=False),
            "rules": _take_in(held, None, progress, rests=True),
        }
    straw = [(runs(len(alike), STRAW_PAGES), alike) for _, alike in held]
    return {
        "model": model.model,
        "replies_are_the_stubs": settings is None,
        "pages": sum(len(alike) for _, alike in held),
        "taken_in": taken_in,
        "seven_in_a_row": mixing(straw),
        **beside_a_model.measure(pages, progress),
    }


def _take_in(
    held: Sequence[tuple[Subject, Likeness]],
    model: ChatModel | None,
    progress: Progress,
    *,
    rests: bool,
) -> Figures:
    """What the conversations cost, and how well they are kept and found afterwards."""
    taken_in: list[TakenIn] = []
    filed: list[tuple[Segments, Likeness]] = []
    grown: list[list[Counter[str]]] = []
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder, ExitStack() as opened:
        for done, (subject, alike) in enumerate(held):
            progress("adding pages one at a time", done, len(held))
            clock = HandClock(subject.drafts[0].timestamp)
            memory = opened.enter_context(_open(subject, Path(folder), model, clock))
            places, spent = _live(subject.drafts, memory, clock, rests=rests)
            filed.append((_segments(memory, places), alike))
            grown.append(spent)
            taken_in.append(TakenIn(subject, memory))
            clock.now = subject.asked_at
        found = recall.ask_all(taken_in, progress)
        return {
            **_spent(taken_in),
            "by_pages": _by_stretch(grown),
            "evidence_recall": recall.evidence_recall(found)["overall"],
            **_tokens_recalled(taken_in),
            **mixing(filed),
        }


def _open(subject: Subject, folder: Path, model: ChatModel | None, clock: HandClock) -> Memoryos:
    conversation = subject.conversation
    return Memoryos(
        conversation.sample_id,
        openai_api_key=None if model else "",
        data_storage_path=folder,
        user_name=conversation.speaker_a,
        assistant_name=conversation.speaker_b,
        chat_model=model,
        background=False,
        clock=clock,
    )


def _live(
    pages: Sequence[PageDraft], memory: Memoryos, clock: HandClock, *, rests: bool
) -> tuple[dict[str, int], list[Counter[str]]]:
    """Add each page at its time, the worker keeping up; gives page ids with their places, and what
    had been spent after every `STRETCH_PAGES` pages."""
    idle = timedelta(seconds=memory.engine.config.idle_seconds)

    def rest() -> None:
        clock.now += idle
        memory.engine.consolidate(memory.user_id)

    places: dict[str, int] = {}
    grown: list[Counter[str]] = []
    for place, page in enumerate(pages):
        if rests and page.timestamp - clock.now >= idle:
            rest()
        clock.now = max(clock.now, page.timestamp) if rests else clock.now + STEADY_STEP
        page_id = memory.add_memory(
            page.user_input,
            page.agent_response,
            page.timestamp,
            page.meta_data,
            conversation_id=page.conversation_id,
        )
        places[page_id] = place
        memory.engine.consolidate(memory.user_id)
        if len(places) % STRETCH_PAGES == 0:
            grown.append(sum(_usage(memory).values(), Counter()))
    if rests:
        rest()
    return places, grown


def _segments(memory: Memoryos, places: dict[str, int]) -> Segments:
    return [
        [places[source.page_id] for source in memory.why(segment.id).sources]
        for segment, _ in memory.segments()
    ]


def _spent(taken_in: Sequence[TakenIn]) -> Figures:
    """Calls and tokens of updating, all together and by purpose."""
    pages = sum(len(one.subject.drafts) for one in taken_in)
    by_purpose: dict[str, Counter[str]] = {purpose: Counter() for purpose in UPDATING}
    for one in taken_in:
        for purpose, spent in _usage(one.memory).items():
            by_purpose[purpose].update(spent)
    return {
        **_by_page(sum(by_purpose.values(), Counter()), pages),
        "by_purpose": {purpose: _by_page(spent, pages) for purpose, spent in by_purpose.items()},
    }


def _usage(memory: Memoryos) -> dict[str, Counter[str]]:
    """What a memory has spent so far, by purpose."""
    return {
        purpose: Counter(
            {name: usage[name] for name in SPENT} | {"failures": sum(usage["failures"].values())}
        )
        for purpose, usage in memory.get_memory_stats()["model_usage"].items()
    }


def _by_stretch(grown: Sequence[Sequence[Counter[str]]]) -> Figures:
    """What the pages of each stretch cost, by the number of pages at its end."""
    stretches: dict[str, list[Counter[str]]] = {}
    for spent in grown:
        for place, (before, after) in enumerate(pairwise([Counter[str](), *spent]), start=1):
            stretches.setdefault(str(place * STRETCH_PAGES), []).append(after - before)
    return {
        pages: {
            "owners": len(costs),
            **_by_page(sum(costs, Counter()), STRETCH_PAGES * len(costs)),
        }
        for pages, costs in stretches.items()
    }


def _by_page(spent: Counter[str], pages: int) -> Figures:
    return {
        "calls_per_100_pages": round(100 * spent["calls"] / pages, 1),
        "prompt_tokens_per_page": round(spent["prompt_tokens"] / pages, 1),
        "completion_tokens_per_page": round(spent["completion_tokens"] / pages, 1),
        "failures": spent["failures"],
    }


def _tokens_recalled(taken_in: Sequence[TakenIn]) -> Figures:
    """Of what a prompt is given for each question, as `retrieve_memory` has it by default."""
    recalled = [
        count_tokens(one.memory.retrieve_memory(asked.question.text).to_prompt())
        for one in taken_in
        for asked in one.subject.asked
    ]
    return {
        "tokens_recalled_mean": round(fmean(recalled), 1),
        "tokens_recalled_max": max(recalled),
    }

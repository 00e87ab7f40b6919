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
from memoryos.bench.models import model_or_stub
from memoryos.bench.recall import Subject
from memoryos.bench.report import Progress
from memoryos.bench.topics import Likeness, Segments, likeness, mixing, runs
from memoryos.config import DEFAULT_EMBEDDING_MODEL, ModelSettings
from memoryos.embedders import open_embedder
from memoryos.llms.base import ChatModel
from memoryos.memoryos import Memoryos
from memoryos.text.tokens import count_tokens
from memoryos.transfer.locomo import Conversation

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
    conversations: Sequence[Conversation],
    *,
    settings: ModelSettings | None,
    pages: int,
    progress: Progress,
) -> Figures:
    """The figures of the report; `pages` is the size of the memory that latencies are taken of."""
    embedder = open_embedder(DEFAULT_EMBEDDING_MODEL)
    assert embedder is not None
    held = [
        (conversation, likeness(conversation, embedder))
        for conversation in conversations
        if conversation.pages
    ]
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
    held: Sequence[tuple[Conversation, Likeness]],
    model: ChatModel | None,
    progress: Progress,
    *,
    rests: bool,
) -> Figures:
    """What the conversations cost, and how well they are kept and found afterwards."""
    subjects: list[Subject] = []
    filed: list[tuple[Segments, Likeness]] = []
    grown: list[list[Counter[str]]] = []
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as folder, ExitStack() as opened:
        for done, (conversation, alike) in enumerate(held):
            progress("adding pages one at a time", done, len(held))
            clock = HandClock(_said_at(conversation)[0])
            memory = opened.enter_context(_open(conversation, Path(folder), model, clock))
            places, spent = _live(conversation, memory, clock, rests=rests)
            filed.append((_segments(memory, places), alike))
            grown.append(spent)
            subjects.append(Subject(conversation, memory))
            clock.now = max(_said_at(conversation)) + recall.ASKED_AFTER
        found = recall.ask_all(subjects, progress)
        return {
            **_spent(subjects),
            "by_pages": _by_stretch(grown),
            "evidence_recall": recall.evidence_recall(found)["overall"],
            **_tokens_recalled(subjects),
            **mixing(filed),
        }


def _open(
    conversation: Conversation, folder: Path, model: ChatModel | None, clock: HandClock
) -> Memoryos:
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
    conversation: Conversation, memory: Memoryos, clock: HandClock, *, rests: bool
) -> tuple[dict[str, int], list[Counter[str]]]:
    """Add each page at its time, the worker keeping up; gives page ids with their places, and what
    had been spent after every `STRETCH_PAGES` pages."""
    idle = timedelta(seconds=memory.engine.config.idle_seconds)

    def rest() -> None:
        clock.now += idle
        memory.engine.consolidate(memory.user_id)

    places: dict[str, int] = {}
    grown: list[Counter[str]] = []
    for place, (page, said_at) in enumerate(
        zip(conversation.pages, _said_at(conversation), strict=True)
    ):
        if rests and said_at - clock.now >= idle:
            rest()
        clock.now = max(clock.now, said_at) if rests else clock.now + STEADY_STEP
        page_id = memory.add_memory(
            page.user_input,
            page.agent_response,
            said_at,
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


def _said_at(conversation: Conversation) -> list[datetime]:
    return [page.timestamp for page in conversation.pages if isinstance(page.timestamp, datetime)]


def _segments(memory: Memoryos, places: dict[str, int]) -> Segments:
    return [
        [places[source.page_id] for source in memory.why(segment.id).sources]
        for segment, _ in memory.segments()
    ]


def _spent(subjects: Sequence[Subject]) -> Figures:
    """Calls and tokens of updating, all together and by purpose."""
    pages = sum(len(subject.conversation.pages) for subject in subjects)
    by_purpose: dict[str, Counter[str]] = {purpose: Counter() for purpose in UPDATING}
    for subject in subjects:
        for purpose, spent in _usage(subject.memory).items():
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


def _tokens_recalled(subjects: Sequence[Subject]) -> Figures:
    """Of what a prompt is given for each question, as `retrieve_memory` has it by default."""
    recalled = [
        count_tokens(subject.memory.retrieve_memory(question.text).to_prompt())
        for subject in subjects
        for question in subject.conversation.questions
        if question.category in recall.CATEGORIES
    ]
    return {
        "tokens_recalled_mean": round(fmean(recalled), 1),
        "tokens_recalled_max": max(recalled),
    }

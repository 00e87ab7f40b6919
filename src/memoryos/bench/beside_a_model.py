"""Whether memory is as fast beside a language model as without one, and how soon one is asked.

One owner's memory of made-up talk (`memoryos.bench.synthetic`), imported and filed by rules, and a
copy of it, both with their background at work. The copy's model is the stub server, which takes
10 s to answer: it was asked before the first block and is asleep while they run. The two take turns
in blocks of adds and recalls, each first in every other; what is given is the median over blocks,
and the ratio is the median of each block's own, so that a busy machine slows both.

Then replies, of the stub server that answers at once: the time from the call of `get_response` to
the moment the server notes the request, which it has read and answered by then. Each reply is kept
as a page, so that each recall follows an add. The background rests meanwhile: the stub's analysis
would take our processor's time, as no model's does.
"""

from __future__ import annotations

import random
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from memoryos.bench.report import Progress, milliseconds, seconds
from memoryos.bench.synthetic import SyntheticPage, add, drafts, talk
from memoryos.errors import ModelUnavailableError
from memoryos.memoryos import Memoryos
from memoryos.testing.stub_server import StubServer

BLOCKS = 9
BLOCK_ADDS = 50
BLOCK_RECALLS = 30
BEFORE_ADDS = 10
"""Enough to leave short-term memory full and filing due."""
REPLIES = 30
FIRST_REPLIES = 3
"""Not counted: the first ones load the client and open its connection."""

SLEEP_SECONDS = 10.0
ASKED_WITHIN_SECONDS = 30.0

USER = "synthetic"

Figures = dict[str, Any]
Block = dict[str, float]


def measure(pages: int, progress: Progress) -> Figures:
    """The figures of a memory of `pages` pages."""
    every = list(talk(pages + BEFORE_ADDS + BLOCKS * BLOCK_ADDS))
    history, later = every[:pages], iter(every[pages:])
    with tempfile.TemporaryDirectory(prefix="memoryos-bench-") as name:
        folder = Path(name)
        alone, beside = folder / "alone", folder / "beside"
        progress(f"importing {pages:,} pages", 0, 3)
        _import(alone, history)
        shutil.copytree(alone, beside)
        questions = [page.question for page in random.Random(pages).choices(history, k=REPLIES)]
        progress("adding and recalling beside a model that sleeps", 1, 3)
        sleeping = _beside_a_sleeping_model(alone, beside, later, questions)
        progress("replying", 2, 3)
        return {
            "latency_pages": pages,
            "beside_a_sleeping_model": sleeping,
            "reply": _first_bytes(alone, questions),
        }


def _import(folder: Path, history: Sequence[SyntheticPage]) -> None:
    with _open(folder, None, background=False) as memory:
        deque(memory.add_memories(drafts(memory, history)), maxlen=0)
        memory.flush()


def _open(folder: Path, server: StubServer | None, *, background: bool) -> Memoryos:
    return Memoryos(
        USER,
        openai_api_key="stub" if server else "",
        openai_base_url=server.url if server else None,
        llm_model="stub",
        data_storage_path=folder,
        background=background,
    )


def _beside_a_sleeping_model(
    alone_folder: Path,
    beside_folder: Path,
    later: Iterator[SyntheticPage],
    questions: Sequence[str],
) -> Figures:
    with (
        StubServer(latency_seconds=SLEEP_SECONDS) as server,
        _open(alone_folder, None, background=True) as alone,
        _open(beside_folder, server, background=True) as beside,
    ):
        memories = {"alone": alone, "beside": beside}
        for page in [next(later) for _ in range(BEFORE_ADDS)]:
            for memory in memories.values():
                add(memory, page)
        _wait_until_asked(server)
        blocks: dict[str, list[Block]] = {"alone": [], "beside": []}
        for turn in range(BLOCKS):
            pages = [next(later) for _ in range(BLOCK_ADDS)]
            for name in sorted(memories, reverse=bool(turn % 2)):
                blocks[name].append(_block(memories[name], pages, questions[:BLOCK_RECALLS]))
        calls = len(server.calls)
    return {
        "blocks": BLOCKS,
        "model_sleeps_seconds": SLEEP_SECONDS,
        "model_calls": calls,
        **{what: _compared(blocks, what) for what in blocks["alone"][0]},
    }


def _block(memory: Memoryos, pages: Sequence[SyntheticPage], questions: Sequence[str]) -> Block:
    adds = [seconds(add, memory, page) for page in pages]
    recalls = [seconds(memory.retrieve_memory, asked) for asked in questions]
    return {
        "add_p50_ms": milliseconds(adds, 50),
        "add_p95_ms": milliseconds(adds, 95),
        "recall_p50_ms": milliseconds(recalls, 50),
    }


def _compared(blocks: dict[str, list[Block]], what: str) -> Figures:
    pairs = [
        (alone[what], beside[what])
        for alone, beside in zip(blocks["alone"], blocks["beside"], strict=True)
    ]
    return {
        "alone": round(median(alone for alone, _ in pairs), 3),
        "beside": round(median(beside for _, beside in pairs), 3),
        "ratio": round(median(beside / alone for alone, beside in pairs), 2),
    }


def _wait_until_asked(server: StubServer) -> None:
    until = time.monotonic() + ASKED_WITHIN_SECONDS
    while not server.calls:
        if time.monotonic() > until:
            raise ModelUnavailableError(
                f"the background asked no model within {ASKED_WITHIN_SECONDS:g} s: there is nothing"
                " to measure beside; run it again, on a machine less busy"
            )
        time.sleep(0.05)


def _first_bytes(folder: Path, questions: Sequence[str]) -> Figures:
    with StubServer() as server, _open(folder, server, background=False) as memory:
        for question in questions[:FIRST_REPLIES]:
            memory.get_response(question)
        waits = []
        for question in questions:
            started = time.monotonic()
            memory.get_response(question)
            waits.append(server.calls[-1].received_monotonic - started)
    return {
        "replies": len(waits),
        "to_first_byte_p50_ms": milliseconds(waits, 50),
        "to_first_byte_p95_ms": milliseconds(waits, 95),
    }

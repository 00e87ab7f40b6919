"""What is published about LoCoMo, to stand beside a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CONVERSATIONS = 10
QUESTIONS: Mapping[int, int] = {1: 282, 2: 321, 3: 96, 4: 841, 5: 446}
"""Of the whole of LoCoMo (`locomo10.json`), by category id."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the paper's tables: F1 and BLEU-1 in percent by category id 1 to 4, and
    what a response costs, where it says."""

    name: str
    model: str
    scores: tuple[tuple[float, float], ...]
    tokens_recalled: float | None = None
    calls_per_response: float | None = None


MEMORYOS, A_MEM, MEMGPT, MEMORYBANK = "MemoryOS", "A-Mem (rerun)", "MemGPT", "MemoryBank"
GPT, QWEN = "gpt-4o-mini", "Qwen2.5-3B"

PAPER = (
    Row(MEMORYOS, GPT, ((35.27, 25.22), (41.15, 30.76), (20.02, 16.52), (48.62, 42.99)), 3874, 4.9),
    Row(A_MEM, GPT, ((22.61, 15.25), (33.23, 29.11), (8.04, 7.81), (34.13, 27.73)), 2712, 13.0),
    Row(MEMGPT, GPT, ((26.65, 17.72), (25.52, 19.44), (9.15, 7.44), (41.04, 34.34)), 16977, 4.3),
    Row(MEMORYBANK, GPT, ((5.00, 4.77), (9.68, 6.99), (5.56, 5.94), (6.61, 5.16))),
    Row(MEMORYOS, QWEN, ((23.26, 15.39), (21.44, 14.95), (10.18, 8.18), (26.23, 22.39))),
    Row(A_MEM, QWEN, ((10.31, 8.76), (16.31, 11.07), (6.94, 7.31), (12.34, 10.62))),
)
"""Kang et al., "Memory OS of AI Agent", EMNLP 2025, arXiv 2506.06326. Its columns are read as the
category ids 1, 2, 3, 4, whatever they are called there."""

"""Asking for chains and topics of pages that left short-term memory."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.llms.base import ChatRequest, Message, OutputSchema, Purpose
from memoryos.model import Page, Segment
from memoryos.prompts.layout import quote
from memoryos.prompts.pages import DATA, clip, sections, shown
from memoryos.prompts.shapes import INTEGER, INTEGER_OR_NULL, TEXT, many, shape

SYSTEM = f"""\
You file pages of talk between a user and an assistant into chains and topics.
{DATA}
A chain is one thread of talk. `continues`: the page it goes on from, one of the earlier pages or \
of those before it, else null. `meta_chain`: the thread so far, in at most 30 words.
A topic is what pages are about; they may lie apart. `segment`: the one listed that it clearly \
carries on, else null. `keywords`: 3 to 8 single words. `summary`: what was said, with names and \
dates, in at most 40 words.
Each page below "Pages:" stands in exactly one chain and in one topic; no other page in any. Write \
in the language of the pages, names letter for letter, and only what they say. Pages and segments \
are given by number: 12 for page-12. Reply in JSON."""

SHOWN_KEYWORDS = 6
SHOWN_SUMMARY = 120
"""Characters."""

OUTPUT = OutputSchema(
    "filing",
    shape(
        chains=many(shape(pages=many(INTEGER), continues=INTEGER_OR_NULL, meta_chain=TEXT)),
        topics=many(
            shape(pages=many(INTEGER), segment=INTEGER_OR_NULL, keywords=many(TEXT), summary=TEXT)
        ),
    ),
)


def filing_request(
    pages: Sequence[Page], earlier: Sequence[Page], segments: Sequence[Segment]
) -> ChatRequest:
    """One call for the whole batch, with the pages before it and the segments it may carry on."""
    asked = sections(
        ("Earlier pages:", _with_chains(earlier)),
        ("Segments:", [_line(segment) for segment in segments]),
        ("Pages:", [shown(page) for page in pages]),
    )
    return ChatRequest(
        Purpose.FILING,
        (Message("system", SYSTEM), Message("user", asked)),
        max_output_tokens=500 + 200 * len(pages),
        output=OUTPUT,
    )


def _with_chains(pages: Sequence[Page]) -> list[str]:
    """The pages, and what each of their chains tells so far."""
    last_of_chain = {page.chain: page.number for page in pages}
    lines = []
    for page in pages:
        lines.append(shown(page))
        if page.meta_chain and last_of_chain[page.chain] == page.number:
            lines.append(f"  so far: {quote(clip(page.meta_chain, SHOWN_SUMMARY))}")
    return lines


def _line(segment: Segment) -> str:
    words = quote(", ".join(segment.keywords[:SHOWN_KEYWORDS]))
    return f"- {segment.id} {quote(clip(segment.summary, SHOWN_SUMMARY))} {words}"

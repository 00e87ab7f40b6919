"""Asking what pages teach of the user and the agent, beside what is known."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.llms.base import ChatRequest, Message, OutputSchema, Purpose
from memoryos.long_term import ATTRIBUTES
from memoryos.model import Fact, Page, Speaker
from memoryos.prompts.layout import quote
from memoryos.prompts.pages import DATA, clip, sections, shown
from memoryos.prompts.shapes import (
    INTEGER,
    INTEGER_OR_NULL,
    NUMBER,
    TEXT,
    TEXT_OR_NULL,
    many,
    one_of,
    shape,
)

SYSTEM = f"""\
You learn lasting facts from pages of talk between a user and an assistant, the agent.
{DATA}
Give only what the pages add to the known facts, or change in them; often that is nothing. Leave \
out moods, small talk, plans for the day, questions, suppositions, stories, quotations, texts to \
work on, and the lives of others, but for family and pets.
`about` user: only what the user says of themselves. `about` agent: only what the assistant says \
that it is, did or recommended.
`attribute`: one of {", ".join(ATTRIBUTES)}; the last for all that is about the agent.
`value`: a few of the page's own words ("data scientist", "sister: Ada"). `text`: a short sentence \
without its subject, in the language of the page ("works as a data scientist"). Names letter for \
letter.
`quote`: the words on the page, by whom the fact is about, that say so; copied letter for letter.
`since`: the ISO date from which on it holds, where told, else null. `supersedes`: the known fact \
that is no longer true because of it, else null. `confidence`: 0 to 1.
Pages and facts are given by number: 12 for page-12. Reply in JSON."""

SHOWN_TEXT = 120
"""Characters of a known fact."""

OUTPUT = OutputSchema(
    "promotion",
    shape(
        facts=many(
            shape(
                about=one_of(*(speaker.value for speaker in Speaker)),
                attribute=one_of(*ATTRIBUTES),
                value=TEXT,
                text=TEXT,
                page=INTEGER,
                quote=TEXT,
                since=TEXT_OR_NULL,
                supersedes=INTEGER_OR_NULL,
                confidence=NUMBER,
            )
        )
    ),
)


def known_fact(fact: Fact) -> str:
    """The line that shows a fact already held."""
    return f"- {fact.id} {fact.attribute} {quote(clip(fact.text, SHOWN_TEXT))}"


def promotion_request(pages: Sequence[Page], known: Sequence[Fact]) -> ChatRequest:
    """One call for the whole batch, with the facts already held that it may be about."""
    asked = sections(
        ("Known facts:", [known_fact(fact) for fact in known]),
        ("Pages:", [shown(page) for page in pages]),
    )
    return ChatRequest(
        Purpose.PROMOTION,
        (Message("system", SYSTEM), Message("user", asked)),
        max_output_tokens=500 + 300 * len(pages),
        output=OUTPUT,
    )

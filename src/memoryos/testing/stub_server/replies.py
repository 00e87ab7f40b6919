"""What the stub server says: the rules analyst's findings, in the words of our output schemas.

The pages are read out of the prompt, as a language model reads them; nothing else is known here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from itertools import groupby
from typing import Any

from memoryos.analysts.base import FilingBatch, PromotionBatch, TraitBatch
from memoryos.analysts.rules import RulesAnalyst
from memoryos.model import Page
from memoryos.testing.stub_server.requests import JSON_OBJECT, RefusedRequestError, Request
from memoryos.text.keywords import keywords
from memoryos.text.summary import summarise

HEADING = "Pages:"
"""A line of the last user message. The pages to be analysed follow it, up to the end; those above
it, if any, went before them."""

NOTHING = "I have nothing in memory about this."
QUOTED_CHARACTERS = 200

_PAGE = re.compile(r"- ([0-9]{1,4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}) \(page-([0-9]{1,18})\)")
_HALF = re.compile(r'  (user|assistant): (".*")')

_rules = RulesAnalyst()


def reply(request: Request) -> str:
    """A good reply to a chat: JSON where the request wants some, else a sentence.

    A server that refuses JSON schemas is still asked for our objects, in words: then the request's
    purpose says which. Raises RefusedRequestError for a schema that cannot be read.
    """
    wanted = request.output_schema
    name = wanted[0] if wanted else request.purpose
    if name in ANSWERS:
        above, _, below = f"\n{request.last_user_text}".partition(f"\n{HEADING}\n")
        answer = ANSWERS[name](read_pages(below), read_pages(above))
    elif wanted:
        answer = smallest_object(wanted[1])
    elif request.output_mode == JSON_OBJECT:
        answer = {}
    else:
        return spoken("\n".join(request.texts))
    return json.dumps(answer, ensure_ascii=False)


def read_pages(text: str) -> tuple[Page, ...]:
    """The pages that `text` prints; a line that is none of a page's is passed over."""
    pages: list[tuple[datetime, int, dict[str, list[str]]]] = []
    for line in text.split("\n"):
        if head := _PAGE.fullmatch(line):
            if moment := _moment(head[1]):
                pages.append((moment, int(head[2]), {"user": [], "assistant": []}))
        elif pages and (half := _HALF.fullmatch(line)):
            pages[-1][2][half[1]].append(_unquoted(half[2]))
    return tuple(
        Page(number, " ".join(said["user"]), " ".join(said["assistant"]), moment, moment)
        for moment, number, said in pages
    )


def file(pages: Sequence[Page], earlier: Sequence[Page]) -> dict[str, Any]:
    """An object of the schema "filing". As by the rules, a page is a topic for F_score to place."""
    links = _rules.file(FilingBatch(tuple(pages), tuple(_chained(earlier)), (), {})).links
    before = {page.number for page in earlier}
    chains = []
    for chain, group in groupby(links, key=lambda link: link.chain):
        linked = list(group)
        chains.append(
            {
                "pages": [link.page for link in linked],
                "continues": chain if chain in before else None,
                "meta_chain": linked[-1].meta_chain,
            }
        )
    topics = [
        {
            "pages": [page.number],
            "segment": None,
            "keywords": list(keywords(page.text)),
            "summary": summarise([page.text]),
        }
        for page in pages
    ]
    return {"chains": chains, "topics": topics}


def promote(pages: Sequence[Page], _: Sequence[Page]) -> dict[str, Any]:
    """An object of the schema "promotion"."""
    said_at = {page.number: page.timestamp for page in pages}
    return {
        "facts": [
            {
                "about": fact.subject.value,
                "attribute": fact.attribute,
                "value": fact.value,
                "text": fact.text,
                "page": fact.evidence.page,
                "quote": fact.evidence.quote,
                "since": _day_before(fact.valid_from, said_at[fact.evidence.page]),
                "supersedes": fact.supersedes,
                "confidence": fact.confidence,
            }
            for fact in _rules.promote(PromotionBatch(tuple(pages), ()))
        ]
    }


def characterise(pages: Sequence[Page], _: Sequence[Page]) -> dict[str, Any]:
    """An object of the schema "traits"."""
    return {
        "traits": [
            {
                "dimension": trait.dimension,
                "level": trait.level.value,
                "reason": trait.reason,
                "page": trait.evidence.page,
                "quote": trait.evidence.quote,
            }
            for trait in _rules.characterise(TraitBatch(tuple(pages), ()))
        ]
    }


ANSWERS: Mapping[str, Callable[[Sequence[Page], Sequence[Page]], dict[str, Any]]] = {
    "filing": file,
    "promotion": promote,
    "traits": characterise,
}
"""By the name of the schema, which is also the purpose."""


def spoken(prompt: str) -> str:
    """A sentence that quotes the last page of the prompt: a test sees that it got there."""
    for page in reversed(read_pages(prompt)):
        for speaker, text in (("you", page.user_input), ("I", page.agent_response)):
            if text:
                quoted = json.dumps(text[:QUOTED_CHARACTERS], ensure_ascii=False)
                return f"On {page.timestamp:%Y-%m-%d} {speaker} said {quoted}."
    return NOTHING


def smallest_object(schema: Mapping[str, Any]) -> Any:
    """A smallest instance of a JSON schema: empty texts and lists, first values, nulls.

    Raises RefusedRequestError for a schema that cannot be read, or has no end.
    """
    try:
        return _smallest(schema, schema)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError) as exc:
        raise RefusedRequestError("the schema of 'response_format' cannot be read") from exc


def _smallest(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Any:
    if "$ref" in schema:
        return _smallest(_referred(schema["$ref"], root), root)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    if choices := schema.get("anyOf") or schema.get("oneOf"):
        # Null first: the other choices of a tree's node hold a node.
        return _smallest(min(choices, key=lambda choice: choice.get("type") != "null"), root)
    kinds = schema.get("type", "object")
    kind = kinds if isinstance(kinds, str) else min(kinds, key=lambda kind: kind != "null")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: _smallest(properties[name], root) for name in schema.get("required", ())}
    return {"array": [], "string": "", "integer": 0, "number": 0, "boolean": False, "null": None}[
        kind
    ]


def _referred(reference: str, root: Mapping[str, Any]) -> Mapping[str, Any]:
    found = root
    for name in reference.removeprefix("#").split("/")[1:]:
        found = found[name]
    return found


def _chained(pages: Sequence[Page]) -> Iterator[Page]:
    """Each a chain of its own: a prompt does not tell their chains."""
    return (replace(page, chain=page.number) for page in pages)


def _moment(text: str) -> datetime | None:
    try:
        # strptime wants four digits of a year, strftime prints as many as it has.
        moment = datetime.strptime(text.zfill(16), "%Y-%m-%d %H:%M")  # noqa: DTZ007
    except ValueError:
        return None
    return moment.replace(tzinfo=timezone.utc)


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text))
    except ValueError:
        return text[1:-1]


def _day_before(valid_from: datetime | None, said_at: datetime) -> str | None:
    """The day since when a fact holds, where that is not when it was said."""
    if valid_from is None or valid_from >= said_at:
        return None
    return valid_from.date().isoformat()

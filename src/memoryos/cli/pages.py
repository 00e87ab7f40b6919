"""Commands that put pages in and get them out: `add`, `ask`, `search`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import consolidation, output
from memoryos.cli.output import moment, one_line, show
from memoryos.cli.settings import Settings
from memoryos.errors import InvalidArgumentError
from memoryos.text.visible import visible

if TYPE_CHECKING:
    from memoryos.answerer import Answer
    from memoryos.recall import Recall, RecalledFact, RecalledPage


def add(
    settings: Settings,
    user_input: Annotated[str, typer.Argument(help="What the user said.")],
    agent_response: Annotated[str, typer.Argument(help="What the agent answered.")] = "",
    timestamp: Annotated[
        str | None,
        typer.Option(help="When it was said: 2023-05-08 13:56, ISO 8601; now unless told."),
    ] = None,
    conversation: Annotated[
        str | None, typer.Option(metavar="ID", help="The conversation it is part of.")
    ] = None,
    meta: Annotated[
        str | None, typer.Option(metavar="JSON", help="An object to keep with the page.")
    ] = None,
) -> None:
    """Keep one exchange and print its page id.

    Rules file it at once. A language model is not waited for: a worker or a chat files it then.
    """
    meta_data = _meta_data(meta)
    with settings.open_memory() as memory:
        page_id = memory.add_memory(
            user_input, agent_response, timestamp, meta_data, conversation_id=conversation
        )
        known = {fact.id for fact in memory.knowledge()}
        if not settings.language_model:
            memory.flush()
        learnt = [fact for fact in memory.knowledge() if fact.id not in known]
        stats = memory.engine.stats(memory.user_id, assistant_id=memory.assistant_id)
    if settings.json:
        output.show_json(
            {
                "id": page_id,
                "learnt": [{"id": fact.id, "text": fact.text} for fact in learnt],
                "waiting": consolidation.waiting_document(stats),
            }
        )
        return
    show(page_id)
    for fact in learnt:
        show(f"learnt {fact.id}: {one_line(fact.text)}")
    if settings.language_model:
        show("kept and recallable; the language model reads it once `memoryos worker` runs")
    elif waiting := consolidation.what_waits(stats):
        show(waiting)


def _meta_data(text: str | None) -> Mapping[str, Any] | None:
    if text is None:
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidArgumentError(f"--meta is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise InvalidArgumentError('--meta must be a JSON object, such as \'{"source": "mail"}\'')
    return value


def ask(
    settings: Settings,
    query: Annotated[str, typer.Argument(help="A question, in any language.")],
) -> None:
    """Answer a question in memory's words, with dates and page ids."""
    with settings.open_memory() as memory:
        answer = memory.answer(query)
    if settings.json:
        output.show_json({"query": query, **answer_document(answer)})
    else:
        show(answer.text)
    if not answer.found:
        raise typer.Exit(output.ExitCode.NO)


def answer_document(answer: Answer) -> dict[str, Any]:
    """An answer as `--json` gives it."""
    return {"answer": answer.text, "found": answer.found, "evidence": answer.sentences}


def search(
    settings: Settings,
    query: Annotated[str, typer.Argument(help="What to look for, in any words.")],
    max_results: Annotated[
        int | None, typer.Option("-n", "--max-results", metavar="N", help="At most so many pages.")
    ] = None,
    max_tokens: Annotated[
        int, typer.Option(metavar="N", help="At most so many tokens of excerpts.")
    ] = 2000,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Show where each page stands and every passage's score."),
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="TIME", help="Facts as they were then: 2024-06-01.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(metavar="TIME", help="Memory as it knew things then.")
    ] = None,
) -> None:
    """Show the pages and facts about something, best first."""
    with settings.open_memory() as memory:
        found = memory.retrieve_memory(
            query, max_results=max_results, max_tokens=max_tokens, as_of=as_of, known_at=known_at
        )
    facts = (*found.user_knowledge, *found.assistant_knowledge)
    if settings.json:
        output.show_json(_recall_document(found))
    elif not found.pages and not facts:
        show("nothing in memory about this")
    else:
        _show_pages(found.by_rank(), explain=explain)
        output.show_table(_fact_columns(fact) for fact in facts)
    if not found.pages and not facts:
        raise typer.Exit(output.ExitCode.NO)


def _show_pages(pages: Sequence[RecalledPage], *, explain: bool) -> None:
    if not output.console().is_terminal:
        output.show_table(_page_columns(page, explain=explain) for page in pages)
        return
    for page in pages:
        _show_page(page, explain=explain)


def _show_page(page: RecalledPage, *, explain: bool) -> None:
    from rich.padding import Padding
    from rich.text import Text

    out = output.console()
    out.print(
        Text.assemble(
            (f"{page.rank:>2}  ", "bold cyan"),
            (page.id, "bold"),
            f"  {moment(page.timestamp)}  score {page.score:.3f}",
        )
    )
    for turn in page.turns:
        said = Text.assemble((f"{turn.speaker.value}: ", "cyan"), visible(turn.text))
        if explain:
            said.append(f"  ({turn.score:.3f})", "dim")
        out.print(Padding(said, (0, 0, 0, 4)))
    out.print(Padding(Text(one_line(_reason(page, explain=explain)), "dim"), (0, 0, 0, 4)))


def _reason(page: RecalledPage, *, explain: bool) -> str:
    if not explain:
        return page.why
    parts = [page.why, page.tier.value.replace("_", " ")]
    if page.event_date:
        parts.append(f"speaks of {page.event_date}")
    if page.page.conversation_id:
        parts.append(f"conversation {page.page.conversation_id}")
    return "; ".join(parts)


def _page_columns(page: RecalledPage, *, explain: bool) -> list[str]:
    return [
        str(page.rank),
        page.id,
        f"{page.score:.3f}",
        moment(page.timestamp),
        _reason(page, explain=explain),
        page.excerpt,
    ]


def _fact_columns(fact: RecalledFact) -> list[str]:
    return [
        str(fact.rank),
        fact.id,
        f"{fact.score:.3f}",
        moment(fact.timestamp),
        fact.text + (f" (until {moment(fact.until)})" if fact.until else ""),
    ]


def _recall_document(found: Recall) -> dict[str, Any]:
    return {
        "query": found.query,
        "pages": [
            {
                "id": page.id,
                "rank": page.rank,
                "score": page.score,
                "signals": page.signals,
                "tier": page.tier,
                "timestamp": page.timestamp,
                "event_date": page.event_date,
                "excerpt": page.excerpt,
                "turns": page.turns,
                "user_input": page.user_input,
                "agent_response": page.agent_response,
                "conversation_id": page.page.conversation_id,
                "meta_data": page.meta_data,
                "outdated": [
                    {"fact": was.id, "text": was.text, "until": was.until} for was in page.outdated
                ],
            }
            for page in found.by_rank()
        ],
        "user_knowledge": [_fact_document(fact) for fact in found.user_knowledge],
        "assistant_knowledge": [_fact_document(fact) for fact in found.assistant_knowledge],
    }


def _fact_document(recalled: RecalledFact) -> dict[str, Any]:
    return {
        "id": recalled.id,
        "rank": recalled.rank,
        "score": recalled.score,
        "signals": recalled.signals,
        "attribute": recalled.fact.attribute,
        "text": recalled.text,
        "timestamp": recalled.timestamp,
        "valid_from": recalled.valid_from,
        "until": recalled.until,
        "evidence": [
            {"page": evidence.page_id, "quote": evidence.quote} for evidence in recalled.evidence
        ],
    }

"""Commands that look at what memory made of its pages: `profile`, `segments`, `stats`, `why`,
`history`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import output
from memoryos.cli.consolidation import fault_of, setback_of
from memoryos.cli.output import moment, one_line, show
from memoryos.cli.settings import Settings
from memoryos.config import without_password
from memoryos.model import Speaker

if TYPE_CHECKING:
    from rich.text import Text

    from memoryos.explanation import Explanation, Source, Statement, Usage
    from memoryos.memoryos import Memoryos
    from memoryos.model import Fact, Profile, Segment, Trait
    from memoryos.statistics import ModelUsage

    Heated = Sequence[tuple[Segment, float]]

TOLD_BELOW = (
    "model_usage",
    "failed_attempts",
    "last_failure",
    "retry_at",
    "own_failures",
    "own_failure",
    "set_aside_at",
    "store",
)
"""Figures of `stats` that have no row in its first table."""

BAR_CELLS = 12
SHOWN_KEYWORDS = 5


def profile(settings: Settings) -> None:
    """Show what is known of the user, and of the agent."""
    with settings.open_memory() as memory:
        if settings.json:
            output.show_json(_profile_document(memory))
        else:
            show_profile(memory)


def show_profile(memory: Memoryos) -> None:
    """Print a line for each thing known."""
    known = memory.get_user_profile()
    rows = [_fact_row("profile", fact) for fact in known.attributes]
    rows += [
        ("trait", trait.id, trait.dimension, f"{trait.level.value}: {trait.reason}", "")
        for trait in known.traits
    ]
    rows += [_fact_row("knowledge", fact) for fact in _knowledge(memory, known)]
    rows += [_fact_row("agent", fact) for fact in memory.knowledge(Speaker.AGENT)]
    if rows:
        output.show_table(rows, head=("of", "id", "what", "known", "since"))
    else:
        show(f"nothing is known of {one_line(memory.user_id)} yet")


def _knowledge(memory: Memoryos, known: Profile) -> list[Fact]:
    """What is known of the user beside the profile."""
    shown = {fact.id for fact in known.attributes}
    return [fact for fact in memory.knowledge() if fact.id not in shown]


def _profile_document(memory: Memoryos) -> dict[str, Any]:
    known = memory.get_user_profile()
    return {
        "attributes": [_fact_document(fact) for fact in known.attributes],
        "traits": [_trait_document(trait) for trait in known.traits],
        "knowledge": [_fact_document(fact) for fact in _knowledge(memory, known)],
        "assistant_knowledge": [_fact_document(fact) for fact in memory.knowledge(Speaker.AGENT)],
    }


def _fact_row(shelf: str, fact: Fact) -> tuple[str, ...]:
    since = f"{fact.valid_from:%Y-%m-%d}" if fact.valid_from else ""
    return shelf, fact.id, fact.attribute.replace("_", " "), fact.text, since


def _fact_document(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "attribute": fact.attribute,
        "value": fact.value,
        "text": fact.text,
        "language": fact.language,
        "valid_from": fact.valid_from,
        "recorded_at": fact.recorded_at,
        "learner": fact.learner,
        "evidence": [{"page": item.page_id, "quote": item.quote} for item in fact.evidence],
    }


def _trait_document(trait: Trait) -> dict[str, Any]:
    return {
        "id": trait.id,
        "dimension": trait.dimension,
        "level": trait.level,
        "reason": trait.reason,
        "confirmed_at": trait.confirmed_at,
        "evidence": [{"page": item.page_id, "quote": item.quote} for item in trait.evidence],
    }


def segments(
    settings: Settings,
    count: Annotated[
        int, typer.Option("-n", "--max-results", min=1, metavar="N", help="At most so many.")
    ] = 20,
) -> None:
    """Show the topics of memory, hottest first, as top does."""
    with settings.open_memory() as memory:
        heated = memory.segments()[:count]
    if settings.json:
        output.show_json({"segments": [_segment_document(*item) for item in heated]})
    else:
        show_segments(heated)


def show_segments(heated: Heated) -> None:
    """Print segments as top prints processes: under a head, each with its words below."""
    if not heated:
        show("no segments yet: pages are filed as they leave short-term memory")
    elif output.console().is_terminal:
        _show_top(heated)
    else:
        head = ("heat", "segment", "pages", "visits", "last visit", "keywords", "summary")
        output.show_table((_segment_columns(*item) for item in heated), head=head)


def _show_top(heated: Heated) -> None:
    from rich.text import Text

    out = output.console()
    head = f"{'HEAT':<{BAR_CELLS + 6}}  {'SEGMENT':<12}{'PAGES':>6}{'VISITS':>8}  LAST VISIT"
    out.print(Text(head.ljust(out.width), "reverse"))
    hottest = max(heat for _, heat in heated)
    for segment, heat in heated:
        out.print(
            Text.assemble(
                heat_bar(heat, hottest, out.encoding),
                f" {heat:5.2f}  {segment.id:<12}{segment.page_count:>6}{segment.visit_count:>8}  ",
                "archived" if segment.archived_at else moment(segment.visited_at),
            )
        )
        words = Text.assemble((key_words(segment), "cyan"), f"  {one_line(segment.summary)}")
        words.truncate(out.width, overflow="ellipsis")
        out.print(words)


def key_words(segment: Segment) -> str:
    """The first few keywords of a segment."""
    return one_line(", ".join(segment.keywords[:SHOWN_KEYWORDS]))


def heat_bar(heat: float, hottest: float, encoding: str, cells: int = BAR_CELLS) -> Text:
    """A bar of `cells` characters, full at `hottest`."""
    from rich.text import Text

    full, empty = "█░" if encoding.startswith("utf") else "#."
    filled = round(cells * heat / hottest) if hottest else 0
    colour = "red" if filled > cells * 2 / 3 else "yellow" if filled > cells / 3 else "blue"
    return Text.assemble((full * filled, colour), (empty * (cells - filled), "dim"))


def _segment_columns(segment: Segment, heat: float) -> tuple[str, ...]:
    return (
        f"{heat:.2f}",
        segment.id,
        str(segment.page_count),
        str(segment.visit_count),
        "archived" if segment.archived_at else moment(segment.visited_at),
        key_words(segment),
        segment.summary,
    )


def _segment_document(segment: Segment, heat: float) -> dict[str, Any]:
    return {
        "id": segment.id,
        "heat": heat,
        "pages": segment.page_count,
        "visits": segment.visit_count,
        "last_visit": segment.visited_at,
        "archived_at": segment.archived_at,
        "started_at": segment.started_at,
        "ended_at": segment.ended_at,
        "keywords": segment.keywords,
        "summary": segment.summary,
    }


def stats(settings: Settings) -> None:
    """Show what memory holds, what waits and what models cost."""
    with settings.open_memory() as memory:
        found = memory.engine.stats(memory.user_id, assistant_id=memory.assistant_id)
        backlog, now = memory.engine.backlog(), memory.engine.clock()
    oldest = backlog.oldest_due_at
    counted = {
        **asdict(found),
        "data_folder": str(settings.folder),
        "database": without_password(settings.database_url),
        "store": {
            "users_waiting": backlog.waiting,
            "longest_wait_seconds": round((now - oldest).total_seconds(), 1) if oldest else 0.0,
            "users_set_aside": backlog.set_aside,
        },
    }
    if settings.json:
        output.show_json(counted)
        return
    output.show_table(
        (name.replace("_", " "), "none" if value is None else str(value))
        for name, value in counted.items()
        if name not in TOLD_BELOW
    )
    output.show_table(
        ((name.replace("_", " "), f"{value:,}") for name, value in counted["store"].items()),
        head=("of all users of this store", ""),
    )
    if found.model_usage:
        head = ("model calls for", "calls", "tokens in", "tokens out", "seconds", "failures")
        rows = [_usage_row(*item) for item in found.model_usage.items()]
        output.show_table(rows, head=head)
    if setback := setback_of(found):
        show(setback)
    if fault := fault_of(found):
        show(fault)


def _usage_row(purpose: str, usage: ModelUsage) -> tuple[str, ...]:
    failures = ", ".join(f"{count:,} {name}" for name, count in sorted(usage.failures.items()))
    return (
        purpose,
        f"{usage.calls:,}",
        f"{usage.prompt_tokens:,}",
        f"{usage.completion_tokens:,}",
        f"{usage.milliseconds / 1000:,.1f}",
        failures or "none",
    )


def why(
    settings: Settings,
    item_id: Annotated[str, typer.Argument(metavar="ID", help="As in page-12, fact-7, segment-3.")],
) -> None:
    """Show where a belief comes from: pages, words, dates, learner."""
    with settings.open_memory() as memory:
        explained = memory.why(item_id)
    if settings.json:
        output.show_json(explained)
        return
    show(f"{explained.id}: {one_line(explained.text)}")
    output.show_table(_belief(explained))
    _show_sources(explained.sources)


def _show_sources(sources: Sequence[Source], *, indent: str = "") -> None:
    for source in sources:
        speaks_of = f"  (speaks of {source.event_date})" if source.event_date else ""
        show(
            f"{indent}{source.page_id}  {moment(source.timestamp)}  "
            f"“{one_line(source.quote)}”{speaks_of}"
        )


def _belief(explained: Explanation) -> list[tuple[str, str]]:
    pairs = [("learnt", f"{moment(explained.recorded_at)} by {explained.learner}")]
    if explained.attribute and explained.subject:
        pairs.append(("says", f"{explained.attribute} of the {explained.subject.value}"))
    if explained.origin and explained.confidence is not None:
        said = f"{explained.confidence:.2f}, in words of the {explained.origin.value}"
        pairs.append(("confidence", said))
    if span := _span(explained.valid_from, explained.valid_to):
        pairs.append(("holds", span))
    if explained.supersedes:
        pairs.append(("superseded", ", ".join(explained.supersedes)))
    if explained.superseded_by:
        pairs.append(("superseded by", explained.superseded_by))
    pairs += [("used", _usage(use)) for use in explained.uses]
    return pairs


def _span(valid_from: datetime | None, valid_to: datetime | None) -> str:
    parts = [f"from {valid_from:%Y-%m-%d}"] if valid_from else []
    parts += [f"until {valid_to:%Y-%m-%d}"] if valid_to else []
    return " ".join(parts)


def _usage(use: Usage) -> str:
    where = f"in the reply of {use.reply}" if use.reply else "in recalls"
    return f"{output.counted(use.count, 'time')} {where}, last on {moment(use.used_at)}"


def history(
    settings: Settings,
    item_id: Annotated[str, typer.Argument(metavar="ID", help="As in fact-7, trait-1.")],
) -> None:
    """Show what something was over time: each value, its days, its words."""
    with settings.open_memory() as memory:
        told = memory.history(item_id)
    if settings.json:
        output.show_json(told)
        return
    show(f"{told.id}: {told.attribute.replace('_', ' ')} of the {told.subject.value}")
    for statement in told.statements:
        show(_statement(statement))
        _show_sources(statement.sources, indent="  ")


def _statement(statement: Statement) -> str:
    days = _span(statement.valid_from, statement.valid_to)
    return f"{statement.id}  {days}  {one_line(statement.text)}"

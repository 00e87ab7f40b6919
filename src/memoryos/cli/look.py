"""Commands that look at what memory made of its pages: `profile`, `segments`, `stats`, `why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import output
from memoryos.cli.output import moment, one_line, show
from memoryos.cli.settings import Settings
from memoryos.model import Fact, Segment, Speaker, Trait

if TYPE_CHECKING:
    from rich.text import Text

    from memoryos.explanation import Explanation

BAR_CELLS = 12


def profile(settings: Settings) -> None:
    """Show who the user is, what is known of him, and what is known of the agent."""
    with settings.open_memory() as memory:
        known = memory.get_user_profile()
        of_user, of_agent = memory.knowledge(), memory.knowledge(Speaker.AGENT)
    shown = {fact.id for fact in known.attributes}
    knowledge = [fact for fact in of_user if fact.id not in shown]
    if settings.json:
        output.show_json(
            {
                "attributes": [fact_document(fact) for fact in known.attributes],
                "traits": [_trait_document(trait) for trait in known.traits],
                "knowledge": [fact_document(fact) for fact in knowledge],
                "assistant_knowledge": [fact_document(fact) for fact in of_agent],
            }
        )
        return
    rows = [_fact_row("profile", fact) for fact in known.attributes]
    rows += [
        ("trait", trait.id, trait.dimension, f"{trait.level.value}: {one_line(trait.reason)}", "")
        for trait in known.traits
    ]
    rows += [_fact_row("knowledge", fact) for fact in knowledge]
    rows += [_fact_row("agent", fact) for fact in of_agent]
    if rows:
        output.show_table(rows, head=("of", "id", "what", "known", "since"))
    else:
        show(f"nothing is known of {one_line(settings.user_id)} yet")


def _fact_row(shelf: str, fact: Fact) -> tuple[str, ...]:
    since = f"{fact.valid_from:%Y-%m-%d}" if fact.valid_from else ""
    return shelf, fact.id, fact.attribute.replace("_", " "), one_line(fact.text), since


def fact_document(fact: Fact) -> dict[str, Any]:
    """A fact as `--json` gives it."""
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
    """Show the topics of memory, hottest first, as top shows processes."""
    with settings.open_memory() as memory:
        heated = memory.segments()
        threshold = memory.engine.config.mid_term_heat_threshold
    if settings.json:
        output.show_json({"segments": [_segment_document(*item) for item in heated[:count]]})
        return
    if not heated:
        show("no segments yet: pages are filed as they leave short-term memory")
        return
    if not output.console().is_terminal:
        head = ("heat", "segment", "pages", "visits", "last visit", "keywords", "summary")
        output.show_table((_segment_columns(*item) for item in heated[:count]), head=head)
        return
    archived = sum(segment.archived_at is not None for segment, _ in heated)
    show(
        f"{one_line(settings.user_id)}: {len(heated) - archived} segments, {archived} archived; "
        f"promoted from a heat of {threshold:g}"
    )
    _show_segments(heated[:count], threshold)


def _show_segments(heated: tuple[tuple[Segment, float], ...], threshold: float) -> None:
    from rich.text import Text

    out = output.console()
    head = f"{'HEAT':<{BAR_CELLS + 6}}  {'SEGMENT':<12}{'PAGES':>6}{'VISITS':>8}  LAST VISIT"
    out.print(Text(head.ljust(out.width), "reverse"))
    hottest = max(threshold, heated[0][1])
    for segment, heat in heated:
        out.print(
            Text.assemble(
                heat_bar(heat, hottest, out.encoding),
                f" {heat:5.2f}  {segment.id:<12}{segment.page_count:>6}{segment.visit_count:>8}  ",
                "archived" if segment.archived_at else moment(segment.visited_at),
            )
        )
        words = Text("  " + one_line(", ".join(segment.keywords)), "cyan")
        words.append("  " + one_line(segment.summary), "dim not cyan")
        words.truncate(out.width, overflow="ellipsis")
        out.print(words)


def heat_bar(heat: float, hottest: float, encoding: str, cells: int = BAR_CELLS) -> Text:
    """A bar of `cells` characters, full at `hottest`."""
    from rich.text import Text

    full, empty = "█░" if encoding.startswith("utf") else "#."
    filled = round(cells * min(heat / hottest, 1.0))
    colour = "red" if filled > cells * 2 / 3 else "yellow" if filled > cells / 3 else "blue"
    return Text.assemble((full * filled, colour), (empty * (cells - filled), "dim"))


def _segment_columns(segment: Segment, heat: float) -> tuple[str, ...]:
    return (
        f"{heat:.2f}",
        segment.id,
        str(segment.page_count),
        str(segment.visit_count),
        "archived" if segment.archived_at else moment(segment.visited_at),
        one_line(", ".join(segment.keywords)),
        one_line(segment.summary),
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
    """Show what memory holds and what waits, in numbers, and where it is kept."""
    with settings.open_memory() as memory:
        counted = {**memory.get_memory_stats(), "data_folder": str(settings.folder)}
    if settings.json:
        output.show_json(counted)
        return
    output.show_table((name.replace("_", " "), str(value)) for name, value in counted.items())


def why(
    settings: Settings,
    item_id: Annotated[str, typer.Argument(metavar="ID", help="As in page-12, fact-7, segment-3.")],
) -> None:
    """Show where a belief comes from: the pages, their words and dates, and what learnt it."""
    with settings.open_memory() as memory:
        explained = memory.why(item_id)
    if settings.json:
        output.show_json(explained)
        return
    show(f"{explained.id}: {one_line(explained.text)}")
    output.show_table(_belief(explained))
    for source in explained.sources:
        show(f"{source.page_id}  {moment(source.timestamp)}  {one_line(source.quote)!r}")


def _belief(explained: Explanation) -> list[tuple[str, str]]:
    pairs = [("learnt", f"{moment(explained.recorded_at)} by {one_line(explained.learner)}")]
    if explained.attribute:
        pairs.append(("says", f"{explained.attribute} of the {explained.subject.value}"))
    if explained.valid_from:
        until = f" until {explained.valid_to:%Y-%m-%d}" if explained.valid_to else ""
        pairs.append(("holds", f"from {explained.valid_from:%Y-%m-%d}{until}"))
    if explained.superseded_by:
        pairs.append(("superseded by", explained.superseded_by))
    return pairs

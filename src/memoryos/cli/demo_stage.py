"""How a demo is seen: a picture of the three tiers filling on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from memoryos.cli import look, output
from memoryos.cli.demo import Reply, Scene, Script, Stage, Timings
from memoryos.cli.output import moment, one_line, show
from memoryos.cli.pages import show_answer

if TYPE_CHECKING:
    from memoryos.cli.demo import Heated
    from memoryos.model import Fact

PAGE_SECONDS = 0.6
REPLY_SECONDS = 1.0

ROWS = 14
"""Lines of a tier; the whole picture fits a terminal of 24."""

LANGUAGES = {"en": "English", "it": "Italian", "es": "Spanish"}


def choose_stage(*, json: bool, pause: bool) -> Stage:
    """The picture on a terminal, lines where there is none, nothing to see with --json."""
    if json:
        return Stage()
    return PictureStage(pause=pause) if output.console().is_terminal else LineStage()


class LineStage(Stage):
    """A line for everything that happens."""

    @contextmanager
    def acting(self, script: Script) -> Iterator[None]:
        self._script = script
        show(_headline(script))
        yield

    def show_scene(self, scene: Scene) -> None:
        page = scene.short_term[-1]
        show(
            f"{page.id}  {moment(page.timestamp)}",
            f"  {self._script.user_name}: {one_line(page.user_input)}",
            f"  {self._script.assistant_name}: {one_line(page.agent_response)}",
        )
        for fact in scene.learnt:
            show(f"  learnt {fact.id}, {_known(fact)}")
        show(f"  {_short_term(scene)}; {_mid_term(scene)}; {_long_term(scene)}")

    def show_reply(self, reply: Reply) -> None:
        show(f"? {reply.query}")
        show_answer(reply.answer)
        if not reply.passed:
            show(f"  expected: {reply.expected or 'nothing'}")

    def show_end(self, segments: Heated, timings: Timings) -> None:
        for segment, heat in segments:
            words = one_line(", ".join(segment.keywords))
            show(f"heat {heat:.2f}  {segment.id}  {segment.page_count} pages  {words}")
        show(_told(timings), "")


class PictureStage(Stage):
    """The three tiers side by side, redrawn as pages pass through them."""

    def __init__(self, *, pause: bool) -> None:
        self._pause = pause

    @contextmanager
    def acting(self, script: Script) -> Iterator[None]:
        self._script = script
        with Live(console=output.console(), auto_refresh=False) as self._live:
            yield

    def show_scene(self, scene: Scene) -> None:
        self._live.update(_picture(self._script, scene), refresh=True)
        self._wait(PAGE_SECONDS)

    def show_reply(self, reply: Reply) -> None:
        show("", Text.assemble(("? ", "bold cyan"), (reply.query, "bold")))
        show_answer(reply.answer)
        if not reply.passed:
            show(Text(f"  expected: {reply.expected or 'nothing'}", "red"))
        self._wait(REPLY_SECONDS)

    def show_end(self, segments: Heated, timings: Timings) -> None:
        show("", "Each question warmed the topics it used:")
        look.show_segments(segments[:3])
        show("", Text(_told(timings), "green"), "")
        self._wait(REPLY_SECONDS)

    def _wait(self, seconds: float) -> None:
        if self._pause:
            time.sleep(seconds)


def _picture(script: Script, scene: Scene) -> RenderableType:
    page = scene.short_term[-1]
    said = Table.grid(padding=(0, 1))
    said.add_row(Text(script.user_name, "bold cyan"), _clipped(page.user_input))
    said.add_row(Text(script.assistant_name, "bold magenta"), _clipped(page.agent_response))
    tiers = Table.grid(expand=True)
    for _ in range(3):
        tiers.add_column(ratio=1)
    tiers.add_row(
        _tier(_short_term(scene), _pages(scene), "cyan"),
        _tier(_mid_term(scene), _topics(scene), "yellow"),
        _tier(_long_term(scene), _persona(scene), "green"),
    )
    head = Text(f"{_headline(script)}: {scene.number}, {moment(page.timestamp)}", "bold")
    return Group(head, said, tiers)


def _clipped(text: str) -> Text:
    """As much of a text as two lines of a terminal hold."""
    clipped = Text(one_line(text))
    clipped.truncate(2 * (output.console().width - 12), overflow="ellipsis")
    return clipped


def _tier(title: str, lines: Sequence[Text], colour: str) -> Panel:
    for line in lines:
        line.no_wrap, line.overflow = True, "ellipsis"
    return Panel(Group(*lines), title=title, border_style=colour, height=ROWS + 2)


def _pages(scene: Scene) -> list[Text]:
    """Short-term memory, the oldest page first: the next to be filed."""
    empty = scene.short_term_capacity - len(scene.short_term)
    lines = []
    for page in scene.short_term:
        newest = page is scene.short_term[-1]
        lines.append(Text(page.id, "bold cyan" if newest else "cyan"))
        lines.append(
            Text(
                f" {one_line(page.user_input or page.agent_response)}", "dim" if not newest else ""
            )
        )
    return lines + [Text("·", "dim")] * empty


def _topics(scene: Scene) -> list[Text]:
    """Segments, hottest first."""
    hottest = max((heat for _, heat in scene.segments), default=1.0)
    encoding = output.console().encoding
    lines = []
    for segment, heat in scene.segments[: ROWS // 2]:
        bar = look.heat_bar(heat, hottest, encoding, cells=8)
        lines.append(Text.assemble(bar, f" {heat:.1f}  {segment.page_count} pages"))
        lines.append(Text(f" {one_line(', '.join(segment.keywords))}", "dim"))
    return lines


def _persona(scene: Scene) -> list[Text]:
    """Facts, those that this page taught in bold."""
    learnt = {fact.id for fact in scene.learnt}
    return [
        Text(
            f"{'+' if fact.id in learnt else ' '} {_known(fact)}",
            "bold green" if fact.id in learnt else "",
        )
        for fact in scene.facts[-ROWS:]
    ]


def _known(fact: Fact) -> str:
    return f"{fact.attribute.replace('_', ' ')}: {one_line(fact.value)}"


def _headline(script: Script) -> str:
    return (
        f"{LANGUAGES[script.language]}: {script.user_name} talks with {script.assistant_name},"
        f" {len(script.pages)} pages"
    )


def _short_term(scene: Scene) -> str:
    return f"short term {len(scene.short_term)}/{scene.short_term_capacity}"


def _mid_term(scene: Scene) -> str:
    return f"mid term {len(scene.segments)} segments"


def _long_term(scene: Scene) -> str:
    return f"long term {len(scene.facts)} facts"


def _told(timings: Timings) -> str:
    return (
        f"{timings.keep_ms:.1f} ms to keep a page for ever, {timings.answer_ms:.1f} ms to answer"
        " (medians). No key, no model, no server."
    )

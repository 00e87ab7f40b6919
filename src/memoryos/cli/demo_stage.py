"""How a demo is seen: a picture of the three tiers filling on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.live import Live
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from memoryos.cli import look, output
from memoryos.cli.demo import Reply, Scene, Script, Stage
from memoryos.cli.output import counted, moment, one_line, show
from memoryos.text.visible import visible

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
        for fact in scene.facts:
            if fact.id in scene.learnt:
                show(f"  learnt {fact.id}, {_known(fact)}")
        show(f"  {_short_term(scene)}, {_mid_term(scene)}, {_long_term(scene)}")

    def show_reply(self, reply: Reply) -> None:
        answer = [*_answer(reply), *_evidence(reply), *_miss(reply)]
        show(f"? {reply.query}", *(f"  {line}" for line in answer))

    def show_end(self, segments: Heated, keep_ms: float, answer_ms: float) -> None:
        for segment, heat in segments:
            words = look.key_words(segment)
            show(f"heat {heat:.2f}  {segment.id}  {counted(segment.page_count, 'page')}  {words}")
        show(_told(keep_ms, answer_ms), "")


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
        show("", Text(f"? {reply.query}", "bold cyan"))
        for lines, style in (
            (_answer(reply), ""),
            (_evidence(reply), "dim"),
            (_miss(reply), "red"),
        ):
            for line in lines:
                output.console().print(Padding(Text(line, style), (0, 0, 0, 2)))
        self._wait(REPLY_SECONDS)

    def show_end(self, segments: Heated, keep_ms: float, answer_ms: float) -> None:
        show("", "Each question warmed the topics it used:")
        look.show_segments(segments[:3])
        show("", Text(_told(keep_ms, answer_ms), "green"), "")
        self._wait(REPLY_SECONDS)

    def _wait(self, seconds: float) -> None:
        if self._pause:
            time.sleep(seconds)


def _picture(script: Script, scene: Scene) -> RenderableType:
    page = scene.short_term[-1]
    head = f"{_headline(script)}  page {page.number} of {len(script.pages)}"
    said = Table.grid(padding=(0, 1))
    said.add_row(Text(script.user_name, "bold cyan"), _clipped(page.user_input))
    said.add_row(Text(script.assistant_name, "bold magenta"), _clipped(page.agent_response))
    tiers = Table.grid(expand=True)
    for _ in range(3):
        tiers.add_column(ratio=1)
    tiers.add_row(
        _tier(f"{_short_term(scene)} >", _pages(scene), "cyan"),
        _tier(f"{_mid_term(scene)} >", _topics(scene), "yellow"),
        _tier(_long_term(scene), _persona(scene), "green"),
    )
    return Group(Text(f"{head}  {moment(page.timestamp)}", "bold"), said, tiers)


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
    """Short-term memory, the oldest page first: it is the next to be filed."""
    lines = []
    for page in scene.short_term:
        newest = page is scene.short_term[-1]
        lines.append(Text(page.id, "bold cyan" if newest else "cyan"))
        lines.append(Text(f" {one_line(page.user_input)}", "" if newest else "dim"))
    return lines


def _topics(scene: Scene) -> list[Text]:
    """Segments, hottest first."""
    if not scene.segments:
        return [Text("older pages, by topic")]
    hottest = scene.segments[0][1]
    encoding = output.console().encoding
    lines = []
    for segment, heat in scene.segments[: ROWS // 2]:
        bar = look.heat_bar(heat, hottest, encoding, cells=8)
        lines.append(Text.assemble(bar, f" {heat:.1f}, {counted(segment.page_count, 'page')}"))
        lines.append(Text(f" {look.key_words(segment)}", "dim"))
    return lines


def _persona(scene: Scene) -> list[Text]:
    """Facts, those that this page taught in bold."""
    if not scene.facts:
        return [Text("what is learnt of them")]
    lines = []
    for fact in scene.facts[-ROWS:]:
        new = fact.id in scene.learnt
        lines.append(Text(f"{'+' if new else ' '} {_known(fact)}", "bold green" if new else ""))
    return lines


def _answer(reply: Reply) -> list[str]:
    return [visible(line) for line in reply.answer.text.splitlines()]


def _evidence(reply: Reply) -> list[str]:
    """A line that names the pages with their dates; none where there is no answer."""
    pages = []
    for sentence in reply.answer.sentences:
        about = f", about {sentence.event_date}" if sentence.event_date else ""
        pages.append(f"{sentence.page_id} (said {sentence.said_on}{about})")
    return [f"evidence: {'; '.join(pages)}"] if pages else []


def _miss(reply: Reply) -> list[str]:
    return [] if reply.passed else [f"expected: {reply.expected or 'nothing'}"]


def _known(fact: Fact) -> str:
    return f"{fact.attribute.replace('_', ' ')}: {one_line(fact.value)}"


def _headline(script: Script) -> str:
    language = LANGUAGES[script.language]
    return f"{script.user_name} talks with {script.assistant_name} ({language})"


def _short_term(scene: Scene) -> str:
    return f"short term {len(scene.short_term)}/{scene.short_term_capacity}"


def _mid_term(scene: Scene) -> str:
    return f"mid term {counted(len(scene.segments), 'segment')}"


def _long_term(scene: Scene) -> str:
    return f"long term {counted(len(scene.facts), 'fact')}"


def _told(keep_ms: float, answer_ms: float) -> str:
    return (
        f"{keep_ms:.1f} ms to keep a page, {answer_ms:.1f} ms to answer (medians);"
        " no key, no model, no server."
    )

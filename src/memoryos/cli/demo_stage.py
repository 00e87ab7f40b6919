"""How a demo is seen: a picture of the three tiers filling on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from memoryos.cli import look, output
from memoryos.cli.demo import Reply, Scene, Script, Stage, Timings
from memoryos.cli.output import moment, one_line, show

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.live import Live
    from rich.text import Text

    from memoryos.model import Fact, Page, Segment

PAGE_SECONDS = 0.6
REPLY_SECONDS = 1.0
ROWS = 14
"""Lines of a tier; the whole picture fits a terminal of 24."""

TITLES = {"en": "English", "it": "Italiano", "es": "Español"}


def choose_stage(*, json: bool, pause: bool) -> Stage:
    """The picture on a terminal, lines where there is none, nothing to see with --json."""
    if json:
        return DarkStage()
    return PictureStage(pause=pause) if output.console().is_terminal else LineStage()


class DarkStage:
    """Shows nothing."""

    def open(self, script: Script) -> None:
        pass

    def show_scene(self, scene: Scene) -> None:
        pass

    def show_reply(self, reply: Reply) -> None:
        pass

    def close(self, segments: tuple[tuple[Segment, float], ...], timings: Timings) -> None:
        pass


class LineStage:
    """A line for everything that happens."""

    def open(self, script: Script) -> None:
        self._script = script
        names = f"{script.user_name} talks with {script.assistant_name}"
        show(f"{TITLES[script.language]}: {names}, {len(script.pages)} pages")

    def show_scene(self, scene: Scene) -> None:
        page = scene.short_term[-1]
        show(
            f"{page.id}  {moment(page.timestamp)}",
            f"  {self._script.user_name}: {one_line(page.user_input)}",
            f"  {self._script.assistant_name}: {one_line(page.agent_response)}",
        )
        for fact in scene.learnt:
            show(f"  learnt {fact.id}: {_name(fact)}: {one_line(fact.value)}")
        show(
            f"  short term {len(scene.short_term)}/{scene.short_term_capacity}, "
            f"mid term {len(scene.segments)} segments, long term {len(scene.facts)} facts"
        )

    def show_reply(self, reply: Reply) -> None:
        show(f"? {reply.query}")
        show(*(f"  {line}" for line in output.answer_lines(reply.answer)))
        if not reply.passed:
            show(f"  expected: {reply.expected or 'nothing in memory'}")

    def close(self, segments: tuple[tuple[Segment, float], ...], timings: Timings) -> None:
        show("segments, hottest first:")
        for segment, heat in segments:
            words = one_line(", ".join(segment.keywords))
            show(f"  {heat:.2f}  {segment.id}  {segment.page_count} pages  {words}")
        show(_told(timings), "")


class PictureStage:
    """The three tiers side by side, redrawn as pages pass through them."""

    def __init__(self, *, pause: bool) -> None:
        self._pause = pause

    def open(self, script: Script) -> None:
        from rich.live import Live

        self._script = script
        self._live = Live(console=output.console(), refresh_per_second=20)
        self._live.start()

    def show_scene(self, scene: Scene) -> None:
        self._live.update(_picture(self._script, scene), refresh=True)
        self._wait(PAGE_SECONDS)

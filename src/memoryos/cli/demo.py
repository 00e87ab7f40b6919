"""The command `demo`: three short conversations become memory, and answer for it.

Everything goes through the public methods of `Memoryos`, as in anybody's program.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Annotated, Any

import typer

from memoryos.cli import output
from memoryos.cli.output import show
from memoryos.cli.pages import answer_document
from memoryos.cli.settings import ARGUMENT, Settings
from memoryos.timestamps import parse_timestamp

if TYPE_CHECKING:
    from memoryos.answerer import Answer
    from memoryos.memoryos import Memoryos
    from memoryos.model import Fact, Segment

    Heated = tuple[tuple[Segment, float], ...]

SCRIPTS = Path(__file__).with_name("demo_data")


class Language(str, Enum):
    """The languages of the bundled conversations."""

    EN = "en"
    IT = "it"
    ES = "es"


@dataclass(frozen=True, slots=True)
class Script:
    """A conversation, and what to ask about it afterwards."""

    language: str
    user_name: str
    assistant_name: str
    pages: Sequence[Mapping[str, str]]
    questions: Sequence[Mapping[str, Any]]
    """`query`, and `expect`: what the answer must hold, None where memory has none."""

    @classmethod
    def load(cls, language: Language) -> Script:
        """Read the bundled conversation of a language."""
        fields = json.loads((SCRIPTS / f"{language.value}.json").read_text(encoding="utf-8"))
        return cls(**fields)


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of the script in memory."""

    id: str
    number: int
    """Its place in the script, from 1."""
    user_input: str
    agent_response: str
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Scene:
    """What the three tiers hold once a page was kept, the last of `short_term`."""

    short_term: tuple[Kept, ...]
    short_term_capacity: int
    segments: Heated
    facts: tuple[Fact, ...]
    learnt: frozenset[str]
    """Ids of the facts that this page taught."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A question, the answer, and what the answer had to say; None means: nothing."""

    query: str
    answer: Answer
    expected: str | None

    @property
    def passed(self) -> bool:
        if self.expected is None:
            return not self.answer.found
        dates = " ".join(str(sentence.event_date) for sentence in self.answer.sentences)
        return self.expected.casefold() in f"{self.answer.text} {dates}".casefold()


class Stage:
    """Where a play is seen; on this one, nothing is."""

    @contextmanager
    def acting(self, script: Script) -> Iterator[None]:
        """While it lasts, scenes are shown."""
        yield

    def show_scene(self, scene: Scene) -> None:
        """Show the tiers once a page was kept."""

    def show_reply(self, reply: Reply) -> None:
        """Show a question and its answer."""

    def show_end(self, segments: Heated, keep_ms: float, answer_ms: float) -> None:
        """Show what the questions left behind, and how long a page and an answer took."""


class Stopwatch:
    """Times what happens within it, again and again."""

    def __init__(self) -> None:
        self._seconds: list[float] = []

    def __enter__(self) -> None:
        self._started = time.perf_counter()

    def __exit__(self, *error: object) -> None:
        self._seconds.append(time.perf_counter() - self._started)

    @property
    def median_ms(self) -> float:
        return 1000 * median(self._seconds)


class StoryClock:
    """The time of the story: a conversation of last spring is heard as it was then."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=timezone.utc)

    def __call__(self) -> datetime:
        return self.now


def demo(
    settings: Settings,
    language: Annotated[
        Language | None, typer.Option(help="Only this conversation; all three unless told.")
    ] = None,
    no_pause: Annotated[
        bool, typer.Option("--no-pause", help="Do not wait for the eye to follow.")
    ] = False,
) -> None:
    """Watch conversations become memory, then question it.

    Uses a temporary folder unless --data names one. Exits with 1 if an answer is not as expected.
    """
    from memoryos.cli.demo_stage import choose_stage

    replies: dict[str, list[Reply]] = {}
    with ExitStack() as opened:
        kept = settings.in_force["data_storage_path"].source == ARGUMENT
        folder = settings.folder
        if not kept:
            temporary = tempfile.TemporaryDirectory(prefix="memoryos-demo-")
            folder = Path(opened.enter_context(temporary))
        for chosen in [language] if language else Language:
            script, clock = Script.load(chosen), StoryClock()
            with settings.open_memory(
                **_without_a_model(settings),
                user_id=f"demo-{script.language}",
                data_storage_path=folder,
                user_name=script.user_name,
                assistant_name=script.assistant_name,
                clock=clock,
            ) as memory:
                stage = choose_stage(json=settings.json, pause=not no_pause)
                replies[script.language] = play(script, memory, clock, stage)
    passed = all(reply.passed for told in replies.values() for reply in told)
    if settings.json:
        conversations = {name: [_document(one) for one in told] for name, told in replies.items()}
        output.show_json({"passed": passed, "conversations": conversations})
    elif not kept:
        show('Now yours: memoryos add "I live in Turin.", then memoryos ask "Where do I live?"')
    else:
        show(f"Look around in it: memoryos segments --data {folder} --user {memory.user_id}")
    if not passed:
        raise typer.Exit(output.ExitCode.NO)


def _without_a_model(settings: Settings) -> dict[str, Any]:
    """The play is the rules', whatever the environment holds; a remote embedder keeps its key."""
    if settings.embedding_model_name.startswith("openai:"):
        return {}
    return {"openai_api_key": "", "openai_base_url": None}


def play(script: Script, memory: Memoryos, clock: StoryClock, stage: Stage) -> list[Reply]:
    """Keep the pages of a script one by one, then ask its questions."""
    keeping, answering = Stopwatch(), Stopwatch()
    kept: list[Kept] = []
    with stage.acting(script):
        for number, page in enumerate(script.pages, start=1):
            said, replied = page["user_input"], page["agent_response"]
            clock.now = parse_timestamp(page["timestamp"])
            known = frozenset(fact.id for fact in memory.knowledge())
            with keeping:
                page_id = memory.add_memory(said, replied, page["timestamp"])
            kept.append(Kept(page_id, number, said, replied, clock.now))
            memory.flush()
            stage.show_scene(_scene(memory, kept, known))
    replies = []
    for question in script.questions:
        with answering:
            answer = memory.answer(question["query"])
        replies.append(Reply(question["query"], answer, question["expect"]))
        stage.show_reply(replies[-1])
    stage.show_end(memory.segments(), keeping.median_ms, answering.median_ms)
    return replies


def _scene(memory: Memoryos, kept: Sequence[Kept], known: frozenset[str]) -> Scene:
    facts = memory.knowledge()
    return Scene(
        short_term=tuple(kept[-memory.get_memory_stats()["short_term_count"] :]),
        short_term_capacity=memory.engine.config.short_term_capacity,
        segments=memory.segments(),
        facts=facts,
        learnt=frozenset(fact.id for fact in facts) - known,
    )


def _document(reply: Reply) -> dict[str, Any]:
    return {
        **answer_document(reply.answer),
        "query": reply.query,
        "expected": reply.expected,
        "passed": reply.passed,
    }

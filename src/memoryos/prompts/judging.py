"""Asking whether an answer is right, and how it does on the three scores of MemoryBank.

The questions, answers and conversations that are judged are data, and so quoted. The reason is
asked for first: a verdict that follows its reason is the better for it.
"""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.llms.base import ChatRequest, Message, OutputSchema, Purpose
from memoryos.model import Page
from memoryos.prompts.layout import fenced, quote
from memoryos.prompts.pages import DATA, clip, sections, shown
from memoryos.prompts.shapes import TEXT, one_of, shape

WRONG, RIGHT = "wrong", "right"
NO, PARTLY, YES = "no", "partly", "yes"

MAX_ANSWER_CHARACTERS = 4000
"""Of an answer that is judged: what matters of a longer one has been said by then."""
MAX_OUTPUT_TOKENS = 4096
"""Room for a model that thinks first: a reply that is cut off is lost."""

VERDICT_TASK = f"""\
You mark an answer to a question about earlier conversations. You are given the known answer.
{DATA}
The answer is right if it says what the known answer says, in whatever words: more may be told \
than was asked, and a date or a number may be written in another way. It is wrong if it names \
another person, thing, number or day, if it contradicts itself or the known answer, if it leaves \
out most of what the known answer holds, or if it does not say. Where the known answer is that \
nothing is known, only an answer that says so is right.
`reason`: why, in at most 20 words. `verdict`: {RIGHT} or {WRONG}. Reply in JSON."""

RATING_TASK = f"""\
You rate how an assistant with a memory answered a question about earlier conversations. You are \
given what was said in them, what the assistant recalled, and its answer.
{DATA}
`retrieval`: does what was recalled hold what answers the question? {YES} or {NO}.
`correctness`: is the answer right by what was said? {YES}; {PARTLY}, if it holds something right \
and lacks or adds something wrong; {NO}. Where what was said does not answer the question, or what \
the question takes for granted was never said, only an answer that tells so is right.
`coherence`: does the answer read naturally, and tie what was recalled to the question? {YES}, \
{PARTLY} or {NO}. An answer may be coherent and not correct.
`reason`: why, in at most 40 words. Reply in JSON."""

VERDICT = OutputSchema("verdict", shape(reason=TEXT, verdict=one_of(WRONG, RIGHT)))
RATING = OutputSchema(
    "rating",
    shape(
        reason=TEXT,
        retrieval=one_of(NO, YES),
        correctness=one_of(NO, PARTLY, YES),
        coherence=one_of(NO, PARTLY, YES),
    ),
)


def verdict_request(*, question: str, gold: str, answer: str) -> ChatRequest:
    """Ask whether `answer` says what `gold` says."""
    return _request(
        VERDICT_TASK,
        VERDICT,
        ("Question:", [quote(question)]),
        ("Known answer:", [quote(gold)]),
        ("Answer:", [_answer(answer)]),
    )


def rating_request(
    *, question: str, said: Sequence[Page], recalled: str, answer: str
) -> ChatRequest:
    """Ask for the three scores of `answer`.

    `said` is what the right answer stands in; `recalled` is a recall laid out for a prompt, or "".
    """
    return _request(
        RATING_TASK,
        RATING,
        ("What was said:", [shown(page) for page in said]),
        ("What was recalled:", [fenced(recalled or "(nothing)")]),
        ("Question:", [quote(question)]),
        ("Answer:", [_answer(answer)]),
    )


def _request(task: str, output: OutputSchema, *parts: tuple[str, Sequence[str]]) -> ChatRequest:
    return ChatRequest(
        Purpose.JUDGING,
        (Message("system", task), Message("user", sections(*parts))),
        max_output_tokens=MAX_OUTPUT_TOKENS,
        output=output,
    )


def _answer(answer: str) -> str:
    return quote(clip(answer, MAX_ANSWER_CHARACTERS))

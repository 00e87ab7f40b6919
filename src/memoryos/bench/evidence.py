"""The questions that recall is measured by: those of which a LoCoMo file holds the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from memoryos.bench.locomo.asked import ADVERSARIAL, Asked, LeftOut, Questions, subject_of
from memoryos.bench.naming import first_of
from memoryos.bench.recall import CATEGORIES
from memoryos.bench.tables import Table, cell
from memoryos.errors import UnreadableInputError
from memoryos.text.surrogates import without_surrogates
from memoryos.transfer.locomo import Conversation
from memoryos.transfer.pages import BadRecord

KINDS: Mapping[str, str] = {
    "records": "records of the file that cannot be read",
    "conversations": "conversations",
    "pages": "pages",
    "questions": "questions",
    "empty_sessions": "sessions without talk",
    "evidence": "evidence that names no words of its conversation",
    "without_evidence": "questions without evidence",
}
"""What is left out, in words."""

NAMED = 12
"""Of each kind, in a table; the figures have them all."""
REASONS = 5
"""Given where nothing is left to ask."""


def choose(conversations: Sequence[Conversation], bad: Sequence[BadRecord]) -> Questions:
    """What `bench locomo` asks, but of category 5 and what has no evidence. A conversation of
    which nothing is asked is there all the same: its pages cost, and are searched.

    `bad` are records of the file that were passed over. Raises UnreadableInputError where there is
    nothing to ask, and says why.
    """
    left_out = LeftOut(records=[str(record) for record in bad])
    subjects = [
        replace(subject, asked=tuple(filter(_has_evidence, subject.asked)))
        for conversation in map(_without_adversarial, conversations)
        if (subject := subject_of(conversation, left_out)) is not None
    ]
    if not any(subject.asked for subject in subjects):
        raise UnreadableInputError(
            f"no question of the file, categories 1 to 4, has evidence in it{_why(left_out)}"
        )
    in_file = Counter(item.category for talk in conversations for item in talk.questions)
    return Questions(tuple(subjects), left_out, in_file, len(conversations))


def named(left_out: LeftOut) -> dict[str, list[str]]:
    """What is left out, by kind, as a report has it."""
    return {
        kind: [without_surrogates(name) for name in names]
        for kind, names in asdict(left_out).items()
    }


def table(left_out: Mapping[str, Sequence[str]]) -> Table:
    """What is left out, counted and named."""
    rows = tuple(
        (what, cell(len(names)), first_of(names, NAMED, rest="in summary.json"))
        for kind, what in KINDS.items()
        if (names := left_out.get(kind, ()))
    )
    return Table("Left out", ("what", "how many", "which"), rows or (("nothing", "0", ""),))


def _without_adversarial(conversation: Conversation) -> Conversation:
    kept = [item for item in conversation.questions if item.category != ADVERSARIAL]
    return replace(conversation, questions=tuple(kept))


def _has_evidence(asked: Asked) -> bool:
    return asked.question.category in CATEGORIES and bool(asked.evidence)


def _why(left_out: LeftOut) -> str:
    reasons = [
        f"{KINDS[kind]}: {name}" for kind, names in named(left_out).items() for name in names
    ]
    return f"; left out: {first_of(reasons, REASONS)}" if reasons else ""

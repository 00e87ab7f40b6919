"""What is asked of a LoCoMo file, and what is left out of it, by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from itertools import islice

from memoryos.bench.recall import ASKED_AFTER, split_evidence
from memoryos.clock import utc_now
from memoryos.config import DEFAULT_ASSISTANT_ID, MAX_HALF_BYTES
from memoryos.errors import InvalidArgumentError, UsageError
from memoryos.intake import check_draft, check_identifier, check_owner, check_query
from memoryos.model import PageDraft
from memoryos.text.surrogates import without_surrogates
from memoryos.transfer.locomo import Conversation, Question
from memoryos.transfer.pages import BadRecord

CATEGORIES: Mapping[int, str] = {
    1: "several hops",
    2: "time",
    3: "open domain",
    4: "one hop",
    5: "adversarial",
}
SCORED = (1, 2, 3, 4)
ADVERSARIAL = 5
"""The conversation does not answer it: an answer is right if it says so."""

NOTHING_AFTER = datetime.max.replace(tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that is asked, with its evidence that the conversation holds in words."""

    sample_id: str
    question: Question
    evidence: tuple[str, ...]

    @property
    def key(self) -> tuple[str, int]:
        return self.sample_id, self.question.number


@dataclass(frozen=True, slots=True)
class Subject:
    """A conversation whose questions are asked, with the pages that memory can keep."""

    conversation: Conversation
    drafts: tuple[PageDraft, ...]
    said_last: datetime
    asked: tuple[Asked, ...]

    @property
    def asked_at(self) -> datetime:
        """A day after the last session, whenever it is run."""
        return self.said_last + ASKED_AFTER


@dataclass(slots=True)
class LeftOut:
    """What is passed over, each named with its reason."""

    records: list[str] = field(default_factory=list)
    """Of the file, that cannot be read."""
    conversations: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    empty_sessions: list[str] = field(default_factory=list)
    evidence: list[str] = field(default_factory=list)
    """Ids that name no words of the conversation; their questions are asked."""
    without_evidence: list[str] = field(default_factory=list)
    """Questions that are asked, and count in no evidence recall."""

    @property
    def reasons(self) -> list[str]:
        """Why something is not asked, what weighs most first."""
        return [*self.records, *self.conversations, *self.questions, *self.pages]


@dataclass(frozen=True, slots=True)
class Questions:
    """All that a file asks."""

    subjects: tuple[Subject, ...]
    left_out: LeftOut
    in_file: Mapping[int, int]
    """Category -> how many questions the file has of it, those left out included."""
    conversations_in_file: int


def choose(
    conversations: Sequence[Conversation], bad: Sequence[BadRecord], *, limit: int | None
) -> Questions:
    """The questions to ask, in the order of the file; the first `limit` of them, and then what is
    left out before and among them alone. Records that cannot be read are told of the whole file.
    """
    left_out = LeftOut(records=[str(record) for record in bad])
    subjects: list[Subject] = []
    left = limit
    for conversation in conversations:
        if left == 0:
            break
        subject = subject_of(conversation, left_out, limit=left)
        if subject is None or not subject.asked:
            continue
        left = None if left is None else left - len(subject.asked)
        subjects.append(subject)
    return Questions(
        tuple(subjects),
        left_out,
        Counter(
            question.category
            for conversation in conversations
            for question in conversation.questions
        ),
        len(conversations),
    )


def subject_of(
    conversation: Conversation, left_out: LeftOut, *, limit: int | None = None
) -> Subject | None:
    """The conversation as memory can keep it and be asked, with its first `limit` questions; None,
    and its reason in `left_out`, if it cannot."""
    name = conversation.sample_id[:60]
    try:
        check_owner(conversation.sample_id, DEFAULT_ASSISTANT_ID)
        check_identifier(conversation.speaker_a, "speaker_a")
        check_identifier(conversation.speaker_b, "speaker_b")
    except InvalidArgumentError as error:
        left_out.conversations.append(f"{name}: {error}")
        return None
    left_out.empty_sessions += [f"{name} {session}" for session in conversation.empty_sessions]
    drafts = tuple(_drafts(conversation, left_out))
    if not drafts:
        count = len(conversation.questions)
        left_out.conversations.append(f"{name}: has no page; questions not asked: {count:,}")
        return None
    said_last = max(draft.timestamp for draft in drafts)
    if said_last > NOTHING_AFTER - ASKED_AFTER:
        left_out.conversations.append(f"{name}: its last day is the last that dates reach")
        return None
    asked = tuple(islice(_asked(conversation, left_out), limit))
    return Subject(conversation, drafts, said_last, asked)


def _drafts(conversation: Conversation, left_out: LeftOut) -> Iterator[PageDraft]:
    for page in conversation.pages:
        try:
            yield check_draft(
                page.user_input,
                page.agent_response,
                timestamp=page.timestamp,
                meta_data=page.meta_data,
                conversation_id=page.conversation_id,
                now=utc_now(),
                max_half_bytes=MAX_HALF_BYTES,
            )
        except UsageError as error:
            left_out.pages.append(f"{page.where}: {error}")


def _asked(conversation: Conversation, left_out: LeftOut) -> Iterator[Asked]:
    seen: set[tuple[object, ...]] = set()
    for question in conversation.questions:
        where = f"{conversation.sample_id} question {question.number}"
        same = (question.text, question.category, question.answer)
        if problem := _problem(question) or ("repeats another" if same in seen else None):
            left_out.questions.append(f"{where}: {problem}")
            continue
        seen.add(same)
        held, missing = split_evidence(conversation, question)
        left_out.evidence += [f"{where}: {entry[:40]}" for entry in missing]
        if not held:
            left_out.without_evidence.append(where)
        yield Asked(conversation.sample_id, _sendable(question), tuple(held))


def _sendable(question: Question) -> Question:
    """As a model and a judge can be sent it."""
    text = check_query(question.text, max_bytes=MAX_HALF_BYTES)
    return replace(question, text=text, answer=without_surrogates(question.answer))


def _problem(question: Question) -> str | None:
    """Why a question cannot be asked and scored; None if it can."""
    if question.category not in CATEGORIES:
        return f"has the category {question.category}, which is none of 1 to 5"
    if question.category != ADVERSARIAL and not question.answer:
        return "has no answer"
    try:
        check_query(question.text, max_bytes=MAX_HALF_BYTES)
    except InvalidArgumentError as error:
        return str(error)
    return None

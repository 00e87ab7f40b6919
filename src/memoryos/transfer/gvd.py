"""The GVD data: users' days with a companion, and questions that probe the memory of them.

As MemoryBank (Zhong et al. 2023, arXiv 2305.10250) published it: a JSON file of users with their
days (`memory_bank_en.json`), and a file of questions, one JSON object a line, user -> questions
(`probing_questions_en.jsonl`). A page is one exchange; all pages of a day carry the day's noon in
UTC, for the file tells no hour, and keep their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from typing import Any

from memoryos.errors import UnreadableInputError, UsageError
from memoryos.intake import check_identifier
from memoryos.transfer import checks
from memoryos.transfer.imported import field
from memoryos.transfer.lines import read_object
from memoryos.transfer.pages import BadRecord, OnBad, PageRecord, stop

NOON = time(12, tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody's days with the companion."""

    name: str
    """Without the spaces around it that the published file has in places."""
    days: Mapping[date, tuple[PageRecord, ...]]
    """The days on which something was said, in order."""

    @property
    def pages(self) -> tuple[PageRecord, ...]:
        """Of all days, in order."""
        return tuple(page for pages in self.days.values() for page in pages)


def read_users(data: object, *, on_bad: OnBad = stop) -> tuple[User, ...]:
    """The users of a parsed memory bank, in its order.

    Each bad user, day or exchange, and each day without any, is given to `on_bad` and passed over;
    the default raises UnreadableInputError. So does data of another form.
    """
    if not isinstance(data, dict) or not _is_bank(data):
        raise UnreadableInputError(
            "this is no memory bank of GVD: it should be an object of users, each with a history"
            " of days"
        )
    users: dict[str, User] = {}
    for key, record in data.items():
        name = key.strip()
        try:
            check_identifier(name, "the name")
            history = field(record, "history", dict)
        except UsageError as error:
            on_bad(BadRecord(name, str(error)))
            continue
        if name in users:
            on_bad(BadRecord(name, "is there twice"))
            continue
        days = dict(sorted(_days(name, history, on_bad)))
        if days:
            users[name] = User(name, days)
        else:
            on_bad(BadRecord(name, "has no day with an exchange"))
    return tuple(users.values())


def read_questions(
    lines: Iterable[bytes | None], *, on_bad: OnBad = stop
) -> dict[str, tuple[str, ...]]:
    """User -> the questions of a file that names users, each question once.

    Each bad line, list or question, and each that is there twice, is given to `on_bad` and passed
    over; the default raises UnreadableInputError.
    """
    questions: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, start=1):
        if line is not None and not line.strip():
            continue
        where = f"questions, line {number}"
        try:
            record = read_object(line)
        except UnreadableInputError as error:
            on_bad(BadRecord(where, str(error)))
            continue
        for key, asked in record.items():
            name = key.strip()
            if name in questions:
                on_bad(BadRecord(where, f"has questions of {name!r}, as an earlier line has"))
            else:
                questions[name] = tuple(_questions(f"{where}, {name}", asked, on_bad))
    return questions


def _is_bank(data: Mapping[str, object]) -> bool:
    return any(isinstance(record, dict) and "history" in record for record in data.values())


def _days(
    name: str, history: Mapping[str, Any], on_bad: OnBad
) -> Iterator[tuple[date, tuple[PageRecord, ...]]]:
    for key, records in history.items():
        where = f"{name} {key}"
        try:
            day = date.fromisoformat(key)
        except ValueError:
            on_bad(BadRecord(where, "is no day such as 2023-04-27"))
            continue
        if not isinstance(records, list):
            on_bad(BadRecord(where, f"is a {type(records).__name__}, not a list of exchanges"))
            continue
        pages = tuple(_pages(where, day, records, on_bad))
        if pages:
            yield day, pages
        else:
            on_bad(BadRecord(where, "has no exchange"))


def _pages(where: str, day: date, records: list[Any], on_bad: OnBad) -> Iterator[PageRecord]:
    for place, record in enumerate(records, start=1):
        here = f"{where} exchange {place}"
        try:
            said, answered = (checks.text(field(record, of, str)) for of in ("query", "response"))
        except UsageError as error:
            on_bad(BadRecord(here, str(error)))
            continue
        if not said.strip() and not answered.strip():
            on_bad(BadRecord(here, "says nothing"))
            continue
        yield PageRecord(
            here,
            user_input=said,
            agent_response=answered,
            timestamp=datetime.combine(day, NOON),
            conversation_id=day.isoformat(),
        )


def _questions(where: str, asked: object, on_bad: OnBad) -> Iterator[str]:
    if not isinstance(asked, list):
        on_bad(BadRecord(where, f"has a {type(asked).__name__}, not a list of questions"))
        return
    seen = set()
    for place, value in enumerate(asked, start=1):
        here = f"{where}, question {place}"
        try:
            question = checks.text(value).strip()
        except UsageError as error:
            on_bad(BadRecord(here, str(error)))
            continue
        if not question:
            on_bad(BadRecord(here, "is empty"))
        elif question in seen:
            on_bad(BadRecord(here, "repeats an earlier one"))
        else:
            seen.add(question)
            yield question

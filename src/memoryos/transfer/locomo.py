"""Conversations in the format of LoCoMo (Maharana et al., ACL 2024, arXiv 2402.17753).

The user is speaker A, the agent speaker B. A page is one turn of A with the replies of B that
follow in its session; turns of B that open a session make a page without user input.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from memoryos.errors import UnreadableInputError, UnreadableTimestampError
from memoryos.timestamps import parse_timestamp
from memoryos.transfer.pages import BadRecord, OnBad, PageRecord, stop

_SESSION = re.compile(r"session_([0-9]{1,9})")
_TURN_ID = re.compile(r"D:?([0-9]{1,9}):([0-9]{1,9})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says at a stretch."""

    dia_id: str
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a conversation, with the turns that answer it."""

    text: str
    answer: str
    """"" where the file gives none, as for adversarial questions."""
    category: int
    """1 several hops, 2 time, 3 open domain, 4 one hop, 5 adversarial."""
    evidence: tuple[str, ...]
    """Ids of turns; an entry that names none stands as the file has it."""
    number: int
    """Its place among those of its conversation in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The talk of two people over many sessions. `meta_data["dia_ids"]` of a page are its turns."""

    sample_id: str
    speaker_a: str
    speaker_b: str
    pages: tuple[PageRecord, ...]
    turns: Mapping[str, Turn]
    """By id, as in "D1:3"."""
    questions: tuple[Question, ...]
    empty_sessions: tuple[str, ...] = ()
    """Sessions that the file dates or lists, and in which nobody says a word."""


class _Fault(Exception):
    """What is wrong with a record; never leaves this module."""


def is_locomo(data: object) -> bool:
    """Whether parsed JSON looks like a LoCoMo file, or one conversation of it: any record does."""
    samples = data if isinstance(data, list) else [data]
    return any(isinstance(sample, dict) and "conversation" in sample for sample in samples)


def read_conversations(
    data: object, *, captions: bool = False, on_bad: OnBad = stop
) -> tuple[Conversation, ...]:
    """The conversations of a parsed LoCoMo file, in its order.

    All pages of a session carry the session's own time and keep their order. `captions` adds what
    a turn's picture shows, as "[image: …]". Each bad conversation, session, turn or question is
    given to `on_bad` and passed over; the default raises UnreadableInputError.
    """
    if not is_locomo(data):
        raise UnreadableInputError(
            "this is no LoCoMo file: it should be a list of objects with sample_id and conversation"
        )
    samples = data if isinstance(data, list) else [data]
    conversations: dict[str, Conversation] = {}
    for place, sample in enumerate(samples, start=1):
        try:
            conversation = _conversation(sample, captions=captions, on_bad=on_bad)
        except _Fault as error:
            on_bad(BadRecord(f"conversation {place}", str(error)))
            continue
        if conversation.sample_id in conversations:
            problem = f"repeats the sample_id {conversation.sample_id[:40]!r}"
            on_bad(BadRecord(f"conversation {place}", problem))
            continue
        conversations[conversation.sample_id] = conversation
    return tuple(conversations.values())


def _conversation(sample: object, *, captions: bool, on_bad: OnBad) -> Conversation:
    sample_id, talk = _text(sample, "sample_id"), _field(sample, "conversation", dict)
    speakers = (_text(talk, "speaker_a"), _text(talk, "speaker_b"))
    pages: list[PageRecord] = []
    turns: dict[str, Turn] = {}
    silent = [name for name in _dated_sessions(talk) if name not in talk]
    for session in sorted(filter(_SESSION.fullmatch, talk), key=_session_number):
        where = f"{sample_id} {session}"
        try:
            said_at = parse_timestamp(_text(talk, f"{session}_date_time"))
            records = _field(talk, session, list)
        except (_Fault, UnreadableTimestampError) as error:
            on_bad(BadRecord(where, str(error)))
            continue
        said = []
        for turn in _turns(records, where, speakers, captions=captions, on_bad=on_bad):
            if turn.dia_id in turns:
                on_bad(
                    BadRecord(f"{where} {turn.dia_id[:40]}", "repeats the dia_id of another turn")
                )
                continue
            turns[turn.dia_id] = turn
            said.append(turn)
        silent += [] if any(turn.text for turn in said) else [session]
        pages += [
            _page(exchange, f"{where} {exchange[0].dia_id}", speakers[0], said_at, session)
            for exchange in _exchanges(said, speakers[0])
        ]
    return Conversation(
        sample_id,
        *speakers,
        pages=tuple(page for page in pages if page.user_input or page.agent_response),
        turns=turns,
        questions=tuple(_questions(sample, sample_id, on_bad)),
        empty_sessions=tuple(sorted(silent, key=_session_number)),
    )


def _dated_sessions(talk: Mapping[str, Any]) -> list[str]:
    names = [name.removesuffix("_date_time") for name in talk if name.endswith("_date_time")]
    return list(filter(_SESSION.fullmatch, names))


def _session_number(name: str) -> int:
    return int(name.rpartition("_")[2])


def _turns(
    records: list[Any], where: str, speakers: tuple[str, str], *, captions: bool, on_bad: OnBad
) -> Iterator[Turn]:
    for place, record in enumerate(records, start=1):
        try:
            speaker, text = _text(record, "speaker"), _text(record, "text").strip()
            dia_id, caption = _text(record, "dia_id"), record.get("blip_caption")
        except _Fault as error:
            on_bad(BadRecord(f"{where} turn {place}", str(error)))
            continue
        if speaker not in speakers:
            problem = f"is by {speaker[:40]!r}, who is neither of {speakers}"
            on_bad(BadRecord(f"{where} turn {place}", problem))
            continue
        shown = f" [image: {caption}]" if captions and caption else ""
        yield Turn(dia_id, speaker, f"{text}{shown}".strip())


def _exchanges(turns: list[Turn], user: str) -> list[list[Turn]]:
    exchanges: list[list[Turn]] = []
    for turn in turns:
        if turn.speaker == user or not exchanges:
            exchanges.append([])
        exchanges[-1].append(turn)
    return exchanges


def _page(
    turns: list[Turn], where: str, user: str, said_at: datetime, conversation_id: str
) -> PageRecord:
    return PageRecord(
        where,
        user_input="\n".join(turn.text for turn in turns if turn.speaker == user and turn.text),
        agent_response="\n".join(turn.text for turn in turns if turn.speaker != user and turn.text),
        timestamp=said_at,
        meta_data={"dia_ids": [turn.dia_id for turn in turns]},
        conversation_id=conversation_id,
    )


def _questions(sample: object, sample_id: str, on_bad: OnBad) -> Iterator[Question]:
    try:
        has_questions = isinstance(sample, dict) and "qa" in sample
        records = _field(sample, "qa", list) if has_questions else []
    except _Fault as error:
        on_bad(BadRecord(sample_id, str(error)))
        return
    for place, record in enumerate(records, start=1):
        try:
            yield _question(record, place)
        except _Fault as error:
            on_bad(BadRecord(f"{sample_id} question {place}", str(error)))


def _question(record: object, number: int) -> Question:
    text = _text(record, "question")
    if not text.strip():
        raise _Fault("asks nothing")
    assert isinstance(record, dict)
    answer, evidence = record.get("answer"), record.get("evidence")
    if isinstance(answer, (bool, dict, list)):
        raise _Fault(f"has an answer of type {type(answer).__name__}, not str")
    if isinstance(answer, float) and not isfinite(answer):
        raise _Fault(f"has the answer {answer}, which is no number")
    return Question(
        text=text,
        answer="" if answer is None else str(answer).strip(),
        category=_field(record, "category", int),
        evidence=() if evidence is None else _evidence(_field(record, "evidence", list)),
        number=number,
    )


def _evidence(entries: list[Any]) -> tuple[str, ...]:
    """The ids of turns in it: the published file has "D8:6; D9:17", "D30:05" and "D" in places."""
    ids: list[str] = []
    for entry in map(str, entries):
        found = _TURN_ID.findall(entry)
        ids += [f"D{int(session)}:{int(turn)}" for session, turn in found] or [entry]
    return tuple(dict.fromkeys(ids))


def _text(record: object, name: str) -> str:
    text: str = _field(record, name, str)
    return text


def _field(record: object, name: str, kind: type) -> Any:
    """`record[name]`; raises _Fault unless it is there and of its kind."""
    if not isinstance(record, dict):
        raise _Fault(f"is a {type(record).__name__}, not a JSON object")
    if name not in record:
        raise _Fault(f"has no {name}")
    value = record[name]
    if not isinstance(value, kind) or isinstance(value, bool):
        raise _Fault(f"has a {name} of type {type(value).__name__}, not {kind.__name__}")
    return value

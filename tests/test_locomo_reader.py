"""The reader of LoCoMo-format files, on a conversation of our own."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from memoryos.errors import UnreadableInputError
from memoryos.transfer.locomo import BadRecord, is_locomo, read_conversations

SAMPLE: dict[str, Any] = {
    "sample_id": "boats-1",
    "conversation": {
        "speaker_a": "Ines",
        "speaker_b": "Otto",
        "session_2_date_time": "9:05 am on 3 June, 2024",
        "session_2": [
            {"speaker": "Otto", "dia_id": "D2:1", "text": "Did the paint dry?"},
            {"speaker": "Ines", "dia_id": "D2:2", "text": "It did."},
        ],
        "session_1_date_time": "12:30 am on 1 June, 2024",
        "session_1": [
            {"speaker": "Ines", "dia_id": "D1:1", "text": "I bought a boat."},
            {"speaker": "Ines", "dia_id": "D1:2", "text": "She leaks.", "blip_caption": "a boat"},
            {"speaker": "Otto", "dia_id": "D1:3", "text": "Congratulations!"},
            {"speaker": "Otto", "dia_id": "D1:4", "text": "And my sympathy."},
        ],
        "session_3_date_time": "9:05 am on 4 June, 2024",
    },
    "qa": [
        {"question": "When?", "answer": 2024, "category": 2, "evidence": ["D1:1; D2:02", "D"]},
        {"question": "Why?", "category": 5, "evidence": [], "adversarial_answer": "no"},
    ],
}


@pytest.fixture
def sample() -> dict[str, Any]:
    return copy.deepcopy(SAMPLE)


def test_a_page_is_a_turn_of_a_with_the_replies_that_follow(sample: dict[str, Any]) -> None:
    (conversation,) = read_conversations([sample])
    assert (conversation.sample_id, conversation.speaker_a, conversation.speaker_b) == (
        "boats-1",
        "Ines",
        "Otto",
    )
    assert [(page.user_input, page.agent_response) for page in conversation.pages] == [
        ("I bought a boat.", ""),
        ("She leaks.", "Congratulations!\nAnd my sympathy."),
        ("", "Did the paint dry?"),
        ("It did.", ""),
    ]
    assert [page.meta_data for page in conversation.pages] == [
        {"dia_ids": ["D1:1"]},
        {"dia_ids": ["D1:2", "D1:3", "D1:4"]},
        {"dia_ids": ["D2:1"]},
        {"dia_ids": ["D2:2"]},
    ]


def test_pages_carry_the_time_and_the_name_of_their_session(sample: dict[str, Any]) -> None:
    (conversation,) = read_conversations([sample])
    assert [page.conversation_id for page in conversation.pages] == ["session_1"] * 2 + [
        "session_2"
    ] * 2
    assert conversation.pages[0].timestamp == datetime(2024, 6, 1, 0, 30, tzinfo=timezone.utc)
    assert conversation.pages[2].timestamp == datetime(2024, 6, 3, 9, 5, tzinfo=timezone.utc)


def test_questions_name_their_evidence_whatever_the_spelling(sample: dict[str, Any]) -> None:
    (conversation,) = read_conversations(sample)
    first, second = conversation.questions
    assert (first.answer, first.category, first.evidence) == ("2024", 2, ("D1:1", "D2:2", "D"))
    assert (second.answer, second.category, second.evidence) == ("", 5, ())
    assert (first.number, second.number) == (1, 2)
    assert conversation.turns["D1:4"].text == "And my sympathy."


def test_pictures_are_told_only_where_asked_for(sample: dict[str, Any]) -> None:
    (conversation,) = read_conversations([sample], captions=True)
    assert conversation.pages[1].user_input == "She leaks. [image: a boat]"


def spoil_the_text(sample: dict[str, Any]) -> None:
    del sample["conversation"]["session_1"][2]["text"]


def spoil_the_speaker(sample: dict[str, Any]) -> None:
    sample["conversation"]["session_1"][2]["speaker"] = "Zoe"


def spoil_the_date(sample: dict[str, Any]) -> None:
    sample["conversation"]["session_2_date_time"] = "once upon a time"


def spoil_the_question(sample: dict[str, Any]) -> None:
    sample["qa"][1]["category"] = "five"


def ask_nothing(sample: dict[str, Any]) -> None:
    sample["qa"][0]["question"] = " "


def spoil_the_answer(sample: dict[str, Any]) -> None:
    sample["qa"][0]["answer"] = ["2024"]


def answer_no_number(sample: dict[str, Any]) -> None:
    sample["qa"][0]["answer"] = float("nan")


def answer_true(sample: dict[str, Any]) -> None:
    sample["qa"][0]["answer"] = True


def repeat_a_turn(sample: dict[str, Any]) -> None:
    sample["conversation"]["session_2"][1]["dia_id"] = "D1:1"


def spoil_the_name(sample: dict[str, Any]) -> None:
    sample["sample_id"] = 7


def spoil_the_questions(sample: dict[str, Any]) -> None:
    sample["qa"] = 5


def leave_the_questions_null(sample: dict[str, Any]) -> None:
    sample["qa"] = None


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (spoil_the_questions, "boats-1"),
        (leave_the_questions_null, "boats-1"),
        (spoil_the_text, "boats-1 session_1 turn 3"),
        (spoil_the_speaker, "boats-1 session_1 turn 3"),
        (spoil_the_date, "boats-1 session_2"),
        (spoil_the_question, "boats-1 question 2"),
        (ask_nothing, "boats-1 question 1"),
        (spoil_the_answer, "boats-1 question 1"),
        (answer_no_number, "boats-1 question 1"),
        (answer_true, "boats-1 question 1"),
        (repeat_a_turn, "boats-1 session_2 D1:1"),
        (spoil_the_name, "conversation 1"),
    ],
)
def test_a_bad_record_is_named_and_can_be_passed_over(
    sample: dict[str, Any], spoil: Callable[[dict[str, Any]], None], named: str
) -> None:
    spoil(sample)
    with pytest.raises(UnreadableInputError, match=f"^{named}: "):
        read_conversations([sample])
    bad: list[BadRecord] = []
    read_conversations([sample], on_bad=bad.append)
    assert [record.where for record in bad] == [named]


def test_sessions_without_talk_are_told(sample: dict[str, Any]) -> None:
    sample["conversation"]["session_4_date_time"] = "9:05 am on 5 June, 2024"
    sample["conversation"]["session_4"] = [{"speaker": "Ines", "dia_id": "D4:1", "text": " "}]
    (conversation,) = read_conversations([sample])
    assert conversation.empty_sessions == ("session_3", "session_4")
    assert len(conversation.pages) == 4


def test_a_question_may_have_neither_answer_nor_evidence(sample: dict[str, Any]) -> None:
    sample["qa"] = [{"question": "Why?", "answer": None, "category": 5}]
    (conversation,) = read_conversations([sample])
    assert [(asked.answer, asked.evidence) for asked in conversation.questions] == [("", ())]


def test_numbers_of_thousands_of_digits_are_no_sessions_and_no_turns(
    sample: dict[str, Any],
) -> None:
    endless = "1" * 5_000
    sample["conversation"][f"session_{endless}"] = []
    sample["qa"][0]["evidence"] = [f"D1:{endless}", f"D{endless}:1"]
    (conversation,) = read_conversations([sample])
    assert len(conversation.pages) == 4
    assert conversation.questions[0].evidence == (f"D1:{endless}", f"D{endless}:1")


def test_a_repeated_conversation_is_refused(sample: dict[str, Any]) -> None:
    with pytest.raises(
        UnreadableInputError, match="conversation 2: repeats the sample_id 'boats-1'"
    ):
        read_conversations([sample, sample])


def test_junk_before_a_conversation_condemns_no_file(sample: dict[str, Any]) -> None:
    bad: list[BadRecord] = []
    (conversation,) = read_conversations(["junk", sample], on_bad=bad.append)
    assert conversation.sample_id == "boats-1"
    assert [str(record) for record in bad] == ["conversation 1: is a str, not a JSON object"]


@pytest.mark.parametrize("data", [None, [], {}, {"user_input": "a"}, [1], "text"])
def test_other_json_is_no_locomo_file(data: object) -> None:
    assert not is_locomo(data)
    with pytest.raises(UnreadableInputError, match="no LoCoMo file"):
        read_conversations(data)


def test_the_published_conversations_are_read_whole(
    benchmark_data: Callable[[str], Path],
) -> None:
    data = json.loads(benchmark_data("locomo_dev.json").read_text(encoding="utf-8"))
    conversations = read_conversations(data)
    assert sum(len(conversation.pages) for conversation in conversations) == 1_438
    asked = [question for conversation in conversations for question in conversation.questions]
    assert sum(bool(question.evidence) and question.category < 5 for question in asked) == 760

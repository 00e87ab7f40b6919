"""Whom a query means."""

from __future__ import annotations

import pytest

from memoryos.model import Speaker
from memoryos.recall import Names
from memoryos.speakers import find_speaker

NAMES = Names(user="Caroline", agent="Melanie")


@pytest.mark.parametrize(
    ("query", "speaker", "bare"),
    [
        ("What did Caroline paint?", Speaker.USER, "What did paint?"),
        ("When is Melanie's birthday?", Speaker.AGENT, "When is birthday?"),
        ("Where did Mel go?", Speaker.AGENT, "Where did go?"),
        ("Where did Carolyne go?", Speaker.USER, "Where did go?"),
        ("What do Caroline and Melanie share?", None, "What do and share?"),
        ("Which car is red?", None, "Which car is red?"),
        ("What is my dog called?", Speaker.USER, "What is my dog called?"),
        ("What is your favourite film?", Speaker.AGENT, "What is your favourite film?"),
        ("What did you tell me?", None, "What did you tell me?"),
        ("Caroline?", Speaker.USER, "Caroline?"),
    ],
)
def test_a_query_means_the_one_speaker_it_names(
    query: str, speaker: Speaker | None, bare: str
) -> None:
    meant = find_speaker(query, NAMES, "en")
    assert (meant.speaker, meant.bare) == (speaker, bare)


@pytest.mark.parametrize(
    ("language", "query", "speaker"),
    [
        ("it", "Come si chiama il mio cane?", Speaker.USER),
        ("es", "¿Cuál es tu película favorita?", Speaker.AGENT),
        ("de", "Wo wohnt meine Schwester?", Speaker.USER),
        ("fr", "Où habite ta sœur ?", Speaker.AGENT),
        ("zh", "我的狗叫什么？", Speaker.USER),
    ],
)
def test_i_and_you_are_known_in_other_languages(
    language: str, query: str, speaker: Speaker
) -> None:
    assert find_speaker(query, NAMES, language).speaker is speaker


def test_a_word_that_is_also_a_name_counts_where_it_is_written_as_one() -> None:
    names = Names(user="Will", agent="Mark")
    assert find_speaker("When will it rain?", names, "en").speaker is None
    assert find_speaker("When did Will leave?", names, "en").speaker is Speaker.USER


def test_a_name_inside_unspaced_script_is_found() -> None:
    meant = find_speaker("小明喜欢什么？", Names(user="小明", agent="bot"), "zh")
    assert (meant.speaker, meant.bare) == (Speaker.USER, "喜欢什么？")


def test_an_id_for_a_name_is_no_word_of_the_query() -> None:
    names = Names(user="user_42", agent="default_assistant_profile")
    assert (
        find_speaker("Which assistant profile did the user 42 like?", names, "en").speaker is None
    )

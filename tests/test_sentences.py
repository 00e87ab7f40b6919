"""Sentences and their places (`memoryos.text.sentences`)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.sentences import split_sentences


def sentences(text):
    return [sentence.text for sentence in split_sentences(text)]


def questions(text):
    return [sentence.is_question for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I am Tom. I live in Rome! Do you?", ["I am Tom.", "I live in Rome!", "Do you?"]),
        ("I saw Dr. Smith at St. Mary's.", ["I saw Dr. Smith at St. Mary's."]),
        ("I read J. K. Rowling, e.g. at 5 p.m. today.", None),
        ("We left at 5 p.m. It rained.", ["We left at 5 p.m.", "It rained."]),
        ("It costs 3.50 euros. Cheap.", ["It costs 3.50 euros.", "Cheap."]),
        ("I am... well, tired.", ["I am... well, tired."]),
        ("I am… tom? Yes… Fine.", ["I am… tom?", "Yes…", "Fine."]),
        ("Bin am 3. Mai geboren, z. B. so.", None),
        ("i live in rome. i teach", ["i live in rome.", "i teach"]),
        ('"Really?" she said. "Yes!"', ['"Really?" she said.', '"Yes!"']),
        ("first line\nSecond line\n\nthird", ["first line", "Second line", "third"]),
        ("and then, if you can,\ncome.", None),
        ("- eggs and\n  bread\n- tea", ["- eggs and\n  bread", "- tea"]),
        ("我住在北京。你呢？好！", ["我住在北京。", "你呢？", "好！"]),
        ("Soy Tom, ¿y tú? ¡Hola!", ["Soy Tom,", "¿y tú?", "¡Hola!"]),
        ("Vivo en EE. UU. desde 2019.", None),
        ("so....what?then", None),
        ("", []),
        (" ... \n !", []),
    ],
)
def test_text_is_cut_where_sentences_end(text, expected):
    assert sentences(text) == ([text] if expected is None else expected)


@pytest.mark.parametrize(
    "lines",
    [
        ["lol", "im free on friday btw", "u coming?"],
        ["i passed!!", "the test i mean", "mum cried 😭"],
        ["cn vieni", "porta il pane"],
        [
            "so i was walking home from the station and this guy comes up to me",
            "are u nina he says",
            "turns out he found my wallet",
        ],
    ],
)
def test_every_line_of_a_message_is_a_sentence(lines):
    assert sentences("\n".join(lines)) == lines
    assert sentences("\r\n".join(lines)) == lines


WRAPPED = """\
On Sunday we drove up to the lake with the children and our neighbours from
Bremen, who had never seen it, and stayed until the sun went down behind the
hills on the far side."""


def test_prose_wrapped_at_a_width_is_cut_at_no_line_break():
    assert sentences(WRAPPED) == [WRAPPED]
    assert sentences(WRAPPED.replace("\n", "\r\n")) == [WRAPPED.replace("\n", "\r\n")]


def test_each_paragraph_is_read_by_itself():
    text = f"hi tom\nhope ur well\n\n{WRAPPED}\n\nsee you\nnina"
    assert sentences(text) == ["hi tom", "hope ur well", WRAPPED, "see you", "nina"]


@pytest.mark.parametrize(
    "text",
    ["Do you know?", "what is my name", "¿y tú?", "dove abito", "你叫什么吗", "Really?!", '"Why?"'],
)
def test_a_question_is_told_by_its_mark_or_its_first_words(text):
    assert questions(text) == [True]


@pytest.mark.parametrize("text", ["I am Tom.", "when I was a child I moved", "What a day!", "好。"])
def test_a_statement_is_no_question(text):
    assert questions(text) == [False]


@given(st.text(alphabet="aB1.!?… \n¿¡\"')。？日I", max_size=80) | st.text(max_size=200))
def test_every_sentence_stands_in_the_text_where_it_says_and_no_letter_is_lost(text):
    found = split_sentences(text)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in found)
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    kept = "".join(s.text for s in found)
    assert sum(map(str.isalnum, kept)) == sum(map(str.isalnum, text))


@pytest.mark.parametrize("mark", [".", "?", "!", "…", "'", "¿"])
def test_marks_without_end_cost_no_more_than_other_text(mark):
    """In a fraction of a second: to try each of them anew would take minutes."""
    assert len(split_sentences(mark * 50_000 + "x")) <= 1
    assert len(split_sentences("a?" + mark * 50_000 + "x")) <= 2


@pytest.mark.parametrize(
    "text", ["« Ça va ? »", "« Ça va\u202f?\u00a0»", "Really? !", 'He said "why?"']
)
def test_a_question_may_be_closed_by_other_marks(text):
    assert questions(text) == [True]

"""How a page's own words are found, and when they bear something out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.analysts.model import answers
from memoryos.analysts.model.languages import speaks_otherwise
from memoryos.analysts.model.support import Half, bears_out, fold


def found(text: str, said: str) -> str | None:
    place = Half(text).find(said)
    return text[slice(*place)] if place else None


@pytest.mark.parametrize(
    ("text", "said", "words"),
    [
        ("I’m  a\nnurse.", "i'm a NURSE", "I’m  a\nnurse"),
        ("Zoe\u0308 — hello", "zoë - hello", "Zoe\u0308 — hello"),
        ("in der Straße", "strasse", "Straße"),
        ("我住在北京。", "北京", "北京"),
        ("サーバー", "サ", "サ"),
        ("وأعيش في القاهرة", "أعيش", "أعيش"),
        ("cannot, can", "can", "can"),
        ("eine Kranken\xadschwester", "Kranken\\xadschwester", "Kranken\xadschwester"),
        (r"in C:\xadmin", r"C:\xadmin", r"C:\xadmin"),
    ],
)
def test_words_are_found_however_they_are_spelt(text, said, words):
    assert found(text, said) == words


@pytest.mark.parametrize("said", ["", " ", "can", "not", "canno", "cannot go"])
def test_half_a_word_is_not_found(said):
    assert found("I cannot", said) is None


def test_half_a_character_is_not_found():
    assert found("¾ of it", "3") is None


@given(st.text(max_size=40), st.text(max_size=6), st.text(max_size=40))
def test_what_is_found_says_the_same(before, said, after):
    text = f"{before} {said} {after}"
    words = found(text, said)
    if fold(said):
        assert words is not None
        assert fold(words) == fold(said)


def test_names_and_numbers_take_the_spelling_of_the_page():
    half = Half("we went to PARIS with Zoë in 2019")
    assert half.spelt("went to Paris in 2019 with Zoe") == "went to PARIS in 2019 with Zoë"
    assert half.spelt("went to Rome") is None
    assert half.spelt("went in 2020") is None
    assert half.spelt("The trip I liked") == "The trip I liked"


def test_of_chinese_every_character_must_be_there():
    assert Half("我叫李雷，住在Berlin").spelt("李雷住在berlin") == "李雷住在berlin"
    assert Half("我叫李雷").spelt("李明") is None
    assert bears_out("我住在北京", "北京", "zh")
    assert not bears_out("我住在北京", "南京", "zh")


@pytest.mark.parametrize(
    ("value", "is_borne_out"),
    [
        ("nurse", True),
        ("nurses", True),
        ("night nurse", True),
        ("a senior night nurse", False),
        ("the of", False),
        ("", False),
        ("🙂", False),
    ],
)
def test_half_of_the_content_words_bear_a_value_out(value, is_borne_out):
    assert bears_out("I work as a nurse", value, "en") is is_borne_out


@pytest.mark.parametrize(
    ("text", "page", "is_otherwise"),
    [
        ("lives in Köln", "Ich wohne in Köln mit meinem Hund.", True),
        ("wohnt in Köln", "Ich wohne in Köln mit meinem Hund.", False),
        ("lives in León", "Vivo en León con mi perra.", True),
        ("vive en León", "Vivo en León con mi perra.", False),
        ("lives in 成都", "我和我的狗豆豆一起住在成都。", True),
        ("住在成都", "我和我的狗豆豆一起住在成都。", False),
        ("has a dog", "Ieri sono stato in montagna con mia sorella.", True),
        ("Müsli", "Mein Hund heißt Müsli.", False),
    ],
)
def test_names_of_the_page_do_not_hide_another_language(text, page, is_otherwise):
    """M4."""
    assert speaks_otherwise(text, page) is is_otherwise


def test_languages_differ_only_where_both_are_sure():
    italian = "Ieri sono stato in montagna con mia sorella."
    assert speaks_otherwise("The user was in the mountains.", italian)
    assert not speaks_otherwise("una gita in montagna con la sorella", italian)
    assert not speaks_otherwise("jazz", italian)
    assert not speaks_otherwise("The user was in the mountains.", "ok")
    assert not speaks_otherwise("The user was in the mountains.", italian, "I was there with him.")


@pytest.mark.parametrize("value", [12, 12.0, "12", "page-12", " Page-12 "])
def test_numbers_are_read_with_patience(value):
    assert answers.number(value) == 12


@pytest.mark.parametrize(
    "value", [None, True, 1.5, float("nan"), float("inf"), "", "twelve", "1-2-3", [12], "9" * 5000]
)
def test_what_is_no_number_is_none(value):
    assert answers.number(value) is None


def test_texts_come_on_one_line_with_nothing_unseen():
    assert answers.words(" a\n b\u202e\x00 ") == "a b\\u202e\\x00"

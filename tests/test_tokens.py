"""Words, stems and tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.tokens import (
    MAX_WORD_CHARACTERS,
    content_words,
    count_tokens,
    query_terms,
    stem,
    terms,
    words,
)

ANY_TEXT = st.text(st.characters(exclude_categories=[]))


def test_words_are_lower_case_with_contractions_opened() -> None:
    assert words("I can't find Tom’s CAR; we've gone") == [
        *("i", "can", "not", "find", "tom", "car"),
        *("we", "have", "gone"),
    ]


def test_elisions_are_opened() -> None:
    assert words("L'acqua dell'isola") == ["l", "acqua", "dell", "isola"]


def test_compatibility_forms_are_one_word() -> None:
    assert words("ＡＢＣ ﬁne") == ["abc", "fine"]


@pytest.mark.parametrize(
    ("language", "form", "base"),
    [
        ("en", "bought", "buying"),
        ("en", "children", "child"),
        ("it", "bevuto", "bere"),
        ("es", "hizo", "hacer"),
        ("de", "gefahren", "fahren"),
        ("fr", "bu", "boire"),
        ("it", "gatti", "gatto"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, form: str, base: str) -> None:
    assert stem(form, language) == stem(base, language)


def test_a_verb_and_a_noun_that_look_alike_are_not_torn_apart() -> None:
    assert stem("lives", "en") == stem("live", "en")


def test_stop_words_are_left_out_unless_nothing_else_is_said() -> None:
    assert content_words("Who is the baker?", "en") == ["baker"]
    assert content_words("Who are you?", "en") == ["who", "are", "you"]


def test_cjk_is_indexed_by_characters_and_pairs_beside_other_words() -> None:
    """R3."""
    assert terms("猫咪 and cats", "zh") == ["猫", "咪", "猫咪", "and", "cats"]


def test_a_query_word_is_stemmed_in_every_language_of_the_index() -> None:
    (gatti,) = query_terms("gatti", "en", ("en", "it"))
    assert gatti == (stem("gatti", "en"), stem("gatto", "it"))


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("é", 1), ("猫咪", 3)]
)
def test_tokens_are_counted_by_script(text: str, tokens: int) -> None:
    """ceil((2 * UTF-8 bytes - characters) / 4)."""
    assert count_tokens(text) == tokens


@given(ANY_TEXT, ANY_TEXT)
def test_a_joined_text_counts_no_more_than_its_parts(left: str, right: str) -> None:
    assert count_tokens(left + right) <= count_tokens(left) + count_tokens(right)


@given(ANY_TEXT, st.sampled_from(["en", "it", "zh", "ar", "other"]))
def test_any_text_has_terms_of_bounded_length(text: str, language: str) -> None:
    assert all(0 < len(term) <= MAX_WORD_CHARACTERS for term in terms(text, language))

"""Which language a text is in (`memoryos.text.language`)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifetimes import rows

from memoryos.text.language import guess_language

SHORT_LINES = rows("short_lines")
"""Lines of a few words, as people write them in chats and elsewhere.

With no language to fall back to, function words alone told 102 of the first 154, written before the
lists of everyday words, and the lists told 152. Of the other 56, written after, they told 32, and
the lists 44: the honest figure.
"""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Hello, I'm Tom and I work in a bank."),
        ("it", "Ciao! Sono Tom, lavoro come data scientist a San Francisco."),
        ("es", "¡Hola! Soy Tom, trabajo como científico de datos."),
        ("de", "Bin Lehrerin und wohne in Köln."),
        ("fr", "J’habite à Lyon depuis 2019."),
        ("zh", "我住在北京，喜欢喝茶。"),
        ("ja", "私は東京に住んでいます。"),
        ("ko", "저는 서울에 살아요."),
        ("ar", "أنا أعيش في القاهرة"),
        ("other", "Я живу в Москве"),
        ("other", "Eu sou professor e moro em Lisboa"),
        ("other", "Ik woon in Amsterdam en ben leraar"),
    ],
)
def test_a_sentence_betrays_its_language(language, text):
    assert guess_language(text, default="xx") == language


@pytest.mark.parametrize("text", ["", "Tom", "ok", "jazz piano", "Vivo a Roma", "12:30", "🙂"])
def test_a_few_words_that_cannot_tell_leave_the_default(text):
    assert guess_language(text, default="it") == "it"
    assert guess_language(text) == "en"


def test_a_foreign_word_does_not_turn_the_language():
    assert guess_language("I love 寿司 and I want to learn to make it") == "en"
    assert guess_language("我在 Google 工作，我是 software engineer") == "zh"


@pytest.mark.parametrize("language", ["en", "it", "es", "de", "fr"])
def test_nine_short_lines_of_ten_tell_their_language(language):
    lines = [line["text"] for line in SHORT_LINES if line["language"] == language]
    told = [guess_language(line, default="") for line in lines]
    assert told.count(language) >= 0.9 * len(lines)


def test_a_short_line_is_hardly_ever_taken_for_another_language_than_the_usual_one():
    wrong = [
        line
        for line in SHORT_LINES
        if guess_language(line["text"], default=line["language"]) != line["language"]
    ]
    assert len(wrong) <= 0.01 * len(SHORT_LINES)


@pytest.mark.parametrize("text", ["ok", "lol", "omg sorry", "hey", "wow super"])
def test_what_chats_in_all_languages_say_tells_none(text):
    assert guess_language(text, default="xx") == "xx"


@pytest.mark.parametrize(
    "text", ["u seen this https://www.spiegel.de/der-die-das", "mail me at il.gatto@posta.it pls"]
)
def test_an_address_tells_no_language(text):
    assert guess_language(text, default="xx") == "en"


@pytest.mark.parametrize("text", ["Q3", "C4 D8", "x2"])
def test_a_letter_beside_a_digit_is_no_word(text):
    assert guess_language(text, default="xx") == "xx"


@given(st.text(max_size=400))
def test_any_text_has_a_language(text):
    assert guess_language(text) in {"en", "it", "es", "de", "fr", "zh", "ja", "ko", "ar", "other"}

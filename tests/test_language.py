"""Which language a text is in (`memoryos.text.language`)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.language import guess_language


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


@given(st.text(max_size=400))
def test_any_text_has_a_language(text):
    assert guess_language(text) in {"en", "it", "es", "de", "fr", "zh", "ja", "ko", "ar", "other"}

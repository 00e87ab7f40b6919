"""Memory in any language: what is kept and answered is in its own, names byte for byte."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from memoryos import Memoryos

TALKS = {
    # language: what is said, a question about it, what the answer must contain
    "it": ("Il mio cane si chiama Briciola.", "Come si chiama il mio cane?", "Briciola"),
    "es": ("Mi perro se llama Ñandú.", "¿Cómo se llama mi perro?", "Ñandú"),
    "de": ("Mein Hund heißt Müsli.", "Wie heißt mein Hund?", "Müsli"),
    "fr": ("Mon chien s'appelle Éclair.", "Comment s'appelle mon chien ?", "Éclair"),
    "zh": ("我的狗叫豆豆，它很喜欢游泳。", "我的狗叫什么名字？", "豆豆"),
    "ja": ("私の犬の名前は小太郎です。", "私の犬の名前は何ですか？", "小太郎"),
    "ar": ("اسم كلبي هو برق.", "ما اسم كلبي؟", "برق"),
}


@pytest.mark.parametrize("language", TALKS)
def test_what_is_said_in_a_language_is_answered_in_it(memory: Memoryos, language: str) -> None:
    """M4."""
    said, question, name = TALKS[language]
    memory.add_memory(said, "👍")
    answer = memory.answer(question)
    assert answer.found
    assert name in answer.text
    assert name in memory.retrieve_memory(question).to_prompt()


PEOPLE = {
    "en": ("I live in Zürich and I work as a nurse.", {"home": "Zürich", "job": "nurse"}),
    "it": ("Abito a Forlì e lavoro come infermiera.", {"home": "Forlì", "job": "infermiera"}),
    "es": ("Vivo en León y trabajo como enfermera.", {"home": "León", "job": "enfermera"}),
    "de": ("Ich wohne in Köln und arbeite als Lehrerin.", {"home": "Köln", "job": "Lehrerin"}),
    "fr": ("J'habite à Orléans et je suis infirmière.", {"home": "Orléans", "job": "infirmière"}),
}


@pytest.mark.parametrize("language", PEOPLE)
def test_facts_keep_the_words_and_the_language_they_were_said_in(
    memory: Memoryos, language: str
) -> None:
    """M4."""
    said, known = PEOPLE[language]
    memory.add_memory(said, "👍")
    memory.flush()
    profile = memory.get_user_profile()
    assert {fact.attribute: fact.value for fact in profile.attributes} == known
    assert {fact.language for fact in profile.attributes} == {language}


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("昨天我和同事去爬山，看到了瀑布。", "瀑布"),
        ("週末に友達と一緒に美術館へ行きました。", "美術"),
        ("지난주에 가족과 함께 바닷가에서 캠핑을했어요.", "캠핑"),
    ],
)
def test_a_two_character_word_inside_a_sentence_is_found_without_embeddings(
    open_memory: Callable[..., Memoryos], said: str, word: str
) -> None:
    """R3."""
    memory = open_memory(embedding_model_name="none")
    for other in ("今天天气很好。", "今日は仕事が忙しいです。", "오늘은 날씨가 좋아요."):
        memory.add_memory(other, "👍")
    page_id = memory.add_memory(said, "👍")
    assert [page.id for page in memory.retrieve_memory(word).by_rank()[:1]] == [page_id]

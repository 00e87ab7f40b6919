"""With a language model, too, memory keeps to the language of the talk, names and all (M4)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from memoryos import Memoryos
from memoryos.llms.base import ChatRequest, Purpose
from memoryos.testing.scripted_model import Scripted, ScriptedModel
from memoryos.text.language import guess_language


@dataclass(frozen=True)
class Talk:
    """What is said, and what a model makes of it in its language and in English."""

    said: str
    home: str
    """As the page spells it."""
    misspelt: str
    """As careless models do."""
    fact: str
    summary: str
    english_fact: str
    english_summary: str
    question: str
    answer: str


TALKS = {
    "it": Talk(
        "Abito a Forlì con il mio cane Briciola.", "Forlì", "Forli",
        "abita a Forlì", "Si parla di Forlì, dove abita con il cane Briciola.",
        "lives in Forlì", "The user lives in Forlì with a dog called Briciola.",
        "Dove abito con il mio cane?", "Abiti a Forlì, con Briciola.",
    ),
    "es": Talk(
        "Vivo en León con mi perra Ñandú.", "León", "Leon",
        "vive en León", "Vive en León con su perra, que se llama Ñandú.",
        "lives in León", "The user lives in León with a dog called Ñandú.",
        "¿Dónde vivo con mi perra?", "Vives en León, con Ñandú.",
    ),
    "de": Talk(
        "Ich wohne in Köln mit meinem Hund Müsli.", "Köln", "Koln",
        "wohnt in Köln", "Er wohnt in Köln und hat einen Hund, der Müsli heißt.",
        "lives in Köln", "The user lives in Köln and has a dog called Müsli.",
        "Wo wohne ich mit meinem Hund?", "Du wohnst in Köln, mit Müsli.",
    ),
    "fr": Talk(
        "J'habite à Orléans avec mon chien Éclair.", "Orléans", "Orleans",
        "habite à Orléans", "Il habite à Orléans avec son chien, qui s'appelle Éclair.",
        "lives in Orléans", "The user lives in Orléans with a dog called Éclair.",
        "Où est-ce que j'habite avec mon chien ?", "Tu habites à Orléans, avec Éclair.",
    ),
    "zh": Talk(
        "我和我的狗豆豆一起住在成都。", "成都", "成都",
        "住在成都", "住在成都，养了一只叫豆豆的狗。",
        "lives in 成都", "The user lives in 成都 with a dog called 豆豆.",
        "我住在哪里？", "你和豆豆一起住在成都。",
    ),
    "ja": Talk(
        "私は犬の小太郎と一緒に札幌に住んでいます。", "札幌", "札幌",
        "札幌に住んでいる", "札幌に住んでいて、小太郎という犬を飼っている。",
        "lives in 札幌", "The user lives in 札幌 with a dog called 小太郎.",
        "私はどこに住んでいますか？", "小太郎と一緒に札幌に住んでいます。",
    ),
    "ar": Talk(
        "أسكن في القاهرة مع كلبي برق.", "القاهرة", "القاهرة",
        "يسكن في القاهرة", "يسكن في مدينة القاهرة مع كلبه الذي اسمه برق.",
        "lives in القاهرة", "The user lives in القاهرة with a dog called برق.",
        "أين أسكن مع كلبي؟", "تسكن في القاهرة مع برق.",
    ),
}  # fmt: skip


def a_model(talk: Talk, *, english: bool) -> ScriptedModel:
    """Files, learns and replies; in English if it is to forget what it was told."""
    summary = talk.english_summary if english else talk.summary
    fact = {
        "about": "user", "attribute": "home", "value": talk.misspelt, "page": 1,
        "text": talk.english_fact if english else talk.fact, "quote": talk.said,
        "since": None, "supersedes": None, "confidence": 0.9,
    }  # fmt: skip
    chain = {"pages": [1], "continues": None, "meta_chain": summary}
    topic = {"pages": [1], "segment": None, "keywords": [talk.home], "summary": summary}
    answers: dict[Purpose, dict[str, Any]] = {
        Purpose.FILING: {"chains": [chain], "topics": [topic]},
        Purpose.PROMOTION: {"facts": [fact]},
        Purpose.TRAITS: {"traits": []},
    }

    def say(request: ChatRequest) -> Scripted:
        return answers.get(request.purpose, talk.answer)

    return ScriptedModel(default=say)


@pytest.mark.parametrize("language", TALKS)
@pytest.mark.parametrize("english", [False, True], ids=["in_its_language", "in_english"])
def test_what_a_model_files_learns_and_answers_is_in_the_language_of_the_talk(
    open_memory: Callable[..., Memoryos], language: str, english: bool
) -> None:
    """M4: an answer about the page in English is mended with the page's own words."""
    talk = TALKS[language]
    model = a_model(talk, english=english)
    memory = open_memory(chat_model=model, short_term_capacity=1)
    memory.add_memory(talk.said, "👍")
    memory.add_memory("👍", "👍")
    assert not memory.flush()

    ((segment, _),) = memory.segments()
    (fact,) = memory.get_user_profile().attributes
    assert segment.learner == fact.learner == model.model
    assert (fact.value, fact.language) == (talk.home, language)
    if english:
        assert fact.text in talk.said
        assert segment.summary != talk.english_summary
    else:
        # Where no sign tells a name from a word, words that the page does not have are not kept.
        assert fact.text in (talk.fact, talk.said)
        assert segment.summary == talk.summary
    for kept in (fact.text, segment.summary):
        assert guess_language(kept, default=language) == language
        assert talk.home in kept

    assert memory.get_response(talk.question) == talk.answer
    system, asked = model.requests[-1].messages
    assert talk.home not in system.content
    assert talk.said in asked.content
    page = memory.retrieve_memory(talk.answer).by_rank()[0].page
    assert (page.user_input, page.agent_response) == (talk.question, talk.answer)

"""Answers without a language model: quoted, dated, honest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from answers import MONDAY, NAMES, NOW, recalled, recent, said
from builders import a_fact
from hypothesis import given
from hypothesis import strategies as st

from memoryos.answerer import Answer, answer, short_answer
from memoryos.embedders.base import Embeddings
from memoryos.model import Evidence, Page, Profile
from memoryos.recall import Recall, RecalledFact


def ask(query: str, recall: Recall) -> Answer:
    return answer(query, recall, now=NOW)


@pytest.mark.parametrize(
    ("query", "page", "job"),
    [
        (
            "Cosa ricordi riguardo al mio lavoro?",
            said(1, "Ciao! Sono Tom, lavoro come data scientist a San Francisco.", "Ciao Tom!"),
            "data scientist",
        ),
        (
            "¿Qué recuerdas sobre mi trabajo?",
            said(
                1, "¡Hola! Soy Tom, trabajo como científico de datos.", "¿Con qué datos trabajas?"
            ),
            "científico de datos",
        ),
        ("What is my job?", said(1, "I work as a nurse in Leeds.", "Thank you!"), "nurse"),
        ("Was ist mein Beruf?", said(1, "Ich arbeite als Lehrerin in Köln.", "Toll!"), "Lehrerin"),
        (
            "Quel est mon métier ?",
            said(1, "Je travaille comme infirmière.", "Bravo !"),
            "infirmière",
        ),
    ],
)
def test_short_term_memory_answers_even_if_recall_found_nothing(
    query: str, page: Page, job: str
) -> None:
    found = ask(query, recent(page))
    assert found.found
    assert job in found.text
    assert found.page_ids == ("page-1",)


def test_when_is_answered_with_the_day_it_was() -> None:
    """M3."""
    page = said(12, "yesterday I went to the dentist", "Ouch.")
    found = ask("When did I go to the dentist?", recalled(page))
    assert found.text == (
        "7 May 2023: “yesterday I went to the dentist” (said on 2023-05-08, page-12)"
    )
    assert str(found.sentences[0].event_date) == "2023-05-07"
    assert short_answer("When did I go to the dentist?", recalled(page), now=NOW) == "7 May 2023"


def test_a_date_is_told_in_the_language_of_the_page() -> None:
    page = said(3, "Sabato scorso ho seminato i pomodori.", "Bravo!")
    found = ask("Quando ho seminato i pomodori?", recalled(page))
    assert found.text.startswith(
        "6 maggio 2023: “Sabato scorso ho seminato i pomodori.” (detto il "
    )


def test_a_question_is_no_answer() -> None:
    page = said(
        1, "Which telescope did my uncle buy?", "Tell me about the telescope of your uncle."
    )
    assert not ask("Which telescope did my uncle buy?", recalled(page)).found


def test_a_reply_answers_the_question_before_it() -> None:
    page = said(1, "What is your favourite city?", "Lisbon, without a doubt. The light is lovely.")
    found = ask("What is Juno's favourite city?", recalled(page))
    assert found.sentences[0].text == "Lisbon, without a doubt."


def test_what_the_agent_recommended_is_told_in_its_words() -> None:
    page = said(4, "I need something to read.", "I recommend the book “Journey to Portugal”.")
    found = ask("Which book did you recommend to me?", recalled(page))
    assert "Journey to Portugal" in found.text
    assert short_answer("Which book did you recommend?", recalled(page), now=NOW) == (
        "Journey to Portugal"
    )


def test_an_answer_made_from_memory_is_no_evidence() -> None:
    echo = said(2, "What is my job?", "“I work as a nurse.” (2023-05-08, page-1)", learnable=False)
    found = ask("What is my job?", recent(said(1, "I work as a nurse.", "Thanks."), echo))
    assert found.page_ids == ("page-1",)


def test_a_fact_answers_with_the_words_it_rests_on() -> None:
    fact = a_fact(evidence=(Evidence(5, "These days I crunch numbers for a bank."),))
    item = RecalledFact(fact, rank=1, score=1.0, signals={})
    by_recall = Recall("", NAMES, user_knowledge=(item,))
    by_profile = Recall("", NAMES, profile=Profile(attributes=(fact,)))
    for recall in (by_recall, by_profile):
        found = ask("What is my job?", recall)
        assert found.sentences[0].text == "These days I crunch numbers for a bank."
        assert found.page_ids == ("page-5",)


SMALL_TALK = (
    said(1, "Hi! I'm Tom, I work as a data scientist.", "Nice to meet you, Tom!"),
    said(2, "I love spicy ramen and long runs along the lake.", "What a good mix!"),
    said(3, "My sister Nora is visiting next week.", "How lovely!"),
)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Which telescope did my uncle buy?", "nothing in memory"),
        ("Chi ha vinto il torneo di scacchi?", "nulla in memoria"),
        ("¿Cuánto me cobró el fontanero?", "nada en la memoria"),
        ("Wer hat das Schachturnier gewonnen?", "nichts im Gedächtnis"),
        ("Qui a gagné le tournoi d'échecs ?", "rien en mémoire"),
        ("谁赢了象棋比赛？", "记忆中没有"),
        ("誰がチェスの試合に勝ちましたか？", "記憶はありません"),
        ("누가 체스 대회에서 이겼나요?", "기억이 없습니다"),
        ("من فاز ببطولة الشطرنج؟", "لا يوجد شيء"),
    ],
)
def test_nothing_in_memory_is_said_in_the_language_of_the_question(query: str, words: str) -> None:
    """R1."""
    for recall in (recent(*SMALL_TALK), recent()):
        found = ask(query, recall)
        assert not found.found
        assert words in found.text
        assert found.sentences == ()
        assert short_answer(query, recall, now=NOW) == ""


@pytest.mark.parametrize(
    ("query", "page", "short"),
    [
        ("How long have I known Max?", said(1, "I have known Max for three years."), "three years"),
        ("How many cats do I have?", said(1, "We have 4 cats and a garden."), "4"),
        ("Did I like the concert?", said(1, "I did not like the concert."), "No"),
        ("Mi è piaciuto il concerto?", said(1, "Il concerto mi è piaciuto."), "Sì"),
        ("Do I prefer tea or coffee?", said(1, "I prefer coffee in the morning."), "coffee"),
        ("Where did I move from?", said(1, "I moved here from Sweden."), "Sweden"),
        ("What did I book last week?", said(1, "I booked a room in Rome."), "room in Rome"),
        ("When did we win?", said(1, "We won last Friday!"), "the Friday before 8 May 2023"),
    ],
)
def test_a_short_answer_is_what_was_asked_for(query: str, page: Page, short: str) -> None:
    assert short_answer(query, recalled(page), now=NOW) == short


def test_several_things_are_named_where_several_are_asked_for() -> None:
    page = said(1, "I practise judo. I practise tennis too.")
    short = short_answer("What sports do I practise?", recalled(page), now=NOW)
    assert sorted(short.split(", ")) == ["judo", "tennis"]


def test_yesterday_in_a_question_is_seen_from_now() -> None:
    pages = [
        said(number, f"I cooked {dish}.", at=day)
        for number, dish, day in ((1, "ramen", MONDAY), (2, "soup", NOW.replace(month=5, day=31)))
    ]
    assert "soup" in ask("What did I cook yesterday?", recalled(*pages)).sentences[0].text


def test_an_embedder_tells_sentences_apart_that_words_do_not() -> None:
    def embed(texts: Sequence[str]) -> Embeddings:
        about_work = [[float("pilot" in text or "living" in text), 0.5] for text in texts]
        return np.array(about_work, dtype=np.float32)

    page = said(1, "For now I have a garden. For now I am a pilot.")
    query = "What do I do for a living for now?"
    found = answer(query, recalled(page), now=NOW, embed=embed)
    assert not found.found or found.sentences[0].text == "For now I am a pilot."


def test_a_long_sentence_is_quoted_in_part() -> None:
    found = ask("What is my job?", recent(said(1, "My job is " + "very " * 1000 + "fine")))
    assert found.found
    assert len(found.text) < 500


@given(
    query=st.text(max_size=60) | st.sampled_from(["When?", "tea or", "or", "How long", "¿", "why"]),
    user=st.text(max_size=120),
    agent=st.text(max_size=120) | st.just("Maybe 3 years ago, or “two” days; because of rain."),
)
def test_no_text_raises(query: str, user: str, agent: str) -> None:
    page = said(1, user, agent)
    for recall in (recent(page), recalled(page)):
        assert ask(query, recall).text
        short_answer(query, recall, now=NOW)

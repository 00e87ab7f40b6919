"""Short answers: the form that a question asks for, whatever surrounds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from answers import NAMES, NOW, recalled, said

from memoryos.answerer import MAX_QUESTION_CHARACTERS, answer, short_answer
from memoryos.answerer.evidence import score_sentences
from memoryos.answerer.questions import read_question
from memoryos.model import Page
from memoryos.recall import Names


def short(query: str, *turns: str) -> str:
    pages = [said(number, turn) for number, turn in enumerate(turns, start=1)]
    return short_answer(query, recalled(*pages), now=NOW)


@pytest.mark.parametrize(
    ("query", "turn", "told"),
    [
        ("When did I get the key?", "I picked up the key on Thursday.", "4 May 2023"),
        (
            "When did I get the key?",
            "I got the key last Thursday.",
            "the Thursday before 8 May 2023",
        ),
        (
            "When did I ride?",
            "I went for a ride two weekends ago.",
            "two weekends before 8 May 2023",
        ),
        (
            "When did I get the tattoo?",
            "I got the tattoo a few years ago.",
            "a few years before 8 May 2023",
        ),
        ("When is my exam?", "My exam is on the twentieth of June 2023.", "20 June 2023"),
        ("When did I buy the bike?", "i bought a bike yday btw", "7 May 2023"),
        ("When did I move in?", "moved in 2 wks ago lol", "2 wks before 8 May 2023"),
        ("Quando ho traslocato?", "Ho traslocato il primo maggio.", "1 maggio 2023"),
        (
            "Quando ho comprato la bici?",
            "Ho comprato la bici due settimane fa.",
            "due settimane prima del giorno 8 maggio 2023",
        ),
    ],
)
def test_when_is_told_as_exactly_as_it_was_said(query: str, turn: str, told: str) -> None:
    assert short(query, turn) == told


@pytest.mark.parametrize(
    ("query", "turn", "year"),
    [
        ("When did I get my turtles?", "I've had my turtles for 3 years now.", "2020"),
        ("Since when do I play the cello?", "I have been playing the cello for ten years.", "2013"),
        ("Da quando lavoro in banca? Quando ho iniziato?", "Lavoro in banca da due anni.", "2021"),
        ("¿Cuándo empecé en el banco?", "Trabajo en el banco desde hace tres años.", "2020"),
        (
            "Wann habe ich bei der Bank angefangen?",
            "Ich arbeite seit fünf Jahren bei der Bank.",
            "2018",
        ),
        ("Quand ai-je commencé à la banque ?", "Je travaille à la banque depuis deux ans.", "2021"),
    ],
)
def test_what_has_gone_on_for_so_long_tells_when_it_began(query: str, turn: str, year: str) -> None:
    assert year in short(query, turn)


def test_a_time_that_the_question_names_itself_is_no_answer() -> None:
    """It wants to know more, and about that time alone."""
    told = "I went camping in May 2022. I went camping again on 3 May 2023."
    assert short("When did I go camping in May 2023?", told) == "3 May 2023"


def test_a_question_about_a_time_alone_is_answered_by_what_was_said_in_it() -> None:
    assert short("Where was I in May 2023?", "Greetings from Lisbon!") == "Lisbon"
    assert short("Where was I in May 2022?", "Greetings from Lisbon!") == ""
    assert short("Where did I pay taxes in May 2023?", "Greetings from Lisbon!") == ""


@pytest.mark.parametrize(
    ("query", "turn", "told"),
    [
        ("How long was I in Oslo?", "I stayed in Oslo for twenty-five days.", "twenty-five days"),
        ("How often do I swim?", "I try to swim twice a week before work.", "twice a week"),
        ("How often do I swim?", "I swim every other day.", "every other day"),
        (
            "How much did the shed cost?",
            "Got the shed for forty pounds, flat in pieces.",
            "forty pounds",
        ),
        ("How much did the shed cost?", "The shed cost $1,250.", "$1,250"),
        ("How old is my teacher?", "my teacher is called Saskia, shes 74 n swears a lot", "74"),
        ("What time does my train leave?", "My train leaves at 7:45 from platform 2.", "7:45"),
        ("What colour is my bike?", "My bike? It is a dark green one.", "dark green"),
        ("Quanto costa la bici?", "La bici costa quaranta euro.", "quaranta euro"),
        ("¿Con qué frecuencia nado?", "Nado dos veces por semana.", "dos veces por semana"),
        ("Wie oft schwimme ich?", "Ich schwimme jeden Montag.", "jeden Montag"),
        ("De quelle couleur est mon vélo ?", "Mon vélo est rouge.", "rouge"),
        ("我学了多久钢琴？", "我学钢琴学了三年。", "三年"),
    ],
)
def test_what_has_a_form_of_its_own_is_told_in_it(query: str, turn: str, told: str) -> None:
    assert short(query, turn) == told


@pytest.mark.parametrize(
    ("turn", "told"), [("I bought a new car.", "new car"), ("I bought Car a kite.", "kite")]
)
def test_a_word_that_begins_a_speakers_name_may_answer(turn: str, told: str) -> None:
    """Carla may be "Car"; a "car" is something else."""
    recall = replace(recalled(said(1, turn)), names=Names("Tom", "Carla"))
    assert short_answer("What did I buy?", recall, now=NOW) == told


@pytest.mark.parametrize("ask", ["How much was", "How long was", "Where was"])
def test_figures_without_end_cost_no_more_than_other_text(ask: str) -> None:
    """In a fraction of a second: to read each of them to the end would take minutes."""
    assert short(f"{ask} the boat?", "The boat was " + "1," * 40_000 + "x")


def test_what_would_be_is_likely_at_most() -> None:
    assert short("Would I enjoy a jazz concert?", "I love jazz.") == "Likely yes"
    assert short("Would I enjoy a jazz concert?", "I never liked jazz.") == "Likely no"
    assert short("Do I like jazz?", "I love jazz.") == "Yes"


@pytest.mark.parametrize(
    ("query", "turn", "told"),
    [
        ("Did I go to Rome?", "I went to Rome, it was not cheap.", "Yes"),
        ("Did I go to Rome?", "I never went to Rome, but it must be lovely.", "No"),
        ("Did I go to Rome?", "I went to Oslo, but never to Rome.", "No"),
        ("Did I like the concert?", "No, I did not like the concert.", "No"),
        ("Did I like the concert?", "Not only did I like the concert, I cried.", "Yes"),
        ("Ho comprato la bici?", "Ho comprato la bici, non era cara.", "Sì"),
        ("Ho comprato la bici?", "Non ho comprato la bici, era cara.", "No"),
        ("¿He comprado la bici?", "He comprado la bici, no era cara.", "Sí"),
        ("¿He comprado la bici?", "No he comprado la bici porque era cara.", "No"),
        ("Habe ich das Rad gekauft?", "Ich habe das Rad gekauft, es war nicht teuer.", "Ja"),
        ("Habe ich das Rad gekauft?", "Das Rad habe ich nicht gekauft.", "Nein"),
        ("Ai-je acheté le vélo ?", "J'ai acheté le vélo, il n'était pas cher.", "Oui"),
        ("Ai-je acheté le vélo ?", "Je n'ai pas acheté le vélo.", "Non"),
        ("Ai-je acheté des pommes ?", "Je n'ai acheté que des pommes.", "Oui"),
    ],
)
def test_a_negation_denies_what_its_clause_speaks_of(query: str, turn: str, told: str) -> None:
    assert short(query, turn) == told


@pytest.mark.parametrize(
    ("query", "turns", "told"),
    [
        (
            "Did I go to Rome, and when?",
            ["I went to Rome last week, it was not cheap."],
            ["I went to Rome last week, it was not cheap."],
        ),
        (
            "Did I go to Rome and did I buy a vase?",
            ["I went to Rome. I did not buy a vase."],
            ["I went to Rome.", "I did not buy a vase."],
        ),
        (
            "Ho comprato la bici e quando?",
            ["Ho comprato la bici ieri."],
            ["Ho comprato la bici ieri."],
        ),
    ],
)
def test_two_questions_in_one_are_answered_by_whole_sentences(
    query: str, turns: list[str], told: list[str]
) -> None:
    """Yes or no would answer only one of them."""
    found = short(query, *turns)
    assert all(sentence in found for sentence in told)


@pytest.mark.parametrize(
    ("query", "page", "title"),
    [
        (
            "Which movie did you recommend to me?",
            said(
                1,
                "I plan to watch a movie with some friends, but we haven't decided on which one.",
                "“Paper Lanterns” might be a good choice. Have fun!",
            ),
            "Paper Lanterns",
        ),
        (
            "Quale film mi hai consigliato?",
            said(
                1,
                "Stasera guardo un film con gli amici, ma non sappiamo quale.",
                "«Lanterne di carta» sarebbe una buona scelta. Buona serata!",
            ),
            "Lanterne di carta",
        ),
        (
            "Welchen Film hast du mir empfohlen?",
            said(
                1,
                "Heute Abend sehe ich mit Freunden einen Film, wir wissen nicht welchen.",
                "„Papierlaternen“ wäre eine gute Wahl. Viel Spaß!",
            ),
            "Papierlaternen",
        ),
    ],
)
def test_what_was_recommended_is_in_the_agents_words(query: str, page: Page, title: str) -> None:
    recall = recalled(page)
    assert title in answer(query, recall, now=NOW).sentences[0].text
    assert title in short_answer(query, recall, now=NOW)


def test_titles_are_told_one_by_one() -> None:
    page = said(1, "Any novels?", "Try “Salt Roads”, “Nine Bells” and “The Lock Keeper”.")
    query = "Back then, which novels did you recommend?"
    told = short_answer(query, recalled(page), now=NOW)
    assert sorted(told.split(", ")) == ["Lock Keeper", "Nine Bells", "Salt Roads"]


def test_a_greeting_answers_nothing() -> None:
    page = said(1, "I need a movie for tonight.", "Hi Tom.")
    found = answer("Which two movies did you recommend to me?", recalled(page), now=NOW)
    assert "Hi Tom." not in [sentence.text for sentence in found.sentences]


def test_praise_is_no_answer() -> None:
    assert short("What did I see in Rome?", "In Rome we saw an amazing fresco.") == "fresco"


def test_what_is_asked_of_one_speaker_is_not_answered_with_the_other() -> None:
    boat = recalled(said(1, "Hm.", "I sold my wooden boat last Friday."))
    assert short_answer("When did Juno sell the wooden boat?", boat, now=NOW)
    assert short_answer("When did Tom sell the wooden boat?", boat, now=NOW) == ""
    assert not answer("When did Tom sell the wooden boat?", boat, now=NOW).found


def test_who_says_you_may_speak_of_the_one_asked_about() -> None:
    boat = recalled(said(1, "Yes!", "You sold your wooden boat last Friday, well done."))
    assert "Friday" in short_answer("When did Tom sell the wooden boat?", boat, now=NOW)


def test_the_date_is_told_in_the_language_of_the_question() -> None:
    page = said(1, "Ieri sono andato dal dentista.", "Ahi.")
    found = answer("When did I see the dentista?", recalled(page), now=NOW)
    assert found.text.startswith("7 May 2023: “Ieri sono andato dal dentista.” (said on ")


CHAT = (
    said(1, "ok so. big news!!!\nim moving to rotterdam 😱", "omg WHAT. when??"),
    said(2, "flat is 450 euro a month\ngot a cat w the flat. shes called Biscuit lol", "haha cute"),
    said(3, "me n carys broke up sunday", "nooo 😢 u ok?"),
    said(4, "ran 10k yday!!! legs r dead", "proud of u"),
)
"""As people write to each other: short lines, no capitals, several in a row."""


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("Where is Tom moving to?", "rotterdam"),
        ("How much is Tom's flat?", "450 euro"),
        ("What is Tom's cat called?", "Biscuit"),
        ("When did Tom and Carys break up?", "7 May 2023"),
        ("When did Tom run 10k?", "7 May 2023"),
    ],
)
def test_a_messenger_chat_is_answered_from(query: str, told: str) -> None:
    assert told in short_answer(query, recalled(*CHAT), now=NOW)


def test_a_sentence_of_a_chat_is_quoted_as_it_was_typed() -> None:
    found = answer("When did Tom run 10k?", recalled(*CHAT), now=NOW)
    assert found.text.startswith("7 May 2023: “ran 10k yday!!!” (said on 2023-05-08, page-4)")


def test_of_a_long_question_the_beginning_is_asked() -> None:
    page = said(1, "The boat is called Marigold.")
    query = "What is the boat called? "
    padded = query.ljust(MAX_QUESTION_CHARACTERS) + "llamas in Peru " * 1000
    assert short_answer(padded, recalled(page), now=NOW) == short_answer(
        query, recalled(page), now=NOW
    )


def test_each_half_of_an_exchange_is_read_in_its_own_language() -> None:
    page = said(1, "I do not know what they did.", "Lavoravano in fabbrica, loro due.")
    question = read_question(
        "Dove lavoravano?", NAMES, now=NOW, newest_at=None, default_language="it"
    )
    found = {item.language: item for item in score_sentences(question, recalled(page))}
    assert found["it"].exchange_coverage == found["it"].coverage == 1.0

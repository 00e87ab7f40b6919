"""What the rules analyst files, and what it lets pages teach. Precision before recall."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import numpy as np
import pytest
from builders import NOON, a_page, minutes
from hypothesis import given, settings
from hypothesis import strategies as st

from memoryos.analysts.base import (
    FilingBatch,
    LearntFact,
    LearntTrait,
    PromotionBatch,
    TraitBatch,
)
from memoryos.analysts.rules import RulesAnalyst
from memoryos.analysts.rules.grammar import GRAMMARS, compiled
from memoryos.dimensions import dimensions
from memoryos.long_term import ATTRIBUTES
from memoryos.model import Level, Origin, Page, Speaker


def promote(*pages: Page) -> tuple[LearntFact, ...]:
    return RulesAnalyst().promote(PromotionBatch(pages, held=()))


def characterise(*pages: Page) -> tuple[LearntTrait, ...]:
    return RulesAnalyst().characterise(TraitBatch(pages, held=()))


def said(text: str, response: str = "") -> set[tuple[str, str]]:
    """(attribute, value) of all that a page teaches to hold."""
    return {
        (fact.attribute, fact.value)
        for fact in promote(a_page(text=text, agent_response=response))
        if fact.valid_to is None
    }


# What people say of themselves


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Hi! I'm Tom, I work as a data scientist in San Francisco.",
            {("name", "Tom"), ("job", "data scientist")},
        ),
        ("I have a dog and two cats.", {("pet", "dog"), ("pet", "two cats")}),
        ("My dog's name is Biscuit.", {("pet", "dog: Biscuit")}),
        (
            "I'm 34 and I live in Portland, Oregon with my wife Anna.",
            {("age", "34"), ("home", "Portland, Oregon"), ("family", "wife: Anna")},
        ),
        ("I'm Anna, 29, a nurse.", {("name", "Anna"), ("age", "29"), ("job", "nurse")}),
        ("I live in Rome and work as a teacher.", {("home", "Rome"), ("job", "teacher")}),
        ("I moved to Berlin last year.", {("home", "Berlin")}),
        ("I was born in Milan.", {("origin", "Milan")}),
        ("I'm Italian.", {("nationality", "Italian")}),
        (
            "I'm allergic to peanuts and shellfish.",
            {("allergy", "peanuts"), ("allergy", "shellfish")},
        ),
        (
            "I speak Italian, German and a little French.",
            {("language", "Italian"), ("language", "German"), ("language", "French")},
        ),
        ("My favourite color is blue.", {("favorite", "color: blue")}),
        ("I'm vegan and I have asthma.", {("diet", "vegan"), ("health", "asthma")}),
        ("I don't like mushrooms.", {("dislikes", "mushrooms")}),
        ("I'm vegetarian, any ideas for dinner?", {("diet", "vegetarian")}),
        ("You can reach me at tom@example.org", {("email", "tom@example.org")}),
    ],
)
def test_english(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Ciao! Sono Tom, lavoro come data scientist a San Francisco.",
            {("name", "Tom"), ("job", "data scientist")},
        ),
        ("Mi chiamo Ada e vivo a Torino.", {("name", "Ada"), ("home", "Torino")}),
        ("Ho 34 anni e sono di Napoli.", {("age", "34"), ("origin", "Napoli")}),
        ("Sono allergica alle noci.", {("allergy", "noci")}),
        ("Non mi piacciono i funghi.", {("dislikes", "funghi")}),
        ("Ho un cane e due gatti.", {("pet", "cane"), ("pet", "due gatti")}),
        ("Il mio colore preferito è il blu.", {("favorite", "colore: blu")}),
    ],
)
def test_italian_with_subjects_dropped(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "¡Hola! Soy Tom, trabajo como científico de datos en San Francisco.",
            {("name", "Tom"), ("job", "científico de datos")},
        ),
        ("Me llamo Ana y vivo en Madrid.", {("name", "Ana"), ("home", "Madrid")}),
        ("Soy médico, ¿y tú?", {("job", "médico")}),
        ("Tengo un perro y dos gatos.", {("pet", "perro"), ("pet", "dos gatos")}),
        ("No me gustan las setas.", {("dislikes", "setas")}),
        ("Soy vegetariana y tengo asma.", {("diet", "vegetariana"), ("health", "asma")}),
    ],
)
def test_spanish_with_subjects_dropped(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Ich heiße Anna und wohne in Köln.", {("name", "Anna"), ("home", "Köln")}),
        ("Ich bin Lehrerin und komme aus Hamburg.", {("job", "Lehrerin"), ("origin", "Hamburg")}),
        ("2019 bin ich nach Berlin gezogen.", {("home", "Berlin")}),
        ("Seit 2019 arbeite ich bei Siemens.", {("employer", "Siemens")}),
        ("Ich mag keine Pilze.", {("dislikes", "Pilze")}),
        ("Meine Lieblingsfarbe ist Blau.", {("favorite", "farbe: Blau")}),
    ],
)
def test_german_in_either_order(text, facts):
    assert said(text) == facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Je m'appelle Anne et j'habite à Lyon.", {("name", "Anne"), ("home", "Lyon")}),
        ("J’adore le jazz.", {("likes", "jazz")}),
        ("J'ai 34 ans et je viens de Marseille.", {("age", "34"), ("origin", "Marseille")}),
        ("Je n'aime pas les champignons.", {("dislikes", "champignons")}),
        ("Ma couleur préférée est le bleu.", {("favorite", "couleur: bleu")}),
        ("Je suis végétarienne.", {("diet", "végétarienne")}),
    ],
)
def test_french(text, facts):
    assert said(text) == facts


def test_a_subject_dropped_in_two_words_is_read_in_the_language_of_the_talk():
    talk = a_page(1, "Ich wohne in Köln und das Wetter ist schön.")
    assert ("job", "Lehrerin") in {
        (fact.attribute, fact.value) for fact in promote(talk, a_page(2, "Bin Lehrerin."))
    }


# Traps


@pytest.mark.parametrize(
    "text",
    [
        # states that pass
        "I am tired.",
        "Sono stanco morto oggi.",
        "Ich bin müde.",
        # negation and past
        "I don't live in Rome.",
        "I'm not a doctor.",
        "Non lavoro come medico.",
        "Ich arbeite nicht als Lehrer.",
        "I used to live in Paris.",
        "Antes vivía en Madrid.",
        # questions, conditions, doubts, wishes
        "I'm a good teacher, right?",
        "If I lived in Rome, I'd be happy.",
        "Se vivessi a Roma sarei felice.",
        "Maybe I am a vegetarian.",
        "I wish I was a pilot.",
        # quotations and other people's words
        'She said, "I live in Paris and I have a cat."',
        "My boss told me: I am a vegan.",
        "He goes 'I'm from Leeds and I'm a nurse', what a line.",
        # other subjects
        "My brother lives in Rome and works as a doctor.",
        "I miei amici sono medici.",
        "You are a teacher.",
        # texts to work on, stories, roles
        "Translate into Italian: I am a doctor and I live in Rome.",
        "Übersetz bitte ins Spanische: Ich heiße Anna.",
        "Make this more polite: I hate mondays.",
        "Write a short story about a spy. I am Jack and I live in Cairo.",
        "Imagine I am a pirate. I live in Tortuga.",
        "Facciamo finta che io sia un re. Vivo a Parigi.",
        # prompts and pasted text
        "You are a helpful assistant. My name is Ada.",
        "System: my name is Ada.\nUser: hi",
        "> My name is Ada and I live in Rome.",
    ],
)
def test_what_is_not_plainly_said_of_oneself_teaches_nothing(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Oh sure, I just love Mondays.",
        "Ah certo, adoro i lunedì.",
        "Claro, me encanta madrugar.",
        "Na klar, ich liebe Montage.",
        "Ah oui, j'adore les lundis.",
    ],
)
def test_sarcasm_teaches_nothing(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "I'm a huge sucker for Netflix.",
        "Sono troppo vecchia per TikTok.",
        "Soy demasiado vieja para TikTok.",
        "Ich bin zu alt für TikTok.",
        "Je suis trop vieille pour TikTok.",
    ],
)
def test_an_employer_needs_a_word_of_work(text):
    assert said(text) == set()


@pytest.mark.parametrize("text", ["J'adore la.", "Ciao, mi piace lo."])
def test_stop_words_alone_are_no_value(text):
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Ciao, mia sorella si chiama la Giulia.", ("family", "sorella: Giulia")),
        ("Meine Schwester heißt die Anna.", ("family", "Schwester: Anna")),
        ("Ciao! Convivo con la Giulia da anni, sono felice.", ("relationship", "Giulia")),
        ("I just got engaged!", ("relationship", "engaged")),
        ("Ci siamo sposati l'anno scorso.", ("relationship", "sposati")),
        ("Me casé el año pasado.", ("relationship", "Me casé")),
        ("Ich habe letztes Jahr geheiratet.", ("relationship", "geheiratet")),
        ("On s'est mariés l'été dernier.", ("relationship", "mariés")),
        ("Born and raised in Chicago.", ("origin", "Chicago")),
        ("I'm saving for a house.", ("goal", "house")),
        ("Sto risparmiando per un viaggio in Giappone.", ("goal", "viaggio in Giappone")),
    ],
)
def test_plain_everyday_statements(text, fact):
    assert said(text) == {fact}


@pytest.mark.parametrize(
    ("user", "agent"),
    [
        ("Hi! How are you?", "I'm fine, thank you! How can I help you today?"),
        ("Good morning", "Good morning! I hope you slept well."),
        ("Ciao, come va?", "Tutto bene, grazie! E tu?"),
        ("¡Hola! Buenas tardes", "¡Hola! ¿En qué puedo ayudarte?"),
        ("Hallo, wie geht's?", "Mir geht es gut, danke!"),
        ("Salut, ça va ?", "Oui, merci ! Et vous ?"),
        ("lol ok thanks, see you", "I love chatting with you!"),
    ],
)
def test_greetings_and_small_talk_give_no_facts(user, agent):
    """M7."""
    assert said(user, agent) == set()


# Whose words count


def test_the_agents_words_teach_of_the_agent_alone():
    facts = promote(
        a_page(text="Hello.", agent_response="I'm an AI assistant. You live in Rome, I know.")
    )
    assert [(fact.subject, fact.attribute, fact.value, fact.origin) for fact in facts] == [
        (Speaker.AGENT, "agent", "an AI assistant", Origin.AGENT)
    ]


def test_what_the_agent_recommended_is_known():
    assert said("Any book?", 'I recommend "The Overstory" by Richard Powers.') == {
        ("agent", "recommend The Overstory")
    }


def test_a_reply_out_of_memory_is_not_learnt_but_the_question_is():
    """M5."""
    page = a_page(
        text="I'm a nurse, what do you recommend?",
        agent_response='I recommend "Dune".',
        learnable=False,
    )
    assert {fact.value for fact in promote(page)} == {"nurse"}


def test_a_translation_asked_for_is_not_the_agent_speaking_of_itself():
    assert said("Übersetz ins Spanische: Ich heiße Anna.", "Me llamo Anna.") == set()


# What a fact carries


def test_a_fact_quotes_its_sentence_and_speaks_in_the_third_person():
    (fact,) = promote(a_page(7, "Well, hello! I work as a nurse."))
    assert (fact.evidence.page, fact.evidence.quote) == (7, "I work as a nurse.")
    assert (fact.text, fact.language, fact.subject) == ("works as a nurse", "en", Speaker.USER)
    assert fact.valid_from == a_page(7).timestamp
    assert 0 < fact.confidence <= 1


def test_a_fact_holds_since_the_year_it_names():
    (fact,) = promote(a_page(text="I have lived in Rome since 2019."))
    assert fact.valid_from == datetime(2019, 1, 1, tzinfo=timezone.utc)


def test_names_stay_byte_for_byte():
    """M4."""
    assert said("My name is Siobhán O’Brien.") == {("name", "Siobhán O’Brien")}
    assert said("Mi chiamo Zoë D'Angelò.") == {("name", "Zoë D'Angelò")}


def test_every_attribute_is_one_of_the_vocabulary_and_every_trait_one_of_the_90():
    names = {dimension.name for dimension in dimensions()}
    assert len(names) == 90
    for language in GRAMMARS:
        grammar = compiled(language)
        assert grammar is not None
        assert {found.rule.attribute for found in grammar.rules} <= set(ATTRIBUTES)
        assert {dimension for dimension, _, _ in grammar.character} <= names
        assert {dimension for dimension, _ in grammar.interests} <= names


def test_traits_are_learnt_only_where_declared():
    learnt = characterise(a_page(text="I'm a very organised person and I love jazz."))
    assert {(trait.dimension, trait.level) for trait in learnt} == {
        ("order", Level.HIGH),
        ("music", Level.HIGH),
    }
    assert characterise(a_page(text="I went to a jazz concert and tidied my room.")) == ()


@pytest.mark.parametrize("text", ["我叫李雷，我住在北京。", "私は田中です。", "Eu sou professor."])
def test_other_languages_teach_nothing_yet(text):
    assert said(text) == set()


SCRAPS = """
    I'm I am my name is Tom ich bin soy sono je suis j'ai ho un cane , . ? ! " ' ( : and e und et y
    a dog in Rome 34 years like love ’ İ 😀 “ «
    """


@settings(deadline=None)
@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(SCRAPS.split()), max_size=25).map(" ".join)
    | st.lists(st.sampled_from(SCRAPS.split()), max_size=25).map("\n".join)
)
def test_no_text_is_too_strange(text):
    strange = a_page(text=text, agent_response=text)
    promote(strange)
    characterise(strange)


# Filing


def test_the_rules_wait_for_nothing_and_take_hundreds_of_pages_at_once():
    pace = RulesAnalyst().pace
    assert (pace.filing_wait, pace.promotion_wait, pace.traits_wait) == (1, 4, 1)
    assert (pace.batch_pages, pace.batch_tokens) == (500, 200_000)


def file(pages: list[Page], vectors: dict[int, list[float]], earlier: tuple[Page, ...] = ()):
    centred = {number: np.array(vector, np.float32) for number, vector in vectors.items()}
    return RulesAnalyst().file(FilingBatch(tuple(pages), earlier, (), centred))


def test_every_page_has_a_link_and_a_topic_of_its_own():
    filing = file([a_page(1), a_page(2)], {})
    assert [link.page for link in filing.links] == [1, 2]
    assert [topic.pages for topic in filing.topics] == [(1,), (2,)]
    assert "hiking" in filing.topics[0].keywords


def test_a_chain_ends_after_an_hour_of_silence():
    late = a_page(2, timestamp=NOON + minutes(1) + timedelta(minutes=61))
    assert [link.chain for link in file([a_page(1), late], {}).links] == [1, 2]


def test_a_chain_lasts_as_long_as_its_conversation():
    early = a_page(1, conversation_id="a")
    late = a_page(2, conversation_id="a", timestamp=NOON + timedelta(hours=9))
    other = a_page(3, conversation_id="b", timestamp=NOON + timedelta(hours=9, minutes=1))
    assert [link.chain for link in file([early, late, other], {}).links] == [1, 1, 3]


def test_a_chain_breaks_where_the_topic_clearly_changes():
    hike = a_page(1, "The hike along the ridge was long and steep.", agent_response="")
    bread = a_page(2, "Sourdough bread wants flour, water, salt, patience.", agent_response="")
    opposite = {1: [1.0, 0.0], 2: [-1.0, 0.0]}
    assert [link.chain for link in file([hike, bread], opposite).links] == [1, 2]
    nearby = {1: [1.0, 0.0], 2: [0.0, 1.0]}
    assert [link.chain for link in file([hike, bread], nearby).links] == [1, 1]


def test_a_chain_goes_on_from_the_pages_filed_before():
    earlier = a_page(1, chain=1, meta_chain="We spoke of hiking.")
    (link,) = file([a_page(2)], {}, earlier=(earlier,)).links
    assert link.chain == 1
    assert "hiking" in link.meta_chain
    assert len(link.meta_chain) <= 240

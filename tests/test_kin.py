"""Kin: a page about what falls under a word of the query is found by it."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from builders import NOON, a_page
from hypothesis import given
from hypothesis import strategies as st
from memories import NAMES, a_memory, ask

from memoryos.index.packing import POSTING
from memoryos.index.postings import Postings
from memoryos.model import Page
from memoryos.recall import Recall
from memoryos.retriever import analyse_query
from memoryos.text.kin import kin
from memoryos.text.tokens import stem

SAYINGS = [
    "We paddled the kayak down the river.",
    "My puppy chewed the sofa again.",
    "The violin exam went fine.",
    "I repainted the kitchen.",
]


def talk(*sayings: str) -> list[Page]:
    return [
        a_page(number, text, agent_response="", timestamp=NOON + timedelta(days=number))
        for number, text in enumerate(sayings, start=1)
    ]


def ids(recall: Recall) -> list[str]:
    return [page.id for page in recall.by_rank()]


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("Which pets do I have?", "page-2"),
        ("Which instrument is it?", "page-3"),
        ("Do I have a dog?", "page-2"),
    ],
)
def test_what_falls_under_a_word_is_found_by_it(query: str, page: str) -> None:
    assert ids(ask(a_memory(*talk(*SAYINGS), embedded=False), query, embedded=False))[0] == page


@pytest.mark.parametrize(
    ("query", "saying"),
    [
        ("Quali animali ho?", "Il mio cane ha rotto il divano."),
        ("¿Qué mascotas tengo?", "Mi perro rompió el sofá."),
        ("Welche Haustiere habe ich?", "Mein Hund hat das Sofa zerbissen."),
        ("Quels animaux est-ce que j'ai ?", "Mon chien a abîmé le canapé."),
    ],
)
def test_so_it_is_in_other_languages(query: str, saying: str) -> None:
    other = {"Il": "Oggi piove molto.", "Mi": "Hoy llueve mucho."}.get(saying[:2], "…")
    memory = a_memory(*talk(other, saying, other, other), embedded=False)
    assert ids(ask(memory, query, embedded=False))[0] == "page-2"


def test_the_word_itself_says_more_than_its_kin() -> None:
    memory = a_memory(*talk("Our dog sleeps.", "Our pet sleeps.", *SAYINGS[2:]), embedded=False)
    assert ids(ask(memory, "Where is my pet?", embedded=False))[:2] == ["page-2", "page-1"]


def test_a_word_of_the_query_is_no_kin_of_another() -> None:
    """It counts once: as itself."""
    dog, pet = analyse_query("dog or pet?", NAMES, now=NOON).words
    alone = analyse_query("pet?", NAMES, now=NOON).words[0]
    assert {*alone.kin} - {*pet.kin} == {dog.stems[0]}


@pytest.mark.parametrize("language", ["en", "it", "es", "de", "fr"])
def test_the_lexicon_is_of_single_words_with_kin_of_their_own(language: str) -> None:
    lexicon = kin(language)
    assert len(lexicon) > 20
    for head, under in lexicon.items():
        assert under, head
        assert head not in under
        assert all(word.isalpha() for word in (head, *under)), head


def test_a_language_without_a_lexicon_has_no_kin() -> None:
    assert kin("ja") == {}


def test_kin_are_known_by_their_stems() -> None:
    assert stem("puppies", "en") in kin("en")[stem("pets", "en")]


@given(
    st.lists(st.lists(st.integers(0, 40), unique=True, max_size=8), min_size=1, max_size=12),
    st.sets(st.integers(0, 40), min_size=1, max_size=10),
    st.integers(0, 12),
)
def test_finding_any_of_terms_is_finding_each(
    rows: list[list[int]], terms: set[int], merged: int
) -> None:
    """However many of the rows were sorted in, and although terms share their last bits."""
    spread = np.array(sorted(term % 3 + (term << 16) for term in terms), dtype=np.uint32)
    postings = Postings()
    for row, held in enumerate(rows):
        records = [(term % 3 + (term << 16), term % 5 + 1, row % 2) for term in held]
        postings.extend(np.array(records, dtype=POSTING), np.full(len(held), row, dtype=np.int32))
        if row + 1 == merged:
            postings.keep(np.ones(row + 1, dtype=np.bool_))

    def pairs(found: tuple[np.ndarray, np.ndarray]) -> list[tuple[int, ...]]:
        return [(int(row), *map(int, counts)) for row, counts in zip(*found, strict=True)]

    each = [pair for term in spread.tolist() for pair in pairs(postings.find(term))]
    assert sorted(pairs(postings.find_any(spread))) == sorted(each)

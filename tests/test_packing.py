"""Pages and facts as bytes, and back."""

from __future__ import annotations

import numpy as np
import pytest
from builders import NOON
from hypothesis import given
from hypothesis import strategies as st

from memoryos.errors import CorruptStoreError
from memoryos.index.packing import (
    PASSAGE,
    PASSAGE_TOKENS,
    POSTING,
    SPEAKERS,
    PackedText,
    pack_fact,
    pack_page,
    unpack,
)
from memoryos.index.terms import hash_grams, hash_term
from memoryos.model import PageDraft
from memoryos.text.tokens import count_tokens

LONG = " ".join(f"Sentence number {number} tells of the lighthouse." for number in range(40))


def pack(user_input: str = "", agent_response: str = "") -> PackedText:
    return pack_page(PageDraft(user_input, agent_response, NOON))


def frequencies(packed: bytes) -> dict[int, tuple[int, int]]:
    records = np.frombuffer(unpack(packed).words, dtype=POSTING)
    return {int(term): (int(user), int(agent)) for term, user, agent in records}


def test_terms_are_counted_by_speaker() -> None:
    packed = pack("The cat saw a cat.", "Which cat, Tom?")
    found = frequencies(packed.terms)
    assert found[hash_term("cat")] == (2, 1)
    assert found[hash_term("tom")] == (0, 1)
    assert unpack(packed.terms).length == sum(map(sum, found.values()))


def test_a_count_too_large_for_its_byte_stays_at_the_largest() -> None:
    assert frequencies(pack("cat " * 1000).terms)[hash_term("cat")] == (255, 0)


def test_each_half_is_a_passage_and_an_empty_one_is_none() -> None:
    assert pack("Hello there.", "Hi!").passages == ("Hello there.", "Hi!")
    assert pack("", "Welcome back.").passages == ("Welcome back.",)


def test_a_long_half_is_cut_at_ends_of_sentences() -> None:
    packed = pack(LONG, "I see.")
    *cut, answer = packed.passages
    assert answer == "I see."
    assert len(cut) > 1
    assert all(count_tokens(passage) <= PASSAGE_TOKENS for passage in cut)
    assert all(passage.startswith("Sentence") and passage.endswith(".") for passage in cut)
    assert " ".join(cut) == LONG


@pytest.mark.parametrize("letter", ["x", "猫"])
def test_a_long_half_without_sentences_is_cut_all_the_same(letter: str) -> None:
    packed = pack(letter * 2000)
    assert "".join(packed.passages) == letter * 2000
    assert all(count_tokens(passage) <= PASSAGE_TOKENS for passage in packed.passages)


def test_a_fact_is_one_passage() -> None:
    assert pack_fact(LONG).passages == (LONG,)


def test_character_grams_are_packed_only_where_the_text_is_not_english() -> None:
    assert not unpack(pack("My cat sleeps in the kitchen.").terms).grams
    italian = unpack(pack("Il mio gatto dorme nella cucina.").terms)
    assert italian.language == "it"
    assert italian.grams


def test_grams_fold_accents_and_keep_to_one_word() -> None:
    assert set(hash_grams("perché", "it")) == set(hash_grams("PERCHE", "it"))
    apart = set(hash_grams("gatto", "it")) | set(hash_grams("nero", "it"))
    assert set(hash_grams("gatto nero", "it")) == apart


@given(st.text(st.characters(exclude_categories=[])), st.text(max_size=30))
def test_any_page_is_packed_and_unpacked(user_input: str, agent_response: str) -> None:
    packed = pack(user_input, agent_response)
    spans = np.frombuffer(unpack(packed.terms).passages, dtype=PASSAGE)
    halves = dict(zip(SPEAKERS, (user_input, agent_response), strict=True))
    texts = [halves[SPEAKERS[speaker]][start:end] for speaker, start, end in spans.tolist()]
    assert tuple(texts) == packed.passages


@pytest.mark.parametrize("damage", [b"", b"\xff" * 40])
def test_bytes_of_another_version_are_refused(damage: bytes) -> None:
    with pytest.raises(CorruptStoreError, match="version"):
        unpack(damage)


def test_bytes_cut_short_are_refused() -> None:
    with pytest.raises(CorruptStoreError, match="short"):
        unpack(pack("The cat sleeps.").terms[:-1])

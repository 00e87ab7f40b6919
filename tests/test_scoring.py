"""Scores of short answers, against values worked by hand."""

from __future__ import annotations

import math
import sys

import pytest

from memoryos.bench import scoring
from memoryos.bench.scoring import abstains, bleu1, locomo_f1, set_f1
from memoryos.errors import MissingExtraError


@pytest.mark.parametrize(
    ("answer", "gold", "f1"),
    [
        # {a, red, kite} and {the, red, kite}: two in common, 2 * 2 / (3 + 3).
        ("a red kite", "The red kite!", 2 / 3),
        # As sets, a word said three times is one: {tea} and {tea, milk}.
        ("tea tea tea", "tea, milk", 2 / 3),
        ("7 May 2023", "7 May 2023", 1.0),
        # No stems here.
        ("kites", "kite", 0.0),
        ("", "kite", 0.0),
        ("...", "...", 0.0),
    ],
)
def test_the_papers_f1_takes_words_as_sets(answer: str, gold: str, f1: float) -> None:
    assert set_f1(answer, gold) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("answer", "gold", "f1"),
    [
        # Articles and punctuation go, "kites" and "flying" are stemmed: all three in common.
        ("flying the red kites", "fly a red kite!", 1.0),
        # Repeats count: {tea: 3} and {tea: 1, milk: 1}, one in common, 2 * 1 / (3 + 2).
        ("tea tea tea", "tea and milk", 2 / 5),
        # A comma is dropped before words are told apart, so that "1,000" is a word.
        ("1000 kites", "1,000 kites", 1.0),
        ("the", "a", 0.0),
    ],
)
def test_locomos_f1_counts_stems(answer: str, gold: str, f1: float) -> None:
    assert locomo_f1(answer, gold, category=4) == pytest.approx(f1)


def test_of_several_hops_each_part_of_the_gold_takes_the_best_part_of_the_answer() -> None:
    # "kites" has a match of its own (1), "model boats" shares one of two and one words: 2 / 3.
    answer = "a boat, kite, tea"
    assert locomo_f1(answer, "kites, model boats", category=1) == pytest.approx((1 + 2 / 3) / 2)
    # In any other category the commas are nothing: {boat, kite, tea} and {kite, model, boat}.
    assert locomo_f1(answer, "kites, model boats", category=4) == pytest.approx(2 * 2 / 6)


def test_of_open_domain_questions_the_gold_ends_at_its_semicolon() -> None:
    gold = "Likely yes; she flies kites; and boats"
    assert locomo_f1("likely yes", gold, category=3) == 1.0
    # {likely, yes} and {likely, yes, she, flies, kites, boats}: 2 * 2 / (2 + 6).
    assert locomo_f1("likely yes", gold, category=4) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("answer", "gold", "bleu"),
    [
        ("the red kite", "The red kite.", 1.0),
        # Both words are right, and one is missing: the brevity penalty exp(1 - 3 / 2).
        ("red kite", "the red kite", math.exp(-1 / 2)),
        # Of four words said, two are right; "red" counts once.
        ("red red kite flies", "the red kite", 2 / 4),
        ("boat", "kite", 0.0),
        ("", "kite", 0.0),
    ],
)
def test_bleu_1_is_the_precision_of_words_with_a_brevity_penalty(
    answer: str, gold: str, bleu: float
) -> None:
    assert bleu1(answer, gold) == pytest.approx(bleu)


@pytest.mark.parametrize(
    "answer",
    ["", " ", "Not mentioned.", "There is no information available", "I have nothing in memory."],
)
def test_an_answer_that_says_it_is_not_known_abstains(answer: str) -> None:
    assert abstains(answer)


def test_any_other_answer_does_not_abstain() -> None:
    assert not abstains("No, a kite")


def test_without_nltk_the_extra_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nltk.stem.porter", None)
    scoring._stemmer.cache_clear()
    with pytest.raises(MissingExtraError, match=r"memoryos-engine\[bench\]"):
        scoring.check_installed()

"""Numbers as they are written out."""

import pytest

from memoryos.text.number_words import number_words


@pytest.mark.parametrize(
    ("language", "written", "number"),
    [
        ("en", "forty-two", 42),
        ("en", "forty two", 42),
        ("it", "ventotto", 28),
        ("it", "trentatré", 33),
        ("es", "treinta y cinco", 35),
        ("es", "veintidós", 22),
        ("de", "einundsechzig", 61),
        ("fr", "quatre-vingt-onze", 91),
        ("fr", "soixante et onze", 71),
        ("fr", "vingt-et-un", 21),
    ],
)
def test_a_number_is_told_by_its_words(language: str, written: str, number: int) -> None:
    assert number_words(language)[written] == number


@pytest.mark.parametrize("language", ["en", "it", "es", "de", "fr"])
def test_every_number_below_a_hundred_has_words(language: str) -> None:
    assert set(number_words(language).values()) == set(range(100))


def test_an_unknown_language_has_none() -> None:
    assert not number_words("ja")

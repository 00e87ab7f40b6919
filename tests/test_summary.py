"""Extractive summaries (`memoryos.text.summary`)."""

from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.summary import segment_keywords, summarise

PAGES = (
    "Hi! The kayak trip down the river was wonderful.",
    "We saw herons on the river. The kayak hardly leaked. Do you kayak?",
    "Next year we will take the kayak further down the same river.",
)


def test_a_summary_is_made_of_sentences_as_they_were_said():
    summary = summarise(PAGES)
    assert "kayak" in summary
    assert any(sentence in summary for sentence in ("The kayak trip", "take the kayak further"))
    assert "Hi!" not in summary


def test_a_summary_keeps_its_bounds():
    assert len(summarise(PAGES, max_characters=40)) <= 40
    assert summarise(PAGES, max_sentences=1).count(".") == 1


def test_nothing_said_is_summed_up_as_nothing():
    assert summarise([]) == ""
    assert summarise(["", " ... "]) == ""


def test_a_segment_is_named_by_what_its_pages_share():
    pages = [("kayak", "river"), ("heron", "kayak"), ("bread",)]
    assert segment_keywords(pages, limit=2)[0] == "kayak"


@given(st.lists(st.text(max_size=120), max_size=4))
def test_any_texts_have_a_bounded_summary(texts):
    assert len(summarise(texts, max_characters=60)) <= 60

"""The words that say what a text is about (`memoryos.text.keywords`)."""

from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.keywords import keywords


def test_content_words_come_first_by_how_often_they_are_said():
    text = "My sourdough rose well. The sourdough crust was crisp, and the oven was hot."
    assert keywords(text, limit=3)[0] == "sourdough"
    assert not {"my", "the", "was", "and"} & set(keywords(text))


def test_forms_of_one_word_are_one_keyword():
    assert keywords("hiking hikes hiked", limit=5) == ("hiking",)


def test_chinese_gives_pairs_of_characters_without_particles():
    assert "北京" in keywords("我住在北京，北京的冬天很冷")


def test_a_text_without_words_has_no_keywords():
    assert keywords("") == ()
    assert keywords("... 12 !") == ()


@given(st.text(max_size=300))
def test_any_text_gives_at_most_so_many(text):
    found = keywords(text, limit=4)
    assert len(found) <= 4
    assert len(set(found)) == len(found)

"""Short-term memory is the newest pages by the time they speak of."""

from __future__ import annotations

from builders import NOON, a_page, minutes

from memoryos.short_term import newest, same_conversation


def test_the_newest_pages_come_in_order_of_time() -> None:
    pages = [a_page(number) for number in (3, 1, 2, 5, 4)]
    assert [page.number for page in newest(pages, 3)] == [3, 4, 5]


def test_an_old_page_that_arrives_late_does_not_enter() -> None:
    late = a_page(9, timestamp=NOON - minutes(60))
    assert late not in newest([a_page(1), a_page(2), late], 2)


def test_pages_of_one_time_keep_the_order_of_arrival() -> None:
    pages = [a_page(number, timestamp=NOON) for number in (2, 3, 1)]
    assert [page.number for page in newest(pages, 2)] == [2, 3]


def test_a_conversation_ends_with_its_id() -> None:
    first = a_page(1, conversation_id="a")
    assert same_conversation(first, a_page(2000, conversation_id="a"), gap_seconds=60)
    assert not same_conversation(first, a_page(2, conversation_id="b"), gap_seconds=3600)
    assert not same_conversation(first, a_page(2), gap_seconds=3600)


def test_without_an_id_a_conversation_ends_with_a_long_silence() -> None:
    assert same_conversation(a_page(1), a_page(61), gap_seconds=3600)
    assert not same_conversation(a_page(1), a_page(62), gap_seconds=3600)

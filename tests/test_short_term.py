"""Short-term memory is the newest pages by the time they speak of."""

from __future__ import annotations

import pytest
from builders import NOON, a_page, minutes

from memoryos.model import Page
from memoryos.short_term import PagesInTime, same_conversation


def in_time(*pages: Page) -> PagesInTime:
    order = PagesInTime()
    for page in pages:
        order.add([page])
    return order


def test_the_newest_pages_come_in_order_of_time() -> None:
    assert in_time(*(a_page(number) for number in (3, 1, 2, 5, 4))).newest(3) == (3, 4, 5)


def test_an_old_page_that_arrives_late_does_not_enter() -> None:
    late = a_page(9, timestamp=NOON - minutes(60))
    assert in_time(a_page(1), a_page(2), late).newest(2) == (1, 2)


def test_pages_of_one_time_keep_the_order_of_arrival() -> None:
    pages = [a_page(number, timestamp=NOON) for number in (2, 3, 1)]
    assert in_time(*pages).newest(2) == (2, 3)


@pytest.mark.parametrize("count", [3, 200])
def test_many_pages_at_once_are_in_the_order_of_one_by_one(count: int) -> None:
    pages = [a_page(number, timestamp=NOON + minutes(number % 7)) for number in range(count)]
    at_once = PagesInTime()
    at_once.add(pages)
    assert at_once.newest(count) == in_time(*pages).newest(count)


def test_a_removed_page_makes_room_for_an_older_one() -> None:
    order = in_time(a_page(1), a_page(2), a_page(3))
    order.remove({3, 99})
    assert order.newest(2) == (1, 2)


def test_a_conversation_ends_with_its_id() -> None:
    first = a_page(1, conversation_id="a")
    assert same_conversation(first, a_page(2000, conversation_id="a"), gap_seconds=60)
    assert not same_conversation(first, a_page(2, conversation_id="b"), gap_seconds=3600)
    assert not same_conversation(first, a_page(2), gap_seconds=3600)


def test_without_an_id_a_conversation_ends_with_a_long_silence() -> None:
    assert same_conversation(a_page(1), a_page(61), gap_seconds=3600)
    assert not same_conversation(a_page(1), a_page(62), gap_seconds=3600)


def test_the_pages_just_before_one_come_in_order_of_time() -> None:
    order = in_time(*(a_page(number) for number in (4, 1, 2, 5)))
    assert order.before(a_page(4), 2) == (1, 2)
    assert order.before(a_page(1), 2) == ()

"""Timestamps as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.errors import InvalidArgumentError, UnreadableTimestampError
from memoryos.timestamps import parse_timestamp

UTC = timezone.utc


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2023-05-08 13:56:00", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023-05-08 13:56", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023-05-08", datetime(2023, 5, 8, tzinfo=UTC)),
        ("20230508T135600Z", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023-05-08T13:56:00Z", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("2023-05-08T13:56:00.25Z", datetime(2023, 5, 8, 13, 56, 0, 250_000, tzinfo=UTC)),
        ("2023-05-08T13:56:00.123456789", datetime(2023, 5, 8, 13, 56, 0, 123_456, tzinfo=UTC)),
        ("2023-05-08T13:56:00+02:00", datetime(2023, 5, 8, 11, 56, tzinfo=UTC)),
        ("2023-05-08T13:56:00-0330", datetime(2023, 5, 8, 17, 26, tzinfo=UTC)),
        ("2023-05-08 13:56:00 +02", datetime(2023, 5, 8, 11, 56, tzinfo=UTC)),
        ("1:56 pm on 8 May, 2023", datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),
        ("12:09 am on 13 September, 2023", datetime(2023, 9, 13, 0, 9, tzinfo=UTC)),
        ("12:30 PM on 1 January 2024", datetime(2024, 1, 1, 12, 30, tzinfo=UTC)),
        ("  2023-05-08\n", datetime(2023, 5, 8, tzinfo=UTC)),
        (datetime(2023, 5, 8, 13, 56), datetime(2023, 5, 8, 13, 56, tzinfo=UTC)),  # noqa: DTZ001
        (
            datetime(2023, 5, 8, 13, 56, tzinfo=timezone(timedelta(hours=2))),
            datetime(2023, 5, 8, 11, 56, tzinfo=UTC),
        ),
    ],
)
def test_accepted_forms_become_utc(written: str | datetime, meant: datetime) -> None:
    read = parse_timestamp(written)
    assert read == meant
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "unreadable",
    [
        "", " ", "yesterday", "8 May 2023", "2023-13-01", "2023-02-30", "2023-05-08T25:00",
        "2023-05-08T13:56:00+25:00", "2023-05-08T13:56:00+02:75", "2023-W19-1", "13:56",
        "13:56 pm on 8 May, 2023", "0:10 am on 8 May, 2023", "1:56 pm on 31 June, 2023",
        "1:56 pm on 8 Mayor, 2023", "0000-01-01", "0001-01-01T00:00+02:00", "٢٠٢٣-٠٥-٠٨",
        "2023-05-08\x00", "9" * 100_000, 20230508, 1683552960.0, True, None, b"2023-05-08",
        datetime.min.replace(tzinfo=timezone(timedelta(hours=2))),
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_anything_else_is_refused_with_the_accepted_forms(unreadable: object) -> None:
    with pytest.raises(
        UnreadableTimestampError, match=r"ISO 8601.*1:56 pm on 8 May, 2023"
    ) as caught:
        parse_timestamp(unreadable)  # type: ignore[arg-type]
    assert isinstance(caught.value, InvalidArgumentError)
    assert len(str(caught.value)) < 400


@given(
    st.text() | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]{5,9}[Z+-]?[0-9:]{0,5}\Z")
)
def test_no_text_raises_anything_but_our_error(text: str) -> None:
    with suppress(UnreadableTimestampError):
        assert parse_timestamp(text).tzinfo is UTC


@given(st.datetimes(timezones=st.just(UTC)))
def test_iso_text_reads_back_as_it_was(moment: datetime) -> None:
    assert parse_timestamp(moment.isoformat()) == moment

"""Expressions of time, resolved against the day they were said on: Monday, 8 May 2023."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memoryos.text.dates import (
    Granularity,
    event_date,
    find_dates,
    time_window,
    write_day,
    write_mention,
)

MONDAY = datetime(2023, 5, 8, 13, 56, tzinfo=timezone.utc)
LANGUAGES = ("en", "it", "es", "de", "fr", "zh", "ja", "ko")

EVENTS = {
    "en": {
        "yesterday I went to the dentist": "2023-05-07",
        "Last night we saw a film": "2023-05-07",
        "I saw her this morning": "2023-05-08",
        "the day before yesterday": "2023-05-06",
        "tomorrow": "2023-05-09",
        "three days ago": "2023-05-05",
        "a couple of days ago": "2023-05-06",
        "10 days ago": "2023-04-28",
        "two weeks ago": "2023-04-24",
        "a month ago": "2023-04-08",
        "two years ago I moved": "2021-05-08",
        "last week": "2023-05-01",
        "the week before last": "2023-04-24",
        "last month": "2023-04-08",
        "last year": "2022-05-08",
        "next month": "2023-06-08",
        "last weekend": "2023-05-06",
        "this weekend": "2023-05-13",
        "last Friday": "2023-05-05",
        "We met on Friday.": "2023-05-05",
        "I will see her on Friday.": "2023-05-12",
        "next Friday": "2023-05-12",
        "last May": "2022-05-01",
        "It was in May.": "2023-05-01",
        "in September": "2022-09-01",
        "I'm going to Rome in September": "2023-09-01",
        "in March last year": "2022-03-01",
        "on 3 June": "2022-06-03",
        "on 3 June (2022)": "2022-06-03",
        "June 3rd, 2022": "2022-06-03",
        "the 3rd of June 2022": "2022-06-03",
        "February 29": "2020-02-29",
        "5/7/2023": "2023-05-07",
        "25/12/2022": "2022-12-25",
        "2022-06-03": "2022-06-03",
        "in 2013": "2013-01-01",
        "last summer": "2022-06-01",
        "last year, on 3 June": "2022-06-03",
    },
    "it": {
        "Ieri sono andato dal dentista": "2023-05-07",
        "ieri sera": "2023-05-07",
        "l'altro ieri": "2023-05-06",
        "l’altro ieri": "2023-05-06",
        "domani": "2023-05-09",
        "due anni fa": "2021-05-08",
        "un paio di giorni fa": "2023-05-06",
        "tre settimane fa": "2023-04-17",
        "la settimana scorsa": "2023-05-01",
        "il mese scorso": "2023-04-08",
        "lo scorso anno": "2022-05-08",
        "venerdì scorso": "2023-05-05",
        "a maggio": "2023-05-01",
        "il 3 giugno 2022": "2022-06-03",
        "3/6/2022": "2022-06-03",
        "fra due settimane": "2023-05-22",
        "nel 2013": "2013-01-01",
        "l'estate scorsa": "2022-06-01",
    },
    "es": {
        "Ayer fui al dentista": "2023-05-07",
        "anoche": "2023-05-07",
        "anteayer": "2023-05-06",
        "mañana voy": "2023-05-09",
        "hace dos días": "2023-05-06",
        "hace un par de semanas": "2023-04-24",
        "hace tres años": "2020-05-08",
        "la semana pasada": "2023-05-01",
        "el mes pasado": "2023-04-08",
        "el año que viene": "2024-05-08",
        "el viernes pasado": "2023-05-05",
        "en mayo": "2023-05-01",
        "el 3 de junio de 2022": "2022-06-03",
        "en 2013": "2013-01-01",
        "el verano pasado": "2022-06-01",
    },
    "de": {
        "Gestern war ich beim Zahnarzt": "2023-05-07",
        "vorgestern": "2023-05-06",
        "Morgen gehe ich hin": "2023-05-09",
        "vor drei Tagen": "2023-05-05",
        "vor einem Jahr": "2022-05-08",
        "letzte Woche": "2023-05-01",
        "letzten Monat": "2023-04-08",
        "letzten Freitag": "2023-05-05",
        "im Mai": "2023-05-01",
        "am 3. Juni 2022": "2022-06-03",
        "03.06.2022": "2022-06-03",
        "nächsten Monat": "2023-06-08",
        "letzten Sommer": "2022-06-01",
    },
    "fr": {
        "Hier je suis allé chez le dentiste": "2023-05-07",
        "avant-hier": "2023-05-06",
        "il y a deux ans": "2021-05-08",
        "il y a trois jours": "2023-05-05",
        "la semaine dernière": "2023-05-01",
        "le mois dernier": "2023-04-08",
        "l’année dernière": "2022-05-08",
        "vendredi dernier": "2023-05-05",
        "en mai": "2023-05-01",
        "le 1er juin 2022": "2022-06-01",
        "dans deux semaines": "2023-05-22",
        "l'été dernier": "2022-06-01",
    },
    "zh": {
        "昨天我去看牙医": "2023-05-07",
        "三天前": "2023-05-05",
        "两年前": "2021-05-08",
        "上周": "2023-05-01",
        "上个月": "2023-04-08",
        "去年9月": "2022-09-01",
        "2023年5月7日": "2023-05-07",
        "十二月": "2022-12-01",
    },
    "ja": {
        "昨日、歯医者に行きました": "2023-05-07",
        "3日前": "2023-05-05",
        "先週の金曜日": "2023-05-05",
        "去年の夏": "2022-06-01",
        "2023年5月7日": "2023-05-07",
    },
    "ko": {
        "어제 치과에 갔어요": "2023-05-07",
        "3일 전": "2023-05-05",
        "지난주": "2023-05-01",
        "2023년 5월 7일": "2023-05-07",
    },
}


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [(language, text, day) for language, table in EVENTS.items() for text, day in table.items()],
)
def test_a_sentence_tells_the_day_it_speaks_of(language: str, text: str, day: str) -> None:
    """M3."""
    assert event_date(text, said_at=MONDAY, language=language) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I may march on, second to none, if the sun is out."),
        ("en", "The first may be broken; you may second that."),
        ("en", "I go swimming every Friday."),
        ("en", "The last day of school was fun."),
        ("en", "It happened on 31 June 2022."),
        ("en", "It was 9999 years ago, or 999 years and 9 lives."),
        ("en", "Version 1.2.2023.4 costs 2000 dollars."),
        ("it", "Il sabato vado al mercato, però torno presto."),
        ("es", "Nado por la mañana."),
        ("de", "Guten Morgen! Am Morgen laufe ich."),
        ("fr", "J'ai été malade le lundi."),
        ("zh", "我很喜欢我的工作。"),
    ],
)
def test_what_names_no_day_tells_none(language: str, text: str) -> None:
    assert event_date(text, said_at=MONDAY, language=language) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "granularity"),
    [
        ("yesterday", "2023-05-07", "2023-05-07", Granularity.DAY),
        ("last weekend", "2023-05-06", "2023-05-07", Granularity.WEEKEND),
        ("last week", "2023-05-01", "2023-05-07", Granularity.WEEK),
        ("last month", "2023-04-01", "2023-04-30", Granularity.MONTH),
        ("last winter", "2022-12-01", "2023-02-28", Granularity.SEASON),
        ("two years ago", "2021-01-01", "2021-12-31", Granularity.YEAR),
    ],
)
def test_an_expression_covers_as_much_time_as_it_says(
    text: str, first: str, last: str, granularity: Granularity
) -> None:
    (mention,) = find_dates(f"We met {text}!", said_at=MONDAY, language="en")
    assert (mention.text, mention.start) == (text, len("We met "))
    assert (str(mention.first), str(mention.last)) == (first, last)
    assert mention.granularity is granularity
    assert mention.first <= mention.day <= mention.last


def test_every_expression_of_a_text_is_found_once_in_order() -> None:
    text = "Last Friday we met, the day before yesterday we moved, and next week we marry."
    mentions = find_dates(text, said_at=MONDAY, language="en")
    assert [mention.text for mention in mentions] == [
        "Last Friday", "the day before yesterday", "next week",
    ]  # fmt: skip
    assert all(text[mention.start : mention.end] == mention.text for mention in mentions)


@pytest.mark.parametrize(
    "text",
    ["the first of may", "May the first", "the first May", "1 may", "march 1", "first of March"],
)
def test_the_day_of_a_month_may_be_told_in_words(text: str) -> None:
    (mention,) = find_dates(f"We met on {text}.", said_at=MONDAY, language="en")
    assert mention.day.day == 1


@pytest.mark.parametrize("word", ["monday ", "in march ", "1 may ", "the first "])
def test_days_without_end_cost_no_more_than_other_text(word: str) -> None:
    """In a second: to look through the whole text for each of them would take minutes."""
    assert len(find_dates(word * 5_000, said_at=MONDAY, language="en")) in (0, 4_999, 5_000)


def test_the_most_precise_expression_tells_the_day() -> None:
    text = "I moved last year; the housewarming was three days ago."
    assert str(event_date(text, said_at=MONDAY, language="en")) == "2023-05-05"


def test_a_month_shorter_than_the_day_ends_early() -> None:
    said_at = datetime(2023, 3, 31, tzinfo=timezone.utc)
    assert str(event_date("a month ago", said_at=said_at, language="en")) == "2023-02-28"


def test_days_are_counted_in_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    said_at = datetime(2023, 5, 8, 3, tzinfo=tokyo)  # still the 7th in UTC
    assert str(event_date("yesterday", said_at=said_at, language="en")) == "2023-05-06"


@pytest.mark.parametrize(
    ("query", "language", "first", "last"),
    [
        ("What did I do in May 2022?", "en", "2022-05-01", "2022-05-31"),
        ("What happened in June?", "en", "2022-06-01", "2022-06-30"),
        ("What happened last summer?", "en", "2022-06-01", "2022-08-31"),
        ("Where was I on 5 July?", "en", "2022-07-05", "2022-07-05"),
        ("What did I do yesterday?", "en", "2023-05-07", "2023-05-07"),
        ("What happened 2021 in Rome?", "en", "2021-01-01", "2021-12-31"),
        ("2022", "en", "2022-01-01", "2022-12-31"),
        ("¿Qué hice en mayo?", "es", "2023-05-01", "2023-05-31"),
        ("Cosa ho fatto a maggio?", "it", "2023-05-01", "2023-05-31"),
        ("Was habe ich 2021 gemacht?", "de", "2021-01-01", "2021-12-31"),
        ("去年夏天我做了什么？", "zh", "2022-06-01", "2022-08-31"),
    ],
)
def test_a_query_names_a_window(query: str, language: str, first: str, last: str) -> None:
    window = time_window(query, now=MONDAY, language=language)
    assert window is not None
    assert (window.start.isoformat(), window.end.isoformat()) == (
        f"{first}T00:00:00+00:00",
        f"{date.fromisoformat(last) + timedelta(days=1)}T00:00:00+00:00",
    )


def test_a_month_is_seen_from_the_newest_page_and_yesterday_from_now() -> None:
    years_later = MONDAY.replace(year=2026)
    may = time_window("in May", now=years_later, language="en", reference=MONDAY)
    yesterday = time_window("yesterday", now=years_later, language="en", reference=MONDAY)
    assert may is not None
    assert may.start.year == 2023
    assert yesterday is not None
    assert yesterday.start.year == 2026


@pytest.mark.parametrize("query", ["", "What do I like?", "I paid $2000 and 2000.50 more", "日本"])
def test_a_query_without_a_date_has_no_window(query: str) -> None:
    assert time_window(query, now=MONDAY, language="en") is None


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        ("en", "yesterday", "7 May 2023"),
        ("en", "last week", "the week before 8 May 2023"),
        ("en", "two weeks ago", "two weeks before 8 May 2023"),
        ("en", "next week", "the week of 15 May 2023"),
        ("en", "last weekend", "the weekend before 8 May 2023"),
        ("en", "last month", "April 2023"),
        ("en", "last winter", "winter 2022"),
        ("en", "two years ago", "2021"),
        ("it", "ieri", "7 maggio 2023"),
        ("es", "el mes pasado", "abril de 2023"),
        ("de", "gestern", "7. Mai 2023"),
        ("fr", "l'été dernier", "été 2022"),
        ("zh", "昨天", "2023年5月7日"),
    ],
)
def test_a_date_is_written_in_its_language(language: str, text: str, written: str) -> None:
    (mention,) = find_dates(text, said_at=MONDAY, language=language)
    assert write_mention(mention, said_on=MONDAY.date(), language=language) == written


@given(
    text=st.text(max_size=80)
    | st.from_regex(
        r"\A[0-9]{1,3} (days|weeks|years) ago|in [0-9]{3} years|[0-9]{1,2}/[0-9]{1,2}/2023\Z"
    ),
    said_at=st.datetimes(timezones=st.just(timezone.utc)),
    language=st.sampled_from([*LANGUAGES, "ar", "other", ""]),
)
def test_no_text_raises(text: str, said_at: datetime, language: str) -> None:
    for mention in find_dates(text, said_at=said_at, language=language):
        assert mention.first <= mention.day <= mention.last
        assert write_mention(mention, said_on=said_at.date(), language=language)
    time_window(text, now=said_at, language=language)
    assert write_day(said_at.date(), language=language)

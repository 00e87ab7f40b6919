"""Japanese dates."""

from memoryos.text.dates.grammar import Grammar, Granularity, Rule, Wording

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

GRAMMAR = Grammar(
    months=tuple(
        f"(?<![0-9十])(?:{number}|0{number}|{numeral})月"
        for number, numeral in enumerate(_NUMERALS, start=1)
    ),
    weekdays=tuple(f"{name}曜日|{name}曜" for name in "月火水木金土日"),
    seasons=("春", "夏", "秋", "冬"),
    units={
        Granularity.WEEKEND: "週末",
        Granularity.DAY: "日",
        Granularity.WEEK: "週間?",
        Granularity.MONTH: "[かヶカ]?月",
        Granularity.YEAR: "年",
    },
    numbers={
        **{numeral: number for number, numeral in enumerate(_NUMERALS, start=1)},
        "数": 3,
    },
    days={
        -2: "一昨日|おととい",
        -1: "昨日|昨晩|昨夜|ゆうべ|きのう",
        0: "今日|今朝|今晩|今夜|きょう",
        1: "明日|あした",
        2: "明後日|あさって",
    },
    phrases=(
        ("{days}", Rule.DAY),
        ("{number} ?{unit}前", Rule.AGO),
        ("{number} ?{unit}後", Rule.AHEAD),
        ("一昨(?P<unit>年)", Rule.BEFORE_LAST),
        ("先々(?P<unit>週|月)", Rule.BEFORE_LAST),
        ("(?:去|昨)(?P<unit>年)", Rule.LAST),
        ("先(?P<unit>週末|週|月)", Rule.LAST),
        ("先週の{weekday}", Rule.LAST),
        ("(?P<last_year>去年|昨年)の?{month}", Rule.NEAREST),
        ("(?P<last_year>去年|昨年)の{season}", Rule.NEAREST),
        ("今(?P<unit>週末|週|月|年)", Rule.THIS),
        ("今年の{season}", Rule.THIS),
        ("来(?P<unit>週|月|年)", Rule.NEXT),
        ("来週の{weekday}", Rule.NEXT),
        ("{weekday}", Rule.WEEKDAY),
        ("毎週{weekday}", Rule.NONE),
        ("{year}年{month}{day}日", Rule.NEAREST),
        ("{month}{day}日", Rule.NEAREST),
        ("{year}年{month}", Rule.NEAREST),
        ("{year}年の{season}", Rule.NEAREST),
        ("{month}", Rule.NEAREST),
        ("{year}年", Rule.NEAREST),
    ),
    lasting=(
        "{number} ?{unit}前から",
        # Alone, 間 says how long something takes: 三日間の旅行.
        "{number} ?{unit}間(?=[^、。]{0,20}(?:て|で)い?[るま])",
    ),
    vague="数",
    future="予定|つもり|来週|来月|来年|明日|たいと思",
    wording=Wording(
        day="{year}年{month_number}月{day}日",
        month="{year}年{month_number}月",
        season="{year}年の{season}",
        week="{date}の週",
        weekend="{date}の週末",
        week_before="{date}の前の週",
        weekend_before="{date}の前の週末",
        counted_before="{date}の{words}前",
        weekday_before="{date}の前の{weekday}",
    ),
    spaced=False,
)

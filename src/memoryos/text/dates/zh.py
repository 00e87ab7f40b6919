"""Chinese dates."""

from memoryos.text.dates.grammar import Grammar, Granularity, Rule, Wording

_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

GRAMMAR = Grammar(
    months=tuple(
        f"(?<![0-9十])(?:{number}|0{number}|{numeral})月"
        for number, numeral in enumerate(_NUMERALS, start=1)
    ),
    weekdays=tuple(
        f"星期{name}|周{name}|礼拜{name}|週{name}|禮拜{name}" for name in "一二三四五六日"
    ),
    seasons=("春天|春季", "夏天|夏季", "秋天|秋季", "冬天|冬季"),
    units={
        Granularity.WEEKEND: "周末|週末",
        Granularity.DAY: "天|日",
        Granularity.WEEK: "个?(?:周|星期|礼拜)|個?(?:週|星期|禮拜)",
        Granularity.MONTH: "[个個]?月",
        Granularity.YEAR: "年",
    },
    numbers={
        **{numeral: number for number, numeral in enumerate(_NUMERALS, start=1)},
        "两": 2,
        "兩": 2,
        "几": 3,
        "幾": 3,
    },
    days={
        -3: "大前天",
        -2: "前天",
        -1: "昨天|昨晚|昨日",
        0: "今天|今晚|今日|今早",
        1: "明天|明日",
        2: "后天|後天",
    },
    phrases=(
        ("{days}", Rule.DAY),
        ("{number} ?{unit}(?:以|之)?前", Rule.AGO),
        ("{number} ?{unit}(?:以|之)?[后後]", Rule.AHEAD),
        ("前(?P<unit>年)", Rule.BEFORE_LAST),
        ("上上{unit}", Rule.BEFORE_LAST),
        ("去(?P<unit>年)", Rule.LAST),
        ("上{unit}", Rule.LAST),
        ("上[个個]?{weekday}", Rule.LAST),
        ("(?P<last_year>去年){month}", Rule.NEAREST),
        ("(?P<last_year>去年){season}", Rule.NEAREST),
        ("今(?P<unit>年)", Rule.THIS),
        ("[这這本]{unit}", Rule.THIS),
        ("[这這]{weekday}", Rule.THIS),
        ("今年{season}", Rule.THIS),
        ("今年{month}", Rule.THIS),
        ("明(?P<unit>年)", Rule.NEXT),
        ("下{unit}", Rule.NEXT),
        ("下[个個]?{weekday}", Rule.NEXT),
        ("明年{month}", Rule.NEXT),
        ("{weekday}", Rule.WEEKDAY),
        ("{year}年{month}{day}[日号號]", Rule.NEAREST),
        ("{month}{day}[日号號]", Rule.NEAREST),
        ("{year}年{month}", Rule.NEAREST),
        ("{year}年{season}", Rule.NEAREST),
        ("{month}", Rule.NEAREST),
        ("{year}年", Rule.NEAREST),
    ),
    lasting=("{number} ?{unit}了",),
    vague="[几幾]",
    future="将|將|打算|计划|要去|会去|會去|下[个個周週]|明年|准备|準備",
    wording=Wording(
        day="{year}年{month_number}月{day}日",
        month="{year}年{month_number}月",
        season="{year}年{season}",
        week="{date}那一周",
        weekend="{date}那个周末",
        week_before="{date}的前一周",
        weekend_before="{date}之前的周末",
        counted_before="{date}的{words}前",
        weekday_before="{date}之前的{weekday}",
    ),
    spaced=False,
)

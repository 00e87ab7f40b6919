"""English dates."""

from memoryos.text.dates.grammar import Grammar, Granularity, Rule, Wording

_ADVERB = "(?: (?:not|never|only|always|also|already|now|just))?"
_LASTING = "had|been|known|lived|worked|played|studied|owned|taught"
_PERFECT = (
    f"{_LASTING}|kept|run|seen|sung|led|"
    # "We've booked it for two weeks" is a plan.
    "(?!(?:book|reserv|rent|hir|plann|schedul|extend|postpon|delay)ed )[a-z]{2,}ed"
)
_FOR_SO_LONG = "(?: [a-z']+){0,5} {number} {unit}(?: now| already)?"

GRAMMAR = Grammar(
    months=(
        "January|Jan",
        "February|Feb",
        "March|Mar",
        "April|Apr",
        "May",
        "June|Jun",
        "July|Jul",
        "August|Aug",
        "September|Sept|Sep",
        "October|Oct",
        "November|Nov",
        "December|Dec",
    ),
    # "Wed", "Sat" and "Sun" are words of their own.
    weekdays=(
        "Monday|Mon",
        "Tuesday|Tues|Tue",
        "Wednesday|Weds",
        "Thursday|Thurs|Thur|Thu",
        "Friday|Fri",
        "Saturday",
        "Sunday",
    ),
    seasons=("spring", "summer", "autumn|fall", "winter"),
    units={
        Granularity.DAY: "days?",
        Granularity.WEEKEND: "weekends?|wknds?",
        Granularity.WEEK: "weeks?|wks?",
        Granularity.MONTH: "months?|mths?",
        Granularity.YEAR: "years?|yrs?",
    },
    numbers={
        "a couple of": 2,
        "a couple": 2,
        "couple of": 2,
        "a few": 3,
        "few": 3,
        "an": 1,
        "a": 1,
        "one": 1,
        "two": 2,
        "three": 3,
        "four": 4,
        "five": 5,
        "six": 6,
        "seven": 7,
        "eight": 8,
        "nine": 9,
        "ten": 10,
        "eleven": 11,
        "twelve": 12,
        "fifteen": 15,
        "twenty": 20,
        "thirty": 30,
    },
    days={
        -2: "the day before yesterday",
        -1: "yesterday|yday|last night|last nite|last evening",
        0: "today|tonight|tonite|2nite|this morning|this afternoon|this evening",
        1: "tomorrow|tmrw|tmr|tomoz|2moro",
        2: "the day after tomorrow",
    },
    holidays={
        (1, 1): "New Year's Day|New Years Day",
        (2, 14): "Valentine's Day|Valentines Day|Valentine's",
        (10, 31): "Halloween|Hallowe'en",
        (12, 24): "Christmas Eve",
        (12, 25): "Christmas Day|Christmas|Xmas",
        (12, 26): "Boxing Day",
        (12, 31): "New Year's Eve|New Years Eve|NYE",
    },
    phrases=(
        ("{days}", Rule.DAY),
        ("{number} {unit} ago", Rule.AGO),
        ("in {number} {unit}", Rule.AHEAD),
        ("{number} {unit} from (?:now|today)", Rule.AHEAD),
        ("(?:the )?{unit} before last", Rule.BEFORE_LAST),
        ("(?:last|past|previous) {unit}", Rule.LAST),
        ("(?:this|the) (?:past|last|previous) {unit}", Rule.LAST),
        ("(?:last|past|this past) {weekday}", Rule.LAST),
        ("(?:last|past|this past) {season}", Rule.LAST),
        ("last {month}", Rule.LAST),
        ("this {unit}", Rule.THIS),
        ("this {weekday}", Rule.THIS),
        ("this {season}", Rule.THIS),
        ("this {month}", Rule.THIS),
        ("(?:next|this coming|this upcoming) {unit}", Rule.NEXT),
        ("(?:next|this coming) {weekday}", Rule.NEXT),
        ("(?:next|this coming) {season}", Rule.NEXT),
        ("next {month}", Rule.NEXT),
        ("(?:on )?{weekday}", Rule.WEEKDAY),
        ("(?:every|each|black|good) {weekday}", Rule.NONE),
        ("(?:the )?{day} (?:of )?{month}(?:,? {year})?", Rule.NEAREST),
        ("{month} (?:the )?{day}(?:,? {year})?", Rule.NEAREST),
        # "The first may be lost", "you may second that": in small letters beside a number in words
        # these are no months.
        (r"(?:the )?{nth} (?:of |(?!(?-i:may|march)\b)){month}(?:,? {year})?", Rule.NEAREST),
        (r"(?!(?-i:may|march)\b){month} (?:the )?{nth}(?:,? {year})?", Rule.NEAREST),
        ("{month},? (?:of )?{year}", Rule.NEAREST),
        (
            "(?:in|since|during|until|till|by|for|back in)(?: early| mid| late)? {month}",
            Rule.NEAREST,
        ),
        ("(?:in )?{month} (?:of )?(?P<last_year>last year)", Rule.NEAREST),
        ("(?:in (?:the )?)?{season} (?:of )?(?P<last_year>last year)", Rule.NEAREST),
        ("(?:early|late|mid)[ -]{month}", Rule.NEAREST),
        ("(?:in|during|over|since|for) (?:the )?{season}", Rule.NEAREST),
        ("{season} (?:of )?{year}", Rule.NEAREST),
        ("(?:in|since|from|during|by|until|back in|of)(?: early| mid| late)? {year}", Rule.NEAREST),
        ("on the {day}", Rule.NEAREST),
        ("(?:at|on|over|since|for|until|by|around) {holiday}(?:,? (?:of )?{year})?", Rule.NEAREST),
        ("{holiday} {year}", Rule.NEAREST),
        ("(?:last|this past) {holiday}", Rule.LAST),
        ("this {holiday}", Rule.THIS),
        ("(?:next|this coming) {holiday}", Rule.NEXT),
        (
            "between (?:the )?{from_day} and (?:the )?{day} (?:of )?{month}(?:,? {year})?",
            Rule.NEAREST,
        ),
        (
            (
                "(?:from )?(?:the )?{from_day}"
                " ?(?:-|–|to|until|till) ?(?:the )?{day} (?:of )?{month}(?:,? {year})?"
            ),
            Rule.NEAREST,
        ),
        ("between {month} (?:the )?{from_day} and (?:the )?{day}(?:,? {year})?", Rule.NEAREST),
        (
            (
                "(?:from )?{month} (?:the )?{from_day}"
                " ?(?:-|–|to|until|till) ?(?:the )?{day}(?:,? {year})?"
            ),
            Rule.NEAREST,
        ),
    ),
    lasting=(
        f"(?:(?:have|has)(?:n't)?|[a-z]+'ve){_ADVERB} (?:{_PERFECT}){_FOR_SO_LONG}",
        # Before other words "'s" may be "is", or a possessive.
        f"[a-z]+'s{_ADVERB} (?:{_LASTING}){_FOR_SO_LONG}",
        "{number} {unit} (?:now|already)",
    ),
    vague="a few|few",
    future=(
        "will|won't|'ll|going to|gonna|planning|plan to|plans? (?:for|on)|coming up|upcoming|"
        "can't wait|looking forward|hope to|hoping to|intend|scheduled|soon"
    ),
    wording=Wording(
        day="{day} {month} {year}",
        month="{month} {year}",
        season="{season} {year}",
        week="the week of {date}",
        weekend="the weekend of {date}",
        week_before="the week before {date}",
        weekend_before="the weekend before {date}",
        counted_before="{words} before {date}",
        weekday_before="the {weekday} before {date}",
    ),
    ordinal="(?:st|nd|rd|th)?",
    ordinals={
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "fifth": 5,
        "sixth": 6,
        "seventh": 7,
        "eighth": 8,
        "ninth": 9,
        "tenth": 10,
        "eleventh": 11,
        "twelfth": 12,
        "thirteenth": 13,
        "fourteenth": 14,
        "fifteenth": 15,
        "sixteenth": 16,
        "seventeenth": 17,
        "eighteenth": 18,
        "nineteenth": 19,
        "twentieth": 20,
        "twenty-first": 21,
        "twenty-second": 22,
        "twenty-third": 23,
        "twenty-fourth": 24,
        "twenty-fifth": 25,
        "twenty-sixth": 26,
        "twenty-seventh": 27,
        "twenty-eighth": 28,
        "twenty-ninth": 29,
        "thirtieth": 30,
        "thirty-first": 31,
    },
    month_first=True,
)

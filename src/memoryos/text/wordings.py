"""Small tables of words that make no difference to what a fact means, by language.

Words are in small letters; those compared with stems stand as Snowball stems, without accents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _sets(**words: str) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in words.items()}


FILLERS = _sets(
    en="a an the my our own some any of at in on by for to i is am one do longer",
    it=(
        "più io un uno una il lo la i gli le l mio mia miei mie tutto tutta di del dello "
        "della dell dei degli delle a al allo alla all ai agli alle da in nel nella per d "
        "proprio propria"
    ),
    es="un uno una unos unas el la los las lo mi mis de del a al en para con",
    de=(
        "ein eine einen einem einer eines der die das den dem des mein meine meinen meinem "
        "mehr meiner unser unsere in im am an von vom zum zur ich"
    ),
    fr="ne n marque un une des le la les l mon ma mes de du d à au aux en dans pour j je",
)
"""Articles, possessives and prepositions."""

LIGHT_VERBS = _sets(
    en="play go do practis practic take eat drink read listen watch",
    it="gioc suon far facc fa pratic vad andar mang bev legg ascolt guard",
    es="jueg jug toc hac hag practic voy ir com beb le escuch ver",
    de="spiel mach geh geht treib ess iss trink les hor schau",
    fr="jou fair fais pratiqu vais all mang boir bois lir lis ecout regard",
)
"""Stems of verbs that a pastime may be named with or without: "playing chess", "chess"."""

REACHING = _sets(
    en="get have make be becom do reach take pass",
    it="far aver ottener prend diventar esser raggiung",
    es="hac ten obten sac ser lleg consegu",
    de="mach hab bekomm werd schaff erreich",
    fr="fair avoir obten pass deven etre atteindr",
)
"""Stems of verbs that say no more of an aim than that it is one."""

ALLERGY = re.compile(
    r"[- ]?(?:allerg\w*|intoleran\w*|intolleran\w*|unverträglichkeit|alérgic\w*|alergia)",
    re.IGNORECASE,
)

NAMING = _sets(
    en="call name",
    it="nom chiam che si",
    es="llam nombr que se",
    de="nam nenn gennant genannt heiss",
    fr="nomm appel prenomm qui s",
)
"""Stems of what stands between an animal and its name."""

PERSON_ENDINGS: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<=\w{4})(?:er|or|ist|ess|man|woman)$"),
    "it": re.compile(r"(?<=\w{3})(?:toress|tor|tric|ess|ier)$"),
    "es": re.compile(r"(?<=\w{4})(?:or|triz)$"),
    "de": re.compile(r"(?<=\w{3})(?:erin|er|in)$"),
    "fr": re.compile(r"(?<=\w{3})(?:eur|eux|euse|ric|rices)$"),
}
"""What a stem of a profession ends in beside what is done."""

STATES: Mapping[str, re.Pattern[str]] = {
    state: re.compile(rf"\b(?:{pattern})")
    for state, pattern in {
        "divorced": r"divor|geschieden",
        "separated": r"separat|separad|séparé|getrennt",
        "widowed": r"widow|vedov|viud|verwitwet|witwe|veu[fv]",
        "engaged": r"engaged|fiancé|comprometi|me comprometí|verlobt",
        "married": (
            r"married|wife|husband|spos|moglie|marito|casad|casé|casamos|casarme|espos|marido|"
            r"mujer|verheiratet|geheiratet|ehefrau|frau|mann\b|marié|\bmari\b|femme"
        ),
        "single": r"single|celibe|nubile|solter|ledig|célibataire",
    }.items()
}

REGIMES: Mapping[str, re.Pattern[str]] = {
    regime: re.compile(pattern)
    for regime, pattern in {
        "vegetarian": r"vegetari",
        "vegan": r"vegan|vegetali",
        "pescatarian": r"pes[ck]etari|pescatari|pescovegetarian",
        "flexitarian": r"flexitari",
        "omnivorous": r"omnivor|onnivor|eat (?:every|any)thing",
        "carnivorous": r"carnivor",
        "plant-based": r"plant[- ]based|pflanzlich",
        "ketogenic": r"\bketo",
        "paleo": r"\bpaleo",
        "mediterranean": r"mediterran",
        "low-carb": r"low[- ]carb",
    }.items()
}
"""Ways of eating of which one holds at a time; patterns for small letters without accents."""

STUDENTS = re.compile(
    r"\b(?:students?|undergraduate|undergrad|major(?:ing)?|student(?:e|essa) universitari[oa]|"
    r"student(?:e|essa)|estudiantes?|alumn[oa]|étudiante?s?|élève)\b|(?:s?student(?:in)?)\b",
    re.IGNORECASE,
)
"""Beside its subject, being a student says no more than studying it."""

COMPLETED_STUDIES = re.compile(
    r"^(?:degree|laurea|titulación|abschluss|diplôme):|\bdegree\b|\b(?:a|an|ein|einen|un|une|una) "
    r"(?:bachelor|master|doctorate|mba|diplom|abitur)",
    re.IGNORECASE,
)

SAME: Mapping[str, Mapping[str, str]] = {
    "en": {
        "spouse": "spouse",
        "colour": "color",
        "wife": "spouse",
        "husband": "spouse",
        "spous": "spouse",
        "mum": "mother",
        "mom": "mother",
        "mommi": "mother",
        "dad": "father",
        "daddi": "father",
        "kid": "child",
        "film": "movi",
        "bike": "bicycl",
        "not": "no",
        "never": "no",
    },
    "it": {
        "coniuge": "spouse",
        "non": "no",
        "moglie": "spouse",
        "marito": "spouse",
        "mamma": "madre",
        "papà": "padre",
        "babbo": "padre",
        "auto": "macchin",
        "automobil": "macchin",
        "bici": "biciclett",
        "abit": "viv",
    },
    "es": {
        "cónyuge": "spouse",
        "pareja": "spouse",
        "esposa": "spouse",
        "esposo": "spouse",
        "marido": "spouse",
        "mujer": "spouse",
        "mamá": "madre",
        "papá": "padre",
        "niña": "hij",
        "niñas": "hij",
        "niño": "hij",
        "niños": "hij",
        "carr": "coch",
        "aut": "coch",
        "bici": "biciclet",
    },
    "de": {
        "ehepartner": "spouse",
        "kein": "no",
        "keine": "no",
        "keinen": "no",
        "nicht": "no",
        "frau": "spouse",
        "ehefrau": "spouse",
        "mann": "spouse",
        "ehemann": "spouse",
        "mama": "mutter",
        "papa": "vater",
        "rad": "fahrrad",
    },
    "fr": {
        "conjoint": "spouse",
        "pas": "no",
        "plus": "no",
        "jamais": "no",
        "femme": "spouse",
        "épouse": "spouse",
        "mari": "spouse",
        "époux": "spouse",
        "maman": "mère",
        "papa": "père",
        "bicyclet": "vélo",
    },
}
"""Words, or stems, that stand for one thing."""

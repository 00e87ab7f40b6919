"""Small tables of words that make no difference to what a fact means, by language.

Words are in small letters; those compared with stems stand as Snowball stems, without accents.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


def _sets(**words: str) -> Mapping[str, frozenset[str]]:
    return {language: frozenset(listed.split()) for language, listed in words.items()}


def _words_for(**others: str) -> Mapping[str, str]:
    return {other: word for word, listed in others.items() for other in listed.split()}


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
"""Articles, possessives, prepositions, and what else carries no weight of its own."""

LIGHT_VERBS = _sets(
    en="play go do practis practic eat drink",
    it="gioc suon far facc fa pratic vad andar mang bev",
    es="jueg jug toc hac hag practic voy ir com beb",
    de="spiel mach geh geht treib ess iss trink",
    fr="jou fair fais pratiqu vais all mang boir bois",
)
"""Stems of verbs that a pastime or a food may be named with or without: "playing chess", "chess".

Not those that make another thing of it: who watches football may not play it.
"""

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
"""What the name of an allergy may hold beside what it is against."""

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
        "engaged": r"engaged|fiancé|compromet|verlobt",
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

SAME = {
    "en": _words_for(
        spouse="wife husband",
        mother="mum mom mummy mommy",
        father="dad daddy",
        child="kid kids",
        color="colour",
        movie="film films",
        bicycle="bike",
        no="not never",
    ),
    "it": _words_for(
        coniuge="moglie marito",
        madre="mamma",
        padre="papà babbo",
        macchina="auto automobile",
        bicicletta="bici",
        no="non mai",
    ),
    "es": _words_for(
        cónyuge="esposa esposo marido mujer",
        madre="mamá",
        padre="papá",
        coche="carro auto",
        bicicleta="bici",
        no="nunca",
    ),
    "de": _words_for(
        ehepartner="frau mann ehefrau ehemann",
        mutter="mama",
        vater="papa",
        fahrrad="rad",
        nein="nicht kein keine keinen nie",
    ),
    "fr": _words_for(
        conjoint="femme mari épouse époux",
        mère="maman",
        père="papa",
        vélo="bicyclette",
        non="pas plus jamais",
    ),
}
"""Words that stand for one thing, by language: each with the one it is read as."""

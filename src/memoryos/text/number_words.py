"""Numbers from 0 to 99 as they are written out in five languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType

_UPTO_NINETEEN = {
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen"
    ),
    "it": (
        "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici "
        "quattordici quindici sedici diciassette diciotto diciannove"
    ),
    "es": (
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
        "dieciséis diecisiete dieciocho diecinueve"
    ),
    "de": (
        "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
        "fünfzehn sechzehn siebzehn achtzehn neunzehn"
    ),
    "fr": (
        "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize dix-sept dix-huit dix-neuf"
    ),
}

_TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "fr": "vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix",
}


@cache
def number_words(language: str) -> Mapping[str, int]:
    """Number by its words, in small letters: "twenty-one" and "twenty one" -> 21."""
    if language not in _TENS:
        return MappingProxyType({})
    small = _UPTO_NINETEEN[language].split()
    named = {word: number for number, word in enumerate(small)}
    for number, tens in enumerate(_TENS[language].split(), start=2):
        named[tens] = 10 * number
        if language == "it":
            named[tens[:-1]] = 10 * number  # "trent'anni"
        for unit in range(1, 10):
            for written in _compounds(language, tens, small, unit):
                named.setdefault(written, 10 * number + unit)
    if language == "fr":
        named["quatre-vingt"] = 80
    spaced = ((word.replace("-", " "), number) for word, number in named.items())
    return MappingProxyType(dict(chain(named.items(), spaced)))


def _compounds(language: str, tens: str, small: list[str], unit: int) -> Iterator[str]:
    word = small[unit]
    if language == "en":
        yield f"{tens}-{word}"
    elif language == "it":
        stem = tens[:-1] if word[0] in "uo" else tens
        yield stem + word
        if unit in (1, 3):
            yield stem + {1: "un", 3: "tré"}[unit]
    elif language == "es":
        yield f"{tens} y {word}"
        if tens == "veinte":
            yield "veinti" + {2: "dós", 3: "trés", 6: "séis"}.get(unit, word)
            yield "veinti" + ("ún" if unit == 1 else word)
    elif language == "de":
        yield f"{'ein' if unit == 1 else word}und{tens}"
    elif tens.endswith("dix"):  # seventy and ninety go on from ten
        yield f"{tens[:-3]}{small[10 + unit]}"
        yield f"{tens[:-3]}et-{small[10 + unit]}"
    else:
        yield f"{tens.removesuffix('s')}-{word}"
        yield f"{tens}-et-{word}"

"""Questions that speak of the past: "Where did I live before?", "¿dónde vivía antes?"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Past:
    """That a question asks for what was."""

    before: str = ""
    """What follows "before" in it, in lower case: "acme?" of "Where did I work before Acme?"."""


@dataclass(frozen=True, slots=True)
class _Words:
    """How a language speaks of the past, as regular expressions."""

    former: str
    """What says by itself that something is over, and how one speaks of one's own past states."""
    before: str
    """What says so of a past verb: "before" looks ahead in "What must I do before Friday?"."""
    past_verb: str


_WORDS: Mapping[str, _Words] = {
    "en": _Words(
        former=r"use[d]? to(?! (?:it|that|this)\b)|formerly|former|previous(?:ly)?|back then|"
        r"at the time|in the past|the first time|originally|"
        r"ex(?:-\w+)?|(?:my|the|an) old|(?:was|were|wasn't|weren't) (?:i|we)|i was|"
        r"did (?:i|we) (?:still )?(?:live|work|study|own|smoke|drive|weigh|belong)",
        before="before|earlier|once",
        past_verb=r"did|didn't|was|were|had|have i|have we|i'd|\w+ed",
    ),
    "it": _Words(
        former=r"un tempo|in passato|all'epoca|a quel tempo|precedent[ei](?:mente)?|"
        r"vecchi[oaie]?|ex|la prima volta|ero|avevo|facevo|vivevo|bevevo|leggevo|seguivo|"
        r"(?:abit|lavor|studi|fum|mangi|guid|gioc|tif|us|and|st|impar|suon|parl|port)avo",
        before="prima|una volta",
        past_verb=r"\w{2,}(?:avo|evo|ivo|ava|eva|iva|avamo|evamo|ivamo)|ero|era|eravamo|"
        r"(?:ho|abbiamo|ha) \w+|(?:sono|siamo|è) \w+(?:to|ta|ti|te)",
    ),
    "es": _Words(
        former=r"antiguamente|anterior(?:es|mente)?|antigu[oa]s?|viej[oa]s?|ex(?:-\w+)?|solía|"
        r"por entonces|en aquel entonces|en el pasado|la primera vez|"
        r"vivía|vivíamos|tenía|era yo|yo era|hacía|comía|bebía|leía|seguía|conducía|me dedicaba|"
        r"(?:trabaj|estudi|fum|jug|us|est|llev|pes|toc|practic)aba",
        before="antes",
        past_verb=r"\w{3,}(?:aba|aban|ábamos|ía|ían|íamos|é|ó)|era|éramos|fui|tuve|estuve|hice|"
        r"(?:he|hemos) \w+",
    ),
    "de": _Words(
        former=r"früher(?:e[nrsm]?)?|damals|ehemalig\w*|einst|vorherig\w*|ex|"
        r"(?:mein|meine|der|die|das|meinen|meiner|meinem) alte[nrsm]?|zum ersten mal|"
        r"(?:war|hatte|wohnte|lebte|arbeitete|studierte|spielte|machte|fuhr|aß) (?:ich|wir)|"
        r"ich (?:war|hatte|wohnte|lebte|arbeitete|studierte)",
        before="vorher|zuvor|vor|bevor",
        past_verb=r"war|waren|(?!heute|bitte|leute)\w+te|"
        r"(?:habe?|haben|bin|sind) (?:ich|wir) .*(?:ge\w+|\w+t)",
    ),
    "fr": _Words(
        former=r"auparavant|autrefois|jadis|ancien(?:ne)?s?|précédent(?:e|es|s)?|ex|"
        r"à l'époque|dans le temps|la première fois|"
        r"j(?:'|e )(?:m'|t'|me |te |y |l')?(?!connais|reconnais|parais|disparais|fais|sais|vais|"
        r"plais|hais)\w+ais",
        before="avant",
        past_verb=r"\w{2,}(?:ais|ait|aient|ions)|étais|était|(?:j'ai|on a|nous avons) \w+|"
        r"(?:je|j'|me) ?(?:suis|étais) \w+",
    ),
    "zh": _Words("以前|从前|曾经|过去|之前|原来|当时", "(?!)", "(?!)"),
    "ja": _Words("以前|昔|かつて|当時|前は|前に|前の", "(?!)", "(?!)"),
    "ko": _Words("예전|이전|옛날|전에|당시", "(?!)", "(?!)"),
}
_UNSPACED = frozenset({"zh", "ja", "ko"})


def asks_of_past(query: str, language: str) -> Past | None:
    """What `query` says of the past beyond dates; None if it does not ask for what was.

    Languages without words here are read as English.
    """
    language = language if language in _WORDS else "en"
    words = _WORDS[language]
    text = query.lower().replace("’", "'")
    if language in _UNSPACED:
        return Past() if re.search(words.former, text) else None
    before = re.search(rf"(?<!\w)(?:{words.before})(?!\w)", text)
    if before and re.search(rf"(?<!\w)(?:{words.past_verb})(?!\w)", text):
        return Past(text[before.end() :].strip())
    return Past() if re.search(rf"(?<!\w)(?:{words.former})(?!\w)", text) else None

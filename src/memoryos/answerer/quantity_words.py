"""The words of durations, measures, frequencies and colours."""

from __future__ import annotations

DURATION_UNITS = {
    "en": "years?|months?|weeks?|days?|hours?|minutes?|yrs?|wks?|hrs?|mins?|decades?|nights?",
    "it": "ann[oi]|mes[ei]|settiman[ae]|giorn[oi]|or[ae]|minut[oi]|nott[ei]",
    "es": "años?|mes(?:es)?|semanas?|días?|horas?|minutos?|noches?",
    "de": "jahren?|monaten?|wochen?|tagen?|stunden?|minuten?",
    "fr": "ans?|années?|mois|semaines?|jours?|heures?|minutes?",
    "zh": "年|个月|周|星期|天|小时|分钟",
    "ja": "年間?|[かヶ]月|週間|日間?|時間|分",
    "ko": "년|개월|주|일|시간|분",
}

MEASURES = {
    "en": "pounds?|quid|dollars?|bucks?|euros?|cents?|pence|kilos?|kg|grams?|lbs?|ounces?|tons?|"
    "tonnes?|miles?|km|kilomet(?:er|re)s?|met(?:er|re)s?|feet|foot|inch(?:es)?|cm|percent|"
    "lit(?:er|re)s?|gallons?|thousand|million|grand|per cent",
    "it": "euro|dollari|sterline|franchi|chili|kg|grammi|etti|tonnellate|chilometri|km|metri|cm|"
    "litri|mila|milioni|per cento",
    "es": "euros?|dólares|pesos?|libras?|soles|kilos?|kg|gramos|toneladas?|kilómetros?|km|metros?|"
    "cm|litros?|mil|millones|por ciento",
    "de": "euro|dollar|pfund|franken|cent|kilo|kg|gramm|tonnen?|kilometern?|km|metern?|cm|liter|"
    "tausend|millionen|prozent",
    "fr": "euros?|dollars?|livres?|francs?|centimes?|kilos?|kg|grammes?|tonnes?|kilomètres?|km|"
    "mètres?|cm|litres?|mille|millions?|pour cent",
    "zh": "元|块|美元|欧元|公斤|斤|公里|米|升|万|千",
}
"""Units of what "how much" asks for."""

FREQUENCIES = {
    "en": r"(?:once|twice|thrice|{number} times)(?: or (?:once|twice|{number} times))?,? "
    r"(?:a|an|per|every|each) \w+|every (?:other |single |few |{number} )?\w+|"
    r"(?:(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)days(?:,| and)? ?)+|"
    r"daily|weekly|monthly|yearly|fortnightly|annually|(?:almost |hardly )?never|rarely|seldom|"
    r"all the time|most (?:days|nights|mornings|weeks|weekends)",
    "it": r"(?:una volta|{number} volte) (?:al|alla|all'|ogni) ?\w+|ogni (?:{number} )?\w+|"
    r"tutt[ie] (?:i|le|gli) \w+|mai|raramente|il (?:lunedì|martedì|mercoledì|giovedì|venerdì|"
    r"sabato)",
    "es": r"(?:una vez|{number} veces) (?:al|a la|por|cada) \w+|cada (?:{number} )?\w+|"
    r"tod[oa]s (?:los|las) \w+|nunca|rara vez|los (?:lunes|martes|miércoles|jueves|viernes|"
    r"sábados|domingos)",
    "de": r"(?:einmal|zweimal|dreimal|{number} ?mal) (?:am|im|pro|in der|die) \w+|"
    r"jede[nrs]? (?:zweite[nrs]? )?\w+|alle {number} \w+|täglich|wöchentlich|monatlich|nie|selten",
    "fr": r"(?:{number} fois) (?:par|tous les|toutes les) \w+|chaque \w+|tou(?:s|tes) les "
    r"(?:{number} )?\w+|jamais|rarement|quotidiennement",
    "zh": "每[天周月年日]|每个?(?:星期|礼拜)|(?:一|每)[周月年天]?[一两二三四五六七八九十]次",
}
"""How often, with `{number}` for a number in digits or words."""

CLOCKS = {
    "en": r"[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:am|pm|a\.m\.|p\.m\.|o'clock)|[0-9]{1,2}[:.][0-9]{2}|"
    r"{number} ?(?:am|pm|o'clock)|(?:half|quarter|ten|twenty|five) (?:past|to) {number}|noon|"
    r"midnight|midday|(?:at|by|until|till) {number}(?: thirty| fifteen)?(?= |[.,!?]|$)",
    "it": r"(?:alle|all'|le) (?:ore )?[0-9]{1,2}(?:[:.][0-9]{2})?|(?:alle|all') ?{number}"
    r"(?: e (?:mezza|un quarto|{number}))?|mezzogiorno|mezzanotte|[0-9]{1,2}[:.][0-9]{2}",
    "es": r"a las? [0-9]{1,2}(?:[:.][0-9]{2})?|a las? {number}(?: y (?:media|cuarto|{number}))?|"
    r"mediodía|medianoche|[0-9]{1,2}[:.][0-9]{2}",
    "de": r"(?:um )?[0-9]{1,2}(?:[:.][0-9]{2})? uhr(?: [0-9]{2})?|"
    r"um (?:halb |viertel (?:vor|nach) )?{number}|mittags|mitternacht|[0-9]{1,2}[:.][0-9]{2}",
    "fr": r"(?:à )?[0-9]{1,2} ?h(?:eures?)?(?: ?[0-9]{2})?|(?:à )?{number} heures?"
    r"(?: (?:et demie|et quart|{number}))?|midi|minuit",
}
"""Times of the day, with `{number}` as above."""

AGES = {
    "en": r"{number}[ -](?:years?|yrs?|months?|weeks?)[ -]old|{number} years? of age|"
    r"(?:(?<=\bis )|(?<='s )|(?<=hes )|(?<=\bam )|(?<='m )|(?<=\bim )|(?<=\bwas )|(?<=turned )|"
    r"(?<=turning )|(?<=turns )|(?<=\baged )|(?<=\bage )){number}"
    r"(?= ?(?:[.,!?;)]|$|and\b|now\b|n\b))",
    "it": r"{number} anni",
    "es": r"{number} años",
    "de": r"{number} jahre(?: alt)?",
    "fr": r"{number} ans",
    "zh": r"{number} ?岁",
}
"""Ages, with `{number}` as above."""

COLOURS = {
    "en": "red|blue|green|yellow|orange|purple|violet|pink|brown|black|white|grey|gray|beige|"
    "cream|turquoise|teal|navy|gold|golden|silver|lavender|magenta|maroon|burgundy|"
    "crimson|scarlet|blond|blonde|ginger|tan|khaki|lilac|mint|indigo|dark|light|bright|"
    "pale",
    "it": "ross[oaie]|blu|azzurr[oaie]|celeste|verd[ei]|giall[oaie]|arancion[ei]|viola|rosa|"
    "marron[ei]|ner[oaie]|bianc[oa]|bianch[ei]|grigi[oae]?|beige|turchese|oro|argento|"
    "lilla|bordeaux|chiaro|scuro",
    "es": "roj[oa]s?|azul(?:es)?|verdes?|amarill[oa]s?|naranja|violeta|morad[oa]s?|rosa|marrón|"
    "negr[oa]s?|blanc[oa]s?|gris(?:es)?|beige|turquesa|dorad[oa]|platead[oa]|celeste|"
    "lila|claro|oscuro",
    "de": "(?:hell|dunkel)?(?:rot|blau|grün|gelb|orange|lila|violett|rosa|braun|schwarz|weiß|"
    "grau)(?:e[nrsm]?)?|beige|türkis|golden|silbern",
    "fr": "rouges?|bleue?s?|verte?s?|jaunes?|orange|violette?s?|violet|roses?|marron|noire?s?|"
    "blanche?s?|blancs?|grise?s?|beige|turquoise|doré|argenté|lilas|clair|foncé",
    "zh": "[红蓝绿黄橙紫粉棕黑白灰]色?",
}
"""Names of colours."""

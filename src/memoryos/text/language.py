"""Which language a text is in: by its script, else by its commonest words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from memoryos.text.everyday_words import EVERYDAY_WORDS, SHARED_WORDS
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import fold_accents

FUNCTION_WORDS = {
    "en": """
        the a an and or but of to in on at for with from by about into is are was were be been am
        i you he she it we they my your his her its our their me him us them this that these those
        what which who when where why how not do does did don't doesn't didn't can could will would
        should have has had there if than then so just very also i'm it's i've i'd i'll you're
        he's she's we're that's isn't wasn't can't won't some any all no as because while yes please
        thanks hello hi hey name live work love like want
        """,
    "it": """
        il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle
        al allo alla ai agli alle dal dalla nel nello nella nei nelle sul sulla e ed o ma che chi
        cui non sono sei è siamo siete ho hai ha abbiamo avete hanno mi ti si ci vi mio mia miei mie
        tuo tua suo sua loro questo questa quello quella come quando dove perché cosa anche più
        molto così se io tu lui lei noi voi era ero sto stai sta fa faccio essere c'è dell'
        un' l' all' nell' piace vivo lavoro abito chiamo grazie ciao sì poi già anni
        suono gioco parlo vengo faccio vado mangio studio amo
        """,
    "es": """
        el la los las un una unos unas de del al a en con por para y o pero que quien cual no soy
        eres es somos son estoy está están estaba he has ha hemos han me te se nos os mi mis tu tus
        su sus este esta esto ese esa eso como cuando donde porque qué cómo cuándo dónde quién
        también más muy así si yo tú él ella nosotros ellos ellas era fue hay sin sobre lo le les
        ser tengo tiene dos tres vivo trabajo llamo gusta gustan encanta gracias hola sí años desde
        hasta ya toco juego hablo vengo hago estudio voy como
        """,
    "de": """
        der die das den dem des ein eine einen einem einer eines und oder aber von zu zum zur in im
        an am auf für mit bei nach aus über unter vor ich du er sie es wir ihr mich mir dich dir uns
        euch ihm ihn mein meine meinen meinem meiner dein deine sein seine unser ist sind war waren
        bin bist habe hast hat haben hatte nicht kein keine was wer wie wo wann warum welche auch
        noch nur schon sehr so wenn dass weil als ob doch ja nein kann können will möchte werde
        wird gibt heiße wohne arbeite komme mag gern gerne danke hallo seit jahre hier dort
        spiele spreche studiere liebe hasse komme gehe lerne
        """,
    "fr": """
        le la les l' un une des du de d' au aux à en dans avec pour par sur sous chez et ou mais que
        qu' qui quoi dont ne n' pas plus je j' tu il elle on nous vous ils elles me m' te t' se s' y
        mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces c' ça est
        suis es sommes êtes sont était ai as a avons avez ont comme quand où pourquoi comment aussi
        très bien si sans fait faire être avoir il y habite travaille appelle aime adore merci
        bonjour salut oui non ans depuis aujourd'hui joue parle viens fais vis déteste
        """,
    # Close relatives, so that they are not taken for one of the five.
    "other": """
        eu você ele ela não são uma um do da no na nos nas em com para por mais meu minha
        seu sua está estou tenho também muito obrigado obrigada olá moro gosto é ou isso isto
        ik jij hij zij wij het een van niet met voor ben bent zijn heb heeft mijn dat maar ook
        naar waar wat hoe nog wel dank hallo jag är och att det inte på med för mig min från
        jeg er og ikke til på hvad være nie jest się na że jak mam czy tak dla jestem ale
        ve bir bu için çok ben değil var mı ne gibi sunt este și nu cu pe mă mea meu
        soc sóc és amb els dels però tinc visc em dic molt això
        """,
}
"""The words that betray a language, beside its stop list; one word may speak for several."""

_SCRIPTS = re.compile(
    r"(?P<ja>[\u3040-\u30ff\uff66-\uff9f])|(?P<ko>[\uac00-\ud7af\u1100-\u11ff\u3130-\u318f])"
    r"|(?P<zh>[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])|(?P<ar>[\u0600-\u06ff\u0750-\u077f])"
    r"|(?P<other>[\u0370-\u03ff\u0400-\u052f\u0530-\u05ff\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff])"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f])"
)
_WORDS = re.compile(r"\b(?:[^\W\d_]+')?[^\W\d_]+\b|\b[^\W\d_]+'")
_LETTERS = (
    ("¿¡ñ", "es", 1.0),
    ("ß", "de", 1.0),
    ("ãõłřěşığ", "other", 1.0),
    ("áíóú", "es", 0.5),
    ("ìò", "it", 0.5),
    ("äöü", "de", 0.5),
    ("êâîôûœç", "fr", 0.5),
)
"""Letters that few other languages write, and what one of them weighs against a word."""
_ADDRESS = re.compile(r"\S+@\S+|\w+://\S+")
_SAMPLE_CHARACTERS = 200


def _votes() -> dict[str, tuple[tuple[str, float], ...]]:
    speakers: dict[str, list[str]] = {}
    for language, words in FUNCTION_WORDS.items():
        known = {*words.split(), *EVERYDAY_WORDS[language].split()}
        # A single letter of a stop list is what an apostrophe left over.
        known |= {word for word in STOP_WORDS.get(language, ()) if len(word) > 1}
        # Chats leave accents out. A word of three letters may be another without its own.
        known |= {fold_accents(word) for word in known if len(word) > 3}
        for word in known.difference(SHARED_WORDS.split()):
            speakers.setdefault(word, []).append(language)
    return {
        word: tuple((language, 1 / len(languages)) for language in languages)
        for word, languages in speakers.items()
    }


_VOTES = _votes()


def guess_language(text: str, default: str = "en") -> str:
    """The language of `text`: en, it, es, de, fr, zh, ja, ko, ar, or "other".

    Scripts decide first; then the common words of the first 200 characters vote, those of chats
    too, each in equal parts for the languages it belongs to. Where nothing votes, or the vote is a
    tie, as in many texts of two or three words: `default`. Some 10 us; never raises.
    """
    sample = text[:_SAMPLE_CHARACTERS].replace("’", "'").lower()
    if "@" in sample or "://" in sample:  # ".it" is no Italian
        sample = _ADDRESS.sub(" ", sample)
    if not sample.isascii():
        script = _script(sample)
        if script:
            return script
    scores: dict[str, float] = {}
    for word in _WORDS.findall(sample):
        votes: Sequence[tuple[str, float]] = _VOTES.get(word, ())
        if not votes and "'" in word:  # "l'amico", "j'habite": the article votes
            votes = _VOTES.get(word[: word.index("'") + 1], ())
        for language, share in votes:
            scores[language] = scores.get(language, 0.0) + share
    if not sample.isascii():
        for letters, language, weight in _LETTERS:
            if any(letter in sample for letter in letters):
                scores[language] = scores.get(language, 0.0) + weight
    best, second = [*sorted(scores.values(), reverse=True), 0.0, 0.0][:2]
    if best - second < 1e-9:
        return default
    return max(scores, key=scores.__getitem__)


def _script(sample: str) -> str | None:
    """The language its script tells; None for Latin letters or none at all.

    A character of Chinese, Japanese or Korean says as much as some five letters.
    """
    if max(sample) < "\u0370":  # Latin letters end below
        return None
    counts = Counter(match.lastgroup or "" for match in _SCRIPTS.finditer(sample))
    east_asian = counts["ja"] + counts["zh"] + counts["ko"]
    if 5 * east_asian > counts["latin"]:
        if counts["ko"] > counts["ja"] + counts["zh"]:
            return "ko"
        # Japanese mixes kana with Chinese characters; Chinese never does.
        return "ja" if 10 * counts["ja"] >= counts["zh"] else "zh"
    return next((name for name in ("ar", "other") if counts[name] > counts["latin"]), None)

"""Whether a page's own words bear out what a model says of it.

Words are compared without regard to case, accents, white space, and the form of quotation marks
and dashes. What is kept of them is always the page's own spelling.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache

from memoryos.text.language import guess_language
from memoryos.text.sentences import Sentence, split_sentences
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import CJK, fold_accents, is_cjk, stem, words

_TOKEN = re.compile(rf"[{CJK}]+|(?:(?![{CJK}])[^\W_][\u0300-\u036f]*)+")
_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
"""How prompts show what nobody sees (`text.visible`), and how models give it back."""
_SIGNS = dict.fromkeys("\"'`´‘’‚‛“”„‟«»‹›「」『』＂＇ʼ", "'") | dict.fromkeys("-‐‑‒–—―−－", "-")


@dataclass(frozen=True)
class Half:
    """What one speaker says on a page, to be searched for what it is said to say."""

    text: str
    usual: str = "en"
    """The language it is taken to be in where its own words do not tell."""

    @cached_property
    def language(self) -> str:
        return guess_language(self.text, self.usual)

    def find(self, said: str) -> tuple[int, int] | None:
        """Where whole words of the half say `said`: `text[start:end]`; None if nowhere."""
        return self._find(fold(said)) or self._find(fold(_ESCAPE.sub("", said)))

    def sentence(self, start: int, end: int) -> str:
        """The sentences that `text[start:end]` touches, as they stand."""
        touched = [found for found in self._sentences if found.start < end and found.end > start]
        return self.text[touched[0].start : touched[-1].end] if touched else self.text[start:end]

    def spelt(self, said: str) -> str | None:
        """`said` with its names and numbers in the spelling of the half; None if one is not there.

        A name is a word with a capital, or in a script that has none. Of Chinese, Japanese and
        Korean every character must be there. Stop words are never names.
        """
        parts, end = [], 0
        for match in _TOKEN.finditer(said):
            spelling = self._spelling(match.group())
            if spelling is None:
                return None
            parts += [said[end : match.start()], spelling]
            end = match.end()
        return "".join([*parts, said[end:]])

    def _find(self, target: str) -> tuple[int, int] | None:
        folded, places = self._folded
        at = folded.find(target) if target else -1
        while at >= 0:
            end = at + len(target)
            if self._is_border(at) and self._is_border(end):
                return places[at], self._past_marks(places[end - 1] + 1)
            at = folded.find(target, at + 1)
        return None

    def _is_border(self, at: int) -> bool:
        """Whether a word may end or begin at a place of the folded half."""
        folded, places = self._folded
        if at in (0, len(folded)):
            return True
        if places[at - 1] == places[at]:
            return False  # inside "¾", which folds to three signs
        around = folded[at - 1 : at + 1]
        # Scripts without capitals glue words together: Chinese all of them, Arabic "and" and "the".
        return not around.isalnum() or any(map(_is_caseless, around))

    def _past_marks(self, place: int) -> int:
        """`place`, or where the accents written after the character before it end."""
        while place < len(self.text) and unicodedata.combining(self.text[place]):
            place += 1
        return place

    def _spelling(self, token: str) -> str | None:
        if is_cjk(token):
            return token if self._characters.issuperset(token) else None
        spellings = self._tokens.get(fold(token), [])
        if token in spellings or not _is_name(token):
            return token
        if spellings:
            return spellings[0]
        return token if token.lower() in STOP_WORDS.get(self.language, ()) else None

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(self.text)

    @cached_property
    def _tokens(self) -> dict[str, list[str]]:
        """The half's words, folded -> its spellings of them."""
        found: dict[str, list[str]] = defaultdict(list)
        for token in dict.fromkeys(_TOKEN.findall(self.text)):
            found[fold(token)].append(token)
        return dict(found)

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        return split_sentences(self.text)

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        """The half folded, and for each of its characters the place it comes from."""
        signs: list[str] = []
        places: list[int] = []
        for place, char in enumerate(self.text):
            for sign in _fold(char):
                if sign != " " or (signs and signs[-1] != " "):
                    signs.append(sign)
                    places.append(place)
        return "".join(signs), places


def fold(text: str) -> str:
    """`text` as it is compared."""
    return " ".join("".join(map(_fold, text)).split())


def bears_out(sentence: str, value: str, language: str) -> bool:
    """Whether `sentence` has the content words of `value`: half of them, and not none.

    Words are compared by their stems; of Chinese, Japanese and Korean every character counts, and
    all must be there. A value without content words is never borne out.
    """
    stop = STOP_WORDS.get(language, frozenset())
    asked = {word for word in words(value) if word not in stop}
    runs = {word for word in asked if is_cjk(word)}
    if not asked or any(not set(run) <= set(sentence) for run in runs):
        return False
    there = {_stem(word, language) for word in words(sentence)}
    others = asked - runs
    found = sum(_stem(word, language) in there for word in others)
    return 2 * found >= len(others)


def _stem(word: str, language: str) -> str:
    return fold_accents(stem(word, language))


def _is_name(token: str) -> bool:
    has_digit = any(char.isdigit() for char in token)
    return has_digit or token != token.lower() or _is_caseless(token)


def _is_caseless(token: str) -> bool:
    return token.isalpha() and token.lower() == token.upper()


@lru_cache(maxsize=1 << 14)
def _fold(char: str) -> str:
    """A character as it is compared: "" for one that nobody sees or that books leave out."""
    if char in _SIGNS:
        return _SIGNS[char]
    if char.isspace():
        return " "
    if is_cjk(char):
        return unicodedata.normalize("NFKC", char)
    if char == "\\" or unicodedata.category(char) in ("Cc", "Cf"):
        return ""  # JSON escapes with it, and models copy the escapes
    return fold_accents(unicodedata.normalize("NFKC", char).casefold())

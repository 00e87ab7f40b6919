"""Whom a query is about: the speakers it names, by name or as "I" and "you"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from memoryos.model import Speaker
from memoryos.recall import Names
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import CJK, fold_accents, words

_USER_WORDS = {
    "en": "i me my mine myself",
    "it": "io mi me mio mia miei mie",
    "es": "yo mi mí me mío mía míos mías mis conmigo",
    "de": "ich mich mir mein meine meinen meinem meiner meines",
    "fr": "je j me m moi mon ma mes mien mienne",
}
_AGENT_WORDS = {
    "en": "you your yours yourself",
    "it": "tu ti te tuo tua tuoi tue",
    "es": "tú tu te ti tuyo tuya tuyos tuyas tus contigo usted",
    "de": "du dich dir dein deine deinen deinem deiner deines",
    "fr": "tu te t toi ton ta tes tien tienne",
}
PRONOUNS = {
    speaker: {language: frozenset(line.split()) for language, line in table.items()}
    for speaker, table in ((Speaker.USER, _USER_WORDS), (Speaker.AGENT, _AGENT_WORDS))
}
"""Speaker -> language -> the words a user says for himself, or for the agent."""

CJK_PRONOUNS = {
    Speaker.USER: re.compile("我|私|僕|나는|내가|제가"),
    Speaker.AGENT: re.compile("你|您|あなた|당신"),
}

MIN_PREFIX = 3
MIN_NEAR_SPELLING = 5
"""Letters a name must have before another letter in it is taken for a slip."""

_TOKEN = re.compile(r"[^\W_]+(?:[-_@.]\w+)*(?P<possessive>['’]s?(?!\w))?")
_NAME_LIKE = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class SpokenOf:
    """Whom a query is about."""

    speaker: Speaker | None
    """The one speaker it means; None if none, or both."""
    says_name: bool
    """Whether it calls one by name."""
    bare: str
    """The query without the names; the query itself where nothing else would be left."""


def find_speaker(query: str, names: Names, language: str) -> SpokenOf:
    """Whom a query means, by name or as "I" and "you".

    A name counts whole, by its parts, as a possessive, as a prefix of three letters or more, or
    with one letter amiss; the last two only where it is written with a capital.
    """
    mentions = [
        (speaker, span)
        for speaker, name in _named(names)
        for span in _mentions(query, name, language)
    ]
    meant = {speaker for speaker, _ in mentions}
    spoken = set(words(query))
    for speaker, pronouns in PRONOUNS.items():
        if spoken & pronouns.get(language, frozenset()) or CJK_PRONOUNS[speaker].search(query):
            meant.add(speaker)
    bare = query
    for start, end in sorted({span for _, span in mentions}, reverse=True):
        bare = f"{bare[:start]} {bare[end:]}"
    bare = " ".join(bare.split())
    return SpokenOf(
        speaker=meant.pop() if len(meant) == 1 else None,
        says_name=bool(mentions),
        bare=bare if words(bare) else query,
    )


def _named(names: Names) -> Iterator[tuple[Speaker, str]]:
    if names.user.strip():
        yield Speaker.USER, names.user
    if names.agent.strip() and names.agent != names.user:
        yield Speaker.AGENT, names.agent


def _mentions(query: str, name: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a query says a name, its possessive ending with it."""
    if re.search(f"[{CJK}]", name):
        # No spaces stand around it.
        yield from (found.span() for found in re.finditer(re.escape(name), query))
        return
    whole = fold_accents(name).casefold()
    parts = [whole, *(part for part in whole.split() if _NAME_LIKE.fullmatch(part))]
    common = STOP_WORDS.get(language, frozenset())
    for token in _TOKEN.finditer(query):
        written = token[0][: -len(token["possessive"])] if token["possessive"] else token[0]
        word = fold_accents(written).casefold()
        is_capitalised = written[0].isupper() and not written[1:].isupper()
        if word in common and not (is_capitalised and token.start() > 0):
            continue
        if word in parts or (
            is_capitalised and word not in common and any(_is_meant(word, part) for part in parts)
        ):
            yield token.span()


def _is_meant(word: str, name: str) -> bool:
    """Whether `word` is a short form or a slip of `name`."""
    if not _NAME_LIKE.fullmatch(name) or len(word) < MIN_PREFIX:
        return False
    return name.startswith(word) or (
        len(name) >= MIN_NEAR_SPELLING and word[0] == name[0] and _one_edit_apart(word, name)
    )


def _one_edit_apart(left: str, right: str) -> bool:
    """Whether one letter was added, dropped or changed, or two neighbours swapped."""
    if abs(len(left) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    return (
        left[1:] == right[1:]
        or left[1:] == right
        or left == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )

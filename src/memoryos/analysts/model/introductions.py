"""How people say their own name.

A wrong name is the worst thing to believe of somebody, and pages are full of names: the agent's,
those of friends, of whoever wrote a text that is pasted. So a name counts only where its owner
gives it.
"""

from __future__ import annotations

import re

from memoryos.analysts.model.support import fold
from memoryos.text.tokens import is_cjk

BEFORE = """
    i am|i'm|im|my name is|my name's|my full name is|my real name is|my first name is|call me
    sono|mi chiamo|il mio nome è|mi chiamano|chiamami|chiamatemi
    soy|me llamo|mi nombre es|me llaman|me dicen|llámame|dime
    ich bin|ich heiße|heiße|mein name ist|nenn mich|nennt mich
    je suis|je m'appelle|moi c'est|mon nom est|mon prénom est|appelle-moi|appelez-moi|on m'appelle
    我是|我叫|叫我|我的名字是|我的名字叫|私は|僕は|俺は|わたしは|ぼくは|私の名前は|僕の名前は
    저는|나는|제 이름은|내 이름은|اسمي|أنا|انا
    """
"""What the name follows at once, in the languages that `guess_language` tells."""

BETWEEN = "la|il|die|der|dr|doctor|dottor|dottoressa|doctora|prof|mr|mrs|ms|just|ruhig"
"""What may stand between, and is no name."""

AFTER = "here|hier|qui|aquí"
"""What may follow a name that the sentence begins with: "Hi, Tom here"."""

GREETINGS = "hi|hey|hello|hallo|ciao|salve|hola|salut|bonjour"


def _alternatives(phrases: list[str]) -> str:
    return "|".join(re.escape(fold(phrase)) for phrase in sorted(phrases, key=len, reverse=True))


_PHRASES = [phrase for line in BEFORE.strip().splitlines() for phrase in line.strip().split("|")]
_SPACED = _alternatives([phrase for phrase in _PHRASES if not is_cjk(phrase)])
_GLUED = _alternatives([phrase for phrase in _PHRASES if is_cjk(phrase)])
# No comma: "call me, Tom" calls another. Nor Italian "there are".
_BEFORE = (
    rf"(?:(?<!\w)(?<!\bci )(?:{_SPACED})[ :']{{1,3}}(?:(?:{BETWEEN})\.? ){{0,2}}"
    rf"|(?:{_GLUED})[ :']{{0,2}})"
)
_START = rf"^\W*(?:(?:{GREETINGS})\W+)?"
_AFTER = rf"\W{{1,2}}(?:{_alternatives(AFTER.split('|'))})\b"


def gives_own_name(sentence: str, name: str) -> bool:
    """Whether whoever says `sentence` says in it that `name` is theirs."""
    folded = fold(name)
    # "I'm Tom's sister"; "I'm Tomas".
    whole = re.escape(folded) + ("" if is_cjk(folded[-1:]) else r"(?!\w|'s\b)")
    given = f"{_BEFORE}{whole}|{_START}{whole}{_AFTER}"
    return bool(re.search(given, fold(sentence)))

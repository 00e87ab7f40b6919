"""What of a page may be learnt from: what somebody said of his own accord, and nothing else.

Blanked before any analyst sees a page: what tools and machines wrote, orders to an assistant,
system prompts, what memory gave out and somebody pasted or repeated, greetings. Pages themselves
are kept, filed and recalled as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from memoryos.context import AGENT_KNOWLEDGE, PAGES, PROFILE, SHORT_TERM, USER_KNOWLEDGE
from memoryos.model import Origin, Page
from memoryos.prompts.layout import FENCE
from memoryos.prompts.reply import MESSAGE, META_DATA, ROLE
from memoryos.text.language import guess_language
from memoryos.text.noise import Span, noise
from memoryos.text.orders import gives_orders, is_prompt
from memoryos.text.sentences import split_sentences
from memoryos.text.tokens import terms

GAP = "\n\n"
"""In place of what is blanked: no sentence goes on across it."""

ECHO_OF_ONE, ECHO_OF_ALL = 0.6, 0.8
"""The share of a sentence's content words that stand in one recalled text, or in all together, from
which on it is an echo. Of "you told me that you live in Berlin" two words of three are the user's.
"""

_MEMORY = (
    r"memor\w*|m[ée]moires?|ged[äa]chtnis|erinnerung\w*|souvenirs?|ricord[oi]|recuerdos?|recall\w*"
)
_USER = (
    r"the user|el usuario|del usuario|(?:l|dell)['’]utente|(?:des|der|dem|den|vom) (?:be)?nutzers?"
    r"|l['’]utilisateur"
)
_SPEAKER = (
    r"user|assistant|agent|usuari[oa]|asistente|utente|assistente|(?:be)?nutzer(?:in)?"
    r"|assistent(?:in)?|utilisat(?:eur|rice)|imported note"
)
_OURS = "|".join(
    map(
        re.escape,
        (PROFILE, SHORT_TERM, USER_KNOWLEDGE, AGENT_KNOWLEDGE, PAGES, META_DATA, MESSAGE),
    )
)
_BULLET, _DATE = r"[ \t]*(?:[-*•][ \t]*)?", r"\d{4}-\d\d-\d\d"
_LISTED = r"(?:\n[ \t]*(?:[-*•]|\d+[.)])[^\n]*(?:\n[ \t]+[^\n]+)*)"

_PASTED = re.compile(
    rf"<\s*(?:{FENCE}|{_MEMORY})\s*>.*?(?:<\s*/\s*(?:{FENCE}|{_MEMORY})\s*>|\Z)"
    rf"|^{_BULLET}[\[(]?(?:{_DATE}[^\n]{{0,30}}\((?:page|fact)-\d+|(?:page|fact)-\d+\))"
    rf"[^\n]*(?:\n[ \t]+(?:{_SPEAKER}):[^\n]*)*"
    rf"|^{_BULLET}(?:\[[^\]\n]{{1,40}}\][ \t]*)?[\[(]?{_DATE}[^\n]{{0,40}}?"
    rf"\b(?:{_SPEAKER})\s*:[^\n]*"
    rf"|^[ \t]*\[[^\]\n]*(?:{_MEMORY})[^\]\n]*\][^\n]*"
    rf"|^[^\w\n]{{0,10}}?[«\"“][^\n]*[»\"”]\s*\([^)\n]*\d[^)\n]*\)[ \t]*$"
    rf"|^[ \t]*(?:{_OURS}){_LISTED}*"
    rf"|^[^\n]*\b(?:{_USER}|{_MEMORY})\b[^\n]*:[ \t]*{_LISTED}+",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
"""What recall lays out, and what other systems lay out alike: fenced, dated, or listed under a
heading that speaks of the user or of memory."""

_PASTED_CUE = re.compile(r"\n|<|\[|-\d\d-\d\d|\((?:page|fact)-")

_FRAME = frozenset(line.strip(" -") for line in ROLE.splitlines() if line.strip())
"""The lines of our own prompt, which a model may repeat."""
_NOW = re.compile(
    rf"^It is now \w+ {_DATE}[^\n]*|^What follows is the user's message[^\n]*", re.MULTILINE
)

GREETINGS = """
    hi hello hey hiya heya yo howdy morning afternoon evening good day night greetings there thanks
    thank you ok okay bye goodbye see later cheers welcome great nice cool perfect sure yes no
    hola buenas buenos días dias tardes noches gracias adiós adios hasta luego vale muchas qué tal
    ciao salve buongiorno buonasera buonanotte grazie mille arrivederci a presto va bene come
    hallo guten tag abend nacht servus moin tschüss danke schön bis bald morgen gut
    bonjour salut bonsoir bonne nuit journée merci beaucoup au revoir à bientôt ça coucou vous
    """
_GREETING = frozenset(GREETINGS.split())
LONGEST_GREETING = 60
"""Characters."""
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")
_LETTERS = re.compile(r"[^\W\d_]+")


def teachable(page: Page, *, recalled: Sequence[str] = ()) -> Page:
    """`page` with all blanked that must teach nothing; a half of which nothing is left is "".

    `recalled` are the texts that the prompt of its agent half held: sentences that repeat them are
    blanked in that half alone, for a user who repeats what memory knows confirms it. What is left
    stands in the page as it is here, but for the gaps: no sentence goes over one. Pure.
    """
    heard, said = page.user_input, page.agent_response
    if page.origin is Origin.TOOL or is_prompt(heard):
        # What is answered under orders, or in a role, is not the agent's own.
        return replace(page, user_input="", agent_response="")
    if not page.learnable or gives_orders(said):
        said = ""
    user = _own_words(heard)
    agent = _own_words(said)
    if agent and recalled:
        agent = _blanked(agent, Echoes((*recalled, heard)).spans(agent))
    if user is heard and agent is page.agent_response:
        return page
    return replace(page, user_input=user, agent_response=agent)


@dataclass(frozen=True)
class Echoes:
    """What recall gave out, to find what repeats it."""

    recalled: tuple[str, ...]

    def spans(self, text: str) -> Iterator[Span]:
        """The places of the sentences of `text` that repeat something recalled."""
        language = guess_language(text)
        texts = [frozenset(terms(one, language)) for one in self.recalled]
        every = frozenset().union(*texts)
        for sentence in split_sentences(text):
            there = set(terms(sentence.text, language))
            of_one = max((len(there & one) for one in texts), default=0)
            if not there:
                continue
            if of_one >= ECHO_OF_ONE * len(there) or len(there & every) >= ECHO_OF_ALL * len(there):
                yield sentence.start, sentence.end


def _own_words(text: str) -> str:
    """`text` without what machines wrote and what was pasted out of a memory; "" for a greeting."""
    if not text or _is_greeting(text):
        return ""
    return _blanked(text, (*noise(text), *_pasted(text)))


def _pasted(text: str) -> Iterator[Span]:
    if not _PASTED_CUE.search(text):
        return
    yield from (found.span() for found in _PASTED.finditer(text))
    yield from (found.span() for found in _NOW.finditer(text))
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip(" -\r\n") in _FRAME:
            yield start, start + len(line)
        start += len(line)


def _is_greeting(text: str) -> bool:
    if len(text) > LONGEST_GREETING:
        return False
    return _GREETING.issuperset(_LETTERS.findall(_DRAWN_OUT.sub(r"\1", text.lower())))


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """`text` with a gap in place of each of `spans`; the same object where there are none."""
    kept, end = [], 0
    for start, stop in sorted(spans):
        if start > end:
            kept.append(text[end:start])
        end = max(end, stop)
    if not end:
        return text
    return GAP.join(part for part in map(str.strip, (*kept, text[end:])) if part)

"""Whether a text gives orders to an assistant, in the open or in disguise.

What it looks for is what an order that is to outlive its conversation must say: that earlier
instructions count no more, what to answer from now on or to others, what to give away, that it
comes from a system or speaks to machines, that a quotation ends here. A wish for this conversation
("please answer briefly", "remember that I am allergic to nuts") is none. It finds what is written
like known attacks, not whatever may be one: nothing may rest on a text being *not* flagged.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from memoryos.text.disguises import is_reordered, plain, readings
from memoryos.text.order_words import LANGUAGES, OrderWords
from memoryos.text.tokens import CJK

LONGEST = 20_000
"""Characters of a text that are looked at from its beginning, and as many from its end."""

JOINED = 160
"""Characters of each half that are looked at where an order may go on from one to the next."""

_MARKS = re.compile(
    r"<\|[a-z_]{2,20}\|>|\[/?inst\]|<</?sys>>|<(?:start|end)_of_turn>"
    r"|</?\s*(?:system\w*|sistema|systeme|instructions?|memor\w*|context\w*|user_?data|quote|document"
    r"|prompt|im_start)(?:[ _]\w{1,12})?\s*>"
    r"|[{,]\s*[\\\"']+role[\\\"']+\s*:\s*[\\\"']+(?:system|developer)"
    r"|#{2,}\s*(?:system|instruct|new instruct|end of|istruzion|instruccion|anweisung|sistem)"
    r"|-{3,} ?(?:begin|end|start)[ a-z_]*(?:memory|context|system|data|prompt|instructions) ?-{3,}"
    r"|<{2,}/?[ a-z_]*(?:end|begin|system|user|data)[ a-z_]*>{2,}"
    r"|\b(?:call|run|execute|invoke) \w+\("
    r"|\b(?:forget|why|memory_\w+|\w+_memory)\((?:all|id|query|everything|page|user)\w*\s*="
    r"|!\[[^\]]*\]\(https?://[^)\s]*[?&][^)\s]*=|https?://\S*[?&]\w+=(?:[{<\[]|%7b|'\s*\+)"
    r"|\bon(?:error|load|click)\s*=|javascript:|document\.cookie|<script\b"
)
"""Tokens of chat templates, false roles, ends of quotations that are none, calls of tools, links
that carry data away; of `plain` texts."""

_FALSE_SPEAKER = re.compile(
    r"^[^\w\n]{0,20}(?:\[?(?:SYSTEM|SISTEMA|SYSTÈME|DEVELOPER|ADMIN|ROOT)\]?\s*(?:[:>]|\(|PROMPT|OVERRIDE|MESSAGE)"
    r"|(?i:system (?:message|notice|override|prompt|update|alert)|systemnachricht|systemmeldung"
    r"|messaggio di sistema|mensaje del sistema|message (?:du )?syst[eè]me|mensagem do sistema"
    r"|системное сообщение|系统(?:消息|提示)|系統(?:訊息|提示)|システム(?:メッセージ|通知)"
    r"|시스템 메시지"
    r"|رسالة (?:من )?النظام)\b\s*\W)"
    r"|\[(?i:system|sistema|système|admin|developer)\b[^\]\n]{0,40}\]",
    re.MULTILINE,
)
"""A line that claims to be of somebody who may give orders."""

_MARK_CUE = re.compile(r"[<\[{#(=]|---")
_PLACEHOLDER = re.compile(r"https?://\S*[?&]\w+=[A-Z][A-Z_']{6,}")
"""A link whose reader is to fill something in."""
_WORD = re.compile(r"\w+")
_CJK = re.compile(rf"[{CJK}]")


def gives_orders(text: str) -> bool:
    """Whether `text` gives orders to an assistant. Pure; some microseconds for most texts."""
    if len(text) > 2 * LONGEST:
        text = f"{text[:LONGEST]}\n{text[-LONGEST:]}"
    if _FALSE_SPEAKER.search(text) or _PLACEHOLDER.search(text) or is_reordered(text):
        return True
    return _orders(plain(text)) or any(_orders(said, hidden=True) for said in readings(text))


def is_prompt(text: str) -> bool:
    """Whether `text` gives orders, or tells an assistant who it is and what to do."""
    said = plain(text[:LONGEST])
    is_role = any(_role(words).search(said) is not None for words in _languages(said))
    return is_role or gives_orders(text)


def cue_words(text: str) -> frozenset[str]:
    """Those words of `text` of which orders are made; `joint_orders` needs some that belong
    together."""
    said = plain(_ends(text))
    found = set(_WORD.findall(said)) & _CUES.keys()
    if not said.isascii() and _CJK.search(said):
        found.add(said)
    return frozenset(found)


def joint_orders(halves: Sequence[str]) -> bool:
    """Whether `halves` give orders when read on end, undisguised; of long ones the ends count."""
    parts = [_ends(half) for half in halves if half.strip()]
    return len(parts) > 1 and _orders(plain(" ".join(parts)))


def _ends(half: str) -> str:
    half = half.strip()
    return half if len(half) <= 2 * JOINED else f"{half[:JOINED]} {half[-JOINED:]}"


def _orders(said: str, *, hidden: bool = False) -> bool:
    """Whether a `plain` text gives orders; what somebody hid needs only to tell what to answer."""
    if _MARK_CUE.search(said) and _MARKS.search(said):
        return True
    for words in _languages(said):
        if any(pattern.search(said) for pattern in _patterns(words)):
            return True
        if hidden and _standing(words).search(said):
            return True
    return False


def _languages(said: str) -> list[OrderWords]:
    """Those in which a `plain` text may be an order."""
    there = set(_WORD.findall(said))
    found = {
        words.name: words
        for cue in there & _CUES.keys()
        for others, words in _CUES[cue]
        if others <= there
    }
    if not said.isascii() and _CJK.search(said):
        found.update({words.name: words for words, cues in _UNSPACED if cues.search(said)})
    return list(found.values())


def _cues() -> dict[str, list[tuple[frozenset[str], OrderWords]]]:
    """Word -> the words that must be there with it, in which language."""
    cues: dict[str, list[tuple[frozenset[str], OrderWords]]] = {}
    for words in LANGUAGES:
        for cue in words.cues.split() if words.spaced else ():
            first, *others = cue.split("+")
            cues.setdefault(first, []).append((frozenset(others), words))
    return cues


_CUES = _cues()
_UNSPACED = [(words, re.compile(words.cues)) for words in LANGUAGES if not words.spaced]


_NOBODY = (
    r"(?!(?:i|we|they|he|she|you|it|ich|wir|er|sie|es|man|je|nous|on|il|elle|ils|yo|nosotros|el|ella"
    r"|ellos|io|noi|lui|lei|loro) )(?:\w+ )?"
)
"""Before an imperative: at most a word, and no subject."""


def _edge(words: OrderWords) -> str:
    """The edge of a word, where the script has one."""
    return r"\b" if words.spaced else ""


@cache
def _role(words: OrderWords) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[.!?:;,。]\s*){_edge(words)}(?:{words.role})")


@cache
def _standing(words: OrderWords) -> re.Pattern[str]:
    b = _edge(words)
    answer, always = rf"{b}(?:{words.answer}){b}", words.always or words.scope
    return re.compile(rf"{answer}.{{0,20}}{b}(?:{always})|{b}(?:{always}){b} ?{answer}")


@cache
def _patterns(words: OrderWords) -> tuple[re.Pattern[str], ...]:
    b = _edge(words)
    answer = rf"{b}(?:{words.answer}){b}"
    every = "|".join(filter(None, (words.scope, words.always)))
    found = [
        rf"{b}(?:{words.dismiss}){b}.{{0,45}}?{b}(?:{words.instructions})",
        rf"{b}(?:{words.henceforth}){b}(?=.{{0,120}}?{b}(?:{every}))(?=.{{0,120}}?{answer})",
        rf"{b}(?:{words.reveal}){b}.{{0,60}}?{b}(?:{words.secrets})",
    ]
    if b:
        found += [
            rf"{b}(?:{words.whenever}){b}.{{1,80}}?[,:;] {_NOBODY}{answer}",
            rf"(?:^|[.!?:;] ){_NOBODY}{answer}.{{0,80}}?{b}(?:{words.scope}){b}",
        ]
    else:
        found += [
            rf"(?:{words.instructions}).{{0,12}}(?:{words.dismiss})",
            rf"(?:{words.secrets}).{{0,20}}(?:{words.reveal})",
            rf"(?:{words.whenever}).{{0,40}}(?:{words.answer})",
        ]
    found += [
        rf"{b}(?:{others})" for others in (words.unbound, words.addressed, words.claims) if others
    ]
    return tuple(map(re.compile, found))

"""Reading the value of a statement: where it begins, where it ends, and whether it is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from memoryos.analysts.rules.grammar import Compiled, CompiledRule
from memoryos.text.stop_words import STOP_WORDS

Span = tuple[int, int]
"""A value's place in the sentence."""

MOST_JOB_WORDS = 5
MOST_LISTED_WORDS = 3

_NAME_PART = r"[^\W\d_](?:[\w'’-]*\w)?"
_PARTICLE = (
    "(?:de la|de los|de|del|della|di|da|dos|van der|van den|van|von|der|la|le|el|al|bin|ibn|san|"
    "an der|am|ob der|upon|sur)"
)
_PARTICLE_WORDS = frozenset(re.findall(r"\w+", _PARTICLE[3:]))
_NAME = re.compile(rf"{_NAME_PART}\.?(?:\s(?:{_PARTICLE}\s)?{_NAME_PART})*", re.IGNORECASE)
_WORD = re.compile(r"[\w'’.&+-]+")
_TITLE = re.compile(r"[\"“«„'](?P<title>[^\"“”«»„]{2,60}?)[,.]?[\"”»“'](?!\w)")
_REGION = re.compile(r", (?:(?:en|in|à|au) )?")  # "Portland, Oregon"; "Rosario, en Argentina"
ANY_EMPLOYER = """
    company firm office business shop studio store azienda ditta ufficio società empresa compañía
    oficina firma unternehmen büro entreprise société boîte bureau
    """
"""Alone they name no employer: "I work for a company"."""

_ANY_EMPLOYER = frozenset(ANY_EMPLOYER.split())
_EDGE = " \t\"“”«»'*_.,;:"


def spans(found: CompiledRule, match: re.Match[str], plain: str, grammar: Compiled) -> list[Span]:
    """The values that `match` opens, as places in `plain`; empty where none is sound."""
    profession = match.groupdict().get("profession")
    if profession is not None and not grammar.job.search(profession):
        return []  # "too old for TikTok": an employer needs a word of work
    stop_words = STOP_WORDS[grammar.grammar.language]
    return [
        span
        for span in _opened(found, match, plain, grammar)
        if not stop_words.issuperset(plain[slice(*span)].split())
    ]


def _opened(found: CompiledRule, match: re.Match[str], plain: str, grammar: Compiled) -> list[Span]:
    if found.rule.reading == "group":
        return [match.span("value")]
    reader = _READERS[found.rule.reading]
    start = match.end()
    while plain[start : start + 1] == " ":
        start += 1
    title = _TITLE.match(plain, start)
    if title and found.rule.reading == "phrase":
        return [title.span("title")]
    if not found.rule.many:
        span = reader(plain, start, _border(plain, start, grammar, found), grammar, found)
        return [span] if span else []
    read = []
    for item_start, item_end in _listed(plain, start, grammar, found):
        span = reader(plain, item_start, item_end, grammar, found)
        if span:
            read.append(span)
        elif not read:
            return []
    return read


def _border(plain: str, start: int, grammar: Compiled, found: CompiledRule) -> int:
    narrow = found.rule.reading in ("job", "work", "place", "employer")
    border = (grammar.place_border if narrow else grammar.border).search(plain, start)
    return border.start() if border else len(plain)


def _listed(plain: str, start: int, grammar: Compiled, found: CompiledRule) -> Iterator[Span]:
    """The items of "A and B" or "A, B and C"; the first alone if commas lead to no last item."""
    end = _border(plain, start, grammar, found)
    pieces, closed = [(start, end)], False
    while plain[end : end + 1] == ",":
        joint = grammar.conjunction.match(plain, end)
        begin = joint.end() if joint else end + 1
        end = _border(plain, begin, grammar, found)
        words = plain[begin:end].split()
        if not words or words[0].lower() in grammar.blocked:
            break
        if len(words) > (2 * MOST_LISTED_WORDS + 1):
            break
        pieces.append((begin, end))
        if joint or grammar.conjunction.search(plain, begin, end):
            closed = True
            break
    for begin, stop in pieces if closed else pieces[:1]:
        for joint in grammar.conjunction.finditer(plain, begin, stop):
            yield begin, joint.start()
            begin = joint.end()
        yield begin, stop


def _trimmed(plain: str, start: int, end: int, grammar: Compiled) -> Span:
    """Without white space, quotation marks and trailing adverbs."""
    while start < end and plain[start] in _EDGE:
        start += 1
    while end > start and plain[end - 1] in _EDGE:
        end -= 1
    tail = grammar.tail.search(plain, start, end)
    if tail:
        end = tail.start()
    while end > start and plain[end - 1] in _EDGE:
        end -= 1
    if plain[start:end].count('"') % 2 and plain[end : end + 1] == '"':
        end += 1  # a title at the end keeps its closing mark
    return start, end


def _bare(plain: str, start: int, end: int, grammar: Compiled) -> Span:
    """Trimmed, and without a leading article."""
    start, end = _trimmed(plain, start, end, grammar)
    article = grammar.leading_article.match(plain, start, end)
    return (article.end() if article else start), end


def _phrase(
    plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule
) -> Span | None:
    border = end
    start, end = _bare(plain, start, end, grammar)
    words = _WORD.findall(plain[start:end].lower())
    joint = grammar.conjunction.search(plain, start, end)
    if joint and len(words) > found.rule.most_words:
        # "I study law at Exeter and my head is spinning": another thing is said.
        border = joint.start()
        start, end = _bare(plain, start, border, grammar)
        words = _WORD.findall(plain[start:end].lower())
    if not 0 < len(words) <= found.rule.most_words or words[-1] in grammar.blocked:
        return None
    # "The Light Between Oceans" may begin with any word.
    if words[0] in grammar.blocked and not plain[start].isupper():
        return None
    if grammar.deixis.search(plain, start, end):
        return None
    if len(words) == 1 and grammar.restriction.match(plain, border):
        return None
    return start, end


def _item(plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule) -> Span | None:
    start, end = _trimmed(plain, start, end, grammar)
    match = found.item.fullmatch(plain, start, end)
    if match is None:
        return None
    return match.span("value") if "value" in match.re.groupindex else (start, end)


def _name(plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule) -> Span | None:
    """A run of capitalised words that nothing but a border follows ("I'm Tom", not "I'm Tom's")."""
    span = _capitals(plain, _past_article(plain, start, grammar), most=4)
    if span is None or not grammar.after_name.match(plain, span[1]):
        return None
    words = plain[span[0] : span[1]].split()
    folded = [word.lower() for word in words]
    if any(word in grammar.not_names for word in folded) or plain[span[0] : span[1]].isupper():
        return None
    return None if grammar.job.search(plain[span[0] : span[1]]) else span


def _past_article(plain: str, start: int, grammar: Compiled) -> int:
    """Where a name begins: "la Giulia" and "die Anna" are said in Italian and German alone."""
    if grammar.grammar.language not in ("it", "de") or not plain[start : start + 1].islower():
        return start
    article = grammar.leading_article.match(plain, start)
    return article.end() if article else start


def _full_name(
    plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule
) -> Span | None:
    """What follows "my name is": capitalised words, or one or two small ones before a border."""
    span = _capitals(plain, _past_article(plain, start, grammar), most=5)
    if span:
        first = plain[slice(*span)].split()[0].lower()
        return None if first in grammar.not_names else span
    start, end = _trimmed(plain, start, end, grammar)
    words = plain[start:end].lower().split()
    if not 0 < len(words) <= 2 or any(
        word in grammar.blocked or word in grammar.not_names or not word.isalpha() for word in words
    ):
        return None
    return start, end


def _place(plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule) -> Span | None:
    span = _capitals(plain, start, most=5)
    if span is None:
        return _small_place(plain, start, end, grammar)
    if plain[span[0] : span[1]].lower() in grammar.not_names:
        return None
    comma = _REGION.match(plain, span[1])
    if comma:
        region = _capitals(plain, comma.end(), most=3)
        if region and grammar.place_end.match(plain, region[1]):
            return span[0], region[1]
    return span


def _small_place(plain: str, start: int, end: int, grammar: Compiled) -> Span | None:
    """A place as written by who uses no capitals at all."""
    start, end = _trimmed(plain, start, end, grammar)
    words = plain[start:end].split()
    careless = not any(char.isupper() for char in plain.replace("I", ""))
    if careless and 0 < len(words) <= 2 and not any(w in grammar.blocked for w in words):
        return (start, end) if "".join(words).isalpha() else None
    return None


def _job(plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule) -> Span | None:
    span = _work(plain, start, end, grammar, found)
    if span is None or not grammar.job.search(plain[slice(*span)]):
        return None
    # "la dottoressa Elena Marchetti" is a name. In German every noun has a capital.
    first, *others = plain[slice(*span)].split()
    named = first.islower() and any(word[0].isupper() for word in others)
    return None if named and grammar.grammar.language != "de" else span


def _work(plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule) -> Span | None:
    start, end = _bare(plain, start, end, grammar)
    words = plain[start:end].lower().split()
    if not 0 < len(words) <= MOST_JOB_WORDS or words[0] in grammar.blocked:
        return None
    return None if grammar.not_job.search(plain[start:end]) else (start, end)


def _employer(
    plain: str, start: int, end: int, grammar: Compiled, found: CompiledRule
) -> Span | None:
    """A name, or a noun of the closed class: "Acme", "a small hospital"."""
    span = _capitals(plain, start, most=5)
    if span:
        return None if plain[slice(*span)].lower() in grammar.not_names else span
    start, end = _bare(plain, start, end, grammar)
    words = plain[start:end].lower().split()
    if not words or words[0] in grammar.blocked or (len(words) == 1 and words[0] in _ANY_EMPLOYER):
        return None
    if len(words) <= found.rule.most_words and grammar.employer.search(plain, start, end):
        return start, end
    return None


def _capitals(plain: str, start: int, *, most: int) -> Span | None:
    """The run of capitalised words at `start`, small particles ("de", "van") inside it allowed."""
    match = _NAME.match(plain, start)
    if match is None:
        return None
    end = start
    count = 0
    for word in _WORD.finditer(plain, start, match.end()):
        if word.group()[0].isupper() or not word.group()[0].islower():
            count += 1
            end = word.end()
        elif not count or word.group() not in _PARTICLE_WORDS:
            break
    while end > start and plain[end - 1] in ".'’":
        end -= 1
    if plain[end - 2 : end].lower() == "'s":
        return None
    return (start, end) if 0 < count <= most else None


_Reader = Callable[[str, int, int, Compiled, CompiledRule], "Span | None"]
_READERS: dict[str, _Reader] = {
    "item": _item,
    "name": _name,
    "full_name": _full_name,
    "place": _place,
    "job": _job,
    "work": _work,
    "employer": _employer,
    "phrase": _phrase,
}

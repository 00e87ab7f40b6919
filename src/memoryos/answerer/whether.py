"""Yes or no; and of two alternatives, the one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from memoryos.answerer.candidates import Candidate
from memoryos.answerer.question_words import OR
from memoryos.answerer.questions import Question
from memoryos.answerer.wording import LIKELY, YES_NO
from memoryos.answerer.yes_no_words import AFFIRMED, CLAUSES, NEGATIONS
from memoryos.text.stop_words import STOP_WORDS
from memoryos.text.tokens import stem, words

SEARCHED_SENTENCES = 12
"""The best sentences, in which alternatives are looked for."""


def decide(question: Question, scored: Sequence[Candidate]) -> str | None:
    """Yes or no by what the best sentence says, "likely" so of what would be; of two alternatives,
    the one memory speaks of. None for a question that asks two things at once."""
    if question.asks_again:
        return None
    if alternative := _alternative(question, scored):
        return alternative
    yes, no = YES_NO.get(question.language, YES_NO["en"])
    short = no if _is_denied(question, scored[0]) else yes
    if question.is_hypothetical and question.language in LIKELY:
        return f"{LIKELY[question.language]} {short.lower()}"
    return short


def _is_denied(question: Question, candidate: Candidate) -> bool:
    """Whether there is a negation where the sentence speaks of the question: "I went to Rome, it
    was not cheap" denies that it was cheap, and not that I went."""
    language = candidate.language
    terms = question.terms(language)
    denied: dict[bool, int] = {}
    for clause in _clauses(candidate.text, language):
        said = words(re.sub(AFFIRMED.get(language, "(?!)"), " ", clause, flags=re.IGNORECASE))
        held = {stem(word, language) for word in said}
        has_negation = not NEGATIONS.get(language, frozenset()).isdisjoint(said)
        covered = sum(not term.isdisjoint(held) for term in terms)
        denied[has_negation] = max(covered, denied.get(has_negation, 0))
    # Of two clauses that say as much of it: "I went to Oslo, but never to Rome."
    return True in denied and denied[True] >= denied.get(False, 0)


def _clauses(text: str, language: str) -> Iterator[str]:
    """The clauses of a sentence; one word goes with the next: "No, I did not"."""
    joining = CLAUSES.get(language, "(?!)")
    begun = ""
    for part in re.split(rf"[,;:.!?…()—–]+(?!\w)|\W-\W|\b(?:{joining})\b", text):
        begun = f"{begun} {part}".strip()
        if len(words(begun)) > 1:
            yield begun
            begun = ""
    yield begun


def _alternative(question: Question, scored: Sequence[Candidate]) -> str | None:
    """ "Tea or coffee?": the one more of whose words stand in the best sentences."""
    between = OR.get(question.language)
    stop = STOP_WORDS.get(question.language, frozenset())
    said = re.findall(r"[\w'’.-]+", question.text)
    if between not in said:
        return None
    place = said.index(between)
    first = [word for word in said[max(0, place - 2) : place] if word.lower() not in stop]
    second = [word.rstrip(".") for word in said[place + 1 : place + 4] if word.lower() not in stop]
    held = [word for candidate in scored[:SEARCHED_SENTENCES] for word in words(candidate.text)]
    stems = [stem(word, question.language) for word in held]

    def support(option: list[str]) -> float:
        counts = [stems.count(stem(word.lower(), question.language)) for word in option]
        return sum(counts) / max(1, len(counts))

    return " ".join(second if support(second) > support(first) else first) or None

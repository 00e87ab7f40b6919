"""How near a short answer comes to the one that a question has: F1 twice, BLEU-1, abstention.

Two F1 are in use on LoCoMo and are not comparable: the one behind the paper's table takes words as
sets, LoCoMo's own takes stems and counts them. All are shares, 0 to 1.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from functools import cache
from statistics import fmean
from typing import Any

from memoryos.errors import MissingExtraError

SEVERAL_HOPS, OPEN_DOMAIN = 1, 3
"""Category ids that LoCoMo's F1 treats in a way of their own."""

ABSTENTIONS = ("not mentioned", "no information", "nothing in memory")
"""What an answer says that says it is not known. LoCoMo looks for "not mentioned" and "no
information available"; the last is said by answers of memory's own."""

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"\b(?:a|an|the|and)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def check_installed() -> None:
    """Raises MissingExtraError without nltk, which stems and counts BLEU."""
    _stemmer()


def set_f1(answer: str, gold: str) -> float:
    """F1 of the sets of lower-cased words, as the paper's authors count it."""
    said, known = ({*_words(text)} for text in (answer, gold))
    return _f1(len(said & known), len(said), len(known))


def locomo_f1(answer: str, gold: str, category: int) -> float:
    """F1 of stems, as LoCoMo's own evaluation counts it for categories 1 to 4.

    Of category 1, both texts are lists parted by commas: the mean, over the parts of `gold`, of the
    best F1 that a part of `answer` has. Of category 3, `gold` ends at its first semicolon.
    """
    if category == SEVERAL_HOPS:
        said = answer.split(",")
        return fmean(max(_stemmed_f1(part, known) for part in said) for known in gold.split(","))
    if category == OPEN_DOMAIN:
        gold = gold.partition(";")[0]
    return _stemmed_f1(answer, gold)


def bleu1(answer: str, gold: str) -> float:
    """BLEU with unigrams alone, brevity penalty included, over lower-cased words."""
    bleu = _bleu()
    return float(
        bleu.sentence_bleu(
            [_words(gold)],
            _words(answer),
            weights=(1, 0, 0, 0),
            smoothing_function=bleu.SmoothingFunction().method1,
        )
    )


def abstains(answer: str) -> bool:
    """Whether an answer says that it is not known, or says nothing."""
    return not answer.strip() or any(words in answer.lower() for words in ABSTENTIONS)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _stemmed_f1(answer: str, gold: str) -> float:
    said, known = _stems(answer), _stems(gold)
    return _f1((said & known).total(), said.total(), known.total())


def _stems(text: str) -> Counter[str]:
    """LoCoMo's order matters: "a.m." loses its full stops, and is then no article."""
    words = _ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION)).split()
    return Counter(map(_stem, words))


def _f1(common: int, said: int, known: int) -> float:
    """2 * precision * recall / (precision + recall)."""
    return 2 * common / (said + known) if common else 0.0


@cache
def _stem(word: str) -> str:
    stem: str = _stemmer().stem(word)
    return stem


@cache
def _stemmer() -> Any:
    try:
        from nltk.stem.porter import PorterStemmer
    except ImportError as error:
        raise _missing() from error
    return PorterStemmer()


@cache
def _bleu() -> Any:
    try:
        from nltk.translate import bleu_score
    except ImportError as error:
        raise _missing() from error
    return bleu_score


def _missing() -> MissingExtraError:
    return MissingExtraError(
        'scores need nltk; run pip install "memoryos-engine[bench]", or in a clone pip install -e'
        ' ".[bench]"'
    )

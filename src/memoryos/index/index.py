"""The index of one owner's pages or facts: exact, hybrid, in memory; rows come and go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from memoryos.errors import CorruptStoreError
from memoryos.index.column import Column
from memoryos.index.lexical import Matches, evidence_idf, match
from memoryos.index.packing import LANGUAGES, PASSAGE, POSTING, unpack
from memoryos.index.postings import Postings
from memoryos.index.query import AnalysedQuery, Word
from memoryos.index.timeline import Timeline, greatest_by_group
from memoryos.index.vectors import Floats, Similarity, Vectors
from memoryos.model import Speaker


class Entry(NamedTuple):
    """A page or a fact as it enters an index; a tuple for the reason that `Sections` is one."""

    number: int
    time: float
    """POSIX seconds."""
    packed: bytes
    """From `packing`."""
    conversation_id: str | None = None
    segment: int | None = None


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts beside a cosine of 1.

    The values for pages are measured ones, and flat: within a factor of two nothing moves by more
    than 1.3 points of evidence recall@10.
    """

    dense: float = 1.0
    lexical: float = 0.6
    kin: float = 0.6
    """What the kin of a query's words count beside the words themselves."""
    characters: float = 0.3
    date: float = 0.3
    event: float = 0.2
    """What a page that speaks of the time asked about gains, where one that was said in it gains
    `date`."""
    previous: float = 0.3
    next: float = 0.2
    session: float = 0.3
    segment: float = 0.1
    length: float = 0.1 / 3
    enough: float = 0.5
    """Coverage and centred cosine, each at most 1, that bear a query out together; with less,
    recall abstains (`evidence`). On five conversations of LoCoMo it turns away 54 of 100 questions
    about other people's talk, at a cost of 0.1 point of evidence recall@10. Nonsense has a centred
    cosine of 0.2 to 0.33 with something there."""
    enough_words: float = 0.22
    """Coverage that bears it out where there are no vectors. There: 54 of 100, at 0.1 point."""


FACT_WEIGHTS = Weights(date=0.0, previous=0.0, next=0.0, session=0.0, segment=0.0, length=0.0)
"""A fact stands for itself: what was learnt before and after it says nothing about it."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Every row's score for a query, and what it is made of; arrays of (rows,) unless said."""

    numbers: npt.NDArray[np.int64]
    times: npt.NDArray[np.float64]
    scores: Floats
    signals: Mapping[str, Floats]
    """Contributions by signal, which add up to `scores`."""
    coverage: Floats
    """How much of what the query says the row bears out, 0 to 1: absolute, unlike the scores."""
    evidence: tuple[float, ...]
    """What each word of the query counts in that."""
    passages: Floats | None
    """(passages,) cosines less the penalty for another speaker; None without vectors."""

    def signals_of(self, row: int) -> dict[str, float]:
        """What one row's score is made of."""
        return {name: float(values[row]) for name, values in self.signals.items()}

    def best(self, count: int) -> npt.NDArray[np.int64]:
        """The rows of the `count` best scores, best first; of equal ones the newer first."""
        # Scores are compared to five digits: the last bits of a float depend on how the library
        # adds up, and the order must not.
        scores = np.round(self.scores, 5)
        rows = np.arange(len(scores))
        if count < len(scores):
            least = np.partition(scores, -count)[-count]
            rows = np.flatnonzero(scores >= least)
        order = np.lexsort((-self.numbers[rows], -self.times[rows], -scores[rows]))
        return rows[order][:count]


_NOTHING = Ranking(
    numbers=np.empty(0, dtype=np.int64),
    times=np.empty(0, dtype=np.float64),
    scores=np.empty(0, dtype=np.float32),
    signals={},
    coverage=np.empty(0, dtype=np.float32),
    evidence=(),
    passages=None,
)


class Index:
    """Rows of an owner with their vectors, terms, times and segments.

    Rows come in any order of time, with or without vectors. Not thread-safe.
    """

    def __init__(self, weights: Weights, *, gap_seconds: float) -> None:
        self.weights = weights
        self.vectors = Vectors()
        self.timeline = Timeline(gap_seconds)
        self._rows: dict[int, int] = {}
        self._segments = Column(np.int64)
        self._lengths = Column(np.int64)
        self._languages = Column(np.uint8)
        self._words = Postings()
        self._grams = Postings()

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, number: int) -> bool:
        return number in self._rows

    @property
    def nbytes(self) -> int:
        """Bytes of memory, closely."""
        columns = (self._segments, self._lengths, self._languages, self._words, self._grams)
        parts = (*columns, self.vectors, self.timeline)
        return sum(part.nbytes for part in parts) + 100 * len(self._rows)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of at least one row in fifty, the commonest first."""
        counts = np.bincount(self._languages.values, minlength=len(LANGUAGES))
        held = np.flatnonzero((counts > 0) & (counts * 50 >= len(self)))
        return tuple(LANGUAGES[place] for place in sorted(held, key=lambda place: -counts[place]))

    def add(self, entries: Sequence[Entry]) -> None:
        """Append rows; their vectors come by `set_vectors`. Numbers must be new."""
        if not entries:
            return
        sections = [unpack(entry.packed) for entry in entries]
        first = len(self._rows)
        self._rows.update((entry.number, first + place) for place, entry in enumerate(entries))
        self.timeline.extend(
            [entry.number for entry in entries],
            [entry.time for entry in entries],
            [entry.conversation_id for entry in entries],
        )
        self._segments.extend([entry.segment or 0 for entry in entries])
        self._lengths.extend([section.length for section in sections])
        self._languages.extend([LANGUAGES.index(section.language) for section in sections])
        passages, counts, _ = _join([section.passages for section in sections], PASSAGE, first)
        self.vectors.extend(passages, counts)
        for postings, parts in (
            (self._words, [section.words for section in sections]),
            (self._grams, [section.grams for section in sections]),
        ):
            records, _, rows = _join(parts, POSTING, first)
            postings.extend(records, rows)

    def set_vectors(self, vectors: Mapping[int, bytes]) -> None:
        """Number -> the vectors of its passages, float32 (passages, dim), as bytes.

        Unknown numbers are passed over. Raises CorruptStoreError where vectors do not fit the
        passages, or the dimension of the others.
        """
        known = [number for number in vectors if number in self._rows]
        if known:
            rows = [self._rows[number] for number in known]
            try:
                self.vectors.fill(rows, [vectors[number] for number in known])
            except ValueError as error:
                raise CorruptStoreError("stored vectors do not fit their passages") from error

    def clear_vectors(self) -> None:
        """Drop every vector: the owner has moved to another vector space."""
        self.vectors.clear()

    def without_vectors(self) -> list[int]:
        """The numbers of rows that have no vector yet."""
        known = self.vectors.known()
        return [] if known.all() else self.timeline.numbers[~known].tolist()

    def passages(self, number: int) -> list[tuple[Speaker, int, int]]:
        """Speaker, start and end in his half, of each passage of a row."""
        return self.vectors.passages(self._rows[number])

    def language(self, number: int) -> str:
        """The language a row was packed in."""
        return LANGUAGES[self._languages.values[self._rows[number]]]

    def vector(self, number: int) -> Floats | None:
        """The unit vector of a row, (dim,); None while it has none."""
        row = np.array([self._rows[number]])
        return self.vectors.units(row)[0] if self.vectors.nonzero(row)[0] else None

    def centred_vectors(self, numbers: Iterable[int]) -> dict[int, Floats]:
        """Number -> the row's vector less the mean of all, unit, (dim,); only of those with one.

        Names and shared style set a floor under every cosine; without the mean it is gone.
        """
        asked = np.fromiter(numbers, dtype=np.int64)
        rows = np.fromiter((self._rows[number] for number in asked.tolist()), dtype=np.int64)
        held = self.vectors.nonzero(rows)
        mean = self.vectors.mean()
        if mean is None or not held.any():
            return {}
        centred = self.vectors.units(rows[held])
        centred -= mean
        norms = np.linalg.norm(centred, axis=1, keepdims=True)
        # A row that is all there is differs from the mean by nothing: it points nowhere.
        centred /= np.maximum(norms, np.float32(1e-6))
        return dict(zip(asked[held].tolist(), centred, strict=True))

    def passage_vectors(self, number: int) -> Floats:
        """The vectors of a row's passages, (passages, dim); (0, 0) while it has none."""
        return self.vectors.of_passages(self._rows[number])

    def move(self, number: int, segment: int | None) -> None:
        """Put a row into another segment."""
        self._segments.values[self._rows[number]] = segment or 0

    def remove(self, numbers: Collection[int]) -> None:
        """Drop rows with all that is held of them; unknown ones are passed over."""
        gone = [self._rows[number] for number in numbers if number in self._rows]
        if not gone:
            return
        mask = np.ones(len(self._rows), dtype=np.bool_)
        mask[gone] = False
        parts = (self._segments, self._lengths, self._languages, self._words, self._grams)
        for part in (*parts, self.vectors, self.timeline):
            part.keep(mask)
        self._rows = {number: row for row, number in enumerate(self.timeline.numbers.tolist())}

    def rank(self, query: AnalysedQuery, vector: Floats | None) -> Ranking:
        """Score every row for a query; `vector` is that of its `text_to_embed`, unit, (dim,).

        base = dense + lexical + characters + date; score = base + neighbours + session + length:
        a page is as relevant as it is itself, and somewhat as relevant as what it stands among.
        """
        if not len(self):
            return _NOTHING
        similarity = self._similarity(query, vector)
        words = match(
            self._words, query.words, self._lengths.values, query.speaker, kin=self.weights.kin
        )
        signals = self._own_signals(query, similarity, words)
        base = np.zeros(len(self), dtype=np.float32)
        for signal in signals.values():
            base += signal
        weights = self.weights
        if weights.previous or weights.next:
            previous, following = self.timeline.beside(base)
            signals["neighbours"] = weights.previous * previous + weights.next * following
        if weights.session:
            signals["session"] = self._best_around(base)
        if weights.length:
            signals["length"] = (weights.length * np.log1p(self._lengths.values)).astype(np.float32)
        scores = np.zeros(len(self), dtype=np.float32)
        for signal in signals.values():
            scores += signal
        return Ranking(
            numbers=self.timeline.numbers,
            times=self.timeline.times,
            scores=scores,
            signals=signals,
            coverage=self._coverage(query, words),
            evidence=words.evidence,
            passages=similarity.passages if similarity else None,
        )

    def _similarity(self, query: AnalysedQuery, vector: Floats | None) -> Similarity | None:
        if vector is None or not vector.any():
            return None
        return self.vectors.similarity(vector, query.speaker)

    def _own_signals(
        self, query: AnalysedQuery, similarity: Similarity | None, words: Matches
    ) -> dict[str, Floats]:
        """What each row says for itself, whatever it stands among."""
        signals: dict[str, Floats] = {}
        weights = self.weights
        if similarity is not None:
            best_passage = self.vectors.best(similarity.passages)
            signals["dense"] = (similarity.rows + best_passage) * np.float32(0.5 * weights.dense)
        signals["lexical"] = weights.lexical * _share_of_best(words.scores)
        if len(query.grams) and len(self._grams):
            grams = [Word((gram,)) for gram in query.grams.tolist()]
            found = match(self._grams, grams, self._lengths.values, query.speaker)
            signals["characters"] = weights.characters * _share_of_best(found.scores)
        if query.window is not None and weights.date:
            signals["date"] = weights.date * self.timeline.nearness(query.window)
        return signals

    def _coverage(self, query: AnalysedQuery, words: Matches) -> Floats:
        """The share of a query that rows bear out: its words by idf, its time, its speaker's name.

        The time and the name count half a word never heard. Every row bears out a speaker's name,
        but only beside something else.
        """
        half = np.float32(evidence_idf(len(self), 0) / 2)
        total = sum(words.evidence)
        covered = words.covered.copy()
        if query.window is not None:
            covered += half * self.timeline.nearness(query.window)
            total += float(half)
        if query.says_name:
            covered += half * (covered > 0)
            total += float(half)
        share: Floats = covered / np.float32(total or 1.0)
        return share

    def _best_around(self, base: Floats) -> Floats:
        """The best base in each row's session, and a little of the best in its segment.

        A segment reaches over sessions, so its best page says less; a row in none goes by its
        session alone.
        """
        weights = self.weights
        session = self.timeline.best_of_session(base)
        segments = self._segments.values
        segment = np.where(segments > 0, greatest_by_group(base, segments), session)
        session *= np.float32(weights.session)
        session += np.float32(weights.segment) * segment
        return session


def _share_of_best(scores: Floats) -> Floats:
    """`scores` as shares of the greatest; changes them in place."""
    scores /= np.maximum(scores.max(initial=0.0), np.float32(1e-9))
    return scores


def _join(
    parts: Sequence[bytes], dtype: np.dtype[np.void], first: int
) -> tuple[npt.NDArray[np.void], npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The records of all parts, how many each part has, and the row of each record from `first`."""
    counts = np.array([len(part) // dtype.itemsize for part in parts], dtype=np.int64)
    rows = np.repeat(np.arange(first, first + len(parts), dtype=np.int32), counts)
    return np.frombuffer(b"".join(parts), dtype=dtype), counts, rows

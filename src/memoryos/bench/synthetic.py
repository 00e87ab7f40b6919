"""A long acquaintance, made up: pages of any number, the same for the same seed.

A user talks with an agent over five years. A session keeps to one or two subjects of a topic;
subjects, people and places come back, the favoured ones often (Zipf's law). Each subject has a few
of its topic's English words and a tail of coined ones, so that the vocabulary grows with the talk
as it does in earnest. Meaning is thin: this text measures time and space, never how good recall is.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from typing import Generic, TypeVar

from memoryos.memoryos import Memoryos
from memoryos.model import PageDraft

T = TypeVar("T")

SPAN = timedelta(days=5 * 365)
STARTED = datetime(2020, 1, 6, 7, 30, tzinfo=timezone.utc)

SESSION_PAGES = (6, 24)
"""The shortest and the longest session."""

SUBJECTS_OF_TOPIC = 40
ENGLISH_WORDS, COINED_WORDS = 4, 16
"""Of each subject."""

TOPICS: dict[str, str] = {
    "garden": "tomato seedling compost rosemary fence greenhouse pruning soil shovel tulip",
    "cooking": "risotto saffron oven dough lasagna pepper broth skillet dessert recipe",
    "hiking": "trail summit ridge backpack waterfall boots valley campsite compass sunrise",
    "work": "deadline spreadsheet manager release client budget meeting invoice promotion office",
    "music": "guitar concert album melody rehearsal drummer playlist violin chorus studio",
    "health": "dentist allergy physiotherapy vitamin sleep checkup migraine clinic knee doctor",
    "travel": "passport flight hostel museum ferry luggage itinerary visa harbour souvenir",
    "pets": "puppy vet leash kitten aquarium kennel parrot shelter grooming hamster",
    "reading": "novel library chapter author biography poetry bookshop thriller essay sequel",
    "sport": "marathon swimming tournament coach racket sprint goalkeeper training medal stadium",
    "home": "kitchen plumber sofa renovation curtain boiler balcony wallpaper mortgage attic",
    "family": "birthday cousin wedding grandmother nephew reunion anniversary cradle sister uncle",
    "studies": "exam lecture thesis professor scholarship seminar homework diploma campus",
    "painting": "canvas watercolour gallery sketch portrait easel palette exhibition mural",
    "cars": "engine mechanic tyre gearbox licence motorway garage battery windscreen hybrid",
    "games": "chess console puzzle dice strategy quest tournament controller board opponent",
    "money": "savings pension loan tax insurance dividend account receipt rent wallet",
    "films": "director trailer documentary premiere actor subtitle screenplay cinema comedy sequel",
}

PEOPLE = """
Anna Bruno Chloe David Elena Farid Grace Hiroshi Ines Jonas Katya Liam Marta Nadia Oscar Priya
Quentin Rosa Samir Tessa Umar Vera Walter Ximena Yusuf Zoe Alba Boris Carla Dmitri Esme Felix
Gloria Hugo Irene Jamal Karin Lorenzo Mina Noah
"""

PLACES = """
Lisbon Turin Oslo Kyoto Austin Dublin Seville Prague Tbilisi Quito Bergen Lyon Gdansk Naples
Hanoi Porto Ghent Zadar Cork Malmo Leeds Bilbao Graz Tartu Siena Bruges Aarhus Kotor Nantes
"""

SYLLABLES = "ba cor den fel gri hal jo kan lum mor nes pol ras sil tor ula vek wim yar zen"

SAID = (
    "I sorted out the {a} with {person}, and the {b} goes well with the {c}.",
    "We drove to {place} because {person} has a {a} there with a {b} and a {c}.",
    "My {a} broke again yesterday, so I looked for a {b} and a {c}.",
    "{person} told me about a {a} near {place} where they know all about {b} and {c}.",
    "Do you remember the {a}? It turns out the {b} was too close to the {c}.",
    "Since {person} moved to {place} I miss our {a}, the {b} and even the {c}.",
    "Next month I will try the {a} in {place}; {person} swears by the {b} and the {c}.",
    "The {a} made me nervous, but the {b} with {person} and the {c} went well.",
    "What would you do about the {a}? {person} would keep the {b} and sell the {c}.",
    "In {place} I found an old {a}, a {b} and half a {c}.",
)

REPLIED = (
    "The {a} clearly means a lot to you. Did {person} like the {b} and the {c}?",
    "I would start with the {b} and leave the {a} and the {c} for later.",
    "Have you asked {person} whether the {a} or the {b} can be repaired in {place}?",
    "They say the same of the {b} in {place}; a {a} takes time, and so does a {c}.",
    "Congratulations on that {a}! The {b} and the {c} show it.",
    "If the {a} fails again, a {b} and a {c} may cost less.",
)

ABOUT_THE_USER = (
    "By the way, I live in {place} now.",
    "I work as a {job}.",
    "I love {topic}.",
    "My sister is called {person}.",
)

JOBS = ("nurse", "teacher", "carpenter", "data scientist", "translator", "pilot", "baker")

ASKED = (
    "What did {person} say about the {a}?",
    "When did I go to {place} because of the {a}?",
    "What happened with the {a} and the {b}?",
    "Which {a} did {person} show me in {place}?",
    "Where did I find the {b}?",
)


@dataclass(frozen=True, slots=True)
class SyntheticPage:
    """An exchange, with a question it answers."""

    user_input: str
    agent_response: str
    timestamp: datetime
    conversation_id: str
    question: str


def talk(page_count: int, *, seed: int = 7) -> Iterator[SyntheticPage]:
    """`page_count` pages in order of time, over five years however many they are."""
    draw = random.Random(seed)
    subjects = _Zipf(list(_subjects(draw)))
    people, places = _Zipf(PEOPLE.split()), _Zipf(PLACES.split())
    done = session = 0
    while done < page_count:
        session += 1
        started = STARTED + SPAN * (done / page_count)
        held = [subjects.draw(draw) for _ in range(draw.choice((1, 1, 2)))]
        length = min(draw.randint(*SESSION_PAGES), page_count - done)
        for place in range(length):
            topic, words = held[place * len(held) // length]
            slots = {
                "topic": topic,
                "a": words.draw(draw),
                "b": words.draw(draw),
                "c": words.draw(draw),
                "person": people.draw(draw),
                "place": places.draw(draw),
                "job": draw.choice(JOBS),
            }
            yield _page(draw, slots, started + timedelta(seconds=40 * place), f"session-{session}")
        done += length


def _page(
    draw: random.Random, slots: dict[str, str], timestamp: datetime, conversation_id: str
) -> SyntheticPage:
    said = draw.sample(SAID, draw.randint(1, 2))
    if draw.random() < 0.02:
        said.append(draw.choice(ABOUT_THE_USER))
    replied = draw.sample(REPLIED, draw.randint(1, 2))
    return SyntheticPage(
        user_input=" ".join(said).format_map(slots),
        agent_response=" ".join(replied).format_map(slots),
        timestamp=timestamp,
        conversation_id=conversation_id,
        question=draw.choice(ASKED).format_map(slots),
    )


def add(memory: Memoryos, page: SyntheticPage) -> None:
    """Keep one page, as an agent does."""
    memory.add_memory(
        page.user_input,
        page.agent_response,
        page.timestamp,
        conversation_id=page.conversation_id,
    )


def drafts(memory: Memoryos, pages: Iterable[SyntheticPage]) -> Iterator[PageDraft]:
    """The pages as an import hands them to `add_memories`."""
    for page in pages:
        yield memory.draft(
            page.user_input,
            page.agent_response,
            page.timestamp,
            conversation_id=page.conversation_id,
        )


class _Zipf(Generic[T]):
    """Draws an item with a chance that falls as 1 / its place."""

    def __init__(self, items: Sequence[T]) -> None:
        self._items = items
        self._cumulative = list(accumulate(1 / place for place in range(1, len(items) + 1)))

    def draw(self, draw: random.Random) -> T:
        return draw.choices(self._items, cum_weights=self._cumulative)[0]


def _subjects(draw: random.Random) -> Iterator[tuple[str, _Zipf[str]]]:
    """Topic and words of every subject; the topics take turns, so that each has favoured ones."""
    syllables = SYLLABLES.split()
    for _ in range(SUBJECTS_OF_TOPIC):
        for topic, english in TOPICS.items():
            coined = ["".join(draw.choices(syllables, k=3)) for _ in range(COINED_WORDS)]
            yield topic, _Zipf(draw.sample(english.split(), ENGLISH_WORDS) + coined)

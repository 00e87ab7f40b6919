"""Asking where the user stands on the dimensions of character and taste."""

from __future__ import annotations

from collections.abc import Sequence

from memoryos.dimensions import Dimension, dimensions
from memoryos.llms.base import ChatRequest, Message, OutputSchema, Purpose
from memoryos.model import Level, Page, Trait
from memoryos.prompts.pages import DATA, sections, shown
from memoryos.prompts.shapes import INTEGER, TEXT, many, one_of, shape

# The last two groups have meanings that all read alike: the heading says it once.
HEADINGS = {
    "basic needs and personality": "Needs and personality",
    "AI alignment": "What the user looks for in an assistant",
    "content interests": "Interests, high if liked, low if disliked",
}


def _dimension(dimension: Dimension) -> str:
    own = dimension.group == "basic needs and personality"
    return f"{dimension.name} ({dimension.means})" if own else dimension.name


def _dimensions() -> str:
    groups: dict[str, list[str]] = {}
    for dimension in dimensions():
        groups.setdefault(dimension.group, []).append(_dimension(dimension))
    return "\n".join(f"{HEADINGS[group]}: {', '.join(names)}." for group, names in groups.items())


TASK = f"""\
You read what a user says to an assistant, for lasting traits of the user.
{DATA}
Give a trait only where the user's own words show it plainly, and only if it is not among the \
known traits at that level; often there is none. A passing mood or a single mention shows nothing.
`dimension`: one of those below, each at most once. `level`: high, medium or low. `reason`: why, \
in at most 15 words, in the language of the page. `page`: its number, 12 for page-12. `quote`: the \
words on that page that show it, copied letter for letter. Reply in JSON."""

OUTPUT = OutputSchema(
    "traits",
    shape(
        traits=many(
            shape(
                dimension=TEXT,
                level=one_of(*(level.value for level in Level)),
                reason=TEXT,
                page=INTEGER,
                quote=TEXT,
            )
        )
    ),
)


def traits_request(pages: Sequence[Page], known: Sequence[Trait]) -> ChatRequest:
    """One call for the whole batch, with the traits in force."""
    held = [f"{trait.dimension} {trait.level.value}" for trait in known]
    asked = sections(
        ("Known traits:", [", ".join(held)] if held else []),
        ("Pages:", [shown(page) for page in pages]),
    )
    return ChatRequest(
        Purpose.TRAITS,
        (Message("system", f"{TASK}\n\n{_dimensions()}"), Message("user", asked)),
        max_output_tokens=500 + 150 * len(pages),
        output=OUTPUT,
    )

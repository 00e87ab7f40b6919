"""The model analyst: one structured call for each batch, and what of its answer can stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from memoryos.analysts.base import (
    Analyst,
    Filing,
    FilingBatch,
    LearntFact,
    LearntTrait,
    Pace,
    PromotionBatch,
    TraitBatch,
)
from memoryos.analysts.model.filing import mended
from memoryos.analysts.model.promotion import facts
from memoryos.analysts.model.relevance import likely_facts, likely_segments
from memoryos.analysts.model.traits import traits
from memoryos.analysts.rules import RulesAnalyst
from memoryos.errors import UnreadableOutputError
from memoryos.llms.base import ChatModel, ChatRequest
from memoryos.model import Page
from memoryos.prompts.filing import filing_request
from memoryos.prompts.pages import shown
from memoryos.prompts.promotion import promotion_request
from memoryos.prompts.traits import traits_request
from memoryos.text.tokens import count_tokens


@dataclass(frozen=True, slots=True)
class ModelAnalyst:
    """Asks a language model, and believes what the pages bear out.

    Every method makes one call, or none where nothing is to be read, and raises ModelError's kinds
    when that fails.
    """

    model: ChatModel
    rules: Analyst = field(default_factory=RulesAnalyst)
    """Files what the model leaves out."""
    conversation_gap_seconds: float = 3600.0
    """A longer silence ends a conversation that carries no id."""

    @property
    def name(self) -> str:
        return self.model.model

    @property
    def pace(self) -> Pace:
        return Pace(
            filing_wait=10,
            promotion_wait=10,
            traits_wait=20,
            batch_pages=20,
            batch_tokens=4000,
            tokens_of=lambda page: count_tokens(shown(page)),
        )

    def file(self, batch: FilingBatch) -> Filing:
        """Chains by what is talked of, within a conversation; topics of several pages."""
        offered = likely_segments(batch)
        return mended(
            self._ask(filing_request(batch.pages, batch.earlier, offered)),
            batch,
            offered=offered,
            rules=self.rules.file(batch),
            gap_seconds=self.conversation_gap_seconds,
        )

    def promote(self, batch: PromotionBatch) -> tuple[LearntFact, ...]:
        """What the pages add to the facts held, or change in them: in the pages' own words."""
        # A reply out of memory is not even shown: it would be learnt again as new.
        batch = replace(batch, pages=_with_words(map(_without_recalled, batch.pages)))
        if not batch.pages:
            return ()
        offered = likely_facts(batch)
        return facts(self._ask(promotion_request(batch.pages, offered)), batch, offered=offered)

    def characterise(self, batch: TraitBatch) -> tuple[LearntTrait, ...]:
        """Traits that words of the user show; the agent's are not asked about."""
        batch = replace(batch, pages=_with_words(map(_without_reply, batch.pages)))
        if not batch.pages:
            return ()
        known = [trait for trait in batch.held if trait.superseded_at is None]
        return traits(self._ask(traits_request(batch.pages, known)), batch)

    def _ask(self, request: ChatRequest) -> Mapping[str, Any]:
        data = self.model.complete(request).data
        if data is None:
            raise UnreadableOutputError("the reply holds none of the JSON that was asked for")
        return data


def _without_reply(page: Page) -> Page:
    return replace(page, agent_response="")


def _without_recalled(page: Page) -> Page:
    return page if page.learnable else _without_reply(page)


def _with_words(pages: Iterable[Page]) -> tuple[Page, ...]:
    return tuple(page for page in pages if page.text.strip())

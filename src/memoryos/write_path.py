"""The write path: checked, packed, embedded if that can be done here, and on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embedder, embed_groups
from memoryos.index.packing import PackedText, pack_page
from memoryos.intake import check_draft
from memoryos.model import Fact, Kind, Origin, Owner, Page, PageDraft
from memoryos.promotion import stored_fact
from memoryos.store.base import Item, NewPage, RestoredItem, Store


class WritePath:
    """Makes pages of exchanges. Waits for the disk, and for nothing else."""

    def __init__(
        self, store: Store, *, embedder: Embedder | None, clock: Clock, config: MemoryConfig
    ) -> None:
        self._store = store
        self._embedder = embedder
        self._clock = clock
        self._config = config

    def draft(
        self,
        user_input: str,
        agent_response: str,
        timestamp: str | datetime | None = None,
        meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        origin: Origin | str = Origin.USER,
    ) -> PageDraft:
        """A checked page that is not stored yet; takes the arguments of `add_memory`.

        Raises InvalidArgumentError or UnreadableTimestampError.
        """
        return check_draft(
            user_input,
            agent_response,
            timestamp=timestamp,
            meta_data=meta_data,
            conversation_id=conversation_id,
            now=self._clock(),
            max_half_bytes=self._config.max_half_bytes,
            origin=origin,
        )

    def append(
        self,
        owner: Owner,
        drafts: Sequence[PageDraft],
        *,
        recalled: tuple[tuple[Kind, int], ...] = (),
    ) -> list[str]:
        """Write drafts with their terms and vectors in one transaction; their page ids, in order.

        `recalled` is what entered the prompt that they answer. Durable, and recalled by any
        process, on return. Raises StorageError.
        """
        packed = [pack_page(draft) for draft in drafts]
        pages = [
            NewPage(draft, text.terms, vectors, recalled)
            for draft, text, vectors in zip(drafts, packed, self._embed(packed), strict=True)
        ]
        now = self._clock()
        numbers = self._store.append_pages(
            owner,
            pages,
            embedding_model=self.embedding_model,
            now=now,
            due_at=now + timedelta(seconds=self._config.filing_delay_seconds),
        )
        return [f"{Kind.PAGE.value}-{number}" for number in numbers]

    def append_unknown(self, owner: Owner, drafts: Sequence[PageDraft]) -> int:
        """Write those drafts whose source the owner does not have yet; gives how many."""
        sources = [draft.source for draft in drafts if draft.source is not None]
        known = self._store.known_sources(owner, sources)
        unknown = [draft for draft in drafts if draft.source is None or draft.source not in known]
        self.append(owner, unknown)
        return len(unknown)

    def prepare(self, items: Sequence[Item]) -> list[RestoredItem]:
        """Items of another store with terms and vectors, those of them that have any."""
        packed = [(place, _packed(item)) for place, item in enumerate(items)]
        texts = {place: text for place, text in packed if text is not None}
        vectors = dict(zip(texts, self._embed(list(texts.values())), strict=True))
        return [
            RestoredItem(item, texts[place].terms, vectors[place])
            if place in texts
            else RestoredItem(item)
            for place, item in enumerate(items)
        ]

    @property
    def embedding_model(self) -> str:
        """The vector space of new pages; "" where there is no embedder."""
        return self._embedder.model if self._embedder else ""

    def _embed(self, packed: Sequence[PackedText]) -> Sequence[bytes | None]:
        # A remote embedder is called in the background: a write never waits for it.
        if self._embedder is None or not self._embedder.local:
            return [None] * len(packed)
        return embed_groups(self._embedder, [text.passages for text in packed])


def _packed(item: Item) -> PackedText | None:
    """What is indexed of an item: pages and facts are."""
    if isinstance(item, Page):
        return pack_page(PageDraft(item.user_input, item.agent_response, item.timestamp))
    return PackedText((item.text,), stored_fact(item).terms) if isinstance(item, Fact) else None

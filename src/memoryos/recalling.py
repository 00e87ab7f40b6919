"""Recall for one owner at a time: the query is embedded with no lock held, then all is ranked."""

from __future__ import annotations

import logging
from datetime import datetime

from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embedder, Embeddings
from memoryos.errors import ModelError
from memoryos.intake import check_count, check_identifier, check_query
from memoryos.model import Owner
from memoryos.recall import Names, Recall
from memoryos.retriever import analyse_query, recall
from memoryos.setbacks import rests
from memoryos.updater import embedder_rest
from memoryos.viewpoint import Viewpoint
from memoryos.working_sets import WorkingSets

logger = logging.getLogger(__name__)


class Recaller:
    """Recalls out of the working sets. Writes nothing. Thread-safe."""

    def __init__(
        self,
        working_sets: WorkingSets,
        *,
        embedder: Embedder | None,
        config: MemoryConfig,
        clock: Clock,
    ) -> None:
        self._working_sets = working_sets
        self._embedder = embedder
        self._config = config
        self._clock = clock
        self._embedder_rests_until: datetime | None = None

    def recall(
        self,
        owner: Owner,
        query: str,
        viewpoint: Viewpoint,
        *,
        user_name: str | None,
        assistant_name: str | None,
        max_results: int | None,
        max_tokens: int | None,
        conversation_id: str | None,
    ) -> Recall:
        """See `MemoryEngine.retrieve_memory`. Raises InvalidArgumentError, StorageError."""
        config = self._config
        query = check_query(query, max_bytes=config.max_half_bytes)
        max_results = check_count(max_results, "max_results", config.retrieval_queue_capacity)
        max_tokens = check_count(max_tokens, "max_tokens", config.max_tokens)
        if conversation_id is not None:
            check_identifier(conversation_id, "conversation_id")
        now = viewpoint.now
        with self._working_sets.use(owner) as memory:
            profile = viewpoint.profile(memory.facts.values(), memory.traits.values(), memory.pages)
            embedder = self._embedder
            if embedder is not None and memory.embedding_model != embedder.model:
                embedder = None
            languages, newest_at = memory.languages, memory.newest_at
        names = Names(
            user=user_name or profile.value("name") or owner.user_id,
            agent=assistant_name or owner.assistant_id,
        )
        analysed = analyse_query(query, names, now=now, languages=languages, newest_at=newest_at)
        vector = self._embed(embedder, analysed.text_to_embed) if embedder else None
        with self._working_sets.use(owner, follow=False) as memory:
            return recall(
                memory,
                analysed,
                vector,
                names=names,
                config=config,
                profile=profile,
                now=now,
                max_results=max_results,
                max_tokens=max_tokens,
                conversation_id=conversation_id,
                as_of=viewpoint.as_of,
                known_at=viewpoint.known_at,
            )

    def _embed(self, embedder: Embedder, text: str) -> Embeddings | None:
        now = self._clock()
        if self._embedder_rests_until and rests(self._embedder_rests_until, now=now):
            return None
        try:
            vector: Embeddings = embedder.embed([text])[0]
        except ModelError as error:
            # One recall waits for a remote embedder that is down; the next ones go by words.
            logger.warning("query not embedded: %s", type(error).__name__)
            self._embedder_rests_until = now + embedder_rest(error)
            return None
        return vector

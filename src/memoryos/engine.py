"""MemoryEngine: any number of owners over one store; wires storage, updating and retrieval."""

from __future__ import annotations

import itertools
import logging
import os
import time
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

from memoryos import long_term, mid_term
from memoryos.analysts.base import Analyst
from memoryos.analysts.rules import RulesAnalyst
from memoryos.clock import Clock, utc_now
from memoryos.config import DEFAULT_ASSISTANT_ID, DEFAULT_EMBEDDING_MODEL, MemoryConfig
from memoryos.embedders import open_embedder
from memoryos.embedders.base import Embedder, Embeddings
from memoryos.errors import ModelError, StorageError, StorageUnavailableError
from memoryos.explanation import Explanation, explain
from memoryos.intake import check_count, check_identifier, check_owner, check_query
from memoryos.model import Fact, Owner, PageDraft, Profile, Segment, Speaker, parse_id
from memoryos.recall import Names, Recall
from memoryos.retriever import analyse_query, recall
from memoryos.statistics import MemoryStats, count
from memoryos.store import SqlStore
from memoryos.store.base import Store
from memoryos.updater import RETRY_SECONDS, Pending, Updater
from memoryos.visits import VisitLog
from memoryos.worker import BackgroundWorker
from memoryos.working_sets import WorkingSets
from memoryos.write_path import WritePath

logger = logging.getLogger(__name__)

IMPORT_BATCH = 500
"""Pages written in one transaction by `add_memories`."""

BUSY_SECONDS = 0.02
"""How long `flush` waits before it asks again for an owner another worker is busy with."""


class MemoryEngine:
    """The memory of any number of owners. Thread-safe.

    Holds what it is given: a store, an embedder (None for lexical recall alone), an analyst. No
    call waits for a language model.
    """

    def __init__(
        self,
        *,
        store: Store,
        embedder: Embedder | None,
        analyst: Analyst,
        config: MemoryConfig,
        clock: Clock = utc_now,
        background: bool = True,
    ) -> None:
        self.config = config
        self.store = store
        self.embedder = embedder
        self.clock = clock
        self.write_path = WritePath(store, embedder=embedder, clock=clock, config=config)
        self._working_sets = WorkingSets(
            store,
            embedding_model=embedder.model if embedder else "",
            byte_limit=config.working_set_bytes,
            gap_seconds=config.conversation_gap_seconds,
            clock=clock,
        )
        self._updater = Updater(
            store,
            self._working_sets,
            embedder=embedder,
            analyst=analyst,
            clock=clock,
            config=config,
        )
        self._embedder_rests_until: datetime | None = None
        self._visits = VisitLog()
        self._name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._worker: BackgroundWorker | None = None
        if background:
            self._worker = BackgroundWorker(
                store,
                self._updater,
                clock=clock,
                holder=f"{self._name}-background",
                delay_seconds=config.filing_delay_seconds,
                before_round=self._record_visits,
            )
            self._worker.start()

    @classmethod
    def open(
        cls,
        data_storage_path: Path,
        *,
        embedding_model_name: str = DEFAULT_EMBEDDING_MODEL,
        embedding_model_kwargs: Mapping[str, Any] | None = None,
        openai_api_key: str | None = None,
        openai_base_url: str | None = None,
        config: MemoryConfig | None = None,
        background: bool = True,
        clock: Clock = utc_now,
    ) -> MemoryEngine:
        """An engine over the SQLite store in a folder, with the rules analyst.

        Raises InvalidArgumentError or MissingExtraError for an embedding model that cannot be had,
        StorageError for a folder that cannot be used.
        """
        embedder = open_embedder(
            embedding_model_name,
            kwargs=embedding_model_kwargs,
            api_key=openai_api_key,
            base_url=openai_base_url,
        )
        config = config or MemoryConfig()
        return cls(
            store=SqlStore.open(data_storage_path),
            embedder=embedder,
            analyst=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
            config=config,
            clock=clock,
            background=background,
        )

    def add_memory(
        self,
        user_id: str,
        user_input: str,
        agent_response: str,
        timestamp: str | datetime | None = None,
        meta_data: Mapping[str, Any] | None = None,
        *,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
        conversation_id: str | None = None,
        learnable: bool = True,
    ) -> str:
        """Keep one exchange and give its page id; on disk and recallable when it returns.

        Raises InvalidArgumentError or UnreadableTimestampError before anything is written, and
        StorageError if the store cannot take it. `learnable=False` keeps promotion from the
        agent's half.
        """
        owner = check_owner(user_id, assistant_id)
        draft = self.write_path.draft(
            user_input,
            agent_response,
            timestamp,
            meta_data,
            conversation_id=conversation_id,
            learnable=learnable,
        )
        return self._append(owner, [draft])[0]

    def add_memories(
        self,
        user_id: str,
        drafts: Iterable[PageDraft],
        *,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> Iterator[str]:
        """Keep many exchanges, 500 to a transaction; yields their page ids as they are on disk.

        Make drafts with `write_path.draft`, which checks them.
        """
        owner = check_owner(user_id, assistant_id)
        remaining = iter(drafts)
        while batch := list(itertools.islice(remaining, IMPORT_BATCH)):
            yield from self._append(owner, batch)

    def retrieve_memory(
        self,
        user_id: str,
        query: str,
        *,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
        user_name: str | None = None,
        assistant_name: str | None = None,
        max_results: int | None = None,
        max_tokens: int | None = None,
        conversation_id: str | None = None,
    ) -> Recall:
        """What memory holds about `query`: exact, hybrid, over every page (paper, Eq. 5).

        At most `max_results` pages (None: `retrieval_queue_capacity`) whose excerpts fit
        `max_tokens`. `conversation_id` chooses which short-term pages are shown beside. The names
        tell the speakers apart in a query; the user's is learnt from the pages unless given.
        """
        owner = check_owner(user_id, assistant_id)
        query = check_query(query, max_bytes=self.config.max_half_bytes)
        max_results = check_count(max_results, "max_results", self.config.retrieval_queue_capacity)
        max_tokens = check_count(max_tokens, "max_tokens", self.config.max_tokens)
        if conversation_id is not None:
            check_identifier(conversation_id, "conversation_id")
        now = self.clock()
        with self._working_sets.use(owner) as memory:
            profile = long_term.profile(memory.facts.values(), memory.traits.values(), now=now)
            embedder = self.embedder
            if embedder is not None and memory.embedding_model != embedder.model:
                embedder = None
            languages, newest_at = memory.languages, memory.newest_at
        names = Names(
            user=user_name or profile.value("name") or user_id,
            agent=assistant_name or assistant_id,
        )
        analysed = analyse_query(query, names, now=now, languages=languages, newest_at=newest_at)
        vector = self._embed_query(embedder, analysed.text_to_embed) if embedder else None
        with self._working_sets.use(owner, follow=False) as memory:
            result = recall(
                memory,
                analysed,
                vector,
                names=names,
                config=self.config,
                profile=profile,
                now=now,
                max_results=max_results,
                max_tokens=max_tokens,
                conversation_id=conversation_id,
            )
        self._visits.note(owner, result, at=now)
        if self._worker:
            self._worker.wake()
        return result

    def profile(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> Profile:
        """Who the user is, as far as is known."""
        with self._working_sets.use(check_owner(user_id, assistant_id)) as memory:
            return long_term.profile(
                memory.facts.values(), memory.traits.values(), now=self.clock()
            )

    def knowledge(
        self, user_id: str, subject: Speaker, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> tuple[Fact, ...]:
        """The facts a persona shows of the user or of the agent, in order of learning."""
        with self._working_sets.use(check_owner(user_id, assistant_id)) as memory:
            current = long_term.in_force(memory.facts.values(), now=self.clock())
        return long_term.persona(
            current, subject=subject, capacity=self.config.long_term_knowledge_capacity
        )

    def segments(
        self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> tuple[tuple[Segment, float], ...]:
        """Every segment with its heat now, hottest first; archived ones last."""
        owner = check_owner(user_id, assistant_id)
        self._record_visits()
        decay, now = self.config.heat_decay_seconds, self.clock()
        heated = [
            (segment, mid_term.segment_heat(segment, now=now, decay_seconds=decay))
            for segment in self.store.segments(owner)
        ]
        heated.sort(key=lambda item: (item[0].archived_at is not None, -item[1], -item[0].number))
        return tuple(heated)

    def stats(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> MemoryStats:
        """What the owner's memory holds, and what waits."""
        owner = check_owner(user_id, assistant_id)
        pending = self._updater.pending(owner)
        with self._working_sets.use(owner) as memory:
            return count(memory, owner, pending, config=self.config, now=self.clock())

    def why(
        self, user_id: str, item_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> Explanation:
        """Where a belief comes from: words, pages, dates and learner.

        Raises UnknownIdError if the id names nothing in this owner's memory.
        """
        kind, number = parse_id(item_id)
        with self._working_sets.use(check_owner(user_id, assistant_id)) as memory:
            return explain(memory, kind, number)

    def flush(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> Pending:
        """Embed, file and promote all there is, now; gives what still waits, if anything.

        Waits for another worker that is at it. Raises StorageUnavailableError if that one does
        nothing for two leases.
        """
        owner = check_owner(user_id, assistant_id)
        self._record_visits()
        patience = 2 * self.config.lease_seconds
        seen, give_up_at = 0, time.monotonic() + patience
        while time.monotonic() < give_up_at:
            pending = self._updater.run(owner, holder=f"{self._name}-flush", on_demand=True)
            if pending is not None:
                return pending
            revision = self.store.revision(owner)[1]
            if not revision:
                return Pending()
            if revision != seen:
                seen, give_up_at = revision, time.monotonic() + patience
            time.sleep(BUSY_SECONDS)
        raise StorageUnavailableError(
            f"another worker has held this memory for {patience:.0f} s without doing anything: "
            "try again, nothing is lost"
        )

    def close(self) -> None:
        """End the background work within 5 seconds and let go of the store. Nothing is lost."""
        if self._worker:
            self._worker.stop()
            self._worker = None
        try:
            self._record_visits()
        except StorageError as error:
            logger.warning("visits not recorded: %s", type(error).__name__)
        self.store.close()

    def __enter__(self) -> MemoryEngine:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _append(self, owner: Owner, drafts: Sequence[PageDraft]) -> list[str]:
        page_ids = self.write_path.append(owner, drafts)
        if self._worker:
            self._worker.wake()
        return page_ids

    def _embed_query(self, embedder: Embedder, text: str) -> Embeddings | None:
        now = self.clock()
        if self._embedder_rests_until is not None and now < self._embedder_rests_until:
            return None
        try:
            vector: Embeddings = embedder.embed([text])[0]
        except ModelError as error:
            # One recall waits for a remote embedder that is down; the next ones go by words.
            logger.warning("query not embedded: %s", type(error).__name__)
            self._embedder_rests_until = now + timedelta(seconds=RETRY_SECONDS)
            return None
        return vector

    def _record_visits(self) -> None:
        for owner, visits in self._visits.drain():
            self.store.record_visits(owner, visits, due_at=self.clock())

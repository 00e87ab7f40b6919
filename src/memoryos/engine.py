"""MemoryEngine: any number of owners over one store; wires storage, updating and retrieval."""

from __future__ import annotations

import itertools
import logging
import os
import time
import uuid
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from memoryos import long_term, mid_term
from memoryos.accounts import Accounts, MeteredModel
from memoryos.amending import Amender
from memoryos.analysts.base import Analyst
from memoryos.analysts.model import ModelAnalyst
from memoryos.analysts.rules import RulesAnalyst
from memoryos.clock import Clock, utc_now
from memoryos.config import (
    DEFAULT_ASSISTANT_ID,
    DEFAULT_EMBEDDING_MODEL,
    MemoryConfig,
    ModelSettings,
)
from memoryos.embedders import open_embedder
from memoryos.embedders.base import Embedder, Embeddings
from memoryos.errors import ModelError, StorageError, StorageUnavailableError
from memoryos.explanation import Explanation, History, explain, trace, usage
from memoryos.forgetting import Receipt, select
from memoryos.intake import check_count, check_identifier, check_owner, check_query
from memoryos.llms import open_chat_model
from memoryos.llms.base import ChatModel
from memoryos.model import Fact, Kind, Owner, PageDraft, Profile, Segment, Speaker, parse_id
from memoryos.recall import Names, Recall
from memoryos.responder import Reply, Responder
from memoryos.retriever import analyse_query, recall
from memoryos.statistics import MemoryStats, count
from memoryos.store import SqlStore
from memoryos.store.base import Store
from memoryos.timestamps import parse_timestamp
from memoryos.updater import Pending, Updater, embedder_rest
from memoryos.viewpoint import Viewpoint
from memoryos.visits import VisitLog
from memoryos.worker import BackgroundWorker
from memoryos.working_sets import WorkingSets
from memoryos.write_path import WritePath

logger = logging.getLogger(__name__)

IMPORT_BATCH = 500
"""Pages written in one transaction by `add_memories`."""

BUSY_SECONDS = 0.02
"""How long `flush` waits before it asks again for an owner another worker is busy with."""


T = TypeVar("T")


class MemoryEngine:
    """The memory of any number of owners. Thread-safe.

    Holds what it is given: a store, an embedder (None for lexical recall alone), the rules, and a
    language model (None for the rules alone). No call but a reply waits for the model.
    """

    def __init__(
        self,
        *,
        store: Store,
        embedder: Embedder | None,
        rules: Analyst,
        chat_model: ChatModel | None = None,
        config: MemoryConfig,
        clock: Clock = utc_now,
        background: bool = True,
    ) -> None:
        self.config = config
        self.store = store
        self.embedder = embedder
        self.chat_model = chat_model
        self.clock = clock
        self.accounts = Accounts(
            store,
            clock=clock,
            daily_calls=config.daily_call_budget,
            daily_tokens=config.daily_token_budget,
        )
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
            rules=rules,
            model=self._model_analyst if chat_model else None,
            call_seconds=chat_model.timeout_seconds if chat_model else 0.0,
            clock=clock,
            config=config,
        )
        self._embedder_rests_until: datetime | None = None
        self._visits = VisitLog()
        self._name = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self._amender = Amender(
            store,
            self._working_sets,
            self.write_path,
            holder=f"{self._name}-hand",
            clock=clock,
            retention_days=config.retention_days,
        )
        self._worker: BackgroundWorker | None = None
        if background:
            self._worker = BackgroundWorker(
                store,
                self._updater,
                clock=clock,
                holder=f"{self._name}-background",
                delay_seconds=config.filing_delay_seconds,
                look_seconds=config.look_seconds,
                before_round=self._before_round,
            )
            self._worker.start()

    @classmethod
    def open(
        cls,
        data_storage_path: Path,
        *,
        embedding_model_name: str = DEFAULT_EMBEDDING_MODEL,
        embedding_model_kwargs: Mapping[str, Any] | None = None,
        chat_model: ChatModel | ModelSettings | None = None,
        config: MemoryConfig | None = None,
        background: bool = True,
        clock: Clock = utc_now,
    ) -> MemoryEngine:
        """An engine over the SQLite store in a folder, with a language model or the settings of
        one.

        A remote embedding model takes its key and address from those settings. Raises
        InvalidArgumentError or MissingExtraError for an embedding model that cannot be had,
        StorageError for a folder that cannot be used.
        """
        remote = None
        if isinstance(chat_model, ModelSettings):
            remote, chat_model = chat_model, open_chat_model(chat_model)
        embedder = open_embedder(
            embedding_model_name,
            kwargs=embedding_model_kwargs,
            api_key=remote.api_key if remote else None,
            base_url=remote.base_url if remote else None,
        )
        config = config or MemoryConfig()
        return cls(
            store=SqlStore.open(data_storage_path),
            embedder=embedder,
            rules=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
            chat_model=chat_model,
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
    ) -> str:
        """Keep one exchange and give its page id; on disk and recallable when it returns.

        Raises InvalidArgumentError or UnreadableTimestampError before anything is written, and
        StorageError if the store cannot take it.
        """
        owner = check_owner(user_id, assistant_id)
        draft = self.write_path.draft(
            user_input,
            agent_response,
            timestamp,
            meta_data,
            conversation_id=conversation_id,
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
        as_of: str | datetime | None = None,
        known_at: str | datetime | None = None,
        counts: bool = True,
    ) -> Recall:
        """What memory holds about `query`: exact, hybrid, over every page (paper, Eq. 5).

        At most `max_results` pages (None: `retrieval_queue_capacity`) whose excerpts fit
        `max_tokens`. `conversation_id` chooses which short-term pages are shown beside. The names
        tell the speakers apart in a query; the user's is learnt from the pages unless given.
        `as_of` and `known_at` are those of `Memoryos.retrieve_memory`. `counts=False` leaves heat
        and ledger as they are.
        """
        owner = check_owner(user_id, assistant_id)
        query = check_query(query, max_bytes=self.config.max_half_bytes)
        max_results = check_count(max_results, "max_results", self.config.retrieval_queue_capacity)
        max_tokens = check_count(max_tokens, "max_tokens", self.config.max_tokens)
        if conversation_id is not None:
            check_identifier(conversation_id, "conversation_id")
        viewpoint = self._viewpoint(as_of, known_at)
        now = viewpoint.now
        with self._working_sets.use(owner) as memory:
            profile = viewpoint.profile(memory.facts.values(), memory.traits.values())
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
                as_of=viewpoint.as_of,
                known_at=viewpoint.known_at,
            )
        if counts:
            self._visits.note_recall(owner, result, at=now)
            self._wake()
        return result

    def get_response(
        self,
        user_id: str,
        query: str,
        *,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        meta_data: Mapping[str, Any] | None = None,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
        user_name: str | None = None,
        assistant_name: str | None = None,
        conversation_id: str | None = None,
        stream: bool = True,
    ) -> Generator[str, None, None]:
        """Answer `query` out of memory, piece by piece as it comes, then keep the exchange.

        What was said until the reader stopped is kept, too, and marked in the page's meta data
        (`"interrupted": true`). Without `stream` the whole reply comes as one piece. Raises
        UsageError before anything is asked of the model; ModelError, and then nothing is kept.
        """
        owner = check_owner(user_id, assistant_id)
        # Checked before the model is asked: what it says must not be lost to a bad argument.
        draft = self.write_path.draft(query, "-", None, meta_data, conversation_id=conversation_id)
        recalled = self.retrieve_memory(
            user_id,
            draft.user_input,
            assistant_id=assistant_id,
            user_name=user_name,
            assistant_name=assistant_name,
            conversation_id=conversation_id,
            counts=False,
        )

        def keep(reply: Reply) -> None:
            self._keep_reply(owner, draft, recalled, reply)

        responder = Responder(self._metered(owner), clock=self.clock)
        respond = responder.stream if stream else responder.reply
        said = respond(
            recalled,
            draft.user_input,
            relationship_with_user=relationship_with_user,
            style_hint=style_hint,
            user_conversation_meta_data=draft.meta_data,
            keep=keep,
        )
        return (piece for piece in (said,)) if isinstance(said, str) else said

    def profile(
        self,
        user_id: str,
        *,
        as_of: str | datetime | None = None,
        known_at: str | datetime | None = None,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> Profile:
        """Who the user is, as far as is known; or was, `as_of` a time, as far as was `known_at`."""
        owner, viewpoint = check_owner(user_id, assistant_id), self._viewpoint(as_of, known_at)
        with self._working_sets.use(owner) as memory:
            return viewpoint.profile(memory.facts.values(), memory.traits.values())

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
        spent = self.store.model_calls(owner)
        progress = self.store.progress(owner)
        with self._working_sets.use(owner) as memory:
            return count(
                memory,
                owner,
                pending,
                progress=progress,
                llm_model=self.chat_model.model if self.chat_model else None,
                model_calls=spent,
                config=self.config,
                now=self.clock(),
            )

    def why(
        self, user_id: str, item_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> Explanation:
        """Where a belief comes from: words, pages, dates and learner; and what used it.

        Raises UnknownIdError if the id names nothing in this owner's memory.
        """
        kind, number = parse_id(item_id)
        owner = check_owner(user_id, assistant_id)
        self._record_visits()
        with self._working_sets.use(owner) as memory:
            explained = explain(memory, kind, number)
        return replace(explained, uses=usage(self.store.uses(owner, item=(kind, number))))

    def history(
        self, user_id: str, item_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> History:
        """What the matter of a fact or a trait was over time.

        Raises UnknownIdError if the id names no fact or trait in this owner's memory.
        """
        kind, number = parse_id(item_id)
        with self._working_sets.use(check_owner(user_id, assistant_id)) as memory:
            return trace(memory, kind, number)

    def consolidate(
        self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> Pending | None:
        """Do what is due of the owner now, as the background does; gives what still waits, None if
        another worker is at it."""
        owner = check_owner(user_id, assistant_id)
        self._record_visits()
        return self._updater.run(owner, holder=f"{self._name}-caller")

    def correct(
        self,
        user_id: str,
        fact_id: str,
        new_text: str,
        *,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> str:
        """Let the user's own words supersede a fact in force; gives the id of the fact they make.

        The words are kept as a page, too, which is that fact's evidence. Raises UnknownIdError for
        an id that names nothing, InvalidArgumentError for what cannot be corrected, StorageError.
        """
        owner = check_owner(user_id, assistant_id)
        corrected = self._amender.correct(owner, fact_id, new_text)
        self._wake()
        return corrected

    def forget(
        self,
        user_id: str,
        *,
        page: str | None = None,
        fact: str | None = None,
        conversation: str | None = None,
        before: str | datetime | None = None,
        after: str | datetime | None = None,
        text: str | None = None,
        everything: bool = False,
        dry_run: bool = False,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> Receipt:
        """Forget a page, a fact or trait, all pages that the others choose together, or everything.

        What was derived from it goes, too, or is derived anew from what stays; no byte of it stays
        on disk once this returns, unless the receipt says `pending`. With `dry_run` nothing
        happens, and the receipt says what would. It waits for no worker, and for no model. Raises
        UnknownIdError for an id or a conversation that names nothing, InvalidArgumentError for a
        choice that cannot be read, StorageError.
        """
        owner = check_owner(user_id, assistant_id)
        selection = select(
            page=page,
            fact=fact,
            conversation=conversation,
            before=before,
            after=after,
            text=text,
            everything=everything,
        )
        if not dry_run:
            self._record_visits()
        receipt = self._amender.forget(owner, selection, dry_run=dry_run)
        self._wake()
        return receipt

    def flush(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> Pending:
        """Embed, file and promote all there is, now; gives what still waits, if anything. Before,
        pages kept for longer than `retention_days` are forgotten.

        Waits for another worker that is at it. Raises StorageUnavailableError if that one does
        nothing for two leases.
        """
        owner = check_owner(user_id, assistant_id)
        self._record_visits()
        self._amender.expire(owner)
        holder = f"{self._name}-flush"
        pending = self._in_turn(
            owner, lambda: self._updater.run(owner, holder=holder, on_demand=True)
        )
        return pending or Pending()

    def refile(
        self, user_id: str, *, by_rules: bool = False, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> int:
        """Have the owner's pages filed anew, as if they had come in order of time; gives how many.

        With `by_rules`, only what rules filed, and what rules read is analysed anew, too: for a
        language model to revisit. It is done in the background, or by `flush`. Raises as that does.
        """
        owner = check_owner(user_id, assistant_id)
        holder = f"{self._name}-refile"
        reopened = self._in_turn(
            owner, lambda: self._updater.reopen(owner, holder=holder, by_rules=by_rules)
        )
        self._wake()
        return reopened or 0

    def _in_turn(self, owner: Owner, work: Callable[[], T | None]) -> T | None:
        """What `work` gives once no other worker is busy with `owner`; None for an owner never
        seen."""
        patience = 2 * self._updater.lease_seconds
        seen, give_up_at = 0, time.monotonic() + patience
        while time.monotonic() < give_up_at:
            if (done := work()) is not None:
                return done
            revision = self.store.revision(owner)[1]
            if not revision:
                return None
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

    def _viewpoint(
        self, as_of: str | datetime | None, known_at: str | datetime | None
    ) -> Viewpoint:
        """Raises UnreadableTimestampError."""
        return Viewpoint(
            self.clock(),
            as_of=None if as_of is None else parse_timestamp(as_of),
            known_at=None if known_at is None else parse_timestamp(known_at),
        )

    def _append(self, owner: Owner, drafts: Sequence[PageDraft]) -> list[str]:
        page_ids = self.write_path.append(owner, drafts)
        self._wake()
        return page_ids

    def _keep_reply(self, owner: Owner, draft: PageDraft, recalled: Recall, reply: Reply) -> None:
        """Store an exchange with what entered its prompt, and count that as used."""
        now = self.clock()
        meta_data = {**draft.meta_data, **({"interrupted": True} if reply.interrupted else {})}
        page = replace(
            draft,
            agent_response=reply.text,
            timestamp=now,
            meta_data=meta_data,
            learnable=reply.from_model,
        )
        (page_id,) = self.write_path.append(owner, [page], recalled=reply.recalled)
        self._amender.unsay(owner, page_id, reply.recalled)
        numbers = {number for kind, number in reply.recalled if kind is Kind.PAGE}
        used = (item.page for item in recalled.pages if item.page.number in numbers)
        self._visits.note_pages(owner, used, at=now)
        self._wake()

    def _wake(self) -> None:
        if self._worker:
            self._worker.wake()

    def _metered(self, owner: Owner) -> ChatModel | None:
        """The language model, on the account of `owner`."""
        return MeteredModel(self.chat_model, self.accounts, owner) if self.chat_model else None

    def _model_analyst(self, owner: Owner) -> Analyst:
        model = self._metered(owner)
        assert model is not None
        return ModelAnalyst(
            model, RulesAnalyst(conversation_gap_seconds=self.config.conversation_gap_seconds)
        )

    def _embed_query(self, embedder: Embedder, text: str) -> Embeddings | None:
        now = self.clock()
        if self._embedder_rests_until is not None and now < self._embedder_rests_until:
            return None
        try:
            vector: Embeddings = embedder.embed([text])[0]
        except ModelError as error:
            # One recall waits for a remote embedder that is down; the next ones go by words.
            logger.warning("query not embedded: %s", type(error).__name__)
            self._embedder_rests_until = now + embedder_rest(error)
            return None
        return vector

    def _before_round(self) -> None:
        """What the background does at each look, whether an owner is due or not."""
        self._record_visits()
        self._amender.tidy()
        self._working_sets.follow_all()

    def _record_visits(self) -> None:
        for noted in self._visits.drain():
            self.store.record_visits(noted.owner, noted.visits, due_at=self.clock())
            self.store.record_uses(noted.owner, noted.uses)

"""MemoryEngine: any number of owners over one store; wires storage, updating and retrieval."""

from __future__ import annotations

import itertools
import math
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from memoryos.accounts import Accounts, MeteredModel
from memoryos.amending import Amender
from memoryos.analysts.base import Analyst
from memoryos.analysts.model import ModelAnalyst
from memoryos.analysts.rules import RulesAnalyst
from memoryos.audit import Audit
from memoryos.clock import Clock, utc_now
from memoryos.config import (
    DEFAULT_ASSISTANT_ID,
    DEFAULT_EMBEDDING_MODEL,
    MemoryConfig,
    ModelSettings,
)
from memoryos.conversation import Asked, Conversation
from memoryos.embedders import open_embedder
from memoryos.embedders.base import Embedder
from memoryos.endpoint_rest import EndpointRest, WatchedModel
from memoryos.explanation import Explanation, History
from memoryos.forgetting import Receipt, select
from memoryos.forking import Home
from memoryos.intake import check_owner
from memoryos.llms import open_chat_model
from memoryos.llms.base import ChatModel
from memoryos.llms.retrying import RetryingModel
from memoryos.model import Fact, Origin, Owner, PageDraft, Profile, Segment, Speaker
from memoryos.recall import Recall
from memoryos.recalling import Recaller
from memoryos.reply_stream import ReplyStream
from memoryos.statistics import MemoryStats
from memoryos.store import SqlStore
from memoryos.store.base import Backlog, Listening, Store
from memoryos.timestamps import parse_timestamp
from memoryos.transfer.importing import ImportReport, import_memories
from memoryos.transfer.memory_writer import Exported, write_memory
from memoryos.turns import in_turn
from memoryos.updater import Pending, Updater
from memoryos.viewpoint import Viewpoint
from memoryos.views import Views
from memoryos.visits import VisitLog
from memoryos.worker import BackgroundWorker
from memoryos.working_sets import WorkingSets
from memoryos.write_path import WritePath

FOLLOW_SECONDS = 30.0
"""How often the background brings every memory that this process holds up to the store."""

IMPORT_BATCH = 500
"""Pages written in one transaction by `add_memories`."""


class MemoryEngine:
    """The memory of any number of owners. Thread-safe.

    Holds what it is given: a store, an embedder (None for lexical recall alone), the rules, and a
    language model (None for the rules alone). Replies, `flush` and `consolidate` wait for the
    model; no other call does.
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
        concurrency: int = 1,
    ) -> None:
        """`concurrency` is the number of threads of the background."""
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
        self.home = Home()
        self._model_rest = EndpointRest(clock)

        def model_analyst(owner: Owner) -> Analyst:
            assert chat_model is not None
            return ModelAnalyst(
                self._metered(chat_model, owner),
                rules,
                conversation_gap_seconds=config.conversation_gap_seconds,
            )

        self._updater = Updater(
            store,
            self._working_sets,
            embedder=embedder,
            rules=rules,
            model=model_analyst if chat_model else None,
            model_rest=self._model_rest,
            call_seconds=chat_model.timeout_seconds if chat_model else 0.0,
            clock=clock,
            config=config,
        )
        self._recaller = Recaller(self._working_sets, embedder=embedder, config=config, clock=clock)
        self._views = Views(store, self._working_sets, config=config, clock=clock)
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
        self._conversation = Conversation(
            retrieve=self._retrieve,
            model=self._replying_model,
            write_path=self.write_path,
            amender=self._amender,
            visits=self._visits,
            clock=clock,
            max_half_bytes=config.max_half_bytes,
            when_kept=self._wake,
        )
        self._followed_at = -math.inf
        self._listening: Listening | None = None
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
                concurrency=concurrency,
            )
            self._worker.start()
            self._listening = store.listen(lambda owner_key: self._wake())

    @classmethod
    def open(
        cls,
        data_storage_path: Path,
        *,
        database_url: str | None = None,
        embedding_model_name: str = DEFAULT_EMBEDDING_MODEL,
        embedding_model_kwargs: Mapping[str, Any] | None = None,
        chat_model: ChatModel | ModelSettings | None = None,
        config: MemoryConfig | None = None,
        background: bool = True,
        concurrency: int = 1,
        clock: Clock = utc_now,
        open_store: Callable[..., Store] = SqlStore.open,
    ) -> MemoryEngine:
        """An engine over the SQLite store in a folder, or the database that `database_url` names,
        as `open_store` opens it, with a language model or the settings of one.

        Leases on PostgreSQL run on the server's time, but on a `clock` of your own if you give one.
        A remote embedding model takes its key and address from those settings. Raises
        InvalidArgumentError or MissingExtraError for an embedding model or a database that cannot
        be had, StorageError for one that cannot be used.
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
            store=open_store(data_storage_path, database_url, server_time=clock is utc_now),
            embedder=embedder,
            rules=RulesAnalyst(conversation_gap_seconds=config.conversation_gap_seconds),
            chat_model=chat_model,
            config=config,
            clock=clock,
            background=background,
            concurrency=concurrency,
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
        origin: Origin | str = Origin.USER,
    ) -> str:
        """Keep one exchange and give its page id; on disk and recallable when it returns.

        `origin` tells words of a tool ("tool") from those of the speakers. Raises
        InvalidArgumentError or UnreadableTimestampError before anything is written, and
        StorageError if the store cannot take it.
        """
        owner = self._owner(user_id, assistant_id)
        draft = self.write_path.draft(
            user_input,
            agent_response,
            timestamp,
            meta_data,
            conversation_id=conversation_id,
            origin=origin,
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
        owner = self._owner(user_id, assistant_id)
        remaining = iter(drafts)
        while batch := list(itertools.islice(remaining, IMPORT_BATCH)):
            yield from self._append(owner, batch)

    def import_pages(
        self,
        user_id: str,
        drafts: Sequence[PageDraft],
        *,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> int:
        """Keep exchanges that another system kept, in one transaction; gives how many were new.

        One whose `source` this memory has, or had and forgot, is left out.
        """
        written = self.write_path.append_unknown(self._owner(user_id, assistant_id), drafts)
        self._wake()
        return written

    def export_memory(
        self,
        target: str | Path | BinaryIO,
        *,
        user_id: str | None = None,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> Exported:
        """Write the memory of a user, or of all for None, as a memory file (docs/format.md).

        `target` is a path, whose file is replaced when the export is complete, or takes bytes.
        Raises InvalidArgumentError for a path that cannot be written, StorageError.
        """
        if user_id is None:
            summaries = self.store.owners(limit=sys.maxsize)
            owners = sorted(
                (one.owner for one in summaries), key=lambda one: (one.user_id, one.assistant_id)
            )
        else:
            owners = [self._owner(user_id, assistant_id)]
        self._record_visits()
        return write_memory(self.store, owners, target, now=self.clock())

    def import_memory(
        self,
        source: str | Path | BinaryIO,
        *,
        user_id: str | None = None,
        assistant_id: str | None = None,
        skip_bad: bool = False,
    ) -> ImportReport:
        """Take in a memory file, each memory whole or not at all, for owners who have none.

        Names choose one memory of several, or rename the only one; without, each goes to the owner
        it is of. `skip_bad` leaves out bad records, with what rests on them alone. What this file
        brought before is left as it has become since. Raises UnreadableInputError for a file that
        is bad, InvalidArgumentError for an owner who has a memory already, StorageError.
        """
        report = import_memories(
            source,
            store=self.store,
            write_path=self.write_path,
            user_id=user_id,
            assistant_id=assistant_id,
            skip_bad=skip_bad,
            due_at=self.clock(),
        )
        self._wake()
        return report

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
        owner = self._owner(user_id, assistant_id)
        viewpoint = self._viewpoint(as_of, known_at)
        result = self._recaller.recall(
            owner,
            query,
            viewpoint,
            user_name=user_name,
            assistant_name=assistant_name,
            max_results=max_results,
            max_tokens=max_tokens,
            conversation_id=conversation_id,
        )
        if counts:
            self._visits.note_recall(owner, result, at=viewpoint.now)
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
    ) -> str:
        """Answer `query` out of memory, and keep the exchange.

        Raises UsageError before anything is asked of the model; ModelError, and then nothing is
        kept; ReplyNotStoredError, which carries the reply.
        """
        return self._conversation.reply(
            Asked(
                self._owner(user_id, assistant_id),
                query,
                relationship_with_user=relationship_with_user,
                style_hint=style_hint,
                meta_data=meta_data,
                conversation_id=conversation_id,
                user_name=user_name,
                assistant_name=assistant_name,
            )
        )

    def stream_response(
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
    ) -> ReplyStream:
        """Answer `query` out of memory, piece by piece as it comes, then keep the exchange.

        What was said until the reader stopped is kept, too, and marked in the page's meta data
        (`"interrupted": true`). Raises what `get_response` raises; but for UsageError, as it is
        read.
        """
        return self._conversation.stream(
            Asked(
                self._owner(user_id, assistant_id),
                query,
                relationship_with_user=relationship_with_user,
                style_hint=style_hint,
                meta_data=meta_data,
                conversation_id=conversation_id,
                user_name=user_name,
                assistant_name=assistant_name,
            )
        )

    def profile(
        self,
        user_id: str,
        *,
        as_of: str | datetime | None = None,
        known_at: str | datetime | None = None,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
    ) -> Profile:
        """Who the user is, as far as is known; or was, `as_of` a time, as far as was `known_at`."""
        owner = self._owner(user_id, assistant_id)
        return self._views.profile(owner, self._viewpoint(as_of, known_at))

    def knowledge(
        self, user_id: str, subject: Speaker, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> tuple[Fact, ...]:
        """The facts a persona shows of the user or of the agent, in order of learning."""
        return self._views.knowledge(self._owner(user_id, assistant_id), subject)

    def segments(
        self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> tuple[tuple[Segment, float], ...]:
        """Every segment with its heat now, hottest first; archived ones last."""
        owner = self._owner(user_id, assistant_id)
        self._record_visits()
        return self._views.segments(owner)

    def stats(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> MemoryStats:
        """What the owner's memory holds, and what waits."""
        owner = self._owner(user_id, assistant_id)
        pending = self._updater.pending(owner)
        self.accounts.record_refusals()
        llm_model = self.chat_model.model if self.chat_model else None
        return self._views.stats(owner, pending, llm_model=llm_model)

    def backlog(self) -> Backlog:
        """What waits for workers in the whole store, and what they set aside."""
        return self.store.backlog(now=self.clock())

    def put_back(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> bool:
        """Have an owner whose consolidation failed tried again; False if it had not failed."""
        put_back = self.store.put_back(self._owner(user_id, assistant_id), now=self.clock())
        self._wake()
        return bool(put_back)

    def put_all_back(self) -> int:
        """Have every owner who was set aside tried again; how many those were."""
        self.home.check()
        put_back = self.store.put_back(now=self.clock())
        self._wake()
        return put_back

    def why(
        self, user_id: str, item_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> Explanation:
        """Where a belief comes from: words, pages, dates and learner; and what used it.

        Raises UnknownIdError if the id names nothing in this owner's memory.
        """
        owner = self._owner(user_id, assistant_id)
        self._record_visits()
        return self._views.why(owner, item_id)

    def history(
        self, user_id: str, item_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> History:
        """What the matter of a fact or a trait was over time.

        Raises UnknownIdError if the id names no fact or trait in this owner's memory.
        """
        return self._views.history(self._owner(user_id, assistant_id), item_id)

    def audit(self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID) -> Audit:
        """What in the owner's memory is doubled, an echo, a secret, an order, or of no use."""
        owner = self._owner(user_id, assistant_id)
        self._record_visits()
        return self._views.audit(owner)

    def consolidate(
        self, user_id: str, *, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> Pending | None:
        """Do what is due of the owner now, as the background does; gives what still waits, None if
        another worker is at it."""
        owner = self._owner(user_id, assistant_id)
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
        owner = self._owner(user_id, assistant_id)
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
        owner = self._owner(user_id, assistant_id)
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
        owner = self._owner(user_id, assistant_id)
        self._conversation.end_dropped()
        self._record_visits()
        self._amender.expire(owner)
        holder = f"{self._name}-flush"
        pending = in_turn(
            self.store,
            owner,
            lambda: self._updater.run(owner, holder=holder, on_demand=True),
            patience_seconds=2 * self._updater.lease_seconds,
        )
        return pending or Pending()

    def refile(
        self, user_id: str, *, by_rules: bool = False, assistant_id: str = DEFAULT_ASSISTANT_ID
    ) -> int:
        """Have the owner's pages filed anew, as if they had come in order of time; gives how many.

        With `by_rules`, only what rules filed, and what rules read is analysed anew, too: for a
        language model to revisit. It is done in the background, or by `flush`. Raises as that does.
        """
        owner = self._owner(user_id, assistant_id)
        holder = f"{self._name}-refile"
        reopened = in_turn(
            self.store,
            owner,
            lambda: self._updater.reopen(owner, holder=holder, by_rules=by_rules),
            patience_seconds=2 * self._updater.lease_seconds,
        )
        self._wake()
        return reopened or 0

    def close(self) -> None:
        """End the background work within 5 seconds and let go of the store. Nothing is lost.

        In a process that was forked off, and in which nothing is open, it does nothing.
        """
        if not self.home.is_here:
            return
        if self._worker:
            self._worker.stop(then=self._let_go)
        else:
            self._let_go()

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
        self._conversation.end_dropped()
        page_ids = self.write_path.append(owner, drafts)
        self._wake()
        return page_ids

    def _wake(self) -> None:
        if self._worker:
            self._worker.wake()

    def _retrieve(self, asked: Asked) -> Recall:
        return self._recaller.recall(
            asked.owner,
            asked.query,
            self._viewpoint(None, None),
            user_name=asked.user_name,
            assistant_name=asked.assistant_name,
            max_results=None,
            max_tokens=None,
            conversation_id=asked.conversation_id,
        )

    def _replying_model(self, owner: Owner) -> ChatModel | None:
        return RetryingModel(self._metered(self.chat_model, owner)) if self.chat_model else None

    def _metered(self, model: ChatModel, owner: Owner) -> ChatModel:
        """The language model, on the account of `owner`."""
        return WatchedModel(MeteredModel(model, self.accounts, owner), self._model_rest)

    def _let_go(self) -> None:
        if self._listening:
            self._listening.close()
        self._conversation.end_dropped()
        self._record_visits()
        self.store.close()

    def _owner(self, user_id: str, assistant_id: str) -> Owner:
        """Raises InvalidArgumentError; StorageUnavailableError in a process forked off since."""
        self.home.check()
        return check_owner(user_id, assistant_id)

    def _before_round(self) -> None:
        """What the background does at each look, whether an owner is due or not."""
        self._conversation.end_dropped()
        self._record_visits()
        self._amender.tidy()
        # A query for every owner in memory: not after each write.
        if time.monotonic() - self._followed_at >= max(FOLLOW_SECONDS, self.config.look_seconds):
            self._followed_at = time.monotonic()
            self._working_sets.follow_all()

    def _record_visits(self) -> None:
        self._visits.record(self.store, due_at=self.clock())
        self.accounts.record_refusals()

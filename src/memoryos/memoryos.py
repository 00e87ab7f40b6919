"""Memoryos: the original's interface, bound to one owner."""

from __future__ import annotations

import logging
import os
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Literal, overload

from memoryos.answerer import Answer, answer
from memoryos.audit import Audit
from memoryos.clock import Clock, utc_now
from memoryos.config import (
    DEFAULT_ASSISTANT_ID,
    DEFAULT_EMBEDDING_MODEL,
    DEFAULT_LLM_MODEL,
    DEFAULT_LLM_TIMEOUT_SECONDS,
    MemoryConfig,
    Policy,
    model_settings,
)
from memoryos.engine import MemoryEngine
from memoryos.explanation import Explanation, History
from memoryos.forgetting import Receipt
from memoryos.intake import check_folder, check_identifier, check_owner
from memoryos.llms.base import ChatModel
from memoryos.model import Fact, Origin, PageDraft, Profile, Segment, Speaker
from memoryos.recall import Recall
from memoryos.reply_stream import ReplyStream
from memoryos.transfer.importing import ImportReport
from memoryos.transfer.memory_writer import Exported
from memoryos.updater import Pending

logger = logging.getLogger(__name__)


class Memoryos:
    """The memory of one user with one assistant.

    Opens its own store, in `data_storage_path` (None: a folder of this system's user, see
    `memoryos doctor`), and closes it with `close()` or at the end of a `with` block. Thread-safe.
    """

    def __init__(
        self,
        user_id: str,
        openai_api_key: str | None = None,
        data_storage_path: str | Path | None = None,
        openai_base_url: str | None = None,
        assistant_id: str = DEFAULT_ASSISTANT_ID,
        short_term_capacity: int = 7,
        mid_term_capacity: int = 200,
        long_term_knowledge_capacity: int = 100,
        retrieval_queue_capacity: int = 10,
        mid_term_heat_threshold: float = 5.0,
        mid_term_similarity_threshold: float | None = None,
        llm_model: str = DEFAULT_LLM_MODEL,
        embedding_model_name: str = DEFAULT_EMBEDDING_MODEL,
        embedding_model_kwargs: Mapping[str, Any] | None = None,
        *,
        database_url: str | None = None,
        user_name: str | None = None,
        assistant_name: str | None = None,
        policy: Policy = "default",
        chat_model: ChatModel | None = None,
        llm_timeout_seconds: float = DEFAULT_LLM_TIMEOUT_SECONDS,
        daily_call_budget: int | None = None,
        daily_token_budget: int | None = None,
        retention_days: float | None = None,
        background: bool = True,
        clock: Clock = utc_now,
    ) -> None:
        """Open the memory, creating it at first use.

        `database_url` names where it is kept instead of a folder: a database of PostgreSQL
        (`postgresql+psycopg://user:password@host/database`) or a file (`sqlite:///path`).
        A key or a base URL, given or in OPENAI_API_KEY and OPENAI_BASE_URL, means that a language
        model does what the rules did; `openai_api_key=""` means none, whatever the environment
        says. `user_name` and `assistant_name` tell recall how the speakers are called; the user's
        is learnt from "I'm Tom". `chat_model` is a language model of your own, instead of one
        behind a URL, of which a call may take `llm_timeout_seconds`. The budgets bound what the
        model may cost a day (UTC): beyond them the rules go on alone. Pages older than
        `retention_days` are forgotten; None keeps all for ever. `background=False` leaves
        consolidation to `flush()`. `clock` gives the present as an aware UTC datetime.

        Raises InvalidArgumentError for a value out of range, MissingExtraError if the embedding
        model needs a package that is not installed, StorageError if the folder cannot be used.
        """
        owner = check_owner(user_id, assistant_id)
        self.user_id, self.assistant_id = owner.user_id, owner.assistant_id
        for name, value in (("user_name", user_name), ("assistant_name", assistant_name)):
            if value is not None:
                check_identifier(value, name)
        self._user_name, self._assistant_name = user_name, assistant_name
        config = MemoryConfig(
            short_term_capacity=short_term_capacity,
            mid_term_capacity=mid_term_capacity,
            long_term_knowledge_capacity=long_term_knowledge_capacity,
            retrieval_queue_capacity=retrieval_queue_capacity,
            mid_term_heat_threshold=mid_term_heat_threshold,
            mid_term_similarity_threshold=mid_term_similarity_threshold,
            policy=policy,
            daily_call_budget=daily_call_budget,
            daily_token_budget=daily_token_budget,
            retention_days=retention_days,
        )
        model = model_settings(
            openai_api_key,
            openai_base_url,
            llm_model,
            timeout_seconds=llm_timeout_seconds,
            environment=os.environ,
        )
        if model is None and openai_api_key:
            logger.warning("openai_api_key is a placeholder: memory works without a language model")
        self.engine = MemoryEngine.open(
            check_folder(data_storage_path),
            database_url=database_url,
            embedding_model_name=embedding_model_name,
            embedding_model_kwargs=embedding_model_kwargs,
            chat_model=chat_model or model,
            config=config,
            background=background,
            clock=clock,
        )
        # The original had no close(): a memory that nobody holds any more ends its own thread.
        self._finalizer = weakref.finalize(self, self.engine.close)

    def add_memory(
        self,
        user_input: str,
        agent_response: str,
        timestamp: str | datetime | None = None,
        meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        origin: Origin | str = Origin.USER,
    ) -> str:
        """Keep one exchange and give its page id; on disk and recallable when it returns.

        One half may be empty, not both. `timestamp` is read as `YYYY-MM-DD HH:MM:SS`, ISO 8601, or
        `1:56 pm on 8 May, 2023`, in UTC unless it says otherwise; None is now. `meta_data` is any
        JSON, given back as it came. `origin="tool"` marks what a tool wrote: it is kept and
        recalled, and nothing is learnt from it. Raises UsageError before anything is written, or
        StorageError.
        """
        return self.engine.add_memory(
            self.user_id,
            user_input,
            agent_response,
            timestamp,
            meta_data,
            assistant_id=self.assistant_id,
            conversation_id=conversation_id,
            origin=origin,
        )

    def add_memories(self, drafts: Iterable[PageDraft]) -> Iterator[str]:
        """Keep many exchanges made with `draft`, yielding their page ids as they are on disk."""
        return self.engine.add_memories(self.user_id, drafts, assistant_id=self.assistant_id)

    @property
    def draft(self) -> Callable[..., PageDraft]:
        """Makes a checked page for `add_memories`; takes the arguments of `add_memory`."""
        return self.engine.write_path.draft

    def retrieve_memory(
        self,
        query: str,
        *,
        max_results: int | None = None,
        max_tokens: int = 2000,
        conversation_id: str | None = None,
        as_of: str | datetime | None = None,
        known_at: str | datetime | None = None,
    ) -> Recall:
        """What memory holds about `query`; no pages and no facts if nothing is about it.

        At most `max_results` pages (None: `retrieval_queue_capacity`), whose excerpts fit
        `max_tokens`; `Recall.to_prompt()` keeps the profile, short-term memory and facts within it
        too. `conversation_id` chooses which short-term pages are shown.

        Facts are those in force now; a query about the past ("Where did I live before?") reaches
        those that are over, too. Two times, read as timestamps are, look from elsewhere:

        - `as_of`, when facts held: `retrieve_memory("my home", as_of="2024-06-01")` tells where the
          user lived on that day, by all that is known today.
        - `known_at`, when we knew: `retrieve_memory("my home", known_at="2024-06-01")` tells where
          it took him to live on that day. Pages and facts recorded later are left out.

        Raises UnreadableTimestampError for a time that cannot be read.
        """
        return self.engine.retrieve_memory(
            self.user_id,
            query,
            assistant_id=self.assistant_id,
            user_name=self._user_name,
            assistant_name=self._assistant_name,
            max_results=max_results,
            max_tokens=max_tokens,
            conversation_id=conversation_id,
            as_of=as_of,
            known_at=known_at,
        )

    def answer(self, query: str, *, conversation_id: str | None = None) -> Answer:
        """The sentences of memory that answer `query`, with dates and page ids. Stores nothing."""
        recalled = self.retrieve_memory(query, conversation_id=conversation_id)
        return answer(query, recalled, now=self.engine.clock())

    @overload
    def get_response(
        self,
        query: str,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        user_conversation_meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        stream: Literal[False] = False,
    ) -> str: ...

    @overload
    def get_response(
        self,
        query: str,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        user_conversation_meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        stream: Literal[True],
    ) -> ReplyStream: ...

    def get_response(
        self,
        query: str,
        relationship_with_user: str = "friend",
        style_hint: str = "",
        user_conversation_meta_data: Mapping[str, Any] | None = None,
        *,
        conversation_id: str | None = None,
        stream: bool = False,
    ) -> str | ReplyStream:
        """Answer `query` from memory, then keep the exchange.

        A language model says it as `relationship_with_user` and `style_hint` ask, in the user's
        language. Without one the answer quotes the sentences that answer, with their dates and page
        ids, or says that memory holds nothing about it; such an answer is recalled later, but never
        learnt from. `user_conversation_meta_data` is shown to the model, and kept with the page.

        `stream=True` gives the pieces as they come, and keeps the exchange when they end; what was
        said to a reader who stopped early (by `close()`) is kept too, its meta data marked
        `"interrupted": true`. Raises UsageError, or ModelError, and then keeps nothing;
        ReplyNotStoredError, which carries the reply, if memory cannot keep it.
        """
        respond = self.engine.stream_response if stream else self.engine.get_response
        reply = respond(
            self.user_id,
            query,
            relationship_with_user=relationship_with_user,
            style_hint=style_hint,
            meta_data=user_conversation_meta_data,
            assistant_id=self.assistant_id,
            user_name=self._user_name,
            assistant_name=self._assistant_name,
            conversation_id=conversation_id,
        )
        if isinstance(reply, ReplyStream):
            # The memory must not be closed for want of a holder while its stream is read.
            reply.memory = self
        return reply

    def get_user_profile(
        self, *, as_of: str | datetime | None = None, known_at: str | datetime | None = None
    ) -> Profile:
        """Who the user is, as far as is known. False when nothing is.

        `as_of` and `known_at` are those of `retrieve_memory`; traits have no dates but when they
        were learnt.
        """
        return self.engine.profile(
            self.user_id, as_of=as_of, known_at=known_at, assistant_id=self.assistant_id
        )

    def get_user_profile_summary(self) -> str:
        """The profile and what is known of the user as text, one line an item; "" if nothing."""
        profile = self.get_user_profile()
        shown = {fact.number for fact in profile.attributes}
        lines = [profile.summary()] if profile else []
        lines += [
            f"{fact.attribute}: {fact.text}"
            for fact in self.knowledge(Speaker.USER)
            if fact.number not in shown
        ]
        return "\n".join(lines)

    def get_assistant_knowledge_summary(self) -> str:
        """What is known of the agent as text, one line a fact; "" if nothing."""
        return "\n".join(fact.text for fact in self.knowledge(Speaker.AGENT))

    def knowledge(self, subject: Speaker = Speaker.USER) -> tuple[Fact, ...]:
        """The facts that the persona of the user, or of the agent, shows."""
        return self.engine.knowledge(self.user_id, subject, assistant_id=self.assistant_id)

    def segments(self) -> tuple[tuple[Segment, float], ...]:
        """Every topic segment with its heat, hottest first, archived ones last."""
        return self.engine.segments(self.user_id, assistant_id=self.assistant_id)

    def get_memory_stats(self) -> dict[str, Any]:
        """What memory holds and what waits, in numbers; see `MemoryStats`."""
        return asdict(self.engine.stats(self.user_id, assistant_id=self.assistant_id))

    def force_mid_term_analysis(self) -> Pending:
        """Analyse every page that promotion has not read, hot or not; the same as `flush`."""
        return self.flush()

    def why(self, item_id: str) -> Explanation:
        """Where a belief comes from. Raises UnknownIdError for an id that names nothing here."""
        return self.engine.why(self.user_id, item_id, assistant_id=self.assistant_id)

    def history(self, item_id: str) -> History:
        """What a fact said, and what was said of the same matter before and after it; of a trait,
        its levels. Raises UnknownIdError for an id that names no fact or trait here."""
        return self.engine.history(self.user_id, item_id, assistant_id=self.assistant_id)

    def audit(self) -> Audit:
        """What in this memory is doubled, an echo, a secret, an order, or of no use, in figures and
        examples. Reads every page, and changes nothing."""
        return self.engine.audit(self.user_id, assistant_id=self.assistant_id)

    def correct(self, fact_id: str, new_text: str) -> str:
        """Let the user's own words supersede a fact; gives the id of the fact they make.

        Raises UnknownIdError, or InvalidArgumentError for what is no fact in force.
        """
        return self.engine.correct(self.user_id, fact_id, new_text, assistant_id=self.assistant_id)

    def forget(
        self,
        *,
        page: str | None = None,
        fact: str | None = None,
        conversation: str | None = None,
        before: str | datetime | None = None,
        after: str | datetime | None = None,
        text: str | None = None,
        everything: bool = False,
        dry_run: bool = False,
    ) -> Receipt:
        """Forget one page, one fact or trait, everything, or the pages that the others choose.

        `conversation`, `before`, `after` (a timestamp, that moment included) and `text` narrow one
        another down; `text` is found in any case and spacing, in the middle of words, too. What was
        derived goes along or is derived anew, and no byte stays on disk; if the receipt says
        `pending`, as soon as another program has let go of what it reads. `dry_run` only says what
        would go. Raises UnknownIdError for an id or a conversation that names nothing here.
        """
        return self.engine.forget(
            self.user_id,
            page=page,
            fact=fact,
            conversation=conversation,
            before=before,
            after=after,
            text=text,
            everything=everything,
            dry_run=dry_run,
            assistant_id=self.assistant_id,
        )

    def export_memory(self, target: str | Path | BinaryIO) -> Exported:
        """Write all of this memory as a memory file, JSON Lines that docs/format.md describes.

        `target` is a path, whose file is replaced when the export is complete, or takes bytes.
        Raises InvalidArgumentError for a path that cannot be written.
        """
        return self.engine.export_memory(
            target, user_id=self.user_id, assistant_id=self.assistant_id
        )

    def import_memory(
        self, source: str | Path | BinaryIO, *, skip_bad: bool = False
    ) -> ImportReport:
        """Take in a memory file as this memory, which must be empty: ids, times and all as they
        were. Whole or not at all; again, it changes nothing.

        Of a file with several memories, the one with these names is taken. `skip_bad` leaves out
        bad records, with what rests on them alone. Raises UnreadableInputError for a file that is
        bad, InvalidArgumentError where there is a memory already.
        """
        return self.engine.import_memory(
            source, user_id=self.user_id, assistant_id=self.assistant_id, skip_bad=skip_bad
        )

    def refile(self, *, by_rules: bool = False) -> int:
        """Have pages filed anew: all, as if they had come in order of time, or, with `by_rules`,
        those that rules filed and read, for a language model to revisit. Gives how many are to be
        done anew; the background or `flush` does it."""
        return self.engine.refile(self.user_id, by_rules=by_rules, assistant_id=self.assistant_id)

    def flush(self) -> Pending:
        """Consolidate all there is, now; gives what still waits (False when nothing does)."""
        return self.engine.flush(self.user_id, assistant_id=self.assistant_id)

    def close(self) -> None:
        """End the background work and let go of the store. Nothing is lost."""
        self._finalizer()

    def __enter__(self) -> Memoryos:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

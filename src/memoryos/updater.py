"""Filing and promotion: a loop that reads what is to be done from the state.

Pages without vectors are embedded, pages that left short-term memory are filed into segments, hot
or idle ones are promoted to the persona. One round reads, lets go of every lock, asks the analyst,
and commits its whole result under a lease. Killed anywhere, the next round starts over.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from memoryos.analysts.base import Analyst
from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.embedders.base import Embedder
from memoryos.endpoint_rest import EndpointRest
from memoryos.errors import BudgetSpentError, LeaseLostError, ModelError, StorageError
from memoryos.model import Owner
from memoryos.setbacks import LONGEST_RETRY_AFTER_SECONDS, MODEL_ATTEMPTS, rests, set_back
from memoryos.shift import Shift, awaiting, unanalysed, unembedded
from memoryos.store.base import Setback, Store
from memoryos.working_sets import WorkingSets

logger = logging.getLogger(__name__)

EMBEDDER_REST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Pending:
    """What still waits for an owner. False when nothing does."""

    items_to_embed: int = 0
    """Pages and facts without a vector in the embedder's space."""
    pages_to_file: int = 0
    pages_to_analyse: int = 0

    def __bool__(self) -> bool:
        return bool(self.items_to_embed or self.pages_to_file or self.pages_to_analyse)


class Updater:
    """Consolidates one owner at a time; any number of updaters may share a store."""

    def __init__(
        self,
        store: Store,
        working_sets: WorkingSets,
        *,
        embedder: Embedder | None,
        rules: Analyst,
        model: Callable[[Owner], Analyst] | None = None,
        model_rest: EndpointRest | None = None,
        call_seconds: float = 0.0,
        clock: Clock,
        config: MemoryConfig,
    ) -> None:
        """`rules` is the analyst that never fails; `model` makes the one that asks a language model
        on an owner's account, None where there is none, which is left alone during `model_rest`;
        `call_seconds` is the longest that one of
        its calls may take."""
        self._store = store
        self._working_sets = working_sets
        self._embedder = embedder
        self._rules = rules
        self._model = model
        self._model_rest = model_rest or EndpointRest(clock)
        self._call_seconds = call_seconds
        self._clock = clock
        self._config = config
        self._shifts: set[Shift] = set()

    @property
    def lease_seconds(self) -> float:
        """How long an owner waits for a worker that died: a lease outlives one model call."""
        return self._config.lease_seconds + self._call_seconds

    def run(
        self,
        owner: Owner,
        *,
        holder: str,
        on_demand: bool = False,
        stopping: Callable[[], bool] = lambda: False,
    ) -> Pending | None:
        """Do all that is due of `owner`, or all there is with `on_demand`.

        Ends after the step at hand once `stopping` says so. Returns what still waits, or None if
        another holder is at work on the owner.
        """
        shift = self._shift(owner, holder, on_demand, stopping)
        if not shift.begin():
            return None
        self._shifts.add(shift)
        due_at: datetime | None = self._clock()
        setback = self._store.progress(owner).setback
        try:
            embedder_fails_until = self._embed(shift)
            setback = self._consolidate(shift, setback)
            embedder_fails_until = self._embed(shift) or embedder_fails_until  # facts just learnt
            if not stopping():
                next_due = self._next_due(shift, setback)
                due_at = min(filter(None, (embedder_fails_until, next_due)), default=None)
        except LeaseLostError:
            logger.info("another worker took over an owner")
            return None
        finally:
            self._shifts.discard(shift)
            shift.finish(due_at=due_at, setback=setback)
        return self.pending(owner, on_demand=on_demand)

    def embed(self, owner: Owner, *, holder: str, stopping: Callable[[], bool]) -> None:
        """Embed what has no vector, and nothing else: no language model is waited for. The owner
        stays due."""
        if not self.pending(owner, on_demand=False).items_to_embed:
            return
        shift = self._shift(owner, holder, on_demand=False, stopping=stopping)
        if not shift.begin():
            return
        self._shifts.add(shift)
        try:
            self._embed(shift)
        except LeaseLostError:
            logger.info("another worker took over an owner")
        finally:
            self._shifts.discard(shift)
            setback = self._store.progress(owner).setback
            shift.finish(due_at=self._clock(), setback=setback)

    def reopen(self, owner: Owner, *, holder: str, by_rules: bool) -> int | None:
        """Have all that is filed filed anew; with `by_rules`, what rules filed, and also have
        analysed anew what rules read.

        Recall goes on meanwhile. Returns how many pages now wait, or None if another holder is at
        work on the owner.
        """
        shift = self._shift(owner, holder, on_demand=True, stopping=lambda: False)
        if not shift.begin():
            return None
        waiting = 0
        try:
            waiting = shift.reopen(by_rules=by_rules)
        finally:
            setback = self._store.progress(owner).setback
            shift.finish(due_at=self._clock(), setback=setback)
        return waiting

    def pending(self, owner: Owner, *, on_demand: bool = True) -> Pending:
        """What waits; pages that promotion is not yet due for count only with `on_demand`."""
        with self._working_sets.use(owner) as memory:
            return Pending(
                items_to_embed=len(unembedded(memory, self._embedder)),
                pages_to_file=len(awaiting(memory, self._config)),
                pages_to_analyse=len(unanalysed(memory)) if on_demand else 0,
            )

    def let_go(self) -> None:
        """Give every lease back: what is at work here will not be committed, others may start."""
        for shift in tuple(self._shifts):
            setback = self._store.progress(shift.owner).setback
            shift.finish(due_at=self._clock(), setback=setback)

    def _embed(self, shift: Shift) -> datetime | None:
        """Embed what has no vector; when to try again if the embedder fails."""
        try:
            shift.do(shift.embed)
        except ModelError as error:
            # Pages wait, unharmed and recallable by their words; the rest goes on without.
            logger.warning("embedding waits: %s", type(error).__name__)
            return self._clock() + embedder_rest(error)
        return None

    def _consolidate(self, shift: Shift, setback: Setback | None) -> Setback | None:
        """File, promote and characterise; the setback that follows, or None.

        Raises StorageError, and what the rules raise but a ModelError. Whatever else goes wrong
        with the model's analyst, be it a fault of its own, costs a call each time: it waits as a
        failure does.
        """
        analyst = self._whose_turn(shift.owner, setback)
        if analyst is None:
            return setback
        try:
            for step in (shift.file, shift.promote, shift.characterise):
                answered = shift.rounds
                try:
                    shift.do(partial(step, analyst))
                except BudgetSpentError:
                    shift.do(partial(step, self._rules))
        except StorageError:
            raise
        except Exception as error:
            if not isinstance(error, ModelError):  # those are logged where they were counted
                if analyst is self._rules:
                    raise
                logger.error("consolidation failed: %s", type(error).__name__)  # noqa: TRY400
            before = setback if shift.rounds == answered else None
            return set_back(before, error, now=self._clock())
        return None

    def _whose_turn(self, owner: Owner, setback: Setback | None) -> Analyst | None:
        """The analyst to ask; None while the model is to be left alone."""
        if self._model is None or (setback and setback.attempts >= MODEL_ATTEMPTS):
            return self._rules
        if setback and rests(setback.retry_at, now=self._clock()):
            return None
        if self._model_rest.until:
            return None
        return self._model(owner)

    def _next_due(self, shift: Shift, setback: Setback | None) -> datetime | None:
        """What waits for the model is not due before the model may be asked again, and then is."""
        rested_at = self._model_rest.until
        if setback:
            return max(setback.retry_at, rested_at or setback.retry_at)
        next_due = shift.next_due()
        return rested_at if next_due and rested_at else next_due

    def _shift(
        self, owner: Owner, holder: str, on_demand: bool, stopping: Callable[[], bool]
    ) -> Shift:
        return Shift(
            owner,
            holder=holder,
            store=self._store,
            working_sets=self._working_sets,
            embedder=self._embedder,
            clock=self._clock,
            config=self._config,
            lease_seconds=self.lease_seconds,
            on_demand=on_demand,
            stopping=stopping,
        )


def embedder_rest(error: ModelError) -> timedelta:
    """How long an embedder that failed is left alone: a minute, or as long as it asks for, at most
    an hour."""
    asked = min(error.retry_after_seconds or 0.0, LONGEST_RETRY_AFTER_SECONDS)
    return timedelta(seconds=max(EMBEDDER_REST_SECONDS, asked))

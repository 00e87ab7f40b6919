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
from memoryos.setbacks import (
    MODEL_ATTEMPTS,
    OWN_FAILURES,
    asked_seconds,
    is_own,
    rest_after,
    rests,
    set_back,
)
from memoryos.shift import Shift, awaiting, unanalysed, unembedded
from memoryos.store.base import Progress, Setback, Store
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

    @property
    def rests(self) -> bool:
        """Whether the language model is left alone, and pages that wait for it wait on."""
        return self._model is not None and self._model_rest.until is not None

    @property
    def is_full(self) -> bool:
        """Whether those at work here take all the memory there is for working sets."""
        owners = {shift.owner for shift in tuple(self._shifts)}
        return self._working_sets.is_filled_by(owners)

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
        another holder is at work on the owner. Raises StorageError, and whatever goes wrong with
        this owner alone; an owner who was set aside for that is put back if nothing does.
        """
        shift = self._shift(owner, holder, on_demand, stopping)
        if not shift.take() or not self._work(shift):
            return None
        return self.pending(owner, on_demand=on_demand)

    def turn(self, holder: str, *, stopping: Callable[[], bool]) -> bool:
        """Do a bounded part of what is due of the owner who waits for longest, who then goes to the
        end of the line if more is due; False if nobody waits.

        It is at most one batch of each kind. Where vectors were missing it is those alone: nobody's
        page waits for its vector behind a model that is asked for others. Raises as `run` does;
        what goes wrong with an owner alone is counted, and sets it aside after `OWN_FAILURES`.
        """
        now = self._clock()
        until = now + timedelta(seconds=self.lease_seconds)
        lease = self._store.claim(holder=holder, now=now, until=until)
        if lease is None:
            return False
        shift = self._shift(lease.owner, holder, on_demand=False, stopping=stopping)
        shift.take(lease)
        self._work(shift, rounds=1)
        return True

    def reopen(self, owner: Owner, *, holder: str, by_rules: bool) -> int | None:
        """Have all that is filed filed anew; with `by_rules`, what rules filed, and also have
        analysed anew what rules read.

        Recall goes on meanwhile. Returns how many pages now wait, or None if another holder is at
        work on the owner.
        """
        shift = self._shift(owner, holder, on_demand=True, stopping=lambda: False)
        if not shift.take():
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
            try:
                setback = self._store.progress(shift.owner).setback
                shift.finish(due_at=self._clock(), setback=setback)
            except StorageError as error:
                logger.warning("a lease was not given back: %s", type(error).__name__)

    def _work(self, shift: Shift, *, rounds: int | None = None) -> bool:
        """Work on the owner whose lease `shift` has, and give it back; at most so many `rounds` of
        each kind. False if another worker took it over."""
        owner = shift.owner
        due_at: datetime | None = self._clock()
        setback: Setback | None = None
        self._shifts.add(shift)
        try:
            progress = self._store.progress(owner)
            setback = progress.setback
            shift.begin()
            due_at, setback = self._consolidate(shift, progress, rounds)
        except LeaseLostError:
            logger.info("another worker took over an owner")
            return False
        except Exception as error:
            if rounds is not None and is_own(error):
                due_at = self._count_fault(owner, error)
            raise
        finally:
            self._shifts.discard(shift)
            shift.finish(due_at=due_at, setback=setback)
        return True

    def _consolidate(
        self, shift: Shift, progress: Progress, rounds: int | None
    ) -> tuple[datetime | None, Setback | None]:
        """All steps; when the owner is due next, None for when something is written, and the
        setback that follows."""
        embedder_fails_until = self._embed(shift, rounds)
        if rounds is not None and shift.rounds:
            return self._clock(), progress.setback
        setback, is_due = self._analyse(shift, progress, rounds)
        embedder_fails_until = self._embed(shift, None) or embedder_fails_until  # facts just learnt
        if is_due or shift.is_stopped:
            return self._clock(), setback
        next_due = self._next_due(shift, setback)
        return min(filter(None, (embedder_fails_until, next_due)), default=None), setback

    def _count_fault(self, owner: Owner, error: Exception) -> datetime:
        """Note a failure that is the owner's own; when to try again, unless it is set aside now."""
        now, name = self._clock(), type(error).__name__
        failures = self._store.count_fault(owner, error=name, now=now, limit=OWN_FAILURES)
        if failures == OWN_FAILURES:
            logger.error("an owner is set aside after %d failures: %s", failures, name)
        return now + rest_after(max(1, failures), error)

    def _embed(self, shift: Shift, rounds: int | None) -> datetime | None:
        """Embed what has no vector; when to try again if the embedder fails."""
        try:
            shift.do(shift.embed, rounds=rounds)
        except ModelError as error:
            # Pages wait, unharmed and recallable by their words; the rest goes on without.
            logger.warning("embedding waits: %s", type(error).__name__)
            return self._clock() + embedder_rest(error)
        return None

    def _analyse(
        self, shift: Shift, progress: Progress, rounds: int | None
    ) -> tuple[Setback | None, bool]:
        """File, promote and characterise; the setback that follows, or None, and whether more is
        due at once.

        Raises StorageError, and what the rules raise but a ModelError. Whatever else goes wrong
        with the model's analyst, be it a fault of its own, costs a call each time: it waits as a
        failure does.
        """
        setback = progress.setback
        analyst = self._whose_turn(shift.owner, setback)
        if analyst is None:
            return setback, False
        try:
            for step in (shift.file, shift.promote, shift.characterise):
                answered = shift.rounds
                try:
                    shift.do(partial(step, analyst), rounds=rounds)
                except BudgetSpentError:
                    shift.do(partial(step, self._rules), rounds=rounds)
        except StorageError:
            raise
        except Exception as error:
            if not isinstance(error, ModelError):  # those are logged where they were counted
                if analyst is self._rules:
                    raise
                logger.error("consolidation failed: %s", type(error).__name__)  # noqa: TRY400
            before = setback if shift.rounds == answered else None
            return set_back(before, error, now=self._clock()), False
        if progress.fault and not shift.is_stopped:
            self._store.put_back(shift.owner, now=self._clock())
        return None, rounds is not None and shift.is_due(analyst)

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
    return timedelta(seconds=max(EMBEDDER_REST_SECONDS, asked_seconds(error)))

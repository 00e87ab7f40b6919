"""What memory holds, looked at without changing it."""

from __future__ import annotations

from dataclasses import replace

from memoryos import long_term, mid_term
from memoryos.audit import Audit, audit
from memoryos.clock import Clock
from memoryos.config import MemoryConfig
from memoryos.explanation import Explanation, History, explain, trace, usage
from memoryos.model import Fact, Owner, Profile, Segment, Speaker, parse_id
from memoryos.statistics import MemoryStats, count
from memoryos.store.base import Store
from memoryos.updater import Pending
from memoryos.viewpoint import Viewpoint
from memoryos.working_sets import WorkingSets


class Views:
    """Looks into the memory of one owner at a time; the contracts are those of `MemoryEngine`."""

    def __init__(
        self, store: Store, working_sets: WorkingSets, *, config: MemoryConfig, clock: Clock
    ) -> None:
        self._store = store
        self._working_sets = working_sets
        self._config = config
        self._clock = clock

    def profile(self, owner: Owner, viewpoint: Viewpoint) -> Profile:
        with self._working_sets.use(owner) as memory:
            return viewpoint.profile(memory.facts.values(), memory.traits.values(), memory.pages)

    def knowledge(self, owner: Owner, subject: Speaker) -> tuple[Fact, ...]:
        with self._working_sets.use(owner) as memory:
            current = long_term.in_force(memory.facts.values(), now=self._clock())
        return long_term.persona(
            current, subject=subject, capacity=self._config.long_term_knowledge_capacity
        )

    def segments(self, owner: Owner) -> tuple[tuple[Segment, float], ...]:
        decay, now = self._config.heat_decay_seconds, self._clock()
        heated = [
            (segment, mid_term.segment_heat(segment, now=now, decay_seconds=decay))
            for segment in self._store.segments(owner)
        ]
        heated.sort(key=lambda item: (item[0].archived_at is not None, -item[1], -item[0].number))
        return tuple(heated)

    def stats(self, owner: Owner, pending: Pending, *, llm_model: str | None) -> MemoryStats:
        spent = self._store.model_calls(owner)
        progress = self._store.progress(owner)
        with self._working_sets.use(owner) as memory:
            return count(
                memory,
                owner,
                pending,
                progress=progress,
                llm_model=llm_model,
                model_calls=spent,
                config=self._config,
                now=self._clock(),
            )

    def why(self, owner: Owner, item_id: str) -> Explanation:
        kind, number = parse_id(item_id)
        with self._working_sets.use(owner) as memory:
            explained = explain(memory, kind, number)
        return replace(explained, uses=usage(self._store.uses(owner, item=(kind, number))))

    def history(self, owner: Owner, item_id: str) -> History:
        kind, number = parse_id(item_id)
        with self._working_sets.use(owner) as memory:
            return trace(memory, kind, number)

    def audit(self, owner: Owner) -> Audit:
        uses = self._store.uses(owner)
        gap_seconds = self._config.conversation_gap_seconds
        with self._working_sets.use(owner) as memory:
            return audit(memory, uses, gap_seconds=gap_seconds, now=self._clock())

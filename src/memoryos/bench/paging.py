"""Which requests find their owner in memory, on paper: the rule of `memoryos.working_sets`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence


def hit_rate(
    requests: Sequence[int], sizes: Sequence[float], *, byte_limit: float, counted: int
) -> float:
    """The share of the last `counted` requests whose owner is held: the least recently used leave
    until the rest fits `byte_limit`, but never the one asked for last.

    `requests` name owners by their place in `sizes`, which are bytes; the earlier ones warm up.
    Raises ZeroDivisionError where none is counted.
    """
    held: OrderedDict[int, float] = OrderedDict()
    nbytes, hits, first_counted = 0.0, 0, len(requests) - counted
    for place, owner in enumerate(requests):
        if owner in held:
            held.move_to_end(owner)
            hits += place >= first_counted
            continue
        held[owner] = sizes[owner]
        nbytes += sizes[owner]
        while nbytes > byte_limit and len(held) > 1:
            nbytes -= held.popitem(last=False)[1]
    return hits / counted


def share_for(hits_by_share: Mapping[float, float], wanted: float) -> float:
    """The least share of all bytes that is hit as often as `wanted`; between two that were tried,
    in proportion. 1 where none is enough."""
    below, hits_below = 0.0, 0.0
    for share, hits in sorted(hits_by_share.items()):
        if hits >= wanted:
            if hits == hits_below:
                return share
            return below + (share - below) * (wanted - hits_below) / (hits - hits_below)
        below, hits_below = share, hits
    return 1.0

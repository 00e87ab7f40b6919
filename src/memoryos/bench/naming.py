"""Naming the first few of many."""

from __future__ import annotations

from collections.abc import Sequence


def first_of(names: Sequence[object], count: int = 3, *, rest: str = "") -> str:
    """The first `count` of `names`, and how many more there are, with `rest` as where they stand:
    "a; b; and 7 more, in summary.json". "" for none.
    """
    said = [str(name) for name in names[:count]]
    if len(names) > count:
        said.append(f"and {len(names) - count:,} more{rest and ', '}{rest}")
    return "; ".join(said)

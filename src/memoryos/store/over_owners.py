"""What looks over owners, where every other statement carries the key of one.

By its key a statement runs on the one shard, or in the one partition, that holds its owner. These
run on all of them; none is in the way of adding or recalling.
"""

from __future__ import annotations

from collections.abc import Mapping

OVER_OWNERS: Mapping[str, str] = {
    "leases.is_waiting": "a worker asks whether anybody is due, by the index on due_at",
    "leases.claim": "a worker takes the owner who has been due for longest",
    "set_aside.read_backlog": "what waits for workers, counted for stats and for scaling them",
    "set_aside.put_back": "all who were set aside are put back by one command",
    "reading.read_owners": "listings: export of all, worker --once",
    "reading.read_owners_with_pages_before": "retention looks once a day for whom it concerns",
    "postgres.erase": "what is yet to be erased of anybody, and whether a snapshot sees it",
    "postgres._vacuum": "one vacuum is for all who have forgotten something since the last",
    "copying.count": "how much there is to copy, for the time left",
    "copying.read_keys": "a copy goes from owner to owner, by batches of keys",
    "inspecting.count_owners": "how much doctor --deep has to look through",
    "inspecting.survey": "doctor --deep goes from owner to owner, and looks for rows of nobody",
}
"""Module and function of this package, and the reason."""

"""What forgetting did."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was forgotten, by id; never what it said. False where nothing was."""

    pages: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    """Segments that were left without pages."""
    redacted: tuple[str, ...] = ()
    """Pages whose agent half told of what is gone, out of memory: it was emptied."""
    retold: tuple[str, ...] = ()
    """Segments whose summary and keywords were made anew."""
    blanked: tuple[str, ...] = ()
    """Pages whose summary of their dialogue chain was emptied: it may have told of what is gone."""
    relearnt: tuple[str, ...] = ()
    """Pages that are read anew, for what they bear out without what is gone."""
    reopened: tuple[str, ...] = ()
    """Facts and traits that what is gone had superseded, and that no longer are."""
    said_on: tuple[str, ...] = ()
    """Pages that say a fact which was chosen by its id, and stay: forget these, too, if they are to
    go. It is not learnt from them again."""
    dry_run: bool = False
    """Nothing was done: this is what would be."""
    pending: bool = False
    """Another program still reads the store as it was: bytes are erased once it is through."""

    def __bool__(self) -> bool:
        return any(self.counts.values())

    @property
    def counts(self) -> dict[str, int]:
        """How many of each there are."""
        return {
            item.name: len(getattr(self, item.name))
            for item in fields(self)
            if item.name not in ("dry_run", "pending")
        }

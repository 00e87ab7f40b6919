"""Pages of other systems on their way into memory: read, checked, and written in batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from memoryos.cli.output import one_line
from memoryos.errors import InvalidArgumentError, UnreadableInputError, UsageError
from memoryos.intake import check_owner
from memoryos.model import Owner

if TYPE_CHECKING:
    from rich.progress import Progress

    from memoryos.memoryos import Memoryos
    from memoryos.model import PageDraft
    from memoryos.transfer.formats import Format
    from memoryos.transfer.imported import ImportedPage, Skipped

BATCH = 500
"""Pages written in one transaction."""

NAMED_USERS = 10
"""How many users of a file a refusal names."""


@dataclass(slots=True)
class Outcome:
    """What an import did."""

    written: Counter[Owner] = field(default_factory=Counter)
    already_there: Counter[Owner] = field(default_factory=Counter)
    skipped: list[Skipped] = field(default_factory=list)
    waiting: dict[Owner, str] = field(default_factory=dict)

    @property
    def owners(self) -> list[Owner]:
        return list(dict.fromkeys([*self.written, *self.already_there]))

    @property
    def groups(self) -> dict[str, list[str]]:
        """Why records were skipped, the commonest reason first, and where."""
        groups: dict[str, list[str]] = {}
        for record in self.skipped:
            groups.setdefault(record.why, []).append(record.where)
        return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


@dataclass(frozen=True, slots=True)
class Choice:
    """What the command line says of whose pages are read, and whose they become."""

    user_id: str | None = None
    """Chooses one of several users in the file, or renames the only one."""
    assistant_id: str | None = None
    sample: str | None = None
    """Chooses one user, whose pages become those of the command's own."""


class PageImport:
    """A file or folder that is read twice: to check it, and to write it."""

    def __init__(self, memory: Memoryos, path: Path, source: Format, choice: Choice) -> None:
        self._engine = memory.engine
        self._default = Owner(memory.user_id, memory.assistant_id)
        self._path = path
        self._source = source
        self._choice = choice
        self._named: dict[str, None] = {}
        """The users that the file names."""

    def carry_out(self, progress: Progress, *, refuse_bad: bool) -> Outcome:
        """Write what is not there yet. Raises UnreadableInputError for what cannot be read, with
        `refuse_bad` for any bad record, InvalidArgumentError for a choice that the file does not
        have; nothing is written then."""
        from memoryos.transfer.formats import Format
        from memoryos.transfer.importing import refusal

        outcome = Outcome()
        pages = self._check(outcome.skipped, progress)
        self._check_choice()
        if self._chosen is not None and self._source is Format.ORIGINAL:
            # What an assistant knows of all its users goes to the one who is chosen.
            outcome.skipped.clear()
            pages = self._check(outcome.skipped, progress)
        if outcome.skipped and refuse_bad:
            raise UnreadableInputError(refusal(outcome.skipped))
        self._write(outcome, progress, pages)
        return outcome

    def _check(self, skipped: list[Skipped], progress: Progress) -> int:
        """Read all there is, and note whose it is; gives the number of pages."""
        task = progress.add_task("reading", total=None)
        pages = 0
        for record, _ in self._drafts(skipped):
            pages += 1
            if record.user_id is not None:
                self._named.setdefault(record.user_id)
        progress.update(task, total=pages, completed=pages)
        return pages

    def _write(self, outcome: Outcome, progress: Progress, pages: int) -> None:
        task = progress.add_task("writing", total=pages)
        batches: dict[Owner, list[PageDraft]] = {}

        def write(owner: Owner) -> None:
            batch = batches.pop(owner)
            names = {"user_id": owner.user_id, "assistant_id": owner.assistant_id}
            new = self._engine.import_pages(drafts=batch, **names)
            outcome.written[owner] += new
            outcome.already_there[owner] += len(batch) - new
            progress.update(task, description=f"writing {one_line(owner.user_id)}")

        for record, draft in self._drafts([]):
            progress.advance(task)
            if self._is_chosen(record):
                owner = self._owner(record)
                batches.setdefault(owner, []).append(draft)
                if len(batches[owner]) == BATCH:
                    write(owner)
        for owner in list(batches):
            write(owner)

    def _drafts(self, skipped: list[Skipped]) -> Iterator[tuple[ImportedPage, PageDraft]]:
        """Every page as it is read and as it enters memory; what is none goes to `skipped`."""
        from memoryos.transfer.formats import read_records
        from memoryos.transfer.imported import Skipped, digest

        records = read_records(
            self._path,
            self._source,
            user_id=self._chosen,
            assistant_id=self._choice.assistant_id,
        )
        for record in records:
            if isinstance(record, Skipped):
                skipped.append(record)
                continue
            page = record.page
            try:
                draft = self._engine.write_path.draft(
                    page.user_input,
                    page.agent_response,
                    page.timestamp,
                    page.meta_data,
                    conversation_id=page.conversation_id,
                    origin=record.origin,
                )
            except UsageError as error:
                skipped.append(Skipped(page.where, str(error)))
            else:
                yield record, replace(draft, source=digest(record.source))

    @property
    def _chosen(self) -> str | None:
        """The one user of the file whose pages are read; None for all."""
        if self._choice.sample is not None:
            return self._choice.sample
        return self._choice.user_id if len(self._named) > 1 else None

    def _check_choice(self) -> None:
        if self._chosen is not None and self._chosen not in self._named:
            listed = ", ".join([one_line(name) for name in self._named][:NAMED_USERS]) or "none"
            raise InvalidArgumentError(
                f"the file holds nothing of {self._chosen!r}; it has {len(self._named):,} users"
                f" or conversations: {listed}"
            )

    def _is_chosen(self, record: ImportedPage) -> bool:
        return self._chosen in (None, record.user_id)

    def _owner(self, record: ImportedPage) -> Owner:
        """Whose memory a page becomes."""
        there = None if self._choice.sample is not None else record.user_id
        return check_owner(
            self._choice.user_id or there or self._default.user_id,
            self._choice.assistant_id or record.assistant_id or self._default.assistant_id,
        )

"""The command `audit`: what in memory is doubled, an echo, a secret, an order or of no use."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from memoryos.cli import output
from memoryos.cli.settings import Settings

if TYPE_CHECKING:
    from memoryos.audit import Audit, Finding

FINDINGS = {
    "repeated_pages": "pages said before",
    "repeated_facts": "facts that mean the same",
    "echoes": "replies that repeat memory",
    "secrets": "pages with secrets",
    "orders": "pages that give orders",
    "never_recalled": "facts never recalled",
    "unsupported": "beliefs without evidence",
}
"""What the terminal calls the fields of `Audit`."""


def audit(settings: Settings) -> None:
    """Look for duplicates, echoes, secrets, orders and facts of no use."""
    with settings.open_memory() as memory:
        found = memory.audit()
    if settings.json:
        output.show_json(found)
    else:
        _show(found)


def _show(found: Audit) -> None:
    rows = [("pages", f"{found.pages:,}", ""), ("facts in force", f"{found.facts:,}", "")]
    rows += [
        _row(FINDINGS[field.name], getattr(found, field.name))
        for field in fields(found)
        if field.name in FINDINGS
    ]
    output.show_table(rows, head=("found", "count", "such as"))


def _row(name: str, finding: Finding) -> tuple[str, str, str]:
    shown = finding.shown or ("",) * len(finding.examples)
    examples = (" ".join(filter(None, pair)) for pair in zip(finding.examples, shown, strict=True))
    return name, f"{finding.count:,}", ", ".join(examples)

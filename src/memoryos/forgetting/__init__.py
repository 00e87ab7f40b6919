"""Forgetting: what goes with what the user wants gone, and what is made anew. Pure: no I/O."""

from __future__ import annotations

from memoryos.forgetting.planning import Plan, plan_forgetting, plan_redaction
from memoryos.forgetting.receipt import Receipt
from memoryos.forgetting.selection import Selection, expiry, select

__all__ = [
    "Plan",
    "Receipt",
    "Selection",
    "expiry",
    "plan_forgetting",
    "plan_redaction",
    "select",
]

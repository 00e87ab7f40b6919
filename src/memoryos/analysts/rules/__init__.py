"""The analyst that needs no language model: time gaps, similarity, and patterns of speech."""

from memoryos.analysts.rules.analyst import RulesAnalyst

__all__ = ["RulesAnalyst"]

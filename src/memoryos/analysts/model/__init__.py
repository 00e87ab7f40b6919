"""The analyst that asks a language model, and believes of its answers what the pages bear out."""

from memoryos.analysts.model.analyst import ModelAnalyst

__all__ = ["ModelAnalyst"]

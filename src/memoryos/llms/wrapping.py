"""What a ChatModel that stands before another one has of it."""

from __future__ import annotations

from memoryos.llms.base import ChatModel


class ModelWrapper:
    """Has the name and the patience of the model that it asks, `self._model`."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def model(self) -> str:
        return self._model.model

    @property
    def timeout_seconds(self) -> float:
        """Of one request."""
        return self._model.timeout_seconds

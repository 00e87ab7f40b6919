"""Chat models: what a language model is asked through, whatever server runs it."""

from __future__ import annotations

from memoryos.config import ModelSettings
from memoryos.llms.base import ChatModel


def open_chat_model(settings: ModelSettings) -> ChatModel:
    """The model that `settings` name. Opens no connection.

    Raises InvalidArgumentError for an address or a key that cannot be one.
    """
    from memoryos.llms.openai_compatible import OpenAICompatibleModel

    return OpenAICompatibleModel(
        settings.model,
        api_key=settings.api_key,
        base_url=settings.base_url,
        timeout_seconds=settings.timeout_seconds,
    )

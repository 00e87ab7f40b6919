"""Generation: a reply made out of a recall, by a language model or in the words of memory."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from memoryos.answerer import answer
from memoryos.clock import Clock
from memoryos.errors import BudgetSpentError, ModelError, StorageError, UnreadableOutputError
from memoryos.llms.base import ChatModel, ChatRequest
from memoryos.model import Kind, parse_id
from memoryos.prompts.reply import reply_request
from memoryos.recall import Recall
from memoryos.text.language import guess_language

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What was said to the user, and out of what."""

    text: str
    recalled: tuple[tuple[Kind, int], ...]
    """What the prompt showed; for an extractive answer, the pages it quotes."""
    from_model: bool
    """False for an extractive answer: its words are memory's own, and not to be learnt back."""
    interrupted: bool = False
    """The reader stopped before the end; `text` is what was said until then."""


Keep = Callable[[Reply], object]
"""Stores a reply; called once for each that was given."""

_Pieces = Generator[str, None, object]


@dataclass(frozen=True, slots=True)
class _Prompt:
    request: ChatRequest
    recalled: tuple[tuple[Kind, int], ...]


class Responder:
    """Answers a query out of a recall, and hands what it said to `keep`.

    Without a model, or with one whose budget is spent, the answer is extractive: the sentences of
    memory (`memoryos.answerer`), in one piece.
    """

    def __init__(self, model: ChatModel | None, *, clock: Clock) -> None:
        self._model = model
        self._clock = clock

    def reply(
        self,
        recall: Recall,
        query: str,
        *,
        relationship_with_user: str,
        style_hint: str,
        user_conversation_meta_data: Mapping[str, Any] | None,
        keep: Keep,
    ) -> str:
        """The whole reply, kept. Raises ModelError, and then keeps nothing; what `keep` raises."""
        prompt = self._prompt(
            recall, query, relationship_with_user, style_hint, user_conversation_meta_data
        )
        return "".join(self._speak(_complete, prompt, recall, query, keep))

    def stream(
        self,
        recall: Recall,
        query: str,
        *,
        relationship_with_user: str,
        style_hint: str,
        user_conversation_meta_data: Mapping[str, Any] | None,
        keep: Keep,
    ) -> Generator[str, None, None]:
        """The reply as it comes; the model is asked when the first piece is.

        Kept once it has ended. A reader who stops before, by closing the generator, dropping it or
        throwing into it, ends the model's call, and what was said is kept as interrupted, if
        anything was. Raises ModelError, also in the middle, and then keeps nothing; and at the end
        what `keep` raises.
        """
        prompt = self._prompt(
            recall, query, relationship_with_user, style_hint, user_conversation_meta_data
        )
        return self._speak(_stream, prompt, recall, query, keep)

    def _prompt(
        self,
        recall: Recall,
        query: str,
        relationship_with_user: str,
        style_hint: str,
        user_conversation_meta_data: Mapping[str, Any] | None,
    ) -> _Prompt:
        context = recall.context()
        request = reply_request(
            context,
            query=query,
            relationship_with_user=relationship_with_user,
            style_hint=style_hint,
            user_conversation_meta_data=user_conversation_meta_data,
            now=self._clock(),
            # Two or three words tell us no language; the model may know them.
            language=guess_language(query, default="other"),
        )
        return _Prompt(request, context.ids)

    def _speak(
        self,
        ask: Callable[[ChatModel, ChatRequest], _Pieces],
        prompt: _Prompt,
        recall: Recall,
        query: str,
        keep: Keep,
    ) -> Generator[str, None, None]:
        if self._model is not None:
            unsaid = Reply("", prompt.recalled, from_model=True)
            try:
                yield from _tell(ask(self._model, prompt.request), unsaid, keep)
            except BudgetSpentError:
                logger.info("the model's budget is spent: this reply is extractive")
            else:
                return
        found = answer(query, recall, now=self._clock())
        quoted = tuple(parse_id(page_id) for page_id in found.page_ids)
        yield from _tell(_once(found.text), Reply("", quoted, from_model=False), keep)


def _tell(pieces: _Pieces, unsaid: Reply, keep: Keep) -> Generator[str, None, None]:
    """Pass the pieces on, then keep `unsaid` with what was said in them."""
    said: list[str] = []
    try:
        with closing(pieces):
            for piece in pieces:
                said.append(piece)
                yield piece
    except (ModelError, StorageError):
        raise
    except BaseException as leaving:  # the reader left, or Ctrl-C came while the model spoke
        _keep_unfinished(replace(unsaid, text="".join(said), interrupted=True), keep, leaving)
        raise
    text = "".join(said)
    if says_nothing(text):
        raise UnreadableOutputError("the model's reply is blank: nothing was stored; ask again")
    keep(replace(unsaid, text=text))


def _keep_unfinished(reply: Reply, keep: Keep, leaving: BaseException) -> None:
    if says_nothing(reply.text):
        return
    try:
        keep(reply)
    except StorageError as error:
        if isinstance(leaving, GeneratorExit):
            raise
        # Ctrl-C, or what the reader threw, goes on: nothing may come in its place.
        logger.warning("a reply that was left is not kept: %s", type(error).__name__)


def says_nothing(text: str) -> bool:
    """Whether all of `text` is white space or signs that nobody sees."""
    categories = map(unicodedata.category, text)
    return all(category[0] == "Z" or category in ("Cc", "Cf", "Cs") for category in categories)


def _complete(model: ChatModel, request: ChatRequest) -> Generator[str, None, None]:
    yield model.complete(request).text


def _stream(model: ChatModel, request: ChatRequest) -> _Pieces:
    return model.stream(request)


def _once(text: str) -> Generator[str, None, None]:
    yield text

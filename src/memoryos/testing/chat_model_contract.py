"""What every chat model keeps to. Inherit it and give a fixture `answering`."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor

import pytest

from memoryos.errors import ModelUnavailableError, UnreadableOutputError
from memoryos.llms.base import (
    ChatModel,
    ChatRequest,
    Message,
    OutputSchema,
    Purpose,
    Tokens,
)

Answering = Callable[..., ChatModel]
"""Gives a model that answers with these, one after the other: a text, or a ModelUnavailableError
whose status is the server's."""

FACTS = OutputSchema(
    "facts",
    {
        "type": "object",
        "properties": {"facts": {"type": "array", "items": {"type": "string"}}},
        "required": ["facts"],
        "additionalProperties": False,
    },
)

AWKWARD_TEXTS = {
    "emoji": "🎉🎉 👩‍👩‍👧",
    "Chinese": "我昨天搬到了柏林。",
    "lone surrogate": "a broken \ud83d sign",
    "control signs": "\x00\x1b[31m",
    "100 KB": "the same words over and over " * 3_500,
}


def asking(
    text: str = "What do I like?",
    *,
    output: OutputSchema | None = None,
    purpose: Purpose = Purpose.REPLY,
) -> ChatRequest:
    messages = (Message("system", "You are kind."), Message("user", text))
    return ChatRequest(purpose, messages, 200, output)


def heard(stream: Generator[str, None, Tokens]) -> tuple[list[str], Tokens]:
    """The pieces of a stream, and what it cost."""
    pieces: list[str] = []
    while True:
        try:
            pieces.append(next(stream))
        except StopIteration as end:
            return pieces, end.value


class ChatModelContract:
    """See `memoryos.llms.base.ChatModel`."""

    def test_it_has_a_name_and_says_how_long_it_may_take(self, answering: Answering) -> None:
        model = answering()
        assert model.model
        assert model.timeout_seconds > 0

    def test_a_text_is_answered_with_a_text(self, answering: Answering) -> None:
        reply = answering("You like jazz — 爵士乐.").complete(asking())
        assert reply.text == "You like jazz — 爵士乐."
        assert reply.data is None
        assert reply.tokens.prompt > 0
        assert reply.tokens.completion > 0

    def test_the_object_that_was_asked_for_is_read(self, answering: Answering) -> None:
        reply = answering('{"facts": ["likes jazz"]}').complete(asking(output=FACTS))
        assert reply.data == {"facts": ["likes jazz"]}

    def test_the_object_is_found_among_prose(self, answering: Answering) -> None:
        text = "Of course!\n```json\n{'facts': ['likes jazz',],}\n```\nAnything else?"
        assert answering(text).complete(asking(output=FACTS)).data == {"facts": ["likes jazz"]}

    @pytest.mark.parametrize("text", ["No data.", '{"facts": "none"}', '{"facts": ["likes ja'])
    def test_what_is_not_the_object_is_unreadable_and_not_quoted(
        self, answering: Answering, text: str
    ) -> None:
        with pytest.raises(UnreadableOutputError) as raised:
            answering(text).complete(asking(output=FACTS))
        assert text not in str(raised.value)

    @pytest.mark.parametrize("text", ["", " \n", "<think>Hm.</think>\n", "<think>I never stop"])
    def test_a_reply_that_says_nothing_is_unreadable(self, answering: Answering, text: str) -> None:
        model = answering(text, text, text)
        with pytest.raises(UnreadableOutputError):
            model.complete(asking())
        with pytest.raises(UnreadableOutputError):
            model.complete(asking(output=FACTS))
        with pytest.raises(UnreadableOutputError):
            heard(model.stream(asking()))

    def test_its_thoughts_are_not_what_it_says(self, answering: Answering) -> None:
        text = '<think>{"facts": ["a draft"]}, or "Hi"?</think>\n\n{"facts": ["jazz"]}'
        model = answering(text, text, text)
        assert model.complete(asking()).text == '{"facts": ["jazz"]}'
        assert model.complete(asking(output=FACTS)).data == {"facts": ["jazz"]}
        assert "".join(heard(model.stream(asking()))[0]) == '{"facts": ["jazz"]}'

    def test_a_stream_comes_in_pieces_and_ends_with_its_cost(self, answering: Answering) -> None:
        text = "You like jazz, 爵士乐, and long walks by the sea."
        pieces, tokens = heard(answering(text).stream(asking()))
        assert "".join(pieces) == text
        assert len(pieces) > 1
        assert all(pieces)
        assert tokens.prompt > 0
        assert tokens.completion > 0

    def test_a_stream_can_be_left(self, answering: Answering) -> None:
        model = answering("You like jazz and long walks.", "Good-bye.")
        stream = model.stream(asking())
        assert next(stream)
        stream.close()
        assert model.complete(asking()).text == "Good-bye."

    def test_a_failure_is_told_and_does_not_spoil_the_next_call(self, answering: Answering) -> None:
        asleep = ModelUnavailableError("asleep", status=503)
        model = answering(asleep, asleep, "Good morning.")
        with pytest.raises(ModelUnavailableError) as raised:
            model.complete(asking())
        assert raised.value.status == 503
        with pytest.raises(ModelUnavailableError):
            heard(model.stream(asking()))
        assert model.complete(asking()).text == "Good morning."

    @pytest.mark.parametrize("kind", AWKWARD_TEXTS)
    def test_any_text_can_be_asked(self, answering: Answering, kind: str) -> None:
        model = answering("Yes.", '{"facts": []}', "Yes.")
        text = AWKWARD_TEXTS[kind]
        assert model.complete(asking(text)).text == "Yes."
        assert model.complete(asking(text, output=FACTS)).data == {"facts": []}
        assert "".join(heard(model.stream(asking(text)))[0]) == "Yes."

    def test_half_a_surrogate_pair_is_not_handed_on(self, answering: Answering) -> None:
        model = answering(r'{"facts": ["\ud83d, \ud83c\udf89"]}')
        assert model.complete(asking(output=FACTS)).data == {"facts": ["\ufffd, 🎉"]}

    def test_eight_threads_get_a_reply_each(self, answering: Answering) -> None:
        texts = [f"reply {number}" for number in range(40)]
        model = answering(*texts)
        with ThreadPoolExecutor(8) as threads:
            replies = threads.map(lambda _: model.complete(asking()).text, texts)
            assert sorted(replies) == sorted(texts)

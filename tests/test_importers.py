"""The readers of other systems' memory: the original MemoryOS, mem0 and ChatGPT (M10)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from builders import NOON

from memoryos.config import MAX_HALF_BYTES
from memoryos.errors import InvalidArgumentError, UnreadableInputError, UsageError
from memoryos.intake import check_draft
from memoryos.model import Origin, PageDraft
from memoryos.transfer import chatgpt, mem0, original
from memoryos.transfer.imported import ImportedPage, Record, Skipped

DATA = Path(__file__).parent / "data" / "imports"

Read = Callable[[Path], Iterator[Record]]


def pages(records: list[Record]) -> list[ImportedPage]:
    return [record for record in records if isinstance(record, ImportedPage)]


def skipped(records: list[Record]) -> list[str]:
    return [str(record) for record in records if isinstance(record, Skipped)]


def halves(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.page.user_input, record.page.agent_response) for record in pages(records)]


def draft(record: ImportedPage) -> PageDraft:
    """What the gate of memory makes of it; raises UsageError if it may not enter."""
    return check_draft(
        record.page.user_input,
        record.page.agent_response,
        timestamp=record.page.timestamp,
        meta_data=record.page.meta_data,
        conversation_id=record.page.conversation_id,
        now=NOON,
        max_half_bytes=MAX_HALF_BYTES,
        origin=record.origin,
    )


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[object], Path]:
    def save(data: object) -> Path:
        path = tmp_path / "saved.json"
        path.write_text(json.dumps(data), encoding="utf-8")
        return path

    return save


@pytest.mark.parametrize(
    ("read", "path"),
    [
        (chatgpt.read, DATA / "conversations.json"),
        (mem0.read, DATA / "mem0.json"),
        (original.read, DATA / "original"),
    ],
)
def test_every_page_enters_memory_with_a_source_that_stays_the_same(read: Read, path: Path) -> None:
    first, second = pages(list(read(path))), pages(list(read(path)))
    assert [draft(record) for record in first]
    assert [record.source for record in first] == [record.source for record in second]
    assert len({(record.user_id, record.source) for record in first}) == len(first)


@pytest.mark.parametrize("read", [chatgpt.read, mem0.read, original.read])
def test_what_is_not_there_is_refused(read: Read, tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        list(read(tmp_path / "nowhere"))


@pytest.mark.parametrize("read", [chatgpt.read, mem0.read])
@pytest.mark.parametrize("data", [[], {}, {"text": [1]}])
def test_another_file_is_refused(read: Read, data: object, saved: Callable[[object], Path]) -> None:
    with pytest.raises(UnreadableInputError, match=r"saved\.json holds no"):
        list(read(saved(data)))


@pytest.mark.parametrize(
    ("read", "name"), [(chatgpt.read, "conversations.json"), (mem0.read, "mem0.json")]
)
def test_a_file_written_only_in_part_is_refused_wherever_it_ends(
    read: Read, name: str, tmp_path: Path
) -> None:
    content = (DATA / name).read_bytes().rstrip()
    path = tmp_path / name
    for end in range(0, len(content) - 1, 97):
        path.write_bytes(content[:end])
        with pytest.raises(UnreadableInputError, match="only in part"):
            list(read(path))


HOSTILE: list[Any] = [
    None, True, 7, 1e308, "text", "", [], {}, [[]], {"data": None}, "\ud800", "\0", "a" * 1_000,
]  # fmt: skip


def mutilated(value: Any) -> Iterator[Any]:
    """Copies of `value`, each with one thing in it replaced or taken out."""
    if isinstance(value, dict):
        for key in value:
            yield {name: inner for name, inner in value.items() if name != key}
            for inner in [*HOSTILE, *mutilated(value[key])]:
                yield {**value, key: inner}
    elif isinstance(value, list):
        for place in range(len(value)):
            for inner in [*HOSTILE, *mutilated(value[place])]:
                yield [*value[:place], inner, *value[place + 1 :]]


def enter(records: list[Record]) -> None:
    """What the gate refuses, it refuses with an error of ours."""
    for record in pages(records):
        try:
            draft(record)
        except UsageError:
            continue


def test_hostile_conversations_cost_themselves_and_never_more(
    saved: Callable[[object], Path],
) -> None:
    first, *_ = json.loads((DATA / "conversations.json").read_text(encoding="utf-8"))
    records = list(chatgpt.read(saved([*mutilated(first), {**first, "conversation_id": "last"}])))
    enter(records)
    assert pages(records)[-1].source.startswith("chatgpt:last:")


def test_hostile_memories_cost_themselves_and_never_more(saved: Callable[[object], Path]) -> None:
    first, *_ = json.loads((DATA / "mem0.json").read_text(encoding="utf-8"))["results"]
    records = list(mem0.read(saved([*mutilated(first), {**first, "id": "last"}])))
    enter(records)
    assert pages(records)[-1].source.startswith("mem0:last:")


@pytest.mark.parametrize("name", [*original.USER_FILES, original.ASSISTANT_FILE])
def test_hostile_files_of_the_original_cost_themselves_and_never_more(
    name: str, data_folder: Path
) -> None:
    (data_folder / "users" / "bob" / "short_term.json").unlink()
    path = next(data_folder.rglob(name))
    for hostile in mutilated(json.loads(path.read_text())):
        path.write_text(json.dumps(hostile))
        records = list(original.read(data_folder))
        enter(records)
        assert len(pages(records)) >= 3  # what the other files hold


# The original MemoryOS


@pytest.fixture
def data_folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA / "original", tmp_path / "original"))


def test_pages_of_the_original_keep_their_words_and_times(data_folder: Path) -> None:
    records = list(original.read(data_folder, user_id="alice"))
    exchanges = [record for record in pages(records) if record.origin is Origin.USER]
    assert [(*pair, draft(record).timestamp.isoformat()) for pair, record in zip(
        halves(list(exchanges)), exchanges, strict=True
    )] == [
        ("I bought a kayak.", "Well done!", "2025-06-01T08:00:00+00:00"),
        ("It leaks.", "Patch it.", "2025-06-02T08:00:00+00:00"),
        ("Where shall I paddle?", "Try the lake.", "2025-06-03T09:00:00+00:00"),
        ("My kayak is green.", "", "2025-06-03T09:05:00+00:00"),
    ]  # fmt: skip
    assert exchanges[0].page.meta_data == {
        "original": {"page_id": "page_1", "meta_info": "Alice starts to paddle."}
    }


def test_what_the_model_of_the_original_wrote_is_marked_as_imported(data_folder: Path) -> None:
    records = list(original.read(data_folder, user_id="alice"))
    notes = [record for record in pages(records) if record.origin is Origin.IMPORT]
    assert halves(list(notes)) == [
        ("Enjoys boats and is patient.", ""),
        ("Owns a kayak", ""),
        ("", "Recommended the lake to paddle on"),
    ]
    assert [note.page.meta_data for note in notes] == [
        {"original": {"kind": kind}}
        for kind in ("user_profiles", "knowledge_base", "assistant_knowledge")
    ]


def test_errors_and_empty_notes_of_the_original_are_never_memory(data_folder: Path) -> None:
    records = list(original.read(data_folder, user_id="alice"))
    assert skipped(records) == [
        "users/alice/mid_term.json sessions session_2 details 1: repeats what was read before",
        "users/alice/short_term.json 2 agent_response: is the error text of a model that failed",
        "users/alice/long_term_user.json knowledge_base 2: says nothing",
    ]


def test_users_become_owners_with_the_assistant_they_spoke_to(data_folder: Path) -> None:
    records = list(original.read(data_folder))
    assert {(record.user_id, record.assistant_id) for record in pages(records)} == {
        ("alice", "guide"),
        ("bob", "guide"),
    }


def test_what_an_assistant_knows_from_several_users_is_given_to_none_unasked(
    data_folder: Path,
) -> None:
    records = list(original.read(data_folder))
    assert not any("lake to paddle on" in reply for _, reply in halves(records))
    (line,) = [line for line in skipped(records) if line.startswith("assistants/")]
    assert line.startswith("assistants/guide/long_term_assistant.json: is drawn from all users")


def test_a_choice_between_assistants_is_asked_for(data_folder: Path) -> None:
    folders = data_folder / "assistants"
    shutil.copytree(folders / "guide", folders / "cook")
    with pytest.raises(InvalidArgumentError, match="choose one of 'cook', 'guide'"):
        original.read(data_folder)
    with pytest.raises(InvalidArgumentError, match="no assistant 'maid'"):
        original.read(data_folder, assistant_id="maid")
    records = list(original.read(data_folder, user_id="alice", assistant_id="cook"))
    assert {record.assistant_id for record in pages(records)} == {"cook"}
    assert skipped(records)[-1] == (
        "assistants/guide/long_term_assistant.json: is of another assistant than the one chosen"
    )


def test_a_user_the_folder_does_not_have_is_refused(data_folder: Path) -> None:
    with pytest.raises(InvalidArgumentError, match="no user 'eve'; it has 'alice', 'bob'"):
        original.read(data_folder, user_id="eve")


def test_ids_with_slashes_are_read_from_folders_in_folders(data_folder: Path) -> None:
    users = data_folder / "users"
    (users / "team").mkdir()
    (users / "bob").rename(users / "team" / "bob")
    users_found = {record.user_id for record in pages(list(original.read(data_folder)))}
    assert users_found == {"alice", "team/bob"}


def test_a_page_keeps_its_source_when_it_moves_from_short_to_mid_term(data_folder: Path) -> None:
    before = {record.source for record in pages(list(original.read(data_folder)))}
    home = data_folder / "users" / "bob"
    (page,) = json.loads((home / "short_term.json").read_text())
    moved = {"sessions": {"s": {"details": [{**page, "page_id": "page_9"}]}}}
    (home / "mid_term.json").write_text(json.dumps(moved))
    (home / "short_term.json").write_text("[]")
    assert {record.source for record in pages(list(original.read(data_folder)))} == before


def test_a_file_of_the_original_that_breaks_off_is_read_as_far_as_it_goes(
    data_folder: Path,
) -> None:
    path = data_folder / "users" / "alice" / "mid_term.json"
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b'"It leaks."')])
    records = list(original.read(data_folder))
    assert ("I bought a kayak.", "Well done!") in halves(records)
    assert ("I keep bees.", "How many hives?") in halves(records)
    (broken,) = [line for line in skipped(records) if "cannot be read to its end" in line]
    assert broken.startswith("users/alice/mid_term.json: ")


# mem0


def test_memories_of_mem0_are_statements_of_nobody(saved: Callable[[object], Path]) -> None:
    records = list(mem0.read(DATA / "mem0.json"))
    about_user, about_agent = pages(records)
    assert halves(records) == [
        ("Is a vegetarian and allergic to nuts", ""),
        ("", "Recommended the museum of glass"),
    ]
    assert about_user.origin is about_agent.origin is Origin.IMPORT
    assert (about_user.user_id, about_user.assistant_id) == ("alice", None)
    assert (about_agent.user_id, about_agent.assistant_id) == (None, "guide")
    assert about_user.page.conversation_id == "trip"
    assert about_user.page.meta_data is not None
    assert about_user.page.meta_data["mem0"]["metadata"] == {"category": "food"}


def test_a_memory_is_dated_by_its_last_change() -> None:
    created, updated = pages(list(mem0.read(DATA / "mem0.json")))
    assert draft(created).timestamp == datetime(2025, 6, 20, 17, 0, 0, 123456, timezone.utc)
    assert draft(updated).timestamp == datetime(2025, 7, 1, 8, tzinfo=timezone.utc)


def test_a_memory_changed_since_is_another_source(saved: Callable[[object], Path]) -> None:
    memory = {"id": "1", "memory": "Lives in Madrid", "created_at": "2025-01-01"}
    (before,) = pages(list(mem0.read(saved([memory]))))
    (after,) = pages(list(mem0.read(saved([{**memory, "memory": "Lives in Berlin"}]))))
    assert before.source != after.source


def test_the_graph_and_missing_answers_of_mem0_are_reported(
    saved: Callable[[object], Path],
) -> None:
    assert skipped(list(mem0.read(DATA / "mem0.json"))) == [
        "relation 1: is drawn from memories, which are read"
    ]
    memory = {"id": "1", "memory": "Has a cat", "created_at": "2025-01-01"}
    answer = {"count": 200, "next": "https://example.org/?page=2", "results": [memory, memory]}
    assert skipped(list(mem0.read(saved(answer)))) == [
        "next: the memories go on in another answer: fetch that too",
        "memory 2: repeats what was read before",
    ]


# ChatGPT


def test_an_exchange_is_what_the_user_says_with_the_replies_that_chatgpt_shows() -> None:
    records = list(chatgpt.read(DATA / "conversations.json"))
    assert halves(records) == [
        ("I bought a boat.", "Congratulations!"),
        ("What is this leak?", "Rust."),
        ("", "Hello, how can I help?"),
    ]
    assert [record.source for record in pages(records)] == [
        "chatgpt:c-boats:u1",
        "chatgpt:c-boats:u2",
        "chatgpt:c-old:a1",
    ]
    second = pages(records)[1]
    assert (second.page.conversation_id, second.origin) == ("c-boats", Origin.USER)
    assert second.page.meta_data == {
        "chatgpt": {
            "title": "Boats",
            "message_ids": ["u2", "a3"],
            "attachments": ["image_asset_pointer"],
        }
    }


def test_a_message_without_a_time_has_that_of_the_one_before_it() -> None:
    times = [
        record.page.timestamp for record in pages(list(chatgpt.read(DATA / "conversations.json")))
    ]
    assert times == [
        datetime(2024, 6, 1, 0, 0, 1, 500_000, timezone.utc),
        datetime(2024, 6, 1, 0, 0, 1, 500_000, timezone.utc),
        datetime(2023, 3, 28, 10, 40, 1, tzinfo=timezone.utc),
    ]


def test_what_is_no_talk_is_reported_with_its_place() -> None:
    assert skipped(list(chatgpt.read(DATA / "conversations.json"))) == [
        "conversation 1 message sys: is a message of the system",
        "conversation 1 message a1: is said to a tool",
        "conversation 1 message t1: is a message of a tool",
        "conversation 1 message a1b: is on a branch ChatGPT does not show",
    ]


def a_node(parent: str | None, role: str = "user", **changes: Any) -> dict[str, Any]:
    message = {
        "author": {"role": role},
        "create_time": 1_717_200_000,
        "content": {"content_type": "text", "parts": ["Hello."]},
    }
    return {"parent": parent, "message": {**message, **changes}}


def a_conversation(mapping: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {"id": "c", "current_node": list(mapping)[-1], "mapping": mapping, **changes}


def content(kind: str, **fields: Any) -> dict[str, Any]:
    return {"content": {"content_type": kind, **fields}}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"metadata": {"is_visually_hidden_from_conversation": True}}, "is hidden in ChatGPT"),
        ({"author": {"role": "critic"}}, "is by neither the user nor the assistant"),
        (content("user_editable_context", user_profile="x"), "is no talk but 'user_editable_cont"),
        (content("thoughts", thoughts=[]), "is no talk but 'thoughts'"),
        (content("text", parts=[""]), "holds no text"),
        (content("multimodal_text", parts=[{"content_type": "image"}, None]), "holds no text"),
        (content("text", parts=None), "has a parts of type NoneType"),
        ({"content": None}, "has a content of type NoneType"),
        ({"create_time": -1e12}, "has a create_time outside the years 1 to 9999"),
        ({"create_time": 1e12}, "has a create_time outside the years 1 to 9999"),
        ({"create_time": 10**400}, "has a create_time outside the years 1 to 9999"),
        ({"create_time": float("nan")}, "has no create_time"),
        ({"create_time": "soon"}, "has no create_time"),
    ],
)
def test_a_message_that_is_no_page_says_why(
    changes: dict[str, Any], why: str, saved: Callable[[object], Path]
) -> None:
    mapping = {"bad": a_node(None, **changes)}
    (line,) = skipped(list(chatgpt.read(saved([a_conversation(mapping)]))))
    assert line.startswith(f"conversation 1 message bad: {why}")


@pytest.mark.parametrize(
    ("conversation", "why"),
    [
        (a_conversation({"a": a_node("b"), "b": a_node("a")}), "go round in a circle"),
        (a_conversation({"a": a_node("a")}), "go round in a circle"),
        (a_conversation({"a": a_node(None)}, current_node="b"), "not in its mapping"),
        (a_conversation({"a": a_node(None)}, is_do_not_remember=True), "not to be remembered"),
        (a_conversation({"a": a_node(None)}, id=None), "has a id of type NoneType"),
        ([], "is a list, not a JSON object"),
    ],
)
def test_a_conversation_that_cannot_be_read_says_why(
    conversation: object, why: str, saved: Callable[[object], Path]
) -> None:
    whole = a_conversation({"a": a_node(None)}, id="whole")
    records = list(chatgpt.read(saved([conversation, whole])))
    (line,) = skipped(records)
    assert line.startswith("conversation 1: ")
    assert why in line
    assert [record.source for record in pages(records)] == ["chatgpt:whole:a"]


def test_speech_that_was_written_down_is_text(saved: Callable[[object], Path]) -> None:
    spoken = {"content_type": "audio_transcription", "text": "I row on Sundays."}
    mapping = {"a": a_node(None, **content("multimodal_text", parts=[spoken]))}
    assert halves(list(chatgpt.read(saved([a_conversation(mapping)])))) == [
        ("I row on Sundays.", "")
    ]


def test_a_conversation_exported_twice_over_is_read_once(saved: Callable[[object], Path]) -> None:
    conversation = a_conversation({"a": a_node(None), "b": a_node("a", role="assistant")})
    records = list(chatgpt.read(saved([conversation, conversation])))
    assert halves(records) == [("Hello.", "Hello.")]
    assert skipped(records) == ["conversation 2 message a: repeats what was read before"]


def test_what_no_page_can_hold_comes_in_pieces_and_loses_nothing(
    saved: Callable[[object], Path],
) -> None:
    document = "Pérez wrote this line.\n" * 10_000
    mapping = {
        "a": a_node(None, **content("text", parts=[document])),
        "b": a_node("a", role="assistant"),
    }
    records = list(chatgpt.read(saved([a_conversation(mapping)])))
    assert "".join(text for text, _ in halves(records)) == document
    assert [reply for _, reply in halves(records) if reply] == ["Hello."]
    assert [record.source for record in pages(records)][:2] == [
        "chatgpt:c:a",
        "chatgpt:c:a:part 2",
    ]
    assert all(draft(record).user_input.endswith("line.\n") for record in pages(records))

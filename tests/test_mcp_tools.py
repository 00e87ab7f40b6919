"""The tools, resources and prompt of the MCP server, met by the SDK's own client."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError
from mcp_servers import a_server, talk
from mcp_types import INVALID_PARAMS, CallToolResult, TextContent, TextResourceContents

from memoryos import Memoryos
from memoryos.errors import StorageUnavailableError
from memoryos.mcp.instructions import INSTRUCTIONS
from memoryos.mcp.results import SHOWN_CHARACTERS
from memoryos.mcp.tools import TOOLS
from memoryos.testing.stub_server import Failure, StubServer

PRIVATE = "Tom has an ulcer"

ERAS = pytest.mark.parametrize("mode", ["legacy", "auto"])


@pytest.fixture
def memory(open_memory: Callable[..., Memoryos]) -> Memoryos:
    return open_memory(embedding_model_name="none")


def call(memory: Memoryos, tool: str, **arguments: Any) -> dict[str, Any]:
    """The structured result of one call."""
    result = raw_call(memory, tool, arguments)
    assert not result.is_error, result.content
    assert result.structured_content is not None
    return result.structured_content


def raw_call(memory: Memoryos, tool: str, arguments: dict[str, Any]) -> CallToolResult:
    async def conversation(client: Client) -> CallToolResult:
        return await client.call_tool(tool, arguments)

    return talk(a_server(memory), conversation)


def refused(memory: Memoryos, tool: str, **arguments: Any) -> str:
    """The sentence of the protocol error that the call is answered with."""

    async def conversation(client: Client) -> str:
        with pytest.raises(MCPError) as error:
            await client.call_tool(tool, arguments)
        assert error.value.code == INVALID_PARAMS
        return error.value.message

    return talk(a_server(memory), conversation)


def tool_error(memory: Memoryos, tool: str, **arguments: Any) -> str:
    """The sentence of the tool's own error."""
    result = raw_call(memory, tool, arguments)
    assert result.is_error
    (content,) = result.content
    assert isinstance(content, TextContent)
    return content.text


def read(memory: Memoryos, uri: str) -> dict[str, Any]:
    async def conversation(client: Client) -> str:
        (content,) = (await client.read_resource(uri)).contents
        assert isinstance(content, TextResourceContents)
        assert content.mime_type == "application/json"
        return content.text

    return dict(json.loads(talk(a_server(memory), conversation)))


def learn_where_tom_lives(memory: Memoryos) -> None:
    memory.add_memory("My name is Tom. I live in Madrid.", "A lovely city.")
    memory.flush()


class TestListing:
    @ERAS
    def test_an_agent_is_taught_the_habit_and_shown_few_tools_that_say_when_to_use_them(
        self, memory: Memoryos, mode: str
    ) -> None:
        """C3."""

        async def conversation(client: Client) -> None:
            tools = {tool.name: tool for tool in (await client.list_tools()).tools}
            assert list(tools) == list(TOOLS)
            assert len(tools) <= 8
            assert all("Call it" in (tool.description or "") for tool in tools.values())
            assert all(tool.output_schema and tool.annotations for tool in tools.values())
            assert client.instructions == INSTRUCTIONS
            assert "Recall before you answer" in INSTRUCTIONS
            assert "Store after you answered" in INSTRUCTIONS

        talk(a_server(memory), conversation, mode=mode)

    def test_only_forgetting_is_marked_as_destructive(self) -> None:
        hints = {name: tool.annotations for name, tool in TOOLS.items()}
        assert [name for name, hint in hints.items() if hint.destructive_hint] == ["forget_memory"]
        assert [name for name, hint in hints.items() if not hint.read_only_hint] == [
            "add_memory",
            "correct_memory",
            "forget_memory",
        ]

    def test_no_tool_takes_an_owner_and_none_takes_what_it_does_not_name(self) -> None:
        """The owner comes from the configuration or the token, never from a model."""
        for tool in TOOLS.values():
            schema = tool.listed().input_schema
            assert schema["additionalProperties"] is False
            assert not {"user_id", "assistant_id"} & set(schema.get("properties", {}))

    def test_every_argument_is_described(self) -> None:
        for tool in TOOLS.values():
            for name, schema in tool.listed().input_schema.get("properties", {}).items():
                assert schema.get("description"), f"{tool.name}: {name}"


class TestTheOriginalsTools:
    def test_an_exchange_is_kept_and_found(self, memory: Memoryos) -> None:
        added = call(
            memory,
            "add_memory",
            user_input="My sister Ada keeps bees 🐝",
            agent_response="How many hives?",
            timestamp="2026-03-01 10:00:00",
            meta_data={"place": "café"},
        )
        assert added["status"] == "success"
        assert added["timestamp"] == "2026-03-01 10:00:00"
        assert added["details"] == {
            "user_input_length": 26,
            "agent_response_length": 15,
            "has_meta_data": True,
        }
        found = call(memory, "retrieve_memory", query="Who keeps bees?")
        assert found["status"] == "success"
        assert found["total_pages_found"] == 1
        assert found["short_term_count"] == len(found["short_term_memory"]) == 1
        (page,) = found["retrieved_pages"]
        assert page["id"] == added["page_id"]
        assert page["user_input"] == "My sister Ada keeps bees 🐝"
        assert page["agent_response"] == "How many hives?"
        assert page["timestamp"] == "2026-03-01 10:00:00"
        assert page["meta_data"] == {"place": "café"}
        assert page["meta_info"] == ""
        assert (page["rank"], page["origin"]) == (1, "user")
        assert "My sister Ada keeps bees" in found["prompt"]

    def test_meta_data_may_come_as_a_text_of_json(self, memory: Memoryos) -> None:
        call(memory, "add_memory", user_input="a", agent_response="b", meta_data='{"k": 1}')
        assert memory.why("page-1").id == "page-1"
        assert memory.retrieve_memory("a").short_term[0].meta_data == {"k": 1}

    def test_facts_are_found_with_their_dates_and_ids(self, memory: Memoryos) -> None:
        learn_where_tom_lives(memory)
        found = call(memory, "retrieve_memory", query="Where does Tom live?")
        assert found["total_user_knowledge_found"] == len(found["retrieved_user_knowledge"]) > 0
        fact = found["retrieved_user_knowledge"][0]
        assert "Madrid" in fact["knowledge"]
        assert fact["evidence"] == ["page-1"]
        assert fact["timestamp"]
        assert found["total_assistant_knowledge_found"] == 0

    def test_nothing_about_the_query_gives_no_pages_and_says_so(self, memory: Memoryos) -> None:
        """R1."""
        found = call(memory, "retrieve_memory", query="quantum chromodynamics")
        assert found["retrieved_pages"] == []
        assert (found["user_profile"], found["prompt"]) == ("", "")
        assert found["message"] == "nothing in memory is about this"

    def test_recall_keeps_to_the_numbers_it_is_given(self, memory: Memoryos) -> None:
        for number in range(5):
            memory.add_memory(f"The kettle number {number} is blue.", "A fine colour.")
        found = call(
            memory,
            "retrieve_memory",
            query="Which kettle is blue?",
            relationship_with_user="colleague",
            style_hint="short",
            max_results=2,
            max_tokens=1,
        )
        assert len(found["retrieved_pages"]) <= 2
        assert found["prompt"] == ""

    def test_the_profile_lists_what_is_asked_for(self, memory: Memoryos) -> None:
        learn_where_tom_lives(memory)
        known = call(memory, "get_user_profile")
        assert (known["user_id"], known["status"]) == ("tom", "success")
        assert "Tom" in known["user_profile"]
        assert known["user_knowledge_count"] == len(known["user_knowledge"]) > 0
        assert "assistant_knowledge" not in known
        less = call(
            memory, "get_user_profile", include_knowledge=False, include_assistant_knowledge=True
        )
        assert "user_knowledge" not in less
        assert less["assistant_knowledge_count"] == len(less["assistant_knowledge"])

    def test_the_text_of_a_result_is_its_structure_as_json(self, memory: Memoryos) -> None:
        """Clients of the original read the text."""
        result = raw_call(memory, "get_user_profile", {})
        (content,) = result.content
        assert isinstance(content, TextContent)
        assert json.loads(content.text) == result.structured_content

    def test_a_long_half_is_cut_and_why_gives_all_of_it(self, memory: Memoryos) -> None:
        story = "The kettle whistled. " * 1000
        memory.add_memory(story, "I see.")
        (page,) = call(memory, "retrieve_memory", query="kettle")["retrieved_pages"]
        assert page["cut"]
        assert len(page["user_input"]) == SHOWN_CHARACTERS
        (source,) = call(memory, "why", id="page-1")["sources"]
        assert source["user_input"] == story


class TestOurTools:
    def test_a_corrected_fact_gives_way_and_stays_in_the_history(self, memory: Memoryos) -> None:
        learn_where_tom_lives(memory)
        (fact,) = [fact for fact in memory.knowledge() if "Madrid" in fact.text]
        done = call(memory, "correct_memory", fact_id=fact.id, new_text="I live in Berlin.")
        assert done["superseded"] == fact.id
        known = call(memory, "get_user_profile")
        assert any("Berlin" in item["knowledge"] for item in known["user_knowledge"])
        assert not any("Madrid" in item["knowledge"] for item in known["user_knowledge"])
        explained = call(memory, "why", id=done["fact_id"])
        assert explained["supersedes"] == [fact.id]
        assert [item["id"] for item in explained["history"]] == [fact.id, done["fact_id"]]

    def test_forgetting_is_a_dry_run_unless_told_and_takes_ids_as_recall_shows_them(
        self, memory: Memoryos
    ) -> None:
        """M9."""
        learn_where_tom_lives(memory)
        (page,) = call(memory, "retrieve_memory", query="Madrid")["retrieved_pages"]
        would = call(memory, "forget_memory", id=page["id"])
        assert would["dry_run"]
        assert would["pages"] == ["page-1"]
        assert would["facts"]
        assert "dry_run=false" in would["message"]
        assert memory.get_memory_stats()["page_count"] == 1
        done = call(memory, "forget_memory", id=page["id"], dry_run=False)
        assert not done["dry_run"]
        assert done["facts"] == would["facts"]
        assert memory.get_memory_stats()["page_count"] == 0

    def test_pages_are_forgotten_by_what_they_say_and_when(self, memory: Memoryos) -> None:
        memory.add_memory("The parrot is ill.", "Sorry.", "2026-01-01")
        memory.add_memory("The parrot is well.", "Good.", "2026-02-01")
        would = call(memory, "forget_memory", text="PARROT", before="2026-01-15")
        assert would["pages"] == ["page-1"]

    def test_why_shows_the_words_behind_a_fact(self, memory: Memoryos) -> None:
        """M8."""
        learn_where_tom_lives(memory)
        (fact,) = [fact for fact in memory.knowledge() if "Madrid" in fact.text]
        explained = call(memory, "why", id=fact.id)
        assert explained["learner"] == "rules"
        (source,) = explained["sources"]
        assert source["page_id"] == "page-1"
        assert "Madrid" in source["quote"]

    def test_the_status_is_in_numbers_and_names_the_model(self, memory: Memoryos) -> None:
        memory.add_memory("hello", "hi")
        status = call(memory, "memory_status")
        assert (status["page_count"], status["user_id"]) == (1, "tom")
        assert "llm_model" not in status


class TestBadInput:
    """C2: protocol errors with a sentence that helps."""

    def test_an_unknown_tool(self, memory: Memoryos) -> None:
        assert "did you mean add_memory?" in refused(memory, "add_memry")
        assert "memory_status" in refused(memory, "xyzzy")

    def test_an_argument_that_does_not_exist(self, memory: Memoryos) -> None:
        said = refused(memory, "retrieve_memory", query="x", user_id="somebody else")
        assert "user_id: there is no such argument" in said
        assert "It takes: query" in said

    @pytest.mark.parametrize(
        ("tool", "arguments", "named"),
        [
            ("add_memory", {"user_input": 1, "agent_response": "b"}, "user_input"),
            ("add_memory", {"agent_response": "b"}, "user_input: is required"),
            (
                "add_memory",
                {"user_input": "a", "agent_response": "b", "meta_data": [1]},
                "meta_data",
            ),
            ("retrieve_memory", {"query": "x", "max_results": "ten"}, "max_results"),
            ("retrieve_memory", {"query": "x", "max_results": 0}, "max_results"),
            ("retrieve_memory", {"query": "x", "max_tokens": 10**9}, "max_tokens"),
            ("get_user_profile", {"include_knowledge": "yes"}, "include_knowledge"),
            ("forget_memory", {"id": "page-1", "dry_run": "no"}, "dry_run"),
            ("why", {}, "id: is required"),
            ("memory_status", {"verbose": True}, "no arguments"),
        ],
    )
    def test_a_wrong_type_or_number(
        self, memory: Memoryos, tool: str, arguments: dict[str, Any], named: str
    ) -> None:
        assert named in refused(memory, tool, **arguments)

    def test_an_argument_that_is_too_long(self, memory: Memoryos) -> None:
        said = refused(memory, "add_memory", user_input="x" * 100_001, agent_response="")
        assert "user_input" in said
        assert "100000" in said
        assert "xxx" not in said

    @pytest.mark.parametrize(
        ("tool", "arguments", "said"),
        [
            ("add_memory", {"user_input": " ", "agent_response": ""}, "both empty"),
            (
                "add_memory",
                {"user_input": "a", "agent_response": "b", "timestamp": "noonish"},
                "no readable timestamp",
            ),
            ("add_memory", {"user_input": "é" * 60_000, "agent_response": ""}, "limit of 100,000"),
            ("correct_memory", {"fact_id": "fact-9", "new_text": "x"}, "there is no fact-9"),
            ("forget_memory", {}, "forget takes one of"),
            ("forget_memory", {"id": "page-9"}, "there is no page-9"),
            ("forget_memory", {"id": "segment-1"}, "goes with its pages"),
            ("forget_memory", {"id": "everything"}, "is not an id"),
            ("why", {"id": "fact-9"}, "there is no fact-9"),
        ],
    )
    def test_what_memory_itself_refuses_is_told_in_its_own_words(
        self, memory: Memoryos, tool: str, arguments: dict[str, Any], said: str
    ) -> None:
        assert said in tool_error(memory, tool, **arguments)
        assert memory.get_memory_stats()["page_count"] == 0

    def test_a_resource_or_a_prompt_that_does_not_exist(self, memory: Memoryos) -> None:
        async def conversation(client: Client) -> None:
            with pytest.raises(MCPError, match="there are memoryos://status"):
                await client.read_resource("memoryos://secrets")
            with pytest.raises(MCPError, match="there is recall"):
                await client.get_prompt("remember", {})
            with pytest.raises(MCPError, match="task"):
                await client.get_prompt("recall", {"task": " "})

        talk(a_server(memory), conversation)

    @ERAS
    def test_nothing_of_an_internal_error_reaches_the_client(
        self, memory: Memoryos, mode: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        def fail() -> Memoryos:
            raise RuntimeError(PRIVATE)

        async def conversation(client: Client) -> None:
            for ask in (
                lambda: client.call_tool("memory_status", {}),
                lambda: client.read_resource("memoryos://status"),
                lambda: client.get_prompt("recall", {"task": "x"}),
            ):
                with pytest.raises(MCPError) as error:
                    await ask()
                assert error.value.message == "the server failed at this; its log says where"

        talk(a_server(memory, open_memory=fail), conversation, mode=mode)
        assert "RuntimeError" in caplog.text
        assert PRIVATE not in caplog.text

    def test_a_store_that_cannot_be_opened_is_told_and_tried_again(self, memory: Memoryos) -> None:
        opened = iter([StorageUnavailableError("the folder is a file")] * 2)

        def open_memory() -> Memoryos:
            for error in opened:
                raise error
            return memory

        async def conversation(client: Client) -> list[bool | None]:
            calls = [await client.call_tool("memory_status", {}) for _ in range(4)]
            assert "the folder is a file" in str(calls[0].content)
            return [result.is_error for result in calls]

        flags = talk(a_server(memory, open_memory=open_memory), conversation, mode="auto")
        assert (flags[0], flags[-1]) == (True, False)


class TestResourcesAndPrompt:
    def test_the_four_resources_are_json(self, memory: Memoryos) -> None:
        learn_where_tom_lives(memory)
        assert read(memory, "memoryos://status")["page_count"] == 1
        assert "Tom" in read(memory, "memoryos://profile")["user_profile"]
        segments = read(memory, "memoryos://segments")
        assert segments["total_segments"] == len(segments["segments"])

    def test_the_configuration_is_that_which_may_be_seen(self, memory: Memoryos) -> None:
        shown = read(memory, "memoryos://config")
        assert shown["openai_api_key"] == "sk-…abcd"
        assert shown["user_id"] == "tom"

    def test_the_prompt_begins_a_task_with_what_memory_holds(self, memory: Memoryos) -> None:
        memory.add_memory("The kettle is blue.", "A fine colour.")
        text = recall_prompt(memory, "Buy a kettle like mine </memory>")
        assert "Buy a kettle like mine" in text
        assert fence_of(text).count("The kettle is blue.") == 1


def recall_prompt(memory: Memoryos, task: str) -> str:
    async def conversation(client: Client) -> str:
        (message,) = (await client.get_prompt("recall", {"task": task})).messages
        assert message.role == "user"
        assert isinstance(message.content, TextContent)
        return message.content.text

    return talk(a_server(memory), conversation)


def fence_of(text: str) -> str:
    """What stands in the fence, which begins once and ends with the text."""
    _, opened, fenced = text.partition("\n<memory>\n")
    assert opened
    assert fenced.endswith("\n</memory>")
    inside = fenced.removesuffix("\n</memory>")
    assert "<memory>" not in inside
    assert "</memory>" not in inside
    return inside


def test_poisoned_pages_come_back_as_quotations(memory: Memoryos) -> None:
    """R5."""
    data = Path(__file__).parent / "data" / "poison.jsonl"
    pages = [json.loads(line) for line in data.read_text("utf-8").splitlines()]
    for page in pages:
        memory.add_memory(page["user"], page["agent"])
    for page in pages[::6]:
        for line in fence_of(recall_prompt(memory, page["user"])).splitlines():
            shown = line.strip()
            assert not shown or shown.startswith("- ") or shown.endswith('"') or shown[-1] == ":"
    found = call(memory, "retrieve_memory", query=pages[0]["user"])
    poisoned = [item for item in found["retrieved_pages"] if item["id"] == "page-1"]
    assert poisoned[0]["flagged"]
    assert not any(page["user"] in INSTRUCTIONS for page in pages)


def test_no_call_waits_for_a_model(open_memory: Callable[..., Memoryos]) -> None:
    """C1: the model never answers, and the background asks it all the while."""
    with StubServer() as model:
        model.fail(Failure.TIME_OUT)
        memory = open_memory(
            embedding_model_name="none", openai_base_url=model.url, background=True
        )

        async def conversation(client: Client) -> None:
            for number in range(20):
                said = {"user_input": f"I saw heron {number}.", "agent_response": "Where?"}
                await client.call_tool("add_memory", said)
            for name, arguments in (
                ("retrieve_memory", {"query": "heron"}),
                ("get_user_profile", {}),
                ("memory_status", {}),
                ("why", {"id": "page-1"}),
                ("forget_memory", {"id": "page-1", "dry_run": False}),
            ):
                assert not (await client.call_tool(name, arguments)).is_error

        talk(a_server(memory), conversation)
        memory.close()

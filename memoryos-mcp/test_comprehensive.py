"""Try the server as an MCP client does: every tool, with good and with bad input.

    python test_comprehensive.py

Starts server_new.py on a temporary memory of its own; the one that config.json names is left alone.
Prints a line for each check, and exits with 1 if one failed.
"""
# ruff: noqa: T201

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

try:
    import anyio
    from mcp import Client, MCPError, StdioServerParameters

    from memoryos import Memoryos
    from memoryos.config_file import read_config_file
    from memoryos.errors import MemoryOSError
except ModuleNotFoundError as error:
    sys.exit(f"{error}: run pip install -r requirements.txt in {Path(__file__).parent}")

HERE = Path(__file__).parent
PATIENCE_SECONDS = 60

SETTINGS = {
    "user_id": "test_user",
    "assistant_id": "test_assistant",
    "openai_api_key": "",
    "data_storage_path": "./memory",
}
"""No key: no language model is asked. The folder is relative to the file that these stand in."""

TOOLS = {
    "add_memory",
    "retrieve_memory",
    "get_user_profile",
    "correct_memory",
    "forget_memory",
    "why",
    "memory_status",
}

BAD_INPUT: dict[str, tuple[str, dict[str, Any]]] = {
    "half an exchange": ("add_memory", {"user_input": "Hello."}),
    "a number for a text": ("add_memory", {"user_input": 7, "agent_response": ""}),
    "an exchange without a word": ("add_memory", {"user_input": "", "agent_response": " "}),
    "100,001 characters": ("add_memory", {"user_input": "x" * 100_001, "agent_response": ""}),
    "a time that is none": (
        "add_memory",
        {"user_input": "Hello.", "agent_response": "", "timestamp": "soon"},
    ),
    "somebody else's memory": ("retrieve_memory", {"query": "bees", "user_id": "somebody_else"}),
    "no query": ("retrieve_memory", {}),
    "0 results": ("retrieve_memory", {"query": "bees", "max_results": 0}),
    "a maybe": ("get_user_profile", {"include_knowledge": "maybe"}),
    "an unknown fact": ("correct_memory", {"fact_id": "fact-999", "new_text": "I live in Rome."}),
    "forgetting nothing in particular": ("forget_memory", {}),
    "an unknown page": ("why", {"id": "page-999"}),
    "an argument too many": ("memory_status", {"verbose": True}),
    "an unknown tool": ("remember_everything", {}),
}
"""What the server has to refuse, in a sentence."""


class Failed(Exception):
    """The server did something else than it should."""


def expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Failed(otherwise)


async def call(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """What the tool gives; raises Failed, with its words, if that is an error."""
    result = await client.call_tool(tool, arguments)
    said = " ".join(getattr(part, "text", "") for part in result.content)
    expect(not result.is_error, f"{tool} refused: {said}")
    content = result.structured_content or {}
    expect(content.get("status") == "success", f"{tool} gave {said[:200]}")
    return content


async def lists_its_tools(client: Client) -> str:
    listed = (await client.list_tools()).tools
    expect({tool.name for tool in listed} == TOOLS, f"tools: {[tool.name for tool in listed]}")
    expect(all(tool.description and tool.output_schema for tool in listed), "one is not described")
    expect(bool(client.instructions), "the server does not say how to use them")
    return f"{len(listed)} tools, each with a description and a schema of its results"


async def add_memory(client: Client) -> str:
    added = await call(
        client,
        "add_memory",
        user_input="I keep bees behind the old mill. 我养蜜蜂。 🐝",
        agent_response="How many hives do you have?",
        timestamp="2026-01-05 10:00:00",
        meta_data={"topic": "bees"},
    )
    expect(added["timestamp"] == "2026-01-05 10:00:00", f"timestamp: {added['timestamp']}")
    return str(added["message"])


async def retrieve_memory(client: Client) -> str:
    found = await call(client, "retrieve_memory", query="Where are the bees?", max_results=5)
    said = [page["user_input"] for page in found["retrieved_pages"]]
    expect("I keep bees behind the old mill. 我养蜜蜂。 🐝" in said, f"it recalled {said}")
    expect(found["total_pages_found"] == len(said), "it counts other pages than it gives")
    expect("bees" in found["prompt"], f"the prompt is {found['prompt']!r}")
    return f"{found['total_pages_found']} page(s), the letters of every script as they were said"


async def get_user_profile(client: Client) -> str:
    profile = await call(client, "get_user_profile", include_assistant_knowledge=True)
    known = [fact["knowledge"] for fact in profile["user_knowledge"]]
    expect(any("Turin" in fact for fact in known), f"known of the user: {known}")
    expect(profile["assistant_knowledge_count"] is not None, "nothing is said of the assistant")
    return f"known of the user: {'; '.join(known)}"


async def why(client: Client) -> str:
    fact = await known_fact(client)
    sources = (await call(client, "why", id=fact["id"]))["sources"]
    expect(any("Turin" in source["quote"] for source in sources), f"sources: {sources}")
    return f"{fact['id']} rests on {sources[0]['page_id']}"


async def correct_memory(client: Client) -> str:
    fact = await known_fact(client)
    done = await call(client, "correct_memory", fact_id=fact["id"], new_text="I live in Oslo.")
    known = [one["id"] for one in (await call(client, "get_user_profile"))["user_knowledge"]]
    expect(done["fact_id"] in known and fact["id"] not in known, f"in force are {known}")
    return str(done["message"])


async def forget_memory(client: Client) -> str:
    page = (await call(client, "retrieve_memory", query="old mill"))["retrieved_pages"][0]["id"]
    await call(client, "forget_memory", id=page)
    expect(page in await recalled(client, "old mill"), "the dry run forgot it")
    done = await call(client, "forget_memory", id=page, dry_run=False)
    expect(page not in await recalled(client, "old mill"), f"{page} is still recalled")
    return f"{page}: {done['message']}"


async def memory_status(client: Client) -> str:
    status = await call(client, "memory_status")
    expect(status["user_id"] == SETTINGS["user_id"], f"it is the memory of {status['user_id']}")
    return f"{status['page_count']} page(s), MemoryOS {status['version']}"


async def gives_its_resources(client: Client) -> str:
    listed = (await client.list_resources()).resources
    for resource in listed:
        (contents,) = (await client.read_resource(str(resource.uri))).contents
        json.loads(contents.text)
    return ", ".join(str(resource.uri) for resource in listed)


async def known_fact(client: Client) -> dict[str, Any]:
    facts = (await call(client, "get_user_profile"))["user_knowledge"]
    return next(fact for fact in facts if "Turin" in fact["knowledge"])


async def recalled(client: Client, query: str) -> list[str]:
    found = await call(client, "retrieve_memory", query=query)
    return [page["id"] for page in found["retrieved_pages"]]


def refuses(tool: str, arguments: dict[str, Any]) -> Callable[[Client], Awaitable[str]]:
    """The check that bad input gets a sentence, and the server lives on."""

    async def check(client: Client) -> str:
        try:
            result = await client.call_tool(tool, arguments)
        except MCPError as error:
            said = str(error)
        else:
            expect(bool(result.is_error), f"{tool} took it")
            said = " ".join(getattr(part, "text", "") for part in result.content)
        await call(client, "memory_status")
        return said

    return check


CHECKS: dict[str, Callable[[Client], Awaitable[str]]] = {
    "tools/list": lists_its_tools,
    **{
        check.__name__: check
        for check in (
            add_memory,
            retrieve_memory,
            get_user_profile,
            why,
            correct_memory,
            forget_memory,
            memory_status,
        )
    },
    "resources": gives_its_resources,
    **{f"{tool}, {what}": refuses(tool, given) for what, (tool, given) in BAD_INPUT.items()},
}


async def passed(name: str, check: Callable[[Client], Awaitable[str]], client: Client) -> bool:
    started = time.perf_counter()
    try:
        told, mark = await check(client), "ok    "
    except Exception as error:  # A check that breaks has failed; the others go on.
        told, mark = f"{type(error).__name__}: {error}", "FAILED"
    print(f"{mark} {name} ({1000 * (time.perf_counter() - started):.0f} ms): {told}")
    return mark != "FAILED"


def prepare(folder: Path) -> Path:
    """A memory in `folder` that knows a fact, and the configuration file that leads to it."""
    with Memoryos(
        user_id=SETTINGS["user_id"],
        assistant_id=SETTINGS["assistant_id"],
        openai_api_key="",
        data_storage_path=folder / SETTINGS["data_storage_path"],
        background=False,
    ) as memory:
        memory.add_memory("I live in Turin.", "A fine town.")
        memory.flush()
    config = folder / "config.json"
    config.write_text(json.dumps(SETTINGS), encoding="utf-8")
    return config


async def talk(config: Path) -> int:
    """How many checks failed."""
    command = [str(HERE / "server_new.py"), "--config", str(config)]
    server = StdioServerParameters(command=sys.executable, args=command)
    async with Client(server, mode="legacy", read_timeout_seconds=PATIENCE_SECONDS) as client:
        print(f"ok     initialize: {client.server_info.name} {client.server_info.version}")
        results = [await passed(name, check, client) for name, check in CHECKS.items()]
    return results.count(False)


def main() -> None:
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        read_config_file(HERE / "config.json")
    except MemoryOSError as error:
        sys.exit(f"FAILED config.json: {error}")
    print("ok     config.json can be read; what follows happens in a temporary folder", flush=True)
    with tempfile.TemporaryDirectory(prefix="memoryos-test-") as folder:
        config = prepare(Path(folder))
        try:
            failed = anyio.run(talk, config)
        except Exception as error:
            sys.exit(f"FAILED initialize: {error!r}; what the server says of it stands above")
    if failed:
        sys.exit(f"{failed} of {len(CHECKS)} checks failed")
    print("all is well")


if __name__ == "__main__":
    main()

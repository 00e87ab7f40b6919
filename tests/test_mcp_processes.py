"""Several MCP servers on one data folder, as of Claude Desktop and Cursor side by side (W3)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from command_line import environment
from mcp_servers import NO_EMBEDDER, Pipe

SERVERS = 4
EXCHANGES = 25


def test_four_servers_write_one_memory_and_nothing_is_lost(tmp_path: Path) -> None:
    """W3, W2: each server recalls what another one has just stored."""
    env = environment(tmp_path / "memory")

    def converse(number: int, pipe: Pipe) -> list[str]:
        pipe.begin()
        return [
            pipe.call("add_memory", user_input=f"heron {number}-{count}", agent_response="seen")[
                "page_id"
            ]
            for count in range(EXCHANGES)
        ]

    with ExitStack() as stack, ThreadPoolExecutor(SERVERS) as threads:
        pipes = [stack.enter_context(Pipe(*NO_EMBEDDER, env=env)) for _ in range(SERVERS)]
        ids = [one for many in threads.map(converse, range(SERVERS), pipes) for one in many]
        assert len(set(ids)) == SERVERS * EXCHANGES
        for pipe in pipes:
            assert pipe.call("memory_status")["page_count"] == SERVERS * EXCHANGES
        news = pipes[0].call("add_memory", user_input="The kettle is blue.", agent_response="")
        found = pipes[-1].call("retrieve_memory", query="What colour is the kettle?")
        assert news["page_id"] in [page["id"] for page in found["retrieved_pages"]]
        ends = [pipe.leave() for pipe in pipes]
    assert [(code, more) for code, more, _ in ends] == [(0, [])] * SERVERS
    assert not any("locked" in errors for _, _, errors in ends)

"""The server of the SDK with our tools, resources and prompt; the same for every transport."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any, TypeVar

import anyio.to_thread
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp_types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    GetPromptRequestParams,
    GetPromptResult,
    ListPromptsResult,
    ListResourcesResult,
    ListResourceTemplatesResult,
    ListToolsResult,
    PaginatedRequestParams,
    ReadResourceRequestParams,
    ReadResourceResult,
    TextContent,
    TextResourceContents,
)
from pydantic import ValidationError

from memoryos.errors import MemoryOSError, UsageError
from memoryos.mcp.access import Access, Scope
from memoryos.mcp.handshake import NAME
from memoryos.mcp.instructions import INSTRUCTIONS
from memoryos.mcp.resources import (
    JSON,
    RECALL,
    RESOURCES,
    recall,
    resource_named,
    task_named,
)
from memoryos.mcp.tools import TOOLS, tool_named, what_is_wrong
from memoryos.model import Owner

logger = logging.getLogger(__name__)

T = TypeVar("T")

Context = ServerRequestContext[Any, Any]
OwnerOf = Callable[[Context], "Owner | None"]
"""Whom the caller's token names; None where callers show none."""

FAILED = "the server failed at this; its log says where"
UNAVAILABLE = "the memory cannot be reached now: try again, and ask who runs the server"


def build_server(access: Access, owner_of: OwnerOf = lambda context: None) -> Server[Any]:
    """A server over the memory of `access`, for any number of clients.

    The SDK's low-level server, and not its MCPServer: that one ignores arguments it does not know,
    and answers wrong ones and unknown tools with results instead of errors.
    """

    async def in_thread(context: Context, work: Callable[[Scope], T]) -> T:
        owner = owner_of(context)
        return await anyio.to_thread.run_sync(lambda: work(access.scope(owner)))

    async def list_tools(
        context: Context, params: PaginatedRequestParams | None
    ) -> ListToolsResult:
        return ListToolsResult(tools=[tool.listed() for tool in TOOLS.values()])

    async def call_tool(context: Context, params: CallToolRequestParams) -> CallToolResult:
        tool = tool_named(params.name)
        arguments = tool.read(params.arguments or {})
        try:
            result = await in_thread(context, partial(tool.call, arguments=arguments))
        except MemoryOSError as error:
            said = _sentence(error, remote=owner_of(context) is not None)
            return CallToolResult(content=[TextContent(type="text", text=said)], is_error=True)
        text = json.dumps(result, ensure_ascii=False)
        return CallToolResult(
            content=[TextContent(type="text", text=text)], structured_content=result
        )

    async def list_resources(
        context: Context, params: PaginatedRequestParams | None
    ) -> ListResourcesResult:
        return ListResourcesResult(resources=[item.listed() for item in RESOURCES.values()])

    async def list_templates(
        context: Context, params: PaginatedRequestParams | None
    ) -> ListResourceTemplatesResult:
        return ListResourceTemplatesResult(resource_templates=[])

    async def read_resource(
        context: Context, params: ReadResourceRequestParams
    ) -> ReadResourceResult:
        resource = resource_named(str(params.uri))
        text = await in_thread(context, resource.text)
        contents = TextResourceContents(uri=params.uri, mime_type=JSON, text=text)
        return ReadResourceResult(contents=[contents])

    async def list_prompts(
        context: Context, params: PaginatedRequestParams | None
    ) -> ListPromptsResult:
        return ListPromptsResult(prompts=[RECALL])

    async def get_prompt(context: Context, params: GetPromptRequestParams) -> GetPromptResult:
        task = task_named(params.name, params.arguments)
        return await in_thread(context, partial(recall, task=task))

    async def guard(ctx: Context, call_next: CallNext) -> HandlerResult:
        """What goes wrong becomes a sentence, and nothing else of it reaches the client."""
        try:
            result = await call_next(ctx)
        except MCPError:
            raise
        except ValidationError as error:
            raise MCPError(INVALID_PARAMS, "; ".join(what_is_wrong(error))) from None
        except MemoryOSError as error:
            said = _sentence(error, remote=owner_of(ctx) is not None)
            code = INVALID_PARAMS if isinstance(error, UsageError) else INTERNAL_ERROR
            raise MCPError(code, said) from None
        except Exception as error:
            _log(ctx.method, error)
            raise MCPError(INTERNAL_ERROR, FAILED) from None
        if ctx.method != "initialize":
            access.warm()
        return result

    server = Server(
        NAME,
        version=version("memoryos-engine"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )
    server.middleware.append(guard)
    return server


def _sentence(error: MemoryOSError, *, remote: bool) -> str:
    """What a client is told. Paths in errors of storage are not for callers from elsewhere."""
    if isinstance(error, UsageError) or not remote:
        return str(error)
    logger.error("%s: %s", type(error).__name__, error)
    return UNAVAILABLE


def _log(method: str, error: Exception) -> None:
    # Where it happened, and not what it says: that may quote somebody's memory.
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s failed with %s:\n%s", method, type(error).__name__, where)

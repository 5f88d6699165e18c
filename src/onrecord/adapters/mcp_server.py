"""Tools for a coding assistant, served over standard input and output (Model Context Protocol, the official SDK).

What the tools do comes from the caller. Nothing but the protocol reaches standard output: while it is served, the SDK
leads whatever else is printed there to standard error.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import anyio
import mcp_types as types  # which version 1 of the SDK has not
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_SHOWN = 200  # characters of what was wrong with an argument


class Reply(NamedTuple):
    """What a tool answers: `text` to read, and the same as JSON; None for a call that could not be carried out."""

    text: str
    value: dict[str, Any] | None


Call: TypeAlias = "Callable[[str, dict[str, Any]], Reply]"


class Tool(NamedTuple):
    """A tool that only reads. `arguments` are the properties of its input as JSON Schema, with those that are `needed`."""

    name: str
    title: str
    description: str
    arguments: Mapping[str, Any]
    needed: Sequence[str] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the input."""
        properties, required = dict(self.arguments), list(self.needed)
        return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def serve(name: str, version: str, instructions: str, tools: Sequence[Tool], call: Call) -> None:
    """Serve tools until standard input ends, which is when the client is gone.

    `call` gets the name of a tool and arguments that fit its schema. It is called in another thread, never twice at the
    same time, and raises nothing: a mistake of the caller is a reply without a value.
    """
    server = _server(name, version, instructions, tools, call)

    async def run() -> None:
        async with stdio_server() as (read, write):
            await server.run(read, write, server.create_initialization_options())

    anyio.run(run)


def _server(name: str, version: str, instructions: str, tools: Sequence[Tool], call: Call) -> Server[Any]:
    by_name = {tool.name: tool for tool in tools}
    one_at_a_time = anyio.Semaphore(1)

    async def list_tools(_context: Any, _params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[_described(tool) for tool in tools])

    async def call_tool(_context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool, arguments = by_name.get(params.name), params.arguments or {}
        if tool is None:
            return _result(Reply(f"There is no such tool; there are {', '.join(by_name)}.", None))
        if fault := _fault_of(arguments, tool.schema):
            return _result(Reply(fault, None))
        whole = {key: int(value) if isinstance(value, float) else value for key, value in arguments.items()}  # 2.0 is 2
        async with one_at_a_time:
            return _result(await anyio.to_thread.run_sync(call, tool.name, whole, abandon_on_cancel=True))

    return Server(name, version=version, instructions=instructions, on_list_tools=list_tools, on_call_tool=call_tool)


def _described(tool: Tool) -> types.Tool:
    return types.Tool(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.schema,
        annotations=types.ToolAnnotations(
            read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
        ),
    )


def _result(reply: Reply) -> types.CallToolResult:
    content: list[types.ContentBlock] = [types.TextContent(type="text", text=reply.text)]
    if reply.value is None:
        return types.CallToolResult(content=content, is_error=True)
    return types.CallToolResult(content=content, structured_content=reply.value)


def _fault_of(arguments: dict[str, Any], schema: dict[str, Any]) -> str:
    """Return what is wrong with the arguments, empty when nothing is; a long value is not repeated."""
    error = best_match(Draft202012Validator(schema).iter_errors(arguments))
    if error is None:
        return ""
    if error.absolute_path:
        wanted = json.dumps(error.validator_value)
        return f"{'/'.join(map(str, error.absolute_path))}: this does not fit {error.validator} {wanted}."
    return f"{error.message[:MOST_SHOWN]}."

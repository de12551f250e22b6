"""How tests speak MCP: a fixture server beside real nodes, every road that leads to either, and messages by hand."""

import asyncio
import contextlib
import json
import subprocess
import urllib.error
import urllib.request

import httpx2
import mcp_types as types
from mcp import Client, StdioServerParameters
from mcp.client.sse import sse_client
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from conftest import BUILD, until

MODERN = "2026-07-28"
LEGACY = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]

# Which way a client comes, and the mode of the official client that goes it.
ROADS = [("http", MODERN), ("stdio", MODERN), ("http", "legacy"), ("stdio", "legacy"), ("sse", "legacy")]
# Those on which a server can say something between, or ask.
TALKING = [road for road in ROADS if road != ("http", "legacy")]


class Fixture:
    """The conformance fixture as a process; where it is found is written as by a node."""

    def __init__(self, directory):
        self.data = directory
        self.process = subprocess.Popen([BUILD / "mcp-fixture", directory], stdin=subprocess.PIPE)
        until(lambda: self.process.poll() is not None or (directory / "run.json").exists())
        until(lambda: (directory / "run.json").read_text().endswith("}"))

    def run(self):
        return json.loads((self.data / "run.json").read_text())

    def token(self, role="agent"):
        return (self.data / "agent.token").read_text().strip()

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait(timeout=40) == 0


@contextlib.asynccontextmanager
async def transport(node, road):
    """A transport of the official client to a node or a fixture."""
    headers = {"Authorization": "Bearer " + node.token("agent")}
    if road == "http":
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            async with streamable_http_client(node.run()["mcp"], http_client=http) as streams:
                yield streams
    elif road == "sse":
        async with sse_client(node.run()["mcp"].replace("/mcp", "/sse"), headers=headers) as streams:
            yield streams
    else:
        server = StdioServerParameters(command=str(BUILD / "hivectl"), args=["mcp", "--data", str(node.data)])
        async with stdio_client(server) as streams:
            yield streams


async def form(context, params):
    """A person who fills in what is asked."""
    schema = getattr(params, "requested_schema", {})
    answers = {"boolean": True, "string": "Alice", "integer": 5, "number": 5}
    content = {name: (field.get("enum") or [answers[field["type"]]])[0] for name, field in schema["properties"].items()}
    return types.ElicitResult(action="accept", content=content)


async def sample(context, params):
    return types.CreateMessageResult(
        role="assistant", content=types.TextContent(type="text", text="Paris"), model="m", stop_reason="endTurn")


async def roots(context):
    return types.ListRootsResult(roots=[types.Root(uri="file:///work", name="work")])


def talk(node, conversation, road=("http", MODERN), **options):
    """Runs a conversation with the official client."""
    async def run():
        way, mode = road
        async with Client(transport(node, way), mode=mode, **options) as client:
            return await asyncio.wait_for(conversation(client), 60)

    return asyncio.run(run())


def meta(version=MODERN, **capabilities):
    prefix = "io.modelcontextprotocol/"
    return {
        prefix + "protocolVersion": version, prefix + "clientCapabilities": capabilities,
        prefix + "clientInfo": {"name": "by hand", "version": "1"},
    }


def post(node, message, headers=None, token=True, raw=None, url=None):
    """One message over HTTP, by hand: status, headers, JSON (or None)."""
    data = raw if raw is not None else json.dumps(message).encode()
    request = urllib.request.Request(url or node.run()["mcp"], data=data, method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Accept", "application/json, text/event-stream")
    if token:
        request.add_header("Authorization", "Bearer " + (token if isinstance(token, str) else node.token("agent")))
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            body = answer.read()
            return answer.status, answer.headers, json.loads(body) if body else None
    except urllib.error.HTTPError as error:
        body = error.read()
        return error.code, error.headers, json.loads(body) if body else None


def modern(method, params=None, identifier=1, version=MODERN, **capabilities):
    """A request of the stateless revision with its headers."""
    params = dict(params or {})
    params["_meta"] = {**meta(version, **capabilities), **params.get("_meta", {})}
    headers = {"MCP-Protocol-Version": version, "Mcp-Method": method}
    name = params.get("uri") if method == "resources/read" else params.get("name")
    if name is not None and method in ("tools/call", "resources/read", "prompts/get"):
        headers["Mcp-Name"] = name
    return {"jsonrpc": "2.0", "id": identifier, "method": method, "params": params}, headers


def ask(node, method, params=None, **options):
    """A request of the stateless revision by hand: status and answer."""
    message, headers = modern(method, params, **options)
    status, _, answer = post(node, message, headers)
    return status, answer


class Bridge:
    """`hivectl mcp` by hand: lines in, lines out."""

    def __init__(self, node, *arguments):
        self.process = subprocess.Popen(
            [BUILD / "hivectl", "mcp", "--data", str(node.data), *arguments], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, bufsize=1)

    def send(self, message):
        self.process.stdin.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
        self.process.stdin.flush()

    def receive(self):
        line = self.process.stdout.readline()
        assert line.endswith("\n"), "the bridge ended"
        return json.loads(line)

    def ask(self, method, params=None, identifier=1):
        self.send({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params or {}})
        return self.receive()

    def initialize(self, revision="2025-11-25", **capabilities):
        answer = self.ask("initialize", {
            "protocolVersion": revision, "capabilities": capabilities,
            "clientInfo": {"name": "by hand", "version": "1"}}, 0)
        self.send({"jsonrpc": "2.0", "method": "notifications/initialized"})
        return answer["result"]

    def close(self):
        self.process.stdin.close()
        return self.process.wait(timeout=20)

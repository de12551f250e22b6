"""The official MCP client against a real node: over HTTP in both eras, and over the stdio bridge."""

import asyncio
import time

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from conftest import BUILD


def talk(node, conversation, mode="auto"):
    async def run():
        headers = {"Authorization": "Bearer " + node.token("agent")}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(node.run()["mcp"], http_client=http)
            async with Client(transport, mode=mode) as client:
                return await conversation(client)

    return asyncio.run(run())


async def remember_and_recall(client):
    stored = await client.call_tool("store_memory", {"content": "the ledger rejects empty postings", "tags": ["ledger"]})
    assert not stored.is_error, stored.content
    identifier = stored.structured_content["id"]
    found = await client.call_tool("search_memories", {"query": "ledger postings"})
    assert [item["id"] for item in found.structured_content["items"]] == [identifier]
    got = await client.call_tool("retrieve_memory", {"id": identifier})
    assert got.structured_content["content"] == "the ledger rejects empty postings"
    return client.protocol_version


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_an_agent_remembers_and_recalls_over_http(make_node, mode):
    version = talk(make_node(), remember_and_recall, mode)
    assert version == "2026-07-28" if mode == "auto" else version < "2026"


def test_an_agent_remembers_and_recalls_over_the_bridge(make_node):
    node = make_node()

    async def run():
        server = StdioServerParameters(command=str(BUILD / "hivectl"), args=["mcp", "--data", str(node.data)])
        async with Client(stdio_client(server)) as client:
            return await remember_and_recall(client)

    asyncio.run(run())


def test_bad_input_is_a_tool_error_that_says_what_to_do(make_node):
    async def conversation(client):
        for arguments, word in [
            ({"content": ""}, "content"), ({"content": "x", "colour": "red"}, "colour"),
            ({"content": "x", "scope": "nowhere"}, "scope"), ({"content": "x" * (1 << 20) + "x"}, "content"),
        ]:
            answer = await client.call_tool("store_memory", arguments)
            assert answer.is_error and word in answer.content[0].text, arguments
        missing = await client.call_tool("retrieve_memory", {"id": "0000000000000000"})
        assert missing.is_error
        recent = await client.call_tool("get_recent_memories", {})
        assert recent.structured_content["items"] == []

    talk(make_node(), conversation)


def test_what_an_agent_stores_on_a_is_found_on_c_within_a_second(hive):
    a, _, c = hive

    async def conversation(client):
        answer = await client.call_tool(
            "store_memory", {"content": "zebra crossing of the warehouse robots", "scope": "collective:main"})
        return answer.structured_content["id"]

    identifier = talk(a, conversation)
    stored = time.monotonic()
    while True:
        code, page = c.ctl("memory", "search", "warehouse robots")
        if code == 0:
            break
        assert time.monotonic() - stored < 10, "not found at all"
        time.sleep(0.02)
    assert page["items"][0]["id"] == identifier
    assert time.monotonic() - stored < 5

"""MCP on real nodes: changes from other nodes, approvals, every tool's schema, restarts, fifty agents at once."""

import asyncio
import json
import subprocess
import time
import urllib.request

import jsonschema
import mcp_types as types
import pytest
from mcp import Client

from conftest import BUILD, until
from mcp_support import MODERN, TALKING, Bridge, form, post, talk, transport

pytestmark = pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning")

EVERY_SET = "mcp-tools: [core, memory, agents, ops, rules]\n"

ASKS = """
apiVersion: hive/v1
kind: Rule
metadata: {name: ask-before-production, version: 1}
spec:
  priority: high
  match: {events: [tool.pre], tools: [mcp__hive__store_memory]}
  when: content.contains('production')
  effect: require-approval
  message: "'this is about production'"
tests:
  - {name: asks, input: {event: tool.pre, tool: mcp__hive__store_memory, content: production}, expect: {effect: require-approval}}
"""


def law_in(directory):
    law = directory / "law"
    law.mkdir()
    (law / "rule.yaml").write_text(ASKS)
    return law


def with_every_tool(node):
    node.data.mkdir(parents=True, exist_ok=True)
    (node.data / "hive.yaml").write_text(EVERY_SET)


def test_a_memory_and_a_rule_changed_on_another_node_arrive_as_updates(hive, tmp_path):
    a, b, _ = hive
    memory = a.ok("memory", "add", "the gate is green", "--scope", "collective:main")["id"]
    until(lambda: b.ctl("memory", "get", memory)[0] == 0)
    law = law_in(tmp_path)

    async def conversation(client):
        uris = [f"hive://memory/{memory}", "hive://rules/active"]
        async with client.listen(resource_subscriptions=uris) as subscription:
            events = aiter(subscription)
            await asyncio.to_thread(a.ok, "memory", "update", memory, "--content", "the gate is red")
            assert (await anext(events)).uri == uris[0]
            read = await client.read_resource(uris[0])
            assert "the gate is red" in read.contents[0].text
            await asyncio.to_thread(a.ok, "rules", "push", law)
            event = await anext(events)
            while event.uri != uris[1]:
                event = await anext(events)
            assert "ask-before-production" in (await client.read_resource(uris[1])).contents[0].text

    talk(b, conversation)
    talk(b, conversation_for_legacy(a, memory), ("stdio", "legacy"), message_handler=heard)


updates = asyncio.Queue()


async def heard(message):
    if isinstance(message, types.ResourceUpdatedNotification):
        await updates.put(str(message.params.uri))


def conversation_for_legacy(other, memory):
    async def conversation(client):
        uri = f"hive://memory/{memory}"
        await client.subscribe_resource(uri)
        await asyncio.to_thread(other.ok, "memory", "update", memory, "--content", "the gate is blue")
        assert await updates.get() == uri
        assert "the gate is blue" in (await client.read_resource(uri)).contents[0].text

    return conversation


@pytest.mark.parametrize("road", TALKING, ids="-".join)
def test_a_rule_that_wants_approval_asks_the_person(make_node, tmp_path, road):
    node = make_node()
    law = law_in(tmp_path)
    node.ok("rules", "push", law)

    async def store(client, content):
        return await client.call_tool("store_memory", {"content": content})

    async def approved(client):
        assert not (await store(client, "production moved to rack 5")).is_error
        assert not (await store(client, "staging stays")).is_error
        decision = await client.call_tool(
            "evaluate_rules",
            {"input": {"event": "tool.pre", "tool": "mcp__hive__store_memory", "content": "production"}})
        assert decision.structured_content["allowed"] and decision.structured_content["approval"]["granted"]

    async def alone(client):
        refused = await store(client, "production moved back")
        assert refused.is_error and "ask-before-production" in refused.content[0].text

    async def decline(context, params):
        return types.ElicitResult(action="decline")

    talk(node, approved, road, elicitation_callback=form)
    talk(node, alone, road)
    talk(node, alone, road, elicitation_callback=decline)
    stored = [item["content"] for item in node.ok("memory", "list")["items"]]
    assert sorted(stored) == ["production moved to rack 5", "staging stays"]


# Arguments with which a tool answers on a fresh node; the others are called without, and say in a tool error what they need.
ARGUMENTS = {
    "store_memory": {"content": "schemas are kept"}, "search_memories": {"query": "schemas"},
    "get_recent_memories": {}, "evaluate_rules": {"input": {"event": "tool.pre", "tool": "Bash", "command": "ls"}},
    "import_memories": {"memories": [{"content": "one"}, {"content": "two"}, {"tags": ["bad"]}]},
    "list_conflicts": {}, "get_sync_status": {}, "list_rules": {}, "memory_statistics": {}, "get_context": {},
    "working_memory": {"action": "list"},
    "store_belief": {"subject": "gate", "relation": "colour", "object": "green"},
    "track_infrastructure_state": {"machine_id": "web-3", "state_type": "disk", "state_data": {"free": 5}},
    "record_incident": {"title": "502", "description": "checkout", "severity": "high"},
}


def test_every_tool_is_well_formed_and_answers_in_its_schema(make_node):
    node = make_node(prepare=with_every_tool)

    async def conversation(client):
        tools, cursor = [], None
        while True:
            page = await client.list_tools(cursor=cursor)
            tools += page.tools
            cursor = page.next_cursor
            if cursor is None:
                break
        called = 0
        stored = await client.call_tool("store_memory", {"content": "a memory to work with"})
        for tool in tools:
            jsonschema.Draft202012Validator.check_schema(tool.input_schema)
            jsonschema.Draft202012Validator.check_schema(tool.output_schema)
            assert tool.input_schema["additionalProperties"] is False, tool.name
            assert tool.annotations.read_only_hint is not None and tool.description, tool.name
            unknown = await client.call_tool(tool.name, {"no_such_argument": 1})
            assert unknown.is_error and "no_such_argument" in unknown.content[0].text or "missing" in unknown.content[0].text
            arguments = ARGUMENTS.get(tool.name)
            if arguments is None and {"id", "memory_id"} & set(tool.input_schema["properties"]):
                arguments = {"id": stored.structured_content["id"]}
            answer = await client.call_tool(tool.name, arguments or {})
            if answer.is_error:
                assert tool.name not in ARGUMENTS, (tool.name, answer.content[0].text)
                assert answer.content[0].text.startswith("error: "), tool.name
                continue
            called += 1
            jsonschema.validate(answer.structured_content, tool.output_schema)
            assert types.CallToolResult.model_validate(answer.model_dump()).content[0].type == "text"
            assert answer.structured_content == json.loads(answer.content[0].text), tool.name
        assert called >= len(set(ARGUMENTS) & {tool.name for tool in tools})

    talk(node, conversation)


def test_an_import_reports_how_far_it_is(make_node):
    node = make_node(prepare=with_every_tool)

    async def conversation(client):
        steps = []

        async def heard(progress, total, message):
            steps.append(progress)

        memories = [{"content": f"line {number}"} for number in range(120)]
        answer = await client.call_tool("import_memories", {"memories": memories}, progress_callback=heard)
        assert answer.structured_content["created"] == 120
        assert steps == [0, 25, 50, 75, 100, 120]
        again = await client.call_tool("import_memories", {"memories": memories})
        assert again.structured_content["unchanged"] == 120

    for road in [("http", MODERN), ("stdio", "legacy")]:
        talk(make_node("n" + road[0], prepare=with_every_tool), conversation, road)


def test_prompts_and_completion_of_a_node(make_node):
    node = make_node()
    memory = node.ok("memory", "add", "the proxy listens on 3128", "--category", "infrastructure")["id"]

    async def conversation(client):
        names = [prompt.name for prompt in (await client.list_prompts()).prompts]
        assert names[:2] == ["hv-status", "hv-sync"] and names[-2:] == ["remember", "recall"]
        recall = await client.get_prompt("recall", {"query": "the proxy"})
        assert "the proxy" in recall.messages[0].content.text
        template = types.ResourceTemplateReference(type="ref/resource", uri="hive://memory/{id}")
        assert (await client.complete(template, {"name": "id", "value": memory[:6]})).completion.values == [memory]

    talk(node, conversation)


def test_clients_learn_where_tokens_come_from(make_node):
    def configured(node):
        node.data.mkdir(parents=True, exist_ok=True)
        (node.data / "hive.yaml").write_text("mcp-auth: {servers: [https://login.example], scopes: memory}\n")

    node = make_node(prepare=configured)
    base = node.run()["mcp"].removesuffix("/mcp")
    metadata = f"{base}/.well-known/oauth-protected-resource/mcp"
    with urllib.request.urlopen(metadata, timeout=30) as answer:
        document = json.load(answer)
    assert document["resource"] == node.run()["mcp"] and document["authorization_servers"] == ["https://login.example"]
    status, headers, _ = post(node, {"jsonrpc": "2.0", "id": 1, "method": "ping"}, token="stale")
    assert status == 401 and f'resource_metadata="{metadata}"' in headers["WWW-Authenticate"]


@pytest.mark.parametrize("section, word", [
    ("{servers: []}", "servers"), ("{scopes: [memory]}", "servers"), ("{servers: [login]}", "address"),
    ("{servers: [https://a], scopes: ['a b']}", "scope"), ("{servers: [https://a], colour: red}", "colour"),
])
def test_a_section_that_makes_no_sense_is_refused_at_the_start(tmp_path, section, word):
    (tmp_path / "hive.yaml").write_text(f"mcp-auth: {section}\n")
    done = subprocess.run([BUILD / "hived", "--data", tmp_path], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and word in done.stderr, done.stderr


# The bridge and its node

def test_the_bridge_survives_its_node(make_node):
    node = make_node()
    bridge = Bridge(node, "--agent", "builder")
    bridge.initialize()
    call = {"name": "store_memory", "arguments": {"content": "before the restart"}}
    assert "result" in bridge.ask("tools/call", call)
    assert bridge.ask("resources/subscribe", {"uri": "hive://rules/active"}, 5)["result"] == {}
    node.stop()
    failed = bridge.ask("tools/list", {}, 6)
    assert failed["id"] == 6 and failed["error"]["data"]["code"] == "unreachable" and failed["error"]["data"]["hint"]
    node.start()
    found = bridge.ask("tools/call", {"name": "search_memories", "arguments": {"query": "restart"}}, 7)
    heard = []
    while found.get("id") != 7:
        heard.append(found)
        found = bridge.receive()
    item = found["result"]["structuredContent"]["items"][0]
    assert item["content"] == "before the restart" and item["author"]["agent"] == "builder"
    # The subscription comes back by itself, and says that anything may have changed.
    while not any(message.get("method") == "notifications/resources/updated" for message in heard):
        heard.append(bridge.receive())
    assert any(message.get("method") == "notifications/tools/list_changed" for message in heard)
    assert bridge.close() == 0


def test_the_bridge_ends_with_its_input_and_answers_what_was_asked(make_node):
    node = make_node()
    bridge = Bridge(node)
    for number in range(20):
        bridge.send({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": {
            "name": "store_memory", "arguments": {"content": f"last words {number}"}}})
    start = time.monotonic()
    assert bridge.close() == 0
    assert time.monotonic() - start < 10
    answers = [line for line in bridge.process.stdout if line.strip()]
    assert len(answers) == 20
    idle = Bridge(node)
    idle.initialize()
    idle.ask("resources/subscribe", {"uri": "hive://status"})
    assert idle.close() == 0


# Many at once

def test_fifty_agents_remember_and_recall_at_once(make_node):
    node = make_node()
    agents, each = 50, 4

    async def agent(number):
        way = "stdio" if number % 2 else "http"
        async with Client(transport(node, way), mode="legacy" if number % 4 > 1 else MODERN) as client:
            stored = []
            for turn in range(each):
                word = f"quark{number}x{turn}"
                answer = await client.call_tool(
                    "store_memory", {"content": f"agent {number} saw {word}", "tags": [f"agent-{number}"]})
                assert not answer.is_error, answer.content
                stored.append(answer.structured_content["id"])
                found = await client.call_tool("search_memories", {"query": word, "semantic": False})
                assert [item["id"] for item in found.structured_content["items"]] == [stored[-1]]
            return stored

    async def run():
        return await asyncio.wait_for(asyncio.gather(*map(agent, range(agents))), 240)

    stored = [identifier for identifiers in asyncio.run(run()) for identifier in identifiers]
    assert len(set(stored)) == agents * each
    node.kill()
    node.start()
    lines = node.run_ctl("export").stdout.splitlines()
    assert len(lines) == agents * each

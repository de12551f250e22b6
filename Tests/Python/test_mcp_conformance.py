"""What the public conformance scenarios of MCP ask of a server, against the fixture: by the official client on every road, and
by hand where a client cannot do wrong."""

import asyncio
import base64
import json
import time

import mcp_types as types
import pytest
from mcp.shared.exceptions import MCPError

from mcp_support import (
    LEGACY, MODERN, ROADS, TALKING, Bridge, Fixture, ask, form, modern, post, roots, sample, talk)

pytestmark = pytest.mark.filterwarnings("ignore::mcp.shared.exceptions.MCPDeprecationWarning")


@pytest.fixture(scope="module")
def fixture(tmp_path_factory):
    server = Fixture(tmp_path_factory.mktemp("fixture"))
    yield server
    server.stop()


every_road = pytest.mark.parametrize("road", ROADS, ids="-".join)
talking_road = pytest.mark.parametrize("road", TALKING, ids="-".join)
person = {"elicitation_callback": form, "sampling_callback": sample, "list_roots_callback": roots}


def text(result):
    return result.content[0].text


# Lifecycle and discovery

@pytest.mark.parametrize("revision", LEGACY)
def test_initialize_agrees_on_every_legacy_revision(fixture, revision):
    bridge = Bridge(fixture)
    result = bridge.initialize(revision)
    assert result["protocolVersion"] == revision and result["serverInfo"]["name"] == "fixture"
    assert result["capabilities"]["resources"]["subscribe"] and "logging" in result["capabilities"]
    assert bridge.ask("ping")["result"] == {}
    assert [tool["name"] for tool in bridge.ask("tools/list")["result"]["tools"]][0] == "test_simple_text"
    assert bridge.close() == 0


def test_discovery_names_what_is_served(fixture):
    status, answer = ask(fixture, "server/discover")
    result = answer["result"]
    assert status == 200 and result["supportedVersions"] == [MODERN, *LEGACY]
    assert result["resultType"] == "complete" and result["ttlMs"] >= 0 and result["cacheScope"] == "private"
    assert set(result["capabilities"]) == {"tools", "prompts", "resources", "completions", "logging"}
    status, answer = ask(fixture, "tools/list", version="2031-01-01")
    assert (status, answer["error"]["code"]) == (400, -32022)
    assert answer["error"]["data"] == {"supported": result["supportedVersions"], "requested": "2031-01-01"}


@pytest.mark.parametrize("method", ["initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"])
def test_methods_that_the_stateless_revision_has_not_are_404(fixture, method):
    message, headers = modern(method)
    if method == "initialize":
        # A released client sends it after a discovery: it is served as what it is.
        assert post(fixture, message, headers)[2]["result"]["protocolVersion"] in LEGACY
        return
    status, _, answer = post(fixture, message, headers)
    assert (status, answer["error"]["code"], answer["id"]) == (404, -32601, 1)


# Tools

@every_road
def test_tools_answer_with_every_kind_of_content(fixture, road):
    async def conversation(client):
        async def call(name, arguments=None):
            return await client.call_tool(name, arguments or {})
        assert text(await call("test_simple_text")) == "This is a simple text response for testing."
        image = (await call("test_image_content")).content[0]
        assert image.type == "image" and image.mime_type == "image/png"
        assert base64.b64decode(image.data).startswith(b"\x89PNG")
        sound = (await call("test_audio_content")).content[0]
        assert sound.type == "audio" and base64.b64decode(sound.data).startswith(b"RIFF")
        resource = (await call("test_embedded_resource")).content[0].resource
        assert str(resource.uri) == "test://embedded-resource" and resource.text
        kinds = [block.type for block in (await call("test_multiple_content_types")).content]
        assert kinds == ["text", "image", "resource"]
        failed = await call("test_error_handling")
        assert failed.is_error and "intentionally" in text(failed)
        unknown = await call("test_simple_text", {"colour": "red"})
        assert unknown.is_error and "colour" in text(unknown)
        with pytest.raises(MCPError) as error:
            await call("no_such_tool")
        assert error.value.error.code == -32602

    talk(fixture, conversation, road)


@every_road
def test_lists_are_read_page_by_page(fixture, road):
    async def conversation(client):
        for fetch, field, count in [
                (client.list_tools, "tools", 19), (client.list_prompts, "prompts", 5),
                (client.list_resources, "resources", 3), (client.list_resource_templates, "resource_templates", 1)]:
            names, cursor = [], None
            while True:
                page = await fetch(cursor=cursor)
                names += [item.name for item in getattr(page, field)]
                assert len(getattr(page, field)) <= 5
                cursor = page.next_cursor
                if cursor is None:
                    break
            assert len(names) == len(set(names)) == count, (field, names)
            with pytest.raises(MCPError) as error:
                await fetch(cursor="made up")
            assert error.value.error.code == -32602

    talk(fixture, conversation, road)


def test_a_schema_of_2020_12_arrives_whole(fixture):
    tools = [ask(fixture, "tools/list", {"cursor": cursor} if cursor else {})[1]["result"] for cursor in [None]]
    while "nextCursor" in tools[-1]:
        tools.append(ask(fixture, "tools/list", {"cursor": tools[-1]["nextCursor"]})[1]["result"])
    found = [tool for page in tools for tool in page["tools"] if tool["name"] == "json_schema_2020_12_tool"][0]
    schema = found["inputSchema"]
    assert schema["$schema"].endswith("2020-12/schema") and schema["$defs"]["address"]["type"] == "object"
    assert schema["properties"]["address"] == {"$ref": "#/$defs/address"} and schema["additionalProperties"] is False


@every_road
def test_progress_goes_forward(fixture, road):
    async def conversation(client):
        steps = []

        async def heard(progress, total, message):
            steps.append((progress, total))

        await client.call_tool("test_tool_with_progress", {}, progress_callback=heard)
        assert steps == [(0, 100), (50, 100), (100, 100)]
        # Nobody asked, so nothing is sent.
        assert text(await client.call_tool("test_tool_with_progress", {})) == "done"

    talk(fixture, conversation, road)


@talking_road
def test_log_lines_come_from_the_level_that_was_asked_for(fixture, road):
    lines = []

    async def heard(params):
        lines.append((params.level, params.data))

    async def conversation(client):
        if road[1] == "legacy":
            await client.call_tool("test_tool_with_logging", {})
            assert lines == [], "no level was set"
            await client.set_logging_level("info")
        await client.call_tool("test_tool_with_logging", {})
        await client.list_tools()
        started = [line for line in lines if "Tool" in str(line[1])]
        assert [level for level, _ in started] == ["info", "info", "error"]

    options = {} if road[1] == "legacy" else {"log_level": "info"}
    talk(fixture, conversation, road, logging_callback=heard, **options)


# Resources, prompts, completion

@every_road
def test_resources_are_read(fixture, road):
    async def conversation(client):
        static = (await client.read_resource("test://static-text")).contents[0]
        assert static.mime_type == "text/plain" and "static text" in static.text
        binary = (await client.read_resource("test://static-binary")).contents[0]
        assert base64.b64decode(binary.blob).startswith(b"\x89PNG")
        one = (await client.read_resource("test://template/123/data")).contents[0]
        assert json.loads(one.text)["id"] == "123"
        with pytest.raises(MCPError) as error:
            await client.read_resource("test://nothing")
        assert error.value.error.code == (-32002 if road[1] == "legacy" else -32602)
        assert error.value.error.data["uri"] == "test://nothing"

    talk(fixture, conversation, road)


@every_road
def test_prompts_are_got(fixture, road):
    async def conversation(client):
        simple = await client.get_prompt("test_simple_prompt")
        assert simple.messages[0].role == "user" and "simple prompt" in simple.messages[0].content.text
        given = await client.get_prompt("test_prompt_with_arguments", {"arg1": "hello", "arg2": "world"})
        assert "arg1='hello', arg2='world'" in given.messages[0].content.text
        held = await client.get_prompt("test_prompt_with_embedded_resource", {"resourceUri": "test://x"})
        assert str(held.messages[0].content.resource.uri) == "test://x"
        assert (await client.get_prompt("test_prompt_with_image")).messages[0].content.type == "image"
        for name, arguments in [("no_such_prompt", {}), ("test_prompt_with_arguments", {"arg1": "x"})]:
            with pytest.raises(MCPError) as error:
                await client.get_prompt(name, arguments)
            assert error.value.error.code == -32602

    talk(fixture, conversation, road)


@every_road
def test_arguments_are_completed(fixture, road):
    async def conversation(client):
        prompt = types.PromptReference(type="ref/prompt", name="test_prompt_with_arguments")
        found = (await client.complete(prompt, {"name": "arg1", "value": "arg1-t"})).completion
        assert found.values == ["arg1-two"]
        template = types.ResourceTemplateReference(type="ref/resource", uri="test://template/{id}/data")
        many = (await client.complete(template, {"name": "id", "value": ""})).completion
        assert len(many.values) == 100 and many.total == 250 and many.has_more

    talk(fixture, conversation, road)


# Subscriptions

@pytest.mark.parametrize("way", ["http", "stdio"])
def test_a_subscriber_hears_what_it_asked_for(fixture, way):
    async def conversation(client):
        async with client.listen(
                tools_list_changed=True, resource_subscriptions=["test://watched-resource"]) as subscription:
            assert subscription.honored.tools_list_changed and not subscription.honored.prompts_list_changed
            for kind, uri in [("resource.changed", "test://other"), ("mcp.prompts-changed", None),
                              ("resource.changed", "test://watched-resource"), ("mcp.tools-changed", None)]:
                await client.call_tool("test_change", {"type": kind, **({"uri": uri} if uri else {})})
            heard = [await anext(aiter(subscription)) for _ in range(2)]
            assert [type(event).__name__ for event in heard] == ["ResourceUpdated", "ToolsListChanged"]
            # Two at once, each with its own frames.
            async with client.listen(prompts_list_changed=True) as other:
                await client.call_tool("test_change", {"type": "mcp.prompts-changed"})
                assert type(await anext(aiter(other))).__name__ == "PromptsListChanged"

    talk(fixture, conversation, (way, MODERN))


@pytest.mark.parametrize("way", ["stdio", "sse"])
def test_a_legacy_subscriber_hears_too(fixture, way):
    heard = asyncio.Queue()

    async def handler(message):
        if isinstance(message, types.ResourceUpdatedNotification):
            await heard.put(str(message.params.uri))

    async def conversation(client):
        await client.subscribe_resource("test://watched-resource")
        change = {"type": "resource.changed", "uri": "test://watched-resource"}
        await client.call_tool("test_change", change)
        assert await heard.get() == "test://watched-resource"
        await client.unsubscribe_resource("test://watched-resource")
        await client.call_tool("test_change", change)
        await client.subscribe_resource("test://second")
        await client.call_tool("test_change", {"type": "resource.changed", "uri": "test://second"})
        assert await heard.get() == "test://second"

    talk(fixture, conversation, (way, "legacy"), message_handler=handler)


# Questions within a request

@talking_road
def test_a_server_asks_and_goes_on_with_the_answers(fixture, road):
    async def conversation(client):
        async def call(name):
            return text(await client.call_tool("test_input_required_result_" + name, {}))
        assert await call("elicitation") == "Hello, Alice!"
        assert await call("sampling") == "Paris"
        assert await call("list_roots") == "file:///work"
        assert await call("multiple_inputs") == "capital_question client_roots user_name"
        assert await call("multi_round") == "Alice likes Alice"
        assert await call("capabilities") == "capital_question user_name"
        prompt = await client.get_prompt("test_input_required_result_prompt")
        assert prompt.messages[0].content.text == "Write to Alice."

    talk(fixture, conversation, road, **person)


@talking_road
def test_nobody_is_asked_what_they_cannot_answer(fixture, road):
    async def conversation(client):
        asked = await client.call_tool("test_input_required_result_capabilities", {})
        assert text(asked) == "user_name"
        with pytest.raises(MCPError) as error:
            await client.call_tool("test_missing_capability", {})
        assert error.value.error.code == -32021
        assert error.value.error.data["requiredCapabilities"] == {"sampling": {}}

    talk(fixture, conversation, road, elicitation_callback=form)
    status, answer = ask(fixture, "tools/call", {"name": "test_missing_capability"})
    assert (status, answer["error"]["code"]) == (400, -32021)


def test_states_of_questions_cannot_be_tampered_with(fixture):
    call = {"name": "test_input_required_result_elicitation", "arguments": {}}
    _, answer = ask(fixture, "tools/call", call, elicitation={})
    state = answer["result"]["requestState"]
    assert answer["result"]["resultType"] == "input_required" and "ttlMs" not in answer["result"]
    answers = {"user_name": {"action": "accept", "content": {"name": "Bob"}}, "extra": {"action": "accept"}}

    def again(**changes):
        return ask(fixture, "tools/call", {**call, **changes}, identifier="other", elicitation={})[1]

    changed = base64.b64decode(state)
    changed = base64.b64encode(bytes([changed[0] ^ 1]) + changed[1:]).decode()
    assert again(requestState=changed, inputResponses=answers)["error"]["code"] == -32602
    other = again(requestState=state, inputResponses=answers, arguments={"note": "another request"})
    assert other["error"]["code"] == -32602
    for answers_to_nothing in [{}, {"inputResponses": {"wrong": {}}}]:
        once_more = again(requestState=state, **answers_to_nothing)["result"]
        assert once_more["resultType"] == "input_required"
        # A state is good for one request, answered or not.
        assert again(requestState=state, inputResponses=answers)["error"]["code"] == -32602
        state = once_more["requestState"]
    done = again(requestState=state, inputResponses=answers)["result"]
    assert done["content"][0]["text"] == "Hello, Bob!" and done["resultType"] == "complete"


# Calling off

@talking_road
def test_work_that_is_called_off_ends(fixture, road):
    async def conversation(client):
        async def count(end):
            return int(text(await client.call_tool("test_count", {"end": end})))

        async def reached(end, number):
            deadline = time.monotonic() + 20
            while await count(end) < number:
                assert time.monotonic() < deadline, end
                await asyncio.sleep(0.02)

        started, cancelled = await count("started"), await count("cancelled")
        call = asyncio.create_task(client.call_tool("test_slow", {}))
        await reached("started", started + 1)
        call.cancel()
        await reached("cancelled", cancelled + 1)
        assert await count("finished") == 0

    talk(fixture, conversation, road)


@every_road
def test_many_requests_are_under_way_at_once(fixture, road):
    async def conversation(client):
        answers = await asyncio.gather(*[
            client.call_tool("json_schema_2020_12_tool", {"name": f"n{number}"}) for number in range(40)])
        assert [text(answer) for answer in answers] == [f"named n{number}" for number in range(40)]

    talk(fixture, conversation, road)

"""What is no proper message gets the right status and a clear error, on every road, and the node goes on serving others."""

import http.client
import json
import urllib.parse

import pytest

from mcp_support import LEGACY, MODERN, Bridge, ask, modern, post


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    from conftest import Node
    node = Node("node", tmp_path_factory.mktemp("bad")).start()
    yield node
    assert ask(node, "tools/list")[0] == 200, "the node does not serve any more"
    assert node.process.poll() is None
    node.stop()


STORE = {"name": "store_memory", "arguments": {"content": "x"}}


@pytest.mark.parametrize("body, code", [
    (b"", -32700), (b"{", -32700), (b"nonsense", -32700), (b"\xff\xfe", -32700), (b'{"a":1,"a":2}', -32700),
    (b"[" * 5000, -32700), (b'{"jsonrpc":"2.0","id":1,"method":"ping"} x', -32700), (b'{"id":1e999}', -32700),
    (b"5", -32600), (b'"x"', -32600), (b"null", -32600), (b"[]", -32600), (b"{}", -32600),
    (b'{"jsonrpc":"1.0","id":1,"method":"ping"}', -32600), (b'{"jsonrpc":"2.0","id":1}', -32600),
    (b'{"jsonrpc":"2.0","id":null,"method":"ping"}', -32600), (b'{"jsonrpc":"2.0","id":1.5,"method":"ping"}', -32600),
    (b'{"jsonrpc":"2.0","id":{},"method":"ping"}', -32600), (b'{"jsonrpc":"2.0","id":1,"method":5}', -32600),
    (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}', -32602),
], ids=repr)
def test_what_is_no_message_is_400(node, body, code):
    status, _, answer = post(node, None, raw=body)
    assert (status, answer["error"]["code"]) == (400, code) and answer["error"]["message"]


def test_batches_belong_to_one_revision(node):
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    for headers in [{}, {"MCP-Protocol-Version": "2025-03-26"}]:
        status, _, answer = post(node, [ping, {**ping, "id": 2}], headers)
        assert status == 200 and [message["id"] for message in answer] == [1, 2]
    for version in {MODERN, *LEGACY} - {"2025-03-26"}:
        status, _, answer = post(node, [ping], {"MCP-Protocol-Version": version})
        assert (status, answer["error"]["code"]) == (400, -32600), version
    assert post(node, [ping] * 65)[0] == 400


@pytest.mark.parametrize("changes", [
    {"MCP-Protocol-Version": None}, {"Mcp-Method": None}, {"Mcp-Name": None}, {"MCP-Protocol-Version": "2025-11-25"},
    {"Mcp-Method": "tools/list"}, {"Mcp-Method": "TOOLS/CALL"}, {"Mcp-Name": "delete_memory"},
    {"Mcp-Name": "=?base64?!!!?="}, {"Mcp-Name": "store_memory, store_memory"},
], ids=str)
def test_headers_that_do_not_fit_the_message_are_400(node, changes):
    message, headers = modern("tools/call", STORE)
    headers = {name: value for name, value in {**headers, **changes}.items() if value is not None}
    status, _, answer = post(node, message, headers)
    assert (status, answer["error"]["code"], answer["id"]) == (400, -32020, 1)


def test_a_message_must_say_what_it_is(node):
    for missing in ["protocolVersion", "clientCapabilities"]:
        message, headers = modern("tools/list")
        del message["params"]["_meta"]["io.modelcontextprotocol/" + missing]
        status, _, answer = post(node, message, headers)
        assert (status, answer["error"]["code"]) == (400, -32602) and missing in answer["error"]["message"]
    message, headers = modern("tools/list", version="1999-01-01")
    assert post(node, message, headers)[2]["error"]["code"] == -32022
    assert post(node, {"jsonrpc": "2.0", "id": 1, "method": "ping"}, {"MCP-Protocol-Version": "1.0"})[0] == 400


@pytest.mark.parametrize("method, params", [
    ("tools/call", {}), ("tools/call", {"name": 5}), ("tools/call", {"name": ""}), ("tools/call", {"name": "no_such"}),
    ("resources/read", {}), ("resources/read", {"uri": 5}), ("resources/read", {"uri": "hive://../../etc/passwd"}),
    ("resources/read", {"uri": "file:///etc/passwd"}), ("prompts/get", {"name": "no_such"}),
    ("prompts/get", {"name": "recall", "arguments": {"query": 5}}), ("completion/complete", {}),
    ("completion/complete", {"ref": {"type": "ref/x"}, "argument": {"name": "a", "value": "b"}}),
    ("tools/list", {"cursor": "AAAA"}), ("tools/list", {"cursor": {}}),
    ("tools/call", {**STORE, "requestState": "AAAA"}), ("tools/call", {**STORE, "_meta": {"progressToken": {}}}),
    ("tools/call", {**STORE, "_meta": {"io.modelcontextprotocol/logLevel": "loud"}}),
    ("subscriptions/listen", {}), ("subscriptions/listen", {"notifications": {"resourceSubscriptions": [5]}}),
], ids=str)
def test_wrong_parameters_are_invalid_parameters(node, method, params):
    message, headers = modern(method, params)
    headers = {name: value for name, value in headers.items() if isinstance(value, str) and value}
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(node.run()["mcp"]).netloc, timeout=30)
    connection.request("POST", "/mcp", json.dumps(message), {
        **headers, "Content-Type": "application/json", "Accept": "application/json, text/event-stream",
        "Authorization": "Bearer " + node.token("agent")})
    answer = connection.getresponse()
    body = answer.read().decode()
    if answer.headers["Content-Type"] == "text/event-stream":
        body = body.split("data: ")[-1]
    error = json.loads(body)["error"]
    assert error["code"] in (-32602, -32020) and error["message"], body
    connection.close()


@pytest.mark.parametrize("arguments", [
    5, "x", [], {"content": None}, {"content": {}}, {"content": "x" * (1 << 20) + "x"}, {"content": "x", "tags": "y"},
    {"content": "x", "confidence": 1e300}, {"content": "x", "confidence": "high"}, {"content": "x", "metadata": []},
    {"content": "x", "expires_in": "-5s"}, {"content": "x", "\r\nX-Evil": "1"}, {"content": "x", "tags": [1, 2]},
], ids=lambda value: repr(value)[:40])
def test_wrong_arguments_are_errors_for_the_model(node, arguments):
    _, answer = ask(node, "tools/call", {"name": "store_memory", "arguments": arguments})
    assert answer["result"]["isError"] is True
    assert answer["result"]["content"][0]["text"].startswith("error: ")


def test_arguments_that_nest_deeply_are_refused(node):
    deep = "1"
    for _ in range(300):
        deep = '{"a":' + deep + "}"
    message, headers = modern("tools/call", {"name": "store_memory"})
    raw = json.dumps(message).replace('"name": "store_memory"', f'"name": "store_memory", "arguments": {deep}', 1)
    assert post(node, None, headers, raw=raw.encode())[0] == 400


def test_the_door_lets_in_who_belongs_here(node):
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert post(node, ping, token="")[0] == 401
    for token in ["stale", "x" * 5000, "Bearer"]:
        status, headers, answer = post(node, ping, token=token)
        assert status == 401 and headers["WWW-Authenticate"].startswith("Bearer") and answer["hint"]
    assert post(node, ping, {"Origin": "https://evil.example"})[0] == 403
    assert post(node, ping, {"Origin": "http://localhost:5173"})[0] == 200
    assert post(node, ping, {"Host": "evil.example"})[0] == 403
    assert post(node, ping, {"Content-Type": "text/plain"})[0] == 415
    assert post(node, ping, {"Accept": "text/html"})[0] == 406
    assert post(node, ping, {"Mcp-Session-Id": "stale", "Last-Event-ID": "7"})[0] == 200
    assert post(node, None, raw=b" " * (3 << 20))[0] == 413
    for method in ["GET", "DELETE", "PUT"]:
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(node.run()["mcp"]).netloc, timeout=30)
        connection.request(method, "/mcp", headers={"Authorization": "Bearer " + node.token("agent")})
        answer = connection.getresponse()
        assert answer.status == 405 and answer.headers["Allow"] == "POST"
        connection.close()


def test_conversations_that_are_not_open_are_404(node):
    url = node.run()["mcp"].replace("/mcp", "/sse/")
    for identifier in ["nothing", "..%2f..", "x" * 500]:
        assert post(node, {"jsonrpc": "2.0", "id": 1, "method": "ping"}, url=url + identifier)[0] == 404


def test_names_cannot_break_out_of_headers(node):
    bridge = Bridge(node)
    evil = {"name": "x\r\nX-Evil: 1", "version": "1"}
    bridge.send({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": evil}})
    assert bridge.receive()["result"]
    assert "error" in bridge.ask("tools/call", {"name": "store\r\nX-Evil: 1"}, 2)
    assert bridge.ask("tools/call", STORE, 3)["result"]["structuredContent"]["id"]
    assert bridge.close() == 0


def test_lines_that_are_no_messages_do_not_end_the_bridge(node):
    bridge = Bridge(node)
    for line, code in [("{", -32700), ("[" * 3000, -32700), ("5", -32600), ("[]", -32600), ('{"id":1}', -32600)]:
        bridge.send(line)
        assert bridge.receive()["error"]["code"] == code
    bridge.send("")
    bridge.send({"jsonrpc": "2.0", "id": 9, "result": {}})
    message, _ = modern("server/discover", identifier="d")
    bridge.send(message)
    assert bridge.receive()["result"]["supportedVersions"][0] == MODERN
    assert bridge.close() == 0

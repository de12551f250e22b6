"""Events over WebSocket and Server-Sent Events, heard by a client that was not written for Hive."""

import json
import socket
import time
import urllib.request

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect


def listen(node, query="", **options):
    url = node.run()["api"].replace("http", "ws") + "/ws/tests" + query
    headers = {"Authorization": "Bearer " + node.token("agent")}
    return connect(url, additional_headers=headers, compression=None, **options)


def hear(listener, *types):
    """The next events of these types."""
    heard = []
    while len(heard) < len(types):
        event = json.loads(listener.recv(timeout=30))
        if event["type"] in types:
            heard.append(event)
    assert [event["type"] for event in heard] == list(types)
    return heard


def test_what_happens_here_and_elsewhere_is_told(hive):
    a, b, c = hive
    with listen(b, "?topics=memory,rules,members") as listener:
        memory = a.ok("memory", "add", "quince")["id"]
        created, = hear(listener, "memory.created")
        assert created["data"] == {"id": memory, "scope": "collective:main", "kind": "semantic", "contested": False}
        assert created["time"].endswith("Z")
        b.ok("memory", "update", memory, "--tag", "fruit")
        a.ok("memory", "forget", memory)
        changed, forgotten = hear(listener, "memory.changed", "memory.forgotten")
        assert int(created["id"]) < int(changed["id"]) < int(forgotten["id"])
        a.ok("rules", "push", "pack:agent-conduct")
        hear(listener, "rules.changed")
        a.ok("scopes", "create", "collective:garden")
        a.ok("scopes", "grant", "collective:garden", "b")
        members, = hear(listener, "members.changed")
        assert members["data"]["scopes"] == ["collective:garden"]
    identity = c.run()["node"]
    with listen(a, "?topics=peer") as listener:
        c.stop()
        assert hear(listener, "peer.disconnected")[0]["data"]["node"] == identity
        c.start()
        hear(listener, "peer.connected")


def test_a_listener_goes_on_where_it_was(make_node):
    node = make_node()
    with listen(node, "?topics=memory") as listener:
        node.ok("memory", "add", "quince")
        first, = hear(listener, "memory.created")
    missed = [node.ok("memory", "add", f"medlar {number}")["id"] for number in range(3)]
    with listen(node, f"?topics=memory&after={first['id']}") as listener:
        heard = hear(listener, *["memory.created"] * 3)
        assert [event["data"]["id"] for event in heard] == missed
    node.stop()
    node.start()
    with listen(node, f"?topics=memory&after={heard[-1]['id']}") as listener:
        gap, = hear(listener, "gap")
        assert gap["data"]["after"] == heard[-1]["id"]
        node.ok("memory", "add", "after the restart")
        after, = hear(listener, "memory.created")
        assert int(after["id"]) > int(gap["id"]) >= int(heard[-1]["id"])


@pytest.mark.parametrize("query, status", [
    ("?topics=memories", 400), ("?after=yesterday", 400), ("?after=-1", 400), ("?topic=memory", 400)])
def test_what_makes_no_sense_is_refused(make_node, query, status):
    with pytest.raises(InvalidStatus) as refusal:
        listen(make_node(), query)
    assert refusal.value.response.status_code == status
    assert json.loads(refusal.value.response.body)["hint"]


def resident(node):
    for line in open(f"/proc/{node.process.pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) * 1024


def test_a_slow_reader_costs_nothing_and_disturbs_nobody(make_node):
    node = make_node()
    api = node.run()["api"].removeprefix("http://").split(":")
    slow = socket.create_connection((api[0], int(api[1])))
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.sendall((
        "GET /ws/slow HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Authorization: Bearer {node.token('agent')}\r\n\r\n").encode())
    assert slow.recv(12) == b"HTTP/1.1 101"
    lines = "".join(json.dumps({"content": f"line {number}", "kind": "instant"}) + "\n" for number in range(8_000))
    with listen(node, "?topics=memory", max_queue=None) as quick:
        before = resident(node)
        done = node.ok("import", "-", "--scope", "instance", stdin=lines)
        assert done["created"] == 8_000, done
        marker = node.ok("memory", "add", "the last one")["id"]
        heard, gaps = 0, 0
        while True:
            event = json.loads(quick.recv(timeout=30))
            gaps += event["type"] == "gap"
            heard += 1
            if event["data"].get("id") == marker:
                break
        assert heard > 1000
    # The slow one is told that it has missed something, once it reads.
    slow.settimeout(30)
    read = b""
    while b'"type":"gap"' not in read:
        piece = slow.recv(1 << 16)
        assert piece, "the connection ended without a word"
        read = read[-1000:] + piece
    slow.close()
    assert resident(node) - before < 300 << 20
    assert node.http("GET", "/health", role=None)[0] == 200


def test_server_sent_events_are_the_same(make_node):
    node = make_node()
    memory = node.ok("memory", "add", "quince")["id"]

    def stream(query="", **headers):
        request = urllib.request.Request(node.run()["api"] + "/api/v1/events" + query, headers={
            "Authorization": "Bearer " + node.token("agent"), **headers})
        return urllib.request.urlopen(request, timeout=30)

    def event(answer):
        fields = {}
        while True:
            line = answer.readline().decode().rstrip("\n")
            if not line and "data" in fields:
                return fields
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                fields[name] = value

    with stream("?topics=memory") as answer:
        assert answer.headers["Content-Type"] == "text/event-stream"
        answer.readline()
        node.ok("memory", "update", memory, "--tag", "fruit")
        first = event(answer)
        assert first["event"] == "memory.changed" and json.loads(first["data"])["data"]["id"] == memory
        assert json.loads(first["data"])["id"] == first["id"]
    node.ok("memory", "update", memory, "--tag", "sour")
    with stream("?topics=memory", **{"Last-Event-ID": first["id"]}) as answer:
        assert event(answer)["event"] == "memory.changed"
        start = time.monotonic()
        node.stop()
        assert time.monotonic() - start < 10, "a stream does not hold up the end"
        assert answer.read() == b""


def test_listeners_are_told_when_the_node_goes(make_node):
    node = make_node()
    with listen(node) as listener:
        node.stop()
        with pytest.raises(ConnectionClosed) as end:
            while True:
                listener.recv(timeout=30)
        assert end.value.rcvd.code == 1001

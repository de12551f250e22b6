"""Agents and messages on real nodes: who is there, and that words arrive, however long nobody was there to hear them."""

import concurrent.futures
import json
import subprocess
import urllib.request

from conftest import BUILD, until


def names(node, **query):
    parts = "&".join(f"{key}={value}" for key, value in query.items())
    return [item["address"] for item in node.http("GET", f"/api/v1/agents?{parts}")[1]["items"]]


def as_agent(node, name, method, path, body=None):
    return node.http(method, path, body, role="agent", headers={"Hive-Agent": name})


def tool(node, name, tool_name, **arguments):
    status, answer = mcp(node, name, "tools/call", {"name": tool_name, "arguments": arguments})
    assert status == 200, answer
    return answer["result"]


def mcp(node, name, method, parameters):
    import json
    import urllib.request

    request = urllib.request.Request(
        node.run()["mcp"], data=json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode())
    for header, value in {
        "Authorization": "Bearer " + node.token("agent"), "Content-Type": "application/json",
        "Accept": "application/json", "Hive-Agent": name,
    }.items():
        request.add_header(header, value)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.status, json.loads(answer.read())


def agents_set(node):
    node.data.mkdir(parents=True, exist_ok=True)
    (node.data / "hive.yaml").write_text("mcp-tools: [core, agents]\nagents: {idleAfter: 2s}\n")


def join(node, inviter, role):
    """Joins, and waits until the law has arrived that lets the node write."""
    node.ok("peers", "join", inviter.ok("peers", "invite", "--role", role)["line"])
    until(lambda: any(scope["name"] == "collective:main" and scope["role"] == role
                      for scope in node.ok("scopes", "list")["items"]))


def test_a_message_waits_for_an_agent_whose_node_is_off(hive):
    a, b, c = hive
    a.ok("agents", "register", "ava", "--role", "builder")
    c.ok("agents", "register", "cy", "--capability", "planning")
    until(lambda: "cy@c" in names(a))
    c.stop()
    sent = a.ok("tell", "cy", "the build is red", "--agent", "ava", "--priority", "urgent")
    assert sent["receipts"] == [] and sent["to"] == ["cy@c"]
    a.ok("broadcast", "lunch", "--agent", "ava")
    a.stop()
    # The sender is off as well by now: the third node has it.
    c.start()
    until(lambda: [m["text"] for m in as_agent(c, "cy", "GET", "/api/v1/messages")[1]["items"]]
          == ["the build is red", "lunch"])
    assert c.ok("inbox", "--agent", "cy", "--read", sent["id"])["marked"] == 1
    a.start()
    until(lambda: [r["state"] for r in a.ok("inbox", "--show", sent["id"], "--every")["receipts"]] == ["read"])
    unread = c.ok("inbox", "--agent", "cy", "--unread")["items"]
    assert [m["text"] for m in unread] == ["lunch"]


def test_a_question_is_answered_across_nodes_or_says_that_it_was_not(hive):
    a, b, _ = hive
    a.ok("agents", "register", "ava")
    b.ok("agents", "register", "bo")
    until(lambda: "bo@b" in names(a))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        asked = pool.submit(a.ctl, "ask", "bo", "ready?", "--agent", "ava", "--timeout", "60s")
        question = b.ok("inbox", "--agent", "bo", "--wait", "60s")["items"][0]
        assert question["kind"] == "ask" and question["text"] == "ready?"
        b.ok("tell", "--reply", question["id"], "yes", "--agent", "bo")
        code, answer = asked.result()
    assert code == 0 and answer["answered"] and answer["answer"]["text"] == "yes"
    code, answer = a.ctl("ask", "bo", "still there?", "--agent", "ava", "--timeout", "1s")
    assert code == 1 and not answer["answered"] and "nobody answered" in answer["note"]
    b.ok("tell", "--reply", answer["question"]["id"], "late", "--agent", "bo")
    until(lambda: "late" in [m["text"] for m in a.ok("inbox", "--agent", "ava")["items"]])


def test_fifty_agents_register_are_seen_everywhere_and_fall_silent(make_node):
    a = make_node("a", prepare=agents_set)
    b = make_node("b", prepare=agents_set)
    join(b, a, "writer")

    def work(number):
        node, name = (a, b)[number % 2], f"agent-{number:02}"
        answer = tool(node, name, "register_agent", role="worker", capabilities=["planning"])
        assert not answer.get("isError"), answer
        return answer["structuredContent"]["address"]

    with concurrent.futures.ThreadPoolExecutor(max_workers=50) as pool:
        addresses = sorted(pool.map(work, range(50)))
    for node in (a, b):
        until(lambda: names(node, limit=100) == addresses)
    # Nobody calls any more: all of them are idle after a while, on both nodes.
    until(lambda: all(len(names(node, state="idle", limit=100)) == 50 for node in (a, b)))
    tool(b, "agent-07", "get_agent_roster")
    until(lambda: names(a, state="active") == ["agent-07@b"])

    def tell(number):
        node, name = (a, b)[number % 2], f"agent-{number:02}"
        answer = tool(node, name, "tell_agent", to=addresses[(number + 1) % 50], message=f"from {number}")
        assert not answer.get("isError"), answer

    with concurrent.futures.ThreadPoolExecutor(max_workers=50) as pool:
        list(pool.map(tell, range(50)))
    for number in range(50):
        node, name = (a, b)[number % 2], f"agent-{number:02}"
        got = tool(node, name, "check_inbox", wait=30)["structuredContent"]
        assert [m["text"] for m in got["items"]] == [f"from {(number - 1) % 50}"], name
        assert "not instructions" in got["about"]
        assert tool(node, name, "check_inbox")["structuredContent"]["items"] == []


def test_both_sides_of_a_partition_go_on_and_agree_afterwards(make_node):
    a, b = make_node("a"), make_node("b")
    join(b, a, "steward")
    a.ok("agents", "register", "ava")
    b.ok("agents", "register", "bo")
    until(lambda: names(a) == names(b) == ["ava@a", "bo@b"])
    peers = a.peers
    a.stop()
    # b is alone: it suspends an agent of a, tells it something, and hears of it no more.
    b.ok("agents", "suspend", "ava", "--reason", "out of reach")
    b.ok("tell", "ava", "come back", "--agent", "bo")
    b.stop()
    a.peers = peers
    a.start()
    a.ok("agents", "register", "ava", "--role", "builder")
    a.ok("tell", "bo", "where are you", "--agent", "ava")
    b.start()
    for node in (a, b):
        until(lambda: (node.ok("agents", "show", "ava")["state"], node.ok("agents", "show", "ava").get("role"))
              == ("suspended", "builder"))
    until(lambda: [m["text"] for m in a.ok("inbox", "--agent", "ava")["items"]] == ["come back"])
    until(lambda: [m["text"] for m in b.ok("inbox", "--agent", "bo")["items"]] == ["where are you"])
    code, error = a.ctl("agents", "suspend", "ava")
    assert code == 1 and error["error"]["code"] == "illegal_transition" and "resume" in error["error"]["hint"]


def test_expired_messages_leave_no_byte(hive):
    a, b, _ = hive
    b.ok("agents", "register", "bo")
    until(lambda: "bo@b" in names(a))
    secret = "zzqpassphrase"
    a.ok("tell", "bo", secret, "--expires", "5s")
    until(lambda: [m["text"] for m in b.ok("inbox", "--agent", "bo")["items"]] == [secret])
    until(lambda: b.ok("inbox", "--agent", "bo")["items"] == [])

    def holds(node):
        return any(secret.encode() in file.read_bytes() for file in node.data.glob("hive.db*"))

    until(lambda: not holds(a) and not holds(b), timeout=60)


def test_who_knows_is_told_with_evidence(hive):
    a, b, _ = hive
    b.ok("agents", "register", "bo", "--capability", "certificate_renewal")
    a.ok("memory", "add", "the gateway certificate is renewed by certbot on web-3", "--agent", "ava")
    until(lambda: b.ok("agents", "who", "gateway certificate renewal")["experts"]
          and {e["agent"] for e in b.ok("agents", "who", "gateway certificate renewal")["experts"]} == {"ava", "bo"})
    answer = b.ok("agents", "who", "gateway certificate renewal")
    kinds = {expert["agent"]: expert["evidence"][0]["kind"] for expert in answer["experts"]}
    assert kinds == {"ava": "memory", "bo": "capability"}
    assert answer["known"][0]["author"]["agent"] == "ava"
    shown = b.run_ctl("agents", "who", "gateway certificate renewal").stdout
    assert "ava@a" in shown and "certbot" in shown


def test_what_is_wrong_is_said(make_node):
    node = make_node()
    assert node.ctl("agents", "show", "nobody")[0] == 1
    assert node.ctl("agents", "register", "no name")[0] == 2
    assert node.ctl("tell", "nobody", "x")[1]["error"]["code"] == "not_found"
    assert node.ctl("inbox")[0] == 2
    node.ok("agents", "register", "ava")
    assert node.http("POST", "/api/v1/agents/ava/suspend", {}, role="agent")[0] == 403
    assert node.http("POST", "/api/v1/agents", {"name": "x", "zzz": 1})[1]["code"] == "unknown_field"
    assert node.http("POST", "/api/v1/messages", {"to": ["ava"], "text": "x" * 40_000})[0] == 413
    assert node.http("GET", "/api/v1/messages?box=all", role="agent")[0] == 403
    assert node.http("POST", "/api/v1/messages/ask", {"to": "ava", "text": "x", "timeout": 601})[0] == 400
    request = urllib.request.Request(node.run()["api"] + "/metrics")
    request.add_header("Authorization", "Bearer " + node.token())
    text = urllib.request.urlopen(request, timeout=30).read().decode()
    assert 'hive_agents{state="active"} 1' in text


def test_a_configuration_that_makes_no_sense_is_refused(make_node, tmp_path):
    for text in ("agents: {idleAfter: 2h}", "agents: {scope: moon}", "messages: {expire: soon}", "agents: {zzz: 1}"):
        data = tmp_path / "wrong"
        data.mkdir(exist_ok=True)
        (data / "hive.yaml").write_text(text + "\n")
        done = subprocess.run(
            [BUILD / "hived", "--data", data, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0"], capture_output=True,
            text=True, timeout=30)
        assert done.returncode == 2 and "error:" in done.stderr, (text, done.stderr)

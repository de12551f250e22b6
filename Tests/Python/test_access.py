"""Who may what, on real nodes: tokens, their scopes against everything that is served, TLS, the journal of access."""

import hashlib
import json
import re
import signal
import socket
import ssl
import subprocess
import urllib.error
import urllib.request

import pytest

from conftest import BUILD, until

SECRET = "the heron of the vault is called Amalfi"


def ask(node, method, path, token=None, body=None, headers=None, context=None):
    """Status, headers and text of an answer, whatever its status."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(node.run()["api"] + path, data=data, method=method)
    if token:
        request.add_header("Authorization", "Bearer " + token)
    if data is not None:
        request.add_header("Content-Type", "application/json")
    for name, value in (headers or {}).items():
        request.add_header(name, value)
    try:
        with urllib.request.urlopen(request, timeout=60, context=context) as answer:
            if "event-stream" in (answer.headers["Content-Type"] or ""):
                return answer.status, answer.headers, ""
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def limited(node):
    """A token for some scopes, and the id of a memory that is out of its reach."""
    hidden = node.ok("memory", "add", SECRET, "--scope", "agent:bo", "--tag", "heron")["id"]
    node.ok("memory", "add", "herons nest in colonies", "--scope", "collective:main")
    token = node.ok("token", "create", "ci", "--agent", "ava", "--scope", "agent:ava", "--read", "collective:main")
    return token["token"], hidden


def sample(schema, schemas, hidden):
    """The smallest value that a schema admits, with the hidden memory's id where a text is asked for."""
    if "$ref" in schema:
        return sample(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, hidden)
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if "enum" in schema:
        return schema["enum"][0]
    if kind == "object":
        names = schema.get("required", [])
        # A tool may leave the form of a member to what it reads.
        kinds = schema.get("properties", {})
        return {name: sample(kinds.get(name, {"type": "string"}), schemas, hidden) for name in names}
    if kind == "array":
        return [sample(schema["items"], schemas, hidden)]
    return {"string": hidden, "integer": 1, "number": 0.5, "boolean": True}.get(kind, hidden)


def test_no_operation_tells_a_limited_token_of_what_is_out_of_its_reach(make_node):
    node = make_node()
    token, hidden = limited(node)
    before = node.ok("memory", "history", hidden)
    document = json.loads(ask(node, "GET", "/openapi.json")[2])
    schemas = document["components"]["schemas"]
    asked = 0
    for template, methods in document["paths"].items():
        for method, operation in methods.items():
            if template.startswith("/ws/") or not operation["security"]:
                continue
            # Two memories are named in some paths: all are the hidden one.
            path = re.sub(r"\{[^}]*\}", hidden, template)
            queries = [""]
            names = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"}
            if "q" in names:
                queries.append("?q=heron%20vault%20Amalfi")
            if "scope" in names:
                queries.append("?scope=agent:bo")
            body = None
            if "requestBody" in operation:
                schema = operation["requestBody"]["content"]["application/json"]["schema"]
                body = sample(schema, schemas, hidden) if schema else {"event": "operation", "name": "x"}
            for query in queries:
                status, _, text = ask(node, method.upper(), path + query, token, body)
                name = f"{method} {path}{query}: {status} {text[:300]}"
                assert status < 500 or status == 501, name
                assert "Amalfi" not in text.replace("heron vault Amalfi", ""), name
                if operation.get("x-hive-role") == "operator":
                    assert status == 403, name
                asked += 1
    assert asked > 60
    assert node.ok("memory", "history", hidden) == before
    assert node.ok("memory", "get", hidden)["content"] == SECRET


def test_no_tool_tells_a_limited_token_of_what_is_out_of_its_reach(make_node):
    node = make_node(
        prepare=lambda node: configure(node, "mcp-tools: [core, memory, agents, ops, rules]\n"))
    token, hidden = limited(node)
    before = node.ok("memory", "history", hidden)

    def call(method, parameters):
        request = urllib.request.Request(
            node.run()["mcp"], json.dumps(
                {"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode(),
            {"Content-Type": "application/json", "Authorization": "Bearer " + token, "Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.loads(answer.read())

    tools = call("tools/list", {})["result"]["tools"]
    assert len(tools) > 20
    for tool in tools:
        schema = tool["inputSchema"]
        arguments = {name: sample(schema["properties"][name], {}, hidden) for name in schema.get("required", [])}
        variants = [arguments]
        for name, value in (("query", "heron vault Amalfi"), ("q", "heron vault Amalfi"), ("scope", "agent:bo"),
                            ("id", hidden)):
            if name in schema.get("properties", {}):
                variants.append({**arguments, name: value})
        for variant in variants:
            text = json.dumps(call("tools/call", {"name": tool["name"], "arguments": variant}))
            assert "Amalfi" not in text.replace("heron vault Amalfi", ""), f"{tool['name']} {variant}: {text[:300]}"
    resource = call("resources/read", {"uri": "hive://memory/" + hidden})
    assert "Amalfi" not in json.dumps(resource)
    assert node.ok("memory", "history", hidden) == before


def test_a_token_is_made_used_and_revoked(make_node):
    node = make_node()
    made = node.ok("token", "create", "laptop", "--role", "operator", "--expires", "1h")
    token = made["token"]
    assert node.ctl("token", "create", "laptop")[0] == 1
    assert node.ctl("token", "create", "x", "--scope", "mine")[0] == 2
    assert ask(node, "GET", "/api/v1/peers", token)[0] == 200
    listed = node.ok("token", "list")["items"]
    assert [entry["name"] for entry in listed] == ["laptop"] and listed[0]["lastUsedAt"] and listed[0]["expiresAt"]
    assert "token" not in listed[0]
    node.ok("token", "revoke", "laptop")
    status, headers, text = ask(node, "GET", "/api/v1/peers", token)
    assert status == 401 and "revoked" in text and "Bearer" in headers["WWW-Authenticate"]
    assert node.ok("token", "list")["items"] == []
    assert [entry["active"] for entry in node.ok("token", "list", "--all")["items"]] == [False]
    node.stop()
    node.start()
    assert ask(node, "GET", "/api/v1/peers", token)[0] == 401


def test_a_token_of_another_node_is_refused_by_name(make_node):
    a, b = make_node("a"), make_node("b")
    token = a.ok("token", "create", "ci")["token"]
    assert ask(a, "GET", "/api/status", token)[0] == 200
    status, _, text = ask(b, "GET", "/api/status", token)
    assert status == 401 and "another one" in text and a.run()["node"][:8] in text


def test_no_token_is_on_disk_or_in_a_log(make_node, tmp_path):
    node = make_node(prepare=lambda node: configure(node, "log-level: trace\n"))
    tokens = [node.ok("token", "create", f"t{number}")["token"] for number in range(3)]
    for token in tokens:
        ask(node, "GET", "/api/status", token)
        ask(node, "GET", "/api/status", token[:-1])
        ask(node, "GET", f"/api/v1/memories?q={token}&limit=zz", token)
        ask(node, "DELETE", f"/api/v1/tokens/{token}", node.token())
        ask(node, "GET", "/api/status", token, headers={"Hive-Agent": token})
    node.ok("token", "revoke", "t0")
    assert node.ok("audit", "verify")["ok"]
    journal = node.ok("audit", "list", "--limit", "200")["items"]
    assert {"createToken", "revokeToken", "authenticate", "node.start"} <= {entry["action"] for entry in journal}
    node.stop()
    secrets = [token.rsplit("_", 1)[-1][-30:].encode() for token in tokens]
    local = [(node.data / f"{role}.token").read_bytes().strip() for role in ("agent", "operator")]
    for path in [*node.data.rglob("*"), node.log]:
        if not path.is_file():
            continue
        content = path.read_bytes()
        assert not any(secret in content for secret in secrets), path
        if path.suffix != ".token":
            assert not any(secret in content for secret in local), path


def test_a_journal_that_was_changed_is_found_out(make_node):
    node = make_node()
    for number in range(3):
        node.ok("token", "create", f"t{number}")
    assert node.ok("audit", "verify")["ok"]
    node.stop()
    path = node.data / "access.jsonl"
    assert oct(path.stat().st_mode)[-3:] == "600"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(line for line in lines if '"t1"' not in line and "number\":3" not in line) + "\n")
    node.start()
    code, found = node.ctl("audit", "verify")
    assert code == 1 and not found["ok"] and found["problems"]


def test_the_journal_of_an_encrypted_node_is_sealed_and_read(make_node, tmp_path):
    key = tmp_path / "store.key"
    subprocess.run([BUILD / "hivectl", "keys", "new", key], check=True, timeout=60)
    node = make_node(prepare=lambda node: configure(node, f"encryption: {{cipher: aes-256-gcm, key: {{file: {key}}}}}\n"))
    node.ok("token", "create", "ci", "--agent", "ava")
    ask(node, "GET", "/api/status", "hive_wrong")
    text = (node.data / "access.jsonl").read_text()
    assert "createToken" not in text and text.count('{"sealed":') == len(text.splitlines())
    assert {"createToken", "authenticate"} <= {entry["action"] for entry in node.ok("audit", "list")["items"]}
    subprocess.run([BUILD / "hivectl", "keys", "new", key, "--add"], check=True, timeout=60)
    node.ok("keys", "rotate", "--wait")
    assert node.ok("audit", "verify")["ok"]
    node.stop()
    node.start()
    assert node.ok("audit", "verify")["ok"]
    assert [token["name"] for token in node.ok("token", "list")["items"]] == ["ci"]


def configure(node, text):
    node.data.mkdir(parents=True, exist_ok=True)
    (node.data / "hive.yaml").write_text(text)


def test_tls_with_a_certificate_that_the_node_makes(make_node, tmp_path):
    node = make_node(prepare=lambda node: configure(node, "tls: auto\nhosts: [hive.example]\n"))
    run = node.run()
    assert run["api"].startswith("https://127.0.0.1:") and run["mcp"].startswith("https://")
    status = node.ok("status")
    context = ssl.create_default_context(cafile=run["certificate"])
    assert ask(node, "GET", "/api/status", node.token(), context=context)[0] == 200
    assert ask(node, "GET", "/api/status", node.token(), headers={"Host": "hive.example"}, context=context)[0] == 200
    assert ask(node, "GET", "/health", headers={"Host": "evil.example"}, context=context)[0] == 403
    with pytest.raises(urllib.error.URLError):
        ask(node, "GET", "/health", context=ssl.create_default_context())
    old = ssl.create_default_context(cafile=run["certificate"])
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    assert ask(node, "GET", "/health", context=old)[0] == 200
    host, port = run["api"].removeprefix("https://").split(":")
    plain = socket.create_connection((host, int(port)))
    with context.wrap_socket(plain, server_hostname="localhost") as tls:
        assert hashlib.sha256(tls.getpeercert(True)).hexdigest() == status["certificate"]
    bridge = subprocess.run(
        [BUILD / "hivectl", "mcp", "--data", node.data], input='{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n',
        capture_output=True, text=True, timeout=60)
    assert "store_memory" in bridge.stdout, bridge.stderr
    before = status["certificate"]
    node.process.send_signal(signal.SIGHUP)
    until(lambda: "read again" in node.log.read_text())
    assert node.ok("status")["certificate"] == before
    node.stop()
    node.start()
    assert node.ok("status")["certificate"] == before
    for name in ("certificate.pem", "key.pem"):
        assert oct((node.data / "tls" / name).stat().st_mode)[-3:] == "600"


def test_nothing_is_opened_to_others_without_tls(tmp_path):
    for flag in ("--listen", "--mcp"):
        done = subprocess.run(
            [BUILD / "hived", "--data", tmp_path / flag, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0", flag,
             "0.0.0.0:0"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 4, done.stderr
        assert "without encryption (forbidden)" in done.stderr and "tls: auto" in done.stderr


def test_settings_that_make_no_sense_are_refused(tmp_path):
    for text, word in [
        ("tls: perhaps", "tls"), ("tls: {certificate: a.pem}", "tls"), ("limits: {requests: many}", "limits.requests"),
        ("limits: {burst: 0}", "limits.burst"), ("limits: {body-time: 3}", "limits.body-time"),
        ("limits: {fast: true}", "fast"), ("tls: {certificate: a.pem, key: b.pem}", "a.pem"), ("hosts: {a: b}", "hosts"),
    ]:
        data = tmp_path / re.sub(r"\W", "", text)
        data.mkdir()
        (data / "hive.yaml").write_text(text + "\n")
        done = subprocess.run(
            [BUILD / "hived", "--data", data, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0"], capture_output=True,
            text=True, timeout=60)
        assert done.returncode == 2, f"{text}: {done.stderr}"
        assert word in done.stderr, f"{text}: {done.stderr}"


def test_limits_hold_and_others_are_served(make_node):
    node = make_node(prepare=lambda node: configure(
        node, "limits: {requests: 5, burst: 5, strangers: 20, head-time: 1s}\n"))
    codes = [ask(node, "GET", "/api/status", node.token("agent")) for _ in range(12)]
    assert [code for code, _, _ in codes].count(429) >= 5
    refused = next(entry for entry in codes if entry[0] == 429)
    assert int(refused[1]["Retry-After"]) >= 1 and json.loads(refused[2])["code"] == "rate_limited"
    host, port = node.run()["api"].removeprefix("http://").split(":")
    crowd = [socket.create_connection((host, int(port)), timeout=20) for _ in range(40)]

    def heard(connection):
        try:
            connection.sendall(b"GET /hea")
            return connection.recv(4096)
        except ConnectionError:
            return b""

    try:
        answers = [heard(connection) for connection in crowd]
        # Those who came first made room for the others, who had their time.
        assert answers.count(b"") >= 15
        assert sum(b" 408 " in answer for answer in answers) >= 15
    finally:
        for connection in crowd:
            connection.close()
    until(lambda: ask(node, "GET", "/health")[0] == 200)
    assert node.ok("status")["name"] == "node"
    assert all(ask(node, "GET", "/api/status", node.token())[0] == 200 for _ in range(30))


def test_strangers_on_this_machine_keep_nobody_out(make_node):
    node = make_node()
    host, port = node.run()["api"].removeprefix("http://").split(":")
    slow = (
        b"POST /api/v1/dashboard/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: 100\r\n\r\n{")
    strangers = []
    for number in range(700):
        stranger = socket.create_connection((host, int(port)))
        if number % 2:
            stranger.sendall(slow)
        strangers.append(stranger)
    event = {"hook_event_name": "PreToolUse", "session_id": "s1", "tool_name": "Bash", "tool_input": {"command": "ls"}}
    for _ in range(20):
        assert ask(node, "POST", "/hooks/claude-code", node.token("agent"), event)[0] in (200, 204)
        assert ask(node, "GET", "/api/status", node.token("agent"))[0] == 200
        assert ask(node, "GET", "/health")[0] == 200
    assert node.ok("status")["node"] == node.run()["node"]
    for stranger in strangers:
        stranger.close()

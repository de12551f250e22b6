"""That the law holds in hooks wherever an agent stands, by whichever way it reaches a file, and by whichever door it writes."""

import json
import os
import stat
import subprocess
import tempfile
import time

import pytest

from conftest import BUILD
from test_access import configure
from test_hooks import before, hook

RULES = """
apiVersion: hive/v1
kind: Rule
metadata: {name: no-secrets}
spec:
  match: {events: [tool.pre], paths: [".env", "secrets/**"]}
  effect: deny
  message: "'secrets stay where they are'"
---
apiVersion: hive/v1
kind: Rule
metadata: {name: generated}
spec:
  match: {events: [file.write], paths: ["**/generated/**"]}
  effect: deny
  message: "'made by a program'"
---
apiVersion: hive/v1
kind: Rule
metadata: {name: masked}
spec:
  match: {events: [file.write]}
  when: content.contains('7443')
  effect: transform
  transform: {content: "regex.replace(content, '7443', 'PORT')"}
---
apiVersion: hive/v1
kind: Rule
metadata: {name: clean-memory}
spec:
  match: {events: [memory.write]}
  when: content.contains('FORBIDDEN')
  effect: deny
  message: "'not to be remembered'"
  remediation: Leave it out.
"""


def push(node, tmp_path):
    rules = tmp_path / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "rules.yaml").write_text(RULES)
    node.ok("rules", "push", rules)
    return node


@pytest.fixture
def lawful(make_node, tmp_path):
    return push(make_node(), tmp_path)


@pytest.fixture
def project(tmp_path):
    project = tmp_path / "proj"
    for name in [".git", "secrets", "sub/.git", "src"]:
        (project / name).mkdir(parents=True)
    (project / "ok.txt").symlink_to(".env")
    (project / "plain").symlink_to("secrets")
    (tmp_path / "linked").symlink_to(project)
    return project


def call(tool, cwd, **inputs):
    return {
        "session_id": "s", "cwd": str(cwd), "hook_event_name": "PreToolUse", "tool_name": tool,
        "permission_mode": "default", "tool_input": {name: str(value) for name, value in inputs.items()}}


def verdict(node, event, environment=None):
    code, answer, complaint = hook("claude-code", event, node.data, environment=environment)
    assert code == 0, complaint
    return answer and answer["hookSpecificOutput"].get("permissionDecision")


def test_a_rule_about_a_path_holds_over_links_and_from_everywhere(lawful, project, tmp_path):
    linked = tmp_path / "linked"
    edit = lambda path, cwd: call("Edit", cwd, file_path=path, new_string="x")
    for event in [
        edit(project / ".env", project), edit("ok.txt", project), edit(project / "plain" / "k", project),
        edit(linked / ".env", project), edit(project / ".env", linked), edit(linked / ".env", tmp_path),
        edit(project / ".env", "/"), edit(project / ".env", project / "sub"), edit("../.env", project / "sub"),
        edit(project / "src" / ".." / ".env", project), call("Grep", project, pattern="key", path="secrets"),
        call("Grep", project / "secrets", pattern="key"), call("Glob", project, pattern="secrets/*"),
        call("Glob", tmp_path, pattern=linked / "secrets" / "**"),
        call("mcp__files__move_file", project, source=".env", destination="b"),
    ]:
        assert verdict(lawful, event) == "deny", event
    for event in [
        edit(project / "src" / "a", project), edit("src/.env.example", linked), call("Grep", project, pattern="x", path="src"),
    ]:
        assert verdict(lawful, event) is None, event


def test_the_clients_project_counts_where_there_is_no_work_tree(lawful, tmp_path):
    plain = tmp_path / "plain"
    (plain / "deep").mkdir(parents=True)
    event = call("Edit", plain / "deep", file_path=plain / ".env", new_string="x")
    assert verdict(lawful, event) is None
    assert verdict(lawful, event, {"CLAUDE_PROJECT_DIR": str(plain)}) == "deny"


def test_calls_that_do_not_say_what_they_do_are_refused(lawful, project):
    for tool, inputs in [
        ("Bash", {}), ("Bash", {"command": 1}), ("Bash", {"command": None}), ("Read", {}), ("Write", {"content": "x"}),
        ("Edit", {"file_path": ["a"]}), ("NotebookEdit", {"notebook_path": 3}),
    ]:
        event = {**call(tool, project), "tool_input": inputs}
        code, _, complaint = hook("claude-code", event, lawful.data)
        assert code == 2 and complaint, event
        status, problem = lawful.http("POST", "/hooks/claude-code", event, role="agent")
        assert (status, problem["code"]) == (400, "invalid_input"), event


def test_rules_about_files_bind_tools_that_write(lawful, project):
    write = lambda path, content="x": call("Write", project, file_path=path, content=content)
    assert verdict(lawful, write("app/generated/a.swift")) == "deny"
    assert verdict(lawful, call("Read", project, file_path="app/generated/a.swift")) is None
    patch = "*** Begin Patch\n*** Update File: src/a\n@@\n+x\n*** Delete File: app/generated/b\n*** End Patch"
    event = before("codex", patch, cwd=project, tool_name="apply_patch")
    assert hook("codex", event, lawful.data)[1]["hookSpecificOutput"]["permissionDecision"] == "deny"
    answer = hook("claude-code", write("src/a", "listen 7443"), lawful.data)[1]["hookSpecificOutput"]
    assert answer["updatedInput"]["content"] == "listen PORT"
    # What a client has no place for is refused.
    event = before("codex", "*** Add File: src/a\n+listen 7443", cwd=project, tool_name="apply_patch")
    assert hook("codex", event, lawful.data)[1]["hookSpecificOutput"]["permissionDecision"] == "deny"


def test_rules_about_memories_bind_whoever_stores_them(lawful):
    for role in ("agent", "operator"):
        status, problem = lawful.http("POST", "/api/v1/memories", {"content": "FORBIDDEN"}, role=role)
        assert status == 403 and problem["code"] == "denied" and problem["hint"] == "Leave it out."
        assert "clean-memory" in problem["detail"] and "not to be remembered" in problem["detail"]
    memory = lawful.http("POST", "/api/v1/memories", {"content": "fine"}, role="agent")[1]["id"]
    status, problem = lawful.http("PATCH", f"/api/v1/memories/{memory}", {"content": "FORBIDDEN"}, role="agent")
    assert status == 403 and problem["code"] == "denied"
    assert lawful.http("GET", f"/api/v1/memories/{memory}", role="agent")[1]["content"] == "fine"
    # What a person brings in from elsewhere is not an agent's writing.
    lines = json.dumps({"content": "FORBIDDEN in an older hive"}) + "\n"
    lawful.run_ctl("import", write_lines(lawful.data.parent / "old.jsonl", lines))


def write_lines(path, text):
    path.write_text(text)
    return path


def test_hooks_work_where_listeners_speak_tls(make_node, tmp_path, project):
    node = push(make_node(prepare=lambda node: configure(node, "tls: auto\n")), tmp_path)
    run = node.run()
    assert run["api"].startswith("https://")
    assert stat.S_IMODE(os.stat(run["hooks"]).st_mode) == 0o600 and stat.S_ISSOCK(os.stat(run["hooks"]).st_mode)
    assert verdict(node, call("Edit", project, file_path=".env", new_string="x")) == "deny"
    assert verdict(node, call("Edit", project, file_path="src/a", new_string="x")) is None
    # The socket is for hooks alone, and they show their token there as well.
    import http.client
    import socket

    def ask(path, token):
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(run["hooks"])
            body = json.dumps(before("claude-code", "true")).encode()
            client.sendall(
                f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
                + body)
            answer = http.client.HTTPResponse(client)
            answer.begin()
            return answer.status

    assert ask("/hooks/claude-code", node.token("agent")) == 204
    assert ask("/hooks/claude-code", "hive_wrong") == 401
    assert ask("/api/v1/memories", node.token("agent")) == 404
    node.kill()
    node.start()
    assert verdict(node, call("Edit", project, file_path=".env", new_string="x")) == "deny"
    node.stop()
    assert not os.path.exists(run["hooks"])


def test_where_a_path_is_too_long_for_a_socket_it_lies_elsewhere_or_the_reason_is_told(
        make_node, tmp_path, project, monkeypatch):
    def deep(node):
        node.data = node.data.parent / ("n" * 120)
        configure(node, "tls: auto\n")

    event = call("Edit", project, file_path=".env", new_string="x")
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    node = push(make_node(prepare=deep), tmp_path)
    assert "hooks" not in node.run() and "too long for a socket" in node.log.read_text()
    code, _, complaint = hook("claude-code", event, node.data)
    assert code == 2 and "no socket for hooks" in complaint
    # A policy for missing nodes is not for one that runs.
    (node.data / "hooks.json").write_text('{"hooks": {"withoutNode": "allow"}}')
    code, _, complaint = hook("claude-code", event, node.data)
    assert code == 2 and "no socket for hooks" in complaint
    node.stop()
    with tempfile.TemporaryDirectory() as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        node.start()
        assert node.run()["hooks"].startswith(runtime + "/")
        assert verdict(node, event) == "deny"
        node.stop()


def test_a_token_that_belongs_to_one_agent_works_for_hooks_and_the_bridge(lawful, project):
    token = lawful.ok("token", "create", "bound", "--agent", "ci-bot")["token"]
    (lawful.data / "agent.token").write_text(token + "\n")
    event = call("Edit", project, file_path=".env", new_string="x")
    assert verdict(lawful, event) == "deny"
    assert lawful.http("GET", "/api/v1/decisions?limit=1")[1]["items"][0]["agent"] == "ci-bot"
    code, _, complaint = hook("claude-code", event, lawful.data, "--agent", "other")
    assert code == 2 and "ci-bot" in complaint
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "claude-code", "version": "1"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {
            "name": "store_memory", "arguments": {"content": "by a bound token"}}},
    ]
    bridge = subprocess.Popen(
        [BUILD / "hivectl", "mcp", "--data", lawful.data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    for line in lines:
        bridge.stdin.write(json.dumps(line) + "\n")
        bridge.stdin.flush()
        if "id" in line:
            answer = json.loads(bridge.stdout.readline())
    bridge.stdin.close()
    bridge.wait(timeout=30)
    assert not answer["result"].get("isError"), answer
    found = lawful.ok("memory", "search", "by a bound token")["items"][0]
    assert found["author"]["agent"] == "ci-bot"


def test_a_hook_that_hangs_ends_before_its_client_goes_on(lawful, project):
    process = subprocess.Popen(
        [BUILD / "hivectl", "hook", "claude-code", "--data", lawful.data], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    started = time.monotonic()
    output, complaint = process.stdout.read(), process.stderr.read()
    assert process.wait(timeout=30) == 2 and not output and complaint
    assert time.monotonic() - started < 30
    process.stdin.close()
    assert hook("claude-code", before("claude-code", "ls"), lawful.data, "--seconds", "60")[0] == 2


def test_an_episode_ends_with_its_session_also_after_a_restart(lawful, tmp_path):
    session = {"session_id": "0123456789", "cwd": str(tmp_path), "permission_mode": "default"}
    done = {
        **session, "hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_input": {"command": "make"},
        "tool_response": {"stdout": "ok"}}
    hook("claude-code", done, lawful.data)
    lawful.stop()
    lawful.start()
    hook("claude-code", {**session, "hook_event_name": "SessionEnd", "reason": "exit"}, lawful.data)
    # A session of which nothing was kept has no episode to end, and gets none.
    hook(
        "claude-code", {**session, "session_id": "other", "hook_event_name": "SessionEnd", "reason": "exit"}, lawful.data)
    items = lawful.ok("memory", "search", "Session", "--tag", "hook-session")["items"]
    assert [lawful.ok("memory", "get", item["id"])["episode"]["outcome"] for item in items] == ["partial"]


def test_a_session_makes_its_agent_known(lawful, tmp_path):
    start = {"session_id": "s", "cwd": str(tmp_path), "hook_event_name": "SessionStart", "source": "startup"}
    lawful.ok("agents", "register", "ava", "--role", "builder")
    for name in ("ava", "bo"):
        hook("claude-code", start, lawful.data, "--agent", name)
    agents = {agent["name"]: agent for agent in lawful.ok("agents", "list")["items"]}
    assert agents["ava"]["role"] == "builder" and agents["ava"].get("pulse") is not None
    assert agents["bo"]["registered"] and agents["bo"]["client"] == "claude-code"
    lawful.ok("agents", "retire", "bo")
    hook("claude-code", start, lawful.data, "--agent", "bo")
    assert lawful.ok("agents", "show", "bo")["state"] == "retired"


def test_whether_sessions_register_agents_is_configured(make_node, tmp_path):
    node = make_node(prepare=lambda node: configure(node, "hooks: {register: false}\n"))
    start = {"session_id": "s", "cwd": str(tmp_path), "hook_event_name": "SessionStart", "source": "startup"}
    hook("claude-code", start, node.data, "--agent", "ava")
    assert node.ok("agents", "list")["items"] == []
    node.stop()
    configure(node, "hooks: {register: perhaps}\n")
    done = subprocess.run(
        [BUILD / "hived", "--data", node.data, "--show-config"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and "hooks.register" in done.stdout

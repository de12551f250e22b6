"""Hooks on real processes: events in the shapes that clients publish, exit codes and output as their contracts have them."""

import json
import os
import random
import signal
import subprocess
import time

import pytest

from conftest import BUILD

RULES = """
apiVersion: hive/v1
kind: Rule
metadata: {name: no-force-push}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: cmd.program == 'git' && cmd.hasFlag('--force', '-f')
  effect: deny
  message: "'no force push'"
  remediation: Push to a branch of your own.
---
apiVersion: hive/v1
kind: Rule
metadata: {name: deploy-needs-approval}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: cmd.program == 'deploy'
  effect: require-approval
  message: "'a person decides'"
---
apiVersion: hive/v1
kind: Rule
metadata: {name: listing-is-fine}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: cmd.program == 'ls' && commands.size() == 1
  effect: allow
---
apiVersion: hive/v1
kind: Rule
metadata: {name: no-generated-files}
spec:
  match: {events: [tool.pre], tools: [Write, Edit], paths: ["generated/**"]}
  effect: deny
  message: "'generated files are made'"
---
apiVersion: hive/v1
kind: Rule
metadata: {name: main-is-watched}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: cmd.program == 'make' && has(git.branch) && git.branch == 'main'
  effect: warn
  message: "'you are on main'"
---
apiVersion: hive/v1
kind: Rule
metadata: {name: no-passwords-in-prompts}
spec:
  match: {events: [prompt.submit]}
  when: content.contains('password is')
  effect: deny
  message: "'keep passwords out of prompts'"
"""

CLIENTS = {"claude-code": "PreToolUse", "codex": "PreToolUse", "gemini": "BeforeTool"}


def hook(client, event, data, *arguments, environment=None, raw=None):
    done = subprocess.run(
        [BUILD / "hivectl", "hook", client, "--data", data, *arguments],
        input=raw if raw is not None else json.dumps(event).encode(), capture_output=True, timeout=60,
        env={**os.environ, **(environment or {})})
    assert done.returncode in (0, 2), (done.returncode, done.stderr, event)
    if done.returncode == 2:
        assert done.stdout == b"" and done.stderr.strip(), done
    if not done.stdout:
        return done.returncode, None, done.stderr.decode()
    assert done.stdout.startswith(b"{")
    return done.returncode, json.loads(done.stdout), done.stderr.decode()


def before(client, command, cwd="/tmp", **more):
    tool = "run_shell_command" if client == "gemini" else "Bash"
    event = {
        "session_id": "4b7c", "transcript_path": "/none", "cwd": str(cwd), "hook_event_name": CLIENTS[client],
        "tool_name": tool, "tool_input": {"command": command}, "tool_use_id": "t1"}
    if client != "gemini":
        event["permission_mode"] = "default"
    return {**event, **more}


@pytest.fixture
def lawful(make_node, tmp_path):
    node = make_node()
    rules = tmp_path / "rules"
    rules.mkdir()
    (rules / "rules.yaml").write_text(RULES)
    node.ok("rules", "push", rules)
    return node


def test_claude_code_is_answered_in_its_contract(lawful):
    code, answer, _ = hook("claude-code", before("claude-code", "cd x && git push -f"), lawful.data)
    output = answer["hookSpecificOutput"]
    assert code == 0 and output["hookEventName"] == "PreToolUse" and output["permissionDecision"] == "deny"
    assert "no force push" in output["permissionDecisionReason"]
    assert "Push to a branch of your own." in output["permissionDecisionReason"]
    assert "no-force-push" in output["permissionDecisionReason"]
    assert hook("claude-code", before("claude-code", "deploy web"), lawful.data)[1]["hookSpecificOutput"][
        "permissionDecision"] == "ask"
    assert hook("claude-code", before("claude-code", "ls"), lawful.data)[1]["hookSpecificOutput"][
        "permissionDecision"] == "allow"
    assert hook("claude-code", before("claude-code", "cargo build"), lawful.data) == (0, None, "")


def test_codex_and_gemini_are_refused_where_they_cannot_ask(lawful):
    for command in ("git push --force", "deploy web"):
        answer = hook("codex", before("codex", command), lawful.data)[1]["hookSpecificOutput"]
        assert answer["permissionDecision"] == "deny" and answer["permissionDecisionReason"]
        answer = hook("gemini", before("gemini", command), lawful.data)[1]
        assert answer["decision"] == "deny" and answer["reason"]
    for client in ("codex", "gemini"):
        assert hook(client, before(client, "ls"), lawful.data) == (0, None, "")


def test_paths_are_those_of_the_repository_and_the_branch_is_known(lawful, tmp_path):
    project = tmp_path / "press"
    (project / "src").mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", project], check=True)
    write = {
        "session_id": "s", "cwd": str(project / "src"), "hook_event_name": "PreToolUse", "tool_name": "Write",
        "permission_mode": "default",
        "tool_input": {"file_path": str(project / "generated" / "a.swift"), "content": "let a = 1"}}
    answer = hook("claude-code", write, lawful.data)[1]
    assert answer["hookSpecificOutput"]["permissionDecision"] == "deny"
    write["tool_input"]["file_path"] = str(project / "src" / "a.swift")
    assert hook("claude-code", write, lawful.data) == (0, None, "")
    patch = "*** Begin Patch\n*** Update File: src/a\n@@\n*** Add File: generated/b\n+x\n*** End Patch"
    event = before("codex", patch, cwd=project, tool_name="apply_patch")
    assert hook("codex", event, lawful.data)[1]["hookSpecificOutput"]["permissionDecision"] == "deny"
    made = hook("claude-code", before("claude-code", "make", cwd=project / "src"), lawful.data)[1]
    assert made["hookSpecificOutput"] == {
        "hookEventName": "PreToolUse", "additionalContext": "you are on main (rule main-is-watched v1)"}
    subprocess.run(["git", "-C", project, "checkout", "-q", "-b", "topic"], check=True)
    assert hook("claude-code", before("claude-code", "make", cwd=project / "src"), lawful.data) == (0, None, "")


def test_prompts_are_refused_and_get_what_the_hive_remembers(lawful):
    lawful.ok("memory", "add", "the ledger daemon needs port 7443 open")
    event = {"session_id": "s", "cwd": "/tmp", "hook_event_name": "UserPromptSubmit", "permission_mode": "default"}
    answer = hook("claude-code", {**event, "prompt": "which port does the ledger daemon need?"}, lawful.data)[1]
    context = answer["hookSpecificOutput"]["additionalContext"]
    assert "7443" in context and "not instructions" in context
    assert hook("claude-code", {**event, "prompt": "my password is x"}, lawful.data)[1]["decision"] == "block"
    assert hook("claude-code", {**event, "prompt": "zzz qqq"}, lawful.data)[0] == 0
    start = hook(
        "claude-code", {**event, "hook_event_name": "SessionStart", "source": "startup"}, lawful.data)[1]
    assert "search_memories" in start["hookSpecificOutput"]["additionalContext"]
    assert len(start["hookSpecificOutput"]["additionalContext"]) <= 10_000


def test_what_happened_is_kept_in_one_episode_without_secrets(lawful, tmp_path):
    token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"
    session = {"session_id": "0123456789", "cwd": "/tmp", "permission_mode": "default"}
    done = {**session, "hook_event_name": "PostToolUse", "tool_name": "Bash", "tool_response": {"stdout": "ok"}}
    assert hook("claude-code", {**done, "tool_input": {"command": f"curl -H 'X: {token}' x"}}, lawful.data) == (
        0, None, "")
    hook("claude-code", {**done, "tool_name": "Read", "tool_input": {"file_path": "/tmp/x"}}, lawful.data)
    transcript = tmp_path / "t.jsonl"
    lines = [{"type": "assistant", "message": {"role": "assistant", "content": [{"type": "text", "text": "All green."}]}}]
    transcript.write_text("".join(json.dumps(line) + "\n" for line in lines))
    stop = {**session, "hook_event_name": "Stop", "transcript_path": str(transcript), "stop_hook_active": False}
    assert hook("claude-code", stop, lawful.data) == (0, None, "")
    hook("claude-code", {**stop, "hook_event_name": "PreCompact", "trigger": "auto"}, lawful.data)
    hook("claude-code", {**session, "hook_event_name": "SessionEnd", "reason": "exit"}, lawful.data)
    items = lawful.ok("memory", "search", "Session 01234567 of claude-code", "--tag", "hook-session")["items"]
    assert len(items) == 1
    episode = lawful.ok("memory", "get", items[0]["id"])["episode"]
    texts = [event["text"] for event in episode["events"]]
    assert texts[0].startswith("Bash: curl") and "[secret]" in texts[0]
    assert texts[1] == "said: All green." and "All green." in texts[2]
    assert episode["outcome"] == "partial"
    assert token not in json.dumps(episode)


@pytest.mark.parametrize("client", CLIENTS)
def test_without_a_node_the_policy_decides(client, tmp_path):
    event = before(client, "ls")
    code, _, complaint = hook(client, event, tmp_path)
    assert code == 2 and "hived" in complaint
    for policy, expected in [("deny", 2), ("ask", 0 if client == "claude-code" else 2), ("allow", 0), ("junk", 2)]:
        (tmp_path / "hooks.json").write_text(json.dumps({"hooks": {"withoutNode": policy}}))
        code, answer, _ = hook(client, event, tmp_path)
        assert code == expected, policy
        if policy == "ask" and client == "claude-code":
            assert answer["hookSpecificOutput"]["permissionDecision"] == "ask"
        else:
            assert answer is None
    for name in ["SessionStart", "Stop" if client != "gemini" else "AfterAgent", "SessionEnd"]:
        assert hook(client, {**event, "hook_event_name": name}, tmp_path) == (0, None, "")


def test_a_node_that_is_gone_counts_as_none_and_a_silent_one_is_there(lawful, tmp_path):
    lawful.kill()
    assert hook("claude-code", before("claude-code", "ls"), lawful.data)[0] == 2
    import socket
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        started = time.monotonic()
        (tmp_path / "run.json").write_text(json.dumps({"api": url}))
        (tmp_path / "agent.token").write_text("hive_x")
        # A variable leads nowhere else where the data directory is named.
        environment = {"HIVE_URL": "http://127.0.0.1:9", "HIVE_TOKEN": "hive_y"}
        code, _, complaint = hook(
            "claude-code", before("claude-code", "ls"), tmp_path, "--seconds", "1", environment=environment)
        assert code == 2 and "did not answer" in complaint and time.monotonic() - started < 20
        # One that takes connections is there, and a policy for missing nodes is not for it.
        (tmp_path / "hooks.json").write_text(json.dumps({"hooks": {"withoutNode": "allow"}}))
        code, _, complaint = hook("claude-code", before("claude-code", "ls"), tmp_path, "--seconds", "1")
        assert code == 2 and "did not answer" in complaint


def test_bad_input_is_a_refusal_that_says_why(lawful):
    for raw in [b"", b"[]", b"{", b"\xff\xfe", b'{"hook_event_name": 3}', b"x" * (3 << 20)]:
        code, _, complaint = hook("claude-code", None, lawful.data, raw=raw)
        assert code == 2 and complaint.startswith("hive: "), raw[:40]
    unknown = before("claude-code", "ls", hook_event_name="PreEverything")
    assert "PreEverything" in hook("claude-code", unknown, lawful.data)[2]
    assert hook("claude-code", before("claude-code", "ls", permission_mode="unbound"), lawful.data)[0] == 2
    assert hook("claude-code", before("claude-code", "ls", tool_input="ls"), lawful.data)[0] == 2
    done = subprocess.run([BUILD / "hivectl", "hook", "emacs"], input=b"{}", capture_output=True, timeout=60)
    assert done.returncode == 2 and b"emacs" in done.stderr and not done.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGABRT, signal.SIGSEGV, signal.SIGILL, signal.SIGINT])
def test_a_hook_that_is_ended_leaves_with_a_refusal(number, tmp_path):
    process = subprocess.Popen(
        [BUILD / "hivectl", "hook", "claude-code", "--data", tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    # It waits for its input once it has taken its place in the list of signal handlers.
    deadline = time.monotonic() + 30
    caught = 0
    while not caught & (1 << (signal.SIGALRM - 1)):
        assert time.monotonic() < deadline
        status = open(f"/proc/{process.pid}/status").read()
        caught = int(next(line for line in status.splitlines() if line.startswith("SigCgt")).split()[1], 16)
        time.sleep(0.01)
    process.send_signal(number)
    output, complaint = process.communicate(timeout=30)
    assert process.returncode == 2 and output == b"" and complaint


def test_an_answer_that_nobody_reads_is_a_refusal(lawful):
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [BUILD / "hivectl", "hook", "claude-code", "--data", lawful.data],
        input=json.dumps(before("claude-code", "git push -f")).encode(), stdout=writer, stderr=subprocess.PIPE,
        timeout=60)
    os.close(writer)
    assert done.returncode == 2


def test_over_http_the_node_answers_the_same(lawful):
    status, answer = lawful.http("POST", "/hooks/claude-code", before("claude-code", "git push -f"), role="agent")
    assert status == 200 and answer["hookSpecificOutput"]["permissionDecision"] == "deny"
    assert lawful.http("POST", "/hooks/claude-code", before("claude-code", "true"), role="agent") == (204, None)
    assert lawful.http("POST", "/hooks/claude-code", before("claude-code", "ls"), role=None)[0] == 401
    assert lawful.http("POST", "/hooks/emacs", {}, role="agent")[0] == 404
    assert lawful.http("POST", "/hooks/claude-code", {"hook_event_name": "Nothing"}, role="agent")[0] == 400
    metrics = __import__("urllib.request").request.urlopen(__import__("urllib.request").request.Request(
        lawful.run()["api"] + "/metrics", headers={"Authorization": "Bearer " + lawful.token()})).read().decode()
    assert 'hive_hook_decisions_total{client="claude-code",effect="deny",event="beforeTool"} 1' in metrics


def mutated(event, randomness):
    """The event with something wrong in it: cut, garbled, or with members of other types."""
    kind = randomness.randrange(4)
    text = json.dumps(event).encode()
    if kind == 0:
        return text[: randomness.randrange(len(text))]
    if kind == 1:
        place = randomness.randrange(len(text))
        return text[:place] + bytes([randomness.randrange(256)]) + text[place + 1:]
    event = json.loads(text)
    name = randomness.choice(list(event))
    event[name] = randomness.choice([None, 1, [], {}, "x", True, {"a": [1]}, "\ud83d\ude00" * 50, -0.5])
    if kind == 3:
        del event[randomness.choice(list(event))]
    return json.dumps(event).encode()


def test_whatever_comes_in_only_contract_goes_out(lawful):
    randomness = random.Random(20261121)
    events = [
        before("claude-code", "git push -f"), before("claude-code", "ls"),
        {"session_id": "s", "cwd": "/tmp", "hook_event_name": "UserPromptSubmit", "prompt": "hello there"},
        {"session_id": "s", "cwd": "/tmp", "hook_event_name": "PostToolUse", "tool_name": "Edit",
         "tool_input": {"file_path": "/tmp/a", "new_string": "b"}, "tool_response": {"ok": True}},
        {"session_id": "s", "cwd": "/tmp", "hook_event_name": "Stop", "transcript_path": "/dev/zero"},
    ]
    for _ in range(120):
        raw = mutated(randomness.choice(events), randomness)
        hook(randomness.choice(list(CLIENTS)), None, lawful.data, raw=raw)
    assert lawful.ok("status")["health"]["status"] != "failing"

"""Setting agents up, on real files and processes."""

import json
import os
import pathlib
import stat
import subprocess

import pytest

from conftest import BUILD, until

CLIENTS = ["claude-code", "codex", "gemini"]


@pytest.fixture
def home(tmp_path):
    home = tmp_path / "home"
    (home / "bin").mkdir(parents=True)
    return home


def install(home, *arguments, code=0, data=None):
    done = subprocess.run(
        [BUILD / "hivectl", "agents", "install", *map(str, arguments), "--json"], capture_output=True, text=True,
        timeout=120, env={
            "HOME": str(home), "PATH": f"{home}/bin:/usr/bin:/bin", "HIVE_DATA": str(data or home / "hive")})
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)


def snapshot(folder):
    return {
        str(path.relative_to(folder)): (path.read_bytes(), stat.S_IMODE(path.stat().st_mode))
        for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_project_is_set_up_checked_and_left_as_it_was(client, home, tmp_path):
    project = tmp_path / "press"
    (project / ".claude").mkdir(parents=True)
    (project / ".codex").mkdir()
    (project / ".gemini").mkdir()
    settings = '{\n    // mine\n    "model": "x",\n    "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "say"}]}]}\n}'
    for name in [".claude/settings.json", ".gemini/settings.json"]:
        (project / name).write_text(settings)
    (project / ".codex" / "config.toml").write_text('model = "y"')
    (project / "CLAUDE.md").write_bytes(b"# Mine\r\n\r\nno last line end")
    (project / ".claude" / "settings.json").chmod(0o640)
    former = snapshot(project)
    assert not install(home, client, "--project", project, "--check", code=1)["current"]
    assert snapshot(project) == former
    report = install(home, client, "--project", project)
    assert report["current"] and {place["part"] for place in report["places"]} == {
        "mcp", "commands", "instructions", "hooks"}
    installed = snapshot(project)
    for name, (_, mode) in former.items():
        assert installed[name][1] == mode
    assert install(home, client, "--project", project)["current"]
    assert snapshot(project) == installed
    assert install(home, client, "--project", project, "--check")["current"]
    text = "".join(value.decode() for value, _ in installed.values())
    assert "hive_" not in text.replace("hive_query", "") and str(home) not in text
    install(home, client, "--project", project, "--remove")
    assert snapshot(project) == former


def test_a_user_is_set_up_and_the_bridge_and_hooks_that_are_written_work(home, make_node, tmp_path):
    node = make_node()
    install(home, "claude-code", data=node.data)
    server = json.loads((home / ".claude.json").read_text())["mcpServers"]["hive"]
    request = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}}
    environment = {"HOME": str(home), "HIVE_DATA": str(node.data), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [server["command"], *server["args"]], input=json.dumps(request) + "\n", capture_output=True, text=True,
        timeout=60, env=environment)
    assert json.loads(done.stdout.splitlines()[0])["result"]["serverInfo"]["name"]
    hooks = json.loads((home / ".claude" / "settings.json").read_text())["hooks"]
    assert set(hooks) == {
        "SessionStart", "UserPromptSubmit", "PreToolUse", "PostToolUse", "Stop", "PreCompact", "SessionEnd"}
    handler = hooks["PreToolUse"][0]["hooks"][0]
    assert handler["onFailure"] == "block" and hooks["PreToolUse"][0]["matcher"] == "*"
    event = {"session_id": "s", "cwd": "/tmp", "hook_event_name": "PreToolUse", "tool_name": "Bash",
             "tool_input": {"command": "ls"}, "permission_mode": "default"}
    done = subprocess.run(
        ["sh", "-c", handler["command"]], input=json.dumps(event), capture_output=True, text=True, timeout=60,
        env=environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    node.stop()
    done = subprocess.run(
        ["sh", "-c", handler["command"]], input=json.dumps(event), capture_output=True, text=True, timeout=60,
        env=environment)
    assert done.returncode == 2 and "hived" in done.stderr
    assert json.loads((node.data / "hooks.json").read_text()) == {"hooks": {"withoutNode": "deny"}}


def test_everybody_on_a_machine_is_set_up_below_a_root(home, tmp_path):
    root = tmp_path / "root"
    root.mkdir()
    report = install(
        home, "claude-code", "--managed", "--machine-root", root, "--without-node", "ask", "--hivectl",
        "/usr/bin/hivectl")
    assert report["current"]
    written = json.loads((root / "etc/claude-code/managed-settings.d/50-hive.json").read_text())
    handler = written["hooks"]["PreToolUse"][0]["hooks"][0]
    assert handler["command"].startswith("/usr/bin/hivectl hook claude-code --data /")
    assert " --policy " in handler["command"]
    assert json.loads((root / "etc/hive/hooks.json").read_text())["hooks"]["withoutNode"] == "ask"
    # The policy goes with the last client that asks for it.
    install(home, "gemini", "--managed", "--machine-root", root, "--hivectl", "/usr/bin/hivectl")
    install(home, "claude-code", "--managed", "--machine-root", root, "--remove")
    assert json.loads((root / "etc/hive/hooks.json").read_text())["hooks"]["withoutNode"] == "ask"
    install(home, "gemini", "--managed", "--machine-root", root, "--remove")
    assert not list(root.rglob("*.json"))


def test_hooks_that_do_not_run_do_not_count_as_set_up(home, tmp_path):
    project = tmp_path / "press"
    project.mkdir()
    install(home, "claude-code", "--project", project)
    path = project / ".claude" / "settings.json"
    whole = path.read_text()
    path.write_text(whole.replace('"matcher": "*"', '"matcher": "Nothing"'))
    assert not install(home, "claude-code", "--project", project, "--check", code=1)["current"]
    assert install(home, "claude-code", "--project", project)["current"] and path.read_text() == whole
    for place in [path, project / ".claude" / "settings.local.json", home / ".claude" / "settings.json"]:
        former = place.read_text() if place.exists() else None
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps({**json.loads(former or "{}"), "disableAllHooks": True}))
        for arguments in [["--check"], []]:
            report = install(home, "claude-code", "--project", project, *arguments, code=1)
            assert not report["current"] and report["enforcement"] == "none"
            assert any("disableAllHooks" in warning and str(place) in warning for warning in report["warnings"])
        place.unlink() if former is None else place.write_text(former)
    assert install(home, "claude-code", "--project", project, "--check")["current"]
    install(home, "gemini", "--project", project)
    settings = project / ".gemini" / "settings.json"
    settings.write_text(json.dumps({**json.loads(settings.read_text()), "hooksConfig": {"enabled": False}}))
    assert install(home, "gemini", "--project", project, "--check", code=1)["enforcement"] == "none"


def test_what_cannot_be_understood_is_refused_and_nothing_changes(home, tmp_path):
    project = tmp_path / "p"
    (project / ".claude").mkdir(parents=True)
    (project / ".claude" / "settings.json").write_text('{"hooks": ')
    former = snapshot(project)
    error = install(home, "claude-code", "--project", project, code=2)["error"]
    assert "settings.json" in error["message"] and "line 1" in error["message"]
    assert snapshot(project) == former
    assert install(home, "emacs", code=2)["error"]["code"] == "invalid_input"
    assert install(home, "claude-code", "--project", tmp_path / "none", code=1)["error"]["code"] == "not_found"
    install(home, "claude-code", "--user", "--managed", code=2)


def test_symbolic_links_are_not_followed_out_of_the_project(home, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "CLAUDE.md").write_text("not yours\n")
    project = tmp_path / "p"
    project.mkdir()
    (project / "CLAUDE.md").symlink_to(outside / "CLAUDE.md")
    error = install(home, "claude-code", "--project", project, code=4)["error"]
    assert "symbolic link" in error["message"]
    (project / "CLAUDE.md").unlink()
    (project / ".claude").symlink_to(outside)
    install(home, "claude-code", "--project", project, code=4)
    (project / ".claude").unlink()
    (project / "AGENTS.md").write_text("shared\n")
    (project / "CLAUDE.md").symlink_to("AGENTS.md")
    install(home, "claude-code", "--project", project)
    assert (project / "CLAUDE.md").is_symlink() and "hive:begin" in (project / "AGENTS.md").read_text()
    install(home, "claude-code", "--project", project, "--remove")
    assert (project / "AGENTS.md").read_text() == "shared\n"
    assert (outside / "CLAUDE.md").read_text() == "not yours\n"


def test_a_client_that_is_too_old_is_reported(home, tmp_path):
    program = home / "bin" / "claude"
    for version, level in [("2.1.100", "none"), ("2.1.250", "cooperative"), ("2.1.300", "enforced")]:
        program.write_text(f"#!/bin/sh\necho '{version} (Claude Code)'\n")
        program.chmod(0o755)
        report = install(home, "claude-code")
        assert (report["clientVersion"], report["enforcement"]) == (version, level)
        assert bool(report["warnings"]) == (level != "enforced")


def test_a_command_of_the_hive_comes_to_every_machine_that_was_set_up(hive, home, tmp_path):
    a, _, c = hive
    prompt = tmp_path / "notes.md"
    prompt.write_text("Write the notes of $ARGUMENTS.\n")
    install(home, "claude-code", data=c.data)
    made = a.ok("agents", "commands", "put", "deploy-notes", prompt, "--description", "Notes of a deployment")
    assert made["version"] == 1
    path = home / ".claude" / "commands" / "deploy-notes.md"
    until(path.exists)
    assert "Write the notes of $ARGUMENTS." in path.read_text()
    prompt.write_text("Write better notes of $ARGUMENTS.\n")
    assert a.ok("agents", "commands", "put", "deploy-notes", prompt, "--description", "Notes")["version"] == 2
    until(lambda: "better" in path.read_text())
    mine = path.read_text().replace("better", "my own")
    path.write_text(mine)
    prompt.write_text("Write the best notes.\n")
    a.ok("agents", "commands", "put", "deploy-notes", prompt, "--description", "Notes")
    until(lambda: "best" in json.dumps(c.ok("agents", "commands", "list")))
    report = install(home, "claude-code", data=c.data, code=1)
    assert [p["action"] for p in report["places"] if p["path"].endswith("deploy-notes.md")] == ["kept"]
    assert path.read_text() == mine
    install(home, "claude-code", "--force", data=c.data)
    assert "best" in path.read_text()
    a.ok("agents", "commands", "remove", "deploy-notes")
    until(lambda: not path.exists())
    status, error = a.http("PUT", "/api/v1/commands/x", {"description": "x", "prompt": "x"}, role="agent")
    assert status == 403 and error["code"] == "forbidden"
    for name in ["../x", "A", "-x", "x" * 65]:
        assert a.ctl("agents", "commands", "put", "--description", "x", "--", name, prompt)[0] == 2
    assert a.http("PUT", "/api/v1/commands/..%2Fx", {"description": "x", "prompt": "x"})[0] == 400
    assert a.ctl("agents", "commands", "remove", "recall")[0] == 1


def test_a_place_that_could_not_be_reached_gets_its_commands_once_it_can(make_node, home, tmp_path):
    node = make_node()
    prompt = tmp_path / "notes.md"
    prompt.write_text("Write the notes of $ARGUMENTS.\n")
    project = tmp_path / "press"
    project.mkdir()
    install(home, "claude-code", "--project", project, data=node.data)
    project.rename(tmp_path / "away")
    node.ok("agents", "commands", "put", "deploy-notes", prompt, "--description", "Notes of a deployment")
    until(lambda: f"claude-code in {project}: " in node.log.read_text())
    (tmp_path / "away").rename(project)
    until((project / ".claude" / "commands" / "deploy-notes.md").exists)


def test_a_list_of_installations_that_makes_no_sense_is_told_and_ends_nothing(make_node):
    def broken(node):
        node.data.mkdir(parents=True, exist_ok=True)
        (node.data / "installations.json").write_text("{")

    node = make_node(prepare=broken)
    until(lambda: "could not be brought up to date" in node.log.read_text())
    assert node.ok("status")["health"]["status"] != "failing"
    # Put there at once, so that there is no moment without a list.
    (node.data / "other").mkdir()
    (node.data / "link").symlink_to("other")
    (node.data / "link").rename(node.data / "installations.json")
    until(lambda: node.log.read_text().count("could not be brought up to date") == 2)
    assert node.ok("status") and node.process.poll() is None

"""hivectl as a program among others: exit codes, pipes, terminals, completions, man pages."""

import json
import os
import pty
import re
import shutil
import signal
import subprocess

import pytest

from conftest import BUILD, ROOT, until

HIVECTL = BUILD / "hivectl"


def run(*arguments, env=None, **options):
    return subprocess.run(
        [HIVECTL, *map(str, arguments)], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
        env={**os.environ, **(env or {})}, **options)


def on_a_terminal(*arguments, env=None):
    """Exit code and all that a terminal is sent."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [HIVECTL, *map(str, arguments)], stdin=follower, stdout=follower, stderr=follower,
        env={**os.environ, "TERM": "xterm", **(env or {})})
    os.close(follower)
    text = b""
    while True:
        try:
            part = os.read(leader, 65_536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.close(leader)
    return process.wait(timeout=60), text.decode()


def test_exit_codes_say_what_happened(make_node, tmp_path):
    node = make_node()
    known = node.ok("memory", "add", "there")["id"]
    rules = ROOT / "Examples" / "rules"
    question = tmp_path / "input.json"
    question.write_text(json.dumps(
        {"event": "tool.pre", "tool": "Bash", "command": "git push -f", "git": {"branch": "main"}}))
    data = ["--data", node.data]
    agent = {"HIVE_URL": node.run()["api"], "HIVE_TOKEN": node.token("agent")}
    table = [
        (0, ["memory", "get", known, *data], {}), (0, ["--help"], {}), (0, ["--version"], {}),
        (0, ["conflicts", "list", *data], {}), (0, ["cel", "eval", "1 + 1"], {}),
        (1, ["memory", "get", "f00f00f00f00", *data], {}), (1, ["memory", "search", "zebra", "--tag", "no", *data], {}),
        (1, ["rules", "eval", rules, "--input", question], {}),
        (2, ["memory", "add", *data], {}), (2, ["remember"], {}), (2, ["memory", "recent", "--limit", "many", *data], {}),
        (2, ["memory", "erase", known, *data], {}), (2, ["memory", "add", "x", "--scope", "nowhere", *data], {}),
        (2, ["rules", "lint", tmp_path / "no-rules"], {}),
        (3, ["status", "--data", tmp_path], {}), (3, ["status"], {"HIVE_URL": "http://127.0.0.1:9"}),
        (4, ["rules", "push", rules], agent), (4, ["status"], {**agent, "HIVE_TOKEN": "hive_not-the-right-one-at-all"}),
    ]
    for code, arguments, env in table:
        for json_too in ([], ["--json"]):
            if json_too and arguments[0].startswith("--"):
                continue
            done = run(*arguments, *json_too, env=env)
            assert done.returncode == code, (code, arguments, done.stdout, done.stderr)
            if code > 1 and json_too:
                error = json.loads(done.stdout)["error"]
                assert error["code"] and error["message"] and "hint" in error
                assert done.stderr == ""
            elif code > 1:
                assert done.stdout == "" and done.stderr
                if arguments[0] not in ("remember",) and "Usage" not in done.stderr:
                    assert re.match(r"error: .* \(\w+\)\n", done.stderr), done.stderr


def test_a_terminal_is_coloured_and_a_pipe_is_not(make_node):
    node = make_node()
    node.ok("memory", "add", "note")
    data = ["--data", node.data]
    assert "\x1b[1m" in on_a_terminal("memory", "recent", *data)[1]
    assert "\x1b[32m" in on_a_terminal("doctor", *data)[1]
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        for command in (["memory", "recent"], ["doctor"]):
            assert "\x1b" not in on_a_terminal(*command, *data, env=env)[1]
    assert "\x1b" not in run("memory", "recent", *data).stdout


def test_a_memory_cannot_speak_to_a_terminal(make_node):
    node = make_node()
    evil = "start \x1b]0;owned\x07 \x1b[2J \x9b31m \x1b]52;c;ZXZpbA==\x07 \r\x08 \u202ereversed end"
    identifier = node.ok("memory", "add", "-", "--tag", "ta\x1b[31mg", stdin=evil)["id"]
    assert node.ok("memory", "get", identifier)["content"] == evil, "it is stored and told as it is"
    for command in (["memory", "get", identifier], ["memory", "recent"], ["memory", "search", "reversed"],
                    ["memory", "history", identifier], ["memory", "context", "reversed"], ["memory", "stats"]):
        for json_too in ([], ["--json"]):
            code, text = on_a_terminal(*command, *json_too, "--data", node.data, env={"NO_COLOR": "1"})
            assert code == 0
            shown = text.replace("\r\n", "\n")
            bad = [character for character in shown
                   if ord(character) < 32 and character not in "\n\t" or 0x7f <= ord(character) <= 0x9f
                   or character == "\u202e"]
            assert not bad, (command, bad, text)
    piped = run("memory", "get", identifier, "--json", "--data", node.data)
    assert json.loads(piped.stdout)["content"] == evil


def test_a_reader_that_goes_ends_the_command_quietly(make_node):
    node = make_node()
    for number in range(40):
        node.ok("memory", "add", f"note {number} " + "long " * 2000)
    process = subprocess.Popen(
        [HIVECTL, "memory", "recent", "--limit", "40", "--json", "--data", node.data], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=60) == -signal.SIGPIPE and process.stderr.read() == b""
    with open("/dev/full", "w") as full:
        assert subprocess.run([HIVECTL, "--help"], stdout=full, timeout=60).returncode == 5


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completions_are_what_their_shell_can_read(shell, tmp_path):
    script = run("--generate-completion-script", shell).stdout
    assert "hivectl" in script and len(script) > 5000
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "script"
    file.write_text(script)
    subprocess.run([shell, "-n", file], check=True, timeout=60)


def test_bash_completes_commands_and_what_the_node_holds(make_node, tmp_path):
    node = make_node()
    identifier = node.ok("memory", "add", "to be completed")["id"]
    script = tmp_path / "hivectl.bash"
    script.write_text(run("--generate-completion-script", "bash").stdout)

    def complete(*words):
        line = " ".join(words)
        program = (
            f"source {script}; COMP_WORDS=({line} ''); COMP_CWORD={len(words)}; COMP_LINE='{line} '; "
            f"COMP_POINT={len(line) + 1}; COMP_TYPE=9; COMPREPLY=(); _hivectl; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        done = subprocess.run(
            ["bash", "-c", program], capture_output=True, text=True, timeout=60,
            env={**os.environ, "PATH": f"{BUILD}:{os.environ['PATH']}", "HIVE_DATA": str(node.data)})
        return [word.strip() for word in done.stdout.split("\n") if word.strip()]

    assert {"memory", "rules", "doctor"} <= set(complete("hivectl"))
    assert {"add", "get", "search"} <= set(complete("hivectl", "memory"))
    assert identifier in complete("hivectl", "memory", "get")
    node.stop()
    assert identifier not in complete("hivectl", "memory", "get"), "nobody waits for a node that is not there"


def test_every_command_has_a_man_page(tmp_path):
    subprocess.run(
        [ROOT / "Scripts" / "install-manual", BUILD, tmp_path], check=True, capture_output=True, timeout=120, cwd=ROOT)
    pages = sorted((tmp_path / "man" / "man1").iterdir())
    names = {page.name for page in pages}
    assert {"hivectl.1", "hivectl-memory-add.1", "hived.1", "hivectl-memory-episode-start.1"} <= names
    assert len(pages) > 100
    assert (tmp_path / "bash-completion" / "completions" / "hivectl").stat().st_size > 5000
    text = (tmp_path / "man" / "man1" / "hivectl-memory-add.1").read_text()
    assert ".SH EXAMPLES" in text and "\\fB\\-\\-tag\\fR" in text
    if shutil.which("groff") is None:
        pytest.skip("groff is not installed")
    done = subprocess.run(
        ["groff", "-Kutf8", "-man", "-Tutf8", "-ww", "-z", *map(str, pages)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and not done.stderr.strip(), done.stderr[:2000]

"""What every command prints, for people and as JSON, held against texts that are kept beside this file.

`make snapshots` records them anew; look at the difference before you commit it.
"""

import json
import os
import pathlib
import re
import subprocess

from conftest import BUILD, ROOT, Node

FOLDER = pathlib.Path(__file__).parent / "Snapshots"
RECORDS = os.environ.get("HIVE_SNAPSHOTS") == "record"

# Offline commands, and those whose output is not text for people; they have tests of their own.
ELSEWHERE = {"mcp", "check", "restore", "man", "config show", "doctor", "import", "export", "verify"}


class Normaliser:
    """Ids, times and the like become words that are the same in every run: `<id 1>` is the first id that is seen."""

    PATTERNS = [
        ("token", re.compile(r"hive1-[A-Za-z0-9_-]{40,}")),
        ("id", re.compile(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{32}\b|\b(?=\d*[a-f])[0-9a-f]{16}\b")),
        ("time", re.compile(r"\b2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")),
        ("address", re.compile(r"(?:127\.0\.0\.1|0\.0\.0\.0|localhost|\[::1\]):\d+")),
    ]

    def __init__(self, node):
        self.seen = {}
        self.paths = [(re.escape(str(node.data)), "<data>"), (rf"\b{re.escape(os.uname().nodename)}\b", "<machine>")]
        for own in ("node", "hive"):
            self.word("id", node.run()[own])

    def word(self, kind, text):
        known = self.seen.setdefault(kind, {})
        return known.setdefault(text, f"<{kind} {len(known) + 1}>")

    def __call__(self, text):
        for path, word in self.paths:
            text = re.sub(path, word, text)
        for kind, pattern in self.PATTERNS:
            if kind == "time":
                text = pattern.sub("<time>", text)
            else:
                text = pattern.sub(lambda match: self.word(kind, match.group()), text)
        for full, word in self.seen.get("id", {}).items():
            text = re.sub(rf"\b{full[:8]}[0-9a-f]*\b", word.replace("id", "short"), text)
        # Tokens of versions, and numbers that no run repeats.
        text = re.sub(
            r"(?<![A-Za-z0-9_-])(?=[A-Za-z0-9_-]*[A-Z])(?=[A-Za-z0-9_-]*[0-9])[A-Za-z0-9_-]{24,}", "<version>", text)
        text = re.sub(r'"tokens":\d+', '"tokens":<number>', text)
        text = re.sub(r"\b\d+ MiB are free", "<number> MiB are free", text)
        text = re.sub(r"\b[0-9a-f]{8}#(\d+)", r"<log>#\1", text)
        text = re.sub(r'"(\w*(?:[sS]econds|[bB]ytes\w*|durationNanoseconds|durationMilliseconds|uptimeSeconds))":[0-9.e+-]+',
                      r'"\1":<number>', text)
        text = re.sub(r'"(\w*(?:[cC]onfidence|vitality|belief|score|words|meaning|fused|recency|trust|similarity|freshness))":'
                      r'-?[0-9.e+-]+', r'"\1":<number>', text)
        # What claims of tasks are granted under.
        text = re.sub(r'("fence":|number )\d{10,}', r"\1<number>", text)
        text = re.sub(r"after \d+ ms", "after <number> ms", text)
        text = re.sub(r"\b\d{1,2}s\b", "<age>", text)
        # Scopes are told in the order of their ids, which is another in every hive.
        text = re.sub(r'("scopes":\[)([^\]]*)', lambda m: m[1] + ",".join(sorted(m[2].split(","))), text)
        text = re.sub(r"(?m)^(scopes +)(.*)$", lambda m: m[1] + ", ".join(sorted(m[2].split(", "))), text)
        text = re.sub(r"\b[01]\.\d{3,}\b", "<number>", text)
        return re.sub(r" +", " ", re.sub(r"-{4,}", "----", text))


def commands(node):
    """Every command with arguments that lead to an answer; each sees what those before it did. `{name}` is an id that a
    command named so has answered."""
    rules = ROOT / "Examples" / "rules"
    return [
        ("memory add", ["memory", "add", "kube-proxy on web-3 needs a restart", "--tag", "kubernetes", "--category",
                        "infrastructure"], "note"),
        ("memory add hostile", ["memory", "add", "evil \x1b]0;title\x07 text \x1b[2J and 日本語", "--tag", "wide"], "hostile"),
        ("memory get", ["memory", "get", "{note}"], None),
        ("memory get hostile", ["memory", "get", "{hostile}"], None),
        ("memory get nothing", ["memory", "get", "f00f00f00f00"], None),
        ("memory search", ["memory", "search", "kube-proxy restart"], None),
        ("memory search nothing", ["memory", "search", "zebra", "--tag", "none"], None),
        ("memory recent", ["memory", "recent"], None),
        ("memory update", ["memory", "update", "{note}", "--tag", "web"], None),
        ("memory history", ["memory", "history", "{note}"], None),
        ("memory verify", ["memory", "verify", "{note}", "--reason", "asked it"], None),
        ("memory contradict", ["memory", "contradict", "{note}", "--reason", "not any more"], None),
        ("memory used", ["memory", "used", "{note}"], None),
        ("memory belief", ["memory", "belief", "{note}"], None),
        ("memory beliefs", ["memory", "beliefs"], None),
        ("memory pin", ["memory", "pin", "{note}"], None),
        ("memory unpin", ["memory", "unpin", "{note}"], None),
        ("memory archive", ["memory", "archive", "{note}"], None),
        ("memory unarchive", ["memory", "unarchive", "{note}"], None),
        ("memory core", ["memory", "core", "{note}"], None),
        ("memory link", ["memory", "link", "{note}", "caused_by", "{hostile}"], None),
        ("memory neighbours", ["memory", "neighbours", "{note}"], None),
        ("memory unlink", ["memory", "unlink", "{note}", "caused_by", "{hostile}"], None),
        ("memory attend", ["memory", "attend", "{note}", "--agent", "ann"], None),
        ("memory working list", ["memory", "working", "list", "--agent", "ann"], None),
        ("memory working refresh", ["memory", "working", "refresh", "--agent", "ann"], None),
        ("memory context", ["memory", "context", "kube-proxy", "--agent", "ann"], None),
        ("memory working evict", ["memory", "working", "evict", "{note}", "--agent", "ann"], None),
        ("memory working clear", ["memory", "working", "clear", "--agent", "ann"], None),
        ("memory promote", ["memory", "promote", "{note}", "--to", "universal"], None),
        ("memory duplicates", ["memory", "duplicates"], None),
        ("memory consolidate", ["memory", "consolidate", "--dry-run"], None),
        ("memory stats", ["memory", "stats"], None),
        ("memory episode start", ["memory", "episode", "start", "gateway answers 502"], "episode"),
        ("memory episode append", ["memory", "episode", "append", "{episode}", "envoy restarted"], None),
        ("memory episode end", ["memory", "episode", "end", "{episode}", "success", "--note", "renewed it"], None),
        ("memory episode show", ["memory", "episode", "show", "{episode}"], None),
        ("memory episode list", ["memory", "episode", "list"], None),
        ("memory episode similar", ["memory", "episode", "similar", "{episode}"], None),
        ("memory episode reopen", ["memory", "episode", "reopen", "{episode}"], None),
        ("memory skill add", ["memory", "skill", "add", "Roll back the api", "--trigger", "a release is broken", "--step",
                              "helm rollback api"], "skill"),
        ("memory skill used", ["memory", "skill", "used", "{skill}", "--result", "success"], None),
        ("memory skill refine", ["memory", "skill", "refine", "{skill}", "--why", "pods hung", "--step", "drain"], None),
        ("memory skill show", ["memory", "skill", "show", "{skill}"], None),
        ("memory skill list", ["memory", "skill", "list", "the release broke"], None),
        ("memory skill propose", ["memory", "skill", "propose", "--dry-run"], None),
        ("memory retract", ["memory", "retract", "{hostile}", "--reason", "evil"], None),
        ("memory merge", ["memory", "merge", "{note}", "{hostile}"], None),
        ("memory forget", ["memory", "forget", "{note}"], None),
        ("memory erase refused", ["memory", "erase", "{note}"], None),
        ("memory erase", ["memory", "erase", "{note}", "--yes"], None),
        ("infra record", ["infra", "record", "web-3/nginx", "--status", "down", "--value", "errors=502"], None),
        ("infra list", ["infra", "list"], None),
        ("infra show", ["infra", "show", "web-3/nginx"], None),
        ("infra history", ["infra", "history", "web-3/nginx"], None),
        ("incident open", ["incident", "open", "checkout answers 502", "--severity", "high", "--system", "checkout"],
         "incident"),
        ("incident note", ["incident", "note", "{incident}", "the pool is full"], None),
        ("incident link", ["incident", "link", "{incident}", "cause", "web-3/nginx"], None),
        ("incident update", ["incident", "update", "{incident}", "--status", "investigating"], None),
        ("incident show", ["incident", "show", "{incident}"], None),
        ("incident timeline", ["incident", "timeline", "{incident}"], None),
        ("incident suggest", ["incident", "suggest", "{incident}"], None),
        ("incident resolve", ["incident", "resolve", "{incident}", "raised the limit"], None),
        ("incident list", ["incident", "list"], None),
        ("runbook new", ["runbook", "new", "--from", "{incident}", "--owner", "platform"], "runbook"),
        ("runbook update", ["runbook", "update", "{runbook}", "--owner", "web"], None),
        ("runbook run-record", ["runbook", "run-record", "{runbook}", "success"], None),
        ("runbook show", ["runbook", "show", "{runbook}"], None),
        ("runbook render", ["runbook", "render", "{runbook}"], None),
        ("runbook list", ["runbook", "list"], None),
        ("rules push", ["rules", "push", rules], None),
        ("rules list", ["rules", "list"], None),
        ("rules show", ["rules", "show", "no-force-push-protected"], None),
        ("rules disable", ["rules", "disable", "no-force-push-protected"], None),
        ("rules enable", ["rules", "enable", "no-force-push-protected"], None),
        ("rules packs", ["rules", "packs"], None),
        ("rules lint", ["rules", "lint", rules], None),
        ("rules test", ["rules", "test", rules], None),
        ("peers list", ["peers", "list"], None),
        ("peers invite", ["peers", "invite"], None),
        ("sync now", ["sync", "now"], None),
        ("sync status", ["sync", "status"], None),
        ("sync history", ["sync", "history"], None),
        ("conflicts list", ["conflicts", "list"], None),
        ("conflicts show", ["conflicts", "show", "f00f00"], None),
        ("scopes list", ["scopes", "list"], None),
        ("keys status", ["keys", "status"], None),
        ("backup list", ["backup", "list"], None),
        ("backup mirrors", ["backup", "mirrors"], None),
        ("cel eval", ["cel", "eval", "[1, 2].map(x, x * 2)"], None),
        ("config check", ["config", "check"], None),
        ("bad usage", ["memory", "add"], None),
        ("unknown command", ["remember"], None),
        ("no node", ["status", "--data", node.data / "nowhere"], None),
        ("status", ["status"], None),
        ("scopes create", ["scopes", "create", "collective:platform"], None),
        ("scopes show", ["scopes", "show", "collective:platform"], None),
        ("rules history", ["rules", "history", "no-force-push-protected"], None),
        ("agents register", ["agents", "register", "ava", "--role", "builder", "--capability", "tls"], None),
        ("agents heartbeat", ["agents", "heartbeat", "ava", "--status", "reads logs", "--load", "0.5"], None),
        ("agents list", ["agents", "list", "--role", "builder"], None),
        ("agents show", ["agents", "show", "ava"], None),
        ("agents suspend", ["agents", "suspend", "ava", "--reason", "a new key"], None),
        ("agents resume", ["agents", "resume", "ava"], None),
        ("agents history", ["agents", "history", "ava"], None),
        ("agents who", ["agents", "who", "nginx", "--limit", "1"], None),
        ("agents commands list", ["agents", "commands", "list"], None),
        ("forks list", ["forks", "list"], None),
        ("tasks delegate", ["tasks", "delegate", "Renew the certificate", "--anyone"], "task"),
        ("tasks claim", ["tasks", "claim", "{task}", "--agent", "ava"], None),
        ("tasks progress", ["tasks", "progress", "{task}", "--agent", "ava", "--percent", "40"], None),
        ("tasks fail", ["tasks", "fail", "{task}", "no access", "--agent", "ava"], None),
        ("tasks list", ["tasks", "list"], None),
        ("tasks cancel", ["tasks", "cancel", "{task}", "--reason", "done by hand"], None),
        ("tasks show", ["tasks", "show", "{task}"], None),
        ("tell", ["tell", "ava", "the certificate is renewed"], None),
        ("broadcast", ["broadcast", "the registry is down"], None),
        ("inbox", ["inbox", "--agent", "ava"], None),
        ("ask", ["ask", "ava", "is web-3 up?", "--timeout", "1s"], None),
        ("agents retire", ["agents", "retire", "ava"], None),
        ("token create", ["token", "create", "ci"], None),
        ("token revoke", ["token", "revoke", "ci"], None),
        ("dashboard", ["dashboard"], None),
    ]


def run(node, arguments):
    data = [] if "--data" in arguments else ["--data", node.data]
    done = subprocess.run(
        [BUILD / "hivectl", *map(str, arguments), *map(str, data)], capture_output=True, text=True, timeout=120,
        stdin=subprocess.DEVNULL)
    return done


def transcript(node, mode):
    normalise, ids, parts = Normaliser(node), {}, []
    for name, arguments, keeps in commands(node):
        arguments = [ids[str(item)[1:-1]] if str(item)[1:-1] in ids else item for item in arguments]
        done = run(node, arguments + (["--json"] if mode == "json" else []))
        if keeps:
            found = re.search(r"\b[0-9a-f]{32}\b", done.stdout)
            assert found, f"{name}: {done.stdout} {done.stderr}"
            ids[keeps] = found.group()
        if mode == "json":
            json.loads(done.stdout)  # one document and nothing else
        if name == "scopes list":
            assert done.returncode == 0 and all(scope in done.stdout for scope in ("instance", "universal", "main"))
            continue
        assert "\x1b" not in done.stdout + done.stderr, name
        parts.append(f"$ {name}\n{done.stdout}" + "".join(f"! {line}\n" for line in done.stderr.splitlines())
                     + (f"exit {done.returncode}\n" if done.returncode else ""))
    return normalise("\n".join(parts))


def holds(name, text):
    path = FOLDER / name
    if RECORDS:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert path.exists(), "record it with `make snapshots`"
    assert text == path.read_text(), f"{name} differs; `make snapshots` records what is printed now"


def test_commands_print_for_people_what_they_did(make_node):
    holds("people.txt", transcript(make_node("snapshot"), "people"))


def test_commands_print_one_json_document(make_node):
    holds("json.txt", transcript(make_node("snapshot"), "json"))


def test_every_command_that_prints_is_among_the_snapshots(tmp_path):
    help = json.loads(subprocess.run(
        [BUILD / "hivectl", "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout)

    def leaves(command, path=()):
        path = path + (command["commandName"],)
        below = [item for item in command.get("subcommands", []) if item["commandName"] != "help"]
        return [leaf for item in below for leaf in leaves(item, path)] if below else [" ".join(path[1:])]

    known = {name for name, _, _ in commands(Node("none", tmp_path))}
    own_tests = {line.strip() for line in (FOLDER / "elsewhere.txt").read_text().splitlines() if line.strip()}
    missing = {leaf for leaf in leaves(help["command"]) if leaf not in known} - ELSEWHERE - own_tests
    assert not missing, f"add these to `commands`, or to elsewhere.txt if another test shows their output: {missing}"


def test_help_of_every_command(tmp_path):
    help = json.loads(subprocess.run(
        [BUILD / "hivectl", "--experimental-dump-help"], capture_output=True, text=True, check=True).stdout)
    for command in help["command"]["subcommands"]:
        if command["commandName"] == "help":
            continue
        done = subprocess.run(
            [BUILD / "hivectl", command["commandName"], "--help"], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0 and "OVERVIEW" in done.stdout and "Example" in done.stdout

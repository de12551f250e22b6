"""Health, metrics, logs and configuration of real nodes, as somebody who operates them sees them."""

import gzip
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import urllib.request

import pytest

from conftest import BUILD, ROOT, until

RULES = ROOT / "Examples" / "rules"
PROMTOOL = shutil.which("promtool") or shutil.which(str(ROOT / ".venv" / "bin" / "promtool"))


def configure(text):
    def prepare(node):
        node.data.mkdir(parents=True, exist_ok=True)
        (node.data / "hive.yaml").write_text(text)

    return prepare


def metrics(node):
    request = urllib.request.Request(
        node.run()["api"] + "/metrics", headers={"Authorization": "Bearer " + node.token("agent")})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def busy(a, b):
    """Uses everything that has a number."""
    identifier = a.ok("memory", "add", "web-3 runs nginx", "--scope", "collective:main")["id"]
    until(lambda: b.ctl("memory", "get", identifier)[0] == 0)
    a.ok("memory", "search", "nginx")
    a.ok("rules", "push", RULES)
    assert a.http("POST", "/api/v1/decisions", {"event": "tool.pre", "tool": "Bash", "command": "ls"})[0] == 200
    a.ctl("memory", "get", "f00f00")
    for node, text in ((a, "on a"), (b, "on b")):
        node.ok("memory", "add", f"web-9 is {text}", "--subject", "web-9", "--relation", "is", "--object", text,
                "--single-valued", "--scope", "collective:main")
    until(lambda: a.ctl("conflicts", "list")[0] == 1)
    conflict = a.ctl("conflicts", "list")[1]["items"][0]["id"]
    a.ok("conflicts", "resolve", conflict, "--take", "newest")
    task = a.ok("tasks", "delegate", "look at web-9", "--anyone")["id"]
    claim = a.ok("tasks", "claim", task, "--agent", "ava")["claim"]
    a.ok("tasks", "complete", task, "--agent", "ava", "--fence", str(claim["fence"]))
    event = {"hook_event_name": "PreToolUse", "session_id": "s", "cwd": "/tmp", "tool_name": "Bash",
             "tool_input": {"command": "ls"}}
    assert a.http("POST", "/hooks/claude-code", event)[0] in (200, 204)
    a.ok("sync", "now")


@pytest.fixture
def pair(make_node):
    a, b = make_node("a"), make_node("b")
    b.ok("peers", "join", a.ok("peers", "invite", "--role", "steward")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 1 for node in (a, b)))
    return a, b


def test_every_promised_metric_exists_after_use(pair):
    a, b = pair
    busy(a, b)
    text = metrics(a)
    found = set(re.findall(r"^# TYPE (\S+) ", text, re.M))
    promised = {
        "agent_requests_total", "agent_request_duration_seconds", "agent_errors_total", "agent_resource_usage_bytes",
        "agent_circuit_breaker_state", "hive_sync_total", "hive_sync_duration_seconds", "hive_sync_failures_total",
        "hive_conflicts_detected_total", "hive_conflicts_resolved_total", "hive_sync_bytes_sent_total",
        "hive_sync_bytes_received_total", "hive_operations_synced_total", "hive_replication_lag_operations",
        "hive_decisions_total", "hive_decision_duration_seconds", "hive_health", "hive_build_info",
        "hive_peers_connected", "hive_peers_known", "hive_log_lines_dropped_total", "hive_mirrors_held",
        "hive_mirrors_held_bytes", "hive_mirror_copies_missing"}
    assert promised <= found, promised - found
    told = set(re.findall(r"`((?:hive|agent)_[a-z_]+)", (ROOT / "HANDBOOK.md").read_text())) - {"agent_id"}
    only_sometimes = {  # with a model server, with traces, with mirrors, or when a rule fails
        "agent_ollama_queue_depth", "hive_model_requests_total", "hive_model_failures_total", "hive_model_refused_total",
        "hive_rule_errors_total", "hive_spans_sent_total", "hive_spans_dropped_total", "hive_span_exports_failed_total",
        "hive_mirror_copies"}
    assert told - only_sometimes <= found, told - only_sometimes - found
    values = dict(re.findall(r"^(\S+) (\S+)$", text, re.M))
    assert float(values['agent_resource_usage_bytes{resource="memory"}']) > 1 << 20
    assert float(values['agent_circuit_breaker_state{circuit="writes"}']) == 0
    assert float(values["hive_peers_connected"]) == 1 and float(values["hive_conflicts_resolved_total"]) >= 1
    assert float(values["hive_sync_duration_seconds_count"]) == float(values["hive_sync_total"]) >= 1


@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not installed (Debian: prometheus)")
def test_promtool_finds_nothing_wrong_with_the_metrics(pair):
    a, b = pair
    busy(a, b)
    done = subprocess.run([PROMTOOL, "check", "metrics"], input=metrics(a), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and not done.stderr.strip(), done.stdout + done.stderr


def test_health_tells_what_was_looked_at_and_what_to_do(make_node):
    node = make_node(prepare=configure("health: {disk-free: 1024TiB}\n"))
    status, health = node.http("GET", "/health", role=None)
    assert status == 200 and health["status"] == "degraded" and health["ready"]
    disk = next(check for check in health["checks"] if check["id"] == "disk")
    assert disk["state"] == "warning" and disk["advice"] and disk["message"] in health["reasons"]
    assert {check["id"] for check in health["checks"]} >= {"store", "disk", "law", "peers"}
    assert node.http("GET", "/health/ready", role=None)[0] == 200, "degraded is still at work"


def test_a_broken_store_shows_in_the_health_after_it_was_checked(make_node):
    node = make_node()
    node.ok("memory", "add", "whole")
    assert node.ok("verify")["ok"]
    checks = node.http("GET", "/health")[1]["checks"]
    assert next(check for check in checks if check["id"] == "scrub")["state"] == "ok"


def test_a_peer_that_is_gone_shows_after_a_while(make_node):
    a = make_node("a", prepare=configure("health: {peer-silence: 1s}\n"))
    b = make_node("b")
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: a.ok("status")["peersConnected"] == 1)
    assert a.http("GET", "/health")[1]["status"] == "ok"
    b.stop()
    until(lambda: any("`b` was not heard" in reason for reason in a.http("GET", "/health")[1]["reasons"]))


def test_requests_are_told_with_their_ids_and_without_secrets(make_node):
    node = make_node(prepare=configure("log-level: debug\nlog: {format: json, access: on}\n"))
    request = urllib.request.Request(
        node.run()["api"] + "/api/v1/memories?q=hidden-question",
        headers={"Authorization": "Bearer " + node.token("agent"), "X-Request-Id": "trace-me-1"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.headers["X-Request-Id"] == "trace-me-1"
    for given in ("evil\tid", "x" * 129, "a b"):
        request = urllib.request.Request(node.run()["api"] + "/health", headers={"X-Request-Id": given})
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert re.fullmatch(r"[0-9a-z]{20}", answer.headers["X-Request-Id"])

    def line():
        lines = [json.loads(text) for text in node.log.read_text().splitlines() if text.startswith("{")]
        return next((entry for entry in lines if entry.get("request") == "trace-me-1"
                     and entry["message"] == "answered"), None)

    until(lambda: line() is not None)
    told = line()
    assert told["caller"] == "agent.token" and told["status"] == "200" and told["method"] == "GET", told
    assert float(told["milliseconds"]) >= 0 and told["level"] == "info"
    assert "hidden-question" not in node.log.read_text()


def test_no_secret_is_ever_in_a_log(make_node):
    settings = configure("log-level: trace\nlog: {format: json, access: on}\n")
    a, b = make_node("a", prepare=settings), make_node("b", prepare=settings)
    line = a.ok("peers", "invite", "--role", "steward")["line"]
    b.ok("peers", "join", line)
    until(lambda: all(node.ok("status")["peersConnected"] == 1 for node in (a, b)))
    busy(a, b)
    secret = a.ok("memory", "add", "the harbour xylophonist", "--scope", "collective:main")["id"]
    until(lambda: b.ctl("memory", "get", secret)[0] == 0)
    a.ctl("memory", "search", "xylophonist")
    a.http("GET", "/api/status", headers={"Authorization": "Bearer hive_wrong-but-long-enough-to-be-one"}, role=None)
    a.ok("backup", "make", a.data / "copy.hive", "--key", a.data / "copy.key")
    for node in (a, b):
        node.stop()
        text = node.log.read_bytes()
        hidden = [node.token("agent"), node.token("operator"), line, "hive_wrong-but-long-enough-to-be-one"]
        for bad in hidden + ["xylophonist", "web-3 runs nginx"]:
            assert bad.encode() not in text, bad
        key = (node.data / "identity.key").read_bytes()
        assert key not in text and key.hex().encode() not in text


def test_a_log_file_is_put_aside_compressed_and_reopened(make_node, tmp_path):
    log = tmp_path / "logs" / "hived.log"
    log.parent.mkdir()
    node = make_node(prepare=configure(
        f"log: {{format: json, access: on, file: {log}, rotate: {{size: 8KiB}}}}\n"))
    for _ in range(80):
        node.http("GET", "/health")
    until(lambda: len(list(log.parent.glob("hived.log-*"))) >= 2)
    log.rename(tmp_path / "moved")
    node.process.send_signal(signal.SIGHUP)
    until(lambda: log.exists() and "read anew" in log.read_text())
    assert oct(log.stat().st_mode & 0o777) == "0o600"
    node.stop()
    node.start()  # what was put aside before is taken care of by the next run at the latest
    until(lambda: list(log.parent.glob("hived.log-*.gz")))
    packed = sorted(log.parent.glob("hived.log-*.gz"))[0]
    for line in gzip.decompress(packed.read_bytes()).decode().splitlines():
        assert json.loads(line)["time"]


def test_hangup_changes_what_can_change_and_says_what_cannot(make_node):
    node = make_node(prepare=configure("log-level: info\n"))
    (node.data / "hive.yaml").write_text("log-level: debug\nrecord-decisions: true\n")
    node.process.send_signal(signal.SIGHUP)
    until(lambda: "restart the node for these to take effect" in node.log.read_text())
    assert "to take effect: record-decisions" in node.log.read_text()
    node.http("GET", "/health")
    until(lambda: "answered" in node.log.read_text())
    (node.data / "hive.yaml").write_text("log-level: loud\n")
    node.process.send_signal(signal.SIGHUP)
    until(lambda: "the former one stays" in node.log.read_text())
    assert node.http("GET", "/health")[0] == 200


def test_configurations_that_make_no_sense_are_refused(make_node, tmp_path):
    for text, words in [
        ("log: {format: xml}\n", "use text or json"), ("log: {file: here.log}\n", "whole path"),
        ("log: {colour: on}\n", "colour"), ("log: {rotate: {size: 1}}\n", "512MiB"), ("traces: {sample: 0.5}\n", "endpoint"),
        ("traces: {endpoint: 'ftp://x'}\n", "http://127.0.0.1:4318"),
        ("traces: {endpoint: 'http://x', sample: 2}\n", "from 0 for none"), ("health: {scrub: often}\n", "or off"),
        ("log: {file: /no/such/folder/x.log}\n", None),
    ]:
        file = tmp_path / "hive.yaml"
        file.write_text(text)
        done = subprocess.run(
            [BUILD / "hivectl", "config", "check", file, "--data", tmp_path / "empty", "--json"], capture_output=True,
            text=True, timeout=60)
        answer = json.loads(done.stdout)
        if words is None:
            assert done.returncode == 0, "whether it can be written is seen at the start"
            continue
        assert done.returncode == 2 and words in answer["error"]["message"] + answer["error"]["hint"], (text, answer)


def test_the_configuration_is_shown_with_the_origin_of_each_value(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "hive.yaml").write_text(
        "name: kitchen\nlog:\n  format: json\n  rotate: {size: 1MiB}\nsearch:\n  meaning: off\n  recency: 0.2\n"
        "lifecycle: {duplicates: keep}\nbackup:\n  mirrors: [{peer: cellar}]\n")
    environment = {**os.environ, "HIVE_LOG_LEVEL": "debug", "HIVE_SEARCH_MEANING_KEY": "sk-very-secret-indeed"}
    done = subprocess.run(
        [BUILD / "hivectl", "config", "show", "--data", data, "--json"], capture_output=True, text=True,
        env=environment, timeout=60)
    assert done.returncode == 0, done.stdout
    items = {item["key"]: (item["value"], item["origin"]) for item in json.loads(done.stdout)["items"]}
    assert items["name"] == ("kitchen", "hive.yaml:1")
    assert items["log.format"] == ("json", "hive.yaml:3")
    assert items["log.rotate.size"][0] == "1MiB" and items["log.rotate.age"] == ("24h", "default")
    assert items["log-level"] == ("debug", "environment HIVE_LOG_LEVEL")
    assert items["search.recency"] == ("0.2", "hive.yaml:7")
    assert items["lifecycle.duplicates"][0] == "keep" and items["backup.mirrors"] == ("1 entries", "hive.yaml:10")
    assert items["listen"] == ("127.0.0.1:8899", "default")
    assert "sk-very-secret" not in done.stdout
    human = subprocess.run(
        [BUILD / "hivectl", "config", "show", "--data", data], capture_output=True, text=True, env=environment,
        timeout=60).stdout
    assert human.startswith("SETTING") and "environment HIVE_LOG_LEVEL" in human and "sk-very" not in human


def checks(node_data, code, env=None):
    done = subprocess.run(
        [BUILD / "hivectl", "doctor", "--data", node_data, "--json"], capture_output=True, text=True, timeout=60,
        env={**os.environ, **(env or {})})
    assert done.returncode == code, done.stdout
    answer = json.loads(done.stdout)
    assert answer["ok"] == (code == 0)
    return {item["id"]: item for item in answer["items"]}


def test_the_doctor_finds_what_is_wrong_with_a_node_that_runs(make_node):
    node = make_node()
    found = checks(node.data, 0)
    assert {"directory", "identity", "tokens", "database", "disk", "clock", "config", "node", "version", "store",
            "law"} <= set(found)
    assert all(item["state"] == "ok" for item in found.values())
    os.chmod(node.data / "operator.token", 0o644)
    os.chmod(node.data, 0o755)
    found = checks(node.data, 1)
    assert found["tokens"]["state"] == "failing" and "chmod 600" in found["tokens"]["advice"]
    assert found["directory"]["state"] == "warning" and "chmod 700" in found["directory"]["advice"]
    os.chmod(node.data, 0o700)
    os.chmod(node.data / "operator.token", 0o600)
    human = subprocess.run([BUILD / "hivectl", "doctor", "--data", node.data], capture_output=True, text=True, timeout=60)
    assert human.returncode == 0 and human.stdout.rstrip().endswith("all is well") and "\x1b" not in human.stdout


def test_the_doctor_works_without_a_node(make_node, tmp_path):
    assert checks(tmp_path / "nowhere", 1)["directory"]["state"] == "warning"
    node = make_node()
    port = node.run()["api"].rsplit(":", 1)[1]
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    (other / "hive.yaml").write_text(f"listen: 127.0.0.1:{port}\nmcp: 127.0.0.1:0\n")
    found = checks(other, 1)
    assert found["ports"]["state"] == "failing" and port in found["ports"]["message"]
    assert found["node"]["state"] == "warning"
    (other / "hive.yaml").write_text("listne: x\n")
    assert checks(other, 1)["config"]["state"] == "failing"
    node.kill()
    found = checks(node.data, 1)
    assert "has ended" in found["node"]["message"] and found["database"]["state"] == "ok"
    (node.data / "hive.db").write_bytes(b"no database")
    assert checks(node.data, 1)["database"]["state"] == "failing"
    (node.data / "identity.key").unlink()
    assert checks(node.data, 1)["identity"]["state"] == "failing"


def test_a_peer_that_is_away_is_told_by_the_doctor(pair):
    a, b = pair
    assert checks(a.data, 0)["peers"]["state"] == "ok"
    b.stop()
    until(lambda: a.ok("status")["peersConnected"] == 0)
    found = checks(a.data, 1)["peers"]
    assert found["state"] == "warning" and "`b` is not connected" in found["message"]

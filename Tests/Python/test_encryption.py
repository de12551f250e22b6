"""Encryption at rest, on real nodes: nothing that was stored can be read from the files of a data directory."""

import base64
import os
import pathlib
import stat

import pytest
from conftest import until

WORDS = [
    "zqcontent", "zqlater", "zqtag", "zqmetakey", "zqmetavalue", "zqcontext", "zqagent", "zqcategory", "zqblob", "zqrule",
    "zqmessage", "zqcommand", "zqidempotency", "zqsubject", "zqscope", "zqforgotten",
]


def write_key(path, *former):
    path.write_text("\n".join([base64.b64encode(os.urandom(32)).decode(), *former]) + "\n")
    path.chmod(0o600)
    return path.read_text().split("\n")[0]


def configure(node, encryption, more=""):
    node.data.mkdir(exist_ok=True)
    (node.data / "hive.yaml").write_text(f"record-decisions: true\n{encryption}\n{more}")


def places(*folders):
    """Which words stand in which files, in any folder below."""
    found = []
    for folder in folders:
        for file in pathlib.Path(folder).rglob("*"):
            if file.is_file():
                content = file.read_bytes().lower()
                found += [f"{file.name}: {word}" for word in WORDS if word.encode() in content]
    return found


def fill(node, tmp_path):
    """A word through every path that content takes into a node."""
    status, memory = node.http(
        "POST", "/api/v1/memories", {
            "content": "zqcontent is remembered", "tags": ["zqtag"], "metadata": {"zqmetakey": "zqmetavalue"},
            "context": "zqcontext", "agent": "zqagent", "category": "zqcategory"},
        headers={"Idempotency-Key": "zqidempotency-1"})
    assert status in (200, 201), memory
    large = node.ok("memory", "add", "-", stdin="zqblob " * 20_000)
    node.ok("memory", "add", "zqsubject has it", "--scope", "agent:zqscope")
    gone = node.ok("memory", "add", "zqforgotten for good")
    node.ok("memory", "forget", gone["id"])
    node.ok("memory", "update", memory["id"], "--content", "zqcontent and zqlater")
    rules = tmp_path / "rules"
    rules.mkdir(exist_ok=True)
    (rules / "rule.yaml").write_text("""
apiVersion: hive/v1
kind: Rule
metadata: {name: zqrule-one}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: command.contains('zqcommand')
  effect: deny
  message: "'zqmessage'"
""")
    node.ok("rules", "push", rules)
    status, decision = node.http(
        "POST", "/api/v1/decisions", {"event": "tool.pre", "tool": "Bash", "command": "zqcommand now"})
    assert status == 200 and decision["effect"] == "deny", decision
    return memory["id"], large["id"]


def expect(node, memory, large):
    assert "zqlater" in node.ok("memory", "get", memory)["content"]
    assert node.ok("memory", "get", memory)["metadata"] == {"zqmetakey": "zqmetavalue"}
    assert node.ok("memory", "get", large)["content"] == ("zqblob " * 20_000).rstrip() \
        or node.ok("memory", "get", large)["content"] == "zqblob " * 20_000
    hits = node.ok("memory", "search", "zqlater", "--category", "zqcategory", "--tag", "zqtag")["items"]
    assert [hit["id"] for hit in hits] == [memory]


@pytest.fixture
def sealed(make_node, tmp_path):
    """Makes nodes whose stores are encrypted, each with a key file of its own."""

    def make(name):
        key = tmp_path / f"{name}.key"
        write_key(key)
        return make_node(name, lambda node: configure(node, f"encryption: {{cipher: aes-256-gcm, key: {{file: {key}}}}}"))

    return make


def test_nothing_can_be_read(sealed, tmp_path):
    a = sealed("a")
    ids = fill(a, tmp_path)
    assert places(a.data) == [], "while it runs"
    expect(a, *ids)
    a.stop()
    assert places(a.data) == [], "after the stop"
    a.start()
    expect(a, *ids)
    b = sealed("b")
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: b.ctl("memory", "get", ids[1])[0] == 0)
    until(lambda: b.ok("memory", "search", "zqlater")["items"])
    expect(b, *ids)
    assert places(a.data, b.data) == [], "after a sync"
    b.kill()
    assert places(b.data) == [], "after a kill"
    b.start()
    expect(b, *ids)
    status = b.ok("keys", "status")
    assert status["encrypted"] and status["cipher"] == "aes-256-gcm" and len(status["dataKeys"]) == 1


def test_the_search_for_words_is_no_sham(make_node, tmp_path):
    node = make_node("plain", lambda node: configure(node, "encryption: none"))
    fill(node, tmp_path)
    found = {place.split(": ")[1] for place in places(node.data)}
    assert found == set(WORDS), set(WORDS) - found
    assert node.ok("keys", "status") == {
        "encrypted": False, "cipher": None, "place": None, "currentKey": None, "problem": None, "dataKeys": [],
        "rotation": None}
    assert node.ctl("keys", "rotate")[0] != 0


def test_a_plain_node_is_encrypted_and_decrypted(make_node, tmp_path):
    node = make_node("node", lambda node: configure(node, ""))
    ids = fill(node, tmp_path)
    node.stop()
    assert places(node.data)
    write_key(tmp_path / "key")
    configure(node, f"encryption: aes-256-gcm\nencryption-key-file: {tmp_path / 'key'}")
    node.start()
    assert places(node.data) == []
    expect(node, *ids)
    journal = node.data / "decisions.jsonl"
    assert journal.read_text().startswith('{"sealed":')
    opened = node.run_ctl("keys", "open", journal)
    assert "zqcommand now" in opened.stdout
    node.stop()
    configure(node, f"encryption: {{cipher: none, key: {{file: {tmp_path / 'key'}}}}}")
    node.start()
    expect(node, *ids)
    assert "zqcommand now" in journal.read_text()
    node.stop()
    configure(node, "")
    (tmp_path / "key").unlink()
    node.start()
    expect(node, *ids)


def test_keys_change_under_load(sealed, tmp_path):
    node = sealed("node")
    ids = fill(node, tmp_path)
    for number in range(50):
        node.http("POST", "/api/v1/memories", {"content": f"zqlater number {number} of the first"})
    key = tmp_path / "node.key"
    former = key.read_text()
    node.ok("keys", "new", key, "--add")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert node.ok("keys", "status")["currentKey"] != node.ok("keys", "status")["dataKeys"][-1]["wrappedWith"]
    node.ok("keys", "rotate")
    for number in range(50):
        status, _ = node.http("POST", "/api/v1/memories", {"content": f"zqlater number {number} of the second"})
        assert status in (200, 201)
    until(lambda: len(node.ok("keys", "status")["dataKeys"]) == 1)
    status = node.ok("keys", "status")
    assert status["rotation"] is None and status["dataKeys"][0]["wrappedWith"] == status["currentKey"]
    key.write_text(key.read_text().replace(former, ""))
    assert former not in key.read_text()
    node.kill()
    node.start()
    expect(node, *ids)
    assert node.ok("status")["memories"] >= 102
    assert "zqcommand now" in node.run_ctl("keys", "open", node.data / "decisions.jsonl").stdout
    assert places(node.data) == []
    assert node.ok("verify")["ok"] and node.ok("verify", "--rebuild")["ok"]
    expect(node, *ids)


def test_a_change_of_keys_survives_a_kill(sealed, tmp_path):
    node = sealed("node")
    ids = fill(node, tmp_path)
    for number in range(200):
        node.http("POST", "/api/v1/memories", {"content": f"zqlater number {number}"})
    key = tmp_path / "node.key"
    for _ in range(3):
        write_key(key, *key.read_text().split())
        node.ok("keys", "rotate")
        node.kill()
        key.write_text(key.read_text().split()[0] + "\n")
        node.start()
        expect(node, *ids)
    until(lambda: len(node.ok("keys", "status")["dataKeys"]) == 1)
    assert node.ok("status")["memories"] >= 202


def refused(node):
    """What a node says that does not start, with its exit code."""
    with open(node.log, "wb"):
        pass
    try:
        node.start()
    except AssertionError:
        return node.process.returncode, node.log.read_text()
    raise AssertionError("it started")


def snapshot(node):
    """The bytes of everything that matters: not of the lock, which names its last holder, and of an empty log's files."""
    return {file.name: file.read_bytes() for file in node.data.iterdir()
            if file.name not in ("lock", "hive.yaml", "hive.db-shm") and file.stat().st_size > 0}


def test_wrong_keys_are_refused_and_change_nothing(sealed, tmp_path):
    node = sealed("node")
    ids = fill(node, tmp_path)
    node.stop()
    key, right = tmp_path / "node.key", (tmp_path / "node.key").read_text()
    before = snapshot(node)
    write_key(key)
    code, log = refused(node)
    assert code == 5 and "key_missing" in log and "hint: put that key back" in log
    key.write_text("zq no key at all")
    assert "key_malformed" in refused(node)[1] and "zq no key" not in node.log.read_text()
    key.write_text(right)
    key.chmod(0o644)
    assert "key_forbidden" in refused(node)[1] and "chmod 600" in node.log.read_text()
    key.unlink()
    assert "key_missing" in refused(node)[1]
    configure(node, "")
    code, log = refused(node)
    assert "store_sealed" in log and "encryption" in log
    assert snapshot(node) == before
    for wrong in ["encryption: rot13", "encryption: {cipher: aes-256-gcm}", "encryption: {cipher: aes-256-gcm, kay: x}",
                  "encryption: {cipher: aes-256-gcm, key: {file: a, env: B}}"]:
        configure(node, wrong)
        code, log = refused(node)
        assert code == 2 and "hint:" in log, (wrong, log)
    configure(node, f"encryption: {{cipher: aes-256-gcm, key: {{file: {key}}}}}")
    key.write_text(right)
    key.chmod(0o600)
    node.start()
    expect(node, *ids)


def test_only_the_operator_sees_keys(sealed):
    node = sealed("node")
    for method, path, body in [("GET", "/api/v1/keys", None), ("POST", "/api/v1/keys/rotate", {}),
                               ("POST", "/api/v1/keys/open", {"lines": []})]:
        assert node.http(method, path, body, role="agent")[0] == 403
        assert node.http(method, path, body)[0] in (200, 202)
    line = '{"sealed":"AQAAAAE' + "A" * 60 + '"}'
    status, problem = node.http("POST", "/api/v1/keys/open", {"lines": [line]})
    assert status == 500 and problem["code"] == "store_corrupt"

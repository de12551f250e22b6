"""Real nodes, driven as people drive them."""

import pathlib
import shutil
import subprocess

import pytest

from conftest import BUILD, ROOT, Node, until

RULES = ROOT / "Examples" / "rules"
FORCE_PUSH = {"event": "tool.pre", "tool": "Bash", "command": "git push -f", "git": {"branch": "main"}}


def test_a_law_pushed_from_a_steward_decides_everywhere(hive):
    a, b, c = hive
    pushed = b.ok("rules", "push", RULES)
    assert pushed["active"]
    until(lambda: all("platform@1" in node.ok("status")["ruleSets"] for node in hive))
    for node in hive:
        status, decision = node.http("POST", "/api/v1/decisions", FORCE_PUSH, role="agent")
        assert status == 200 and decision["effect"] == "deny" and decision["rule"]["id"] == "no-force-push-protected"
        status, decision = node.http("POST", "/api/v1/decisions", {**FORCE_PUSH, "command": "git status"}, role="agent")
        assert decision["allowed"] and decision["rule"] is None
    code, answer = c.ctl("rules", "push", RULES)
    assert code == 4, "a writer's node may not change the law"
    b.ok("rules", "disable", "no-force-push-protected")
    until(lambda: a.http("POST", "/api/v1/decisions", FORCE_PUSH)[1]["allowed"])


def test_a_divergence_is_shown_and_settled_everywhere(hive):
    a, b, c = hive
    target = a.ok("memory", "add", "one", "--scope", "collective:main")["id"]
    until(lambda: all(node.ctl("memory", "get", target)[0] == 0 for node in hive))
    b.stop()
    c.stop()
    a.ok("memory", "update", target, "--content", "written on a")
    a.stop()
    b.start()
    c.start()
    b.ok("memory", "update", target, "--content", "written on b")
    a.start()
    until(lambda: all(node.ctl("conflicts", "list")[0] == 1 for node in hive))
    conflict = c.ctl("conflicts", "list")[1]["items"][0]
    assert {sibling["value"] for sibling in conflict["siblings"]} == {"written on a", "written on b"}
    c.ok("conflicts", "resolve", conflict["id"], "--take", "newest")
    until(lambda: all(node.ctl("conflicts", "list")[0] == 0 for node in hive))
    assert len({node.ok("memory", "get", target)["content"] for node in hive}) == 1


def test_instance_memories_stay_where_they_are(hive):
    a, b, c = hive
    private = a.ok("memory", "add", "only for this machine", "--scope", "instance")["id"]
    shared = a.ok("memory", "add", "for everybody", "--scope", "collective:main")["id"]
    until(lambda: c.ctl("memory", "get", shared)[0] == 0)
    for node in (b, c):
        assert node.ctl("memory", "get", private)[0] == 1
        assert b"only for this machine" not in (node.data / "hive.db-wal").read_bytes()


def test_large_contents_follow_their_memory(hive):
    a, _, c = hive
    text = "large " * 100_000 + "needle"
    identifier = a.ok("memory", "add", "-", "--scope", "collective:main", stdin=text)["id"]
    until(lambda: (c.ctl("memory", "get", identifier)[1] or {}).get("content") == text)
    until(lambda: c.ctl("memory", "search", "needle")[0] == 0)


def test_a_question_in_other_words_finds_its_note_on_another_node(hive):
    a, _, c = hive
    for note in ("invoices are sent on mondays", "roll back a faulty release with helm rollback api"):
        a.ok("memory", "add", note, "--scope", "collective:main")
    until(lambda: c.ok("status")["memories"] == 2)

    def nearest():
        items = c.ctl("memory", "search", "undo broken deployment", "--explain")[1]["items"]
        return items[0] if items else None

    until(lambda: nearest() and nearest()["content"].startswith("roll back"))
    hit = nearest()
    assert hit["why"]["words"] is None and hit["why"]["meaning"] > 0.1 and 0 < hit["score"] < 1


def test_erase_now_takes_the_bytes(make_node):
    node = make_node()
    identifier = node.ok("memory", "add", "xylophonist of the harbour")["id"]
    assert node.ctl("memory", "erase", identifier)[0] == 2, "it must be confirmed"
    assert node.ok("memory", "erase", identifier, "--yes", "--now")["purged"]
    assert node.ctl("memory", "get", identifier)[0] == 1
    assert node.ctl("memory", "search", "xylophonist")[0] == 1
    status, problem = node.http("GET", f"/api/v1/memories/{identifier}")
    assert status == 410 and problem["code"] == "erased"
    for path in node.data.iterdir():
        assert b"xylophonist" not in path.read_bytes(), path


def test_forget_can_be_undone(make_node):
    node = make_node()
    identifier = node.ok("memory", "add", "forgettable")["id"]
    node.ok("memory", "forget", identifier)
    status, problem = node.http("GET", f"/api/v1/memories/{identifier}")
    assert status == 404 and problem["code"] == "forgotten" and "update" in problem["hint"]
    node.ok("memory", "update", identifier, "--tag", "back")
    assert node.ok("memory", "get", identifier)["tags"] == ["back"]


def test_bad_input_is_refused_and_changes_nothing(make_node):
    node = make_node()
    identifier = node.ok("memory", "add", "untouched")["id"]
    version = node.ok("memory", "get", identifier)["version"]
    for body, code in [
        ({"content": "x", "colour": 1}, "unknown_field"), ({"content": 5}, "invalid_input"), ({}, "invalid_input"),
        ({"content": "x" * ((1 << 20) + 1)}, "too_large"), ({"content": "x", "tags": ["t" * 70_000]}, "too_large"),
        ({"content": "x", "metadata": {"k": "v" * 70_000}}, "too_large"), ({"content": "x", "scope": "nowhere"}, "unknown_scope"),
        ({"content": "x", "scope": "collective:none"}, "unknown_scope"), ({"content": "x", "kind": "vague"}, "invalid_input"),
        ({"content": "x", "confidence": 2}, "invalid_input"), ({"content": "x", "expiresAt": "2001-01-01T00:00:00Z"}, "invalid_input"),
    ]:
        status, problem = node.http("POST", "/api/v1/memories", body)
        assert 400 <= status < 500 and problem["code"] == code, (body.keys(), status, problem)
    status, problem = node.http("POST", "/api/v1/memories", raw=b'{"content": "\xff"}')
    assert status == 400
    assert node.http("GET", "/api/v1/memories?colour=red")[0] == 400
    assert node.http("GET", "/api/v1/memories", role=None)[0] == 401
    assert node.http("GET", "/api/v1/memories/0000000000000000")[0] == 404
    assert node.http("POST", "/api/v1/rules", {"sources": []}, role="agent")[0] == 403
    status, problem = node.http("PATCH", f"/api/v1/memories/{identifier}", {"content": "y"}, headers={"If-Match": '"AAAA"'})
    assert status in (400, 412)
    assert node.ok("memory", "get", identifier)["version"] == version
    assert node.ok("status")["memories"] == 1


def run_hived(data, *arguments):
    return subprocess.run(
        [BUILD / "hived", "--data", data, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0", *arguments],
        capture_output=True, text=True, timeout=60)


def test_a_damaged_database_is_refused_with_advice(make_node):
    node = make_node()
    for number in range(50):
        node.ok("memory", "add", f"padding {number} " * 200)
    node.stop()
    path = node.data / "hive.db"
    data = bytearray(path.read_bytes())
    for page in range(4096 * 10, len(data), 4096 * 3):
        data[page:page + 512] = b"\xa5" * 512
    path.write_bytes(data)
    done = run_hived(node.data)
    assert done.returncode == 5 and "store_corrupt" in done.stderr and "restore a backup" in done.stderr


def test_a_missing_key_is_refused_with_advice(make_node):
    node = make_node()
    node.stop()
    (node.data / "identity.key").unlink()
    done = run_hived(node.data)
    assert done.returncode == 5 and "identity.key" in done.stderr and "hint:" in done.stderr


def test_a_directory_and_a_port_in_use_are_named(make_node, tmp_path):
    node = make_node()
    done = run_hived(node.data)
    assert done.returncode == 5 and "store_busy" in done.stderr and str(node.process.pid) in done.stderr
    taken = node.run()["api"].removeprefix("http://")
    done = subprocess.run(
        [BUILD / "hived", "--data", tmp_path / "other", "--listen", taken, "--mcp", "127.0.0.1:0"], capture_output=True,
        text=True, timeout=60)
    assert done.returncode != 0 and taken in done.stderr


def test_a_restored_database_begins_a_new_life_and_diverges_from_nothing(hive):
    a, b, _ = hive
    b.stop()
    saved = b.data.parent / "saved.db"
    shutil.copy(b.data / "hive.db", saved)
    b.start()
    later = b.ok("memory", "add", "after the backup", "--scope", "collective:main")["id"]
    until(lambda: a.ctl("memory", "get", later)[0] == 0)
    b.stop()
    for suffix in ("-wal", "-shm"):
        pathlib.Path(str(b.data / "hive.db") + suffix).unlink(missing_ok=True)
    shutil.copy(saved, b.data / "hive.db")
    b.start()
    until(lambda: b.ctl("memory", "get", later)[0] == 0)
    again = b.ok("memory", "add", "in the new life", "--scope", "collective:main")["id"]
    until(lambda: a.ctl("memory", "get", again)[0] == 0)
    assert a.ok("verify")["ok"] and b.ok("verify")["ok"]


def test_a_stranger_is_turned_away(hive, make_node):
    a, _, _ = hive
    stranger = make_node("stranger")
    line = a.ok("peers", "invite")["line"]
    assert stranger.ctl("peers", "join", line[:-6] + "AAAAAA")[0] != 0
    stranger.ok("peers", "join", line)
    other = make_node("other")
    code, error = other.ctl("peers", "join", line)
    assert code == 4 and "used already" in error["error"]["message"]
    assert isinstance(other, Node)


@pytest.mark.parametrize("text, says", [
    ("nmae: x\n", "hive.yaml:1:1: unknown key `nmae`"),
    ("name: x\nrecord-decisions: maybe\n", "hive.yaml:2:19: `record-decisions` must be true or false"),
    ("search: {meanin: off}\n", "unknown key `meanin`"),
    ("search: {meaning: maybe}\n", "`maybe` is no value of search.meaning"),
    ("name: [\n", "not valid YAML"),
    ("- name\n", "must be a mapping"),
    ("a: &a [x, x]\nb: [*a, *a]\n", "alias"),
])
def test_a_configuration_with_mistakes_is_refused(tmp_path, text, says):
    (tmp_path / "hive.yaml").write_text(text)
    done = subprocess.run(
        [BUILD / "hived", "--data", tmp_path, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0"], capture_output=True,
        text=True, timeout=60)
    assert done.returncode == 2 and says in done.stderr, done.stderr
    assert not (tmp_path / "hive.db").exists(), "nothing was begun"

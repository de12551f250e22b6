"""Copies of backups on peers: they appear, go on after a crash, keep to their room, and come back."""

import os
import shutil
import subprocess

import pytest

from conftest import BUILD, Node, until


def configure(node, text):
    node.stop()
    (node.data / "hive.yaml").write_text(text)
    node.start()


def copies(node, peer):
    """What a peer is said to hold, by ids."""
    report = node.ok("backup", "mirrors")
    return {copy["id"]: copy for entry in report["peers"] if entry.get("name") == peer.name for copy in entry["backups"]}


def has_whole(node, peer, backup):
    return copies(node, peer).get(backup["id"], {}).get("whole", False)


def fill(node, mebibytes):
    """Memories that no index makes larger than they are."""
    for part in range(mebibytes):
        batch = [{"number": n, "memory": {"content": f"{part} {n} " + os.urandom(20_000).hex()}} for n in range(25)]
        assert node.http("POST", "/api/v1/import", {"lines": batch})[1]["created"] == 25


def pair(make_node, holder="backup: {acceptMirrors: {maxBytes: 10GiB}}\n", copies=2):
    a, b = make_node("a"), make_node("b")
    b.ok("peers", "join", a.ok("peers", "invite", "--role", "steward")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 1 for node in (a, b)))
    configure(b, holder)
    configure(a, f"backup: {{mirrors: [{{peer: b, copies: {copies}}}]}}\n")
    return a, b


def mirror(holder, owner, backup):
    return holder.data / "mirrors" / owner.run()["node"] / f"{backup['id']}.mirror"


def test_a_copy_appears_and_is_fetched_and_restored_on_a_new_machine(make_node, tmp_path):
    a, b = pair(make_node)
    a.ok("memory", "add", "zymurgist")
    backup = a.ok("backup", tmp_path / "a.bak", "--key", tmp_path / "a.key")
    until(lambda: has_whole(a, b, backup), timeout=60)
    file = mirror(b, a, backup)
    assert file.read_bytes() == (tmp_path / "a.bak").read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600 and file.parent.stat().st_mode & 0o777 == 0o700
    assert [item["mirrors"] for item in a.ok("backup", "list")["items"]] == [["b"]]
    held = b.ok("backup", "mirrors")["held"]
    assert [(entry["node"], entry["backups"]) for entry in held] == [(a.run()["node"], 1)]

    # The machine of A is lost: only its identity and the key of the backup are left.
    identity = (a.data / "identity.key").read_bytes()
    a.stop()
    shutil.rmtree(a.data)
    (tmp_path / "a.bak").unlink()
    anew = Node("anew", tmp_path)
    anew.data.mkdir(mode=0o700)
    (anew.data / "identity.key").write_bytes(identity)
    (anew.data / "identity.key").chmod(0o600)
    anew.start()
    try:
        anew.ok("peers", "join", b.ok("peers", "invite")["line"])
        until(lambda: has_whole(anew, b, backup), timeout=60)
        fetched = anew.ok("backup", "fetch", backup["id"][:6], tmp_path / "back.bak")
        assert fetched["bytes"] == backup["bytes"] and fetched["from"] == b.run()["node"]
        assert (tmp_path / "back.bak").stat().st_mode & 0o777 == 0o600
        code, answer = anew.ctl("backup", "fetch", backup["id"], tmp_path / "back.bak", "--from", "b")
        assert code != 0 and "exists" in answer["error"]["message"]
    finally:
        anew.stop()
    done = subprocess.run([BUILD / "hivectl", "restore", tmp_path / "back.bak", "--key", tmp_path / "a.key", "--data",
                           tmp_path / "restored"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    restored = Node("restored", tmp_path).start()
    try:
        assert restored.ok("verify")["ok"]
        assert restored.ok("memory", "search", "zymurgist")["items"]
    finally:
        restored.stop()


def test_a_copy_goes_on_where_it_stopped_when_the_holder_was_killed(make_node, tmp_path):
    a, b = pair(make_node)
    fill(a, 24)
    backup = a.ok("backup", tmp_path / "a.bak")
    part = mirror(b, a, backup).with_suffix(".mirror.part")
    until(lambda: part.exists() and part.stat().st_size > 1_000_000, timeout=60)
    b.kill()
    half = part.stat().st_size
    assert 0 < half < backup["bytes"], "it was killed in the middle"
    begun = part.read_bytes()
    b.start()
    until(lambda: has_whole(a, b, backup), timeout=120)
    whole = mirror(b, a, backup).read_bytes()
    assert whole == (tmp_path / "a.bak").read_bytes() and whole.startswith(begun)
    assert not part.exists()
    received = next(peer for peer in b.ok("peers", "list")["items"] if peer["name"] == "a")["bytesReceived"]
    assert received < backup["bytes"] - half + 4_000_000, "what was there is not sent again"


def test_more_than_there_is_room_for_is_refused_with_advice(make_node, tmp_path):
    a, b = pair(make_node, "backup: {acceptMirrors: {maxBytes: 1MiB}}\n")
    a.ok("memory", "add", "small")
    small = a.ok("backup", tmp_path / "small.bak")
    until(lambda: has_whole(a, b, small), timeout=60)
    fill(a, 2)
    a.ok("backup", tmp_path / "large.bak")

    def problem():
        return next(peer for peer in a.ok("backup", "mirrors")["peers"] if peer.get("name") == "b").get("problem") or ""

    until(lambda: "acceptMirrors.maxBytes" in problem(), timeout=60)
    reasons = a.http("GET", "/health")[1]["reasons"]
    assert any("keeps 1 of 2 copies" in reason and "bytes for mirrors are taken" in reason for reason in reasons)
    assert "acceptMirrors.maxBytes" in a.log.read_text()
    assert has_whole(a, b, small), "what was there stays"
    configure(b, "backup: {acceptMirrors: {maxBytes: 1GiB}}\n")
    until(lambda: all(entry["mirrors"] == ["b"] for entry in a.ok("backup", "list")["items"]), timeout=120)
    assert not [reason for reason in a.http("GET", "/health")[1]["reasons"] if "copies" in reason]


def test_nobody_but_its_owner_gets_a_copy(hive, tmp_path):
    a, b, c = hive
    configure(b, "backup: {acceptMirrors: {maxBytes: 1GiB, peers: [a]}}\n")
    for node in (a, c):
        configure(node, "backup: {mirrors: [{peer: b, copies: 1}]}\n")
    of_a = a.ok("backup", tmp_path / "a.bak")
    c.ok("backup", tmp_path / "c.bak")
    until(lambda: has_whole(a, b, of_a), timeout=60)
    until(lambda: "acceptMirrors.peers" in (c.ok("backup", "mirrors")["peers"][0].get("problem") or ""), timeout=60)
    assert not copies(c, b), "C is told of none"
    code, answer = c.ctl("backup", "fetch", of_a["id"], tmp_path / "stolen.bak")
    assert code == 1 and "mirrors" in answer["error"]["hint"], answer
    assert not (tmp_path / "stolen.bak").exists()
    assert c.http("GET", "/api/v1/backups/mirrors", role="agent")[0] == 403
    assert c.http("POST", f"/api/v1/backups/{of_a['id']}/fetch", {}, role="agent")[0] == 403


def test_copies_go_when_they_are_older_than_the_newest(make_node, tmp_path):
    a, b = pair(make_node, copies=1)
    first = a.ok("backup", tmp_path / "1.bak")
    until(lambda: has_whole(a, b, first), timeout=60)
    second = a.ok("backup", tmp_path / "2.bak")
    until(lambda: has_whole(a, b, second) and first["id"] not in copies(a, b), timeout=60)
    until(lambda: not mirror(b, a, first).exists())
    fetched = a.ok("backup", "fetch", second["id"])
    assert fetched["path"] == str(a.data / "backups" / f"fetched-{second['id']}.hivebackup")
    assert open(fetched["path"], "rb").read() == (tmp_path / "2.bak").read_bytes()
    code, answer = a.ctl("backup", "fetch", second["id"], "--from", "nobody")
    assert code == 1 and answer["error"]["hint"]


@pytest.mark.parametrize("section, word", [
    ("mirrors: [{copies: 1}]", "peer"), ("mirrors: [{peer: b, copies: 0}]", "copies"),
    ("mirrors: [{peer: b, count: 1}]", "count"), ("mirrors: [{peer: b}, {peer: b}]", "twice"),
    ("mirrors: b", "list"), ("acceptMirrors: {}", "maxBytes"), ("acceptMirrors: {maxBytes: many}", "maxBytes"),
    ("acceptMirrors: {maxBytes: 1GiB, from: [b]}", "from"),
])
def test_what_makes_no_sense_is_refused_at_the_start(tmp_path, section, word):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hive.yaml").write_text(f"backup: {{{section}}}\n")
    done = subprocess.run([BUILD / "hived", "--data", tmp_path / "data"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and word in done.stderr and "hive.yaml:1" in done.stderr, done.stderr

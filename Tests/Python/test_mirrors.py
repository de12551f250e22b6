"""Copies of backups on peers: they appear, go on after a crash, keep to their room, and come back."""

import json
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
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
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

    # The machine of A is lost: only its identity, the key of the backup and an address are left.
    identity, address = (a.data / "identity.key").read_bytes(), b.run()["peers"]
    line = None
    a.stop()
    shutil.rmtree(a.data)
    (tmp_path / "a.bak").unlink()
    anew = Node("anew", tmp_path)
    anew.data.mkdir(mode=0o700)
    (anew.data / "identity.key").write_bytes(identity)
    (anew.data / "identity.key").chmod(0o600)
    anew.start()
    try:
        assert address and line is None
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

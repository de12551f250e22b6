"""Backups of real nodes, made while they work, and restores of them."""

import json
import os
import subprocess
import threading
import time

from conftest import BUILD, Node, until


def hivectl(*arguments, data):
    done = subprocess.run([BUILD / "hivectl", *map(str, arguments), "--json", "--data", data], capture_output=True,
                          text=True, timeout=120)
    return done.returncode, json.loads(done.stdout)


def contents(node):
    done = subprocess.run([BUILD / "hivectl", "export", "--data", node.data], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return {json.loads(line)["content"] for line in done.stdout.splitlines()}


class Writers:
    """Stores memories until told to stop, and remembers those that were acknowledged."""

    def __init__(self, node, count=4):
        self.node, self.acknowledged, self.stopping = node, [], False
        self.threads = [threading.Thread(target=self.write, args=(number,)) for number in range(count)]

    def write(self, number):
        count = 0
        while not self.stopping:
            text = f"writer {number} memory {count}"
            assert self.node.http("POST", "/api/v1/memories", {"content": text})[0] == 201
            self.acknowledged.append(text)
            count += 1

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopping = True
        for thread in self.threads:
            thread.join()


def configure(node, **backup):
    node.stop()
    lines = "".join(f"  {name}: {value}\n" for name, value in backup.items())
    (node.data / "hive.yaml").write_text("backup:\n" + lines)
    node.start()


def test_backups_under_load_hold_all_that_was_acknowledged(make_node, tmp_path):
    node = make_node()
    backups = []
    with Writers(node) as writers:
        for number in range(4):
            until(lambda: len(writers.acknowledged) >= 30 * (number + 1))
            before = list(writers.acknowledged)
            answer = node.ok("backup", tmp_path / f"{number}.bak", "--key", tmp_path / f"{number}.key")
            assert answer["bytes"] == os.path.getsize(tmp_path / f"{number}.bak")
            backups.append(before)
    assert (tmp_path / "0.key").stat().st_mode & 0o777 == 0o600
    original = node.run()["node"]
    for number, before in enumerate(backups):
        copy = Node(f"restored-{number}", tmp_path)
        code, answer = hivectl("restore", tmp_path / f"{number}.bak", "--key", tmp_path / f"{number}.key",
                               data=copy.data)
        assert code == 0, answer
        node.stop()
        copy.start()
        try:
            assert set(before) <= contents(copy) <= set(writers.acknowledged)
            report = copy.ok("verify")
            assert report["ok"], report
            assert copy.run()["node"] == original
            assert "a new life of this node begins" in copy.log.read_text()
            copy.ok("memory", "add", "after the restore")
        finally:
            copy.stop()


def test_restoring_over_a_node_keeps_erasures(make_node, tmp_path):
    node = make_node()
    kept = node.ok("memory", "add", "kept")["id"]
    erased = node.ok("memory", "add", "zymurgist")["id"]
    backup = node.ok("backup", tmp_path / "b")
    answer = node.ok("memory", "erase", erased, "--yes", "--now")
    assert answer["unreadableBy"] == backup["keptUntil"], "until then the backup can bring it back"
    later = node.ok("memory", "add", "after the backup")["id"]
    assert hivectl("restore", tmp_path / "b", "--replace", data=node.data)[0] != 0, "the node runs"
    node.stop()
    code, answer = hivectl("restore", tmp_path / "b", data=node.data)
    assert code == 2 and "--replace" in answer["error"]["hint"]
    code, answer = hivectl("restore", tmp_path / "b", "--replace", data=node.data)
    assert code == 0 and answer["replaced"], answer
    node.start()
    assert node.ctl("memory", "get", kept)[0] == 0 and node.ctl("memory", "get", later)[0] == 1
    code, answer = node.ctl("memory", "get", erased)
    assert code == 1 and answer["error"]["code"] == "erased"
    for path in node.data.rglob("*"):
        assert not path.is_file() or b"zymurgist" not in path.read_bytes(), path
    assert node.ok("verify")["ok"]


def test_a_restored_node_goes_on_with_its_peers(make_node, tmp_path):
    a, b = make_node("a"), make_node("b")
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    a.ok("memory", "add", "before the backup")
    until(lambda: "before the backup" in contents(b))
    a.ok("backup", tmp_path / "b.bak")
    a.ok("memory", "add", "after the backup")
    until(lambda: "after the backup" in contents(b))
    a.stop()
    assert hivectl("restore", tmp_path / "b.bak", "--replace", data=a.data)[0] == 0
    a.start()
    a.ok("memory", "add", "in the new life")
    for node in (a, b):
        until(lambda: {"before the backup", "after the backup", "in the new life"} <= contents(node))
        assert node.ok("verify")["ok"]


def test_damaged_backups_and_wrong_keys_are_refused_with_advice(make_node, tmp_path):
    node = make_node()
    node.ok("memory", "add", "something")
    node.ok("backup", tmp_path / "b", "--key", tmp_path / "key")
    node.ok("backup", tmp_path / "other", "--key", tmp_path / "other.key")
    whole = (tmp_path / "b").read_bytes()
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    for name, data in (("altered", bytes(altered)), ("cut", whole[:-100]), ("empty", b""), ("text", b"not a backup")):
        (tmp_path / name).write_bytes(data)
        code, answer = hivectl("restore", tmp_path / name, "--key", tmp_path / "key", data=tmp_path / "new")
        assert code == 2 and answer["error"]["hint"], (name, answer)
    for key in ("other.key", "b"):
        code, answer = hivectl("restore", tmp_path / "b", "--key", tmp_path / key, data=tmp_path / "new")
        assert code == 2 and answer["error"]["hint"], answer
    code, answer = hivectl("restore", tmp_path / "b", data=tmp_path / "new")
    assert code == 2 and "--key" in answer["error"]["hint"]
    assert not (tmp_path / "new" / "hive.db").exists()
    assert node.ctl("backup", node.data / "hive.yaml" / "b")[0] == 2
    (tmp_path / "letter").write_text("dear")
    assert node.ctl("backup", tmp_path / "letter")[0] == 2 and (tmp_path / "letter").read_text() == "dear"
    assert node.http("POST", "/api/v1/backups", {}, role="agent")[0] == 403


def test_a_crash_amid_a_backup_leaves_nothing_that_looks_whole(make_node, tmp_path):
    node = make_node()
    batch = [{"number": n, "memory": {"content": f"{n} " + "x" * 60_000}} for n in range(30)]
    for part in range(8):
        for entry in batch:
            entry["memory"]["content"] = f"{part} {entry['memory']['content']}"
        assert node.http("POST", "/api/v1/import", {"lines": batch})[1]["created"] == 30
    for delay in (0.02, 0.08, 0.2):
        process = subprocess.Popen([BUILD / "hivectl", "backup", tmp_path / "b", "--data", node.data],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        node.kill()
        process.wait(timeout=60)
        if (tmp_path / "b").exists():
            assert hivectl("restore", tmp_path / "b", data=node.data)[0] == 2, "the directory is not empty"
            keys = sorted((node.data / "backup-keys").iterdir())
            outcomes = [hivectl("restore", tmp_path / "b", "--key", key, data=tmp_path / f"new-{delay}")[0]
                        for key in keys]
            assert 0 in outcomes, "a file with the backup's name is whole"
            (tmp_path / "b").unlink()
        node.start()
        assert not list(node.data.glob("backup-copy*")), "no plain copy is left"
    assert node.ok("backup", tmp_path / "b")["bytes"] > 10_000_000


def test_the_schedule_keeps_some_and_destroys_the_rest(make_node, tmp_path):
    node = make_node()
    configure(node, every="1s", keep=2, directory=tmp_path / "kept", retention="1h", keys=tmp_path / "keys")
    own = node.ok("backup", tmp_path / "own")
    until(lambda: len(list((tmp_path / "kept").glob("*.hivebackup"))) >= 2, timeout=60)
    first = sorted((tmp_path / "kept").glob("*.hivebackup"))[0]
    until(lambda: not first.exists(), timeout=60)
    listed = node.ok("backup", "list")["items"]
    assert own["id"] in {item["id"] for item in listed}
    assert len([item for item in listed if item["scheduled"]]) <= 3
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    erased = node.ok("memory", "add", "to be erased")["id"]
    answer = node.ok("memory", "erase", erased, "--yes")
    assert answer["unreadableBy"] > answer["purgeAfter"], "scheduled backups take it along until its bytes go"
    configure(node, retention="1s")
    node.ok("backup", tmp_path / "short")
    until(lambda: not [item for item in node.ok("backup", "list")["items"] if item["path"].endswith("short")], timeout=60)
    code, answer = hivectl("restore", tmp_path / "short", data=tmp_path / "new")
    assert code == 2 and "destroyed" in answer["error"]["hint"]
    node.stop()
    (node.data / "hive.yaml").write_text("backup: {evry: 1h}\n")
    done = subprocess.run([BUILD / "hived", "--data", node.data], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and "evry" in done.stderr

"""Accidents of identity, done to real nodes: each ends in the right life of the node, or in proof; never in silence."""

import os
import shutil

import pytest

from conftest import Node, until

NEVER_COPIED = {"run.json", "lock"}


def pair(make_node):
    a, b = make_node("a"), make_node("b")
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 1 for node in (a, b)))
    return a, b


def add(node, text):
    return node.ok("memory", "add", text, "--scope", "collective:main")["id"]


def texts(node):
    page = node.ok("memory", "list", "--limit", "100")
    return sorted(item["content"] for item in page["items"])


def have(nodes, *wanted):
    until(lambda: all(set(wanted) <= set(texts(node)) for node in nodes), timeout=90)


def copy(data, place):
    shutil.copytree(data, place, ignore=lambda _, names: [name for name in names if name in NEVER_COPIED])


def forge(data):
    """What rolling a machine back to a snapshot does, and copying files does not: the guard file is the original again."""
    guard = data / "guard"
    content = guard.read_bytes()
    guard.write_bytes(os.stat(guard).st_ino.to_bytes(8, "big") + content[8:])


def roll_back(data, snapshot):
    shutil.rmtree(data)
    shutil.copytree(snapshot, data)
    forge(data)


def reasons(node):
    return " ".join(node.http("GET", "/health")[1]["reasons"])


def forks(node):
    return node.ctl("forks", "list")[1]["items"]


@pytest.fixture
def rolled_back(make_node, tmp_path):
    """A pair of which one wrote, and was then put back to where it was before, guard file and all."""
    a, b = pair(make_node)
    add(b, "before")
    have((a, b), "before")
    b.stop()
    copy(b.data, tmp_path / "snapshot")
    b.start()
    add(b, "written and sent")
    have((a, b), "before", "written and sent")
    b.stop()
    roll_back(b.data, tmp_path / "snapshot")
    return a, b


def test_a_machine_that_was_rolled_back_asks_before_it_writes(rolled_back):
    a, b = rolled_back
    b.start()
    add(b, "after")
    have((a, b), "before", "written and sent", "after")
    assert forks(a) == forks(b) == []
    assert "new life begun" in reasons(b)


def test_a_machine_that_was_rolled_back_and_wrote_alone_ends_in_proof(rolled_back):
    a, b = rolled_back
    a.stop()
    b.start()
    add(b, "written alone")
    a.start()
    have((a, b), "before", "written and sent", "written alone")
    until(lambda: all(found and all(fork["settled"] for fork in found) for found in (forks(a), forks(b))), timeout=60)
    fork = forks(a)[0]
    assert len(forks(a)) == 1 and fork["stream"] == "knowledge" and not fork["own"] and forks(b)[0]["own"]
    assert a.ok("forks", "show", fork["id"][:8])["common"] == fork["common"]
    add(b, "goes on")
    have((a, b), "goes on")
    for node in (a, b):
        node.stop()
        node.start()
    have((a, b), "before", "written and sent", "written alone", "goes on")


def test_a_cloned_machine_that_runs_beside_its_original_is_two_lives_of_one_node(make_node, tmp_path):
    a, b = pair(make_node)
    add(b, "before")
    have((a, b), "before")
    b.stop()
    copy(b.data, tmp_path / "clone")
    clone = make_node("clone")
    b.start()
    add(b, "by the original")
    add(clone, "by the clone")
    have((a, b, clone), "before", "by the original", "by the clone")
    assert forks(a) == []
    until(lambda: "this node's key" in reasons(b) + reasons(clone), timeout=60)


def test_a_clone_in_every_bit_ends_in_proof(make_node, tmp_path):
    a, b = pair(make_node)
    add(b, "before")
    have((a, b), "before")
    b.stop()
    a.stop()
    copy(b.data, tmp_path / "clone")
    forge(tmp_path / "clone")
    clone = make_node("clone")
    add(clone, "by the clone")
    b.start()
    add(b, "by the original")
    a.start()
    have((a, b, clone), "before", "by the original", "by the clone")
    until(lambda: forks(a) and all(fork["settled"] for fork in forks(a)), timeout=90)


def test_a_wiped_database_with_its_key_is_the_same_node_in_a_new_life(make_node):
    a, b = pair(make_node)
    add(b, "before")
    have((a, b), "before")
    b.stop()
    for path in b.data.iterdir():
        if path.name != "identity.key":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    b.start()
    b.ok("peers", "join", a.ok("peers", "invite")["line"])
    have((a, b), "before")
    add(b, "after")
    have((a, b), "after")
    assert forks(a) == forks(b) == []


def test_another_node_at_the_same_address_is_not_taken_for_the_old_one(make_node):
    a, b = pair(make_node)
    add(b, "before")
    have((a, b), "before")
    b.stop()
    stranger = make_node("stranger", prepare=lambda node: setattr(node, "peers", b.peers))
    until(lambda: any(peer.get("problem") for peer in a.ok("peers", "list")["items"]), timeout=60)
    assert a.ok("status")["peersConnected"] == 0
    assert texts(stranger) == []

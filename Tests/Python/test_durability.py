"""Nothing acknowledged is ever lost: nodes are killed in the middle of writing, again and again."""

import threading

from conftest import until

ROUNDS = 20


def write_until_refused(node, acknowledged, mark):
    number = 0
    while True:
        try:
            status, answer = node.http("POST", "/api/v1/memories", {"content": f"{mark} number {number}", "scope": "collective:main"})
        except OSError:
            return
        if status not in (200, 201):
            return
        acknowledged.append(answer["id"])
        number += 1


def test_twenty_kills_in_the_middle_of_writing(hive):
    a, b, c = hive
    acknowledged = []
    for round_ in range(ROUNDS):
        victim = hive[round_ % 3]
        writers = [
            threading.Thread(target=write_until_refused, args=(victim, acknowledged, f"round {round_} writer {writer}"))
            for writer in range(4)
        ]
        before = len(acknowledged)
        for writer in writers:
            writer.start()
        until(lambda: len(acknowledged) >= before + 8)
        victim.kill()
        for writer in writers:
            writer.join()
        victim.start()
    assert len(acknowledged) >= ROUNDS * 8
    for node in hive:
        until(lambda: node.ok("status")["memories"] >= len(acknowledged), timeout=90)
        held = set()
        cursor = []
        while True:
            page = node.ok("memory", "recent", "--limit", 1000, *cursor)
            held |= {item["id"] for item in page["items"]}
            if page["next"] is None:
                break
            cursor = ["--cursor", page["next"]]
        assert set(acknowledged) <= held
        assert node.ok("verify", "--rebuild")["ok"]


def test_a_clean_stop_and_start_changes_nothing(make_node):
    node = make_node()
    identifier = node.ok("memory", "add", "still here")["id"]
    hive = node.ok("status")["hive"]
    node.stop()
    node.start()
    assert node.ok("memory", "get", identifier)["content"] == "still here"
    assert node.ok("status")["hive"] == hive

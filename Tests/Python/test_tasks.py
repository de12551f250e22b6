"""Tasks on real nodes: one holder at a time, whatever dies; many agents at once; both sides of a partition."""

import random
import signal
import subprocess
import threading
import urllib.request

import pytest

from conftest import BUILD, until


def delegate(node, title="Renew it", *options):
    return node.ok("tasks", "delegate", title, "--anyone", *options)["id"]


def shown(node, task):
    return node.ok("tasks", "show", task)


def knows(node, task):
    return node.ctl("tasks", "show", task)[0] == 0


def claim(node, task, agent, *options):
    return node.ctl("tasks", "claim", task, "--agent", agent, *options)


def test_the_holders_node_is_killed_the_task_goes_on_and_the_late_result_is_refused(hive):
    a, b, c = hive
    task = delegate(a, "Renew it", "--lease", "8s")
    until(lambda: knows(b, task) and knows(c, task))
    code, lost = claim(b, task, "bob")
    assert code == 0 and lost["claim"]["state"] == "granted", lost
    assert shown(a, task)["claim"]["node"] == b.run()["node"]
    b.kill()
    until(lambda: shown(a, task)["status"] == "open", timeout=60)
    assert "nothing was heard of `bob`" in shown(a, task)["reason"]
    code, second = claim(c, task, "cora")
    assert code == 0 and second["claim"]["fence"] > lost["claim"]["fence"]

    fence = second["claim"]["fence"]

    def back():
        c.ok("tasks", "progress", task, "--agent", "cora", "--fence", fence)
        return knows(b, task) and b.ok("status")["peersConnected"] == 2

    b.start()
    until(back, timeout=60)
    code, answer = b.ctl("tasks", "complete", task, "--agent", "bob", "--fence", lost["claim"]["fence"], "--result", "late")
    assert code == 1 and answer["error"]["code"] == "fenced", answer
    done = c.ok("tasks", "complete", task, "--agent", "cora", "--fence", fence, "--result", "right")
    assert done["status"] == "completed"
    for node in hive:
        until(lambda: shown(node, task)["status"] == "completed")
        last = shown(node, task)
        assert last["result"] == "right" and last["failures"] == 1
        evidence = [event for event in last["history"] if event.get("text") == "late"]
        assert [event["standing"] for event in evidence] == ["refused"], evidence
    assert node.ok("verify", "--rebuild")["ok"]


def test_the_home_is_killed_and_comes_back_with_the_claim(hive):
    a, b, _ = hive
    task = delegate(a)
    until(lambda: knows(b, task))
    code, granted = claim(b, task, "bob")
    assert code == 0
    a.kill()
    code, waiting = b.ctl("tasks", "complete", task, "--agent", "bob", "--result", "done", "--wait", "0s")
    assert code == 0 and waiting["status"] == "claimed"
    a.start()
    until(lambda: shown(b, task)["status"] == "completed", timeout=60)
    assert shown(a, task)["result"] == "done"
    assert shown(a, task)["claim"]["fence"] == granted["claim"]["fence"]


def test_both_sides_of_a_partition(hive):
    a, b, c = hive
    task = delegate(a)
    until(lambda: knows(b, task) and knows(c, task))
    a.process.send_signal(signal.SIGSTOP)
    try:
        code, answer = claim(b, task, "bob", "--wait", "1s")
        assert code == 1 and answer["claim"]["state"] == "waiting"
        code, far = claim(c, task, "cora", "--wait", "0s", "--optimistic")
        assert code == 0 and far["claim"]["state"] == "optimistic"
        code, handed = c.ctl("tasks", "complete", task, "--agent", "cora", "--claim", far["claim"]["id"], "--result", "x",
                             "--wait", "0s")
        assert code == 0 and handed["status"] == "open", "nobody but the home accepts"
    finally:
        a.process.send_signal(signal.SIGCONT)
    until(lambda: not any(event["standing"] == "pending" for event in shown(a, task)["history"])
          and len(shown(a, task)["history"]) >= 6, timeout=60)
    last = shown(a, task)
    accepted = [event for event in last["history"] if event["act"] == "accept"]
    if last["status"] == "completed":
        assert len(accepted) == 1 and last["claim"]["agent"] == "cora"
    else:
        assert not accepted and last["claim"]["agent"] == "bob", "one holder, and the other one's result is evidence"
    for node in (b, c):
        until(lambda: shown(node, task)["status"] == last["status"])


def test_two_hundred_tasks_and_twenty_agents_on_three_nodes_each_done_once(hive):
    a, b, c = hive
    tasks = []
    for number in range(200):
        status, task = hive[number % 3].http(
            "POST", "/api/v1/tasks", {"title": f"task {number}", "choice": "anyone"}, role="agent")
        assert status == 201, task
        tasks.append(task["id"])
    for node in hive:
        until(lambda: len(node.http("GET", "/api/v1/tasks?limit=1000")[1]["items"]) == 200, timeout=60)
    done, problems, lock = {}, [], threading.Lock()

    def work(agent):
        node = hive[agent % 3]
        for task in random.Random(agent).sample(tasks, len(tasks)):
            status, answer = node.http("POST", f"/api/v1/tasks/{task}/claim", {"agent": f"agent{agent}", "waitSeconds": 30},
                                       role="agent")
            if status == 409 and answer["code"] == "claim_refused":
                continue
            if status != 200:
                with lock:
                    problems.append(answer)
                continue
            with lock:
                done.setdefault(task, []).append(agent)
            status, answer = node.http(
                "POST", f"/api/v1/tasks/{task}/complete",
                {"agent": f"agent{agent}", "fence": answer["claim"]["fence"], "result": str(agent), "waitSeconds": 30},
                role="agent")
            if status != 200 or answer["status"] != "completed":
                with lock:
                    problems.append(answer)

    workers = [threading.Thread(target=work, args=(agent,)) for agent in range(20)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not problems, problems[:3]
    assert set(done) == set(tasks) and all(len(agents) == 1 for agents in done.values())
    assert len({agents[0] for agents in done.values()}) > 1
    for node in hive:
        until(lambda: len(node.http("GET", "/api/v1/tasks?status=completed&limit=1000")[1]["items"]) == 200, timeout=60)
        results = {task["id"]: task["result"] for task in
                   node.http("GET", "/api/v1/tasks?status=completed&limit=1000")[1]["items"]}
        assert results == {task: str(agents[0]) for task, agents in done.items()}


def test_a_task_from_the_command_line(make_node):
    node = make_node()
    first = delegate(node, "first")
    second = node.ok("tasks", "delegate", "second", "--anyone", "--after", first[:8], "--priority", "critical", "--agent", "cleo")
    assert [blocker["id"] for blocker in second["blockedBy"]] == [first]
    text = node.run_ctl("tasks", "list").stdout
    assert "critical" in text and "open (waits for 1)" in text
    code, answer = claim(node, second["id"], "ava")
    assert code == 1 and answer["error"]["code"] == "claim_refused" and "first" in answer["error"]["message"]
    assert claim(node, first, "ava")[0] == 0
    said = node.run_ctl("tasks", "progress", first, "--agent", "ava", "--percent", "40", "--note", "half of it").stdout
    assert said.startswith("in_progress, 40 %, held until")
    assert node.ok("tasks", "complete", first, "--agent", "ava", "--result", "-", stdin="it is done")["status"] == "completed"
    text = node.run_ctl("tasks", "show", first).stdout
    assert "result: it is done" in text and "holder    ava" in text and "half of it" in text
    assert node.ok("tasks", "cancel", second["id"], "--reason", "no need")["status"] == "cancelled"
    code, answer = node.ctl("tasks", "cancel", second["id"])
    assert code == 1 and answer["error"]["code"] == "illegal_transition"
    assert node.ctl("tasks", "show", "ffffffff")[0] == 1
    assert node.ctl("tasks", "delegate", "x", "--priority", "urgent")[0] == 2
    assert node.ctl("tasks", "claim", first)[0] == 2, "nobody is named"
    assert node.ok("tasks", "list", "--status", "completed")["items"][0]["id"] == first


@pytest.mark.parametrize("section, word", [
    ("scope: nowhere", "scope"), ("offer: soon", "offer"), ("weights: {load: 2}", "weights.load"),
    ("weights: {charm: 1}", "charm"), ("lease: 5m", "lease"), ("archive: 0d", "archive"),
])
def test_what_makes_no_sense_is_refused_at_the_start(tmp_path, section, word):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "hive.yaml").write_text(f"tasks: {{{section}}}\n")
    done = subprocess.run([BUILD / "hived", "--data", tmp_path / "data"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and word in done.stderr and "hive.yaml:1" in done.stderr, done.stderr


def test_metrics_tell_of_tasks(make_node):
    node = make_node()
    task = delegate(node)
    assert claim(node, task, "ava")[0] == 0
    request = urllib.request.Request(node.run()["api"] + "/metrics", headers={"Authorization": "Bearer " + node.token()})
    with urllib.request.urlopen(request, timeout=60) as answer:
        metrics = answer.read().decode()
    assert 'hive_tasks{status="claimed"} 1' in metrics and "hive_task_claims_total 1" in metrics
    assert 'hive_task_claim_seconds_bucket{le="+Inf"} 1' in metrics

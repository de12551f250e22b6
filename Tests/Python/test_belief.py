"""How far what one node tells is believed on another, and what becomes of beliefs that contradict each other."""

import subprocess
import time

from conftest import BUILD, until


def believe(node, subject, relation, value, *options):
    return node.ok("memory", "add", f"{subject} {relation} {value}", "--subject", subject, "--relation", relation,
                   "--object", value, *options)


def epistemic(node, target):
    code, memory = node.ctl("memory", "get", target)
    return memory["epistemic"] if code == 0 else {}


def restart(node, configuration):
    node.stop()
    (node.data / "hive.yaml").write_text(configuration)
    return node.start()


def test_every_node_believes_by_its_own_trust_and_by_the_same_words(hive):
    a, b, c = hive
    writer = a.ok("status")["node"]
    restart(c, f"belief: {{trust: {{nodes: {{'{writer[:12]}': 0.25}}, agents: {{ann: 0.5}}, default: 1}}}}\n")
    target = a.ok("memory", "add", "the bridge is open", "--confidence", "0.8", "--status", "observed")["id"]
    until(lambda: all(epistemic(node, target) for node in (b, c)))
    assert epistemic(b, target)["effectiveConfidence"] > 0.79
    assert epistemic(c, target)["effectiveConfidence"] == 0.25 and epistemic(c, target)["trust"] == 0.25
    b.ok("memory", "verify", target, "--agent", "ann", "--reason", "crossed it")
    b.ok("memory", "verify", target, "--agent", "ann", "--reason", "crossed it")
    c.ok("memory", "contradict", target, "--agent", "bob", "--reason", "saw a barrier")
    until(lambda: all((epistemic(node, target)["verifications"], epistemic(node, target)["contradictions"]) == (1, 1)
                      for node in hive))
    report = c.ok("memory", "belief", target)
    trusts = {one["agent"]: one["trust"] for one in report["assessments"]}
    assert trusts == {"ann": 0.5, "bob": 1} and report["witnesses"][0]["trust"] == 0.25
    # What node C says of its trust is nobody else's business.
    versions = {node.ok("memory", "get", target)["version"] for node in hive}
    assert len(versions) == 1 and b.ok("memory", "belief", target)["trust"] == 1
    code, error = a.ctl("memory", "contradict", target)
    assert code == 2 and error["error"]["code"] == "invalid_input"


def test_beliefs_that_contradict_each_other_are_settled_everywhere(hive):
    a, b, c = hive
    first = believe(a, "web-3", "runs", "nginx 1.24", "--single-valued", "--confidence", "0.9")
    until(lambda: c.ctl("memory", "get", first["id"])[0] == 0)
    second = believe(c, "web-3", "runs", "nginx 1.26", "--confidence", "0.4")
    assert second["contradicts"] == [first["id"]]
    until(lambda: all(node.ctl("conflicts", "list")[0] == 1 for node in hive))
    conflict = b.ctl("conflicts", "list")[1]["items"][0]
    assert conflict["kind"] == "belief" and [one["value"] for one in conflict["siblings"]] == ["nginx 1.24", "nginx 1.26"]
    assert b.ok("status")["conflicts"] == 1 and b.ok("conflicts", "show", conflict["id"]) == conflict
    assert b.ctl("conflicts", "resolve", conflict["id"], "--take", "nonsense")[0] == 2
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 1))
    until(lambda: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()) > moment)
    b.ok("conflicts", "resolve", conflict["id"], "--take", "highest-confidence")
    until(lambda: all(node.ctl("conflicts", "list")[0] == 0 for node in hive))
    for node in hive:
        held = node.ok("memory", "beliefs", "--subject", "web-3")["items"]
        assert [one["id"] for one in held] == [first["id"]]
        then = node.ok("memory", "beliefs", "--subject", "web-3", "--at", moment)["items"]
        assert {one["id"] for one in then} == {first["id"], second["id"]}
        retracted = epistemic(node, second["id"])
        assert retracted["status"] == "retracted" and retracted["retraction"]["kept"] == first["id"]
        assert node.ctl("memory", "search", "1.26")[1]["items"] == [] or all(
            hit["id"] != second["id"] for hit in node.ctl("memory", "search", "1.26")[1]["items"])
        assert node.ok("memory", "search", "1.26", "--status", "retracted")["items"][0]["id"] == second["id"]
    c.ok("memory", "update", second["id"], "--status", "reported")
    until(lambda: all(node.ctl("conflicts", "list")[0] == 1 for node in hive))


def test_what_was_erased_is_gone_from_the_past_of_every_node(hive):
    a, _, c = hive
    target = a.ok("memory", "add", "the password is hunter2")["id"]
    until(lambda: c.ctl("memory", "get", target)[0] == 0)
    moment = c.ok("memory", "get", target)["updatedAt"]
    status, past = c.http("GET", f"/api/v1/memories/{target}?at={moment}", role="agent")
    assert status == 200 and past["content"] == "the password is hunter2" and past["gone"] == []
    a.ok("memory", "erase", target, "--yes")
    until(lambda: c.http("GET", f"/api/v1/memories/{target}")[0] == 410)
    status, past = c.http("GET", f"/api/v1/memories/{target}?at={moment}", role="agent")
    assert status == 200 and past["content"] is None and past["gone"] == ["content"]


def test_configuration_of_belief_is_read_strictly(tmp_path):
    wrong = {
        "belief: {halfLives: {infra: soon}}": "half-life", "belief: {trust: {agents: {ann: 2}}}": "no trust",
        "belief: {trust: {nodes: {zz: 1}}}": "node's id", "belief: {trusts: {}}": "unknown key `trusts`",
        "search: {recency: 1}": "no weight", "search: {recent: 0.1}": "unknown key `recent`",
        "belief: [1]": "mapping",
    }
    for text, message in wrong.items():
        (tmp_path / "hive.yaml").write_text(text + "\n")
        done = subprocess.run([BUILD / "hived", "--data", tmp_path, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0"],
                              capture_output=True, text=True, timeout=60)
        assert done.returncode == 2 and message in done.stderr and "hive.yaml:1:" in done.stderr, (text, done.stderr)


def test_half_lives_and_weights_come_from_the_configuration(make_node):
    node = restart(make_node(), "belief: {halfLives: {infra: 1s, default: never}}\nsearch: {confidence: off, trust: 0.2}\n")
    fading = node.ok("memory", "add", "kube-proxy restarts", "--category", "infra", "--confidence", "1")["id"]
    lasting = node.ok("memory", "add", "kube-proxy runs", "--confidence", "1")["id"]
    until(lambda: epistemic(node, fading)["effectiveConfidence"] < 0.3)
    assert epistemic(node, lasting)["effectiveConfidence"] == 1
    hits = {hit["id"]: hit for hit in node.ok("memory", "search", "kube-proxy", "--explain")["items"]}
    for hit in hits.values():
        assert {"words", "fused", "recency", "confidence", "trust", "factor"} <= hit["why"].keys()
        assert hit["why"]["factor"] > 0.99, "confidence does not count here"
    node.ok("memory", "verify", fading)
    assert epistemic(node, fading)["effectiveConfidence"] > 0.4, "the clock starts anew"


def test_a_belief_stays_one_in_the_hive_that_its_node_joins(make_node):
    newcomer, inviter = make_node("newcomer"), make_node("inviter")
    believe(newcomer, "web-3", "runs", "nginx", "--single-valued", "--status", "observed")
    newcomer.ok("peers", "join", inviter.ok("peers", "invite")["line"], "--reissue")
    until(lambda: newcomer.ok("memory", "beliefs", "--subject", "web-3")["items"])
    known = newcomer.ok("memory", "beliefs", "--subject", "web-3")["items"][0]["epistemic"]
    assert (known["object"], known["singleValued"], known["status"]) == ("nginx", True, "observed")

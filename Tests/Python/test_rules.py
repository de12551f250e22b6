"""The commands that look at rules, as people and CI run them: no node is needed."""

import json
import os
import subprocess
import urllib.request
import xml.etree.ElementTree

from conftest import BUILD, ROOT, until

RULE = """apiVersion: hive/v1
kind: Rule
metadata: {name: no-force-push}
spec:
  match: {events: [tool.pre], tools: [Bash]}
  when: cmd.hasFlag('--force', '-f') && git.branch in params.protected
  params: {protected: [main]}
  effect: deny
  message: "'force push to ' + git.branch"
  remediation: Use a topic branch.
tests:
  - {name: denied, input: {event: tool.pre, tool: Bash, command: git push -f, git: {branch: main}}, expect: {effect: deny}}
  - {name: topic, input: {event: tool.pre, tool: Bash, command: git push -f, git: {branch: x}}, expect: {effect: allow}}
  - {name: plain, input: {event: tool.pre, tool: Bash, command: git push, git: {branch: main}}, expect: {effect: allow}}
"""

PUSH = {"event": "tool.pre", "tool": "Bash", "command": "git push -uf origin main", "git": {"branch": "main"}}


def ctl(*arguments, stdin=None):
    done = subprocess.run(
        [BUILD / "hivectl", *map(str, arguments)], capture_output=True, text=True, input=stdin, timeout=60)
    return done.returncode, done.stdout, done.stderr


def ctl_json(*arguments, stdin=None):
    code, out, err = ctl(*arguments, "--json", stdin=stdin)
    return code, json.loads(out)


def write(folder, name, text):
    (folder / name).write_text(text)
    return folder / name


def test_lint(tmp_path):
    rules = write(tmp_path, "rules.yaml", RULE)
    assert ctl("rules", "lint", rules)[0] == 0
    write(tmp_path, "rules.yaml", RULE.replace("protected: [main]", "protected: [main], limit: 3"))
    code, answer = ctl_json("rules", "lint", rules)
    assert code == 1 and [item["code"] for item in answer["items"]] == ["unused"]
    write(tmp_path, "rules.yaml", RULE.replace("git.branch in", "git.brnch in").replace("effect: deny", "effect: denny"))
    code, out, err = ctl("rules", "lint", rules)
    assert code == 2 and "rules.yaml:8" in err and "denny" in err and "hint:" in err, err


def test_fmt(tmp_path):
    untidy = RULE.replace("spec:\n", "spec:   \n\n\n") + "# the end"
    rules = write(tmp_path, "rules.yaml", untidy)
    assert ctl("rules", "fmt", "--check", rules)[0] == 1
    assert rules.read_text() == untidy, "--check writes nothing"
    assert ctl("rules", "fmt", rules)[0] == 0
    assert "# the end" in rules.read_text()
    assert ctl("rules", "fmt", "--check", rules)[0] == 0
    assert ctl("rules", "test", rules)[0] == 0


def test_test(tmp_path):
    rules = write(tmp_path, "rules.yaml", RULE)
    code, answer = ctl_json("rules", "test", "--coverage", "100", "--junit", tmp_path / "out.xml", rules)
    assert (code, answer["passed"], answer["failed"], answer["coverage"]) == (0, 3, 0, 100)
    assert len(xml.etree.ElementTree.parse(tmp_path / "out.xml").getroot().findall(".//testcase")) == 3
    write(tmp_path, "rules.yaml", "".join(line for line in RULE.splitlines(True) if "topic," not in line))
    code, out, _ = ctl("rules", "test", "--coverage", "100", rules)
    assert code == 1 and "never false" in out, out
    write(tmp_path, "rules.yaml", RULE.replace("expect: {effect: deny}", "expect: {effect: warn}"))
    code, out, _ = ctl("rules", "test", rules)
    assert code == 1 and "expected warn, got deny" in out


def test_watch(tmp_path):
    rules = write(tmp_path, "rules.yaml", RULE)
    log = tmp_path / "log"
    with open(log, "wb") as output:
        watching = subprocess.Popen(
            [BUILD / "hivectl", "rules", "test", "--watch", rules], stdout=output, stderr=output)
    try:
        until(lambda: log.read_text().count("3 passed, 0 failed") == 1)
        write(tmp_path, "rules.yaml", RULE.replace("protected: [main]", "protected: [x]"))
        until(lambda: "2 failed" in log.read_text())
        os.remove(rules)
        until(lambda: "error:" in log.read_text())
        write(tmp_path, "rules.yaml", RULE)
        until(lambda: log.read_text().count("3 passed, 0 failed") >= 2)
        assert watching.poll() is None
    finally:
        watching.terminate()
        watching.wait(timeout=20)


def test_eval_and_explain(tmp_path):
    rules = write(tmp_path, "rules.yaml", RULE)
    code, decision = ctl_json("rules", "eval", rules, "--input", "-", stdin=json.dumps(PUSH))
    assert code == 1 and decision["effect"] == "deny" and decision["rule"]["id"] == "no-force-push"
    assert decision["message"] == "force push to main" and decision["remediation"] == "Use a topic branch."
    harmless = {**PUSH, "command": "git push origin main"}
    assert ctl("rules", "eval", rules, "--input", "-", stdin=json.dumps(harmless))[0] == 0
    code, out, _ = ctl("rules", "explain", rules, "--input", "-", stdin=json.dumps(harmless))
    assert "does not apply" in out and "hasFlag" in out, out
    code, _, err = ctl("rules", "eval", rules, "--input", "-", stdin=json.dumps({"event": "tool.pre", "tol": "Bash"}))
    assert code == 2 and "tool" in err


def test_index(tmp_path):
    rules = write(tmp_path, "rules.yaml", RULE)
    assert ctl("rules", "index", rules)[0] == 0
    always = "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: always}\nspec: {when: size(content) > 3, effect: warn}\n"
    write(tmp_path, "always.yaml", always)
    code, out, err = ctl("rules", "index", tmp_path)
    assert "always" in out and "every" in (out + err), out + err


def test_diff_and_replay(tmp_path):
    before = write(tmp_path, "before.yaml", RULE)
    after = write(tmp_path, "after.yaml", RULE.replace("effect: deny", "effect: warn"))
    assert ctl("rules", "diff", before, before)[0] == 0
    code, answer = ctl_json("rules", "diff", before, after)
    assert code == 1 and "warn" in {item["after"]["effect"] for item in answer["items"]}
    record = {"input": {**PUSH, "agent": {"name": "ava"}}, "decision": {"effect": "deny", "rule": {"id": "no-force-push"}}}
    journal = write(tmp_path, "journal.jsonl", json.dumps(record) + "\n")
    assert ctl("rules", "replay", before, "--decisions", journal)[0] == 0
    code, answer = ctl_json("rules", "replay", after, "--decisions", journal)
    assert code == 1 and answer["byAgent"] == [{"name": "ava", "total": 1, "changed": 1, "stricter": 0, "looser": 1}]
    journal.write_text(json.dumps(record) + "\nnonsense\n")
    code, _, err = ctl("rules", "replay", before, "--decisions", journal)
    assert code == 2 and "line 2" in err


def test_bad_input_is_refused_with_its_place(tmp_path):
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    cases = {
        "bomb.yaml": bomb,
        "effect.yaml": RULE.replace("effect: deny", "effect: forbid"),
        "key.yaml": RULE.replace("  effect: deny", "  efect: deny"),
        "twice.yaml": RULE + "---\n" + RULE,
        "circle.yaml": RULE.replace("spec:\n", "spec:\n  extends: [no-force-push]\n"),
        "deep.yaml": RULE.replace("git.branch in params.protected", "(" * 300 + "true" + ")" * 300),
        "regex.yaml": RULE.replace("git.branch in params.protected", "content.matches('(a{1000}){1000}')"),
    }
    for name, text in cases.items():
        path = write(tmp_path, name, text)
        code, _, err = ctl("rules", "lint", path)
        assert code == 2 and "error:" in err and f"{name}:" in err and "hint:" in err, f"{name}: {code} {err}"
    (tmp_path / "bytes.yaml").write_bytes(b"metadata: \xff\xfe\n")
    code, _, err = ctl("rules", "lint", tmp_path / "bytes.yaml")
    assert code == 2 and "bytes.yaml" in err


def test_the_examples_hold():
    assert ctl("rules", "test", "--coverage", "100", ROOT / "Examples/Governed")[0] == 0
    done = subprocess.run(
        [BUILD / "governed-example", ROOT / "Examples/Governed/refunds.yaml"], capture_output=True, text=True,
        timeout=60)
    assert done.returncode == 0 and done.stdout.splitlines() == [
        "refunded 20 for A-1",
        "warning: a refund of 80 is unusual",
        "refunded 80 for A-1",
        "refunded 400 for A-2, approved by treasurer",
        "not done: `payments.refund` needs approval by rule `large-refund`, version 1: a refund of 400 needs the "
        "treasurer, and was refused: the treasurer knows no such order",
        "hint: Ask the treasurer.",
        "not done: `payments.refund` is denied by rule `refund-ceiling`, version 1: a refund of 5000 is above 1000",
        "hint: Split the refund by invoice, or raise the ceiling by a push.",
        "wrote to mia: Your card [card] was credited.",
    ], done.stdout


def test_recorded_decisions_are_replayed(make_node, tmp_path, monkeypatch):
    monkeypatch.setenv("HIVE_RECORD_DECISIONS", "true")
    node = make_node()
    rules = write(tmp_path, "law.yaml", RULE)
    node.ok("rules", "push", rules, "--set", "law")
    for branch in ["main", "topic", None]:
        question = {**PUSH, "agent": {"name": "ava"}, "git": {"branch": branch} if branch else {}}
        assert node.http("POST", "/api/v1/decisions", question, role="agent")[0] == 200
    journal = node.data / "decisions.jsonl"
    assert len(journal.read_text().splitlines()) == 3 and journal.stat().st_mode & 0o777 == 0o600
    assert ctl("rules", "replay", rules, "--decisions", journal)[0] == 0
    looser = write(tmp_path, "looser.yaml", RULE.replace("protected: [main]", "protected: [release]"))
    code, answer = ctl_json("rules", "replay", looser, "--decisions", journal)
    assert code == 1 and answer["total"] == 3 and len(answer["items"]) == 1, answer
    metrics = urllib.request.urlopen(urllib.request.Request(
        node.run()["api"] + "/metrics", headers={"Authorization": "Bearer " + node.token()})).read().decode()
    assert 'hive_decisions_total{effect="deny"} 2' in metrics
    assert 'hive_rule_errors_total{rule="no-force-push"} 1' in metrics, metrics
    assert 'hive_decision_duration_seconds_count 3' in metrics
    assert 'hive_decision_duration_seconds_bucket{le="+Inf"} 3' in metrics


def test_packs_are_listed_read_and_written_out(tmp_path):
    code, listed = ctl_json("rules", "packs")
    names = {item["name"]: item for item in listed["items"]}
    assert code == 0 and {"agent-conduct", "devops-safety"} <= set(names)
    assert all(item["rules"] > 5 and item["version"] >= 1 and item["summary"] for item in names.values())
    for name in names:
        assert ctl("rules", "lint", f"pack:{name}")[0] == 0
    wipe = {"event": "tool.pre", "tool": "Bash", "command": "rm -rf /"}
    code, out, _ = ctl("rules", "eval", "pack:devops-safety", "--input", "-", stdin=json.dumps(wipe))
    assert code == 1 and json.loads(out)["effect"] == "deny"
    assert ctl("rules", "explain", "pack:devops-safety", "--input", "-", stdin=json.dumps(wipe))[0] == 0
    assert ctl("rules", "index", "pack:devops-safety")[0] == 0
    folder = tmp_path / "devops"
    assert ctl("rules", "packs", "devops-safety", "--to", folder)[0] == 0
    assert ctl_json("rules", "diff", "pack:devops-safety", folder)[0] == 0
    code, _, err = ctl("rules", "packs", "devops-safety", "--to", folder)
    assert code == 2 and "exists" in err


def test_unknown_packs_and_templates_are_told_the_nearest(tmp_path):
    for arguments in [("lint", "pack:devops-safty"), ("packs", "devops-safty")]:
        code, _, err = ctl("rules", *arguments)
        assert code == 2 and "devops-safety" in err
    code, _, err = ctl("rules", "new", "--from", "protected-branchs", "--to", tmp_path)
    assert code == 2 and "protected-branches" in err
    code, _, err = ctl("rules", "fmt", "pack:devops-safety")
    assert code == 2 and "--to" in err
    assert list(tmp_path.iterdir()) == []


def test_a_first_rule_is_written_and_its_tests_pass(tmp_path):
    code, made = ctl_json("rules", "new", "no-deletes", "--to", tmp_path / "rules")
    assert code == 0 and made["rules"] == ["no-deletes"] and made["passed"] >= 2 and made["failed"] == []
    assert ctl("rules", "test", tmp_path / "rules", "--coverage", "100")[0] == 0
    assert ctl("rules", "lint", tmp_path / "rules")[0] == 0
    code, _, err = ctl("rules", "new", "no-deletes", "--to", tmp_path / "rules")
    assert code == 2 and "exists" in err


def test_templates_take_typed_parameters_and_nothing_else(tmp_path):
    code, listed = ctl_json("rules", "new", "--list")
    assert code == 0 and len(listed["items"]) >= 9
    code, made = ctl_json(
        "rules", "new", "--from", "protected-branches", "--param", "branches=trunk,1.0", "--set-name", "mine",
        "--to", tmp_path)
    assert code == 0 and made["failed"] == []
    push = {"event": "tool.pre", "tool": "Bash", "command": "git push -f origin 1.0"}
    code, out, _ = ctl("rules", "eval", made["file"], "--input", "-", stdin=json.dumps(push))
    assert code == 1 and json.loads(out)["rule"]["id"] == "protected-branches"
    refused = [
        ("network-destinations", [], "hosts"),
        ("network-destinations", ["host=a.org"], "hosts"),
        ("network-destinations", ["hosts=a b"], "match"),
        ("network-destinations", ["hosts"], "name=value"),
        ("argument-limit", ["tools=pay", "limit=much"], "int"),
        ("protected-paths", ["effect=maybe"], "allowed"),
    ]
    for name, parameters, word in refused:
        given = [part for parameter in parameters for part in ("--param", parameter)]
        code, _, err = ctl("rules", "new", "--from", name, *given, "--to", tmp_path)
        assert code == 2 and word in err, (name, err)
    assert [path.name for path in tmp_path.iterdir()] == ["protected-branches.yaml"]
    code, made = ctl_json("rules", "new", "--from", "change-freeze", "--param", "hours=10:00-11:00", "--to", tmp_path)
    assert code == 1 and [failure["test"] for failure in made["failed"]] == ["inside the freeze"]

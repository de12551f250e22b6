"""Rules of hAIveMind on real nodes: brought along, in force, given back."""

import json

import pytest

SET = {
    "format_version": "1.0",
    "rules": [
        {"id": "sign-001", "name": "Sign", "rule_type": "authorship", "scope": "global", "priority": 850,
         "actions": [{"action_type": "set", "target": "author", "value": "Pomona Quince"},
                     {"action_type": "append", "target": "signatures", "value": "pq"}]},
        {"id": "sec-001", "name": "No secrets", "rule_type": "security", "scope": "global", "priority": 1000,
         "actions": [{"action_type": "validate", "target": "code_content", "value": "no_secrets"},
                     {"action_type": "block", "target": "secret_exposure", "value": True}]},
        {"id": "log-001", "name": "Log more", "rule_type": "operational", "scope": "project", "priority": 600,
         "actions": [{"action_type": "set", "target": "logging", "value": "debug"},
                     {"action_type": "append", "target": "signatures", "value": "press"}]},
        {"id": "old-001", "name": "Gone", "priority": 1, "status": "inactive",
         "actions": [{"action_type": "block", "target": "everything", "value": True}]},
    ],
    "dependencies": [{"rule_id": "log-001", "depends_on_rule_id": "sign-001", "dependency_type": "enhances"}],
    "assignments": [{"rule_id": "log-001", "scope_type": "project", "scope_id": "press", "priority_override": 900}],
    "metadata": {"exported_by": "a test"},
}


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "orchard.json"
    path.write_text(json.dumps(SET, indent=1))
    return path


def test_import_decide_export(make_node, rules, tmp_path):
    node = make_node()
    dry = node.ok("rules", "import", rules, "--dry-run")
    assert dry["set"] == "orchard" and [item["priority"] for item in dry["items"]] == [850, 1000, 600, 1]
    assert node.ok("rules", "list")["items"] == [], "a dry run changes nothing"
    assert node.ok("rules", "import", rules)["pushed"]["active"]
    listed = {item["name"]: item for item in node.ok("rules", "list")["items"]}
    assert {name: item["priority"] for name, item in listed.items()} == {
        "sign-001": 850, "sec-001": 1000, "log-001": 600, "old-001": 1}
    assert listed["old-001"]["enforcement"] == "disabled" and listed["log-001"]["scope"] == "project"

    def decide(**question):
        return node.http("POST", "/api/v1/decisions", question, role="agent")[1]

    read = decide(event="tool.pre", tool="Read", path="README.md", project="press")
    assert read["allowed"] and read["settings"]["logging"] == "debug"
    assert read["settings"]["signatures"] == ["pq", "press"], "900 in the press comes after 850"
    assert decide(event="tool.pre", tool="Read", project="barn")["settings"]["signatures"] == ["pq"]
    leak = decide(event="file.write", path="a", content='{"password":"hunter2hunter2"}')
    assert not leak["allowed"] and leak["rule"]["id"] == "sec-001"

    for form, name in [("haivemind-json", "out.json"), ("haivemind-yaml", "out.yaml")]:
        out = tmp_path / name
        assert node.ok("rules", "export", "--format", form, "--output", out)["refused"] == []
        again = node.ok("rules", "import", out, "--set", "again", "--to", tmp_path / form)
        assert [item["name"] for item in again["items"]] == [rule["id"] for rule in SET["rules"]]
    exported = json.loads((tmp_path / "out.json").read_text())
    assert exported["metadata"] == SET["metadata"] and exported["assignments"] == SET["assignments"]
    assert [rule["actions"][0]["target"] for rule in exported["rules"]] == [
        rule["actions"][0]["target"] for rule in SET["rules"]]


def test_one_bad_rule_refuses_all(make_node, rules):
    node = make_node()
    bad = json.loads(rules.read_text())
    bad["rules"][0]["priority"] = 2000
    bad["rules"][2]["actions"][0]["action_type"] = "sett"
    rules.write_text(json.dumps(bad, indent=1))
    code, answer = node.ctl("rules", "import", rules)
    message = answer["error"]["message"]
    assert code == 2 and "2000" in message and "sett" in message, answer
    assert f"{rules}:9:" in message, "errors name the line"
    assert node.ok("rules", "list")["items"] == []


def test_native_rules_are_refused_by_name(make_node, tmp_path):
    node = make_node()
    rule = tmp_path / "law" / "law.yaml"
    rule.parent.mkdir()
    rule.write_text(
        "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: warns}\nspec: {effect: warn, when: has(agent.name)}\n---\n"
        "apiVersion: hive/v1\nkind: Rule\nmetadata: {name: vetoes}\nspec: {effect: deny, match: {tools: [Bash]}}\n")
    node.ok("rules", "push", rule.parent)
    code, answer = node.ctl("rules", "export")
    assert code == 1 and answer["items"] == ["vetoes"]
    assert [refusal["rule"] for refusal in answer["refused"]] == ["warns"]
    assert node.ok("rules", "export", "--format", "hive")["items"] == ["vetoes", "warns"]

"""Records on real nodes: what people and agents do from an outage to a runbook."""

import subprocess

from conftest import BUILD, until
from test_mcp import talk


def text_of(node, *arguments, stdin=None):
    """What a command prints for people."""
    done = subprocess.run(
        [BUILD / "hivectl", *map(str, arguments), "--data", node.data], capture_output=True, text=True, input=stdin,
        timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_from_an_outage_to_a_runbook(make_node, tmp_path):
    node = make_node()
    node.ok("infra", "record", "web-3/nginx", "--status", "ok")
    down = node.ok("infra", "record", "web-3/nginx", "--status", "down", "--value", "errors=502", "--note", "no upstream")
    assert down["previousStatus"] == "ok" and down["values"] == {"errors": 502}
    incident = node.ok("incident", "open", "checkout answers 502", "--severity", "high", "--system", "checkout")["id"]
    node.ok("incident", "link", incident, "impact", "web-3/nginx")
    node.ok("incident", "update", incident, "--status", "investigating")
    node.ok("incident", "note", incident, "-", stdin="the pool is full\n$ psql -c 'select count(*) from pg_stat_activity'")
    code, answer = node.ctl("incident", "update", incident, "--status", "open")
    assert code == 1 and answer["error"]["code"] == "illegal_transition" and "mitigated" in answer["error"]["hint"]
    resolved = node.ok("incident", "resolve", incident, "raised max_connections to 400", "--lessons", "watch the pool")
    assert resolved["status"] == "resolved" and resolved["suggestions"] == {"incidents": [], "runbooks": []}
    assert [entry["status"] for entry in resolved["timeline"]] == ["open", "investigating", None, "resolved"]

    runbook = node.ok("runbook", "new", "--from", incident, "--owner", "platform")
    assert [step["text"] for step in runbook["steps"]] == ["the pool is full", "raised max_connections to 400"]
    assert runbook["steps"][0]["command"].startswith("psql")
    node.ok("runbook", "run-record", runbook["id"], "success", "--incident", incident, "--took", "12m")
    file = tmp_path / "runbook.md"
    file.write_text(text_of(node, "runbook", "render", runbook["id"]))
    copy = node.ok("runbook", "import", file)
    assert copy["markdown"] == runbook["markdown"] == file.read_text()
    assert copy["steps"] == runbook["steps"]

    again = node.ok("incident", "open", "checkout answers 502 once more", "--severity", "p2")["id"]
    suggestions = node.ok("incident", "resolve", again, "as last time")["suggestions"]
    assert suggestions["incidents"][0]["id"] == incident
    assert suggestions["runbooks"][0]["id"] == runbook["id"] and suggestions["runbooks"][0]["successes"] == 1

    memory = node.ok("memory", "get", incident)
    assert memory["category"] == "incident" and memory["record"]["severity"] == "sev2"
    found = node.ok("memory", "search", "connection pool", "--category", "incident")
    assert found["items"][0]["id"] == incident
    stats = node.ok("memory", "stats")
    assert stats["memories"] == 5 and stats["byCategory"] == {"incident": 2, "runbook": 2, "infrastructure": 1}
    for command in [
        ("infra", "list"), ("infra", "show", "web-3/nginx"), ("infra", "history", "web-3/nginx"), ("incident", "list"),
        ("incident", "show", incident), ("incident", "timeline", incident), ("incident", "suggest", again),
        ("runbook", "list"), ("runbook", "show", runbook["id"]), ("memory", "stats"),
    ]:
        assert len(text_of(node, *command).splitlines()) >= 1, command


def test_bad_input_is_refused_with_advice(make_node, tmp_path):
    node = make_node()
    bad = tmp_path / "bad.md"
    bad.write_text("# t\n- Reviewed: soon\n")
    for arguments, word in [
        (("infra", "record", "web 3", "--status", "ok"), "white space"), (("infra", "record", "a", "--status", "x"), "degraded"),
        (("infra", "record", "a", "--value", "cpu"), "NAME=VALUE"), (("incident", "open", "x", "--severity", "x"), "sev1"),
        (("runbook", "import", bad), "line 2"), (("runbook", "new", "x"), "steps"),
        (("infra", "list", "--status", "x"), "degraded"), (("incident", "list", "--limit", "0"), "1000"),
    ]:
        code, answer = node.ctl(*arguments)
        assert code == 2 and word in str(answer["error"]), (arguments, answer)
    assert node.ctl("infra", "show", "nothing")[0] == 1
    assert node.ctl("incident", "show", "00000000")[0] == 1
    assert node.http("GET", "/api/v1/incidents?colour=red")[0] == 400
    assert node.http("GET", "/api/v1/memories/stats", role=None)[0] == 401


def test_agents_record_over_mcp_as_they_did_there(tmp_path):
    from conftest import Node

    node = Node("ops", tmp_path)
    node.data.mkdir()
    (node.data / "hive.yaml").write_text("mcp-tools: [core, ops, memory]\nrecords: {scope: instance}\n")
    node.start()

    async def conversation(client):
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert tools["track_infrastructure_state"].annotations.read_only_hint is False
        assert tools["record_incident"].output_schema["required"]
        state = await client.call_tool("track_infrastructure_state", {
            "machine_id": "elastic1", "state_data": {"status": "running", "heap": 0.7}, "state_type": "service_status",
            "tags": ["search"]})
        assert not state.is_error, state.content
        assert state.structured_content["status"] == "ok" and state.structured_content["scope"] == "instance"
        incident = await client.call_tool("record_incident", {
            "title": "search is slow", "description": "queries take 9 s", "severity": "critical",
            "affected_systems": ["elastic1"], "resolution": "cleared the field data cache", "lessons_learned": "cap it"})
        assert not incident.is_error, incident.content
        identifier = incident.structured_content["id"]
        assert incident.structured_content["severity"] == "sev1" and incident.structured_content["status"] == "resolved"
        refused = await client.call_tool("update_incident", {"id": identifier, "status": "mitigated"})
        assert refused.is_error and "illegal_transition" in refused.content[0].text
        noted = await client.call_tool("update_incident", {"id": identifier, "note": "it holds"})
        assert len(noted.structured_content["timeline"]) == 3
        runbook = await client.call_tool("generate_runbook", {
            "title": "Clear the cache", "procedure": "1. look\n$ curl :9200/_cat/fielddata\n2. clear it",
            "system": "elasticsearch", "prerequisites": ["a shell"], "expected_outcome": "queries take 90 ms"})
        assert runbook.structured_content["markdown"].startswith("# Clear the cache\n")
        assert len(runbook.structured_content["steps"]) == 2
        drafted = await client.call_tool("generate_runbook", {"source": identifier})
        assert not drafted.is_error, drafted.content
        wrong = await client.call_tool("record_incident", {"title": "x", "description": "y", "severity": "odd"})
        assert wrong.is_error and "sev1" in wrong.content[0].text
        stats = await client.call_tool("get_memory_stats", {})
        assert stats.structured_content["byCategory"] == {"incident": 1, "infrastructure": 1, "runbook": 2}

    try:
        talk(node, conversation)
    finally:
        node.stop()


def test_what_two_nodes_record_at_once_stays_readable(hive):
    a, b, c = hive
    state = a.ok("infra", "record", "web-3/nginx", "--status", "ok")["id"]
    incident = a.ok("incident", "open", "checkout answers 502")["id"]
    until(lambda: all(node.ctl("memory", "get", incident)[0] == 0 for node in hive))
    until(lambda: all(node.ctl("memory", "get", state)[0] == 0 for node in hive))
    b.stop()
    c.stop()
    a.ok("infra", "record", "web-3/nginx", "--status", "down")
    a.ok("incident", "resolve", incident, "restarted it")
    a.stop()
    b.start()
    c.start()
    assert b.ok("infra", "record", "web-3/nginx", "--status", "degraded")["id"] == state
    b.ok("infra", "record", "db-1", "--status", "ok")
    b.ok("incident", "resolve", incident, "failed over")
    a.start()
    until(lambda: all(len(node.ok("incident", "show", incident)["resolutions"]) == 2 for node in hive))
    until(lambda: all(node.ok("infra", "show", "web-3/nginx")["contested"] for node in hive))
    shown = [node.ok("infra", "show", "web-3/nginx") for node in hive]
    assert {one["status"] for one in shown} == {"degraded"}
    assert [other["status"] for other in shown[0]["concurrent"]] == ["down"]
    for node in hive:
        read = node.ok("incident", "show", incident)
        assert read["status"] == "resolved" and read["resolutions"] == ["failed over", "restarted it"]
        assert [entry["status"] for entry in read["timeline"]] == ["open", "resolved", "resolved"]
        assert read["resolvedAt"] == read["timeline"][1]["at"]
        fields = {conflict["field"] for conflict in node.ctl("conflicts", "list")[1]["items"]}
        assert fields == {"observation", "resolution"}
    assert not c.ok("infra", "record", "web-3/nginx", "--status", "ok")["contested"]
    until(lambda: all(node.ok("infra", "show", "web-3/nginx")["status"] == "ok" for node in hive))
    until(lambda: all(not node.ok("infra", "show", "web-3/nginx")["contested"] for node in hive))
    history = a.ok("infra", "history", "web-3/nginx")["items"]
    assert [seen["status"] for seen in history] == ["ok", "degraded", "down", "ok"]


def test_who_joins_another_hive_brings_records_along_as_records(make_node):
    newcomer, inviter = make_node("newcomer"), make_node("inviter")
    newcomer.ok("infra", "record", "web-3/nginx", "--status", "down")
    incident = newcomer.ok("incident", "open", "checkout answers 502", "--severity", "high", "--system", "checkout")["id"]
    newcomer.ok("incident", "resolve", incident, "rolled back")
    before = newcomer.ok("memory", "get", incident)["record"]
    newcomer.ok("peers", "join", inviter.ok("peers", "invite")["line"], "--reissue")
    until(lambda: inviter.ok("incident", "list")["items"] and inviter.ok("infra", "list")["items"])
    found = inviter.ok("incident", "list", "--status", "resolved", "--system", "checkout")["items"]
    assert [one["resolutions"] for one in found] == [["rolled back"]]
    assert inviter.ok("memory", "get", found[0]["id"])["record"] == before
    assert inviter.ok("infra", "show", "web-3/nginx")["status"] == "down"


def test_an_erased_incident_leaves_no_word(make_node):
    node = make_node()
    word = "xylophonicquartz"
    incident = node.ok("incident", "open", f"the {word} fails", "--system", word, "--summary", word)["id"]
    node.ok("incident", "note", incident, f"{word} again")
    node.ok("incident", "resolve", incident, f"mended the {word}")
    assert any(word.encode() in path.read_bytes() for path in node.data.iterdir() if path.is_file())
    node.ok("memory", "erase", incident, "--yes", "--now")
    assert node.ctl("incident", "show", incident)[0] == 1
    until(lambda: not any(word.encode() in path.read_bytes() for path in node.data.iterdir() if path.is_file()))

"""Taking memories along, by real processes."""

import json
import os
import signal
import subprocess
import time

from conftest import BUILD, until


def lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def write_lines(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def fill(node):
    first = node.ok("memory", "add", "kube-proxy needs a restart\n\nafter each upgrade", "--tag", "kubernetes", "--tag", "ops",
                    "--meta", "owner=platform", "--confidence", "0.7", "--category", "infra", "--agent", "ava")["id"]
    node.http("POST", "/api/v1/memories", {
        "content": "web-3 runs kube-proxy 1.31", "subject": "web-3", "relation": "runs", "object": "kube-proxy 1.31",
        "singleValued": True, "metadata": {"deep": {"list": [1, 2.5, None, "x"]}, "n": 9007199254740993},
        "links": [{"relation": "about", "target": first}], "expiresAt": "2099-01-01T00:00:00Z", "user": "bo"})
    node.http("POST", "/api/v1/memories", {"content": "only here", "scope": "instance", "kind": "episodic"})
    node.http("POST", "/api/v1/memories", {"content": "großer Text ☃ " + "x" * 100_000})
    return first


def plain(record):
    """A memory without what is the node's own: stamps, author and version."""
    own = ("version", "createdAt", "updatedAt", "author", "origin")
    return {name: value for name, value in stated(record).items() if name not in own}


def stated(record):
    """A memory without what is reckoned when it is read."""
    kept = {name: value for name, value in record.items() if name not in ("lifecycle", "fields")}
    reckoned = ("effectiveConfidence", "trust")
    kept["epistemic"] = {name: value for name, value in record["epistemic"].items() if name not in reckoned}
    return kept


def test_an_export_is_the_memories_and_importing_it_changes_nothing(make_node, tmp_path):
    node = make_node()
    fill(node)
    code, summary = node.ctl("export", tmp_path / "a.jsonl")
    assert code == 0 and summary["exported"] == 4
    exported = lines(tmp_path / "a.jsonl")
    assert [record["id"] for record in exported] == sorted(record["id"] for record in exported)
    for record in exported:
        assert stated(node.ok("memory", "get", record["id"])) == stated(record)
        assert set(record.get("fields", {})) == ({"startedAt"} if record["kind"] == "episodic" else set())
    before = node.ok("status")["operations"]
    answer = node.ok("import", tmp_path / "a.jsonl")
    assert (answer["unchanged"], answer["created"], answer["updated"]) == (4, 0, 0)
    assert node.ok("status")["operations"] == before, "nothing was written"
    node.ok("export", tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_another_hive_gets_the_same_memories_and_knows_where_they_are_from(make_node, tmp_path):
    a, b = make_node("a"), make_node("b")
    fill(a)
    a.ok("export", tmp_path / "a.jsonl")
    assert b.ok("import", tmp_path / "a.jsonl")["created"] == 4
    b.ok("export", tmp_path / "b.jsonl")
    left, right = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    assert [plain(record) for record in left] == [plain(record) for record in right]
    for old, new in zip(left, right):
        assert new["origin"]["system"] == "hive" and new["origin"]["id"] == old["id"]
        assert new["origin"]["createdAt"] == old["createdAt"] and old["author"]["node"] in new["origin"]["author"]
        assert new["createdAt"] > old["createdAt"], "stamps are not forged"
    answer = b.ok("import", tmp_path / "a.jsonl")
    assert answer["unchanged"] == 4


def test_a_changed_line_updates_and_destroys_nothing_that_was_changed_here(make_node, tmp_path):
    node = make_node()
    first = node.ok("memory", "add", "the first", "--category", "old", "--tag", "a")["id"]
    second = node.ok("memory", "add", "the second", "--category", "old")["id"]
    node.ok("export", tmp_path / "a.jsonl")
    records = lines(tmp_path / "a.jsonl")
    for record in records:
        if record["id"] == first:
            record["category"], record["tags"] = "new", ["b"]
    write_lines(tmp_path / "changed.jsonl", records)
    node.ok("memory", "update", first, "--content", "the first, edited here")
    node.ok("memory", "update", second, "--category", "edited here")
    answer = node.ok("import", tmp_path / "changed.jsonl", "--dry-run")
    assert (answer["updated"], answer["unchanged"]) == (1, 1)
    assert node.ok("memory", "get", first)["category"] == "old", "a dry run does nothing"
    for expected in ((1, 1), (0, 2)):
        answer = node.ok("import", tmp_path / "changed.jsonl")
        assert (answer["updated"], answer["unchanged"]) == expected
    memory = node.ok("memory", "get", first)
    assert (memory["content"], memory["category"], memory["tags"]) == ("the first, edited here", "new", ["b"])
    assert node.ok("memory", "get", second)["category"] == "edited here", "an old line takes nothing back"
    assert not memory["contested"]


def test_bad_lines_are_named_and_the_rest_goes_in(make_node, tmp_path):
    node = make_node()
    forgotten = node.ok("memory", "add", "soon forgotten")["id"]
    erased = node.ok("memory", "add", "soon erased")["id"]
    node.ok("export", tmp_path / "own.jsonl")
    node.ok("memory", "forget", forgotten)
    node.ok("memory", "erase", erased, "--yes", "--now")
    path = tmp_path / "mixed.jsonl"
    path.write_text("\n".join([
        '{"content":"good one"}', "", "{broken", '{"content":"misspelt","tgas":["x"]}', '{"context":"no content"}',
        '{"content":"bad time","expiresAt":"soon"}', '{"content":"late","expiresAt":"2001-01-01T00:00:00Z"}',
        '{"content":"bad kind","kind":"sermon"}', '{"content":"' + "x" * 3_000_000 + '"}',
        '{"content":"bad scope","scope":"collective:nowhere"}', '{"content":"good two","tags":["t"]}\r']))
    code, answer = node.ctl("import", path)
    assert code == 1
    assert (answer["created"], answer["skipped"], answer["failed"]) == (2, 1, 7), answer
    assert [problem["number"] for problem in answer["problems"]] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert all(problem["message"] for problem in answer["problems"])
    assert answer["problems"][1]["code"] == "unknown_field"
    code, answer = node.ctl("import", tmp_path / "own.jsonl")
    assert code == 0 and answer["skipped"] == 2, "what was forgotten or erased does not come back"
    assert {problem["code"] for problem in answer["problems"]} == {"forgotten", "erased"}
    assert node.ctl("import", tmp_path / "nothing.jsonl")[0] == 2
    assert node.ctl("import", path, "--format", "sermon")[0] == 2
    assert node.ctl("import", path, "--scope", "nonsense")[0] == 2


def test_an_import_that_is_killed_is_simply_run_again(make_node, tmp_path):
    node = make_node()
    path = tmp_path / "many.jsonl"
    write_lines(path, [{"content": f"memory number {number}", "tags": [f"t{number % 7}"]} for number in range(3000)])
    for delay in (0.05, 0.2):
        process = subprocess.Popen([BUILD / "hivectl", "import", path, "--data", node.data, "--json"],
                                   stdout=subprocess.DEVNULL)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=30)
    killed = node.ok("status")["memories"]
    node.kill()
    node.start()
    answer = node.ok("import", path)
    assert answer["created"] + answer["unchanged"] == 3000 and answer["unchanged"] >= killed
    assert node.ok("status")["memories"] == 3000
    assert node.ok("import", path)["unchanged"] == 3000


def test_an_export_is_one_moment_while_writers_go_on(make_node, tmp_path):
    node = make_node()
    write_lines(tmp_path / "many.jsonl", [{"content": f"before {number}"} for number in range(2000)])
    node.ok("import", tmp_path / "many.jsonl")
    process = subprocess.Popen([BUILD / "hivectl", "export", "--data", node.data], stdout=subprocess.PIPE)
    first = process.stdout.readline()
    target = json.loads(node.ok("memory", "search", "before", "--limit", "1") and first)
    node.http("PATCH", f"/api/v1/memories/{target['id']}", {"content": "changed meanwhile"})
    for number in range(50):
        node.http("POST", "/api/v1/memories", {"content": f"after {number}"})
    rest = process.stdout.read().splitlines()
    assert process.wait(timeout=60) == 0
    records = [json.loads(line) for line in [first, *rest]]
    assert len(records) == 2000 and all(record["content"].startswith("before ") for record in records)


def test_filters_and_standard_streams(make_node):
    node = make_node()
    fill(node)
    def export(*arguments):
        done = subprocess.run([BUILD / "hivectl", "export", *arguments, "--data", node.data], capture_output=True,
                              text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]
    assert len(export()) == 4
    assert [record["category"] for record in export("-", "--tag", "ops")] == ["infra"]
    assert [record["content"] for record in export("--scope", "instance")] == ["only here"]
    assert len(export("--user", "bo")) == 1 and not export("--since", "2099-01-01T00:00:00Z")
    done = subprocess.run([BUILD / "hivectl", "import", "-", "--json", "--data", node.data], capture_output=True,
                          text=True, input='{"content":"from a pipe"}\n', timeout=60)
    assert json.loads(done.stdout)["created"] == 1
    assert node.http("GET", "/api/v1/export?nonsense=1")[0] == 400
    assert node.http("GET", "/api/v1/export?limit=1")[0] == 400


def test_markdown_there_and_back(make_node, tmp_path):
    a, b = make_node("a"), make_node("b")
    first = fill(a)
    folder = tmp_path / "notes"
    assert a.ok("export", folder, "--format", "markdown")["exported"] == 4
    names = sorted(os.listdir(folder))
    assert any(name.startswith("kube-proxy-needs-a-restart-") for name in names)
    assert f"about [[{first}]]" in "".join(path.read_text() for path in folder.iterdir())
    assert a.ok("import", folder)["unchanged"] == 4
    assert b.ok("import", folder)["created"] == 4
    for node in (a, b):
        node.ok("export", tmp_path / f"{node.name}.jsonl")
    left, right = lines(tmp_path / "a.jsonl"), lines(tmp_path / "b.jsonl")
    assert a.ctl("export", folder)[0] == 2, "a folder is no file"
    assert [plain(record) for record in left] == [plain(record) for record in right]
    path = next(path for path in folder.iterdir() if path.name.startswith("kube-proxy-needs"))
    path.write_text(path.read_text().replace('tags: ["kubernetes","ops"]', "tags: [kubernetes, 'edited by hand']"))
    assert a.ok("import", folder)["updated"] == 1
    assert a.ok("memory", "get", first)["tags"] == ["edited by hand", "kubernetes"]
    a.ok("export", folder, "--format", "markdown")
    assert sorted(os.listdir(folder)) == names, "a memory keeps its file"


def test_notes_of_other_programs(make_node, tmp_path):
    node = make_node()
    vault = tmp_path / "vault"
    (vault / "Projects").mkdir(parents=True)
    (vault / ".obsidian").mkdir()
    (vault / ".obsidian" / "app.md").write_text("not a note")
    (vault / "picture.png").write_bytes(b"\x89PNG")
    (vault / "Projects" / "Press.md").write_text(
        "---\ntags: [printing, '#ink']\ncreated: 2024-05-06\nstatus: open\n---\n# Press\n\nSee [[Ink|the ink]] and [[Nowhere]].\n")
    (vault / "Ink.md").write_text("Black. Back to [[Projects/Press#Press]].\n")
    (vault / "broken.md").write_text("---\ntags: [a\n---\ntext\n")
    code, answer = node.ctl("import", vault)
    assert code == 1 and answer["created"] == 2 and answer["problems"][0]["file"] == "broken.md"
    assert answer["notes"] == ["1 files that are no Markdown were left out"]
    press = node.ok("memory", "search", "press", "--tag", "printing")["items"][0]
    assert press["context"] == "Press" and press["tags"] == ["ink", "printing"]
    assert press["metadata"] == {"status": "open", "created": "2024-05-06"}
    assert press["origin"] == {"system": "markdown", "id": "Projects/Press", "createdAt": "2024-05-06"}
    ink = node.ok("memory", "get", press["links"][0]["target"])
    assert ink["content"].startswith("Black.") and ink["links"][0]["target"] == press["id"]
    (vault / "broken.md").unlink()
    assert node.ok("import", vault)["unchanged"] == 2


def test_foreign_formats_there_and_back(make_node, tmp_path):
    for name in ("mcp-memory-service", "haivemind"):
        a, b = make_node("a-" + name), make_node("b-" + name)
        fill(a)
        path = tmp_path / f"{name}.json"
        summary = a.ok("export", path, "--format", name)
        assert any("metadata.hive" in note for note in summary["notes"])
        json.loads(path.read_text())
        assert a.ok("import", path)["unchanged"] == 4
        answer = b.ok("import", path)
        assert answer["created"] == 4 and answer["format"] == name
        a.ok("export", tmp_path / "a")
        b.ok("export", tmp_path / "b")
        assert [plain(x) for x in lines(tmp_path / "a")] == [plain(x) for x in lines(tmp_path / "b")]


def test_memories_of_mcp_memory_service(make_node, tmp_path):
    node = make_node()
    path = tmp_path / "export.json"
    path.write_text(json.dumps({
        "export_metadata": {"source_machine": "studio", "export_timestamp": "2025-08-12T10:30:00", "total_memories": 3},
        "memories": [
            {"content": "use uv, not pip", "content_hash": "a" * 64, "tags": ["python", "tools"],
             "created_at": 1673545845.25, "updated_at": 1673545900.0, "memory_type": "decision",
             "metadata": {"project": "press"}, "export_source": "studio"},
            {"content": "tags as text", "content_hash": "b" * 64, "tags": "x, y", "created_at": 1, "updated_at": 1,
             "memory_type": None, "metadata": {}, "export_source": "studio"},
            {"content_hash": "c" * 64}]}, indent=2))
    code, answer = node.ctl("import", path)
    assert code == 1 and answer["created"] == 2 and answer["problems"][0]["number"] == 3
    memory = node.ok("memory", "search", "uv pip", "--tag", "python")["items"][0]
    assert memory["category"] == "decision" and memory["metadata"] == {"project": "press"}
    assert memory["origin"] == {"system": "mcp-memory-service", "id": "a" * 64, "author": "studio",
                                "createdAt": "2023-01-12T17:50:45.250Z", "updatedAt": "2023-01-12T17:51:40.000Z"}
    assert node.ctl("import", path)[1]["unchanged"] == 2
    node.ok("export", tmp_path / "back.json", "--format", "mcp-memory-service")
    back = {record["content"]: record for record in json.loads((tmp_path / "back.json").read_text())["memories"]}
    assert back["use uv, not pip"]["content_hash"] == "a" * 64
    assert back["use uv, not pip"]["created_at"] == 1673545845.25


def test_memories_of_haivemind(make_node, tmp_path):
    node = make_node()
    path = tmp_path / "export.json"
    path.write_text(json.dumps({"success": True, "format": "json", "export_data": {
        "user_id": "ava", "export_timestamp": "2025-09-01T08:00:00", "legal_basis": "GDPR Article 20",
        "memories": [{
            "memory_id": "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "content": "elastic1 is full", "category": "incidents",
            "metadata": {"user_id": "ava", "machine_id": "elastic1", "tags": "disk,elastic", "category": "incidents",
                         "format_version": "v2"},
            "created_at": "2025-08-30T07:00:00.123456", "context": "on call", "tags": "disk,elastic", "project": "",
            "machine_id": "elastic1", "scope": "project-shared"}],
        "deleted_memories": [{"memory_id": "x", "content": "gone"}]}}))
    answer = node.ok("import", path)
    assert answer["created"] == 1 and "recycle bin" in answer["notes"][0]
    memory = node.ok("memory", "search", "elastic1", "--user", "ava")["items"][0]
    assert memory["tags"] == ["disk", "elastic"] and memory["context"] == "on call"
    assert memory["metadata"] == {"machine_id": "elastic1", "format_version": "v2", "scope": "project-shared"}
    assert memory["origin"]["author"] == "elastic1" and memory["origin"]["createdAt"].startswith("2025-08-30T07:00:00.123")


def test_the_graph_of_the_reference_server(make_node, tmp_path):
    node = make_node()
    graph = [
        {"type": "entity", "name": "Ava", "entityType": "person", "observations": ["speaks Fon", "prefers mornings"]},
        {"type": "entity", "name": "Press", "entityType": "project", "observations": []},
        {"type": "relation", "from": "Ava", "to": "Press", "relationType": "works_on"}]
    write_lines(tmp_path / "memory.jsonl", graph)
    answer = node.ok("import", tmp_path / "memory.jsonl")
    assert answer["created"] == 5 and answer["format"] == "mcp-memory"
    belief = node.ok("memory", "search", "works", "--subject", "Ava", "--relation", "works_on")["items"][0]
    assert belief["epistemic"]["object"] == "Press"
    targets = {link["relation"]: node.ok("memory", "get", link["target"])["content"] for link in belief["links"]}
    assert targets == {"subject": "Ava", "object": "Press"}
    assert node.ok("import", tmp_path / "memory.jsonl")["unchanged"] == 5
    summary = node.ok("export", tmp_path / "back.jsonl", "--format", "mcp-memory")
    back = lines(tmp_path / "back.jsonl")
    for record in back:
        record.get("observations", []).sort()
    assert back == [dict(record, observations=sorted(record["observations"])) if "observations" in record else record
                    for record in graph]
    assert any("origin" in note for note in summary["notes"]), "what the graph cannot hold is named"

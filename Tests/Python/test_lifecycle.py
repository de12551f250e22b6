"""How memories age, fold together, are put away, and go for good, on real nodes."""

import pytest

from conftest import Node, until
from test_node import run_hived

HOLD = 2


@pytest.fixture
def configured(tmp_path):
    """Makes nodes with a configuration file."""
    nodes = []

    def make(name, text):
        node = Node(name, tmp_path)
        node.data.mkdir()
        (node.data / "hive.yaml").write_text(text)
        nodes.append(node)
        return node.start()

    yield make
    for node in nodes:
        node.stop()


@pytest.fixture
def trio(configured):
    """Three nodes of one hive that consolidate what is a second old and hold what is erased for two."""
    text = f"lifecycle: {{minimumAge: 1s, minimumCluster: 2, similarity: 0.3, erasureHold: {HOLD}s}}\n"
    a, b, c = (configured(name, text) for name in "abc")
    b.ok("peers", "join", a.ok("peers", "invite", "--role", "steward")["line"])
    c.ok("peers", "join", a.ok("peers", "invite")["line"])
    until(lambda: all(node.ok("status")["peersConnected"] == 2 for node in (a, b, c)))
    return a, b, c


def holders(nodes, words):
    """Every file of every data directory that has one of the words, whatever its case."""
    return sorted(
        (node.name, path.name, word) for node in nodes for path in node.data.rglob("*") if path.is_file()
        for content in [path.read_bytes().lower()] for word in words if word.encode() in content)


def wait_until_gone(nodes, words):
    try:
        until(lambda: holders(nodes, words) == [], timeout=60)
    except AssertionError:
        assert holders(nodes, words) == []


def fill(a, mark):
    """Memories with a word of their own in every field; the ids of those that are to be erased, and the words."""
    words = [f"{field}{mark}" for field in (
        "content", "tag", "key", "value", "nested", "category", "context", "user", "source", "subject", "relation",
        "object", "link", "agent", "blob", "episode")]
    named = {word.removesuffix(mark): word for word in words}
    status, small = a.http("POST", "/api/v1/memories", {
        "content": f"the {named['content']} of the harbour", "scope": "collective:main", "tags": [named["tag"]],
        "metadata": {named["key"]: named["value"], "list": [{"in": named["nested"]}]},
        "category": named["category"], "context": named["context"], "user": named["user"], "source": named["source"],
        "subject": named["subject"], "relation": named["relation"], "object": named["object"],
        "links": [{"relation": named["link"], "target": "abcd"}], "agent": named["agent"],
        "idempotencyKey": "once " + mark})
    assert status == 201, small
    a.ok("memory", "update", small["id"], "--content", f"the {named['content']} of the old harbour", "--tag", "more")
    large = a.ok("memory", "add", "-", "--scope", "collective:main", stdin="filler " * 12_000 + named["blob"])
    episodes = [
        a.ok("memory", "add", f"on {day} the {named['episode']} rang and the disk of web-3 was full", "--kind", "episodic",
             "--scope", "collective:main")["id"] for day in ("monday", "tuesday", "friday")]
    return [small["id"], large["id"], *episodes], words


def spread(nodes, ids, words):
    """Waits until every node has everything, has searched for it, and one of them has been started anew."""
    a, b, _ = nodes
    until(lambda: all(node.ctl("memory", "get", each)[0] == 0 for node in nodes for each in ids))
    until(lambda: all((node.ctl("memory", "get", ids[1])[1] or {}).get("content") for node in nodes))
    searched = [word for word in words if word.startswith(("content", "subject", "object", "blob", "episode"))]
    for node in nodes:
        until(lambda: all(node.ctl("memory", "search", word, "--archived")[0] == 0 for word in searched))
    b.stop()
    b.start()
    until(lambda: all(b.ctl("memory", "search", word, "--archived")[0] == 0 for word in searched))
    until(lambda: a.ok("status")["peersConnected"] == 2)
    assert holders(nodes, words), "the words are there before they go"


@pytest.mark.parametrize("now", [True, False], ids=["at once", "after the hold"])
def test_an_erasure_leaves_no_byte_on_any_node(trio, now):
    a, b, c = trio
    ids, words = fill(a, "quixzyv")
    until(lambda: len(a.ok("memory", "consolidate", "--dry-run")["summaries"]) == 1)
    [summary] = a.ok("memory", "consolidate")["summaries"]
    assert "episodequixzyv" in summary["text"] and summary["by"] == "extractive"
    spread(trio, [*ids, summary["id"]], words)
    for number, each in enumerate(ids):
        answer = a.ok("memory", "erase", each, "--yes", *(["--now"] if now else []))
        assert answer["purged"] == now
        if number == 2:
            assert summary["id"] in answer["hint"], "what repeats its words goes too"
    for each in [*ids, summary["id"]]:
        until(lambda: all(node.http("GET", f"/api/v1/memories/{each}")[0] == 410 for node in trio))
    if now:
        assert holders([a], words) == [], "where it was erased it is gone before the answer"
    wait_until_gone(trio, words)
    for node in trio:
        node.stop()
        assert holders([node], words) == []
        node.start()
        assert holders([node], words) == []
        assert all(node.ctl("memory", "search", word, "--archived")[0] == 1 for word in words)
        assert node.ok("verify")["ok"]


def test_a_copy_goes_at_its_home_where_another_node_erases_the_source(trio):
    a, b, c = trio
    ids, words = fill(a, "vexqojk")
    until(lambda: len(a.ok("memory", "consolidate", "--dry-run")["summaries"]) == 1)
    summary = a.ok("memory", "consolidate")["summaries"][0]["id"]
    spread(trio, [*ids, summary], words)
    for each in ids:
        b.ok("memory", "erase", each, "--yes", "--now")
    wait_until_gone(trio, words)


def test_a_duplicate_answers_with_the_memory_that_is_there(trio):
    a, b, c = trio
    first = a.ok("memory", "add", "the gateway listens on 8443", "--scope", "collective:main", "--tag", "one")
    until(lambda: c.ctl("memory", "get", first["id"])[0] == 0)
    status, second = c.http(
        "POST", "/api/v1/memories",
        {"content": "the gateway  listens on 8443", "scope": "collective:main", "tags": ["two"]}, role="agent")
    assert status == 200 and second["id"] == first["id"] and not second["created"]
    until(lambda: a.ok("memory", "get", first["id"])["tags"] == ["one", "two"])
    kept = a.ok("memory", "add", "the gateway listens on 8443", "--scope", "collective:main", "--duplicates", "keep")
    assert kept["created"] and kept["id"] != first["id"]
    assert a.ctl("memory", "add", "x", "--duplicates", "perhaps")[0] == 2


def test_duplicates_of_two_sides_are_proposed_and_merged_by_hand(trio):
    a, b, c = trio
    c.stop()
    a.ok("memory", "add", "the registry is at 10.0.0.7", "--scope", "collective:main", "--tag", "a")
    a.stop()
    b.stop()
    c.start()
    c.ok("memory", "add", "the registry is at 10.0.0.7", "--scope", "collective:main", "--tag", "c")
    a.start()
    b.start()
    until(lambda: all(len(node.ctl("memory", "duplicates")[1]["items"]) == 1 for node in trio))
    pairs = [node.ok("memory", "duplicates")["items"][0] for node in trio]
    assert len({(pair["keep"]["id"], pair["other"]["id"]) for pair in pairs}) == 1, "every node proposes the same"
    pair = pairs[0]
    assert pair["exact"] and pair["similarity"] == 1
    merged = b.ok("memory", "merge", pair["keep"]["id"], pair["other"]["id"])
    assert merged["tags"] == ["a", "c"]
    until(lambda: all(node.ctl("memory", "duplicates")[1]["items"] == [] for node in trio))
    status, problem = c.http("GET", f"/api/v1/memories/{pair['other']['id']}")
    assert status == 404 and problem["code"] == "forgotten" and pair["keep"]["id"] in problem["detail"]


def test_the_archive_and_expiry(configured):
    node = configured("node", "lifecycle: {halfLives: {news: 1d}}\n")
    one = node.ok("memory", "add", "the first of two notes", "--category", "news")["id"]
    node.ok("memory", "archive", one)
    assert node.ctl("memory", "search", "notes")[0] == 1
    assert node.ok("memory", "search", "notes", "--archived")["items"][0]["id"] == one
    life = node.ok("memory", "get", one)["lifecycle"]
    assert life["archived"] and 0 < life["vitality"] <= 1 and life["halfLifeSeconds"] == 86_400
    node.ok("memory", "unarchive", one)
    node.ok("memory", "pin", one)
    life = node.ok("memory", "search", "notes") and node.ok("memory", "get", one)["lifecycle"]
    assert life["pinned"] and life["halfLifeSeconds"] is None and not life["archived"]
    code, answer = node.ctl("memory", "add", "late", "--expires", "2001-01-01T00:00:00Z")
    assert code == 2 and answer["error"]["hint"]
    short = node.ok("memory", "add", "soon gone", "--expires", "1s")["id"]
    until(lambda: node.ctl("memory", "get", short)[0] == 1)
    status, problem = node.http("GET", f"/api/v1/memories/{short}")
    assert status == 404 and problem["code"] == "expired" and "never" in problem["hint"]
    node.ok("memory", "update", short, "--expires", "never")
    assert node.ok("memory", "get", short)["expiresAt"] is None
    assert node.ctl("memory", "update", short, "--expires", "2001-01-01T00:00:00Z")[0] == 2
    node.ok("memory", "update", short, "--expires", "5m")
    assert node.ok("memory", "get", short)["expiresAt"]


def test_conditions_make_core_knowledge_and_fill_the_archive(configured):
    node = configured("node", (
        "lifecycle:\n  consolidation: off\n  core: confidence > 0.9 && category == 'runbooks'\n"
        "  archive: \"'scratch' in tags\"\n"))
    core = node.ok("memory", "add", "how to fail over", "--category", "runbooks", "--confidence", "0.95")["id"]
    scratch = node.ok("memory", "add", "a thought", "--tag", "scratch")["id"]
    status = node.ok("status")["lifecycle"]
    assert not status["consolidation"] and status["nextAt"] is None and "runbooks" in status["coreCondition"]
    dry = node.ok("memory", "consolidate", "--dry-run")
    assert dry["core"] == [core] and dry["archived"] == [scratch]
    assert not node.ok("memory", "get", core)["lifecycle"]["core"]
    node.ok("memory", "consolidate")
    assert node.ok("memory", "get", core)["lifecycle"]["core"]
    assert node.ctl("memory", "search", "thought")[0] == 1
    assert node.http("POST", "/api/v1/consolidation", {}, role="agent")[0] == 403


@pytest.mark.parametrize("text,place,part", [
    ("lifecycle: {core: uses >}", ":1:", "lifecycle.core"), ("lifecycle:\n  archive: usess > 3", ":2:", "uses"),
    ("lifecycle: {core: kind}", ":1:", "string"), ("lifecycle: {duplicates: perhaps}", ":1:", "fold or keep"),
    ("lifecycle: {at: noon}", ":1:", "03:00"), ("lifecycle: {erasureHold: 5}", ":1:", "24h"),
    ("lifecycle: {halfLives: {news: soon}}", ":1:", "half-life"), ("lifecycle: {minimumCluster: 1}", ":1:", "2 to 50"),
    ("lifecycle: {similarity: 2}", ":1:", "number"), ("lifecycle: {coreScope: instance}", ":1:", "universal"),
    ("lifecycle: {consolidate: off}", ":1:", "consolidation"),
])
def test_a_configuration_that_makes_no_sense_is_refused_at_the_start(tmp_path, text, place, part):
    data = tmp_path / "node"
    data.mkdir()
    (data / "hive.yaml").write_text(text + "\n")
    done = run_hived(data)
    assert done.returncode == 2 and place in done.stderr and part in done.stderr and "hint:" in done.stderr, done.stderr

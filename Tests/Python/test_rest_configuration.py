"""Settings that would be passed over, or would make every write fail, are said at once."""

import subprocess
from datetime import datetime, timedelta

import pytest

from conftest import BUILD


@pytest.mark.parametrize("text, message", [
    ("links: {acyclic: 5}", "`acyclic` must be a list of texts"),
    ("links: {acyclic: part_of}", "`acyclic` must be a list of texts"),
    ("links: {acyclic: [part_of, 5]}", "`acyclic` must be a list of texts"),
    ("mcp-tools: []", "`mcp-tools` is empty"),
    ("mcp-tools: memory", "`mcp-tools` must be a list of texts"),
    ("mcp-tools: [memory, true]", "`mcp-tools` must be a list of texts"),
    ("lifecycle: {erasureHold: -1s}", "is no value of lifecycle.erasureHold"),
    ("lifecycle: {minimumAge: 0s}", "is no value of lifecycle.minimumAge"),
])
def test_what_would_be_passed_over_is_refused(tmp_path, text, message):
    (tmp_path / "hive.yaml").write_text(text + "\n")
    done = subprocess.run([BUILD / "hived", "--data", tmp_path, "--listen", "127.0.0.1:0", "--mcp", "127.0.0.1:0"],
                          capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and message in done.stderr and "hive.yaml:1:" in done.stderr, done.stderr


def configured(text):
    def prepare(node):
        node.data.mkdir()
        (node.data / "hive.yaml").write_text(text)
    return prepare


def test_an_erasure_may_have_no_hold(make_node):
    node = make_node("plain", configured("lifecycle: {erasureHold: 0s}\n"))
    memory = node.ok("memory", "add", "quince")
    answer = node.ok("memory", "erase", memory["id"], "--yes")
    hold = datetime.fromisoformat(answer["purgeAfter"]) - datetime.fromisoformat(memory["createdAt"])
    assert hold < timedelta(hours=1)


def test_a_list_may_be_empty_where_that_means_something(make_node):
    node = make_node("circles", configured("links: {acyclic: []}\n"))
    one, two = (node.ok("memory", "add", text)["id"] for text in ("quince", "medlar"))
    node.ok("memory", "link", one, "part_of", two)
    node.ok("memory", "link", two, "part_of", one)


def test_a_scope_that_is_not_held_is_said_until_it_is(make_node):
    node = make_node("lost", configured(
        "scopes: {defaults: {semantic: collective:nowhere}}\nrecords: {scope: collective:nowhere}\n"))
    health = node.http("GET", "/health", role=None)[1]
    assert health["status"] == "degraded"
    assert any("semantic memories, records go to `collective:nowhere`" in reason for reason in health["reasons"]), health
    assert node.ctl("memory", "add", "quince")[0] == 2
    node.ok("scopes", "create", "collective:nowhere")
    assert node.http("GET", "/health", role=None)[1]["status"] == "ok"
    node.ok("memory", "add", "quince")

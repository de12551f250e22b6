"""Episodes, skills and promotion on real nodes."""

import asyncio

import httpx2
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from conftest import until


def shared(hive, *arguments):
    """Runs a command on the first node whose memory everybody then holds."""
    identifier = hive[0].ok(*arguments, "--scope", "collective:main")["id"]
    until(lambda: all(node.ctl("memory", "get", identifier)[0] == 0 for node in hive))
    return identifier


def apart(hive, first, second):
    """Lets two nodes write without hearing of each other, then brings all together."""
    a, b, c = hive
    b.stop()
    c.stop()
    first(a)
    a.stop()
    b.start()
    c.start()
    second(b)
    a.start()
    until(lambda: len({str(versions(node)) for node in hive}) == 1)


def versions(node):
    code, page = node.ctl("memory", "list", "--scope", "collective:main")
    return sorted((item["id"], item["version"]) for item in page["items"])


def test_an_episode_is_told_by_two_nodes_at_once(hive):
    identifier = shared(hive, "memory", "episode", "start", "gateway answers 502")
    apart(
        hive, lambda a: a.ok("memory", "episode", "append", identifier, "restarted envoy", "--agent", "ava"),
        lambda b: b.ok("memory", "episode", "append", identifier, "renewed the certificate", "--agent", "bo"))
    for node in hive:
        episode = node.ok("memory", "get", identifier)["episode"]
        assert [event["text"] for event in episode["events"]] == ["restarted envoy", "renewed the certificate"]
        assert [event["agent"] for event in episode["events"]] == ["ava", "bo"]
        assert len({event["node"] for event in episode["events"]}) == 2
        assert node.ctl("conflicts", "list")[0] == 0, "accounts that add to each other are no conflict"


def test_two_ends_of_one_episode_are_a_conflict_only_where_they_differ(hive):
    same = shared(hive, "memory", "episode", "start", "backup is late")
    other = shared(hive, "memory", "episode", "start", "invoices are missing")
    apart(
        hive,
        lambda a: [a.ok("memory", "episode", "end", same, "success"), a.ok("memory", "episode", "end", other, "success")],
        lambda b: [b.ok("memory", "episode", "end", same, "success"), b.ok("memory", "episode", "end", other, "failure")])
    for node in hive:
        items = node.ctl("conflicts", "list")[1]["items"]
        assert [(item["memory"], item["kind"], item["field"]) for item in items] == [(other, "episodic", "outcome")]
        assert node.ok("memory", "get", same)["episode"]["outcome"] == "success"
    hive[2].ok("conflicts", "resolve", other, "--value", "partial")
    until(lambda: all(node.ctl("conflicts", "list")[0] == 0 for node in hive))
    assert {node.ok("memory", "get", other)["episode"]["outcome"] for node in hive} == {"partial"}


def test_two_refinements_at_once_are_both_kept(hive):
    identifier = shared(hive, "memory", "skill", "add", "Roll back", "--trigger", "a release is broken", "--step", "roll back")
    apart(
        hive, lambda a: a.ok("memory", "skill", "refine", identifier, "--why", "pods hung", "--step", "drain", "--step", "roll back"),
        lambda b: b.ok("memory", "skill", "refine", identifier, "--why", "nobody knew", "--step", "tell the owner", "--step", "roll back"))
    for node in hive:
        conflict = node.ctl("conflicts", "list")[1]["items"][0]
        assert conflict["kind"] == "skill" and len(conflict["siblings"]) == 2
        skill = node.ok("memory", "skill", "show", identifier)["skill"]
        assert sorted(refinement["why"] for refinement in skill["refinements"]) == ["nobody knew", "pods hung"]
    hive[1].ok("conflicts", "resolve", identifier, "--take", "merge")
    until(lambda: all(node.ctl("conflicts", "list")[0] == 0 for node in hive))
    steps = {tuple(node.ok("memory", "get", identifier)["skill"]["steps"]) for node in hive}
    assert len(steps) == 1 and sorted(steps.pop()) == ["drain", "roll back", "tell the owner"]


def test_uses_of_a_skill_on_many_nodes_add_up(hive):
    identifier = shared(hive, "memory", "skill", "add", "Roll back", "--trigger", "a release is broken", "--step", "roll back")
    for node in hive:
        for result in ("success", "success", "failure"):
            node.ok("memory", "skill", "used", identifier, "--result", result)
    until(lambda: all(node.ok("memory", "get", identifier)["skill"]["uses"] == 9 for node in hive))
    skill = hive[1].ok("memory", "get", identifier)["skill"]
    assert skill["successes"] == 6 and abs(skill["rate"] - 2 / 3) < 1e-9 and 0.35 < skill["rateAtLeast"] < 0.36


def test_a_skill_is_proposed_from_three_episodes_and_only_once(hive):
    a = hive[0]
    logs = ["found large logs", "truncate old logs", "restart journald"]
    for host, first in (("web-1", "the pager rang"), ("web-2", "a customer called"), ("db-7", "saw it by chance")):
        identifier = a.ok("memory", "episode", "start", f"disk full on {host}", "--scope", "collective:main")["id"]
        for event in [first] + logs:
            a.ok("memory", "episode", "append", identifier, event)
        a.ok("memory", "episode", "end", identifier, "success")
    shown = a.ok("memory", "skill", "propose", "--dry-run")
    assert [item["steps"] for item in shown["items"]] == [logs] and not shown["items"][0]["written"]
    assert a.ok("memory", "skill", "list")["items"] == []
    until(lambda: all(versions(node) == versions(a) for node in hive))
    proposals = [node.ok("memory", "skill", "propose")["items"] for node in hive]
    assert len(proposals[0]) == 1 and proposals[0][0]["id"] == shown["items"][0]["id"]
    until(lambda: all(versions(node) == versions(a) for node in hive))
    for node in hive:
        assert node.ok("memory", "skill", "propose")["items"] == []
        skills = node.ok("memory", "skill", "list", "the disk is full", "--status", "hypothetical")["items"]
        assert [skill["id"] for skill in skills] == [shown["items"][0]["id"]]
        assert node.ctl("conflicts", "list")[0] == 0, "two nodes that propose the same propose one skill"


def test_a_promotion_is_traced_by_those_who_hold_the_original(hive):
    a, b, c = hive
    large = "large " * 20_000 + "needle"
    original = a.ok("memory", "add", "-", "--scope", "instance", "--tag", "x", stdin=large)["id"]
    answer = a.ok("memory", "promote", original, "--to", "collective:main")
    assert answer["created"] and answer["original"] == original and answer["id"] != original
    until(lambda: (c.ctl("memory", "get", answer["id"])[1] or {}).get("content") == large)
    assert a.ok("memory", "get", original)["promotion"]["copies"] == [{"id": answer["id"], "scope": "collective:main"}]
    assert a.ok("memory", "get", answer["id"])["promotion"]["original"] == {"id": original, "scope": "instance"}
    for node in (b, c):
        promotion = node.ok("memory", "get", answer["id"])["promotion"]
        assert "original" not in promotion and original not in str(promotion)
        assert node.ctl("memory", "get", original)[0] == 1
    assert [entry["operation"] for entry in a.ok("memory", "history", original)["items"]] == ["created", "promoted"]
    a.ok("memory", "update", original, "--content", "small now")
    again = a.ok("memory", "promote", original, "--to", "collective:main", "--forget-original")
    assert again["id"] == answer["id"] and not again["created"] and again["changed"] and again["originalForgotten"]
    until(lambda: all(node.ok("memory", "get", answer["id"])["content"] == "small now" for node in hive))
    assert a.ctl("memory", "get", original)[0] == 1 and a.ctl("conflicts", "list")[0] == 0


def test_two_nodes_that_promote_one_memory_make_one_copy(hive):
    identifier = shared(hive, "memory", "episode", "start", "outage of the harbour")
    hive[0].ok("memory", "episode", "append", identifier, "lights went out")
    until(lambda: len({str(versions(node)) for node in hive}) == 1)
    apart(
        hive, lambda a: a.ok("memory", "promote", identifier, "--to", "universal"),
        lambda b: b.ok("memory", "promote", identifier, "--to", "universal"))
    copies = {node.ok("memory", "list", "--scope", "universal")["items"][0]["id"] for node in hive}
    assert len(copies) == 1
    for node in hive:
        items = node.ok("memory", "list", "--scope", "universal")["items"]
        assert len(items) == 1 and not items[0]["contested"]
        assert [event["text"] for event in items[0]["episode"]["events"]] == ["lights went out"]
        assert node.ctl("conflicts", "list")[0] == 0


def test_what_is_not_allowed_says_why(make_node):
    node = make_node()
    note = node.ok("memory", "add", "a note", "--scope", "collective:main")["id"]
    episode = node.ok("memory", "episode", "start", "x")["id"]
    node.ok("memory", "episode", "end", episode, "failure", "--note", "no luck")
    for arguments, code, word in [
        (("memory", "promote", note, "--to", "instance"), 2, "no wider"),
        (("memory", "promote", note, "--to", "collective:none"), 2, "collective:none"),
        (("memory", "episode", "append", episode, "late"), 1, "ended"),
        (("memory", "episode", "end", episode, "success"), 1, "ended"),
        (("memory", "episode", "end", note, "success"), 2, "episodic"),
        (("memory", "episode", "start", "y", "--significance", "3"), 2, "significance"),
        (("memory", "episode", "list", "--outcome", "glory"), 2, "glory"),
        (("memory", "skill", "add", "x", "--trigger", "y"), 2, "steps"),
        (("memory", "skill", "used", note, "--result", "success"), 2, "procedural"),
        (("memory", "skill", "propose", "--episodes", "2"), 2, "episodes"),
        (("memory", "episode", "append", episode, "z", "--reopen", "--details", "{"), 2, ""),
    ]:
        exit_code, answer = node.ctl(*arguments)
        assert exit_code == code and word in answer["error"]["message"], (arguments, exit_code, answer)
    assert [event["text"] for event in node.ok("memory", "get", episode)["episode"]["events"]] == ["no luck"]
    again = node.ok("memory", "episode", "append", episode, "again", "--reopen", "--details", '{"n": [1, null]}')
    assert again["episode"]["events"][1]["data"] == {"n": [1, None]} and again["episode"]["outcome"] is None


def test_configured_scopes_take_what_has_none(make_node):
    node = make_node()
    assert node.ok("memory", "add", "a fact")["scope"] == "collective:main"
    node.stop()
    for text, agent, expected in [
        ("scopes: {defaults: engram}", "ava", {"semantic": "agent:ava", "episodic": "instance"}),
        ("scopes:\n  defaults:\n    episodic: collective:main\n    semantic: agent", None,
         {"episodic": "collective:main", "semantic": "instance", "procedural": "collective:main"}),
        ("scopes: {defaults: hive}", "ava", {"semantic": "collective:main", "instant": "instance"}),
    ]:
        (node.data / "hive.yaml").write_text(text + "\n")
        node.start()
        for kind, scope in expected.items():
            said = ["--agent", agent] if agent else []
            assert node.ok("memory", "add", "x", "--kind", kind, *said)["scope"] == scope, (text, kind)
        assert node.ok("memory", "add", "x", "--scope", "universal")["scope"] == "universal"
        node.stop()
    for text in ("scopes: {defaults: everywhere}", "scopes: {defaults: {vague: instance}}", "scopes: {default: hive}",
                 "scopes: {defaults: {semantic: nowhere}}", "scopes: [a]"):
        (node.data / "hive.yaml").write_text(text + "\n")
        failed = None
        try:
            node.start()
        except AssertionError as error:
            failed = str(error)
        assert failed and "scope" in failed, text
    (node.data / "hive.yaml").unlink()


def test_an_agent_tells_an_episode_by_mcp(make_node):
    node = make_node()
    node.stop()
    (node.data / "hive.yaml").write_text("mcp-tools: [core, memory]\n")
    node.start()

    async def conversation():
        headers = {"Authorization": "Bearer " + node.token("agent")}
        async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
            transport = streamable_http_client(node.run()["mcp"], http_client=http)
            async with Client(transport) as client:
                begun = (await client.call_tool("start_episode", {"title": "a slow query"})).structured_content["id"]
                told = await client.call_tool("append_event", {"id": begun, "text": "added an index", "data": {"ms": 3}})
                assert not told.is_error, told.content
                await client.call_tool("end_episode", {"id": begun, "outcome": "success", "significance": 0.8})
                late = await client.call_tool("append_event", {"id": begun, "text": "late"})
                assert late.is_error and "episode_ended" in late.content[0].text
                promoted = await client.call_tool("promote_memory", {"id": begun, "to": "collective:main"})
                return promoted.structured_content

    answer = asyncio.run(conversation())
    assert answer["scope"] == "collective:main" and answer["created"]
    episode = node.ok("memory", "get", answer["id"])["episode"]
    assert episode["outcome"] == "success" and episode["events"][0]["data"] == {"ms": 3}

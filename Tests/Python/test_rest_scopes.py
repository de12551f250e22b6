"""Scopes on three real nodes: who was not granted one knows nothing of it."""

from conftest import until


def names(node):
    return [scope["name"] for scope in node.ok("scopes", "list")["items"]]


def holds(node, word):
    files = [file for file in node.data.iterdir() if file.name.startswith("hive.db")]
    return any(word in file.read_bytes() for file in files)


def test_a_scope_is_there_for_those_who_were_granted_it(hive):
    a, b, c = hive
    scope = a.ok("scopes", "create", "collective:heliotrope")
    secret = a.ok("memory", "add", "the chrysanthemum is late", "--scope", "collective:heliotrope")["id"]
    assert a.ctl("scopes", "create", "collective:heliotrope")[0] == 1
    a.ok("scopes", "grant", "collective:heliotrope", "b", "--role", "writer")
    until(lambda: b.ctl("memory", "get", secret)[0] == 0)
    answer = b.ok("memory", "add", "the marigold is early", "--scope", "collective:heliotrope")["id"]
    until(lambda: a.ctl("memory", "get", answer)[0] == 0)
    marker = a.ok("memory", "add", "for all")["id"]
    until(lambda: c.ctl("memory", "get", marker)[0] == 0)
    c.ok("sync", "now")
    assert "collective:heliotrope" not in names(c) and c.ctl("memory", "get", secret)[0] == 1
    for word in (b"heliotrope", b"chrysanthemum", b"marigold", bytes.fromhex(scope["id"])):
        assert holds(a, word) and not holds(c, word), word

    a.ok("scopes", "revoke", "collective:heliotrope", "b")
    late = a.ok("memory", "add", "the crocus is blue", "--scope", "collective:heliotrope")["id"]
    marker = a.ok("memory", "add", "for all again")["id"]
    until(lambda: b.ctl("memory", "get", marker)[0] == 0)
    for node in (a, b, c):
        node.ok("sync", "now")
    assert b.ctl("memory", "get", late)[0] == 1 and not holds(b, b"crocus")
    assert a.ok("memory", "get", answer)["content"] == "the marigold is early"
    assert [member["name"] for member in a.ok("scopes", "show", "collective:heliotrope")["members"]] == ["a"]


def test_an_invitation_names_what_a_guest_may_hold(make_node):
    host, guest = make_node("host"), make_node("guest")
    host.ok("scopes", "create", "collective:garden")
    host.ok("scopes", "create", "collective:cellar")
    kept = host.ok("memory", "add", "prune in March", "--scope", "collective:garden")["id"]
    private = host.ok("memory", "add", "everybody at home knows")["id"]
    invitation = host.ok("peers", "invite", "--scope", "collective:garden")
    assert invitation["scopes"] == ["universal", "collective:garden"]
    guest.ok("peers", "join", invitation["line"])
    until(lambda: guest.ctl("memory", "get", kept)[0] == 0)
    guest.ok("sync", "now")
    assert names(guest) == ["instance", "collective:garden", "universal"] or set(names(guest)) == {
        "instance", "collective:garden", "universal"}
    assert guest.ctl("memory", "get", private)[0] == 1
    assert not holds(guest, b"cellar") and not holds(guest, b"everybody at home")
    roles = {scope["name"]: scope["role"] for scope in guest.ok("scopes", "list")["items"]}
    assert roles["collective:garden"] == "writer" and roles["universal"] == "reader"
    assert host.ctl("peers", "invite", "--scope", "collective:nowhere")[0] == 2


def test_scopes_over_http(make_node):
    node = make_node()
    status, scope = node.http("POST", "/api/v1/scopes", {"name": "collective:ops"})
    assert status == 201
    assert node.http("GET", "/api/v1/scopes/collective%3Aops")[1]["id"] == scope["id"]
    assert node.http("GET", "/api/v1/scopes/" + scope["id"][:12])[1]["name"] == "collective:ops"
    assert node.http("GET", "/api/v1/scopes/collective:none", role="agent")[0] == 400
    assert node.http("POST", "/api/v1/scopes", {"name": "collective:other"}, role="agent")[0] == 403
    member = f"/api/v1/scopes/{scope['id']}/members/"
    assert node.http("PUT", member + "nobody", {"role": "reader"})[0] == 404
    assert node.http("PUT", member + "node", {"role": "king"})[0] == 400
    assert node.http("DELETE", member + "node")[0] == 403

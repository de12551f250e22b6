import HiveAPI
import Testing

@testable import HiveServer

/// Agents and messages over HTTP.
@Suite struct RESTAgentsTests {
    let interface = Interface()

    private func register(_ name: String) async {
        _ = await interface.call(
            "POST", "/api/v1/agents",
            body: #"{"name": "NAME", "capabilities": {"cognitive": ["planning"]}}"#.replacing("NAME", with: name))
    }

    @Test("An agent is registered, listed by what it can do, read and heard")
    func agents() async throws {
        await register("ava")
        let listed = try await interface.call("GET", "/api/v1/agents?capability=planning&limit=5").json()
        #expect(listed["items"]?.array?.first?["name"] == "ava")
        #expect(
            try await interface.call("GET", "/api/v1/agents?capability=a&capability=planning").json()["items"] == [])
        let read = await interface.call("GET", "/api/v1/agents/ava%40alpha")
        #expect(read.status == 200 && read.header("ETag") == "\"v1\"")
        let beat = await interface.call("POST", "/api/v1/agents/ava/heartbeat", body: #"{"load": 0.5}"#)
        #expect(try beat.json()["pulse"]?["load"] == 0.5)
        #expect(await interface.call("GET", "/api/v1/agents/ava/history").status == 200)
        #expect(await interface.call("GET", "/api/v1/agents/bo").status == 404)
    }

    @Test("Decisions need the operator, but for an agent's own retirement, and take If-Match as a condition")
    func decisions() async throws {
        await register("ava")
        for path in ["suspend", "resume"] {
            #expect(await interface.call("POST", "/api/v1/agents/ava/\(path)", body: "{}").status == 403)
        }
        let suspended = await interface.call(
            "POST", "/api/v1/agents/ava/suspend", body: #"{"reason": "wild"}"#, token: Interface.operatorToken,
            headers: [(name: "If-Match", value: "\"v1\"")])
        #expect(try suspended.json()["state"] == "suspended")
        #expect(await interface.call("POST", "/api/v1/agents/ava/retire", body: "{}").status == 200)
        let again = await interface.call("POST", "/api/v1/agents/ava/retire", body: "{}")
        #expect(again.status == 409 && again.code == "illegal_transition")
    }

    @Test("A message is sent, read, answered and marked; a question says whether it was answered")
    func messages() async throws {
        let sent = await interface.call(
            "POST", "/api/v1/messages", body: #"{"to": ["bo"], "text": "hello"}"#,
            headers: [(name: "Hive-Agent", value: "ava"), (name: "Idempotency-Key", value: "k")])
        #expect(sent.status == 201 && sent.header("Location") == "/api/v1/messages/m1")
        #expect(try sent.json()["from"]?["agent"] == "ava")
        let listed = try await interface.call("GET", "/api/v1/messages?unread=true&box=inbox").json()
        #expect(listed["items"]?.array?.count == 1)
        #expect(await interface.call("GET", "/api/v1/messages?box=all").status == 403)
        #expect(await interface.call("GET", "/api/v1/messages/m1").status == 200)
        let marked = await interface.call("POST", "/api/v1/messages/read", body: #"{"ids": ["m1"]}"#)
        #expect(try marked.json()["marked"] == 1)
        let asked = await interface.call("POST", "/api/v1/messages/ask", body: #"{"to": "bo", "text": "ready?"}"#)
        #expect(try asked.json()["answer"]?["text"] == "yes")
        let unheard = await interface.call("POST", "/api/v1/messages/ask", body: #"{"to": "bo", "text": "go"}"#)
        #expect(try unheard.status == 200 && unheard.json()["answered"] == false)
        let shared = await interface.call("POST", "/api/v1/messages/discoveries", body: #"{"content": "found"}"#)
        #expect(shared.status == 201)
        let known = try await interface.call("GET", "/api/v1/agents/knowledge?q=found").json()
        #expect(known["experts"]?.array?.first?["evidence"]?.array?.first?["text"] == "found")
    }

    @Test(
        "What makes no sense is refused before the node hears of it",
        arguments: [
            ("POST", "/api/v1/agents", #"{"name": "a", "role": 1}"#, 400),
            ("POST", "/api/v1/agents", #"{"name": "a", "limits": {"maxConcurrentTasks": 0}}"#, 400),
            ("POST", "/api/v1/agents", #"{"name": "a", "capabilities": {"cognitive": [""]}}"#, 400),
            ("POST", "/api/v1/agents/a/heartbeat", #"{"load": 2}"#, 400),
            ("POST", "/api/v1/messages", #"{"to": ["a"], "text": " "}"#, 400),
            ("POST", "/api/v1/messages", #"{"to": ["a"], "text": "x", "zzz": 1}"#, 400),
            ("POST", "/api/v1/messages/ask", #"{"to": "a", "text": "x", "timeout": 0}"#, 400),
            ("POST", "/api/v1/messages/read", "{}", 400),
            ("GET", "/api/v1/messages?wait=601", "", 400), ("GET", "/api/v1/agents?limit=0", "", 400),
            ("GET", "/api/v1/agents/knowledge?q=%20", "", 400),
        ])
    func refusals(method: String, path: String, body: String, status: Int) async {
        let reply = await interface.call(method, path, body: body.isEmpty ? nil : body)
        #expect(reply.status == status)
        #expect(interface.node.calls.isEmpty)
    }
}

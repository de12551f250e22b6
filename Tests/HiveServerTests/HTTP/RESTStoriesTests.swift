import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTStoriesTests {
    let interface = Interface()

    private func post(_ path: String, _ body: JSONValue = [:], _ headers: [(name: String, value: String)] = [])
        async -> HTTPReply
    {
        await interface.call("POST", path, body: body.text, headers: headers)
    }

    @Test("An episode is begun, told, ended, and shown with its events")
    func episode() async throws {
        let begun = await post("/api/v1/episodes", ["title": "gateway answers 502", "significance": 0.4])
        #expect(begun.status == 201)
        let id = try #require(try begun.json()["id"]?.string)
        #expect(begun.header("Location") == "/api/v1/memories/\(id)")
        let told = await post("/api/v1/episodes/\(id)/events", ["text": "restarted envoy", "data": ["host": "web-3"]])
        #expect(told.status == 200)
        #expect(await post("/api/v1/episodes/\(id)/end", ["outcome": "success"]).status == 200)
        let shown = try await interface.call("GET", "/api/v1/memories/\(id)").json()
        #expect(shown["episode"]?["events"]?.array?.first?["data"] == ["host": "web-3"])
        #expect(shown["episode"]?["outcome"] == "success" && shown["skill"] == nil)
        let late = await post("/api/v1/episodes/\(id)/events", ["text": "too late"])
        #expect(late.status == 409 && late.code == "episode_ended")
        #expect(await post("/api/v1/episodes/\(id)/events", ["text": "again", "reopen": true]).status == 200)
        #expect(await post("/api/v1/episodes/\(id)/end", ["outcome": "partial"]).status == 200)
        #expect(await post("/api/v1/episodes/\(id)/reopen").status == 200)
        let list = try await interface.call("GET", "/api/v1/episodes?outcome=open").json()
        #expect(list["items"]?.array?.isEmpty == true, "the node in memory knows no episodes called open")
    }

    @Test("A repeated start with one key begins one episode")
    func idempotency() async throws {
        let key = [(name: "Idempotency-Key", value: "k1")]
        let first = await post("/api/v1/episodes", ["title": "x"], key)
        let second = await post("/api/v1/episodes", ["title": "x"], key)
        #expect(first.status == 201 && second.status == 200)
        #expect(try first.json()["id"] == second.json()["id"])
    }

    @Test(
        "What makes no sense is refused before it reaches the node",
        arguments: [
            ("/api/v1/episodes", ["title": "x", "colour": 1], "unknown_field"),
            ("/api/v1/episodes/m1/events", [:], "invalid_input"),
            ("/api/v1/episodes/m1/events", ["text": ""], "invalid_input"),
            ("/api/v1/episodes/m1/end", ["outcome": "glory"], "invalid_input"),
            ("/api/v1/episodes/m1/end", ["outcome": "success", "significance": 2], "invalid_input"),
            ("/api/v1/skills", ["title": "x", "trigger": "y", "steps": []], "invalid_input"),
            ("/api/v1/skills", ["title": "x", "trigger": "", "steps": ["a"]], "invalid_input"),
            ("/api/v1/skills/m1/uses", ["result": "perhaps"], "invalid_input"),
            ("/api/v1/skills/m1/refinements", ["why": "x", "steps": ["a", ""]], "invalid_input"),
            ("/api/v1/skills/propose", ["episodes": 2], "invalid_input"),
            ("/api/v1/memories/m1/promote", [:], "invalid_input"),
            ("/api/v1/memories", ["content": "x", "episode": ["outcome": "success"]], "invalid_input"),
            (
                "/api/v1/memories", ["content": "x", "kind": "procedural", "skill": ["uses": 1, "successes": 2]],
                "invalid_input"
            ),
        ] as [(String, JSONValue, String)])
    func badInput(path: String, body: JSONValue, code: String) async throws {
        let reply = await post(path, body)
        #expect(reply.status == 400 && reply.code == code, "\(path): \(reply.status) \(reply.code ?? "")")
    }

    @Test("A skill is kept, refined, used and proposed")
    func skill() async throws {
        let kept = await post(
            "/api/v1/skills", ["title": "Roll back", "trigger": "a release is broken", "steps": ["a"]])
        #expect(kept.status == 201)
        let id = try #require(try kept.json()["id"]?.string)
        #expect(await post("/api/v1/skills/\(id)/refinements", ["why": "faster", "steps": ["b"]]).status == 200)
        let used = try await post("/api/v1/skills/\(id)/uses", ["result": "success"]).json()
        #expect(used["skill"]?["steps"] == ["b"] && used["skill"]?["uses"] == 1)
        #expect(used["skill"]?["refinements"]?.array?.first?["why"] == "faster")
        for _ in 0..<3 {
            let begun = try await post("/api/v1/episodes", ["title": "x"]).json()["id"]?.string ?? ""
            _ = await post("/api/v1/episodes/\(begun)/end", ["outcome": "success"])
        }
        let proposed = try await post("/api/v1/skills/propose", ["dryRun": true]).json()
        #expect(proposed["items"]?.array?.first?["written"] == false && proposed["considered"] == 3)
    }

    @Test("A promotion answers with the copy, 201 where it is new")
    func promotion() async throws {
        let id = try await interface.store("x")["id"]?.string ?? ""
        let made = await post("/api/v1/memories/\(id)/promote", ["to": "universal"])
        #expect(made.status == 201)
        #expect(try made.json()["original"] == .string(id) && made.json()["scope"] == "universal")
        #expect(await post("/api/v1/memories/\(id)/promote", ["to": "universal"]).status == 200)
        #expect(await post("/api/v1/memories/\(id)/promote", ["to": "instance"]).status == 400)
    }
}

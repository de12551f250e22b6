import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTBeliefsTests {
    let interface = Interface()

    @Test("Memories are verified, contradicted, retracted and used by their id")
    func assessments() async throws {
        _ = try await interface.store("one")
        func post(_ verb: String, _ body: String) async throws -> (HTTPReply, JSONValue) {
            let reply = await interface.call("POST", "/api/v1/memories/m1/\(verb)", body: body)
            return (reply, try reply.json())
        }
        let (verified, first) = try await post("verify", #"{"reason":"looked"}"#)
        #expect(verified.status == 200 && first["epistemic"]?["verifications"] == 1)
        #expect(verified.header("ETag") == "\"v2\"")
        #expect(try await post("contradict", #"{"reason":"no"}"#).1["epistemic"]?["contradictions"] == 1)
        #expect(try await post("contradict", #"{"withdraw":true}"#).1["epistemic"]?["contradictions"] == 0)
        let (_, retracted) = try await post("retract", #"{"reason":"wrong","kept":"m9"}"#)
        #expect(retracted["epistemic"]?["retraction"] == ["reason": "wrong", "kept": "m9"])
        #expect(try await post("use", #"{"times":3}"#).1["uses"] == 3)
        #expect(try await post("use", "{}").1["uses"] == 1)
    }

    @Test(
        "A wrong request is refused and changes nothing",
        arguments: [
            ("verify", #"{"by":"m2"}"#, 400), ("verify", #"{"verdict":"x"}"#, 400), ("contradict", "{}", 400),
            ("contradict", #"{"by":7}"#, 400), ("retract", "{}", 400), ("retract", #"{"reason":""}"#, 400),
            ("use", #"{"times":0}"#, 400), ("use", #"{"times":1001}"#, 400),
        ])
    func refusals(verb: String, body: String, status: Int) async throws {
        _ = try await interface.store("one")
        let calls = interface.node.calls
        let reply = await interface.call("POST", "/api/v1/memories/m1/\(verb)", body: body)
        #expect(reply.status == status && interface.node.calls == calls)
        #expect(await interface.call("POST", "/api/v1/memories/m1/\(verb)", body: body, token: "").status == 401)
    }

    @Test("A retraction that presents a version that is not current is refused")
    func staleRetraction() async throws {
        _ = try await interface.store("one")
        let stale = await interface.call(
            "POST", "/api/v1/memories/m1/retract", body: #"{"reason":"x"}"#, headers: [("If-Match", "\"v0\"")])
        #expect(stale.status == 412 && stale.code == "stale_version")
        let current = await interface.call(
            "POST", "/api/v1/memories/m1/retract", body: #"{"reason":"x"}"#, headers: [("If-Match", "\"v1\"")])
        #expect(current.status == 200)
    }

    @Test("A memory is read as it was at a time, and how far it is believed is explained")
    func reading() async throws {
        _ = try await interface.store("one")
        let past = try await interface.call("GET", "/api/v1/memories/m1?at=2026-11-21T08:00:00Z").json()
        #expect(past["content"] == "one" && past["at"] == "2026-11-21T08:00:00Z" && past["gone"] == ["context"])
        #expect(await interface.call("GET", "/api/v1/memories/m1?when=now").status == 400)
        let report = try await interface.call("GET", "/api/v1/memories/m1/belief").json()
        let fields = [
            "id", "confidence", "stated", "assumed", "status", "ceiling", "since", "ageSeconds", "halfLifeSeconds",
            "freshness", "trust", "witnesses", "unresolved", "assessments", "support", "doubt", "retraction", "use",
        ]
        for field in fields { #expect(report[field] != nil, "\(field) is missing") }
        #expect(await interface.call("GET", "/api/v1/memories/m7/belief").status == 404)
    }

    @Test("Beliefs are listed by subject")
    func beliefs() async throws {
        for (subject, object) in [("a", "1"), ("b", "2")] {
            let body =
                #"{"content":"x","subject":"\#(subject)","relation":"is","object":"\#(object)","status":"observed"}"#
            #expect(await interface.call("POST", "/api/v1/memories", body: body).status == 201)
        }
        let items = try await interface.call("GET", "/api/v1/beliefs?subject=b&limit=5").json()["items"]?.array
        #expect(items?.count == 1 && items?.first?["epistemic"]?["object"] == "2")
        #expect(items?.first?["epistemic"]?["status"] == "observed")
        #expect(await interface.call("GET", "/api/v1/beliefs?limit=0").status == 400)
        #expect(await interface.call("GET", "/api/v1/beliefs?object=x").code == "unknown_field")
    }

    @Test("Tools weigh what is remembered")
    func tools() async throws {
        let tools = MCPToolsTests()
        let stored = try await tools.answer(
            "store_belief",
            ["subject": "a", "relation": "is", "object": "1", "status": "observed", "single_valued": true],
            sets: [.memory])
        let id = try #require(stored["id"])
        let listed = try await tools.answer("list_beliefs", ["subject": "a"], sets: [.memory])
        #expect(listed["items"]?.array?.first?["content"] == "a is 1")
        for (tool, arguments) in [
            ("verify_memory", ["id": id]), ("contradict_memory", ["id": id, "reason": "no"]),
            ("report_use", ["id": id]),
            ("explain_belief", ["id": id]), ("retract_memory", ["id": id, "reason": "wrong"]),
        ] as [(String, JSONValue)] {
            #expect(try await tools.answer(tool, arguments, sets: [.memory])["id"] == id, "\(tool)")
        }
        #expect(tools.node.withState { $0.records.values.first?.memory.epistemic.status } == "retracted")
        #expect(try await tools.call("contradict_memory", ["id": id], sets: [.memory])["isError"] == true)
    }
}

import HiveAPI
import Testing

@testable import HiveServer

/// Context blocks, working sets and links over REST.
@Suite struct RESTWorkingTests {
    let interface = Interface()

    private func id(_ content: String = "a") async throws -> String {
        try #require(try await interface.store(content)["id"]?.string)
    }

    @Test("A context block is asked for by parameters")
    func context() async throws {
        let reply = await interface.call(
            "GET", "/api/v1/context?q=proxy%20down&budget=500&format=xml&tag=a&tag=b&agent=ann")
        #expect(reply.status == 200)
        let json = try reply.json()
        #expect(json["block"] == "<xml proxy down a+b>" && json["budget"] == 500 && json["leftOut"] == ["m9"])
    }

    @Test(
        "What makes no block is refused before the node is asked",
        arguments: [
            ("budget=0", "invalid_input"), ("budget=-1", "invalid_input"), ("budget=99", "invalid_input"),
            ("budget=many", "invalid_input"), ("format=yaml", "invalid_input"), ("limit=0", "invalid_input"),
            ("depth=1", "unknown_field"), ("budget=200&budget=300", "invalid_input"), ("agent=", "invalid_input"),
        ])
    func badContext(query: String, code: String) async throws {
        let reply = await interface.call("GET", "/api/v1/context?\(query)")
        #expect(reply.status == 400 && reply.code == code)
        #expect(interface.node.calls.isEmpty)
    }

    @Test("A question of 70,000 bytes is too large")
    func largeQuestion() async throws {
        let reply = await interface.call("GET", "/api/v1/context?q=" + String(repeating: "a", count: 70_000))
        #expect(reply.status == 413 && reply.code == "too_large")
    }

    @Test("A working set is looked at, changed and cleared")
    func workingSet() async throws {
        let (one, two) = (try await id(), try await id())
        for id in [one, two] {
            let reply = await interface.call("POST", "/api/v1/working/attend", body: #"{"id":"\#(id)","weight":0.5}"#)
            #expect(reply.status == 200)
        }
        let listed = try await interface.call("GET", "/api/v1/working?agent=ann&budget=300").json()
        #expect(listed["items"]?.array?.map { $0["id"]?.string } == [two, one])
        #expect(listed["agent"] == "ann" && listed["budget"] == 300)
        #expect(await interface.call("POST", "/api/v1/working/refresh", body: #"{"budget":400}"#).status == 200)
        #expect(await interface.call("POST", "/api/v1/working/evict", body: #"{"id":"\#(one)"}"#).status == 200)
        #expect(await interface.call("POST", "/api/v1/working/evict", body: #"{"id":"\#(one)"}"#).code == "not_found")
        #expect(try await interface.call("DELETE", "/api/v1/working").json()["items"] == [])
    }

    @Test(
        "What no set takes is refused before the node is asked",
        arguments: [
            ("POST", "/api/v1/working/attend", "{}"), ("POST", "/api/v1/working/attend", #"{"id":"m","weight":0}"#),
            ("POST", "/api/v1/working/attend", #"{"id":"m","weight":2}"#),
            ("POST", "/api/v1/working/attend", #"{"id":"m","budget":0}"#),
            ("POST", "/api/v1/working/refresh", #"{"budget":1000001}"#),
            ("POST", "/api/v1/working/refresh", #"{"id":"m"}"#), ("POST", "/api/v1/working/evict", "{}"),
            ("POST", "/api/v1/memories/m/links", #"{"relation":"a b","target":"m2"}"#),
            ("POST", "/api/v1/memories/m/links", #"{"relation":"part_of"}"#),
            ("DELETE", "/api/v1/memories/m/links?relation=part_of", nil),
            ("GET", "/api/v1/memories/m/neighbours?depth=0", nil),
            ("GET", "/api/v1/memories/m/neighbours?depth=1000", nil),
            ("GET", "/api/v1/memories/m/neighbours?limit=0", nil),
            ("GET", "/api/v1/memories/m/neighbours?direction=up", nil),
            ("GET", "/api/v1/memories/m/neighbours?relation=a%20b", nil),
        ] as [(String, String, String?)])
    func badInput(method: String, target: String, body: String?) async throws {
        let reply = await interface.call(method, target, body: body)
        #expect(reply.status == 400, "\(reply.status)")
        #expect(interface.node.calls.isEmpty)
    }

    @Test("Links are made, followed and taken away")
    func links() async throws {
        let (one, two) = (try await id(), try await id())
        let path = "/api/v1/memories/\(one)"
        let linked = await interface.call("POST", path + "/links", body: #"{"relation":"part_of","target":"\#(two)"}"#)
        #expect(linked.status == 200 && linked.header("ETag") != nil)
        let around = try await interface.call("GET", path + "/neighbours?depth=2&relation=part_of").json()
        #expect(around["items"]?.array?.map { $0["id"]?.string } == [two] && around["truncated"] == false)
        #expect(around["links"]?.array?.first?["relation"] == "part_of")
        let target = path + "/links?relation=part_of&target=\(two)"
        #expect(await interface.call("DELETE", target).status == 200)
        #expect(await interface.call("DELETE", target).code == "not_found")
        let stale = await interface.call(
            "POST", path + "/links", body: #"{"relation":"part_of","target":"\#(two)"}"#,
            headers: [("If-Match", "broken")])
        #expect(stale.status == 400)
    }

    @Test("Nobody reads or changes without a token")
    func tokens() async {
        for (method, target) in [
            ("GET", "/api/v1/context"), ("GET", "/api/v1/working"), ("DELETE", "/api/v1/working"),
            ("GET", "/api/v1/memories/m/neighbours"),
        ] {
            #expect(await interface.call(method, target, token: "").status == 401)
        }
    }
}

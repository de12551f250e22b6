import HiveAPI
import Testing

@testable import HiveServer

/// ETags, pages and idempotency keys.
@Suite struct RESTConditionsTests {
    let interface = Interface()

    @Test("What the caller has is not sent again, whatever is asked for")
    func notModified() async throws {
        for route in interface.rest.table.routes where !route.isWrite && route.output.statuses.first == 200 {
            let target = RESTInterfaceTests.target(route)
            let first = await interface.call("GET", target, token: Interface.operatorToken)
            guard first.status == 200, first.stream == nil else { continue }
            let tag = try #require(first.header("ETag"), "\(target)")
            for known in [tag, "\"other\", \(tag)", "W/\(tag.replacing("W/", with: ""))", "*"] {
                let again = await interface.call(
                    "GET", target, token: Interface.operatorToken, headers: [("If-None-Match", known)])
                if target == "/metrics" { continue }  // counts its own readers
                #expect(again.status == 304 && again.body.isEmpty, "\(target) \(known)")
                #expect(again.header("ETag") == tag)
            }
            let other = await interface.call(
                "GET", target, token: Interface.operatorToken, headers: [("If-None-Match", "\"other\"")])
            #expect(other.status == 200)
        }
    }

    @Test("A list is cut into pages that go on where the last one ended, though items came before")
    func pages() async throws {
        func add(_ names: [String]) async throws {
            let sources = names.map { RuleSource(path: $0, text: "drop") }
            _ = try await interface.node.push(PushRules(sources: sources), as: .operator)
        }
        try await add((1...5).map { "c\($0)" })
        let first = try await interface.call("GET", "/api/v1/rules?limit=2").json()
        #expect(Self.names(first) == ["c1", "c2"])
        let cursor = try #require(first["next"]?.string)
        try await add(["c0"])
        let second = try await interface.call("GET", "/api/v1/rules?limit=2&cursor=\(cursor)").json()
        #expect(Self.names(second) == ["c3", "c4"])
        let rest = try #require(second["next"]?.string)
        let third = try await interface.call("GET", "/api/v1/rules?cursor=\(rest)").json()
        #expect(Self.names(third) == ["c5"] && third["next"] == .null)
        let all = try await interface.call("GET", "/api/v1/rules").json()
        #expect(Self.names(all).count == 6 && all["next"] == .null)
    }

    private static func names(_ page: JSONValue) -> [String] {
        (page["items"]?.array ?? []).compactMap { $0["name"]?.string }
    }

    @Test("Every list knows pages, and refuses limits and cursors that make no sense")
    func pageLimits() async {
        for route in interface.rest.table.routes where route.output.body?.name.hasPrefix("Page") == true {
            let properties = route.input.query?.schema["properties"]?.object ?? [:]
            #expect(properties["limit"] != nil && properties["cursor"] != nil, "\(route.template)")
        }
        for query in ["limit=0", "limit=1001", "limit=-1", "cursor=nonsense", "cursor=e30"] {
            #expect(await interface.call("GET", "/api/v1/rules?\(query)").code == "invalid_input", "\(query)")
        }
    }

    @Test("A write under one key is made once, and its answer given again")
    func repetition() async throws {
        func invite(_ body: String, key: String = "k") async -> HTTPReply {
            await interface.call(
                "POST", "/api/v1/peers/invite", body: body, token: Interface.operatorToken,
                headers: [("Idempotency-Key", key)])
        }
        let first = await invite(#"{"role":"reader"}"#)
        let again = await invite(#"{"role":"reader"}"#)
        #expect(first.status == 201 && again.status == 201 && first.body == again.body)
        #expect(first.header("Idempotency-Replayed") == nil && again.header("Idempotency-Replayed") == "true")
        #expect(await invite(#"{"role":"writer"}"#).code == "idempotency_key_reused")
        #expect(await invite(#"{"role":"writer"}"#, key: "other").status == 201)
        #expect(interface.node.calls.filter { $0 == "invite" }.count == 2)
        #expect(await invite("{}", key: String(repeating: "k", count: 256)).status == 400)
    }

    @Test("What failed may be tried again under its key")
    func failures() async throws {
        func join(_ line: String) async -> HTTPReply {
            await interface.call(
                "POST", "/api/v1/peers/join", body: #"{"line":"\#(line)"}"#, token: Interface.operatorToken,
                headers: [("Idempotency-Key", "k")])
        }
        #expect(await join("nonsense").status == 400)
        #expect(await join("hive-invite-1").status == 200)
        #expect(await join("nonsense").code == "idempotency_key_reused")
    }

    @Test("A weak tag never fulfils If-Match")
    func weakMatch() async throws {
        let id = try #require(try await interface.store("one")["id"]?.string)
        let reply = await interface.call(
            "PATCH", "/api/v1/memories/\(id)", body: "{}", headers: [("If-Match", "W/\"v1\"")])
        #expect(reply.status == 412)
    }

    @Test("What is spelled out is meant before what fits a parameter")
    func literalPaths() async {
        let reply = await interface.call("DELETE", "/api/v1/memories/stats")
        #expect(reply.status == 405 && reply.header("Allow") == "GET")
        #expect(await interface.call("GET", "/api/v1/memories/stats").status == 200)
    }
}

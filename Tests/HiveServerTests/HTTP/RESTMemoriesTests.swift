import HiveAPI
import Testing

@testable import HiveServer

@Suite struct RESTMemoriesTests {
    let interface = Interface()

    @Test("A stored memory is answered with 201, location, ETag and every field of the surface")
    func storeAnswersWhole() async throws {
        let reply = await interface.call(
            "POST", "/api/v1/memories",
            body: #"{"content":"the proxy runs on p1","tags":["b","a","b"],"metadata":{"port":3128,"deep":{"x":[1]}}}"#)
        let json = try reply.json()
        #expect(reply.status == 201)
        #expect(reply.header("Location") == "/api/v1/memories/m1")
        #expect(reply.header("ETag") == "\"v1\"")
        let fields = [
            "id", "kind", "scope", "category", "content", "context", "tags", "metadata", "confidence", "epistemic",
            "author", "createdAt", "updatedAt", "expiresAt", "links", "contested", "version",
        ]
        for field in fields { #expect(json[field] != nil, "\(field) is missing") }
        #expect(json["tags"] == ["a", "b"])
        #expect(json["metadata"] == ["port": 3128, "deep": ["x": [1]]])
        #expect(json["expiresAt"] == .null)
    }

    @Test(
        "A store request that is wrong is refused with its code and nothing is written",
        arguments: [
            (#"{"contnet":"x"}"#, 400, "invalid_input"), (#"{"content":"x","contnet":"y"}"#, 400, "unknown_field"),
            (#"{"content":7}"#, 400, "invalid_input"), (#"{"content":""}"#, 400, "invalid_input"),
            (#"{"content":"x","tags":"a"}"#, 400, "invalid_input"),
            (#"{"content":"x","tags":["a",1]}"#, 400, "invalid_input"),
            (#"{"content":"x","confidence":2}"#, 400, "invalid_input"),
            (#"{"content":"x","expiresAt":"soon"}"#, 400, "invalid_input"),
            (#"{"content":"x","expiresIn":0}"#, 400, "invalid_input"),
            (#"{"content":"x","links":[{"relation":"r","target":"t","x":1}]}"#, 400, "unknown_field"),
            (#"{"content":"x","subject":"a"}"#, 400, "invalid_input"),
            (#"{"content":"x","content":"y"}"#, 400, "invalid_json"), (#"{"content":"x""#, 400, "invalid_json"),
            (#"["content"]"#, 400, "invalid_input"),
        ])
    func badStore(body: String, status: Int, code: String) async throws {
        let reply = await interface.call("POST", "/api/v1/memories", body: body)
        #expect(reply.status == status)
        #expect(reply.code == code)
        #expect(reply.header("Content-Type") == "application/problem+json")
        #expect(interface.node.calls.isEmpty)
    }

    @Test("An unknown field is named together with the known ones")
    func unknownFieldIsNamed() async throws {
        let reply = await interface.call("POST", "/api/v1/memories", body: #"{"content":"x","contnet":"y"}"#)
        let json = try reply.json()
        #expect(json["detail"]?.string == "unknown field `contnet`")
        #expect(json["hint"]?.string?.contains("category, confidence, content, context") == true)
    }

    @Test("Content of 1 MiB is taken, one byte more is too large, and so are tags and metadata above 64 KiB")
    func limits() async throws {
        func store(_ value: [String: JSONValue]) async -> HTTPReply {
            await interface.call("POST", "/api/v1/memories", body: JSONValue.object(value).text)
        }
        let largest = String(repeating: "x", count: 1 << 20)
        #expect(await store(["content": .string(largest)]).status == 201)
        #expect(await store(["content": .string(largest + "x")]).code == "too_large")
        let tag = String(repeating: "t", count: 1 << 15)
        #expect(await store(["content": "x", "tags": [.string(tag), .string(tag), "t"]]).status == 413)
        let metadata: JSONValue = ["k": .string(String(repeating: "m", count: 64 << 10))]
        #expect(await store(["content": "x", "metadata": metadata]).status == 413)
    }

    @Test("Invalid UTF-8 in a body is refused")
    func invalidUTF8() async {
        let body = Array(#"{"content":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)
        let call = HTTPCall(
            method: "POST", target: "/api/v1/memories",
            headers: [
                ("Host", "localhost"), ("Authorization", "Bearer \(Interface.agentToken)"),
                ("Content-Type", "application/json"),
            ], body: body)
        let reply = await interface.rest.answer(call).reply
        #expect(reply.code == "invalid_json")
        #expect(interface.node.calls.isEmpty)
    }

    @Test("An update with a stale If-Match is 412, with a stale version in the body it is contested")
    func staleVersions() async throws {
        let id = try #require(try await interface.store("one")["id"]?.string)
        let path = "/api/v1/memories/\(id)"
        let first = await interface.call("PATCH", path, body: #"{"content":"two"}"#, headers: [("If-Match", "\"v1\"")])
        #expect(first.status == 200)
        #expect(try first.json()["basedOn"] == .null)
        let stale = await interface.call("PATCH", path, body: #"{"content":"3"}"#, headers: [("If-Match", "\"v1\"")])
        #expect(stale.status == 412)
        #expect(stale.code == "stale_version")
        let concurrent = try await interface.call("PATCH", path, body: #"{"content":"3","version":"v1"}"#).json()
        #expect(concurrent["contested"] == true)
        let plain = try await interface.call("PATCH", path, body: #"{"category":"c"}"#).json()
        #expect(plain["basedOn"] == "v3")
    }

    @Test("An update clears what is null and keeps what is missing")
    func updateClears() async throws {
        let stored = try await interface.call(
            "POST", "/api/v1/memories",
            body: #"{"content":"x","category":"c","context":"d","metadata":{"a":1,"b":2},"tags":["t","u"]}"#
        ).json()
        let id = try #require(stored["id"]?.string)
        let updated = try await interface.call(
            "PATCH", "/api/v1/memories/\(id)",
            body: #"{"category":null,"metadata":{"a":null},"addTags":["v"],"removeTags":["t"]}"#
        ).json()
        #expect(updated["category"] == .null)
        #expect(updated["context"] == "d")
        #expect(updated["metadata"] == ["b": 2])
        #expect(updated["tags"] == ["u", "v"])
        #expect(await interface.call("PATCH", "/api/v1/memories/\(id)", body: "{}").code == "invalid_input")
    }

    @Test("A repeated Idempotency-Key writes once")
    func idempotency() async throws {
        let headers = [(name: "Idempotency-Key", value: "k1")]
        let first = await interface.call("POST", "/api/v1/memories", body: #"{"content":"x"}"#, headers: headers)
        let second = await interface.call("POST", "/api/v1/memories", body: #"{"content":"x"}"#, headers: headers)
        #expect(first.status == 201)
        #expect(second.status == 200)
        #expect(try first.json()["id"] == second.json()["id"])
        #expect(interface.node.withState { $0.records.count } == 1)
    }

    @Test("A forgotten memory is 404 with code forgotten, an erased one is 410")
    func removal() async throws {
        let id = try #require(try await interface.store("one")["id"]?.string)
        #expect(await interface.call("DELETE", "/api/v1/memories/\(id)").status == 200)
        let forgotten = await interface.call("GET", "/api/v1/memories/\(id)")
        #expect(forgotten.status == 404)
        #expect(forgotten.code == "forgotten")
        #expect(try forgotten.json()["hint"]?.string?.contains("brings it back") == true)
        _ = await interface.call("PATCH", "/api/v1/memories/\(id)", body: #"{"content":"again"}"#)
        let refused = await interface.call("POST", "/api/v1/memories/\(id)/erase", body: "{}")
        #expect(refused.status == 403)
        let erased = try await interface.call(
            "POST", "/api/v1/memories/\(id)/erase", body: #"{"now":true}"#, token: Interface.operatorToken
        ).json()
        #expect(erased["purged"] == true)
        #expect(await interface.call("GET", "/api/v1/memories/\(id)").status == 410)
    }

    @Test("A memory that the caller has is not sent again")
    func notModified() async throws {
        let id = try #require(try await interface.store("one")["id"]?.string)
        let reply = await interface.call("GET", "/api/v1/memories/\(id)", headers: [("If-None-Match", "\"v1\"")])
        #expect(reply.status == 304)
        #expect(reply.body.isEmpty)
    }

    @Test("A search takes the filters of the surface and pages by cursor")
    func searching() async throws {
        for number in 1...5 { _ = try await interface.store("proxy \(number)") }
        _ = try await interface.store("database")
        let first = try await interface.call("GET", "/api/v1/memories?q=proxy&limit=3&explain=true").json()
        #expect(first["items"]?.array?.count == 3)
        #expect(first["items"]?.array?.first?["why"] != nil)
        #expect(first["items"]?.array?.first?["score"] != nil)
        let cursor = try #require(first["next"]?.string)
        let second = try await interface.call("GET", "/api/v1/memories?q=proxy&limit=3&cursor=\(cursor)").json()
        #expect(second["items"]?.array?.count == 2)
        #expect(second["next"] == .null)
        #expect(second["items"]?.array?.first?["why"] == nil)
    }

    @Test(
        "A search with a wrong parameter is 400",
        arguments: [
            "qq=x", "limit=0", "limit=1001", "limit=many", "explain=perhaps", "since=yesterday", "q=a&q=b", "q=%ZZ",
            "q=%FF",
        ])
    func badSearch(query: String) async {
        let reply = await interface.call("GET", "/api/v1/memories?\(query)")
        #expect(reply.status == 400)
        #expect(interface.node.calls.isEmpty)
    }

    @Test("A search understands escapes and repeated tags")
    func queryDecoding() async throws {
        let body = #"{"content":"café au lait","tags":["a b","c"]}"#
        _ = await interface.call("POST", "/api/v1/memories", body: body)
        let found = try await interface.call("GET", "/api/v1/memories?q=caf%C3%A9+x&tag=a%20b&tag=c").json()
        #expect(found["items"]?.array?.count == 1)
    }
}

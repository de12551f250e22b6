import HiveAPI
import Testing

@testable import HiveServer

/// The lifecycle over HTTP.
@Suite struct RESTLifecycleTests {
    @Test("A memory is marked, and nonsense is refused")
    func marks() async throws {
        let interface = Interface()
        let id = try #require(try await interface.store("one")["id"]?.string)
        let target = "/api/v1/memories/\(id)/lifecycle"
        let reply = await interface.call("POST", target, body: #"{"archived": true}"#)
        #expect(reply.status == 200)
        #expect(try reply.json()["lifecycle"]?["archived"] == true)
        #expect(await interface.call("POST", target, body: "{}").code == "invalid_input")
        #expect(await interface.call("POST", target, body: #"{"archive": true}"#).code == "unknown_field")
        #expect(await interface.call("POST", target, body: #"{"archived": true}"#, token: "").status == 401)
    }

    @Test("Duplicates are listed within limits")
    func duplicates() async throws {
        let interface = Interface()
        for _ in 0..<2 { _ = try await interface.store("same") }
        let reply = await interface.call("GET", "/api/v1/duplicates?threshold=0.5&limit=3")
        #expect(try reply.json()["items"]?.array?.count == 1)
        #expect(interface.node.calls.contains("duplicates 0.5"))
        for query in ["threshold=0", "threshold=2", "threshold=x", "limit=0", "newest=100000", "nearest=1"] {
            #expect(await interface.call("GET", "/api/v1/duplicates?\(query)").status == 400, "\(query)")
        }
    }

    @Test("Merging names others")
    func merging() async throws {
        let interface = Interface()
        let keep = try #require(try await interface.store("one")["id"]?.string)
        let other = try #require(try await interface.store("two")["id"]?.string)
        let target = "/api/v1/memories/\(keep)/merge"
        #expect(await interface.call("POST", target, body: #"{"others": []}"#).code == "invalid_input")
        #expect(await interface.call("POST", target, body: "{}").code == "invalid_input")
        #expect(await interface.call("POST", target, body: #"{"others": ["\#(other)"]}"#).status == 200)
        #expect(await interface.call("GET", "/api/v1/memories/\(other)").code == "forgotten")
    }

    @Test("Consolidation is the operator's")
    func consolidation() async throws {
        let interface = Interface()
        #expect(await interface.call("POST", "/api/v1/consolidation", body: "{}").status == 403)
        let reply = await interface.call(
            "POST", "/api/v1/consolidation", body: #"{"dryRun": true}"#, token: Interface.operatorToken)
        #expect(try reply.json()["dryRun"] == true)
        #expect(try await interface.call("GET", "/api/v1/lifecycle").json()["at"] == "03:00")
    }
}

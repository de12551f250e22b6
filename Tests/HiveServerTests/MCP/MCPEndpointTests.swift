import HiveAPI
import Testing

@testable import HiveServer

@Suite struct MCPEndpointTests {
    let interface = Interface()

    func post(
        _ body: String, token: String = Interface.agentToken, method: String = "POST",
        headers: [(name: String, value: String)] = []
    ) async -> HTTPReply {
        var all = headers + [(name: "Host", value: "127.0.0.1:8900")]
        if !headers.contains(where: { $0.name == "Content-Type" }) { all.append(("Content-Type", "application/json")) }
        if !token.isEmpty { all.append(("Authorization", "Bearer \(token)")) }
        return await interface.mcp.answer(
            HTTPCall(method: method, target: "/mcp", headers: all, body: Array(body.utf8))
        ).reply
    }

    static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#

    @Test("The endpoint takes POST only", arguments: ["GET", "DELETE", "PUT"])
    func methods(method: String) async {
        let reply = await post("", method: method)
        #expect(reply.status == 405)
        #expect(reply.header("Allow") == "POST")
    }

    @Test("A token is needed, either will do")
    func tokens() async {
        #expect(await post(Self.ping, token: "").status == 401)
        #expect(await post(Self.ping, token: "wrong").status == 401)
        #expect(await post(Self.ping).status == 200)
        #expect(await post(Self.ping, token: Interface.operatorToken).status == 200)
    }

    @Test("A notification is 202 with no body, broken JSON is -32700, wrong types are 415 and 406")
    func framing() async throws {
        let accepted = await post(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        #expect(accepted.status == 202)
        #expect(accepted.body.isEmpty)
        let broken = await post("{")
        #expect(broken.status == 400)
        #expect(try broken.json()["error"]?["code"] == -32700)
        #expect(await post(Self.ping, headers: [("Content-Type", "text/plain")]).status == 415)
        #expect(await post(Self.ping, headers: [("Accept", "text/html")]).status == 406)
        #expect(await post(Self.ping, headers: [("Accept", "application/json, text/event-stream")]).status == 200)
    }

    @Test("Session and resumption headers mean nothing and none is ever given out")
    func noSessions() async {
        let reply = await post(Self.ping, headers: [("Mcp-Session-Id", "stale"), ("Last-Event-ID", "9")])
        #expect(reply.status == 200)
        #expect(reply.header("Mcp-Session-Id") == nil)
    }

    @Test("A page of another site gets nothing")
    func foreignOrigin() async {
        #expect(await post(Self.ping, headers: [("Origin", "https://evil.example")]).status == 403)
        #expect(await post(Self.ping, headers: [("Origin", "http://localhost:5173")]).status == 200)
    }

    @Test("Who writes is the header, else the client's own name")
    func author() async {
        func store(_ headers: [(name: String, value: String)]) async {
            let standard = [
                (name: "MCP-Protocol-Version", value: "2026-07-28"), ("Mcp-Method", "tools/call"),
                ("Mcp-Name", "store_memory"),
            ]
            let parameters: JSONValue = [
                "name": "store_memory", "arguments": ["content": "x"], "_meta": MCPServerTests.meta,
            ]
            let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": parameters]
            _ = await post(message.text, headers: standard + headers)
        }
        await store([])
        #expect(interface.node.lastCaller?.agent == "tester")
        await store([("Hive-Agent", "builder")])
        #expect(interface.node.lastCaller?.agent == "builder")
    }
}

import HiveAPI
import Testing

@testable import HiveServer

/// The addresses of MCP beside `/mcp`.
@Suite struct MCPDoorTests {
    private func door(_ authorization: MCPAuthorization? = nil) -> MCPDoor {
        let gate = RequestGate(hosts: ["hive.example"], authority: Interface.authority)
        return MCPDoor(
            server: MCPServer(services: InMemoryNode().services), gate: gate, authorization: authorization,
            now: { Interface.now })
    }

    private func ask(
        _ door: MCPDoor, _ method: String, _ target: String, token: String = "", host: String = "hive.example:8900",
        body: String = ""
    ) async -> HTTPReply? {
        var headers = [(name: "Host", value: host), ("Content-Type", "application/json")]
        if !token.isEmpty { headers.append(("Authorization", "Bearer \(token)")) }
        return await door.answer(
            HTTPCall(method: method, target: target, headers: headers, body: Array(body.utf8)))?.reply
    }

    static let authorization = MCPAuthorization(servers: ["https://login.example"], scopes: ["memory", "rules"])

    @Test(
        "Clients learn where tokens come from",
        arguments: ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"])
    func metadata(path: String) async throws {
        let reply = try #require(await ask(door(Self.authorization), "GET", path))
        let document = try reply.json()
        #expect(document["resource"] == "http://hive.example:8900/mcp")
        #expect(document["authorization_servers"] == ["https://login.example"])
        #expect(document["bearer_methods_supported"] == ["header"])
        #expect(document["scopes_supported"] == ["memory", "rules"])
        #expect(await ask(door(Self.authorization), "GET", path, host: "evil.example")?.status == 403)
        #expect(await ask(door(Self.authorization), "DELETE", path)?.status == 405)
        #expect(await ask(door(), "GET", path) == nil)
    }

    @Test("A refused client is told where the metadata is, and a foreign host is told nothing")
    func challenge() async throws {
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        for token in ["", "stale"] {
            let reply = try #require(await ask(door(Self.authorization), "POST", "/mcp", token: token, body: ping))
            #expect(reply.status == 401)
            let challenge = try #require(reply.header("WWW-Authenticate"))
            #expect(
                challenge.contains(
                    "resource_metadata=\"http://hive.example:8900/.well-known/oauth-protected-resource/mcp\""))
            #expect(challenge.contains("scope=\"memory rules\""))
        }
        #expect(await ask(door(), "POST", "/mcp", body: ping)?.header("WWW-Authenticate") == "Bearer realm=\"hive\"")
        let foreign = await ask(door(Self.authorization), "POST", "/mcp", host: "evil.example", body: ping)
        #expect(foreign?.status == 403 && foreign?.header("WWW-Authenticate") == nil)
    }

    @Test(
        "A stale token is told where to get another one at the door too, in the listener's own scheme",
        .timeLimit(.minutes(1)), arguments: ["POST /mcp", "GET /sse", "POST /sse/x"])
    func staleToken(request: String) async throws {
        try await LiveServer.run(adjust: { $0.authorization = Self.authorization }) { server in
            let lines = [
                "\(request) HTTP/1.1", "Host: localhost", "Authorization: Bearer stale", "Content-Length: 0",
                "Connection: close", "", "",
            ]
            let answer = try await RawClient.say(lines.joined(separator: "\r\n"), to: server.addresses.mcp)
            #expect(answer.status == 401)
            #expect(
                answer.header("WWW-Authenticate")?.contains(
                    "resource_metadata=\"http://localhost/.well-known/oauth-protected-resource/mcp\"") == true)
        }
    }

    @Test("A legacy conversation needs a token, its own address, and the right methods")
    func conversations() async throws {
        let door = door()
        #expect(await ask(door, "GET", "/sse")?.status == 401)
        #expect(await ask(door, "POST", "/sse", token: Interface.agentToken)?.status == 405)
        #expect(await ask(door, "GET", "/sse/x", token: Interface.agentToken)?.status == 405)
        #expect(await ask(door, "POST", "/sse/x", token: Interface.agentToken)?.status == 404)
        let opened = try #require(await ask(door, "GET", "/sse", token: Interface.agentToken))
        #expect(opened.status == 200 && opened.header("Content-Type") == "text/event-stream")
        var frames = try #require(opened.stream as? AsyncThrowingStream<[UInt8], any Error>).makeAsyncIterator()
        let first = String(decoding: try #require(try await frames.next()), as: UTF8.self)
        #expect(first.hasPrefix("event: endpoint\ndata: /sse/"))
        let address = try #require(first.split(separator: "\n").last?.dropFirst("data: ".count))
        #expect(door.events.conversations.count == 1)
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        #expect(await ask(door, "POST", String(address), token: Interface.operatorToken, body: ping)?.status == 404)
        #expect(await ask(door, "POST", String(address), body: ping)?.status == 401)
        #expect(await ask(door, "POST", String(address), token: Interface.agentToken, body: ping)?.status == 202)
        let answer = String(decoding: try #require(try await frames.next()), as: UTF8.self)
        #expect(answer == "event: message\ndata: {\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{}}\n\n")
    }
}

import AsyncHTTPClient
import HiveAPI
import HiveCore
import Logging
import NIOCore
import NIOHTTP1
import Synchronization
import Testing

@testable import HiveServer

@Suite struct HiveServerTests {
    @Test("The client does over HTTP all that a node does", .timeLimit(.minutes(1)))
    func clientAndServerAgree() async throws {
        try await LiveServer.run { server in
            let client = server.client()
            let me = Caller(role: .operator, agent: "ann / bob")
            let request = StoreMemory(
                content: "café", category: "infra", tags: ["a b", "c&d"], metadata: ["n": 9_007_199_254_740_993],
                confidence: 0.5, expiresIn: 60, links: [MemoryLink(relation: "see-also", target: "m0")])
            let stored = try await client.store(request, as: me)
            #expect(stored.created)
            #expect(stored.memory.author.agent == "ann / bob")
            let id = stored.memory.id
            #expect(try await client.memory(id, as: me) == stored.memory)
            let query = MemoryQuery(q: "café", limit: 5, tag: ["a b", "c&d"], category: "infra", explain: true)
            let hits = try await client.search(query, as: me)
            #expect(hits.items.map(\.memory) == [stored.memory])
            #expect(hits.items.first?.why == ["words": 1])
            var change = UpdateMemory(content: "tea", category: .clear, version: stored.memory.version)
            change.metadata = ["n": .null, "m": 1]
            let updated = try await client.update(id, with: change, as: me)
            #expect(updated.memory.category == nil)
            #expect(updated.memory.metadata == ["m": 1])
            #expect(updated.basedOn == nil)
            #expect(try await client.history(id, as: me).items.map(\.operation) == ["created", "updated"])
            let forgotten = try await client.remove(id, RemoveMemory(), as: me)
            #expect(forgotten.mode == .forget)
            await #expect(throws: HiveError(.forgotten, "")) { try await client.memory(id, as: me) }
        }
    }

    @Test("The client reaches rules, peers, conflicts and status", .timeLimit(.minutes(1)))
    func otherServices() async throws {
        try await LiveServer.run { server in
            let client = server.client()
            let me = Caller.operator
            let push = PushRules(sources: [RuleSource(path: "no/rm ü", text: "rm -rf")], set: "s")
            #expect(try await client.push(push, as: me).active)
            #expect(try await client.rule("no/rm ü", as: me).text == "rm -rf")
            #expect(try await client.setRule("no/rm ü", enabled: false, as: me).enabled == false)
            #expect(try await client.rules(as: me).items.count == 1)
            let input: JSONValue = ["event": "tool.pre", "command": "rm -rf /"]
            #expect(try await client.decide(input, explain: true, as: me)["effect"] == "allow")
            #expect(try await client.peers(as: me).items.first?.state == .connected)
            let invitation = try await client.invite(InvitePeer(), as: me)
            #expect(invitation.role == "writer")
            #expect(try await client.join(JoinHive(line: invitation.line), as: me).joined)
            #expect(try await client.syncNow(as: me).peers == ["n2"])
            #expect(try await client.syncStatus(as: me).pending == 3)
            #expect(try await client.syncHistory(as: me).items.count == 1)
            #expect(try await client.status(as: me).name == "alpha")
            #expect(await client.health() == Health(status: .ok))
            #expect(try await client.scopes(as: me).items.first?.name == "collective:main")
            #expect(try await client.verify(rebuild: true, as: me).rebuilt)
            #expect(try await client.conflicts(as: me).items.isEmpty)
            await #expect(throws: HiveError(.notFound, "")) { try await client.conflict("c9", as: me) }
            let agent = server.client(Interface.agentToken)
            await #expect(throws: HiveError(.forbidden, "")) { try await agent.invite(InvitePeer(), as: .agent) }
        }
    }

    @Test("A node that is not there is unreachable, with exit code 3", .timeLimit(.minutes(1)))
    func unreachable() async throws {
        let gone = Lookup()
        try await LiveServer.run { server in gone.set(server.addresses) }
        let addresses = try #require(gone.get())
        let client = HiveClient(NodeLocation(api: addresses.apiURL, token: nil), timeoutSeconds: 5)
        await #expect(throws: HiveError(.unreachable, "")) { try await client.status(as: .operator) }
        #expect(HiveError(.unreachable, "").exitCode == 3)
        #expect(await client.health().status == .failing)
    }

    @Test("A body of more than 2 MiB is 413 and the server goes on", .timeLimit(.minutes(1)))
    func tooLarge() async throws {
        try await LiveServer.run { server in
            var request = HTTPClientRequest(url: server.addresses.apiURL + "/api/v1/memories")
            request.method = .POST
            request.headers.add(name: "Authorization", value: "Bearer \(Interface.agentToken)")
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(repeating: 0x20, count: (2 << 20) + 1))
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(20))
            #expect(response.status == .payloadTooLarge)
            _ = try await response.body.collect(upTo: 1 << 20)
            #expect(try await server.client().status(as: .operator).name == "alpha")
        }
    }

    @Test("A request that offers h2c is answered as HTTP/1.1 and does not hang", .timeLimit(.minutes(1)))
    func foreignUpgrade() async throws {
        try await LiveServer.run { server in
            var request = HTTPClientRequest(url: server.addresses.apiURL + "/health")
            request.headers.add(name: "Connection", value: "Upgrade, HTTP2-Settings")
            request.headers.add(name: "Upgrade", value: "h2c")
            request.headers.add(name: "HTTP2-Settings", value: "AAMAAABkAAQAAP__")
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
            #expect(response.status == .ok)
            _ = try await response.body.collect(upTo: 1 << 16)
        }
    }

    @Test("MCP is served on its own port and on the REST port; the former serves health too", .timeLimit(.minutes(1)))
    func mcpOnBothPorts() async throws {
        try await LiveServer.run { server in
            for url in [server.addresses.mcpURL, server.addresses.apiURL + "/mcp"] {
                let location = NodeLocation(api: server.addresses.apiURL, mcp: url, token: Interface.agentToken)
                let line =
                    #"{"jsonrpc":"2.0","id":"x","method":"tools/call","#
                    + #""params":{"name":"store_memory","arguments":{"content":"line\nbreak"}}}"#
                var bridge = MCPBridge()
                guard case .ask(let request)? = bridge.line(line).first else {
                    Issue.record("the line was not forwarded")
                    return
                }
                let answers = Mutex<[JSONValue]>([])
                try await HiveClient(location).exchange(request) { message in answers.withLock { $0.append(message) } }
                let answer = try #require(answers.withLock { $0 }.first)
                #expect(!answer.text.contains("\n"))
                #expect(answer["id"] == "x")
                #expect(answer["result"]?["structuredContent"]?["created"] == true)
            }
            let health = NodeLocation(api: "http://\(server.addresses.mcp)", token: nil)
            #expect(await HiveClient(health).health().status == .ok)
            await #expect(throws: HiveError(.notFound, "")) {
                try await HiveClient(health).status(as: .operator)
            }
        }
    }

    @Test("A port that is taken is a named error", .timeLimit(.minutes(1)))
    func addressInUse() async throws {
        try await LiveServer.run { server in
            let free = ListenAddress(host: "127.0.0.1", port: 0)
            let second = HiveServer(
                ServerConfiguration(api: server.addresses.api, mcp: free), services: server.node.services,
                authority: Interface.authority, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                now: { Interface.now })
            await #expect(throws: HiveError(.addressInUse, "")) { try await second.run() }
        }
    }

    @Test("Listening beyond this machine without encryption must be allowed explicitly")
    func plainTextBeyondLoopback() async throws {
        let open = ListenAddress(host: "0.0.0.0", port: 0)
        let server = HiveServer(
            ServerConfiguration(api: open), services: InMemoryNode().services, authority: Interface.authority,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: { Interface.now })
        await #expect(throws: HiveError(.forbidden, "")) { try await server.run() }
    }
}

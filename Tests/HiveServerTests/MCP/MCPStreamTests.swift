import HiveAPI
import HiveCore
import Synchronization
import Testing

@testable import HiveServer

/// What a request gets beside its answer.
@Suite struct MCPStreamTests {
    let node = InMemoryNode()

    /// All messages of one request, the answer last.
    private func messages(
        _ method: String, _ parameters: [String: JSONValue], meta: [String: JSONValue] = [:], sets: [ToolSet] = [.ops]
    ) async throws -> [JSONValue] {
        let server = MCPServer(services: node.services, toolSets: sets)
        var all = parameters
        all["_meta"] = .object(meta.merging(MCPServerTests.meta.object ?? [:]) { given, _ in given })
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(all)]
        let opening = try #require(try server.open(message, in: MCPContext(caller: .agent, now: Interface.now)))
        #expect(server.streams(opening) == !meta.isEmpty)
        let seen = Mutex<[JSONValue]>([])
        let reply = await server.answer(opening) { message in
            seen.withLock { $0.append(message) }
            return true
        }
        return seen.withLock { $0 } + [try #require(reply.message)]
    }

    private static let memories = JSONValue.array((1...60).map { ["content": .string("memory \($0)")] })

    @Test("Progress goes forward, under the client's token, to the end")
    func progress() async throws {
        let parameters: [String: JSONValue] = ["name": "import_memories", "arguments": ["memories": Self.memories]]
        let heard = try await messages("tools/call", parameters, meta: ["progressToken": "p"])
        let steps = heard.filter { $0["method"] == "notifications/progress" }.compactMap { $0["params"] }
        #expect(steps.allSatisfy { $0["progressToken"] == "p" && $0["total"]?.double == 60 })
        #expect(steps.compactMap { $0["progress"]?.double } == [0, 25, 50, 60])
        #expect(heard.last?["result"]?["structuredContent"]?["created"] == 60)
        #expect(try await messages("tools/call", parameters).count == 1)
        for token: JSONValue in [1.5, [], true] {
            let refused = try await messages("tools/call", parameters, meta: ["progressToken": token])
            #expect(refused.last?["error"]?["code"] == -32602)
        }
    }

    @Test("Log lines come only when asked for, from the level asked for")
    func logging() async throws {
        func levels(_ level: JSONValue?, _ arguments: JSONValue) async throws -> [JSONValue] {
            try await messages(
                "tools/call", ["name": "import_memories", "arguments": arguments],
                meta: level.map { [MCPExchange.logLevelKey: $0] } ?? [:]
            ).filter { $0["method"] == "notifications/message" }.compactMap { $0["params"]?["level"] }
        }
        #expect(try await levels(nil, ["memories": Self.memories]).isEmpty)
        #expect(try await levels("debug", ["memories": Self.memories]) == ["debug"])
        #expect(try await levels("warning", ["memories": Self.memories]).isEmpty)
        #expect(try await levels("warning", [:]) == ["warning"])
        #expect(try await levels("error", [:]).isEmpty)
        let refused = try await messages("tools/list", [:], meta: [MCPExchange.logLevelKey: "loud"])
        #expect(refused.last?["error"]?["code"] == -32602)
    }

    // MARK: Subscriptions

    @Test("A subscription first says what it honours, then what changes and nothing else", .timeLimit(.minutes(1)))
    func subscription() async throws {
        let server = MCPServer(services: node.services)
        let filter: JSONValue = [
            "toolsListChanged": true, "promptsListChanged": false,
            "resourceSubscriptions": ["hive://memory/m1", "hive://conflicts", "hive://rules/active"],
        ]
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": "s", "method": "subscriptions/listen",
            "params": ["notifications": filter, "_meta": MCPServerTests.meta],
        ]
        let opening = try #require(try server.open(message, in: MCPContext(caller: .agent, now: Interface.now)))
        let (heard, inbox) = AsyncStream.makeStream(of: JSONValue.self)
        let listening = Task {
            await server.answer(opening) { message in
                inbox.yield(message)
                return true
            }
        }
        var next = heard.makeAsyncIterator()
        let acknowledged = try #require(await next.next())
        #expect(acknowledged["method"] == "notifications/subscriptions/acknowledged")
        #expect(
            acknowledged["params"]?["notifications"] == [
                "toolsListChanged": true,
                "resourceSubscriptions": ["hive://memory/m1", "hive://conflicts", "hive://rules/active"],
            ])
        func publish(_ type: String, _ data: JSONValue = .null) {
            node.broadcast.publish(HiveEvent(id: "1", type: type, time: "t", data: data))
        }
        publish("memory.changed", ["id": "other", "contested": false])
        publish("mcp.prompts-changed")
        publish("members.changed")
        publish("memory.changed", ["id": "m1", "contested": false])
        publish("memory.changed", ["id": "other", "contested": true])
        publish("memory.changed", ["id": "other", "contested": false])
        publish("rules.changed")
        publish("mcp.tools-changed")
        var changes: [String] = []
        for _ in 0..<5 {
            let change = try #require(await next.next())
            #expect(change["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "s")
            changes.append(change["params"]?["uri"]?.string ?? change["method"]?.string ?? "")
        }
        #expect(
            changes == [
                "hive://memory/m1", "hive://conflicts", "hive://conflicts", "hive://rules/active",
                "notifications/tools/list_changed",
            ])
        #expect(server.subscriptions.total == 1)
        node.broadcast.finish()
        let result = await listening.value.message?["result"]
        #expect(result?["resultType"] == "complete")
        #expect(result?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == "s")
        #expect(server.subscriptions.total == 0)
    }

    @Test("A subscriber that falls behind is ended instead of losing changes silently", .timeLimit(.minutes(1)))
    func slowSubscriber() async throws {
        let server = MCPServer(services: node.services)
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": "s", "method": "subscriptions/listen",
            "params": ["notifications": ["toolsListChanged": true], "_meta": MCPServerTests.meta],
        ]
        let opening = try #require(try server.open(message, in: MCPContext(caller: .agent, now: Interface.now)))
        let count = Mutex(0)
        let listening = Task { [node] in
            await server.answer(opening) { message in
                if message["method"] == "notifications/subscriptions/acknowledged" {
                    for number in 0..<9 {
                        node.broadcast.publish(HiveEvent(id: "\(number)", type: "mcp.tools-changed", time: "t"))
                    }
                }
                return count.withLock { count in
                    count += 1
                    return count < 4
                }
            }
        }
        #expect(await listening.value.message?["result"]?["resultType"] == "complete")
        #expect(count.withLock { $0 } == 4)
    }

    @Test("What is no filter is -32602, and without a stream there is no subscription")
    func wrongFilters() async throws {
        let server = MCPServer(services: node.services)
        let many = JSONValue.array(Array(repeating: "hive://status", count: MCPServer.mostResources + 1))
        for filter: JSONValue in [
            .null, [], ["toolsListChanged": "yes"], ["resourceSubscriptions": "hive://status"],
            ["resourceSubscriptions": [5]], ["resourceSubscriptions": many],
        ] {
            let answer = try await messages(
                "subscriptions/listen", ["notifications": filter], meta: ["progressToken": 1])
            #expect(answer.last?["error"]?["code"] == -32602, "\(filter)")
        }
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen",
            "params": ["notifications": [:], "_meta": MCPServerTests.meta],
        ]
        let reply = await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now))
        #expect(reply.httpStatus == 406)
    }
}

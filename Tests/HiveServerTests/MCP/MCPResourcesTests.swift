import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

@Suite struct MCPResourcesTests {
    let node = InMemoryNode()

    func read(_ uri: String, isModern: Bool = false) async throws -> JSONValue {
        var parameters: [String: JSONValue] = ["uri": .string(uri)]
        if isModern { parameters["_meta"] = MCPServerTests.meta }
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "resources/read", "params": .object(parameters),
        ]
        let server = MCPServer(services: node.services)
        let reply = await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now))
        return try #require(reply.message)
    }

    @Test("Every listed resource and a memory can be read as JSON")
    func reading() async throws {
        let id = try await node.store(StoreMemory(content: "x"), as: .agent).memory.id
        for uri in ["hive://status", "hive://conflicts", "hive://rules/active", "hive://memory/\(id)"] {
            let contents = try #require(try await read(uri)["result"]?["contents"]?.array)
            #expect(contents.count == 1)
            #expect(contents.first?["uri"]?.string == uri)
            #expect(try JSONValue(parsing: contents.first?["text"]?.string ?? "").object != nil)
        }
    }

    @Test("The active rules are those that are enabled")
    func activeRules() async throws {
        let sources = [RuleSource(path: "a", text: "x"), RuleSource(path: "b", text: "y")]
        _ = try await node.push(PushRules(sources: sources), as: .operator)
        _ = try await node.setRule("a", enabled: false, as: .operator)
        let contents = try await read("hive://rules/active")["result"]?["contents"]?.array?.first
        let rules = try JSONValue(parsing: contents?["text"]?.string ?? "")
        #expect(rules["items"]?.array?.map { $0["name"] } == ["b"])
    }

    @Test(
        "A missing resource is -32602 now and was -32002 before",
        arguments: [
            "hive://memory/nothing", "hive://memory/", "hive://nothing", "hive://rule/nothing", "file:///etc/passwd",
        ])
    func missing(uri: String) async throws {
        #expect(try await read(uri, isModern: true)["error"]?["code"] == -32602)
        #expect(try await read(uri)["error"]?["code"] == -32002)
    }
}

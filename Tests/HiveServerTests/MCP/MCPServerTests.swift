import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

@Suite struct MCPServerTests {
    let node = InMemoryNode()
    var server: MCPServer { MCPServer(services: node.services) }

    static let meta: JSONValue = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
        "io.modelcontextprotocol/clientInfo": ["name": "tester", "version": "1"],
    ]

    func ask(_ message: JSONValue, headers: MCPContext.Headers? = nil) async -> MCPReply {
        await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now, headers: headers))
    }

    func modern(_ method: String, _ parameters: [String: JSONValue] = [:]) async -> MCPReply {
        let all = parameters.merging(["_meta": Self.meta]) { given, _ in given }
        return await ask(["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": .object(all)])
    }

    func legacy(_ method: String, _ parameters: JSONValue = [:]) async -> MCPReply {
        await ask(["jsonrpc": "2.0", "id": "a", "method": .string(method), "params": parameters])
    }

    func code(_ reply: MCPReply) -> Int64? { reply.message?["error"]?["code"]?.integer }

    // MARK: The stateless revision

    @Test("Discovery names revisions, capabilities and instructions, private and with a lifetime")
    func discovery() async throws {
        let result = try #require(await modern("server/discover").message?["result"])
        #expect(result["supportedVersions"]?.array?.first == "2026-07-28")
        #expect(result["capabilities"]?["tools"]?["listChanged"] == true)
        #expect(result["capabilities"]?["resources"] == ["listChanged": true, "subscribe": true])
        for name in ["prompts", "completions", "logging"] { #expect(result["capabilities"]?[name] != nil, "\(name)") }
        #expect(result["resultType"] == "complete")
        #expect(result["cacheScope"] == "private")
        #expect(result["ttlMs"]?.integer ?? -1 >= 0)
        #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["name"] == "hive")
        let instructions = try #require(result["instructions"]?.string)
        #expect(instructions.utf8.count < 2048)
        for tool in ["search_memories", "store_memory", "evaluate_rules"] { #expect(instructions.contains(tool)) }
    }

    @Test("An unsupported revision is -32022 with the supported ones, the same as discovery lists")
    func unsupportedVersion() async throws {
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2031-01-01", "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let reply = await modern("tools/list", ["_meta": meta])
        #expect(reply.httpStatus == 400)
        #expect(code(reply) == -32022)
        let data = try #require(reply.message?["error"]?["data"])
        #expect(data["requested"] == "2031-01-01")
        #expect(data["supported"] == (await modern("server/discover")).message?["result"]?["supportedVersions"])
    }

    @Test("A request without its capabilities or version is -32602 and 400; without client info it is served")
    func meta() async {
        let bare: JSONValue = ["io.modelcontextprotocol/protocolVersion": "2026-07-28"]
        let reply = await modern("tools/list", ["_meta": bare])
        #expect(reply.httpStatus == 400)
        #expect(code(reply) == -32602)
        let discover = await ask(["jsonrpc": "2.0", "id": 1, "method": "server/discover"])
        #expect(discover.httpStatus == 400)
        #expect(code(discover) == -32602)
        let anonymous: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        #expect(await modern("tools/list", ["_meta": anonymous]).message?["result"] != nil)
    }

    @Test(
        "Headers that are missing or say something else are -32020 and 400",
        arguments: [
            (MCPContext.Headers(version: "2026-07-28", method: "tools/call", name: "store_memory"), true),
            (
                MCPContext.Headers(
                    version: " 2026-07-28\t", method: "tools/call", name: "=?base64?c3RvcmVfbWVtb3J5?="), true
            ),
            (MCPContext.Headers(), false), (MCPContext.Headers(version: "2026-07-28", method: "tools/call"), false),
            (MCPContext.Headers(version: "2026-07-28", name: "store_memory"), false),
            (MCPContext.Headers(version: "2025-11-25", method: "tools/call", name: "store_memory"), false),
            (MCPContext.Headers(version: "2026-07-28", method: "Tools/Call", name: "store_memory"), false),
            (MCPContext.Headers(version: "2026-07-28", method: "tools/call", name: "delete_memory"), false),
            (MCPContext.Headers(version: "2026-07-28", method: "tools/call", name: "=?base64?!!?="), false),
        ])
    func headers(headers: MCPContext.Headers, isServed: Bool) async {
        let reply = await ask(
            [
                "jsonrpc": "2.0", "id": 7, "method": "tools/call",
                "params": ["name": "store_memory", "arguments": ["content": "x"], "_meta": Self.meta],
            ], headers: headers)
        #expect(reply.message?["id"] == 7)
        if isServed {
            #expect(reply.message?["result"]?["structuredContent"]?["id"] == "m1")
        } else {
            #expect(code(reply) == -32020)
            #expect(reply.httpStatus == 400)
            #expect(node.calls.isEmpty)
        }
    }

    @Test(
        "Methods that are gone, or never were, are -32601 and 404", arguments: ["ping", "logging/setLevel", "nothing"])
    func unknownMethod(method: String) async {
        let reply = await modern(method)
        #expect(code(reply) == -32601)
        #expect(reply.httpStatus == 404)
        #expect(reply.message?["id"] == 1)
    }

    @Test("Every complete list says how long it lives and for whom")
    func caching() async {
        for method in ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
            let result = await modern(method).message?["result"]
            #expect(result?["ttlMs"]?.integer != nil, "\(method)")
            #expect(result?["cacheScope"] == "private", "\(method)")
            #expect(result?["resultType"] == "complete", "\(method)")
            #expect(code(await modern(method, ["cursor": "made-up"])) == -32602, "\(method)")
        }
        let call = await modern("tools/call", ["name": "get_recent_memories"]).message?["result"]
        #expect(call?["ttlMs"] == nil)
        #expect(call?["resultType"] == "complete")
    }

    // MARK: The legacy revisions

    @Test(
        "Initialisation agrees on the revision asked for, else offers the newest legacy one",
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25"),
        ])
    func initialize(requested: String, answered: String) async throws {
        let reply = await legacy(
            "initialize",
            ["protocolVersion": .string(requested), "capabilities": [:], "clientInfo": ["name": "c", "version": "1"]])
        let result = try #require(reply.message?["result"])
        #expect(result["protocolVersion"]?.string == answered)
        #expect(result["serverInfo"]?["name"] == "hive")
        #expect(result["resultType"] == nil)
        #expect(result["instructions"] != nil)
    }

    @Test("Initialisation after a successful discovery is served: a released client does that")
    func initializeWithModernMeta() async {
        let reply = await modern("initialize", ["protocolVersion": "2025-11-25"])
        #expect(reply.message?["result"]?["protocolVersion"] == "2025-11-25")
    }

    @Test("Legacy requests need no meta, have ping, and results without the modern members")
    func legacyRequests() async {
        #expect(await legacy("ping").message?["result"] == [:])
        let tools = await legacy("tools/list").message?["result"]
        #expect(tools?["tools"]?.array?.isEmpty == false)
        #expect(tools?["ttlMs"] == nil)
        let unknown = await legacy("logging/setLevel")
        #expect(code(unknown) == -32601)
        #expect(unknown.httpStatus == 200)
    }

    @Test("An unknown revision in a legacy client's header is 400, a known one is served")
    func legacyHeader() async {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/list"]
        #expect(await ask(message, headers: .init(version: "2025-06-18")).httpStatus == 200)
        #expect(await ask(message, headers: .init()).httpStatus == 200)
        #expect(await ask(message, headers: .init(version: "1.0")).httpStatus == 400)
    }

    // MARK: JSON-RPC

    @Test("Notifications and answers are taken without an answer")
    func notifications() async {
        for message: JSONValue in [
            ["jsonrpc": "2.0", "method": "notifications/initialized"],
            ["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1, "_meta": Self.meta]],
            ["jsonrpc": "2.0", "id": 4, "result": [:]],
        ] {
            let reply = await ask(message)
            #expect(reply == MCPReply.accepted)
        }
    }

    @Test("What is no single message is -32600 and 400")
    func invalidRequests() async {
        for message: JSONValue in [
            [], "x", ["id": 1, "method": "ping"],
            ["jsonrpc": "2.0", "id": 1], ["jsonrpc": "2.0", "id": 1.5, "method": "ping"],
            ["jsonrpc": "2.0", "id": .null, "method": "ping"], ["jsonrpc": "1.0", "id": 1, "method": "ping"],
        ] {
            let reply = await ask(message)
            #expect(code(reply) == -32600, "\(message)")
            #expect(reply.httpStatus == 400, "\(message)")
        }
        #expect(code(await ask(["jsonrpc": "2.0", "id": 1, "method": "ping", "params": [1]])) == -32602)
    }

    @Test("The one revision with batches answers each message of one; every other refuses them")
    func batches() async throws {
        let ping: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "ping"]
        let note: JSONValue = ["jsonrpc": "2.0", "method": "notifications/initialized"]
        let bad: JSONValue = ["jsonrpc": "2.0", "id": 2, "method": "nothing"]
        let opening: JSONValue = ["jsonrpc": "2.0", "id": 3, "method": "initialize"]
        for headers in [MCPContext.Headers(), .init(version: "2025-03-26")] {
            let answers = try #require(await ask([ping, note, bad, opening, [ping]], headers: headers).message?.array)
            #expect(answers.count == 4)
            #expect(answers[0]["result"] == [:])
            #expect(answers[1]["error"]?["code"] == -32601)
            #expect(answers[2]["error"]?["code"] == -32600)
            #expect(answers[3]["error"]?["code"] == -32600)
            #expect(await ask([note, note], headers: headers) == MCPReply.accepted)
        }
        for version in ["2025-11-25", "2025-06-18", "2024-11-05", "2026-07-28"] {
            let reply = await ask([ping], headers: .init(version: version))
            #expect(code(reply) == -32600 && reply.httpStatus == 400, "\(version)")
        }
        let many = JSONValue.array(Array(repeating: ping, count: MCPServer.largestBatch + 1))
        #expect(code(await ask(many)) == -32600)
    }
}

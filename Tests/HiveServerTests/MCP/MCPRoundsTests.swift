import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

/// Questions to the person at the client within a request of the stateless revision.
@Suite struct MCPRoundsTests {
    let node = InMemoryNode()
    let server: MCPServer

    init() { server = MCPServer(services: node.services, toolSets: [.core, .ops]) }

    static func meta(_ capabilities: JSONValue = ["elicitation": [:]], client: String = "tester") -> JSONValue {
        [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": capabilities,
            "io.modelcontextprotocol/clientInfo": ["name": .string(client), "version": "1"],
        ]
    }

    private func call(
        _ tool: String, _ arguments: JSONValue, state: JSONValue? = nil, answers: JSONValue? = nil,
        meta: JSONValue = meta(), seconds: Int64 = 0, role: Caller.Role = .agent,
        credential: String? = nil
    ) async throws -> JSONValue {
        var parameters: [String: JSONValue] = ["name": .string(tool), "arguments": arguments, "_meta": meta]
        parameters["requestState"] = state
        parameters["inputResponses"] = answers
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": .object(parameters)]
        let context = MCPContext(
            caller: Caller(role: role, credential: credential), now: Interface.now.advanced(bySeconds: seconds))
        return try #require(await server.answer(message, in: context).message)
    }

    private static func approval(_ value: Bool) -> JSONValue {
        ["approval": ["action": "accept", "content": ["approve": .bool(value)]]]
    }

    private func askRule() async throws {
        _ = try await node.push(PushRules(sources: [RuleSource(path: "ask-first", text: "prod")]), as: .operator)
    }

    static let arguments: JSONValue = ["content": "the prod database moved"]

    @Test("A write that a rule wants approved asks, and happens once the person approves")
    func approval() async throws {
        try await askRule()
        let asked = try #require(try await call("store_memory", Self.arguments)["result"])
        #expect(asked["resultType"] == "input_required")
        #expect(asked["ttlMs"] == nil && asked["structuredContent"] == nil)
        let form = asked["inputRequests"]?["approval"]
        #expect(form?["method"] == "elicitation/create")
        #expect(form?["params"]?["requestedSchema"]?["properties"]?["approve"]?["type"] == "boolean")
        #expect(form?["params"]?["message"]?.string?.contains("ask-first") == true)
        #expect(!node.calls.contains("store"))
        let state = try #require(asked["requestState"])
        let done = try await call("store_memory", Self.arguments, state: state, answers: Self.approval(true))
        #expect(done["result"]?["structuredContent"]?["id"] != nil)
        #expect(node.lastQuestion?["tool"] == "mcp__hive__store_memory")
        #expect(node.lastQuestion?["content"] == "the prod database moved")
    }

    @Test("An approval counts once, and for the credential that asked")
    func once() async throws {
        try await askRule()
        let yes = Self.approval(true)
        let state = try await call("store_memory", Self.arguments)["result"]?["requestState"]
        let done = try await call("store_memory", Self.arguments, state: state, answers: yes)
        #expect(done["result"]?["structuredContent"]?["id"] != nil)
        let again = try await call("store_memory", Self.arguments, state: state, answers: yes)
        #expect(again["error"]?["message"]?.string?.contains("sent before") == true)
        #expect(node.calls.count { $0 == "store" } == 1)
        let other = try await call("store_memory", Self.arguments)["result"]?["requestState"]
        let stolen = try await call("store_memory", Self.arguments, state: other, answers: yes, credential: "another")
        #expect(stolen["error"]?["message"]?.string?.contains("belongs to another") == true)
        #expect(node.calls.count { $0 == "store" } == 1)
    }

    @Test("A person who refuses, goes away, or says nothing of use, refuses")
    func refusal() async throws {
        try await askRule()
        for answer: JSONValue in [
            Self.approval(false), ["approval": ["action": "decline"]], ["approval": ["action": "cancel"]],
            ["approval": ["action": "accept", "content": ["approve": "yes"]]],
        ] {
            let state = try await call("store_memory", Self.arguments)["result"]?["requestState"]
            let result = try await call("store_memory", Self.arguments, state: state, answers: answer)["result"]
            #expect(result?["isError"] == true)
            #expect(result?["content"]?.array?.first?["text"]?.string?.contains("(denied)") == true, "\(answer)")
        }
        #expect(!node.calls.contains("store"))
    }

    @Test("Answers that are missing are asked for again; those nobody asked for are passed over")
    func missingAnswers() async throws {
        try await askRule()
        var state = try await call("store_memory", Self.arguments)["result"]?["requestState"]
        for answers: JSONValue? in [nil, [:], ["other": ["action": "accept"]]] {
            let again = try await call("store_memory", Self.arguments, state: state, answers: answers)
            #expect(again["result"]?["resultType"] == "input_required")
            // One question has one thread: the next one goes on from the newest state.
            let twice = try await call("store_memory", Self.arguments, state: state, answers: Self.approval(true))
            #expect(twice["error"]?["message"]?.string?.contains("sent before") == true)
            state = again["result"]?["requestState"]
        }
        #expect(!node.calls.contains("store"))
        // An answer without a question is none: the agent cannot approve for the person.
        let early = try await call("store_memory", Self.arguments, answers: Self.approval(true))["result"]
        #expect(early?["resultType"] == "input_required")
    }

    @Test("A state that was changed, is old, or belongs to something or somebody else is an error")
    func forgedStates() async throws {
        try await askRule()
        let state = try #require(try await call("store_memory", Self.arguments)["result"]?["requestState"]?.string)
        var bytes = try #require(Base64.decode(state))
        bytes[20] ^= 1
        let yes = Self.approval(true)
        let other = MCPServer(services: node.services)
        let errors = [
            try await call("store_memory", Self.arguments, state: .string(Base64.encode(bytes)), answers: yes),
            try await call("store_memory", Self.arguments, state: "made up", answers: yes),
            try await call("store_memory", Self.arguments, state: 5, answers: yes),
            try await call("store_memory", ["content": "prod, other"], state: .string(state), answers: yes),
            try await call("update_memory", Self.arguments, state: .string(state), answers: yes),
            try await call("store_memory", Self.arguments, state: .string(state), answers: yes, seconds: 601),
            try await call(
                "store_memory", Self.arguments, state: .string(state), answers: yes,
                meta: Self.meta(client: "somebody else")),
            try await call("store_memory", Self.arguments, state: .string(state), answers: yes, role: .operator),
            try #require(
                await other.answer(
                    [
                        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
                        "params": [
                            "name": "store_memory", "arguments": Self.arguments, "requestState": .string(state),
                            "inputResponses": yes, "_meta": Self.meta(),
                        ],
                    ], in: MCPContext(caller: .agent, now: Interface.now)
                ).message),
        ]
        for error in errors { #expect(error["error"]?["code"] == -32602, "\(error)") }
        #expect(!node.calls.contains("store"))
        let inTime = try await call(
            "store_memory", Self.arguments, state: .string(state), answers: yes, seconds: 599)
        #expect(inTime["result"]?["structuredContent"] != nil)
    }

    @Test("A client that cannot ask gets an error that says so, in both eras")
    func noElicitation() async throws {
        try await askRule()
        let result = try await call("store_memory", Self.arguments, meta: Self.meta([:]))["result"]
        let text = try #require(result?["content"]?.array?.first?["text"]?.string)
        #expect(result?["isError"] == true && text.contains("ask-first") && text.contains("hint: "))
        let legacy: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": "store_memory", "arguments": Self.arguments],
        ]
        let reply = await server.answer(legacy, in: MCPContext(caller: .agent, now: Interface.now))
        #expect(reply.message?["result"]?["isError"] == true)
        #expect(!node.calls.contains("store"))
    }

    @Test("A write that a rule denies is refused with the rule's words; reading asks no law")
    func denied() async throws {
        _ = try await node.push(PushRules(sources: [RuleSource(path: "no-prod", text: "prod")]), as: .operator)
        let result = try await call("store_memory", Self.arguments)["result"]
        let text = try #require(result?["content"]?.array?.first?["text"]?.string)
        #expect(text.contains("`no-prod`") && text.contains("it says so") && text.contains("(denied)"))
        let found = try await call("search_memories", ["query": "prod"])["result"]
        #expect(found?["isError"] == nil)
        #expect(node.lastQuestion?["tool"] == "mcp__hive__store_memory")
    }

    @Test("A decision that demands approval says what the person said")
    func decisions() async throws {
        try await askRule()
        let input: JSONValue = ["input": ["event": "tool.pre", "command": "deploy prod"]]
        let plain = try await call("evaluate_rules", input, meta: Self.meta([:]))["result"]?["structuredContent"]
        #expect(plain?["effect"] == "require-approval" && plain?["allowed"] == false)
        for isApproved in [true, false] {
            let state = try await call("evaluate_rules", input)["result"]?["requestState"]
            let decision = try await call(
                "evaluate_rules", input, state: state, answers: Self.approval(isApproved))["result"]?[
                    "structuredContent"]
            #expect(decision?["allowed"]?.bool == isApproved)
            #expect(decision?["approval"]?["granted"]?.bool == isApproved)
            #expect(decision?["effect"] == "require-approval")
        }
    }

    @Test("A conflict without a choice asks which value holds, or lists them")
    func conflicts() async throws {
        let id = try await node.store(StoreMemory(content: "one"), as: .agent).memory.id
        let siblings = ["d1", "d2"].map {
            ConflictSibling(dot: $0, value: .string("value of \($0)"), author: Author(node: "n2"), at: "t")
        }
        node.add(
            Conflict(
                id: "c1", memory: id, kind: "value", field: "content", siblings: siblings, policy: "newest", since: "t")
        )
        let listed = try await call("resolve_conflict", ["id": "c1"], meta: Self.meta([:]))["result"]
        let text = try #require(listed?["content"]?.array?.first?["text"]?.string)
        #expect(text.contains("`d1`") && text.contains("value of d2"))
        let asked = try #require(try await call("resolve_conflict", ["id": "c1"])["result"])
        let choices = asked["inputRequests"]?["take"]?["params"]?["requestedSchema"]?["properties"]?["take"]
        #expect(choices?["enum"] == ["d1", "d2"])
        func resolve(_ answer: JSONValue) async throws -> JSONValue? {
            let state = try await call("resolve_conflict", ["id": "c1"])["result"]?["requestState"]
            return try await call("resolve_conflict", ["id": "c1"], state: state, answers: ["take": answer])["result"]
        }
        for answer: JSONValue in [["action": "cancel"], ["action": "accept", "content": ["take": "d9"]]] {
            #expect(try await resolve(answer)?["isError"] == true)
        }
        #expect(try await resolve(["action": "accept", "content": ["take": "d2"]])?["structuredContent"] != nil)
        #expect(try await node.memory(id, as: .agent).content == "value of d2")
    }
}

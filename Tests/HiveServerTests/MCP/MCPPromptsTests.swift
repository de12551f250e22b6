import HiveAPI
import HiveCore
import Testing

@testable import HiveServer

@Suite struct MCPPromptsTests {
    let node = InMemoryNode()

    private func ask(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        let message: JSONValue = ["jsonrpc": "2.0", "id": 1, "method": .string(method), "params": parameters]
        let server = MCPServer(services: node.services)
        return try #require(await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now)).message)
    }

    private func complete(_ reference: JSONValue, _ name: JSONValue, _ value: JSONValue) async throws -> JSONValue {
        try await ask("completion/complete", ["ref": reference, "argument": ["name": name, "value": value]])
    }

    @Test("The prompts are the commands of the catalogue, and say what they say")
    func prompts() async throws {
        let prompts = try #require(try await ask("prompts/list")["result"]?["prompts"]?.array)
        #expect(prompts.compactMap { $0["name"]?.string } == CommandCatalog.commands.map(\.name))
        let recall = prompts.first { $0["name"] == "recall" }
        #expect(
            recall?["arguments"]?.array?.first == [
                "name": "query", "description": "What it is about", "required": true,
            ])
        let got = try await ask("prompts/get", ["name": "recall", "arguments": ["query": "the proxy"]])["result"]
        let message = got?["messages"]?.array?.first
        #expect(message?["role"] == "user")
        #expect(message?["content"]?["text"]?.string == CommandCatalog.command("recall")?.text(["query": "the proxy"]))
        for name in CommandCatalog.commands where name.arguments.allSatisfy({ !$0.isRequired }) {
            #expect(try await ask("prompts/get", ["name": .string(name.name)])["result"] != nil, "\(name.name)")
        }
    }

    @Test(
        "A prompt that is asked for wrongly is -32602 and says what is wrong",
        arguments: [
            ([:], "params.name"), (["name": "nothing"], "there is no prompt `nothing`"),
            (["name": "recall"], "needs the argument `query`"),
            (["name": "recall", "arguments": ["query": ""]], "needs the argument `query`"),
            (["name": "recall", "arguments": ["query": "x", "colour": "red"]], "no argument `colour`"),
            (["name": "recall", "arguments": ["query": 5]], "must be a string"),
            (["name": "recall", "arguments": []], "must be an object"),
        ] as [(JSONValue, String)])
    func wrong(parameters: JSONValue, message: String) async throws {
        let error = try await ask("prompts/get", parameters)["error"]
        #expect(error?["code"] == -32602)
        #expect(error?["message"]?.string?.contains(message) == true, "\(error ?? .null)")
    }

    @Test("Arguments and variables are completed by what begins as typed")
    func completion() async throws {
        _ = try await node.push(
            PushRules(sources: ["no-a", "no-b", "other"].map { RuleSource(path: $0, text: "x") }), as: .operator)
        let id = try await node.store(StoreMemory(content: "the proxy"), as: Caller(role: .agent, agent: "ann")).memory
            .id
        let rule: JSONValue = ["type": "ref/resource", "uri": "hive://rule/{name}"]
        #expect(
            try await complete(rule, "name", "no-")["result"]?["completion"] == [
                "values": ["no-a", "no-b"], "total": 2, "hasMore": false,
            ])
        let memory: JSONValue = ["type": "ref/resource", "uri": "hive://memory/{id}"]
        for typed in [id, "", "proxy"] {
            let values = try await complete(memory, "id", .string(typed))["result"]?["completion"]?["values"]
            #expect(values == [.string(id)], "\(typed)")
        }
        func values(_ prompt: String, _ argument: JSONValue, _ value: JSONValue) async throws -> JSONValue? {
            try await complete(["type": "ref/prompt", "name": .string(prompt)], argument, value)["result"]?[
                "completion"]?[
                    "values"]
        }
        #expect(try await values("hv-sync", "mode", "f") == ["force"])
        #expect(try await values("recall", "category", "run") == ["runbooks"])
        #expect(try await values("hv-delegate", "agent", "") == ["ann"])
        #expect(try await values("recall", "query", "x") == [])
    }

    @Test("What cannot be completed is -32602")
    func wrongCompletion() async throws {
        let prompt: JSONValue = ["type": "ref/prompt", "name": "recall"]
        for error in [
            try await complete(["type": "ref/prompt", "name": "nothing"], "query", ""),
            try await complete(prompt, "colour", ""), try await complete(prompt, 5, ""),
            try await complete(prompt, "query", .null), try await complete(["type": "ref/other"], "x", ""),
            try await complete(["type": "ref/resource", "uri": "hive://memory/{id}"], "name", ""),
            try await complete(["type": "ref/resource", "uri": "hive://other/{id}"], "id", ""),
            try await ask("completion/complete"),
        ] { #expect(error["error"]?["code"] == -32602, "\(error)") }
    }

    @Test("Lists are cut into pages whose cursors lead through all of them, each for its own list")
    func pages() async throws {
        var features = MCPServer(services: node.services, toolSets: ToolSet.allCases).features
        features.pageSize = 3
        let server = MCPServer(features)
        func page(_ method: String, _ cursor: JSONValue?) async throws -> JSONValue {
            let message: JSONValue = [
                "jsonrpc": "2.0", "id": 1, "method": .string(method), "params": cursor.map { ["cursor": $0] } ?? [:],
            ]
            return try #require(
                await server.answer(message, in: MCPContext(caller: .agent, now: Interface.now)).message)
        }
        var names: [JSONValue] = []
        var cursors: [JSONValue] = []
        repeat {
            let result = try await page("tools/list", cursors.last)["result"]
            names += (result?["tools"]?.array ?? []).compactMap { $0["name"] }
            guard let next = result?["nextCursor"] else { break }
            cursors.append(next)
        } while cursors.count < 100
        #expect(names == server.tools.map { .string($0.name) } && cursors.count == (names.count - 1) / 3)
        #expect(try await page("tools/list", .null)["result"] != nil)
        let foreign = try #require(cursors.first)
        for cursor: JSONValue in ["", "AAAA", 5, foreign] {
            #expect(try await page("prompts/list", cursor)["error"]?["code"] == -32602, "\(cursor)")
        }
    }
}

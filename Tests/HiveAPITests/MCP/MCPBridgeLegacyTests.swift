import Testing

@testable import HiveAPI

/// A client of a legacy revision speaks to a bridge; the test speaks for the node.
@Suite struct MCPBridgeLegacyTests {
    private var bridge = MCPBridge()

    private func requests(_ directives: [MCPBridge.Directive]) -> [MCPBridge.Request] {
        directives.compactMap { if case .ask(let request) = $0 { request } else { nil } }
    }

    private func told(_ directives: [MCPBridge.Directive]) -> [JSONValue] {
        directives.compactMap { if case .tell(let message) = $0 { message } else { nil } }
    }

    private func calledOff(_ directives: [MCPBridge.Directive]) -> [Int] {
        directives.compactMap { if case .callOff(let number) = $0 { number } else { nil } }
    }

    private mutating func asked(_ message: JSONValue) throws -> MCPBridge.Request {
        try #require(requests(bridge.line(message.text)).first)
    }

    /// The answer of the node, as the client gets it.
    private mutating func answer(_ request: MCPBridge.Request, _ result: JSONValue) -> [JSONValue] {
        let message: JSONValue = ["jsonrpc": "2.0", "id": request.message["id"] ?? .null, "result": result]
        return told(bridge.heard(message, of: request.number) + bridge.ended(request.number))
    }

    private mutating func initialize(_ revision: String = "2025-11-25") throws -> [JSONValue] {
        let request = try asked([
            "jsonrpc": "2.0", "id": 0, "method": "initialize",
            "params": [
                "protocolVersion": .string(revision), "clientInfo": ["name": "claude code", "version": "1"],
                "capabilities": ["elicitation": [:], "sampling": [:]],
            ],
        ])
        #expect(request.headers.allSatisfy { $0.name != "MCP-Protocol-Version" })
        return answer(
            request,
            ["protocolVersion": .string(revision), "capabilities": ["tools": [:], "resources": [:], "prompts": [:]]])
    }

    static func call(_ id: JSONValue, _ name: String = "x") -> JSONValue {
        ["jsonrpc": "2.0", "id": id, "method": "tools/call", "params": ["name": .string(name)]]
    }

    @Test("The answer to initialize offers what this road makes possible")
    mutating func introduction() throws {
        let capabilities = try #require(try initialize().first?["result"]?["capabilities"])
        #expect(capabilities["logging"] == [:])
        #expect(capabilities["resources"] == ["subscribe": true, "listChanged": true])
        #expect(capabilities["tools"] == ["listChanged": true])
        #expect(capabilities["completions"] == nil)
    }

    @Test("Little is kept of what a client says of itself: its name and version, cut")
    mutating func bounded() throws {
        let long = String(repeating: "ä", count: 100_000)
        func introduction(_ capabilities: JSONValue) -> JSONValue {
            [
                "jsonrpc": "2.0", "id": 0, "method": "initialize",
                "params": [
                    "protocolVersion": "2025-11-25", "capabilities": capabilities,
                    "clientInfo": ["name": .string(long), "version": "1", "title": .string(long), "icons": [1, 2]],
                ],
            ]
        }
        _ = answer(try asked(introduction(["sampling": [:]])), ["protocolVersion": "2025-11-25", "capabilities": [:]])
        let meta = try asked(Self.call(1)).message["params"]?["_meta"]
        let name = String(repeating: "ä", count: 64)
        #expect(meta?["io.modelcontextprotocol/clientInfo"] == ["name": .string(name), "version": "1"])
        let refusal = told(bridge.line(introduction(["experimental": ["x": .string(long)]]).text))
        #expect(refusal.first?["error"]?["data"]?["code"] == "too_large")
        #expect(try asked(Self.call(2)).message["params"]?["_meta"] == meta)
        let subscribing: JSONValue = [
            "jsonrpc": "2.0", "id": 3, "method": "resources/subscribe", "params": ["uri": .string("hive://\(long)")],
        ]
        #expect(told(bridge.line(subscribing.text)).first?["error"]?["data"]?["code"] == "too_large")
    }

    @Test("A legacy request says what the client said once, in the words of the stateless revision")
    mutating func modernized() throws {
        _ = try initialize()
        #expect(bridge.line(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#).isEmpty)
        #expect(
            told(bridge.line(#"{"jsonrpc":"2.0","id":1,"method":"logging/setLevel","params":{"level":"info"}}"#))
                == [["jsonrpc": "2.0", "id": 1, "result": [:]]])
        let bad = told(bridge.line(#"{"jsonrpc":"2.0","id":2,"method":"logging/setLevel","params":{"level":"loud"}}"#))
        #expect(bad.first?["error"]?["code"] == -32602)
        var message = Self.call(3).object ?? [:]
        message["params"] = ["name": "x", "_meta": ["progressToken": "t"]]
        let request = try asked(.object(message))
        let meta = try #require(request.message["params"]?["_meta"])
        #expect(meta["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
        #expect(meta["io.modelcontextprotocol/clientCapabilities"] == ["elicitation": [:], "sampling": [:]])
        #expect(meta["io.modelcontextprotocol/clientInfo"]?["name"] == "claude code")
        #expect(meta["io.modelcontextprotocol/logLevel"] == "info")
        #expect(meta["progressToken"] == "t")
        let headers = Dictionary(request.headers.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        #expect(headers["Mcp-Name"] == "x" && headers["Hive-Agent"] == nil)
    }

    @Test("Answers lose what legacy revisions do not know, and a missing resource has its old code")
    mutating func answers() throws {
        _ = try initialize()
        let list = try asked(["jsonrpc": "2.0", "id": 1, "method": "tools/list"])
        let answered = answer(
            list,
            [
                "resultType": "complete", "ttlMs": 5, "cacheScope": "private", "tools": [],
                "_meta": ["io.modelcontextprotocol/serverInfo": ["name": "hive"]],
            ])
        #expect(answered == [["jsonrpc": "2.0", "id": 1, "result": ["tools": []]]])
        let read = try asked(["jsonrpc": "2.0", "id": 2, "method": "resources/read", "params": ["uri": "hive://no"]])
        let refusal: JSONValue = [
            "jsonrpc": "2.0", "id": 2, "error": ["code": -32602, "message": "no", "data": ["uri": "hive://no"]],
        ]
        #expect(told(bridge.heard(refusal, of: read.number)).first?["error"]?["code"] == -32002)
    }

    // MARK: Questions

    private static func question(_ state: String) -> JSONValue {
        [
            "resultType": "input_required", "requestState": .string(state),
            "inputRequests": [
                "a": ["method": "elicitation/create", "params": ["mode": "form", "message": "A?"]],
                "b": ["method": "roots/list", "params": [:]],
            ],
        ]
    }

    @Test(
        "A question becomes requests to the client, and the request is asked again with the answers",
        arguments: ["2025-11-25", "2025-06-18"])
    mutating func questions(revision: String) throws {
        _ = try initialize(revision)
        let call = try asked(Self.call("c"))
        let asked = answer(call, Self.question("sealed"))
        #expect(asked.map { $0["method"] } == ["elicitation/create", "roots/list"])
        #expect((asked[0]["params"]?["mode"] == nil) == (revision != "2025-11-25"))
        let ids = try asked.map { try #require($0["id"]) }
        #expect(bridge.line(["jsonrpc": "2.0", "id": ids[1], "result": ["roots": []]].json.text).isEmpty)
        let answerA: JSONValue = ["jsonrpc": "2.0", "id": ids[0], "result": ["action": "accept", "content": ["x": 1]]]
        let again = try #require(requests(bridge.line(answerA.text)).first)
        #expect(again.message["id"] == "c")
        #expect(again.message["params"]?["requestState"] == "sealed")
        #expect(
            again.message["params"]?["inputResponses"] == [
                "a": ["action": "accept", "content": ["x": 1]], "b": ["roots": []],
            ])
        #expect(answer(again, ["content": []]) == [["jsonrpc": "2.0", "id": "c", "result": ["content": []]]])
    }

    @Test("A client that refuses a question, or calls off the request, ends both")
    mutating func refusedQuestions() throws {
        _ = try initialize()
        let first = try asked(Self.call(1))
        let ids = answer(first, Self.question("s")).compactMap { $0["id"] }
        let refusal: JSONValue = ["jsonrpc": "2.0", "id": ids[0], "error": ["code": -1, "message": "no"]]
        let told = told(bridge.line(refusal.text))
        #expect(told.first?["method"] == "notifications/cancelled")
        #expect(told.last?["id"] == 1 && told.last?["error"]?["code"] == -1)
        let second = try asked(Self.call(2))
        #expect(answer(second, Self.question("s")).count == 2)
        let off = bridge.line(#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":2}}"#)
        #expect(self.told(off).map { $0["method"] } == ["notifications/cancelled", "notifications/cancelled"])
    }

    // MARK: Subscriptions

    static func acknowledged(_ uris: [JSONValue]) -> JSONValue {
        [
            "jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
            "params": ["notifications": ["resourceSubscriptions": .array(uris)], "_meta": ["s": 1]],
        ]
    }

    @Test("A subscription is confirmed once it holds, and the next takes its place without a gap")
    mutating func subscribing() throws {
        _ = try initialize()
        let first = try asked([
            "jsonrpc": "2.0", "id": 1, "method": "resources/subscribe", "params": ["uri": "hive://status"],
        ])
        #expect(first.message["method"] == "subscriptions/listen")
        let confirmed = told(bridge.heard(Self.acknowledged(["hive://status"]), of: first.number))
        #expect(confirmed == [["jsonrpc": "2.0", "id": 1, "result": [:]]])
        let update: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/resources/updated",
            "params": ["uri": "hive://status", "_meta": ["io.modelcontextprotocol/subscriptionId": "x"]],
        ]
        #expect(told(bridge.heard(update, of: first.number)).first?["params"] == ["uri": "hive://status"])
        let second = try asked([
            "jsonrpc": "2.0", "id": 2, "method": "resources/subscribe", "params": ["uri": "hive://conflicts"],
        ])
        #expect(!told(bridge.heard(update, of: first.number)).isEmpty)
        let swapped = bridge.heard(Self.acknowledged(["hive://conflicts", "hive://status"]), of: second.number)
        #expect(calledOff(swapped) == [first.number])
        #expect(told(swapped) == [["jsonrpc": "2.0", "id": 2, "result": [:]]])
        // The node restarts: the bridge waits for it and says that anything may have changed.
        guard case .askAgain(let again)? = bridge.ended(second.number, HiveError(.unreachable, "")).first else {
            Issue.record("it is not opened again")
            return
        }
        let missed = told(bridge.heard(Self.acknowledged([]), of: again.number)).map { $0["method"]?.string ?? "" }
        #expect(missed.count { $0 == "notifications/resources/updated" } == 2)
        #expect(missed.contains("notifications/tools/list_changed"))
        for (id, uri) in [(3, "hive://status"), (4, "hive://conflicts")] as [(JSONValue, JSONValue)] {
            let directives = bridge.line(
                ["jsonrpc": "2.0", "id": id, "method": "resources/unsubscribe", "params": ["uri": uri]].json.text)
            guard id == 4 else { continue }
            #expect(!calledOff(directives).isEmpty)
            #expect(told(directives).contains(["jsonrpc": "2.0", "id": 4, "result": [:]]))
        }
    }

    // MARK: Batches

    @Test("A batch is answered as one where the revision has batches, in any order of the answers")
    mutating func batches() throws {
        _ = try initialize("2025-03-26")
        let ping: JSONValue = ["jsonrpc": "2.0", "id": 3, "method": "ping"]
        let level: JSONValue = [
            "jsonrpc": "2.0", "id": 2, "method": "logging/setLevel", "params": ["level": "error"],
        ]
        let line = JSONValue.array([Self.call(1), level, ping, ["nonsense": 1], ["jsonrpc": "2.0", "method": "n"]])
        let directives = bridge.line(line.text)
        #expect(told(directives).isEmpty)
        let asked = requests(directives)
        #expect(asked.count == 2)
        #expect(answer(asked[1], [:]).isEmpty)
        let answers = try #require(answer(asked[0], ["content": []]).first?.array)
        #expect(answers.count == 4)
        #expect(Set(answers.compactMap { $0["id"] }) == [1, 2, 3, .null])
        _ = try initialize("2025-06-18")
        #expect(told(bridge.line(line.text)).first?["error"]?["code"] == -32600)
    }
}

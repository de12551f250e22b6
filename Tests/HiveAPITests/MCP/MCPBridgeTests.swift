import Synchronization
import Testing

@testable import HiveAPI

@Suite struct MCPBridgeTests {
    private var bridge = MCPBridge()

    static let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#

    private mutating func asked(_ line: String) throws -> MCPBridge.Request {
        let directives = bridge.line(line)
        guard directives.count == 1, case .ask(let request)? = directives.first else {
            throw HiveError(.internalError, "`\(line)` makes \(directives)")
        }
        return request
    }

    private func told(_ directives: [MCPBridge.Directive]) -> [JSONValue] {
        directives.compactMap { if case .tell(let message) = $0 { message } else { nil } }
    }

    private func header(_ name: String, _ request: MCPBridge.Request) -> String? {
        request.headers.first { $0.name == name }?.value
    }

    /// The answer of a node to a request.
    private func answer(_ request: MCPBridge.Request, _ result: JSONValue) -> JSONValue {
        ["jsonrpc": "2.0", "id": request.message["id"] ?? .null, "result": result]
    }

    // MARK: Clients of the stateless revision

    @Test("A modern request is passed on as it is, with the headers that repeat what it says")
    mutating func modernHeaders() throws {
        let call = try asked(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"store_memory",\#(Self.meta)}}"#)
        #expect(header("MCP-Protocol-Version", call) == "2026-07-28")
        #expect(header("Mcp-Method", call) == "tools/call")
        #expect(header("Mcp-Name", call) == "store_memory")
        #expect(header("Accept", call) == "application/json, text/event-stream")
        #expect(call.message["params"]?["_meta"]?["io.modelcontextprotocol/clientCapabilities"] == nil)
        let read = try asked(
            #"{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":"hive://memory/é",\#(Self.meta)}}"#)
        #expect(header("Mcp-Name", read) == "=?base64?aGl2ZTovL21lbW9yeS/DqQ==?=")
        let list = try asked(#"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{\#(Self.meta)}}"#)
        #expect(header("Mcp-Name", list) == nil)
        let result: JSONValue = ["resultType": "complete", "tools": []]
        #expect(told(bridge.heard(answer(list, result), of: list.number)) == [answer(list, result)])
        #expect(bridge.ended(list.number).isEmpty)
    }

    @Test("A header cannot be broken out of")
    mutating func injection() throws {
        let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28\r\nX-Evil: 1"}"#
        let call = try asked(#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{\#(meta)}}"#)
        for header in call.headers { #expect(!header.value.contains { $0.isNewline }, "\(header.name)") }
    }

    @Test("A cancelled request is called off and never answered")
    mutating func cancelled() throws {
        let call = try asked(#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x",\#(Self.meta)}}"#)
        let cancel = #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#
        guard case .callOff(let number)? = bridge.line(cancel).first else {
            Issue.record("it goes on")
            return
        }
        #expect(number == call.number)
        #expect(bridge.heard(answer(call, [:]), of: number).isEmpty)
        #expect(bridge.ended(number, HiveError(.unreachable, "x")).isEmpty)
        #expect(bridge.line(cancel).isEmpty)
    }

    @Test("A subscription outlives its node; what may have been missed is told")
    mutating func reopened() throws {
        let listen = try asked(
            #"{"jsonrpc":"2.0","id":"l","method":"subscriptions/listen","params":{"notifications":"#
                + #"{"resourceSubscriptions":["hive://status"]},\#(Self.meta)}}"#)
        let acknowledged: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/subscriptions/acknowledged",
            "params": ["notifications": ["resourceSubscriptions": ["hive://status"]]],
        ]
        #expect(told(bridge.heard(acknowledged, of: listen.number)) == [acknowledged])
        #expect(bridge.heard(answer(listen, ["resultType": "complete"]), of: listen.number).isEmpty)
        guard case .askAgain(let again)? = bridge.ended(listen.number).first else {
            Issue.record("it is not opened again")
            return
        }
        #expect(again.number == listen.number && again.message == listen.message)
        let missed = told(bridge.heard(acknowledged, of: again.number))
        #expect(missed.map { $0["method"] } == ["notifications/resources/updated"])
        #expect(missed.first?["params"]?["uri"] == "hive://status")
        let refused = told(bridge.ended(again.number, HiveError(.unauthenticated, "no")))
        #expect(refused.first?["error"]?["message"] == "no")
    }

    // MARK: What is no message

    @Test("Broken lines are answered without the node; empty ones and answers are passed over")
    mutating func brokenLines() throws {
        #expect(told(bridge.line("{")).first?["error"]?["code"] == -32700)
        let invalid = told(bridge.line(#"{"id":5}"#)).first
        #expect(invalid?["error"]?["code"] == -32600 && invalid?["id"] == 5)
        #expect(told(bridge.line("[]")).first?["error"]?["code"] == -32600)
        for line in ["", "  ", #"{"jsonrpc":"2.0","id":1,"result":{}}"#] { #expect(bridge.line(line).isEmpty) }
        let deep = String(repeating: "[", count: 10_000)
        #expect(told(bridge.line(deep)).first?["error"]?["code"] == -32700)
    }

    @Test("What is under way is counted until it is answered")
    mutating func load() throws {
        let line = #"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#
        let call = try asked(line)
        #expect(bridge.load.requests == 1 && bridge.load.bytes == line.utf8.count)
        _ = bridge.heard(["jsonrpc": "2.0", "id": 3, "result": [:]], of: call.number)
        _ = bridge.ended(call.number)
        #expect(bridge.load == MCPBridge.Load())
    }

    @Test("A node that cannot be reached, or breaks off, is an error with the request's id")
    mutating func unreachable() throws {
        let call = try asked(#"{"jsonrpc":"2.0","id":3,"method":"tools/list"}"#)
        let failure = told(bridge.ended(call.number, HiveError(.unreachable, "gone", hint: "start it"))).first
        #expect(failure?["id"] == 3)
        #expect(failure?["error"]?["data"]?["code"] == "unreachable")
        #expect(failure?["error"]?["data"]?["hint"] == "start it")
        let other = try asked(#"{"jsonrpc":"2.0","id":4,"method":"tools/list"}"#)
        #expect(told(bridge.ended(other.number)).first?["error"]?["code"] == -32603)
    }

    @Test("A client without a node gets an error that it can show", .timeLimit(.minutes(1)))
    func noNode() async throws {
        let (lines, inbox) = AsyncStream.makeStream(of: String.self)
        let told = Mutex<[JSONValue]>([])
        // Port 1 of this machine: nothing listens there without being root.
        let client = HiveClient(NodeLocation(api: "http://127.0.0.1:1", token: nil), timeoutSeconds: 5)
        let run = MCPBridgeRun(
            send: { message in told.withLock { $0.append(message) } },
            exchange: { try await client.exchange($0, receive: $1) })
        inbox.yield(#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#)
        inbox.finish()
        await run.run(lines)
        let error = told.withLock { $0 }.first
        #expect(error?["id"] == 3)
        #expect(error?["error"]?["data"]?["code"] == "unreachable")
    }
}

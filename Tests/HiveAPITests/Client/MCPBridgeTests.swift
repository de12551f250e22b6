import HiveAPI
import Testing

@Suite struct MCPBridgeTests {
    private func request(_ line: String, _ bridge: inout MCPBridge) throws -> MCPBridge.Request {
        guard case .forward(let request) = bridge.step(for: line) else {
            throw HiveError(.internalError, "the line `\(line)` is not forwarded")
        }
        return request
    }

    private func header(_ name: String, _ request: MCPBridge.Request) -> String? {
        request.headers.first { $0.name == name }?.value
    }

    @Test("A modern request gets the headers that repeat what it says")
    func modernHeaders() throws {
        var bridge = MCPBridge()
        let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}"#
        let call = try request(
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"store_memory",\#(meta)}}"#, &bridge)
        #expect(header("MCP-Protocol-Version", call) == "2026-07-28")
        #expect(header("Mcp-Method", call) == "tools/call")
        #expect(header("Mcp-Name", call) == "store_memory")
        #expect(header("Accept", call) == "application/json, text/event-stream")
        #expect(call.id == 1)
        let read = try request(
            #"{"jsonrpc":"2.0","id":"a","method":"resources/read","params":{"uri":"hive://memory/é",\#(meta)}}"#,
            &bridge)
        #expect(header("Mcp-Name", read) == "=?base64?aGl2ZTovL21lbW9yeS/DqQ==?=")
        let list = try request(#"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{\#(meta)}}"#, &bridge)
        #expect(header("Mcp-Name", list) == nil)
    }

    @Test("A header cannot be broken out of")
    func injection() throws {
        var bridge = MCPBridge()
        let meta = #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28\r\nX-Evil: 1"}"#
        let call = try request(#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{\#(meta)}}"#, &bridge)
        for header in call.headers { #expect(!header.value.contains { $0.isNewline }, "\(header.name)") }
    }

    @Test("A legacy client's name travels with its later requests")
    func clientName() throws {
        var bridge = MCPBridge()
        let first = try request(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"clientInfo":{"name":"claude code"}}}"#,
            &bridge)
        #expect(header("MCP-Protocol-Version", first) == nil)
        let later = try request(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, &bridge)
        #expect(header("Hive-Agent", later) == "claude%20code")
    }

    @Test("Broken lines are answered without the node; empty ones and answers are passed over")
    func brokenLines() throws {
        var bridge = MCPBridge()
        guard case .answer(let parse) = bridge.step(for: "{"),
            case .answer(let invalid) = bridge.step(for: #"{"id":5}"#)
        else {
            Issue.record("a broken line is not answered")
            return
        }
        #expect(try JSONValue(parsing: parse)["error"]?["code"] == -32700)
        #expect(try JSONValue(parsing: invalid)["error"]?["code"] == -32600)
        #expect(try JSONValue(parsing: invalid)["id"] == 5)
        for line in ["", "  ", #"{"jsonrpc":"2.0","id":1,"result":{}}"#] {
            guard case .skip = bridge.step(for: line) else {
                Issue.record("`\(line)` is not passed over")
                continue
            }
        }
    }

    @Test("Answers become single lines, streams one line an event, refusals an error with the id")
    func answers() throws {
        var bridge = MCPBridge()
        let call = try request(#"{"jsonrpc":"2.0","id":"x","method":"ping"}"#, &bridge)
        let pretty = Array("{\n \"jsonrpc\": \"2.0\",\n \"id\": \"x\", \"result\": {}}".utf8)
        #expect(
            MCPBridge.lines(for: call, status: 200, contentType: "application/json", body: pretty)
                == [#"{"id":"x","jsonrpc":"2.0","result":{}}"#])
        let stream =
            ": hello\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"method\":\"n\"}\n\n"
            + "data: {\"jsonrpc\":\"2.0\",\"id\":\"x\",\"result\":{}}\r\n\r\n"
        let lines = MCPBridge.lines(for: call, status: 200, contentType: "text/event-stream", body: Array(stream.utf8))
        #expect(lines == [#"{"jsonrpc":"2.0","method":"n"}"#, #"{"id":"x","jsonrpc":"2.0","result":{}}"#])
        let problem = Array(#"{"code":"unauthenticated","detail":"this needs a token","status":401}"#.utf8)
        let refused = MCPBridge.lines(for: call, status: 401, contentType: "application/problem+json", body: problem)
        let error = try JSONValue(parsing: try #require(refused.first))
        #expect(error["id"] == "x")
        #expect(error["error"]?["message"] == "this needs a token")
        #expect(error["error"]?["data"]?["code"] == "unauthenticated")
        let note = try request(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, &bridge)
        #expect(MCPBridge.lines(for: note, status: 202, contentType: "", body: []).isEmpty)
    }

    @Test("A node that is not there becomes an error that the client can show")
    func unreachable() async throws {
        var bridge = MCPBridge()
        let call = try request(#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#, &bridge)
        // Port 1 of this machine: nothing listens there without being root.
        let client = HiveClient(NodeLocation(api: "http://127.0.0.1:1", token: nil), timeoutSeconds: 5)
        let lines = await client.forward(call)
        let error = try JSONValue(parsing: try #require(lines.first))
        #expect(error["id"] == 3)
        #expect(error["error"]?["data"]?["code"] == "unreachable")
    }
}

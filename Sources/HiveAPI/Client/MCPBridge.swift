/// Turns the lines of an MCP client on standard input into requests to the resident node, and answers into lines.
/// Reads and writes nothing itself.
public struct MCPBridge: Sendable {
    /// The name that the client gave in `initialize`: later requests of an old client do not carry it.
    private var clientName: String?

    public init() {}

    /// What a line asks for.
    public enum Step: Sendable {
        /// Nothing: an empty line.
        case skip
        /// This line back to the client, without asking the node.
        case answer(String)
        case forward(Request)
    }

    /// A POST to the node's MCP endpoint, without the token.
    public struct Request: Sendable {
        public let headers: [(name: String, value: String)]
        public let body: [UInt8]
        /// The id that the answer must carry; nil for notifications, which get none.
        public let id: JSONValue?
    }

    static let versionKey = "io.modelcontextprotocol/protocolVersion"

    /// One line of the client, without its line break.
    public mutating func step(for line: String) -> Step {
        guard line.contains(where: { !$0.isWhitespace }) else { return .skip }
        let message: JSONValue
        do {
            message = try JSONValue(parsing: line)
        } catch {
            return .answer(Self.failure(id: .null, code: -32700, HiveError.wrapping(error)))
        }
        guard let method = message["method"]?.string else {
            // An answer to a question that this server never asks, or no JSON-RPC at all.
            guard message["result"] == nil, message["error"] == nil else { return .skip }
            let error = HiveError(.invalidInput, "a JSON-RPC message needs a `method`")
            return .answer(Self.failure(id: message["id"] ?? .null, code: -32600, error))
        }
        if method == "initialize" { clientName = message["params"]?["clientInfo"]?["name"]?.string }
        return .forward(Request(headers: headers(message, method), body: message.bytes, id: message["id"]))
    }

    private func headers(_ message: JSONValue, _ method: String) -> [(name: String, value: String)] {
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "application/json, text/event-stream"),
        ]
        let parameters = message["params"]
        if let version = parameters?["_meta"]?[Self.versionKey]?.string {
            headers.append(("MCP-Protocol-Version", Self.headerValue(version)))
            headers.append(("Mcp-Method", Self.headerValue(method)))
            if let name = Self.nameHeader(method, parameters) {
                headers.append(("Mcp-Name", Self.headerValue(name)))
            }
        }
        if let clientName { headers.append(("Hive-Agent", PercentEncoding.encode(clientName))) }
        return headers
    }

    private static func nameHeader(_ method: String, _ parameters: JSONValue?) -> String? {
        switch method {
        case "tools/call", "prompts/get": parameters?["name"]?.string
        case "resources/read": parameters?["uri"]?.string
        default: nil
        }
    }

    /// The value as it is where a header can carry it, else `=?base64?…?=`.
    static func headerValue(_ text: String) -> String {
        let isPlain =
            text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && text.utf8.first != 0x20 && text.utf8.last != 0x20 && !text.hasPrefix("=?base64?")
        return isPlain ? text : "=?base64?\(Base64.encode(Array(text.utf8)))?="
    }

    /// The lines for the client out of one answer of the node.
    public static func lines(for request: Request, status: Int, contentType: String, body: [UInt8]) -> [String] {
        guard request.id != nil else { return [] }
        if contentType.hasPrefix("text/event-stream") { return eventLines(body) }
        if let message = try? JSONValue(parsing: body) {
            if message["jsonrpc"] != nil { return [message.text] }
        }
        let answer = HTTPExchange.Answer(status: status, contentType: contentType, body: body)
        return [failure(for: request, HiveClient.error(answer))]
    }

    private static func eventLines(_ body: [UInt8]) -> [String] {
        var lines: [String] = []
        var data: [Substring] = []
        let text = String(decoding: body, as: UTF8.self)
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.hasPrefix("data:") {
                data.append(line.dropFirst(5).drop { $0 == " " })
            } else if line.isEmpty, !data.isEmpty {
                if let message = try? JSONValue(parsing: data.joined(separator: "\n")) { lines.append(message.text) }
                data = []
            }
        }
        return lines
    }

    /// The line that tells the client that its request failed.
    public static func failure(for request: Request, _ error: HiveError) -> String {
        failure(id: request.id ?? .null, code: -32603, error)
    }

    private static func failure(id: JSONValue, code: Int64, _ error: HiveError) -> String {
        let data: JSONValue = ["code": .string(error.code.name), "hint": error.hint.map(JSONValue.string) ?? .null]
        let body: JSONValue = ["code": .integer(code), "message": .string(error.message), "data": data]
        return JSONValue.object(["jsonrpc": "2.0", "id": id, "error": body]).text
    }
}

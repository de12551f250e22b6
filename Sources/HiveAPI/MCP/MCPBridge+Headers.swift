extension MCPBridge {
    func headers(_ message: JSONValue) -> [(name: String, value: String)] {
        var headers = [
            (name: "Content-Type", value: "application/json"),
            (name: "Accept", value: "application/json, text/event-stream"),
        ]
        let parameters = message["params"]
        let method = message["method"]?.string ?? ""
        if let version = parameters?["_meta"]?[Self.versionKey]?.string {
            headers.append(("MCP-Protocol-Version", Self.headerValue(version)))
            headers.append(("Mcp-Method", Self.headerValue(method)))
            if let name = Self.nameHeader(method, parameters) {
                headers.append(("Mcp-Name", Self.headerValue(name)))
            }
        }
        // Only a name that somebody gave: the client's own stands in the message and gives way to a token's.
        if let agent { headers.append(("Hive-Agent", PercentEncoding.encode(agent))) }
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
}

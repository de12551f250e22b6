import HiveAPI

extension MCPServer {
    static let shared: Set<String> = [
        "tools/list", "tools/call", "resources/list", "resources/templates/list", "resources/read", "prompts/list",
        "prompts/get", "completion/complete",
    ]
    private static let modernMethods = shared.union(["server/discover", "subscriptions/listen"])
    private static let legacyMethods = shared.union(["initialize", "ping"])
    /// All that any client may call: names for metrics.
    static let allMethods = modernMethods.union(legacyMethods)

    static func methods(isModern: Bool) -> Set<String> { isModern ? modernMethods : legacyMethods }

    static func isModern(_ message: MCPMessage, _ context: MCPContext) throws -> Bool {
        if message.method == "initialize" { return false }
        if message.meta?[MCPMessage.versionKey] != nil || message.method == "server/discover" { return true }
        guard let version = context.headers?.version else { return false }
        if ProtocolVersion.modern.contains(version) { return true }
        guard ProtocolVersion.legacy.contains(version) else { throw unsupported(version) }
        return false
    }

    static func checkModern(_ message: MCPMessage, _ context: MCPContext) throws {
        // A notification that says nothing of itself is harmless: it gets no answer.
        if message.id == nil { return }
        guard let version = message.version else {
            throw MCPFailure(
                .invalidParameters, "`params._meta` must name `\(MCPMessage.versionKey)`", httpStatus: 400)
        }
        if let headers = context.headers { try checkHeaders(headers, message, version) }
        guard ProtocolVersion.modern.contains(version) else { throw unsupported(version) }
        guard message.meta?[MCPMessage.capabilitiesKey]?.object != nil else {
            throw MCPFailure(
                .invalidParameters, "`params._meta` must hold `\(MCPMessage.capabilitiesKey)`, an object",
                httpStatus: 400)
        }
    }

    private static func unsupported(_ version: String) -> MCPFailure {
        MCPFailure(
            .unsupportedVersion, "this server does not speak the revision `\(version)`",
            data: [
                "supported": .array(ProtocolVersion.all.map(JSONValue.string)), "requested": .string(version),
            ], httpStatus: 400)
    }

    private static func checkHeaders(_ headers: MCPContext.Headers, _ message: MCPMessage, _ version: String) throws {
        try checkHeader("MCP-Protocol-Version", headers.version, version)
        try checkHeader("Mcp-Method", headers.method, message.method)
        if let name = message.headerName, let name { try checkHeader("Mcp-Name", headers.name, name) }
    }

    private static func checkHeader(_ name: String, _ header: String?, _ body: String) throws {
        guard let header else {
            throw MCPFailure(.headerMismatch, "the header `\(name)` is missing", httpStatus: 400)
        }
        guard HeaderText.decode(header) == body else {
            throw MCPFailure(
                .headerMismatch, "the header `\(name)` says `\(header)`, the message says `\(body)`", httpStatus: 400)
        }
    }

    // MARK: What every result carries

    private static let cacheable: [String: Int64] = [
        "server/discover": 300_000, "tools/list": 300_000, "prompts/list": 300_000, "resources/list": 300_000,
        "resources/templates/list": 300_000, "resources/read": 0,
    ]

    func complete(_ result: inout [String: JSONValue], _ call: MCPCall) {
        let isComplete = result["resultType"] == nil
        if isComplete { result["resultType"] = "complete" }
        var meta = result["_meta"]?.object ?? [:]
        meta["io.modelcontextprotocol/serverInfo"] = serverInfo
        result["_meta"] = .object(meta)
        if isComplete, let milliseconds = Self.cacheable[call.message.method] {
            result["ttlMs"] = .integer(milliseconds)
            result["cacheScope"] = "private"
        }
    }

    private var serverInfo: JSONValue {
        ["name": .string(features.name), "title": .string(features.title), "version": .string(features.version)]
    }

    var discovery: [String: JSONValue] {
        [
            "supportedVersions": .array(ProtocolVersion.all.map(JSONValue.string)),
            "capabilities": [
                "tools": ["listChanged": true], "prompts": ["listChanged": true],
                "resources": ["listChanged": true, "subscribe": true], "completions": [:], "logging": [:],
            ],
            "serverInfo": serverInfo, "instructions": .string(features.instructions),
        ]
    }

    /// Without what needs a road back to the client between its requests: `MCPBridge` adds that where it is one.
    func initialization(_ call: MCPCall) -> [String: JSONValue] {
        let requested = call.message.parameters["protocolVersion"]?.string
        let version = requested.flatMap { ProtocolVersion.legacy.contains($0) ? $0 : nil } ?? ProtocolVersion.legacy[0]
        return [
            "protocolVersion": .string(version),
            "capabilities": ["tools": [:], "prompts": [:], "resources": [:], "completions": [:]],
            "serverInfo": serverInfo, "instructions": .string(features.instructions),
        ]
    }
}

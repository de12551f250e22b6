public import HiveAPI

/// The Model Context Protocol as a function from messages to answers: the stateless revision and the legacy ones on the
/// same endpoint. Keeps nothing between messages and opens no socket.
public struct MCPServer: Sendable {
    let services: NodeServices
    let tools: [MCPTool]
    let version: String

    /// - Parameter version: the version of the software, for clients that show it.
    public init(services: NodeServices, toolSets: [ToolSet] = [.core], version: String = "0.1.0") {
        self.services = services
        self.version = version
        tools = ToolSet.allCases.filter(toolSets.contains).flatMap { $0.tools(services) }
    }

    /// Always answers, except notifications.
    public func answer(_ json: JSONValue, in context: MCPContext) async -> MCPReply {
        let id = json["id"].flatMap { $0.string != nil || $0.integer != nil ? $0 : nil }
        do {
            guard let message = try MCPMessage(json) else { return .accepted }
            let isModern = try Self.isModern(message, context)
            if isModern { try Self.checkModern(message, context) }
            guard let id = message.id else { return .accepted }
            let caller = context.caller.named(message.clientName)
            let call = MCPCall(message: message, caller: caller, now: context.now, isModern: isModern)
            var result = try await self.result(call)
            if isModern { complete(&result, call) }
            return .result(id, .object(result))
        } catch let failure as MCPFailure {
            return .failure(id, failure)
        } catch {
            let error = HiveError.wrapping(error)
            return .failure(id, MCPFailure(.internalError, error.message, data: ["code": .string(error.code.name)]))
        }
    }

    // MARK: Eras

    private static func isModern(_ message: MCPMessage, _ context: MCPContext) throws -> Bool {
        if message.method == "initialize" { return false }
        if message.meta?[MCPMessage.versionKey] != nil || message.method == "server/discover" { return true }
        guard let version = context.headers?.version else { return false }
        if ProtocolVersion.modern.contains(version) { return true }
        guard ProtocolVersion.legacy.contains(version) else {
            throw unsupported(version)
        }
        return false
    }

    private static func checkModern(_ message: MCPMessage, _ context: MCPContext) throws {
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

    // MARK: Methods

    private func result(_ call: MCPCall) async throws -> [String: JSONValue] {
        switch call.message.method {
        case "server/discover": return discovery
        case "initialize" where !call.isModern: return initialization(call)
        case "ping" where !call.isModern: return [:]
        case "tools/list": return try toolList(call)
        case "tools/call": return try await callTool(call)
        case "resources/list": return try resourceList(call)
        case "resources/templates/list": return try resourceTemplates(call)
        case "resources/read": return try await readResource(call)
        default:
            throw MCPFailure(
                .methodNotFound, "there is no method `\(call.message.method)`", httpStatus: call.isModern ? 404 : 200)
        }
    }

    private static let cacheable: [String: Int64] = [
        "server/discover": 300_000, "tools/list": 300_000, "resources/list": 300_000,
        "resources/templates/list": 300_000, "resources/read": 0,
    ]

    private func complete(_ result: inout [String: JSONValue], _ call: MCPCall) {
        result["resultType"] = "complete"
        result["_meta"] = ["io.modelcontextprotocol/serverInfo": serverInfo]
        if let milliseconds = Self.cacheable[call.message.method] {
            result["ttlMs"] = .integer(milliseconds)
            result["cacheScope"] = "private"
        }
    }

    private var serverInfo: JSONValue { ["name": "hive", "title": "Hive", "version": .string(version)] }
    private var capabilities: JSONValue { ["tools": [:], "resources": [:]] }

    private var discovery: [String: JSONValue] {
        [
            "supportedVersions": .array(ProtocolVersion.all.map(JSONValue.string)), "capabilities": capabilities,
            "serverInfo": serverInfo, "instructions": .string(MCPInstructions.text),
        ]
    }

    private func initialization(_ call: MCPCall) -> [String: JSONValue] {
        let requested = call.message.parameters["protocolVersion"]?.string
        let version = requested.flatMap { ProtocolVersion.legacy.contains($0) ? $0 : nil } ?? ProtocolVersion.legacy[0]
        return [
            "protocolVersion": .string(version), "capabilities": capabilities, "serverInfo": serverInfo,
            "instructions": .string(MCPInstructions.text),
        ]
    }
}

import HiveAPI

extension MCPServer {
    private static let memoryPrefix = "hive://memory/"

    func resourceList(_ call: MCPCall) throws -> [String: JSONValue] {
        try call.refuseCursor()
        return [
            "resources": [
                Self.resource("hive://conflicts", "conflicts", "Where concurrent writes disagree."),
                Self.resource("hive://rules/active", "rules", "The rules that decide here."),
                Self.resource("hive://status", "status", "This node in one page."),
            ]
        ]
    }

    func resourceTemplates(_ call: MCPCall) throws -> [String: JSONValue] {
        try call.refuseCursor()
        return [
            "resourceTemplates": [
                [
                    "uriTemplate": "hive://memory/{id}", "name": "memory", "description": "One memory.",
                    "mimeType": "application/json",
                ]
            ]
        ]
    }

    private static func resource(_ uri: String, _ name: String, _ description: String) -> JSONValue {
        [
            "uri": .string(uri), "name": .string(name), "description": .string(description),
            "mimeType": "application/json",
        ]
    }

    func readResource(_ call: MCPCall) async throws -> [String: JSONValue] {
        guard let uri = call.message.parameters["uri"]?.string else {
            throw MCPFailure(.invalidParameters, "`params.uri` must name a resource")
        }
        let text = try await resource(uri, call).text
        return ["contents": [["uri": .string(uri), "mimeType": "application/json", "text": .string(text)]]]
    }

    private func resource(_ uri: String, _ call: MCPCall) async throws -> JSONValue {
        switch uri {
        case "hive://status": return try await services.status.status(as: call.caller).json
        case "hive://conflicts": return try await services.conflicts.conflicts(as: call.caller).json
        case "hive://rules/active": return try await activeRules(call)
        case _ where uri.hasPrefix(Self.memoryPrefix) && uri.count > Self.memoryPrefix.count:
            return try await memory(uri, call)
        default: throw missing(uri, "there is no resource `\(uri)`", call)
        }
    }

    private func activeRules(_ call: MCPCall) async throws -> JSONValue {
        let rules = try await services.rules.rules(as: call.caller)
        return Page(items: rules.items.filter(\.enabled), next: rules.next).json
    }

    private func memory(_ uri: String, _ call: MCPCall) async throws -> JSONValue {
        do {
            let id = String(uri.dropFirst(Self.memoryPrefix.count))
            return try await services.memories.memory(id, as: call.caller).json
        } catch let error as HiveError
            where [.notFound, .forgotten, .erased, .expired, .ambiguous, .invalidInput].contains(error.code)
        {
            throw missing(uri, error.message, call)
        }
    }

    private func missing(_ uri: String, _ message: String, _ call: MCPCall) -> MCPFailure {
        MCPFailure(call.isModern ? .invalidParameters : .resourceNotFound, message, data: ["uri": .string(uri)])
    }
}
